/** 打卡记录, 打卡报表. */
import * as DateTime from "effect/DateTime"
import {
  CheckinDataType,
  CheckinDeviceType,
  CheckinRecords,
  CheckinType,
  HardwareCheckin,
  HardwareFilter
} from "../../../../oa/checkin/CheckinRecords.ts"
import {
  CheckinAnomaly,
  CheckinAnomalyType,
  CheckinDayType,
  CheckinRecordType,
  CheckinReports,
  DailyReport,
  MonthlyReport
} from "../../../../oa/checkin/CheckinReports.ts"
import { refuse, route } from "../../../engine/Route.ts"
import { maySeeMember, seenMember, type Viewer } from "../../../engine/Sight.ts"
import { daysOf, midnight, timeOf } from "../../../engine/Times.ts"
import { type Corp, findMember, type Member } from "../../../engine/World.ts"
import * as State from "../Checkins.ts"
import { type Plan, planFor, planOf } from "../Rules.ts"

const codes = { useridlist: 301023, endtime: 301024 }

export const records = [
  route(CheckinRecords.endpoints.list, (call) => {
    const { corp, input } = call
    const [from, to] = [DateTime.toEpochMillis(input.starttime), DateTime.toEpochMillis(input.endtime)]
    return membersOf(call, input.useridlist).flatMap(({ user }) =>
      State.between(corp, user.userid, from, to)
        .map(({ record }) => record)
        .filter(({ checkin_type }) =>
          input.opencheckindatatype === CheckinDataType.All ||
          (checkin_type === CheckinType.Outside) === (input.opencheckindatatype === CheckinDataType.Outside)
        )
    )
  }, codes),

  route(CheckinRecords.endpoints.listFromHardware, ({ app, corp, input }) => {
    const [from, to] = [DateTime.toEpochMillis(input.starttime), DateTime.toEpochMillis(input.endtime)]
    const userids = new Set(input.useridlist.flatMap((userid) => {
      const member = findMember(corp, userid)
      return member !== undefined && maySeeMember(corp, app, member) ? [member.user.userid] : []
    }))
    return State.checkinsOf(corp).list.flatMap(({ at, machine, record: { userid }, uploaded }) => {
      const counts = input.filter_type === HardwareFilter.UploadTime ? uploaded : at
      return machine === undefined || !userids.has(userid) || counts < from || counts > to
        ? []
        : [new HardwareCheckin({ userid, checkin_time: timeOf(at), device_name: machine })]
    })
  }, codes),

  route(CheckinRecords.endpoints.addMany, (call) => {
    const { corp, input, now } = call
    const records = input.records.map((record) => ({ ...record, userid: seenMember(call, record.userid).user.userid }))
    for (const { checkin_time, device_detail, device_type, userid, ...details } of records) {
      const at = DateTime.toEpochMillis(checkin_time)
      State.keep(corp, {
        userid,
        at,
        uploaded: now,
        kind: State.kindOf(corp, userid, at),
        details: { ...details, mediaids: details.mediaids ?? [] },
        machine: device_type === CheckinDeviceType.Other ? undefined : device_detail
      })
    }
  }, { records: 301083 }),

  route(CheckinRecords.endpoints.correct, (call) => {
    const { corp, input, now } = call
    const { user: { userid } } = seenMember(call, input.userid)
    const start = DateTime.toEpochMillis(input.schedule_date_time)
    const at = DateTime.toEpochMillis(input.checkin_time)
    if (midnight(start) !== start) refuse(301082)
    if (at > now) refuse(301081)
    const scheduled = input.schedule_checkin_time
    const { work } = planFor(corp, userid, start)
    if (scheduled !== undefined && scheduled !== work?.from && scheduled !== work?.to) refuse(301080)
    const kind = scheduled === undefined
      ? State.kindOf(corp, userid, at)
      : scheduled === work?.from
      ? CheckinType.OnDuty
      : CheckinType.OffDuty
    const checkins = State.checkinsOf(corp)
    checkins.list = checkins.list.filter(({ at, record }) =>
      record.userid !== userid || record.checkin_type !== kind || midnight(at) !== start
    )
    State.keep(corp, { userid, at, uploaded: now, kind, details: { notes: input.remark } })
  }),

  route(CheckinRecords.endpoints.setFace, ({ app, corp, input: { userface, userid } }) => {
    const member = findMember(corp, userid)
    if (member === undefined || !maySeeMember(corp, app, member)) return refuse(301069)
    State.facesOf(corp).set(member.user.userid, userface)
  }, { userid: 301021, userface: 301072 }),

  route(
    CheckinReports.endpoints.listDaily,
    (call) =>
      membersOf(call, call.input.useridlist).flatMap((member) =>
        summariesOf(call, member).map((summary) =>
          new DailyReport({
            base_info: {
              ...aboutMember(call.corp, member, summary.plan),
              date: timeOf(summary.start),
              day_type: summary.plan.isWorkday ? CheckinDayType.Workday : CheckinDayType.RestDay,
              rule_info: {
                groupid: summary.plan.rule.groupid,
                groupname: summary.plan.rule.groupname,
                checkintime: timesOf(summary.plan)
              }
            },
            summary_info: {
              checkin_count: summary.count,
              regular_work_sec: summary.worked,
              standard_work_sec: summary.plan.duration,
              earliest_time: summary.first,
              lastest_time: summary.last
            },
            holiday_infos: [],
            exception_infos: summary.anomalies,
            sp_items: []
          })
        )
      ),
    codes
  ),

  route(CheckinReports.endpoints.listMonthly, (call) =>
    membersOf(call, call.input.useridlist).map((member) => {
      const summaries = summariesOf(call, member)
      const workdays = summaries.filter(({ plan }) => plan.isWorkday)
      const plan = planOf(call.corp, member, midnight(DateTime.toEpochMillis(call.input.endtime)))
      const wrong = workdays.filter(({ anomalies }) => anomalies.length > 0)
      return new MonthlyReport({
        base_info: {
          ...aboutMember(call.corp, member, plan),
          rule_info: { groupid: plan.rule.groupid, groupname: plan.rule.groupname }
        },
        summary_info: {
          work_days: workdays.length,
          regular_days: workdays.length - wrong.length,
          rest_days: summaries.length - workdays.length,
          except_days: wrong.length,
          regular_work_sec: summaries.reduce((sum, { worked }) => sum + worked, 0),
          standard_work_sec: workdays.reduce((sum, { plan }) => sum + plan.duration, 0)
        },
        exception_infos: totalsOf(wrong.flatMap(({ anomalies }) => anomalies)),
        sp_items: []
      })
    }), codes)
]

