/**
 * 打卡报表: what the check-ins of a day or of a month come to.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { useridlist } from "./fields.ts"

/** 记录类型: by which kind of rule a member checks in. */
export const CheckinRecordType = Wire.oneOf({
  Fixed: [1, "固定上下班"],
  Outside: [2, "外出"],
  Shift: [3, "按班次上下班"],
  Free: [4, "自由签到"],
  Overtime: [5, "加班"],
  None: [7, "无规则"]
})

/** 日报类型. */
export const CheckinDayType = Wire.oneOf({ Workday: [0, "工作日日报"], RestDay: [1, "休息日日报"] })

/** 校准状态类型: what was amiss. */
export const CheckinAnomalyType = Wire.oneOf({
  Late: [1, "迟到"],
  LeftEarly: [2, "早退"],
  Missing: [3, "缺卡"],
  Absent: [4, "旷工"],
  Place: [5, "地点异常"],
  Device: [6, "设备异常"]
})

/** 假勤类型. */
export const AbsenceType = Wire.oneOf({
  Vacation: [1, "请假"],
  PunchCorrection: [2, "补卡"],
  BusinessTrip: [3, "出差"],
  OutOfOffice: [4, "外出"],
  ApprovedCheckin: [15, "审批打卡"],
  FieldWork: [100, "外勤"]
})

/** 时长单位: divide seconds by 86,400 for days, by 3,600 for hours. */
export const AbsenceUnit = Wire.oneOf({ Day: [0, "按天"], Hour: [1, "按小时"] })

/** 加班状态. */
export const OvertimeStatus = Wire.oneOf({ None: [0, "无加班"], Normal: [1, "正常"], TooShort: [2, "缺时长"] })

/** 校准状态: how often something was amiss, and for how long. */
export class CheckinAnomaly extends Schema.Class<CheckinAnomaly>("effect-wecom/CheckinAnomaly")({
  exception: Wire.optional(CheckinAnomalyType.schema),
  ...Wire.optionals({
    count: Wire.int,
    /** In seconds; of `Late`, `LeftEarly` and `Absent` alone. */
    duration: Wire.int
  })
}) {}

/** 假勤统计: how often a member was away, and for how long. */
export class Absence extends Schema.Class<Absence>("effect-wecom/Absence")({
  type: AbsenceType.schema,
  ...Wire.optionals({
    name: Schema.String,
    /** Of a `Vacation`: its type, an id of `Vacations.listTypes`. */
    vacation_id: Wire.int,
    count: Wire.int,
    /** In seconds: see `time_type`. */
    duration: Wire.int,
    time_type: AbsenceUnit.schema
  })
}) {}

const member = {
  /** The userid. */
  acctid: Schema.String,
  ...Wire.optionals({
    record_type: CheckinRecordType.schema,
    name: Schema.String,
    /** 别名. */
    name_ex: Schema.String,
    /** The names of all departments, each with those above it: `有家企业/部门A4`. */
    departs_name: Wire.joined(";", Schema.String)
  })
}

const rule = Wire.optionals({ groupid: Wire.int, groupname: Schema.String })

const texts = Schema.Struct({
  data: Wire.list(Schema.Struct({ ...Wire.optionals({ text: Schema.String, lang: Schema.String }) }))
})

/** 假勤信息: an application for leave, correction and the like, as `Approvals.get` returns it. */
export class CheckinApproval extends Schema.Class<CheckinApproval>("effect-wecom/CheckinApproval")({
  ...Wire.optionals({
    sp_number: Schema.String,
    sp_title: texts,
    sp_description: texts
  })
}) {}

