/**
 * How long a shared store may take: a broken one must not hold up calls.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/**
 * Fails when a store takes longer than its budget; in two steps, so that an answer that has come while this process was
 * busy for the whole budget is seen first.
 */
export const withinBudget = (
  input: Duration.Input
): <A, E, R>(operation: Effect.Effect<A, E, R>) => Effect.Effect<A, E | { readonly message: string }, R> => {
  const budget = Duration.fromInputUnsafe(input)
  const half = Effect.sleep(Duration.times(budget, 0.5))
  const tooLate = Effect.andThen(
    Effect.andThen(half, half),
    Effect.failSync(() => ({ message: `no answer within ${Duration.format(budget)}` }))
  )
  return (operation) => Effect.raceFirst(operation, tooLate)
}
