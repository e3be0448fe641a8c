import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Stream } from "effect"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { AppDirectory } from "../../src/tenants/AppDirectory.ts"
import { MemberAuthorisation } from "../../src/third-party/MemberAuthorisation.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { canned, errcode, install, refusal, simulated, suiteId } from "./support.ts"

describe("MemberAuthorisation", () => {
  it.effect("knows who installed the suite for himself", () =>
    Effect.gen(function*() {
      yield* install("ww1", { mode: "member", by: "lisi", visible: { members: ["lisi", "wangwu"] } })
      const members = yield* MemberAuthorisation
      const { select } = yield* (yield* Simulator).suite(suiteId)
      yield* Effect.gen(function*() {
        const page = yield* members.list({ limit: 1 })
        assert.lengthOf(page.member_auth_list, 1)
        assert.strictEqual(page.next_cursor, "1")
        const all = yield* Stream.runCollect(members.listAll({ limit: 1 }))
        assert.lengthOf(new Set(all.map(({ open_userid }) => open_userid)), 2)
        const [first] = all
        assert.isTrue(yield* members.isAuthorised({ open_userid: first?.open_userid ?? "" }))
        assert.isFalse(yield* members.isAuthorised({ open_userid: "woSomebodyElse" }))

        const selected_ticket = Redacted.make(yield* select("ww1", "lisi", ["wangwu", "ZhangSan"]))
        const chosen = yield* members.listSelected({ selected_ticket })
        assert.strictEqual(chosen.operator_open_userid, first?.open_userid)
        assert.lengthOf(chosen.open_userid_list, 1)
        assert.lengthOf(chosen.unauth_open_userid_list, 1)
        assert.strictEqual(chosen.total, 2)
        assert.strictEqual(
          yield* errcode(members.listSelected({ selected_ticket: Redacted.make("invented") })),
          60233
        )
      }).pipe(AppDirectory.run("ww1"))
    }).pipe(simulated))

  it.effect("is closed where an administrator installed it", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const members = yield* MemberAuthorisation
      assert.strictEqual(yield* errcode(members.list().pipe(AppDirectory.run("ww1"))), 60218)
    }).pipe(simulated))

  it.effect("asks for pages of 1 to 1,000, whose members may be of no corp", () => {
    const { app, layer, sent } = canned(() => ({ member_auth_list: [{ open_userid: "wo1" }, {}], next_cursor: "" }))
    return Effect.gen(function*() {
      const { list, listAll } = yield* MemberAuthorisation
      assert.deepStrictEqual(yield* refusal(list({ limit: 1001 })), ["limit: Expected a value between 1 and 1000"])
      const all = yield* Stream.runCollect(listAll())
      assert.deepStrictEqual(all.map(({ open_userid }) => open_userid), ["wo1", undefined])
      assert.deepStrictEqual(sent().map(({ body }) => body), [{}])
    }).pipe(WeComApp.use(app), Effect.provide(layer))
  })
})
