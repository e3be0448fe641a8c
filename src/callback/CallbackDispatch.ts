/**
 * From a request to a callback URL to its answer: handlers and their budgets, repeats, and what is told of it all.
 * `CallbackRouter` and `NodeCallbackHandler` build on it; so can whoever has another server.
 */
import * as ByteSize from "effect/ByteSize"
import type * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import * as Metric from "effect/Metric"
import type * as Scope from "effect/Scope"
import * as Tracer from "effect/Tracer"
import { isKnown } from "../internal/callback/known.ts"
import { ReplayMemory } from "../internal/callback/replayMemory.ts"
import type { CallbackCrypto } from "./CallbackCrypto.ts"
import type { CallbackError } from "./CallbackError.ts"
import type * as CallbackEvent from "./CallbackEvent.ts"
import * as CallbackReceiver from "./CallbackReceiver.ts"
import type { CallbackReply } from "./CallbackReply.ts"
import type * as Keys from "./events/keys.ts"
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
export interface Handlers extends Keys.ByKey<HandlerOf> {}

interface HandlerOf extends Keys.Keyed {
  readonly key: CallbackEvent.Key
  readonly type: Handler<this["key"]>
}

/** What the handlers of a record need. */
export type Services<H> = {
  [Key in keyof H]: H[Key] extends (...args: never) => Effect.Effect<infer _A, infer _E, infer R> ? R : never
}[keyof H]

/** A callback URL: who may call it, and what happens then. */
export interface Options<H extends Handlers, E, R> extends CallbackReceiver.Options {
  /** What to do with the events you know. A failure, a defect or a late end never reaches WeCom or other requests. */
  readonly handlers: H & { readonly [Key in Exclude<keyof H, CallbackEvent.Key>]: never }
  /** What to do with every other event, the unknown ones included. */
  readonly fallback: (event: CallbackEvent.CallbackEvent) => Effect.Effect<Answer, E, R>
  /**
   * The answer when a handler fails: `acknowledge` tells WeCom that all is well, so the event is lost but for the log;
   * `retry` answers 503, so that WeCom repeats it up to three times. A failure past the budget comes too late for it: by
   * then the event is acknowledged. Default: `acknowledge`.
   */
  readonly onFailure?: "acknowledge" | "retry" | undefined
  /**
   * How long a handler may take before the empty answer goes out and its reply is dropped, while it continues: WeCom cuts the
   * connection after 5 seconds. Default: 4.5 seconds.
   */
  readonly budget?: Duration.Input | undefined
  /**
   * The same for third-party authorisation events and for what devices record, for which WeCom allows 1,000 milliseconds.
   * Default: 900 milliseconds.
   */
  readonly authorisationBudget?: Duration.Input | undefined
  /** How long to wait for handlers that are still at work when the scope is closed. Default: 10 seconds. */
  readonly drain?: Duration.Input | undefined
  /**
   * How many requests are remembered at most, so that a repeat within the tolerance is not handled again. The latest half
   * is always remembered; a repeat of one that was forgotten is handled again, with the same `event.dedupeKey`. Each takes
   * some 150 bytes. Default: 50,000.
   */
  readonly replayCapacity?: number | undefined
  /**
   * How much memory the replies may take that are kept for repeats: for a minute, for WeCom repeats within seconds. A later
   * repeat is acknowledged without its reply. Default: 8 MiB.
   */
  readonly replyMemory?: ByteSize.Input | undefined
}

// With their attributes from the start: `Metric.withAttributes` puts them into a context anew at every update.
const handledWith = (attributes: Metric.Metric.AttributeSet) =>
  Metric.counter("wecom_callbacks_handled_total", {
    description: "Callbacks that a handler was called for",
    incremental: true,
    attributes
  })
const durationWith = (attributes: Metric.Metric.AttributeSet) =>
  Metric.timer("wecom_callback_duration", { description: "How long callback handlers took", attributes })
const lagWith = (attributes: Metric.Metric.AttributeSet) =>
  Metric.timer("wecom_callback_lag", { description: "How old events were when they arrived", attributes })

/** Callbacks by `event` (its key, or `Unknown`) and `outcome`: `success`, `failure` (or a defect), `late`. */
export const handled = handledWith({})

