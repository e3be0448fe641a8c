/**
 * The checks of the two times that many queries are limited by.
 */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"

/** For a struct with two times: the second is not before the first, nor more than `days` days after it. */
export const period = <const Start extends string, const End extends string>(start: Start, end: End, days: number) =>
  Schema.makeFilter((value: { readonly [K in Start | End]: DateTime.Utc }) => {
    const length = DateTime.toEpochMillis(value[end]) - DateTime.toEpochMillis(value[start])
    return length < 0
      ? { path: [end], issue: `must not be before ${start}` }
      : length > Duration.toMillis(Duration.days(days))
      ? { path: [end], issue: `at most ${days} days after ${start} are allowed` }
      : true
  })
