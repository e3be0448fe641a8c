/**
 * An inbox that loses nothing: an event is stored before WeCom is told that the event was received, and handed over afterwards, in
 * the order of its sender, as often as it takes.
 *
 * An event is stored once for its `dedupeKey`, handed over at least once, and never again once its success is recorded. If a
 * process dies between the handler's success and that, the event is handed over again with the same `Delivery.id`. A handler
 * that fails is called again on a schedule, while the later events of its sender wait, and only those. In the end the event
 * becomes a dead letter, which can be listed, replayed and discarded; so does an event over which workers died 10 times.
 *
 * Any number of processes work on one inbox: each has about the same share of the senders, and those of a process that died
 * move to the others after `takeover`. A process that loses its store continues when the store is back; what it was at may then
 * be handed over again, but no later event of the sender before it.
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
import type * as Redis from "effect/persistence/Redis"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type * as SqlClient from "effect/sql/SqlClient"
import * as Dispatcher from "../internal/store/dispatcher.ts"
import type { Lane } from "../internal/store/dispatcher.ts"
import { defaultPrefix, defaultTableName, withDefaults } from "../internal/store/inboxSettings.ts"
import * as RedisRunnerStorage from "../internal/store/redisRunnerStorage.ts"
import * as SqlRunnerStorage from "../internal/store/sqlRunnerStorage.ts"
import * as CallbackEvent from "./CallbackEvent.ts"
import { InboxShards, type InboxShardsOptions } from "./InboxShards.ts"
import {
  type DeadLetter,
  InboxStore,
  type InboxStoreError,
  type InboxStoreOptions,
  type WaitingEvent
} from "./InboxStore.ts"
import * as RedisInboxStore from "./RedisInboxStore.ts"
import * as SqlInboxStore from "./SqlInboxStore.ts"

/** How an inbox works. All processes that share one must agree on `name`, `shards` and `orderBy`. */
export interface InboxOptions extends InboxStoreOptions {
  /**
   * Whose events keep their order: all for which this returns the same text. Default: the sender, in its corp and suite;
   * that is `sys` for what WeCom itself does, so a busy corp may want to go by department or customer.
   */
  readonly orderBy?: ((event: CallbackEvent.CallbackEvent) => string) | undefined
  /** When a handler that failed is called again, before the event is given up. Default: 4 times within about 13 seconds. */
  readonly retry?: Schedule.Schedule<unknown, unknown> | undefined
  /** How long storing an event may take. Default: 1 second. */
  readonly budget?: Duration.Input | undefined
  /** How often a worker looks for events that other processes have stored. Default: 500 milliseconds. */
  readonly interval?: Duration.Input | undefined
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
  /** How many events this process handles at once. Default: 16. */
  readonly concurrency?: number | undefined
  /** How long a handler may take before it counts as failed. Default: 5 minutes. */
  readonly timeout?: Duration.Input | undefined
  /**
   * On shutdown, or when another process joins and takes its share, how long the events at work may still take to end. What
   * is not done by then is interrupted, and handed over again. Keep it at half of `takeover`. Default: 8 seconds.
   */
  readonly drain?: Duration.Input | undefined
}

