/**
 * 排班: which shifts members have on which days, under rules with shifts.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { useridlist } from "./fields.ts"

/** 时段 of a shift. Seconds after midnight. */
export class ScheduledPeriod extends Schema.Class<ScheduledPeriod>("effect-wecom/ScheduledPeriod")({
  id: Wire.int,
  ...Wire.optionals({
    work_sec: Wire.int,
    off_work_sec: Wire.int,
    remind_work_sec: Wire.int,
    remind_off_work_sec: Wire.int
  })
}) {}

/** 当日排班: the shift of a day. */
export class ScheduledDay extends Schema.Class<ScheduledDay>("effect-wecom/ScheduledDay")({
  /** Day of the month. */
  day: Wire.int,
  schedule_info: Wire.optional(Schema.Struct({
    /** 0: a day off (休息). */
    schedule_id: Wire.int,
    schedule_name: Wire.optional(Schema.String),
    time_section: Wire.list(ScheduledPeriod)
  }))
}) {}

/** 排班表: the shifts of a member in a month. */
export class CheckinSchedule extends Schema.Class<CheckinSchedule>("effect-wecom/CheckinSchedule")({
  userid: Schema.String,
  ...Wire.optionals({
    /** Such as 202011. */
    yearmonth: Wire.int,
    /** The rule. */
    groupid: Wire.int,
    groupname: Schema.String,
    schedule: Schema.Struct({ scheduleList: Wire.list(ScheduledDay) })
  })
}) {
  /** The days that have a shift. */
  get days(): ReadonlyArray<ScheduledDay> {
    return this.schedule?.scheduleList ?? []
  }
}

/** 年月: such as 202011. */
const yearmonth = Wire.int.check(
  Schema.makeFilter((value: number) =>
    value >= 190_001 && value <= 999_912 && value % 100 >= 1 && value % 100 <= 12 ||
    "expected a year and a month: 202011"
  )
)

/** 排班: which shifts members have on which days, under rules with shifts (按班次上下班). */
export class CheckinSchedules extends Domain.Service<CheckinSchedules>()("oa/checkin/CheckinSchedules", "OA·打卡", {
  /**
   * 获取打卡人员排班信息. The shifts of up to 100 members, whom the app may see, in at most 31 days: one schedule for every
   * member and month; 60 calls a minute. 301021: a userid is not valid;
   * 301075: another input is not.
   * @see https://developer.work.weixin.qq.com/document/path/93380
   */
  list: Endpoint.query("/cgi-bin/checkin/getcheckinschedulist", 93380, () => ({
    body: Schema.Struct({
      starttime: Wire.time,
      /** At most 31 days after `starttime`. */
      endtime: Wire.time,
      /** 1 to 100. */
      useridlist
    }).check(Wire.period("starttime", "endtime", 31)),
    success: Endpoint.pluck("schedule_list", Wire.list(CheckinSchedule))
  })),

  /**
   * 为打卡人员排班. Sets the shifts of members on days of one month; 60 calls a minute.
   * @see https://developer.work.weixin.qq.com/document/path/93385
   */
  set: Endpoint.post("/cgi-bin/checkin/setcheckinschedulist", { doc: 93385, idempotent: true }, () => ({
    body: {
      /** A rule with shifts. */
      groupid: Wire.int,
      /** Such as 202011. */
      yearmonth,
      items: Schema.NonEmptyArray(Schema.Struct({
        userid: Schema.NonEmptyString,
        /** Day of the month. */
        day: Wire.intBetween(1, 31),
        /** A shift of the rule; 0 for a day off. */
        schedule_id: Wire.int
      }))
    }
  }))
}) {}
