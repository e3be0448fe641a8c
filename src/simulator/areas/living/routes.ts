/** 直播. */
import * as Redacted from "effect/Redacted"
import {
  ExternalViewer,
  ExternalViewerType,
  Living,
  Livings,
  LivingShare,
  LivingType,
  MemberViewer,
  ReplayStatus,
  ViewerPage
} from "../../../oa/living/Livings.ts"
import { LivingStatus } from "../../../oa/living/LivingStatus.ts"
import { announce } from "../../engine/Audience.ts"
import { pageOf } from "../../engine/Pages.ts"
import { type AppCall, merged, refuse, route } from "../../engine/Route.ts"
import { isSeenMember, seenMember } from "../../engine/Sight.ts"
import { timeOf } from "../../engine/Times.ts"
import { findMember } from "../../engine/World.ts"
import * as State from "./Livings.ts"

const { endpoints } = Livings
const { livings } = State

/** How many viewers a page has. */
const viewersPerPage = 100

type Call = AppCall<unknown>

/** Who broadcasts: a member whom the app sees. */
const anchorOf = (call: Call, userid: string): string => {
  const member = findMember(call.corp, userid) ?? refuse(60111)
  return isSeenMember(call, userid) ? member.user.userid : refuse(92000)
}

/** A broadcast that has not begun. */
const reserved = (call: Call, livingid: string): State.Broadcast => {
  const broadcast = livings.get(call, livingid)
  return broadcast.status === LivingStatus.Reserved ? broadcast : refuse(92006)
}

const detailOf = (call: Call, broadcast: State.Broadcast): Living => {
  const { details, endedAt, livingid, replay, startedAt, subscribers, viewers } = broadcast
  const status = State.statusOf(broadcast, call.now)
  const all = [...viewers.values()]
  return new Living({
    livingid,
    theme: details.theme,
    description: details.activity_detail?.description ?? details.description,
    type: details.type ?? LivingType.General,
    status,
    anchor_userid: details.anchor_userid,
    main_department: findMember(call.corp, details.anchor_userid)?.user.main_department,
    reserve_start: details.living_start,
    reserve_living_duration: details.living_duration,
    living_start: startedAt === undefined ? details.living_start : timeOf(startedAt),
    living_duration: startedAt === undefined
      ? details.living_duration
      : Math.floor(((endedAt ?? call.now) - startedAt) / 1000),
    viewer_num: all.length,
    comment_num: all.reduce((sum, { comments }) => sum + comments, 0),
    mic_num: all.filter(({ hasSpoken }) => hasSpoken).length,
    online_count: all.filter(({ since }) => since !== undefined).length,
    subscribe_count: subscribers.size,
    open_replay: replay !== "none",
    replay_status: State.replayOf(broadcast, call.now),
    push_stream_url: details.type === LivingType.Activity && status === LivingStatus.Reserved
      ? Redacted.make(`rtmp://push.example.com/live/${livingid}`)
      : undefined
  })
}

const partsOf = (one: State.Watching, now: number) => {
  const { invitor } = one
  return {
    watch_time: State.secondsOf(one, now),
    is_comment: one.comments > 0,
    is_mic: one.hasSpoken,
    invitor_userid: invitor !== undefined && "userid" in invitor ? invitor.userid : undefined,
    invitor_external_userid: invitor !== undefined && "external_userid" in invitor ? invitor.external_userid : undefined
  }
}

export const living = [
  route(endpoints.create, (call) => {
    const { agentid: _, ...details } = call.input
    const anchor_userid = anchorOf(call, details.anchor_userid)
    const broadcast = livings.add(call, (livingid) => ({
      livingid,
      owner: call.app,
      details: { ...details, anchor_userid },
      status: LivingStatus.Reserved,
      startedAt: undefined,
      endedAt: undefined,
      replay: "none",
      viewers: new Map(),
      subscribers: new Set()
    }))
    announce(call, State.turn(broadcast, LivingStatus.Reserved))
    return broadcast.livingid
  }),

  route(endpoints.update, (call) => {
    const { livingid, type, ...changes } = call.input
    const broadcast = reserved(call, livingid)
    // The activity's pictures stay, and are not shown if it is one no longer.
    const details = merged(broadcast.details, changes)
    broadcast.details = type === undefined ? details : { ...details, type } as typeof details
  }),

  route(endpoints.cancel, (call) => {
    announce(call, State.turn(reserved(call, call.input.livingid), LivingStatus.Cancelled))
  }),

  route(endpoints.deleteReplay, (call) => {
    const broadcast = livings.get(call, call.input.livingid)
    if (State.replayOf(broadcast, call.now) !== ReplayStatus.Ready) refuse(92007)
    broadcast.replay = "deleted"
  }),

  route(endpoints.getWatchCode, (call) => {
    livings.get(call, call.input.livingid)
    return Redacted.make(call.world.text(32))
  }),

  route(endpoints.listIds, (call) => {
    const { cursor, limit = 100, userid } = call.input
    const anchor = seenMember(call, userid).user.userid
    const mine = livings.list(call, ({ value }) => value.details.anchor_userid === anchor)
    const { items, next_cursor = "" } = pageOf(mine, cursor, limit)
    return { livingid_list: items.map(({ livingid }) => livingid), next_cursor }
  }),

  route(endpoints.get, (call) => detailOf(call, livings.get(call, call.input.livingid))),

  route(endpoints.listViewers, (call) => {
    const { livingid, next_key } = call.input
    const all = [...livings.get(call, livingid).viewers.values()]
    const { items, next_cursor } = pageOf(all, next_key === "0" ? undefined : next_key, viewersPerPage)
    return new ViewerPage({
      ending: next_cursor === undefined,
      next_key: next_cursor ?? "",
      stat_info: {
        users: items.flatMap((one) =>
          "userid" in one.who ? [new MemberViewer({ userid: one.who.userid, ...partsOf(one, call.now) })] : []
        ),
        external_users: items.flatMap((one) => {
          if ("userid" in one.who) return []
          const { external_userid, name, type = ExternalViewerType.WeChat } = one.who
          return [new ExternalViewer({ external_userid, name, type, ...partsOf(one, call.now) })]
        })
      }
    })
  }),

  route(endpoints.getShare, (call) => {
    const share = State.sharesOf(call.corp).get(call.input.ww_share_code)
    if (share === undefined || share.endsAt < call.now) return refuse(40058, "invalid ww_share_code")
    const { invitor, livingid, viewer } = share
    return new LivingShare({
      livingid,
      ...("userid" in viewer
        ? { viewer_userid: viewer.userid }
        : { viewer_external_userid: viewer.external_userid }),
      ...(invitor === undefined
        ? {}
        : "userid" in invitor
        ? { invitor_userid: invitor.userid }
        : { invitor_external_userid: invitor.external_userid })
    })
  })
]
