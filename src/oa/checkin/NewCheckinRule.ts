/**
 * 打卡规则 to create or change: one type for each of the three kinds, told apart by `grouptype`.
 *
 * Times of a day are seconds after its midnight, in whole minutes: 32400 is 9:00, 115200 is 8:00 of the next day.
 */
import type * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { CheckinAlternation, CheckinMethod, OutOfRange } from "./CheckinRule.ts"
import { degrees, mac, seconds } from "./fields.ts"

const day = 86_400

/** 特殊日期类型. */
export const SpecialDayType = Wire.oneOf({ Day: [0, "时间点"], Period: [1, "时间段"], Biweekly: [2, "两周重复"] })

/** 加班时段. */
export const OvertimeRange = Wire.oneOf({
  AllDay: [0, "全天"],
  BeforeWork: [1, "仅允许上班前"],
  AfterWork: [2, "仅允许下班后"]
})

/** 加班时长折算. */
export const OvertimeReward = Wire.oneOf({ Vacation: [1, "记为调休"], Money: [2, "记为加班费"] })

/** 加班单位. */
export const OvertimeUnit = Wire.oneOf({ Hour: [2, "小时"], Day: [3, "天"] })

/** 取整方式. */
export const OvertimeRounding = Wire.oneOf({ Nearest: [1, "四舍五入"], Up: [2, "向上取整"], Down: [3, "向下取整"] })

/** 补卡提醒月份. */
export const CorrectionReminderMonth = Wire.oneOf({ Current: [0, "当月"], Next: [1, "次月"] })

/** 休息时间. */
export class NewRestPeriod extends Schema.Opaque<NewRestPeriod>()(Schema.Struct({
  rest_begin_time: seconds(2 * day),
  rest_end_time: seconds(2 * day)
})) {}

const period = Schema.Struct({
  /** Unique in the rule. */
  time_id: Wire.intBetween(1, 99_998),
  /** At most 24:00. */
  work_sec: seconds(day),
  /** Before 23:59 of the next day. */
  off_work_sec: seconds(2 * day - 120),
  /** 0, 5, 10, 15 or 20 minutes before `work_sec`. */
  remind_work_sec: seconds(day),
  /** 0, 10, 20, 30 or 60 minutes after `off_work_sec`. */
  remind_off_work_sec: seconds(2 * day),
  /** Before `work_sec`. */
  earliest_work_sec: seconds(day),
  /** After `work_sec`, before `off_work_sec`. */
  latest_work_sec: seconds(2 * day - 60),
  /** After `work_sec`, before `off_work_sec`. */
  earliest_off_work_sec: seconds(2 * day),
  /** Not before `off_work_sec`, less than 24 hours after it. */
  latest_off_work_sec: seconds(3 * day),
  ...Wire.optionals({
    /** Default: `false`. */
    no_need_checkon: Schema.Boolean,
    /** Default: `false`. */
    no_need_checkoff: Schema.Boolean,
    /** Default: `false`. */
    allow_rest: Schema.Boolean,
    /** Of the first rest, within the work. With `allow_rest` alone. */
    rest_begin_time: seconds(2 * day),
    rest_end_time: seconds(2 * day),
    /** The other rests: at most 5. With `allow_rest` alone. */
    rest_times: Wire.items(NewRestPeriod, 5)
  })
})

type Period = typeof period.Type

