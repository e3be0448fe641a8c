/**
 * Fields that the endpoints of the enterprise archive share.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** Whose. */
export const owner = {
  userid: Wire.filledText,
  /** Whether the member has left the corp. Default: false. */
  is_resigned: Wire.optional(Wire.flag)
}

/** One page of up to 100. */
export const paged = Wire.optionals({
  cursor: Schema.String,
  /** Default: 100. */
  limit: Wire.intBetween(1, 100)
})
