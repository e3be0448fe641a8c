/**
 * 安全管理事件: WeCom's addresses, and who asks for the accounts of paid features (高级功能).
 *
 * @see https://developer.work.weixin.qq.com/document/path/100080
 */
import * as Schema from "effect/Schema"
import { AdvancedBusinessType } from "../../oa/advanced-features/AdvancedBusinessType.ts"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

/** 申请终止类型. */
export const VipFinishType = Wire.oneOf({
  Rejected: [1, "管理员驳回"],
  Assigned: [2, "高级账号分配"],
  Deleted: [3, "成员删除申请"]
})

/**
 * 企业微信域名IP变更事件: WeCom's domains or addresses have changed.
 * @see https://developer.work.weixin.qq.com/document/path/100080
 */
export class DomainIpChanged extends Event<DomainIpChanged>()("event/security/change_domain_ip", () => ({})) {}

/**
 * 成员提交高级功能申请: a member asks for an account.
 * @see https://developer.work.weixin.qq.com/document/path/99876
 */
export class VipAccountRequested extends Event<VipAccountRequested>()("event/submit_vip_account_approval", () => ({
  ApplyId: Schema.String,
  BusinessType: AdvancedBusinessType.schema,
  ApplyReason: Wire.optional(Schema.String)
})) {}

/**
 * 高级功能申请终止: what a member asked for was granted, rejected or withdrawn.
 * @see https://developer.work.weixin.qq.com/document/path/99877
 */
export class VipAccountRequestFinished
  extends Event<VipAccountRequestFinished>()("event/finish_vip_account_approval", () => ({
    ApplyId: Schema.String,
    FinishType: VipFinishType.schema
  }))
{}
