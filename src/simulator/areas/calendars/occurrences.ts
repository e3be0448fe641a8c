/** When a schedule repeats. */
import * as DateTime from "effect/DateTime"
import { RepeatType } from "../../../oa/calendars/Reminders.ts"
import type { Schedule } from "../../../oa/calendars/Schedules.ts"

/** Whether a schedule repeats. */
export const repeats = ({ reminders }: Schedule): boolean => reminders?.is_repeat === true

/** Whether an occurrence of a schedule starts at a time, by its rule and in its time zone. */
export const startsAt = ({ reminders, start_time }: Schedule, time: DateTime.Utc): boolean => {
  if (start_time === undefined || reminders?.is_repeat !== true) return false
  const at = DateTime.toEpochMillis(time)
  if (at < DateTime.toEpochMillis(start_time)) return false
  if (reminders.repeat_until !== undefined && at > DateTime.toEpochMillis(reminders.repeat_until)) return false
  if (reminders.exclude_time_list.some((excluded) => DateTime.toEpochMillis(excluded.start_time) === at)) return false
  const first = partsOf(start_time, reminders.timezone)
  const that = partsOf(time, reminders.timezone)
  if (first.time !== that.time) return false
  const custom = reminders.is_custom_repeat === true
  const every = custom ? reminders.repeat_interval ?? 1 : 1
  const isOneOf = (days: ReadonlyArray<number>, day: number, otherwise: number) =>
    custom && days.length > 0 ? days.includes(day) : day === otherwise
  switch (reminders.repeat_type) {
    case RepeatType.Daily:
      return (that.day - first.day) % every === 0
    case RepeatType.Weekly:
      return isOneOf(reminders.repeat_day_of_week, that.weekday, first.weekday) &&
        (that.week - first.week) % every === 0
    case RepeatType.Monthly:
      return isOneOf(reminders.repeat_day_of_month, that.date, first.date) && (that.month - first.month) % every === 0
    case RepeatType.Yearly:
      return that.date === first.date && (that.month - first.month) % (12 * every) === 0
    case RepeatType.Workdays:
      return that.weekday <= 5
    default:
      return false
  }
}

/** A time in a zone: the number of its day, week and month, and where it stands in them. */
const partsOf = (time: DateTime.Utc, timezone = 8) => {
  const there = DateTime.add(time, { hours: timezone })
  const { day: date, month, weekDay, year } = DateTime.toPartsUtc(there)
  const day = Math.floor(DateTime.toEpochMillis(there) / 86_400_000)
  const weekday = weekDay === 0 ? 7 : weekDay
  return {
    time: DateTime.toEpochMillis(there) - day * 86_400_000,
    day,
    date,
    weekday,
    week: (day - weekday + 1) / 7,
    month: year * 12 + month
  }
}
