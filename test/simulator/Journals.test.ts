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
