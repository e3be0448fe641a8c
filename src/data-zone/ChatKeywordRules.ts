/**
 * 关键词规则管理: words and acts in archived conversations of which WeCom sends callbacks.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { since } from "./fields.ts"
import { ZoneMessageDetail } from "./ZoneMessage.ts"

/** 关键行为: acts that a rule finds. */
export const KeywordSemantics = Wire.oneOf({
  RedPacket: [1, "红包"],
  Mobile: [2, "手机号码"],
  Email: [3, "邮箱地址"],
  WeChatCard: [4, "微信名片"],
  ImageWithQrCode: [5, "带二维码图片"],
  Recall: [6, "撤回消息"],
  BankCard: [7, "银行卡号"],
  IdCard: [8, "身份证号"],
  File: [9, "发送文件（不包括微盘文件）"],
  Link: [10, "发送链接（发送链接消息或者发送的文本消息中包含链接）"],
  MiniProgram: [11, "发送小程序"]
})

/** 适用的对象类型. */
export const KeywordTargetType = Wire.oneOf({ Member: [1, "员工"], Customer: [2, "客户"] })

/** 适用的会话类型. */
export const KeywordChatType = Wire.oneOf({ Single: [1, "单聊"], Group: [2, "群聊"] })

/** 适用的会话范围. */
export const KeywordSessionType = Wire.oneOf({ Internal: [1, "内部会话"], External: [2, "外部会话"] })

const texts = Wire.optional(Wire.items(Wire.filledText, 100))

/** 规则适用范围. An empty list in an update clears what was set; every list holds at most 100. */
export class KeywordRange extends Schema.Opaque<KeywordRange>()(Schema.Struct(Wire.optionals({
  /** Default: members and customers. */
  target_type: Schema.Struct({ type_list: Wire.optional(Schema.Array(KeywordTargetType.schema)) }),
  /** Default: single chats and groups. */
  chat_type: Schema.Struct({ type_list: Wire.optional(Schema.Array(KeywordChatType.schema)) }),
  /** Together with all customers, unless `target_type` says otherwise. */
  department: Schema.Struct({ id_list: Wire.optional(Wire.items(Wire.int, 100)) }),
  /** Open userids: together with all customers, unless `target_type` says otherwise. */
  user: Schema.Struct({ id_list: texts }),
  /** External userids: together with all members, unless `target_type` says otherwise. */
  external_contact: Schema.Struct({ id_list: texts }),
  /** Groups: together with all single chats, unless `chat_type` says otherwise. */
  chat: Schema.Struct({ id_list: texts }),
  /** Mobile numbers that are not told of. */
  exclude_mobile: Schema.Struct({ mobile_list: texts }),
  /** Numbers of bank cards that are not told of. */
  exclude_bank_card: Schema.Struct({ bank_card_list: texts }),
  /** Mail addresses that are not told of. */
  exclude_email: Schema.Struct({ email_list: texts }),
  session_type: Schema.Struct({ session_type_list: Wire.optional(Schema.Array(KeywordSessionType.schema)) })
}))) {}

const found = Wire.optionals({
  keyword: Schema.Struct({
    /** At most 20, of 1 to 32 characters. */
    word_list: Wire.optional(Wire.items(Wire.chars(32), 20))
  }),
  semantics: Schema.Struct({ semantics_list: Wire.optional(Schema.Array(KeywordSemantics.schema)) }),
  /** Default: everywhere. */
  applicable_range: KeywordRange
})

/** A rule to make: it has words, or acts, or both. */
export class NewKeywordRule extends Schema.Opaque<NewKeywordRule>()(
  Schema.Struct({
    /** 1 to 20 characters. */
    name: Wire.chars(20),
    ...found
  }).check(
    Schema.makeFilter(({ keyword, semantics }) =>
      (keyword?.word_list?.length ?? 0) + (semantics?.semantics_list?.length ?? 0) > 0 ||
      { path: ["keyword", "word_list"], issue: "at least one word, or one of semantics.semantics_list, is needed" }
    )
  )
) {}

/** What changes of a rule. */
export class KeywordRuleChange extends Schema.Opaque<KeywordRuleChange>()(Schema.Struct({
  rule_id: Wire.filledText,
  /** 1 to 20 characters. */
  name: Wire.optional(Wire.chars(20)),
  ...found
})) {}

/** 关键词规则详情. */
export class KeywordRule extends Schema.Class<KeywordRule>("effect-wecom/KeywordRule")({
  name: Wire.optional(Schema.String),
  ...found
}) {}