/** 打卡时段: from when to when members work, and when they can check in and out. */
export class NewCheckinPeriod extends Schema.Opaque<NewCheckinPeriod>()(
  period.check(Schema.makeFilter((value) => {
    const { earliest_off_work_sec, earliest_work_sec, latest_off_work_sec, latest_work_sec, off_work_sec, work_sec } =
      value
    const failed = ([
      ["off_work_sec", off_work_sec > work_sec + 60 && off_work_sec < work_sec + day, "1 minute to 24 hours of work"],
      [
        "remind_work_sec",
        [0, 5, 10, 15, 20].includes((work_sec - value.remind_work_sec) / 60),
        "0, 5, 10, 15 or 20 minutes before work_sec"
      ],
      [
        "remind_off_work_sec",
        [0, 10, 20, 30, 60].includes((value.remind_off_work_sec - off_work_sec) / 60),
        "0, 10, 20, 30 or 60 minutes after off_work_sec"
      ],
      ["earliest_work_sec", earliest_work_sec < work_sec, "a time before work_sec"],
      ["latest_work_sec", isWithin(latest_work_sec, value), "a time between work_sec and off_work_sec"],
      ["earliest_off_work_sec", isWithin(earliest_off_work_sec, value), "a time between work_sec and off_work_sec"],
      [
        "latest_off_work_sec",
        latest_off_work_sec >= off_work_sec && latest_off_work_sec < off_work_sec + day,
        "a time less than 24 hours after off_work_sec"
      ],
      ["allow_rest", value.allow_rest === true || !hasRest(value), "true, for the rests to be taken"],
      ["rest_end_time", restsOf(value).every((rest) => fits(rest, value)), "rests within the work"],
      ["rest_times", areApart(restsOf(value).map(spanOfRest)), "rests that do not overlap"]
    ] as const).find(([, isRight]) => !isRight)
    return failed === undefined || { path: [failed[0]], issue: `expected ${failed[2]}` }
  }))
) {}

const isWithin = (at: number, { off_work_sec, work_sec }: Period): boolean => at > work_sec && at < off_work_sec

const hasRest = ({ rest_begin_time, rest_end_time, rest_times = [] }: Period): boolean =>
  rest_begin_time !== undefined || rest_end_time !== undefined || rest_times.length > 0

const restsOf = ({ rest_begin_time, rest_end_time, rest_times = [] }: Period): ReadonlyArray<NewRestPeriod> =>
  rest_begin_time === undefined && rest_end_time === undefined
    ? rest_times
    // One without the other is no rest.
    : [{ rest_begin_time: rest_begin_time ?? NaN, rest_end_time: rest_end_time ?? NaN }, ...rest_times]

type Span = readonly [from: number, to: number]

const spanOfRest = ({ rest_begin_time, rest_end_time }: NewRestPeriod): Span => [rest_begin_time, rest_end_time]

/** Whether no two spans overlap. */
const areApart = (spans: ReadonlyArray<Span>): boolean =>
  spans.toSorted(([a], [b]) => a - b).every(([from], index, sorted) => from >= (sorted[index - 1]?.[1] ?? -Infinity))

/** Neither the work of periods overlaps, nor the times at which members can check in and out. */
const periodsApart = Schema.makeFilter((periods: ReadonlyArray<NewCheckinPeriod>) =>
  areApart(periods.map(({ earliest_work_sec, latest_off_work_sec }) => [earliest_work_sec, latest_off_work_sec])) ||
  "the times at which members can check in must not overlap from period to period"
)

const fits = ({ rest_begin_time, rest_end_time }: NewRestPeriod, work: Period): boolean =>
  isWithin(rest_begin_time, work) && isWithin(rest_end_time, work) && rest_begin_time < rest_end_time

const lateTimes = {
  /** How long after the end of the last period a member left. */
  offwork_after_time: seconds(36_000, 900),
  /** How late the member may then come the next day. */
  onwork_flex_time: seconds(36_000, 900)
}

/** 晚走晚到: who leaves late may come late the next day. In seconds: at most 10 hours, in steps of 15 minutes. */
export class NewLateRule extends Schema.Opaque<NewLateRule>()(
  Schema.Struct({
    ...Wire.optionals({
      /** Default: `false`. */
      allow_offwork_after_time: Schema.Boolean,
      ...lateTimes,
      /** Several such rules: they take the place of the one above. */
      timerules: Schema.Array(Schema.Struct(lateTimes))
    })
  }).check(
    Schema.makeFilter(({ allow_offwork_after_time, ...times }) =>
      allow_offwork_after_time === true || Object.values(times).every((time) => time === undefined) ||
      { path: ["allow_offwork_after_time"], issue: "must be true for the times to be taken" }
    )
  )
) {}

const flex = seconds(21_600, 300)