/** How long handlers took, by `event`, also past their budget. */
export const duration = durationWith({})

/** The time from an event, which WeCom tells to the second, to its arrival here, by `event`. */
export const lag = lagWith({})

/** Requests that were refused before any handler was called, by `reason`. */
export const refused = Metric.counter("wecom_callbacks_refused_total", {
  description: "Requests to a callback URL that were refused",
  incremental: true
})

/** Events with values that had to be mended to be read, by `event`. */
export const mended = Metric.counter("wecom_callbacks_mended_total", {
  description: "Callback events with values that had to be mended",
  incremental: true
})

/** What to send back. */
export interface Answered {
  readonly status: number
  /** `""` when there is none. */
  readonly body: string
  readonly contentType: string
}

/** Answers the requests of one callback URL. */
export interface CallbackDispatch {
  /** Answers the URL check (a GET). */
  readonly verify: (request: { readonly url: string }) => Effect.Effect<Answered>
  /**
   * Answers a callback (a POST) whose body has been read. `context` is that of the request: the clock, the logger, and the
   * span that handlers are part of. What can be told at once is an `Exit`: it costs no fiber.
   */
  readonly answer: (url: string, body: string, context: Context.Context<never>) => Effect.Effect<Answered>
  /** Handles a request that was refused before: counted, and logged at most once a minute for each reason. */
  readonly refuse: (error: CallbackError, context: Context.Context<never>) => Effect.Effect<Answered>
  /** The largest body that is to be read, in bytes. */
  readonly maxBodySize: number
}

/**
 * Prepares accounts and handlers; fails with `AccountInvalid`. Services that handlers need are taken now. When the scope
 * is closed, new requests are answered with 503, and handlers at work are waited for as long as `drain` allows.
 */
