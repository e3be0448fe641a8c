/** 高级接口: what a provider has bought for corps. */
import { AdvancedApiPaid } from "../../../callback/events/DataZoneEvents.ts"
import { AdvancedApiOrder, AdvancedApiOrderStatus } from "../../../third-party/AdvancedApiOrders.ts"
import { refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Provider } from "../../engine/World.ts"

/** The orders of a provider, by their ids. */
export const ordersOf = State.make("advanced-api/orders", (_: Provider) => new Map<string, AdvancedApiOrder>())

const year = 365 * 86_400_000

/** Pays an order: what it buys lasts for a year. */
export const settle = (provider: Provider, order: AdvancedApiOrder, now: number): AdvancedApiPaid => {
  if (order.order_status !== AdvancedApiOrderStatus.AwaitingPayment) {
    refuse(40058, "the order does not wait for payment")
  }
  const begin = order.chat_archive_api?.take_effect_time ?? timeOf(now)
  ordersOf(provider).set(
    order.order_id,
    new AdvancedApiOrder({
      ...order,
      order_status: AdvancedApiOrderStatus.Paid,
      chat_archive_api: {
        ...order.chat_archive_api,
        take_effect_time: begin,
        end_time: timeOf(begin.epochMilliseconds + year)
      }
    })
  )
  return new AdvancedApiPaid({
    ...headerOf(provider, order, now),
    OrderId: order.order_id,
    BuyerUserId: order.buyer_userid
  })
}

/** What all that is told about an order begins with. */
export const headerOf = (provider: Provider, order: AdvancedApiOrder, now: number) => ({
  ServiceCorpId: provider.corpId,
  AuthCorpId: order.custom_corpid ?? "",
  TimeStamp: timeOf(now),
  AdvanceApiType: order.advanced_api_type ?? 1
})
