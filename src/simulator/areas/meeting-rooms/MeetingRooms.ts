/**
 * What the simulator knows of 会议室: rooms, and who has booked them. Rooms that need approval come from an administrator,
 * with {@link addRoom}; what members do with rooms is in `MeetingRoomActs`.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type MeetingRoomBooked, type MeetingRoomCancelled } from "../../../callback/events/MeetingRoomEvents.ts"
import { ScheduleReminders } from "../../../oa/calendars/Reminders.ts"
import { Schedule } from "../../../oa/calendars/Schedules.ts"
import { ScheduleStatus } from "../../../oa/calendars/ScheduleStatus.ts"
import { Booking, BookingStatus, MeetingRoom } from "../../../oa/meeting-rooms/MeetingRooms.ts"
import { MeetingRepeatEnd } from "../../../oa/meetings/MeetingReminders.ts"
import { MeetingStatus } from "../../../oa/meetings/Meetings.ts"
import { event, type Telling } from "../../engine/Audience.ts"
import { maySeeMember } from "../../engine/Sight.ts"
import * as State from "../../engine/State.ts"
import { day, midnight, timeOf } from "../../engine/Times.ts"
import { type App, type Corp, corpOf, isUnder, type Member, type World } from "../../engine/World.ts"
import { booked, schedules } from "../calendars/Calendars.ts"
import { repeats, startsAt } from "../calendars/occurrences.ts"
import { type Held, meetings, plannedOf } from "../meetings/Meetings.ts"

/** A room. */
export interface Room {
  model: MeetingRoom
  /** Whether an administrator has closed it (停用). */
  isClosed: boolean
}

/** From when to when, in milliseconds of the epoch. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** One time that a room is booked for. */
export interface Slot extends Span {
  readonly id: string
  isCancelled: boolean
}

/** A booking: of one time, which has the same id, or of a series. */
export interface Reservation {
  readonly id: string
  readonly roomId: number
  /** The app that made it: none if a member did. */
  readonly owner: App | undefined
  readonly booker: string
  readonly scheduleId: string | undefined
  readonly meetingid: string | undefined
  readonly slots: ReadonlyArray<Slot>
  /** 预定状态, as long as it is not cancelled. */
  status: typeof BookingStatus.values[number]
}

/** The rooms of a corp; none at first. */
export const roomsOf = State.make("meeting-rooms/rooms", () => new Map<number, Room>())

/** The bookings of a corp by their id, the oldest first. */
export const reservationsOf = State.make("meeting-rooms/bookings", () => new Map<string, Reservation>())

/** A room to be. */
export interface RoomOptions
  extends Partial<Omit<ConstructorParameters<typeof MeetingRoom>[0], "meetingroom_id" | "name">>
{
  /** Default: the first corp. */
  readonly corpId?: string | undefined
  readonly name: string
}

/** Adds a room, as an administrator does, who alone makes rooms that need approval. Returns its id. */
export const addRoom = (
  world: World,
  { corpId, equipment = [], ...options }: RoomOptions
): Effect.Effect<number> =>
  Effect.sync(() => {
    const model = new MeetingRoom({ ...options, equipment, meetingroom_id: world.next() })
    roomsOf(corpOf(world, corpId)).set(model.meetingroom_id, { model, isClosed: false })
    return model.meetingroom_id
  })

const half = 30 * 60_000

/** A time in whole half hours, of which one is the least. */
export const inHalfHours = ({ from, to }: Span): Span => {
  const start = Math.floor(from / half) * half
  return { from: start, to: Math.max(Math.ceil(to / half) * half, start + half) }
}

/** A time that may have begun: from 15 minutes later on, the half hours that are gone are left out. */
export const fromNow = ({ from, to }: Span, now: number): Span => {
  let start = from
  while (now > start + half / 2) start += half
  return { from: start, to }
}

/** For how long rooms are booked for what repeats without an end. */
const horizon = 365 * day

/** When a schedule is held. */
export const spansOf = (schedule: Schedule): ReadonlyArray<Span> => {
  const { end_time, reminders, start_time } = schedule
  if (start_time === undefined || end_time === undefined) return []
  const [from, to] = [DateTime.toEpochMillis(start_time), DateTime.toEpochMillis(end_time)]
  if (!repeats(schedule)) return [{ from, to }]
  const last = Math.min(
    reminders?.repeat_until === undefined ? Infinity : DateTime.toEpochMillis(reminders.repeat_until),
    from + horizon
  )
  const spans: Array<Span> = []
  for (let later = 0; from + later <= last; later += day) {
    if (startsAt(schedule, timeOf(from + later))) spans.push({ from: from + later, to: to + later })
  }
  return spans
}

/** When a meeting is held: its rule is read as that of a schedule. */
export const spansOfMeeting = (held: Held): ReadonlyArray<Span> => {
  const planned = plannedOf(held)
  const { reminders } = held.details
  if (reminders?.is_repeat !== true) return [planned]
  const { repeat_until, repeat_until_count = 7, repeat_until_type } = reminders
  const isCounted = repeat_until_type === MeetingRepeatEnd.Count
  const spans = spansOf(
    new Schedule({
      schedule_id: "",
      start_time: timeOf(planned.from),
      end_time: timeOf(planned.to),
      admins: [],
      attendees: [],
      reminders: new ScheduleReminders({
        ...reminders,
        remind_time_diffs: [],
        repeat_day_of_week: "repeat_day_of_week" in reminders ? reminders.repeat_day_of_week ?? [] : [],
        repeat_day_of_month: "repeat_day_of_month" in reminders ? reminders.repeat_day_of_month ?? [] : [],
        exclude_time_list: [],
        repeat_until: isCounted ? undefined : repeat_until ?? timeOf(planned.from + 7 * day)
      })
    })
  )
  return isCounted ? spans.slice(0, repeat_until_count) : spans
}

