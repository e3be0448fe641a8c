/** What corps and providers do about the paid versions of a suite: each an act on the simulator, which tells the suite. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Events from "../../../callback/events/OrderEvents.ts"
import { AppOrder, AppOrderSource, AppOrderStatus, AppOrderType } from "../../../third-party/AppVersions.ts"
import * as Act from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { ordersOf } from "./AppOrders.ts"

const ofOrder = { suiteId: Schema.String, orderid: Schema.String }

const orderOf = Effect.fn(function*({ orderid, suiteId }: { readonly suiteId: string; readonly orderid: string }) {
  const suite = yield* Act.suiteOf({ suiteId })
  const { orders } = ordersOf(suite)
  const order = orders.get(orderid)
  if (order === undefined) return yield* Act.fail(`there is no order ${orderid}`)
  const at = timeOf(yield* Clock.currentTimeMillis)
  const paying = { SuiteId: suiteId, PaidCorpId: order.paid_corpid ?? "", TimeStamp: at }
  const keep = (changes: Partial<typeof AppOrder.Type>) => {
    orders.set(orderid, new AppOrder({ ...order, ...changes }))
  }
  return { suite, orders, order, at, paying, keep, about: { ...paying, OrderId: orderid } }
})

const unpaid = (order: AppOrder) =>
  order.order_status === AppOrderStatus.AwaitingPayment
    ? Effect.void
    : Act.fail("the order does not wait for payment")

/** 下单. A corp orders a version of a suite, or the provider does for it. Returns the id of the order. */
export const order = Act.make({
  input: Schema.Struct({
    suiteId: Schema.String,
    corpId: Schema.String,
    edition_id: Schema.String,
    price: Schema.Int.annotate({ description: "In fen." }),
    user_count: Schema.Int,
    order_period: Schema.Int.annotate({ description: "In days." }),
    by: Schema.optional(Schema.String.annotate({ description: "The userid of who orders. Default: the provider." }))
  }),
  success: Schema.String,
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const suite = yield* Act.suiteOf(act)
    const corp = yield* Act.corpOf(act)
    if (!suite.installations.has(corp.id)) return yield* Act.fail(`${suite.id} is not installed in ${corp.id}`)
    const at = timeOf(yield* Clock.currentTimeMillis)
    const { by, edition_id, order_period, price, user_count } = act
    const orderid = world.id("N")
    ordersOf(suite).orders.set(
      orderid,
      new AppOrder({
        orderid,
        order_status: AppOrderStatus.AwaitingPayment,
        order_type: AppOrderType.Purchase,
        order_from: by === undefined ? AppOrderSource.Provider : AppOrderSource.Corp,
        paid_corpid: corp.id,
        operator_id: by,
        suiteid: suite.id,
        edition_id,
        price,
        user_count,
        order_period,
        order_time: at
      })
    )
    yield* Act.tellOne(
      { suite },
      new Events.OrderOpened({
        SuiteId: suite.id,
        PaidCorpId: corp.id,
        OrderId: orderid,
        OperatorId: by,
        TimeStamp: at
      })
    )
    return orderid
  })
})

/** 改单. The provider changes the price of an order, which gives it another id: returns that. */
export const reprice = Act.make({
  input: Schema.Struct({ ...ofOrder, price: Schema.Int.annotate({ description: "In fen." }) }),
  success: Schema.String,
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const { keep, order, orders, paying, suite } = yield* orderOf(act)
    yield* unpaid(order)
    const orderid = world.id("N")
    keep({ order_status: AppOrderStatus.Cancelled })
    orders.set(orderid, new AppOrder({ ...order, orderid, price: act.price }))
    yield* Act.tellOne(
      { suite },
      new Events.OrderChanged({ ...paying, OldOrderId: order.orderid, NewOrderId: orderid })
    )
    return orderid
  })
})

/** 支付. A corp pays an order: the suite is told of it, and that the corp has another version now. */
export const pay = Act.make({
  input: Schema.Struct(ofOrder),
  run: Effect.fn(function*(act) {
    const { about, at, keep, order, paying, suite } = yield* orderOf(act)
    yield* unpaid(order)
    keep({
      order_status: AppOrderStatus.Paid,
      paid_time: at,
      begin_time: at,
      end_time: DateTime.add(at, { days: order.order_period ?? 0 })
    })
    return [
      ...yield* Act.tellOne({ suite }, new Events.OrderPaid(about)),
      ...yield* Act.tellOne({ suite }, new Events.EditionChanged(paying))
    ]
  })
})

/** 退款. A corp gets its money back: the suite is told of it, and that the corp has another version now. */
export const refund = Act.make({
  input: Schema.Struct(ofOrder),
  run: Effect.fn(function*(act) {
    const { about, keep, order, paying, suite } = yield* orderOf(act)
    if (order.order_status !== AppOrderStatus.Paid) return yield* Act.fail("the order is not paid")
    keep({ order_status: AppOrderStatus.Refunded })
    return [
      ...yield* Act.tellOne({ suite }, new Events.OrderRefunded(about)),
      ...yield* Act.tellOne({ suite }, new Events.EditionChanged(paying))
    ]
  })
})

/** 取消订单. The corp, or the provider, cancels an order that is not paid. */
export const cancel = Act.make({
  input: Schema.Struct(ofOrder),
  run: Effect.fn(function*(act) {
    const { about, keep, order, suite } = yield* orderOf(act)
    yield* unpaid(order)
    keep({ order_status: AppOrderStatus.Cancelled })
    return yield* Act.tellOne({ suite }, new Events.OrderCancelled(about))
  })
})
