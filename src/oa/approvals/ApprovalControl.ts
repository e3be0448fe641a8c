/**
 * 审批控件: the fields of an approval form, with the values that an applicant fills in.
 *
 * Every control is a variant of its own: `{ control: "Number", id, value: { new_number: "7" } }`. The functions below
 * write them shorter: `ApprovalControl.number("Number-1", 7)`.
 */
import type * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 语言. */
export const Language = Wire.oneOf({ Chinese: ["zh_CN", "中文"], English: ["en", "英文"] })

/** A text in one language. */
export class LocalizedText extends Schema.Opaque<LocalizedText>()(
  Schema.Struct({ text: Schema.String, lang: Language.schema })
) {}

/** 控件类型: those that an application can fill in. */
export const ControlType = Wire.oneOf({
  Text: ["Text", "文本"],
  Textarea: ["Textarea", "多行文本"],
  Number: ["Number", "数字"],
  Money: ["Money", "金额"],
  Date: ["Date", "日期/日期+时间"],
  Selector: ["Selector", "单选/多选"],
  Contact: ["Contact", "成员/部门"],
  Tips: ["Tips", "说明文字"],
  File: ["File", "附件"],
  Table: ["Table", "明细"],
  DateRange: ["DateRange", "时长"],
  Vacation: ["Vacation", "请假组件"],
  Attendance: ["Attendance", "出差/外出/加班组件"],
  Location: ["Location", "位置"],
  RelatedApproval: ["RelatedApproval", "关联审批单"],
  Formula: ["Formula", "公式"],
  BankAccount: ["BankAccount", "收款账户"]
})

/** 时间展示类型 of a date. */
export const DateType = Wire.oneOf({ Day: ["day", "日期"], Hour: ["hour", "日期+时间"] })

/** 时间展示类型 of a span of time. */
export const DateRangeType = Wire.oneOf({ HalfDay: ["halfday", "上午/下午"], Hour: ["hour", "日期+时间"] })

/** 选择方式. */
export const SelectorType = Wire.oneOf({ Single: ["single", "单选"], Multi: ["multi", "多选"] })

/** 假勤组件类型. */
export const AttendanceType = Wire.oneOf({
  Vacation: [1, "请假"],
  PunchCorrection: [2, "补卡"],
  BusinessTrip: [3, "出差"],
  OutOfOffice: [4, "外出"],
  Overtime: [5, "加班"]
})

/** 账户类型. */
export const BankAccountType = Wire.oneOf({ Corporate: [1, "对公账户"], Personal: [2, "个人账户"] })

const texts = Schema.Array(LocalizedText)

/** 选项. */
const Option = Schema.Struct({
  /** As the template has it (`Approvals.getTemplate`). */
  key: Schema.String,
  value: Wire.optional(texts)
})

/** `{}`. Its type takes no key, where that of an empty struct would take any. */
export const Nothing = Schema.Struct({}) as unknown as Schema.Codec<
  { readonly [key: string]: never },
  {}
>

const DateRange = Schema.Struct({
  type: DateRangeType.schema,
  /** In half days: midnight for the morning, noon for the afternoon, in China's time. */
  new_begin: Wire.time,
  /** In half days: the same, of the last half day. */
  new_end: Wire.time,
  /** In seconds. */
  new_duration: Wire.int
})

/** 时长分片: how the duration is spread over days. */
const Slices = Schema.Struct({
  day_items: Schema.Array(Schema.Struct({
    /** Midnight at the start of the day, in China's time. */
    daytime: Wire.time,
    /** In seconds: of half days for `halfday` (tenths of days for overtime), of tenths of hours for `hour`. */
    duration: Wire.int
  }))
})

const Location = Schema.Struct({
  /** To six decimals. */
  latitude: Wire.quoted(Wire.number),
  /** To six decimals. */
  longitude: Wire.quoted(Wire.number),
  title: Schema.String,
  address: Wire.optional(Schema.String),
  /** When the place was chosen. */
  time: Wire.time
})

/** 收款账户. */
export const BankAccount = Schema.Struct({
  account_type: BankAccountType.schema,
  account_name: Schema.String,
  account_number: Schema.String,
  remark: Wire.optional(Schema.String),
  bank: Schema.Struct({
    ...Wire.optionals({
      bank_alias: Schema.String,
      bank_alias_code: Schema.String,
      province: Schema.String,
      province_code: Wire.int,
      city: Schema.String,
      city_code: Wire.int,
      bank_branch_name: Schema.String,
      bank_branch_id: Schema.String
    })
  })
})
/** 收款账户. */
export type BankAccount = typeof BankAccount.Type

const control = <const Control extends string, Value extends Schema.Constraint>(control: Control, value: Value) =>
  Schema.Struct({
    control: Schema.Literal(control),
    /** The control's id in the template. */
    id: Schema.String,
    title: Wire.optional(texts),
    value
  })

