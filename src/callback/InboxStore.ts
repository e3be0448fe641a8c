/**
 * Where an inbox keeps its events: those that wait for their handler, those that were handled, and dead letters.
 *
 * A store has no claims and no locks. An event waits until it is done or buried; who may work on it is decided by
 * `InboxShards`. So nothing has to be found again after a crash.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { byFailure, withDefaults } from "../internal/store/inboxSettings.ts"
import { shardOf } from "../internal/store/shardOf.ts"

/** An event that its handler failed on to the end. */
export const DeadLetter = Schema.Struct({
  /** The key that tells it apart from every other event: `event.dedupeKey`. */
  id: Schema.String,
  /** The routing key, such as `event/change_contact/create_user`. */
  key: Schema.String,
  /** The decrypted text as it came. */
  raw: Schema.String,
  /** How often its handler was called. */
  attempts: Schema.Int,
  /** Why the last attempt failed: the error's text, without the event's content unless the handler put it there. */
  failure: Schema.String,
  /** When it was received, in milliseconds of the epoch. */
  receivedAt: Schema.Number,
  /** When it was given up, in milliseconds of the epoch. */
  failedAt: Schema.Number
})
export interface DeadLetter extends Schema.Schema.Type<typeof DeadLetter> {}

/** An event as it is put into a store. */
export interface IncomingEvent {
  /** What repeats of the event are recognised by. */
  readonly id: string
  /** Events with the same text here keep their order. */
  readonly order: string
  /** The decrypted text as it came. */
  readonly raw: string
  /** Epoch milliseconds. */
  readonly receivedAt: number
}

/** An event that waits for its handler. */
export interface WaitingEvent extends IncomingEvent {
  /** From 0 to `shards - 1`, by its order. */
  readonly shard: number
  /** How often a worker has begun with it: more than 0 if one died over it. */
  readonly starts: number
}

/** The store could not be reached, or returned garbage. */
export class InboxStoreError extends Schema.TaggedError<InboxStoreError>("effect-wecom/InboxStoreError")(
  "InboxStoreError",
  { operation: Schema.String, description: Schema.String }
) {
  override get message(): string {
    return `inbox store, ${this.operation}: ${this.description}`
  }
}

/** How every store is set up. All processes that share an inbox must agree on these. */
export interface InboxStoreOptions {
  /** Several inboxes may lie side by side. Default: "callbacks". */
  readonly name?: string | undefined
  /**
   * Into how many shards senders are divided: work moves between processes by whole shards, so this is the largest number
   * of processes that can share the work. Default: 64.
   */
  readonly shards?: number | undefined
  /** How long repeats of an event are recognised after it was handled. Default: 1 day. */
  readonly remember?: Duration.Input | undefined
}

/**
 * Keeps events until they are handled. `InboxSuite` says what a store must do. An operation may be done again if it fails, and
 * must end some time.
 */
export class InboxStore extends Context.Service<InboxStore, {
  /** Into how many shards events are divided. */
  readonly shards: number
  /** Stores an event at the end of its order, unless its id is known: waiting, dead, or handled within `remember`. */
  readonly put: (event: IncomingEvent) => Effect.Effect<void, InboxStoreError>
  /**
   * Returns events that wait, at most `limit`: for each order, its first ones without a gap. Orders of other shards, and
   * those of `without`, are left out; of the rest, those that have waited longest come first.
   */
  readonly waiting: (options: {
    readonly shards: ReadonlyArray<number>
    readonly without: ReadonlyArray<string>
    readonly limit: number
  }) => Effect.Effect<ReadonlyArray<WaitingEvent>, InboxStoreError>
  /**
   * Counts that a worker begins. `false` if the event no longer waits as it was read: another worker has begun with it
   * since, or ended its wait. A worker that has begun with it last may begin again, and is not counted again: it is alive.
   */
  readonly begin: (event: WaitingEvent, worker: string) => Effect.Effect<boolean, InboxStoreError>
  /** Takes back that this worker has begun: it was interrupted, so nobody has died over the event. */
  readonly giveBack: (event: WaitingEvent, worker: string) => Effect.Effect<void, InboxStoreError>
  /** Ends the wait of an event that was handled. */
  readonly done: (event: WaitingEvent) => Effect.Effect<void, InboxStoreError>
  /** Ends the wait of an event that was given up: it becomes a dead letter. */
  readonly bury: (
    event: WaitingEvent,
    end: Pick<DeadLetter, "key" | "attempts" | "failure" | "failedAt">
  ) => Effect.Effect<void, InboxStoreError>
  /** Returns every dead letter, the oldest failure first. */
  readonly deadLetters: Effect.Effect<ReadonlyArray<DeadLetter>, InboxStoreError>
  /** Lets a dead letter wait again, as an event that no worker has begun with; `false` if there is none with that id. */
  readonly replay: (id: string) => Effect.Effect<boolean, InboxStoreError>
  /** Deletes a dead letter, and remembers it as handled; `false` if there is none with that id. */
  readonly discard: (id: string) => Effect.Effect<boolean, InboxStoreError>
}>()("effect-wecom/InboxStore") {
  /** Within this process; gone when it ends. */
  static layerMemory(options: InboxStoreOptions = {}): Layer.Layer<InboxStore> {
    return Layer.effect(InboxStore, makeMemory(options))
  }
}

