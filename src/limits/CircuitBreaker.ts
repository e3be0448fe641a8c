/**
 * Stops calling a server that is down: after some failures in a row calls fail at once, until a probe succeeds.
 *
 * @example
 * ```ts
 * WeComClient.layerConfig().pipe(CircuitBreaker.guard())
 * ```
 */
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Breaker from "effect/persistence/CircuitBreaker"
import * as Stream from "effect/Stream"
import { baseUrlOf } from "../internal/kernel/exchange.ts"
import * as Middlewares from "../internal/kernel/middlewares.ts"
import type { Around, AttemptMiddleware, WeComClient } from "../WeComClient.ts"
import { TransportFailed, WeComError } from "../WeComError.ts"

/** When the circuit opens, and for how long. */
export interface Options {
  /** Failures in a row that open it: 10. Only broken connections, missed deadlines and broken gateways count. */
  readonly failures?: number | undefined
  /** How long it stays open before one call probes: 5 seconds. */
  readonly openDuration?: Duration.Input | undefined
}

/** Attempts that failed at once because the circuit was open, by `server`. */
export const shortened = Metric.counter("wecom_circuit_open_total", {
  description: "Attempts that failed at once because the circuit was open",
  incremental: true
})

/** What the circuit of a `server` is: 0 closed, 1 half open (one call probes), 2 open. Absent until it first opens. */
export const state = Metric.gauge("wecom_circuit_state", {
  description: "0 closed, 1 half open, 2 open"
})

const states = { Closed: 0, HalfOpen: 1, Open: 2 } as const

/**
 * A breaker for each server, around every attempt of the clients that a layer or an effect makes; this process's own.
 *
 * Applied to a layer whose client is made elsewhere, which it would not reach, it does not type-check.
 */
export const guard = (options: Options = {}): Around<WeComClient> => Middlewares.around(built(options))

const built = (options: Options): Layer.Layer<never> =>
  Layer.effect(
    Middlewares.breakers,
    Effect.gen(function*() {
      const others = yield* Middlewares.breakers
      const breaker = yield* Breaker.make({
        tripPolicy: Breaker.consecutive(options.failures ?? 10),
        openDuration: options.openDuration ?? "5 seconds"
      })
      yield* Effect.forkScoped(
        Stream.runForEach(breaker.transitions, ({ key, to }) =>
          Metric.update(Metric.withAttributes(state, { server: key }), states[to])),
        { startImmediately: true }
      )
      return [...others, around(breaker)]
    })
  ).pipe(Layer.provide(Breaker.layerStoreMemory()))

const around = (breaker: Breaker.CircuitBreaker): AttemptMiddleware => (attempt, run) => {
  // A proxy's password is no name of a server.
  const key = (attempt.baseUrl ?? baseUrlOf(attempt.app ?? {})).replace(/\/\/[^/@]*@/, "//")
  const guarded = breaker.execute(run, {
    key,
    classify: (exit) => isOutage(exit) ? Breaker.failure() : Breaker.success
  })
  return guarded.pipe(
    // An interruption says nothing of the server, unless it is the deadline's: a server that stalls is down as well.
    Effect.onInterrupt(() =>
      Effect.clockWith((clock) =>
        clock.currentTimeMillisUnsafe() >= (attempt.endsAt ?? Infinity)
          ? Effect.ignore(breaker.execute(Effect.void, { key, classify: () => Breaker.failure() }))
          : Effect.void
      )
    ),
    Effect.catchTag("CircuitBreakerError", (error) =>
      Effect.andThen(
        Metric.update(Metric.withAttributes(shortened, { server: key }), 1),
        Effect.fail(
          new WeComError({
            endpoint: attempt.endpoint.name,
            reason: new TransportFailed({
              description: `not sent: ${describe(error.reason)}`,
              timedOut: false,
              repeatable: true
            })
          })
        )
      ))
  )
}

const describe = (reason: Breaker.CircuitBreakerErrorReason): string => {
  switch (reason._tag) {
    case "CircuitOpen":
      return `the circuit is open after failures of the server; a call probes in ${Duration.format(reason.retryAfter)}`
    case "CircuitHalfOpen":
      return "the circuit is half open until the call that probes has ended"
    case "CircuitBreakerStoreError":
      return reason.message
  }
}

const isOutage = <A>(exit: Exit.Exit<A, WeComError>): boolean => {
  if (Exit.isSuccess(exit)) return false
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  return error?.reason._tag === "TransportFailed" ||
    (error?.reason._tag === "ResponseInvalid" && error.reason.status >= 500)
}
