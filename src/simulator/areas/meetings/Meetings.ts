/**
 * What the simulator knows of 会议: meetings that apps have made, who is in them, and what is recorded; and rooms with
 * devices, which appear with {@link addRoom}, as in the admin console. Members enter and leave with `MeetingActs`.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Events from "../../../callback/events/MeetingEvents.ts"
import { EnrollmentApproval, EnrollmentStatus, type NewEnrollmentConfig } from "../../../oa/meetings/Enrollment.ts"
import { MeetingDevice } from "../../../oa/meetings/MeetingDevice.ts"
import type { MeetingBackground } from "../../../oa/meetings/MeetingLayouts.ts"
import type { NewPhoneCall } from "../../../oa/meetings/MeetingPhone.ts"
import { MeetingRole } from "../../../oa/meetings/MeetingRole.ts"
import { type CreatedMeeting, MeetingStatus, type NewMeeting } from "../../../oa/meetings/Meetings.ts"
import { AutoRecording } from "../../../oa/meetings/MeetingSettings.ts"
import { PstnStatus } from "../../../oa/meetings/PstnStatus.ts"
import { type MraAddress, RoomsResponseStatus } from "../../../oa/meetings/RoomsDevices.ts"
import { event, seeing, type Telling, toApp } from "../../engine/Audience.ts"
import * as Collection from "../../engine/Collection.ts"
import * as State from "../../engine/State.ts"
import { type App, type Corp, corpOf, findMember, type Member, type World } from "../../engine/World.ts"

/** Somebody in a meeting, or in its waiting room, with one device, once. */
export interface Presence {
  readonly userid: string
  readonly tmpOpenId: string
  readonly device: number
  /** In milliseconds of the epoch, as are all times here. */
  readonly from: number
  /** While they are there: `undefined`. */
  to: number | undefined
  muted: boolean
  sharing: boolean
}

/** 云录制. */
export interface Recording {
  readonly id: string
  readonly fileId: string
  readonly from: number
  to: number | undefined
  paused: boolean
}

/** Somebody who has enrolled. */
export interface Enrolled {
  readonly id: string
  readonly userid: string | undefined
  readonly phone: { readonly area: string | undefined; readonly number: string } | undefined
  readonly name: string
  readonly at: number
  readonly answers: ReadonlyArray<ReadonlyArray<string>>
  readonly imported: boolean
  status: number
}

/** A call of a room, or of a device of another make, into a meeting. */
export interface RoomCall {
  readonly id: string
  readonly roomId: string | undefined
  readonly address: typeof MraAddress.Type | undefined
  status: number
  at: number
}

/** A call by phone into a meeting. */
export interface PhoneCalled {
  readonly number: typeof NewPhoneCall.Type
  status: string
  tmpOpenId: string | undefined
}

/** A meeting. */
export interface Held extends Pick<CreatedMeeting, "meetingid"> {
  readonly code: string
  readonly owner: App
  /** As the app has made and changed it. */
  details: Omit<typeof NewMeeting.Type, "agentid">
  status: number
  /** Whether nobody can enter any more. */
  recycled: boolean
  locked: boolean
  readonly presences: Array<Presence>
  readonly waiting: Array<Presence>
  /** Userids of those whom the API has made co-hosts. */
  readonly coHosts: Set<string>
  /** Userids of those who may not come again. */
  readonly barred: Set<string>
  /** 会中临时ID by userid. */
  readonly openIds: Map<string, string>
  readonly recordings: Array<Recording>
  /** 报名配置. */
  enrollment: Omit<typeof NewEnrollmentConfig.Type, "meetingid">
  readonly enrolled: Map<string, Enrolled>
  /** 会议背景: the one that is used, and all. */
  backgrounds: { readonly selected: string; readonly list: ReadonlyArray<MeetingBackground> }
  readonly roomCalls: Array<RoomCall>
  readonly phoneCalls: Array<PhoneCalled>
}

/** A room with a device. */
export interface Room {
  readonly id: string
  readonly name: string
  readonly location: string
  readonly capacity: number
  /** Ids of the meetings that it is booked for. */
  readonly bookedFor: Set<string>
}

/** Somebody has begun a meeting. */
export interface Start {
  readonly userid: string
  readonly at: number
}

