/**
 * 接口调用许可事件: the licences that members need for a suite to call the API about them.
 *
 * @see https://developer.work.weixin.qq.com/document/path/95716
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 退款结果. */
export const RefundStatus = Wire.oneOf({ Succeeded: [1, "退款成功"], Refused: [2, "退款被拒绝"] })

/** 许可自动激活的时机. */
export const ActivationScene = Wire.oneOf({
  MemberVisited: [1, "企业成员主动访问应用"],
  MessageSent: [2, "服务商调用消息推送接口"],
  InteropCalled: [3, "服务商调用互通接口"]
})

/** 许可类型. */
export const LicenceType = Wire.oneOf({ Basic: [1, "基础许可"], Interop: [2, "互通许可"] })

/** 自动激活前的许可状态. */
export const PreviousLicenceStatus = Wire.oneOf({
  Inactive: [1, "未激活许可"],
  Active: [2, "已激活许可且许可未过期"],
  Expired: [3, "已激活许可且许可已过期"]
})

const order = () => ({
  ...CallbackWire.providerAndCorp,
  OrderId: Schema.String
})

/**
 * 支付成功通知.
 * @see https://developer.work.weixin.qq.com/document/path/95804
 */
export class LicenceOrderPaid extends Event<LicenceOrderPaid>()("InfoType/license_pay_success", () => ({
  ...order(),
  /** Who ordered. */
  BuyerUserId: Wire.optional(Schema.String)
})) {}

/**
 * 退款结果通知.
 * @see https://developer.work.weixin.qq.com/document/path/95805
 */
export class LicenceRefundChanged extends Event<LicenceRefundChanged>()("InfoType/license_refund", () => ({
  ...order(),
  OrderStatus: RefundStatus.schema
})) {}

/**
 * 自动激活回调通知: members were given licences by themselves.
 * @see https://developer.work.weixin.qq.com/document/path/95994
 */
export class LicencesActivated extends Event<LicencesActivated>()("InfoType/auto_activate", () => ({
  ...CallbackWire.providerAndCorp,
  /** What brought it about. */
  Scene: ActivationScene.schema,
  AccountList: CallbackWire.repeated(Schema.Struct({
    UserId: Schema.String,
    ActiveCode: Schema.String,
    Type: CallbackWire.optional(LicenceType.schema),
    ExpireTime: CallbackWire.optional(Wire.time),
    PreviousStatus: CallbackWire.optional(PreviousLicenceStatus.schema),
    /** The code that was active before. */
    PreviousActiveCode: Wire.optional(Schema.String)
  }))
})) {}

/**
 * 接口许可失效通知: the sender, a member who may use the app, has no licence.
 * @see https://developer.work.weixin.qq.com/document/path/95716
 */
export class MemberUnlicensed extends Event<MemberUnlicensed>()("event/unlicensed_notify", () => ({})) {}
