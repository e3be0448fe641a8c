/** 会议统计. */
import * as DateTime from "effect/DateTime"
import { MeetingStart, MeetingStartType, MeetingStatistics } from "../../../../oa/meetings/MeetingStatistics.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { route } from "../../../engine/Route.ts"
import { isSeenMember } from "../../../engine/Sight.ts"
import { timeOf } from "../../../engine/Times.ts"
import * as State from "../Meetings.ts"
import { ofPage } from "./shared.ts"

export const meetingStatistics = [
  route(MeetingStatistics.endpoints.listStarts, (call) => {
    const { begin_time, cursor, end_time, limit = 200, type } = call.input
    const from = DateTime.toEpochMillis(begin_time)
    const to = DateTime.toEpochMillis(end_time)
    const all = type === MeetingStartType.Failed
      ? []
      : State.startsOf(call.corp).filter(({ at }) => at >= from && at < to).toReversed()
    const { items, ...page } = ofPage(pageOf(all, cursor, limit))
    return {
      ...page,
      meeting_list: items.filter(({ userid }) => isSeenMember(call, userid)).map(({ at, userid }) =>
        new MeetingStart({ userid, start_time: timeOf(at) })
      )
    }
  })
]
