/** 管理日历, 管理日程. */
import * as DateTime from "effect/DateTime"
import type { Calendar } from "../../../oa/calendars/Calendars.ts"
import {
  CalendarPermission,
  Calendars,
  CalendarShare,
  CreatedCalendar,
  FailedShare,
  UpdatedCalendar
} from "../../../oa/calendars/Calendars.ts"
import { ScheduleReminders } from "../../../oa/calendars/Reminders.ts"
import type { SchedulePage } from "../../../oa/calendars/Schedules.ts"
import { OccurrenceMode, Schedule, Schedules } from "../../../oa/calendars/Schedules.ts"
import type { Caller } from "../../engine/Collection.ts"
import { Refusal, refuse, route } from "../../engine/Route.ts"
import { seenMember } from "../../engine/Sight.ts"
import * as State from "./Calendars.ts"
import { repeats, startsAt } from "./occurrences.ts"

const calendarCodes = { "calendar.color": 90473, "calendar.public_range": 90483 }

const scheduleCodes = {
  "schedule.attendees": 90464,
  "schedule.reminders.remind_time_diffs": 90704,
  "schedule.reminders.remind_before_event_secs": 90471,
  "schedule.reminders.timezone": 90480,
  "schedule.reminders.repeat_type": 90465,
  "schedule.reminders.repeat_interval": 90486,
  "schedule.reminders.repeat_day_of_week": 90467,
  "schedule.reminders.repeat_day_of_month": 90487,
  "schedule.reminders.is_repeat": 90484
}

const occurrenceCodes = { op_mode: 90485, op_start_time: 90482 }

export const calendars = [
  route(Calendars.endpoints.create, (call) => {
    const { app, corp, input: { calendar } } = call
    const { fail_result, shares } = share(call, calendar.shares)
    administered(calendar.admins, shares.map(({ userid }) => userid))
    const { calendar: { cal_id } } = State.calendars.add(call, (cal_id) => ({
      calendar: State.calendarFrom({ ...calendar, cal_id }, calendar, shares),
      isDeleted: false
    }))
    if (calendar.set_as_default === true) State.defaults(corp).set(app, cal_id)
    return new CreatedCalendar({ cal_id, fail_result })
  }, calendarCodes),

  route(Calendars.endpoints.update, (call) => {
    const { calendar, skip_public_range } = call.input
    const before = State.calendarOf(call, calendar.cal_id)
    const { fail_result, shares } = share(call, calendar.shares)
    administered(calendar.admins, shares.map(({ userid }) => userid))
    const public_range = skip_public_range === true ? before.public_range : calendar.public_range
    if (public_range === undefined && (before.is_public === true || before.is_corp_calendar === true)) refuse(90483)
    State.putCalendar(call, State.calendarFrom(before, { ...calendar, public_range }, shares))
    return new UpdatedCalendar({ fail_result })
  }, calendarCodes),

  route(Calendars.endpoints.getMany, (call) => {
    const ids = new Set(call.input.cal_id_list)
    return State.calendars.list(call, ({ id, value }) => ids.has(id) && !value.isDeleted)
      .map(({ calendar }) => calendar)
  }, { cal_id_list: 90458 }),

  route(Calendars.endpoints.delete, (call) => {
    State.calendarOf(call, call.input.cal_id)
    State.deleteCalendar(call, call.input.cal_id)
  }),

  route(Schedules.endpoints.create, (call) => {
    const { schedule } = call.input
    const { cal_id, shares } = schedule.cal_id === undefined ? defaultOf(call) : State.calendarOf(call, schedule.cal_id)
    const userids = invited(call, schedule.attendees)
    administered(schedule.admins, [...userids, ...shares.map(({ userid }) => userid)])
    return add(call, cal_id, (place) => State.scheduleFrom(schedule, place, userids))
  }, scheduleCodes),

  route(Schedules.endpoints.update, (call) => {
    const { op_mode, op_start_time, schedule, skip_attendees } = call.input
    const before = State.scheduleOf(call, schedule.schedule_id)
    if (State.booked(call.corp).has(schedule.schedule_id)) refuse(90700)
    if (State.byMail(call.corp).has(schedule.schedule_id)) refuse(90497)
    const { cal_id = "", shares = [] } = before.cal_id === undefined ? {} : State.calendarOf(call, before.cal_id)
    const userids = skip_attendees === true
      ? before.attendees.map(({ userid }) => userid)
      : invited(call, schedule.attendees)
    administered(schedule.admins, [...userids, ...shares.map(({ userid }) => userid)])
    if (cut(call, before, op_mode, op_start_time) === "whole") {
      State.putSchedule(call, State.scheduleFrom(schedule, before, userids))
      return undefined
    }
    return add(
      call,
      cal_id,
      (place) => State.scheduleFrom(schedule, { ...place, attendees: before.attendees }, userids)
    )
  }, { ...scheduleCodes, ...occurrenceCodes }),

  route(Schedules.endpoints.addAttendees, (call) => {
    const schedule = State.scheduleOf(call, call.input.schedule_id)
    const attendees = State.attending(schedule.attendees, [
      ...schedule.attendees.map(({ userid }) => userid),
      ...invited(call, call.input.attendees)
    ])
    if (attendees.length > 1000) refuse(90464)
    State.putSchedule(call, new Schedule({ ...schedule, attendees }))
  }, { attendees: 90464 }),

  route(Schedules.endpoints.removeAttendees, (call) => {
    const schedule = State.scheduleOf(call, call.input.schedule_id)
    const leaving = new Set(call.input.attendees.map(({ userid }) => userid.toLowerCase()))
    const attendees = schedule.attendees.filter(({ userid }) => !leaving.has(userid.toLowerCase()))
    State.putSchedule(call, new Schedule({ ...schedule, attendees }))
  }, { attendees: 90464 }),

  route(Schedules.endpoints.listByCalendar, (call) => {
    const { cal_id, limit = 500, offset = 0 } = call.input
    State.calendarOf(call, cal_id)
    return {
      schedule_list: State.schedules.list(call, ({ value }) => value.cal_id === cal_id)
        .slice(offset, offset + limit)
        .map((schedule) => new Schedule({ ...schedule, attendees: schedule.attendees.slice(0, 300) }))
    } satisfies SchedulePage
  }, { limit: 90469, offset: 90470 }),

  route(Schedules.endpoints.getMany, (call) => {
    const ids = new Set(call.input.schedule_id_list)
    return State.schedules.list(call, ({ id }) => ids.has(id))
      .map((schedule) => new Schedule({ ...schedule, sequence: undefined }))
  }, { schedule_id_list: 90462 }),

  route(Schedules.endpoints.cancel, (call) => {
    const { op_mode, op_start_time, schedule_id } = call.input
    const schedule = State.scheduleOf(call, schedule_id)
    if (cut(call, schedule, op_mode, op_start_time) === "whole") State.cancel(call, schedule)
  }, occurrenceCodes)
]