/** The members that are asked for, all of whom the app has to see. */
const membersOf = (viewer: Viewer, userids: ReadonlyArray<string>): ReadonlyArray<Member> =>
  [...new Set(userids)].map((userid) => seenMember(viewer, userid, 301023))

/** The days that are asked for, up to today. */
const summariesOf = (
  { corp, input, now }: {
    readonly corp: Corp
    readonly now: number
    readonly input: { readonly starttime: DateTime.Utc; readonly endtime: DateTime.Utc }
  },
  { user }: Member
): ReadonlyArray<State.DaySummary> =>
  daysOf(DateTime.toEpochMillis(input.starttime), Math.min(DateTime.toEpochMillis(input.endtime), now))
    .map((start) => State.summaryOf(corp, user.userid, start, now))

const recordTypes: { readonly [grouptype: number]: typeof CheckinRecordType.values[number] } = {
  1: CheckinRecordType.Fixed,
  2: CheckinRecordType.Shift,
  3: CheckinRecordType.Free
}

/** From when to when a member has to work, as reports have it. */
const timesOf = ({ work }: Plan) => work === undefined ? [] : [{ work_sec: work.from, off_work_sec: work.to }]

const aboutMember = (corp: Corp, { user }: Member, { rule }: Plan) => ({
  acctid: user.userid,
  name: user.name,
  name_ex: user.alias,
  departs_name: user.department.flatMap((id) => corp.departments.get(id)?.name ?? []),
  record_type: recordTypes[rule.grouptype] ?? CheckinRecordType.None
})

/** Anomalies of several days, each kind once. */
const totalsOf = (anomalies: ReadonlyArray<CheckinAnomaly>): ReadonlyArray<CheckinAnomaly> =>
  CheckinAnomalyType.values.flatMap((exception) => {
    const these = anomalies.filter((anomaly) => anomaly.exception === exception)
    const durations = these.flatMap(({ duration }) => duration ?? [])
    return these.length === 0 ? [] : [
      new CheckinAnomaly({
        exception,
        count: these.length,
        duration: durations.length === 0 ? undefined : durations.reduce((sum, duration) => sum + duration, 0)
      })
    ]
  })
