/** 会议室管理, 会议室预定管理. */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import { Schedule } from "../../../oa/calendars/Schedules.ts"
import { ScheduleStatus } from "../../../oa/calendars/ScheduleStatus.ts"
import {
  BookedRoom,
  BookedSeries,
  BookingStatus,
  LegacyBooking,
  MeetingRoom,
  MeetingRooms,
  type NewRoom,
  RoomBooking,
  RoomBookings
} from "../../../oa/meeting-rooms/MeetingRooms.ts"
import { also, type AppCall, existing, merged, refuse, route } from "../../engine/Route.ts"
import { isSeenDepartment, isSeenMember, seenMember } from "../../engine/Sight.ts"
import { day, midnight, timeOf } from "../../engine/Times.ts"
import { findMember } from "../../engine/World.ts"
import * as Calendars from "../calendars/Calendars.ts"
import { meetings } from "../meetings/Meetings.ts"
import * as State from "./MeetingRooms.ts"

const { endpoints } = MeetingRooms

type Call = AppCall<unknown>

const roomOf = ({ corp }: Call, id: number): State.Room =>
  existing(State.roomsOf(corp), id, 40058, "invalid meetingroom_id")

/** Who may use a room: members and departments that the app sees. */
const rangeOf = (call: Call, range: NewRoom["range"]): MeetingRoom["range"] => {
  if (range === undefined) return undefined
  const { department_list = [], user_list = [] } = range
  for (const userid of user_list) {
    if (findMember(call.corp, userid) === undefined) refuse(60111)
    if (!isSeenMember(call, userid)) refuse(60030)
  }
  for (const id of department_list) {
    existing(call.corp.departments, id, 60003)
    if (!isSeenDepartment(call, id)) refuse(60030)
  }
  return { user_list, department_list }
}

type Place = Pick<NewRoom, "building" | "city" | "coordinate" | "floor">

/** Where a room is. A building that there is keeps its coordinate. */
const placeOf = ({ corp }: Call, { building, city, coordinate, floor }: Place): Place => {
  const there = [...State.roomsOf(corp).values()].find(({ model }) =>
    model.coordinate !== undefined && city !== undefined && model.city === city && model.building === building
  )
  return { building, city, floor, coordinate: there?.model.coordinate ?? coordinate }
}

/** Whether a room is in a place, or anywhere. */
const isIn = ({ model }: State.Room, { building, city, floor }: Place): boolean =>
  (city ?? model.city) === model.city && (building ?? model.building) === model.building &&
  (floor ?? model.floor) === model.floor

/** A room that can be booked for a member without approval. */
const bookable = (call: Call, id: number, userid: string): { readonly room: State.Room; readonly booker: string } => {
  const room = roomOf(call, id)
  const member = seenMember(call, userid)
  if (room.isClosed) refuse(90711)
  if (room.model.need_approval === true) refuse(40058, "the meeting room needs approval")
  if (!State.mayUse(call.corp, room, member)) refuse(40058, `${userid} may not use the meeting room`)
  return { room, booker: member.user.userid }
}

/** Books a room for the times that it is free at; refuses if there is none. Returns the days on which it is taken. */
const bookFree = (
  call: Call,
  spans: ReadonlyArray<State.Span>,
  booking: Pick<State.Reservation, "booker" | "meetingid" | "roomId" | "scheduleId">
): { readonly id: string; readonly taken: ReadonlyArray<State.Span> } => {
  const rounded = spans.map(State.inHalfHours)
  const taken = rounded.filter((span) => State.isTaken(call.corp, booking.roomId, span))
  const free = rounded.filter((span) => !taken.includes(span))
  if (free.length === 0) refuse(40058, "the meeting room is taken at that time")
  const { id } = State.reserve(call.world, call.corp, free, {
    ...booking,
    owner: call.app,
    status: BookingStatus.Booked
  })
  return { id, taken }
}

const seriesOf = ({ id, taken }: ReturnType<typeof bookFree>): BookedSeries =>
  new BookedSeries({ booking_id: id, conflict_date: taken.map(({ from }) => timeOf(midnight(from))) })

/** One of the times of a booking of a room: of a series the first that is not cancelled. */
const bookingOf = (call: Call, roomId: number, id: string) => {
  roomOf(call, roomId)
  const found = State.findBooking(call.corp, id)
  const slot = found?.slots.find(({ isCancelled }) => !isCancelled) ?? found?.slots[0]
  if (found === undefined || slot === undefined || found.reservation.roomId !== roomId) {
    return refuse(40058, "invalid booking_id")
  }
  const { id: master, slots } = found.reservation
  return {
    ...State.bookingOf(call.corp, found.reservation, slot),
    master_booking_id: slots.length > 1 ? master : undefined
  }
}

