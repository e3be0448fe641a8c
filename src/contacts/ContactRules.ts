/**
 * 通讯录查看权限管理: who may see whom in the address book.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 规则类型. */
export const ContactRuleType = Wire.oneOf({
  Hidden: [1, "隐藏部门/成员"],
  OwnDepartment: [2, "限制查看外部门"],
  Nobody: [3, "限制查看所有人"]
})

/** Members, departments and tags: at most 1,000, 100 and 100. */
export class ContactRuleScope extends Schema.Opaque<ContactRuleScope>()(
  Schema.Struct({
    ...Wire.optionals({
      userid: Wire.items(Wire.filledText, 1000),
      partyid: Wire.items(Wire.int, 100),
      tagid: Wire.items(Wire.int, 100)
    })
  })
) {}

/** 通讯录隐藏规则, as it is read. */
export class ContactRule extends Schema.Class<ContactRule>("effect-wecom/ContactRule")({
  rule_id: Wire.int,
  rule_type: ContactRuleType.schema,
  ...Wire.optionals({
    /** Who is hidden or restricted. */
    range: ContactRuleScope,
    /** Who may see, or be seen, all the same. */
    whitelist: ContactRuleScope,
    /** Whom the rule does not bind. */
    exclude: ContactRuleScope,
    is_allowed_search: Wire.flag,
    is_allowed_conversation: Wire.flag
  })
}) {}

const scopes = () => ({
  /** Who is hidden or restricted. */
  range: ContactRuleScope,
  /** Who may see, or be seen, all the same. */
  whitelist: Wire.optional(ContactRuleScope)
})

const restriction = () => ({
  ...scopes(),
  ...Wire.optionals({
    /** Whom the rule does not bind. */
    exclude: ContactRuleScope,
    is_allowed_search: Schema.Boolean,
    is_allowed_conversation: Schema.Boolean
  })
})

/** 隐藏部门/成员. Hides members and departments from all but a whitelist. */
export class HiddenRule extends Schema.Opaque<HiddenRule>()(
  Schema.Struct({ rule_type: Schema.Literal(ContactRuleType.Hidden), ...scopes() })
) {}

/** 限制查看外部门. Lets members see none but those of their own departments. */
export class OwnDepartmentRule extends Schema.Opaque<OwnDepartmentRule>()(
  Schema.Struct({
    rule_type: Schema.Literal(ContactRuleType.OwnDepartment),
    ...restriction()
  })
) {}

/** 限制查看所有人. Lets members see nobody. */
export class NobodyRule extends Schema.Opaque<NobodyRule>()(
  Schema.Struct({ rule_type: Schema.Literal(ContactRuleType.Nobody), ...restriction() })
) {}

/** A rule, as it is changed: what is left out stays. */
export class ContactRuleChange extends Schema.Opaque<ContactRuleChange>()(
  Schema.Struct({
    rule_id: Wire.int,
    rule_type: Wire.optional(ContactRuleType.schema),
    ...restriction(),
    range: Wire.optional(ContactRuleScope)
  })
) {}

/**
 * 通讯录查看权限管理: who may see whom in the address book. For contact sync; changes are limited to 5 a minute, 10 an hour
 * and 60 a day, all of them together.
 */
export class ContactRules extends Domain.Service<ContactRules>()("contacts/ContactRules", "通讯录·查看权限", {
  /**
   * 创建规则. At most 100 in one call; returns their ids, in the same order.
   * @see https://developer.work.weixin.qq.com/document/path/101536
   */
  create: Endpoint.post("/cgi-bin/contactrule/create", 101536, () => ({
    body: { rules: Wire.items(Schema.Union([HiddenRule, OwnDepartmentRule, NobodyRule]), 100, 1) },
    success: Endpoint.pluck("rule_ids", Wire.list(Wire.int))
  })),
  /**
   * 读取规则列表. Every rule.
   * @see https://developer.work.weixin.qq.com/document/path/101537
   */
  list: Endpoint.query("/cgi-bin/contactrule/list", 101537, () => ({
    body: {},
    success: Endpoint.pluck("rules", Wire.list(ContactRule))
  })),
  /**
   * 修改规则. At most 100 in one call; a rule's type stays. Returns the rules as they are now.
   * @see https://developer.work.weixin.qq.com/document/path/101539
   */
  update: Endpoint.post("/cgi-bin/contactrule/update", 101539, () => ({
    body: {
      rules: Wire.items(
        ContactRuleChange,
        100,
        1
      )
    },
    success: Endpoint.pluck("rules", Wire.list(ContactRule))
  })),
  /**
   * 删除规则. At most 100 in one call.
   * @see https://developer.work.weixin.qq.com/document/path/101540
   */
  delete: Endpoint.post("/cgi-bin/contactrule/delete", 101540, () => ({
    body: { rule_ids: Wire.items(Wire.int, 100, 1) }
  }))
}) {}
