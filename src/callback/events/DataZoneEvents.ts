/**
 * 会话存档 and 数据与智能专区: conversations are there to be read, were searched or exported, and the orders for reading them.
 *
 * @see https://developer.work.weixin.qq.com/document/path/95039
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 高级接口类型. */
export const AdvancedApiType = Wire.oneOf({ ChatArchive: [1, "会话内容数据接口"] })

/** 高级接口的退款结果. */
export const AdvancedApiRefundStatus = Wire.oneOf({ Succeeded: [1, "退款成功"], Refused: [2, "退款被拒绝"] })

const token = () => ({
  ...CallbackWire.suiteInCorp,
  /** What to read it with, valid for 10 minutes; at most 128 bytes. */
  Token: Schema.String
})

const agreed = () => ({
  ...CallbackWire.suiteInCorp,
  ...Wire.optionals({
    OpenUserID: Schema.String,
    ExternalUserID: Schema.String,
    ChatId: Schema.String
  })
})

const advancedApi = () => ({
  ...CallbackWire.providerAndCorp,
  AdvanceApiType: AdvancedApiType.schema
})

const order = () => ({
  ...advancedApi(),
  OrderId: Schema.String
})

const edition = () => ({
  ...advancedApi(),
  /** Of `AdvancedApiType.ChatArchive`. */
  ChatArchiveApi: CallbackWire.optional(Schema.Struct({
    /** 版本; no document tells what the numbers mean. */
    Edition: Wire.int
  }))
})

/**
 * 产生会话回调事件: archived conversations are there to be read.
 * @see https://developer.work.weixin.qq.com/document/path/95039
 */
export class ChatArchiveNotified extends Event<ChatArchiveNotified>()("event/msgaudit_notify", () => ({})) {}

/**
 * 应用接收专区通知: a program in the data zone calls the app, which may call it back with `NotifyId`.
 * @see https://developer.work.weixin.qq.com/document/path/99998
 */
export class ZoneProgramNotified extends Event<ZoneProgramNotified>()("event/program_notify", () => ({
  /** Valid for 10 minutes; at most 128 bytes. */
  NotifyId: Schema.String,
  /** What the program says it is about, from 0 to 255. */
  NotifyScene: CallbackWire.optional(Wire.int)
})) {}

/**
 * 产生会话回调通知: conversations are there to be read in the data zone.
 * @see https://developer.work.weixin.qq.com/document/path/97085
 */
export class ZoneConversationArrived
  extends Event<ZoneConversationArrived>()("InfoType/conversation_new_message", token)
{}

/**
 * 命中关键词规则通知: a conversation in the data zone fits a rule.
 * @see https://developer.work.weixin.qq.com/document/path/97244
 */
export class ZoneKeywordHit extends Event<ZoneKeywordHit>()("InfoType/hit_keyword", token) {}

/**
 * 客户同意进行聊天内容存档事件回调, 单聊.
 * @see https://developer.work.weixin.qq.com/document/path/99532
 */
export class ZoneSingleChatAgreed
  extends Event<ZoneSingleChatAgreed>()("InfoType/chat_archive_audit_approved_single", agreed)
{}

/**
 * 客户同意进行聊天内容存档事件回调, 群聊.
 * @see https://developer.work.weixin.qq.com/document/path/99532
 */
export class ZoneGroupChatAgreed
  extends Event<ZoneGroupChatAgreed>()("InfoType/chat_archive_audit_approved_room", agreed)
{}

/**
 * 会话内容导出完成通知.
 * @see https://developer.work.weixin.qq.com/document/path/99620
 */
export class ZoneExportFinished extends Event<ZoneExportFinished>()("InfoType/chat_archive_export_finished", () => ({
  ...CallbackWire.suiteInCorp,
  JobId: Schema.String
})) {}

/**
 * 支付成功通知 of 专区高级接口.
 * @see https://developer.work.weixin.qq.com/document/path/100265
 */
export class AdvancedApiPaid extends Event<AdvancedApiPaid>()("InfoType/advanced_api_pay_success", () => ({
  ...order(),
  /** Who ordered. */
  BuyerUserId: Wire.optional(Schema.String)
})) {}

/**
 * 退款结果通知 of 专区高级接口.
 * @see https://developer.work.weixin.qq.com/document/path/100267
 */
export class AdvancedApiRefundChanged extends Event<AdvancedApiRefundChanged>()("InfoType/advanced_api_refund", () => ({
  ...order(),
  OrderStatus: AdvancedApiRefundStatus.schema
})) {}

/**
 * 取消订单通知 of 专区高级接口.
 * @see https://developer.work.weixin.qq.com/document/path/100268
 */
export class AdvancedApiOrderCancelled
  extends Event<AdvancedApiOrderCancelled>()("InfoType/advanced_api_cancel", order)
{}

/**
 * 接口到期通知 of 专区高级接口.
 * @see https://developer.work.weixin.qq.com/document/path/100269
 */
export class AdvancedApiExpired extends Event<AdvancedApiExpired>()("InfoType/advanced_api_expired", edition) {}

/**
 * 接口试用到期通知 of 专区高级接口.
 * @see https://developer.work.weixin.qq.com/document/path/100270
 */
export class AdvancedApiTrialExpired
  extends Event<AdvancedApiTrialExpired>()("InfoType/advanced_api_trial_expired", advancedApi)
{}

/**
 * 接口余量不足通知 of 专区高级接口.
 * @see https://developer.work.weixin.qq.com/document/path/100272
 */
export class AdvancedApiInsufficient
  extends Event<AdvancedApiInsufficient>()("InfoType/advanced_api_insufficient", edition)
{}
