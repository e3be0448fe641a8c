/** What grids, categories and reports have in common. */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** Names of grids and categories: at most 30 characters. */
export const name = Wire.chars(30)

/** Which reports to list. */
export const orderFilter = Wire.optionals({
  /** Only reports that were created after it. */
  begin_create_time: Wire.time,
  /** Only reports that were changed after it. */
  begin_modify_time: Wire.time,
  /** Of the page before, with the same times. Default: from the beginning. */
  cursor: Schema.String,
  /** 1 to 50. Default: 20. */
  limit: Wire.intBetween(1, 50)
})
