/**
 * 小程序接入对外收款: customers have paid, or were paid back. What exactly is encrypted once more (AEAD_AES_256_GCM), with
 * the EncodingAESKey of the same callback: `PaymentCallbacks` opens it.
 *
 * @see https://developer.work.weixin.qq.com/document/path/97335
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

const notification = () => ({
  ...Wire.optionals({
    /** 通知类型, such as `NORMALPAY`. */
    notify_type: Schema.String,
    /** `encrypt-resource`. */
    resource_type: Schema.String
  }),
  /** 通知数据: JSON when it is decrypted. */
  resource: CallbackWire.optional(Schema.Struct({
    /** `AEAD_AES_256_GCM`. */
    algorithm: Schema.String,
    /** In base64. */
    ciphertext: Schema.String,
    associated_data: Wire.optional(Schema.String),
    nonce: Schema.String
  })),
  /** What happened, in words. */
  summary: Wire.optional(Schema.String)
})

/**
 * 支付成功通知.
 * @see https://developer.work.weixin.qq.com/document/path/97335
 */
export class PaymentSucceeded extends Event<PaymentSucceeded>()("resource/TRANSACTION.SUCCESS", notification) {}

/**
 * 退款通知: a refund succeeded, failed or was closed.
 * @see https://developer.work.weixin.qq.com/document/path/97338
 */
export class RefundChanged extends Event<RefundChanged>()("resource/REFUND.*", () => ({
  /** Such as `REFUND.SUCCESS`. */
  event_type: Schema.String,
  ...notification()
})) {}
