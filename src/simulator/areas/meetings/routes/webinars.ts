/** 网络研讨会. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { MeetingStatus } from "../../../../oa/meetings/Meetings.ts"
import { MeetingState } from "../../../../oa/meetings/MeetingState.ts"
import { CreatedWebinar, Panelist, PanelistType, Webinar, Webinars } from "../../../../oa/meetings/Webinars.ts"
import { announce } from "../../../engine/Audience.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import { isSeenMember } from "../../../engine/Sight.ts"
import * as State from "../Meetings.ts"
import * as WebinarState from "../Webinars.ts"
import { afterwards, seenUserids, tellAll, waiting } from "./shared.ts"

const { endpoints } = Webinars
const { meetings } = State

interface Found {
  readonly held: State.Held
  readonly webinar: WebinarState.Webinar
}

/** A webinar by either of its numbers. */
const found = (
  call: AppCall<{ readonly meetingid?: string | undefined; readonly meeting_code?: string | undefined }>
): Found => {
  const { meeting_code, meetingid = "" } = call.input
  const held = meetingid !== ""
    ? meetings.get(call, meetingid)
    : meetings.list(call, ({ value }) => value.code === meeting_code)[0] ?? refuse(730004)
  const webinar = WebinarState.webinarsOf(call.corp).get(held.meetingid)
  return webinar === undefined ? refuse(730011) : { held, webinar }
}

/** The members that a webinar names, and when it begins. */
const check = (
  call: AppCall<unknown>,
  details: Pick<WebinarState.Webinar["details"], "hosts" | "start_time">
): void => {
  seenUserids(call, (details.hosts ?? []).map(({ userid }) => userid))
  if (DateTime.toEpochMillis(details.start_time) < call.now - 30 * 60_000) refuse(400222)
}

const linksOf = ({ code }: State.Held, { details }: WebinarState.Webinar) => ({
  password: details.password,
  audience_join_link: `https://meeting.example.com/audience/${code}`,
  guest_join_link: details.enable_guest_invite_link === true
    ? Redacted.make(`https://meeting.example.com/guest/${code}`)
    : undefined,
  ...(details.enable_manual_check === true
    ? {
      manual_check_link: `https://meeting.example.com/check/${code}`,
      manual_check_password: Redacted.make(code.slice(-6))
    }
    : {})
})

const states: { readonly [status: number]: typeof MeetingState.values[number] } = {
  [MeetingStatus.Waiting]: MeetingState.Waiting,
  [MeetingStatus.Running]: MeetingState.Started,
  [MeetingStatus.Ended]: MeetingState.Past,
  [MeetingStatus.Cancelled]: MeetingState.Cancelled
}

export const webinars = [
  route(endpoints.create, (call) => {
    const details = call.input
    const [admin_userid = details.admin_userid] = seenUserids(call, [details.admin_userid])
    check(call, details)
    const webinar: WebinarState.Webinar = {
      details: { ...details, admin_userid },
      panelists: [],
      warmUp: {},
      roles: new Map()
    }
    const held = State.hold(call, WebinarState.asMeeting(webinar.details))
    WebinarState.webinarsOf(call.corp).set(held.meetingid, webinar)
    const { admission_type, cover_url, end_time, start_time, title } = details
    if (cover_url !== undefined) afterwards(call, () => State.picturesUploaded(held, [cover_url]))
    return new CreatedWebinar({
      meetingid: held.meetingid,
      meeting_code: held.code,
      title,
      start_time,
      end_time,
      admission_type,
      ...linksOf(held, webinar)
    })
  }),

  route(endpoints.update, (call) => {
    const { meetingid: _, ...changes } = call.input
    const { held, webinar } = found(call)
    waiting(held, 400221)
    check(call, changes)
    const { cover_url: before } = webinar.details
    webinar.details = { ...webinar.details, ...changes }
    held.details = WebinarState.asMeeting(webinar.details)
    announce(call, State.modified(held))
    const { cover_url } = changes
    if (cover_url !== undefined && cover_url !== before) {
      afterwards(call, () => State.picturesUploaded(held, [cover_url]))
    }
  }),

  route(endpoints.cancel, (call) => {
    tellAll(call, State.cancel(waiting(found(call).held, 400224)))
  }),

  route(endpoints.get, (call) => {
    const { held, webinar } = found(call)
    const { admin_userid: _, hosts = [], media_setting, sensitive_words = [], ...details } = webinar.details
    return new Webinar({
      ...details,
      ...webinar.warmUp,
      ...linksOf(held, webinar),
      meetingid: held.meetingid,
      meeting_code: held.code,
      status: states[held.status] ?? MeetingState.Invalid,
      hosts: hosts.filter(({ userid }) => isSeenMember(call, userid)),
      media_setting,
      sensitive_words
    })
  }),

  route(endpoints.listPanelists, (call) => found(call).webinar.panelists.map((one) => new Panelist(one))),

  route(endpoints.setPanelists, (call) => {
    const { webinar } = found(call)
    seenUserids(
      call,
      call.input.guests.flatMap((one) => one.guest_type === PanelistType.Internal ? [one.userid] : [])
    )
    webinar.panelists = call.input.guests
  }),

  route(endpoints.setWarmUp, (call) => {
    const { meetingid: _, ...warmUp } = call.input
    const { held, webinar } = found(call)
    webinar.warmUp = { ...webinar.warmUp, ...warmUp }
    if (warmUp.warm_up_picture !== undefined || warmUp.warm_up_video !== undefined) {
      afterwards(call, () => WebinarState.warmUpUploaded(held, warmUp))
    }
  })
]
