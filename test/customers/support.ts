/**
 * What tests of customers share: the domain on a simulated WeCom or on canned answers, and what its refusals say.
 */
import { assert } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { Users } from "../../src/contacts/Users.ts"
import { ContactWays } from "../../src/customers/ContactWays.ts"
import { CustomerGroups } from "../../src/customers/CustomerGroups.ts"
import { Customers } from "../../src/customers/Customers.ts"
import { CustomerStatistics } from "../../src/customers/CustomerStatistics.ts"
import { CustomerStrategies } from "../../src/customers/CustomerStrategies.ts"
import { CustomerTags } from "../../src/customers/CustomerTags.ts"
import { CustomerTransfers } from "../../src/customers/CustomerTransfers.ts"
import { FollowUsers } from "../../src/customers/FollowUsers.ts"
import { SensitiveWords } from "../../src/customers/SensitiveWords.ts"
import { StrategyTags } from "../../src/customers/StrategyTags.ts"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

const services = Layer.mergeAll(
  Users.layer,
  FollowUsers.layer,
  ContactWays.layer,
  Customers.layer,
  CustomerTags.layer,
  StrategyTags.layer,
  CustomerTransfers.layer,
  CustomerGroups.layer,
  CustomerStatistics.layer,
  CustomerStrategies.layer,
  SensitiveWords.layer
)

/** They run on a simulator of their own. */
export const simulated = Effect.provide(
  Layer.unwrap(Effect.sync(() => Layer.provideMerge(services, Simulator.layerTest())))
)

/** Customers `wm1`, `wm2`, ... of a member of the simulated corp. */
export const customersOf = (userid: string, count: number) =>
  Effect.flatMap(Simulator, ({ world }) =>
    Effect.forEach(
      Array.from({ length: count }, (_, index) => `wm${index + 1}`),
      (external_userid) => addCustomer(world, { external_userid, followedBy: [userid] })
    ))

/** They run on canned answers; `bodies` are what was sent, tokens aside. */
export const canned = (answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("S"), agentId: 1 })
  const layer = services.pipe(
    Layer.provideMerge(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return {
    layer,
    bodies: () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken").map(({ body }) => body)
  }
}

/** The issues with which an input is refused before anything is sent, and by which endpoint. */
export const refusal = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<string, A, R> =>
  Effect.map(Effect.flip(call), ({ endpoint, reason }) => {
    if (reason._tag !== "RequestInvalid") return assert.fail(`expected a refusal, got ${reason._tag}`)
    return [endpoint, ...reason.issues.map(({ field, message }) => `${field}: ${message}`)].join(" | ")
  })

/** The errcode with which a call fails. */
export const errcode = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<number | undefined, A, R> =>
  Effect.map(Effect.flip(call), (error) => error.errcode)
