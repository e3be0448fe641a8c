/**
 * The failure of a store that keeps what must outlive a process: suite tickets, permanent codes, apps.
 */
import * as Effect from "effect/Effect"
import type * as Redis from "effect/persistence/Redis"
import * as Schema from "effect/Schema"
import { codeOf } from "./internal/store/redisFailure.ts"
import * as WeComError from "./WeComError.ts"

/** A store could not be reached, took too long, or answered garbage. Holds nothing of what is stored. */
export class StoreError extends Schema.TaggedError<StoreError>("effect-wecom/StoreError")("StoreError", {
  /** Such as `suite tickets`. */
  store: Schema.String,
  operation: Schema.String,
  description: Schema.String
}) {
  override get message(): string {
    return `store of ${this.store}, ${this.operation}: ${this.description}`
  }

  /** The same as the failure of a call that needed what is stored: the call may be repeated. */
  toWeComError(endpoint: string): WeComError.WeComError {
    return new WeComError.WeComError({
      endpoint,
      reason: new WeComError.TransportFailed({ description: this.message, timedOut: false, repeatable: true })
    })
  }
}

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
