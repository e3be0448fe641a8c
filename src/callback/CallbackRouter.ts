/**
 * A callback URL as a layer on Effect's `HttpRouter`: verified, decrypted, typed events go to typed handlers.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import type * as Scope from "effect/Scope"
import * as Tracer from "effect/Tracer"
import { failure } from "../internal/callback/failure.ts"
import { ReplayMemory } from "../internal/callback/replayMemory.ts"
import * as Deadlines from "../internal/kernel/deadlines.ts"
import type { CallbackCrypto } from "./CallbackCrypto.ts"
import type * as CallbackEnvelope from "./CallbackEnvelope.ts"
import { BodyTimedOut, type CallbackError } from "./CallbackError.ts"
import type * as CallbackEvent from "./CallbackEvent.ts"
import * as CallbackReceiver from "./CallbackReceiver.ts"
import type { CallbackReply } from "./CallbackReply.ts"
import type * as SmartRobotReply from "./SmartRobotReply.ts"

/**
 * What a handler of an event may answer, or nothing. Third-party commands take no reply, and are always acknowledged;
 * bots have replies of their own, which differ by what happened.
 */
export type Answer<Key extends string = string> =
  | void
  | (string extends Key ? CallbackReply | SmartRobotReply.SmartRobotReply
    : Key extends `InfoType/${string}` | "bot:event/feedback_event" ? never
    : Key extends "bot:event/enter_chat" ? SmartRobotReply.Welcome
    : Key extends "bot:event/template_card_event" ? SmartRobotReply.CardAnswer
    : Key extends "bot:stream" ? SmartRobotReply.StreamAnswer
    : Key extends `bot:${string}` ? SmartRobotReply.Answer
    : CallbackReply)

/** Handles one kind of event. */
export type Handler<Key extends CallbackEvent.Key, E = unknown, R = unknown> = (
  event: CallbackEvent.ByKey[Key]
) => Effect.Effect<Answer<Key>, E, R>

/** Handlers by the key of their event: each sees exactly its event's type. */
export type Handlers = { readonly [Key in CallbackEvent.Key]?: Handler<Key> }

/** What the handlers of a record need. */
export type Services<H> = {
  [Key in keyof H]: H[Key] extends (...args: never) => Effect.Effect<infer _A, infer _E, infer R> ? R : never
}[keyof H]

/** A callback URL: who may call it, and what happens then. */
export interface Options<H extends Handlers, E, R> extends CallbackReceiver.Options {
  /** The path of the URL that was entered in the admin console. */
  readonly path: HttpRouter.PathInput
  /** What to do with the events you know. A failure, a defect or a late end never reaches WeCom or other requests. */
  readonly handlers: H & { readonly [Key in Exclude<keyof H, CallbackEvent.Key>]: never }
  /** What to do with every other event, the unknown ones included. */
  readonly fallback: (event: CallbackEvent.CallbackEvent) => Effect.Effect<Answer, E, R>
  /**
   * The answer when a handler fails: `acknowledge` (the default) tells WeCom that all is well, so the event is lost
   * but for the log; `retry` answers 503, so that WeCom repeats it up to three times. A failure past the budget comes
   * too late for it: by then the event is acknowledged.
   */
  readonly onFailure?: "acknowledge" | "retry" | undefined
  /**
   * How long a handler may take before the empty answer goes out and its reply is dropped, while it goes on: 4.5
   * seconds by default, for WeCom cuts the connection after 5.
   */
  readonly budget?: Duration.Input | undefined
  /**
   * The same for third-party authorisation events and for what devices record: 900 milliseconds by default, for WeCom
   * allows 1,000.
   */
  readonly authorisationBudget?: Duration.Input | undefined
  /** How long to wait for handlers that are still at work when the layer is closed; 10 seconds by default. */
  readonly drain?: Duration.Input | undefined
  /**
   * How many answers are kept at most, for repeats within the tolerance; 50,000 by default. The latest half is always
   * remembered; a repeat of one that was forgotten is handled again, with the same `event.dedupeKey`. Each takes some
   * 1.4 KB of memory where it is a reply of text, much less where it is empty.
   */
  readonly replayCapacity?: number | undefined
}

/** Callbacks by `event` (its key, or `Unknown`) and `outcome`: `success`, `failure` (or a defect), `late`. */
export const handled = Metric.counter("wecom_callbacks_handled_total", {
  description: "Callbacks that a handler was called for",
  incremental: true
})

