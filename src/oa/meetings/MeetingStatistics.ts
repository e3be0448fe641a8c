/**
 * 会议统计: who has begun meetings.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { cursor, page } from "./fields.ts"

/** 会议发起记录的查询类型. */
export const MeetingStartType = Wire.oneOf({
  Succeeded: [1, "发起成功的会议记录"],
  /** The corp held as many meetings as it may. */
  Failed: [2, "发起失败的会议"]
})

/** 会议发起记录. */
export class MeetingStart extends Schema.Class<MeetingStart>("effect-wecom/MeetingStart")({
  /** Who began it; where somebody from outside came first, who made the meeting. */
  userid: Schema.String,
  start_time: Wire.optional(Wire.time)
}) {}

/** A page of the list. */
export class MeetingStartPage extends Schema.Opaque<MeetingStartPage>()(
  Schema.Struct({ ...page, meeting_list: Wire.list(MeetingStart) })
) {}

/** 会议统计: who has begun meetings. */
export class MeetingStatistics extends Domain.Service<MeetingStatistics>()("oa/meetings/MeetingStatistics", "OA·会议", {
  /**
   * 获取会议发起记录. One page of the quick meetings that members have begun, and of the meetings that they were the first to
   * enter, the latest first. Those of members whom the app does not see are left out, so pages may be short.
   * @see https://developer.work.weixin.qq.com/document/path/99651
   */
  listStarts: Endpoint.query("/cgi-bin/meeting/statistics/get_start_list", 99651, () => ({
    body: Schema.Struct({
      type: MeetingStartType.schema,
      begin_time: Wire.time,
      /** Not included. At most 30 days after `begin_time`. */
      end_time: Wire.time,
      ...cursor,
      /** 1 to 1,000; the same from page to page. Default: 200. */
      limit: Wire.optional(Wire.intBetween(1, 1000))
    }).check(Wire.period("begin_time", "end_time", 30)),
    success: MeetingStartPage
  }))
}, (endpoints) => ({
  /**
   * 获取会议发起记录. All of them, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/99651
   */
  listAllStarts: Paging.byCursor(endpoints.listStarts, "meeting_list")
})) {}
