/** 汇报. */
import * as DateTime from "effect/DateTime"
import type { JournalDetail } from "../../../oa/journals/JournalDetail.ts"
import { JournalFilterKey, JournalIds, Journals } from "../../../oa/journals/Journals.ts"
import { existing, refuse, route } from "../../engine/Route.ts"
import { isSeenMember, type Viewer } from "../../engine/Sight.ts"
import { type Corp, findMember } from "../../engine/World.ts"
import { journalsOf } from "./Journals.ts"

const { endpoints } = Journals

interface Filter {
  readonly key: string
  readonly value: string
}

export const journals = [
  route(endpoints.listIds, (call) => {
    const { cursor = 0, endtime, filters = [], limit, starttime } = call.input
    const [from, to] = [DateTime.toEpochMillis(starttime), DateTime.toEpochMillis(endtime)]
    const found = [...journalsOf(call.corp).values()].filter((journal) => {
      const at = journal.report_time === undefined ? 0 : DateTime.toEpochMillis(journal.report_time)
      return at >= from && at <= to && isVisible(call, journal) && matches(call.corp, journal, filters)
    })
    const next_cursor = Math.min(cursor + limit, found.length)
    return new JournalIds({
      journaluuid_list: found.slice(cursor, next_cursor).map(({ journal_uuid }) => journal_uuid),
      next_cursor,
      endflag: next_cursor === found.length
    })
  }, { endtime: 301066, limit: 301066, filters: 301066 }),

  route(endpoints.get, (call) => {
    const journal = existing(journalsOf(call.corp), call.input.journaluuid, 301084)
    return isVisible(call, journal) ? journal : refuse(301088)
  }, { journaluuid: 301084 })
]

const isVisible = (viewer: Viewer, { submitter }: JournalDetail): boolean =>
  submitter !== undefined && isSeenMember(viewer, submitter.userid)

/** Whether a report fits all filters. */
const matches = (corp: Corp, { submitter, template_id }: JournalDetail, filters: ReadonlyArray<Filter>): boolean =>
  filters.every(({ key, value }) => {
    switch (key) {
      case JournalFilterKey.Creator:
        return submitter?.userid.toLowerCase() === value.toLowerCase()
      case JournalFilterKey.Department:
        return findMember(corp, submitter?.userid ?? "")?.user.department.includes(Number(value)) === true
      case JournalFilterKey.Template:
        return template_id === value
      default:
        return true
    }
  })
