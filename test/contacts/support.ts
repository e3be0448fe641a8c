/**
 * What tests of the address book share: the domain on a simulated WeCom, and what its refusals say.
 */
import { assert } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { ContactExport } from "../../src/contacts/ContactExport.ts"
import { ContactImport } from "../../src/contacts/ContactImport.ts"
import { ContactRules } from "../../src/contacts/ContactRules.ts"
import { Departments } from "../../src/contacts/Departments.ts"
import { LinkedCorps } from "../../src/contacts/LinkedCorps.ts"
import { Tags } from "../../src/contacts/Tags.ts"
import { Users } from "../../src/contacts/Users.ts"
import { Media } from "../../src/media/Media.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

/** The services of the address book. */
export const services = Layer.mergeAll(
  Departments.layer,
  Users.layer,
  Tags.layer,
  ContactImport.layer,
  ContactExport.layer,
  ContactRules.layer,
  LinkedCorps.layer,
  Media.layer
)

/** They run on a simulator of their own. */
export const simulated = (options?: Parameters<typeof Simulator.layerTest>[0]) =>
  Effect.provide(Layer.provideMerge(services, Simulator.layerTest(options)))

/** They run on canned answers; `sent` are the bodies so far, tokens aside. */
export const canned = (answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("S"), agentId: 1 })
  const layer = services.pipe(
    Layer.provideMerge(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provideMerge(client.layer)
  )
  return { layer, sent: () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken") }
}

/** The issues with which an input is refused. */
export const refusal = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<ReadonlyArray<string>, A, R> =>
  Effect.map(Effect.flip(call), ({ reason }) => {
    if (reason._tag !== "RequestInvalid") return assert.fail(`expected a refusal, got ${reason._tag}`)
    return reason.issues.map(({ field, message }) => `${field}: ${message}`)
  })

/** The errcode with which a call fails. */
export const errcode = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<number | undefined, A, R> =>
  Effect.map(Effect.flip(call), (error) => error.errcode)