/** How long a recording is converted, in milliseconds. */
export const conversionTime = 60_000

/** Meetings by id; an app may see and change its own alone. */
export const meetings = Collection.make<Held>("meetings/meetings", {
  id: (world) => world.id("hy"),
  missing: 40058,
  message: "invalid meetingid",
  foreign: 730005
})

/** 预约会议. Keeps a meeting that an app makes; one that does not say when begins now. */
export const hold = (call: Collection.Caller, details: Held["details"]): Held =>
  meetings.add(call, (meetingid) => ({
    meetingid,
    code: `${call.world.next()}`.padStart(9, "5"),
    owner: call.app,
    details: { meeting_start: DateTime.makeUnsafe(call.now), meeting_duration: 3600, ...details },
    status: MeetingStatus.Waiting,
    recycled: false,
    locked: false,
    presences: [],
    waiting: [],
    coHosts: new Set(),
    barred: new Set(),
    openIds: new Map(),
    recordings: [],
    enrollment: {},
    enrolled: new Map(),
    backgrounds: { selected: "", list: [] },
    roomCalls: [],
    phoneCalls: []
  }))

/** Who has begun meetings, the latest last. */
export const startsOf: (corp: Corp) => Array<Start> = State.make("meetings/starts", () => [])

const room = (id: string, name: string, location: string, capacity: number): Room => ({
  id,
  name,
  location,
  capacity,
  bookedFor: new Set()
})

/** The rooms of a corp: two at first. */
export const roomsOf: (corp: Corp) => Map<string, Room> = State.make(
  "meetings/rooms",
  () =>
    new Map(
      [room("rooms-1", "朝霞", "广州-一号楼-10", 8), room("rooms-2", "晚霞", "广州-一号楼-11", 20)].map((
        one
      ) => [one.id, one])
    )
)

/** A room to be. */
export interface RoomOptions {
  /** Default: the first corp. */
  readonly corpId?: string | undefined
  readonly name: string
  /** City, building and floor. Default: `广州-一号楼-1`. */
  readonly location?: string | undefined
  /** Default: 8. */
  readonly capacity?: number | undefined
}

/** Adds a room with a device, as an administrator does. Returns its id. */
export const addRoom = (
  world: World,
  { capacity = 8, corpId, location = "广州-一号楼-1", name }: RoomOptions
): Effect.Effect<string> =>
  Effect.sync(() => {
    const id = world.id("rooms-")
    roomsOf(corpOf(world, corpId)).set(id, room(id, name, location, capacity))
    return id
  })

/** From when to when a meeting is planned; an hour from when it was made, if it does not say. */
export const plannedOf = ({ details }: Held): { readonly from: number; readonly to: number } => {
  const from = details.meeting_start === undefined ? 0 : DateTime.toEpochMillis(details.meeting_start)
  return { from, to: from + (details.meeting_duration ?? 3600) * 1000 }
}

/** Those who are in a meeting, or wait. */
export const present = (list: ReadonlyArray<Presence>): ReadonlyArray<Presence> =>
  list.filter(({ to }) => to === undefined)

/** Whether somebody runs a meeting: its administrator, and its hosts. */
export const isHost = ({ details: { admin_userid, settings } }: Held, userid: string): boolean =>
  [admin_userid, ...settings?.hosts?.userid ?? []].some((one) => one.toLowerCase() === userid.toLowerCase())

/** As whom somebody takes part. */
export const roleOf = (held: Held, userid: string): number =>
  isHost(held, userid) ? MeetingRole.Host : held.coHosts.has(userid) ? MeetingRole.CoHost : MeetingRole.Member

/** Who did something, and in which meeting: WeCom itself without a userid. */
export const addressed = ({ meetingid, openIds }: Held, userid?: string) => ({
  MeetingId: meetingid,
  ...(userid === undefined ? {} : { FromUserName: userid, FromUserTmpOpenId: openIds.get(userid) })
})

/** Whom something was done to. */
const to = ({ openIds }: Held, userid: string) => ({ UserId: userid, TmpOpenId: openIds.get(userid) })

/** What a member has come to, and what the app that made the meeting is told of it. */
export type Change = ReadonlyArray<Telling>

