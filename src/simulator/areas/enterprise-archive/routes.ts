/** 企业数据存档. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { ArchivedCalendars } from "../../../enterprise-archive/ArchivedCalendars.ts"
import {
  type ArchivedDocument,
  ArchivedDocumentPage,
  ArchivedDocuments,
  ArchivedDocumentType,
  ArchiveExport,
  ArchiveExportFormat,
  ArchiveExportStatus
} from "../../../enterprise-archive/ArchivedDocuments.ts"
import { ArchivedDrive, ArchivedFilePage } from "../../../enterprise-archive/ArchivedDrive.ts"
import { ArchiveMemberPage, ArchiveMembers } from "../../../enterprise-archive/ArchiveMembers.ts"
import { FileLink } from "../../../media/FileLink.ts"
import type { Caller } from "../../engine/Collection.ts"
import { pageOf } from "../../engine/Pages.ts"
import { existing, refuse, route } from "../../engine/Route.ts"
import { calendarOf, type EnterpriseArchive, enterpriseArchiveOf } from "./EnterpriseArchive.ts"

/** How long an export takes, and its result is kept, in milliseconds. */
const exportTime = 2_000
const kept = 600_000

const formats: { readonly [type: number]: ReadonlyArray<string> } = {
  [ArchivedDocumentType.Document]: [ArchiveExportFormat.Docx, ArchiveExportFormat.Pdf],
  [ArchivedDocumentType.Spreadsheet]: [ArchiveExportFormat.Xlsx],
  [ArchivedDocumentType.Slides]: [ArchiveExportFormat.Pptx, ArchiveExportFormat.Pdf],
  [ArchivedDocumentType.MindMap]: [ArchiveExportFormat.Xmind],
  [ArchivedDocumentType.SmartSheet]: [ArchiveExportFormat.Xlsx]
}

/** The archive, of a member who is archived. */
const archiveOf = (call: Caller & { readonly input: { readonly userid: string } }): EnterpriseArchive => {
  const archive = enterpriseArchiveOf(call.corp)
  return archive.members.has(call.input.userid) ? archive : refuse(60_111)
}

const changedWithin = (document: ArchivedDocument, start: DateTime.Utc, end: DateTime.Utc): boolean => {
  const at = document.modify_time === undefined ? 0 : DateTime.toEpochMillis(document.modify_time)
  return at >= DateTime.toEpochMillis(start) && at < DateTime.toEpochMillis(end) + 1000
}

export const enterpriseArchive = [
  route(ArchiveMembers.endpoints.list, ({ corp, input }) => {
    const { cursor, limit = 200 } = input
    const { items, next_cursor } = pageOf([...enterpriseArchiveOf(corp).members.values()], cursor, limit)
    return new ArchiveMemberPage({ auth_user_list: items, has_more: next_cursor !== undefined, next_cursor })
  }),

  route(ArchivedDocuments.endpoints.list, (call) => {
    const { cursor, doc_type, end_time, limit = 100, start_time, userid } = call.input
    const all = [...archiveOf(call).documents.values()].filter((document) =>
      document.userid === userid && document.doc_type === doc_type && changedWithin(document, start_time, end_time)
    )
    const { items, next_cursor } = pageOf(all, cursor, limit)
    return new ArchivedDocumentPage({ doc_list: items, has_more: next_cursor !== undefined, next_cursor })
  }),
  route(ArchivedDocuments.endpoints.startExport, (call) => {
    const { docid, export_format } = call.input
    const archive = enterpriseArchiveOf(call.corp)
    const { doc_type = 0 } = existing(archive.documents, docid, 301_085)
    if (formats[doc_type]?.includes(export_format) !== true) refuse(40_058, "export_format does not fit the document")
    const jobid = call.world.id("job-")
    archive.jobs.set(jobid, { docid, done: call.now + exportTime })
    return jobid
  }),
  route(ArchivedDocuments.endpoints.getExport, (call) => {
    const { docid, done } = existing(enterpriseArchiveOf(call.corp).jobs, call.input.jobid, 40_058, "invalid jobid")
    if (call.now > done + kept) refuse(40_058, "invalid jobid")
    return call.now < done
      ? new ArchiveExport({ status: ArchiveExportStatus.Running, download_url: undefined })
      : new ArchiveExport({
        status: ArchiveExportStatus.Finished,
        download_url: Redacted.make(`https://doc.weixin.qq.com/export/${docid}`)
      })
  }),

  route(
    ArchivedDrive.endpoints.listSpaces,
    (call) => [...archiveOf(call).spaces.values()].flatMap(({ members }) => members.get(call.input.userid) ?? [])
  ),
  route(ArchivedDrive.endpoints.listFiles, (call) => {
    const { cursor, limit = 100, spaceid, userid } = call.input
    const { files } = existing(archiveOf(call).spaces, spaceid, 40_058, "invalid spaceid")
    const own = [...files.values()].filter((entry) => entry.userid === userid).map(({ file }) => file)
    const { items, next_cursor } = pageOf(own, cursor, limit)
    return new ArchivedFilePage({ file_list: items, has_more: next_cursor !== undefined, next_cursor })
  }),
  route(ArchivedDrive.endpoints.getLink, (call) => {
    const { fileid } = call.input
    if (![...enterpriseArchiveOf(call.corp).spaces.values()].some(({ files }) => files.has(fileid))) {
      refuse(40_058, "invalid fileid")
    }
    return new FileLink({
      download_url: Redacted.make(`https://drive.weixin.qq.com/archive/${fileid}`),
      cookie_name: "authkey",
      cookie_value: Redacted.make(call.world.id("cookie-"))
    })
  }),

  route(ArchivedCalendars.endpoints.getDefault, (call) => calendarOf(archiveOf(call), call.input.userid)),
  route(ArchivedCalendars.endpoints.getSchedules, (call) => {
    const { cal_id, schedule_id_list } = call.input
    const { calendars, schedules } = enterpriseArchiveOf(call.corp)
    if (![...calendars.values()].includes(cal_id)) refuse(40_058, "invalid cal_id")
    return schedule_id_list.flatMap((id) => {
      const schedule = schedules.get(id)
      return schedule?.cal_id === cal_id ? [schedule] : []
    })
  })
]
