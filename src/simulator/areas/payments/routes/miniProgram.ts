/** 小程序接入对外收款. */
import {
  MiniProgramPayments,
  Order,
  OrderState,
  OrderType,
  Refund,
  RefundChannel,
  RefundStatus,
  RequestedRefund
} from "../../../../payments/MiniProgramPayments.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import { timeOf } from "../../../engine/Times.ts"
import { changed, keyOf, paymentsOf } from "../MiniProgram.ts"

const { endpoints } = MiniProgramPayments

const unknownOrder = "the order does not exist"

export const miniProgram = [
  route(endpoints.createOrder, ({ app, corp, input, now, world }) => {
    const { amount, appid, attach, mchid, out_trade_no, payer } = input
    const { orders } = paymentsOf(corp)
    const key = keyOf(mchid, out_trade_no)
    if (orders.has(key)) refuse(40058, "out_trade_no is in use")
    orders.set(key, {
      owner: app,
      appid,
      at: now,
      order: new Order({
        mchid,
        out_trade_no,
        payer,
        attach,
        trade_type: OrderType.JsApi,
        trade_state: OrderState.Unpaid,
        trade_state_desc: "订单未支付",
        amount: { total: amount.total, currency: amount.currency },
        promotion_detail: []
      })
    })
    return world.id("wx")
  }),
  route(
    endpoints.getOrder,
    ({ corp, input }) =>
      existing(paymentsOf(corp).orders, keyOf(input.mchid, input.out_trade_no), 40058, unknownOrder).order
  ),
  route(endpoints.closeOrder, ({ corp, input }) => {
    const kept = existing(paymentsOf(corp).orders, keyOf(input.mchid, input.out_trade_no), 40058, unknownOrder)
    if (kept.order.trade_state === OrderState.Paid) refuse(40058, "the order is paid")
    changed(kept, { trade_state: OrderState.Closed, trade_state_desc: "订单已关闭" })
  }),
  route(endpoints.createRefund, ({ app, corp, input, now, world }) => {
    const { amount, mchid, out_refund_no, out_trade_no } = input
    const { orders, refunds } = paymentsOf(corp)
    const kept = existing(orders, keyOf(mchid, out_trade_no), 40058, unknownOrder)
    const key = keyOf(mchid, out_refund_no)
    const isPaid = kept.order.trade_state === OrderState.Paid || kept.order.trade_state === OrderState.Refunding
    if (!isPaid) refuse(40058, "the order is not paid")
    const before = [...refunds.values()].filter(({ refund }) =>
      refund.out_trade_no === out_trade_no && refund.out_refund_no !== out_refund_no
    )
    const asked = before.reduce((sum, { refund }) => sum + (refund.amount?.refund ?? 0), amount.refund)
    if (asked > (kept.order.amount?.total ?? 0)) refuse(40058, "more is refunded than was paid")
    const refunded = { refund: amount.refund, payer_refund: amount.refund, currency: amount.currency }
    // However often it is sent, it is refunded once.
    if (!refunds.has(key)) {
      changed(kept, { trade_state: OrderState.Refunding, trade_state_desc: "转入退款" })
      refunds.set(key, {
        owner: app,
        mchid,
        total: amount.total,
        refund: new Refund({
          out_refund_no,
          out_trade_no,
          refund_id: world.id("50"),
          transaction_id: kept.order.transaction_id,
          channel: RefundChannel.Original,
          create_time: timeOf(now),
          status: RefundStatus.Processing,
          amount: refunded,
          promotion_detail: []
        })
      })
    }
    return new RequestedRefund({ out_refund_no, amount: refunded, promotion_detail: [] })
  }),
  route(
    endpoints.getRefund,
    ({ corp, input }) =>
      existing(paymentsOf(corp).refunds, keyOf(input.mchid, input.out_refund_no), 40058, "the refund does not exist")
        .refund
  )
]
