/** What happens to a merchant's payments outside the API: each an act on the simulator of the context. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { MerchantOptions } from "../../../payments/MerchantPayments.ts"
import * as Act from "../../engine/Act.ts"
import { merchantOf, outcomes, redPacketStatus } from "./Merchants.ts"

/** The merchant of a corp, as `MerchantPayments.layer` is told of it; pays in the name of an app, the first one if not said. */
export const credentials = (of: Act.In & { readonly agentId?: number | undefined } = {}): Act.Act<MerchantOptions> =>
  Effect.gen(function*() {
    const corp = yield* Act.corpOf(of)
    const app = corp.apps.find(({ agentId }) =>
      agentId !== undefined && (of.agentId === undefined || agentId === of.agentId)
    )
    if (app === undefined) return yield* Act.fail(`${corp.id} has no app ${of.agentId ?? "with an agent id"}`)
    const { id, key } = merchantOf(corp)
    return { corpId: corp.id, merchantId: id, key, appSecret: app.secret, agentId: app.agentId }
  })

const Order = Schema.Struct({
  number: Schema.String,
  kind: Schema.Literals(["red packet", "payment"]),
  openid: Schema.String,
  amount: Schema.Int,
  fields: Schema.Record(Schema.String, Schema.UndefinedOr(Schema.String)),
  id: Schema.String,
  at: Schema.Number,
  receivedAt: Schema.optional(Schema.Number),
  failed: Schema.optional(Schema.String),
  pendingUntil: Schema.optional(Schema.Number)
})

/** What the merchant has been asked to pay, the oldest first, and the money that is left, in fen. */
export const ledger = Act.make({
  input: Act.input({}),
  success: Schema.Struct({ balance: Schema.Int, orders: Schema.Array(Order) }),
  run: (of) =>
    Effect.map(Act.corpOf(of), (corp) => {
      const { balance, orders } = merchantOf(corp)
      return { balance, orders: [...orders.values()] }
    })
})

/** Puts money into the merchant's account, or takes it out: in fen. */
export const deposit = Act.make({
  input: Act.input({ amount: Schema.Int.annotate({ description: "In fen; below 0, it is taken out." }) }),
  success: Schema.Void,
  run: (of) =>
    Effect.map(Act.corpOf(of), (corp) => {
      merchantOf(corp).balance += of.amount
    })
})

/** 领取红包. The member takes a red packet. */
export const receive = Act.make({
  input: Act.input({ mch_billno: Schema.String }),
  success: Schema.Void,
  run: Effect.fn(function*(of) {
    const corp = yield* Act.corpOf(of)
    const now = yield* Clock.currentTimeMillis
    const order = merchantOf(corp).orders.get(`red packet ${of.mch_billno}`)
    if (order === undefined) return yield* Act.fail(`there is no red packet ${of.mch_billno}`)
    if (redPacketStatus(order, now) !== "SENT") return yield* Act.fail("it can no longer, or not yet, be taken")
    order.receivedAt = now
  })
})

/** The next order is answered with a code of an error, such as `SYSTEMERROR`, whatever happens to it: not paid by default. */
export const disturb = Act.make({
  input: Act.input({
    code: Schema.String,
    text: Schema.optional(Schema.String),
    outcome: Schema.optional(Schema.Literals(outcomes))
  }),
  success: Schema.Void,
  run: (of) =>
    Effect.map(Act.corpOf(of), (corp) => {
      const { code, text = "系统繁忙，请稍后再试", outcome = "nothing" } = of
      merchantOf(corp).disturbances.push({ code, text, outcome })
    })
})