/** Who gets a calendar, and who cannot. */
const share = (
  call: Caller,
  wanted: ReadonlyArray<{ readonly userid: string; readonly permission?: CalendarShare["permission"] }> = []
) => {
  const failed: Array<FailedShare> = []
  const shares = wanted.flatMap(({ permission = CalendarPermission.View, userid }) => {
    try {
      return [new CalendarShare({ userid: seenMember(call, userid).user.userid, permission })]
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failed.push(new FailedShare({ userid, errcode: error.errcode, errmsg: error.message }))
      return []
    }
  })
  return { shares, fail_result: failed.length === 0 ? undefined : { shares: failed } }
}

/** Refuses administrators who have it not. */
const administered = (admins: ReadonlyArray<string> = [], userids: ReadonlyArray<string>): void => {
  const having = new Set(userids.map((userid) => userid.toLowerCase()))
  if (!admins.every((userid) => having.has(userid.toLowerCase()))) refuse(90492)
}

/** The members who are invited, all of whom the app has to see. */
const invited = (call: Caller, attendees: ReadonlyArray<{ readonly userid: string }> = []): ReadonlyArray<string> =>
  attendees.map(({ userid }) => seenMember(call, userid).user.userid)

/** The default calendar of an app, which is made when it is first needed. */
const defaultOf = (call: Caller): Calendar => {
  const of = State.defaults(call.corp)
  const known = of.get(call.app)
  if (known !== undefined) return State.calendarOf(call, known)
  if (call.app.origin === "third-party") return refuse(90457)
  const { calendar } = State.calendars.add(call, (cal_id) => ({
    calendar: State.calendarFrom({ cal_id }, { summary: call.app.name, color: "#0000FF" }, []),
    isDeleted: false
  }))
  of.set(call.app, calendar.cal_id)
  return calendar
}

type Place = Pick<Schedule, "attendees" | "cal_id" | "schedule_id" | "sequence">

/** Puts a new schedule into a calendar; returns its id. */
const add = (call: Caller, cal_id: string, make: (place: Place) => Schedule): string =>
  State.schedules.add(
    call,
    (schedule_id) => make({ schedule_id, cal_id, sequence: `${call.world.next()}`, attendees: [] })
  )
    .schedule_id

/** Takes occurrences out of a schedule, unless the whole of it is meant. */
const cut = (
  call: Caller,
  schedule: Schedule,
  mode: typeof OccurrenceMode.values[number] = OccurrenceMode.All,
  start?: DateTime.Utc | undefined
): "whole" | "part" => {
  if (mode === OccurrenceMode.All) return "whole"
  const { reminders, start_time } = schedule
  if (reminders === undefined || !repeats(schedule)) return refuse(90485)
  if (start === undefined || start_time === undefined || !startsAt(schedule, start)) return refuse(90482)
  if (mode === OccurrenceMode.ThisAndLater && DateTime.Equivalence(start, start_time)) return "whole"
  State.putSchedule(
    call,
    new Schedule({
      ...schedule,
      reminders: new ScheduleReminders(
        mode === OccurrenceMode.This
          ? { ...reminders, exclude_time_list: [...reminders.exclude_time_list, { start_time: start }] }
          : { ...reminders, repeat_until: DateTime.subtract(start, { seconds: 1 }) }
      )
    })
  )
  return "part"
}
