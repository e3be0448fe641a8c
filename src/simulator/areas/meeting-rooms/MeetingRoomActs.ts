/**
 * What members and administrators do with meeting rooms in the client: each an act on the simulator of the context, which
 * tells the apps that may call the interfaces of 会议室.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { MeetingRoomBooked, MeetingRoomCancelled } from "../../../callback/events/MeetingRoomEvents.ts"
import { BookingStatus } from "../../../oa/meeting-rooms/MeetingRooms.ts"
import * as Act from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"
import * as CalendarActs from "../calendars/CalendarActs.ts"
import { schedules } from "../calendars/Calendars.ts"
import * as State from "./MeetingRooms.ts"

const ofRoom = { meetingroom_id: Schema.Int }

const ofBooking = { booking_id: Schema.String.annotate({ description: "Of a booking, or of one of its times." }) }

const span = {
  from: Schema.Number.annotate({ description: "Milliseconds of the epoch." }),
  to: Schema.Number.annotate({ description: "Milliseconds of the epoch." })
}

/** 停用, 启用. An administrator closes a room, so that nobody can book it, or opens it again. */
export const close = Act.make({
  input: Act.input({ ...ofRoom, closed: Schema.Boolean }),
  success: Schema.Void,
  run: Effect.fn(function*(act) {
    const { room } = yield* roomOf(act)
    room.isClosed = act.closed
  })
})

/** 预定. A member books a room in whole half hours, or applies for one that needs approval. Returns the id of the booking. */
export const book = Act.make({
  input: Act.input({ ...ofRoom, ...span, userid: Schema.String }),
  success: Schema.String,
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const { corp, room } = yield* roomOf(act)
    const member = yield* Act.memberOf(corp, act.userid)
    const span = State.fromNow(State.inHalfHours(act), yield* Clock.currentTimeMillis)
    if (span.from >= span.to) return yield* Act.fail("the time is in the past")
    if (room.isClosed) return yield* Act.fail("the meeting room is closed")
    if (!State.mayUse(corp, room, member)) return yield* Act.fail(`${act.userid} may not use the meeting room`)
    if (State.isTaken(corp, act.meetingroom_id, span)) return yield* Act.fail("the meeting room is taken at that time")
    const reservation = State.reserve(world, corp, [span], {
      roomId: act.meetingroom_id,
      owner: undefined,
      booker: member.user.userid,
      scheduleId: undefined,
      meetingid: undefined,
      status: room.model.need_approval === true ? BookingStatus.Applied : BookingStatus.Booked
    })
    yield* Act.tell(corp, State.told(corp, member, MeetingRoomBooked, reservation))
    return reservation.id
  })
})

const steps = { submitted: BookingStatus.InApproval, approved: BookingStatus.Booked } as const

/** 审批. How an application for a room that needs approval continues. */
export const decide = Act.make({
  input: Act.input({ ...ofBooking, step: Schema.Literals(["submitted", "approved", "rejected"]) }),
  success: Schema.Void,
  run: Effect.fn(function*(act) {
    const { corp, reservation } = yield* bookingOf(act)
    if (reservation.status === BookingStatus.Booked) return yield* Act.fail(`${act.booking_id} needs no approval`)
    if (act.step === "rejected") State.cancelSlots(corp, reservation, reservation.slots)
    else reservation.status = steps[act.step]
  })
})

/** 取消预定. A member cancels a booking. */
export const cancel = Act.make({
  input: Act.input({ ...ofBooking, userid: Schema.String }),
  run: Effect.fn(function*(act) {
    const { corp, reservation, slots } = yield* bookingOf(act)
    const member = yield* Act.memberOf(corp, act.userid)
    State.cancelSlots(corp, reservation, slots)
    return yield* Act.tell(corp, State.told(corp, member, MeetingRoomCancelled, reservation))
  })
})

/**
 * 修改日程的时间. A member moves a schedule that a room is booked for: the booking is cancelled, and made again for the new
 * time if the room is free then. The apps are told of all three.
 */
export const reschedule = Act.make({
  input: Act.input({ userid: Schema.String, schedule_id: Schema.String, ...span }),
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(act)
    const member = yield* Act.memberOf(corp, act.userid)
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
    const cancelled = yield* Act.tell(corp, State.told(corp, member, MeetingRoomCancelled, before))
    const free = State.spansOf(schedule.value.value).map(State.inHalfHours)
      .filter((span) => !State.isTaken(corp, before.roomId, span))
    if (free.length === 0) return [...modified, ...cancelled]
    const { id: _, slots: __, ...booking } = before
    const again = State.reserve(world, corp, free, booking)
    return [...modified, ...cancelled, ...yield* Act.tell(corp, State.told(corp, member, MeetingRoomBooked, again))]
  })
})

const roomOf = (
  act: Act.In & { readonly meetingroom_id: number }
): Act.Act<{ readonly corp: Corp; readonly room: State.Room }> =>
  Effect.gen(function*() {
    const corp = yield* Act.corpOf(act)
    const room = State.roomsOf(corp).get(act.meetingroom_id)
    return room === undefined ? yield* Act.fail(`there is no meeting room ${act.meetingroom_id}`) : { corp, room }
  })

const bookingOf = (act: Act.In & { readonly booking_id: string }) =>
  Effect.gen(function*() {
    const corp = yield* Act.corpOf(act)
    const found = State.findBooking(corp, act.booking_id)
    if (found === undefined || found.slots.every(({ isCancelled }) => isCancelled)) {
      return yield* Act.fail(`there is no booking ${act.booking_id}`)
    }
    return { corp, ...found }
  })
