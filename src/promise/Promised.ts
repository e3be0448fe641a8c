/**
 * The types of the promise facade, derived from those of the services.
 */
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"

/** A method with a promise in place of its effect, or an async iterable in place of its stream. */
export type PromisedMethod<M> = M extends (...input: infer I) => Effect.Effect<infer A, infer _E> ?
  (...input: I) => Promise<A>
  : M extends (...input: infer I) => Stream.Stream<infer A, infer _E> ? (...input: I) => AsyncIterable<A>
  : never

/** A service with promises in place of effects, and async iterables in place of streams. */
export type Promised<Service> = { readonly [Method in keyof Service]: PromisedMethod<Service[Method]> }
