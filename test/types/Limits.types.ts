/** What limits and breakers may be applied to: what makes a client, and nothing beside it. */
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type * as RateLimiter from "effect/persistence/RateLimiter"
import { Departments } from "../../src/contacts/Departments.ts"
import * as CircuitBreaker from "../../src/limits/CircuitBreaker.ts"
import * as RateLimits from "../../src/limits/RateLimits.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import type { TokenCache } from "../../src/token/TokenCache.ts"
import type { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"

declare const app: WeComApp
declare const key: Parameters<typeof GroupRobot.make>[0]["key"]

/** A client, and services above it. */
export const client: Layer.Layer<WeComClient, never, HttpClient.HttpClient | TokenCache | RateLimiter.RateLimiter> =
  WeComClient.layer(app).pipe(CircuitBreaker.guard(), RateLimits.keep())
export const services: Layer.Layer<Departments, never, HttpClient.HttpClient | TokenCache> = Departments.layer.pipe(
  Layer.provide(WeComClient.layer(app)),
  RateLimits.keepInMemory(),
  WeComClient.around((_, run) => run)
)

/** A robot, and an effect that makes one. */
export const robot: Layer.Layer<GroupRobot, never, HttpClient.HttpClient> = GroupRobot.layer({ key }).pipe(
  RateLimits.keepInMemory()
)
export const made: Effect.Effect<void, never, HttpClient.HttpClient> = Effect.asVoid(GroupRobot.make({ key })).pipe(
  RateLimits.keepInMemory()
)

// @ts-expect-error beside a client there is nothing to merge: limits are no layer
Layer.mergeAll(WeComClient.layer(app), RateLimits.keepInMemory())

// @ts-expect-error the client is made elsewhere
Departments.layer.pipe(RateLimits.keepInMemory())

// @ts-expect-error the client is made elsewhere
Effect.flatMap(WeComClient, (client) => client.app).pipe(CircuitBreaker.guard())

// @ts-expect-error the client is made elsewhere
WeComClient.around((_, run) => run)(Departments.layer)
