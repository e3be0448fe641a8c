/**
 * 通讯录变更事件: members, departments and the members of tags have changed. What the app did itself through the API is not
 * told. Which fields arrive depends on what the app may see; for callback URLs set since 2022-08-15, the address book
 * assistant (通讯录同步助手) is told ids and departments alone.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90967
 */
import * as Schema from "effect/Schema"
import { AttributeType } from "../../contacts/AttributeType.ts"
import { UserGender } from "../../contacts/UserGender.ts"
import { UserStatus } from "../../contacts/UserStatus.ts"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 扩展属性: what it holds stands in the element of its type. */
const ExtAttr = () =>
  CallbackWire.wrapped(
    "Item",
    Schema.Struct({
      Name: Schema.String,
      Type: CallbackWire.optional(AttributeType.schema),
      /** Of `AttributeType.Text`. */
      Text: CallbackWire.optional(Schema.Struct({ Value: Wire.optional(Schema.String) })),
      /** Of `AttributeType.Web`. */
      Web: CallbackWire.optional(Schema.Struct(Wire.optionals({ Title: Schema.String, Url: Schema.String }))),
      /** The text, of older servers. */
      Value: Wire.optional(Schema.String)
    })
  )

const member = () => ({
  UserID: Schema.String,
  ...Wire.optionals({
    /** 全局唯一. The same for all apps of one provider; for third-party apps alone. */
    OpenUserID: Schema.String,
    /** The userid, for third-party apps. */
    Name: Schema.String,
    /** The departments that the app may see. */
    Department: Wire.joined(",", Wire.int)
  }),
  MainDepartment: CallbackWire.optional(Wire.int),
  ...Wire.optionals({
    /** Whether the member leads each of `Department`. */
    IsLeaderInDept: Wire.joined(",", Wire.flag),
    /** 直属上级. Userids. */
    DirectLeader: Wire.joined(",", Schema.String),
    /** 职务. */
    Position: Schema.String,
    Mobile: Schema.String
  }),
  Gender: CallbackWire.optional(UserGender.schema),
  ...Wire.optionals({
    Email: Schema.String,
    BizMail: Schema.String
  }),
  Status: CallbackWire.optional(UserStatus.schema),
  ...Wire.optionals({
    /** A URL; the small picture, where its last `/0` is `/100`. */
    Avatar: Schema.String,
    Alias: Schema.String,
    Telephone: Schema.String,
    Address: Schema.String
  }),
  ExtAttr: ExtAttr(),
  /** Of older servers: `Alias`. */
  EnglishName: Wire.optional(Schema.String),
  /** Of older servers: whether the member leads a department. */
  IsLeader: CallbackWire.optional(Wire.flag)
})

/** What has not changed is absent. */
const updatedMember = () => ({
  ...member(),
  /** The userid from now on: a generated one can be changed once. */
  NewUserID: Wire.optional(Schema.String)
})

const deletedMember = () => ({
  UserID: Schema.String,
  /** 全局唯一. The same for all apps of one provider; for third-party apps alone. */
  OpenUserID: Wire.optional(Schema.String)
})

const department = () => ({
  Id: Wire.int,
  Name: Wire.optional(Schema.String),
  ParentId: CallbackWire.optional(Wire.int)
})

const createdDepartment = () => ({
  ...department(),
  /** Position among its siblings: the larger, the further up. */
  Order: CallbackWire.optional(Wire.int)
})

const deletedDepartment = () => ({ Id: Wire.int })

const tagMembers = () => ({
  AddUserItems: CallbackWire.commas(Schema.String),
  DelUserItems: CallbackWire.commas(Schema.String),
  AddPartyItems: CallbackWire.commas(Wire.int),
  DelPartyItems: CallbackWire.commas(Wire.int)
})

const tag = () => ({ TagId: Wire.int, ...tagMembers() })

/**
 * 新增成员事件: a member joined, or came into what the app may see.
 * @see https://developer.work.weixin.qq.com/document/path/90970
 */
export class MemberCreated extends Event<MemberCreated>()("event/change_contact/create_user", member) {}

