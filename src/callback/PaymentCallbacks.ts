/**
 * 小程序接入对外收款: what a payment or refund callback encrypts once more (AEAD_AES_256_GCM), opened and typed.
 *
 * @see https://developer.work.weixin.qq.com/document/path/97478
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { failure } from "../internal/callback/failure.ts"
import * as Json from "../internal/callback/json.ts"
import { lenient } from "../internal/wire/mend.ts"
import * as Wire from "../Wire.ts"
import type { CallbackCipher, EncryptedResource } from "./CallbackCipher.ts"
import { CallbackCrypto, type CallbackSecrets } from "./CallbackCrypto.ts"
import { type CallbackError, MessageInvalid } from "./CallbackError.ts"
import type { PaymentSucceeded, RefundChanged } from "./events/PaymentEvents.ts"

/** 交易状态: what has become of an order. */
export const PaymentTradeState = Wire.oneOf({
  Paid: ["SUCCESS", "支付成功"],
  Refunding: ["REFUND", "转入退款"],
  Unpaid: ["NOTPAY", "未支付"],
  Closed: ["CLOSED", "已关闭"],
  Revoked: ["REVOKED", "已撤销"],
  Paying: ["USERPAYING", "用户支付中"],
  Failed: ["PAYERROR", "支付失败"]
})

/** 退款状态. */
export const PaymentRefundStatus = Wire.oneOf({
  Succeeded: ["SUCCESS", "退款成功"],
  Closed: ["CLOSED", "退款关闭"],
  Abnormal: ["ABNORMAL", "退款异常"]
})

/** 支付成功回调结构体: the order that was paid. */
export class PaymentOrder extends Schema.Class<PaymentOrder>("PaymentOrder")({
  /** The mini program's id. */
  appid: Wire.optional(Schema.String),
  /** 商户号. */
  mchid: Schema.String,
  /** 商户订单号: unique within a merchant. */
  out_trade_no: Schema.String,
  ...Wire.optionals({
    trade_state: PaymentTradeState.schema,
    /** The state in words. */
    trade_state_desc: Schema.String,
    /** 交易类型. */
    trade_type: Schema.String,
    /** 附加数据, as the order has it. */
    attach: Schema.String,
    /** RFC 3339. */
    success_time: Schema.String,
    amount: Schema.Struct(Wire.optionals({
      /** 订单总金额, in fen (0.01 CNY). */
      total: Wire.int,
      /** 用户支付金额, in fen. */
      payer_total: Wire.int,
      /** `CNY`. */
      currency: Schema.String,
      payer_currency: Schema.String
    })),
    payer: Schema.Struct({
      /** The customer's openid in the mini program. */
      openid: Schema.String
    })
  })
}) {}

/** 退款成功回调结构体: the refund that has changed. */
export class PaymentRefund extends Schema.Class<PaymentRefund>("PaymentRefund")({
  /** 商户号. */
  mchid: Schema.String,
  /** 商户订单号. */
  out_trade_no: Schema.String,
  /** 商户退款单号. */
  out_refund_no: Schema.String,
  ...Wire.optionals({
    /** 微信退款单号. */
    refund_id: Schema.String,
    refund_status: PaymentRefundStatus.schema,
    /** RFC 3339; of a refund that has succeeded. */
    success_time: Schema.String,
    /** 退款入账方: where the money went, in words. */
    user_received_account: Schema.String,
    amount: Schema.Struct(Wire.optionals({
      /** 订单总金额, in fen (0.01 CNY). */
      total: Wire.int,
      /** 退款金额, in fen. */
      refund: Wire.int,
      /** 用户实际支付金额, in fen. */
      payer_total: Wire.int,
      /** 退款给用户的金额, in fen, coupons not included. */
      payer_refund: Wire.int
    }))
  })
}) {}

/** Opens the callbacks of payments. */
export class PaymentCallbacks extends Context.Service<PaymentCallbacks, {
  /**
   * 支付通知. The order that was paid; fails with `DecryptionFailed` when it was encrypted with another key, and with
   * `MessageInvalid` when it is not what the documents show.
   * @see https://developer.work.weixin.qq.com/document/path/97335
   */
  readonly order: (event: PaymentSucceeded) => Effect.Effect<PaymentOrder, CallbackError>
  /**
   * 退款通知. The refund that has changed; fails as `order` does.
   * @see https://developer.work.weixin.qq.com/document/path/97338
   */
  readonly refund: (event: RefundChanged) => Effect.Effect<PaymentRefund, CallbackError>
}>()("effect-wecom/PaymentCallbacks") {
  /** With the secrets of the callback URL of 对外收款; fails with `AccountInvalid` on a malformed EncodingAESKey. */
  static readonly layer = (
    secrets: CallbackSecrets
  ): Layer.Layer<PaymentCallbacks, CallbackError, CallbackCrypto> =>
    Layer.effect(
      PaymentCallbacks,
      Effect.map(Effect.flatMap(CallbackCrypto, (crypto) => crypto.make(secrets)), (cipher) =>
        PaymentCallbacks.of({
          order: ({ resource }) => open(cipher, resource, readOrder),
          refund: ({ resource }) => open(cipher, resource, readRefund)
        }))
    )
}

type Read<A> = (value: unknown) => Exit.Exit<A, unknown>

const readerOf = <A>(schema: Schema.Codec<A, unknown>): Read<A> => {
  const read = lenient(schema)
  return (value) => read(value).exit as Exit.Exit<A, unknown> // what the schema decodes to
}

const readOrder = readerOf(PaymentOrder)
const readRefund = readerOf(PaymentRefund)

const open = Effect.fnUntraced(function*<A>(
  cipher: CallbackCipher,
  resource: (EncryptedResource & { readonly algorithm: string }) | undefined,
  read: Read<A>
) {
  if (resource === undefined) return yield* invalid("it holds no resource")
  if (resource.algorithm !== "AEAD_AES_256_GCM") return yield* invalid("its algorithm is not AEAD_AES_256_GCM")
  const json = Json.parse(yield* cipher.decryptResource(resource))
  if (Result.isFailure(json)) return yield* invalid(json.failure)
  const value = read(json.success)
  return Exit.isSuccess(value) ? value.value : yield* invalid("the resource is not what the documents show")
})

const invalid = (problem: string) => Effect.fail(failure(new MessageInvalid({ format: "json", problem })))
