import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { TestClock } from "effect/testing"
import { signature } from "../../src/internal/kernel/signature.ts"
import { PayInvoiceMark, PayToolInvoices } from "../../src/third-party/PayToolInvoices.ts"
import {
  type NewPayOrder,
  PayOrderBusiness,
  PayOrderDiscountType,
  PayOrderPayer,
  PayOrderStatus,
  PayOrderType,
  PayToolOrders
} from "../../src/third-party/PayToolOrders.ts"
import { ProviderAccount } from "../../src/third-party/ProviderAccount.ts"
import { keyless, paymentKey, providing, refusal } from "../support/providing.ts"

const item = { suiteid: "wx1", edition_id: "sp1", user_count: 10, duration_days: 365 }

const order = {
  business_type: PayOrderBusiness.ThirdPartyApp,
  pay_type: PayOrderPayer.Customer,
  product_list: { third_app: { order_type: PayOrderType.Purchase, buy_info_list: [item] } }
} satisfies NewPayOrder

describe("orders of the pay tool", () => {
  it.effect("are signed with a time and a nonce of their own", () => {
    const { run, sent } = providing(
      PayToolOrders.layer,
      () => ({ order_id: "N1", order_url: "https://x", paid_price: 900 })
    )
    return Effect.gen(function*() {
      const orders = yield* PayToolOrders
      const made = yield* orders.create(order)
      assert.deepStrictEqual([made.order_id, made.paid_price, made.origin_price], ["N1", 900, undefined])
      yield* orders.create(order)
      const bodies = sent()
      for (const body of bodies) {
        const { nonce_str, sig, ts, ...given } = body
        assert.deepStrictEqual(given, order)
        assert.strictEqual(ts, 1_548_302_135)
        assert.match(String(nonce_str), /^\w{16}$/)
        assert.strictEqual(sig, signature(body, paymentKey))
      }
      assert.notStrictEqual(bodies[0]?.nonce_str, bodies[1]?.nonce_str)
      assert.notStrictEqual(bodies[0]?.sig, bodies[1]?.sig)
    }).pipe(run, (signing) => Effect.andThen(TestClock.setTime(1_548_302_135_999), signing))
  })

  it.effect("are signed anew when a call is repeated", () => {
    let count = 0
    const { run, sent } = providing(
      PayToolOrders.layer,
      () => ++count === 1 ? { errcode: 42001, errmsg: "expired" } : { pay_order: { order_id: "N1", order_status: 77 } }
    )
    return Effect.gen(function*() {
      const orders = yield* PayToolOrders
      const found = yield* orders.get({ order_id: "N1" })
      assert.strictEqual(found.order_status, 77)
      const [first, second] = sent()
      assert.strictEqual(sent().length, 2)
      assert.notStrictEqual(first?.nonce_str, second?.nonce_str)
    }).pipe(run)
  })

  it.effect("need the provider's key", () => {
    const { calls, run } = providing(PayToolOrders.layer, () => ({}), keyless)
    return Effect.gen(function*() {
      const orders = yield* PayToolOrders
      assert.deepStrictEqual(yield* refusal(orders.close({ order_id: "N1" })), [
        "paymentKey: the call is signed: give WeComApp.provider its paymentKey"
      ])
      assert.deepStrictEqual(calls(), [])
    }).pipe(run)
  })

  it.effect("that cannot be are refused, by field", () => {
    const { calls, run } = providing(PayToolOrders.layer)
    return Effect.gen(function*() {
      const orders = yield* PayToolOrders
      const says = (wrong: object) => refusal(orders.create({ ...order, ...wrong } as NewPayOrder))
      const app = (change: object, product: object = {}) =>
        says({
          product_list: {
            third_app: { order_type: PayOrderType.Purchase, buy_info_list: [{ ...item, ...change }], ...product }
          }
        })
      const at = "product_list.third_app.buy_info_list"
      assert.deepStrictEqual(yield* says({ pay_type: PayOrderPayer.Provider }), [
        "bank_receipt_media_id: is needed where the provider pays"
      ])
      assert.deepStrictEqual(yield* app({ duration_days: undefined }), [
        `${at}[0].duration_days: is needed but for an expansion`
      ])
      assert.deepStrictEqual(yield* app({ take_effect_date: "2022-12-20" }), [
        `${at}[0].take_effect_date: expected a date, such as 20221212`
      ])
      assert.deepStrictEqual(
        yield* app({ discount_info: { discount_type: PayOrderDiscountType.Amount, discount_remarks: "老客户" } }),
        [`${at}[0].discount_info.discount_amount: is needed for a discount by amount`]
      )
      assert.deepStrictEqual(
        yield* app({ discount_info: { discount_type: PayOrderDiscountType.Ratio, discount_remarks: "老客户" } }),
        [`${at}[0].discount_info.discount_ratio: is needed for a discount by ratio`]
      )
      assert.deepStrictEqual(yield* app({}, { buy_info_list: [] }), [`${at}: at least 1 item is needed`])
      assert.deepStrictEqual(
        yield* says({
          business_type: PayOrderBusiness.CustomizedApp,
          custom_corpid: "wx9",
          product_list: {
            customized_app: {
              order_type: PayOrderType.Purchase,
              buy_info_list: [{ suiteid: "dk1", duration_days: 30, total_price: 100 }]
            }
          }
        }),
        ["product_list.customized_app.buy_info_list[0].user_count: is needed but for a renewal"]
      )
      assert.deepStrictEqual(calls(), [])
    }).pipe(run)
  })

  it.effect("come page after page, with states that are still unknown", () => {
    const { run, sent } = providing(PayToolOrders.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? { has_more: 1, next_cursor: "c", pay_order_list: [{ order_id: "1", order_status: 9, paid_time: 0 }] }
        : { has_more: 0, next_cursor: "", pay_order_list: [{ order_id: "2", order_status: 10 }] }
    })
    return Effect.gen(function*() {
      const orders = yield* PayToolOrders
      const found = yield* Stream.runCollect(orders.listAll({ limit: 1 }))
      assert.deepStrictEqual(found.map(({ order_id, order_status }) => [order_id, order_status]), [
        ["1", PayOrderStatus.PartlyRefunded],
        ["2", 10]
      ])
      assert.deepStrictEqual(sent().map(({ cursor, sig }) => [cursor, typeof sig]), [
        [undefined, "string"],
        ["c", "string"]
      ])
    }).pipe(run)
  })
})

describe("a provider", () => {
  it.effect("marks invoices and reads its balance without a signature", () => {
    const { run, sent } = providing(
      Layer.mergeAll(PayToolInvoices.layer, ProviderAccount.layer),
      ({ path }) => path.endsWith("get_account_balance") ? { balance: 1000090 } : {}
    )
    return Effect.gen(function*() {
      const invoices = yield* PayToolInvoices
      const account = yield* ProviderAccount
      assert.strictEqual(yield* account.getBalance(), 1000090)
      const mark = {
        order_id: "N1",
        oper_userid: "zhangsan",
        invoice_status: PayInvoiceMark.Posted,
        invoice_note: "顺丰1"
      }
      yield* invoices.markStatus(mark)
      assert.deepStrictEqual(sent().at(-1), mark)
      assert.deepStrictEqual(yield* refusal(invoices.markStatus({ ...mark, invoice_note: "备".repeat(67) })), [
        "invoice_note: at most 200 bytes of UTF-8 are allowed, got 201"
      ])
    }).pipe(run)
  })
})
