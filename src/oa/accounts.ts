/**
 * 高级功能账号: what mail, documents, the drive, meetings and security have in common where they give members advanced
 * functions.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** Whom to give them, or to take them from: members whom the app may see. */
export const members = {
  /** 1 to 100 userids. */
  userid_list: Wire.items(Schema.NonEmptyString, 100, 1)
}

/** Which page of those who have them. */
export const paged = Wire.optionals({
  cursor: Schema.String,
  /** Default: 100. A page may hold fewer and not be the last. */
  limit: Wire.intBetween(1, 200)
})

/** Whom a change has reached, by userid. */
export const changes = {
  /** Those whom it did not change are among them. */
  succ_userid_list: Wire.list(Schema.String),
  /** For `PartialResult.failOnPartialBy`. */
  fail_userid_list: Wire.list(Schema.String)
}

/** One page of those who have them, by userid. */
export const page = {
  userid_list: Wire.list(Schema.String),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}

/** A job that WeCom has begun. */
export const job = {
  jobid: Schema.String,
  /** Userids that are unknown, or not in the app's visible range: they are left out of the job. */
  invalid_userid_list: Wire.list(Schema.String)
}

/** Which job. */
export const ofJob = { jobid: Wire.filledText }
