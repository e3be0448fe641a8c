/**
 * Where fields, records and views are, and which page of them is meant.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** A sheet of a smart sheet. */
export const place = { docid: Schema.NonEmptyString, sheet_id: Schema.NonEmptyString }

/** A page of what a sheet has. */
export const page = Wire.optionals({
  /** From 0. */
  offset: Wire.intFrom(0),
  /** At most 1000. Default: 1000. */
  limit: Wire.intBetween(0, 1000)
})

/** What a page says of itself. */
export const paged = Wire.optionals({
  total: Wire.int,
  has_more: Schema.Boolean,
  /** `offset` of the next page. */
  next: Wire.int
})
