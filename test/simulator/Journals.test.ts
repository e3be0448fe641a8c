/** Reports on the simulator, in raw JSON as any other client would read them. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import * as JournalActs from "../../src/simulator/areas/journals/JournalActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { selfBuilt } from "../../src/simulator/engine/Power.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

/** 2026-03-02, a Monday, in seconds. */
const monday = Date.parse("2026-03-02T00:00:00+08:00") / 1000

const simulated = <A, E>(effect: Effect.Effect<A, E, Layer.Success<ReturnType<typeof Simulator.layerTest>>>) =>
  Effect.andThen(
    TestClock.setTime(monday * 1000),
    Effect.provide(effect, Layer.suspend(() => Simulator.layerTest()))
  )

const journal = (path: string, body: object) => called.post(`/cgi-bin/oa/journal/${path}`, body)

const submit = (userid: string, text: string, template_id = "weekly") =>
  JournalActs.submit({
    userid,
    template_id,
    template_name: "周报",
    receivers: ["lisi"],
    contents: [{ control: "Textarea", id: "Textarea-1", title: [{ text: "本周工作" }], value: { text } }]
  })

const list = (fields: object = {}) =>
  journal("get_record_list", { starttime: monday, endtime: monday + 6 * 86_400, cursor: 0, limit: 100, ...fields })

const ids = (filters: ReadonlyArray<object>) => Effect.map(list({ filters }), (answer) => answer["journaluuid_list"])

describe("reports", () => {
  it.effect("are listed in pages, of the time that is asked for", () =>
    Effect.gen(function*() {
      const first = yield* submit("zhangsan", "一")
      const second = yield* submit("lisi", "二")
      const third = yield* submit("wangwu", "三")
      yield* TestClock.adjust("7 days")
      yield* submit("zhangsan", "下周")
      const page = yield* list({ limit: 2 })
      assert.deepInclude(page, { journaluuid_list: [first, second], endflag: 0 })
      assert.deepInclude(yield* list({ limit: 2, cursor: page["next_cursor"] }), {
        journaluuid_list: [third],
        endflag: 1
      })
      assert.strictEqual((yield* list({ endtime: monday + 32 * 86_400 })).errcode, 301066)
    }).pipe(simulated))

  it.effect("are found by who wrote them, his department, and the template", () =>
    Effect.gen(function*() {
      const weekly = yield* submit("zhangsan", "一")
      const daily = yield* submit("wangwu", "二", "daily")
      assert.deepStrictEqual(yield* ids([{ key: "creator", value: "zhangsan" }]), [weekly])
      assert.deepStrictEqual(yield* ids([{ key: "department", value: "2" }]), [weekly])
      assert.deepStrictEqual(yield* ids([{ key: "template_id", value: "daily" }]), [daily])
    }).pipe(simulated))

  it.effect("are read and commented on", () =>
    Effect.gen(function*() {
      const journal_uuid = yield* submit("zhangsan", "一")
      yield* JournalActs.read({ userid: "LiSi", journal_uuid })
      yield* JournalActs.read({ userid: "lisi", journal_uuid })
      const commentid = yield* JournalActs.comment({ userid: "lisi", journal_uuid, content: "辛苦了" })
      yield* JournalActs.comment({ userid: "zhangsan", journal_uuid, content: "谢谢", tocommentid: commentid })
      const { info } = yield* journal("get_record_detail", { journaluuid: journal_uuid })
      const { comments, ...rest } = info as { readonly comments: ReadonlyArray<object> }
      assert.deepStrictEqual(rest as object, {
        journal_uuid,
        template_id: "weekly",
        template_name: "周报",
        report_time: monday,
        submitter: { userid: "zhangsan" },
        apply_data: {
          contents: [{
            control: "Textarea",
            id: "Textarea-1",
            title: [{ text: "本周工作" }],
            value: { text: "一" }
          }]
        },
        receivers: [{ userid: "lisi" }],
        readed_receivers: [{ userid: "lisi" }]
      })
      assert.lengthOf(comments, 2)
      assert.deepInclude(comments[1], { content: "谢谢", comment_userinfo: { userid: "zhangsan" } })
    }).pipe(simulated))

  it.effect("are refused by an id that stands for none, and acts that cannot be", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* journal("get_record_detail", { journaluuid: "none" })).errcode, 301084)
      const journal_uuid = yield* submit("zhangsan", "一")
      const { message } = yield* Effect.flip(JournalActs.read({ userid: "wangwu", journal_uuid }))
      assert.match(message, /does not receive/)
    }).pipe(simulated))

  it.effect("are open to apps with the power alone", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* list()).errcode, 301065)
    }).pipe(Effect.provide(Layer.suspend(() =>
      Simulator.layerTest({
        corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, powers: selfBuilt })) }]
      })
    ))))
})