/** How long handlers took, by `event`, also past their budget. */
export const duration = Metric.timer("wecom_callback_duration", { description: "How long callback handlers took" })

/** The time from an event, which WeCom tells to the second, to its arrival here, by `event`. */
export const lag = Metric.timer("wecom_callback_lag", { description: "How old events were when they arrived" })

/** Requests that were refused before any handler was called, by `reason`. */
export const refused = Metric.counter("wecom_callbacks_refused_total", {
  description: "Requests to a callback URL that were refused",
  incremental: true
})

/**
 * Serves the URL check and the callbacks of one path.
 *
 * A request is read, verified in constant time, compared with the clock, decrypted and decoded before a handler sees
 * it; what is refused is answered with the status of its `CallbackError` and logged. A byte-identical repeat within the
 * tolerance is answered as the first was, without calling the handler again, also while the first is at work. Services
 * that handlers need are taken when the layer is built. Fails with `AccountInvalid` on a malformed EncodingAESKey.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90930
 */
export const layer = <const H extends Handlers, E, R>(
  options: Options<H, E, R>
): Layer.Layer<
  never,
  CallbackError,
  HttpRouter.HttpRouter | CallbackCrypto | Exclude<Services<H> | R, Scope.Scope>
> =>
  HttpRouter.use(Effect.fnUntraced(function*(router) {
    const receiver = yield* CallbackReceiver.make(options)
    const dispatch = yield* makeDispatch(options)
    const withDeadline = yield* Deadlines.make
    yield* router.add("GET", options.path, (request) =>
      receiver.verify(request).pipe(Effect.map(HttpServerResponse.text), Effect.catch(refuse)))
    yield* router.add("POST", options.path, (request) =>
      withDeadline(receiver.decode(request), bodyTimeout, timedOut).pipe(
        Effect.flatMap(dispatch),
        Effect.catch(refuse)
      ))
  }))

const makeDispatch = Effect.fnUntraced(function*<H extends Handlers, E, R>(options: Options<H, E, R>) {
  const fibers = yield* FiberSet.make<HttpServerResponse.HttpServerResponse | void>()
  yield* Effect.addFinalizer(() =>
    FiberSet.awaitEmpty(fibers).pipe(Effect.timeoutOption(options.drain ?? "10 seconds"), Effect.asVoid)
  )
  const run = yield* FiberSet.runtime(fibers)<Exclude<Services<H> | R, Scope.Scope>>()
  const answers = new ReplayMemory<Deferred.Deferred<HttpServerResponse.HttpServerResponse>>(
    options.replayCapacity ?? 50_000,
    // A timestamp may be ahead of the clock by the tolerance, and stays acceptable for as long again.
    2 * Duration.toMillis(options.tolerance ?? CallbackReceiver.defaultTolerance)
  )
  const budget = options.budget ?? "4.5 seconds"
  const authorisationBudget = options.authorisationBudget ?? "900 millis"
  const afterFailure = options.onFailure === "retry" ? repeatPlease : undefined

  type Handle = (event: CallbackEvent.CallbackEvent) => Effect.Effect<Answer, unknown, Services<H> | R>
  // A handler is only ever called with the event of its own key.
  const handlers = options.handlers as { readonly [key: string]: Handle | undefined }

  const handle = ({ event, reply }: CallbackReceiver.Received) => {
    const acknowledged = acknowledgement(event)
    return Effect.suspend(() => (handlers[event._tag] ?? options.fallback)(event)).pipe(
      Effect.scoped,
      Effect.flatMap((answer) =>
        answer === undefined || acknowledged === success
          ? Exit.succeed(acknowledged)
          : Effect.map(reply(answer), toResponse)
      ),
      Effect.matchCauseEffect({
        onSuccess: (response) => Effect.as(Metric.update(seriesOf(event).success, 1), response),
        onFailure: (cause) =>
          Effect.logError("callback handler failed", cause).pipe(
            Effect.annotateLogs("wecom.callback", event.key),
            Effect.andThen(Metric.update(seriesOf(event).failure, 1)),
            Effect.as(afterFailure ?? acknowledged)
          )
      })
    )
  }

  const late = ({ event }: CallbackReceiver.Received) =>
    Effect.sleep(isUrgent(event) ? authorisationBudget : budget).pipe(
      Effect.andThen(Effect.logWarning("callback handler exceeds its budget: answered without it")),
      Effect.annotateLogs("wecom.callback", event.key),
      Effect.andThen(Metric.update(seriesOf(event).late, 1))
    )

  return (received: CallbackReceiver.Received): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
    Effect.withFiber((fiber) => {
      const { event, signature } = received
      const first = answers.get(signature)
      if (first !== undefined) return Deferred.await(first)
      const answer = Deferred.makeUnsafe<HttpServerResponse.HttpServerResponse>()
      const clock = fiber.getRef(Clock.Clock)
      const started = clock.currentTimeMillisUnsafe()
      answers.set(signature, answer, started)
      const series = seriesOf(event)
      const services = fiber.context as Context.Context<never> // metrics only look at references
      const { createTime } = event.header
      if (createTime !== undefined) {
        series.lag.updateUnsafe(Duration.millis(Math.max(0, started - createTime.epochMilliseconds)), services)
      }

      const ended = () =>
        series.duration.updateUnsafe(Duration.millis(clock.currentTimeMillisUnsafe() - started), services)
      const finish = (exit: Exit.Exit<HttpServerResponse.HttpServerResponse | void>): void => {
        const response = Exit.isSuccess(exit) ? exit.value ?? acknowledgement(event) : shuttingDown
        if (Deferred.doneUnsafe(answer, Exit.succeed(response)) && response.status !== 200) answers.delete(signature)
      }
      const span = Context.getOrUndefined(fiber.context, Tracer.ParentSpan)
      if (span?._tag === "Span") span.attribute("wecom.callback", event.key)
      const work = run(span === undefined ? handle(received) : Effect.withParentSpan(handle(received), span))
      const exit = work.pollUnsafe()
      if (exit !== undefined) {
        ended()
        finish(exit)
      } else {
        const timer = run(late(received))
        timer.addObserver((exit) => Exit.isSuccess(exit) && finish(exit))
        work.addObserver((exit) => {
          timer.interruptUnsafe()
          ended()
          finish(exit)
        })
      }
      return Deferred.await(answer)
    })
})

