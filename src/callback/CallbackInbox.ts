/**
 * An inbox that loses nothing: an event is stored before WeCom is told that all is well, and handed over afterwards, in
 * the order of its sender, as often as it takes.
 *
 * An event is enqueued once for its `dedupeKey`, handed over at least once, and never again after its handler succeeded.
 * A handler that fails is called again on a schedule while later events of the same senders wait; in the end the event
 * becomes a dead letter, which can be listed and replayed. When a process dies in the middle, another one goes on with
 * the event that it was at; only a crash of Redis itself may put the events on their way out of it behind later ones.
 *
 * @example
 * ```ts
 * const receiving = Layer.unwrap(Effect.map(CallbackInbox, (inbox) =>
 *   CallbackRouter.layer({ path: "/wecom", accounts, handlers: {}, fallback: inbox.put, onFailure: "retry" })))
 *
 * const working = CallbackInbox.layerWorker({
 *   handlers: { "event/change_contact/create_user": (event, { attempt }) => ... },
 *   fallback: (event) => Effect.log(`not handled: ${event}`)
 * })
 *
 * Layer.merge(receiving, working).pipe(Layer.provide(CallbackInbox.layerMemory()))
 * ```
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as PersistedQueue from "effect/persistence/PersistedQueue"
import type * as Redis from "effect/persistence/Redis"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as CallbackEvent from "./CallbackEvent.ts"
import { type DeadLetter, InboxStore, type InboxStoreError } from "./InboxStore.ts"
import * as RedisInboxStore from "./RedisInboxStore.ts"

/** How an inbox works. All processes that share one must agree on `name` and `lanes`. */
export interface Options {
  /** `callbacks` where not said. */
  readonly name?: string | undefined
  /**
   * How many events are handled at once, by all processes together: 16 where not said. A sender always has the same
   * lane, and a lane handles one event after the other.
   */
  readonly lanes?: number | undefined
  /** When a handler that failed is called again, before the event is given up: 4 times within some 13 seconds. */
  readonly retry?: Schedule.Schedule<unknown, unknown> | undefined
  /** How long storing an event may take: 1 second where not said. */
  readonly budget?: Duration.Input | undefined
  /** How long repeats of an event are recognised after it was handled: 1 day where not said. */
  readonly remember?: Duration.Input | undefined
}

/** An event could not be stored: WeCom must be told so, that it repeats. */
export class NotStored extends Schema.TaggedError<NotStored>("effect-wecom/CallbackInbox/NotStored")("NotStored", {
  /** The event's `dedupeKey`. */
  id: Schema.String,
  description: Schema.String
}) {
  override get message(): string {
    return `the event ${this.id} could not be stored: ${this.description}`
  }
}

/** What a handler is told beside the event. */
export interface Delivery {
  /** The same for every delivery of one event: to recognise work that was done before a crash. */
  readonly id: string
  /** 1 for the first time. */
  readonly attempt: number
  /** When the event was stored, in milliseconds of the epoch. */
  readonly receivedAt: number
}

/** Handlers by the key of their event: each sees exactly its event's type. */
export type Handlers = {
  readonly [Key in CallbackEvent.Key]?: (
    event: CallbackEvent.ByKey[Key],
    delivery: Delivery
  ) => Effect.Effect<unknown, unknown, unknown>
}

/** What the handlers of a record need. */
export type Services<H> = {
  [Key in keyof H]: H[Key] extends (...args: never) => Effect.Effect<infer _A, infer _E, infer R> ? R : never
}[keyof H]

/** What is done with events. */
export interface WorkerOptions<H extends Handlers, E, R> {
  /** What to do with the events you know. */
  readonly handlers: H & { readonly [Key in Exclude<keyof H, CallbackEvent.Key>]: never }
  /** What to do with every other event, the unknown ones included. */
  readonly fallback: (event: CallbackEvent.CallbackEvent, delivery: Delivery) => Effect.Effect<unknown, E, R>
}

/** Events stored, by `outcome`: `stored` (repeats included) or `failed`. */
export const stored = Metric.counter("wecom_inbox_stored_total", { incremental: true })

/** Events handed over, by `outcome`: `handled`, `failed` (once for every attempt) or `buried`. */
export const handled = Metric.counter("wecom_inbox_handled_total", { incremental: true })

/** The time between storing an event and the end of its handling. */
export const lag = Metric.timer("wecom_inbox_lag")

