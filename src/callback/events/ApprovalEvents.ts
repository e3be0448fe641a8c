/**
 * 审批事件: applications of the corp's approvals (审批), and of approval flows that an app embeds (审批流程引擎).
 *
 * @see https://developer.work.weixin.qq.com/document/path/91815
 */
import * as Schema from "effect/Schema"
import {
  ApprovalRelation,
  ApprovalStatus,
  ApproverMode,
  NodeType,
  StepStatus
} from "../../oa/approvals/ApprovalStatus.ts"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 审批申请状态变化类型: what was done to an application. */
export const ApprovalChange = Wire.oneOf({
  Submitted: [1, "提单"],
  Approved: [2, "同意"],
  Rejected: [3, "驳回"],
  Forwarded: [4, "转审"],
  Urged: [5, "催办"],
  Revoked: [6, "撤销"],
  RevokedAfterApproval: [8, "通过后撤销"],
  Commented: [10, "添加备注"],
  Returned: [11, "回退给指定审批人"],
  ApproverAdded: [12, "添加审批人"],
  ApprovedAndApproverAdded: [13, "加签并同意"],
  Handled: [14, "已办理"],
  HandedOver: [15, "已转交"]
})

const User = () => Schema.Struct({ UserId: Schema.String })

/** 审批节点: a step, and what each of those who decide in it has said. */
const SpRecord = () =>
  Schema.Struct({
    SpStatus: CallbackWire.optional(StepStatus.schema),
    ApproverAttr: CallbackWire.optional(ApproverMode.schema),
    Details: CallbackWire.repeated(Schema.Struct({
      Approver: CallbackWire.optional(User()),
      Speech: Wire.optional(Schema.String),
      SpStatus: CallbackWire.optional(StepStatus.schema),
      /** When they decided; none while they have not. */
      SpTime: Schema.optionalKey(Wire.timeOrNone),
      /** 附件. Ids for `Media.get`. */
      Attach: CallbackWire.repeated(Schema.String)
    }))
  })

/** 流程节点: a step of the whole process, with those who are notified or handle it. */
const ProcessNode = () =>
  Schema.Struct({
    NodeType: CallbackWire.optional(NodeType.schema),
    SpStatus: CallbackWire.optional(StepStatus.schema),
    ApvRel: CallbackWire.optional(ApprovalRelation.schema),
    SubNodeList: CallbackWire.repeated(Schema.Struct({
      UserInfo: CallbackWire.optional(User()),
      Speech: Wire.optional(Schema.String),
      SpYj: CallbackWire.optional(StepStatus.schema),
      /** When they decided; none while they have not. */
      Sptime: Schema.optionalKey(Wire.timeOrNone),
      /** 附件. Ids for `Media.get`. */
      MediaIds: CallbackWire.repeated(Schema.String)
    }))
  })

/** 备注. */
const Comment = () =>
  Schema.Struct({
    CommentUserInfo: CallbackWire.optional(User()),
    CommentTime: CallbackWire.optional(Wire.time),
    CommentContent: Wire.optional(Schema.String),
    /** A 64-bit number. */
    CommentId: Wire.id,
    /** 附件. Ids for `Media.get`. */
    Attach: CallbackWire.repeated(Schema.String)
  })

/**
 * 审批申请状态变化回调通知: an application was submitted, decided, urged, commented on or revoked. For templates whose callback
 * is switched on in the admin console; `Approvals.get` tells what was filled in.
 * @see https://developer.work.weixin.qq.com/document/path/91815
 */
export class ApprovalChanged extends Event<ApprovalChanged>()("event/sys_approval_change", () => ({
  ApprovalInfo: Schema.Struct({
    ...Wire.optionals({
      /** 审批编号. */
      SpNoStr: Schema.String,
      /** 审批编号, which 局校审批单 do not have: `SpNoStr` replaces it. */
      SpNo: Wire.id,
      /** The template's name. */
      SpName: Schema.String
    }),
    SpStatus: ApprovalStatus.schema,
    TemplateId: Wire.optional(Schema.String),
    ApplyTime: CallbackWire.optional(Wire.time),
    /** 申请人. */
    Applyer: CallbackWire.optional(Schema.Struct({
      UserId: Schema.String,
      /** The department. */
      Party: CallbackWire.optional(Wire.int)
    })),
    SpRecord: CallbackWire.repeated(SpRecord()),
    /** 抄送人. */
    Notifyer: CallbackWire.repeated(User()),
    ProcessList: CallbackWire.wrapped("NodeList", ProcessNode()),
    Comments: CallbackWire.repeated(Comment()),
    /** What was done to the application. */
    StatuChangeEvent: ApprovalChange.schema
  })
})) {}

/** 审批节点类型, of an embedded flow. */
export const OpenNodeType = Wire.oneOf({
  Member: [1, "固定成员"],
  Tag: [2, "标签"],
  Leader: [3, "上级"]
})

const person = () => ({
  ItemName: Wire.optional(Schema.String),
  ItemUserId: Schema.String,
  ...Wire.optionals({
    /** The department's name. */
    ItemParty: Schema.String,
    /** A picture's URL. */
    ItemImage: Schema.String
  })
})

/** 审批节点: a step of an embedded flow; of a tag or a leader it may have several branches. */
const ApprovalNode = () =>
  Schema.Struct({
    NodeStatus: CallbackWire.optional(StepStatus.schema),
    NodeAttr: CallbackWire.optional(ApproverMode.schema),
    NodeType: CallbackWire.optional(OpenNodeType.schema),
    Items: CallbackWire.wrapped(
      "Item",
      Schema.Struct({
        ...person(),
        ItemStatus: CallbackWire.optional(StepStatus.schema),
        ItemSpeech: Wire.optional(Schema.String),
        /** When they decided; none while they have not. */
        ItemOpTime: Schema.optionalKey(Wire.timeOrNone)
      })
    )
  })

/**
 * 审批状态通知事件: in a flow that the app embeds, somebody decided, or the application's status has changed.
 * @see https://developer.work.weixin.qq.com/document/path/90269
 */
export class OpenApprovalChanged extends Event<OpenApprovalChanged>()("event/open_approval_change", () => ({
  ApprovalInfo: Schema.Struct({
    /** 审批单编号, as the app chose it. */
    ThirdNo: Schema.String,
    ...Wire.optionals({
      /** The template's name. */
      OpenSpName: Schema.String,
      OpenTemplateId: Schema.String
    }),
    OpenSpStatus: ApprovalStatus.schema,
    ApplyTime: CallbackWire.optional(Wire.time),
    ...Wire.optionals({
      ApplyUserName: Schema.String,
      ApplyUserId: Schema.String,
      /** The department's name. */
      ApplyUserParty: Schema.String,
      /** A picture's URL. */
      ApplyUserImage: Schema.String
    }),
    ApprovalNodes: CallbackWire.wrapped("ApprovalNode", ApprovalNode()),
    /** 抄送人. */
    NotifyNodes: CallbackWire.wrapped("NotifyNode", Schema.Struct(person())),
    /** 当前审批节点. The index of the step that it is at. */
    ApproverStep: CallbackWire.optional(Wire.int)
  })
}), { spellings: { ItemUserid: "ItemUserId", approverstep: "ApproverStep" } }) {}
