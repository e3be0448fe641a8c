/** What stands around attempts, and how it gets there: around the effect or layer that makes a client, never beside it. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Description } from "../../Endpoint.ts"
import type { WeComApp } from "../../WeComApp.ts"
import type { WeComError } from "../../WeComError.ts"

/** One attempt of a call, as a limiter or a circuit breaker sees it. */
export interface Attempt {
  readonly endpoint: Description
  /** The app that calls; none where the endpoint takes a key instead, which is part of the input. */
  readonly app: WeComApp | undefined
  readonly input: unknown
  /** The server, without a trailing slash; the app's where absent. */
  readonly baseUrl?: string | undefined
  /** When the call is given up, in milliseconds of the epoch; not known where absent. */
  readonly endsAt?: number | undefined
}

/** Wraps every attempt of every call, tokens aside: where rate limits and circuit breakers stand. */
export type AttemptMiddleware = <A>(
  attempt: Attempt,
  run: Effect.Effect<A, WeComError>
) => Effect.Effect<A, WeComError>

const middlewares = (key: string) =>
  Context.Reference<ReadonlyArray<AttemptMiddleware>>(`effect-wecom/WeComClient/${key}`, { defaultValue: () => [] })

/** Rate limits, outermost of all. */
export const limiters = middlewares("Limiters")

/** Circuit breakers, within the limits. */
export const breakers = middlewares("Breakers")

/** Middlewares of the program's own, within both: an attempt that gets there is sent. */
export const own = middlewares("AttemptMiddlewares")

/** All of them, outermost first: taken when a client is made. */
export const all = Effect.gen(function*() {
  return [...yield* limiters, ...yield* breakers, ...yield* own]
})

/** What makes clients: a layer, or an effect. */
type Making = Layer.Layer<never, unknown, unknown> | Effect.Effect<unknown, unknown, unknown>

/** What has a client made elsewhere, and would not be reached. `Client` is the tag of `WeComClient`. */
type Elsewhere<Client, S> = S extends
  Layer.Layer<infer _A, infer _E, infer R> | Effect.Effect<infer _A, infer _E, infer R>
  ? [Client] extends [R] ? "its WeComClient is made elsewhere: apply this to the layer that makes the client" : unknown
  : unknown

type Within<S, R> = S extends Layer.Layer<infer A, infer E, infer R1> ? Layer.Layer<A, E, R | R1>
  : S extends Effect.Effect<infer A, infer E, infer R1> ? Effect.Effect<A, E, R | R1>
  : never

/**
 * Puts something around every attempt of the clients that a layer or an effect makes. What only uses a client that is made
 * elsewhere does not type-check.
 */
export interface Around<Client, R = never> {
  <S extends Making>(self: S & Elsewhere<Client, S>): Within<S, R>
}

/** Provides `built` to what makes clients. Made once and applied to several, they share what it builds. */
export const around = <Client, R>(built: Layer.Layer<never, never, R>): Around<Client, R> =>
  ((self: Layer.Layer<unknown, unknown, unknown> | Effect.Effect<unknown, unknown, unknown>) =>
    // The conditional types of `Around` say the same of either kind; no inference follows them.
    Layer.isLayer(self) ? Layer.provide(self, built) : Effect.provide(self, built)) as Around<Client, R>
