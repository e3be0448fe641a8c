/**
 * 获客助手: links through which customers add members, how much of the corp's quota they use, and what they brought.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 优先分配类型: which members come first for customers whom a member has already. */
export const PriorityType = Wire.oneOf({
  Corp: [1, "全企业范围内优先分配给有好友关系的成员"],
  Members: [2, "指定范围内优先分配有好友关系的成员"]
})

/** 会话状态: whether a customer has sent a message since. */
export const AcquiredChatStatus = Wire.oneOf({
  Silent: [0, "客户未发消息"],
  Active: [1, "客户已发送消息"],
  Unclear: [2, "客户发送消息状态未知"]
})

/** 使用范围: the members and departments whom a link leads to, 500 members at most. */
export const AcquisitionRange = Schema.Struct({
  ...Wire.optionals({
    user_list: Wire.items(Wire.filledText, 500),
    department_list: Schema.Array(Wire.int)
  })
})
export type AcquisitionRange = typeof AcquisitionRange.Type

/** 优先分配: customers whom a member has already go to that member, in the whole corp or among the listed members. */
export const PriorityOption = Schema.Union([
  Schema.Struct({ priority_type: Schema.Literal(1) }),
  Schema.Struct({
    priority_type: Schema.Literal(2),
    /** 1 to 1000. */
    priority_userid_list: Wire.items(Wire.filledText, 1000, 1)
  })
])
export type PriorityOption = typeof PriorityOption.Type

const link = {
  link_name: Wire.optional(Schema.String),
  url: Schema.String,
  ...Wire.optionals({
    create_time: Wire.time,
    /** Whether customers are added without the member's consent. */
    skip_verify: Schema.Boolean,
    /** Whether customers are marked as brought by this app; only for apps of 营销获客. */
    mark_source: Schema.Boolean
  })
}

/** 获客链接. */
export class AcquisitionLink extends Schema.Class<AcquisitionLink>("effect-wecom/AcquisitionLink")({
  link_id: Schema.String,
  ...link
}) {}

/** 获客链接详情. */
export class AcquisitionLinkDetail extends Schema.Class<AcquisitionLinkDetail>("effect-wecom/AcquisitionLinkDetail")({
  link: Schema.Struct(link),
  ...Wire.optionals({
    range: Schema.Struct({
      user_list: Wire.list(Schema.String),
      department_list: Wire.list(Wire.int)
    }),
    priority_option: Schema.Struct({
      priority_type: PriorityType.schema,
      priority_userid_list: Wire.list(Schema.String)
    })
  })
}) {}

/** 获客客户: a customer whom a link brought. */
export class AcquiredCustomer extends Schema.Class<AcquiredCustomer>("effect-wecom/AcquiredCustomer")({
  external_userid: Schema.String,
  ...Wire.optionals({
    /** The member who was added. */
    userid: Schema.String,
    chat_status: AcquiredChatStatus.schema,
    /** The `customer_channel` of the address that was opened. */
    state: Schema.String
  })
}) {}

/** 使用量: how many customers links may still bring. */
export class AcquisitionQuota extends Schema.Class<AcquisitionQuota>("effect-wecom/AcquisitionQuota")({
  /** Used so far. */
  total: Wire.int,
  /** Left. */
  balance: Wire.int,
  /** What of it runs out, and on which day: midnight at its begin. */
  quota_list: Wire.list(Schema.Struct({ expire_date: Wire.time, balance: Wire.int }))
}) {}

/** 链接使用详情. */
export class AcquisitionStatistic extends Schema.Class<AcquisitionStatistic>("effect-wecom/AcquisitionStatistic")({
  /** Customers who opened the link. */
  click_link_customer_cnt: Wire.int,
  /** Customers who were added through it. */
  new_customer_cnt: Wire.int
}) {}

/** 成员多次收消息详情: how often a customer has written to a member. */
export class AcquiredChat extends Schema.Class<AcquiredChat>("effect-wecom/AcquiredChat")({
  ...Wire.optionals({
    /** Left out for 获客助手组件. */
    userid: Schema.String,
    /** Left out for 获客助手组件. */
    external_userid: Schema.String
  }),
  chat_info: Schema.Struct({
    /** Messages that the member received from the customer. */
    recv_msg_cnt: Wire.int,
    ...Wire.optionals({
      link_id: Schema.String,
      /** The `customer_channel` of the address that was opened. */
      state: Schema.String
    })
  })
}) {}

/** 可建联成员: whom an app of 营销获客 may connect customers with. */
export class AcquisitionPermit extends Schema.Class<AcquisitionPermit>("effect-wecom/AcquisitionPermit")({
  user_list: Wire.list(Wire.id),
  department_list: Wire.list(Wire.int),
  tag_list: Wire.list(Wire.int)
}) {}

/** 使用扣除方式: whose quota the customers of a 获客助手组件 count towards. */
export const AcquisitionPayMode = Wire.oneOf({
  Corp: [0, "扣企业的"],
  Provider: [1, "扣服务商的"]
})

