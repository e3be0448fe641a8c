/** Check-ins on the simulator, in raw JSON as any other client would read them. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { checkIn } from "../../src/simulator/areas/checkin/CheckinActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { selfBuilt } from "../../src/simulator/engine/Power.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

/** On a simulator that starts on the first of March: what it does at intervals need not catch up. */
const simulated = <A, E>(effect: Effect.Effect<A, E, Layer.Success<ReturnType<typeof Simulator.layerTest>>>) =>
  Effect.andThen(goTo(1), Effect.provide(effect, Layer.suspend(() => Simulator.layerTest())))

const checkin = (path: string, body: object) => called.post(`/cgi-bin/checkin/${path}`, body)

/** A time in China, of March 2026, in seconds. 2026-03-02 is a Monday. */
const at = (day: number, time = "00:00") => Date.parse(`2026-03-${`${day}`.padStart(2, "0")}T${time}:00+08:00`) / 1000

type Fields = Readonly<Record<string, unknown>>

const list = (value: unknown) => value as ReadonlyArray<Fields>

const goTo = (day: number, time?: string) => TestClock.setTime(at(day, time) * 1000)

const records = (type = 3, useridlist = ["zhangsan"], endtime = at(31)) =>
  Effect.map(
    checkin("getcheckindata", { opencheckindatatype: type, starttime: at(1), endtime, useridlist }),
    (answer) => list(answer["checkindata"])
  )

/** A Monday with both check-ins, a Tuesday that is late and ends early, a Wednesday with one, a Thursday without. */
const aWeek = Effect.gen(function*() {
  for (
    const [day, time] of [
      [2, "08:55"],
      [2, "18:05"],
      [3, "09:20"],
      [3, "17:30"],
      [4, "09:00"]
    ] as const
  ) {
    yield* goTo(day, time)
    yield* checkIn({ userid: "ZhangSan" })
  }
  yield* goTo(6)
})

describe("check-ins of members", () => {
  it.effect("are records by the rule", () =>
    Effect.gen(function*() {
      yield* aWeek
      const found = (yield* records()).map(({ checkin_time, checkin_type, exception_type, sch_checkin_time }) => [
        checkin_time,
        checkin_type,
        exception_type,
        sch_checkin_time
      ])
      assert.deepStrictEqual(found, [
        [at(2, "08:55"), "上班打卡", "", at(2, "09:00")],
        [at(2, "18:05"), "下班打卡", "", at(2, "18:00")],
        [at(3, "09:20"), "上班打卡", "时间异常", at(3, "09:00")],
        [at(3, "17:30"), "下班打卡", "时间异常", at(3, "18:00")],
        [at(4, "09:00"), "上班打卡", "", at(4, "09:00")]
      ])
      assert.deepStrictEqual(yield* records(3, ["lisi"]), [])
    }).pipe(simulated))

  it.effect("are told apart from those outside", () =>
    Effect.gen(function*() {
      yield* goTo(2, "10:00")
      yield* checkIn({
        userid: "zhangsan",
        type: "外出打卡",
        details: { location_title: "客户园区", lat: 30.547645, lng: 104.063236 }
      })
      assert.deepStrictEqual(yield* records(1), [])
      const [outside] = yield* records(2)
      assert.deepInclude(outside, { location_title: "客户园区", lat: 30_547_645, lng: 104_063_236 })
    }).pipe(simulated))

  it.effect("are refused to whom may not see them, and for too long a time", () =>
    Effect.gen(function*() {
      const ask = (fields: object) =>
        Effect.map(
          checkin("getcheckindata", {
            opencheckindatatype: 3,
            starttime: at(1),
            endtime: at(2),
            useridlist: ["zhangsan"],
            ...fields
          }),
          ({ errcode }) => errcode
        )
      assert.strictEqual(yield* ask({ useridlist: ["nobody"] }), 301023)
      assert.strictEqual(yield* ask({ useridlist: [] }), 301023)
      assert.strictEqual(yield* ask({ endtime: at(31) + 3600 }), 301024)
      assert.match((yield* Effect.flip(checkIn({ userid: "nobody" }))).message, /no member nobody/)
    }).pipe(simulated))

  it.effect("are open to apps with the power alone", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* checkin("getcheckindata", {})).errcode, 48002)
    }).pipe(Effect.provide(Layer.suspend(() =>
      Simulator.layerTest({
        corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, powers: selfBuilt })) }]
      })
    ))))
})

