/**
 * Days in China, as statistics are counted by.
 */

/** Milliseconds of a day. */
export const day = 24 * 3600_000

const offset = 8 * 3600_000

/** The midnight before a time, in milliseconds of the epoch. */
export const midnight = (at: number): number => Math.floor((at + offset) / day) * day - offset

/** The midnights of all days from one time to another. */
export const daysOf = (first: number, last: number): ReadonlyArray<number> => {
  const days: Array<number> = []
  for (let start = midnight(first); start <= midnight(last); start += day) days.push(start)
  return days
}