/** 链接授权方式: which links a corp lets a 获客助手组件 have. */
export const AcquisitionLinkMode = Wire.oneOf({
  Chosen: [0, "企业选择链接进行授权"],
  OfApps: [1, "关联应用创建的链接"]
})

/** 组件授权信息: how a corp lets a provider's 获客助手组件 in. */
export class AcquisitionComponent extends Schema.Class<AcquisitionComponent>("effect-wecom/AcquisitionComponent")({
  ...Wire.optionals({
    pay_mode: AcquisitionPayMode.schema,
    /** What a customer costs where the provider pays: in fen, a hundredth of a yuan. */
    price: Wire.int,
    link_auth_mode: AcquisitionLinkMode.schema
  }),
  /** The apps whose links it has, where `link_auth_mode` is `OfApps`. */
  auth_apps: Wire.list(Schema.Struct({ agentid: Wire.int }))
}) {}

/** 代支付流水: one customer whom a service provider paid for. */
export class AcquisitionBill extends Schema.Class<AcquisitionBill>("effect-wecom/AcquisitionBill")({
  ...Wire.optionals({
    /** When the customer was added. */
    timestamp: Wire.time,
    /** Left out where the link is deleted. */
    link_id: Schema.String,
    /** The `customer_channel` of the address that was opened. */
    state: Schema.String,
    /** In fen, a hundredth of a yuan. */
    price: Wire.int
  })
}) {}

const linkName = Wire.chars(30)

