/** 企业红包, 向员工付款: signed, sent once, and settled; nothing is paid twice, whatever breaks. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, Redacted, Result, Schema } from "effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import { TestClock } from "effect/testing"
import { Users } from "../../src/contacts/Users.ts"
import * as Xml from "../../src/internal/callback/xml.ts"
import { appSignature, paySignature } from "../../src/internal/kernel/merchantSignature.ts"
import { NameCheck, NewMemberPayment, PaymentMessageType } from "../../src/payments/MemberPayment.ts"
import { memberPaymentFields, redPacketFields } from "../../src/payments/merchantCall.ts"
import type { MerchantError } from "../../src/payments/MerchantError.ts"
import { MerchantPayments } from "../../src/payments/MerchantPayments.ts"
import { NewRedPacket, RedPacketStatus } from "../../src/payments/RedPacket.ts"
import * as MerchantActs from "../../src/simulator/areas/payments/MerchantActs.ts"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import vectors from "./merchant-vectors.json" with { type: "json" }

const paths = {
  send: "/mmpaymkttransfers/sendworkwxredpack",
  ask: "/mmpaymkttransfers/queryworkwxredpack",
  pay: "/mmpaymkttransfers/promotion/paywwsptrans2pocket",
  askPayment: "/mmpaymkttransfers/promotion/querywwsptrans2pocket"
}

const simulated = Effect.provide(
  Layer.suspend(() =>
    Layer.merge(
      Users.layer,
      Layer.unwrap(Effect.map(Effect.orDie(MerchantActs.credentials()), MerchantPayments.layer))
    ).pipe(Layer.provideMerge(Simulator.layerTest()), Layer.fresh)
  )
)

/** The openid of 李四. */
const openid = Effect.flatMap(
  Users,
  (users) => Effect.map(users.convertToOpenid({ userid: "lisi" }), ({ openid }) => openid)
)

const packet = Effect.map(openid, (re_openid) => ({
  mch_billno: "20261128001",
  re_openid,
  total_amount: 888,
  wishing: "新年快乐 <&>",
  act_name: "年会",
  remark: "辛苦了"
}))

const payment = Effect.map(openid, (openid) => ({
  partner_trade_no: "P20261128001",
  openid,
  amount: 5000,
  desc: "六月出差报销费用",
  act_name: "报销",
  check_name: NameCheck.None,
  spbill_create_ip: "10.2.3.10",
  ww_msg_type: PaymentMessageType.Normal
}))

const told = (error: MerchantError) => [error.reason._tag, error.code, error.moved]

const ended = <A>(self: Effect.Effect<A, MerchantError, MerchantPayments>) =>
  Effect.map(Effect.result(self), (result) => Result.isSuccess(result) ? "paid" : told(result.failure))

/** Runs to the end, whatever it waits for. */
const inTime = <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.forkChild(self)
    for (let i = 0; i < 200 && fiber.pollUnsafe() === undefined; i++) yield* TestClock.adjust("1 minute")
    return yield* Fiber.join(fiber)
  })

const times = (path: string) =>
  Effect.flatMap(Simulator, (simulator) => Effect.map(simulator.calls(path), (calls) => calls.length))

describe("signatures", () => {
  const key = Redacted.make(vectors.key)
  const secret = Redacted.make(vectors.secret)
  const fields = {
    nonce_str: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
    mch_billno: "123456",
    mch_id: "10000098",
    wxappid: "wx8888888888888888",
    sender_name: "XX活动",
    re_openid: "oxTWIuGaIt6gTKsQRLau2M0yL16E",
    total_amount: "1000",
    wishing: "感谢您参加",
    act_name: "猜灯谜抢红包活动",
    remark: ""
  }

  it("are those that openssl makes", () => {
    assert.strictEqual(
      appSignature(
        {
          act_name: "XXX",
          mch_billno: "11111234567890",
          mch_id: "10000098",
          nonce_str: "qFKEgfig76DF9912fewmkp",
          re_openid: "oxTWIuGaIt6gTKsQRLau2M0yL16E",
          total_amount: "100",
          wxappid: "wx123456789"
        },
        redPacketFields,
        key
      ),
      vectors.example
    )
    const workwx_sign = appSignature(fields, redPacketFields, secret)
    assert.strictEqual(workwx_sign, vectors.redPacket.workwx_sign)
    assert.strictEqual(paySignature({ ...fields, workwx_sign, sign: "any" }, key), vectors.redPacket.sign)
    assert.strictEqual(
      appSignature(
        {
          amount: "100",
          appid: "wxe062425f740c8888",
          desc: "六月出差报销费用",
          mch_id: "1900000109",
          nonce_str: "3PG2J4ILTKCH16CQ2502SI8ZNMTM67VS",
          openid: "ohO4Gt7wVPxIT1A9GjFaMYMiZY1s",
          partner_trade_no: "100000982017072019616",
          ww_msg_type: "NORMAL_MSG",
          check_name: "NO_CHECK"
        },
        memberPaymentFields,
        secret
      ),
      vectors.payment.workwx_sign
    )
  })
})

