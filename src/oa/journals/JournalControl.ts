/**
 * 汇报控件: the fields of a report as they were filled in: those of approvals, and a few more.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { common, filled, tableOf, TimezoneInfo } from "../filled.ts"

/** 时间展示类型 of a date. */
export const JournalDateType = Wire.oneOf({
  Day: ["day", "日期"],
  Hour: ["hour", "日期+时间"],
  Month: ["month", "月份"],
  Minute: ["minute", "时分"]
})

/** 日期/日期+时间. */
const DateControl = filled("Date", {
  date: Wire.optional(Schema.Union([
    Schema.Struct({
      type: Schema.Literal("minute"),
      /** In seconds after midnight. */
      s_timestamp: Wire.optional(Wire.quoted(Wire.int))
    }),
    Schema.Struct({
      ...Wire.optionals({
        type: JournalDateType.schema,
        s_timestamp: Wire.quoted(Wire.timeOrNone),
        timezone_info: TimezoneInfo
      })
    })
  ]))
})

const named = Wire.list(Schema.Struct({ name: Schema.String }))

const cells = [
  ...common,
  DateControl,
  /** 学生/班级. */
  filled("SchoolContact", { students: named, classes: named }),
  /** 文档. Not added any more since WeCom 4.0.20. */
  filled("Doc", {
    docs: Wire.list(Schema.Struct({ docid: Schema.String, doc_url: Wire.optional(Schema.String) }))
  }),
  /** 微盘附件: ids for `Journals.getDriveFile`. */
  filled("WedriveFile", { wedrive_files: Wire.list(Schema.Struct({ fileid: Schema.String })) })
] as const

/** A control as it was filled in; one of a kind that this version does not know is kept whole. */
export const JournalControl = Wire.variants("control", [
  ...cells,
  tableOf(Wire.variants("control", cells))
])
/** A control as it was filled in. */
export type JournalControl = typeof JournalControl.Type
