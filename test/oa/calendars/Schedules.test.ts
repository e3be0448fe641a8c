import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import * as Reminders from "../../../src/oa/calendars/Reminders.ts"
import { ScheduleResponse } from "../../../src/oa/calendars/ScheduleAttendee.ts"
import { OccurrenceMode, Schedules } from "../../../src/oa/calendars/Schedules.ts"
import { ScheduleStatus } from "../../../src/oa/calendars/ScheduleStatus.ts"
import { canned, refusal } from "../support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const times = { start_time: at(1_800_000_000), end_time: at(1_800_003_600) }

const wire = {
  schedule_id: "s1",
  sequence: 9_007_199_254_740_993n,
  attendees: [{ userid: "lisi", response_status: 2 }, { userid: "wangwu" }],
  summary: "需求评审",
  location: "1005 会议室",
  reminders: { is_remind: 1, remind_time_diffs: [-900], is_repeat: 1, repeat_type: 1, repeat_until: 0, timezone: 8 },
  start_time: 1_800_000_000,
  end_time: 1_800_003_600,
  status: 0,
  cal_id: "wc1"
}

/** JSON with the integer that a number cannot hold. */
const json = (value: unknown) =>
  new Response(
    JSON.stringify(value, (_, item: unknown) => typeof item === "bigint" ? `${item}n` : item)
      .replaceAll(/"(\d+)n"/g, "$1"),
    { headers: { "content-type": "application/json" } }
  )

describe("creating a schedule", () => {
  it.effect("returns its id", () => {
    const { run, sent } = canned(Schedules.layer, () => ({ schedule_id: "s1" }))
    return run(Effect.gen(function*() {
      const id = yield* (yield* Schedules).create({
        schedule: {
          ...times,
          cal_id: "wc1",
          summary: "需求评审",
          attendees: [{ userid: "lisi" }],
          reminders: {
            is_remind: true,
            remind_time_diffs: [Reminders.RemindTime.QuarterHourBefore],
            ...Reminders.weekly({ every: 2, days: [1, 3] })
          }
        }
      })
      assert.strictEqual(id, "s1")
      assert.deepStrictEqual(sent(), [{
        schedule: {
          start_time: 1_800_000_000,
          end_time: 1_800_003_600,
          cal_id: "wc1",
          summary: "需求评审",
          attendees: [{ userid: "lisi" }],
          reminders: {
            is_remind: 1,
            remind_time_diffs: [-900],
            is_repeat: 1,
            repeat_type: 1,
            is_custom_repeat: 1,
            repeat_interval: 2,
            repeat_day_of_week: [1, 3]
          }
        }
      }])
    }))
  })

  it.effect("refuses what WeCom would refuse, by its field", () => {
    const { run, sent } = canned(Schedules.layer)
    return run(Effect.gen(function*() {
      const schedules = yield* Schedules
      const refused = (schedule: Partial<Parameters<typeof schedules.create>[0]["schedule"]>) =>
        refusal(schedules.create({ schedule: { ...times, ...schedule } }))
      assert.deepStrictEqual(yield* refused({ end_time: at(1_799_999_999) }), [
        "schedule.end_time: must not be before start_time"
      ])
      assert.deepStrictEqual(yield* refused({ summary: "字".repeat(129) }), [
        "schedule.summary: at most 128 characters are allowed, got 129"
      ])
      assert.deepStrictEqual(yield* refused({ description: "字".repeat(1001) }), [
        "schedule.description: at most 1000 characters are allowed, got 1001"
      ])
      assert.deepStrictEqual(yield* refused({ location: "字".repeat(129) }), [
        "schedule.location: at most 128 characters are allowed, got 129"
      ])
      assert.deepStrictEqual(yield* refused({ attendees: [{ userid: "字".repeat(22) }] }), [
        "schedule.attendees[0].userid: at most 64 bytes of UTF-8 are allowed, got 66"
      ])
      assert.deepStrictEqual(yield* refused({ attendees: Array.from({ length: 1001 }, () => ({ userid: "a" })) }), [
        "schedule.attendees: at most 1000 items are allowed, got 1001"
      ])
      const reminders = { is_remind: true, remind_time_diffs: [0, Reminders.RemindTime.WeekBefore] }
      assert.deepStrictEqual(yield* refused({ reminders }), [
        "schedule.reminders.remind_time_diffs[1]: is for whole-day schedules: set is_whole_day"
      ])
      assert.deepStrictEqual(sent(), [])
      yield* Effect.exit(schedules.create({ schedule: { ...times, is_whole_day: true, reminders } }))
      assert.lengthOf(sent(), 1)
    }))
  })
})

