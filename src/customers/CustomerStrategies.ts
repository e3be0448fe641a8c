/**
 * 客户联系规则组管理: who may do what with the customers of which members.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Wire from "../Wire.ts"
import { strategyEndpoints, strategyFields } from "./strategies.ts"

const permission = Wire.optional(Schema.Boolean)

/**
 * 权限配置. What the administrators of a rule group may do. Default: everything. A rule group below another one has
 * that one's.
 */
export class StrategyPrivilege extends Schema.Opaque<StrategyPrivilege>()(
  Schema.Struct({
    /** 查看客户列表. Cannot be taken away. */
    view_customer_list: permission,
    /** 查看客户统计数据. Cannot be taken away. */
    view_customer_data: permission,
    /** 查看群聊列表. Cannot be taken away. */
    view_room_list: permission,
    /** 可使用联系我. Cannot be taken away. */
    contact_me: permission,
    /** 可加入群聊. Cannot be taken away. */
    join_room: permission,
    /** 分享客户给其他成员. */
    share_customer: permission,
    /** 分配离职成员客户. */
    oper_resign_customer: permission,
    /** 分配离职成员客户群. */
    oper_resign_group: permission,
    /** 给企业客户发送消息. */
    send_customer_msg: permission,
    /** 配置欢迎语. */
    edit_welcome_msg: permission,
    /** 查看成员联系客户统计. */
    view_behavior_data: permission,
    /** 查看群聊数据统计. */
    view_room_data: permission,
    /** 发送消息到企业的客户群. */
    send_group_msg: permission,
    /** 对企业客户群进行去重. */
    room_deduplication: permission,
    /** 配置快捷回复. */
    rapid_reply: permission,
    /** 转接在职成员的客户. */
    onjob_customer_transfer: permission,
    /** 编辑企业成员防骚扰规则. */
    edit_anti_spam_rule: permission,
    /** 导出客户列表. */
    export_customer_list: permission,
    /** 导出成员客户统计. */
    export_customer_data: permission,
    /** 导出客户群列表. */
    export_customer_group_list: permission,
    /** 配置企业客户标签. */
    manage_customer_tag: permission
  })
) {}

export { StrategyPage, StrategyRangePage } from "./strategies.ts"

/** 客户联系规则组. */
export class CustomerStrategy extends Schema.Class<CustomerStrategy>("effect-wecom/CustomerStrategy")({
  ...strategyFields,
  privilege: Wire.optional(StrategyPrivilege)
}) {}

const endpoints = strategyEndpoints("customer_strategy", 94883, CustomerStrategy, StrategyPrivilege, 100)

/**
 * 客户联系规则组管理: who may do what with the customers of which members. Apps see and change the rule groups that they
 * made.
 */
export class CustomerStrategies
  extends Domain.Service<CustomerStrategies>()("customers/CustomerStrategies", "客户联系·规则组", {
    /**
     * 获取规则组列表. The ids of rule groups; one page.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    list: endpoints.list,
    /**
     * 获取规则组列表. The ids of all rule groups, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    listAll: endpoints.listAll,
    /**
     * 获取规则组详情.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    get: endpoints.get,
    /**
     * 获取规则组管理范围. The members and departments that a rule group is for; one page.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    listRange: endpoints.listRange,
    /**
     * 获取规则组管理范围. All pages, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    listAllRange: endpoints.listAllRange,
    /**
     * 创建新的规则组. Returns its id. Create and change rule groups one after the other.
     *
     * At most 5 levels, 20 administrators (none of them a super administrator), 100 nodes at a time and 3,000 in all. Below
     * another rule group, the range is part of that one's and the privileges are that one's.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    create: endpoints.create,
    /**
     * 编辑规则组及其管理范围. `admin_list` and `privilege` replace the old ones; fields left out stay. At most 20 administrators and 100
     * nodes at a time. Create and change rule groups one after the other.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    update: endpoints.update,
    /**
     * 删除规则组.
     * @see https://developer.work.weixin.qq.com/document/path/94883
     */
    delete: endpoints.delete
  })
{}
