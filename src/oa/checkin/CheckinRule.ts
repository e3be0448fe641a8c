/**
 * 打卡规则: when, where and how members check in, as WeCom returns it.
 *
 * Three kinds, told apart by `grouptype`: with fixed times, with shifts, and free.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { degrees } from "./fields.ts"

/** 打卡规则类型. */
export const CheckinRuleType = Wire.oneOf({
  Fixed: [1, "固定时间上下班"],
  Shift: [2, "按班次上下班"],
  Free: [3, "自由上下班"]
})

/** 打卡方式. */
export const CheckinMethod = Wire.oneOf({
  Phone: [0, "手机"],
  UsbMachine: [1, "U盘考勤机"],
  Machine: [2, "智慧考勤机"],
  PhoneOrMachine: [3, "手机+智慧考勤机"]
})

/** 打卡交替方式. */
export const CheckinAlternation = Wire.oneOf({
  Several: [0, "多组交替"],
  Single: [1, "单组交替"],
  RecordOnly: [2, "仅记录打卡时间和位置"]
})

/** 范围外打卡处理方式. */
export const OutOfRange = Wire.oneOf({
  Anomaly: [0, "视为范围外异常"],
  FieldWork: [1, "视为正常外勤"],
  Refused: [2, "不允许范围外打卡"]
})

/** 加班类型: by what overtime is counted. */
export const OvertimeType = Wire.oneOf({
  ApprovalAndCheckin: [0, "以加班申请核算打卡记录"],
  Checkin: [1, "以打卡时间为准"],
  Approval: [2, "以加班申请审批为准"]
})

/** 休息扣除类型: which rest is taken off overtime. */
export const RestDeduction = Wire.oneOf({
  None: [0, "不开启扣除"],
  FixedTime: [1, "指定休息时间扣除"],
  ByDuration: [2, "按加班时长扣除休息时间"]
})

/** 补卡异常类型, as the bits of `buka_restriction`: those that are set cannot be corrected. */
export const CorrectionRestriction = { Missing: 1, Late: 2, LeftEarly: 4, Other: 8 } as const

/** 休息时间. In seconds after midnight. */
export class RestPeriod extends Schema.Class<RestPeriod>("effect-wecom/RestPeriod")({
  ...Wire.optionals({ rest_begin_time: Wire.int, rest_end_time: Wire.int })
}) {}

/** 打卡时段: from when to when members work. In seconds after midnight. */
export class CheckinPeriod extends Schema.Class<CheckinPeriod>("effect-wecom/CheckinPeriod")({
  ...Wire.optionals({
    time_id: Wire.int,
    work_sec: Wire.int,
    off_work_sec: Wire.int,
    remind_work_sec: Wire.int,
    remind_off_work_sec: Wire.int,
    earliest_work_sec: Wire.int,
    latest_work_sec: Wire.int,
    earliest_off_work_sec: Wire.int,
    latest_off_work_sec: Wire.int,
    no_need_checkon: Schema.Boolean,
    no_need_checkoff: Schema.Boolean,
    allow_rest: Schema.Boolean,
    /** Of the first rest; the others are in `rest_times`: see {@link CheckinPeriod.rests}. */
    rest_begin_time: Wire.int,
    rest_end_time: Wire.int
  }),
  rest_times: Wire.list(RestPeriod)
}) {
  /** All rests, the first included; none where rest is not allowed. */
  get rests(): ReadonlyArray<RestPeriod> {
    const { rest_begin_time, rest_end_time } = this
    return this.allow_rest === false
      ? []
      : rest_begin_time === undefined || rest_end_time === undefined
      ? this.rest_times
      : [new RestPeriod({ rest_begin_time, rest_end_time }), ...this.rest_times]
  }
}

/** 大小周: the working days of odd and even weeks, of which the one of 2024-01-01 is the first. */
const Biweekly = Schema.Struct({
  enable_weekday_recurrence: Wire.optional(Schema.Boolean),
  odd_workdays: Wire.list(Wire.int),
  even_workdays: Wire.list(Wire.int)
})

/** 打卡时间: on which days members work, and when. */
export class CheckinDate extends Schema.Class<CheckinDate>("effect-wecom/CheckinDate")({
  /** 1 to 6: Monday to Saturday; 0: Sunday; empty for alternating weeks (`biweekly`). For shifts: dates. */
  workdays: Wire.list(Wire.int),
  checkintime: Wire.list(CheckinPeriod),
  ...Wire.optionals({
    noneed_offwork: Schema.Boolean,
    /** How early a member may check in, in milliseconds. */
    limit_aheadtime: Wire.int,
    /** How late or early is still on time, in milliseconds, where the two below are -1. */
    flex_time: Wire.int,
    /** How late a member may come, in seconds; -1: see `flex_time`. */
    flex_on_duty_time: Wire.int,
    /** How early a member may leave, in seconds; -1: see `flex_time`. */
    flex_off_duty_time: Wire.int,
    biweekly: Biweekly
  })
}) {}

