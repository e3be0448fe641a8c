/**
 * Payments and refunds, whose content is encrypted once more: vectors by node:crypto alone.
 */
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { createCipheriv } from "node:crypto"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import { PaymentCallbacks } from "../../src/callback/PaymentCallbacks.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import * as Sender from "./sender.ts"

interface Sealing {
  readonly nonce?: string
  readonly associated?: string
  readonly secrets?: Sender.Secrets
}

const seal = (
  content: string,
  { associated = "transaction", nonce = "uRQLUOVVenok", secrets = Sender.corp }: Sealing
) => {
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(`${secrets.encodingAesKey}=`, "base64"), Buffer.from(nonce))
  cipher.setAAD(Buffer.from(associated))
  const ciphertext = Buffer.concat([cipher.update(content, "utf8"), cipher.final(), cipher.getAuthTag()])
  return {
    algorithm: "AEAD_AES_256_GCM",
    ciphertext: ciphertext.toString("base64"),
    associated_data: associated,
    nonce
  }
}

const notice = (type: string, resource: object) => ({
  notify_type: "NORMALPAY",
  id: "EV-1",
  create_time: "2022-11-25T20:09:15+08:00",
  event_type: type,
  resource_type: "encrypt-resource",
  resource,
  summary: "支付成功"
})

const paid = {
  appid: "wx0011223344556677",
  mchid: "1230000109",
  out_trade_no: "order-1",
  trade_state: "SUCCESS",
  trade_state_desc: "支付成功",
  trade_type: "JSAPI",
  attach: "自定义数据",
  success_time: "2018-06-08T10:34:56+08:00",
  amount: { payer_total: 100, total: 100, currency: "CNY", payer_currency: "CNY" },
  payer: { openid: "openid-1" }
}

const refunded = {
  mchid: "1230000109",
  out_trade_no: "order-1",
  refund_id: "50200207182018070300011301001",
  out_refund_no: "refund-1",
  refund_status: "SUCCESS",
  success_time: "2018-06-08T10:34:56+08:00",
  user_received_account: "支付用户零钱",
  amount: { total: 999, refund: 99, payer_total: 999, payer_refund: 99 }
}

/** The same notice in both formats. */
const texts = (value: ReturnType<typeof notice>) => {
  const element = (name: string, content: unknown): string =>
    `<${name}>${
      typeof content === "object" && content !== null
        ? Object.entries(content).map(([child, value]) => element(child, value)).join("")
        : `<![CDATA[${String(content)}]]>`
    }</${name}>`
  return [JSON.stringify(value), element("xml", value)]
}

for (const [name, crypto] of Object.entries({ Node: NodeCallbackCrypto.layer, Web: CallbackCrypto.layerWebCrypto })) {
  const payments = PaymentCallbacks.layer(Sender.account(Sender.corp)).pipe(Layer.provide(crypto))

  layer(payments)(`PaymentCallbacks on ${name}`, (it) => {
    const order = Effect.fnUntraced(function*(resource: object, type = "TRANSACTION.SUCCESS") {
      const event = yield* CallbackEvent.fromText(JSON.stringify(notice(type, resource)))
      if (event._tag !== "resource/TRANSACTION.SUCCESS") return yield* Effect.die(event._tag)
      return yield* (yield* PaymentCallbacks).order(event)
    })

    it.effect("a payment is opened and typed, from XML and JSON", () =>
      Effect.gen(function*() {
        const payments = yield* PaymentCallbacks
        for (const associated of ["transaction", ""]) {
          for (const text of texts(notice("TRANSACTION.SUCCESS", seal(JSON.stringify(paid), { associated })))) {
            const event = yield* CallbackEvent.fromText(text)
            if (event._tag !== "resource/TRANSACTION.SUCCESS") return assert.fail(event._tag)
            assert.deepStrictEqual({ ...yield* payments.order(event) }, paid)
          }
        }
      }))

    it.effect("a refund is opened and typed, whatever became of it", () =>
      Effect.gen(function*() {
        const payments = yield* PaymentCallbacks
        for (const status of ["SUCCESS", "ABNORMAL", "CLOSED"]) {
          const content = JSON.stringify({ ...refunded, refund_status: status })
          for (const text of texts(notice(`REFUND.${status}`, seal(content, { associated: "refund" })))) {
            const event = yield* CallbackEvent.fromText(text)
            if (event._tag !== "resource/REFUND.*") return assert.fail(event._tag)
            assert.deepStrictEqual({ ...yield* payments.refund(event) }, { ...refunded, refund_status: status })
          }
        }
      }))

    it.effect("is read leniently, but not without what identifies an order", () =>
      Effect.gen(function*() {
        const odd = {
          mchid: 1230000109,
          out_trade_no: "order-1",
          amount: { total: "100" },
          payer: null,
          trade_type: ""
        }
        const read = yield* order(seal(JSON.stringify(odd), {}))
        assert.deepStrictEqual([read.mchid, read.amount?.total, read.payer], ["1230000109", 100, undefined])
        const { out_trade_no: _, ...nameless } = paid
        const error = yield* Effect.flip(order(seal(JSON.stringify(nameless), {})))
        assert.strictEqual(error.reason._tag, "MessageInvalid")
      }))

    it.effect("what was altered, or sealed with another key, is refused without a word of what it holds", () =>
      Effect.gen(function*() {
        const good = seal(JSON.stringify(paid), {})
        const flipped = Buffer.from(good.ciphertext, "base64")
        flipped[0] = (flipped[0] ?? 0) ^ 1
        const wrong = {
          ciphertext: { ...good, ciphertext: flipped.toString("base64") },
          nonce: { ...good, nonce: "uRQLUOVVenoX" },
          associated: { ...good, associated_data: "refund" },
          key: seal(JSON.stringify(paid), { secrets: Sender.suite }),
          short: { ...good, ciphertext: "AAAA" },
          text: { ...good, ciphertext: "not base64!" }
        }
        for (const [what, resource] of Object.entries(wrong)) {
          const error = yield* Effect.flip(order(resource))
          assert.strictEqual(error.reason._tag, "DecryptionFailed", what)
          assert.notInclude(error.message, paid.out_trade_no)
        }
        for (const resource of [{ ...good, algorithm: "AEAD_SM4_GCM" }, seal("no JSON", {}), seal("[]", {})]) {
          assert.strictEqual((yield* Effect.flip(order(resource))).reason._tag, "MessageInvalid")
        }
      }))
  })
}
