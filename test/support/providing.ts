/**
 * What tests of a provider's calls share: services over canned answers, and what their refusals say.
 */
import { assert } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { type Answer, cannedClient } from "./canned.ts"

const tokenPath = "/cgi-bin/service/get_provider_token"

const facts = { corpId: "wwprovider", providerSecret: Redacted.make("hush") }

/** The key of the document's example. */
export const paymentKey = Redacted.make("at23pxnPBNQY3JiA8N5U1gabiQqxZwqH_Gihg7a_wrULmlOPVP-iiRjv9JWYPrDk")

/** A provider without a key to sign with. */
export const keyless = WeComApp.provider(facts)

/** Services over canned answers, called by a provider. */
export const providing = <Services>(
  services: Layer.Layer<Services, never, WeComClient>,
  answer: Answer = () => ({}),
  app: WeComApp = WeComApp.provider({ ...facts, paymentKey })
) => {
  const client = cannedClient((call) =>
    call.path === tokenPath ? { provider_access_token: "T", expires_in: 7200 } : answer(call)
  )
  const layer = services.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  const calls = () => client.calls.filter(({ path }) => path !== tokenPath)
  return {
    calls,
    /** The bodies that were sent. */
    sent: () => calls().map(({ body }) => body as { readonly [key: string]: unknown }),
    run: <A, E>(effect: Effect.Effect<A, E, Services>) => Effect.provide(effect, layer)
  }
}

/** Where an input is refused before anything is sent, and why: `field: message`. */
export const refusal = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<ReadonlyArray<string>, A, R> =>
  Effect.map(Effect.flip(call), ({ reason }) => {
    if (reason._tag !== "RequestInvalid") return assert.fail(`expected a refusal, got ${reason._tag}`)
    return reason.issues.map(({ field, message }) => `${field}: ${message}`)
  })
