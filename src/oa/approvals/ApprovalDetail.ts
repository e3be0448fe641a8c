/**
 * 审批申请详情: an application as it was filled in, and how far its approval is.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../../Wire.ts"
import { common, filled, SliceSource, tableOf, TimezoneInfo, Tips } from "../filled.ts"
import { DateType } from "./ApprovalControl.ts"
import { ApprovalRelation, ApprovalStatus, ApproverMode, NodeType, StepStatus } from "./ApprovalStatus.ts"

export { SliceSource, Tips }

const cells = [
  ...common,
  filled("Date", {
    date: Wire.optional(Schema.Struct({
      ...Wire.optionals({
        type: DateType.schema,
        s_timestamp: Wire.quoted(Wire.timeOrNone),
        timezone_info: TimezoneInfo
      })
    }))
  })
] as const

/** A control as it was filled in; one of a kind that this version does not know is kept whole. */
export const FilledControl = Wire.variants("control", [...cells, tableOf(Wire.variants("control", cells))])
/** A control as it was filled in. */
export type FilledControl = typeof FilledControl.Type

const User = Schema.Struct({ userid: Schema.String })

/** When somebody decided: an empty text, or 0, while they have not. */
const sptime = Schema.Union([Schema.Number, Schema.String]).pipe(
  Schema.decodeTo(
    Wire.timeOrNone,
    SchemaTransformation.transform<number | string, number | string>({
      decode: (wire) => wire,
      encode: (wire) => wire
    })
  ),
  Schema.withDecodingDefaultKey(Effect.succeed(""))
)

/** 审批节点: a step, and what each of those who decide in it has said. */
export const SpRecord = Schema.Struct({
  ...Wire.optionals({
    sp_status: StepStatus.schema,
    approverattr: ApproverMode.schema
  }),
  details: Wire.list(Schema.Struct({
    ...Wire.optionals({
      approver: User,
      speech: Schema.String,
      sp_status: StepStatus.schema
    }),
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
    ...Wire.optionals({
      commentUserInfo: User,
      commenttime: Wire.time,
      commentcontent: Schema.String,
      /** A 64-bit number. */
      commentid: Wire.id
    }),
    media_id: Wire.list(Schema.String)
  })),
  process_list: Wire.optional(Schema.Struct({ node_list: Wire.list(ProcessNode) }))
}) {
  /** Whether nothing more will be decided: it is approved, rejected, revoked, deleted or paid. */
  get isSettled(): boolean {
    return this.sp_status !== ApprovalStatus.Pending
  }
}
