/** 打卡规则管理, 排班. */
import * as DateTime from "effect/DateTime"
import {
  type FixedCheckinRule,
  type FreeCheckinRule,
  type ShiftCheckinRule,
  UserCheckinRule
} from "../../../../oa/checkin/CheckinRule.ts"
import { CheckinRuleList, CheckinRules } from "../../../../oa/checkin/CheckinRules.ts"
import {
  CheckinSchedule,
  CheckinSchedules,
  ScheduledDay,
  ScheduledPeriod
} from "../../../../oa/checkin/CheckinSchedules.ts"
import { type AppCall, existing, refuse, route } from "../../../engine/Route.ts"
import { isSeenDepartment, isSeenMember, seenMember } from "../../../engine/Sight.ts"
import { daysOf, midnight, timeOf } from "../../../engine/Times.ts"
import { findMember } from "../../../engine/World.ts"
import * as State from "../Rules.ts"

type Call = AppCall<unknown>

/** A rule that is still there. */
const ruleOf = ({ corp, now }: Call, groupid: number): State.Rule => {
  const rule = existing(State.rulesOf(corp), groupid, 301089)
  return rule.until !== undefined && rule.until <= now ? refuse(301089) : rule
}

/** A rule that the app has made. */
const ownRule = (call: Call, groupid: number): State.Rule => {
  const rule = ruleOf(call, groupid)
  return rule.owner === call.app ? rule : refuse(301092)
}

/** Refuses a range with somebody whom the app does not see, or whom another rule names. */
const check = (call: Call, model: State.KnownRule): State.KnownRule => {
  const { party_id = [], tagid = [], userid = [] } = model.range ?? {}
  if (!userid.every((one) => isSeenMember(call, one)) || !party_id.every((one) => isSeenDepartment(call, one))) {
    refuse(301090)
  }
  const others = [...State.rulesOf(call.corp).values()].filter(({ groupid, until }) =>
    groupid !== model.groupid && until === undefined
  )
  const isNamed = others.map(State.newest).some(({ range }) =>
    range !== undefined && (
      range.userid.some((one) => userid.includes(one)) || range.party_id.some((one) => party_id.includes(one)) ||
      range.tagid.some((one) => tagid.includes(one))
    )
  )
  return isNamed ? refuse(301091) : model
}

/** The lists that can be emptied. */
type Lists = Pick<State.KnownRule, "loc_infos" | "spe_offdays" | "spe_workdays" | "wifimac_infos">

const lists: { readonly [list: number]: keyof Lists } = {
  [CheckinRuleList.SpecialWorkdays]: "spe_workdays",
  [CheckinRuleList.SpecialOffdays]: "spe_offdays",
  [CheckinRuleList.Wifis]: "wifimac_infos",
  [CheckinRuleList.Locations]: "loc_infos"
}

/** The same rule with other lists. */
const withLists = (model: State.KnownRule, emptied: Partial<Lists>): State.KnownRule => {
  // The constructor of its own kind: the lists are those of every kind.
  const Model = model.constructor as new(
    fields: State.KnownRule
  ) => FixedCheckinRule | ShiftCheckinRule | FreeCheckinRule
  return new Model({ ...model, ...emptied })
}

const rules = [
  route(
    CheckinRules.endpoints.list,
    ({ corp, now }) => [...State.rulesOf(corp).values()].filter(({ until = Infinity }) => until > now).map(State.newest)
  ),

  route(CheckinRules.endpoints.listByUsers, (call) => {
    const { datetime, useridlist } = call.input
    const start = midnight(DateTime.toEpochMillis(datetime))
    return useridlist.map((userid) => {
      const member = seenMember(call, userid, 301021)
      return new UserCheckinRule({ userid: member.user.userid, group: State.ruleOf(call.corp, member, start) })
    })
  }, { useridlist: 301023 }),

  route(CheckinRules.endpoints.create, (call) => {
    const { effective_now, group } = call.input
    const { app, corp, now, world } = call
    const groupid = world.next() + 1
    const model = check(call, State.ruleFrom(groupid, group, now))
    const versions = [{ from: State.inForce(now, effective_now), model }]
    State.rulesOf(corp).set(groupid, { groupid, owner: app, versions, until: undefined })
  }, { group: 301093 }),

  route(CheckinRules.endpoints.update, (call) => {
    const { effective_now, group } = call.input
    const rule = ownRule(call, group.groupid)
    const before = State.newest(rule)
    if (before.grouptype !== group.grouptype) refuse(301094)
    const model = check(call, State.ruleFrom(rule.groupid, group, call.now, before))
    rule.versions.push({ from: State.inForce(call.now, effective_now), model })
  }, { group: 301093 }),

  route(CheckinRules.endpoints.clearLists, (call) => {
    const { clear_field, effective_now, groupid } = call.input
    const rule = ownRule(call, groupid)
    const emptied: Partial<Lists> = Object.fromEntries(
      clear_field.flatMap((field) => lists[field] === undefined ? [] : [[lists[field], []]])
    )
    const model = withLists(State.newest(rule), emptied)
    if (model.wifimac_infos.length + model.loc_infos.length === 0) refuse(301093)
    rule.versions.push({ from: State.inForce(call.now, effective_now), model })
  }, { clear_field: 301093 }),

  route(CheckinRules.endpoints.delete, (call) => {
    ownRule(call, call.input.groupid).until = State.inForce(call.now, call.input.effective_now)
  })
]