/** 文本. One line. */
export const TextControl = control(
  "Text",
  Schema.Struct({
    text: Schema.String.check(
      Schema.isPattern(/^[^\r\n]*$/, { message: "a Text has no line breaks: a Textarea may have them" })
    )
  })
)
/** 多行文本. */
export const TextareaControl = control("Textarea", Schema.Struct({ text: Schema.String }))
/** 数字. Digits as text, so that no decimal is lost. */
export const NumberControl = control("Number", Schema.Struct({ new_number: Wire.id }))
/** 金额. Digits as text, in the currency's main unit. */
export const MoneyControl = control("Money", Schema.Struct({ new_money: Wire.id }))
/** 日期/日期+时间. */
export const DateControl = control(
  "Date",
  Schema.Struct({ date: Schema.Struct({ type: DateType.schema, s_timestamp: Wire.quoted(Wire.time) }) })
)
/** 单选/多选. */
export const SelectorControl = control(
  "Selector",
  Schema.Struct({ selector: Schema.Struct({ type: SelectorType.schema, options: Schema.Array(Option) }) })
)
/** 成员/部门: members or departments, as the template says. */
export const ContactControl = control(
  "Contact",
  Schema.Union([
    Schema.Struct({
      members: Schema.Array(Schema.Struct({ userid: Schema.String, name: Wire.optional(Schema.String) }))
    }),
    Schema.Struct({
      departments: Schema.Array(Schema.Struct({ openapi_id: Wire.id, name: Wire.optional(Schema.String) }))
    })
  ])
)
/** 说明文字. Is shown to the applicant and has no value. */
export const TipsControl = control("Tips", Wire.optional(Nothing))
/** 附件: media ids of `Media.upload`. At most 6 in one application. */
export const FileControl = control(
  "File",
  Schema.Struct({
    files: Schema.Array(Schema.Struct({
      file_id: Schema.String,
      ...Wire.optionals({
        file_name: Schema.String,
        /** In bytes. */
        file_size: Wire.int,
        file_type: Schema.String,
        file_url: Schema.String
      })
    }))
  })
)
/** 时长. */
export const DateRangeControl = control("DateRange", Schema.Struct({ date_range: DateRange }))
/** 请假组件: the type of leave (an id of `Vacations.listTypes`) and its time. */
export const VacationControl = control(
  "Vacation",
  Schema.Struct({
    vacation: Schema.Struct({
      selector: Schema.Struct({
        type: Schema.Literal("single"),
        options: Schema.Array(Option),
        exp_type: Wire.optional(Wire.int)
      }),
      attendance: Schema.Struct({
        type: Schema.Literal(1),
        date_range: DateRange,
        slice_info: Wire.optional(Slices)
      })
    })
  })
)
/** 出差/外出/加班组件. */
export const AttendanceControl = control(
  "Attendance",
  Schema.Struct({
    attendance: Schema.Struct({
      type: Schema.Literals([3, 4, 5]),
      date_range: DateRange,
      slice_info: Wire.optional(Slices)
    })
  })
)
/** 位置. */
export const LocationControl = control("Location", Schema.Struct({ location: Location }))
/** 关联审批单. */
export const RelatedApprovalControl = control(
  "RelatedApproval",
  Schema.Struct({ related_approval: Schema.Array(Schema.Struct({ sp_no: Schema.String })) })
)
/** 公式. WeCom computes the value itself. */
export const FormulaControl = control(
  "Formula",
  Wire.optional(Schema.Struct({ formula: Schema.Struct({ value: Schema.String }) }))
)
/** 收款账户. */
export const BankAccountControl = control("BankAccount", Schema.Struct({ bank_account: BankAccount }))

const cells = [
  TextControl,
  TextareaControl,
  NumberControl,
  MoneyControl,
  DateControl,
  SelectorControl,
  ContactControl,
  TipsControl,
  FileControl,
  DateRangeControl,
  LocationControl,
  RelatedApprovalControl,
  FormulaControl,
  BankAccountControl
] as const

/** A control that can stand in a row of a table: all but leave, attendance and the table itself. */
export const CellControl = Schema.Union(cells)
/** A control that can stand in a row of a table: all but leave, attendance and the table itself. */
export type CellControl = typeof CellControl.Type

/** 明细: at least one row, with every control that the template has in it. */
export const TableControl = control(
  "Table",
  Schema.Struct({
    children: Schema.Array(Schema.Struct({ list: Schema.Array(CellControl) })).check(
      Schema.isMinLength(1, { message: "at least one row is needed" })
    )
  })
)

/** The schema of {@link ApprovalControl}: named, so that declarations name it too. */
export interface AnyApprovalControl extends
  Schema.Union<
    readonly [...typeof cells, typeof VacationControl, typeof AttendanceControl, typeof TableControl]
  >
{}

/** A control with the value that the applicant gives it. */
export const ApprovalControl: AnyApprovalControl = Schema.Union([
  ...cells,
  VacationControl,
  AttendanceControl,
  TableControl
])
/** A control with the value that the applicant gives it. */
export type ApprovalControl = typeof ApprovalControl.Type

