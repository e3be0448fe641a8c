/**
 * Days in China, as WeCom counts statistics by.
 */
import * as Schema from "effect/Schema"

/** Milliseconds of a day. */
export const day = 24 * 3600_000

const offset = 8 * 3600_000

/** The midnight before a time, in milliseconds of the epoch. */
export const midnight = (at: number): number => Math.floor((at + offset) / day) * day - offset

/** A day as text, such as `2026-03-27`. */
export const date: Schema.String = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/, { message: "expected a day, such as 2026-03-27" })
)