const flexible = Wire.optionals({
  /** 弹性时间. With it, either both `flex_` times or both `max_allow_` times; with `late_rule` alone it may be left out. */
  allow_flex: Schema.Boolean,
  /** How late a member may come, in seconds: at most 6 hours, in steps of 5 minutes. */
  flex_on_duty_time: flex,
  /** How early a member may leave, in seconds: at most 6 hours, in steps of 5 minutes. */
  flex_off_duty_time: flex,
  /** By how much a member may come and leave earlier, in seconds: at most 6 hours, in steps of 5 minutes. */
  max_allow_arrive_early: flex,
  /** By how much a member may come and leave later, in seconds: at most 6 hours, in steps of 5 minutes. */
  max_allow_arrive_late: flex,
  late_rule: NewLateRule
})

type Flexible = Schema.Struct.Type<typeof flexible>

/** Only one of the two kinds of flexible hours, and only where they are allowed. */
const flexibly = (value: Flexible) => {
  const isLate = Boolean(value.flex_on_duty_time) || Boolean(value.flex_off_duty_time)
  const isMoved = Boolean(value.max_allow_arrive_early) || Boolean(value.max_allow_arrive_late)
  return isLate && isMoved
    ? { path: ["max_allow_arrive_early"], issue: "either flex_ or max_allow_ times are allowed, not both" }
    : value.allow_flex === true || !(isLate || isMoved || value.late_rule !== undefined) ||
      { path: ["allow_flex"], issue: "must be true for flexible hours" }
}

/** 1 to 6: Monday to Saturday; 0: Sunday. */
const workdays = Wire.items(Wire.intBetween(0, 6), 7).check(
  Schema.makeFilter((days: ReadonlyArray<number>) => new Set(days).size === days.length || "a day is there twice")
)

/** 大小周: the working days of odd and even weeks, of which the one of 2024-01-01 is the first. */
export class NewBiweekly extends Schema.Opaque<NewBiweekly>()(Schema.Struct({
  enable_weekday_recurrence: Schema.Boolean,
  ...Wire.optionals({ odd_workdays: workdays, even_workdays: workdays })
})) {}

/** 打卡时间 of a rule with fixed times. */
export class NewCheckinDate extends Schema.Opaque<NewCheckinDate>()(
  Schema.Struct({
    /** 1 to 4 periods that do not overlap. Members check out by 4:00 of the next day. */
    checkintime: Wire.items(
      NewCheckinPeriod.check(Schema.makeFilter(({ latest_off_work_sec }) =>
        latest_off_work_sec <= day + 4 * 3600 ||
        { path: ["latest_off_work_sec"], issue: "expected a time by 4:00 of the next day" }
      )),
      4,
      1
    ).check(periodsApart),
    ...Wire.optionals({
      /** 1 to 6: Monday to Saturday; 0: Sunday. Leave it out for alternating weeks (`biweekly`). */
      workdays,
      biweekly: NewBiweekly
    }),
    ...flexible
  }).check(Schema.makeFilter(flexibly))
) {}

/** 打卡时间 of a free rule. */
export class NewFreeDate extends Schema.Opaque<NewFreeDate>()(Schema.Struct({
  /** 1 to 6: Monday to Saturday; 0: Sunday. */
  workdays
})) {}

/** 特殊工作日的打卡时段. */
export class NewSpecialPeriod extends Schema.Opaque<NewSpecialPeriod>()(
  Schema.Struct({
    /** Unique in the rule. */
    time_id: Wire.intBetween(1, 99_998),
    /** 4:00 to 18:00. */
    work_sec: seconds(64_800, 60, 14_400),
    /** 4:00 to 3:00 of the next day. */
    off_work_sec: seconds(day + 10_800, 60, 14_400),
    remind_work_sec: seconds(day),
    remind_off_work_sec: seconds(2 * day)
  }).check(
    Schema.makeFilter(({ off_work_sec, work_sec }) =>
      off_work_sec > work_sec || { path: ["off_work_sec"], issue: "expected a time after work_sec" }
    )
  )
) {}

const times = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  [
    Schema.Struct({ type: Schema.Literal(0), timestamp: Wire.time, ...fields }),
    Schema.Struct({ type: Schema.Literal(1), begtime: Wire.time, endtime: Wire.time, ...fields }),
    Schema.Struct({ type: Schema.Literal(2), timestamp: Wire.time, endtime: Wire.time, ...fields })
  ] as const

