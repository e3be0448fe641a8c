/**
 * What members and administrators do with meeting rooms in the client: each an act on the simulator of the context, which
 * tells the apps that may call the interfaces of 会议室.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { MeetingRoomBooked, MeetingRoomCancelled } from "../../../callback/events/MeetingRoomEvents.ts"
import { BookingStatus } from "../../../oa/meeting-rooms/MeetingRooms.ts"
import { type Act, corpOf, fail, type In, memberOf, tell, type Told } from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"
import * as CalendarActs from "../calendars/CalendarActs.ts"
import { schedules } from "../calendars/Calendars.ts"
import * as State from "./MeetingRooms.ts"

/** A room. */
export interface OfRoom extends In {
  readonly meetingroom_id: number
}

/** A booking, by its id or by that of one of its times. */
export interface OfBooking extends In {
  readonly booking_id: string
}

/** 停用, 启用. An administrator closes a room, so that nobody can book it, or opens it again. */
export const close = (act: OfRoom & { readonly closed: boolean }): Act<void> =>
  Effect.gen(function*() {
    const { room } = yield* roomOf(act)
    room.isClosed = act.closed
  })

/** When a member books a room, in milliseconds of the epoch; in whole half hours. */
export interface Booking extends OfRoom, State.Span {
  readonly userid: string
}

/** 预定. A member books a room, or applies for one that needs approval. Returns the id of the booking. */
export const book = (act: Booking): Act<string> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { corp, room } = yield* roomOf(act)
    const member = yield* memberOf(corp, act.userid)
    const span = State.fromNow(State.inHalfHours(act), yield* Clock.currentTimeMillis)
    if (span.from >= span.to) return yield* fail("the time is in the past")
    if (room.isClosed) return yield* fail("the meeting room is closed")
    if (!State.mayUse(corp, room, member)) return yield* fail(`${act.userid} may not use the meeting room`)
    if (State.isTaken(corp, act.meetingroom_id, span)) return yield* fail("the meeting room is taken at that time")
    const reservation = State.reserve(world, corp, [span], {
      roomId: act.meetingroom_id,
      owner: undefined,
      booker: member.user.userid,
      scheduleId: undefined,
      meetingid: undefined,
      status: room.model.need_approval === true ? BookingStatus.Applied : BookingStatus.Booked
    })
    yield* tell(corp, State.told(corp, member, MeetingRoomBooked, reservation))
    return reservation.id
  })

const steps = { submitted: BookingStatus.InApproval, approved: BookingStatus.Booked } as const

/** 审批. How an application for a room that needs approval continues. */
export const decide = (act: OfBooking & { readonly step: keyof typeof steps | "rejected" }): Act<void> =>
  Effect.gen(function*() {
    const { corp, reservation } = yield* bookingOf(act)
    if (reservation.status === BookingStatus.Booked) return yield* fail(`${act.booking_id} needs no approval`)
    if (act.step === "rejected") State.cancelSlots(corp, reservation, reservation.slots)
    else reservation.status = steps[act.step]
  })

/** 取消预定. A member cancels a booking. */
export const cancel = (act: OfBooking & { readonly userid: string }): Told =>
  Effect.gen(function*() {
    const { corp, reservation, slots } = yield* bookingOf(act)
    const member = yield* memberOf(corp, act.userid)
    State.cancelSlots(corp, reservation, slots)
    return yield* tell(corp, State.told(corp, member, MeetingRoomCancelled, reservation))
  })

/**
 * 修改日程的时间. A member moves a schedule that a room is booked for: the booking is cancelled, and made again for the new
 * time if the room is free then. The apps are told of all three.
 */
export const reschedule = (act: CalendarActs.OfSchedule & State.Span): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(act)
    const member = yield* memberOf(corp, act.userid)
    const modified = yield* CalendarActs.modifySchedule({
      ...act,
      changes: { start_time: timeOf(act.from), end_time: timeOf(act.to) }
    })
    const before = [...State.reservationsOf(corp).values()].find(({ scheduleId, slots }) =>
      scheduleId === act.schedule_id && slots.some(({ isCancelled }) => !isCancelled)
    )
    const schedule = schedules.find(corp, act.schedule_id)
    if (before === undefined || schedule._tag === "None") return modified
    State.cancelSlots(corp, before, before.slots)
    const cancelled = yield* tell(corp, State.told(corp, member, MeetingRoomCancelled, before))
    const free = State.spansOf(schedule.value.value).map(State.inHalfHours)
      .filter((span) => !State.isTaken(corp, before.roomId, span))
    if (free.length === 0) return [...modified, ...cancelled]
    const { id: _, slots: __, ...booking } = before
    const again = State.reserve(world, corp, free, booking)
    return [...modified, ...cancelled, ...yield* tell(corp, State.told(corp, member, MeetingRoomBooked, again))]
  })

const roomOf = (act: OfRoom): Act<{ readonly corp: Corp; readonly room: State.Room }> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const room = State.roomsOf(corp).get(act.meetingroom_id)
    return room === undefined ? yield* fail(`there is no meeting room ${act.meetingroom_id}`) : { corp, room }
  })

const bookingOf = (act: OfBooking) =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const found = State.findBooking(corp, act.booking_id)
    if (found === undefined || found.slots.every(({ isCancelled }) => isCancelled)) {
      return yield* fail(`there is no booking ${act.booking_id}`)
    }
    return { corp, ...found }
  })
