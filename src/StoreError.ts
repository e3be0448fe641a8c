/**
 * The failure of a store that keeps what must outlive a process: suite tickets, permanent codes, apps.
 */
import * as Schema from "effect/Schema"
import { TransportFailed, WeComError } from "./WeComError.ts"

/** A store could not be reached, took too long, or returned garbage. Holds nothing of what is stored. */
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
  toWeComError(endpoint: string): WeComError {
    return new WeComError({
      endpoint,
      reason: new TransportFailed({ description: this.message, timedOut: false, repeatable: true })
    })
  }
}