describe("a red packet", () => {
  it.effect("is sent, taken and asked for", () =>
    Effect.gen(function*() {
      const payments = yield* MerchantPayments
      const order = yield* packet
      const sent = yield* payments.sendRedPacket(order)
      assert.strictEqual(sent.total_amount, 888)
      const before = yield* payments.getRedPacket({ mch_billno: order.mch_billno })
      assert.strictEqual(before.status, RedPacketStatus.Sent)
      assert.strictEqual(before.detail_id, sent.send_listid)
      assert.strictEqual(before.wishing, order.wishing)
      yield* MerchantActs.receive({ mch_billno: order.mch_billno })
      const after = yield* payments.getRedPacket({ mch_billno: order.mch_billno })
      assert.strictEqual(after.status, RedPacketStatus.Received)
      assert.strictEqual(after.amount, 888)
      assert.strictEqual((yield* MerchantActs.ledger()).balance, 10_000_000 - 888)
    }).pipe(simulated))

  it.effect("is paid once when it is sent again as it was, and refused when it is not", () =>
    Effect.gen(function*() {
      const payments = yield* MerchantPayments
      const order = yield* packet
      const first = yield* payments.sendRedPacket(order)
      assert.deepStrictEqual(yield* payments.sendRedPacket(order), first)
      assert.deepStrictEqual(yield* ended(payments.sendRedPacket({ ...order, total_amount: 999 })), [
        "OrderConflicts",
        "FATAL_ERROR",
        "no"
      ])
      assert.lengthOf((yield* MerchantActs.ledger()).orders, 1)
      assert.strictEqual((yield* MerchantActs.ledger()).balance, 10_000_000 - 888)
    }).pipe(simulated))

  it.effect("is refused before it is sent if a field is wrong", () =>
    Effect.gen(function*() {
      const payments = yield* MerchantPayments
      const order = yield* packet
      const wrong = [
        [{ ...order, total_amount: 0 }, "total_amount"],
        [{ ...order, total_amount: 20_001 }, "scene_id"],
        [{ ...order, mch_billno: "2026-1" }, "mch_billno"],
        [{ ...order, sender_name: "张三", agentid: 1 }, "sender_name"],
        [{ ...order, wishing: "a\u0000b" }, "wishing"]
      ] as const
      for (const [input, field] of wrong) {
        const { moved, reason } = yield* Effect.flip(payments.sendRedPacket(input))
        assert.deepStrictEqual(reason._tag === "RequestInvalid" && reason.issues.map((issue) => issue.field), [field])
        assert.strictEqual(moved, "no")
      }
      assert.strictEqual(yield* times(paths.send), 0)
    }).pipe(simulated))

  it.effect("is refused by WeChat Pay with a typed reason", () =>
    Effect.gen(function*() {
      const payments = yield* MerchantPayments
      const order = yield* packet
      assert.deepStrictEqual(yield* ended(payments.sendRedPacket({ ...order, re_openid: "nobody" })), [
        "OrderRefused",
        "OPENID_ERROR",
        "no"
      ])
      yield* MerchantActs.deposit({ amount: -9_999_999 })
      assert.deepStrictEqual(yield* ended(payments.settleRedPacket(order)), ["OrderRefused", "NOTENOUGH", "no"])
      assert.deepStrictEqual(yield* ended(payments.getRedPacket({ mch_billno: "404" })), [
        "OrderRefused",
        "NOT_FOUND",
        "unknown"
      ])
      const credentials = yield* MerchantActs.credentials()
      const withKey = yield* MerchantPayments.make({ ...credentials, key: Redacted.make("another") })
      assert.deepStrictEqual(yield* ended(withKey.settleRedPacket(order)), ["SignatureRejected", "FAIL", "no"])
      const withSecret = yield* MerchantPayments.make({ ...credentials, appSecret: Redacted.make("another") })
      assert.deepStrictEqual(yield* ended(withSecret.sendRedPacket(order)), ["SignatureRejected", "SIGN_ERROR", "no"])
      assert.deepStrictEqual(yield* ended(withSecret.payMember(yield* payment)), [
        "SignatureRejected",
        "WORKWX_SIGN_ERROR",
        "no"
      ])
      assert.lengthOf((yield* MerchantActs.ledger()).orders, 0)
    }).pipe(simulated))
})

