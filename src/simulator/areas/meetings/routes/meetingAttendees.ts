/** 参会成员. */
import * as DateTime from "effect/DateTime"
import {
  MeetingAttendee,
  MeetingAttendees,
  MeetingGuests,
  PresentAttendee,
  WaitingAttendee,
  WaitingRecord
} from "../../../../oa/meetings/MeetingAttendees.ts"
import { MeetingGuest } from "../../../../oa/meetings/MeetingGuest.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import { isSeenMember } from "../../../engine/Sight.ts"
import { timeOf } from "../../../engine/Times.ts"
import * as State from "../Meetings.ts"
import { webinarRoleOf, webinarsOf } from "../Webinars.ts"
import { ofPage, seenUserids } from "./shared.ts"

const { meetings } = State

/** Somebody who is, or was, in a meeting; a webinar has roles of its own. */
const presenceOf = ({ corp }: AppCall<unknown>, held: State.Held, presence: State.Presence) => {
  const webinar = webinarsOf(corp).get(held.meetingid)
  const { device, from, muted, sharing, tmpOpenId, userid } = presence
  return {
    userid,
    tmp_openid: tmpOpenId,
    instance_id: device,
    join_time: timeOf(from),
    role: webinar === undefined ? State.roleOf(held, userid) : webinarRoleOf(webinar, userid),
    join_type: 1,
    audio_state: !muted,
    video_state: false,
    screen_shared_state: sharing
  }
}

export const meetingAttendees = [
  route(MeetingAttendees.endpoints.listInvitees, (call) => {
    const { details } = meetings.get(call, call.input.meetingid)
    const { items, ...page } = ofPage(pageOf(details.invitees?.userid ?? [], call.input.cursor, 100))
    return { ...page, invitees: items.filter((userid) => isSeenMember(call, userid)).map((userid) => ({ userid })) }
  }),

  route(MeetingAttendees.endpoints.setInvitees, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    const userid = seenUserids(call, (call.input.invitees ?? []).map(({ userid }) => userid))
    if (!userid.includes(held.details.admin_userid)) refuse(730009)
    held.details = { ...held.details, invitees: { userid } }
  }),

  route(MeetingAttendees.endpoints.listGuests, (call) => {
    const { code, details, meetingid } = meetings.get(call, call.input.meetingid)
    return new MeetingGuests({
      meetingid,
      meeting_code: code,
      title: details.title,
      guests: (details.guests ?? []).map((guest) => new MeetingGuest(guest))
    })
  }),

  route(MeetingAttendees.endpoints.setGuests, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    held.details = { ...held.details, guests: call.input.guests }
  }),

  route(MeetingAttendees.endpoints.listPresent, (call) => {
    const { cursor, limit = 50, meetingid } = call.input
    const held = meetings.get(call, meetingid)
    const { items, ...page } = ofPage(pageOf(State.present(held.presences), cursor, limit))
    return { ...page, attendees: items.map((one) => new PresentAttendee(presenceOf(call, held, one))) }
  }),

  route(MeetingAttendees.endpoints.list, (call) => {
    const { cursor, end_time, limit = 100, meetingid, start_time } = call.input
    const held = meetings.get(call, meetingid)
    const from = start_time === undefined ? 0 : DateTime.toEpochMillis(start_time)
    const to = end_time === undefined ? Infinity : DateTime.toEpochMillis(end_time)
    const there = held.presences.filter((one) => one.from <= to && (one.to ?? Infinity) >= from)
    const { items, ...page } = ofPage(pageOf(there, cursor, limit))
    return {
      ...page,
      attendees: items.map((one) =>
        new MeetingAttendee({
          ...presenceOf(call, held, one),
          quit_time: one.to === undefined ? undefined : timeOf(one.to)
        })
      )
    }
  }),

  route(MeetingAttendees.endpoints.listWaiting, (call) => {
    const { cursor, limit = 10, meetingid } = call.input
    const held = meetings.get(call, meetingid)
    const { items, ...page } = ofPage(pageOf(State.present(held.waiting), cursor, limit))
    return {
      ...page,
      user_list: items.map(({ device, tmpOpenId, userid }) =>
        new WaitingAttendee({ userid, tmp_openid: tmpOpenId, instance_id: device })
      )
    }
  }),

  route(MeetingAttendees.endpoints.listWaitingRecords, (call) => {
    const { cursor, limit = 20, meetingid } = call.input
    const held = meetings.get(call, meetingid)
    const { items, ...page } = ofPage(pageOf(held.waiting, cursor, limit))
    return {
      ...page,
      user_list: items.map(({ device, from, to, tmpOpenId, userid }) =>
        new WaitingRecord({
          userid,
          tmp_openid: tmpOpenId,
          instance_id: device,
          join_time: timeOf(from),
          quit_time: to === undefined ? undefined : timeOf(to)
        })
      )
    }
  })
]