/** How somebody comes. */
export interface Entrance {
  readonly member: Member
  readonly device: number
  readonly now: number
}

/** A member comes: into the meeting, into its waiting room, or not yet. Why not, as a text. */
export const enter = (world: World, corp: Corp, held: Held, entrance: Entrance): Change | string => {
  const { member: { user: { userid } }, now } = entrance
  if (held.status === MeetingStatus.Cancelled) return "the meeting was cancelled"
  if (held.recycled) return "nobody can enter the meeting any more"
  if (held.barred.has(userid)) return `${userid} may not come again`
  if (present([...held.presences, ...held.waiting]).some((one) => one.userid === userid)) {
    return `${userid} is in the meeting already`
  }
  const host = isHost(held, userid)
  if (held.locked && !host) return "the meeting is locked"
  if (!held.openIds.has(userid)) held.openIds.set(userid, world.id("tmp-"))
  const { allow_enter_before_host = true, enable_waiting_room = false } = held.details.settings ?? {}
  if (!host && !allow_enter_before_host && !present(held.presences).some((one) => isHost(held, one.userid))) {
    return [toApp(held.owner, event(Events.MeetingHostAwaited, addressed(held, userid)))]
  }
  if (!host && enable_waiting_room) {
    held.waiting.push(presenceOf(held, userid, entrance.device, now))
    return [toApp(held.owner, event(Events.WaitingRoomJoined, addressed(held, userid)))]
  }
  return admit(world, corp, held, entrance)
}

const presenceOf = (held: Held, userid: string, device: number, from: number): Presence => ({
  userid,
  tmpOpenId: held.openIds.get(userid) ?? "",
  device,
  from,
  to: undefined,
  muted: held.details.settings?.enable_enter_mute === 1,
  sharing: false
})

/** A member is in the meeting, which begins with the first one. */
const admit = (world: World, corp: Corp, held: Held, { device, member, now }: Entrance): Change => {
  const { user: { userid } } = member
  const change: Array<Telling> = []
  if (held.status !== MeetingStatus.Running) {
    held.status = MeetingStatus.Running
    startsOf(corp).push({ userid, at: now })
    const launched = { FromUserName: userid, Status: Events.MeetingStartStatus.Succeeded }
    change.push(
      toApp(held.owner, event(Events.MeetingStarted, addressed(held, userid))),
      seeing(corp, member, event(Events.MeetingLaunched, launched))
    )
  }
  held.presences.push(presenceOf(held, userid, device, now))
  change.push(toApp(held.owner, event(Events.MeetingJoined, addressed(held, userid))))
  const { attendee_join_auto_record = false, auto_record_type } = held.details.settings ?? {}
  if (auto_record_type === AutoRecording.Cloud && (attendee_join_auto_record || isHost(held, userid))) {
    change.push(...startRecording(world, held, now))
  }
  return change
}

/** Whether it is being recorded. */
export const isRecording = ({ recordings }: Held): boolean => recordings.some((one) => one.to === undefined)

/** 云录制 pauses, or continues. */
export const pauseRecording = (held: Held, userid: string, paused: boolean): Change | string => {
  const running = held.recordings.find((one) => one.to === undefined)
  if (running === undefined || running.paused === paused) return `${held.meetingid} is not being recorded so`
  running.paused = paused
  return [
    toApp(
      held.owner,
      paused
        ? event(Events.RecordingPaused, addressed(held, userid))
        : event(Events.RecordingResumed, addressed(held, userid))
    )
  ]
}

/** 云录制 begins, unless it has. */
export const startRecording = (world: World, held: Held, now: number, userid?: string): Change => {
  if (isRecording(held)) return []
  held.recordings.push({ id: world.id("record-"), fileId: world.id("file-"), from: now, to: undefined, paused: false })
  return [toApp(held.owner, event(Events.RecordingStarted, addressed(held, userid)))]
}

/** 云录制 ends, if it has begun: `recordingCompleted` follows when it is converted. */
export const stopRecording = (held: Held, now: number, userid?: string): Change => {
  const running = held.recordings.find((one) => one.to === undefined)
  if (running === undefined) return []
  running.to = now
  return [toApp(held.owner, event(Events.RecordingStopped, addressed(held, userid)))]
}

