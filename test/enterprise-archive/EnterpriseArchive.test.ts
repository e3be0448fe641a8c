import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted, Stream } from "effect"
import { ArchivedCalendars } from "../../src/enterprise-archive/ArchivedCalendars.ts"
import { ArchivedDocuments, ArchivedDocumentType } from "../../src/enterprise-archive/ArchivedDocuments.ts"
import { ArchivedDrive } from "../../src/enterprise-archive/ArchivedDrive.ts"
import { ArchiveMembers } from "../../src/enterprise-archive/ArchiveMembers.ts"
import { canned, refusal } from "../oa/support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

describe("the enterprise archive", () => {
  it.effect("names its members, page after page", () => {
    const { run } = canned(ArchiveMembers.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return {
        has_more: cursor === undefined ? 1 : 0,
        next_cursor: "c",
        auth_user_list: [{ userid: cursor ?? "a", is_resigned: cursor === undefined ? 0 : 1 }]
      }
    })
    return Effect.gen(function*() {
      const members = yield* ArchiveMembers
      const found = yield* Stream.runCollect(members.listAll())
      assert.deepStrictEqual(found.map(({ is_resigned, userid }) => [userid, is_resigned]), [["a", false], ["c", true]])
      assert.deepStrictEqual(yield* refusal(members.list({ limit: 1001 })), [
        "limit: Expected a value between 1 and 1000"
      ])
      assert.deepStrictEqual(yield* refusal(members.list({ cursor: "c".repeat(129) })), [
        "cursor: at most 128 bytes of UTF-8 are allowed, got 129"
      ])
    }).pipe(run)
  })

  it.effect("lists files of the drive, whose sizes are 64 bits, and links to them", () => {
    const { run, sent } = canned(ArchivedDrive.layer, ({ path }) =>
      path.endsWith("download_file")
        ? { download_url: "https://example.com/f", cookie_name: "n", cookie_value: "hush" }
        : new Response(`{"errcode":0,"has_more":false,"file_list":[{"fileid":"f1","file_size":9007199254740993}]}`, {
          headers: { "content-type": "application/json" }
        }))
    return Effect.gen(function*() {
      const drive = yield* ArchivedDrive
      const [file] = yield* Stream.runCollect(drive.listAllFiles({ userid: "a", is_resigned: true, spaceid: "s1" }))
      assert.strictEqual(file!.file_size, "9007199254740993")
      assert.deepStrictEqual(sent(), [{ userid: "a", is_resigned: 1, spaceid: "s1" }])
      const link = yield* drive.getLink({ fileid: "f1" })
      assert.strictEqual(Redacted.value(link.cookie_value), "hush")
      assert.notInclude(JSON.stringify(link), "hush")
    }).pipe(run)
  })

  it.effect("exports documents", () => {
    const { run, sent } = canned(
      ArchivedDocuments.layer,
      ({ path }) =>
        path.endsWith("export") ? { jobid: "j1" } : { status: 1, download_url: "https://example.com/d?key=hush" }
    )
    return Effect.gen(function*() {
      const documents = yield* ArchivedDocuments
      const says = (format: string) => refusal(documents.startExport({ docid: "d1", export_format: format }))
      assert.deepStrictEqual(yield* says("doc"), ["export_format: expected one of docx, pdf, xlsx, xmind, pptx"])
      const jobid = yield* documents.startExport({ docid: "d1", export_format: "pdf" })
      const result = yield* documents.getExport({ jobid })
      assert.notInclude(JSON.stringify(result), "hush")
      assert.deepStrictEqual(sent(), [{ docid: "d1", export_format: "pdf" }, { jobid: "j1" }])
      const query = { start_time: at(9), end_time: at(8), userid: "a", doc_type: ArchivedDocumentType.Slides }
      assert.deepStrictEqual(yield* refusal(documents.list(query)), ["end_time: must not be before start_time"])
    }).pipe(run)
  })

  it.effect("tells schedules, ten at a time", () => {
    const { run } = canned(ArchivedCalendars.layer, () => ({
      schedule_list: [{ schedule_id: "s1", start_time: 1_571_274_600, attendees: null, reminders: { is_remind: 1 } }]
    }))
    return Effect.gen(function*() {
      const calendars = yield* ArchivedCalendars
      const [schedule] = yield* calendars.getSchedules({ cal_id: "c1", schedule_id_list: ["s1"] })
      assert.deepStrictEqual(schedule!.start_time, at(1_571_274_600))
      assert.deepStrictEqual([schedule!.attendees, schedule!.reminders?.is_remind], [[], true])
      assert.deepStrictEqual(
        yield* refusal(calendars.getSchedules({ cal_id: "c1", schedule_id_list: Array(11).fill("s") })),
        ["schedule_id_list: at most 10 items are allowed, got 11"]
      )
    }).pipe(run)
  })
})