/** A rule of the list. */
export class KeywordRuleSummary extends Schema.Class<KeywordRuleSummary>("effect-wecom/KeywordRuleSummary")({
  rule_id: Schema.String,
  ...Wire.optionals({ name: Schema.String, create_time: Wire.time })
}) {}

/** One page of rules. */
export class KeywordRulePage extends Schema.Class<KeywordRulePage>("effect-wecom/KeywordRulePage")({
  rule_list: Wire.list(KeywordRuleSummary),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}) {}

/** 命中的关键词规则. */
export class KeywordHit extends Schema.Class<KeywordHit>("effect-wecom/KeywordHit")({
  rule_id: Schema.String,
  /** Whether it was one of the rule's words. */
  has_hit_keyword: Wire.optional(Schema.Boolean),
  /** The acts of the rule that it was. */
  semantics_list: Wire.list(KeywordSemantics.schema)
}) {}

/** A message that fits rules. */
export class KeywordMessage extends Schema.Class<KeywordMessage>("effect-wecom/KeywordMessage")({
  msgid: Schema.String,
  /** Only with `need_detail`. */
  msg_detail: Wire.optional(ZoneMessageDetail),
  hit_rule_list: Wire.list(KeywordHit)
}) {}

/** One page of messages that fit rules. */
export class KeywordMessagePage extends Schema.Class<KeywordMessagePage>("effect-wecom/KeywordMessagePage")({
  msg_list: Wire.list(KeywordMessage),
  ...Wire.optionals({
    has_more: Wire.flag,
    /** Also of the last page: keep it, and continue from it when more messages have come. */
    next_cursor: Schema.String
  })
}) {}

/**
 * 关键词规则管理: words and acts in archived conversations of which WeCom sends callbacks (`hit_keyword`). For the app of
 * the 会话存档接口授权 of a service provider alone.
 */
export class ChatKeywordRules
  extends Domain.Service<ChatKeywordRules>()("data-zone/ChatKeywordRules", "数据与智能专区", {
    /**
     * 新增关键词规则. At most 100 of a corp. Returns the id.
     * @see https://developer.work.weixin.qq.com/document/path/97237
     */
    create: Endpoint.post("/cgi-bin/chatdata/keyword/create_rule", 97237, () => ({
      body: NewKeywordRule,
      success: Endpoint.pluck("rule_id", Schema.String)
    })),
    /**
     * 获取关键词规则列表. One page.
     * @see https://developer.work.weixin.qq.com/document/path/97237
     */
    list: Endpoint.query("/cgi-bin/chatdata/keyword/get_rule_list", 97237, () => ({
      body: Wire.optionals({
        cursor: Schema.String,
        /** Default: 100. */
        limit: Wire.intBetween(1, 100)
      }),
      success: KeywordRulePage
    })),
    /**
     * 获取关键词规则详情.
     * @see https://developer.work.weixin.qq.com/document/path/97237
     */
    get: Endpoint.query("/cgi-bin/chatdata/keyword/get_rule_detail", 97237, () => ({
      body: { rule_id: Wire.filledText },
      success: KeywordRule
    })),
    /**
     * 修改关键词规则. What is left out stays; an empty list of `applicable_range` is cleared.
     * @see https://developer.work.weixin.qq.com/document/path/97237
     */
    update: Endpoint.post("/cgi-bin/chatdata/keyword/update_rule", { doc: 97237, idempotent: true }, () => ({
      body: KeywordRuleChange
    })),
    /**
     * 删除关键词规则.
     * @see https://developer.work.weixin.qq.com/document/path/97237
     */
    delete: Endpoint.post("/cgi-bin/chatdata/keyword/delete_rule", { doc: 97237, idempotent: true }, () => ({
      body: { rule_id: Wire.filledText }
    })),
    /**
     * 获取命中关键词规则的会话记录. One page of the messages of the last 3 days that fit rules. Without a `token` WeCom allows
     * few calls.
     * @see https://developer.work.weixin.qq.com/document/path/97266
     */
    listMessages: Endpoint.query("/cgi-bin/chatdata/keyword/get_hit_msg_list", 97266, () => ({
      body: {
        ...since,
        /** Whether `msg_detail` is returned. Default: false. */
        need_detail: Wire.optional(Wire.flag)
      },
      success: KeywordMessagePage
    }))
  }, (endpoints) => ({
    /**
     * 获取关键词规则列表. All rules of `list`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/97237
     */
    listAll: Paging.byCursor(endpoints.list, "rule_list"),
    /**
     * 获取命中关键词规则的会话记录. All messages of `listMessages` up to now, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/97266
     */
    listAllMessages: Paging.byCursor(endpoints.listMessages, "msg_list")
  }))
{}
