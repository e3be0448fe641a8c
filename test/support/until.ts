/**
 * What takes real time under a test's own clock: Web Cryptography, to begin with, which names the source of a token.
 */
import { Effect } from "effect"
import { TestClock } from "effect/testing"

/** Waits in real time, while the test's clock stands, until this is so. */
export const until = <E, R>(so: Effect.Effect<boolean, E, R>) =>
  Effect.repeat(Effect.andThen(TestClock.withLive(Effect.sleep("5 millis")), so), { until: (so) => so }).pipe(
    Effect.asVoid
  )