/** Whether a span of days goes forward, and is no longer than a year. */
const spans = Schema.makeFilter((
  days: { readonly begtime?: DateTime.Utc; readonly timestamp?: DateTime.Utc; readonly endtime?: DateTime.Utc }
) => {
  const begin = days.begtime ?? days.timestamp
  if (begin === undefined || days.endtime === undefined) return true
  const length = (days.endtime.epochMilliseconds - begin.epochMilliseconds) / (day * 1000)
  return length >= 0 && length <= 366 || { path: ["endtime"], issue: "expected a time of 0 to 366 days" }
})

/**
 * 特殊工作日: a day (`type: 0`), a period (1), or every second week of a period (2). All times are midnights, of days to
 * come; both ends are included.
 */
export const NewSpecialWorkday = Schema.Union(times({
  /** At most 40 bytes. */
  notes: Wire.text(40),
  checkintime: Schema.NonEmptyArray(NewSpecialPeriod)
})).check(spans)
/** 特殊工作日: a day (`type: 0`), a period (1), or every second week of a period (2). */
export type NewSpecialWorkday = typeof NewSpecialWorkday.Type

/** 特殊非工作日: as {@link NewSpecialWorkday}, without times to check in. */
export const NewSpecialOffday = Schema.Union(times({ notes: Wire.text(40) })).check(spans)
/** 特殊非工作日. */
export type NewSpecialOffday = typeof NewSpecialOffday.Type

/** WiFi打卡地点. */
export class NewCheckinWifi extends Schema.Opaque<NewCheckinWifi>()(Schema.Struct({
  /** At most 40 characters. */
  wifiname: Wire.chars(40),
  /** MAC address, unique in the rule. */
  wifimac: mac
})) {}

/** 位置打卡地点. */
export class NewCheckinLocation extends Schema.Opaque<NewCheckinLocation>()(Schema.Struct({
  /** In degrees, GCJ-02. */
  lat: degrees(90),
  /** In degrees, GCJ-02. */
  lng: degrees(180),
  /** At most 40 characters. */
  loc_title: Wire.chars(40),
  /** At most 40 characters. */
  loc_detail: Wire.chars(40),
  /** How far away a member may be, in metres. */
  distance: Schema.Literals([
    100,
    200,
    300,
    400,
    500,
    600,
    700,
    800,
    900,
    1000,
    1500,
    2000,
    2500,
    3000
  ])
})) {}

/** 打卡人员: at least one member, department or tag. */
export class NewCheckinRange extends Schema.Opaque<NewCheckinRange>()(
  Schema.Struct({
    ...Wire.optionals({
      userid: Schema.Array(Wire.filledText),
      /** Departments. */
      party_id: Schema.Array(Wire.int),
      tagid: Schema.Array(Wire.int)
    })
  }).check(Wire.anyOf("userid", "party_id", "tagid"))
) {}

/** 汇报对象: a member (`userid`) or a tag (`tagid`). */
export class NewCheckinReporter extends Schema.Opaque<NewCheckinReporter>()(
  Schema.Struct({ ...Wire.optionals({ userid: Schema.String, tagid: Wire.int }) }).check(Wire.anyOf("userid", "tagid"))
) {}

/** 补卡提醒: on day 15 to 30 of the month, or on day 1 to 26 of the next one. */
export class NewCorrectionReminder extends Schema.Opaque<NewCorrectionReminder>()(
  Schema.Struct({
    open_remind: Schema.Boolean,
    ...Wire.optionals({
      buka_remind_day: Wire.intBetween(1, 30),
      buka_remind_month: CorrectionReminderMonth.schema
    })
  }).check(Schema.makeFilter(({ buka_remind_day, buka_remind_month, open_remind }) =>
    buka_remind_day === undefined
      ? true
      : !open_remind
      ? { path: ["open_remind"], issue: "must be true for a day to be taken" }
      : buka_remind_month === CorrectionReminderMonth.Next
      ? buka_remind_day <= 26 || { path: ["buka_remind_day"], issue: "expected 1 to 26 for the next month" }
      : buka_remind_day >= 15 || { path: ["buka_remind_day"], issue: "expected 15 to 30 for the current month" }
  ))
) {}

