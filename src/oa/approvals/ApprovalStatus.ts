/**
 * 审批状态: how far an application is, in results and events.
 */
import * as Wire from "../../Wire.ts"

/** 申请单状态. */
export const ApprovalStatus = Wire.oneOf({
  Pending: [1, "审批中"],
  Approved: [2, "已通过"],
  Rejected: [3, "已驳回"],
  Revoked: [4, "已撤销"],
  RevokedAfterApproval: [6, "通过后撤销"],
  Deleted: [7, "已删除"],
  Paid: [10, "已支付"]
})

/** 审批节点状态, of a step and of each who decides in it. */
export const StepStatus = Wire.oneOf({
  Pending: [1, "审批中"],
  Approved: [2, "已同意"],
  Rejected: [3, "已驳回"],
  Forwarded: [4, "已转审"],
  Returned: [11, "已退回"],
  ApproverAdded: [12, "已加签"],
  ApprovedAndApproverAdded: [13, "已同意并加签"],
  Handled: [14, "已办理"],
  HandedOver: [15, "已转交"]
})

/** 节点审批方式 of `sp_record` and `approver`. Mind that {@link ApprovalRelation} counts the other way round. */
export const ApproverMode = Wire.oneOf({ Any: [1, "或签"], All: [2, "会签"] })

/** 多人审批方式 of `process_list` and `process`. Mind that {@link ApproverMode} counts the other way round. */
export const ApprovalRelation = Wire.oneOf({ All: [1, "会签"], Any: [2, "或签"], InTurn: [3, "依次审批"] })

/** 流程节点类型. */
export const NodeType = Wire.oneOf({ Approver: [1, "审批人"], Notified: [2, "抄送人"], Handler: [3, "办理人"] })
