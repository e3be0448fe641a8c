/**
 * What the types of calendars, rooms and broadcasts allow, and what they refuse.
 */
import { DateTime } from "effect"
import {
  type Calendar,
  type Calendars,
  OccurrenceMode,
  Reminders,
  type Schedule,
  type Schedules
} from "effect-wecom/oa/calendars"
import { type Livings, LivingType } from "effect-wecom/oa/living"

declare const calendars: Calendars["Service"]
declare const calendar: Calendar
declare const schedules: Schedules["Service"]
declare const schedule: Schedule
declare const livings: Livings["Service"]

const at = DateTime.makeUnsafe(0)
const times = { start_time: at, end_time: at }

// Every rule can be written out, and by its function among the reminders.
const rules: ReadonlyArray<Reminders.Reminders> = [
  { is_remind: true, remind_time_diffs: [Reminders.RemindTime.HourBefore] },
  { is_repeat: true, repeat_type: 0, repeat_until: at },
  { is_repeat: true, repeat_type: 1, is_custom_repeat: true, repeat_interval: 1, repeat_day_of_week: [1] },
  { is_repeat: true, repeat_type: 2, is_custom_repeat: true, repeat_interval: 1, repeat_day_of_month: [1] },
  { is_repeat: true, repeat_type: 5 },
  { is_repeat: true, repeat_type: 7 },
  { is_remind: true, remind_time_diffs: [-900], ...Reminders.weekly({ days: [1] }) },
  { is_remind: true, ...Reminders.workdays() }
]

// A rule has the fields that WeCom uses for it, and says that it repeats.
const refused: ReadonlyArray<Reminders.Reminders> = [
  // @ts-expect-error days of the week are of weekly rules
  { is_repeat: true, repeat_type: 7, repeat_day_of_week: [1] },
  // @ts-expect-error days of the month are of monthly rules
  { is_repeat: true, repeat_type: 1, repeat_day_of_month: [1] },
  // @ts-expect-error `is_repeat` is needed
  { repeat_type: 1 },
  // @ts-expect-error `repeat_type` is needed
  { is_repeat: true },
  // @ts-expect-error there is no such type
  { is_repeat: true, repeat_type: 3 }
]

// What is edited stays whole; what identifies it cannot change.
calendars.update({ calendar: calendar.edited({ summary: "日历" }), skip_public_range: true })
schedules.update({ schedule: schedule.edited() })
// @ts-expect-error the id is not to be changed
schedules.update({ schedule: schedule.edited({ schedule_id: "s2" }) })
// @ts-expect-error a calendar stays public or not
calendars.update({ calendar: calendar.edited({ is_public: true }) })

// An occurrence is named by its start.
schedules.cancel({ schedule_id: "s1" })
schedules.cancel({ schedule_id: "s1", op_mode: OccurrenceMode.All })
schedules.cancel({ schedule_id: "s1", op_mode: OccurrenceMode.This, op_start_time: at })
// @ts-expect-error which one
schedules.cancel({ schedule_id: "s1", op_mode: OccurrenceMode.This })
// @ts-expect-error the start of one, though all are cancelled
schedules.cancel({ schedule_id: "s1", op_start_time: at })
schedules.update({ schedule: { schedule_id: "s1", ...times }, op_mode: 2, op_start_time: at })
// @ts-expect-error which one
schedules.update({ schedule: { schedule_id: "s1", ...times }, op_mode: 2 })

// Pictures are of activities.
const reservation = { anchor_userid: "a", theme: "t", living_start: at, living_duration: 60 }
livings.create(reservation)
livings.create({ ...reservation, type: LivingType.Training, description: "培训" })
livings.create({ ...reservation, type: LivingType.Activity, activity_cover_mediaid: "M" })
// @ts-expect-error not an activity
livings.create({ ...reservation, activity_cover_mediaid: "M" })
// @ts-expect-error not an activity
livings.create({ ...reservation, type: LivingType.General, activity_cover_mediaid: "M" })

export { refused, rules }
