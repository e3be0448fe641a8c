import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted, Stream } from "effect"
import { JoinType, MeetingAttendees, MeetingHealth } from "../../../src/oa/meetings/MeetingAttendees.ts"
import { MeetingControl, WaitingRoomAction } from "../../../src/oa/meetings/MeetingControl.ts"
import { MeetingDevice } from "../../../src/oa/meetings/MeetingDevice.ts"
import { MeetingRole } from "../../../src/oa/meetings/MeetingRole.ts"
import { canned, refusal } from "../support.ts"

const services = Layer.merge(MeetingAttendees.layer, MeetingControl.layer)

describe("attendees of a meeting", () => {
  it.effect("come page by page, with times in quotes", () => {
    const { run, sent } = canned(services, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? {
          has_more: true,
          next_cursor: "c1",
          attendees: [{ tmp_openid: "t1", userid: "", join_time: "166666666", role: 3, join_type: 1, instance_id: 81 }]
        }
        : { has_more: false, next_cursor: "c2", attendees: [{ tmp_openid: "t2", join_time: 166666667, role: 99 }] }
    })
    return run(Effect.gen(function*() {
      const attendees = yield* MeetingAttendees
      const [first, second] = yield* Stream.runCollect(attendees.listAll({ meetingid: "m1" }))
      assert.deepStrictEqual(first?.join_time, DateTime.makeUnsafe(166_666_666_000))
      assert.strictEqual(first?.role, MeetingRole.CreatorAndHost)
      assert.strictEqual(first?.join_type, JoinType.Voip)
      assert.strictEqual(first?.instance_id, MeetingDevice.HarmonyPhone)
      assert.strictEqual(second?.role, 99)
      assert.deepStrictEqual(sent(), [{ meetingid: "m1" }, { meetingid: "m1", cursor: "c1" }])
    }))
  })

  it.effect("fail instead of ending early when a page says that more follow, and not where", () => {
    const { run } = canned(services, () => ({ has_more: true, invitees: [{ userid: "lisi" }] }))
    return run(Effect.gen(function*() {
      const error = yield* Effect.flip(Stream.runDrain((yield* MeetingAttendees).listAllInvitees({ meetingid: "m1" })))
      assert.strictEqual(error.reason._tag, "ResponseInvalid")
    }))
  })

  it.effect("who waited have times in milliseconds", () => {
    const { run } = canned(services, () => ({
      user_list: [{ tmp_openid: "t1", join_time: 1_800_000_000_123, quit_time: 0 }]
    }))
    return run(Effect.gen(function*() {
      const [record] = yield* Stream.runCollect(
        (yield* MeetingAttendees).listAllWaitingRecords({ meetingid: "m1" })
      )
      assert.deepStrictEqual(record?.join_time, DateTime.makeUnsafe(1_800_000_000_123))
      assert.isUndefined(record?.quit_time)
    }))
  })

  it.effect("have a quality each, and the meeting one of its own", () => {
    const { run } = canned(services, () => ({
      quality: 2,
      problems: ["网络差"],
      attendees: [{ userid: "lisi", quality: 1 }],
      has_more: false
    }))
    return run(Effect.gen(function*() {
      const attendees = yield* MeetingAttendees
      const input = { meetingid: "m1", start_time: DateTime.makeUnsafe(1_800_000_000_000) }
      assert.strictEqual((yield* attendees.getQuality(input)).quality, MeetingHealth.Alarming)
      const all = yield* Stream.runCollect(attendees.listAllQualities(input))
      assert.deepStrictEqual([...all].map(({ quality }) => quality), [MeetingHealth.Healthy])
    }))
  })

  it.effect("enter with links that are not printed", () => {
    const { run } = canned(services, () => ({
      meeting_short_url_customer_data: { customer_data: "c1", meeting_short_url: "https://meeting.example.com/s" }
    }))
    return run(Effect.gen(function*() {
      const attendees = yield* MeetingAttendees
      const link = yield* attendees.createLink({ meetingid: "m1", customer_data: "c1" })
      assert.strictEqual(Redacted.value(link.meeting_short_url), "https://meeting.example.com/s")
      assert.notInclude(JSON.stringify(link), "example.com")
      assert.deepStrictEqual(
        yield* refusal(attendees.createLink({ meetingid: "m1", customer_data: "字".repeat(86) })),
        [
          "customer_data: at most 256 bytes of UTF-8 are allowed, got 258"
        ]
      )
    }))
  })
})

describe("control of a meeting", () => {
  const operated_user = { tmp_openid: "t1", instance_id: MeetingDevice.Pc }

  it.effect("is of one device, or of several", () => {
    const { calls, run } = canned(services)
    return run(Effect.gen(function*() {
      const control = yield* MeetingControl
      yield* control.setMuted({ meetingid: "m1", option: true, operated_user })
      yield* control.updateWaitingRoom({
        meetingid: "m1",
        operate_type: WaitingRoomAction.Admit,
        operated_users: [operated_user]
      })
      yield* control.setNicknames({ meetingid: "m1", operated_users: [{ ...operated_user, nickname: "小李" }] })
      yield* control.finish({ meetingid: "m1", force_dismiss: false, retrieve_code: true })
      const user = { tmp_openid: "t1", instance_id: 1 }
      assert.deepStrictEqual(calls().map(({ body, path }) => [path.split("/").at(-1), body]), [
        ["mute_user", { meetingid: "m1", option: true, operated_user: user }],
        ["manage_waiting_room_users", { meetingid: "m1", operate_type: 1, operated_users: [user] }],
        ["set_nicknames", { meetingid: "m1", operated_users: [{ ...user, nickname: "小李" }] }],
        ["dismiss", { meetingid: "m1", force_dismiss: 0, retrieve_code: 1 }]
      ])
    }))
  })

  it.effect("refuses what would do nothing", () => {
    const { run } = canned(services)
    return run(Effect.gen(function*() {
      const control = yield* MeetingControl
      assert.deepStrictEqual(yield* refusal(control.set({ meetingid: "m1", allow_unmute_self: true })), [
        "mute_all: is needed with allow_unmute_self"
      ])
      assert.deepStrictEqual(
        yield* refusal(control.removeUsers({ meetingid: "m1", operated_users: [], allow_rejoin: true })),
        ["operated_users: at least 1 item is needed"]
      )
      assert.lengthOf(
        yield* refusal(control.setNicknames({
          meetingid: "m1",
          operated_users: [{ ...operated_user, nickname: "字".repeat(21) }]
        })),
        1
      )
    }))
  })
})
