import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

/** Whether an effect has no steps left: `Exit.isExit`, its types kept. */
export const isKnown = <A, E>(effect: Effect.Effect<A, E, unknown>): effect is Exit.Exit<A, E> => Exit.isExit(effect)
