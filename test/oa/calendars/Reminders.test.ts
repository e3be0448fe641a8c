import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Schema } from "effect"
import * as Reminders from "../../../src/oa/calendars/Reminders.ts"
import { ScheduleReminders } from "../../../src/oa/calendars/Reminders.ts"

const until = DateTime.makeUnsafe("2026-12-31T00:00:00Z")
const seconds = 1_798_675_200

/** As JSON, in which what is undefined is not written. */
const written = (reminders: Reminders.Reminders): unknown =>
  JSON.parse(JSON.stringify(Schema.encodeSync(Reminders.Reminders)(reminders)))

/** The field and the message of the refusal. */
const refusal = (reminders: unknown) =>
  Effect.runSync(Effect.flip(Schema.encodeUnknownEffect(Reminders.Reminders)(reminders))).message

const rules: ReadonlyArray<readonly [rule: string, input: Reminders.Reminders, wire: object]> = [
  ["daily", Reminders.daily(), { is_repeat: 1, repeat_type: 0 }],
  [
    "every third day until an end",
    Reminders.daily({ every: 3, until }),
    { is_repeat: 1, repeat_type: 0, is_custom_repeat: 1, repeat_interval: 3, repeat_until: seconds }
  ],
  ["weekly", Reminders.weekly(), { is_repeat: 1, repeat_type: 1 }],
  [
    "on two days of the week",
    Reminders.weekly({ days: [1, 3] }),
    { is_repeat: 1, repeat_type: 1, is_custom_repeat: 1, repeat_interval: 1, repeat_day_of_week: [1, 3] }
  ],
  [
    "on a day of every second month",
    Reminders.monthly({ days: [31], every: 2 }),
    { is_repeat: 1, repeat_type: 2, is_custom_repeat: 1, repeat_interval: 2, repeat_day_of_month: [31] }
  ],
  ["yearly", Reminders.yearly(), { is_repeat: 1, repeat_type: 5 }],
  ["on workdays", Reminders.workdays({ until }), { is_repeat: 1, repeat_type: 7, repeat_until: seconds }],
  ["never", { timezone: 8 }, { timezone: 8 }]
]

describe("a rule of repetition", () => {
  it.each(rules)("%s is written, and comes back from what WeCom returns", (_, input, wire) => {
    assert.deepStrictEqual(written(input), wire)
    const read = Schema.decodeUnknownSync(ScheduleReminders, { disableChecks: true })(wire)
    assert.deepStrictEqual(written(read.input), wire)
  })

  it("leaves behind what it does not use when it comes back", () => {
    const read = Schema.decodeUnknownSync(ScheduleReminders)({
      is_remind: 1,
      remind_before_event_secs: 3600,
      remind_time_diffs: [-3600],
      is_repeat: 1,
      repeat_type: 7,
      repeat_until: 0,
      is_custom_repeat: 0,
      repeat_interval: 1,
      repeat_day_of_week: [3, 7],
      repeat_day_of_month: [10, 21],
      timezone: 8,
      exclude_time_list: [{ start_time: seconds }]
    })
    assert.deepStrictEqual(read.exclude_time_list, [{ start_time: until }])
    assert.deepStrictEqual(written(read.input), {
      is_remind: 1,
      remind_time_diffs: [-3600],
      is_repeat: 1,
      repeat_type: 7,
      timezone: 8
    })
  })

  it("that is not known is read, and refused when it is sent back", () => {
    const read = Schema.decodeUnknownSync(ScheduleReminders, { disableChecks: true })({ is_repeat: 1, repeat_type: 3 })
    assert.strictEqual(read.repeat_type, 3)
    assert.match(refusal(read.input), /expected one of 0, 1, 2, 5, 7[^]*repeat_type/)
  })

  it("is refused where WeCom would refuse it, or ignore a part in silence", () => {
    assert.match(refusal({ is_repeat: true }), /is needed if is_repeat is true[^]*repeat_type/)
    assert.match(refusal({ repeat_type: 1 }), /must be true, or WeCom ignores repeat_type[^]*is_repeat/)
    const weekly = { is_repeat: true, repeat_type: 1 }
    assert.match(
      refusal({ ...weekly, repeat_day_of_week: [1] }),
      /must be true, or WeCom ignores repeat_day_of_week[^]*is_custom_repeat/
    )
    assert.match(refusal({ ...weekly, is_custom_repeat: true }), /is needed[^]*90486[^]*repeat_interval/)
    const custom = { ...weekly, is_custom_repeat: true, repeat_interval: 1 }
    assert.match(refusal({ ...custom, repeat_day_of_week: [0] }), /repeat_day_of_week/)
    assert.match(refusal({ ...custom, repeat_type: 2, repeat_day_of_month: [32] }), /repeat_day_of_month/)
    assert.match(refusal({ ...custom, repeat_interval: 0 }), /repeat_interval/)
    assert.match(refusal({ timezone: 13 }), /timezone/)
    assert.match(refusal({ is_remind: true, remind_time_diffs: [-60] }), /remind_time_diffs/)
    assert.match(refusal({ is_remind: true, remind_before_event_secs: 60 }), /remind_before_event_secs/)
  })
})
