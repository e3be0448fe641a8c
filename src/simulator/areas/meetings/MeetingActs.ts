/**
 * What members do in meetings: each an act on the simulator of the context, which tells the app that made the meeting.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { MeetingRole } from "../../../oa/meetings/MeetingRole.ts"
import type { PstnStatus } from "../../../oa/meetings/PstnStatus.ts"
import { RoomsResponseStatus } from "../../../oa/meetings/RoomsDevices.ts"
import { type Act, corpOf, fail, type In, input, make, memberOf, tell, type Told } from "../../engine/Act.ts"
import type { Delivery } from "../../engine/CallbackSender.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import * as State from "./Meetings.ts"
import * as Webinars from "./Webinars.ts"

/** A meeting. */
export interface Of extends In {
  readonly meetingid: string
}

/** A member, and a meeting. */
export interface Part extends Of {
  readonly userid: string
}

/** 成员入会. A member comes: into the meeting, which begins with the first one, or into its waiting room. */
export const join = (act: Part & { readonly device?: number | undefined }): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { corp, held, now } = yield* heldOf(act)
    const member = yield* memberOf(corp, act.userid)
    return yield* told(corp, State.enter(world, corp, held, { member, device: act.device ?? State.usualDevice, now }))
  })

/** 成员离会. A member leaves the meeting, or its waiting room. */
export const leave = (act: Part): Told =>
  Effect.gen(function*() {
    const { corp, held, now } = yield* heldOf(act)
    return yield* told(corp, State.leave(held, yield* useridOf(corp, act), now))
  })

/** 共享屏幕. A member begins to share the screen, or stops. */
export const share = (act: Part & { readonly sharing: boolean }): Told =>
  Effect.gen(function*() {
    const { corp, held } = yield* heldOf(act)
    return yield* told(corp, State.share(held, yield* presenceOf(corp, held, act), act.sharing))
  })

/** 开始云录制. A member of the meeting begins to record. */
export const startRecording = (act: Part): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { corp, held, now } = yield* heldOf(act)
    const { userid } = yield* presenceOf(corp, held, act)
    return yield* told(corp, State.startRecording(world, held, now, userid))
  })

/** 停止云录制. A member of the meeting stops recording; a minute later it can be watched. */
export const stopRecording = (act: Part): Told =>
  Effect.gen(function*() {
    const { corp, held, now } = yield* heldOf(act)
    const { userid } = yield* presenceOf(corp, held, act)
    return yield* stopping(corp, held, () => State.stopRecording(held, now, userid))
  })

/** 会议结束. A host ends the meeting for all; what was recorded can be watched a minute later. */
export const end = (act: Part): Told =>
  Effect.gen(function*() {
    const { corp, held, now } = yield* heldOf(act)
    const { userid } = yield* presenceOf(corp, held, act)
    if (!State.isHost(held, userid)) return yield* fail(`${userid} is no host of ${held.meetingid}`)
    return yield* stopping(corp, held, () => State.end(held, now, userid))
  })

/** 暂停云录制, 恢复云录制. A member of the meeting pauses the recording, or continues with it. */
export const pauseRecording = (act: Part & { readonly paused: boolean }): Told =>
  Effect.gen(function*() {
    const { corp, held } = yield* heldOf(act)
    const { userid } = yield* presenceOf(corp, held, act)
    return yield* told(corp, State.pauseRecording(held, userid, act.paused))
  })

/** 用户报名. A member enrols for a meeting that people enrol for, with an answer to each question, in their order. */
export const enroll = (act: Part & { readonly answers?: ReadonlyArray<ReadonlyArray<string>> | undefined }): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { corp, held, now } = yield* heldOf(act)
    const { user } = yield* memberOf(corp, act.userid)
    if (held.details.settings?.enable_enroll !== true) return yield* fail(`nobody can enrol for ${act.meetingid}`)
    const { answers = [] } = act
    const { name, userid } = user
    const enrolled = { id: world.id("me"), userid, phone: undefined, name: name ?? userid, at: now, answers }
    return yield* told(corp, State.enroll(held, { ...enrolled, imported: false }))
  })

