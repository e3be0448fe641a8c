/**
 * 客户朋友圈规则组: who may publish moments, and who looks after them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Wire from "../Wire.ts"
import { strategyEndpoints, strategyFields } from "./strategies.ts"

/** 权限: what a rule group allows. Default: each is allowed. */
export class MomentPrivilege extends Schema.Opaque<MomentPrivilege>()(
  Schema.Struct({
    ...Wire.optionals({
      /** 允许查看成员的全部客户朋友圈发表. */
      view_moment_list: Schema.Boolean,
      /** 允许成员发表客户朋友圈. */
      send_moment: Schema.Boolean,
      /** 配置封面和签名. */
      manage_moment_cover_and_sign: Schema.Boolean
    })
  })
) {}
/** 客户朋友圈规则组. */
export class MomentStrategy extends Schema.Class<MomentStrategy>("effect-wecom/MomentStrategy")({
  ...strategyFields,
  privilege: Wire.optional(MomentPrivilege)
}) {}

const endpoints = strategyEndpoints("moment_strategy", 94890, MomentStrategy, MomentPrivilege, 3000)

/**
 * 客户朋友圈规则组: who may publish moments, and who looks after them. An app sees and manages the groups that it made.
 */
export class MomentStrategies
  extends Domain.Service<MomentStrategies>()("customers/MomentStrategies", "客户联系·朋友圈", {
    /**
     * 获取规则组列表. The ids of all rule groups; one page.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    list: endpoints.list,
    /**
     * 获取规则组列表. All ids, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    listAll: endpoints.listAll,
    /**
     * 获取规则组详情. One rule group.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    get: endpoints.get,
    /**
     * 获取规则组管理范围. The members and departments of a rule group; one page.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    listRange: endpoints.listRange,
    /**
     * 获取规则组管理范围. All nodes, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    listAllRange: endpoints.listAllRange,
    /**
     * 创建新的规则组. Returns its id. Create and update one group after the other, never at once.
     *
     * At most 5 levels, 20 administrators (none of them a super administrator) and 3,000 nodes. A group below another has a
     * part of its range, and its privileges whatever is given here.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    create: endpoints.create,
    /**
     * 编辑规则组及其管理范围. What is left out stays; `admin_list` and `privilege` replace what was.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    update: endpoints.update,
    /**
     * 删除规则组. Deletes a rule group.
     * @see https://developer.work.weixin.qq.com/document/path/94890
     */
    delete: endpoints.delete
  })
{}
