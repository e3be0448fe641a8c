/**
 * 客户群事件: chats of members with customers. Those of an update tell the versions of its list of members before and
 * after: where the one before is not what you know, an event was missed or came late, and `CustomerGroups.get` tells
 * how things are.
 *
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 入群方式, in events: mostly without how a member was invited. */
export const GroupJoinScene = Wire.oneOf({
  Invited: [0, "由成员邀请入群（包括直接邀请入群和通过邀请链接入群）"],
  InvitedDirectly: [1, "由成员邀请入群（直接邀请入群）"],
  InvitationLink: [2, "由成员邀请入群（通过邀请链接入群）"],
  QrCode: [3, "通过扫描群二维码入群"]
})

/** 退群方式. */
export const GroupQuitScene = Wire.oneOf({
  Left: [0, "自己退群"],
  Removed: [1, "群主/群管理员移出"]
})

const group = () => ({ ChatId: Schema.String })

const updatedGroup = () => ({
  ...group(),
  /** Where members joined. */
  JoinScene: CallbackWire.optional(GroupJoinScene.schema),
  /** Where members left. */
  QuitScene: CallbackWire.optional(GroupQuitScene.schema),
  /** How many members joined or left. */
  MemChangeCnt: CallbackWire.optional(Wire.int),
  /** Who joined or left: userids and external userids. */
  MemChangeList: CallbackWire.wrapped("Item", Schema.String),
  ...Wire.optionals({
    /** The version of the list of members before the change. */
    LastMemVer: Schema.String,
    /** The version of the list of members after the change. */
    CurMemVer: Schema.String
  })
})

const suiteUpdatedGroup = () => ({ ...CallbackWire.suiteInCorp, ...updatedGroup() })

/**
 * 客户群创建事件.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerGroupCreated extends Event<CustomerGroupCreated>()("event/change_external_chat/create", group) {}

/**
 * 客户群解散事件.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerGroupDismissed
  extends Event<CustomerGroupDismissed>()("event/change_external_chat/dismiss", group)
{}

/**
 * 客户群变更事件, 成员入群.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerGroupMembersJoined
  extends Event<CustomerGroupMembersJoined>()("event/change_external_chat/update/add_member", updatedGroup)
{}

/**
 * 客户群变更事件, 成员退群.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerGroupMembersLeft
  extends Event<CustomerGroupMembersLeft>()("event/change_external_chat/update/del_member", updatedGroup)
{}

/**
 * 客户群变更事件, 群主变更.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerGroupOwnerChanged
  extends Event<CustomerGroupOwnerChanged>()("event/change_external_chat/update/change_owner", updatedGroup)
{}

/**
 * 客户群变更事件, 群名变更.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerGroupNameChanged
  extends Event<CustomerGroupNameChanged>()("event/change_external_chat/update/change_name", updatedGroup)
{}

/**
 * 客户群变更事件, 群公告变更.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerGroupNoticeChanged
  extends Event<CustomerGroupNoticeChanged>()("event/change_external_chat/update/change_notice", updatedGroup)
{}

/**
 * 客户群创建事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupCreated
  extends Event<SuiteCustomerGroupCreated>()("InfoType/change_external_chat/create", () => ({
    ...CallbackWire.suiteInCorp,
    ...group()
  }))
{}

/**
 * 客户群解散事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupDismissed
  extends Event<SuiteCustomerGroupDismissed>()("InfoType/change_external_chat/dismiss", () => ({
    ...CallbackWire.suiteInCorp,
    ...group()
  }))
{}

/**
 * 客户群变更事件, 成员入群, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupMembersJoined
  extends Event<SuiteCustomerGroupMembersJoined>()("InfoType/change_external_chat/update/add_member", suiteUpdatedGroup)
{}

/**
 * 客户群变更事件, 成员退群, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupMembersLeft
  extends Event<SuiteCustomerGroupMembersLeft>()("InfoType/change_external_chat/update/del_member", suiteUpdatedGroup)
{}

/**
 * 客户群变更事件, 群主变更, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupOwnerChanged extends Event<SuiteCustomerGroupOwnerChanged>()(
  "InfoType/change_external_chat/update/change_owner",
  suiteUpdatedGroup
) {}

/**
 * 客户群变更事件, 群名变更, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupNameChanged
  extends Event<SuiteCustomerGroupNameChanged>()("InfoType/change_external_chat/update/change_name", suiteUpdatedGroup)
{}

/**
 * 客户群变更事件, 群公告变更, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupNoticeChanged extends Event<SuiteCustomerGroupNoticeChanged>()(
  "InfoType/change_external_chat/update/change_notice",
  suiteUpdatedGroup
) {}

/**
 * 客户群变更, as suites receive it, without a change type: the documents have none such. One with a change type that is not
 * declared is `Unknown`.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerGroupChanged
  extends Event<SuiteCustomerGroupChanged>()("InfoType/change_external_chat", () => ({
    ...updatedGroup(),
    ChatId: Wire.optional(Schema.String)
  }))
{}
