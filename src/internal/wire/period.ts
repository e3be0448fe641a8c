/**
 * The checks of the two times that many queries are limited by.
 */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { day, midnight } from "./days.ts"

/**
 * For a struct with two times: the second, where there is one, is not before the first, nor more than `days` days after
 * it.
 */
export const period = <const Start extends string, const End extends string>(start: Start, end: End, days: number) =>
  checked(start, end, days, DateTime.toEpochMillis)

/** The same for times that the vendor cuts down to the midnight before: the days that they are of count. */
export const periodOfDays = <const Start extends string, const End extends string>(
  start: Start,
  end: End,
  days: number
) => checked(start, end, days, (time) => midnight(DateTime.toEpochMillis(time)))

const checked = <const Start extends string, const End extends string>(
  start: Start,
  end: End,
  days: number,
  read: (time: DateTime.Utc) => number
) =>
  Schema.makeFilter(
    (value: { readonly [K in Start]: DateTime.Utc } & { readonly [K in End]?: DateTime.Utc | undefined }) => {
      const last = value[end]
      if (last === undefined) return true
      const length = read(last) - read(value[start])
      return length < 0
        ? { path: [end], issue: `must not be before ${start}` }
        : length > days * day
        ? { path: [end], issue: `at most ${days} days after ${start} are allowed` }
        : true
    }
  )
