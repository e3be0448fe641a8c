/** Bodies of callbacks: read within a deadline, and up to a size. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import { BodyTimedOut, BodyTooLarge, type CallbackError } from "../../callback/CallbackError.ts"
import { readBody } from "../../callback/CallbackReceiver.ts"
import { concat } from "../kernel/multipart.ts"
import { failure } from "./failure.ts"
import * as Patience from "./patience.ts"

/** WeCom sends a body at once, and waits no longer than this for its answer. */
export const deadline = Duration.seconds(5)

/** Patience for bodies. */
export const patience: Effect.Effect<Patience.Patience, never, Scope.Scope> = Patience.make(Duration.toMillis(deadline))

const timedOut = (): Exit.Exit<never, CallbackError> =>
  Exit.fail(failure(new BodyTimedOut({ seconds: Duration.toSeconds(deadline) })))

/** What of Node's requests is used to read their bodies. */
export interface NodeBody {
  on(event: "data" | "end" | "close", listener: (chunk: Uint8Array) => void): unknown
  off(event: "data" | "end" | "close", listener: (chunk: Uint8Array) => void): unknown
  resume(): unknown
}

/**
 * Collects the body of one of Node's requests, up to so many bytes. Returns what stops it; when the connection ends before
 * the body does, nobody is left to be told.
 */
export const collect = (
  source: NodeBody,
  maxBodySize: number,
  patience: Patience.Patience,
  done: (body: Exit.Exit<string, CallbackError>) => void
): () => void => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  const stop = () => {
    inTime()
    source.off("data", onData)
    source.off("end", onEnd)
    source.off("close", stop)
  }
  const finish = (body: Exit.Exit<string, CallbackError>) => {
    stop()
    // What still comes is thrown away, so that the answer arrives.
    if (Exit.isFailure(body)) source.resume()
    done(body)
  }
  const onData = (chunk: Uint8Array) => {
    size += chunk.length
    if (size <= maxBodySize) chunks.push(chunk)
    else finish(Exit.fail(failure(new BodyTooLarge({ limit: maxBodySize }))))
  }
  const onEnd = () => finish(Exit.succeed(decoder.decode(chunks.length === 1 ? chunks[0] : concat(chunks))))
  const inTime = patience(() => finish(timedOut()))
  source.on("data", onData)
  source.on("end", onEnd)
  source.on("close", stop)
  return stop
}

const decoder = new TextDecoder()

/** Reads the bodies of requests. */
export type Reader = (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<string, CallbackError>

/**
 * A reader of bodies of so many bytes at most. What is late is not interrupted, which would take the connection down before
 * the answer is out: its end comes with that of the request.
 */
export const reader = (maxBodySize: number): Effect.Effect<Reader, never, Scope.Scope> =>
  Effect.map(patience, (patience) => (request) => {
    const { source } = request
    return isUnread(source)
      ? Effect.callback((resume) => {
        const stop = collect(source, maxBodySize, patience, resume)
        return Effect.sync(stop)
      })
      : readAny(request, maxBodySize, patience)
  })

/** Whether it is a request of Node's that nobody has begun to read, or has to ask for: half of a callback's steps fewer. */
const isUnread = (source: object): source is NodeBody =>
  Predicate.hasProperty(source, "readableDidRead") && source.readableDidRead === false &&
  Predicate.hasProperty(source, "headers") && !Predicate.hasProperty(source.headers, "expect")

const readAny = (
  request: HttpServerRequest.HttpServerRequest,
  maxBodySize: number,
  patience: Patience.Patience
): Effect.Effect<string, CallbackError> =>
  Effect.withFiber((parent) => {
    const reading = Effect.runForkWith(parent.context)(readBody(request, maxBodySize))
    const exit = reading.pollUnsafe()
    return exit !== undefined ? exit : Effect.callback((resume) => {
      const inTime = patience(() => resume(timedOut()))
      reading.addObserver((exit) => {
        inTime()
        resume(exit)
      })
      return Effect.suspend(() => {
        inTime()
        return Fiber.interrupt(reading)
      })
    })
  })
