/**
 * What the simulator knows of check-ins, and what they come to by the rules.
 */
import { CheckinException, CheckinRecord, CheckinType } from "../../../oa/checkin/CheckinRecords.ts"
import { CheckinAnomaly, CheckinAnomalyType } from "../../../oa/checkin/CheckinReports.ts"
import * as State from "../../engine/State.ts"
import { day, midnight, timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"
import { type Plan, planFor } from "./Rules.ts"

/** A check-in, as it is kept. */
export interface Checkin {
  readonly record: CheckinRecord
  /** Epoch milliseconds. */
  readonly at: number
  /** When WeCom got to know of it, in milliseconds of the epoch. */
  readonly uploaded: number
  /** The attendance machine, if it is one's. */
  readonly machine: string | undefined
}

/** All check-ins of a corp, in the order in which they came. */
export const checkinsOf = State.make("checkin/checkins", () => ({ list: new Array<Checkin>() }))

/** 人脸信息: pictures of members, by userid. */
export const facesOf = State.make("checkin/faces", () => new Map<string, Uint8Array>())

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
  const plan = planFor(corp, userid, midnight(at))
  const scheduled = scheduledAt(plan, kind, at)
  const isWrong = scheduled !== undefined && (kind === CheckinType.OnDuty
    ? at >= scheduled + plan.late * 1000 + 60_000
    : at < scheduled - plan.early * 1000)
  const record = new CheckinRecord({
    userid,
    mediaids: [],
    ...details,
    checkin_time: timeOf(at),
    checkin_type: kind,
    sch_checkin_time: scheduled === undefined ? undefined : timeOf(scheduled),
    exception_type: isWrong ? [CheckinException.Time] : [],
    groupid: plan.rule.groupid,
    groupname: plan.rule.groupname
  })
  checkinsOf(corp).list.push({ record, at, uploaded, machine })
  return record
}

/** When a member has to check in: at no time on a day off, outside, or by a free rule. */
const scheduledAt = ({ work }: Plan, kind: typeof CheckinType.values[number], at: number): number | undefined => {
  if (work === undefined) return undefined
  if (kind === CheckinType.OnDuty) return midnight(at) + work.from * 1000
  return kind === CheckinType.OffDuty ? midnight(at) + work.to * 1000 : undefined
}

/** What the check-ins of one member on one day come to. */
export interface DaySummary {
  readonly start: number
  readonly plan: Plan
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
  const plan = planFor(corp, userid, start)
  return {
    start,
    plan,
    count: checkins.length,
    first,
    last,
    worked: first === undefined || last === undefined ? 0 : last - first,
    anomalies: plan.isWorkday ? anomaliesOf(plan, first, last, start + day <= now) : []
  }
}

const anomaliesOf = (
  { duration, early, late, work }: Plan,
  first: number | undefined,
  last: number | undefined,
  isOver: boolean
): ReadonlyArray<CheckinAnomaly> => {
  const of = (exception: typeof CheckinAnomalyType.values[number], duration?: number) =>
    new CheckinAnomaly({ exception, count: 1, duration })
  if (first === undefined && last === undefined) return isOver ? [of(CheckinAnomalyType.Absent, duration)] : []
  return [
    ...(work !== undefined && first !== undefined && first >= work.from + late + 60
      ? [of(CheckinAnomalyType.Late, first - work.from - late)]
      : []),
    ...(work !== undefined && last !== undefined && last < work.to - early
      ? [of(CheckinAnomalyType.LeftEarly, work.to - early - last)]
      : []),
    ...((first === undefined || last === undefined) && isOver ? [of(CheckinAnomalyType.Missing)] : [])
  ]
}