describe("an answer", () => {
  /** The same as the simulator's, changed on its way. */
  const changed = (change: (xml: string) => string) =>
    Effect.map(HttpClient.HttpClient, (http) =>
      HttpClient.make((request) =>
        Effect.flatMap(
          http.execute(request),
          (response) =>
            Effect.map(response.text, (text) => HttpClientResponse.fromWeb(request, new Response(change(text))))
        )
      ))

  const through = (change: (xml: string) => string) =>
    Effect.gen(function*() {
      const credentials = yield* MerchantActs.credentials()
      return yield* Effect.provideService(
        MerchantPayments.make(credentials),
        HttpClient.HttpClient,
        yield* changed(change)
      )
    })

  it.effect("that was changed on its way is not believed", () =>
    Effect.gen(function*() {
      const order = yield* packet
      const forged = yield* through((xml) => xml.replace("888", "999"))
      assert.deepStrictEqual(yield* ended(forged.sendRedPacket(order)), ["AnswerForged", undefined, "unknown"])
      const bare = yield* through((xml) => xml.replace(/<sign>.*<\/sign>/, ""))
      assert.deepStrictEqual(yield* ended(bare.sendRedPacket(order)), ["AnswerForged", undefined, "unknown"])
      const refused = yield* through((xml) =>
        xml.replace(/<sign>.*<\/sign>/, "").replace(
          "<result_code><![CDATA[SUCCESS]]></result_code>",
          "<result_code>FAIL</result_code><err_code>NOTENOUGH</err_code>"
        )
      )
      assert.deepStrictEqual(yield* ended(refused.sendRedPacket(order)), ["OrderRefused", "NOTENOUGH", "unknown"])
      assert.lengthOf((yield* MerchantActs.ledger()).orders, 1)
    }).pipe(simulated))

  it.effect("of a gateway, with a DOCTYPE, or cut short is no answer", () =>
    Effect.gen(function*() {
      const order = yield* packet
      const bodies = [
        "<html><body>502 Bad Gateway</body></html>",
        "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml><return_code>&x;</return_code></xml>",
        "<xml><return_code>SUCC",
        "",
        "{}"
      ]
      for (const body of bodies) {
        const payments = yield* through(() => body)
        assert.deepStrictEqual(yield* ended(payments.sendRedPacket(order)), ["ResponseInvalid", undefined, "unknown"])
      }
      const nginx = yield* through(() => "<html><h1>400 No required SSL certificate was sent</h1></html>")
      assert.deepStrictEqual(yield* ended(nginx.sendRedPacket(order)), ["CertificateRejected", "HTTP 200", "no"])
      assert.lengthOf((yield* MerchantActs.ledger()).orders, 1)
    }).pipe(simulated))

  it.effect("tells no key, and neither does an error", () =>
    Effect.gen(function*() {
      const credentials = yield* MerchantActs.credentials()
      const order = yield* packet
      const payments = yield* through(() => "<xml><return_code>FAIL</return_code><return_msg>x</return_msg></xml>")
      const error = yield* Effect.flip(payments.sendRedPacket(order))
      for (const secret of [credentials.key, credentials.appSecret]) {
        assert.notInclude(`${error} ${JSON.stringify(error)}`, Redacted.value(secret))
      }
      assert.notInclude(JSON.stringify(credentials), Redacted.value(credentials.key))
    }).pipe(simulated))
})

