/**
 * What an inbox keeps beside its queue: the events that could not be handled, and who works on which lane.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"

/** An event that its handler failed on to the end. */
export const DeadLetter = Schema.Struct({
  /** The key that told it apart from every other event: `event.dedupeKey`. */
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

/** An event that a lane has begun, as long as its queue may still hand it over again. */
export const Begun = Schema.Struct({
  /** What its queue knows it by: other than `id` for a dead letter that is replayed. */
  queueId: Schema.String,
  id: Schema.String,
  raw: Schema.String,
  receivedAt: Schema.Number,
  /** How often a worker has begun with it: more than once when one died over it. */
  starts: Schema.Int,
  /** Whether its handler has ended. */
  done: Schema.Boolean
})
export interface Begun extends Schema.Schema.Type<typeof Begun> {}

/** The store could not be reached, or returned garbage. */
export class InboxStoreError extends Schema.TaggedError<InboxStoreError>("effect-wecom/InboxStoreError")(
  "InboxStoreError",
  { operation: Schema.String, description: Schema.String }
) {
  override get message(): string {
    return `inbox store, ${this.operation}: ${this.description}`
  }
}

/** Dead letters, and the lanes of a fleet. */
export class InboxStore extends Context.Service<InboxStore, {
  /** Keeps a dead letter; one with the same id is replaced. */
  readonly bury: (inbox: string, letter: DeadLetter) => Effect.Effect<void, InboxStoreError>
  /** Every dead letter of an inbox, the oldest failure first. */
  readonly deadLetters: (inbox: string) => Effect.Effect<ReadonlyArray<DeadLetter>, InboxStoreError>
  /** Takes a dead letter out; `false` when it is not there, or has failed once more since it was listed. */
  readonly exhume: (
    inbox: string,
    letter: Pick<DeadLetter, "id" | "failedAt">
  ) => Effect.Effect<boolean, InboxStoreError>
  /**
   * Waits until nobody else works on a lane, and holds it until the scope closes. The effect that it gives ends when the
   * lane was lost, such as after a long pause of the process: work on it must stop then.
   */
  readonly hold: (lane: string) => Effect.Effect<Effect.Effect<void>, InboxStoreError, Scope.Scope>
  /** What a lane has begun: more than one event only where acknowledgements were lost. */
  readonly begun: (lane: string) => Effect.Effect<ReadonlyArray<Begun>, InboxStoreError>
  /** Remembers how far a lane is with an event. */
  readonly begin: (lane: string, event: Begun) => Effect.Effect<void, InboxStoreError>
  /** Forgets an event that its queue will not hand over again. */
  readonly forget: (lane: string, queueId: string) => Effect.Effect<void, InboxStoreError>
}>()("effect-wecom/InboxStore") {
  /** Within this process; gone when it ends. */
  static readonly layerMemory: Layer.Layer<InboxStore> = Layer.sync(this, () => {
    const inboxes = new Map<string, Map<string, DeadLetter>>()
    const lanes = new Map<string, Semaphore.Semaphore>()
    const work = new Map<string, Map<string, Begun>>()
    const lettersOf = (inbox: string) => {
      const letters = inboxes.get(inbox) ?? new Map<string, DeadLetter>()
      inboxes.set(inbox, letters)
      return letters
    }
    return InboxStore.of({
      bury: (inbox, letter) =>
        Effect.sync(() => {
          lettersOf(inbox).delete(letter.id)
          lettersOf(inbox).set(letter.id, letter)
        }),
      deadLetters: (inbox) => Effect.sync(() => [...lettersOf(inbox).values()]),
      begun: (lane) => Effect.sync(() => [...work.get(lane)?.values() ?? []]),
      begin: (lane, event) =>
        Effect.sync(() => {
          const events = work.get(lane) ?? new Map<string, Begun>()
          work.set(lane, events)
          events.set(event.queueId, event)
        }),
      forget: (lane, queueId) => Effect.sync(() => void work.get(lane)?.delete(queueId)),
      exhume: (inbox, { failedAt, id }) =>
        Effect.sync(() => lettersOf(inbox).get(id)?.failedAt === failedAt && lettersOf(inbox).delete(id)),
      hold: (lane) =>
        Effect.suspend(() => {
          const semaphore = lanes.get(lane) ?? Semaphore.makeUnsafe(1)
          lanes.set(lane, semaphore)
          return Effect.as(
            Effect.acquireRelease(semaphore.take(1), () => semaphore.release(1), { interruptible: true }),
            Effect.never
          )
        })
    })
  })
}
