/** What happens to licences outside the API: each an act on the simulator of the context. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  ActivationScene,
  LicenceOrderPaid,
  LicenceRefundChanged,
  LicencesActivated,
  MemberUnlicensed,
  RefundStatus
} from "../../../callback/events/LicenceEvents.ts"
import { LicenceOrderStatus } from "../../../licences/LicenceOrders.ts"
import { LicenceType } from "../../../licences/LicenceType.ts"
import * as Act from "../../engine/Act.ts"
import { event } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import { openIdOf } from "../../engine/OpenIds.ts"
import { maySeeMember } from "../../engine/Sight.ts"
import { timeOf } from "../../engine/Times.ts"
import { activate, licenceOf, licencesOf, refund, settle } from "./Licences.ts"

const ofOrder = Schema.Struct({ order_id: Schema.String })

const orderOf = Effect.fn(function*({ order_id }: typeof ofOrder.Type) {
  const provider = yield* Act.providerOf
  const all = licencesOf(provider)
  const order = all.orders.get(order_id)
  const now = yield* Clock.currentTimeMillis
  return order === undefined ? yield* Act.fail(`there is no order ${order_id}`) : { all, now, order, provider }
})

/** 支付. The provider pays an order by hand, and is told of it (`license_pay_success`) if it has a callback. */
export const pay = Act.make({
  input: ofOrder,
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const { all, now, order, provider } = yield* orderOf(of)
    if (order.status !== LicenceOrderStatus.AwaitingPayment) {
      return yield* Act.fail("the order does not wait for payment")
    }
    settle(all, world, order, now)
    return yield* Act.tellOne(
      { provider },
      new LicenceOrderPaid({
        ServiceCorpId: provider.corpId,
        AuthCorpId: order.corp,
        TimeStamp: timeOf(now),
        OrderId: order.order_id,
        BuyerUserId: order.buyer
      })
    )
  })
})

/**
 * 退款. WeCom gives the money of an order back, whose licences are gone then, or refuses to. The provider is told of it
 * (`license_refund`) if it has a callback.
 */
export const decideRefund = Act.make({
  input: Schema.Struct({ ...ofOrder.fields, granted: Schema.Boolean }),
  run: Effect.fn(function*({ granted, order_id }) {
    const { all, now, order, provider } = yield* orderOf({ order_id })
    if (order.status !== LicenceOrderStatus.Paid) return yield* Act.fail("the order is not paid")
    refund(all, order, granted)
    return yield* Act.tellOne(
      { provider },
      new LicenceRefundChanged({
        ServiceCorpId: provider.corpId,
        AuthCorpId: order.corp,
        TimeStamp: timeOf(now),
        OrderId: order.order_id,
        OrderStatus: granted ? RefundStatus.Succeeded : RefundStatus.Refused
      })
    )
  })
})

/**
 * A member opens an app of the provider. Where the corp's licences activate by themselves, one does, and the provider is
 * told of it (`auto_activate`): returns its code. Where the member has none then, the provider's apps that may see the
 * member are told so (`unlicensed_notify`).
 */
export const visit = Act.make({
  input: Act.input({ userid: Schema.String, type: Schema.optional(Schema.Literals(LicenceType.values)) }),
  success: Schema.Struct({ active_code: Schema.optional(Schema.String) }),
  run: Effect.fn(function*(of) {
    const provider = yield* Act.providerOf
    const corp = yield* Act.corpOf(of)
    const all = licencesOf(provider)
    const now = yield* Clock.currentTimeMillis
    const { type = LicenceType.Base, userid } = of
    const before = licenceOf(all, corp, userid, type)
    if ((before?.expiresAt ?? 0) > now) return {}
    const free = [...all.licences.values()].find((one) =>
      one.corp === corp.id && one.type === type && one.userid === undefined
    )
    if (!all.automatic.has(corp.id) || free === undefined) {
      const member = yield* Act.memberOf(corp, userid)
      const notice = event(MemberUnlicensed, {}, member.user.userid)
      yield* Act.tell(corp, (app) => app.origin !== "own" && maySeeMember(corp, app, member) ? notice : undefined)
      return {}
    }
    const licence = activate(all, corp, free.active_code, userid, now)
    yield* Act.tellOne(
      { provider },
      new LicencesActivated({
        ServiceCorpId: provider.corpId,
        AuthCorpId: openIdOf(corp, "corp", corp.id),
        TimeStamp: timeOf(now),
        Scene: ActivationScene.MemberVisited,
        AccountList: [{
          UserId: userid,
          ActiveCode: licence.active_code,
          Type: type,
          ExpireTime: DateTime.makeUnsafe(licence.expiresAt ?? now),
          PreviousStatus: before === undefined ? 1 : 3,
          PreviousActiveCode: before?.active_code
        }]
      })
    )
    return { active_code: licence.active_code }
  })
})
