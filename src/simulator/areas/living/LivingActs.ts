/**
 * What members do in broadcasts, and those who watch: each an act on the simulator of the context. The app that made the
 * broadcast is told of its beginning and its end.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ExternalViewerType } from "../../../oa/living/Livings.ts"
import { LivingStatus } from "../../../oa/living/LivingStatus.ts"
import * as Act from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import * as State from "./Livings.ts"

const of = { livingid: Schema.String }

/** Who watches: a member by `userid`, somebody else by `external_userid`. */
const who = {
  userid: Schema.optional(Schema.String),
  external_userid: Schema.optional(Schema.String.annotate({ description: "Of somebody who is no member." })),
  name: Schema.optional(Schema.String.annotate({ description: "Of somebody who is no member." })),
  type: Schema.optional(
    Schema.Literals(ExternalViewerType.values).annotate({ description: "1: WeChat, 2: WeCom. Default: 1." })
  )
}

const part = Act.input({ ...of, ...who })

/** 开始直播. The one who broadcasts begins. */
export const start = Act.make({
  input: Act.input(of),
  run: Effect.fn(function*(act) {
    const { broadcast, corp, now } = yield* broadcastOf(act)
    if (State.statusOf(broadcast, now) !== LivingStatus.Reserved) {
      return yield* Act.fail(`${act.livingid} is not reserved`)
    }
    broadcast.startedAt = now
    return yield* Act.tell(corp, State.turn(broadcast, LivingStatus.Living))
  })
})

/** 结束直播. The one who broadcasts ends it; a minute later the replay can be watched, unless there is to be none. */
export const end = Act.make({
  input: Act.input({ ...of, replay: Schema.optional(Schema.Boolean) }),
  run: Effect.fn(function*(act) {
    const { broadcast, corp, now } = yield* onAir(act)
    for (const one of broadcast.viewers.values()) State.stopWatching(one, now)
    broadcast.endedAt = now
    broadcast.replay = act.replay === false ? "none" : "kept"
    return yield* Act.tell(corp, State.turn(broadcast, LivingStatus.Ended))
  })
})

/** 预约观看. Somebody wants to be reminded of a broadcast. */
export const subscribe = Act.make({
  input: part,
  success: Schema.Void,
  run: Effect.fn(function*(act) {
    const { broadcast, corp } = yield* broadcastOf(act)
    broadcast.subscribers.add(State.keyOf(yield* whoOf(corp, act)))
  })
})

/** 观看直播. Somebody begins to watch, led by somebody else perhaps. */
export const watch = Act.make({
  input: Act.input({ ...of, ...who, invitor: Schema.optional(Schema.Struct(who)) }),
  success: Schema.Void,
  run: Effect.fn(function*(act) {
    const { broadcast, corp, now } = yield* onAir(act)
    const who = yield* whoOf(corp, act)
    const invitor = act.invitor === undefined ? undefined : yield* whoOf(corp, act.invitor)
    const before = broadcast.viewers.get(State.keyOf(who))
    const one = before ?? { who, invitor, watched: 0, since: undefined, comments: 0, hasSpoken: false }
    one.since ??= now
    broadcast.viewers.set(State.keyOf(who), one)
  })
})

/** 离开直播. Somebody stops watching. */
export const leave = Act.make({
  input: part,
  success: Schema.Void,
  run: Effect.fn(function*(act) {
    const { now, one } = yield* watchingOf(act)
    State.stopWatching(one, now)
  })
})

/** 评论. Somebody who watches comments. */
export const comment = Act.make({
  input: part,
  success: Schema.Void,
  run: (act) =>
    Effect.map(watchingOf(act), ({ one }) => {
      one.comments++
    })
})

/** 连麦. Somebody who watches speaks. */
export const speak = Act.make({
  input: part,
  success: Schema.Void,
  run: (act) =>
    Effect.map(watchingOf(act), ({ one }) => {
      one.hasSpoken = true
    })
})

/**
 * 跳转小程序商城. Somebody goes from a broadcast that promotes products to the corp's mini-program. Returns the
 * `ww_share_code` of its path, valid for 5 minutes.
 */
export const goToShop = Act.make({
  input: part,
  success: Schema.String,
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const { corp, now, one } = yield* watchingOf(act)
    const code = world.text(16)
    const { invitor, who } = one
    State.sharesOf(corp).set(code, { livingid: act.livingid, viewer: who, invitor, endsAt: now + 5 * 60_000 })
    return code
  })
})

interface Of extends Act.In {
  readonly livingid: string
}

type Part = typeof part.Type

const broadcastOf = (
  of: Of
): Act.Act<{ readonly broadcast: State.Broadcast; readonly corp: Corp; readonly now: number }> =>
  Effect.gen(function*() {
    const corp = yield* Act.corpOf(of)
    const kept = Option.getOrUndefined(State.livings.find(corp, of.livingid))
    if (kept === undefined) return yield* Act.fail(`there is no broadcast ${of.livingid}`)
    return { corp, broadcast: kept.value, now: yield* Clock.currentTimeMillis }
  })

const onAir = (of: Of) =>
  Effect.flatMap(broadcastOf(of), (found) =>
    found.broadcast.status === LivingStatus.Living
      ? Effect.succeed(found)
      : Act.fail(`${of.livingid} is not on the air`))

const whoOf = (
  corp: Corp,
  { external_userid, name, type, userid }: Omit<Part, "livingid">
): Act.Act<State.Who> =>
  userid !== undefined
    ? Effect.map(Act.memberOf(corp, userid), ({ user: { userid } }) => ({ userid }))
    : external_userid !== undefined
    ? Effect.succeed({ external_userid, name, type })
    : Act.fail("userid or external_userid is needed")

const watchingOf = (act: Part) =>
  Effect.gen(function*() {
    const found = yield* onAir(act)
    const key = State.keyOf(yield* whoOf(found.corp, act))
    const one = found.broadcast.viewers.get(key)
    return one === undefined ? yield* Act.fail(`${key} does not watch ${act.livingid}`) : { ...found, one }
  })
