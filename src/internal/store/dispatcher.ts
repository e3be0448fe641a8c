/**
 * Hands waiting events over: those of one order one after the other, those of different orders at the same time, from the
 * shards that this process holds. What it has in hand is bounded, however much waits.
 */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import type * as Scope from "effect/Scope"
import type { InboxStore, InboxStoreError, WaitingEvent } from "../../callback/InboxStore.ts"

export interface Options<R> {
  readonly waiting: InboxStore["Service"]["waiting"]
  /** How many events may be in hand: at work, or next of their order. */
  readonly capacity: number
  /** How often the store is looked at, for events that other processes have put there. */
  readonly interval: Duration.Duration
  /** How long what is at work may still take when its shard goes. */
  readonly patience: Duration.Duration
  /** Ends an event's wait, however long that takes, unless the lane has closed before it has begun. */
  readonly handle: (event: WaitingEvent, lane: Lane) => Effect.Effect<void, never, R>
}

/** The way of one order's events. */
export interface Lane {
  /** Whether its shard is still held. */
  readonly isOpen: () => boolean
  /** Says that the event is to wait for a while: those behind it are put back, and nobody waits for it. */
  readonly pause: () => void
  /** Says that it continues. */
  readonly resume: () => void
}

export interface Dispatcher<R> {
  /** Works on a shard until the scope closes, which waits for what is at work there. */
  readonly hold: (shard: number) => Effect.Effect<void, never, Scope.Scope>
  /** Looks at the store now. */
  readonly wake: () => void
  /** Looks at the store and hands over what waits, until it is interrupted. */
  readonly run: Effect.Effect<never, never, R>
  /** Takes no further event, and waits for those at work. */
  readonly drain: Effect.Effect<void>
}

/** A shard, from when it is held until it goes. */
interface Held {
  isOpen: boolean
  /** Its lanes, and whether each is at work. */
  readonly lanes: Map<Fiber.Fiber<void>, { isAtWork: boolean }>
}

/** How many events of one order may be in hand, so that a long queue leaves room for others. */
const ahead = 8

/** Runs lanes in the given scope. */
export const make = <R>(
  { capacity, handle, interval, patience, waiting }: Options<R>,
  scope: Scope.Scope
): Dispatcher<R> => {
  const held = new Map<number, Held>()
  const orders = new Set<string>()
  const latch = Latch.makeUnsafe()
  let inHand = 0
  let isDraining = false
  const wake = () => void latch.openUnsafe()

  const lane = (order: string, events: Array<WaitingEvent>, shard: Held, state: { isAtWork: boolean }) => {
    const putBack = () => {
      inHand -= events.length
      events.length = 0
      wake()
    }
    const here: Lane = {
      isOpen: () => shard.isOpen,
      pause: () => {
        state.isAtWork = false
        putBack()
      },
      resume: () => {
        state.isAtWork = true
      }
    }
    return Effect.suspend(() => {
      const event = events.shift()
      if (event === undefined) return Effect.succeed(false)
      return Effect.as(Effect.ensuring(handle(event, here), Effect.sync(() => inHand--)), true)
    }).pipe(
      Effect.repeat({ while: (handled) => handled && shard.isOpen }),
      // A store that throws: its event is read again, but not at once.
      Effect.catchDefect((defect) =>
        Effect.andThen(Effect.logError("inbox store failed unexpectedly", defect), Effect.sleep("1 second"))
      ),
      Effect.ensuring(Effect.sync(() => {
        orders.delete(order)
        putBack()
      })),
      Effect.asVoid
    )
  }

  const begin = (events: ReadonlyArray<WaitingEvent>, shards: ReadonlyMap<number, Held>) =>
    Effect.gen(function*() {
      for (const [order, found] of Map.groupBy(events, ({ order }) => order)) {
        const shard = shards.get(found[0]?.shard ?? -1)
        // Where it has gone meanwhile, others work on it, or did before it came back.
        if (shard === undefined || !shard.isOpen) continue
        const mine = found.slice(0, ahead)
        inHand += mine.length
        orders.add(order)
        const state = { isAtWork: true }
        const fiber = yield* Effect.forkIn(lane(order, mine, shard, state), scope, { startImmediately: true })
        shard.lanes.set(fiber, state)
        fiber.addObserver(() => void shard.lanes.delete(fiber))
      }
    })

  const settle = (shards: ReadonlyArray<Held>) =>
    Effect.suspend(() => {
      const lanes = shards.flatMap(({ lanes }) => [...lanes])
      const atWork = lanes.filter(([, { isAtWork }]) => isAtWork).map(([fiber]) => fiber)
      return Effect.interruptible(Fiber.awaitAll(atWork)).pipe(
        Effect.timeoutOption(patience),
        Effect.andThen(Fiber.interruptAll(lanes.map(([fiber]) => fiber)))
      )
    })

  return {
    wake,
    hold: (number) =>
      Effect.acquireRelease(
        Effect.sync(() => {
          const shard: Held = { isOpen: !isDraining, lanes: new Map() }
          held.set(number, shard)
          wake()
          return shard
        }),
        (shard) =>
          Effect.suspend(() => {
            shard.isOpen = false
            if (held.get(number) === shard) held.delete(number)
            return settle([shard])
          })
      ),
    run: Effect.gen(function*() {
      let isAway = false
      while (true) {
        latch.closeUnsafe()
        const shards = new Map(held)
        const limit = capacity - inHand
        // A look for one event more would cost as much as one for many.
        if (isDraining || shards.size === 0 || limit < capacity / 4) {
          yield* latch.await
          continue
        }
        const found = yield* waiting({ shards: [...shards.keys()], without: [...orders], limit }).pipe(
          Effect.catch((error: InboxStoreError) =>
            Effect.as(isAway ? Effect.void : Effect.logWarning("inbox could not be read", error), undefined)
          )
        )
        isAway = found === undefined
        if (found !== undefined) yield* begin(found, shards)
        if (found === undefined) yield* Effect.sleep("1 second")
        else if (found.length < limit) yield* Effect.raceFirst(latch.await, Effect.sleep(interval))
      }
    }),
    drain: Effect.suspend(() => {
      isDraining = true
      for (const shard of held.values()) shard.isOpen = false
      return settle([...held.values()])
    })
  }
}
