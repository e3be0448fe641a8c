/**
 * What the simulator knows of 打卡规则 and 排班: by which rule a member checks in, and from when to when that member works on
 * a day. Who is in no rule works by the usual one: from 9 to 18 in China, Monday to Friday.
 */
import * as DateTime from "effect/DateTime"
import {
  CheckinDate,
  CheckinLocation,
  CheckinOvertime,
  CheckinPeriod,
  CheckinRange,
  CheckinReporters,
  CheckinShift,
  CheckinWifi,
  FixedCheckinRule,
  FreeCheckinRule,
  RestPeriod,
  ShiftCheckinRule,
  SpecialDay
} from "../../../oa/checkin/CheckinRule.ts"
import type {
  CheckinRuleUpdate,
  NewCheckinPeriod,
  NewCheckinRule,
  NewSpecialOffday,
  NewSpecialWorkday
} from "../../../oa/checkin/NewCheckinRule.ts"
import * as State from "../../engine/State.ts"
import { day, daysOf, midnight, timeOf } from "../../engine/Times.ts"
import { type App, type Corp, findMember, isTagged, isUnder, type Member } from "../../engine/World.ts"

/** A rule of one of the kinds that this version knows. */
export type KnownRule = FixedCheckinRule | ShiftCheckinRule | FreeCheckinRule

/** A rule, as it was and is. Times are in milliseconds of the epoch. */
export interface Rule {
  readonly groupid: number
  /** The app that has made it: none of the usual one. */
  readonly owner: App | undefined
  /** Each in force from a time on, the oldest first. */
  readonly versions: Array<{ readonly from: number; readonly model: KnownRule }>
  /** When it was deleted, or is to end. */
  until: number | undefined
}

const hour = 3600

/** 默认打卡规则. */
const usual = new FixedCheckinRule({
  grouptype: 1,
  groupid: 1,
  groupname: "默认打卡规则",
  checkindate: [
    new CheckinDate({
      workdays: [1, 2, 3, 4, 5],
      checkintime: [new CheckinPeriod({ time_id: 1, work_sec: 9 * hour, off_work_sec: 18 * hour, rest_times: [] })]
    })
  ],
  spe_workdays: [],
  spe_offdays: [],
  wifimac_infos: [],
  loc_infos: [],
  white_users: []
})

/** The rules of a corp by their id: the usual one at first. */
export const rulesOf: (corp: Corp) => Map<number, Rule> = State.make("checkin/rules", () =>
  new Map<number, Rule>([
    [usual.groupid, {
      groupid: usual.groupid,
      owner: undefined,
      versions: [{ from: 0, model: usual }],
      until: undefined
    }]
  ]))

/** 排班: the shifts of members by userid, and by the midnight of the day. */
export const shiftsOf: (corp: Corp) => Map<string, Map<number, { readonly groupid: number; readonly shift: number }>> =
  State.make("checkin/shifts", () => new Map())

/** The newest version of a rule, whether it is in force or not. */
export const newest = ({ versions }: Rule): KnownRule => versions.at(-1)?.model ?? usual

/** The version of a rule that is in force at a time. */
const versionAt = ({ until = Infinity, versions }: Rule, at: number): KnownRule | undefined =>
  at >= until ? undefined : versions.findLast(({ from }) => from <= at)?.model

/** Whether a rule is for a member. */
export const isFor = (corp: Corp, { range }: KnownRule, { user }: Member): boolean =>
  range !== undefined &&
  (range.userid.some((userid) => userid.toLowerCase() === user.userid.toLowerCase()) ||
    user.department.some((id) => isUnder(corp, id, range.party_id)) ||
    range.tagid.some((id) => {
      const tag = corp.tags.get(id)
      return tag !== undefined && isTagged(corp, tag, user)
    }))

/** The rule by which a member checks in at a time. */
export const ruleOf = (corp: Corp, member: Member, at: number): KnownRule => {
  for (const rule of rulesOf(corp).values()) {
    const model = versionAt(rule, at)
    if (model !== undefined && isFor(corp, model, member)) return model
  }
  return usual
}

/** What a member has to do on a day. */
export interface Plan {
  readonly rule: KnownRule
  readonly isWorkday: boolean
  /** From when to when, in seconds after midnight: free rules do not say. */
  readonly work: { readonly from: number; readonly to: number } | undefined
  /** How much later a member may come, and earlier leave, in seconds. */
  readonly late: number
  readonly early: number
  /** How long a member has to work, in seconds. */
  readonly duration: number
}

const off = (rule: KnownRule): Plan => ({ rule, isWorkday: false, work: undefined, late: 0, early: 0, duration: 0 })

