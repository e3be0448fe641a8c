/** Licences of a corp that has installed a suite, on the simulator: ordered, paid, given, handed on, and soon to end. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { activate, review } from "../../examples/suite-licences.ts"
import { LicenceAccounts, LicenceStatus } from "../../src/licences/LicenceAccounts.ts"
import { LicenceOrders, LicenceOrderStatus } from "../../src/licences/LicenceOrders.ts"
import { LicenceSettings } from "../../src/licences/LicenceSettings.ts"
import { LicenceType } from "../../src/licences/LicenceType.ts"
import * as LicenceActs from "../../src/simulator/areas/licences/LicenceActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { WeComApp } from "../../src/WeComApp.ts"

const provider = WeComApp.provider({ corpId: "wwprovider", providerSecret: Redacted.make("provider-secret") })

const simulated = <A, E, R>(self: Effect.Effect<A, E, R>) =>
  self.pipe(
    WeComApp.use(provider),
    Effect.provide(
      Layer.suspend(() =>
        Layer.mergeAll(LicenceAccounts.layer, LicenceOrders.layer, LicenceSettings.layer).pipe(
          Layer.provideMerge(Simulator.layerTest({ provider: { corpId: "wwprovider", secret: "provider-secret" } }))
        )
      )
    )
  )

const corpid = defaultCorp.corpId
const members = ["zhangsan", "lisi", "wangwu"]

const order = {
  corpid,
  buyer_userid: "buyer",
  account_count: { base_count: 2 },
  account_duration: { months: 1 }
}

describe("examples/suite-licences.ts", () => {
  it.effect("says who needs a licence, gives what is there, and says whose ends within 30 days", () =>
    Effect.gen(function*() {
      const orders = yield* LicenceOrders
      assert.deepStrictEqual(yield* review(corpid, members), { without: members, ending: [] })

      const order_id = yield* orders.create(order)
      assert.strictEqual((yield* Effect.flip(orders.listAccounts({ order_id }))).errcode, 701083)
      yield* orders.getPaymentResult({ jobid: yield* orders.submitPayment({ payer_userid: "buyer", order_id }) })
      assert.strictEqual((yield* orders.get({ order_id })).order_status, LicenceOrderStatus.Paid)
      assert.deepStrictEqual(yield* activate(corpid, order_id, members), ["wangwu"])
      assert.deepStrictEqual(yield* review(corpid, members), { without: ["wangwu"], ending: [] })
      // A code serves once.
      assert.deepStrictEqual(yield* activate(corpid, order_id, ["wangwu"]), ["wangwu"])

      yield* TestClock.adjust("2 days")
      const { ending } = yield* review(corpid, members)
      assert.deepStrictEqual(ending.map(({ userid }) => userid), ["zhangsan", "lisi"])
      yield* TestClock.adjust("30 days")
      assert.deepStrictEqual(yield* review(corpid, members), { without: members, ending: [] })
    }).pipe(simulated))

  it.effect("of the simulator are renewed, handed on and merged as the documents say", () =>
    Effect.gen(function*() {
      const orders = yield* LicenceOrders
      const accounts = yield* LicenceAccounts
      const order_id = yield* orders.create(order)
      yield* LicenceActs.pay({ order_id })
      yield* activate(corpid, order_id, ["zhangsan", "lisi"])

      const pair = (handover_userid: string, takeover_userid: string) =>
        accounts.transferMany({ corpid, transfer_list: [{ handover_userid, takeover_userid }] })
      const errcodes = (results: ReadonlyArray<{ readonly errcode: number }>) => results.map(({ errcode }) => errcode)
      assert.deepStrictEqual(errcodes(yield* pair("zhangsan", "lisi")), [701018])
      assert.deepStrictEqual(errcodes(yield* pair("zhangsan", "nobody")), [701019])
      assert.deepStrictEqual(errcodes(yield* pair("zhangsan", "wangwu")), [0])
      assert.deepStrictEqual(errcodes(yield* pair("wangwu", "zhangsan")), [701017])
      assert.strictEqual((yield* accounts.getOfMember({ corpid, userid: "zhangsan" })).active_status, false)

      yield* TestClock.adjust("15 days")
      const type = LicenceType.Base
      const { invalid_account_list, jobid } = yield* orders.createRenewal({
        corpid,
        account_list: [{ userid: "wangwu", type }, { userid: "zhangsan", type }]
      })
      assert.deepStrictEqual(invalid_account_list.map(({ errcode, userid }) => [userid, errcode]), [[
        "zhangsan",
        701004
      ]])
      const renewal = yield* orders.submitRenewal({ jobid, buyer_userid: "buyer", account_duration: { months: 1 } })
      yield* LicenceActs.pay({ order_id: renewal })
      assert.deepStrictEqual((yield* review(corpid, members)).ending.map(({ userid }) => userid), ["lisi"])

      const more = yield* orders.create({ ...order, account_count: { base_count: 1 } })
      yield* LicenceActs.pay({ order_id: more })
      assert.deepStrictEqual(yield* activate(corpid, more, ["wangwu"]), ["wangwu"])
      assert.deepStrictEqual(yield* activate(corpid, more, ["lisi"]), [])
      const [licence] = (yield* accounts.getOfMember({ corpid, userid: "lisi" })).active_info_list
      const before = licence?.merge_info?.from_active_code ?? ""
      assert.strictEqual((yield* accounts.get({ corpid, active_code: before })).status, LicenceStatus.Merged)
    }).pipe(simulated))

  it.effect("activate by themselves when a member visits, if that is switched on", () =>
    Effect.gen(function*() {
      const orders = yield* LicenceOrders
      const settings = yield* LicenceSettings
      const on = settings.setAutoActivation({ corpid, auto_active_status: true })
      assert.strictEqual((yield* Effect.flip(on)).errcode, 701071)
      const order_id = yield* orders.create(order)
      yield* LicenceActs.pay({ order_id })
      assert.isUndefined((yield* LicenceActs.visit({ userid: "lisi" })).active_code)
      yield* on
      assert.isTrue(yield* settings.getAutoActivation({ corpid }))
      assert.isDefined((yield* LicenceActs.visit({ userid: "lisi" })).active_code)
      assert.isUndefined((yield* LicenceActs.visit({ userid: "lisi" })).active_code)
      assert.deepStrictEqual((yield* review(corpid, members)).without, ["zhangsan", "wangwu"])
    }).pipe(simulated))
})
