import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { AbsenceType, CheckinAnomalyType, CheckinReports } from "../../../src/oa/checkin/CheckinReports.ts"
import { answering } from "../../support/answering.ts"

const at = (day: number) => DateTime.makeUnsafe(Date.UTC(2026, 0, day, -8))

describe("reports of check-in", () => {
  it.effect("of days have everything that WeCom left out as nothing", () => {
    const { run, sent } = answering(CheckinReports.layer, () => ({
      errcode: 0,
      datas: [{
        base_info: { acctid: "zhangsan", date: 1599062400, departs_name: "公司/研发;公司", record_type: 6 },
        exception_infos: [{ exception: 1, count: 2, duration: "60" }],
        sp_items: [{ type: 1, vacation_id: 2, name: "年假", count: 1, duration: 28800, time_type: 1 }]
      }]
    }))
    return run(Effect.gen(function*() {
      const [report] = yield* (yield* CheckinReports).listDaily({
        starttime: at(1),
        endtime: at(1),
        useridlist: ["zhangsan"]
      })
      assert.deepStrictEqual(report?.base_info.departs_name, ["公司/研发", "公司"])
      assert.strictEqual(report?.base_info.record_type, 6)
      assert.deepStrictEqual(
        report?.exception_infos.map(({ duration, exception }) => [exception, duration]),
        [[CheckinAnomalyType.Late, 60]]
      )
      assert.strictEqual(AbsenceType.label(report?.sp_items[0]?.type ?? 0), "请假")
      assert.deepStrictEqual(report?.holiday_infos, [])
      assert.isUndefined(report?.summary_info)
      assert.deepStrictEqual(sent()[0]?.body, {
        starttime: 1767196800,
        endtime: 1767196800,
        useridlist: ["zhangsan"]
      })
    }))
  })

  it.effect("of months are asked for up to a day that is not before the first", () => {
    const { run, sent } = answering(CheckinReports.layer, () => ({ errcode: 0, datas: null }))
    return run(Effect.gen(function*() {
      const reports = yield* CheckinReports
      const range = { starttime: at(1), endtime: at(31), useridlist: ["zhangsan"] }
      assert.deepStrictEqual(yield* reports.listMonthly(range), [])
      assert.match(
        (yield* Effect.flip(reports.listMonthly({ ...range, starttime: at(32) }))).message,
        /endtime: must not be before starttime/
      )
      assert.match(
        (yield* Effect.flip(reports.listMonthly({ ...range, useridlist: [""] }))).message,
        /useridlist\[0\]: /
      )
      assert.lengthOf(sent(), 1)
    }))
  })
})
