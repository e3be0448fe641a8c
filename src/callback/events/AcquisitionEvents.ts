/**
 * 获客助手事件: links that bring customers, and the quota that each of these customers takes from.
 *
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

const inCorp = () => CallbackWire.suiteInCorp

const inCorpOrNone = () => ({
  SuiteId: Schema.String,
  AuthCorpId: Wire.optional(Schema.String)
})

const link = () => ({ LinkId: Schema.String })

const visitedLink = () => ({
  ...link(),
  /** 链接的customer_channel. */
  State: Wire.optional(Schema.String)
})

const expiringQuota = () => ({
  ExpireTime: Wire.time,
  /** How much of the quota expires. */
  ExpireQuotaNum: Wire.int
})

/** Who met whom: some apps, such as 获客助手组件, are told of the link alone. */
const customer = () => ({
  ...Wire.optionals({
    LinkId: Schema.String,
    /** 链接的customer_channel. */
    State: Schema.String,
    UserID: Schema.String,
    ExternalUserID: Schema.String
  })
})

const chatting = () => ({
  ...customer(),
  /** How many messages the member has received: 3, 5 or 10. Not told any more since 2024-12-19. */
  ChatSeq: CallbackWire.optional(Wire.int),
  /** For `AcquisitionLinks.getChat`, within 30 minutes. */
  ChatKey: Wire.optional(Schema.String)
})

const consumed = () => ({
  ...customer(),
  /** 拼接的once_key参数. One of `AcquisitionLinks.createOnceKeys`. */
  OnceKey: Wire.optional(Schema.String)
})

const price = () => ({
  LinkId: Wire.optional(Schema.String),
  /** 服务商代付价格, in fen. */
  Price: CallbackWire.optional(Wire.int),
  /** When the price begins to hold. */
  EffectiveTime: CallbackWire.optional(Wire.time)
})

/**
 * 企业使用量即将耗尽事件: fewer than 20 are left.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionQuotaLow
  extends Event<AcquisitionQuotaLow>()("event/customer_acquisition/balance_low", () => ({}))
{}

/**
 * 使用量已经耗尽事件.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionQuotaExhausted
  extends Event<AcquisitionQuotaExhausted>()("event/customer_acquisition/balance_exhausted", () => ({}))
{}

/**
 * 使用量增加事件: there is quota again, after it was exhausted.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionQuotaIncreased
  extends Event<AcquisitionQuotaIncreased>()("event/customer_acquisition/balance_increased", () => ({}))
{}

/**
 * 获客使用量即将过期事件: sent 14, 7, 3, 2 and 1 days ahead.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionQuotaExpiring
  extends Event<AcquisitionQuotaExpiring>()("event/customer_acquisition/quota_expire_soon", expiringQuota)
{}

/**
 * 获客链接异常事件: none of the link's members can take customers.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionLinkUnavailable
  extends Event<AcquisitionLinkUnavailable>()("event/customer_acquisition/link_unavailable", link)
{}

/**
 * 删除获客链接事件: not where it was deleted through the API.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionLinkDeleted
  extends Event<AcquisitionLinkDeleted>()("event/customer_acquisition/delete_link", link)
{}

/**
 * 微信客户打开获客链接事件: somebody saw a member's profile through a link. For some lines of business alone.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionLinkOpened
  extends Event<AcquisitionLinkOpened>()("event/customer_acquisition/open_profile", visitedLink)
{}

/**
 * 通过获客链接发起好友请求事件: somebody asks to be a contact, through a link with a `State`.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquisitionFriendRequested
  extends Event<AcquisitionFriendRequested>()("event/customer_acquisition/friend_request", visitedLink)
{}

/**
 * 成员首次收消息事件: a customer whom a link brought wrote for the first time.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquiredCustomerWrote
  extends Event<AcquiredCustomerWrote>()("event/customer_acquisition/customer_start_chat", customer)
{}

/**
 * 成员多次收消息事件: a customer whom a link brought wrote for the 3rd, 5th or 10th time.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquiredCustomerWroteAgain
  extends Event<AcquiredCustomerWroteAgain>()("event/customer_acquisition/message_from_customer", chatting)
{}

/**
 * 微信客户删除成员事件: a customer whom a link brought deleted the member.
 * @see https://developer.work.weixin.qq.com/document/path/97299
 */
export class AcquiredCustomerLeft
  extends Event<AcquiredCustomerLeft>()("event/customer_acquisition/del_follow_user", customer)
{}

