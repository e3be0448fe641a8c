/**
 * What administrators and members do that 企业数据存档 archives: each an act on the simulator of the context, which tells the
 * apps that may read the archive.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  ArchivedDocumentChanged,
  FileArchiveAuthorisationChanged,
  FileArchiveMembersChanged
} from "../../../callback/events/ArchiveEvents.ts"
import { ArchivedSchedule } from "../../../enterprise-archive/ArchivedCalendars.ts"
import { ArchivedDocument, ArchivedDocumentType } from "../../../enterprise-archive/ArchivedDocuments.ts"
import { ArchivedFile, ArchivedSpace } from "../../../enterprise-archive/ArchivedDrive.ts"
import { ArchiveMember } from "../../../enterprise-archive/ArchiveMembers.ts"
import { ScheduleStatus } from "../../../oa/calendars/ScheduleStatus.ts"
import * as Wire from "../../../Wire.ts"
import { type Act, corpOf, fail, type In, input, make, memberOf, tell } from "../../engine/Act.ts"
import { event, type Notice, type Telling } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import { calendarOf, type EnterpriseArchive, enterpriseArchiveOf, power } from "./EnterpriseArchive.ts"

/** Apps that may read the archive. */
const readers = (notice: Notice): Telling => ({ powers }) =>
  powers === undefined || powers.includes(power) ? notice : undefined

/** 文件内容存档成员变更. An administrator says whose files are archived. */
export const archiveMembers = make({
  input: input({ userids: Schema.Array(Schema.String) }),
  run: (archiving) =>
    Effect.gen(function*() {
      const corp = yield* corpOf(archiving)
      const members = yield* Effect.forEach(archiving.userids, (userid) => memberOf(corp, userid))
      const archive = enterpriseArchiveOf(corp)
      archive.members.clear()
      for (const { user: { userid } } of members) {
        archive.members.set(userid, new ArchiveMember({ userid, is_resigned: false }))
      }
      return yield* tell(corp, readers(event(FileArchiveMembersChanged, {})))
    })
})

/** 文件内容存档授权变更. An administrator changes what apps may read of archived files. */
export const authoriseArchive = make({
  input: input({}),
  run: (authorising) =>
    Effect.flatMap(corpOf(authorising), (corp) => tell(corp, readers(event(FileArchiveAuthorisationChanged, {}))))
})

/** 文档内容变更. A member who is archived makes a document, or changes the one with `docid`. */
export const writeDocument = make({
  input: input({
    userid: Schema.String,
    docid: Schema.optional(Schema.String),
    doc_name: Schema.String,
    doc_type: ArchivedDocumentType.schema
  }),
  success: Schema.String,
  run: (writing) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const { archive, corp, now, userid } = yield* archived(writing)
      const docid = writing.docid ?? world.id("doc-")
      const before = archive.documents.get(docid)
      if (writing.docid !== undefined && before === undefined) return yield* fail(`there is no document ${docid}`)
      archive.documents.set(
        docid,
        new ArchivedDocument({
          docid,
          doc_name: writing.doc_name,
          userid: before?.userid ?? userid,
          doc_type: writing.doc_type,
          create_time: before?.create_time ?? now,
          modify_time: now,
          url: `https://doc.weixin.qq.com/doc/${docid}`
        })
      )
      yield* tell(corp, readers(event(ArchivedDocumentChanged, { DocId: docid, DocName: writing.doc_name })))
      return docid
    })
})

/** 上传文件. A member who is archived puts a file into a space, which is made with it. */
export const putFile = make({
  input: input({
    userid: Schema.String,
    spaceid: Schema.String,
    space_name: Schema.optional(Schema.String),
    file_name: Schema.String,
    file_size: Schema.Number
  }),
  success: Schema.String,
  run: (putting) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const { archive, userid } = yield* archived(putting)
      const space = archive.spaces.get(putting.spaceid) ?? { members: new Map(), files: new Map() }
      archive.spaces.set(putting.spaceid, space)
      if (!space.members.has(userid)) {
        space.members.set(
          userid,
          new ArchivedSpace({
            spaceid: putting.spaceid,
            space_name: putting.space_name ?? putting.spaceid,
            is_space_superadmin: space.members.size === 0
          })
        )
      }
      const fileid = world.id("file-")
      space.files.set(fileid, {
        userid,
        file: new ArchivedFile({
          fileid,
          file_name: putting.file_name,
          path: `/${putting.file_name}`,
          creator: { userid },
          file_size: `${putting.file_size}`,
          file_type: undefined,
          doc_url: undefined
        })
      })
      return fileid
    })
})

/** 新建日程. A member who is archived makes a schedule in the calendar that he has by default. */
export const schedule = make({
  input: input({ userid: Schema.String, summary: Schema.String, start_time: Wire.time, end_time: Wire.time }),
  success: Schema.Struct({ cal_id: Schema.String, schedule_id: Schema.String }),
  run: (scheduling) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const { archive, userid } = yield* archived(scheduling)
      const cal_id = calendarOf(archive, userid)
      const schedule_id = world.id("schedule-")
      archive.schedules.set(
        schedule_id,
        new ArchivedSchedule({
          schedule_id,
          organizer: userid,
          cal_id,
          summary: scheduling.summary,
          description: undefined,
          location: undefined,
          start_time: scheduling.start_time,
          end_time: scheduling.end_time,
          status: ScheduleStatus.Normal,
          reminders: undefined,
          attendees: []
        })
      )
      return { cal_id, schedule_id }
    })
})

/** A member who is archived. */
const archived = (
  by: In & { readonly userid: string }
): Act<{
  readonly corp: Corp
  readonly archive: EnterpriseArchive
  readonly userid: string
  readonly now: DateTime.Utc
}> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(by)
    const { user: { userid } } = yield* memberOf(corp, by.userid)
    const archive = enterpriseArchiveOf(corp)
    if (!archive.members.has(userid)) return yield* fail(`the files of ${userid} are not archived`)
    return { corp, archive, userid, now: DateTime.makeUnsafe(yield* Clock.currentTimeMillis) }
  })
