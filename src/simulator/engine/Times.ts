/**
 * Times, and days in China as statistics are counted by.
 */
import * as DateTime from "effect/DateTime"
import { day, midnight } from "../../internal/wire/days.ts"

export { day, midnight } from "../../internal/wire/days.ts"

/** The midnights of all days from one time to another. */
export const daysOf = (first: number, last: number): ReadonlyArray<number> => {
  const days: Array<number> = []
  for (let start = midnight(first); start <= midnight(last); start += day) days.push(start)
  return days
}

/** In what answers have of a time. */
export const timeOf = (at: number): DateTime.Utc => DateTime.makeUnsafe(at)