const working = (
  rule: KnownRule,
  periods: ReadonlyArray<CheckinPeriod>,
  flex: { readonly flex_on_duty_time?: number | undefined; readonly flex_off_duty_time?: number | undefined } = {}
): Plan => {
  const [first] = periods
  const last = periods.at(-1)
  const work = { from: first?.work_sec ?? 9 * hour, to: last?.off_work_sec ?? 18 * hour }
  return {
    rule,
    isWorkday: true,
    work,
    late: Math.max(flex.flex_on_duty_time ?? 0, 0),
    early: Math.max(flex.flex_off_duty_time ?? 0, 0),
    duration: work.to - work.from
  }
}

/** 0: Sunday. */
const weekdayOf = (start: number): number => DateTime.toPartsUtc(timeOf(start + 8 * 3600_000)).weekDay

/** 大小周: the first week is odd. */
const firstWeek = Date.UTC(2023, 11, 31, 16)

const isOn = (days: ReadonlyArray<SpecialDay>, start: number): SpecialDay | undefined =>
  days.find(({ timestamp }) => timestamp !== undefined && midnight(DateTime.toEpochMillis(timestamp)) === start)

const worksOn = ({ biweekly, workdays }: CheckinDate, start: number): boolean => {
  const weekday = weekdayOf(start)
  if (biweekly?.enable_weekday_recurrence !== true) return workdays.includes(weekday)
  const isOdd = Math.floor((start - firstWeek) / (7 * day)) % 2 === 0
  return (isOdd ? biweekly.odd_workdays : biweekly.even_workdays).includes(weekday)
}

/** What a member has to do on the day that begins at a midnight. */
export const planOf = (corp: Corp, member: Member, start: number): Plan => {
  const rule = ruleOf(corp, member, start)
  const { userid } = member.user
  if (rule.white_users.includes(userid) || isOn(rule.spe_offdays, start) !== undefined) return off(rule)
  const special = isOn(rule.spe_workdays, start)
  if (special !== undefined) return working(rule, special.checkintime)
  if (rule.grouptype === 2) {
    const planned = shiftsOf(corp).get(userid)?.get(start)
    const shift = planned?.groupid === rule.groupid
      ? rule.schedulelist.find(({ schedule_id }) => schedule_id !== 0 && schedule_id === planned.shift)
      : undefined
    return shift === undefined ? off(rule) : working(rule, shift.time_section, shift)
  }
  const date = rule.checkindate.find((one) => worksOn(one, start))
  if (date === undefined) return off(rule)
  if (rule.grouptype === 1) return working(rule, date.checkintime, date)
  const { standard_work_duration = -1 } = rule
  return { ...off(rule), isWorkday: true, duration: Math.max(standard_work_duration, 0) }
}

/** The same of a member by userid. */
export const planFor = (corp: Corp, userid: string, start: number): Plan => {
  const member = findMember(corp, userid)
  return member === undefined ? off(usual) : planOf(corp, member, start)
}

/** When a change is in force: at once, or from the next day on. */
export const inForce = (now: number, at: boolean | undefined): number => at === true ? now : midnight(now) + day

const periodFrom = ({ rest_times = [], ...period }: Omit<Partial<NewCheckinPeriod>, "time_id">): CheckinPeriod =>
  new CheckinPeriod({ ...period, rest_times: rest_times.map((rest) => new RestPeriod(rest)) })

/** Special days, each on its own: one day, all of a span, or every second week of one; those before, if none is written. */
const special = (
  list: ReadonlyArray<NewSpecialWorkday | NewSpecialOffday> = [],
  before: ReadonlyArray<SpecialDay> = []
): ReadonlyArray<SpecialDay> =>
  list.length === 0 ? before : list.flatMap((one) => {
    const from = DateTime.toEpochMillis(one.type === 1 ? one.begtime : one.timestamp)
    const to = one.type === 0 ? from : DateTime.toEpochMillis(one.endtime)
    const days = daysOf(from, to).filter((at) => one.type !== 2 || Math.round((at - midnight(from)) / day) % 14 === 0)
    const checkintime = "checkintime" in one ? one.checkintime.map((period) => periodFrom(period)) : []
    return days.map((at) => new SpecialDay({ timestamp: timeOf(at), notes: one.notes, checkintime }))
  })