/** 用户取消报名. */
export const cancelEnrollment = (act: Part): Told =>
  Effect.gen(function*() {
    const { corp, held } = yield* heldOf(act)
    return yield* told(corp, State.cancelEnrollment(held, yield* useridOf(corp, act)))
  })

/** 会议室应答. The room that was called last answers: it comes, refuses, or does not answer. */
export const answerRoomCall = (
  act: Of & { readonly answer: "joining" | "refused" | "none" }
): Told =>
  Effect.gen(function*() {
    const { corp, held, now } = yield* heldOf(act)
    const call = State.ringing(held).at(-1)
    if (call === undefined) return yield* fail(`no room is called into ${act.meetingid}`)
    return yield* told(corp, State.respond(held, call, roomAnswers[act.answer], now))
  })

const roomAnswers = {
  joining: RoomsResponseStatus.Joining,
  refused: RoomsResponseStatus.Refused,
  none: RoomsResponseStatus.NoAnswer
} as const

/** PSTN外呼. Somebody who is called by phone takes the call, does not, or hangs up. */
export const answerPhoneCall = (
  act: Of & { readonly phone: string; readonly status: typeof PstnStatus.values[number] }
): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { corp, held } = yield* heldOf(act)
    const call = held.phoneCalls.findLast(({ number }) => number.phone === act.phone)
    if (call === undefined) return yield* fail(`${act.phone} is not called into ${act.meetingid}`)
    return yield* told(corp, State.phone(world, held, call, act.status))
  })

/** 网络研讨会成员角色变更. A host gives somebody who is in a webinar another role, such as 研讨会内部嘉宾. */
export const setWebinarRole = make({
  input: input({
    meetingid: Schema.String,
    userid: Schema.String,
    member: Schema.String,
    role: Schema.Literals(MeetingRole.values)
  }),
  run: (act) =>
    Effect.gen(function*() {
      const { corp, held } = yield* heldOf(act)
      const webinar = Webinars.webinarsOf(corp).get(act.meetingid)
      if (webinar === undefined) return yield* fail(`${act.meetingid} is no webinar`)
      const host = yield* presenceOf(corp, held, act)
      if (!State.isHost(held, host.userid)) return yield* fail(`${act.userid} is no host of ${held.meetingid}`)
      const { userid } = yield* presenceOf(corp, held, { ...act, userid: act.member })
      return yield* tell(corp, Webinars.setWebinarRole(held, webinar, userid, act.role, host.userid))
    })
})

/** Tells of a change that ends a recording, if there is one, and a minute later that it is converted. */
const stopping = (corp: Corp, held: State.Held, change: () => State.Change): Told =>
  Effect.gen(function*() {
    const engine = yield* Engine
    if (State.isRecording(held)) {
      const completed = Effect.ignore(tell(corp, State.recordingCompleted(held)))
      engine.background(Effect.delay(Effect.provideService(completed, Engine, engine), State.conversionTime))
    }
    return yield* told(corp, change())
  })

const told = (corp: Corp, change: State.Change | string): Told =>
  typeof change === "string"
    ? fail(change)
    : Effect.map(Effect.forEach(change, (telling) => tell(corp, telling)), (deliveries): ReadonlyArray<Delivery> =>
      deliveries.flat())

const useridOf = (corp: Corp, { userid }: Part) => Effect.map(memberOf(corp, userid), ({ user }) => user.userid)

const heldOf = (of: Of): Act<{ readonly corp: Corp; readonly held: State.Held; readonly now: number }> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    const kept = Option.getOrUndefined(State.meetings.find(corp, of.meetingid))
    if (kept === undefined) return yield* fail(`there is no meeting ${of.meetingid}`)
    return { corp, held: kept.value, now: yield* Clock.currentTimeMillis }
  })

const presenceOf = (corp: Corp, held: State.Held, act: Part) =>
  Effect.flatMap(useridOf(corp, act), (userid) => {
    const presence = State.present(held.presences).find((one) => one.userid === userid)
    return presence === undefined ? fail(`${userid} is not in the meeting`) : Effect.succeed(presence)
  })
