/** 预约会议. */
import * as DateTime from "effect/DateTime"
import { MeetingGuest } from "../../../../oa/meetings/MeetingGuest.ts"
import { MeetingRepeatRule } from "../../../../oa/meetings/MeetingReminders.ts"
import {
  AttendanceStatus,
  CreatedMeeting,
  Meeting,
  MeetingAttendance,
  Meetings,
  MeetingStatus
} from "../../../../oa/meetings/Meetings.ts"
import { MeetingSettings } from "../../../../oa/meetings/MeetingSettings.ts"
import { MeetingType } from "../../../../oa/meetings/MeetingType.ts"
import { announce } from "../../../engine/Audience.ts"
import type { Caller } from "../../../engine/Collection.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, merged, refuse, route } from "../../../engine/Route.ts"
import { seenMember } from "../../../engine/Sight.ts"
import { timeOf } from "../../../engine/Times.ts"
import * as State from "../Meetings.ts"
import { webinarsOf } from "../Webinars.ts"
import { seenUserids, tellAll, waiting } from "./shared.ts"

const { meetings } = State

const inFuture = (call: AppCall<unknown>, start: DateTime.Utc | undefined): void => {
  if (start !== undefined && DateTime.toEpochMillis(start) < call.now) refuse(400222)
}

const settingsOf = ({ details, presences, coHosts }: State.Held): MeetingSettings | undefined => {
  const { settings } = details
  if (settings === undefined) return undefined
  const people = (userid: ReadonlyArray<string> | undefined) => userid === undefined ? undefined : { userid }
  return new MeetingSettings({
    ...settings,
    need_password: settings.password !== undefined,
    hosts: people(settings.hosts?.userid),
    ring_users: people(settings.ring_users?.userid),
    current_hosts: people(
      State.present(presences).map(({ userid }) => userid).filter((userid) =>
        userid === details.admin_userid || settings.hosts?.userid.includes(userid) === true
      )
    ),
    co_hosts: people([...coHosts])
  })
}

const attendanceOf = (held: State.Held, userid: string, now: number): MeetingAttendance => {
  const own = held.presences.filter((one) => one.userid === userid)
  const last = own.at(-1)?.to
  return new MeetingAttendance({
    userid,
    status: own.length === 0 ? AttendanceStatus.Absent : AttendanceStatus.Attended,
    first_join_time: own[0] && timeOf(own[0].from),
    last_quit_time: last === undefined ? undefined : timeOf(last),
    total_join_count: own.length,
    cumulative_time: Math.floor(own.reduce((sum, { from, to = now }) => sum + to - from, 0) / 1000)
  })
}

const detailOf = (call: Caller, held: State.Held): Meeting => {
  const { admin_userid, cal_id, description, guests, invitees, location, meeting_duration, meeting_start, title } =
    held.details
  const userids = [
    ...new Set([admin_userid, ...invitees?.userid ?? [], ...held.presences.map(({ userid }) => userid)])
  ]
  const { reminders } = held.details
  return new Meeting({
    admin_userid,
    title,
    meeting_start,
    meeting_duration,
    description,
    location,
    cal_id,
    status: held.status,
    meeting_type: reminders?.is_repeat === true ? MeetingType.Series : MeetingType.Once,
    agentid: held.owner.agentId,
    attendees: { member: userids.map((userid) => attendanceOf(held, userid, call.now)), tmp_external_user: [] },
    settings: settingsOf(held),
    reminders: reminders && new MeetingRepeatRule({
      repeat_day_of_week: [],
      repeat_day_of_month: [],
      ...merged({ remind_before: [] as ReadonlyArray<number> }, reminders)
    }),
    meeting_code: held.code,
    meeting_link: `https://meeting.example.com/${held.code}`,
    sub_meetings: [],
    sub_repeat_list: [],
    guests: (guests ?? []).map((guest) => new MeetingGuest(guest))
  })
}

/** The meeting that a call names by either number. */
const byEither = (
  call: Caller & {
    readonly input: { readonly meetingid?: string | undefined; readonly meeting_code?: string | undefined }
  }
): State.Held => {
  const { meeting_code, meetingid = "" } = call.input
  if (meetingid !== "") return meetings.get(call, meetingid)
  return meetings.list(call, ({ value }) => value.code === meeting_code)[0] ?? refuse(730004)
}

export const meetingRoutes = [
  route(Meetings.endpoints.create, (call) => {
    const { agentid: _, ...details } = call.input
    seenUserids(call, [
      details.admin_userid,
      ...details.invitees?.userid ?? [],
      ...details.settings?.hosts?.userid ?? []
    ])
    inFuture(call, details.meeting_start)
    const held = State.hold(call, details)
    return new CreatedMeeting({
      meetingid: held.meetingid,
      excess_users: [],
      meeting_code: held.code,
      meeting_link: `https://meeting.example.com/${held.code}`
    })
  }),

  route(Meetings.endpoints.update, (call) => {
    const { agentid: _, meetingid, remind_time: __, ...changes } = call.input
    const held = waiting(meetings.get(call, meetingid), 400221)
    seenUserids(call, [...changes.invitees?.userid ?? [], ...changes.settings?.hosts?.userid ?? []])
    inFuture(call, changes.meeting_start)
    held.details = merged(held.details, {
      ...changes,
      settings: changes.settings && { ...held.details.settings, ...changes.settings }
    })
    announce(call, State.modified(held))
    return []
  }),

  route(Meetings.endpoints.cancel, (call) => {
    const held = waiting(meetings.get(call, call.input.meetingid), 400224)
    tellAll(call, State.cancel(held))
  }),

  route(Meetings.endpoints.get, (call) => detailOf(call, byEither(call))),

  route(Meetings.endpoints.listIds, (call) => {
    const { begin_time, cursor, end_time, limit = 100, userid } = call.input
    const { user } = seenMember(call, userid)
    const from = begin_time === undefined ? 0 : DateTime.toEpochMillis(begin_time)
    const to = end_time === undefined ? call.now : DateTime.toEpochMillis(end_time)
    const mine = meetings.list(call, ({ value }) => {
      const { details, status } = value
      const start = State.plannedOf(value).from
      const past = status !== MeetingStatus.Waiting
      const invited = [details.admin_userid, ...details.invitees?.userid ?? []].includes(user.userid)
      return !webinarsOf(call.corp).has(value.meetingid) && invited && start >= from && (!past || start <= to)
    })
    const { items, next_cursor } = pageOf(mine, cursor === "0" ? undefined : cursor, limit)
    return { meetingid_list: items.map(({ meetingid }) => meetingid), next_cursor }
  })
]
