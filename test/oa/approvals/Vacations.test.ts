import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Vacations, VacationUnit } from "../../../src/oa/approvals/Vacations.ts"
import { answering } from "./support.ts"

describe("vacations", () => {
  it.effect("tell the types of leave", () => {
    const type = {
      id: 1,
      name: "年假",
      time_attr: 1,
      duration_type: 0,
      quota_attr: { type: 1, autoreset_time: 0, autoreset_duration: 432000, quota_rule_type: 0, at_entry_date: true },
      perday_duration: 28800,
      is_newovertime: 0
    }
    const { run } = answering(() => ({ errcode: 0, lists: [type] }))
    return run(Effect.gen(function*() {
      const [annual] = yield* (yield* Vacations).listTypes()
      assert.strictEqual(annual?.time_attr, VacationUnit.Hour)
      assert.isUndefined(annual?.quota_attr?.autoreset_time)
      assert.isFalse(annual?.is_newovertime)
    }))
  })

  it.effect("set what is left in tenths of the unit, up to 1,000 days", () => {
    const { run, sent } = answering(() => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const vacations = yield* Vacations
      const set = (leftduration: number, time_attr: 0 | 1, remarks?: string) =>
        vacations.setQuota({ userid: "zhangsan", vacation_id: 1, leftduration, time_attr, remarks })
      yield* set(8640, VacationUnit.Day)
      yield* set(360, VacationUnit.Hour, "补发")
      yield* set(86_400_000, VacationUnit.Day)
      assert.deepStrictEqual(sent()[1]?.body, {
        userid: "zhangsan",
        vacation_id: 1,
        leftduration: 360,
        time_attr: 1,
        remarks: "补发"
      })
      for (
        const [seconds, unit, message] of [
          [360, VacationUnit.Day, /leftduration: expected a multiple of 8640 seconds/],
          [100, VacationUnit.Hour, /leftduration: expected a multiple of 360 seconds/],
          [86_408_640, VacationUnit.Day, /leftduration: /],
          [-360, VacationUnit.Hour, /leftduration: /]
        ] as const
      ) {
        assert.match((yield* Effect.flip(set(seconds, unit))).message, message)
      }
      assert.match((yield* Effect.flip(set(360, 1, "字".repeat(201)))).message, /remarks: at most 200 characters/)
      assert.lengthOf(sent(), 3)
    }))
  })
})
