/**
 * Days in China, as statistics are counted by.
 */
import { day, midnight } from "../internal/wire/days.ts"

export { day, midnight } from "../internal/wire/days.ts"

/** The midnights of all days from one time to another. */
export const daysOf = (first: number, last: number): ReadonlyArray<number> => {
  const days: Array<number> = []
  for (let start = midnight(first); start <= midnight(last); start += day) days.push(start)
  return days
}
