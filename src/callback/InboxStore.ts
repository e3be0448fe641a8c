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

/** The store could not be reached, or answered garbage. */
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
  /** Takes a dead letter out; `false` when it is not there. */
  readonly exhume: (inbox: string, id: string) => Effect.Effect<boolean, InboxStoreError>
  /**
   * Waits until nobody else works on a lane, and holds it until the scope closes. The effect that it gives ends when the
   * lane was lost, such as after a long pause of the process: work on it must stop then.
   */
  readonly hold: (lane: string) => Effect.Effect<Effect.Effect<void>, InboxStoreError, Scope.Scope>
}>()("effect-wecom/InboxStore") {
  /** Within this process; gone when it ends. */
  static readonly layerMemory: Layer.Layer<InboxStore> = Layer.sync(this, () => {
    const inboxes = new Map<string, Map<string, DeadLetter>>()
    const lanes = new Map<string, Semaphore.Semaphore>()
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
      exhume: (inbox, id) => Effect.sync(() => lettersOf(inbox).delete(id)),
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
