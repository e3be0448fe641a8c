/**
 * Deadlines for calls, at the cost of one fiber each: `Effect.timeout` costs two and a timer, a third of a whole call.
 * One sleeping fiber watches the deadlines of all calls.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"

/** Runs an effect for so long; `late` is what happens after that, once the effect has been interrupted. */
export type Deadlines = <A, E, E2>(
  self: Effect.Effect<A, E>,
  duration: Duration.Input,
  late: () => Effect.Effect<A, E2>
) => Effect.Effect<A, E | E2>

/** Milliseconds of a clock that nobody sets: deadlines hold also where the time of day is corrected. */
export const elapsed = (clock: Clock.Clock): number => Number(clock.monotonicTimeNanosUnsafe() / 1_000_000n)

interface Running {
  readonly endsAt: number
  readonly expire: () => void
}

/** Deadlines without a scope, each with its own timer: for calls that are rare. */
export const plain: Deadlines = (self, duration, late) => Effect.timeoutOrElse(self, { duration, orElse: late })

/** Deadlines whose watch ends with the scope. */
export const make: Effect.Effect<Deadlines, never, Scope.Scope> = Effect.map(Effect.scope, (scope) => {
  const running = new Set<Running>()
  let watchedUntil = Infinity
  let watch: Fiber.Fiber<void> | undefined

  const next = (): number => {
    let earliest = Infinity
    for (const { endsAt } of running) if (endsAt < earliest) earliest = endsAt
    return earliest
  }

  /** Sleeps until the earliest deadline, lets go of what is late, and ends when nothing is left. */
  const watching: Effect.Effect<void> = Effect.clockWith((clock) => {
    const now = elapsed(clock)
    for (const call of running) if (call.endsAt <= now) call.expire()
    watchedUntil = next()
    return watchedUntil === Infinity
      ? Effect.sync(() => {
        watch = undefined
      })
      : Effect.andThen(Effect.sleep(Duration.millis(Math.max(watchedUntil - now, 1))), Effect.suspend(() => watching))
  })

  return <A, E, E2>(self: Effect.Effect<A, E>, duration: Duration.Input, late: () => Effect.Effect<A, E2>) => {
    const millis = Duration.toMillis(duration)
    return millis === Infinity ?
      self :
      Effect.uninterruptibleMask((restore) =>
        Effect.withFiber<A, E | E2>((parent) => {
          const child = Effect.runForkWith(parent.context)(self)
          const exit = child.pollUnsafe()
          if (exit !== undefined) return exit
          const endsAt = elapsed(parent.getRef(Clock.Clock)) + millis
          let call: Running | undefined
          const ended = Effect.callback<A, E | E2>((resume) => {
            const added: Running = {
              endsAt,
              expire: () => {
                running.delete(added)
                resume(Effect.andThen(Fiber.interrupt(child), Effect.suspend(late)))
              }
            }
            call = added
            running.add(added)
            child.addObserver((exit) => {
              running.delete(added)
              resume(exit)
            })
            if (endsAt < watchedUntil || watch === undefined) {
              watchedUntil = endsAt
              watch?.interruptUnsafe()
              watch = Fiber.runIn(Effect.runForkWith(parent.context)(watching), scope)
            }
          })
          // Masked, so that an interruption that is already under way ends the child as well.
          return Effect.onInterrupt(restore(ended), () => {
            if (call !== undefined) running.delete(call)
            return Fiber.interrupt(child)
          })
        })
      )
  }
})
