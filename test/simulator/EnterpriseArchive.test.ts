/** 企业数据存档, asked in raw JSON; what happens there reaches typed handlers. */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as Acts from "../../src/simulator/areas/enterprise-archive/EnterpriseArchiveActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const post = (path: string, body: object) => called.post(`/cgi-bin/security/${path}`, body)
const codeOf = (path: string, body: object) => Effect.map(post(path, body), ({ errcode }) => errcode)

describe("the enterprise archive", () => {
  it.effect("has the documents of those who are archived, which are exported after a while", () =>
    Effect.gen(function*() {
      assert.match(
        (yield* Effect.flip(Acts.writeDocument({ userid: "lisi", doc_name: "周报", doc_type: 3 }))).message,
        /not archived/
      )
      yield* Acts.archiveMembers({ userids: ["lisi"] })
      assert.deepStrictEqual((yield* post("file-content/get_auth_user_list", {})).auth_user_list, [
        { userid: "lisi", is_resigned: 0 }
      ])
      const docid = yield* Acts.writeDocument({ userid: "lisi", doc_name: "周报", doc_type: 3 })
      const list = (query: object) =>
        Effect.map(
          post("doc/list", { userid: "lisi", doc_type: 3, start_time: 0, end_time: 60, ...query }),
          ({ doc_list }) => (doc_list as ReadonlyArray<{ readonly docid: string }>).map(({ docid }) => docid)
        )
      assert.deepStrictEqual(yield* list({}), [docid])
      assert.deepStrictEqual(yield* list({ doc_type: 4 }), [])
      assert.deepStrictEqual(yield* list({ start_time: 1 }), [])
      assert.strictEqual(
        yield* codeOf("doc/list", { userid: "zhangsan", doc_type: 3, start_time: 0, end_time: 60 }),
        60111
      )

      assert.strictEqual(yield* codeOf("doc/export", { docid, export_format: "xlsx" }), 40058)
      const { jobid } = yield* post("doc/export", { docid, export_format: "docx" })
      assert.deepInclude(yield* post("doc/get_export_result", { jobid }), { status: 0 })
      yield* TestClock.adjust("2 seconds")
      assert.deepInclude(yield* post("doc/get_export_result", { jobid }), {
        status: 1,
        download_url: `https://doc.weixin.qq.com/export/${docid}`
      })
      yield* TestClock.adjust("11 minutes")
      assert.strictEqual(yield* codeOf("doc/get_export_result", { jobid }), 40058)
    }).pipe(simulated))

  it.effect("has files by space and member, and the schedules of default calendars", () =>
    Effect.gen(function*() {
      yield* Acts.archiveMembers({ userids: ["lisi", "zhangsan"] })
      const file = { spaceid: "s1", space_name: "销售", file_size: 5_000_000_000 }
      const fileid = yield* Acts.putFile({ ...file, userid: "lisi", file_name: "a.mp4" })
      yield* Acts.putFile({ ...file, userid: "zhangsan", file_name: "b.mp4" })
      assert.deepStrictEqual((yield* post("wedrive/get_auth_space_list", { userid: "zhangsan" })).auth_space_list, [
        { spaceid: "s1", space_name: "销售", is_space_superadmin: 0 }
      ])
      const { file_list } = yield* post("wedrive/get_auth_file_list", { userid: "lisi", spaceid: "s1" })
      assert.deepStrictEqual(file_list, [
        { fileid, file_name: "a.mp4", path: "/a.mp4", creator: { userid: "lisi" }, file_size: 5_000_000_000 }
      ])
      assert.strictEqual(yield* codeOf("wedrive/download_file", { fileid: "none" }), 40058)
      assert.strictEqual((yield* post("wedrive/download_file", { fileid })).cookie_name, "authkey")

      const start_time = DateTime.makeUnsafe(3_600_000)
      const { cal_id, schedule_id } = yield* Acts.schedule({
        userid: "lisi",
        summary: "例会",
        start_time,
        end_time: DateTime.add(start_time, { hours: 1 })
      })
      assert.strictEqual((yield* post("calendar/get_default_calendar", { userid: "lisi" })).cal_id, cal_id)
      const { schedule_list } = yield* post("calendar/get_schedule_detail", { cal_id, schedule_id_list: [schedule_id] })
      assert.deepInclude((schedule_list as ReadonlyArray<object>)[0], { summary: "例会", start_time: 3600 })
    }).pipe(simulated))

  it.effect("tells apps of it by events", () => {
    const heard: Array<string> = []
    const routes = CallbackRouter.layer({
      ...options,
      handlers: {
        "event/document_archive_change": ({ DocId, DocName }) =>
          Effect.sync(() => void heard.push(`document ${DocId} ${DocName}`)),
        "event/file_content_archive_auth_change": () => Effect.sync(() => void heard.push("authorisation")),
        "event/file_content_archive_user_list_change": () => Effect.sync(() => void heard.push("members"))
      },
      fallback: () => Effect.die("an event without a handler")
    })
    return Effect.gen(function*() {
      yield* serve(routes)
      yield* Acts.archiveMembers({ userids: ["lisi"] })
      yield* Acts.authoriseArchive()
      const docid = yield* Acts.writeDocument({ userid: "lisi", doc_name: "周报", doc_type: 3 })
      assert.deepStrictEqual(heard, ["members", "authorisation", `document ${docid} 周报`])
    }).pipe(Effect.provide(layerWeCom))
  })
})
