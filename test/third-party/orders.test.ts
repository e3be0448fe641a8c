import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import {
  AdvancedApiOrders,
  AdvancedApiOrderType,
  ChatDataEdition,
  type NewAdvancedApiOrder
} from "../../src/third-party/AdvancedApiOrders.ts"
import { AppOrderType, AppVersions } from "../../src/third-party/AppVersions.ts"
import { providing, refusal } from "../support/providing.ts"
import { canned } from "./support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const order = {
  custom_corpid: "wwc",
  buyer_userid: "zhangsan",
  chat_archive_api: { edition: ChatDataEdition.Chats, purchase_count: 100 }
} satisfies NewAdvancedApiOrder

describe("orders of advanced interfaces", () => {
  it.effect("that cannot be are refused, by field", () => {
    const { run, sent } = providing(AdvancedApiOrders.layer, () => ({ order_id: "O1" }))
    return Effect.gen(function*() {
      const orders = yield* AdvancedApiOrders
      const uncounted = { edition: ChatDataEdition.Chats }
      assert.deepStrictEqual(yield* refusal(orders.create({ ...order, chat_archive_api: uncounted })), [
        "chat_archive_api.purchase_count: is needed but for a renewal"
      ])
      const half = { ...order.chat_archive_api, old_edition_info: { begin_time: at(1) } }
      assert.deepStrictEqual(yield* refusal(orders.create({ ...order, chat_archive_api: half })), [
        "chat_archive_api.old_edition_info.end_time: is needed with begin_time"
      ])
      assert.deepStrictEqual(yield* refusal(orders.list({ end_time: at(1) })), ["start_time: is needed with end_time"])
      assert.deepStrictEqual(yield* refusal(orders.list({ start_time: at(2), end_time: at(1) })), [
        "end_time: must not be before start_time"
      ])
      const renewal = { ...order, order_type: AdvancedApiOrderType.Renewal, chat_archive_api: uncounted }
      assert.strictEqual(yield* orders.create(renewal), "O1")
      assert.deepStrictEqual(sent(), [renewal])
    }).pipe(run)
  })

  it.effect("come page after page", () => {
    const { run } = providing(AdvancedApiOrders.layer, ({ body }) => {
      const { cursor = "1" } = body as { readonly cursor?: string }
      return { order_list: [{ order_id: cursor }], has_more: cursor === "1" ? 1 : 0, next_cursor: "2" }
    })
    return Effect.gen(function*() {
      const orders = yield* AdvancedApiOrders
      const found = yield* Stream.runCollect(orders.listAll())
      assert.deepStrictEqual(found.map(({ order_id }) => order_id), ["1", "2"])
    }).pipe(run)
  })
})

describe("orders of a suite", () => {
  it.effect("are read, and trials prolonged, with the token of the suite", () => {
    const { layer, sent } = canned(({ path }) =>
      path.endsWith("get_order")
        ? { orderid: "1", order_type: 3, paid_time: 0, price: "100", dealer_corp_info: "" }
        : { try_end_time: 1_565_152_189 }
    )
    return Effect.gen(function*() {
      const versions = yield* AppVersions
      const found = yield* versions.getOrder({ orderid: "1" })
      assert.deepStrictEqual([found.order_type, found.paid_time, found.price, found.dealer_corp_info], [
        AppOrderType.EditionChange,
        undefined,
        100,
        undefined
      ])
      const end = yield* versions.prolongTrial({ buyer_corpid: "wx7", prolong_days: 7 })
      assert.strictEqual(DateTime.toEpochMillis(end), 1_565_152_189_000)
      assert.deepStrictEqual(yield* refusal(versions.prolongTrial({ buyer_corpid: "wx7", prolong_days: 61 })), [
        "prolong_days: Expected a value between 1 and 60"
      ])
      assert.deepStrictEqual(sent().map(({ query }) => query.get("suite_access_token")), ["S", "S"])
    }).pipe(Effect.provide(AppVersions.layer), Effect.provide(layer))
  })
})
