import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted, Stream } from "effect"
import * as MeetingReminders from "../../../src/oa/meetings/MeetingReminders.ts"
import { Meetings, MeetingStatus } from "../../../src/oa/meetings/Meetings.ts"
import { AutoRecording, EnterMute, RingScope } from "../../../src/oa/meetings/MeetingSettings.ts"
import { MeetingType } from "../../../src/oa/meetings/MeetingType.ts"
import { canned, refusal } from "../support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const meeting = {
  admin_userid: "zhangsan",
  title: "周会",
  meeting_start: at(1_800_000_000),
  meeting_duration: 3600
}

describe("making a meeting", () => {
  it.effect("sends settings, rule and guests, and returns who has no account", () => {
    const { run, sent } = canned(Meetings.layer, () => ({
      meetingid: "m1",
      excess_users: ["wangwu"],
      meeting_code: "123456789",
      meeting_link: "https://meeting.example.com/1"
    }))
    return run(Effect.gen(function*() {
      const made = yield* (yield* Meetings).create({
        ...meeting,
        invitees: { userid: ["lisi", "wangwu"] },
        guests: [{ area: "86", phone_number: "13500000000", guest_name: "客人" }],
        settings: {
          password: Redacted.make("1234"),
          host_key: Redacted.make("123456"),
          enable_enter_mute: EnterMute.BeyondSix,
          auto_record_type: AutoRecording.Cloud,
          attendee_join_auto_record: true,
          remind_scope: RingScope.Some,
          ring_users: { userid: ["lisi"] }
        },
        reminders: {
          remind_before: [MeetingReminders.MeetingRemindBefore.QuarterHour],
          ...MeetingReminders.weekly({ every: 2, days: [1, 3], times: 10 })
        }
      })
      assert.strictEqual(made.meetingid, "m1")
      assert.deepStrictEqual(made.excess_users, ["wangwu"])
      assert.deepStrictEqual(sent(), [{
        admin_userid: "zhangsan",
        title: "周会",
        meeting_start: 1_800_000_000,
        meeting_duration: 3600,
        invitees: { userid: ["lisi", "wangwu"] },
        guests: [{ area: "86", phone_number: "13500000000", guest_name: "客人" }],
        settings: {
          password: "1234",
          host_key: "123456",
          enable_enter_mute: 2,
          auto_record_type: "cloud",
          attendee_join_auto_record: true,
          remind_scope: 4,
          ring_users: { userid: ["lisi"] }
        },
        reminders: {
          remind_before: [900],
          is_repeat: 1,
          repeat_type: 1,
          is_custom_repeat: 1,
          repeat_interval: 2,
          repeat_day_of_week: [1, 3],
          repeat_until_type: 1,
          repeat_until_count: 10
        }
      }])
    }))
  })

  it.effect("is refused by the field that is wrong, and never tells a password", () => {
    const { run, sent } = canned(Meetings.layer)
    return run(Effect.gen(function*() {
      const meetings = yield* Meetings
      const refused = (change: Partial<Parameters<typeof meetings.create>[0]>) =>
        refusal(meetings.create({ ...meeting, ...change }))
      assert.deepStrictEqual(yield* refused({ title: "字".repeat(256) }), [
        "title: at most 255 characters are allowed, got 256"
      ])
      assert.deepStrictEqual(yield* refused({ title: " " }), ["title: must not be blank"])
      assert.lengthOf(yield* refused({ meeting_duration: 299 }), 1)
      assert.lengthOf(yield* refused({ meeting_duration: 86_400 }), 1)
      assert.deepStrictEqual(yield* refused({ settings: { password: Redacted.make("12345x") } }), [
        "settings.password: expected 4 to 6 digits"
      ])
      assert.deepStrictEqual(yield* refused({ settings: { host_key: Redacted.make("1234") } }), [
        "settings.host_key: expected 6 digits"
      ])
      assert.deepStrictEqual(yield* refused({ settings: { allow_unmute_self: false } }), [
        "settings.mute_all: is needed with allow_unmute_self: false"
      ])
      assert.deepStrictEqual(
        yield* refused({ settings: { attendee_join_auto_record: true, auto_record_type: AutoRecording.Local } }),
        ["settings.auto_record_type: must be cloud for attendee_join_auto_record"]
      )
      assert.deepStrictEqual(
        yield* refused({ settings: { hosts: { userid: Array.from({ length: 11 }, (_, index) => `u${index}`) } } }),
        ["settings.hosts.userid: at most 10 items are allowed, got 11"]
      )
      assert.deepStrictEqual(yield* refused({ guests: [{ area: "+86", phone_number: "1" }] }), [
        "guests[0].area: expected the digits of a country code, such as 86, not +86 or 0086"
      ])
      assert.deepStrictEqual(sent(), [])
    }))
  })
})