/** Stores events now, and hands them over afterwards. */
export class CallbackInbox extends Context.Service<CallbackInbox, {
  /** Stores an event, once for its `dedupeKey`; as the handler or fallback of a `CallbackRouter`. */
  readonly put: (event: CallbackEvent.CallbackEvent) => Effect.Effect<void, NotStored>
  /** The events that were given up, the oldest failure first. */
  readonly deadLetters: Effect.Effect<ReadonlyArray<DeadLetter>, InboxStoreError>
  /** Hands a dead letter over once more; `false` when there is none with that id. */
  readonly replay: (id: string) => Effect.Effect<boolean, InboxStoreError | NotStored>
  /** Hands events over until it is interrupted. Any number of processes may work on one inbox. */
  readonly work: <const H extends Handlers, E, R>(
    options: WorkerOptions<H, E, R>
  ) => Effect.Effect<never, never, Exclude<Services<H> | R, Scope.Scope>>
}>()("effect-wecom/CallbackInbox") {
  /** Over the queue and the store that are given. */
  static layer(
    options: Options = {}
  ): Layer.Layer<CallbackInbox, never, PersistedQueue.PersistedQueueFactory | InboxStore> {
    return Layer.effect(this, make(options))
  }

  /** Within this process: what is not handled yet is lost when it ends. */
  static layerMemory(options: Options = {}): Layer.Layer<CallbackInbox> {
    return this.layer(options).pipe(
      Layer.provide([PersistedQueue.layer, InboxStore.layerMemory, cleanup(options)]),
      Layer.provide(PersistedQueue.layerStoreMemory)
    )
  }

  /**
   * On Redis, for a fleet, and to survive crashes. The lanes of a dead process wait for twice `takeover`, which is 15
   * seconds where not said; it must be longer than any outage of Redis, or else events at work are handed over again. Redis needs `appendonly yes` and `appendfsync always` to lose nothing in its own crashes.
   */
  static layerRedis(
    options: Options & { readonly prefix?: string | undefined; readonly takeover?: Duration.Input | undefined } = {}
  ): Layer.Layer<CallbackInbox, never, Redis.Redis> {
    const prefix = options.prefix ?? "wecom:inbox"
    const takeover = Duration.fromInputUnsafe(options.takeover ?? "15 seconds")
    return this.layer(options).pipe(
      Layer.provide([
        PersistedQueue.layer,
        // Longer than an event stays with a dead worker: whoever takes a lane over finds that event first.
        RedisInboxStore.layer({ prefix, laneLife: Duration.times(takeover, 2) }),
        cleanup(options)
      ]),
      Layer.provide(PersistedQueue.layerStoreRedis({
        prefix: `${prefix}:`,
        pollInterval: "250 millis",
        lockExpiration: takeover,
        lockRefreshInterval: Duration.times(takeover, 0.3)
      }))
    )
  }

  /** Works on an inbox as long as the layer is there. On shutdown the events at work are given back. */
  static layerWorker<const H extends Handlers, E, R>(
    options: WorkerOptions<H, E, R>
  ): Layer.Layer<never, never, CallbackInbox | Exclude<Services<H> | R, Scope.Scope>> {
    return Layer.effectDiscard(
      Effect.gen(function*() {
        const inbox = yield* CallbackInbox
        yield* Effect.forkScoped(inbox.work(options))
      })
    )
  }
}

/** An event as it is kept. */
const Stored = Schema.Struct({ id: Schema.String, raw: Schema.String, receivedAt: Schema.Number })
type Stored = typeof Stored.Type

const cleanup = (options: Options) =>
  PersistedQueue.layerCleanup({ interval: "10 minutes", timeToLive: options.remember ?? "1 day" })

const defaultRetry = Schedule.exponential("500 millis", 2.5).pipe(Schedule.jittered, Schedule.upTo({ times: 4 }))

/** How long a result is kept in hand while the store is away. */
const persistence = Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("1 second")]).pipe(
  Schedule.upTo({ duration: "30 seconds" })
)

