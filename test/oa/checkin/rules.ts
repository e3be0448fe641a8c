/**
 * Rules of each kind that WeCom would take.
 */
import {
  type NewCheckinPeriod,
  NewCheckinShift,
  type NewFixedCheckinRule,
  type NewFreeCheckinRule,
  type NewShiftCheckinRule
} from "../../../src/oa/checkin/NewCheckinRule.ts"

/** 9:00 to 18:00 with a rest at noon. */
export const period: NewCheckinPeriod = {
  time_id: 1,
  work_sec: 32_400,
  off_work_sec: 64_800,
  remind_work_sec: 31_800,
  remind_off_work_sec: 64_800,
  earliest_work_sec: 25_200,
  latest_work_sec: 43_200,
  earliest_off_work_sec: 46_800,
  latest_off_work_sec: 86_400,
  allow_rest: true,
  rest_begin_time: 43_200,
  rest_end_time: 46_800
}

const needed = {
  groupname: "总部",
  range: { party_id: [1] },
  ot_info_v2: { workdayconf: { allow_ot: true, type: 2 } },
  loc_infos: [{ lat: 30.54703, lng: 104.06289, loc_title: "总部", loc_detail: "一号路", distance: 300 }]
} as const

export const fixed: NewFixedCheckinRule = {
  grouptype: 1,
  ...needed,
  checkindate: [{ workdays: [1, 2, 3, 4, 5], checkintime: [period] }]
}

export const shifts: NewShiftCheckinRule = {
  grouptype: 2,
  ...needed,
  schedulelist: [NewCheckinShift.rest, { schedule_id: 1, schedule_name: "早班", time_section: [period] }]
}

export const free: NewFreeCheckinRule = {
  grouptype: 3,
  ...needed,
  checkindate: [{ workdays: [1, 2, 3] }],
  span_day_time: 14_400,
  standard_work_duration: 28_800
}