/** 按固定时间扣除: rests at fixed times. */
export class NewFixedRests extends Schema.Opaque<NewFixedRests>()(Schema.Struct({
  type: Schema.Literal(1),
  /** 1 to 10 times that do not overlap. */
  fix_time_rule_list: Wire.items(
    Schema.Struct({ fix_time_begin_sec: seconds(2 * day - 60), fix_time_end_sec: seconds(2 * day - 60) }),
    10,
    1
  )
})) {}

/** 按加班时长扣除: rests by how long overtime lasts. */
export class NewSteppedRests extends Schema.Opaque<NewSteppedRests>()(Schema.Struct({
  type: Schema.Literal(2),
  cal_ottime_rule: Schema.Struct({
    /** 1 to 5 rules, by rising `ot_time`. In seconds: at most 6 hours, in steps of 15 minutes. */
    items: Wire.items(
      Schema.Struct({ ot_time: seconds(21_600, 900), rest_time: seconds(21_600, 900) }).check(
        Schema.makeFilter(({ ot_time, rest_time }) =>
          rest_time <= ot_time || { path: ["rest_time"], issue: "must not be longer than ot_time" }
        )
      ),
      5,
      1
    ).check(
      Schema.makeFilter((items) =>
        items.every(({ ot_time }, index) => index === 0 || ot_time > (items[index - 1]?.ot_time ?? 0)) ||
        "ot_time must rise from rule to rule"
      )
    )
  })
})) {}

/** 休息扣除: none (`type: 0`), certain times (1), or by how long the overtime is (2). */
export const NewRestDeduction = Schema.Union([
  Schema.Struct({ type: Schema.Literal(0) }),
  NewFixedRests,
  NewSteppedRests
])
/** 休息扣除: none (`type: 0`), certain times (1), or by how long the overtime is (2). */
export type NewRestDeduction = typeof NewRestDeduction.Type

const restinfo = Wire.optional(NewRestDeduction)

const reward = {
  allow_ot: Schema.Boolean,
  ...Wire.optionals({
    /** Whether overtime is rewarded as `ot_trans_type` says. Default: `false`. */
    ot_trans_enable: Schema.Boolean,
    /** Default: `Vacation`. */
    ot_trans_type: OvertimeReward.schema,
    vacation: Schema.Struct({
      ...Wire.optionals({
        /** In percent, at most 3000. Default: 100, an hour for an hour. */
        trans_ratio: Wire.intBetween(0, 3000),
        /** Default: `true`. */
        sync_vacation: Schema.Boolean
      })
    }),
    /** Not of free rules. Default: `AllDay`. */
    ot_time_range: OvertimeRange.schema
  })
}

const overtime = seconds(43_200, 1)

/** 以审批和打卡为准: overtime by approval and check-in. */
export class NewApprovedCheckinOvertime extends Schema.Opaque<NewApprovedCheckinOvertime>()(Schema.Struct({
  type: Schema.Literal(0),
  ...reward,
  applycheckin: Wire.optional(Schema.Struct({ restinfo }))
})) {}

/** 以打卡为准: overtime by check-in. */
export class NewPlainCheckinOvertime extends Schema.Opaque<NewPlainCheckinOvertime>()(Schema.Struct({
  type: Schema.Literal(1),
  ...reward,
  /** In seconds: at most 12 hours each. */
  checkin: Wire.optional(
    Schema.Struct({
      ...Wire.optionals({
        /** How long after the end of work overtime begins. Default: 1800. */
        ot_time_start: overtime,
        /** Default: 1800. */
        ot_time_min: overtime,
        /** Default: 14400. */
        ot_time_max: overtime
      }),
      restinfo
    }).check(
      Schema.makeFilter(({ ot_time_max = 14_400, ot_time_min = 1800 }) =>
        ot_time_min < ot_time_max || { path: ["ot_time_min"], issue: "must be less than ot_time_max" }
      )
    )
  )
})) {}

/** 以审批为准: overtime by approval. */
export class NewApprovedOvertime extends Schema.Opaque<NewApprovedOvertime>()(Schema.Struct({
  type: Schema.Literal(2),
  ...reward,
  apply: Wire.optional(Schema.Struct({ restinfo }))
})) {}

