/** Check-in rules and shifts on the simulator, in raw JSON, and what they make of check-ins. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { checkIn } from "../../src/simulator/areas/checkin/CheckinActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

/** On a simulator that starts on Sunday, the first of March: what it does at intervals need not catch up. */
const simulated = <A, E>(effect: Effect.Effect<A, E, Layer.Success<ReturnType<typeof Simulator.layerTest>>>) =>
  Effect.andThen(goTo(1), Effect.provide(effect, Layer.suspend(() => Simulator.layerTest())))

const checkin = (path: string, body: object) => called.post(`/cgi-bin/checkin/${path}`, body)

const code = (path: string, body: object) => Effect.map(checkin(path, body), ({ errcode }) => errcode)

/** A time in China, of March 2026, in seconds. 2026-03-02 is a Monday. */
const at = (day: number, time = "00:00") => Date.parse(`2026-03-${`${day}`.padStart(2, "0")}T${time}:00+08:00`) / 1000

const goTo = (day: number, time?: string) => TestClock.setTime(at(day, time) * 1000)

type Fields = Readonly<Record<string, unknown>>

const hour = 3600

const period = {
  time_id: 1,
  work_sec: 10 * hour,
  off_work_sec: 19 * hour,
  remind_work_sec: 10 * hour - 600,
  remind_off_work_sec: 19 * hour,
  earliest_work_sec: 8 * hour,
  latest_work_sec: 12 * hour,
  earliest_off_work_sec: 15 * hour,
  latest_off_work_sec: 24 * hour
}

const needed = {
  groupname: "总部",
  range: { party_id: [2] },
  ot_info_v2: { workdayconf: { allow_ot: true, type: 2 } },
  loc_infos: [{ lat: 30_547_030, lng: 104_062_890, loc_title: "总部", loc_detail: "一号路", distance: 300 }]
}

const fixed = { grouptype: 1, ...needed, checkindate: [{ workdays: [1, 2, 3, 4, 5], checkintime: [period] }] }

const rules = () => Effect.map(checkin("getcorpcheckinoption", {}), ({ group }) => group as ReadonlyArray<Fields>)

const ruleOf = (userid: string, day: number) =>
  Effect.map(checkin("getcheckinoption", { datetime: at(day), useridlist: [userid] }), ({ info }) => {
    const [{ group } = { group: {} }] = info as ReadonlyArray<{ readonly group: Fields }>
    return group.groupname
  })

/** Adds a rule; returns its id. */
const add = (group: object, effective_now = true) =>
  Effect.gen(function*() {
    assert.strictEqual(yield* code("add_checkin_option", { group, effective_now }), 0)
    return (yield* rules()).at(-1)?.groupid as number
  })

const daily = (day: number, userid = "zhangsan") =>
  Effect.map(
    checkin("getcheckin_daydata", { starttime: at(day), endtime: at(day), useridlist: [userid] }),
    ({ datas }) => {
      const [one] = datas as ReadonlyArray<
        {
          readonly base_info: Fields & { readonly rule_info: Fields }
          readonly exception_infos?: ReadonlyArray<Fields>
          readonly summary_info: Fields
        }
      >
      return {
        rule: one?.base_info.rule_info.groupname,
        type: one?.base_info.record_type,
        times: one?.base_info.rule_info.checkintime,
        workday: one?.base_info.day_type === 0,
        anomalies: (one?.exception_infos ?? []).map(({ exception }) => exception)
      }
    }
  )

