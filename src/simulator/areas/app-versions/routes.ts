/** 应用版本付费. */
import { EditionChanged } from "../../../callback/events/OrderEvents.ts"
import { AppVersions } from "../../../third-party/AppVersions.ts"
import { existing, refuse, suiteRoute } from "../../engine/Route.ts"
import { timeOf } from "../../engine/Times.ts"
import { ordersOf } from "./AppOrders.ts"

const { endpoints } = AppVersions

const day = 86_400_000

/** How long a trial takes that is not prolonged. */
const trialTime = 30 * day

export const appVersionsRoutes = [
  suiteRoute(
    endpoints.getOrder,
    ({ input, suite }) => existing(ordersOf(suite).orders, input.orderid, 40058, "invalid orderid")
  ),
  suiteRoute(
    endpoints.listOrders,
    ({ input: { end_time, start_time, test_mode = false }, suite }) =>
      test_mode ?
        [] :
        [...ordersOf(suite).orders.values()].filter(({ order_time }) =>
          order_time !== undefined && order_time.epochMilliseconds >= start_time.epochMilliseconds &&
          order_time.epochMilliseconds <= end_time.epochMilliseconds
        )
  ),
  suiteRoute(endpoints.prolongTrial, ({ input: { buyer_corpid, prolong_days }, notify, now, suite }) => {
    existing(suite.installations, buyer_corpid, 40013)
    const { trials } = ordersOf(suite)
    const before = trials.get(buyer_corpid) ?? { prolonged: 0, endsAt: now + trialTime }
    if (before.prolonged + prolong_days > 60) refuse(40058, "a trial is prolonged by 60 days in all")
    const endsAt = before.endsAt + prolong_days * day
    trials.set(buyer_corpid, { prolonged: before.prolonged + prolong_days, endsAt })
    notify({ suite }, new EditionChanged({ SuiteId: suite.id, PaidCorpId: buyer_corpid, TimeStamp: timeOf(now) }))
    return timeOf(endsAt)
  })
]
