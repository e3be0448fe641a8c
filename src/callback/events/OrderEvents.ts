/**
 * 收银台应用版本付费事件: corps buy the paid versions of a suite.
 *
 * @see https://developer.work.weixin.qq.com/document/path/91929
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

const paying = () => ({
  SuiteId: Schema.String,
  /** The corp that buys. */
  PaidCorpId: Schema.String
})

const order = () => ({
  ...paying(),
  /** At most 32 characters. */
  OrderId: Schema.String
})

/**
 * 下单成功通知: a corp ordered, or the provider did for it.
 * @see https://developer.work.weixin.qq.com/document/path/91929
 */
export class OrderOpened extends Event<OrderOpened>()("InfoType/open_order", () => ({
  ...order(),
  /** Who ordered; empty where it was the provider. */
  OperatorId: Wire.optional(Schema.String)
})) {}

/**
 * 改单通知: the provider changed an order's price, which makes it another order.
 * @see https://developer.work.weixin.qq.com/document/path/91930
 */
export class OrderChanged extends Event<OrderChanged>()("InfoType/change_order", () => ({
  ...paying(),
  OldOrderId: Schema.String,
  /** The order from now on. */
  NewOrderId: Schema.String
})) {}

/**
 * 支付成功通知.
 * @see https://developer.work.weixin.qq.com/document/path/91931
 */
export class OrderPaid extends Event<OrderPaid>()("InfoType/pay_for_app_success", order) {}

/**
 * 退款通知.
 * @see https://developer.work.weixin.qq.com/document/path/91932
 */
export class OrderRefunded extends Event<OrderRefunded>()("InfoType/refund", order) {}

/**
 * 取消订单通知: the provider or the corp cancelled an order.
 * @see https://developer.work.weixin.qq.com/document/path/99353
 */
export class OrderCancelled extends Event<OrderCancelled>()("InfoType/cancel_order", order) {}

/**
 * 应用版本变更通知: a corp has another version of the suite, or may use it for longer, shorter, or not any more. The key is
 * WeCom's misspelling.
 * @see https://developer.work.weixin.qq.com/document/path/91933
 */
export class EditionChanged extends Event<EditionChanged>()("InfoType/change_editon", paying) {}
