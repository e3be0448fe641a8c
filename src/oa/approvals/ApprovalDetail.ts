/**
 * 审批申请详情: an application as it was filled in, and how far its approval is.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../../Wire.ts"
import { AttendanceType, BankAccount, DateRangeType, DateType, LocalizedText, SelectorType } from "./ApprovalControl.ts"
import { ApprovalRelation, ApprovalStatus, ApproverMode, NodeType, StepStatus } from "./ApprovalStatus.ts"

/** 时长计算来源类型. */
export const SliceSource = Wire.oneOf({ Computed: [1, "系统自动计算"], Edited: [2, "用户修改"] })

const texts = Wire.list(LocalizedText)

const Option = Schema.Struct({ key: Schema.String, value: texts })

const Selector = Schema.Struct({
  type: Wire.optional(SelectorType.schema),
  options: Wire.list(Option),
  exp_type: Wire.optional(Wire.int)
})

/** 时区信息: there only where it is not UTC+8. */
const TimezoneInfo = Schema.Struct({ zone_offset: Wire.id, zone_desc: Schema.String })

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

const filled = <const Control extends string, Value extends Schema.Struct.Fields>(control: Control, value: Value) =>
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

const cells = [
  filled("Text", { text: Wire.optional(Schema.String) }),
  filled("Textarea", { text: Wire.optional(Schema.String) }),
  filled("Number", { new_number: Wire.optional(Wire.id) }),
  filled("Money", { new_money: Wire.optional(Wire.id) }),
  filled("Date", {
    date: Wire.optional(Schema.Struct({
      ...Wire.optionals({
        type: DateType.schema,
        s_timestamp: Wire.timeOrNone,
        timezone_info: TimezoneInfo
      })
    }))
  }),
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

const FilledCell = Wire.variants("control", cells)

/** A control as it was filled in; one of a kind that this version does not know is kept whole. */
export const FilledControl = Wire.variants("control", [
  ...cells,
  filled("Table", {
    children: Wire.list(Schema.Struct({ list: Wire.list(FilledCell) })),
    /** Sums below the columns, in a form that no document tells. */
    stat_field: Wire.optional(Schema.Array(Schema.Json))
  })
])
/** A control as it was filled in. */
export type FilledControl = typeof FilledControl.Type

const User = Schema.Struct({ userid: Schema.String })

/** When somebody decided: an empty text, or 0, while they have not. */
const sptime = Schema.Union([Schema.Number, Schema.String]).pipe(
  Schema.decodeTo(
    Wire.timeOrNone,
    SchemaTransformation.transform<number | string, number | string>({
      decode: (wire) => wire,
      encode: (wire) => wire === 0 ? "" : wire
    })
  ),
  Schema.withDecodingDefaultKey(Effect.succeed(""))
)

/** 审批节点: a step, and what each of those who decide in it has said. */
export const SpRecord = Schema.Struct({
  sp_status: StepStatus.schema,
  approverattr: Wire.optional(ApproverMode.schema),
  details: Wire.list(Schema.Struct({
    approver: User,
    speech: Wire.optional(Schema.String),
    sp_status: StepStatus.schema,
    /** When they decided; none while they have not. */
    sptime,
    media_id: Wire.list(Schema.String)
  }))
})

/** 流程节点: a step of the whole process, with those who are notified or handle it. */
export const ProcessNode = Schema.Struct({
  node_type: NodeType.schema,
  ...Wire.optionals({
    sp_status: StepStatus.schema,
    apv_rel: ApprovalRelation.schema
  }),
  sub_node_list: Wire.list(Schema.Struct({
    userid: Schema.String,
    ...Wire.optionals({
      speech: Schema.String,
      sp_yj: StepStatus.schema,
      /** When they decided; none while they have not. */
      sptime: Wire.timeOrNone
    }),
    media_ids: Wire.list(Schema.String),
    ...Wire.optionals({
      /** `speech`, as some answers spell it. */
      Speech: Schema.String,
      /** `sptime`, as some answers spell it. */
      Sptime: Wire.timeOrNone
    })
  }))
})

/** 审批申请详情. */
export class ApprovalDetail extends Schema.Class<ApprovalDetail>("effect-wecom/ApprovalDetail")({
  sp_no: Wire.id,
  /** The template's name. */
  sp_name: Wire.optional(Schema.String),
  sp_status: ApprovalStatus.schema,
  ...Wire.optionals({
    template_id: Schema.String,
    apply_time: Wire.time,
    applyer: Schema.Struct({ userid: Schema.String, partyid: Wire.optional(Wire.id) })
  }),
  /** Those who applied together, where several did. */
  batch_applyer: Wire.list(User),
  sp_record: Wire.list(SpRecord),
  notifyer: Wire.list(User),
  apply_data: Wire.optional(Schema.Struct({ contents: Wire.list(FilledControl) })),
  comments: Wire.list(Schema.Struct({
    commentUserInfo: User,
    commenttime: Wire.time,
    commentcontent: Wire.optional(Schema.String),
    /** A 64-bit number. */
    commentid: Wire.id,
    media_id: Wire.list(Schema.String)
  })),
  process_list: Wire.optional(Schema.Struct({ node_list: Wire.list(ProcessNode) }))
}) {
  /** Whether nothing more will be decided: it is approved, rejected, revoked, deleted or paid. */
  get isSettled(): boolean {
    return this.sp_status !== ApprovalStatus.Pending
  }
}
