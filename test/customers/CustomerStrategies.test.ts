import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { CustomerStrategies } from "../../src/customers/CustomerStrategies.ts"
import * as StrategyRange from "../../src/customers/StrategyRange.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

describe("rule groups", () => {
  it.effect("are made, read, changed, streamed and deleted", () =>
    Effect.gen(function*() {
      const strategies = yield* CustomerStrategies
      const create = (strategy_name: string) =>
        strategies.create({ strategy_name, admin_list: ["zhangsan"], range: [StrategyRange.member("zhangsan")] })
      const ids = yield* Effect.forEach(["甲", "乙", "丙"], create)
      const [strategy_id = 0] = ids
      const all = yield* Stream.runCollect(strategies.listAll({ limit: 2 }))
      assert.deepStrictEqual(all.map(({ strategy_id }) => strategy_id), ids)
      yield* strategies.update({
        strategy_id,
        strategy_name: "丁",
        privilege: { share_customer: false },
        range_add: [StrategyRange.department(3), StrategyRange.member("lisi")]
      })
      const { parent_id, privilege, strategy_name } = yield* strategies.get({ strategy_id })
      assert.deepStrictEqual([parent_id, strategy_name, privilege?.share_customer, privilege?.rapid_reply], [
        0,
        "丁",
        false,
        true
      ])
      assert.deepStrictEqual(yield* Stream.runCollect(strategies.listAllRange({ strategy_id, limit: 1 })), [
        { type: 1, userid: "zhangsan" },
        { type: 2, partyid: 3 },
        { type: 1, userid: "lisi" }
      ])
      yield* strategies.delete({ strategy_id })
      assert.strictEqual(yield* errcode(strategies.get({ strategy_id })), 40058)
    }).pipe(simulated))

  it.effect("keep a kind of node that is still to come", () => {
    const { layer } = canned(() => ({ errcode: 0, range: [{ type: 3, tagid: 7 }, { type: 1, userid: "zhangsan" }] }))
    return Effect.gen(function*() {
      const strategies = yield* CustomerStrategies
      const { range } = yield* strategies.listRange({ strategy_id: 1 })
      assert.deepStrictEqual(range, [
        { type: "Unknown", value: { type: 3, tagid: 7 } },
        { type: 1, userid: "zhangsan" }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuse too many administrators and an empty range, before anything is sent", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const strategies = yield* CustomerStrategies
      const named = "POST /cgi-bin/externalcontact/customer_strategy/create | "
      const admins = Array.from({ length: 21 }, (_, index) => `user${index}`)
      assert.strictEqual(
        yield* refusal(strategies.create({
          strategy_name: "甲",
          admin_list: admins,
          range: [StrategyRange.department(1)]
        })),
        `${named}admin_list: at most 20 items are allowed, got 21`
      )
      assert.strictEqual(
        yield* refusal(strategies.create({ strategy_name: "甲", admin_list: ["zhangsan"], range: [] })),
        `${named}range: at least 1 item is needed`
      )
      assert.deepStrictEqual(bodies(), [])
    }).pipe(Effect.provide(layer))
  })
})
