/** The team's calendar, synced both ways with a simulated WeCom. */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Record } from "effect"
import { Entry, sync, type TeamCalendar } from "../../examples/team-calendar.ts"
import { Calendars } from "../../src/oa/calendars/Calendars.ts"
import { Schedules } from "../../src/oa/calendars/Schedules.ts"
import * as CalendarActs from "../../src/simulator/areas/calendars/CalendarActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const simulated = Effect.provide(
  Layer.suspend(() => Layer.mergeAll(Calendars.layer, Schedules.layer).pipe(Layer.provideMerge(Simulator.layerTest())))
)

const entry = (title: string, attendees: ReadonlyArray<string> = ["lisi"]) =>
  new Entry({
    title,
    attendees,
    start: DateTime.makeUnsafe("2026-03-02T06:00:00Z"),
    end: DateTime.makeUnsafe("2026-03-02T07:00:00Z")
  })

const titles = (team: TeamCalendar) => Record.map(team.entries, ({ title }) => title)

/** What stands in WeCom. */
const there = (team: TeamCalendar) =>
  Effect.gen(function*() {
    const { schedule_list } = yield* (yield* Schedules).listByCalendar({ cal_id: team.cal_id ?? "" })
    return schedule_list.map(({ status, summary }) => [summary, status])
  })

describe("examples/team-calendar.ts", () => {
  it.effect("brings new, changed and removed entries to WeCom, once", () =>
    Effect.gen(function*() {
      const first = yield* sync({ entries: { a: entry("评审"), b: entry("周会") }, synced: {} }, "zhangsan")
      assert.deepStrictEqual(yield* there(first), [["评审", 0], ["周会", 0]])
      const same = yield* sync(first, "zhangsan")
      assert.deepStrictEqual(same, first)
      assert.lengthOf(yield* (yield* Simulator).calls("/cgi-bin/oa/schedule/add"), 2)
      const second = yield* sync({ ...same, entries: { a: entry("评审（二）"), c: entry("复盘") } }, "zhangsan")
      assert.deepStrictEqual(yield* there(second), [["评审（二）", 0], ["周会", 1], ["复盘", 0]])
      assert.deepStrictEqual(titles(second), { a: "评审（二）", c: "复盘" })
    }).pipe(simulated))

  it.effect("brings back what people changed and cancelled there", () =>
    Effect.gen(function*() {
      const first = yield* sync({ entries: { a: entry("评审"), b: entry("周会") }, synced: {} }, "zhangsan")
      const [a, b] = [first.synced["a"]?.schedule_id ?? "", first.synced["b"]?.schedule_id ?? ""]
      yield* CalendarActs.modifySchedule({ userid: "zhangsan", schedule_id: a, changes: { summary: "大评审" } })
      yield* CalendarActs.deleteSchedule({ userid: "zhangsan", schedule_id: b })
      const second = yield* sync(first, "zhangsan")
      assert.deepStrictEqual(titles(second), { a: "大评审" })
      assert.deepStrictEqual(Object.keys(second.synced), ["a"])
    }).pipe(simulated))
})
