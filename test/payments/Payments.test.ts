import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted, Stream } from "effect"
import { BillState, BillType, ExternalPayments } from "../../src/payments/ExternalPayments.ts"
import {
  MiniProgramPayments,
  type NewOrder,
  OrderState,
  PaymentCurrency,
  RefundStatus
} from "../../src/payments/MiniProgramPayments.ts"
import {
  type PaymentAccountApplication,
  PaymentAccounts,
  PaymentAdminType,
  SalesScene
} from "../../src/payments/PaymentAccounts.ts"
import { canned, refusal } from "../oa/support.ts"
import { json } from "../support/canned.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const order: typeof NewOrder.Type = {
  appid: "wx1",
  mchid: "1900000109",
  out_trade_no: "T-20261128",
  description: "伞",
  amount: { total: 100, currency: PaymentCurrency.Cny },
  payer: { openid: "o1" },
  time_expire: at(1_432_099_775)
}

describe("an order", () => {
  it.effect("travels with its amount in fen and its end in the time of China", () => {
    const { run, sent } = canned(MiniProgramPayments.layer, () => ({ errcode: 0, prepay_id: "P1" }))
    return Effect.gen(function*() {
      const payments = yield* MiniProgramPayments
      assert.strictEqual(yield* payments.createOrder(order), "P1")
      assert.deepStrictEqual(sent(), [{ ...order, time_expire: "2015-05-20T13:29:35+08:00" }])
    }).pipe(run)
  })

  it.effect("that cannot be is refused, by field", () => {
    const { calls, run } = canned(MiniProgramPayments.layer, () => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const payments = yield* MiniProgramPayments
      const says = (wrong: object) => refusal(payments.createOrder({ ...order, ...wrong } as typeof NewOrder.Type))
      assert.deepStrictEqual(yield* says({ out_trade_no: "T 1" }), [
        "out_trade_no: expected 6 to 32 digits, Latin letters or _-|*"
      ])
      const [fraction] = yield* says({ amount: { total: 0.5, currency: "CNY" } })
      assert.match(fraction ?? "", /^amount\.total: /)
      const [none] = yield* says({ amount: { total: 0, currency: "CNY" } })
      assert.match(none ?? "", /^amount\.total: /)
      assert.deepStrictEqual(yield* says({ amount: { total: 1, currency: "USD" } }), [
        "amount.currency: expected one of CNY"
      ])
      const refund = {
        mchid: "1",
        appid: "wx1",
        out_trade_no: "T-20261128",
        out_refund_no: "R1",
        amount: { refund: 2, total: 1, currency: PaymentCurrency.Cny }
      }
      assert.deepStrictEqual(yield* refusal(payments.createRefund(refund)), [
        "amount.refund: must not be more than total"
      ])
      assert.deepStrictEqual(calls(), [])
    }).pipe(run)
  })

  it.effect("is read without an errcode, and so is a bill, whose link is a secret", () => {
    const { run } = canned(MiniProgramPayments.layer, ({ path }) =>
      path === "/cgi-bin/miniapppay/get_bill"
        ? json({
          download_url: "https://api.mch.weixin.qq.com/v3/billdownload/file?token=x",
          hash_type: "SHA1",
          auth: "A"
        })
        : path === "/cgi-bin/miniapppay/get_order"
        ? json({
          mchid: "1",
          out_trade_no: "T-20261128",
          trade_state: "SUCCESS",
          success_time: "2018-06-08T10:34:56+08:00"
        })
        : { errcode: 0, out_refund_no: "R1", status: "PROCESSING", amount: { refund: "888" } })
    return Effect.gen(function*() {
      const payments = yield* MiniProgramPayments
      const found = yield* payments.getOrder({ mchid: "1", out_trade_no: "T-20261128" })
      assert.strictEqual(found.trade_state, OrderState.Paid)
      assert.deepStrictEqual(found.success_time, at(1_528_425_296))
      const bill = yield* payments.getBill({ bill_date: "2026-11-27", mchid: "1900000001" })
      assert.notInclude(String(bill), "token=x")
      assert.include(Redacted.value(bill.download_url), "token=x")
      const refund = yield* payments.getRefund({ mchid: "1", out_refund_no: "R1" })
      assert.strictEqual(refund.status, RefundStatus.Processing)
      assert.strictEqual(refund.amount?.refund, 888)
    }).pipe(run)
  })

  it.effect("without an errcode and without what it is, is none", () => {
    const { run } = canned(MiniProgramPayments.layer, () => json({}))
    return Effect.gen(function*() {
      const payments = yield* MiniProgramPayments
      const error = yield* Effect.flip(payments.getOrder({ mchid: "1", out_trade_no: "T-20261128" }))
      assert.strictEqual(error.reason._tag, "ResponseInvalid")
    }).pipe(run)
  })
})