/**
 * 更新成员事件: something about a member has changed; what has not is absent.
 * @see https://developer.work.weixin.qq.com/document/path/90970
 */
export class MemberUpdated extends Event<MemberUpdated>()("event/change_contact/update_user", updatedMember) {}

/**
 * 删除成员事件: a member has gone, or out of what the app may see.
 * @see https://developer.work.weixin.qq.com/document/path/90970
 */
export class MemberDeleted extends Event<MemberDeleted>()("event/change_contact/delete_user", deletedMember) {}

/**
 * 新增部门事件.
 * @see https://developer.work.weixin.qq.com/document/path/90971
 */
export class DepartmentCreated
  extends Event<DepartmentCreated>()("event/change_contact/create_party", createdDepartment)
{}

/**
 * 更新部门事件: a department was renamed or moved; what has not changed is absent.
 * @see https://developer.work.weixin.qq.com/document/path/90971
 */
export class DepartmentUpdated extends Event<DepartmentUpdated>()("event/change_contact/update_party", department) {}

/**
 * 删除部门事件.
 * @see https://developer.work.weixin.qq.com/document/path/90971
 */
export class DepartmentDeleted
  extends Event<DepartmentDeleted>()("event/change_contact/delete_party", deletedDepartment)
{}

/**
 * 标签成员变更事件: members or departments were tagged, or no longer are. It may come before or after the events of those
 * members: `Tags.get` tells how things are.
 * @see https://developer.work.weixin.qq.com/document/path/90972
 */
export class TagMembersChanged extends Event<TagMembersChanged>()("event/change_contact/update_tag", tag) {}

/**
 * 新增成员事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/90639
 */
export class SuiteMemberCreated extends Event<SuiteMemberCreated>()("InfoType/change_contact/create_user", () => ({
  ...CallbackWire.suiteInCorp,
  ...member()
})) {}

/**
 * 更新成员事件, as suites receive it: also of members whose change of departments leads out of what it may see.
 * @see https://developer.work.weixin.qq.com/document/path/90639
 */
export class SuiteMemberUpdated extends Event<SuiteMemberUpdated>()("InfoType/change_contact/update_user", () => ({
  ...CallbackWire.suiteInCorp,
  ...updatedMember()
})) {}

/**
 * 删除成员事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/90639
 */
export class SuiteMemberDeleted extends Event<SuiteMemberDeleted>()("InfoType/change_contact/delete_user", () => ({
  ...CallbackWire.suiteInCorp,
  ...deletedMember()
})) {}

/**
 * 新增部门事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/90640
 */
export class SuiteDepartmentCreated
  extends Event<SuiteDepartmentCreated>()("InfoType/change_contact/create_party", () => ({
    ...CallbackWire.suiteInCorp,
    ...createdDepartment()
  }))
{}

/**
 * 更新部门事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/90640
 */
export class SuiteDepartmentUpdated
  extends Event<SuiteDepartmentUpdated>()("InfoType/change_contact/update_party", () => ({
    ...CallbackWire.suiteInCorp,
    ...department()
  }))
{}

/**
 * 删除部门事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/90640
 */
export class SuiteDepartmentDeleted
  extends Event<SuiteDepartmentDeleted>()("InfoType/change_contact/delete_party", () => ({
    ...CallbackWire.suiteInCorp,
    ...deletedDepartment()
  }))
{}

/**
 * 标签成员变更事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/90641
 */
export class SuiteTagMembersChanged
  extends Event<SuiteTagMembersChanged>()("InfoType/change_contact/update_tag", () => ({
    ...CallbackWire.suiteInCorp,
    ...tag()
  }))
{}

/**
 * 通讯录变更, as suites receive it, without a change type: the documents have none such. One with a change type that is not
 * declared is `Unknown`.
 * @see https://developer.work.weixin.qq.com/document/path/92654
 */
export class SuiteContactChanged extends Event<SuiteContactChanged>()("InfoType/change_contact", () => ({
  ...updatedMember(),
  ...createdDepartment(),
  ...tagMembers(),
  UserID: Wire.optional(Schema.String),
  Id: CallbackWire.optional(Wire.int),
  TagId: CallbackWire.optional(Wire.int)
})) {}
