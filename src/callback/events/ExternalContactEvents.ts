/**
 * 客户联系事件: what happens between members and customers. What a corp does through the API is not told.
 *
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 接替失败的原因. */
export const TransferFailReason = Wire.oneOf({
  CustomerRefused: ["customer_refused", "客户拒绝"],
  CustomerLimitExceeded: ["customer_limit_exceed", "接替成员的客户数达到上限"]
})

/** 删除客户的操作来源. */
export const CustomerDeletionSource = Wire.oneOf({
  Transfer: ["DELETE_BY_TRANSFER", "因在职继承自动被转接成员删除"]
})

const contact = () => ({
  UserID: Schema.String,
  ExternalUserID: Schema.String
})

const fromContactWay = () => ({
  ...contact(),
  /** Of the contact way, or of the acquisition link, that brought the customer. */
  State: Wire.optional(Schema.String)
})

const toWelcome = () => ({
  ...fromContactWay(),
  /** For `WelcomeMessages.send` within 20 seconds; not where the member has a greeting set in the admin console. */
  WelcomeCode: Wire.optional(Schema.String)
})

const deletedByMember = () => ({
  ...contact(),
  Source: Wire.optional(CustomerDeletionSource.schema)
})

const failedTransfer = () => ({
  ...contact(),
  FailReason: Wire.optional(TransferFailReason.schema)
})

/**
 * 添加企业客户事件: a member and a customer became contacts.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class ExternalContactAdded
  extends Event<ExternalContactAdded>()("event/change_external_contact/add_external_contact", toWelcome)
{}

/**
 * 编辑企业客户事件: a member changed a customer's remark or tags; not where it was the phone numbers alone.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class ExternalContactEdited
  extends Event<ExternalContactEdited>()("event/change_external_contact/edit_external_contact", fromContactWay)
{}

/**
 * 外部联系人免验证添加成员事件: a customer added a member who takes customers unasked, and who has not yet added them back.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class HalfExternalContactAdded
  extends Event<HalfExternalContactAdded>()("event/change_external_contact/add_half_external_contact", toWelcome)
{}

/**
 * 删除企业客户事件: a member deleted a customer.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class ExternalContactDeleted
  extends Event<ExternalContactDeleted>()("event/change_external_contact/del_external_contact", deletedByMember)
{}

/**
 * 删除跟进成员事件: a customer deleted a member.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class FollowUserDeleted
  extends Event<FollowUserDeleted>()("event/change_external_contact/del_follow_user", contact)
{}

/**
 * 客户接替失败事件: a customer could not be handed over to another member.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerTransferFailed
  extends Event<CustomerTransferFailed>()("event/change_external_contact/transfer_fail", failedTransfer)
{}

/**
 * 客户同意进行聊天内容存档事件: a customer agrees that the chat with a member is archived.
 * @see https://developer.work.weixin.qq.com/document/path/92005
 */
export class ChatArchiveAgreed
  extends Event<ChatArchiveAgreed>()("event/change_external_contact/msg_audit_approved", () => ({
    ...contact(),
    /** For `WelcomeMessages.send` within 20 seconds. */
    WelcomeCode: Wire.optional(Schema.String)
  }))
{}

/**
 * 添加企业客户事件, as suites receive it. 获客助手组件 learns of the link and its `State` alone, not who met whom.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class SuiteExternalContactAdded
  extends Event<SuiteExternalContactAdded>()("InfoType/change_external_contact/add_external_contact", () => ({
    ...CallbackWire.suiteInCorp,
    ...toWelcome(),
    ...Wire.optionals({
      UserID: Schema.String,
      ExternalUserID: Schema.String,
      /** 获客链接. */
      LinkId: Schema.String
    })
  }))
{}

/**
 * 编辑企业客户事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteExternalContactEdited
  extends Event<SuiteExternalContactEdited>()("InfoType/change_external_contact/edit_external_contact", () => ({
    ...CallbackWire.suiteInCorp,
    ...fromContactWay()
  }))
{}

/**
 * 外部联系人免验证添加成员事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteHalfExternalContactAdded
  extends Event<SuiteHalfExternalContactAdded>()("InfoType/change_external_contact/add_half_external_contact", () => ({
    ...CallbackWire.suiteInCorp,
    ...toWelcome()
  }))
{}

/**
 * 删除企业客户事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteExternalContactDeleted
  extends Event<SuiteExternalContactDeleted>()("InfoType/change_external_contact/del_external_contact", () => ({
    ...CallbackWire.suiteInCorp,
    ...deletedByMember()
  }))
{}

/**
 * 删除跟进成员事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteFollowUserDeleted
  extends Event<SuiteFollowUserDeleted>()("InfoType/change_external_contact/del_follow_user", () => ({
    ...CallbackWire.suiteInCorp,
    ...contact()
  }))
{}

/**
 * 客户接替失败事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerTransferFailed
  extends Event<SuiteCustomerTransferFailed>()("InfoType/change_external_contact/transfer_fail", () => ({
    ...CallbackWire.suiteInCorp,
    ...failedTransfer()
  }))
{}

/**
 * 客户变更, as suites receive it, without a change type: the documents have none such. One with a change type that is not
 * declared is `Unknown`.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteExternalContactChanged
  extends Event<SuiteExternalContactChanged>()("InfoType/change_external_contact", () => ({
    ...toWelcome(),
    ...deletedByMember(),
    ...failedTransfer(),
    ...Wire.optionals({
      UserID: Schema.String,
      ExternalUserID: Schema.String,
      /** 获客链接. */
      LinkId: Schema.String
    })
  }))
{}

/**
 * 同意授权转换external_userid事件: the corp agrees to the newer ids of its customers. Documented for providers alone, as
 * `InfoType/agree_external_userid_migration`.
 * @see https://developer.work.weixin.qq.com/document/path/95327
 */
export class CorpExternalIdMigrationAgreed
  extends Event<CorpExternalIdMigrationAgreed>()("event/agree_external_userid_migration", () => ({
    /** The provider's corp id. */
    ServiceCorpId: Wire.optional(Schema.String)
  }))
{}
