/** What becomes of the advanced interfaces (高级接口) that a provider has bought: each an act, which tells the provider. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Events from "../../../callback/events/DataZoneEvents.ts"
import { AdvancedApiOrder, AdvancedApiOrderStatus } from "../../../third-party/AdvancedApiOrders.ts"
import * as Act from "../../engine/Act.ts"
import { timeOf } from "../../engine/Times.ts"
import { headerOf, ordersOf, settle } from "./AdvancedApis.ts"

const ofOrder = { order_id: Schema.String }

const orderOf = Effect.fn(function*({ order_id }: { readonly order_id: string }) {
  const provider = yield* Act.providerOf
  const order = ordersOf(provider).get(order_id)
  if (order === undefined) return yield* Act.fail(`there is no order ${order_id}`)
  const now = yield* Clock.currentTimeMillis
  const paid = order.order_status === AdvancedApiOrderStatus.Paid
    ? Effect.void
    : Act.fail("the order is not paid")
  const keep = (changes: Partial<typeof AdvancedApiOrder.Type>) => {
    ordersOf(provider).set(order_id, new AdvancedApiOrder({ ...order, ...changes }))
  }
  return { provider, order, now, paid, keep, header: headerOf(provider, order, now) }
})

/** 支付. The provider pays an order by hand (`advanced_api_pay_success`). */
export const pay = Act.make({
  input: Schema.Struct(ofOrder),
  run: Effect.fn(function*(act) {
    const { now, order, provider } = yield* orderOf(act)
    return yield* Act.tellOne({ provider }, yield* Act.attempt(() => settle(provider, order, now)))
  })
})

/** 退款. WeCom gives the money of an order back, or refuses to (`advanced_api_refund`). */
export const decideRefund = Act.make({
  input: Schema.Struct({ ...ofOrder, granted: Schema.Boolean }),
  run: Effect.fn(function*(act) {
    const { header, keep, order, paid, provider } = yield* orderOf(act)
    yield* paid
    keep({
      order_status: act.granted ? AdvancedApiOrderStatus.Refunded : AdvancedApiOrderStatus.RefundRefused
    })
    return yield* Act.tellOne(
      { provider },
      new Events.AdvancedApiRefundChanged({
        ...header,
        OrderId: order.order_id,
        OrderStatus: act.granted
          ? Events.AdvancedApiRefundStatus.Succeeded
          : Events.AdvancedApiRefundStatus.Refused
      })
    )
  })
})

/** 接口到期. What an order has bought ends now (`advanced_api_expired`). */
export const expire = Act.make({
  input: Schema.Struct(ofOrder),
  run: Effect.fn(function*(act) {
    const { header, keep, now, order, paid, provider } = yield* orderOf(act)
    yield* paid
    keep({ chat_archive_api: { ...order.chat_archive_api, end_time: timeOf(now) } })
    return yield* Act.tellOne({ provider }, new Events.AdvancedApiExpired({ ...header, ...editionOf(order) }))
  })
})

/** 接口余量不足. A corp lets more people be read than an order has bought for (`advanced_api_insufficient`). */
export const exceed = Act.make({
  input: Schema.Struct(ofOrder),
  run: Effect.fn(function*(act) {
    const { header, order, paid, provider } = yield* orderOf(act)
    yield* paid
    return yield* Act.tellOne({ provider }, new Events.AdvancedApiInsufficient({ ...header, ...editionOf(order) }))
  })
})

/** 接口试用到期. The trial of a corp that has bought nothing ends (`advanced_api_trial_expired`). */
export const expireTrial = Act.make({
  input: Act.input({}),
  run: Effect.fn(function*(act) {
    const provider = yield* Act.providerOf
    const corp = yield* Act.corpOf(act)
    return yield* Act.tellOne(
      { provider },
      new Events.AdvancedApiTrialExpired({
        ServiceCorpId: provider.corpId,
        AuthCorpId: corp.id,
        TimeStamp: timeOf(yield* Clock.currentTimeMillis),
        AdvanceApiType: Events.AdvancedApiType.ChatArchive
      })
    )
  })
})

const editionOf = ({ chat_archive_api }: AdvancedApiOrder) => ({
  ChatArchiveApi: chat_archive_api?.edition === undefined ? undefined : { Edition: chat_archive_api.edition }
})