/** WeCom sends a body at once, and waits no longer than this for its answer. */
const bodyTimeout = Duration.seconds(5)

const timedOut = (): Effect.Effect<never, CallbackError> =>
  Effect.fail(failure(new BodyTimedOut({ seconds: Duration.toSeconds(bodyTimeout) })))

const acknowledged = HttpServerResponse.empty({ status: 200 })
const success = HttpServerResponse.text("success")
const repeatPlease = HttpServerResponse.empty({ status: 503 })
const shuttingDown = HttpServerResponse.empty({ status: 503 })

/** Third-party commands must be answered with this very word. */
const acknowledgement = (event: CallbackEvent.CallbackEvent): HttpServerResponse.HttpServerResponse =>
  event.key.startsWith("InfoType/") ? success : acknowledged

/** create_auth, change_auth, cancel_auth and their kind, and records of devices: WeCom awaits their answer for a second. */
const isUrgent = ({ key }: CallbackEvent.CallbackEvent): boolean =>
  key.startsWith("InfoType/")
    ? key.endsWith("_auth") || key.endsWith("/reset_permanent_code") || key.endsWith("/agree_external_userid_migration")
    : key.startsWith("event/device_") && key.endsWith("_data_report")

const toResponse = ({ body, contentType }: CallbackEnvelope.Body): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(body, { contentType })

/** The metrics of one declared event, made once: a metric computes its name when it is made. */
const seriesOf = (event: CallbackEvent.CallbackEvent) => {
  const name = event._tag
  const known = seriesByEvent.get(name)
  if (known !== undefined) return known
  const counting = (outcome: string) => Metric.withAttributes(handled, { event: name, outcome })
  const series = {
    success: counting("success"),
    failure: counting("failure"),
    late: counting("late"),
    duration: Metric.withAttributes(duration, { event: name }),
    lag: Metric.withAttributes(lag, { event: name })
  }
  seriesByEvent.set(name, series)
  return series
}

const seriesByEvent = new Map<
  string,
  {
    readonly [Outcome in "success" | "failure" | "late"]: typeof handled
  } & { readonly duration: typeof duration; readonly lag: typeof lag }
>()

const refuse = (error: CallbackError): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.logWarning(`callback refused: ${error.message}`).pipe(
    Effect.andThen(Metric.update(Metric.withAttributes(refused, { reason: error.reason._tag }), 1)),
    Effect.as(HttpServerResponse.empty({ status: error.status }))
  )
