/** 会议, 会中控制, 会议录制 and Rooms会议室. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import {
  MeetingAttendee,
  MeetingAttendees,
  MeetingGuests,
  PresentAttendee,
  WaitingAttendee,
  WaitingRecord
} from "../../../oa/meetings/MeetingAttendees.ts"
import { MeetingControl, WaitingRoomAction } from "../../../oa/meetings/MeetingControl.ts"
import { MeetingGuest } from "../../../oa/meetings/MeetingGuest.ts"
import {
  MeetingRecordings,
  Recording,
  RecordingAddress,
  RecordingAddresses,
  RecordingFile,
  RecordingFileDetail,
  RecordingState
} from "../../../oa/meetings/MeetingRecordings.ts"
import { MeetingRepeatRule } from "../../../oa/meetings/MeetingReminders.ts"
import {
  AttendanceStatus,
  CreatedMeeting,
  Meeting,
  MeetingAttendance,
  Meetings,
  MeetingStatus,
  MeetingType
} from "../../../oa/meetings/Meetings.ts"
import { MeetingSettings } from "../../../oa/meetings/MeetingSettings.ts"
import { MeetingState } from "../../../oa/meetings/MeetingState.ts"
import { MeetingStart, MeetingStartType, MeetingStatistics } from "../../../oa/meetings/MeetingStatistics.ts"
import {
  BookedRooms,
  RoomsAccountType,
  RoomsDevices,
  RoomsMeeting,
  RoomsRoom,
  RoomsStatus
} from "../../../oa/meetings/RoomsDevices.ts"
import { announce } from "../../engine/Audience.ts"
import type { Caller } from "../../engine/Collection.ts"
import { type Page, pageOf } from "../../engine/Pages.ts"
import { type AppCall, existing, merged, refuse, route } from "../../engine/Route.ts"
import { isSeenMember, seenMember } from "../../engine/Sight.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"
import * as State from "./Meetings.ts"

const { meetings } = State

/** Tells the app of what a call has done to a meeting; of what was recorded, once it is converted. */
const tellAll = (call: AppCall<never> | AppCall<unknown>, held: State.Held, change: State.Change): void => {
  for (const telling of change) announce(call, telling)
  if (held.recordings.some(({ to }) => to === call.now)) {
    call.later(State.conversionTime, (now) => announce({ ...call, now }, State.recordingCompleted(held)))
  }
}

const ofPage = <Item>({ items, next_cursor }: Page<Item>) => ({
  items,
  has_more: next_cursor !== undefined,
  next_cursor
})

/** Only before it has begun. */
const waiting = (held: State.Held): State.Held =>
  held.status === MeetingStatus.Waiting ? held : refuse(40058, "the meeting has begun, or was cancelled")

/** Only while it is held. */
const running = (held: State.Held): State.Held =>
  held.status === MeetingStatus.Running ? held : refuse(40058, "the meeting is not being held")

/** Everybody invited is a member that the app sees. */
const seenUserids = (call: AppCall<unknown>, userids: ReadonlyArray<string>): ReadonlyArray<string> =>
  userids.map((userid) => seenMember(call, userid).user.userid)

const inFuture = (call: AppCall<unknown>, start: DateTime.Utc | undefined): void => {
  if (start !== undefined && DateTime.toEpochMillis(start) < call.now) refuse(40058, "meeting_start is in the past")
}

/** Somebody in a list, by what the call says of them. */
const found = (
  list: ReadonlyArray<State.Presence>,
  { instance_id, tmp_openid }: { readonly tmp_openid: string; readonly instance_id: number }
): State.Presence =>
  State.present(list).find(({ device, tmpOpenId }) => tmpOpenId === tmp_openid && device === instance_id) ??
    refuse(40058, "invalid tmp_openid")

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
  return meetings.list(call, ({ value }) => value.code === meeting_code)[0] ?? refuse(40058, "invalid meeting_code")
}

