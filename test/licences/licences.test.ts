import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Stream } from "effect"
import { LicenceAccounts, LicenceStatus } from "../../src/licences/LicenceAccounts.ts"
import { LicenceJobStatus, LicenceOrders } from "../../src/licences/LicenceOrders.ts"
import { LicenceSettings } from "../../src/licences/LicenceSettings.ts"
import { LicenceType } from "../../src/licences/LicenceType.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { providing, refusal } from "../support/providing.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)
const day = 86_400

const order = {
  corpid: "ww1",
  buyer_userid: "zhangsan",
  account_count: { base_count: 100 },
  account_duration: { months: 2, days: 20 }
}

describe("orders of licences", () => {
  it.effect("that cannot be are refused, by field", () => {
    const { calls, run } = providing(LicenceOrders.layer)
    return Effect.gen(function*() {
      const orders = yield* LicenceOrders
      const says = (wrong: object) => refusal(orders.create({ ...order, ...wrong }))
      assert.deepStrictEqual(yield* says({ account_count: { base_count: 0 } }), [
        "account_count.base_count: base_count and external_contact_count must not both be 0"
      ])
      assert.deepStrictEqual(yield* says({ account_count: { base_count: 1_000_001 } }), [
        "account_count.base_count: Expected a value between 0 and 1000000"
      ])
      assert.deepStrictEqual(yield* says({ account_duration: { days: 30 } }), [
        "account_duration.months: 31 to 1860 days in all are allowed, got 30"
      ])
      assert.deepStrictEqual(yield* says({ account_duration: { months: 60, days: 1 } }), [
        "account_duration.months: 31 to 1860 days in all are allowed, got 1861"
      ])
      const both = { months: 1, new_expire_time: at(1_700_000_000) }
      assert.deepStrictEqual(
        yield* refusal(orders.submitRenewal({ jobid: "J", buyer_userid: "zhangsan", account_duration: both })),
        ["account_duration.months: either months or new_expire_time is needed"]
      )
      assert.deepStrictEqual(yield* refusal(orders.list({ start_time: at(0) })), [
        "end_time: is needed with start_time"
      ])
      assert.deepStrictEqual(yield* refusal(orders.list({ start_time: at(day), end_time: at(32 * day + 1) })), [
        "end_time: at most 31 days after start_time are allowed"
      ])
      const many = Array.from({ length: 11 }, () => ({ ...order, buyer_userid: undefined }))
      const buy_list = many.map(({ buyer_userid: _, ...purchase }) => purchase)
      assert.deepStrictEqual(yield* refusal(orders.createUnion({ buy_list })), [
        "buy_list: at most 10 items are allowed, got 11"
      ])
      assert.deepStrictEqual(calls(), [])
    }).pipe(run)
  })

  it.effect("go out with the provider's token; a job says what did not get in", () => {
    const { calls, run } = providing(LicenceOrders.layer, ({ path }) =>
      path.endsWith("create_new_order")
        ? { order_id: "O1" }
        : { jobid: "J1", invalid_account_list: [{ errcode: 701022, userid: "lisi", type: 2 }] })
    return Effect.gen(function*() {
      const orders = yield* LicenceOrders
      assert.strictEqual(yield* orders.create(order), "O1")
      assert.deepStrictEqual(calls().map(({ body, query }) => [query.get("provider_access_token"), body]), [[
        "T",
        order
      ]])
      const account_list = [{ userid: "lisi", type: LicenceType.External }]
      const failed = yield* orders.createRenewal({ corpid: "ww1", account_list }).pipe(
        PartialResult.failOnPartialBy(({ invalid_account_list }) => invalid_account_list),
        Effect.flip
      )
      assert.strictEqual(failed._tag, "PartialFailure")
    }).pipe(run)
  })

  it.effect("of many corps are streamed by corp, and a failed payment is an answer", () => {
    const { run } = providing(LicenceOrders.layer, ({ body, path }) => {
      const { cursor } = body as { readonly cursor?: string }
      return path.endsWith("pay_job_result")
        ? { status: 3, pay_job_result: { errcode: 701160, fail_corp_list: [{ corpid: "ww1", errcode: 701129 }] } }
        : cursor === undefined
        ? { order: { order_id: "O", order_type: 8 }, has_more: 1, next_cursor: "c", buy_list: [{ sub_order_id: "1" }] }
        : { order: { order_id: "O", order_type: 8 }, has_more: 0, buy_list: [{ sub_order_id: "2", account_count: "" }] }
    })
    return Effect.gen(function*() {
      const orders = yield* LicenceOrders
      const bought = yield* Stream.runCollect(orders.listAllUnionPurchases({ order_id: "O" }))
      assert.deepStrictEqual(bought.map(({ sub_order_id }) => sub_order_id), ["1", "2"])
      const paid = yield* orders.getPaymentResult({ jobid: "J" })
      assert.strictEqual(paid.status, LicenceJobStatus.Failed)
      assert.deepStrictEqual(paid.pay_job_result?.fail_corp_list.map(({ errcode }) => errcode), [701129])
    }).pipe(run)
  })
})