export const meetingRooms = [
  route(endpoints.create, (call) => {
    const { capacity, equipment = [], name, range, ...place } = call.input
    const model = new MeetingRoom({
      meetingroom_id: call.world.next(),
      name,
      capacity,
      equipment,
      need_approval: false,
      range: rangeOf(call, range),
      ...placeOf(call, place)
    })
    State.roomsOf(call.corp).set(model.meetingroom_id, { model, isClosed: false })
    return model.meetingroom_id
  }),

  route(endpoints.list, (call) => {
    const { equipment: wanted = [], ...place } = call.input
    return [...State.roomsOf(call.corp).values()]
      .filter((room) => isIn(room, place) && wanted.every((one) => room.model.equipment.includes(one)))
      // Only the system app is told who may use a room.
      .map(({ model }) => new MeetingRoom({ ...model, range: undefined }))
  }),

  route(endpoints.update, (call) => {
    const { meetingroom_id, range, ...changes } = call.input
    const room = roomOf(call, meetingroom_id)
    const { city } = changes
    room.model = new MeetingRoom(merged(room.model, {
      ...changes,
      ...(city === undefined ? {} : placeOf(call, changes)),
      range: rangeOf(call, range)
    }))
  }),

  route(endpoints.delete, (call) => {
    const { meetingroom_id } = call.input
    roomOf(call, meetingroom_id)
    State.roomsOf(call.corp).delete(meetingroom_id)
    for (const reservation of State.reservationsOf(call.corp).values()) {
      if (reservation.roomId !== meetingroom_id) continue
      State.cancelSlots(call.corp, reservation, reservation.slots)
      State.reservationsOf(call.corp).delete(reservation.id)
    }
  }),

  route(endpoints.listBookings, (call) => {
    const { end_time, meetingroom_id, start_time, ...place } = call.input
    const from = start_time === undefined ? call.now : DateTime.toEpochMillis(start_time)
    const to = end_time === undefined ? midnight(from) + day : DateTime.toEpochMillis(end_time)
    if (meetingroom_id !== undefined) roomOf(call, meetingroom_id)
    return [...State.roomsOf(call.corp)]
      .filter(([id, room]) => meetingroom_id === undefined ? isIn(room, place) : id === meetingroom_id)
      .map(([id]) =>
        new RoomBookings({
          meetingroom_id: id,
          schedule: State.bookedOf(call.corp, id)
            .filter(({ slot }) => slot.from < to && from < slot.to)
            .toSorted((a, b) => a.slot.from - b.slot.from)
            .map(({ reservation, slot }) => State.bookingOf(call.corp, reservation, slot))
        })
      )
  }),

  route(endpoints.book, (call) => {
    const { attendees = [], booker: userid, end_time, meetingroom_id, start_time, subject } = call.input
    const { booker, room } = bookable(call, meetingroom_id, userid)
    const wanted = { from: DateTime.toEpochMillis(start_time), to: DateTime.toEpochMillis(end_time) }
    const span = State.fromNow(State.inHalfHours(wanted), call.now)
    if (span.from >= span.to) refuse(40058, "end_time is in the past")
    if (State.isTaken(call.corp, meetingroom_id, span)) refuse(40058, "the meeting room is taken at that time")
    const userids = [booker, ...attendees.map((one) => seenMember(call, one).user.userid)]
    const { schedule_id } = Calendars.schedules.add(call, (schedule_id) =>
      new Schedule({
        schedule_id,
        summary: subject ?? "新建事件",
        location: room.model.name,
        start_time: timeOf(span.from),
        end_time: timeOf(span.to),
        admins: [booker],
        attendees: Calendars.attending([], userids),
        status: ScheduleStatus.Normal
      }))
    const { id } = bookFree(call, [span], {
      booker,
      roomId: meetingroom_id,
      scheduleId: schedule_id,
      meetingid: undefined
    })
    return new BookedRoom({ booking_id: id, schedule_id })
  }),

  route(endpoints.bookBySchedule, (call) => {
    const { booker: userid, meetingroom_id, schedule_id } = call.input
    const { booker } = bookable(call, meetingroom_id, userid)
    const schedule = Calendars.scheduleOf(call, schedule_id)
    if (Calendars.booked(call.corp).has(schedule_id)) refuse(90498)
    return seriesOf(bookFree(call, State.spansOf(schedule), {
      booker,
      roomId: meetingroom_id,
      scheduleId: schedule_id,
      meetingid: undefined
    }))
  }),

  route(endpoints.bookByMeeting, (call) => {
    const { booker: userid, meetingid, meetingroom_id } = call.input
    const { booker } = bookable(call, meetingroom_id, userid)
    const kept = Option.getOrUndefined(meetings.find(call.corp, meetingid))
    if (kept === undefined || kept.owner !== call.app) return refuse(90602)
    return seriesOf(bookFree(call, State.spansOfMeeting(kept.value), {
      booker,
      roomId: meetingroom_id,
      scheduleId: undefined,
      meetingid
    }))
  }),

  also(
    route(endpoints.cancelBooking, (call) => {
      const { booking_id, cancel_date, keep_schedule = false } = call.input
      const found = State.findBooking(call.corp, booking_id) ?? refuse(40058, "invalid booking_id")
      const { reservation } = found
      if (reservation.owner !== call.app) refuse(90499)
      const slots = cancel_date === undefined
        ? found.slots
        : State.onDay(found.slots, DateTime.toEpochMillis(cancel_date))
      if (slots.length === 0) refuse(40058, "nothing is booked on the day of cancel_date")
      State.cancelSlots(call.corp, reservation, slots)
      const { scheduleId } = reservation
      if (scheduleId === undefined || keep_schedule || reservation.slots.length > 1) return
      const schedule = Calendars.schedules.get(call, scheduleId)
      Calendars.cancel(call, schedule)
    }),
    { former: { meeting_id: (booking_id) => ({ booking_id }) } }
  ),

  route(endpoints.getBooking, (call) => {
    const { booking_id, meetingroom_id } = call.input
    return new RoomBooking({ meetingroom_id, schedule: bookingOf(call, meetingroom_id, booking_id) })
  }),

  route(endpoints.getBookingLegacy, (call) => {
    const { meeting_id, meetingroom_id } = call.input
    const { booker, end_time, schedule_id, start_time, status } = bookingOf(call, meetingroom_id, meeting_id)
    return new LegacyBooking({
      meetingroom_id,
      schedule: { meeting_id, booker, end_time, schedule_id, start_time, status }
    })
  })
]
