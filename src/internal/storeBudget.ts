/**
 * How long a shared store may take: a broken one must not hold up calls.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

const budget = Duration.millis(250)

/** In two steps: when this process was busy for the whole budget, an answer that has come meanwhile is seen first. */
const tooLate = Effect.sleep(Duration.times(budget, 0.5)).pipe(
  Effect.andThen(Effect.sleep(Duration.times(budget, 0.5))),
  Effect.andThen(Effect.fail({ message: `no answer within ${Duration.format(budget)}` }))
)

/** Fails when a store takes longer than 250 ms. */
export const withinStoreBudget = <A, E, R>(
  operation: Effect.Effect<A, E, R>
): Effect.Effect<A, E | { readonly message: string }, R> => Effect.raceFirst(operation, tooLate)
