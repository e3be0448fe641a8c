/**
 * An inbox that loses nothing: an event is stored before WeCom is told that all is well, and handed over afterwards, in
 * the order of its sender, as often as it takes.
 *
 * An event is enqueued once for its `dedupeKey`, handed over at least once, and never again once its success is written
 * down. If a process dies before a success is recorded, the event is delivered again with the same `Delivery.id`. A
 * handler that fails is called again on a schedule while the events behind it in its lane wait, those of its sender and of
 * the others that share the lane; in the end the event becomes a dead letter, which can be listed, replayed and
 * discarded. When a process dies in the middle, another one goes on with the event that it was at; an event over which
 * workers died 5 times is a dead letter, too. On Redis, a crash in the very moment in which an event leaves the queue may
 * put that one behind later ones.
 *
 * A lane belongs to one process at a time. The first process to start has all of them, as long as it lives; the others
 * stand by.
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
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as PersistedQueue from "effect/persistence/PersistedQueue"
import type * as Redis from "effect/persistence/Redis"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { codeOf } from "../internal/store/redisFailure.ts"
import * as CallbackEvent from "./CallbackEvent.ts"
import { type DeadLetter, InboxStore, type InboxStoreError } from "./InboxStore.ts"
import * as RedisInboxStore from "./RedisInboxStore.ts"
import * as SqlInboxStore from "./SqlInboxStore.ts"

/** How an inbox works. All processes that share one must agree on `name` and `lanes`. */
export interface InboxOptions {
  /** Default: `callbacks`. */
  readonly name?: string | undefined
  /**
   * How many events are handled at once, by all processes together. Default: 16. A sender always has the same
   * lane, and a lane handles one event after the other.
   */
  readonly lanes?: number | undefined
  /**
   * Whose events keep their order: all for which this gives the same text. Default: the sender, in the sender's corp
   * and suite; that is `sys` for what WeCom itself does, so a busy corp may want to go by department or customer.
   */
  readonly orderBy?: ((event: CallbackEvent.CallbackEvent) => string) | undefined
  /** When a handler that failed is called again, before the event is given up: 4 times within some 13 seconds. */
  readonly retry?: Schedule.Schedule<unknown, unknown> | undefined
  /** How long storing an event may take. Default: 1 second. */
  readonly budget?: Duration.Input | undefined
  /** How long repeats of an event are recognised after it was handled. Default: 1 day. */
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
export type InboxHandlers = {
  readonly [Key in CallbackEvent.Key]?: (
    event: CallbackEvent.ByKey[Key],
    delivery: Delivery
  ) => Effect.Effect<unknown, unknown, unknown>
}

/** What the handlers of a record need. */
export type InboxServices<H> = {
  [Key in keyof H]: H[Key] extends (...args: never) => Effect.Effect<infer _A, infer _E, infer R> ? R : never
}[keyof H]

/** What is done with events. */
export interface InboxWorkerOptions<H extends InboxHandlers, E, R> {
  /** What to do with the events you know. */
  readonly handlers: H & { readonly [Key in Exclude<keyof H, CallbackEvent.Key>]: never }
  /** What to do with every other event, the unknown ones included. */
  readonly fallback: (event: CallbackEvent.CallbackEvent, delivery: Delivery) => Effect.Effect<unknown, E, R>
  /** How long a handler may take before it counts as failed, for its lane waits for it. Default: 5 minutes. */
  readonly timeout?: Duration.Input | undefined
  /**
   * On shutdown, how long the events at work may still take to end. Default: 10 seconds. What is not done by then is
   * interrupted, and handed over again.
   */
  readonly drain?: Duration.Input | undefined
}

/** Stores events now, and hands them over afterwards. */
export class CallbackInbox extends Context.Service<CallbackInbox, {
  /** Stores an event, once for its `dedupeKey`; as the handler or fallback of a `CallbackRouter`. */
  readonly put: (event: CallbackEvent.CallbackEvent) => Effect.Effect<void, NotStored>
  /** The events that were given up, the oldest failure first: they stay until they are replayed or discarded. */
  readonly deadLetters: Effect.Effect<ReadonlyArray<DeadLetter>, InboxStoreError>
  /** Hands a dead letter over once more; `false` when there is none with that id. */
  readonly replay: (id: string) => Effect.Effect<boolean, InboxStoreError | NotStored>
  /** Deletes a dead letter; `false` when there is none with that id. */
  readonly discard: (id: string) => Effect.Effect<boolean, InboxStoreError>
  /** Hands events over until it is interrupted. Any number of processes may stand by to work on one inbox. */
  readonly work: <const H extends InboxHandlers, E, R>(
    options: InboxWorkerOptions<H, E, R>
  ) => Effect.Effect<never, never, Exclude<InboxServices<H> | R, Scope.Scope>>
}>()("effect-wecom/CallbackInbox") {
  /**
   * Over the queue and the store that are given, such as `PersistedQueue.layerStoreSql` on a database that `layerSql` does
   * not take. With `InboxStore.layerMemory` beside it, no event is lost, but dead letters and the order of an event at work
   * are when its process ends, and only one process may work.
   */
  static layer(
    options: InboxOptions = {}
  ): Layer.Layer<CallbackInbox, never, PersistedQueue.PersistedQueueFactory | InboxStore> {
    return Layer.effect(this, make(options))
  }

  /** Within this process: what is not handled yet is lost when it ends. */
  static layerMemory(options: InboxOptions = {}): Layer.Layer<CallbackInbox> {
    return this.layer(options).pipe(
      Layer.provide([PersistedQueue.layer, InboxStore.layerMemory, cleanup(options)]),
      Layer.provide(PersistedQueue.layerStoreMemory)
    )
  }

  /**
   * On Redis, for a fleet, and to survive crashes. The lanes of a dead process wait for twice `takeover` (default: 15
   * seconds); it must be longer than any outage of Redis, or else events at work are handed over again.
   * Redis needs `appendonly yes` and `appendfsync always` to lose nothing in its own crashes. In a cluster, all keys of
   * the queue lie in one slot. A process that is to end while Redis is away waits until it is back, for node-redis keeps
   * what it is asked: kill it, nothing is lost by that.
   */
  static layerRedis(
    options: InboxOptions & { readonly prefix?: string | undefined; readonly takeover?: Duration.Input | undefined } =
      {}
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
        // A cluster runs the scripts of the queue only where their keys share a slot: that of the braces.
        prefix: `{${prefix}}:`,
        pollInterval: "250 millis",
        lockExpiration: takeover,
        lockRefreshInterval: Duration.times(takeover, 0.3)
      }))
    )
  }

  /**
   * In a database, for a fleet, and to survive crashes: PostgreSQL or SQLite. Its tables (default: `wecom_inbox_queue`
   * and `wecom_inbox`) are made when the layer is built. `takeover` is as on Redis; new events of other
   * processes are looked for every second.
   */
  static layerSql(
    options: InboxOptions & {
      readonly tableName?: string | undefined
      readonly takeover?: Duration.Input | undefined
    } = {}
  ): Layer.Layer<CallbackInbox, SqlError, SqlClient.SqlClient> {
    const tableName = options.tableName ?? "wecom_inbox"
    const takeover = Duration.fromInputUnsafe(options.takeover ?? "15 seconds")
    return this.layer(options).pipe(
      Layer.provide([
        PersistedQueue.layer,
        // As above; a database may tell the time in whole seconds.
        SqlInboxStore.layer({ tableName, laneLife: Duration.sum(Duration.times(takeover, 2), Duration.seconds(2)) }),
        cleanup(options)
      ]),
      Layer.provide(PersistedQueue.layerStoreSql({
        tableName: `${tableName}_queue`,
        lockExpiration: takeover,
        lockRefreshInterval: Duration.times(takeover, 0.3)
      }))
    )
  }

  /** Works on an inbox as long as the layer is there. On shutdown the events at work may end within `drain`. */
  static layerWorker<const H extends InboxHandlers, E, R>(
    options: InboxWorkerOptions<H, E, R>
  ): Layer.Layer<never, never, CallbackInbox | Exclude<InboxServices<H> | R, Scope.Scope>> {
    return Layer.effectDiscard(
      Effect.gen(function*() {
        const inbox = yield* CallbackInbox
        yield* Effect.forkScoped(inbox.work(options))
      })
    )
  }

  /** Events stored, by `outcome`: `stored` (repeats included) or `failed`. */
  static readonly stored = Metric.counter("wecom_inbox_stored_total", { incremental: true })

  /** Events handed over, by `outcome`: `handled`, `failed` (once for every attempt) or `buried`. */
  static readonly handled = Metric.counter("wecom_inbox_handled_total", { incremental: true })

  /** The time between storing an event and the end of its handling. */
  static readonly lag = Metric.timer("wecom_inbox_lag")
}