describe("a schedule", () => {
  it.effect("is read with its 64-bit number, times, answers and rule", () => {
    const { run } = canned(Schedules.layer, () => json({ errcode: 0, schedule_list: [wire] }))
    return run(Effect.gen(function*() {
      const { schedule_list: [schedule] } = yield* (yield* Schedules).listByCalendar({ cal_id: "wc1" })
      assert.strictEqual(schedule?.sequence, "9007199254740993")
      assert.strictEqual(schedule?.status, ScheduleStatus.Normal)
      assert.deepStrictEqual(schedule?.start_time, times.start_time)
      assert.deepStrictEqual(schedule?.attendees.map((one) => one.response_status), [
        ScheduleResponse.Accepted,
        undefined
      ])
      assert.isUndefined(schedule?.reminders?.repeat_until)
      assert.deepStrictEqual(schedule?.admins, [])
    }))
  })

  it.effect("is edited as a whole: what does not change is sent again", () => {
    const { run, sent } = canned(
      Schedules.layer,
      ({ path }) => path.endsWith("/get") ? json({ errcode: 0, schedule_list: [wire] }) : {}
    )
    return run(Effect.gen(function*() {
      const schedules = yield* Schedules
      const [schedule] = yield* schedules.getMany({ schedule_id_list: ["s1"] })
      if (schedule === undefined) return assert.fail("no schedule")
      const split = yield* schedules.update({ schedule: schedule.edited({ summary: "评审改期" }) })
      assert.isUndefined(split)
      assert.deepStrictEqual(sent()[1], {
        schedule: {
          schedule_id: "s1",
          start_time: 1_800_000_000,
          end_time: 1_800_003_600,
          summary: "评审改期",
          location: "1005 会议室",
          admins: [],
          attendees: [{ userid: "lisi" }, { userid: "wangwu" }],
          reminders: { is_remind: 1, remind_time_diffs: [-900], is_repeat: 1, repeat_type: 1, timezone: 8 }
        }
      })
    }))
  })
})

describe("occurrences", () => {
  const occurrence = { op_mode: OccurrenceMode.This, op_start_time: at(1_800_604_800) } as const

  it.effect("are changed on their own, and get an id of their own", () => {
    const { run, sent } = canned(Schedules.layer, () => ({ schedule_id: "s2" }))
    return run(Effect.gen(function*() {
      const schedules = yield* Schedules
      const schedule = { schedule_id: "s1", ...times }
      assert.strictEqual(yield* schedules.update({ schedule, skip_attendees: true, ...occurrence }), "s2")
      yield* schedules.cancel({
        schedule_id: "s1",
        op_mode: OccurrenceMode.ThisAndLater,
        op_start_time: at(1_800_604_800)
      })
      yield* schedules.cancel({ schedule_id: "s1" })
      assert.deepStrictEqual(sent(), [
        {
          op_mode: 1,
          op_start_time: 1_800_604_800,
          skip_attendees: 1,
          schedule: { schedule_id: "s1", start_time: 1_800_000_000, end_time: 1_800_003_600 }
        },
        { schedule_id: "s1", op_mode: 2, op_start_time: 1_800_604_800 },
        { schedule_id: "s1" }
      ])
    }))
  })

  it.effect("are named by their start, and a single one cannot repeat", () => {
    const { run, sent } = canned(Schedules.layer)
    return run(Effect.gen(function*() {
      const schedules = yield* Schedules
      assert.deepStrictEqual(
        yield* refusal(schedules.cancel({ schedule_id: "s1", op_mode: OccurrenceMode.This } as never)),
        ["op_start_time: is needed to name an occurrence: when it starts (90482)"]
      )
      assert.deepStrictEqual(
        yield* refusal(schedules.cancel({ schedule_id: "s1", op_start_time: times.start_time } as never)),
        ["op_mode: must be 1 or 2, or WeCom ignores op_start_time"]
      )
      assert.deepStrictEqual(
        yield* refusal(schedules.update({
          schedule: { schedule_id: "s1", ...times, reminders: Reminders.daily() },
          ...occurrence
        })),
        ["schedule.reminders.is_repeat: a single occurrence cannot repeat (90484)"]
      )
      assert.deepStrictEqual(sent(), [])
    }))
  })
})

describe("the schedules of a calendar", () => {
  it.effect("are read until a page is empty, also after a short one", () => {
    const pages = [["s1", "s2"], ["s3"], ["s4"], []]
    const { run, sent } = canned(Schedules.layer, () => ({
      schedule_list: (pages.shift() ?? assert.fail("asked beyond the end")).map((schedule_id) => ({ schedule_id }))
    }))
    return run(Effect.gen(function*() {
      const all = yield* Stream.runCollect((yield* Schedules).listAllByCalendar({ cal_id: "wc1", limit: 2 }))
      assert.deepStrictEqual(all.map(({ schedule_id }) => schedule_id), ["s1", "s2", "s3", "s4"])
      assert.deepStrictEqual(sent(), [
        { cal_id: "wc1", limit: 2 },
        { cal_id: "wc1", limit: 2, offset: 2 },
        { cal_id: "wc1", limit: 2, offset: 3 },
        { cal_id: "wc1", limit: 2, offset: 4 }
      ])
    }))
  })
})

it.effect("attendees join and leave by userid, 1 to 1000 at once", () => {
  const { calls, run } = canned(Schedules.layer)
  return run(Effect.gen(function*() {
    const schedules = yield* Schedules
    const input = { schedule_id: "s1", attendees: [{ userid: "lisi" }] }
    yield* schedules.addAttendees(input)
    yield* schedules.removeAttendees(input)
    assert.deepStrictEqual(calls().map(({ body, path }) => [path, body]), [
      ["/cgi-bin/oa/schedule/add_attendees", input],
      ["/cgi-bin/oa/schedule/del_attendees", input]
    ])
    assert.deepStrictEqual(yield* refusal(schedules.addAttendees({ schedule_id: "s1", attendees: [] })), [
      "attendees: at least 1 item is needed"
    ])
  }))
})