/** 云录制已完成. */
export const recordingCompleted = (held: Held): Telling =>
  toApp(held.owner, event(Events.RecordingCompleted, addressed(held)))

/** Whether a recording has been converted. */
export const isConverted = (recording: Recording, now: number): boolean =>
  recording.to !== undefined && now >= recording.to + conversionTime

/** A member leaves the meeting, or its waiting room. */
export const leave = (held: Held, userid: string, now: number): Change | string => {
  const inside = present(held.presences).find((one) => one.userid === userid)
  if (inside !== undefined) {
    inside.to = now
    return [
      ...share(held, inside, false),
      toApp(held.owner, event(Events.MeetingLeft, addressed(held, userid)))
    ]
  }
  const waiting = present(held.waiting).find((one) => one.userid === userid)
  if (waiting === undefined) return `${userid} is not in the meeting`
  waiting.to = now
  return [
    toApp(held.owner, event(Events.WaitingRoomLeft, { ...addressed(held, userid), OperatedUser: to(held, userid) }))
  ]
}

/** A member begins to share the screen, or stops. */
export const share = (held: Held, presence: Presence, sharing: boolean): Change => {
  if (presence.sharing === sharing) return []
  presence.sharing = sharing
  return [
    toApp(
      held.owner,
      sharing
        ? event(Events.ScreenShareStarted, addressed(held, presence.userid))
        : event(Events.ScreenShareEnded, addressed(held, presence.userid))
    )
  ]
}

/** Somebody who waits is let in. */
export const letIn = (world: World, corp: Corp, held: Held, waiting: Presence, now: number): Change => {
  waiting.to = now
  const member = findMember(corp, waiting.userid)
  if (member === undefined) return []
  const done = { ...addressed(held), OperatedUser: to(held, waiting.userid) }
  return [
    toApp(held.owner, event(Events.WaitingRoomAdmitted, done)),
    ...admit(world, corp, held, { member, device: waiting.device, now })
  ]
}

/** Somebody who is in the meeting waits again. */
export const sendBack = (held: Held, inside: Presence, now: number): Change => {
  inside.to = now
  held.waiting.push(presenceOf(held, inside.userid, inside.device, now))
  const done = { ...addressed(held), OperatedUser: to(held, inside.userid) }
  return [toApp(held.owner, event(Events.WaitingRoomReturned, done))]
}

/** Somebody becomes a co-host, or is one no longer. */
export const setCoHost = (held: Held, { tmpOpenId, userid }: Presence, coHost: boolean): Change => {
  if (coHost) held.coHosts.add(userid)
  else held.coHosts.delete(userid)
  const operated = { UserId: userid, TmpOpenId: tmpOpenId, UserRole: roleOf(held, userid) }
  return [toApp(held.owner, event(Events.MeetingRoleChanged, { ...addressed(held), OperatedUser: operated }))]
}

/** All are muted, or unmuted. */
export const muteAll = (held: Held, muted: boolean): Change => {
  for (const one of present(held.presences)) one.muted = muted
  return [
    toApp(
      held.owner,
      muted ? event(Events.MeetingMuted, addressed(held)) : event(Events.MeetingUnmuted, addressed(held))
    )
  ]
}

/** The meeting ends: everybody is out, and what is recorded is converted. */
export const end = (held: Held, now: number, userid?: string): Change => {
  for (const one of present([...held.presences, ...held.waiting])) {
    one.to = now
    one.sharing = false
  }
  held.status = MeetingStatus.Ended
  return [...stopRecording(held, now, userid), toApp(held.owner, event(Events.MeetingEnded, addressed(held, userid)))]
}

/** 修改会议. */
export const modified = (held: Held): Telling => toApp(held.owner, event(Events.MeetingModified, addressed(held)))

/** 取消会议. */
export const cancel = (held: Held): Change => {
  held.status = MeetingStatus.Cancelled
  return [toApp(held.owner, event(Events.MeetingCancelled, addressed(held)))]
}

/** 删除云录制. */
export const deleteRecordings = (held: Held, select: (recording: Recording) => boolean): Change => {
  const kept = held.recordings.filter((one) => !select(one))
  if (kept.length === held.recordings.length) return []
  held.recordings.splice(0, held.recordings.length, ...kept)
  return [toApp(held.owner, event(Events.RecordingDeleted, addressed(held)))]
}