const planning = [
  route(Meetings.endpoints.create, (call) => {
    const { agentid: _, ...details } = call.input
    seenUserids(call, [
      details.admin_userid,
      ...details.invitees?.userid ?? [],
      ...details.settings?.hosts?.userid ?? []
    ])
    inFuture(call, details.meeting_start)
    const held = meetings.add(call, (meetingid) => ({
      meetingid,
      code: `${call.world.next()}`.padStart(9, "5"),
      owner: call.app,
      // One that says nothing begins now.
      details: { meeting_start: timeOf(call.now), meeting_duration: 3600, ...details },
      status: MeetingStatus.Waiting,
      recycled: false,
      locked: false,
      presences: [],
      waiting: [],
      coHosts: new Set(),
      barred: new Set(),
      openIds: new Map(),
      recordings: []
    }))
    return new CreatedMeeting({
      meetingid: held.meetingid,
      excess_users: [],
      meeting_code: held.code,
      meeting_link: `https://meeting.example.com/${held.code}`
    })
  }),

  route(Meetings.endpoints.update, (call) => {
    const { agentid: _, meetingid, remind_time: __, ...changes } = call.input
    const held = waiting(meetings.get(call, meetingid))
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
    const held = waiting(meetings.get(call, call.input.meetingid))
    tellAll(call, held, State.cancel(held))
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
      return invited && start >= from && (!past || start <= to)
    })
    const { items, next_cursor } = pageOf(mine, cursor === "0" ? undefined : cursor, limit)
    return { meetingid_list: items.map(({ meetingid }) => meetingid), next_cursor }
  })
]

const presenceOf = (held: State.Held, { device, from, muted, sharing, tmpOpenId, userid }: State.Presence) => ({
  userid,
  tmp_openid: tmpOpenId,
  instance_id: device,
  join_time: timeOf(from),
  role: State.roleOf(held, userid),
  join_type: 1,
  audio_state: !muted,
  video_state: false,
  screen_shared_state: sharing
})