/** One page of ids of 获客链接. */
export class AcquisitionLinkIdPage extends Schema.Opaque<AcquisitionLinkIdPage>()(
  Schema.Struct({
    link_id_list: Wire.list(Schema.String),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

const listIds = Endpoint.query("/cgi-bin/externalcontact/customer_acquisition/list_link", 97297, () => ({
  body: Wire.optionals({
    limit: Wire.intBetween(1, 100),
    cursor: Schema.String
  }),
  success: AcquisitionLinkIdPage
}))

/** One page of customers of a 获客链接. */
export class AcquiredCustomerPage extends Schema.Opaque<AcquiredCustomerPage>()(
  Schema.Struct({
    customer_list: Wire.list(AcquiredCustomer),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

const listCustomers = Endpoint.query("/cgi-bin/externalcontact/customer_acquisition/customer", 97298, () => ({
  body: {
    link_id: Wire.filledText,
    ...Wire.optionals({
      limit: Wire.intBetween(1, 1000),
      cursor: Schema.String
    })
  },
  success: AcquiredCustomerPage
}))

/** One page of the bills of 获客助手. */
export class AcquisitionBillPage extends Schema.Opaque<AcquisitionBillPage>()(
  Schema.Struct({
    bill_list: Wire.list(AcquisitionBill),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

const listBills = Endpoint.query("/cgi-bin/service/customer_acquisition/get_bill_list", {
  doc: 99602,
  credential: "suite"
}, () => ({
  body: Schema.Struct({
    begin_time: Wire.time,
    /** At most 31 days after `begin_time`. */
    end_time: Wire.time,
    /** The corp that was paid for. */
    auth_corpid: Wire.filledText,
    ...Wire.optionals({
      /** Default: 100. */
      limit: Wire.intBetween(1, 1000),
      cursor: Schema.String
    })
  }).check(Wire.period("begin_time", "end_time", 31)),
  success: AcquisitionBillPage
}))

/**
 * 获客助手: links through which customers add members.
 *
 * An app sees the links that it made. Not for the built-in app of 客户联系.
 */
export class AcquisitionLinks
  extends Domain.Service<AcquisitionLinks>()("customers/AcquisitionLinks", "客户联系·获客助手", {
    /**
     * 获取获客链接列表. The ids of the links that work and that this app made; one page.
     * @see https://developer.work.weixin.qq.com/document/path/97297
     */
    listIds,
    /**
     * 获取获客链接详情. One link of this app.
     * @see https://developer.work.weixin.qq.com/document/path/97297
     */
    get: Endpoint.query("/cgi-bin/externalcontact/customer_acquisition/get", 97297, () => ({
      body: { link_id: Wire.filledText },
      success: AcquisitionLinkDetail
    })),
    /**
     * 创建获客链接. A link to at most 500 members, whose name has at most 30 characters. Fails with 41095 where there are too
     * many.
     * @see https://developer.work.weixin.qq.com/document/path/97297
     */
    create: Endpoint.post("/cgi-bin/externalcontact/customer_acquisition/create_link", 97297, () => ({
      body: {
        link_name: linkName,
        range: AcquisitionRange.check(Wire.anyOf("user_list", "department_list")),
        ...Wire.optionals({
          /** Whether customers are added without the member's consent. Default: they are. */
          skip_verify: Schema.Boolean,
          /** Only for some lines of business. */
          priority_option: PriorityOption,
          /** Whether customers are marked as brought by this app; only for apps of 营销获客. Default: they are. */
          mark_source: Schema.Boolean
        })
      },
      success: Endpoint.pluck("link", AcquisitionLink)
    })),
    /**
     * 编辑获客链接. What is left out stays; `range` and `priority_option` replace what was.
     * @see https://developer.work.weixin.qq.com/document/path/97297
     */
    update: Endpoint.post("/cgi-bin/externalcontact/customer_acquisition/update_link", 97297, () => ({
      body: {
        link_id: Wire.filledText,
        ...Wire.optionals({
          link_name: linkName,
          range: AcquisitionRange,
          skip_verify: Schema.Boolean,
          priority_option: PriorityOption,
          mark_source: Schema.Boolean
        })
      }
    })),
    /**
     * 删除获客链接. The link no longer works.
     * @see https://developer.work.weixin.qq.com/document/path/97297
     */
    delete: Endpoint.post("/cgi-bin/externalcontact/customer_acquisition/delete_link", 97297, () => ({
      body: { link_id: Wire.filledText }
    })),
    /**
     * 获取获客客户列表. The customers whom a link of this app brought; one page.
     * @see https://developer.work.weixin.qq.com/document/path/97298
     */
    listCustomers,
    /**
     * 查询剩余使用量. How many customers links have brought, and may still bring.
     * @see https://developer.work.weixin.qq.com/document/path/97375
     */
    getQuota: Endpoint.get("/cgi-bin/externalcontact/customer_acquisition_quota", 97375, () => ({
      success: AcquisitionQuota
    })),
    /**
     * 查询链接使用详情. How a link was used between two days, both included: at most 30 days apart, of the last 180.
     * @see https://developer.work.weixin.qq.com/document/path/97375
     */
    getStatistic: Endpoint.query("/cgi-bin/externalcontact/customer_acquisition/statistic", 97375, () => ({
      body: Schema.Struct({ link_id: Wire.filledText, start_time: Wire.time, end_time: Wire.time }).check(
        Wire.periodOfDays("start_time", "end_time", 30)
      ),
      success: AcquisitionStatistic
    })),
    /**
     * 获取成员多次收消息详情. How often a customer has written, by the `ChatKey` of the event that told of it, which is valid for
     * 30 minutes (41201).
     * @see https://developer.work.weixin.qq.com/document/path/100130
     */
    getChat: Endpoint.query("/cgi-bin/externalcontact/customer_acquisition/get_chat_info", 100130, () => ({
      body: { chat_key: Wire.filledText },
      success: AcquiredChat
    })),
    /**
     * 获取客户可建联成员. Whom an app of 营销获客 may connect customers with, as set in the admin console.
     * @see https://developer.work.weixin.qq.com/document/path/101146
     */
    getPermit: Endpoint.get("/cgi-bin/externalcontact/customer_acquisition_app/get_permit", 101146, () => ({
      success: AcquisitionPermit
    })),
    /**
     * 获取组件授权信息. Who pays for the customers of a provider's 获客助手组件, and whose links it has. Only for 获客助手组件.
     * @see https://developer.work.weixin.qq.com/document/path/99610
     */
    getComponent: Endpoint.query(
      "/cgi-bin/externalcontact/customer_acquisition/get_comp_auth_info",
      99610,
      () => ({ success: AcquisitionComponent })
    ),
    /**
     * 生成代支付key. Keys to append to a link as `once_key`, each good for one customer that the service provider pays for,
     * within 14 days. Only for 获客助手组件, where the provider pays (41099).
     * @see https://developer.work.weixin.qq.com/document/path/99603
     */
    createOnceKeys: Endpoint.post("/cgi-bin/externalcontact/customer_acquisition/create_once_key", 99603, () => ({
      body: {
        link_id: Wire.filledText,
        /** Default: 100. */
        key_num: Wire.optional(Wire.intBetween(1, 1000))
      },
      success: Endpoint.pluck("keys", Wire.list(Schema.String))
    })),
    /**
     * 获取代支付流水. The customers whom the service provider paid for within at most 31 days; one page. Only for
     * 获客助手组件.
     * @see https://developer.work.weixin.qq.com/document/path/99602
     */
    listBills
  }, (endpoints) => ({
    /**
     * 获取获客链接列表. All ids, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/97297
     */
    listAllIds: Paging.byCursor(endpoints.listIds, "link_id_list"),
    /**
     * 获取获客客户列表. All customers, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/97298
     */
    listAllCustomers: Paging.byCursor(endpoints.listCustomers, "customer_list"),
    /**
     * 获取代支付流水. All bills, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/99602
     */
    listAllBills: Paging.byCursor(endpoints.listBills, "bill_list")
  }))
{
  /**
   * The address of a link with a channel, which comes back as the `state` of the customers whom it brought. A channel of
   * more than 64 bytes is cut off by WeCom.
   */
  static readonly channelUrl = (url: string, channel: string): string =>
    `${url}${url.includes("?") ? "&" : "?"}customer_channel=${encodeURIComponent(channel)}`

  /** The address of a link as a scheme that opens WeChat from elsewhere; give it the address of {@link channelUrl}. */
  static readonly weixinScheme = (url: string): string => `weixin://biz/ww/profile/${encodeURIComponent(url)}`
}