/** Stores events now, and hands them over afterwards. */
export class CallbackInbox extends Context.Service<CallbackInbox, {
  /** Stores an event, once for its `dedupeKey`; as the handler or fallback of a `CallbackRouter`. */
  readonly put: (event: CallbackEvent.CallbackEvent) => Effect.Effect<void, NotStored>
  /** The events that were given up, the oldest failure first: they stay until they are replayed or discarded. */
  readonly deadLetters: Effect.Effect<ReadonlyArray<DeadLetter>, InboxStoreError>
  /** Hands a dead letter over once more; `false` if there is none with that id. */
  readonly replay: (id: string) => Effect.Effect<boolean, InboxStoreError>
  /** Deletes a dead letter; `false` if there is none with that id. */
  readonly discard: (id: string) => Effect.Effect<boolean, InboxStoreError>
  /** Hands events over until it is interrupted. Any number of processes may work on one inbox. */
  readonly work: <const H extends InboxHandlers, E, R>(
    options: InboxWorkerOptions<H, E, R>
  ) => Effect.Effect<never, never, Exclude<InboxServices<H> | R, Scope.Scope>>
}>()("effect-wecom/CallbackInbox") {
  /** Over the store and the shards that are given. */
  static layer(
    options: InboxOptions = {}
  ): Layer.Layer<CallbackInbox, never, InboxStore | InboxShards> {
    return Layer.effect(this, make(options))
  }

  /** Within this process: what is not handled yet is lost when it ends. */
  static layerMemory(options: InboxOptions = {}): Layer.Layer<CallbackInbox> {
    // There is nobody else to store anything.
    return this.layer({ interval: Duration.infinity, ...options }).pipe(
      Layer.provide([InboxStore.layerMemory(options), InboxShards.layerMemory])
    )
  }

  /**
   * On Redis 7 or later, for a fleet, and to survive crashes. Redis needs `appendonly yes` and `appendfsync always` to lose
   * nothing in its own crashes, and `maxmemory-policy noeviction`. In a cluster, all keys of an inbox lie in one slot. A
   * process that is to end while Redis is away waits until it is back, for node-redis keeps what it is asked: kill it,
   * nothing is lost by that.
   */
  static layerRedis(
    options: InboxOptions & InboxShardsOptions & RedisInboxStore.Options = {}
  ): Layer.Layer<CallbackInbox, never, Redis.Redis> {
    const { name } = withDefaults(options)
    const prefix = options.prefix ?? defaultPrefix
    return this.layer(options).pipe(
      Layer.provide([
        RedisInboxStore.layer(options),
        InboxShards.layer(RedisRunnerStorage.layer(`{${prefix}:v1:${name}:workers}`), options)
      ])
    )
  }

  /**
   * In a database, for a fleet, and to survive crashes: PostgreSQL, MySQL, MariaDB or SQLite. Makes its tables when it is first
   * used: `wecom_inbox`, and those of `effect/cluster` that begin with `wecom_inbox_callbacks`. A process that works keeps one
   * connection of the pool to itself. In MySQL and MariaDB the client must allow several statements at once
   * (`multipleStatements`), and an event's id may have 2,048 bytes.
   */
  static layerSql(
    options: InboxOptions & InboxShardsOptions & SqlInboxStore.Options = {}
  ): Layer.Layer<CallbackInbox, never, SqlClient.SqlClient> {
    const { name } = withDefaults(options)
    const prefix = `${options.tableName ?? defaultTableName}_${name}`
    return this.layer(options).pipe(
      Layer.provide([
        SqlInboxStore.layer(options),
        InboxShards.layer(SqlRunnerStorage.layer(prefix), options)
      ])
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

const defaultRetry = Schedule.exponential("500 millis", 2.5).pipe(Schedule.jittered, Schedule.upTo({ times: 4 }))

/** How long beginning may take before it is in doubt whether it still holds. */
const prompt = Duration.seconds(1)

/** How often workers may begin with an event and die over it. */
const maxStarts = 10

const untilItIsBack = Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("1 second")])

/** Goes on with an operation of a store until it succeeds: each may be done again. */
const insist = <A>(operation: Effect.Effect<A, InboxStoreError>): Effect.Effect<A> => {
  let isFirst = true
  return operation.pipe(
    Effect.tapError((error) => {
      if (!isFirst) return Effect.void
      isFirst = false
      return Effect.logWarning("inbox goes on as soon as its store is back", error)
    }),
    Effect.retry(untilItIsBack),
    // The schedule has no end.
    Effect.orDie
  )
}

const make = Effect.fnUntraced(function*(options: InboxOptions) {
  const budget = Duration.fromInputUnsafe(options.budget ?? "1 second")
  const interval = Duration.fromInputUnsafe(options.interval ?? "500 millis")
  const retry = options.retry ?? defaultRetry
  const orderBy = options.orderBy ?? senderOf
  const store = yield* InboxStore
  const shards = yield* InboxShards
  /** What is told that something was stored here. */
  const workers = new Set<() => void>()
  const wake = Effect.sync(() => {
    for (const worker of workers) worker()
  })

  const put = (event: CallbackEvent.CallbackEvent): Effect.Effect<void, NotStored> =>
    Clock.currentTimeMillis.pipe(
      Effect.flatMap((receivedAt) =>
        store.put({ id: event.dedupeKey, order: orderBy(event), raw: event.raw, receivedAt })
      ),
      Effect.mapError(({ description }) => new NotStored({ id: event.dedupeKey, description })),
      Effect.timeoutOrElse({
        duration: budget,
        orElse: () =>
          Effect.fail(
            new NotStored({ id: event.dedupeKey, description: `no answer within ${Duration.format(budget)}` })
          )
      }),
      Effect.tap(() => Metric.update(Metric.withAttributes(CallbackInbox.stored, { outcome: "stored" }), 1)),
      Effect.tapError(() => Metric.update(Metric.withAttributes(CallbackInbox.stored, { outcome: "failed" }), 1)),
      Effect.andThen(wake)
    )

  const work = <H extends InboxHandlers, E, R>(
    { concurrency = 16, drain = "8 seconds", fallback, handlers, timeout = "5 minutes" }: InboxWorkerOptions<H, E, R>
  ): Effect.Effect<never, never, Exclude<InboxServices<H> | R, Scope.Scope>> => {
    type Handle = (
      event: CallbackEvent.CallbackEvent,
      delivery: Delivery
    ) => Effect.Effect<unknown, unknown, InboxServices<H> | R>
    const limit = Duration.fromInputUnsafe(timeout)
    // A handler is only ever called with the event of its own key.
    const byKey = handlers as { readonly [key: string]: Handle | undefined }
    const permits = Semaphore.makeUnsafe(concurrency)
    const worker = crypto.randomUUID()

    /** Calls the handler until it succeeds or the event is given up. */
    const handle = (waiting: WaitingEvent, lane: Lane): Effect.Effect<void, never, InboxServices<H> | R> => {
      const { id, raw, receivedAt, starts } = waiting
      let attempt = starts
      let hasBegun = false
      /** In its turn, unless its shard has gone. */
      const inTurn = <A, E2, R2>(effect: Effect.Effect<A, E2, R2>) =>
        permits.withPermits(1)(Effect.suspend(() => {
          lane.resume()
          return lane.isOpen() ? effect : Effect.interrupt
        }))
      // What took long may have been a pause of this process, in which others were given the shard. It is asked again: a
      // worker that has begun last may begin again, one that others have overtaken may not.
      const beginNow: Effect.Effect<boolean> = Effect.flatMap(
        insist(Effect.timed(store.begin(waiting, worker))),
        ([took, begun]) => begun && Duration.isGreaterThan(took, prompt) ? beginNow : Effect.succeed(begun)
      )
      // Whoever dies over it must have been counted.
      const begin = Effect.suspend(() => {
        if (hasBegun) return Effect.void
        hasBegun = true
        return Effect.flatMap(
          beginNow,
          (begun) => begun ? Effect.void : Effect.andThen(Effect.sync(() => hasBegun = false), Effect.interrupt)
        )
      })
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
      return Effect.gen(function*() {
        const decoded = yield* Effect.result(CallbackEvent.fromText(raw))
        const key = Result.isSuccess(decoded) ? decoded.success.key : ""
        const attempts: Effect.Effect<unknown, unknown, InboxServices<H> | R> = Result.isFailure(decoded)
          ? Effect.fail(decoded.failure)
          : starts >= maxStarts
          ? Effect.fail(new Error(`workers died over it ${starts} times`))
          : inTurn(Effect.andThen(begin, once(decoded.success))).pipe(
            Effect.tapError(() => Effect.sync(lane.pause)),
            Effect.retry(retry)
          )
        yield* attempts.pipe(
          Effect.matchEffect({
            onSuccess: () =>
              Effect.andThen(
                insist(store.done(waiting)),
                Metric.update(Metric.withAttributes(CallbackInbox.handled, { outcome: "handled" }), 1)
              ),
            onFailure: (error) =>
              Effect.gen(function*() {
                const failedAt = yield* Clock.currentTimeMillis
                const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
                yield* insist(store.bury(waiting, { key, attempts: attempt, failure, failedAt }))
                yield* Metric.update(Metric.withAttributes(CallbackInbox.handled, { outcome: "buried" }), 1)
              })
          }),
          Effect.annotateLogs({ "wecom.callback": key, "wecom.callback.id": id })
        )
        const now = yield* Clock.currentTimeMillis
        yield* Metric.update(CallbackInbox.lag, Duration.millis(now - receivedAt))
      }).pipe(
        // Nobody has died over it.
        Effect.onInterrupt(() => hasBegun ? Effect.ignore(store.giveBack(waiting, worker)) : Effect.void)
      )
    }

    const working = Effect.gen(function*() {
      // Lanes end after all that is registered below.
      const scope = yield* Effect.acquireRelease(Scope.make(), Scope.close)
      const dispatcher = Dispatcher.make({
        waiting: store.waiting,
        capacity: Math.max(64, concurrency * 8),
        interval,
        patience: Duration.fromInputUnsafe(drain),
        handle
      }, scope)
      yield* Effect.acquireRelease(
        Effect.sync(() => workers.add(dispatcher.wake)),
        () => Effect.sync(() => workers.delete(dispatcher.wake))
      )
      yield* shards.hold(store.shards, dispatcher.hold)
      yield* Effect.addFinalizer(() => dispatcher.drain)
      return yield* dispatcher.run
    })

    return working.pipe(
      Effect.scoped,
      Effect.catchCause((cause) => Effect.logWarning("inbox worker broke off", cause)),
      // Such as one whose database was away when it began.
      Effect.andThen(Effect.sleep("1 second")),
      Effect.forever
      // Scopes of handlers are closed after each event.
    ) as Effect.Effect<never, never, Exclude<InboxServices<H> | R, Scope.Scope>>
  }

  return CallbackInbox.of({
    put,
    deadLetters: store.deadLetters,
    replay: (id) => Effect.tap(store.replay(id), wake),
    discard: store.discard,
    work
  })
})

const senderOf = ({ header: { corpId, suiteId, userId }, key }: CallbackEvent.CallbackEvent): string =>
  `${suiteId ?? ""}/${corpId ?? ""}/${userId ?? key}`
