import { Effect, Layer, Redacted } from "effect"
import { Approvals } from "../../../src/oa/approvals/Approvals.ts"
import { Vacations } from "../../../src/oa/approvals/Vacations.ts"
import { TokenCache } from "../../../src/token/TokenCache.ts"
import { WeComApp } from "../../../src/WeComApp.ts"
import { WeComClient } from "../../../src/WeComClient.ts"
import { type Answer, cannedClient } from "../../support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002 })

/** Approvals and vacations over canned answers; the calls are those after the token. */
export const answering = (answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const layer = Layer.mergeAll(Approvals.layer, Vacations.layer).pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return {
    /** What was sent, without the fetching of tokens. */
    sent: () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken"),
    run: <A, E>(effect: Effect.Effect<A, E, Approvals | Vacations>) => Effect.provide(effect, layer)
  }
}