describe("an order whose outcome is unknown", () => {
  const faults = [
    ["the connection breaks before it is done", Fault.reset()],
    ["the connection breaks after it is done", Fault.reset({ done: true })],
    ["the answer is cut short", Fault.truncated],
    ["a gateway answers", Fault.status(502)],
    ["no answer comes in time", Fault.stall("20 seconds")]
  ] as const

  for (const [name, fault] of faults) {
    it.effect(`is settled, and paid once: ${name}`, () =>
      Effect.gen(function*() {
        const payments = yield* MerchantPayments
        const simulator = yield* Simulator
        const order = yield* packet
        const pay = yield* payment
        for (const path of Object.values(paths)) yield* simulator.inject({ endpoint: path, fault, times: 2 })
        const [sent, made] = yield* inTime(
          Effect.all([payments.settleRedPacket(order), payments.settleMemberPayment(pay)], { concurrency: 2 })
        )
        assert.strictEqual(sent.total_amount, 888)
        assert.strictEqual(made.partner_trade_no, pay.partner_trade_no)
        const { balance, orders } = yield* MerchantActs.ledger()
        assert.sameMembers(orders.map(({ number }) => number), [order.mch_billno, pay.partner_trade_no])
        assert.strictEqual(balance, 10_000_000 - 888 - 5000)
      }).pipe(simulated))
  }

  for (const outcome of ["paid", "nothing", "pending"] as const) {
    it.effect(`is settled, and paid once: SYSTEMERROR, and it is ${outcome}`, () =>
      Effect.gen(function*() {
        const payments = yield* MerchantPayments
        yield* MerchantActs.disturb({ code: "SYSTEMERROR", outcome })
        yield* inTime(payments.settleRedPacket(yield* packet))
        yield* MerchantActs.disturb({ code: "SYSTEMERROR", outcome })
        yield* inTime(payments.settleMemberPayment(yield* payment))
        assert.strictEqual((yield* MerchantActs.ledger()).balance, 10_000_000 - 888 - 5000)
      }).pipe(simulated))
  }

  it.effect("is settled as not paid if it failed", () =>
    Effect.gen(function*() {
      const payments = yield* MerchantPayments
      yield* MerchantActs.disturb({ code: "A_NEW_CODE", outcome: "failed" })
      assert.deepStrictEqual(yield* inTime(ended(payments.settleRedPacket(yield* packet))), [
        "OrderRefused",
        "FAILED",
        "no"
      ])
      assert.strictEqual((yield* MerchantActs.ledger()).balance, 10_000_000)
    }).pipe(simulated))

  it.effect("is not sent again by itself, and stays unknown if nothing answers", () =>
    Effect.gen(function*() {
      const payments = yield* MerchantPayments
      const simulator = yield* Simulator
      for (const endpoint of Object.values(paths)) {
        yield* simulator.inject({ endpoint, fault: Fault.reset({ done: true }) })
      }
      assert.deepStrictEqual(yield* ended(payments.sendRedPacket(yield* packet)), [
        "TransportFailed",
        undefined,
        "unknown"
      ])
      assert.strictEqual(yield* times(paths.send), 1)
      assert.deepStrictEqual(yield* inTime(ended(payments.settleMemberPayment(yield* payment))), [
        "TransportFailed",
        undefined,
        "unknown"
      ])
      assert.strictEqual(yield* times(paths.pay), 1)
      assert.strictEqual(yield* times(paths.askPayment), 20)
    }).pipe(simulated))

  it.effect("is not taken for another one with its number", () =>
    Effect.gen(function*() {
      const payments = yield* MerchantPayments
      const simulator = yield* Simulator
      const order = yield* packet
      yield* payments.sendRedPacket(order)
      yield* simulator.inject({ endpoint: paths.send, fault: Fault.reset({ done: true }), times: 1 })
      assert.deepStrictEqual(yield* inTime(ended(payments.settleRedPacket({ ...order, total_amount: 999 }))), [
        "OrderConflicts",
        "FATAL_ERROR",
        "no"
      ])
    }).pipe(simulated))
})

it.effect("the simulator refuses what is no call of a merchant", () =>
  Effect.gen(function*() {
    const http = yield* HttpClient.HttpClient
    const ask = (body: string) =>
      Effect.flatMap(
        http.execute(
          HttpClientRequest.setBody(
            HttpClientRequest.post(`https://api.mch.weixin.qq.com${paths.send}`),
            HttpBody.text(body, "text/xml")
          )
        ),
        (response) => response.text
      )
    assert.include(yield* ask("no xml"), "XML格式错误")
    assert.include(yield* ask(Xml.stringify({ mch_id: "1" })), "mch_id")
    const { merchantId } = yield* MerchantActs.credentials()
    assert.include(yield* ask(Xml.stringify({ mch_id: merchantId, sign: "x" })), "签名错误")
  }).pipe(simulated))

it("inputs are named", () => {
  assert.isTrue(Exit.isFailure(Schema.encodeUnknownExit(NewRedPacket)({})))
  assert.isTrue(Exit.isFailure(Schema.encodeUnknownExit(NewMemberPayment)({})))
})
