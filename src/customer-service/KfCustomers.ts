/**
 * 客户 of 微信客服: who they are, and whom they are referred to (升级服务).
 */
import * as Schema from "effect/Schema"
import { UserGender } from "../contacts/UserGender.ts"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { KfChannelsContext } from "./KfChannelsContext.ts"

/** 进入会话的上下文信息: where a customer last came from, within 48 hours. */
export const KfSessionContext = Schema.Struct({
  ...Wire.optionals({
    /** Of the address, as it was made. */
    scene: Schema.String,
    /** Of the address, as it was added to. */
    scene_param: Schema.String,
    /** Where the customer came from a 视频号. */
    wechat_channels: KfChannelsContext
  })
})
export type KfSessionContext = typeof KfSessionContext.Type

/** 客户. */
export class KfCustomer extends Schema.Class<KfCustomer>("effect-wecom/KfCustomer")({
  external_userid: Schema.String,
  ...Wire.optionals({
    nickname: Schema.String,
    /** The address of the picture. Not told to third-party apps. */
    avatar: Schema.String,
    /** `Unspecified` for third-party apps. */
    gender: UserGender.schema,
    /** Where a developer account of WeChat is bound. Not told to third-party apps. */
    unionid: Schema.String,
    /** Where it was asked for. */
    enter_session_context: KfSessionContext
  })
}) {}

/** 升级服务的方式. */
export const KfUpgradeType = Wire.oneOf({
  Member: [1, "专员服务"],
  Group: [2, "客户群服务"]
})

/** 升级服务配置: the members and customer groups that customers may be referred to. */
export class KfUpgradeConfig extends Schema.Class<KfUpgradeConfig>("effect-wecom/KfUpgradeConfig")({
  ...Wire.optionals({
    member_range: Schema.Struct({
      userid_list: Wire.list(Schema.String),
      department_id_list: Wire.list(Wire.int)
    }),
    groupchat_range: Schema.Struct({ chat_id_list: Wire.list(Schema.String) })
  })
}) {}

const customer = { open_kfid: Wire.filledText, external_userid: Wire.filledText }

const Member = Schema.Struct({ userid: Wire.filledText, wording: Wire.optional(Schema.String) })

const Group = Schema.Struct({ chat_id: Wire.filledText, wording: Wire.optional(Schema.String) })

// WeCom ignores what belongs to the other type.

/** 专员服务: refers a customer to a member. */
export class MemberUpgrade extends Schema.Opaque<MemberUpgrade>()(
  Schema.Struct({ ...customer, type: Schema.Literal(1), member: Member, groupchat: Wire.optional(Group) })
) {}

/** 客户群服务: refers a customer to a customer group. */
export class GroupUpgrade extends Schema.Opaque<GroupUpgrade>()(
  Schema.Struct({ ...customer, type: Schema.Literal(2), groupchat: Group, member: Wire.optional(Member) })
) {}

/** 客户 of 微信客服: who they are, and whom they are referred to. */
export class KfCustomers extends Domain.Service<KfCustomers>()("customer-service/KfCustomers", "微信客服", {
  /**
   * 获取客户基础信息. Up to 100 customers who have entered a session or written within 48 hours; the others are in
   * `invalid_external_userid`.
   * @see https://developer.work.weixin.qq.com/document/path/95159
   */
  getMany: Endpoint.query("/cgi-bin/kf/customer/batchget", 95159, () => ({
    body: {
      external_userid_list: Wire.items(Wire.filledText, 100, 1),
      need_enter_session_context: Wire.optional(Wire.flag)
    },
    success: Schema.Struct({
      customer_list: Wire.list(KfCustomer),
      invalid_external_userid: Wire.list(Schema.String)
    })
  })),
  /**
   * 获取配置的专员与客户群. The members and customer groups that customers may be referred to, as set in the admin console.
   * @see https://developer.work.weixin.qq.com/document/path/94674
   */
  getUpgradeConfig: Endpoint.get("/cgi-bin/kf/customer/get_upgrade_service_config", 94674, () => ({
    success: KfUpgradeConfig
  })),
  /**
   * 为客户升级为专员或客户群服务. Tells the servicer to refer a customer to a member or a customer group, which must be among
   * those of `getUpgradeConfig` (95021).
   * @see https://developer.work.weixin.qq.com/document/path/94674
   */
  upgrade: Endpoint.post("/cgi-bin/kf/customer/upgrade_service", 94674, () => ({
    body: Schema.Union([MemberUpgrade, GroupUpgrade])
  })),
  /**
   * 为客户取消推荐. The servicer need not refer the customer any more.
   * @see https://developer.work.weixin.qq.com/document/path/94674
   */
  cancelUpgrade: Endpoint.post("/cgi-bin/kf/customer/cancel_upgrade_service", 94674, () => ({
    body: customer
  }))
}) {}
