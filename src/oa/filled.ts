/** 控件 as they were filled in: those that the forms of approvals and of reports have in common. */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"
import { AttendanceType, BankAccount, DateRangeType, Language, SelectorType } from "./approvals/ApprovalControl.ts"
import { ApprovalStatus } from "./approvals/ApprovalStatus.ts"

/** 时长计算来源类型. */
export const SliceSource = Wire.oneOf({ Computed: [1, "系统自动计算"], Edited: [2, "用户修改"] })

/** A text in one language, as answers have it; forms that are in one language alone do not say which. */
export class FilledText extends Schema.Opaque<FilledText>()(
  Schema.Struct({ text: Schema.String, lang: Wire.optional(Language.schema) })
) {}

/** A text in several languages. */
export const texts = Wire.list(FilledText)

const Option = Schema.Struct({ key: Schema.String, value: texts })

const Selector = Schema.Struct({
  type: Wire.optional(SelectorType.schema),
  options: Wire.list(Option),
  exp_type: Wire.optional(Wire.int)
})

/** 时区信息: there only where it is not UTC+8. */
export const TimezoneInfo = Schema.Struct({ zone_offset: Wire.id, zone_desc: Schema.String })

const DateRange = Schema.Struct({
  ...Wire.optionals({
    type: DateRangeType.schema,
    new_begin: Wire.timeOrNone,
    new_end: Wire.timeOrNone,
    /** In seconds. */
    new_duration: Wire.int,
    /** How long a day counts, in seconds. */
    perday_duration: Wire.int,
    timezone_info: TimezoneInfo
  })
})

const Attendance = Schema.Struct({
  ...Wire.optionals({
    type: AttendanceType.schema,
    date_range: DateRange,
    slice_info: Schema.Struct({
      day_items: Wire.list(Schema.Struct({
        /** Midnight at the start of the day. */
        daytime: Wire.time,
        /** In seconds. */
        duration: Wire.int
      })),
      ...Wire.optionals({
        /** In seconds. */
        duration: Wire.int,
        state: SliceSource.schema
      })
    })
  })
})

/** 说明文字: pieces of text and links, per language. */
export const Tips = Schema.Struct({
  tips_content: Wire.list(Schema.Struct({
    lang: Schema.String,
    text: Schema.Struct({
      sub_text: Wire.list(Schema.Struct({
        /** 1 plain text, 2 a link. */
        type: Wire.int,
        content: Schema.Struct({
          ...Wire.optionals({
            plain_text: Schema.Struct({ content: Schema.String }),
            link: Schema.Struct({ title: Schema.String, url: Schema.String })
          })
        })
      }))
    })
  }))
})

/** A control of a kind, with its value. */
export const filled = <const Control extends string, Value extends Schema.Struct.Fields>(
  control: Control,
  value: Value
) =>
  Schema.Struct({
    control: Schema.Literal(control),
    id: Schema.String,
    title: texts,
    /** What was filled in; nothing where the applicant left it empty. */
    value: Schema.Struct(value),
    ...Wire.optionals({
      require: Wire.flag,
      hidden: Wire.flag
    })
  })

/** The controls that can stand in a row of a table, but for those of which approvals and reports differ. */
export const common = [
  filled("Text", { text: Wire.optional(Schema.String) }),
  filled("Textarea", { text: Wire.optional(Schema.String) }),
  filled("Number", { new_number: Wire.optional(Wire.id) }),
  filled("Money", { new_money: Wire.optional(Wire.id) }),
  filled("Selector", { selector: Wire.optional(Selector) }),
  filled("Contact", {
    members: Wire.list(Schema.Struct({ userid: Schema.String, name: Wire.optional(Schema.String) })),
    departments: Wire.list(Schema.Struct({ openapi_id: Wire.id, name: Wire.optional(Schema.String) }))
  }),
  filled("Tips", { tips: Wire.list(Tips), new_tips: Wire.optional(Tips) }),
  filled("File", {
    /** Ids for `Media.get`. */
    files: Wire.list(Schema.Struct({ file_id: Schema.String }))
  }),
  filled("DateRange", { date_range: Wire.optional(DateRange) }),
  filled("Vacation", {
    vacation: Wire.optional(Schema.Struct({
      ...Wire.optionals({
        /** Its one option is the type of leave. */
        selector: Selector,
        attendance: Attendance
      })
    }))
  }),
  filled("Attendance", { attendance: Wire.optional(Attendance) }),
  filled("PunchCorrection", {
    punch_correction: Wire.optional(Schema.Struct({
      /** What was amiss, such as `上班-未打卡`. */
      state: Schema.String,
      ...Wire.optionals({
        time: Wire.timeOrNone,
        /** 1 for the newer kind, which has `daymonthyear`. */
        version: Wire.int,
        /** Midnight at the start of the day. */
        daymonthyear: Wire.timeOrNone
      })
    }))
  }),
  filled("Location", {
    location: Wire.optional(Schema.Struct({
      latitude: Wire.quoted(Wire.number),
      longitude: Wire.quoted(Wire.number),
      title: Schema.String,
      ...Wire.optionals({
        address: Schema.String,
        time: Wire.timeOrNone
      })
    }))
  }),
  filled("RelatedApproval", {
    related_approval: Wire.list(Schema.Struct({
      sp_no: Schema.String,
      template_names: texts,
      ...Wire.optionals({
        /** Who applied. */
        name: Schema.String,
        sp_status: ApprovalStatus.schema,
        create_time: Wire.time
      })
    }))
  }),
  filled("Formula", { formula: Wire.optional(Schema.Struct({ value: Schema.String })) }),
  filled("BankAccount", { bank_account: Wire.optional(BankAccount) })
] as const

/** 明细: the rows of a table, each with controls of its own. */
export const tableOf = <Cell extends Schema.Constraint>(cell: Cell) =>
  filled("Table", {
    children: Wire.list(Schema.Struct({ list: Wire.list(cell) })),
    ...Wire.optionals({
      /** Sums below the columns, in a form that no document describes. */
      stat_field: Schema.Array(Schema.Json),
      /** The same, of reports. */
      sum_field: Schema.Array(Schema.Json)
    })
  })
