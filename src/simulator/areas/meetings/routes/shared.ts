/** What the routes of meetings share. */
import { MeetingStatus } from "../../../../oa/meetings/Meetings.ts"
import { announce, type Telling } from "../../../engine/Audience.ts"
import type { Page } from "../../../engine/Pages.ts"
import { type AppCall, refuse } from "../../../engine/Route.ts"
import { seenMember } from "../../../engine/Sight.ts"
import * as State from "../Meetings.ts"

/** Tells the app of what a call has done. */
export const tellAll = (call: AppCall<unknown>, change: State.Change): void => {
  for (const telling of change) announce(call, telling)
}

/** Tells the app of something when WeCom has fetched what a URL leads to. */
export const afterwards = (call: AppCall<unknown>, telling: () => Telling): void =>
  call.later(State.fetchTime, (now) => announce({ ...call, now }, telling()))

export const ofPage = <Item>({ items, next_cursor }: Page<Item>) => ({
  items,
  has_more: next_cursor !== undefined,
  next_cursor
})

/** Only before it has begun: otherwise `begun` is the errcode. */
export const waiting = (held: State.Held, begun: number): State.Held =>
  held.status === MeetingStatus.Waiting ? held : refuse(held.status === MeetingStatus.Cancelled ? 400041 : begun)

/** Only while it is held. */
export const running = (held: State.Held): State.Held =>
  held.status === MeetingStatus.Running ? held : refuse(40058, "the meeting is not being held")

/** Somebody in a list, by what the call says of them. */
export const found = (
  list: ReadonlyArray<State.Presence>,
  { instance_id, tmp_openid }: { readonly tmp_openid: string; readonly instance_id: number }
): State.Presence =>
  State.present(list).find(({ device, tmpOpenId }) => tmpOpenId === tmp_openid && device === instance_id) ??
    refuse(730000)

/** Everybody invited is a member that the app sees. */
export const seenUserids = (call: AppCall<unknown>, userids: ReadonlyArray<string>): ReadonlyArray<string> =>
  userids.map((userid) => seenMember(call, userid).user.userid)
