/**
 * 管理聊天敏感词: words that members may not send to customers, or are warned of.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 拦截方式. */
export const InterceptType = Wire.oneOf({
  Block: [1, "警告并拦截发送"],
  Warn: [2, "仅发警告"]
})

/** 额外的拦截语义规则. What is caught besides the words. */
export const InterceptSemantics = Wire.oneOf({
  Mobile: [1, "手机号"],
  Email: [2, "邮箱地址"],
  RedPacket: [3, "红包"]
})

/** A rule's id and name. */
export class SensitiveWordRuleSummary
  extends Schema.Class<SensitiveWordRuleSummary>("effect-wecom/SensitiveWordRuleSummary")({
    rule_id: Wire.id,
    ...Wire.optionals({
      rule_name: Schema.String,
      create_time: Wire.time
    })
  })
{}

/** 敏感词规则. */
export class SensitiveWordRule extends Schema.Class<SensitiveWordRule>("effect-wecom/SensitiveWordRule")({
  rule_id: Wire.id,
  ...Wire.optionals({
    rule_name: Schema.String,
    create_time: Wire.time
  }),
  word_list: Wire.list(Schema.String),
  ...Wire.optionals({
    /** See {@link SensitiveWordRule.semantics}. */
    semantics_list: Schema.Array(InterceptSemantics.schema),
    /** Where older servers have the semantics. */
    extra_rule: Schema.Struct({ semantics_list: Wire.list(InterceptSemantics.schema) }),
    intercept_type: InterceptType.schema,
    /** As far as the app may see it. */
    applicable_range: Schema.Struct({
      user_list: Wire.list(Schema.String),
      department_list: Wire.list(Wire.int)
    })
  })
}) {
  /** What is caught besides the words, wherever the answer has it. */
  get semantics(): ReadonlyArray<typeof InterceptSemantics.schema.Type> {
    return this.semantics_list ?? this.extra_rule?.semantics_list ?? []
  }
}

const ruleName = Wire.chars(20)

const words = Wire.items(Wire.chars(32), 300)

const range = {
  ...Wire.optionals({
    /** At most 1000 userids. */
    user_list: Wire.items(Wire.filledText, 1000),
    /** At most 1000 ids of departments. */
    department_list: Wire.items(Wire.int, 1000)
  })
} as const

/** 管理聊天敏感词: words that members may not send to customers, or are warned of. */
export class SensitiveWords
  extends Domain.Service<SensitiveWords>()("customers/SensitiveWords", "客户联系·聊天敏感词", {
    /**
     * 新建敏感词规则. Returns its id. At most 100 rules per corp (41069), with names of their own (41077).
     * @see https://developer.work.weixin.qq.com/document/path/95097
     */
    create: Endpoint.post("/cgi-bin/externalcontact/add_intercept_rule", 95097, () => ({
      body: {
        /** 1 to 20 characters. */
        rule_name: ruleName,
        /** At most 300 words of 1 to 32 characters. */
        word_list: words,
        semantics_list: Wire.optional(Schema.Array(InterceptSemantics.schema)),
        intercept_type: InterceptType.schema,
        /** Whom it applies to: at least one member or department. */
        applicable_range: Schema.Struct(range).pipe(Wire.withAnyOf("user_list", "department_list"))
      },
      success: Endpoint.pluck("rule_id", Wire.id)
    })),
    /**
     * 获取敏感词规则列表. Every rule of the corp, without its words.
     * @see https://developer.work.weixin.qq.com/document/path/95097
     */
    list: Endpoint.get("/cgi-bin/externalcontact/get_intercept_rule_list", 95097, () => ({
      success: Endpoint.pluck("rule_list", Wire.list(SensitiveWordRuleSummary))
    })),
    /**
     * 获取敏感词规则详情.
     * @see https://developer.work.weixin.qq.com/document/path/95097
     */
    get: Endpoint.query("/cgi-bin/externalcontact/get_intercept_rule", 95097, () => ({
      body: { rule_id: Wire.filledText },
      success: Endpoint.pluck("rule", SensitiveWordRule)
    })),
    /**
     * 修改敏感词规则. Of a rule that this app made; fields left out stay, and so do the words where the list is empty.
     * @see https://developer.work.weixin.qq.com/document/path/95097
     */
    update: Endpoint.post("/cgi-bin/externalcontact/update_intercept_rule", 95097, () => ({
      body: {
        rule_id: Wire.filledText,
        ...Wire.optionals({
          /** 1 to 20 characters. */
          rule_name: ruleName,
          /** At most 300 words of 1 to 32 characters; they replace the old ones. */
          word_list: words,
          /** An empty list clears the semantics. */
          extra_rule: Schema.Struct({ semantics_list: Schema.Array(InterceptSemantics.schema) }),
          intercept_type: InterceptType.schema,
          /** A rule applies to at most 10,000 members by name; beyond, name departments. */
          add_applicable_range: Schema.Struct(range),
          remove_applicable_range: Schema.Struct(range)
        })
      }
    })),
    /**
     * 删除敏感词规则. Of a rule that this app made.
     * @see https://developer.work.weixin.qq.com/document/path/95097
     */
    delete: Endpoint.post("/cgi-bin/externalcontact/del_intercept_rule", 95097, () => ({
      body: { rule_id: Wire.filledText }
    }))
  })
{}