const makeMemory = (options: InboxStoreOptions) =>
  Effect.sync(() => {
    const { remember, shards } = withDefaults(options)
    /** In the order in which they came. */
    const waiting = new Map<string, WaitingEvent>()
    /** Who has begun with an event last. */
    const begun = new Map<string, string>()
    /** Ends a wait; `false` if there was none. */
    const leave = (id: string) => {
      begun.delete(id)
      return waiting.delete(id)
    }
    const letters = new Map<string, { readonly letter: DeadLetter; readonly order: string }>()
    /** When each may be forgotten, the earliest first. */
    const done = new Map<string, number>()
    const forget = (now: number) => {
      for (const [id, at] of done) {
        if (at > now) return
        done.delete(id)
      }
    }
    const finish = (id: string) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        done.set(id, now + Duration.toMillis(remember))
      })
    const wait = (event: IncomingEvent) => {
      waiting.set(event.id, { ...event, shard: shardOf(event.order, shards), starts: 0 })
    }

    return InboxStore.of({
      shards,
      put: (event) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          forget(now)
          if (!waiting.has(event.id) && !letters.has(event.id) && !done.has(event.id)) wait(event)
        }),
      waiting: ({ limit, shards, without }) =>
        Effect.sync(() => {
          const held = new Set(shards)
          const excluded = new Set(without)
          const found: Array<WaitingEvent> = []
          for (const event of waiting.values()) {
            if (found.length === limit) break
            if (held.has(event.shard) && !excluded.has(event.order)) found.push(event)
          }
          return found
        }),
      begin: (event, worker) =>
        Effect.sync(() => {
          const found = waiting.get(event.id)
          if (found === undefined) return false
          if (begun.get(event.id) === worker) return true
          if (found.starts !== event.starts) return false
          waiting.set(event.id, { ...found, starts: event.starts + 1 })
          begun.set(event.id, worker)
          return true
        }),
      giveBack: (event, worker) =>
        Effect.sync(() => {
          const found = waiting.get(event.id)
          if (found === undefined || begun.get(event.id) !== worker) return
          begun.delete(event.id)
          waiting.set(event.id, { ...found, starts: found.starts - 1 })
        }),
      done: (event) => Effect.suspend(() => leave(event.id) ? finish(event.id) : Effect.void),
      bury: ({ id, order, raw, receivedAt }, end) =>
        Effect.sync(() => {
          if (leave(id)) letters.set(id, { order, letter: { id, raw, receivedAt, ...end } })
        }),
      deadLetters: Effect.sync(() => [...letters.values()].map(({ letter }) => letter).toSorted(byFailure)),
      replay: (id) =>
        Effect.sync(() => {
          const found = letters.get(id)
          if (found === undefined) return false
          letters.delete(id)
          wait({ id, order: found.order, raw: found.letter.raw, receivedAt: found.letter.receivedAt })
          return true
        }),
      discard: (id) => Effect.suspend(() => letters.delete(id) ? Effect.as(finish(id), true) : Effect.succeed(false))
    })
  })