/** What is written of a rule, with what was there before where nothing is written. A list that is empty stays too. */
export const ruleFrom = (
  groupid: number,
  written: NewCheckinRule | CheckinRuleUpdate,
  now: number,
  before?: KnownRule
): KnownRule => {
  const list = <A, B>(given: ReadonlyArray<A> | undefined, make: (one: A) => B, was: ReadonlyArray<B> = []) =>
    given === undefined || given.length === 0 ? was : given.map(make)
  const { buka_remind: _, ot_info_v2: overtime, range, reporterinfo, sync_out_checkin: __, ...rest } = written
  const common = {
    groupid,
    groupname: rest.groupname ?? before?.groupname,
    sync_holidays: rest.sync_holidays ?? before?.sync_holidays ?? true,
    need_photo: rest.need_photo ?? before?.need_photo ?? false,
    note_can_use_local_pic: rest.note_can_use_local_pic ?? before?.note_can_use_local_pic ?? true,
    allow_apply_offworkday: rest.allow_apply_offworkday ?? before?.allow_apply_offworkday ?? false,
    allow_apply_bk_cnt: rest.allow_apply_bk_cnt ?? before?.allow_apply_bk_cnt ?? -1,
    allow_apply_bk_day_limit: rest.allow_apply_bk_day_limit ?? before?.allow_apply_bk_day_limit ?? -1,
    buka_limit_next_month: rest.buka_limit_next_month ?? before?.buka_limit_next_month ?? -1,
    buka_restriction: rest.buka_restriction ?? before?.buka_restriction ?? 0,
    option_out_range: rest.option_out_range ?? before?.option_out_range ?? 0,
    type: rest.type ?? before?.type ?? 0,
    checkin_method_type: rest.checkin_method_type ?? before?.checkin_method_type,
    use_face_detect: rest.use_face_detect ?? before?.use_face_detect ?? false,
    open_face_live_detect: rest.open_face_live_detect ?? before?.open_face_live_detect ?? false,
    open_sp_checkin: rest.open_sp_checkin ?? before?.open_sp_checkin ?? true,
    offwork_interval_time: rest.offwork_interval_time ?? before?.offwork_interval_time,
    range: range === undefined ? before?.range : new CheckinRange({
      userid: range.userid ?? [],
      party_id: range.party_id ?? [],
      partyid: [],
      tagid: range.tagid ?? []
    }),
    reporterinfo: reporterinfo === undefined
      ? before?.reporterinfo
      : new CheckinReporters({ reporters: reporterinfo.reporters, updatetime: timeOf(now) }),
    ot_info: overtime === undefined ? before?.ot_info : new CheckinOvertime({
      type: overtime.workdayconf.type,
      allow_ot_workingday: overtime.workdayconf.allow_ot,
      allow_ot_nonworkingday: overtime.restdayconf?.allow_ot,
      uptime: timeOf(now)
    }),
    create_time: before?.create_time ?? timeOf(now),
    spe_offdays: special(rest.spe_offdays, before?.spe_offdays),
    wifimac_infos: list(rest.wifimac_infos, (one) => new CheckinWifi(one), before?.wifimac_infos),
    loc_infos: list(rest.loc_infos, (one) => new CheckinLocation(one), before?.loc_infos),
    white_users: list(rest.white_users, (one) => one, before?.white_users)
  }
  switch (rest.grouptype) {
    case 1:
      return new FixedCheckinRule({
        ...common,
        grouptype: 1,
        allow_checkin_offworkday: rest.allow_checkin_offworkday ?? before?.allow_checkin_offworkday ?? false,
        spe_workdays: special(rest.spe_workdays, before?.spe_workdays),
        checkindate: list(rest.checkindate, ({ biweekly, checkintime, workdays = [], ...date }) =>
          new CheckinDate({
            workdays,
            checkintime: checkintime.map((period) => periodFrom(period)),
            flex_on_duty_time: date.flex_on_duty_time ?? 0,
            flex_off_duty_time: date.flex_off_duty_time ?? 0,
            biweekly: biweekly && {
              enable_weekday_recurrence: biweekly.enable_weekday_recurrence,
              odd_workdays: biweekly.odd_workdays ?? [],
              even_workdays: biweekly.even_workdays ?? []
            }
          }), before?.checkindate)
      })
    case 2:
      return new ShiftCheckinRule({
        ...common,
        grouptype: 2,
        checkindate: [],
        spe_workdays: [],
        schedulelist: list(
          rest.schedulelist,
          ({ late_rule, time_section = [], ...shift }) =>
            new CheckinShift({
              ...shift,
              time_section: time_section.map((period) => periodFrom(period)),
              late_rule: late_rule && {
                allow_offwork_after_time: late_rule.allow_offwork_after_time,
                timerules: late_rule.timerules ?? []
              }
            }),
          before?.grouptype === 2 ? before.schedulelist : undefined
        )
      })
    case 3:
      return new FreeCheckinRule({
        ...common,
        grouptype: 3,
        spe_workdays: [],
        checkindate: list(
          rest.checkindate,
          ({ workdays }) => new CheckinDate({ workdays, checkintime: [] }),
          before?.checkindate
        ),
        span_day_time: rest.span_day_time ?? (before?.grouptype === 3 ? before.span_day_time : undefined) ?? 0,
        standard_work_duration: rest.standard_work_duration ??
          (before?.grouptype === 3 ? before.standard_work_duration : undefined) ?? -1
      })
  }
}