describe("what comes of reports", () => {
  it.effect("is who has written them in a cycle, and who has not", () =>
    Effect.gen(function*() {
      yield* JournalActs.setReporting({
        template_id: "weekly",
        template_name: "周报",
        cycle: 3,
        departments: [2],
        users: ["WangWu"],
        exempt: ["lisi"],
        receivers: ["lisi"]
      })
      yield* TestClock.adjust("1 day")
      const uuid = yield* submit("zhangsan", "一")
      const statistics = (days: number, template_id = "weekly") =>
        journal("get_stat_list", { template_id, starttime: monday, endtime: monday + days * 86_400 })
      assert.deepStrictEqual((yield* statistics(6))["stat_list"], [])
      yield* TestClock.adjust("13 days")
      const { stat_list } = yield* statistics(7)
      const [first, second] = stat_list as ReadonlyArray<Readonly<Record<string, unknown>>>
      assert.deepInclude(first, {
        report_type: 3,
        cycle_begin_time: monday,
        cycle_end_time: monday + 7 * 86_400,
        report_list: [{
          user: { userid: "zhangsan" },
          itemlist: [{ journaluuid: uuid, reporttime: monday + 86_400, flag: 0 }]
        }],
        unreport_list: [{
          user: { userid: "wangwu" },
          itemlist: [{ journaluuid: "", reporttime: monday, flag: 0 }]
        }]
      })
      assert.strictEqual(second?.["cycle_begin_time"], monday + 7 * 86_400)
      assert.strictEqual((yield* statistics(1, "none")).errcode, 301066)
    }).pipe(simulated))

  it.effect("is by the month from the first to the last", () =>
    Effect.gen(function*() {
      const template = { template_id: "monthly", template_name: "月报", users: ["zhangsan"] }
      yield* JournalActs.setReporting({ ...template, cycle: 4 })
      yield* TestClock.adjust("70 days")
      const { stat_list } = yield* journal("get_stat_list", {
        template_id: "monthly",
        starttime: monday,
        endtime: monday + 70 * 86_400
      })
      const at = (date: string) => Date.parse(`${date}T00:00:00+08:00`) / 1000
      assert.deepStrictEqual(
        (stat_list as ReadonlyArray<Readonly<Record<string, unknown>>>).map(({ cycle_begin_time, cycle_end_time }) => [
          cycle_begin_time,
          cycle_end_time
        ]),
        [[at("2026-03-01"), at("2026-04-01")], [at("2026-04-01"), at("2026-05-01")]]
      )
    }).pipe(simulated))

  it.effect("is the files of those that have some", () =>
    Effect.gen(function*() {
      const title = [{ text: "附件" }]
      const journaluuid = yield* JournalActs.submit({
        userid: "zhangsan",
        template_id: "weekly",
        template_name: "周报",
        contents: [
          { control: "Doc", id: "Doc-1", title, value: { docs: [{ docid: "d1" }] } },
          { control: "WedriveFile", id: "WedriveFile-1", title, value: { wedrive_files: [{ fileid: "f1" }] } }
        ]
      })
      const { jobid } = yield* journal("export_doc", { journaluuid, docid: "d1" })
      assert.strictEqual((yield* journal("export_doc", { journaluuid, docid: "d2" })).errcode, 301085)
      const result = () => journal("get_export_doc_result", { jobid })
      assert.deepInclude(yield* result(), { status: 1 })
      yield* TestClock.adjust("1 second")
      assert.deepInclude(yield* result(), { status: 2, url: `https://drive.example.com/export/${jobid}` })
      const link = yield* journal("download_wedrive_file", { journaluuid, fileid: "f1" })
      assert.strictEqual(link["download_url"], "https://drive.example.com/f1")
      assert.strictEqual((yield* journal("download_wedrive_file", { journaluuid, fileid: "f2" })).errcode, 40058)
    }).pipe(simulated))
})
