/** Rooms会议室. */
import * as DateTime from "effect/DateTime"
import { MeetingStatus } from "../../../../oa/meetings/Meetings.ts"
import { MeetingState } from "../../../../oa/meetings/MeetingState.ts"
import { MeetingType } from "../../../../oa/meetings/MeetingType.ts"
import {
  BookedRooms,
  RoomsAccountType,
  RoomsDevices,
  RoomsMeeting,
  RoomsResponse,
  RoomsResponseStatus,
  RoomsRoom,
  RoomsStatus
} from "../../../../oa/meetings/RoomsDevices.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, existing, refuse, route } from "../../../engine/Route.ts"
import { timeOf } from "../../../engine/Times.ts"
import type { Corp } from "../../../engine/World.ts"
import * as State from "../Meetings.ts"
import { ofPage, running, tellAll, waiting } from "./shared.ts"

const { meetings } = State

/** Whether a meeting in a room is being held now. */
const inUse = (call: AppCall<unknown>, { bookedFor }: State.Room): boolean =>
  [...bookedFor].some((id) => heldIn(call.corp, id)?.status === MeetingStatus.Running)

const heldIn = (corp: Corp, meetingid: string): State.Held | undefined => {
  const kept = meetings.find(corp, meetingid)
  return kept._tag === "Some" ? kept.value.value : undefined
}

const placeOf = ({ id, location, name }: State.Room) => ({
  meeting_room_id: id,
  meeting_room_name: name,
  meeting_room_location: location
})

const states: { readonly [status: number]: typeof MeetingState.values[number] } = {
  [MeetingStatus.Waiting]: MeetingState.Waiting,
  [MeetingStatus.Running]: MeetingState.Started,
  [MeetingStatus.Ended]: MeetingState.Past,
  [MeetingStatus.Cancelled]: MeetingState.Cancelled,
  [MeetingStatus.Expired]: MeetingState.Recycled
}

export const roomsDevices = [
  route(RoomsDevices.endpoints.list, (call) => {
    const { cursor, limit = 20, meeting_room_name = "" } = call.input
    const all = [...State.roomsOf(call.corp).values()].filter(({ name }) => name.includes(meeting_room_name))
    const { items, ...page } = ofPage(pageOf(all, cursor, limit))
    return {
      ...page,
      meeting_room_list: items.map((room) =>
        new RoomsRoom({
          ...placeOf(room),
          account_type: RoomsAccountType.Normal,
          participant_number: room.capacity,
          meeting_room_status: inUse(call, room) ? RoomsStatus.InUse : RoomsStatus.Idle,
          scheduled_status: true,
          is_allow_call: true
        })
      )
    }
  }),

  route(RoomsDevices.endpoints.book, (call) => {
    const { meeting_room_id_list, meetingid } = call.input
    const held = waiting(meetings.get(call, meetingid), 400221)
    if (held.details.reminders?.is_repeat === true) refuse(40058, "a meeting that repeats cannot have a room")
    const wanted = meeting_room_id_list.map((id) => existing(State.roomsOf(call.corp), id, 40058, "invalid room"))
    const taken = wanted.find((room) => State.isTaken(call.corp, room, held))
    if (taken !== undefined) return refuse(40058, `${taken.id} is taken at that time`)
    for (const { bookedFor } of wanted) bookedFor.add(meetingid)
    return wanted.map((room) => new BookedRooms(placeOf(room)))
  }),

  route(RoomsDevices.endpoints.release, (call) => {
    const { meeting_room_id_list, meetingid } = call.input
    meetings.get(call, meetingid)
    for (const id of meeting_room_id_list) {
      existing(State.roomsOf(call.corp), id, 40058, "invalid room").bookedFor.delete(meetingid)
    }
  }),

  route(RoomsDevices.endpoints.listMeetings, (call) => {
    const { cursor, end_time, limit = 20, meeting_room_id, rooms_id, start_time } = call.input
    const room = existing(State.roomsOf(call.corp), meeting_room_id ?? rooms_id ?? "", 40058, "invalid room")
    const from = start_time === undefined ? 0 : DateTime.toEpochMillis(start_time)
    const to = end_time === undefined ? Infinity : DateTime.toEpochMillis(end_time)
    const all = [...room.bookedFor].flatMap((id) => heldIn(call.corp, id) ?? []).filter((held) => {
      const planned = State.plannedOf(held)
      return held.owner === call.app && planned.from <= to && planned.to >= from
    })
    const { items, ...page } = ofPage(pageOf(all, cursor, limit))
    return {
      ...page,
      meeting_info_list: items.map((held) => {
        const planned = State.plannedOf(held)
        return new RoomsMeeting({
          meetingid: held.meetingid,
          meeting_code: held.code,
          subject: held.details.title,
          status: states[held.status] ?? MeetingState.Invalid,
          meeting_type: MeetingType.Once,
          start_time: timeOf(planned.from),
          end_time: timeOf(planned.to)
        })
      })
    }
  }),

  route(RoomsDevices.endpoints.call, (call) => {
    const { meeting_room_id, meetingid, mra_address } = call.input
    const held = running(meetings.get(call, meetingid))
    if (meeting_room_id !== undefined) existing(State.roomsOf(call.corp), meeting_room_id, 40058, "invalid room")
    const id = call.world.id("invite-")
    const status = RoomsResponseStatus.Calling
    held.roomCalls.push({ id, roomId: meeting_room_id, address: mra_address, status, at: call.now })
    return id
  }),

  route(RoomsDevices.endpoints.cancelCall, (call) => {
    const held = running(meetings.get(call, call.input.meetingid))
    const ringing = State.ringing(held).find(({ id }) => id === call.input.invite_id)
    if (ringing === undefined) return refuse(40058, "invalid invite_id")
    tellAll(call, State.respond(held, ringing, RoomsResponseStatus.Cancelled, call.now))
  }),

  route(RoomsDevices.endpoints.getResponse, (call) => {
    const { meeting_room_id, meetingid, mra_address } = call.input
    const last = meetings.get(call, meetingid).roomCalls.findLast(({ address, roomId }) =>
      meeting_room_id === undefined ? address?.dial_string === mra_address?.dial_string : roomId === meeting_room_id
    )
    return new RoomsResponse({
      status: last?.status ?? RoomsResponseStatus.NotCalled,
      response_time: last && DateTime.formatIso(timeOf(last.at)).slice(0, 19).replaceAll("-", "/").replace("T", " ")
    })
  })
]