/** Whether somebody who is booked for has called it off: the room is free again. */
const isOff = (corp: Corp, { meetingid = "", scheduleId = "" }: Reservation): boolean => {
  const schedule = Option.getOrUndefined(schedules.find(corp, scheduleId))?.value
  const held = Option.getOrUndefined(meetings.find(corp, meetingid))?.value
  return schedule?.status === ScheduleStatus.Cancelled || held?.status === MeetingStatus.Cancelled
}

/** 预定状态 of one of the times of a booking. */
export const statusOf = (corp: Corp, reservation: Reservation, slot: Slot): Reservation["status"] =>
  slot.isCancelled || isOff(corp, reservation) ? BookingStatus.Cancelled : reservation.status

/** One of the times of a booking, as the API shows it. */
export const bookingOf = (corp: Corp, reservation: Reservation, slot: Slot): Booking =>
  new Booking({
    booking_id: slot.id,
    schedule_id: reservation.scheduleId,
    start_time: timeOf(slot.from),
    end_time: timeOf(slot.to),
    booker: reservation.booker,
    status: statusOf(corp, reservation, slot)
  })

/** The times that a room is booked for, with their bookings. */
export const bookedOf = (
  corp: Corp,
  roomId: number
): ReadonlyArray<{ readonly reservation: Reservation; readonly slot: Slot }> =>
  [...reservationsOf(corp).values()].flatMap((reservation) =>
    reservation.roomId !== roomId || isOff(corp, reservation)
      ? []
      : reservation.slots.flatMap((slot) => slot.isCancelled ? [] : [{ reservation, slot }])
  )

/** Whether a room is taken at a time. */
export const isTaken = (corp: Corp, roomId: number, { from, to }: Span): boolean =>
  bookedOf(corp, roomId).some(({ slot }) => slot.from < to && from < slot.to)

/** Whether a member is among those who may use a room: everybody, unless its range says who. */
export const mayUse = (corp: Corp, { model: { range } }: Room, { user }: Member): boolean => {
  if (range === undefined) return true
  const { department_list, user_list } = range
  return user_list.some((userid) => userid.toLowerCase() === user.userid.toLowerCase()) ||
    user.department.some((id) => isUnder(corp, id, department_list))
}

/** Keeps a booking of a room. A time of a series has an id of its own. */
export const reserve = (
  world: World,
  corp: Corp,
  spans: ReadonlyArray<Span>,
  booking: Omit<Reservation, "id" | "slots">
): Reservation => {
  const id = world.id(spans.length > 1 ? "rb" : "bk")
  const slots = spans.map((span): Slot => ({
    ...span,
    id: spans.length > 1 ? world.id("bk") : id,
    isCancelled: false
  }))
  const reservation: Reservation = { ...booking, id, slots }
  reservationsOf(corp).set(id, reservation)
  if (booking.scheduleId !== undefined) booked(corp).add(booking.scheduleId)
  return reservation
}

/** A booking by its id, or by that of one of its times; and those times. */
export const findBooking = (
  corp: Corp,
  id: string
): { readonly reservation: Reservation; readonly slots: ReadonlyArray<Slot> } | undefined => {
  const all = reservationsOf(corp)
  const whole = all.get(id)
  if (whole !== undefined) return { reservation: whole, slots: whole.slots }
  for (const reservation of all.values()) {
    const slots = reservation.slots.filter((slot) => slot.id === id)
    if (slots.length > 0) return { reservation, slots }
  }
  return undefined
}

/** Cancels times of a booking. What it is for can be changed again once all of them are. */
export const cancelSlots = (corp: Corp, { scheduleId, slots }: Reservation, which: ReadonlyArray<Slot>): void => {
  for (const slot of which) slot.isCancelled = true
  if (scheduleId !== undefined && slots.every(({ isCancelled }) => isCancelled)) booked(corp).delete(scheduleId)
}

/** The times of a booking on the day of a time. */
export const onDay = (slots: ReadonlyArray<Slot>, at: number): ReadonlyArray<Slot> =>
  slots.filter(({ from }) => midnight(from) === midnight(at))

/**
 * Tells what a member has done with a room: the apps that may call the interfaces of 会议室 and see the member. The app
 * that made a booking hears of its end in any case.
 */
export const told = (
  corp: Corp,
  member: Member,
  Event: typeof MeetingRoomBooked | typeof MeetingRoomCancelled,
  { id, owner, roomId }: Reservation
): Telling =>
(app) => {
  const { powers } = app
  const hears = app === owner || (powers === undefined || powers.includes("meeting-rooms")) &&
      maySeeMember(corp, app, member)
  return hears ? event(Event, { MeetingRoomId: roomId, BookingId: id }, member.user.userid) : undefined
}