/** Whether a meeting needs a room while another one has it. */
export const isTaken = (corp: Corp, { bookedFor }: Room, held: Held): boolean => {
  const { from, to } = plannedOf(held)
  return [...bookedFor].some((id) => {
    const other = Option.getOrUndefined(meetings.find(corp, id))?.value
    if (other === undefined || other === held) return false
    if (other.status !== MeetingStatus.Waiting && other.status !== MeetingStatus.Running) return false
    const planned = plannedOf(other)
    return planned.from < to && from < planned.to
  })
}

/** How long WeCom takes to fetch a picture or a video, in milliseconds. */
export const fetchTime = 1000

/** What a picture's path ends in. */
export const pictures = [".png", ".jpg", ".jpeg"]

/** Whether WeCom takes what a URL leads to, by the end of its path; why not. */
export const fetched = (url: string, endings: ReadonlyArray<string>) => {
  const isTaken = endings.some((ending) => url.toLowerCase().split(/[?#]/)[0]?.endsWith(ending) === true)
  return isTaken ? { UploadStatus: true } : { UploadStatus: false, ErrorMsg: "unsupported-format" }
}

/** 素材上传结果: what has become of pictures. */
export const picturesUploaded = (held: Held, urls: ReadonlyArray<string>, endings = pictures): Telling => {
  const UploadInfo = urls.map((url) => ({
    MediumUrl: url,
    MediumType: Events.MediumType.Image,
    ...fetched(url, endings)
  }))
  const AllUploadStatus = UploadInfo.every(({ UploadStatus }) => UploadStatus)
  return toApp(held.owner, event(Events.MediumUploaded, { ...addressed(held), AllUploadStatus, UploadInfo }))
}

/** What a member comes with, unless the act says. */
export const usualDevice = MeetingDevice.Pc

/** Somebody enrols: approved at once, unless the meeting says otherwise. */
export const enroll = (held: Held, enrolled: Omit<Enrolled, "status">): Change => {
  const manual = held.enrollment.approve_type === EnrollmentApproval.Manual
  const status = manual && !enrolled.imported ? EnrollmentStatus.Pending : EnrollmentStatus.Approved
  held.enrolled.set(enrolled.id, { ...enrolled, status })
  const { imported, userid } = enrolled
  return imported
    ? []
    : [toApp(held.owner, event(Events.MeetingEnrolled, { ...addressed(held, userid), EnrollId: enrolled.id }))]
}

/** Somebody enrols no longer. */
export const cancelEnrollment = (held: Held, userid: string): Change | string => {
  const enrolled = [...held.enrolled.values()].find((one) => one.userid === userid)
  if (enrolled === undefined) return `${userid} has not enrolled`
  held.enrolled.delete(enrolled.id)
  const cancelled = { ...addressed(held, userid), EnrollId: enrolled.id }
  return [toApp(held.owner, event(Events.MeetingEnrollmentCancelled, cancelled))]
}

/** A room that was called answers, or does not; or the call is taken back. */
export const respond = (held: Held, call: RoomCall, status: number, now: number): Change => {
  call.status = status
  call.at = now
  const { address, roomId } = call
  return [
    toApp(
      held.owner,
      event(Events.MeetingRoomResponded, {
        ...addressed(held),
        MeetingRoomId: roomId,
        MraAddress: address && { Protocol: address.protocol, DialString: address.dial_string },
        RoomResponseStatus: status
      })
    )
  ]
}

/** The call of a room that has not been answered yet. */
export const ringing = ({ roomCalls }: Held): ReadonlyArray<RoomCall> =>
  roomCalls.filter(({ status }) => status === RoomsResponseStatus.Calling)

/** What has come of a call by phone. */
export const phone = (world: World, held: Held, call: PhoneCalled, status: string): Change => {
  call.status = status
  if (status === PstnStatus.Accepted) call.tmpOpenId = world.id("tmp-")
  return [toApp(held.owner, event(Events.PstnStatusUpdated, { ...addressed(held), PstnStatus: status }))]
}
