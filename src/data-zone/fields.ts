/**
 * Fields that the endpoints of the data zone share.
 */
import * as Wire from "../Wire.ts"

/** Where to continue reading messages. */
export const since = Wire.optionals({
  /** The `next_cursor` of the page before, at most 128 bytes. Default: the oldest message of the last 3 days. */
  cursor: Wire.text(128),
  /** That of the callback, valid for 10 minutes; at most 128 bytes. */
  token: Wire.text(128),
  /** Default: 200. */
  limit: Wire.intBetween(1, 1000)
})

/** Which program of the data zone: one that is authorised to the app. */
export const program = { program_id: Wire.filledText }

/** Which job. */
export const job = { jobid: Wire.filledText }