const attending = [
  route(MeetingAttendees.endpoints.listInvitees, (call) => {
    const { details } = meetings.get(call, call.input.meetingid)
    const { items, ...page } = ofPage(pageOf(details.invitees?.userid ?? [], call.input.cursor, 100))
    return { ...page, invitees: items.filter((userid) => isSeenMember(call, userid)).map((userid) => ({ userid })) }
  }),

  route(MeetingAttendees.endpoints.setInvitees, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    const userid = seenUserids(call, (call.input.invitees ?? []).map(({ userid }) => userid))
    if (!userid.includes(held.details.admin_userid)) refuse(40058, "the administrator has to be among the invitees")
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
    return { ...page, attendees: items.map((one) => new PresentAttendee(presenceOf(held, one))) }
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
        new MeetingAttendee({ ...presenceOf(held, one), quit_time: one.to === undefined ? undefined : timeOf(one.to) })
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

const control = [
  route(MeetingControl.endpoints.set, (call) => {
    const { enable_enter_mute, enable_waiting_room, meeting_locked, meetingid, mute_all } = call.input
    const held = running(meetings.get(call, meetingid))
    held.locked = meeting_locked ?? held.locked
    held.details = {
      ...held.details,
      settings: merged(held.details.settings ?? {}, { enable_enter_mute, enable_waiting_room })
    }
    if (mute_all !== undefined) tellAll(call, held, State.muteAll(held, mute_all))
  }),

  route(MeetingControl.endpoints.setCoHost, (call) => {
    const held = running(meetings.get(call, call.input.meetingid))
    tellAll(call, held, State.setCoHost(held, found(held.presences, call.input.operated_user), call.input.action))
  }),

  route(MeetingControl.endpoints.mute, (call) => {
    const held = running(meetings.get(call, call.input.meetingid))
    found(held.presences, call.input.operated_user).muted = call.input.option
  }),

  route(MeetingControl.endpoints.closeScreenShare, (call) => {
    const held = running(meetings.get(call, call.input.meetingid))
    tellAll(call, held, State.share(held, found(held.presences, call.input.operated_user), false))
  }),

  route(MeetingControl.endpoints.manageWaitingRoom, (call) => {
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
      if (typeof change !== "string") tellAll(call, held, change)
    }
  }),

  route(MeetingControl.endpoints.removeUsers, (call) => {
    const { allow_rejoin, meetingid, operated_users } = call.input
    const held = running(meetings.get(call, meetingid))
    for (const { userid } of operated_users.map((user) => found(held.presences, user))) {
      if (!allow_rejoin) held.barred.add(userid)
      const change = State.leave(held, userid, call.now)
      if (typeof change !== "string") tellAll(call, held, change)
    }
  }),

  route(MeetingControl.endpoints.end, (call) => {
    const { force_dismiss = true, meetingid, retrieve_code = false } = call.input
    const held = running(meetings.get(call, meetingid))
    if (!force_dismiss && State.present(held.presences).length > 0) refuse(40058, "there are attendees in the meeting")
    held.recycled = retrieve_code
    tellAll(call, held, State.end(held, call.now))
  })
]

/** A link that is good for a while. */
const link = (kind: string, { fileId }: State.Recording) =>
  Redacted.make(`https://recording.example.com/${kind}/${fileId}`)

const addressOf = (recording: State.Recording) => ({
  record_file_id: recording.fileId,
  view_address: link("view", recording),
  download_address: link("download", recording),
  download_address_file_type: "mp4",
  audio_address: link("audio", recording),
  audio_address_file_type: "m4a"
})

/** Bytes of a recording: 100 kB a second. */
const sizeOf = ({ from, to = from }: State.Recording) => `${Math.round((to - from) / 1000) * 100_000}`

/** A recording of a meeting that has been converted. */
const converted = (
  call: AppCall<unknown>,
  held: State.Held,
  select: (recording: State.Recording) => boolean
): State.Recording => {
  const recording = held.recordings.find(select) ?? refuse(40058, "invalid recording")
  return State.isConverted(recording, call.now) ? recording : refuse(40058, "the recording is being converted")
}

const recordings = [
  route(MeetingRecordings.endpoints.list, (call) => {
    const { cursor, end_time, limit = 10, meeting_code, meetingid, start_time, userid } = call.input
    const from = DateTime.toEpochMillis(start_time)
    const to = DateTime.toEpochMillis(end_time)
    const of = (held: State.Held) =>
      meetingid !== undefined
        ? held.meetingid === meetingid
        : meeting_code !== undefined
        ? held.code === meeting_code
        : held.details.admin_userid === userid
    const all = meetings.list(call, ({ value }) => of(value)).flatMap((held) =>
      held.recordings.filter((recording) => recording.from >= from && recording.from <= to)
        .map((recording) => ({ held, recording }))
    )
    const { items, ...page } = ofPage(pageOf(all, cursor, limit))
    return {
      ...page,
      record_meetings: items.map(({ held, recording }) => {
        const ready = State.isConverted(recording, call.now)
        return new Recording({
          meeting_record_id: recording.id,
          meetingid: held.meetingid,
          meeting_code: held.code,
          host_user_id: held.details.admin_userid,
          meeting_start_time: timeOf(recording.from),
          title: held.details.title,
          state: ready ? RecordingState.Ready : RecordingState.Recording,
          record_files: ready
            ? [
              new RecordingFile({
                record_file_id: recording.fileId,
                record_start_time: timeOf(recording.from),
                record_end_time: timeOf(recording.to ?? recording.from),
                record_size: sizeOf(recording),
                sharing_state: false
              })
            ]
            : []
        })
      })
    }
  }),

  route(MeetingRecordings.endpoints.listAddresses, (call) => {
    const { meeting_record_id, meetingid } = call.input
    const held = meetings.get(call, meetingid)
    const recording = converted(call, held, ({ id }) => id === meeting_record_id)
    return new RecordingAddresses({
      meeting_record_id,
      meetingid,
      meeting_code: held.code,
      title: held.details.title,
      record_files: [new RecordingAddress({ ...addressOf(recording), meeting_summary: [] })]
    })
  }),

  route(MeetingRecordings.endpoints.getFile, (call) => {
    const { meetingid, record_file_id } = call.input
    const held = meetings.get(call, meetingid)
    const recording = converted(call, held, ({ fileId }) => fileId === record_file_id)
    return new RecordingFileDetail({
      ...addressOf(recording),
      meetingid,
      meeting_code: held.code,
      record_name: held.details.title,
      meeting_record_name: held.details.title,
      start_time: timeOf(recording.from),
      end_time: timeOf(recording.to ?? recording.from),
      ai_meeting_transcripts: []
    })
  }),

  route(MeetingRecordings.endpoints.delete, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    const recording = converted(call, held, ({ id }) => id === call.input.meeting_record_id)
    tellAll(call, held, State.deleteRecordings(held, (one) => one === recording))
  }),

  route(MeetingRecordings.endpoints.deleteFile, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    const recording = converted(call, held, ({ fileId }) => fileId === call.input.record_file_id)
    tellAll(call, held, State.deleteRecordings(held, (one) => one === recording))
  })
]

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

const rooms = [
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
    const held = waiting(meetings.get(call, meetingid))
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
  })
]

const statistics = [
  route(MeetingStatistics.endpoints.listStarts, (call) => {
    const { begin_time, cursor, end_time, limit = 200, type } = call.input
    const from = DateTime.toEpochMillis(begin_time)
    const to = DateTime.toEpochMillis(end_time)
    const all = type === MeetingStartType.Failed
      ? []
      : State.startsOf(call.corp).filter(({ at }) => at >= from && at < to).toReversed()
    const { items, ...page } = ofPage(pageOf(all, cursor, limit))
    return {
      ...page,
      meeting_list: items.filter(({ userid }) => isSeenMember(call, userid)).map(({ at, userid }) =>
        new MeetingStart({ userid, start_time: timeOf(at) })
      )
    }
  })
]

export const meetingRoutes = [...planning, ...attending, ...control, ...recordings, ...rooms, ...statistics]
