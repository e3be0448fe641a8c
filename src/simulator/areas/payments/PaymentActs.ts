/**
 * What customers and banks do about the orders of mini programs (小程序接入对外收款): each an act on the simulator of the
 * context. The app that has made the order is told, in a content that is encrypted once more: see `PaymentCallbacks`.
 */
import * as Clock from "effect/Clock"
import * as Aead from "effect/crypto/Aead"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { PaymentSucceeded, RefundChanged } from "../../../callback/events/PaymentEvents.ts"
import { OrderState, Refund, RefundStatus } from "../../../payments/MiniProgramPayments.ts"
import * as Act from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import type { App, Corp } from "../../engine/World.ts"
import { changed, keyOf, paymentsOf } from "./MiniProgram.ts"

const ofOrder = { mchid: Schema.String, out_trade_no: Schema.String }

/** 支付. A customer pays an order. */
export const pay = Act.make({
  input: Act.input(ofOrder),
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(of)
    const kept = paymentsOf(corp).orders.get(keyOf(of.mchid, of.out_trade_no))
    if (kept === undefined) return yield* Act.fail(`there is no order ${of.out_trade_no}`)
    if (kept.order.trade_state !== OrderState.Unpaid) return yield* Act.fail("the order does not wait for payment")
    const at = timeOf(yield* Clock.currentTimeMillis)
    const { amount, attach, mchid, out_trade_no, payer, trade_type } = kept.order
    const total = amount?.total
    const paid = { ...amount, payer_total: total, payer_currency: amount?.currency }
    changed(kept, {
      trade_state: OrderState.Paid,
      trade_state_desc: "支付成功",
      transaction_id: world.id("42"),
      success_time: at,
      amount: paid
    })
    const content = {
      appid: kept.appid,
      mchid,
      out_trade_no,
      trade_state: OrderState.Paid,
      trade_state_desc: "支付成功",
      trade_type,
      attach,
      success_time: DateTime.formatIso(at),
      amount: paid,
      payer
    }
    return yield* told(corp, kept.owner, content, "transaction", (resource) =>
      new PaymentSucceeded({
        id: world.id("EV-"),
        create_time: DateTime.formatIso(at),
        resource,
        ...envelope,
        summary: "支付成功"
      }))
  })
})

/** 退款. The bank of a customer pays a refund out, or cannot: `ABNORMAL`, or `CLOSED` for good. */
export const finishRefund = Act.make({
  input: Act.input({
    mchid: Schema.String,
    out_refund_no: Schema.String,
    status: Schema.optional(
      Schema.Literals(["SUCCESS", "ABNORMAL", "CLOSED"]).annotate({
        description: "Default: SUCCESS."
      })
    )
  }),
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(of)
    const kept = paymentsOf(corp).refunds.get(keyOf(of.mchid, of.out_refund_no))
    if (kept === undefined) return yield* Act.fail(`there is no refund ${of.out_refund_no}`)
    if (kept.refund.status !== RefundStatus.Processing) return yield* Act.fail("the refund is finished")
    const { status = "SUCCESS" } = of
    const at = timeOf(yield* Clock.currentTimeMillis)
    const success_time = status === "SUCCESS" ? at : undefined
    kept.refund = new Refund({
      ...kept.refund,
      // The two documents call it by two names.
      status: status === "CLOSED" ? RefundStatus.Closed : status,
      success_time,
      user_received_account: "支付用户零钱"
    })
    const { amount, out_refund_no, out_trade_no, refund_id } = kept.refund
    const content = {
      mchid: of.mchid,
      out_trade_no,
      refund_id,
      out_refund_no,
      refund_status: status,
      success_time: success_time && DateTime.formatIso(success_time),
      user_received_account: "支付用户零钱",
      amount: { total: kept.total, refund: amount?.refund, payer_total: kept.total, payer_refund: amount?.payer_refund }
    }
    return yield* told(corp, kept.owner, content, "refund", (resource) =>
      new RefundChanged({
        id: world.id("EV-"),
        create_time: DateTime.formatIso(at),
        event_type: `REFUND.${status}`,
        resource,
        ...envelope,
        summary: status === "SUCCESS" ? "退款成功" : "退款异常"
      }))
  })
})

const envelope = { notify_type: "NORMALPAY", resource_type: "encrypt-resource" }

type Resource = NonNullable<PaymentSucceeded["resource"]>

/** Tells an app, in a content that is encrypted with its EncodingAESKey. */
const told = (
  corp: Corp,
  app: App,
  content: object,
  about: string,
  event: (resource: Resource) => PaymentSucceeded | RefundChanged
): Act.Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    if (app.callback === undefined) return []
    const key = Result.getOrThrow(Base64.decode(`${Redacted.value(app.callback.encodingAesKey)}=`))
    const nonce = world.text(12)
    const encode = (text: string) => new TextEncoder().encode(text)
    const aead = yield* Aead.Aead
    const sealed = yield* aead.encrypt(yield* Aead.key(Aead.aes256Gcm, key), encode(JSON.stringify(content)), {
      nonce: encode(nonce),
      aad: encode(about)
    })
    const ciphertext = Base64.encode(sealed)
    return yield* Act.tellOne(
      { corp, app },
      event({ algorithm: "AEAD_AES_256_GCM", ciphertext, associated_data: about, nonce })
    )
    // The key of a callback that was let in is one.
  }).pipe(Effect.catchTag("CryptoError", Effect.die), Effect.provide(layerAead))

const layerAead = Aead.layerWebCrypto.pipe(Layer.provide(SecureRandom.layerWebCrypto))