/** The year and the month of a midnight, such as 202011. */
const monthOf = (start: number): number => {
  const { month, year } = DateTime.toPartsUtc(timeOf(start + 8 * 3600_000))
  return year * 100 + month
}

const dayOf = (start: number): number => DateTime.toPartsUtc(timeOf(start + 8 * 3600_000)).day

/** The midnight of a day of a month in China. */
const startOf = (yearmonth: number, day: number): number =>
  Date.UTC(Math.floor(yearmonth / 100), yearmonth % 100 - 1, day) - 8 * 3600_000

const schedules = [
  route(CheckinSchedules.endpoints.set, (call) => {
    const { groupid, items, yearmonth } = call.input
    const model = State.newest(ruleOf(call, groupid))
    if (model.grouptype !== 2) return refuse(301089, "the rule has no shifts")
    const planned = items.map(({ day, schedule_id, userid }) => {
      const member = findMember(call.corp, userid)
      if (member === undefined || !isSeenMember(call, userid)) return refuse(301021)
      if (!State.isFor(call.corp, model, member)) return refuse(301090)
      if (!model.schedulelist.some((shift) => shift.schedule_id === schedule_id)) return refuse(301073)
      const start = startOf(yearmonth, day)
      return monthOf(start) === yearmonth ? { userid: member.user.userid, start, schedule_id } : refuse(301073)
    })
    const shifts = State.shiftsOf(call.corp)
    for (const { schedule_id, start, userid } of planned) {
      const days = shifts.get(userid) ?? new Map()
      days.set(start, { groupid, shift: schedule_id })
      shifts.set(userid, days)
    }
  }, { yearmonth: 301073, items: 301073 }),

  route(CheckinSchedules.endpoints.list, (call) => {
    const { endtime, starttime, useridlist } = call.input
    const wanted = daysOf(DateTime.toEpochMillis(starttime), DateTime.toEpochMillis(endtime))
    return useridlist.flatMap((one) => {
      const { user: { userid } } = seenMember(call, one, 301021)
      const planned = wanted.flatMap((start) => {
        const found = State.shiftsOf(call.corp).get(userid)?.get(start)
        const rule = found && State.rulesOf(call.corp).get(found.groupid)
        const model = rule && State.newest(rule)
        return found === undefined || model?.grouptype !== 2 ? [] : [{ start, model, shift: found.shift }]
      })
      return [...Map.groupBy(planned, ({ model, start }) => `${model.groupid} ${monthOf(start)}`).values()].map(
        (days) => {
          const [first] = days
          return new CheckinSchedule({
            userid,
            yearmonth: first && monthOf(first.start),
            groupid: first?.model.groupid,
            groupname: first?.model.groupname,
            schedule: {
              scheduleList: days.map(({ model, shift, start }) => {
                const known = model.schedulelist.find(({ schedule_id }) => schedule_id === shift)
                return new ScheduledDay({
                  day: dayOf(start),
                  schedule_info: {
                    schedule_id: shift,
                    schedule_name: known?.schedule_name,
                    time_section: (known?.time_section ?? []).map((period, index) =>
                      new ScheduledPeriod({
                        id: period.time_id ?? index + 1,
                        work_sec: period.work_sec,
                        off_work_sec: period.off_work_sec,
                        remind_work_sec: period.remind_work_sec,
                        remind_off_work_sec: period.remind_off_work_sec
                      })
                    )
                  }
                })
              })
            }
          })
        }
      )
    })
  }, { useridlist: 301075, endtime: 301075 })
]

export const checkinRules = [...rules, ...schedules]
