/** Turns by key: what has the same key runs one after the other, in the order of coming. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"

interface Turn {
  readonly semaphore: Semaphore.Semaphore
  waiting: number
}

/** Turns by key; a key that nobody waits for is forgotten. */
export class KeyedTurns {
  readonly #turns = new Map<string, Turn>()

  take<A, E, R>(key: string, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.scoped(Effect.andThen(this.acquire(key), effect)) as Effect.Effect<A, E, R> // the scope is the turn's own
  }

  /** Waits for a turn, and has it until the scope closes. */
  acquire(key: string): Effect.Effect<void, never, Scope.Scope> {
    return Effect.suspend(() => {
      const turn = this.#turns.get(key) ?? { semaphore: Semaphore.makeUnsafe(1), waiting: 0 }
      this.#turns.set(key, turn)
      turn.waiting++
      const leave = Effect.sync(() => {
        turn.waiting--
        if (turn.waiting === 0) this.#turns.delete(key)
      })
      return Effect.acquireRelease(
        Effect.onInterrupt(turn.semaphore.take(1), () => leave),
        () => Effect.andThen(turn.semaphore.release(1), leave),
        { interruptible: true }
      )
    })
  }
}