export const make = Effect.fnUntraced(function*<const H extends Handlers, E, R>(
  options: Options<H, E, R>
): Effect.fn.Return<
  CallbackDispatch,
  CallbackError,
  CallbackCrypto | Scope.Scope | Exclude<Services<H> | R, Scope.Scope>
> {
  type Needed = Exclude<Services<H> | R, Scope.Scope>
  const receiver = yield* CallbackReceiver.make(options)
  const services = yield* Effect.context<Needed>()
  const fibers = yield* FiberSet.make<Answered | void>()
  let closed = false
  yield* Effect.addFinalizer(() => {
    closed = true
    return FiberSet.awaitEmpty(fibers).pipe(Effect.timeoutOption(options.drain ?? "10 seconds"), Effect.asVoid)
  })
  const answers = new ReplayMemory<Deferred.Deferred<Answered> | Answered>(
    options.replayCapacity ?? 50_000,
    // A timestamp may be ahead of the clock by the tolerance, and stays acceptable for as long again.
    2 * Duration.toMillis(options.tolerance ?? CallbackReceiver.defaultTolerance)
  )
  const replies = new ReplayMemory<Answered>(
    options.replyMemory === undefined
      ? 8 * 1024 * 1024
      : ByteSize.toNumberUnsafe(ByteSize.fromInputUnsafe(options.replyMemory)),
    Duration.toMillis("1 minute")
  )
  const budget = options.budget ?? "4.5 seconds"
  const authorisationBudget = options.authorisationBudget ?? "900 millis"
  const afterFailure = options.onFailure === "retry" ? unavailable : undefined
  const refusals = makeRefusals()
  const report = makeReport()

  type Handle = (event: CallbackEvent.CallbackEvent) => Effect.Effect<Answer, unknown, Services<H> | R>
  // A handler is only ever called with the event of its own key.
  const handlers = options.handlers as { readonly [key: string]: Handle | undefined }

  const callHandler = (event: CallbackEvent.CallbackEvent): Effect.Effect<Answer, unknown, Needed> => {
    try {
      const called = (handlers[event._tag] ?? options.fallback)(event)
      // What is known already needs no scope.
      return isKnown(called) ? called : Effect.scoped(called)
    } catch (defect) {
      return Exit.die(defect)
    }
  }

  const handle = (
    { event, reply }: CallbackReceiver.Received,
    clock: Clock.Clock,
    context: Context.Context<never>
  ): Effect.Effect<Answered, never, Needed> => {
    const acknowledged = acknowledgement(event)
    const replied = Effect.flatMapEager(
      callHandler(event),
      (answer): Effect.Effect<Answered, CallbackError> =>
        answer === undefined || acknowledged === success
          ? Exit.succeed(acknowledged)
          : Effect.mapEager(reply(answer, clock.currentTimeMillisUnsafe()), ({ body, contentType }) => ({
            status: 200,
            body,
            contentType
          }))
    )
    return Effect.matchCauseEffectEager(replied, {
      onSuccess: (answered) => {
        seriesOf(event).success.updateUnsafe(1, context)
        return Exit.succeed(answered)
      },
      onFailure: (cause: Cause.Cause<unknown>) => {
        seriesOf(event).failure.updateUnsafe(1, context)
        return Effect.logError("callback handler failed", cause).pipe(
          Effect.annotateLogs("wecom.callback", event.key),
          Effect.as(afterFailure ?? acknowledged)
        )
      }
    })
  }

  const late = (event: CallbackEvent.CallbackEvent, context: Context.Context<never>) =>
    Effect.sleep(isUrgent(event) ? authorisationBudget : budget).pipe(
      Effect.andThen(Effect.logWarning("callback handler exceeds its budget: answered without it")),
      Effect.annotateLogs("wecom.callback", event.key),
      Effect.andThen(Effect.sync(() => seriesOf(event).late.updateUnsafe(1, context)))
    )

  /** Keeps an answer for repeats of its request; one that asks for a repeat is not kept. */
  const remember = (signature: string, event: CallbackEvent.CallbackEvent, answered: Answered, now: number): void => {
    if (answered.status !== 200) return answers.delete(signature)
    const acknowledged = acknowledgement(event)
    if (answered !== acknowledged) replies.set(signature, answered, now, answered.body.length + entrySize)
    answers.replace(signature, acknowledged)
  }

  const dispatch = (
    received: CallbackReceiver.Received,
    clock: Clock.Clock,
    context: Context.Context<never>
  ): Effect.Effect<Answered> => {
    const { event, signature } = received
    const first = answers.get(signature)
    if (first !== undefined) {
      return "status" in first ? Exit.succeed(replies.get(signature) ?? first) : Deferred.await(first)
    }
    if (closed) return Exit.succeed(unavailable)
    const started = clock.currentTimeMillisUnsafe()
    const series = seriesOf(event)
    const { createTime } = event.header
    if (createTime !== undefined) {
      series.lag.updateUnsafe(Duration.millis(Math.max(0, started - createTime.epochMilliseconds)), context)
    }
    const answer = Deferred.makeUnsafe<Answered>()
    // Before the handler is called, which may run for a while without giving way.
    answers.set(signature, answer, started)
    const ended = (exit: Exit.Exit<Answered | void>): Answered => {
      const answered = Exit.isFailure(exit) ? unavailable : exit.value ?? acknowledgement(event)
      if (Deferred.doneUnsafe(answer, Exit.succeed(answered))) {
        remember(signature, event, answered, clock.currentTimeMillisUnsafe())
      }
      return answered
    }
    const measured = () =>
      series.duration.updateUnsafe(Duration.millis(clock.currentTimeMillisUnsafe() - started), context)

    const span = Context.getOrUndefined(context, Tracer.ParentSpan)
    if (span?._tag === "Span") span.attribute("wecom.callback", event.key)
    const handling = handle(received, clock, context)
    if (isKnown(handling)) {
      measured()
      return Exit.succeed(ended(handling))
    }
    const within = span === undefined ? services : Context.add(services, Tracer.ParentSpan, span)
    const work = Effect.runForkWith(within)(handling)
    const exit = work.pollUnsafe()
    if (exit !== undefined) {
      measured()
      return Exit.succeed(ended(exit))
    }
    FiberSet.addUnsafe(fibers, work)
    const timer = Effect.runForkWith(services)(late(event, context))
    FiberSet.addUnsafe(fibers, timer)
    timer.addObserver((exit) => {
      if (Exit.isSuccess(exit)) ended(exit)
    })
    work.addObserver((exit) => {
      timer.interruptUnsafe()
      measured()
      ended(exit)
    })
    return Deferred.await(answer)
  }

  return {
    verify: (request) =>
      Effect.withFiber((fiber) =>
        receiver.verify(request).pipe(
          Effect.map(toText),
          Effect.catch((error) => refusals(error, fiber.context as Context.Context<never>)) // references alone
        )
      ),
    answer: (url, body, context) => {
      const clock = Context.get(context, Clock.Clock)
      return Effect.catchEager(
        Effect.flatMapEager(
          receiver.open(url, body, clock.currentTimeMillisUnsafe()),
          (received) =>
            received.event.mended.length === 0
              ? dispatch(received, clock, context)
              : Effect.andThen(report(received.event, context), dispatch(received, clock, context))
        ),
        (error) => refusals(error, context)
      )
    },
    refuse: refusals,
    maxBodySize: receiver.maxBodySize
  }
})

