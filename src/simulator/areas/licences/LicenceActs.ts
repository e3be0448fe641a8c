/** What happens to licences outside the API: each an act on the simulator of the context. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { ActivationScene, LicenceOrderPaid, LicencesActivated } from "../../../callback/events/LicenceEvents.ts"
import { type Act, corpOf, fail, type In } from "../../engine/Act.ts"
import type { Delivery } from "../../engine/CallbackSender.ts"
import { addressOf } from "../../engine/CallbackSender.ts"
import { Engine } from "../../engine/Engine.ts"
import { openIdOf } from "../../engine/OpenIds.ts"
import { activate, licenceOf, licencesOf, settle } from "./Licences.ts"

const providerOf = Effect.flatMap(
  Engine,
  ({ world }) => world.provider === undefined ? fail("there is no provider") : Effect.succeed(world.provider)
)

/** 支付. The provider pays an order by hand, and is told of it (`license_pay_success`) if it has a callback. */
export const pay = (of: { readonly order_id: string }): Act<Delivery | undefined> =>
  Effect.gen(function*() {
    const { sender, world } = yield* Engine
    const provider = yield* providerOf
    const all = licencesOf(provider)
    const order = all.orders.get(of.order_id)
    if (order === undefined) return yield* fail(`there is no order ${of.order_id}`)
    const now = yield* Clock.currentTimeMillis
    if (order.status !== 0) return yield* fail("the order does not wait for payment")
    settle(all, world, order, now)
    const address = addressOf({ provider })
    if (address === undefined) return undefined
    const event = new LicenceOrderPaid({
      ServiceCorpId: provider.corpId,
      AuthCorpId: order.corp,
      TimeStamp: DateTime.makeUnsafe(now),
      OrderId: order.order_id,
      BuyerUserId: order.buyer
    })
    return yield* sender.send(address, event.key, event.raw)
  })

/**
 * A member opens an app of the provider: where the corp's licences activate by themselves, one does, and the provider is
 * told of it (`auto_activate`). Returns the code.
 */
export const visit = (of: In & { readonly userid: string; readonly type?: number }): Act<string | undefined> =>
  Effect.gen(function*() {
    const { sender } = yield* Engine
    const provider = yield* providerOf
    const corp = yield* corpOf(of)
    const all = licencesOf(provider)
    const now = yield* Clock.currentTimeMillis
    const { type = 1, userid } = of
    const before = licenceOf(all, corp, userid, type)
    const free = [...all.licences.values()].find((one) =>
      one.corp === corp.id && one.type === type && one.userid === undefined
    )
    const isValid = (before?.expiresAt ?? 0) > now
    if (!all.automatic.has(corp.id) || isValid || free === undefined) return undefined
    const licence = activate(all, corp, free.active_code, userid, now)
    const address = addressOf({ provider })
    if (address !== undefined) {
      const event = new LicencesActivated({
        ServiceCorpId: provider.corpId,
        AuthCorpId: openIdOf(corp, "corp", corp.id),
        TimeStamp: DateTime.makeUnsafe(now),
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
      yield* sender.send(address, event.key, event.raw)
    }
    return licence.active_code
  })
