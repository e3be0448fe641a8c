/**
 * Deadlines for calls, at the cost of one fiber each: `Effect.timeout` costs two and a timer, a third of a whole call.
 * One sleeping fiber watches the deadlines of all calls.
 */
import type * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"
import * as Tracer from "effect/Tracer"

/** How long a call may take. */
export interface Limit {
  readonly duration: Duration.Input
  /** When it began, as {@link elapsed} has it. */
  readonly since: number
  /** The span that it runs in. */
  readonly span: Tracer.AnySpan
}

/** Runs an effect for so long; `late` is what happens after that, once the effect has been interrupted. */
export type Deadlines = <A, E, E2>(
  self: Effect.Effect<A, E>,
  limit: Limit,
  late: () => Effect.Effect<A, E2>
) => Effect.Effect<A, E | E2>

/** Milliseconds of a clock that nobody sets: deadlines hold also where the time of day is corrected. */
export const elapsed = (clock: Clock.Clock): number => millisOf(clock.monotonicTimeNanosUnsafe())

/** The same from what the clock says. */
export const millisOf = (nanos: bigint): number => Number(nanos) / 1e6

interface Running {
  readonly endsAt: number
  readonly expire: () => void
  /** Where it stands among those that run; -1 once it has ended. */
  index: number
}

/** Deadlines without a scope, each with its own timer: for calls that are rare. */
export const plain: Deadlines = (self, { duration, span }, late) =>
  Effect.timeoutOrElse(Effect.provideService(self, Tracer.ParentSpan, span), { duration, orElse: late })

/** Deadlines whose watch ends with the scope. */
export const make: Effect.Effect<Deadlines, never, Scope.Scope> = Effect.map(Effect.scope, (scope) => {
  // No `Set`: its tables, grown old, keep calls that have ended from being collected while young.
  const running: Array<Running> = []
  let watchedUntil = Infinity
  let watch: Fiber.Fiber<void> | undefined

  const add = (call: Running): void => {
    call.index = running.push(call) - 1
  }

  /** The last one takes its place. */
  const remove = (call: Running): void => {
    if (call.index < 0) return
    const last = running.pop()
    if (last !== undefined && last !== call) {
      running[call.index] = last
      last.index = call.index
    }
    call.index = -1
  }

  const next = (): number => {
    let earliest = Infinity
    for (const { endsAt } of running) if (endsAt < earliest) earliest = endsAt
    return earliest
  }

  /** Sleeps until the earliest deadline, lets go of what is late, and ends when nothing is left. */
  const watching: Effect.Effect<void> = Effect.clockWith((clock) => {
    const now = elapsed(clock)
    for (const call of running.filter(({ endsAt }) => endsAt <= now)) call.expire()
    watchedUntil = next()
    return watchedUntil === Infinity
      ? Effect.sync(() => {
        watch = undefined
      })
      : Effect.andThen(Effect.sleep(Duration.millis(Math.max(watchedUntil - now, 1))), Effect.suspend(() => watching))
  })

  return <A, E, E2>(
    self: Effect.Effect<A, E>,
    { duration, since, span }: Limit,
    late: () => Effect.Effect<A, E2>
  ) => {
    const millis = Duration.toMillis(duration)
    if (millis === Infinity) return Effect.provideService(self, Tracer.ParentSpan, span)
    return Effect.withFiber<A, E | E2>((parent) =>
      // All within the registration: whatever interrupts the parent from here on finds the finalizer.
      Effect.callback((resume) => {
        const child = Effect.runForkWith(Context.add(parent.context, Tracer.ParentSpan, span))(self)
        const exit = child.pollUnsafe()
        if (exit !== undefined) return resume(exit)
        const call: Running = {
          endsAt: since + millis,
          expire: () => {
            remove(call)
            resume(Effect.andThen(Fiber.interrupt(child), Effect.suspend(late)))
          },
          index: -1
        }
        add(call)
        child.addObserver((exit) => {
          remove(call)
          resume(exit)
        })
        if (call.endsAt < watchedUntil || watch === undefined) {
          watchedUntil = call.endsAt
          watch?.interruptUnsafe()
          watch = Fiber.runIn(Effect.runForkWith(parent.context)(watching), scope)
        }
        return Effect.suspend(() => {
          remove(call)
          return Fiber.interrupt(child)
        })
      })
    )
  }
})
