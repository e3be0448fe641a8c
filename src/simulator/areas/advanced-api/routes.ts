/** 高级接口订单. */
import { AdvancedApiOrderCancelled } from "../../../callback/events/DataZoneEvents.ts"
import {
  AdvancedApiOrder,
  AdvancedApiOrders,
  AdvancedApiOrdersPage,
  AdvancedApiOrderStatus,
  AdvancedApiOrderSummary,
  AdvancedApiOrderType,
  AdvancedApiType,
  BoughtAdvancedApis,
  BoughtChatDataEdition
} from "../../../third-party/AdvancedApiOrders.ts"
import { pageOf } from "../../engine/Pages.ts"
import { existing, type ProviderCall, providerRoute, refuse } from "../../engine/Route.ts"
import { timeOf } from "../../engine/Times.ts"
import { headerOf, ordersOf, settle } from "./AdvancedApis.ts"

const { endpoints } = AdvancedApiOrders

/** The price of a person's year, in fen. */
const price = 30_000

const orderOf = ({ input, provider }: ProviderCall<{ readonly order_id: string }>): AdvancedApiOrder =>
  existing(ordersOf(provider), input.order_id, 40058, "invalid order_id")

export const advancedApiRoutes = [
  providerRoute(endpoints.create, ({ input, now, provider, world }) => {
    const { advanced_api_type, buyer_userid, chat_archive_api, custom_corpid, order_type } = input
    existing(world.corps, custom_corpid, 40013)
    const orders = ordersOf(provider)
    const isOpen = [...orders.values()].some((order) =>
      order.custom_corpid === custom_corpid && order.order_status === AdvancedApiOrderStatus.AwaitingPayment
    )
    if (isOpen) refuse(701143)
    const order_id = world.id("A")
    const { edition, purchase_count = 0, take_effect_time } = chat_archive_api
    orders.set(
      order_id,
      new AdvancedApiOrder({
        order_id,
        order_type: order_type ?? AdvancedApiOrderType.Purchase,
        order_status: AdvancedApiOrderStatus.AwaitingPayment,
        create_time: timeOf(now),
        advanced_api_type: advanced_api_type ?? AdvancedApiType.ChatData,
        custom_corpid,
        buyer_userid,
        paid_price: purchase_count * price,
        chat_archive_api: { edition, purchase_count, purchase_duration_days: 365, take_effect_time }
      })
    )
    return order_id
  }),
  providerRoute(endpoints.cancel, (call) => {
    const order = orderOf(call)
    if (order.order_status !== AdvancedApiOrderStatus.AwaitingPayment) {
      refuse(40058, "the order does not wait for payment")
    }
    ordersOf(call.provider).set(
      order.order_id,
      new AdvancedApiOrder({ ...order, order_status: AdvancedApiOrderStatus.Cancelled })
    )
    const { notify, now, provider } = call
    notify({ provider }, new AdvancedApiOrderCancelled({ ...headerOf(provider, order, now), OrderId: order.order_id }))
  }),
  providerRoute(endpoints.submitPayment, (call) => {
    const { notify, now, provider } = call
    notify({ provider }, settle(provider, orderOf(call), now))
  }),
  providerRoute(endpoints.list, ({ input, provider }) => {
    const { cursor, custom_corpid, end_time, limit = 500, start_time } = input
    const found = [...ordersOf(provider).values()].filter((order) => {
      const at = order.create_time?.epochMilliseconds ?? 0
      return (custom_corpid === undefined || order.custom_corpid === custom_corpid) &&
        (start_time === undefined || at >= start_time.epochMilliseconds) &&
        (end_time === undefined || at < end_time.epochMilliseconds)
    })
    const { items, next_cursor } = pageOf(found, cursor, limit)
    return new AdvancedApiOrdersPage({
      order_list: items.map(({ create_time, order_id, order_status, order_type }) =>
        new AdvancedApiOrderSummary({ order_id, order_type, order_status, create_time })
      ),
      has_more: next_cursor !== undefined,
      next_cursor
    })
  }),
  providerRoute(endpoints.get, orderOf),
  providerRoute(endpoints.getBought, ({ input: { custom_corpid }, provider, world }) => {
    existing(world.corps, custom_corpid, 40013)
    const bought = [...ordersOf(provider).values()].filter((order) =>
      order.custom_corpid === custom_corpid && order.order_status === AdvancedApiOrderStatus.Paid
    )
    return new BoughtAdvancedApis({
      chat_archive_api_buy_info: {
        edition_list: bought.map(({ chat_archive_api }) =>
          new BoughtChatDataEdition({
            edition: chat_archive_api?.edition,
            purchase_count: chat_archive_api?.purchase_count,
            begin_time: chat_archive_api?.take_effect_time,
            end_time: chat_archive_api?.end_time
          })
        )
      }
    })
  })
]
