/**
 * Domain services over canned answers.
 */
import { Effect, Layer, Redacted } from "effect"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { type Answer, cannedClient } from "./canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002 })

/** Runs effects that need `services`, which get their answers from `answer`. */
export const answering = <Services>(services: Layer.Layer<Services, never, WeComClient>, answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const layer = services.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provideMerge(client.layer)
  )
  return {
    /** What was sent, without the fetching of tokens. */
    sent: () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken"),
    run: <A, E>(effect: Effect.Effect<A, E, Services | Layer.Success<typeof client.layer>>) =>
      Effect.provide(effect, layer)
  }
}
