/** What happens to a merchant's payments outside the API: each an act on the simulator of the context. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { MerchantOptions } from "../../../payments/MerchantPayments.ts"
import { type Act, corpOf, fail, type In } from "../../engine/Act.ts"
import { type Disturbance, merchantOf, type Order, redPacketStatus } from "./Merchants.ts"

/** The merchant of a corp, as `MerchantPayments.layer` is told of it; pays in the name of an app, the first one if not said. */
export const credentials = (of: In & { readonly agentId?: number | undefined } = {}): Act<MerchantOptions> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    const app = corp.apps.find(({ agentId }) =>
      agentId !== undefined && (of.agentId === undefined || agentId === of.agentId)
    )
    if (app === undefined) return yield* fail(`${corp.id} has no app ${of.agentId ?? "with an agent id"}`)
    const { id, key } = merchantOf(corp)
    return { corpId: corp.id, merchantId: id, key, appSecret: app.secret, agentId: app.agentId }
  })

/** What the merchant has been asked to pay, the oldest first, and the money that is left, in fen. */
export const ledger = (of: In = {}): Act<{ readonly balance: number; readonly orders: ReadonlyArray<Order> }> =>
  Effect.map(corpOf(of), (corp) => {
    const { balance, orders } = merchantOf(corp)
    return { balance, orders: [...orders.values()] }
  })

/** Puts money into the merchant's account, or takes it out: in fen. */
export const deposit = (of: In & { readonly amount: number }): Act<void> =>
  Effect.map(corpOf(of), (corp) => {
    merchantOf(corp).balance += of.amount
  })

/** 领取红包. The member takes a red packet. */
export const receive = (of: In & { readonly mch_billno: string }): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    const now = yield* Clock.currentTimeMillis
    const order = merchantOf(corp).orders.get(`red packet ${of.mch_billno}`)
    if (order === undefined) return yield* fail(`there is no red packet ${of.mch_billno}`)
    if (redPacketStatus(order, now) !== "SENT") return yield* fail("it can no longer, or not yet, be taken")
    order.receivedAt = now
  })

/** The next order is answered with a code of an error, such as `SYSTEMERROR`, whatever happens to it: not paid, if not said. */
export const disturb = (
  of: In & { readonly code: string; readonly text?: string; readonly outcome?: Disturbance["outcome"] }
): Act<void> =>
  Effect.map(corpOf(of), (corp) => {
    const { code, text = "系统繁忙，请稍后再试", outcome = "nothing" } = of
    merchantOf(corp).disturbances.push({ code, text, outcome })
  })