/** An event as it is kept. */
const Stored = Schema.Struct({ id: Schema.String, raw: Schema.String, receivedAt: Schema.Number })
type Stored = typeof Stored.Type

const cleanup = (options: InboxOptions) =>
  PersistedQueue.layerCleanup({ interval: "10 minutes", timeToLive: options.remember ?? "1 day" })

const defaultRetry = Schedule.exponential("500 millis", 2.5).pipe(Schedule.jittered, Schedule.upTo({ times: 4 }))

/** How often a worker may begin with an event and die over it. */
const maxStarts = 5

/** How long a result is kept in hand while the store is away. */
const persistence = Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("1 second")]).pipe(
  Schedule.upTo({ duration: "30 seconds" })
)

const make = Effect.fnUntraced(function*(options: InboxOptions) {
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

  const orderBy = options.orderBy ?? senderOf

  /** Stores a text under an id, in the lane of those that it keeps its order with. */
  const offer = (id: string, raw: string, queueId: string, order: string): Effect.Effect<void, NotStored> =>
    Effect.gen(function*() {
      const receivedAt = yield* Clock.currentTimeMillis
      // `lanes` is at least 1, and the remainder below it.
      const { queue } = queues[hash(order) % lanes] as (typeof queues)[number]
      yield* queue.offer({ id, raw, receivedAt }, { id: queueId })
    }).pipe(
      Effect.mapError((error) =>
        new NotStored({ id, description: "cause" in error ? codeOf(error.cause) : error._tag })
      ),
      Effect.timeoutOrElse({
        duration: budget,
        orElse: () => Effect.fail(new NotStored({ id, description: `no answer within ${Duration.format(budget)}` }))
      }),
      Effect.tap(() => Metric.update(Metric.withAttributes(CallbackInbox.stored, { outcome: "stored" }), 1)),
      Effect.tapError(() => Metric.update(Metric.withAttributes(CallbackInbox.stored, { outcome: "failed" }), 1))
    )

  const deadLetter = (id: string) =>
    Effect.map(store.deadLetters(name), (letters) => letters.find((letter) => letter.id === id))

  const replay = Effect.fnUntraced(function*(id: string) {
    const letter = yield* deadLetter(id)
    if (letter === undefined) return false
    const order = yield* CallbackEvent.fromText(letter.raw).pipe(Effect.map(orderBy), Effect.orElseSucceed(() => id))
    // Under an id of its own, for the first one is remembered as done.
    yield* offer(id, letter.raw, `${id}#${letter.failedAt}`, order)
    return yield* store.exhume(name, letter)
  })

  const discard = Effect.fnUntraced(function*(id: string) {
    const letter = yield* deadLetter(id)
    return letter !== undefined && (yield* store.exhume(name, letter))
  })

  const work = <H extends InboxHandlers, E, R>(
    { drain = "10 seconds", fallback, handlers, timeout = "5 minutes" }: InboxWorkerOptions<H, E, R>
  ): Effect.Effect<never, never, Exclude<InboxServices<H> | R, Scope.Scope>> => {
    type Handle = (
      event: CallbackEvent.CallbackEvent,
      delivery: Delivery
    ) => Effect.Effect<unknown, unknown, InboxServices<H> | R>
    const limit = Duration.fromInputUnsafe(timeout)
    const patience = Duration.fromInputUnsafe(drain)
    // A handler is only ever called with the event of its own key.
    const byKey = handlers as { readonly [key: string]: Handle | undefined }

    /** Calls the handler until it succeeds or the event is given up; `starts` counts the workers that died over it. */
    const handle = (
      lane: string,
      queueId: string,
      { id, raw, receivedAt }: Stored,
      starts: number
    ): Effect.Effect<void, InboxStoreError, InboxServices<H> | R> =>
      Effect.gen(function*() {
        const begun = { queueId, id, raw, receivedAt, starts: starts + 1 }
        yield* store.begin(lane, { ...begun, done: false })
        const decoded = yield* Effect.result(CallbackEvent.fromText(raw))
        const key = Result.isSuccess(decoded) ? decoded.success.key : ""
        let attempt = starts
        const once = (event: CallbackEvent.CallbackEvent) =>
          Effect.suspend(() => {
            attempt++
            return (byKey[event._tag] ?? fallback)(event, { id, attempt, receivedAt })
          }).pipe(
            Effect.scoped,
            Effect.timeoutOrElse({
              duration: limit,
              orElse: () => Effect.fail(new Error(`the handler took longer than ${Duration.format(limit)}`))
            }),
            // A defect, or a handler that interrupts itself, is a failure like any other: it must not end the worker.
            Effect.catchCause((cause) => Effect.fail(Cause.squash(cause))),
            Effect.tapError((error) =>
              Effect.andThen(
                Effect.logWarning("callback handler failed", Cause.fail(error)),
                Metric.update(Metric.withAttributes(CallbackInbox.handled, { outcome: "failed" }), 1)
              )
            )
          )
        yield* Effect.suspend(() =>
          Result.isFailure(decoded)
            ? Effect.fail<unknown>(decoded.failure)
            : starts < maxStarts
            ? Effect.retry(once(decoded.success), retry)
            : Effect.fail(new Error(`workers died over it ${starts} times`))
        ).pipe(
          Effect.andThen(Metric.update(Metric.withAttributes(CallbackInbox.handled, { outcome: "handled" }), 1)),
          Effect.catch((error) =>
            Effect.gen(function*() {
              const failedAt = yield* Clock.currentTimeMillis
              const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
              yield* store.bury(name, { id, raw, receivedAt, failedAt, failure, attempts: attempt, key })
              yield* Metric.update(Metric.withAttributes(CallbackInbox.handled, { outcome: "buried" }), 1)
            })
          ),
          Effect.annotateLogs({ "wecom.callback": key, "wecom.callback.id": id })
        )
        // From here on it is never handed over again, even where the queue does not get to know.
        yield* Effect.retry(store.begin(lane, { ...begun, done: true }), persistence)
        const now = yield* Clock.currentTimeMillis
        yield* Metric.update(CallbackInbox.lag, Duration.millis(now - receivedAt))
      })

    const lane = ({ name, queue }: (typeof queues)[number]) =>
      Effect.gen(function*() {
        let isLost = false
        const lost = Effect.map(yield* store.hold(name), () => {
          isLost = true
        })
        // On shutdown, what is at work may end, for the lane is still held; on a lane that is lost, another works by now.
        const toTheEnd = <A, E2, R2>(work: Effect.Effect<A, E2, R2>): Effect.Effect<A, E2, R2> =>
          Effect.uninterruptibleMask((restore) =>
            Effect.flatMap(Effect.forkChild(Effect.interruptible(work)), (fiber) =>
              Effect.onInterrupt(
                restore(Fiber.join(fiber)),
                () =>
                  Fiber.await(fiber).pipe(
                    Effect.timeoutOption(isLost ? Duration.zero : patience),
                    Effect.andThen(Fiber.interrupt(fiber))
                  )
              ))
          )
        // What was at work when a process died comes first: its queue puts it last.
        const begun = yield* store.begun(name)
        const done = new Set(begun.filter(({ done }) => done).map(({ queueId }) => queueId))
        const next = queue.take((item, { id: queueId }) =>
          Effect.as(done.has(queueId) ? Effect.void : toTheEnd(handle(name, queueId, item, 0)), queueId)
        ).pipe(
          Effect.flatMap((queueId) => {
            done.delete(queueId)
            return store.forget(name, queueId)
          })
        )
        yield* Effect.forEach(begun, (item) =>
          item.done
            ? Effect.void
            : Effect.map(toTheEnd(handle(name, item.queueId, item, item.starts)), () => {
              done.add(item.queueId)
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
    ) as Effect.Effect<never, never, Exclude<InboxServices<H> | R, Scope.Scope>>
  }

  return CallbackInbox.of({
    put: (event) => offer(event.dedupeKey, event.raw, event.dedupeKey, orderBy(event)),
    deadLetters: store.deadLetters(name),
    replay,
    discard,
    work
  })
})

const senderOf = ({ header: { corpId, suiteId, userId }, key }: CallbackEvent.CallbackEvent): string =>
  `${suiteId ?? ""}/${corpId ?? ""}/${userId ?? key}`

/** FNV-1a: only spreads senders over lanes. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