const make = Effect.fnUntraced(function*(options: Options) {
  const name = options.name ?? "callbacks"
  const lanes = Math.max(1, Math.floor(options.lanes ?? 16))
  const budget = Duration.fromInputUnsafe(options.budget ?? "1 second")
  const retry = options.retry ?? defaultRetry
  const store = yield* InboxStore
  const factory = yield* PersistedQueue.PersistedQueueFactory
  const queues = yield* Effect.forEach(
    Array.from({ length: lanes }, (_, lane) => `${name}:${lane}`),
    (name) =>
      Effect.map(
        // Retries happen within a lane, to keep its order: the queue itself only counts crashes.
        factory.make({ name, schema: Stored, maxAttempts: 100, retrySchedule: Schedule.spaced("1 second") }),
        (queue) => ({ name, queue })
      )
  )

  const laneOf = (event: CallbackEvent.CallbackEvent) => {
    const { corpId, suiteId, userId } = event.header
    const sender = `${suiteId ?? ""}/${corpId ?? ""}/${userId ?? event.key}`
    // `lanes` is at least 1, and the remainder below it.
    return queues[hash(sender) % lanes] as (typeof queues)[number]
  }

  const offer = (event: CallbackEvent.CallbackEvent, id: string, queueId: string): Effect.Effect<void, NotStored> =>
    Effect.gen(function*() {
      const receivedAt = yield* Clock.currentTimeMillis
      yield* laneOf(event).queue.offer({ id, raw: event.raw, receivedAt }, { id: queueId })
    }).pipe(
      Effect.mapError((error) => new NotStored({ id, description: error._tag })),
      Effect.timeoutOrElse({
        duration: budget,
        orElse: () => Effect.fail(new NotStored({ id, description: `no answer within ${Duration.format(budget)}` }))
      }),
      Effect.tap(() => Metric.update(Metric.withAttributes(stored, { outcome: "stored" }), 1)),
      Effect.tapError(() => Metric.update(Metric.withAttributes(stored, { outcome: "failed" }), 1))
    )

  const replay = Effect.fnUntraced(function*(id: string) {
    const letter = (yield* store.deadLetters(name)).find((letter) => letter.id === id)
    if (letter === undefined) return false
    const event = yield* Effect.orDie(CallbackEvent.fromText(letter.raw))
    // Under an id of its own, for the first one is remembered as done.
    yield* offer(event, id, `${id}#${letter.failedAt}`)
    return yield* store.exhume(name, id)
  })

  const work = <H extends Handlers, E, R>(
    { fallback, handlers }: WorkerOptions<H, E, R>
  ): Effect.Effect<never, never, Exclude<Services<H> | R, Scope.Scope>> => {
    type Handle = (
      event: CallbackEvent.CallbackEvent,
      delivery: Delivery
    ) => Effect.Effect<unknown, unknown, Services<H> | R>
    // A handler is only ever called with the event of its own key.
    const byKey = handlers as { readonly [key: string]: Handle | undefined }

    /** Calls the handler until it succeeds or the event is given up. */
    const handle = (
      lane: string,
      item: Stored,
      claims: number
    ): Effect.Effect<void, InboxStoreError, Services<H> | R> =>
      Effect.gen(function*() {
        const event = yield* Effect.orDie(CallbackEvent.fromText(item.raw))
        let attempt = claims - 1
        const once = Effect.suspend(() => {
          attempt++
          return (byKey[event._tag] ?? fallback)(event, { id: item.id, attempt, receivedAt: item.receivedAt })
        }).pipe(
          Effect.scoped,
          // A defect is a failure like any other: it must not end the worker.
          Effect.catchDefect((defect) => Effect.fail(defect)),
          Effect.tapError((error) =>
            Effect.andThen(
              Effect.logWarning("callback handler failed", Cause.fail(error)),
              Metric.update(Metric.withAttributes(handled, { outcome: "failed" }), 1)
            )
          )
        )
        yield* store.begin(lane, { ...item, done: false })
        yield* Effect.retry(once, retry).pipe(
          Effect.andThen(Metric.update(Metric.withAttributes(handled, { outcome: "handled" }), 1)),
          Effect.catch((error) =>
            Effect.gen(function*() {
              const failedAt = yield* Clock.currentTimeMillis
              const { id, raw, receivedAt } = item
              const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
              yield* store.bury(name, { id, raw, receivedAt, failedAt, failure, attempts: attempt, key: event.key })
              yield* Metric.update(Metric.withAttributes(handled, { outcome: "buried" }), 1)
            })
          ),
          Effect.annotateLogs({ "wecom.callback": event.key, "wecom.callback.id": item.id })
        )
        // From here on it is never handed over again, even where the queue does not get to know.
        yield* Effect.retry(store.begin(lane, { ...item, done: true }), persistence)
        const now = yield* Clock.currentTimeMillis
        yield* Metric.update(lag, Duration.millis(now - item.receivedAt))
      })

    const lane = ({ name, queue }: (typeof queues)[number]) =>
      Effect.gen(function*() {
        const lost = yield* store.hold(name)
        // What was at work when a process died comes first: its queue puts it last.
        const begun = yield* store.begun(name)
        const done = new Set(begun.filter(({ done }) => done).map(({ id }) => id))
        const next = queue.take((item, { attempts }) =>
          done.has(item.id)
            ? Effect.succeed(item.id)
            : Effect.as(handle(name, item, attempts), item.id)
        ).pipe(
          Effect.flatMap((id) => {
            done.delete(id)
            return store.forget(name, id)
          })
        )
        yield* Effect.forEach(begun, (item) =>
          item.done ? Effect.void : Effect.map(handle(name, item, 2), () => {
            done.add(item.id)
          }), { discard: true }).pipe(
            Effect.andThen(Effect.forever(next)),
            Effect.raceFirst(lost)
          )
      }).pipe(
        Effect.scoped,
        Effect.catchCause((cause) => Effect.logWarning(`inbox lane ${name} broke off`, cause)),
        // A lane that broke is taken up again in a moment.
        Effect.andThen(Effect.sleep("1 second")),
        Effect.forever
      )

    // Scopes of handlers are closed after each event.
    return Effect.forEach(queues, lane, { concurrency: "unbounded", discard: true }).pipe(
      Effect.andThen(Effect.never)
    ) as Effect.Effect<never, never, Exclude<Services<H> | R, Scope.Scope>>
  }

  return CallbackInbox.of({
    put: (event) => offer(event, event.dedupeKey, event.dedupeKey),
    deadLetters: store.deadLetters(name),
    replay,
    work
  })
})

/** FNV-1a: only spreads senders over lanes. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