describe("rules of repetition", () => {
  it.effect("that WeCom would ignore are refused", () => {
    const { run } = canned(Meetings.layer)
    return run(Effect.gen(function*() {
      const meetings = yield* Meetings
      const refused = (reminders: object) =>
        // rules that no type allows
        refusal(meetings.create({ ...meeting, reminders: reminders as MeetingReminders.MeetingReminders }))
      assert.deepStrictEqual(yield* refused({ repeat_type: 0 }), [
        "reminders.is_repeat: must be true, or WeCom ignores repeat_type"
      ])
      assert.deepStrictEqual(yield* refused({ is_repeat: true, repeat_type: 1, repeat_day_of_week: [1] }), [
        "reminders.is_custom_repeat: must be true, or WeCom ignores repeat_day_of_week"
      ])
      assert.deepStrictEqual(yield* refused({ is_repeat: true, repeat_type: 0, is_custom_repeat: true }), [
        "reminders.repeat_interval: is needed if is_custom_repeat is true"
      ])
      assert.deepStrictEqual(
        yield* refused({ is_repeat: true, repeat_type: 7, is_custom_repeat: true, repeat_interval: 2 }),
        ["reminders.repeat_type: workdays have no rule of their own: leave out is_custom_repeat"]
      )
      assert.deepStrictEqual(yield* refused(MeetingReminders.monthly({ times: 51 })), [
        "reminders.repeat_until_count: at most 50 monthly meetings are allowed"
      ])
    }))
  })

  it("are written by functions", () => {
    assert.deepStrictEqual(MeetingReminders.daily({ until: at(1) }), {
      repeat_type: 0,
      is_repeat: true,
      repeat_until: at(1)
    })
    assert.deepStrictEqual(MeetingReminders.workdays({ times: 5 }), {
      repeat_type: 7,
      is_repeat: true,
      repeat_until_type: 1,
      repeat_until_count: 5
    })
    assert.deepStrictEqual(MeetingReminders.monthly({ days: [1, 15] }), {
      repeat_type: 2,
      is_repeat: true,
      repeat_until: undefined,
      is_custom_repeat: true,
      repeat_interval: 1,
      repeat_day_of_month: [1, 15]
    })
  })
})

describe("changing and reading a meeting", () => {
  it.effect("changes start and duration together", () => {
    const { run, sent } = canned(Meetings.layer, () => ({ excess_users: [] }))
    return run(Effect.gen(function*() {
      const meetings = yield* Meetings
      assert.deepStrictEqual(yield* refusal(meetings.update({ meetingid: "m1", meeting_start: at(1) })), [
        "meeting_duration: meeting_start and meeting_duration are changed together"
      ])
      assert.deepStrictEqual(yield* refusal(meetings.update({ meetingid: "m1", meeting_duration: 300 })), [
        "meeting_start: meeting_start and meeting_duration are changed together"
      ])
      assert.deepStrictEqual(yield* meetings.update({ meetingid: "m1", title: "改期" }), [])
      assert.deepStrictEqual(sent(), [{ meetingid: "m1", title: "改期" }])
    }))
  })

  it.effect("reads answers of the basic interface, and of both numbers", () => {
    const { run, sent } = canned(Meetings.layer, () => ({
      admin_userid: "zhangsan",
      meeting_start: 1_800_000_000,
      status: 9,
      meeting_type: 1,
      attendees: {
        member: [{ userid: "lisi", status: 1, first_join_time: 0, cumulative_time: 300 }],
        tmp_external_user: [{ tmp_external_userid: "wo1", status: 2 }]
      },
      settings: { enable_enter_mute: true, password: "1234", current_hosts: { userid: ["lisi"] } },
      reminders: { is_repeat: 1, repeat_type: 0, remind_before: [5, 10] },
      has_more_sub_meeting: 1,
      sub_meetings: [{ sub_meetingid: "s1", status: 0, start_time: 1_800_000_000 }]
    }))
    return run(Effect.gen(function*() {
      const meetings = yield* Meetings
      const found = yield* meetings.get({ meeting_code: "123456789" })
      assert.strictEqual(found.status, 9)
      assert.isUndefined(MeetingStatus.label(9))
      assert.strictEqual(found.meeting_type, MeetingType.Series)
      assert.strictEqual(found.settings?.enable_enter_mute, EnterMute.On)
      assert.strictEqual(`${found.settings?.password}`, "<redacted>")
      assert.isUndefined(found.attendees?.member[0]?.first_join_time)
      assert.strictEqual(found.attendees?.tmp_external_user[0]?.tmp_external_userid, "wo1")
      assert.deepStrictEqual(found.reminders?.remind_before, [5, 10])
      assert.isTrue(found.has_more_sub_meeting)
      assert.deepStrictEqual(found.sub_meetings[0]?.start_time, at(1_800_000_000))
      assert.deepStrictEqual(sent(), [{ meeting_code: "123456789" }])
      assert.deepStrictEqual(
        yield* refusal(meetings.get({ meetingid: "" })),
        ["meetingid: at least one of meetingid, meeting_code is needed"]
      )
    }))
  })

  it.effect("lists the ids of all pages, of at most 180 days", () => {
    const { run, sent } = canned(Meetings.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? { meetingid_list: ["m1", "m2"], next_cursor: "c1" }
        : { meetingid_list: ["m3"], next_cursor: "" }
    })
    return run(Effect.gen(function*() {
      const meetings = yield* Meetings
      const ids = yield* Stream.runCollect(meetings.listAllIds({ userid: "lisi", limit: 2 }))
      assert.deepStrictEqual([...ids], ["m1", "m2", "m3"])
      assert.deepStrictEqual(sent(), [{ userid: "lisi", limit: 2 }, { userid: "lisi", limit: 2, cursor: "c1" }])
      assert.deepStrictEqual(
        yield* refusal(meetings.listIds({ userid: "lisi", begin_time: at(0), end_time: at(181 * 86_400) })),
        ["end_time: at most 180 days after begin_time are allowed"]
      )
    }))
  })
})
