/**
 * What members do in broadcasts, and those who watch: each an act on the simulator of the context. The app that made the
 * broadcast is told of its beginning and its end.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { LivingStatus } from "../../../oa/living/LivingStatus.ts"
import { type Act, corpOf, fail, type In, memberOf, tell, type Told } from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import * as State from "./Livings.ts"

/** A broadcast. */
export interface Of extends In {
  readonly livingid: string
}

/** A broadcast, and who watches it: a member by `userid`, somebody else by `external_userid`. */
export type Part = Of & State.Who

/** 开始直播. The one who broadcasts begins. */
export const start = (act: Of): Told =>
  Effect.gen(function*() {
    const { broadcast, corp, now } = yield* broadcastOf(act)
    if (State.statusOf(broadcast, now) !== LivingStatus.Reserved) return yield* fail(`${act.livingid} is not reserved`)
    broadcast.startedAt = now
    return yield* tell(corp, State.turn(broadcast, LivingStatus.Living))
  })

/** 结束直播. The one who broadcasts ends it; a minute later the replay can be watched, unless there is to be none. */
export const end = (act: Of & { readonly replay?: boolean | undefined }): Told =>
  Effect.gen(function*() {
    const { broadcast, corp, now } = yield* onAir(act)
    for (const one of broadcast.viewers.values()) State.stopWatching(one, now)
    broadcast.endedAt = now
    broadcast.replay = act.replay === false ? "none" : "kept"
    return yield* tell(corp, State.turn(broadcast, LivingStatus.Ended))
  })

/** 预约观看. Somebody wants to be reminded of a broadcast. */
export const subscribe = (act: Part): Act<void> =>
  Effect.gen(function*() {
    const { broadcast, corp } = yield* broadcastOf(act)
    broadcast.subscribers.add(State.keyOf(yield* whoOf(corp, act)))
  })

/** 观看直播. Somebody begins to watch, led by somebody else perhaps. */
export const watch = (act: Part & { readonly invitor?: State.Who | undefined }): Act<void> =>
  Effect.gen(function*() {
    const { broadcast, corp, now } = yield* onAir(act)
    const who = yield* whoOf(corp, act)
    const before = broadcast.viewers.get(State.keyOf(who))
    const one = before ??
      { who, invitor: act.invitor, watched: 0, since: undefined, comments: 0, hasSpoken: false }
    one.since ??= now
    broadcast.viewers.set(State.keyOf(who), one)
  })

/** 离开直播. Somebody stops watching. */
export const leave = (act: Part): Act<void> =>
  Effect.gen(function*() {
    const { now, one } = yield* watchingOf(act)
    State.stopWatching(one, now)
  })

/** 评论. Somebody who watches comments. */
export const comment = (act: Part): Act<void> =>
  Effect.map(watchingOf(act), ({ one }) => {
    one.comments++
  })

/** 连麦. Somebody who watches speaks. */
export const speak = (act: Part): Act<void> =>
  Effect.map(watchingOf(act), ({ one }) => {
    one.hasSpoken = true
  })

/**
 * 跳转小程序商城. Somebody goes from a broadcast that promotes products to the corp's mini-program. Returns the
 * `ww_share_code` of its path, valid for 5 minutes.
 */
export const goToShop = (act: Part): Act<string> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { corp, now, one } = yield* watchingOf(act)
    const code = world.text(16)
    const { invitor, who } = one
    State.sharesOf(corp).set(code, { livingid: act.livingid, viewer: who, invitor, endsAt: now + 5 * 60_000 })
    return code
  })

const broadcastOf = (
  of: Of
): Act<{ readonly broadcast: State.Broadcast; readonly corp: Corp; readonly now: number }> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    const kept = Option.getOrUndefined(State.livings.find(corp, of.livingid))
    if (kept === undefined) return yield* fail(`there is no broadcast ${of.livingid}`)
    return { corp, broadcast: kept.value, now: yield* Clock.currentTimeMillis }
  })

const onAir = (of: Of) =>
  Effect.flatMap(broadcastOf(of), (found) =>
    found.broadcast.status === LivingStatus.Living
      ? Effect.succeed(found)
      : fail(`${of.livingid} is not on the air`))

const whoOf = (corp: Corp, act: Part): Act<State.Who> =>
  "userid" in act
    ? Effect.map(memberOf(corp, act.userid), ({ user: { userid } }) => ({ userid }))
    : Effect.succeed({ external_userid: act.external_userid, name: act.name, type: act.type })

const watchingOf = (act: Part) =>
  Effect.gen(function*() {
    const found = yield* onAir(act)
    const key = State.keyOf(yield* whoOf(found.corp, act))
    const one = found.broadcast.viewers.get(key)
    return one === undefined ? yield* fail(`${key} does not watch ${act.livingid}`) : { ...found, one }
  })
