/**
 * 上下游规则: whom of the corp that made a chain the corps in it see. For the app of the chain (可调用接口的应用) alone.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 对接规则: who sees whom. */
export class ChainRule extends Schema.Class<ChainRule>("effect-wecom/ChainRule")(
  Wire.optionals({
    /** Whom of the corp they see. */
    owner_corp_range: Schema.Struct({
      departmentids: Wire.list(Wire.int),
      userids: Wire.list(Schema.String)
    }),
    /** Which corps see them. */
    member_corp_range: Schema.Struct({
      groupids: Wire.list(Wire.int),
      corpids: Wire.list(Schema.String)
    })
  })
) {}

/** 对接规则 to make or to put in the place of another. */
export class NewChainRule extends Schema.Opaque<NewChainRule>()(
  Schema.Struct({
    /** Whom of the corp they see: at least one, and all of them within the app's scope. */
    owner_corp_range: Wire.withAnyOf("departmentids", "userids")(Schema.Struct(Wire.optionals({
      departmentids: Schema.Array(Wire.int),
      userids: Schema.Array(Wire.filledText)
    }))),
    /** Which corps see them: at least one. */
    member_corp_range: Wire.withAnyOf("groupids", "corpids")(Schema.Struct(Wire.optionals({
      groupids: Schema.Array(Wire.int),
      corpids: Schema.Array(Wire.filledText)
    })))
  })
) {}

/** 上下游规则: whom of the corp that made a chain the corps in it see. */
export class ChainRules extends Domain.Service<ChainRules>()("partners/ChainRules", "上下游corpgroup", {
  /**
   * 获取对接规则id列表. The rules of a chain, by their ids.
   * @see https://developer.work.weixin.qq.com/document/path/95631
   */
  listIds: Endpoint.query("/cgi-bin/corpgroup/rule/list_ids", 95631, () => ({
    body: { chain_id: Wire.filledText },
    success: Endpoint.pluck("rule_ids", Wire.list(Wire.int))
  })),
  /**
   * 获取对接规则详情. A rule of a chain.
   * @see https://developer.work.weixin.qq.com/document/path/95633
   */
  get: Endpoint.query("/cgi-bin/corpgroup/rule/get_rule_info", 95633, () => ({
    body: { chain_id: Wire.filledText, rule_id: Wire.int },
    success: Endpoint.pluck("rule_info", ChainRule)
  })),
  /**
   * 新增对接规则. Returns the rule's id. 1,000 calls a day, those of `update` among them.
   * @see https://developer.work.weixin.qq.com/document/path/95634
   */
  create: Endpoint.post("/cgi-bin/corpgroup/rule/add_rule", 95634, () => ({
    body: { chain_id: Wire.filledText, rule_info: NewChainRule },
    success: Endpoint.pluck("rule_id", Wire.int)
  })),
  /**
   * 更新对接规则. Replaces a rule as a whole. 1,000 calls a day, those of `create` among them.
   * @see https://developer.work.weixin.qq.com/document/path/95635
   */
  update: Endpoint.post("/cgi-bin/corpgroup/rule/modify_rule", { doc: 95635, idempotent: true }, () => ({
    body: { chain_id: Wire.filledText, rule_id: Wire.int, rule_info: NewChainRule }
  })),
  /**
   * 删除对接规则.
   * @see https://developer.work.weixin.qq.com/document/path/95632
   */
  delete: Endpoint.post("/cgi-bin/corpgroup/rule/delete_rule", { doc: 95632, idempotent: true }, () => ({
    body: { chain_id: Wire.filledText, rule_id: Wire.int }
  }))
}) {}
