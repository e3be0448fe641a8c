/**
 * A clock that can be set ahead: for tests in other languages, which cannot wait two hours for a token to end.
 */
import type * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** A clock ahead of another one. */
export interface ShiftedClock extends Clock.Clock {
  /** Sets it ahead; what sleeps wakes up if its time has come. */
  readonly advance: (by: Duration.Input) => Effect.Effect<void>
  /** Whether it was ever set ahead. */
  readonly isAhead: () => boolean
}

/** A clock that goes with another one. */
export const make = (base: Clock.Clock): ShiftedClock => {
  let ahead = 0
  let changed = Deferred.makeUnsafe<void>()
  const aheadNanos = () => BigInt(ahead) * 1_000_000n
  const now = () => base.currentTimeMillisUnsafe() + ahead
  const until = (time: number): Effect.Effect<void> =>
    Effect.suspend(() => {
      const left = time - now()
      return left <= 0
        ? Effect.void
        : Effect.andThen(Effect.raceFirst(base.sleep(Duration.millis(left)), Deferred.await(changed)), until(time))
    })
  return {
    currentTimeMillisUnsafe: now,
    currentTimeMillis: Effect.sync(now),
    currentTimeNanosUnsafe: () => base.currentTimeNanosUnsafe() + aheadNanos(),
    currentTimeNanos: Effect.sync(() => base.currentTimeNanosUnsafe() + aheadNanos()),
    monotonicTimeNanosUnsafe: () => base.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: base.monotonicTimeNanos,
    sleep: (duration) =>
      Duration.isFinite(duration)
        ? Effect.suspend(() => until(now() + Duration.toMillis(duration)))
        : base.sleep(duration),
    advance: (by) =>
      Effect.suspend(() => {
        ahead += Duration.toMillis(Duration.fromInputUnsafe(by))
        const before = changed
        changed = Deferred.makeUnsafe()
        return Effect.asVoid(Deferred.succeed(before, undefined))
      }),
    isAhead: () => ahead > 0
  }
}
