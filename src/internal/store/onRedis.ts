/**
 * What stores on Redis have in common.
 */
import * as Effect from "effect/Effect"
import type * as Redis from "effect/persistence/Redis"
import { StoreError } from "../../StoreError.ts"
import { codeOf } from "./redisFailure.ts"

/** A Redis operation as one of a store: at most a second, and nothing of its arguments is told. */
export const onRedis =
  (store: string, operation: string) =>
  <A>(self: Effect.Effect<A, Redis.RedisError | StoreError>): Effect.Effect<A, StoreError> =>
    self.pipe(
      Effect.catchTag("RedisError", ({ cause }) =>
        Effect.fail(new StoreError({ store, operation, description: codeOf(cause) }))),
      Effect.timeoutOrElse({
        duration: "1 second",
        orElse: () =>
          Effect.fail(new StoreError({ store, operation, description: "no answer within a second" }))
      })
    )