/** 日报: one member on one day. All durations in seconds. */
export class DailyReport extends Schema.Class<DailyReport>("effect-wecom/DailyReport")({
  base_info: Schema.Struct({
    ...member,
    ...Wire.optionals({
      date: Wire.time,
      day_type: CheckinDayType.schema,
      rule_info: Schema.Struct({
        ...rule,
        ...Wire.optionals({
          /** The shift of the day; of rules with shifts alone. */
          scheduleid: Wire.int,
          schedulename: Schema.String
        }),
        /** In seconds after midnight; of rules with fixed times alone. */
        checkintime: Wire.list(Schema.Struct({ ...Wire.optionals({ work_sec: Wire.int, off_work_sec: Wire.int }) }))
      })
    })
  }),
  ...Wire.optionals({
    summary_info: Schema.Struct({
      ...Wire.optionals({
        checkin_count: Wire.int,
        regular_work_sec: Wire.int,
        standard_work_sec: Wire.int,
        /** The first check-in, in seconds after midnight. */
        earliest_time: Wire.int,
        /** The last check-in, in seconds after midnight. */
        lastest_time: Wire.int
      })
    }),
    ot_info: Schema.Struct({
      ...Wire.optionals({
        ot_status: OvertimeStatus.schema,
        ot_duration: Wire.int,
        workday_over_as_vacation: Wire.int,
        workday_over_as_money: Wire.int,
        restday_over_as_vacation: Wire.int,
        restday_over_as_money: Wire.int,
        holiday_over_as_vacation: Wire.int,
        holiday_over_as_money: Wire.int
      }),
      /** What is lacking, with the status `TooShort`. */
      exception_duration: Wire.list(Wire.int)
    })
  }),
  holiday_infos: Wire.list(CheckinApproval),
  exception_infos: Wire.list(CheckinAnomaly),
  sp_items: Wire.list(Absence)
}) {}

/** 月报: one member over the time that was asked for. All durations in seconds. */
export class MonthlyReport extends Schema.Class<MonthlyReport>("effect-wecom/MonthlyReport")({
  base_info: Schema.Struct({
    ...member,
    rule_info: Wire.optional(Schema.Struct(rule))
  }),
  ...Wire.optionals({
    summary_info: Schema.Struct({
      ...Wire.optionals({
        /** Days on which the member had to work. */
        work_days: Wire.int,
        regular_days: Wire.int,
        rest_days: Wire.int,
        except_days: Wire.int,
        regular_work_sec: Wire.int,
        standard_work_sec: Wire.int
      })
    }),
    overwork_info: Schema.Struct({
      ...Wire.optionals({
        workday_over_sec: Wire.int,
        restdays_over_sec: Wire.int,
        holidays_over_sec: Wire.int,
        workdays_over_as_vacation: Wire.int,
        workdays_over_as_money: Wire.int,
        restdays_over_as_vacation: Wire.int,
        restdays_over_as_money: Wire.int,
        holidays_over_as_vacation: Wire.int,
        holidays_over_as_money: Wire.int
      })
    })
  }),
  exception_infos: Wire.list(CheckinAnomaly),
  sp_items: Wire.list(Absence)
}) {}

const days = Schema.Struct({
  /** Midnight at the start of the first day. */
  starttime: Wire.time,
  /** Midnight at the start of the last day. */
  endtime: Wire.time,
  /** 1 to 100. */
  useridlist
  // No document says how long the time may be.
}).check(Wire.period("starttime", "endtime", Infinity))

/** 打卡报表: what the check-ins of a day or of a month come to. */
export class CheckinReports extends Domain.Service<CheckinReports>()("oa/checkin/CheckinReports", "OA·打卡", {
  /**
   * 获取打卡日报数据. One report for every day and member, for up to 100 members whom the app may see; 100 calls a minute.
   * @see https://developer.work.weixin.qq.com/document/path/93374
   */
  listDaily: Endpoint.query("/cgi-bin/checkin/getcheckin_daydata", 93374, () => ({
    body: days,
    success: Endpoint.pluck("datas", Wire.list(DailyReport))
  })),

  /**
   * 获取打卡月报数据. One report for every member over the whole time, for up to 100 members whom the app may see; 60 calls
   * a minute.
   * @see https://developer.work.weixin.qq.com/document/path/93387
   */
  listMonthly: Endpoint.query("/cgi-bin/checkin/getcheckin_monthdata", 93387, () => ({
    body: days,
    success: Endpoint.pluck("datas", Wire.list(MonthlyReport))
  }))
}) {}