/** 加班配置 of one kind of day: by approval and check-in (`type: 0`), by check-in (1), or by approval (2). */
export const NewOvertime = Schema.Union([NewApprovedCheckinOvertime, NewPlainCheckinOvertime, NewApprovedOvertime])
/** 加班配置 of one kind of day: by approval and check-in (`type: 0`), by check-in (1), or by approval (2). */
export type NewOvertime = NewApprovedCheckinOvertime | NewPlainCheckinOvertime | NewApprovedOvertime

/** 加班配置. */
export class NewCheckinOvertime extends Schema.Opaque<NewCheckinOvertime>()(Schema.Struct({
  workdayconf: NewOvertime,
  ...Wire.optionals({
    restdayconf: NewOvertime,
    holidayconf: NewOvertime,
    time_unit_config: Schema.Struct({
      ...Wire.optionals({
        /** Default: `Hour`. */
        ot_time_unit: OvertimeUnit.schema,
        /** How long a day counts, in seconds: 1 to 24 hours, in tenths of an hour. Default: 28800. */
        perday_duration_secs: seconds(day, 360, 3600),
        /** Default: `Nearest`. */
        rounding_method: OvertimeRounding.schema,
        /** Decimals of `Nearest`: 0 or 1. Default: 1. */
        rounding_precision: Wire.intBetween(0, 1),
        /** Step of `Up` and `Down`, in seconds: half an hour to 4 hours, or half a day or a day. Default: 3600. */
        step_size: Schema.Literals([1800, 3600, 7200, 10_800, 14_400, 43_200, 86_400])
      })
    })
  })
})) {}

const rest = { schedule_id: 0, schedule_name: "休息" } as const

/** 班次. */
export class NewCheckinShift extends Schema.Opaque<NewCheckinShift>()(
  Schema.Struct({
    /** Unique in the rule; 0 for {@link NewCheckinShift.rest} alone. */
    schedule_id: Wire.intFrom(0),
    /** Unique in the rule, at most 40 characters. */
    schedule_name: Wire.chars(40),
    /**
     * 1 to 4 periods that do not overlap, of which the first begins at most 4 hours after members can check in; none for
     * {@link NewCheckinShift.rest}.
     */
    time_section: Wire.optional(Wire.items(NewCheckinPeriod, 4).check(periodsApart)),
    ...flexible
  }).check(
    Schema.makeFilter(flexibly),
    Schema.makeFilter(({ schedule_id, schedule_name, time_section = [] }) =>
      schedule_id !== rest.schedule_id
        ? time_section.length > 0 || { path: ["time_section"], issue: "at least one period is needed" }
        : schedule_name !== rest.schedule_name
        ? { path: ["schedule_name"], issue: `the shift 0 must be called ${rest.schedule_name}` }
        : time_section.length === 0 || { path: ["time_section"], issue: "the shift 0 has no periods" }
    ),
    Schema.makeFilter(({ time_section }) => {
      const first = time_section?.[0]
      return first === undefined || first.work_sec - first.earliest_work_sec <= 4 * 3600 ||
        { path: ["time_section", 0, "earliest_work_sec"], issue: "expected a time at most 4 hours before work_sec" }
    })
  )
) {
  /** 休息: the shift that every rule with shifts must have. */
  static readonly rest = rest
}

const shifts = Wire.items(NewCheckinShift, 50).check(
  Schema.makeFilter((list: ReadonlyArray<NewCheckinShift>) =>
    !list.some(({ schedule_id }) => schedule_id === rest.schedule_id)
      ? "NewCheckinShift.rest is needed"
      : list.length < 2
      ? "a shift beside NewCheckinShift.rest is needed"
      : new Set(list.map(({ schedule_id }) => schedule_id)).size < list.length
      ? "a schedule_id is there twice"
      : new Set(list.map(({ schedule_name }) => schedule_name)).size === list.length || "a schedule_name is there twice"
  )
)

const groupname = Wire.chars(40)