describe("check-in rules", () => {
  it.effect("are in force from the next day on, unless they are at once", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* rules()).map(({ groupid, groupname }) => [groupid, groupname]), [
        [1, "默认打卡规则"]
      ])
      const groupid = yield* add(fixed, false)
      assert.deepStrictEqual([yield* ruleOf("zhangsan", 1), yield* ruleOf("zhangsan", 2)], ["默认打卡规则", "总部"])
      // Of another department.
      assert.strictEqual(yield* ruleOf("wangwu", 2), "默认打卡规则")
      yield* goTo(2, "12:00")
      const update = { groupid, grouptype: 1, groupname: "新总部", wifimac_infos: [], white_users: ["lisi"] }
      assert.strictEqual(yield* code("update_checkin_option", { group: update }), 0)
      assert.deepStrictEqual([yield* ruleOf("zhangsan", 2), yield* ruleOf("zhangsan", 3)], ["总部", "新总部"])
      const shown = (yield* rules()).at(-1)
      assert.deepInclude(shown, { groupname: "新总部", white_users: ["lisi"], grouptype: 1 })
      assert.lengthOf(shown?.loc_infos as ReadonlyArray<unknown>, 1)
      assert.strictEqual(yield* code("del_checkin_option", { groupid, effective_now: true }), 0)
      assert.strictEqual(yield* ruleOf("zhangsan", 3), "默认打卡规则")
      assert.lengthOf(yield* rules(), 1)
      assert.strictEqual(yield* code("del_checkin_option", { groupid }), 301089)
    }).pipe(simulated))

  it.effect("of fixed times decide what is late, and on which days", () =>
    Effect.gen(function*() {
      const notes = "调休"
      const special = {
        time_id: 9,
        work_sec: 10 * hour,
        off_work_sec: 15 * hour,
        remind_work_sec: 10 * hour,
        remind_off_work_sec: 15 * hour
      }
      yield* add({
        ...fixed,
        checkindate: [{
          workdays: [1, 2, 3, 4, 5],
          checkintime: [period],
          allow_flex: true,
          flex_on_duty_time: 1800,
          flex_off_duty_time: 0
        }],
        spe_workdays: [{ type: 0, timestamp: at(7), notes, checkintime: [special] }],
        spe_offdays: [{ type: 1, begtime: at(4), endtime: at(5), notes }]
      })
      for (const [day, time] of [[2, "10:25"], [2, "19:00"], [3, "10:40"], [3, "18:30"], [7, "10:00"]] as const) {
        yield* goTo(day, time)
        yield* checkIn({ userid: "zhangsan" })
      }
      yield* goTo(9)
      const times = [{ work_sec: 10 * hour, off_work_sec: 19 * hour }]
      const usual = { rule: "总部", type: 1, times, workday: true }
      assert.deepStrictEqual(yield* daily(2), { ...usual, anomalies: [] })
      assert.deepStrictEqual(yield* daily(3), { ...usual, anomalies: [1, 2] })
      assert.deepStrictEqual(yield* daily(4), { ...usual, times: [], workday: false, anomalies: [] })
      assert.deepStrictEqual((yield* daily(6)).anomalies, [4])
      assert.deepStrictEqual(yield* daily(7), {
        ...usual,
        times: [{ work_sec: 10 * hour, off_work_sec: 15 * hour }],
        anomalies: [3]
      })
    }).pipe(simulated))

  it.effect("of shifts go by who has which on what day", () =>
    Effect.gen(function*() {
      const early = {
        ...period,
        work_sec: 8 * hour,
        remind_work_sec: 8 * hour,
        earliest_work_sec: 6 * hour,
        latest_work_sec: 9 * hour
      }
      const groupid = yield* add({
        grouptype: 2,
        ...needed,
        schedulelist: [
          { schedule_id: 0, schedule_name: "休息" },
          { schedule_id: 1, schedule_name: "早班", time_section: [early] }
        ]
      })
      const set = (fields: object, more: object = {}) =>
        code("setcheckinschedulist", {
          groupid,
          yearmonth: 202603,
          items: [{ userid: "ZhangSan", day: 2, schedule_id: 1, ...fields }, {
            userid: "zhangsan",
            day: 3,
            schedule_id: 0
          }],
          ...more
        })
      assert.strictEqual(yield* set({}), 0)
      assert.strictEqual(yield* set({ userid: "nobody" }), 301021)
      assert.strictEqual(yield* set({ userid: "wangwu" }), 301090)
      assert.strictEqual(yield* set({ schedule_id: 2 }), 301073)
      assert.strictEqual(yield* set({ day: 30 }, { yearmonth: 202602 }), 301073)
      assert.strictEqual(yield* set({}, { groupid: 1 }), 301089)
      const { schedule_list } = yield* checkin("getcheckinschedulist", {
        starttime: at(1),
        endtime: at(20),
        useridlist: ["zhangsan", "lisi"]
      })
      assert.deepStrictEqual(schedule_list, [{
        userid: "zhangsan",
        yearmonth: 202603,
        groupid,
        groupname: "总部",
        schedule: {
          scheduleList: [
            {
              day: 2,
              schedule_info: {
                schedule_id: 1,
                schedule_name: "早班",
                time_section: [{
                  id: 1,
                  work_sec: 8 * hour,
                  off_work_sec: 19 * hour,
                  remind_work_sec: 8 * hour,
                  remind_off_work_sec: 19 * hour
                }]
              }
            },
            { day: 3, schedule_info: { schedule_id: 0, schedule_name: "休息", time_section: [] } }
          ]
        }
      }])
      yield* goTo(5)
      assert.deepStrictEqual(yield* daily(2), {
        rule: "总部",
        type: 3,
        times: [{ work_sec: 8 * hour, off_work_sec: 19 * hour }],
        workday: true,
        anomalies: [4]
      })
      assert.deepInclude(yield* daily(3), { workday: false, anomalies: [] })
      assert.deepInclude(yield* daily(4), { workday: false, anomalies: [] })
    }).pipe(simulated))

  it.effect("that are free ask for days alone", () =>
    Effect.gen(function*() {
      yield* add({ grouptype: 3, ...needed, checkindate: [{ workdays: [1] }], standard_work_duration: 8 * hour })
      yield* goTo(2, "15:00")
      yield* checkIn({ userid: "zhangsan" })
      yield* goTo(5)
      assert.deepStrictEqual(yield* daily(2), { rule: "总部", type: 4, times: [], workday: true, anomalies: [3] })
      assert.deepInclude(yield* daily(3), { workday: false, anomalies: [] })
    }).pipe(simulated))

  it.effect("are refused if they are another app's, or name whom another names", () =>
    Effect.gen(function*() {
      const groupid = yield* add(fixed)
      assert.strictEqual(yield* code("add_checkin_option", { group: fixed }), 301091)
      const nobody = { ...fixed, range: { userid: ["nobody"] } }
      assert.strictEqual(yield* code("add_checkin_option", { group: nobody }), 301090)
      assert.strictEqual(yield* code("update_checkin_option", { group: { groupid, grouptype: 3 } }), 301094)
      assert.strictEqual(yield* code("update_checkin_option", { group: { groupid: 1, grouptype: 1 } }), 301092)
      assert.strictEqual(yield* code("clear_checkin_option_array_field", { groupid, clear_field: [4] }), 301093)
      const wifimac_infos = [{ wifiname: "总部", wifimac: "c0:7b:bc:37:f8:d3" }]
      yield* code("update_checkin_option", { group: { groupid, grouptype: 1, wifimac_infos } })
      assert.strictEqual(yield* code("clear_checkin_option_array_field", { groupid, clear_field: [4] }), 0)
      const shown = (yield* rules()).at(-1)
      assert.deepInclude(shown, { wifimac_infos })
      assert.deepStrictEqual(shown?.loc_infos, [])
    }).pipe(simulated))
})
