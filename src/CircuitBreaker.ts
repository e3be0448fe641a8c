/**
 * Stops calling a server that is down: after some failures in a row calls fail at once, until a probe succeeds.
 *
 * @example
 * ```ts
 * WeComClient.layerConfig().pipe(Layer.provide(CircuitBreaker.layer()))
 * ```
 */
import * as Cause from "effect/Cause"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Breaker from "effect/persistence/CircuitBreaker"
import { baseUrlOf } from "./internal/exchange.ts"
import { type AttemptMiddleware, AttemptMiddlewares } from "./WeComClient.ts"
import * as WeComError from "./WeComError.ts"

/** When the circuit opens, and for how long. */
export interface Options {
  /** Failures in a row that open it: 10. Only broken connections and answers of broken gateways count. */
  readonly failures?: number | undefined
  /** How long it stays open before one call probes: 5 seconds. */
  readonly openDuration?: Duration.Input | undefined
}

/** Attempts that failed at once because the circuit was open. */
export const shortened = Metric.counter("wecom_circuit_open_total", { incremental: true })

/** A breaker for each server, around every attempt of the clients it is provided to; this process's own. */
export const layer = (options: Options = {}): Layer.Layer<never> =>
  Layer.effect(
    AttemptMiddlewares,
    Effect.gen(function*() {
      const outer = yield* AttemptMiddlewares
      const breaker = yield* Breaker.make({
        tripPolicy: Breaker.consecutive(options.failures ?? 10),
        openDuration: options.openDuration ?? "5 seconds"
      })
      return [...outer, around(breaker)]
    })
  ).pipe(Layer.provide(Breaker.layerStoreMemory()))

const around = (breaker: Breaker.CircuitBreaker): AttemptMiddleware => (attempt, run) =>
  breaker.execute(run, {
    key: attempt.app === undefined ? "" : baseUrlOf(attempt.app),
    classify: (exit) => isOutage(exit) ? Breaker.failure() : Breaker.success
  }).pipe(
    Effect.catchTag("CircuitBreakerError", (error) =>
      Effect.andThen(
        Metric.update(shortened, 1),
        Effect.fail(
          new WeComError.WeComError({
            endpoint: attempt.endpoint.name,
            reason: new WeComError.TransportFailed({
              description: `not sent: ${error.message}`,
              timedOut: false,
              repeatable: true
            })
          })
        )
      ))
  )

const isOutage = <A>(exit: Exit.Exit<A, WeComError.WeComError>): boolean => {
  if (Exit.isSuccess(exit)) return false
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  return error?.reason._tag === "TransportFailed" ||
    (error?.reason._tag === "ResponseInvalid" && error.reason.status >= 500)
}