/** What a rule of any kind can have. */
const common = {
  /** At most 500, with unique MAC addresses. One at least, of these or of `loc_infos`. */
  wifimac_infos: Wire.items(NewCheckinWifi, 500).check(
    Schema.makeFilter((wifis: ReadonlyArray<NewCheckinWifi>) =>
      new Set(wifis.map(({ wifimac }) => wifimac.toLowerCase())).size === wifis.length || "a wifimac is there twice"
    )
  ),
  /** At most 500. */
  loc_infos: Wire.items(NewCheckinLocation, 500),
  /** At most 366, that do not overlap. */
  spe_offdays: Wire.items(NewSpecialOffday, 366),
  /** Default: `true`. */
  sync_holidays: Schema.Boolean,
  /** Default: `false`. */
  need_photo: Schema.Boolean,
  /** Default: `true`. */
  note_can_use_local_pic: Schema.Boolean,
  /** Userids of members who need not check in. */
  white_users: Schema.Array(Wire.filledText),
  /** `Phone`, `UsbMachine` or `PhoneOrMachine`. Default: `Phone`. */
  type: CheckinMethod.schema.check(
    Schema.makeFilter((type) =>
      type !== CheckinMethod.Machine || "expected 0, 1 or 3: rules for machines alone cannot be made"
    )
  ),
  reporterinfo: Schema.Struct({ reporters: Schema.NonEmptyArray(NewCheckinReporter) }),
  /** Whether members may apply for corrections (补卡): what is said of them below needs it. Default: `false`. */
  allow_apply_offworkday: Schema.Boolean,
  /** How many corrections a month: up to 99. Default: -1, any number. */
  allow_apply_bk_cnt: Wire.intBetween(-1, 99),
  /** For how many days corrections can be applied for, from 1 (the same day) to 180. Default: -1, any number. */
  allow_apply_bk_day_limit: Wire.intBetween(-1, 180),
  /** From which day of the next month no more corrections: 1 to 28. Default: -1, none. */
  buka_limit_next_month: Wire.intBetween(-1, 28).check(
    Schema.makeFilter((value: number) => value !== 0 || "expected -1, or 1 to 28")
  ),
  buka_remind: NewCorrectionReminder,
  /** The sum of the `CorrectionRestriction`s: what cannot be corrected. Default: 0. */
  buka_restriction: Wire.intBetween(0, 15),
  /** Default: `Anomaly`. */
  option_out_range: OutOfRange.schema,
  /** Default: `false`. */
  use_face_detect: Schema.Boolean,
  /** With `use_face_detect` alone. Default: `false`. */
  open_face_live_detect: Schema.Boolean,
  /** 外出打卡同步至上下班. Default: `false`. */
  sync_out_checkin: Schema.Boolean,
  /** 审批打卡. */
  open_sp_checkin: Schema.Boolean,
  checkin_method_type: CheckinAlternation.schema,
  /** How long after checking in a member can check out, in seconds: below 24 hours, in steps of 5 minutes. */
  offwork_interval_time: seconds(86_100, 300)
}

const fixed = {
  /** At most 366, that do not overlap. */
  spe_workdays: Wire.items(NewSpecialWorkday, 366),
  /** Default: `false`. */
  allow_checkin_offworkday: Schema.Boolean
}

const free = {
  /** At most one entry, with the working days. */
  checkindate: Wire.items(NewFreeDate, 1),
  /** Where one day ends and the next begins, in seconds after midnight. Default: 0. */
  span_day_time: seconds(day - 60),
  /** How long members work a day, in seconds: 1 to 24 hours, in half hours. Default: -1, any time. */
  standard_work_duration: Wire.intBetween(-1, day).check(
    Schema.makeFilter((value: number) =>
      value === -1 || (value >= 3600 && value % 1800 === 0) || "expected -1, or 1 to 24 hours in half hours"
    )
  )
}

const needed = { groupname, range: NewCheckinRange, ot_info_v2: NewCheckinOvertime }

/** 1 to 7 entries, each with days of its own. */
const dates = Wire.items(NewCheckinDate, 7, 1).check(
  Schema.makeFilter((list: ReadonlyArray<NewCheckinDate>) => {
    const days = list.flatMap(({ workdays = [] }) => workdays)
    return new Set(days).size === days.length || "a working day is there twice"
  })
)

const place = Wire.anyOf("wifimac_infos", "loc_infos")

