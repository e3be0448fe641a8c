/** 会中控制. */
import { MeetingControl, WaitingRoomAction } from "../../../../oa/meetings/MeetingControl.ts"
import { announce } from "../../../engine/Audience.ts"
import { merged, refuse, route } from "../../../engine/Route.ts"
import * as State from "../Meetings.ts"
import { found, running, tellAll } from "./shared.ts"

const { meetings } = State

export const meetingControl = [
  route(MeetingControl.endpoints.set, (call) => {
    const { enable_enter_mute, enable_waiting_room, meeting_locked, meetingid, mute_all } = call.input
    const held = running(meetings.get(call, meetingid))
    held.locked = meeting_locked ?? held.locked
    held.details = {
      ...held.details,
      settings: merged(held.details.settings ?? {}, { enable_enter_mute, enable_waiting_room })
    }
    if (mute_all !== undefined) tellAll(call, State.muteAll(held, mute_all))
  }),

  route(MeetingControl.endpoints.setCoHost, (call) => {
    const held = running(meetings.get(call, call.input.meetingid))
    tellAll(call, State.setCoHost(held, found(held.presences, call.input.operated_user), call.input.action))
  }),

  route(MeetingControl.endpoints.setMuted, (call) => {
    const held = running(meetings.get(call, call.input.meetingid))
    found(held.presences, call.input.operated_user).muted = call.input.option
  }),

  route(MeetingControl.endpoints.closeScreenShare, (call) => {
    const held = running(meetings.get(call, call.input.meetingid))
    tellAll(call, State.share(held, found(held.presences, call.input.operated_user), false))
  }),

  route(MeetingControl.endpoints.updateWaitingRoom, (call) => {
    const { allow_rejoin = true, meetingid, operate_type, operated_users } = call.input
    const held = running(meetings.get(call, meetingid))
    const list = operate_type === WaitingRoomAction.SendBack ? held.presences : held.waiting
    for (const one of operated_users.map((user) => found(list, user))) {
      if (operate_type === WaitingRoomAction.Remove && !allow_rejoin) held.barred.add(one.userid)
      const change = operate_type === WaitingRoomAction.Admit
        ? State.letIn(call.world, call.corp, held, one, call.now)
        : operate_type === WaitingRoomAction.SendBack
        ? State.sendBack(held, one, call.now)
        : State.leave(held, one.userid, call.now)
      if (typeof change !== "string") tellAll(call, change)
    }
  }),

  route(MeetingControl.endpoints.removeUsers, (call) => {
    const { allow_rejoin, meetingid, operated_users } = call.input
    const held = running(meetings.get(call, meetingid))
    for (const { userid } of operated_users.map((user) => found(held.presences, user))) {
      if (!allow_rejoin) held.barred.add(userid)
      const change = State.leave(held, userid, call.now)
      if (typeof change !== "string") tellAll(call, change)
    }
  }),

  route(MeetingControl.endpoints.finish, (call) => {
    const { force_dismiss = true, meetingid, retrieve_code = false } = call.input
    const held = running(meetings.get(call, meetingid))
    if (!force_dismiss && State.present(held.presences).length > 0) refuse(40058, "there are attendees in the meeting")
    held.recycled = retrieve_code
    if (State.isRecording(held)) {
      call.later(State.conversionTime, (now) => announce({ ...call, now }, State.recordingCompleted(held)))
    }
    tellAll(call, State.end(held, call.now))
  })
]
