import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { CheckinSchedules } from "../../../src/oa/checkin/CheckinSchedules.ts"
import { answering } from "../../support/answering.ts"

const at = (day: number) => DateTime.makeUnsafe(Date.UTC(2026, 0, day))

describe("schedules of check-in", () => {
  it.effect("tell the shift of every day, and months without any", () => {
    const { run } = answering(CheckinSchedules.layer, () => ({
      errcode: 0,
      schedule_list: [
        {
          userid: "zhangsan",
          yearmonth: 202601,
          groupid: 11,
          schedule: {
            scheduleList: [
              { day: 25, schedule_info: { schedule_id: 229, schedule_name: "早班", time_section: [{ id: 1 }] } },
              { day: 26, schedule_info: { schedule_id: 0, schedule_name: "休息" } }
            ]
          }
        },
        { userid: "lisi", yearmonth: 202601 }
      ]
    }))
    return run(Effect.gen(function*() {
      const [one, two] = yield* (yield* CheckinSchedules).list({
        starttime: at(1),
        endtime: at(32),
        useridlist: ["zhangsan", "lisi"]
      })
      assert.deepStrictEqual(
        one?.days.map((
          { day, schedule_info }
        ) => [day, schedule_info?.schedule_id, schedule_info?.time_section.length]),
        [[25, 229, 1], [26, 0, 0]]
      )
      assert.deepStrictEqual(two?.days, [])
    }))
  })

  it.effect("are set for days of a month that there is", () => {
    const { run, sent } = answering(CheckinSchedules.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const schedules = yield* CheckinSchedules
      const items = [{ userid: "zhangsan", day: 5, schedule_id: 234 }] as const
      yield* schedules.set({ groupid: 226, yearmonth: 202012, items })
      assert.deepStrictEqual(sent()[0]?.body, { groupid: 226, yearmonth: 202012, items })
      for (
        const [yearmonth, day, message] of [
          [202013, 5, /yearmonth: expected a year and a month/],
          [202000, 5, /yearmonth: expected a year and a month/],
          [202012, 32, /items\[0\]\.day: /]
        ] as const
      ) {
        const input = { groupid: 226, yearmonth, items: [{ ...items[0], day }] } as const
        assert.match((yield* Effect.flip(schedules.set(input))).message, message)
      }
      assert.lengthOf(sent(), 1)
    }))
  })
})
