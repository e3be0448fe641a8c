/** 汇报. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { FileLink } from "../../../media/FileLink.ts"
import type { JournalDetail } from "../../../oa/journals/JournalDetail.ts"
import {
  JournalExport,
  JournalExportStatus,
  JournalFilterKey,
  JournalIds,
  Journals
} from "../../../oa/journals/Journals.ts"
import { type AppCall, existing, refuse, route } from "../../engine/Route.ts"
import { isSeenMember, type Viewer } from "../../engine/Sight.ts"
import { type Corp, findMember } from "../../engine/World.ts"
import { exportsOf, exportTime, journalsOf, statisticsOf, templatesOf } from "./Journals.ts"

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
  }, { journaluuid: 301084 }),

  route(endpoints.listStatistics, (call) => {
    const { endtime, starttime, template_id } = call.input
    const template = existing(templatesOf(call.corp), template_id, 301066)
    const [from, to] = [DateTime.toEpochMillis(starttime), DateTime.toEpochMillis(endtime)]
    return statisticsOf(call.corp, template, { from, to, now: call.now })
  }, { template_id: 301066, endtime: 301066 }),

  route(endpoints.getDriveFile, (call) => {
    const { fileid, journaluuid } = call.input
    const has = controlsOf(call, journaluuid).some((control) =>
      control.control === "WedriveFile" && control.value.wedrive_files.some((file) => file.fileid === fileid)
    )
    if (!has) refuse(40058, "invalid fileid")
    return new FileLink({
      download_url: Redacted.make(`https://drive.example.com/${fileid}`),
      cookie_name: "authkey",
      cookie_value: Redacted.make(call.world.text(32))
    })
  }, { journaluuid: 301084 }),

  route(endpoints.startExport, (call) => {
    const { docid, journaluuid } = call.input
    const has = controlsOf(call, journaluuid).some((control) =>
      control.control === "Doc" && control.value.docs.some((document) => document.docid === docid)
    )
    if (!has) refuse(301085)
    const jobid = call.world.id("job-")
    exportsOf(call.corp).set(jobid, call.now)
    return jobid
  }, { journaluuid: 301084 }),

  route(endpoints.getExport, (call) => {
    const { jobid } = call.input
    const startedAt = existing(exportsOf(call.corp), jobid, 40058, "invalid jobid")
    return call.now < startedAt + exportTime
      // No document lists what it is until then.
      ? new JournalExport({ status: 1 }, { disableChecks: true })
      : new JournalExport({
        status: JournalExportStatus.Finished,
        url: Redacted.make(`https://drive.example.com/export/${jobid}`)
      })
  })
]

/** What was filled in of a report that the app sees. */
const controlsOf = (call: AppCall<unknown>, journaluuid: string): JournalDetail["controls"] => {
  const journal = existing(journalsOf(call.corp), journaluuid, 301084)
  return isVisible(call, journal) ? journal.controls : refuse(301088)
}

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