/** 特殊日期. */
export class SpecialDay extends Schema.Class<SpecialDay>("effect-wecom/SpecialDay")({
  timestamp: Wire.optional(Wire.time),
  notes: Wire.optional(Schema.String),
  /** Of working days alone. */
  checkintime: Wire.list(CheckinPeriod)
}) {}

/** WiFi打卡地点. */
export class CheckinWifi extends Schema.Class<CheckinWifi>("effect-wecom/CheckinWifi")({
  ...Wire.optionals({
    wifiname: Schema.String,
    /** MAC address. */
    wifimac: Schema.String
  })
}) {}

/** 位置打卡地点. */
export class CheckinLocation extends Schema.Class<CheckinLocation>("effect-wecom/CheckinLocation")({
  ...Wire.optionals({
    /** In degrees, GCJ-02. */
    lat: degrees(90),
    /** In degrees, GCJ-02. */
    lng: degrees(180),
    loc_title: Schema.String,
    loc_detail: Schema.String,
    /** How far away a member may be, in metres. */
    distance: Wire.int
  })
}) {}

/** 打卡人员. */
export class CheckinRange extends Schema.Class<CheckinRange>("effect-wecom/CheckinRange")({
  userid: Wire.list(Schema.String),
  /** Departments. */
  party_id: Wire.list(Wire.int),
  /** `party_id`, as older answers call it. */
  partyid: Wire.list(Wire.int),
  tagid: Wire.list(Wire.int)
}) {}

/** 汇报对象: who is notified how members check in. */
export class CheckinReporters extends Schema.Class<CheckinReporters>("effect-wecom/CheckinReporters")({
  reporters: Wire.list(Schema.Struct({ ...Wire.optionals({ userid: Schema.String, tagid: Wire.int }) })),
  updatetime: Wire.optional(Wire.time)
}) {}

/** 晚走晚到: who leaves late may come late the next day. In seconds. */
const LateRule = Schema.Struct({
  allow_offwork_after_time: Wire.optional(Schema.Boolean),
  timerules: Wire.list(Schema.Struct({
    ...Wire.optionals({
      /** How long after the end of the last period a member left. */
      offwork_after_time: Wire.int,
      /** How late the member may then come. */
      onwork_flex_time: Wire.int
    })
  }))
})

/** 班次. All times in seconds. */
export class CheckinShift extends Schema.Class<CheckinShift>("effect-wecom/CheckinShift")({
  /** 0: a day off (休息). */
  schedule_id: Wire.int,
  schedule_name: Wire.optional(Schema.String),
  time_section: Wire.list(CheckinPeriod),
  ...Wire.optionals({
    noneed_offwork: Schema.Boolean,
    limit_aheadtime: Wire.int,
    /** How long after the end of work a member may check out. */
    limit_offtime: Wire.int,
    allow_flex: Schema.Boolean,
    /** How late a member may come; -1: see `CheckinDate.flex_time`. */
    flex_on_duty_time: Wire.int,
    /** How early a member may leave; -1: see `CheckinDate.flex_time`. */
    flex_off_duty_time: Wire.int,
    max_allow_arrive_early: Wire.int,
    max_allow_arrive_late: Wire.int,
    late_rule: LateRule
  })
}) {}

/** 休息扣除. All times in seconds. */
const RestInfo = Schema.Struct({
  type: RestDeduction.schema,
  ...Wire.optionals({
    /** Of `FixedTime`, after midnight. */
    fix_time_rule: Schema.Struct({
      ...Wire.optionals({ fix_time_begin_sec: Wire.int, fix_time_end_sec: Wire.int })
    }),
    /** Of `ByDuration`. */
    cal_ottime_rule: Schema.Struct({
      items: Wire.list(Schema.Struct({ ...Wire.optionals({ ot_time: Wire.int, rest_time: Wire.int }) }))
    })
  })
})

const overtime = {
  ot_workingday_restinfo: RestInfo,
  ot_nonworkingday_restinfo: RestInfo,
  /** Where a day off ends, after midnight. */
  ot_nonworkingday_spanday_time: Wire.int
}

