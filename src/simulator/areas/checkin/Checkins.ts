/**
 * What the simulator knows of check-ins. Every member works by one rule: from 9 to 18 in China, Monday to Friday.
 */
import * as DateTime from "effect/DateTime"
import { CheckinException, CheckinRecord, CheckinType } from "../../../oa/checkin/CheckinRecords.ts"
import { CheckinAnomaly, CheckinAnomalyType } from "../../../oa/checkin/CheckinReports.ts"
import * as State from "../../engine/State.ts"
import { day, midnight, timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"

/** A check-in, as it is kept. */
export interface Checkin {
  readonly record: CheckinRecord
  /** In milliseconds of the epoch. */
  readonly at: number
  /** When WeCom got to know of it, in milliseconds of the epoch. */
  readonly uploaded: number
  /** The attendance machine, if it is one's. */
  readonly machine: string | undefined
}

/** All check-ins of a corp, in the order in which they came. */
export const checkinsOf = State.make("checkin/checkins", () => ({ list: new Array<Checkin>() }))

/** The rule. */
export const rule = { groupid: 1, groupname: "默认打卡规则", work_sec: 9 * 3600, off_work_sec: 18 * 3600 }

/** Whether members have to work on the day of a time. */
export const isWorkday = (at: number): boolean => {
  const weekday = DateTime.toPartsUtc(timeOf(midnight(at) + 8 * 3600_000)).weekDay
  return weekday !== 0 && weekday !== 6
}

/** The check-ins of a member from one time to another, the oldest first. */
export const between = (corp: Corp, userid: string, from: number, to: number): ReadonlyArray<Checkin> =>
  checkinsOf(corp).list
    .filter(({ at, record }) => record.userid === userid && at >= from && at <= to)
    .toSorted((a, b) => a.at - b.at)

/** What a check-in says beside who and when. */
export type Details = Partial<
  Pick<
    CheckinRecord,
    "deviceid" | "lat" | "lng" | "location_detail" | "location_title" | "mediaids" | "notes" | "wifimac" | "wifiname"
  >
>

/** Of which kind a check-in is: the first one of a day is 上班打卡, the others are 下班打卡. */
export const kindOf = (
  corp: Corp,
  userid: string,
  at: number
): typeof CheckinType.OnDuty | typeof CheckinType.OffDuty =>
  between(corp, userid, midnight(at), at).some(({ record }) => record.checkin_type === CheckinType.OnDuty)
    ? CheckinType.OffDuty
    : CheckinType.OnDuty

/** Keeps a check-in. */
export const keep = (
  corp: Corp,
  { at, details = {}, kind, machine, uploaded, userid }: {
    readonly userid: string
    readonly at: number
    readonly uploaded: number
    readonly kind: typeof CheckinType.values[number]
    readonly details?: Details | undefined
    readonly machine?: string | undefined
  }
): CheckinRecord => {
  const scheduled = scheduledAt(kind, at)
  const isWrong = scheduled !== undefined && (kind === CheckinType.OnDuty ? at >= scheduled + 60_000 : at < scheduled)
  const record = new CheckinRecord({
    userid,
    mediaids: [],
    ...details,
    checkin_time: timeOf(at),
    checkin_type: kind,
    sch_checkin_time: scheduled === undefined ? undefined : timeOf(scheduled),
    exception_type: isWrong ? [CheckinException.Time] : [],
    groupid: rule.groupid,
    groupname: rule.groupname
  })
  checkinsOf(corp).list.push({ record, at, uploaded, machine })
  return record
}

/** When a member has to check in: at no time on a day off, or outside. */
const scheduledAt = (kind: typeof CheckinType.values[number], at: number): number | undefined => {
  if (!isWorkday(at)) return undefined
  if (kind === CheckinType.OnDuty) return midnight(at) + rule.work_sec * 1000
  return kind === CheckinType.OffDuty ? midnight(at) + rule.off_work_sec * 1000 : undefined
}

/** What the check-ins of one member on one day come to. */
export interface DaySummary {
  readonly start: number
  readonly isWorkday: boolean
  readonly count: number
  /** In seconds after midnight. */
  readonly first: number | undefined
  readonly last: number | undefined
  /** In seconds. */
  readonly worked: number
  readonly anomalies: ReadonlyArray<CheckinAnomaly>
}

/** Sums up a day. A day that is not over lacks nothing yet. */
export const summaryOf = (corp: Corp, userid: string, start: number, now: number): DaySummary => {
  const checkins = between(corp, userid, start, start + day - 1)
  const seconds = (kind: typeof CheckinType.values[number]) =>
    checkins.filter(({ record }) => record.checkin_type === kind).map(({ at }) => Math.floor((at - start) / 1000))
  const [first] = seconds(CheckinType.OnDuty)
  const last = seconds(CheckinType.OffDuty).at(-1)
  const workday = isWorkday(start)
  return {
    start,
    isWorkday: workday,
    count: checkins.length,
    first,
    last,
    worked: first === undefined || last === undefined ? 0 : last - first,
    anomalies: workday ? anomaliesOf(first, last, start + day <= now) : []
  }
}

const anomaliesOf = (
  first: number | undefined,
  last: number | undefined,
  isOver: boolean
): ReadonlyArray<CheckinAnomaly> => {
  const of = (exception: typeof CheckinAnomalyType.values[number], duration?: number) =>
    new CheckinAnomaly({ exception, count: 1, duration })
  if (first === undefined && last === undefined) {
    return isOver ? [of(CheckinAnomalyType.Absent, rule.off_work_sec - rule.work_sec)] : []
  }
  return [
    ...(first !== undefined && first >= rule.work_sec + 60 ? [of(CheckinAnomalyType.Late, first - rule.work_sec)] : []),
    ...(last !== undefined && last < rule.off_work_sec
      ? [of(CheckinAnomalyType.LeftEarly, rule.off_work_sec - last)]
      : []),
    ...((first === undefined || last === undefined) && isOver ? [of(CheckinAnomalyType.Missing)] : [])
  ]
}
