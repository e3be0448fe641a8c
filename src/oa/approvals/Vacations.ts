/**
 * 假期管理: the types of leave of a corp, and what each member has left.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 假期时间刻度. */
export const VacationUnit = Wire.oneOf({ Day: [0, "按天请假"], Hour: [1, "按小时请假"] })

/** 时长计算类型. */
export const VacationDurationType = Wire.oneOf({ CalendarDays: [0, "自然日"], WorkingDays: [1, "工作日"] })

/** 假期发放类型. */
export const QuotaType = Wire.oneOf({
  Unlimited: [0, "不限额"],
  Yearly: [1, "自动按年发放"],
  Manual: [2, "手动发放"],
  Monthly: [3, "自动按月发放"]
})

/** 额度计算类型. */
export const QuotaRuleType = Wire.oneOf({
  Fixed: [0, "固定额度"],
  WorkingAge: [1, "按工龄计算"],
  CompanyAge: [2, "按司龄计算"]
})

/** 过期规则类型. */
export const ExpireType = Wire.oneOf({
  FixedDate: [1, "按固定时间过期"],
  Years: [2, "从发放日按年过期"],
  Months: [3, "从发放日按月过期"],
  Never: [4, "不过期"]
})

const monthDay = Schema.Struct({ month: Wire.int, day: Wire.int })

/** 假期类型. */
export class VacationType extends Schema.Class<VacationType>("effect-wecom/VacationType")({
  id: Wire.int,
  name: Schema.String,
  ...Wire.optionals({
    time_attr: VacationUnit.schema,
    duration_type: VacationDurationType.schema,
    quota_attr: Schema.Struct({
      type: QuotaType.schema,
      ...Wire.optionals({
        /** When the next quota is given. */
        autoreset_time: Wire.timeOrNone,
        /** How much is given, in seconds. */
        autoreset_duration: Wire.int,
        quota_rule_type: QuotaRuleType.schema,
        quota_rules: Schema.Struct({
          list: Wire.list(Schema.Struct({
            /** In seconds. */
            quota: Wire.int,
            /** From this year of service on. */
            begin: Wire.int,
            /** To this year of service; 0 for no end. */
            end: Wire.int
          })),
          /** Whether it is given in proportion to the time worked. */
          based_on_actual_work_time: Wire.optional(Schema.Boolean)
        }),
        /** Whether it is given on the day of entry. */
        at_entry_date: Schema.Boolean,
        /** The day of the month on which it is given. */
        auto_reset_month_day: Wire.int
      })
    }),
    /** How long a day counts, in seconds. */
    perday_duration: Wire.int,
    /** Whether overtime adds to it. */
    is_newovertime: Wire.flag,
    /** After how many months in the company it may be taken. */
    enter_comp_time_limit: Wire.int,
    expire_rule: Schema.Struct({
      type: ExpireType.schema,
      ...Wire.optionals({
        /** In years or months, as `type` says. */
        duration: Wire.int,
        date: monthDay,
        extern_duration_enable: Schema.Boolean,
        extern_duration: monthDay
      })
    })
  })
}) {}

/** 假期余额 of a member for one type of leave; all durations in seconds. */
export class VacationQuota extends Schema.Class<VacationQuota>("effect-wecom/VacationQuota")({
  /** The type of leave. */
  id: Wire.int,
  ...Wire.optionals({
    vacationname: Schema.String,
    /** Given, as it is shown. */
    assignduration: Wire.int,
    usedduration: Wire.int,
    leftduration: Wire.int,
    /** Given, with what the unit of time rounds away. */
    real_assignduration: Wire.int
  })
}) {}

const steps: { readonly [unit: number]: number } = { [VacationUnit.Day]: 8640, [VacationUnit.Hour]: 360 }

/** 假期管理: the types of leave of a corp, and what each member has left. */
export class Vacations extends Domain.Service<Vacations>()("oa/approvals/Vacations", "OA·假期", {
  /**
   * 获取企业假期管理配置. The types of leave of the corp. 301062: the app has no permission for it.
   * @see https://developer.work.weixin.qq.com/document/path/93375
   */
  listTypes: Endpoint.get("/cgi-bin/oa/vacation/getcorpconf", 93375, () => ({
    success: Endpoint.pluck("lists", Wire.list(VacationType))
  })),

  /**
   * 获取成员假期余额. What a member has left of every type of leave.
   * @see https://developer.work.weixin.qq.com/document/path/93376
   */
  listQuotas: Endpoint.query("/cgi-bin/oa/vacation/getuservacationquota", 93376, () => ({
    body: { userid: Wire.filledText },
    success: Endpoint.pluck("lists", Wire.list(VacationQuota))
  })),

  /**
   * 修改成员假期余额. Sets what a member has left of one type of leave.
   * @see https://developer.work.weixin.qq.com/document/path/93377
   */
  setQuota: Endpoint.post("/cgi-bin/oa/vacation/setoneuserquota", { doc: 93377, idempotent: true }, () => ({
    body: Schema.Struct({
      userid: Wire.filledText,
      /** The type of leave. */
      vacation_id: Wire.int,
      /** In seconds: at most 1,000 days, in tenths of a day (8,640) or of an hour (360) as `time_attr` says. */
      leftduration: Wire.intBetween(0, 86_400_000),
      /** The unit of the type of leave: it must be the one that it has. */
      time_attr: VacationUnit.schema,
      /** For the record of changes; at most 200 characters. */
      remarks: Wire.optional(Wire.chars(200))
    }).check(Schema.makeFilter(({ leftduration, time_attr }) => {
      const step = steps[time_attr]
      return step === undefined || leftduration % step === 0 ||
        { path: ["leftduration"], issue: `expected a multiple of ${step} seconds` }
    }))
  }))
}) {}
