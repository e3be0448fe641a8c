/**
 * What members do about calendars and schedules in the client: each an act on the simulator of the context, which tells
 * the app that made them.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as CalendarEvents from "../../../callback/events/CalendarEvents.ts"
import { Calendar } from "../../../oa/calendars/Calendars.ts"
import { ScheduleAttendee, ScheduleResponse } from "../../../oa/calendars/ScheduleAttendee.ts"
import { Schedule } from "../../../oa/calendars/Schedules.ts"
import { ScheduleStatus } from "../../../oa/calendars/ScheduleStatus.ts"
import * as Wire from "../../../Wire.ts"
import { corpOf, fail, type In, input, make, memberOf, tell } from "../../engine/Act.ts"
import type { Kept } from "../../engine/Collection.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import * as State from "./Calendars.ts"

/** A calendar, and the administrator who acts. */
export interface OfCalendar extends In {
  readonly userid: string
  readonly cal_id: string
}

/** A schedule, and the member who acts. */
export interface OfSchedule extends In {
  readonly userid: string
  readonly schedule_id: string
}

/** 修改日历. An administrator of a calendar changes it. */
export const modifyCalendar = make({
  input: input({
    userid: Schema.String,
    cal_id: Schema.String,
    changes: Schema.Struct({
      color: Schema.optional(Schema.String),
      description: Schema.optional(Schema.String),
      summary: Schema.optional(Schema.String)
    })
  }),
  run: (act) =>
    Effect.gen(function*() {
      const { call, calendar, corp, kept, userid } = yield* calendarOf(act)
      State.putCalendar(call, new Calendar({ ...calendar, ...act.changes }))
      return yield* tell(
        corp,
        State.didToCalendar(kept.owner, userid, CalendarEvents.CalendarModified, calendar.cal_id)
      )
    })
})

/** 删除日历. An administrator of a calendar deletes it. */
export const deleteCalendar = make({
  input: input({ userid: Schema.String, cal_id: Schema.String }),
  run: (act) =>
    Effect.gen(function*() {
      const { call, calendar, corp, kept, userid } = yield* calendarOf(act)
      State.deleteCalendar(call, calendar.cal_id)
      return yield* tell(corp, State.didToCalendar(kept.owner, userid, CalendarEvents.CalendarDeleted, calendar.cal_id))
    })
})

/** 修改日程. An administrator of a schedule, or of its calendar, changes it. */
export const modifySchedule = make({
  input: input({
    userid: Schema.String,
    schedule_id: Schema.String,
    changes: Schema.Struct({
      description: Schema.optional(Schema.String),
      end_time: Schema.optional(Wire.time),
      location: Schema.optional(Schema.String),
      start_time: Schema.optional(Wire.time),
      summary: Schema.optional(Schema.String)
    })
  }),
  run: (act) =>
    Effect.gen(function*() {
      const { call, corp, kept, userid } = yield* administeredOf(act)
      const schedule = new Schedule({ ...kept.value, ...act.changes })
      State.putSchedule(call, schedule)
      return yield* tell(corp, State.didToSchedule(kept.owner, userid, CalendarEvents.ScheduleModified, schedule))
    })
})

/** 删除日程. An administrator of a schedule, or of its calendar, cancels it. */
export const deleteSchedule = make({
  input: input({ userid: Schema.String, schedule_id: Schema.String }),
  run: (act) =>
    Effect.gen(function*() {
      const { call, corp, kept, userid } = yield* administeredOf(act)
      State.cancel(call, kept.value)
      return yield* tell(corp, State.didToSchedule(kept.owner, userid, CalendarEvents.ScheduleDeleted, kept.value))
    })
})

/** 接受, 待定, 拒绝. An attendee answers an invitation. */
export const respond = make({
  input: input({ userid: Schema.String, schedule_id: Schema.String, response: ScheduleResponse.schema }),
  run: (act) =>
    Effect.gen(function*() {
      const { call, corp, kept, userid } = yield* scheduleOf(act)
      const { attendees, schedule_id } = kept.value
      if (!attendees.some((attendee) => attendee.userid === userid)) {
        return yield* fail(`${userid} does not attend ${schedule_id}`)
      }
      const schedule = new Schedule({
        ...kept.value,
        attendees: attendees.map((attendee) =>
          attendee.userid === userid ? new ScheduleAttendee({ userid, response_status: act.response }) : attendee
        )
      })
      State.putSchedule(call, schedule)
      return yield* tell(corp, State.didToSchedule(kept.owner, userid, CalendarEvents.ScheduleResponded, schedule))
    })
})

const calendarOf = (act: OfCalendar) =>
  Effect.gen(function*() {
    const { corp, userid } = yield* actorOf(act)
    const kept = Option.getOrUndefined(State.calendars.find(corp, act.cal_id))
    if (kept === undefined || kept.value.isDeleted) return yield* fail(`there is no calendar ${act.cal_id}`)
    const { calendar } = kept.value
    if (!administers(calendar, userid)) return yield* fail(`${userid} is no administrator of ${act.cal_id}`)
    return { corp, userid, kept, calendar, call: yield* callerOf(corp, kept) }
  })

const scheduleOf = (act: OfSchedule) =>
  Effect.gen(function*() {
    const { corp, userid } = yield* actorOf(act)
    const kept = Option.getOrUndefined(State.schedules.find(corp, act.schedule_id))
    if (kept === undefined || kept.value.status === ScheduleStatus.Cancelled) {
      return yield* fail(`there is no schedule ${act.schedule_id}`)
    }
    return { corp, userid, kept, call: yield* callerOf(corp, kept) }
  })

const administeredOf = (act: OfSchedule) =>
  Effect.gen(function*() {
    const found = yield* scheduleOf(act)
    const { corp, kept: { value }, userid } = found
    const calendar = Option.getOrUndefined(State.calendars.find(corp, value.cal_id ?? ""))?.value.calendar
    return administers(value, userid) || (calendar !== undefined && administers(calendar, userid))
      ? found
      : yield* fail(`${userid} is no administrator of ${act.schedule_id}`)
  })

const actorOf = (act: In & { readonly userid: string }) =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const { user: { userid } } = yield* memberOf(corp, act.userid)
    return { corp, userid }
  })

const administers = ({ admins = [] }: Pick<Calendar, "admins">, userid: string): boolean =>
  admins.some((admin) => admin.toLowerCase() === userid.toLowerCase())

/** The app that made something, as it would change it itself. */
const callerOf = <A>(corp: Corp, { owner }: Kept<A, string>) =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    return { app: owner, corp, world, now: yield* Clock.currentTimeMillis }
  })
