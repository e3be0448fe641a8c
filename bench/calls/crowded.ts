import { Context, Effect } from "effect"

/** Adds so many services, which nobody asks for, to the context of an effect. */
export const crowded = (services: number) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Array.from({ length: services }, (_, index) => Context.Reference(`bench/${index}`, { defaultValue: () => 0 }))
    .reduce((effect, service) => Effect.provideService(effect, service, 1), self)
