/**
 * What the suites of stores say of a store that fails them.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** A store that does not do what it must. */
export class SuiteFailed extends Schema.TaggedError<SuiteFailed>("effect-wecom/SuiteFailed")(
  "SuiteFailed",
  { expectation: Schema.String }
) {
  override get message(): string {
    return this.expectation
  }
}

/** Fails with the expectation unless it holds. */
export const expect = (held: boolean, expectation: string): Effect.Effect<void, SuiteFailed> =>
  held ? Effect.void : Effect.fail(new SuiteFailed({ expectation }))
