/** A month of check-ins, as a table. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { TestClock } from "effect/testing"
import { table } from "../../examples/check-in-table.ts"
import { Users } from "../../src/contacts/Users.ts"
import { CheckinReports } from "../../src/oa/checkin/CheckinReports.ts"
import { checkIn } from "../../src/simulator/areas/checkin/CheckinActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const goTo = (time: string) => TestClock.setTime(Date.parse(`2026-03-${time}+08:00`))

describe("examples/check-in-table.ts", () => {
  it.effect("has a line for every member", () => {
    const program = Effect.gen(function*() {
      for (const time of ["02T08:55:00", "02T18:05:00", "03T09:20:00", "03T18:00:00", "04T09:00:00"]) {
        yield* goTo(time)
        yield* checkIn({ userid: "zhangsan" })
      }
      yield* goTo("06T00:00:00")
      assert.deepStrictEqual(yield* Stream.runCollect(table("2026-03")), [
        "| 姓名 | 应出勤 | 正常 | 迟到 | 迟到分钟 | 早退 | 缺卡 | 旷工 | 工时 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| 张三 | 5 | 2 | 1 | 20 | 0 | 1 | 1 | 17.8 |",
        "| 李四 | 5 | 1 | 0 | 0 | 0 | 0 | 4 | 0.0 |",
        "| 王五 | 5 | 1 | 0 | 0 | 0 | 0 | 4 | 0.0 |"
      ])
    })
    const layer = Layer.suspend(() =>
      Layer.provideMerge(Layer.mergeAll(CheckinReports.layer, Users.layer), Simulator.layerTest())
    )
    return Effect.andThen(goTo("01T00:00:00"), Effect.provide(program, layer))
  })
})
