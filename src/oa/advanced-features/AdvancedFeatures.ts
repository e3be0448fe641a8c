/**
 * 高级功能: members who apply for the advanced functions of mail, documents, drive or meetings, and how they are decided.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { AdvancedBusinessType } from "./AdvancedBusinessType.ts"

/** 申请单范围: which applications are listed. */
export const AdvancedRequestType = Wire.oneOf({ All: [0, "所有"], Api: [1, "仅api单"], Others: [2, "非api"] })

/** 审批单状态. */
export const AdvancedApprovalStatus = Wire.oneOf({
  Historical: [0, "历史的申请记录，无流程信息"],
  Pending: [1, "审批人审批中"],
  Rejected: [2, "审批人驳回"],
  Approved: [3, "审批人已同意"],
  RejectedByAdmin: [4, "管理员驳回"],
  Assigned: [5, "管理员已分配"]
})

/** 审批方式. */
export const AdvancedApprovalType = Wire.oneOf({
  Default: [0, "默认申请"],
  Custom: [1, "自定义审批"],
  Api: [2, "企业openapi"]
})

/** 审批单的结果, as it is set. */
export const AdvancedDecision = Wire.oneOf({
  Pending: [1, "审批中"],
  Rejected: [2, "已驳回"],
  Approved: [3, "已同意"],
  Revoked: [101, "已撤销"]
})

/** 审批节点状态. */
export const AdvancedNodeStatus = Wire.oneOf({
  Pending: [1, "审批中"],
  Rejected: [2, "已驳回"],
  Approved: [3, "已同意"],
  Revoked: [101, "已撤销"],
  NotReached: [102, "未到流程"]
})

/** 多人审批方式. */
export const AdvancedNodeRelation = Wire.oneOf({ All: [1, "会签"], Any: [2, "或签"], InTurn: [3, "依次审批"] })

/** 申请单. */
export class AdvancedApplication extends Schema.Class<AdvancedApplication>("effect-wecom/AdvancedApplication")({
  apply_id: Schema.String,
  ...Wire.optionals({
    /** Userid. */
    applicant: Schema.String,
    create_time: Wire.time,
    business_type: AdvancedBusinessType.schema,
    /** The approval's id in the app. */
    approval_id: Schema.String,
    /** Where the app shows it. */
    approval_url: Schema.String,
    approval_status: AdvancedApprovalStatus.schema,
    approval_type: AdvancedApprovalType.schema,
    request_reason: Schema.String
  })
}) {}

/** One page of applications. */
export class AdvancedApplicationPage
  extends Schema.Class<AdvancedApplicationPage>("effect-wecom/AdvancedApplicationPage")({
    apply_id_list: Wire.list(Schema.String),
    ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
  })
{}

/** 审批节点. */
export class AdvancedNode extends Schema.Opaque<AdvancedNode>()(
  Schema.Struct({
    ...Wire.optionals({
      node_apv_status: AdvancedNodeStatus.schema,
      /** `node_apv_status`, as an example of the document spells it. */
      node_status: AdvancedNodeStatus.schema
    }),
    node_apv_rel: AdvancedNodeRelation.schema,
    ...Wire.optionals({
      /** Those who are to decide, by userid: at most 100. */
      current_approvers: Wire.items(Wire.filledText, 100),
      /** Those who have decided, by userid: at most 100. */
      completed_approvers: Wire.items(Wire.filledText, 100),
      apv_update_time: Wire.time
    })
  }).check(
    Wire.anyOf("current_approvers", "completed_approvers"),
    Wire.anyOf("node_apv_status", "node_status")
  )
) {}

/** 审批信息 of an application. */
export class AdvancedApprovalDetail extends Schema.Opaque<AdvancedApprovalDetail>()(Schema.Struct({
  apply_id: Wire.filledText,
  /** The approval's id in the app: always the same for an application. */
  approval_id: Wire.filledText,
  approval_status: AdvancedDecision.schema,
  /** Where the app shows it: begins with `http://` or `https://`. */
  approval_url: Wire.filledText,
  /** All nodes, also those that have not changed. */
  process_list: Schema.Struct({ node_list: Wire.items(AdvancedNode, Infinity, 1) })
})) {}

/** 高级功能: applications for advanced functions. For the corp's own apps that decide them. */
export class AdvancedFeatures
  extends Domain.Service<AdvancedFeatures>()("oa/advanced-features/AdvancedFeatures", "OA·高级功能", {
    /**
     * 设置审批单审批信息. The state of an application. It has to be set within 24 hours of the callback about the
     * application; otherwise WeCom decides it as without the app.
     * @see https://developer.work.weixin.qq.com/document/path/99880
     */
    setApproval: Endpoint.post(
      "/cgi-bin/advanced_feature/set_approval_detail",
      { doc: 99880, idempotent: true },
      () => ({
        body: AdvancedApprovalDetail
      })
    ),
    /**
     * 批量获取申请单ID. One page of the ids of applications.
     * @see https://developer.work.weixin.qq.com/document/path/99883
     */
    listIds: Endpoint.query("/cgi-bin/advanced_feature/get_apply_id_list", 99883, () => ({
      body: {
        business_type: AdvancedBusinessType.schema,
        ...Wire.optionals({
          /** Who applied. */
          userid: Schema.String,
          /** Default: `All`. */
          req_type: AdvancedRequestType.schema,
          cursor: Schema.String,
          /** Default: 100. A page may hold fewer and not be the last. */
          limit: Wire.intBetween(1, 200)
        })
      },
      success: AdvancedApplicationPage
    })),
    /**
     * 获取申请单详细信息.
     * @see https://developer.work.weixin.qq.com/document/path/99885
     */
    get: Endpoint.query("/cgi-bin/advanced_feature/get_approval_info", 99885, () => ({
      body: { apply_id: Wire.filledText },
      success: Endpoint.pluck("approval_info", AdvancedApplication)
    }))
  }, (endpoints) => ({
    /**
     * 批量获取申请单ID. All ids of `listIds`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/99883
     */
    listAllIds: Paging.byCursor(endpoints.listIds, "apply_id_list")
  }))
{}