describe("payments", () => {
  it.effect("are streamed page by page, of at most 31 days", () => {
    const { run, sent } = canned(
      ExternalPayments.layer,
      ({ body }) =>
        (body as { readonly cursor?: string }).cursor === undefined
          ? { errcode: 0, bill_list: [{ transaction_id: "1", total_fee: 100, trade_state: 3 }], next_cursor: "C" }
          : { errcode: 0, bill_list: [{ transaction_id: "2", bill_type: 1, payer_info: { name: "张三" } }] }
    )
    return Effect.gen(function*() {
      const payments = yield* ExternalPayments
      const [payment, refund] = yield* Stream.runCollect(
        payments.listAllBills({ begin_time: at(1000), end_time: at(2000) })
      )
      assert.strictEqual(payment?.trade_state, BillState.Refunded)
      assert.strictEqual(payment?.total_fee, 100)
      assert.strictEqual(refund?.bill_type, BillType.Refund)
      assert.strictEqual(refund?.contact?.name, "张三")
      assert.strictEqual(sent().length, 2)
      assert.deepStrictEqual(
        yield* refusal(payments.listBills({ begin_time: at(0), end_time: at(32 * 86_400) })),
        ["end_time: at most 31 days after begin_time are allowed"]
      )
    }).pipe(run)
  })

  it.effect("of a project are read under either name", () => {
    const { run } = canned(ExternalPayments.layer, () => ({ errcode: 0, out_trade_no_list: [{ out_trade_no: "x" }] }))
    return Effect.gen(function*() {
      const { payments } = yield* (yield* ExternalPayments).listProjectPayments({ payment_id: "P" })
      assert.deepStrictEqual(payments.map(({ out_trade_no }) => out_trade_no), ["x"])
    }).pipe(run)
  })
})

const person = {
  id_card_copy_open_wx_pay_media_id: "M",
  id_card_name: "张三",
  id_card_number: "1",
  id_card_valid_time_begin: "2020-01-01",
  id_card_valid_time: "长期"
}

const application: typeof PaymentAccountApplication.Type = {
  out_request_no: "A1",
  organization_type: 0,
  business_license_info: {
    business_license_copy_open_wx_pay_media_id: "M",
    business_license_number: "9",
    merchant_name: "伞店",
    legal_person: "张三"
  },
  merchant_short_name: "伞店",
  id_card_info: person,
  owner: true,
  contact_info: {
    contact_type: PaymentAdminType.LegalPerson,
    contact_info: { id_card_name: "张三", id_card_number: "1" },
    mobile_phone: "13000000000",
    contact_email: "a@b.c"
  },
  account_info: { account_bank: "中国银行", account_name: "伞店", bank_address_code: "110000", account_number: "1" },
  sales_scene_info: { type: SalesScene.Online, store_url: "https://example.com" },
  business_id: 2,
  userid: "zhangsan"
}

describe("an application for an account", () => {
  it.effect("is sent, or refused by the field that its kind needs", () => {
    const { run, sent } = canned(PaymentAccounts.layer, () => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const accounts = yield* PaymentAccounts
      yield* accounts.apply(application)
      assert.deepStrictEqual(sent(), [application])
      const says = (wrong: object) =>
        refusal(accounts.apply({ ...application, ...wrong } as typeof PaymentAccountApplication.Type))
      assert.deepStrictEqual(yield* says({ owner: undefined }), ["owner: is needed of a company"])
      assert.deepStrictEqual(yield* says({ owner: false }), ["ubo_info: is needed if owner is false"])
      assert.deepStrictEqual(yield* says({ sales_scene_info: { type: SalesScene.Store, address_code: "110000" } }), [
        "sales_scene_info.offline_address: is needed of a store"
      ])
      assert.deepStrictEqual(
        yield* says({ contact_info: { ...application.contact_info, contact_type: PaymentAdminType.Agent } }),
        ["contact_info.contact_info.id_card_copy_open_wx_pay_media_id: is needed of an agent"]
      )
    }).pipe(run)
  })
})
