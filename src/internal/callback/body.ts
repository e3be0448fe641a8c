/** Bodies of callbacks: read within a deadline, and up to a size. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as Scope from "effect/Scope"
import { BodyTimedOut, type CallbackError } from "../../callback/CallbackError.ts"
import { readBody } from "../../callback/CallbackReceiver.ts"
import { failure } from "./failure.ts"
import * as Patience from "./patience.ts"

/** WeCom sends a body at once, and waits no longer than this for its answer. */
export const deadline = Duration.seconds(5)

/** The body did not end in time. */
export const timedOut = (): CallbackError => failure(new BodyTimedOut({ seconds: Duration.toSeconds(deadline) }))

/** Reads the bodies of requests. */
export type Reader = (
  request: HttpServerRequest.HttpServerRequest
) => Effect.Effect<string, CallbackError>

/**
 * A reader of bodies of so many bytes at most. What is late is not interrupted, which would take the connection down before
 * the answer is out: its end comes with that of the request.
 */
export const reader = (maxBodySize: number): Effect.Effect<Reader, never, Scope.Scope> =>
  Effect.map(Patience.make(Duration.toMillis(deadline)), (patience) => (request) =>
    Effect.withFiber((parent) => {
      const reading = Effect.runForkWith(parent.context)(readBody(request, maxBodySize))
      const exit = reading.pollUnsafe()
      return exit !== undefined ? exit : Effect.callback((resume) => {
        const inTime = patience(() => resume(Effect.fail(timedOut())))
        reading.addObserver((exit) => {
          inTime()
          resume(exit)
        })
        return Effect.suspend(() => {
          inTime()
          return Fiber.interrupt(reading)
        })
      })
    }))