const liveness = Schema.makeFilter((
  rule: { readonly use_face_detect?: boolean | undefined; readonly open_face_live_detect?: boolean | undefined }
) =>
  rule.open_face_live_detect !== true || rule.use_face_detect === true ||
  { path: ["open_face_live_detect"], issue: "needs use_face_detect" }
)

/** What is said of corrections (补卡) has to be allowed. */
const corrections = Schema.makeFilter((rule: {
  readonly allow_apply_offworkday?: boolean | undefined
  readonly allow_apply_bk_cnt?: number | undefined
  readonly allow_apply_bk_day_limit?: number | undefined
  readonly buka_limit_next_month?: number | undefined
  readonly buka_remind?: unknown
  readonly buka_restriction?: number | undefined
}) => {
  const used = ([
    "allow_apply_bk_cnt",
    "allow_apply_bk_day_limit",
    "buka_limit_next_month",
    "buka_remind",
    "buka_restriction"
  ] as const).find((key) => rule[key] !== undefined)
  return used === undefined || rule.allow_apply_offworkday === true ||
    { path: ["allow_apply_offworkday"], issue: `must be true for ${used}` }
})

/** 固定时间上下班. */
export class NewFixedCheckinRule extends Schema.Opaque<NewFixedCheckinRule>()(
  Schema.Struct({
    grouptype: Schema.Literal(1),
    ...needed,
    checkindate: dates,
    ...Wire.optionals({ ...common, ...fixed })
  }).check(place, liveness, corrections)
) {}

/** 按班次上下班. */
export class NewShiftCheckinRule extends Schema.Opaque<NewShiftCheckinRule>()(
  Schema.Struct({
    grouptype: Schema.Literal(2),
    ...needed,
    /** {@link NewCheckinShift.rest} and 1 to 49 others. */
    schedulelist: shifts,
    ...Wire.optionals(common)
  }).check(place, liveness, corrections)
) {}

/** 自由上下班. */
export class NewFreeCheckinRule extends Schema.Opaque<NewFreeCheckinRule>()(
  Schema.Struct({
    grouptype: Schema.Literal(3),
    ...needed,
    ...Wire.optionals({ ...common, ...free })
  }).check(place, liveness, corrections)
) {}

/** 打卡规则 to create. */
export const NewCheckinRule = Schema.Union([NewFixedCheckinRule, NewShiftCheckinRule, NewFreeCheckinRule])
/** 打卡规则 to create. */
export type NewCheckinRule = NewFixedCheckinRule | NewShiftCheckinRule | NewFreeCheckinRule

const changed = Wire.optionals({ ...needed, ...common })

/** 固定时间上下班: what is to change. */
export class FixedCheckinRuleUpdate extends Schema.Opaque<FixedCheckinRuleUpdate>()(
  Schema.Struct({
    groupid: Wire.int,
    grouptype: Schema.Literal(1),
    ...changed,
    ...Wire.optionals({ checkindate: dates, ...fixed })
  }).check(liveness)
) {}

/** 按班次上下班: what is to change. */
export class ShiftCheckinRuleUpdate extends Schema.Opaque<ShiftCheckinRuleUpdate>()(
  Schema.Struct({
    groupid: Wire.int,
    grouptype: Schema.Literal(2),
    ...changed,
    ...Wire.optionals({ schedulelist: shifts })
  }).check(liveness)
) {}

/** 自由上下班: what is to change. */
export class FreeCheckinRuleUpdate extends Schema.Opaque<FreeCheckinRuleUpdate>()(
  Schema.Struct({
    groupid: Wire.int,
    grouptype: Schema.Literal(3),
    ...changed,
    ...Wire.optionals(free)
  }).check(liveness)
) {}

/** 打卡规则 to change: what is left out stays as it is. */
export const CheckinRuleUpdate = Schema.Union([FixedCheckinRuleUpdate, ShiftCheckinRuleUpdate, FreeCheckinRuleUpdate])
/** 打卡规则 to change: what is left out stays as it is. */
export type CheckinRuleUpdate = FixedCheckinRuleUpdate | ShiftCheckinRuleUpdate | FreeCheckinRuleUpdate