/** 加班信息. All durations in seconds. */
export class CheckinOvertime extends Schema.Class<CheckinOvertime>("effect-wecom/CheckinOvertime")({
  ...Wire.optionals({
    type: OvertimeType.schema,
    allow_ot_workingday: Schema.Boolean,
    allow_ot_nonworkingday: Schema.Boolean,
    /** 以打卡时间为准. */
    otcheckinfo: Schema.Struct({
      ...Wire.optionals({
        /** How long after the end of work overtime begins. */
        ot_workingday_time_start: Wire.int,
        ot_workingday_time_min: Wire.int,
        ot_workingday_time_max: Wire.int,
        ot_nonworkingday_time_min: Wire.int,
        ot_nonworkingday_time_max: Wire.int,
        ...overtime
      })
    }),
    /** 以加班申请核算打卡记录. */
    otapplyinfo: Schema.Struct({
      ...Wire.optionals({
        allow_ot_workingday: Schema.Boolean,
        allow_ot_nonworkingday: Schema.Boolean,
        uptime: Wire.time,
        ...overtime
      })
    }),
    uptime: Wire.time
  })
}) {}

const common = {
  groupid: Wire.int,
  ...Wire.optionals({
    groupname: Schema.String,
    /** Whether check-in follows the public holidays. */
    sync_holidays: Schema.Boolean,
    need_photo: Schema.Boolean,
    note_can_use_local_pic: Schema.Boolean,
    allow_checkin_offworkday: Schema.Boolean,
    /** Whether members may apply for corrections (补卡). */
    allow_apply_offworkday: Schema.Boolean,
    /** How many corrections a month; -1: any number. */
    allow_apply_bk_cnt: Wire.int,
    /** For how many days afterwards; -1: any number. */
    allow_apply_bk_day_limit: Wire.int,
    /** Until which day of the next month; -1: any. */
    buka_limit_next_month: Wire.int,
    /** The sum of the {@link CorrectionRestriction}s. */
    buka_restriction: Wire.int,
    option_out_range: OutOfRange.schema,
    type: CheckinMethod.schema,
    checkin_method_type: CheckinAlternation.schema,
    use_face_detect: Schema.Boolean,
    open_face_live_detect: Schema.Boolean,
    /** 审批打卡. Default: `true`. */
    open_sp_checkin: Schema.Boolean,
    /** How long after checking in a member can check out, in seconds. */
    offwork_interval_time: Wire.int,
    range: CheckinRange,
    reporterinfo: CheckinReporters,
    ot_info: CheckinOvertime,
    create_time: Wire.time,
    create_userid: Schema.String,
    update_userid: Schema.String
  }),
  checkindate: Wire.list(CheckinDate),
  spe_workdays: Wire.list(SpecialDay),
  spe_offdays: Wire.list(SpecialDay),
  wifimac_infos: Wire.list(CheckinWifi),
  loc_infos: Wire.list(CheckinLocation),
  /** Userids of members who need not check in. */
  white_users: Wire.list(Schema.String)
}

/** 固定时间上下班. */
export class FixedCheckinRule extends Schema.Class<FixedCheckinRule>("effect-wecom/FixedCheckinRule")({
  grouptype: Schema.Literal(1),
  ...common
}) {}

/** 按班次上下班. */
export class ShiftCheckinRule extends Schema.Class<ShiftCheckinRule>("effect-wecom/ShiftCheckinRule")({
  grouptype: Schema.Literal(2),
  ...common,
  schedulelist: Wire.list(CheckinShift)
}) {}

/** 自由上下班. */
export class FreeCheckinRule extends Schema.Class<FreeCheckinRule>("effect-wecom/FreeCheckinRule")({
  grouptype: Schema.Literal(3),
  ...common,
  ...Wire.optionals({
    /** Where one day ends and the next begins, in seconds after midnight. */
    span_day_time: Wire.int,
    /** How long members work a day, in seconds; -1: any time. */
    standard_work_duration: Wire.int
  })
}) {}

/** 打卡规则, told apart by `grouptype`; one of a kind that this version does not know is kept whole. */
export const CheckinRule = Wire.variants("grouptype", [FixedCheckinRule, ShiftCheckinRule, FreeCheckinRule])
/** 打卡规则. */
export type CheckinRule = typeof CheckinRule.Type

/** 员工打卡规则: the rule of a member on a day. */
export class UserCheckinRule extends Schema.Class<UserCheckinRule>("effect-wecom/UserCheckinRule")({
  userid: Schema.String,
  group: Wire.optional(CheckinRule)
}) {}
