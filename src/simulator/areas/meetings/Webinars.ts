/**
 * What the simulator knows of 网络研讨会: each is a meeting that people join and leave as any other, with an audience and
 * panelists, and pictures that are fetched some time after the call.
 */
import * as DateTime from "effect/DateTime"
import * as Events from "../../../callback/events/MeetingEvents.ts"
import { MeetingRole } from "../../../oa/meetings/MeetingRole.ts"
import { Admission, type NewPanelist, type NewWebinar, PanelistType } from "../../../oa/meetings/Webinars.ts"
import { event, type Telling, toApp } from "../../engine/Audience.ts"
import * as State from "../../engine/State.ts"
import { addressed, fetched, type Held, pictures } from "./Meetings.ts"

/** What a webinar has beside what meetings have. */
export interface Webinar {
  /** As the app has made and changed it. */
  details: typeof NewWebinar.Type
  panelists: ReadonlyArray<NewPanelist>
  /** 暖场. */
  warmUp: {
    readonly warm_up_picture?: string | undefined
    readonly warm_up_video?: string | undefined
    readonly allow_attendees_invite_others?: boolean | undefined
  }
  /** Those whose role was changed, by userid. */
  readonly roles: Map<string, number>
}

/** The webinars of a corp, by meetingid. */
export const webinarsOf = State.make("meetings/webinars", () => new Map<string, Webinar>())

/** What a webinar is as a meeting. */
export const asMeeting = (
  { admin_userid, admission_type, end_time, hosts, media_setting, start_time, title }: typeof NewWebinar.Type
): Held["details"] => ({
  admin_userid,
  title,
  meeting_start: start_time,
  meeting_duration: (DateTime.toEpochMillis(end_time) - DateTime.toEpochMillis(start_time)) / 1000,
  settings: {
    enable_enroll: admission_type === Admission.Enrolled,
    allow_enter_before_host: media_setting?.allow_enter_before_host,
    auto_record_type: media_setting?.auto_record_type,
    attendee_join_auto_record: media_setting?.attendee_join_auto_record,
    hosts: { userid: (hosts ?? []).map(({ userid }) => userid) }
  }
})

/** As whom somebody takes part. */
export const webinarRoleOf = ({ details, panelists, roles }: Webinar, userid: string): number =>
  roles.get(userid) ??
    (details.admin_userid === userid || details.hosts?.some((host) => host.userid === userid) === true
      ? MeetingRole.Host
      : panelists.some((one) => one.guest_type === PanelistType.Internal && one.userid === userid)
      ? MeetingRole.InternalPanelist
      : MeetingRole.Attendee)

/** Somebody who takes part has another role. */
export const setWebinarRole = (held: Held, webinar: Webinar, userid: string, role: number, by: string): Telling => {
  webinar.roles.set(userid, role)
  const operated = { UserId: userid, TmpOpenId: held.openIds.get(userid), UserRole: role }
  return toApp(held.owner, event(Events.WebinarRoleChanged, { ...addressed(held, by), OperatedUser: operated }))
}

/** 网络研讨会暖场上传结果; the picture counts if there are both. */
export const warmUpUploaded = (held: Held, { warm_up_picture, warm_up_video }: Webinar["warmUp"]): Telling => {
  const info = warm_up_picture !== undefined
    ? { WarmUpPicture: warm_up_picture, ...fetched(warm_up_picture, pictures) }
    : { WarmUpVideo: warm_up_video, ...fetched(warm_up_video ?? "", [".mp4"]) }
  return toApp(held.owner, event(Events.WebinarWarmUpUploaded, { ...addressed(held), WarmUpInfo: info }))
}