describe("records that apps add", () => {
  it.effect("count like those of members, and are those of machines", () =>
    Effect.gen(function*() {
      yield* goTo(5)
      const record = { userid: "zhangsan", location_title: "大门", location_detail: "一楼", device_detail: "M1" }
      assert.strictEqual(
        (yield* checkin("add_checkin_record", {
          records: [
            { ...record, checkin_time: at(4, "08:30"), device_type: 2 },
            { ...record, checkin_time: at(4, "18:30"), device_type: 3 }
          ]
        })).errcode,
        0
      )
      assert.deepStrictEqual((yield* records()).map(({ checkin_type }) => checkin_type), ["上班打卡", "下班打卡"])
      const machine = (fields: object) =>
        Effect.map(
          called.post("/cgi-bin/hardware/get_hardware_checkin_data", {
            starttime: at(4),
            endtime: at(4, "23:59"),
            useridlist: ["zhangsan", "nobody"],
            ...fields
          }),
          ({ checkindata }) => checkindata
        )
      const one = { userid: "zhangsan", checkin_time: at(4, "08:30"), device_name: "M1" }
      assert.deepStrictEqual(yield* machine({}), [one])
      assert.deepStrictEqual(yield* machine({ filter_type: 2 }), [])
    }).pipe(simulated))

  it.effect("correct a check-in", () =>
    Effect.gen(function*() {
      yield* aWeek
      const correct = (fields: object) =>
        Effect.map(
          checkin("punch_correction", {
            userid: "zhangsan",
            schedule_date_time: at(3),
            schedule_checkin_time: 9 * 3600,
            checkin_time: at(3, "08:50"),
            remark: "忘记打卡",
            ...fields
          }),
          ({ errcode }) => errcode
        )
      assert.strictEqual(yield* correct({}), 0)
      const third = (yield* records()).filter(({ checkin_time }) => Number(checkin_time) > at(3)).slice(0, 1)
      assert.deepInclude(third[0], { checkin_time: at(3, "08:50"), exception_type: "", notes: "忘记打卡" })
      assert.strictEqual(yield* correct({ schedule_checkin_time: 10 * 3600 }), 301080)
      assert.strictEqual(yield* correct({ checkin_time: at(20) }), 301081)
      assert.strictEqual(yield* correct({ schedule_date_time: at(3, "01:00") }), 301082)
    }).pipe(simulated))
})

describe("faces", () => {
  it.effect("are of members that there are", () =>
    Effect.gen(function*() {
      const set = (userid: string) =>
        Effect.map(checkin("addcheckinuserface", { userid, userface: btoa("png") }), ({ errcode }) => errcode)
      assert.strictEqual(yield* set("lisi"), 0)
      assert.strictEqual(yield* set("nobody"), 301069)
    }).pipe(simulated))
})

describe("reports", () => {
  it.effect("sum up days", () =>
    Effect.gen(function*() {
      yield* aWeek
      const { datas } = yield* checkin("getcheckin_daydata", {
        starttime: at(1),
        endtime: at(5),
        useridlist: ["zhangsan"]
      })
      const days = list(datas).map(({ exception_infos }) => exception_infos)
      assert.deepStrictEqual(days, [
        [],
        [],
        [{ exception: 1, count: 1, duration: 1200 }, { exception: 2, count: 1, duration: 1800 }],
        [{ exception: 3, count: 1 }],
        [{ exception: 4, count: 1, duration: 32_400 }]
      ])
    }).pipe(simulated))

  it.effect("sum up a month, up to today", () =>
    Effect.gen(function*() {
      yield* aWeek
      const { datas } = yield* checkin("getcheckin_monthdata", {
        starttime: at(1),
        endtime: at(31),
        useridlist: ["zhangsan", "lisi"]
      })
      const [zhangsan, lisi] = list(datas)
      assert.deepInclude(zhangsan?.["summary_info"], {
        work_days: 5,
        regular_days: 2,
        except_days: 3,
        rest_days: 1,
        regular_work_sec: 62_400
      })
      assert.deepStrictEqual(lisi?.["exception_infos"], [{ exception: 4, count: 4, duration: 4 * 32_400 }])
    }).pipe(simulated))
})
