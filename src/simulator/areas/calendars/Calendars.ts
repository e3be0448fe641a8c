/** What the simulator knows of calendars and their schedules. */
import type * as DateTime from "effect/DateTime"
import type * as CalendarEvents from "../../../callback/events/CalendarEvents.ts"
import type { CalendarShare } from "../../../oa/calendars/Calendars.ts"
import { Calendar, CalendarRange } from "../../../oa/calendars/Calendars.ts"
import { type RepeatType, ScheduleReminders } from "../../../oa/calendars/Reminders.ts"
import { ScheduleAttendee, ScheduleResponse } from "../../../oa/calendars/ScheduleAttendee.ts"
import { type NewSchedule, Schedule, type ScheduleEdit } from "../../../oa/calendars/Schedules.ts"
import { ScheduleStatus } from "../../../oa/calendars/ScheduleStatus.ts"
import { event, type Telling, toApp } from "../../engine/Audience.ts"
import * as Collection from "../../engine/Collection.ts"
import { refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import type { App } from "../../engine/World.ts"

/** A calendar, as it is kept: the id of one that was deleted is still known. */
export interface KeptCalendar {
  readonly calendar: Calendar
  readonly isDeleted: boolean
}

/** 日历. */
export const calendars = Collection.make<KeptCalendar>("calendars/calendars", {
  id: (world) => world.id("wc"),
  missing: 90457,
  foreign: 90466
})

/** 日程. */
export const schedules = Collection.make<Schedule>("calendars/schedules", {
  id: (world) => world.id("schedule-"),
  missing: 90461,
  foreign: 90466
})

/** The id of the default calendar of an app. */
export const defaults = State.make("calendars/defaults", () => new Map<App, string>())

/** The schedules that a meeting room is booked for: they are not changed before the booking is cancelled. */
export const booked = State.make("calendars/booked", () => new Set<string>())

/** The schedules that a mail has made: another mail changes them, and nothing else. */
export const byMail = State.make("calendars/byMail", () => new Set<string>())

/** A calendar that is not deleted. */
export const calendarOf = (call: Collection.Caller, id: string): Calendar => {
  const { calendar, isDeleted } = calendars.get(call, id)
  return isDeleted ? refuse(90459) : calendar
}

/** A schedule that is not cancelled. */
export const scheduleOf = (call: Collection.Caller, id: string): Schedule => {
  const schedule = schedules.get(call, id)
  return schedule.status === ScheduleStatus.Cancelled ? refuse(90460) : schedule
}

/** Puts a calendar into the place of what it was. */
export const putCalendar = (call: Collection.Caller, calendar: Calendar): void =>
  void calendars.update(call, calendar.cal_id, (kept) => ({ ...kept, calendar }))

/** Deletes a calendar, and cancels what is in it. */
export const deleteCalendar = (call: Collection.Caller, id: string): void => {
  calendars.update(call, id, (kept) => ({ ...kept, isDeleted: true }))
  for (const schedule of schedules.list(call, ({ value }) => value.cal_id === id)) cancel(call, schedule)
}

/** Puts a schedule into the place of what it was. */
export const putSchedule = (call: Collection.Caller, schedule: Schedule): void =>
  void schedules.update(call, schedule.schedule_id, () => schedule)

/** Cancels a schedule, which can still be read. */
export const cancel = (call: Collection.Caller, schedule: Schedule): void =>
  putSchedule(call, new Schedule({ ...schedule, status: ScheduleStatus.Cancelled }))

/** What may be said of a calendar, when it is made or changed. */
interface Details {
  readonly summary: string
  readonly color: string
  readonly description?: string | undefined
  readonly admins?: ReadonlyArray<string> | undefined
  readonly public_range?: {
    readonly userids?: ReadonlyArray<string> | undefined
    readonly partyids?: ReadonlyArray<number> | undefined
  } | undefined
}

/** A calendar as its details say, and whom it is shared with. */
export const calendarFrom = (
  before: Pick<Calendar, "cal_id" | "is_corp_calendar" | "is_public">,
  details: Details,
  shares: ReadonlyArray<CalendarShare>
): Calendar =>
  new Calendar({
    cal_id: before.cal_id,
    is_public: before.is_public,
    is_corp_calendar: before.is_corp_calendar,
    summary: details.summary,
    color: details.color,
    description: details.description,
    admins: details.admins ?? [],
    public_range: details.public_range === undefined ? undefined : new CalendarRange({
      userids: details.public_range.userids ?? [],
      partyids: details.public_range.partyids ?? []
    }),
    shares
  })

/** A schedule as it is written, with these attendees; who attended before keeps the response. */
export const scheduleFrom = (
  written: NewSchedule | ScheduleEdit,
  { attendees, ...rest }: Pick<Schedule, "attendees" | "cal_id" | "schedule_id" | "sequence">,
  userids: ReadonlyArray<string>
): Schedule =>
  new Schedule({
    ...rest,
    start_time: written.start_time,
    end_time: written.end_time,
    is_whole_day: written.is_whole_day,
    summary: written.summary ?? "新建事件",
    description: written.description,
    location: written.location,
    admins: written.admins ?? [],
    attendees: attending(attendees, userids),
    reminders: written.reminders === undefined ? undefined : remindersFrom(written.reminders),
    status: ScheduleStatus.Normal
  })

/** Who attends, each once: those who did before with their response. */
export const attending = (
  before: ReadonlyArray<ScheduleAttendee>,
  userids: ReadonlyArray<string>
): ReadonlyArray<ScheduleAttendee> =>
  [...new Set(userids)].map((userid) =>
    before.find((attendee) => attendee.userid === userid) ??
      new ScheduleAttendee({ userid, response_status: ScheduleResponse.Pending })
  )

/** All that a rule may say, whichever it is. */
interface Rule {
  readonly is_remind?: boolean | undefined
  readonly remind_before_event_secs?: number | undefined
  readonly remind_time_diffs?: ReadonlyArray<number> | undefined
  readonly timezone?: number | undefined
  readonly is_repeat?: boolean | undefined
  readonly repeat_type?: typeof RepeatType.values[number] | undefined
  readonly repeat_until?: DateTime.Utc | undefined
  readonly is_custom_repeat?: boolean | undefined
  readonly repeat_interval?: number | undefined
  readonly repeat_day_of_week?: ReadonlyArray<number> | undefined
  readonly repeat_day_of_month?: ReadonlyArray<number> | undefined
}

const remindersFrom = (rule: Rule): ScheduleReminders =>
  new ScheduleReminders({
    ...rule,
    timezone: rule.timezone ?? 8,
    remind_time_diffs: rule.remind_time_diffs ?? [],
    repeat_day_of_week: rule.repeat_day_of_week ?? [],
    repeat_day_of_month: rule.repeat_day_of_month ?? [],
    exclude_time_list: []
  })

/** Tells the app that made a calendar what a member did to it. */
export const didToCalendar = (
  app: App,
  userid: string,
  Event: typeof CalendarEvents.CalendarModified | typeof CalendarEvents.CalendarDeleted,
  CalId: string
): Telling => toApp(app, event(Event, { CalId }, userid))

/** Tells the app that made a schedule what a member did to it. */
export const didToSchedule = (
  app: App,
  userid: string,
  Event:
    | typeof CalendarEvents.ScheduleModified
    | typeof CalendarEvents.ScheduleDeleted
    | typeof CalendarEvents.ScheduleResponded,
  { cal_id = "", schedule_id }: Schedule
): Telling => toApp(app, event(Event, { CalId: cal_id, ScheduleId: schedule_id }, userid))
