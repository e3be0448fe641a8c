/**
 * One deadline for many: one sleeping fiber watches all that wait, which never costs one of them a timer of its own.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"

/** Calls `expire` when the time is up, unless what is returned has been called before. */
export type Patience = (expire: () => void) => () => void

interface Waiting {
  readonly endsAt: number
  readonly expire: () => void
}

/** Patience for so many milliseconds; the watch ends with the scope, and expires nothing any more. */
export const make = (milliseconds: number): Effect.Effect<Patience, never, Scope.Scope> =>
  Effect.gen(function*() {
    const scope = yield* Effect.scope
    const context = yield* Effect.context<never>()
    const clock = Context.get(context, Clock.Clock)
    const now = () => Number(clock.monotonicTimeNanosUnsafe() / 1_000_000n)
    // All wait equally long: the first that came is the first to expire.
    const waiting = new Set<Waiting>()
    let watched = false
    const watch: Effect.Effect<void> = Effect.suspend(() => {
      for (const each of waiting) {
        const left = each.endsAt - now()
        if (left > 0) return Effect.andThen(Effect.sleep(Duration.millis(left)), watch)
        waiting.delete(each)
        each.expire()
      }
      watched = false
      return Effect.void
    })
    return (expire) => {
      const added: Waiting = { endsAt: now() + milliseconds, expire }
      waiting.add(added)
      if (!watched) {
        watched = true
        Fiber.runIn(Effect.runForkWith(context)(watch), scope)
      }
      return () => {
        waiting.delete(added)
      }
    }
  })