/** A text in Chinese and, where given, in English. */
export const localized = (chinese: string, english?: string): ReadonlyArray<LocalizedText> =>
  english === undefined
    ? [{ text: chinese, lang: "zh_CN" }]
    : [{ text: chinese, lang: "zh_CN" }, { text: english, lang: "en" }]

/** 文本. */
export const text = (id: string, text: string): typeof TextControl.Type => ({ control: "Text", id, value: { text } })

/** 多行文本. */
export const textarea = (id: string, text: string): typeof TextareaControl.Type => ({
  control: "Textarea",
  id,
  value: { text }
})

/** 数字. */
export const number = (id: string, value: number | string): typeof NumberControl.Type => ({
  control: "Number",
  id,
  value: { new_number: `${value}` }
})

/** 金额, in the currency's main unit. */
export const money = (id: string, value: number | string): typeof MoneyControl.Type => ({
  control: "Money",
  id,
  value: { new_money: `${value}` }
})

/** 日期, or 日期+时间 with the type `hour`: as the template says. */
export const date = (id: string, at: DateTime.Utc, type: "day" | "hour" = "day"): typeof DateControl.Type => ({
  control: "Date",
  id,
  value: { date: { type, s_timestamp: at } }
})

/** 单选 with one key, 多选 with a list of them. */
export const selector = (id: string, keys: string | ReadonlyArray<string>): typeof SelectorControl.Type => ({
  control: "Selector",
  id,
  value: {
    selector: typeof keys === "string"
      ? { type: "single", options: [{ key: keys }] }
      : { type: "multi", options: keys.map((key) => ({ key })) }
  }
})

/** 成员, by userid. */
export const members = (id: string, userids: ReadonlyArray<string>): typeof ContactControl.Type => ({
  control: "Contact",
  id,
  value: { members: userids.map((userid) => ({ userid })) }
})

/** 部门, by id. */
export const departments = (id: string, ids: ReadonlyArray<number | string>): typeof ContactControl.Type => ({
  control: "Contact",
  id,
  value: { departments: ids.map((department) => ({ openapi_id: `${department}` })) }
})

/** 说明文字. */
export const tips = (id: string): typeof TipsControl.Type => ({ control: "Tips", id })

/** 附件, by media id. */
export const files = (id: string, mediaIds: ReadonlyArray<string>): typeof FileControl.Type => ({
  control: "File",
  id,
  value: { files: mediaIds.map((file_id) => ({ file_id })) }
})

/** 明细, row by row. */
export const table = (
  id: string,
  rows: ReadonlyArray<ReadonlyArray<CellControl>>
): typeof TableControl.Type => ({ control: "Table", id, value: { children: rows.map((list) => ({ list })) } })

/** A span of time: in half days, or to the minute. */
export interface Span {
  readonly type: "halfday" | "hour"
  /** In half days: midnight for the morning, noon for the afternoon, in China's time. */
  readonly begin: DateTime.Utc
  /** In half days: the same, of the last half day. Overtime lasts at most seven days. */
  readonly end: DateTime.Utc
  /** In seconds; breaks and days off are not in it. */
  readonly duration: number
}

const rangeOf = ({ begin, duration, end, type }: Span): typeof DateRange.Type => ({
  type,
  new_begin: begin,
  new_end: end,
  new_duration: duration
})

/** 时长. */
export const dateRange = (id: string, span: Span): typeof DateRangeControl.Type => ({
  control: "DateRange",
  id,
  value: { date_range: rangeOf(span) }
})

/** 请假: the id of a type of leave (`Vacations.listTypes`), and when. */
export const vacation = (id: string, typeId: number | string, span: Span): typeof VacationControl.Type => ({
  control: "Vacation",
  id,
  value: {
    vacation: {
      selector: { type: "single", options: [{ key: `${typeId}` }] },
      attendance: { type: 1, date_range: rangeOf(span) }
    }
  }
})

/** 出差 (3), 外出 (4) or 加班 (5): see {@link AttendanceType}. */
export const attendance = (id: string, type: 3 | 4 | 5, span: Span): typeof AttendanceControl.Type => ({
  control: "Attendance",
  id,
  value: { attendance: { type, date_range: rangeOf(span) } }
})

/** 位置. */
export const location = (id: string, location: typeof Location.Type): typeof LocationControl.Type => ({
  control: "Location",
  id,
  value: { location }
})

/** 关联审批单, by number. */
export const relatedApprovals = (
  id: string,
  numbers: ReadonlyArray<string>
): typeof RelatedApprovalControl.Type => ({
  control: "RelatedApproval",
  id,
  value: { related_approval: numbers.map((sp_no) => ({ sp_no })) }
})

/** 公式. */
export const formula = (id: string): typeof FormulaControl.Type => ({ control: "Formula", id })

/** 收款账户. */
export const bankAccount = (id: string, bank_account: BankAccount): typeof BankAccountControl.Type => ({
  control: "BankAccount",
  id,
  value: { bank_account }
})
