import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { CheckinMethod } from "../../../src/oa/checkin/CheckinRule.ts"
import { CheckinRuleList, CheckinRules } from "../../../src/oa/checkin/CheckinRules.ts"
import { type NewCheckinRule, NewCheckinShift } from "../../../src/oa/checkin/NewCheckinRule.ts"
import { answering } from "../../support/answering.ts"
import { fixed, free, period, shifts } from "./rules.ts"

const at = (month: number, day: number) => DateTime.makeUnsafe(Date.UTC(2027, month - 1, day, -8))

const withPeriod = (changed: Partial<typeof period>): NewCheckinRule => ({
  ...fixed,
  checkindate: [{ checkintime: [{ ...period, ...changed }] }]
})

const withDate = (changed: Partial<(typeof fixed.checkindate)[number]>): NewCheckinRule => ({
  ...fixed,
  checkindate: [{ checkintime: [period], ...changed }]
})

describe("rules of check-in", () => {
  it.effect("are told apart by kind, and those of other kinds are kept", () => {
    const rules = [
      { grouptype: 1, groupid: 69, checkindate: [{ workdays: [1], checkintime: [{ ...period, rest_times: [] }] }] },
      { grouptype: 2, groupid: 70, schedulelist: [{ schedule_id: 0, schedule_name: "休息", time_section: [] }] },
      { grouptype: 3, groupid: 71, span_day_time: 14400, loc_infos: [{ lat: 30547030, lng: -104062890 }] },
      { grouptype: 4, groupid: 72 }
    ]
    const { run } = answering(CheckinRules.layer, () => ({ errcode: 0, group: rules }))
    return run(Effect.gen(function*() {
      const [one, two, three, other] = yield* (yield* CheckinRules).list()
      assert.deepStrictEqual(
        one?.grouptype === 1 ? one.checkindate[0]?.checkintime[0]?.rests.map((rest) => ({ ...rest })) : [],
        [{ rest_begin_time: 43_200, rest_end_time: 46_800 }]
      )
      assert.strictEqual(two?.grouptype === 2 ? two.schedulelist[0]?.schedule_id : undefined, 0)
      assert.strictEqual(three?.grouptype === 3 ? three.span_day_time : undefined, 14_400)
      assert.deepStrictEqual(
        three?.grouptype === 3 ? [three.loc_infos[0]?.lat, three.loc_infos[0]?.lng] : [],
        [30.54703, -104.06289]
      )
      assert.deepStrictEqual(other, { grouptype: "Unknown", value: { grouptype: 4, groupid: 72 } })
    }))
  })

  it.effect("of members are asked for by the hundred", () => {
    const { run, sent } = answering(CheckinRules.layer, () => ({ errcode: 0, info: [{ userid: "zhangsan" }] }))
    return run(Effect.gen(function*() {
      const rules = yield* CheckinRules
      const [one] = yield* rules.listByUsers({ datetime: at(1, 1), useridlist: ["zhangsan"] })
      assert.isUndefined(one?.group)
      const many = Array.from({ length: 101 }, (_, index) => `u${index}`)
      assert.match(
        (yield* Effect.flip(rules.listByUsers({ datetime: at(1, 1), useridlist: many }))).message,
        /useridlist: at most 100 items are allowed, got 101/
      )
      assert.match(
        (yield* Effect.flip(rules.listByUsers({ datetime: at(1, 1), useridlist: [] }))).message,
        /useridlist: at least 1 item is needed/
      )
      assert.lengthOf(sent(), 1)
    }))
  })

  it.effect("are created, in the units of the wire", () => {
    const { run, sent } = answering(CheckinRules.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const rules = yield* CheckinRules
      for (const group of [fixed, shifts, free]) yield* rules.create({ group, effective_now: true })
      yield* rules.create({
        group: {
          ...fixed,
          spe_workdays: [{
            type: 1,
            begtime: at(2, 1),
            endtime: at(2, 2),
            notes: "调休",
            checkintime: [{
              time_id: 2,
              work_sec: 32_400,
              off_work_sec: 64_800,
              remind_work_sec: 32_400,
              remind_off_work_sec: 64_800
            }]
          }],
          spe_offdays: [{ type: 0, timestamp: at(5, 1), notes: "劳动节" }]
        }
      })
      const [first, , , last] = sent().map(({ body }) => body as { readonly group: Record<string, unknown> })
      assert.deepStrictEqual(first, {
        effective_now: true,
        group: {
          ...fixed,
          loc_infos: [{ lat: 30547030, lng: 104062890, loc_title: "总部", loc_detail: "一号路", distance: 300 }]
        }
      } as never)
      assert.deepStrictEqual(last?.group["spe_offdays"], [{
        type: 0,
        timestamp: Date.UTC(2027, 4, 1, -8) / 1000,
        notes: "劳动节"
      }])
    }))
  })

  it.effect.each<readonly [string, NewCheckinRule, RegExp]>([
    ["no place", { ...fixed, loc_infos: [] }, /group\.wifimac_infos: at least one of wifimac_infos, loc_infos/],
    ["nobody", { ...free, range: { userid: [] } }, /group\.range\.userid: at least one of userid, party_id, tagid/],
    ["a distance of its own", { ...free, loc_infos: [{ ...free.loc_infos![0]!, distance: 350 as 300 }] }, /distance: /],
    ["degrees times a million", { ...free, loc_infos: [{ ...free.loc_infos![0]!, lat: 30547030 }] }, /\.lat: /],
    ["no MAC address", { ...free, wifimac_infos: [{ wifiname: "W", wifimac: "c0-7b" }] }, /wifimac: expected a MAC/],
    ["liveness alone", { ...free, open_face_live_detect: true }, /open_face_live_detect: needs use_face_detect/],
    ["a reminder too early", {
      ...free,
      buka_remind: { open_remind: true, buka_remind_day: 14, buka_remind_month: 0 }
    }, /buka_remind_day: expected 15 to 30/],
    ["a reminder too late", {
      ...free,
      buka_remind: { open_remind: true, buka_remind_day: 27, buka_remind_month: 1 }
    }, /buka_remind_day: expected 1 to 26/],
    [
      "corrections until day 0",
      { ...free, buka_limit_next_month: 0 },
      /buka_limit_next_month: expected -1, or 1 to 28/
    ],
    ["part of a minute", withPeriod({ work_sec: 32_401 }), /work_sec: expected a multiple of 60 seconds/],
    ["work without end", withPeriod({ off_work_sec: 32_400 }), /off_work_sec: expected 1 minute to 24 hours/],
    ["a late reminder of work", withPeriod({ remind_work_sec: 32_460 }), /remind_work_sec: expected 0, 5, 10/],
    [
      "check-in from the start on",
      withPeriod({ earliest_work_sec: 32_400 }),
      /earliest_work_sec: expected a time before/
    ],
    ["check-out at 4:01", withPeriod({ latest_off_work_sec: 100_860 }), /latest_off_work_sec: expected a time by 4:00/],
    ["rest that is not allowed", withPeriod({ allow_rest: false }), /allow_rest: expected true/],
    ["rest at night", withPeriod({ rest_end_time: 72_000 }), /rest_end_time: expected rests within the work/],
    [
      "rests that overlap",
      withPeriod({ rest_times: [{ rest_begin_time: 45_000, rest_end_time: 48_000 }] }),
      /rest_times: expected rests that do not overlap/
    ],
    [
      "periods that overlap",
      withDate({ checkintime: [period, { ...period, time_id: 2 }] }),
      /checkintime: the times at which members can check in must not overlap/
    ],
    ["machines alone", { ...free, type: CheckinMethod.Machine }, /group\.type: expected 0, 1 or 3/],
    [
      "corrections that are not allowed",
      { ...free, allow_apply_bk_cnt: 3 },
      /allow_apply_offworkday: must be true for allow_apply_bk_cnt/
    ],
    ["one Wi-Fi twice", {
      ...free,
      wifimac_infos: [{ wifiname: "一", wifimac: "c0:7b:bc:37:f8:d3" }, {
        wifiname: "二",
        wifimac: "C0:7B:BC:37:F8:D3"
      }]
    }, /wifimac_infos: a wifimac is there twice/],
    ["a shift that begins 5 hours after check-in", {
      ...shifts,
      schedulelist: [NewCheckinShift.rest, {
        schedule_id: 1,
        schedule_name: "早班",
        time_section: [{ ...period, earliest_work_sec: 14_400 }]
      }]
    }, /earliest_work_sec: expected a time at most 4 hours before work_sec/],
    ["half a rest", withPeriod({ rest_end_time: undefined }), /rest_end_time: expected rests within the work/],
    ["a day twice", {
      ...fixed,
      checkindate: [{ workdays: [1], checkintime: [period] }, { workdays: [1], checkintime: [period] }]
    }, /checkindate: a working day is there twice/],
    [
      "both kinds of flexible hours",
      withDate({
        allow_flex: true,
        flex_on_duty_time: 600,
        max_allow_arrive_late: 600
      }),
      /max_allow_arrive_early: either flex_ or max_allow_ times/
    ],
    ["flexible hours unsaid", withDate({ flex_on_duty_time: 600 }), /allow_flex: must be true/],
    ["flexible hours of 4 minutes", withDate({ allow_flex: true, flex_on_duty_time: 240 }), /multiple of 300 seconds/],
    [
      "no shift of rest",
      { ...shifts, schedulelist: shifts.schedulelist.slice(1) },
      /schedulelist: NewCheckinShift.rest is needed/
    ],
    [
      "rest alone",
      { ...shifts, schedulelist: shifts.schedulelist.slice(0, 1) },
      /a shift beside NewCheckinShift.rest is needed/
    ],
    ["two shifts of one name", {
      ...shifts,
      schedulelist: [...shifts.schedulelist, { schedule_id: 2, schedule_name: "早班", time_section: [period] }]
    }, /a schedule_name is there twice/],
    ["a shift without time", {
      ...shifts,
      schedulelist: [...shifts.schedulelist, { schedule_id: 2, schedule_name: "晚班" }]
    }, /time_section: at least one period is needed/],
    ["a day of 24 hours and a half", { ...free, standard_work_duration: 88_200 }, /standard_work_duration: /],
    ["overtime that ends before it begins", {
      ...free,
      ot_info_v2: { workdayconf: { allow_ot: true, type: 1, checkin: { ot_time_max: 600 } } }
    }, /ot_time_min: must be less than ot_time_max/],
    ["rest longer than overtime", {
      ...free,
      ot_info_v2: {
        workdayconf: {
          allow_ot: true,
          type: 2,
          apply: { restinfo: { type: 2, cal_ottime_rule: { items: [{ ot_time: 900, rest_time: 1800 }] } } }
        }
      }
    }, /rest_time: must not be longer than ot_time/],
    ["days off of two years", {
      ...free,
      spe_offdays: [{ type: 1, begtime: at(1, 1), endtime: at(25, 1), notes: "休" }]
    }, /spe_offdays\[0\]\.endtime: expected a time of 0 to 366 days/]
  ])("with %s are refused", ([, group, message]) => {
    const { run, sent } = answering(CheckinRules.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const error = yield* Effect.flip((yield* CheckinRules).create({ group }))
      assert.match(error.message, message)
      assert.lengthOf(sent(), 0)
    }))
  })

  it.effect("are changed in part, emptied and deleted by id", () => {
    const { run, sent } = answering(CheckinRules.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const rules = yield* CheckinRules
      yield* rules.update({ group: { groupid: 69, grouptype: 1, need_photo: true } })
      yield* rules.clearLists({ groupid: 69, clear_field: [CheckinRuleList.Wifis] })
      yield* rules.delete({ groupid: 69, effective_now: true })
      assert.deepStrictEqual(sent().map(({ body }) => body), [
        { group: { groupid: 69, grouptype: 1, need_photo: true } },
        { groupid: 69, clear_field: [3] },
        { groupid: 69, effective_now: true }
      ])
      assert.match(
        (yield* Effect.flip(rules.clearLists({ groupid: 69, clear_field: [5] }))).message,
        /clear_field\[0\]: expected one of 1, 2, 3, 4/
      )
    }))
  })
})
