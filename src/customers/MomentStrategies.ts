/**
 * 客户朋友圈规则组: who may publish moments, and who looks after them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { RangeNode, ShownRangeNode } from "./StrategyRange.ts"

/** 权限: what a rule group allows; each is allowed where not said. */
export const MomentPrivilege = Schema.Struct({
  /** 允许查看成员的全部客户朋友圈发表. */
  view_moment_list: Wire.optional(Schema.Boolean),
  /** 允许成员发表客户朋友圈. */
  send_moment: Wire.optional(Schema.Boolean),
  /** 配置封面和签名. */
  manage_moment_cover_and_sign: Wire.optional(Schema.Boolean)
})
export type MomentPrivilege = typeof MomentPrivilege.Type

/** 客户朋友圈规则组. */
export class MomentStrategy extends Schema.Class<MomentStrategy>("effect-wecom/MomentStrategy")({
  strategy_id: Wire.int,
  /** The group above; 0 where there is none. */
  parent_id: Wire.optional(Wire.int),
  strategy_name: Wire.optional(Schema.String),
  create_time: Wire.optional(Wire.time),
  /** Userids of those who look after it. */
  admin_list: Wire.list(Schema.String),
  privilege: Wire.optional(MomentPrivilege)
}) {}

/** At most 20, none of them a super administrator. */
const admins = Wire.items(Schema.String, 20)

/** At most 3000 in a group. */
const nodes = Wire.items(RangeNode, 3000)

const list = Endpoint.post(
  "/cgi-bin/externalcontact/moment_strategy/list",
  { doc: 94890, idempotent: true },
  () => ({
    body: {
      /** 1000 where not said. */
      limit: Wire.optional(Wire.intBetween(1, 1000)),
      cursor: Wire.optional(Schema.String)
    },
    success: Schema.Struct({
      strategy: Wire.list(Schema.Struct({ strategy_id: Wire.int })),
      next_cursor: Wire.optional(Schema.String)
    })
  })
)

const getRange = Endpoint.post(
  "/cgi-bin/externalcontact/moment_strategy/get_range",
  { doc: 94890, idempotent: true },
  () => ({
    body: {
      strategy_id: Wire.int,
      /** 1000 where not said. */
      limit: Wire.optional(Wire.intBetween(1, 1000)),
      cursor: Wire.optional(Schema.String)
    },
    success: Schema.Struct({
      range: Wire.list(ShownRangeNode),
      next_cursor: Wire.optional(Schema.String)
    })
  })
)

/**
 * 客户朋友圈规则组: who may publish moments, and who looks after them. An app sees and manages the groups that it made.
 */
export class MomentStrategies extends Domain.Service<MomentStrategies>()("effect-wecom/MomentStrategies", {
  /**
   * 获取规则组列表. The ids of all rule groups, page by page.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  list,
  /**
   * 获取规则组列表. The same as a stream of ids.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  listAll: Endpoint.byCursor(list, "strategy"),
  /**
   * 获取规则组详情. One rule group.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  get: Endpoint.post("/cgi-bin/externalcontact/moment_strategy/get", { doc: 94890, idempotent: true }, () => ({
    body: { strategy_id: Wire.int },
    success: Endpoint.pluck("strategy", MomentStrategy)
  })),
  /**
   * 获取规则组管理范围. The members and departments of a rule group, page by page.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  getRange,
  /**
   * 获取规则组管理范围. The same as a stream of nodes.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  listRange: Endpoint.byCursor(getRange, "range"),
  /**
   * 创建新的规则组. Answers its id. Create and update one group after the other, never at once.
   *
   * A group below another has a part of its range, and its privileges whatever is given here. At most 5 levels.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  create: Endpoint.post("/cgi-bin/externalcontact/moment_strategy/create", 94890, () => ({
    body: {
      parent_id: Wire.optional(Wire.int),
      strategy_name: Schema.String,
      admin_list: admins,
      privilege: MomentPrivilege,
      range: nodes
    },
    success: Endpoint.pluck("strategy_id", Wire.int)
  })),
  /**
   * 编辑规则组及其管理范围. What is left out stays; `admin_list` and `privilege` replace what was.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  update: Endpoint.post("/cgi-bin/externalcontact/moment_strategy/edit", 94890, () => ({
    body: {
      strategy_id: Wire.int,
      strategy_name: Wire.optional(Schema.String),
      admin_list: Wire.optional(admins),
      privilege: Wire.optional(MomentPrivilege),
      range_add: Wire.optional(nodes),
      range_del: Wire.optional(nodes)
    }
  })),
  /**
   * 删除规则组. Deletes a rule group.
   * @see https://developer.work.weixin.qq.com/document/path/94890
   */
  delete: Endpoint.post("/cgi-bin/externalcontact/moment_strategy/del", 94890, () => ({
    body: { strategy_id: Wire.int }
  }))
}) {}
