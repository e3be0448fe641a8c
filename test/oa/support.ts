/**
 * What tests of the office share: services over canned answers, and what their refusals say.
 */
import { assert } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002 })

/** Services over canned answers; what was sent is what came after the token. */
export const canned = <Services>(services: Layer.Layer<Services, never, WeComClient>, answer: Answer = () => ({})) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const layer = services.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  const calls = () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken")
  return {
    calls,
    /** The bodies that were sent. */
    sent: () => calls().map(({ body }) => body),
    run: <A, E>(effect: Effect.Effect<A, E, Services>) => Effect.provide(effect, layer)
  }
}

/** Where an input is refused before anything is sent, and why: `field: message`. */
export const refusal = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<ReadonlyArray<string>, A, R> =>
  Effect.map(Effect.flip(call), ({ reason }) => {
    if (reason._tag !== "RequestInvalid") return assert.fail(`expected a refusal, got ${reason._tag}`)
    return reason.issues.map(({ field, message }) => `${field}: ${message}`)
  })