/**
 * 服务商获客使用量即将耗尽事件: of the provider's quota. Documented for 获客助手组件 alone, as `InfoType`.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class ProviderQuotaLow
  extends Event<ProviderQuotaLow>()("event/customer_acquisition/service_balance_low", () => ({}))
{}

/**
 * 服务商获客使用量已经耗尽事件: of the provider's quota. Documented for 获客助手组件 alone, as `InfoType`.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class ProviderQuotaExhausted
  extends Event<ProviderQuotaExhausted>()("event/customer_acquisition/service_balance_exhausted", () => ({}))
{}

/**
 * 消耗服务商使用量事件: a customer took from the provider's quota. Documented for 获客助手组件 alone, as `InfoType`.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class ProviderQuotaConsumed
  extends Event<ProviderQuotaConsumed>()("event/customer_acquisition/service_balance_consumed", consumed)
{}

/**
 * 获客链接服务商代付价格调整事件. Documented for 获客助手组件 alone, as `InfoType`.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class AcquisitionPriceChanged
  extends Event<AcquisitionPriceChanged>()("event/customer_acquisition/change_price", price)
{}

/**
 * 客户可建联成员范围变动事件: whom an app of 营销获客 may connect customers with has changed; see
 * `AcquisitionLinks.getPermit`.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class AcquisitionRangeChanged
  extends Event<AcquisitionRangeChanged>()("event/customer_acquisition_permit_change", () => ({}))
{}

/**
 * 企业使用量即将耗尽事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionQuotaLow
  extends Event<SuiteAcquisitionQuotaLow>()("InfoType/customer_acquisition/balance_low", inCorp)
{}

/**
 * 使用量已经耗尽事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionQuotaExhausted
  extends Event<SuiteAcquisitionQuotaExhausted>()("InfoType/customer_acquisition/balance_exhausted", inCorp)
{}

/**
 * 使用量增加事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionQuotaIncreased
  extends Event<SuiteAcquisitionQuotaIncreased>()("InfoType/customer_acquisition/balance_increased", inCorp)
{}

/**
 * 获客使用量即将过期事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionQuotaExpiring
  extends Event<SuiteAcquisitionQuotaExpiring>()("InfoType/customer_acquisition/quota_expire_soon", () => ({
    ...inCorp(),
    ...expiringQuota()
  }))
{}

/**
 * 获客链接异常事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionLinkUnavailable
  extends Event<SuiteAcquisitionLinkUnavailable>()("InfoType/customer_acquisition/link_unavailable", () => ({
    ...inCorp(),
    ...link()
  }))
{}

/**
 * 删除获客链接事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionLinkDeleted
  extends Event<SuiteAcquisitionLinkDeleted>()("InfoType/customer_acquisition/delete_link", () => ({
    ...inCorp(),
    ...link()
  }))
{}

/**
 * 微信客户打开获客链接事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionLinkOpened
  extends Event<SuiteAcquisitionLinkOpened>()("InfoType/customer_acquisition/open_profile", () => ({
    ...inCorp(),
    ...visitedLink()
  }))
{}

/**
 * 微信客户发起好友申请, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 */
export class SuiteAcquisitionFriendRequested
  extends Event<SuiteAcquisitionFriendRequested>()("InfoType/customer_acquisition/friend_request", () => ({
    ...inCorp(),
    ...visitedLink()
  }))
{}

/**
 * 成员首次收消息事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class SuiteAcquiredCustomerWrote
  extends Event<SuiteAcquiredCustomerWrote>()("InfoType/customer_acquisition/customer_start_chat", () => ({
    ...inCorp(),
    ...customer()
  }))
{}

/**
 * 成员多次收消息事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/97402
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class SuiteAcquiredCustomerWroteAgain
  extends Event<SuiteAcquiredCustomerWroteAgain>()("InfoType/customer_acquisition/message_from_customer", () => ({
    ...inCorp(),
    ...chatting()
  }))
{}

/**
 * 服务商获客使用量即将耗尽事件: of the provider's own quota, which no corp belongs to.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class SuiteProviderQuotaLow
  extends Event<SuiteProviderQuotaLow>()("InfoType/customer_acquisition/service_balance_low", inCorpOrNone)
{}

/**
 * 服务商获客使用量已经耗尽事件: of the provider's own quota, which no corp belongs to.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class SuiteProviderQuotaExhausted
  extends Event<SuiteProviderQuotaExhausted>()("InfoType/customer_acquisition/service_balance_exhausted", inCorpOrNone)
{}

/**
 * 消耗服务商使用量事件: a customer took from the provider's quota.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class SuiteProviderQuotaConsumed
  extends Event<SuiteProviderQuotaConsumed>()("InfoType/customer_acquisition/service_balance_consumed", () => ({
    ...inCorp(),
    ...consumed()
  }))
{}

/**
 * 获客链接服务商代付价格调整事件.
 * @see https://developer.work.weixin.qq.com/document/path/99485
 */
export class SuiteAcquisitionPriceChanged
  extends Event<SuiteAcquisitionPriceChanged>()("InfoType/customer_acquisition/change_price", () => ({
    ...inCorpOrNone(),
    ...price()
  }))
{}

/**
 * 客户可建联成员范围变动事件, as suites receive it; see `AcquisitionLinks.getPermit`.
 * @see https://developer.work.weixin.qq.com/document/path/92277
 */
export class SuiteAcquisitionRangeChanged
  extends Event<SuiteAcquisitionRangeChanged>()("InfoType/customer_acquisition_permit_change", inCorp)
{}
