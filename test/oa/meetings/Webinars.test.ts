import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted, Stream } from "effect"
import { MeetingPhone } from "../../../src/oa/meetings/MeetingPhone.ts"
import { AutoRecording } from "../../../src/oa/meetings/MeetingSettings.ts"
import { MeetingState } from "../../../src/oa/meetings/MeetingState.ts"
import { PstnStatus } from "../../../src/oa/meetings/PstnStatus.ts"
import { Admission, type NewPanelist, PanelistType, Webinars } from "../../../src/oa/meetings/Webinars.ts"
import { canned, refusal } from "../support.ts"

const services = Layer.merge(Webinars.layer, MeetingPhone.layer)

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const webinar = {
  admin_userid: "zhangsan",
  title: "发布会",
  start_time: at(1_800_000_000),
  end_time: at(1_800_003_600),
  admission_type: Admission.Public,
  playback_for_audience: false
}

describe("webinars", () => {
  it.effect("are made with times in quotes", () => {
    const { run, sent } = canned(services, () => ({
      meetingid: "w1",
      start_time: "1800000000",
      guest_join_link: "https://meeting.example.com/g"
    }))
    return run(Effect.gen(function*() {
      const made = yield* (yield* Webinars).create({
        ...webinar,
        admission_type: Admission.Password,
        password: Redacted.make("123456"),
        hosts: [{ userid: "lisi" }],
        display_number_of_attendees: false
      })
      assert.deepStrictEqual(made.start_time, at(1_800_000_000))
      assert.notInclude(JSON.stringify(made), "example.com")
      assert.deepStrictEqual(sent(), [{
        admin_userid: "zhangsan",
        title: "发布会",
        start_time: "1800000000",
        end_time: "1800003600",
        admission_type: 2,
        playback_for_audience: false,
        password: "123456",
        hosts: [{ userid: "lisi" }],
        display_number_of_attendees: 0
      }])
    }))
  })

  it.effect("are refused by the field that is wrong", () => {
    const { run } = canned(services)
    return run(Effect.gen(function*() {
      const webinars = yield* Webinars
      const refused = (change: Partial<Parameters<typeof webinars.create>[0]>) =>
        refusal(webinars.create({ ...webinar, ...change }))
      assert.deepStrictEqual(yield* refused({ admission_type: Admission.Password }), [
        "password: is needed for admission by password"
      ])
      assert.deepStrictEqual(yield* refused({ end_time: at(1) }), ["end_time: must not be before start_time"])
      assert.deepStrictEqual(
        yield* refused({ playback_for_audience: true, media_setting: { auto_record_type: AutoRecording.None } }),
        ["media_setting.auto_record_type: must be cloud for playback_for_audience"]
      )
      assert.deepStrictEqual(yield* refused({ sensitive_words: ["字".repeat(11)] }), [
        "sensitive_words[0]: at most 10 Chinese characters are allowed, got 11"
      ])
      assert.lengthOf(yield* refused({ sensitive_words: Array.from({ length: 51 }, () => "字") }), 1)
    }))
  })

  it.effect("are read from an answer without an errcode, by the id that it must have", () => {
    const { run } = canned(services, ({ body }) => {
      const { meetingid } = body as { readonly meetingid?: string }
      return meetingid === "w1"
        ? {
          errcode: undefined,
          meetingid: "w1",
          status: "MEETING_STATE_INIT",
          media_setting: { mute_enable_join: true }
        }
        : { errcode: undefined }
    })
    return run(Effect.gen(function*() {
      const webinars = yield* Webinars
      const found = yield* webinars.get({ meetingid: "w1" })
      assert.strictEqual(found.status, MeetingState.Waiting)
      assert.isTrue(found.media_setting?.mute_enable_join)
      const error = yield* Effect.flip(webinars.get({ meeting_code: "1" }))
      assert.strictEqual(error.reason._tag, "ResponseInvalid")
    }))
  })

  it.effect("have panelists from inside and from outside", () => {
    const { run, sent } = canned(services)
    return run(Effect.gen(function*() {
      const webinars = yield* Webinars
      yield* webinars.setPanelists({
        meetingid: "w1",
        guests: [
          { guest_type: PanelistType.Internal, userid: "lisi" },
          { guest_type: PanelistType.External, area: "86", phone_number: "13500000000", guest_name: "客人" }
        ]
      })
      assert.deepStrictEqual(sent(), [{
        meetingid: "w1",
        guests: [
          { guest_type: 1, userid: "lisi" },
          { guest_type: 2, area: "86", phone_number: "13500000000", guest_name: "客人" }
        ]
      }])
      const refused = (guest: object) =>
        // panelists that no type allows
        refusal(webinars.setPanelists({ meetingid: "w1", guests: [guest as NewPanelist] }))
      assert.deepStrictEqual(yield* refused({ guest_type: 1 }), ["guests[0].userid: is needed for guest_type 1"])
      assert.deepStrictEqual(yield* refused({ guest_type: 2, userid: "lisi" }), [
        "guests[0].area: is needed for guest_type 2"
      ])
    }))
  })
})

describe("calls into a meeting", () => {
  it.effect("tell what has come of them, and which numbers were wrong", () => {
    const { run } = canned(services, ({ path }) =>
      path.endsWith("callout")
        ? {
          phone_numbers: [{ area: "86", phone: "1", status: "START_INVITE" }],
          invalid_phone_numbers: [{ phone: "x" }]
        }
        : { has_more: false, phone_numbers: [{ area: 86, phone: "1", status: "CANCLE_INVITE", tmp_openid: "t1" }] })
    return run(Effect.gen(function*() {
      const phone = yield* MeetingPhone
      const called = yield* phone.callMany({ meetingid: "m1", phone_numbers: [{ area: 86, phone: "1" }] })
      assert.strictEqual(called.phone_numbers[0]?.status, PstnStatus.InviteStarted)
      assert.strictEqual(called.invalid_phone_numbers[0]?.phone, "x")
      const [call] = yield* Stream.runCollect(phone.listAllCalls({ meetingid: "m1" }))
      assert.strictEqual(call?.status, PstnStatus.InviteCancelled)
      const many = (length: number) => Array.from({ length }, () => ({ area: 86, phone: "1" }))
      assert.deepStrictEqual(yield* refusal(phone.callMany({ meetingid: "m1", phone_numbers: many(51) })), [
        "phone_numbers: at most 50 items are allowed, got 51"
      ])
      assert.deepStrictEqual(yield* refusal(phone.listAttendees({ meetingid: "m1", phone_numbers: many(21) })), [
        "phone_numbers: at most 20 items are allowed, got 21"
      ])
    }))
  })
})
