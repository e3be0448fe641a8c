/** What the simulator knows of 直播: broadcasts that apps have reserved, who watches them, and their replays. */
import * as DateTime from "effect/DateTime"
import { LivingStatusChanged } from "../../../callback/events/LivingEvents.ts"
import { type ExternalViewerType, type NewLiving, ReplayStatus } from "../../../oa/living/Livings.ts"
import { LivingStatus } from "../../../oa/living/LivingStatus.ts"
import { event, type Telling, toApp } from "../../engine/Audience.ts"
import * as Collection from "../../engine/Collection.ts"
import * as State from "../../engine/State.ts"
import type { App, Corp } from "../../engine/World.ts"

/** Who watches: a member, or somebody from outside the corp. */
export type Who =
  | { readonly userid: string }
  | {
    readonly external_userid: string
    readonly name?: string | undefined
    readonly type?: typeof ExternalViewerType.values[number] | undefined
  }

/** Somebody who watches, or has watched. */
export interface Watching {
  readonly who: Who
  /** Who led them here. */
  readonly invitor: Who | undefined
  /** For how long they have watched before they came last, in milliseconds. */
  watched: number
  /** Since when they watch; not at all now without it. */
  since: number | undefined
  comments: number
  hasSpoken: boolean
}

/** A broadcast. Times are in milliseconds of the epoch. */
export interface Broadcast {
  readonly livingid: string
  readonly owner: App
  details: NewLiving
  status: typeof LivingStatus.values[number]
  startedAt: number | undefined
  endedAt: number | undefined
  /** 回放: whether there is one, and whether it was deleted. */
  replay: "none" | "kept" | "deleted"
  /** By {@link keyOf}, in the order in which they came. */
  readonly viewers: Map<string, Watching>
  readonly subscribers: Set<string>
}

/** Broadcasts by id; an app may see and change its own alone. */
export const livings = Collection.make<Broadcast>("living/livings", {
  id: (world) => world.id("lv"),
  missing: 40058,
  message: "invalid livingid",
  foreign: 92008
})

/** Where somebody went on to the shop of a mini-program. */
export interface Share {
  readonly livingid: string
  readonly viewer: Who
  readonly invitor: Who | undefined
  readonly endsAt: number
}

/** 推广产品: by the code in the path that the mini-program was opened with. */
export const sharesOf: (corp: Corp) => Map<string, Share> = State.make("living/shares", () => new Map<string, Share>())

/** Tells somebody from others who watch. */
export const keyOf = (who: Who): string => "userid" in who ? `member ${who.userid}` : `external ${who.external_userid}`

/** How long a replay is made, in milliseconds. */
const replayTime = 60_000

/** From when to when it is planned. */
export const plannedOf = ({ details }: Broadcast): { readonly from: number; readonly to: number } => {
  const from = DateTime.toEpochMillis(details.living_start)
  return { from, to: from + details.living_duration * 1000 }
}

/** 直播状态: what was not begun in its time has expired. */
export const statusOf = (broadcast: Broadcast, now: number): Broadcast["status"] =>
  broadcast.status === LivingStatus.Reserved && now > plannedOf(broadcast).to ? LivingStatus.Expired : broadcast.status

/** 回放状态; none before the broadcast has ended, or without a replay. */
export const replayOf = (
  { endedAt, replay }: Broadcast,
  now: number
): typeof ReplayStatus.values[number] | undefined =>
  endedAt === undefined || replay === "none"
    ? undefined
    : replay === "deleted"
    ? ReplayStatus.Deleted
    : now < endedAt + replayTime
    ? ReplayStatus.Generating
    : ReplayStatus.Ready

/** For how many seconds somebody has watched. */
export const secondsOf = ({ since, watched }: Watching, now: number): number =>
  Math.floor((watched + (since === undefined ? 0 : now - since)) / 1000)

/** Somebody stops watching. */
export const stopWatching = (one: Watching, now: number): void => {
  if (one.since === undefined) return
  one.watched += now - one.since
  one.since = undefined
}

/** Puts a broadcast into a state, and tells the app that made it. */
export const turn = (broadcast: Broadcast, status: Broadcast["status"]): Telling => {
  broadcast.status = status
  const { details: { anchor_userid }, livingid: LivingId, owner } = broadcast
  return toApp(owner, event(LivingStatusChanged, { LivingId, Status: status }, anchor_userid))
}