const toText = (body: string): Answered => ({ status: 200, body, contentType: "text/plain" })

const empty = (status: number): Answered => ({ status, body: "", contentType: "text/plain" })

const acknowledged = empty(200)
const success = toText("success")
/** Asks WeCom to repeat the request: the handler failed, or this process is about to end. */
const unavailable = empty(503)

/** Third-party commands must be answered with this very word. */
const acknowledgement = (event: CallbackEvent.CallbackEvent): Answered =>
  event.key.startsWith("InfoType/") ? success : acknowledged

/** create_auth, change_auth, cancel_auth and their kind, and records of devices: WeCom awaits their answer for a second. */
const isUrgent = ({ key }: CallbackEvent.CallbackEvent): boolean =>
  key.startsWith("InfoType/")
    ? key.endsWith("_auth") || key.endsWith("/reset_permanent_code") || key.endsWith("/agree_external_userid_migration")
    : key.startsWith("event/device_") && key.endsWith("_data_report")

/** What an entry takes beside its text, in bytes. */
const entrySize = 200

/** The metrics of one declared event, made once: a metric computes its name when it is made. */
const seriesOf = (event: CallbackEvent.CallbackEvent) => {
  const name = event._tag
  const known = seriesByEvent.get(name)
  if (known !== undefined) return known
  const counting = (outcome: string) => handledWith({ event: name, outcome })
  const series = {
    success: counting("success"),
    failure: counting("failure"),
    late: counting("late"),
    duration: durationWith({ event: name }),
    lag: lagWith({ event: name })
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

/**
 * Counts every refusal, and logs the first of a minute for each reason: anybody can send what is refused, as often as he
 * likes.
 */
const makeRefusals = (): CallbackDispatch["refuse"] => {
  const told = new Map<string, { since: number; untold: number }>()
  return (error, context) => {
    const { message, reason } = error
    Metric.withAttributes(refused, { reason: reason._tag }).updateUnsafe(1, context)
    const now = Context.get(context, Clock.Clock).currentTimeMillisUnsafe()
    // The problems of `RequestInvalid` are few, and lead to different causes.
    const kind = reason._tag === "RequestInvalid" ? reason.problem : reason._tag
    const before = told.get(kind)
    if (before !== undefined && now - before.since < Duration.toMillis("1 minute")) {
      before.untold++
      return Exit.succeed(empty(error.status))
    }
    told.set(kind, { since: now, untold: 0 })
    const others = before === undefined || before.untold === 0 ? "" : ` (and ${before.untold} more like it before)`
    return Effect.as(Effect.logWarning(`callback refused: ${message}${others}`), empty(error.status))
  }
}

/** Counts every mended event, and tells of each place once, so that a change by WeCom is seen. */
const makeReport = () => {
  const told = new Set<string>()
  return (event: CallbackEvent.CallbackEvent, context: Context.Context<never>): Effect.Effect<void> => {
    Metric.withAttributes(mended, { event: event._tag }).updateUnsafe(1, context)
    const places = event.mended.filter((place) => !told.has(`${event._tag} ${place}`) && told.size < mostPlaces)
    for (const place of places) told.add(`${event._tag} ${place}`)
    return places.length === 0
      ? Exit.void
      : Effect.logWarning(`${event.key}: the event differs from what is documented, and was read all the same`).pipe(
        Effect.annotateLogs({ "wecom.callback": event.key, "wecom.places": places.join(", ") })
      )
  }
}

/** The places come from our own declarations: they are few. */
const mostPlaces = 1000