describe("licences", () => {
  it.effect("are activated, handed on and shared, each with a result of its own", () => {
    const { run } = providing(LicenceAccounts.layer, ({ path }) =>
      path.endsWith("batch_active_account")
        ? { active_result: [{ active_code: "A", userid: "wo1", errcode: 0 }, { active_code: "B", errcode: 701030 }] }
        : path.endsWith("batch_transfer_license")
        ? { transfer_result: [{ handover_userid: "a", takeover_userid: "b", errcode: 0 }] }
        : {})
    return Effect.gen(function*() {
      const accounts = yield* LicenceAccounts
      const active_list = [{ active_code: "A", userid: "1" }, { active_code: "B", userid: "2" }]
      const failed = yield* accounts.activateMany({ corpid: "ww1", active_list }).pipe(
        PartialResult.failOnPartial,
        Effect.flip
      )
      assert.deepStrictEqual(
        failed._tag === "PartialFailure" ? failed.failed.map(({ active_code }) => active_code) : [],
        [
          "B"
        ]
      )
      const transfer_list = [{ handover_userid: "a", takeover_userid: "b" }]
      const moved = yield* accounts.transferMany({ corpid: "ww1", transfer_list }).pipe(PartialResult.failOnPartial)
      assert.strictEqual(moved.length, 1)
      const shared = yield* accounts.shareMany({
        from_corpid: "ww1",
        to_corpid: "ww2",
        share_list: [{ active_code: "A" }]
      })
      assert.deepStrictEqual(shared, [])
      const tooMany = Array.from({ length: 1001 }, (_, index) => `${index}`)
      assert.deepStrictEqual(yield* refusal(accounts.getMany({ corpid: "ww1", active_code_list: tooMany })), [
        "active_code_list: at most 1000 items are allowed, got 1001"
      ])
      assert.deepStrictEqual(yield* refusal(accounts.activate({ active_code: " ", corpid: "ww1", userid: "1" })), [
        "active_code: must not be blank"
      ])
    }).pipe(run)
  })

  it.effect("of the members of a corp come page after page, and a state still unknown is kept", () => {
    const { run } = providing(LicenceAccounts.layer, ({ body, path }) => {
      const { cursor } = body as { readonly cursor?: string }
      return path.endsWith("get_active_info_by_code")
        ? { active_info: { active_code: "A", status: 9, active_time: 0, merge_info: null } }
        : cursor === undefined
        ? { has_more: 1, next_cursor: "c", account_list: [{ userid: "1", expire_time: 1_500_000_000 }] }
        : { has_more: 0, account_list: [{ userid: "2", expire_time: "" }] }
    })
    return Effect.gen(function*() {
      const accounts = yield* LicenceAccounts
      const members = yield* Stream.runCollect(accounts.listAllMembers({ corpid: "ww1" }))
      assert.deepStrictEqual(members.map(({ expire_time, userid }) => [userid, expire_time]), [
        ["1", at(1_500_000_000)],
        ["2", undefined]
      ])
      const licence = yield* accounts.get({ corpid: "ww1", active_code: "A" })
      assert.deepStrictEqual([licence.status, licence.active_time, licence.merge_info], [9, undefined, undefined])
      assert.isUndefined(LicenceStatus.label(9))
    }).pipe(run)
  })
})

describe("settings of licences", () => {
  it.effect("are switches", () => {
    const { run, sent } = providing(
      Layer.mergeAll(LicenceSettings.layer),
      ({ path }) => path.endsWith("get_auto_active_status") ? { auto_active_status: 1 } : { license_status: 0 }
    )
    return Effect.gen(function*() {
      const settings = yield* LicenceSettings
      yield* settings.setAutoActivation({ corpid: "ww1", auto_active_status: false })
      assert.strictEqual(yield* settings.getAutoActivation({ corpid: "ww1" }), true)
      const licence = yield* settings.getAppLicence({ corpid: "ww1", suite_id: "ws1" })
      assert.deepStrictEqual([licence.license_status, licence.trail_info], [false, undefined])
      assert.deepStrictEqual(sent()[0], { corpid: "ww1", auto_active_status: 0 })
    }).pipe(run)
  })
})
