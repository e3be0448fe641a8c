/**
 * 企业客户标签事件: the tags that a corp marks its customers with, and their groups.
 *
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 标签类型. */
export const CustomerTagKind = Wire.oneOf({
  Tag: ["tag", "标签"],
  TagGroup: ["tag_group", "标签组"]
})

const tag = () => ({
  /** Of the tag or the group of tags. */
  Id: Schema.String,
  TagType: CustomerTagKind.schema,
  /** 规则组. For tags of a rule group alone. */
  StrategyId: Wire.optional(Wire.id)
})

const order = () => ({
  ...Wire.optionals({
    /** The group whose tags were put in another order; the groups themselves were where it is empty or absent. */
    Id: Schema.String,
    /** 规则组. For tags of a rule group alone. */
    StrategyId: Wire.id
  })
})

const suiteTag = () => ({ ...CallbackWire.suiteInCorp, ...tag() })

/**
 * 企业客户标签创建事件.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerTagCreated extends Event<CustomerTagCreated>()("event/change_external_tag/create", tag) {}

/**
 * 企业客户标签变更事件.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerTagUpdated extends Event<CustomerTagUpdated>()("event/change_external_tag/update", tag) {}

/**
 * 企业客户标签删除事件. Of a group that is deleted, its tags are not told.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerTagDeleted extends Event<CustomerTagDeleted>()("event/change_external_tag/delete", tag) {}

/**
 * 企业客户标签重排事件: tags or groups were put in another order.
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
export class CustomerTagsShuffled extends Event<CustomerTagsShuffled>()("event/change_external_tag/shuffle", order) {}

/**
 * 企业客户标签创建事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerTagCreated
  extends Event<SuiteCustomerTagCreated>()("InfoType/change_external_tag/create", suiteTag)
{}

/**
 * 企业客户标签变更事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerTagUpdated
  extends Event<SuiteCustomerTagUpdated>()("InfoType/change_external_tag/update", suiteTag)
{}

/**
 * 企业客户标签删除事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerTagDeleted
  extends Event<SuiteCustomerTagDeleted>()("InfoType/change_external_tag/delete", suiteTag)
{}

/**
 * 企业客户标签重排事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerTagsShuffled
  extends Event<SuiteCustomerTagsShuffled>()("InfoType/change_external_tag/shuffle", () => ({
    ...CallbackWire.suiteInCorp,
    ...order()
  }))
{}

/**
 * 企业客户标签变更, as suites receive it, without a change type: the documents have none such. One with a change type that is
 * not declared is `Unknown`.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteCustomerTagChanged extends Event<SuiteCustomerTagChanged>()("InfoType/change_external_tag", () => ({
  ...order(),
  TagType: Wire.optional(CustomerTagKind.schema)
})) {}
