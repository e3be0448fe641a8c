/**
 * 高级接口订单: how a provider buys the interfaces of chat data (会话内容数据接口) for a corp. Calls run as the provider
 * (`WeComApp.provider`).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 高级接口类型. */
export const AdvancedApiType = Wire.oneOf({ ChatData: [1, "会话内容数据接口"] })

/** 订单类型. */
export const AdvancedApiOrderType = Wire.oneOf({
  Purchase: [0, "新购"],
  Expansion: [1, "增购"],
  Renewal: [2, "续期"],
  Upgrade: [3, "升级"]
})

/** 订单状态. */
export const AdvancedApiOrderStatus = Wire.oneOf({
  AwaitingPayment: [0, "待支付"],
  Paid: [1, "已支付"],
  Cancelled: [2, "已取消"],
  Expired: [3, "未支付，订单已过期"],
  RefundRequested: [4, "申请退款中"],
  Refunded: [5, "退款成功"],
  RefundRefused: [6, "退款被拒绝"]
})

/** 会话内容数据接口版本. */
export const ChatDataEdition = Wire.oneOf({
  Chats: [2, "内外部会话"],
  ChatsAndCalls: [3, "内外部会话及语音通话"],
  /** Of orders of the past alone. */
  Internal: [1, "内部会话"]
})

/** An edition by its time, where one is in use and another follows. */
const editionTimes = Schema.Struct(Wire.optionals({ begin_time: Wire.time, end_time: Wire.time })).check(
  Wire.optionalPeriod("begin_time", "end_time")
)

/** An order to place. It is for one year; a renewal adds another. */
export class NewAdvancedApiOrder extends Schema.Opaque<NewAdvancedApiOrder>()(
  Schema.Struct({
    /** Default: `ChatData`, the only one. */
    advanced_api_type: Wire.optional(AdvancedApiType.schema),
    custom_corpid: Wire.filledText,
    /** A member of the provider who may buy advanced interfaces. */
    buyer_userid: Wire.filledText,
    /** Default: `Purchase` for a corp that has none yet. */
    order_type: Wire.optional(AdvancedApiOrderType.schema),
    chat_archive_api: Schema.Struct({
      /** For an upgrade, what to upgrade to. */
      edition: ChatDataEdition.schema,
      ...Wire.optionals({
        /** For an upgrade, from what. Default: `Chats`, the only one. */
        old_edition: ChatDataEdition.schema,
        /** How many people, 1 to 1,000,000. A renewal may leave it as it was, all else needs it. */
        purchase_count: Wire.intBetween(1, 1_000_000),
        /** For a purchase, or the renewal of what has ended: within 90 days; WeCom takes the midnight before. Default: today. */
        take_effect_time: Wire.time,
        /** For an expansion or an upgrade: which one, where two follow each other. Default: the first. */
        old_edition_info: editionTimes,
        /** For an upgrade: to which one, where two follow each other. Default: the last. */
        target_edition_info: editionTimes
      })
    })
  }).check(
    Schema.makeFilter(({ chat_archive_api }) =>
      chat_archive_api.edition !== ChatDataEdition.Internal ||
      { path: ["chat_archive_api", "edition"], issue: "expected one of 2, 3: it is no longer sold" }
    ),
    Schema.makeFilter(({ chat_archive_api, order_type }) =>
      chat_archive_api.purchase_count !== undefined || order_type === AdvancedApiOrderType.Renewal ||
      { path: ["chat_archive_api", "purchase_count"], issue: "is needed but for a renewal" }
    )
  )
) {}

const summary = {
  order_id: Schema.String,
  ...Wire.optionals({
    order_type: AdvancedApiOrderType.schema,
    order_status: AdvancedApiOrderStatus.schema,
    create_time: Wire.time
  })
}

/** 高级接口订单 as lists have it. */
export class AdvancedApiOrderSummary
  extends Schema.Class<AdvancedApiOrderSummary>("effect-wecom/AdvancedApiOrderSummary")(summary)
{}

/** 高级接口订单. */
export class AdvancedApiOrder extends Schema.Class<AdvancedApiOrder>("effect-wecom/AdvancedApiOrder")({
  ...summary,
  ...Wire.optionals({
    advanced_api_type: AdvancedApiType.schema,
    /** Encrypted. */
    custom_corpid: Schema.String,
    buyer_userid: Schema.String,
    /** 应付金额, in fen (分). */
    paid_price: Wire.int,
    chat_archive_api: Schema.Struct(Wire.optionals({
      edition: ChatDataEdition.schema,
      purchase_count: Wire.int,
      purchase_duration_days: Wire.int,
      take_effect_time: Wire.time,
      end_time: Wire.time,
      /** Of upgrades, in fen (分). */
      original_price: Wire.int
    }))
  })
}) {}

/** A page of orders. */
export class AdvancedApiOrdersPage extends Schema.Class<AdvancedApiOrdersPage>("effect-wecom/AdvancedApiOrdersPage")({
  order_list: Wire.list(AdvancedApiOrderSummary),
  ...Wire.optionals({ next_cursor: Schema.String, has_more: Wire.flag })
}) {}

/** 已购版本. */
export class BoughtChatDataEdition extends Schema.Class<BoughtChatDataEdition>("effect-wecom/BoughtChatDataEdition")(
  Wire.optionals({
    edition: ChatDataEdition.schema,
    purchase_count: Wire.int,
    begin_time: Wire.time,
    end_time: Wire.time
  })
) {}

/** 企业已购高级接口信息. */
export class BoughtAdvancedApis extends Schema.Class<BoughtAdvancedApis>("effect-wecom/BoughtAdvancedApis")({
  /** Without trials. */
  chat_archive_api_buy_info: Wire.optional(Schema.Struct({ edition_list: Wire.list(BoughtChatDataEdition) }))
}) {}

/** 高级接口订单: how a provider buys the interfaces of chat data for a corp. */
export class AdvancedApiOrders
  extends Domain.Service<AdvancedApiOrders>()("third-party/AdvancedApiOrders", "数据与智能专区", {
    /**
     * 创建高级接口订单. Orders chat data for a corp; it has to be paid. Returns the order's id. 701140 and 701141: not this
     * `order_type`. 701143: another order is unpaid or being refunded. 701149: renewals begin 60 days before the end.
     * @see https://developer.work.weixin.qq.com/document/path/100257
     */
    create: Endpoint.post("/cgi-bin/advanced_api/create_order", { doc: 100257, credential: "provider" }, () => ({
      body: NewAdvancedApiOrder,
      success: Endpoint.pluck("order_id", Schema.String)
    })),
    /**
     * 取消高级接口订单. Cancels an order that is neither paid nor expired.
     * @see https://developer.work.weixin.qq.com/document/path/100258
     */
    cancel: Endpoint.post("/cgi-bin/advanced_api/cancel_order", { doc: 100258, credential: "provider" }, () => ({
      body: { order_id: Wire.filledText }
    })),
    /**
     * 提交余额支付(高级接口). Pays an order from the provider's balance, which cannot be changed later (90433: too small).
     * @see https://developer.work.weixin.qq.com/document/path/100259
     */
    submitPayment: Endpoint.post("/cgi-bin/advanced_api/submit_pay", { doc: 100259, credential: "provider" }, () => ({
      body: {
        /** A member of the provider who may buy advanced interfaces. */
        payer_userid: Wire.filledText,
        order_id: Wire.filledText
      }
    })),
    /**
     * 获取高级接口订单列表. The provider's orders.
     * @see https://developer.work.weixin.qq.com/document/path/100260
     */
    list: Endpoint.query("/cgi-bin/advanced_api/list_order", { doc: 100260, credential: "provider" }, () => ({
      body: Schema.Struct(Wire.optionals({
        /** Default: all corps. */
        custom_corpid: Schema.String,
        /** When it was placed; only together with `end_time`. */
        start_time: Wire.time,
        /** Excluded. */
        end_time: Wire.time,
        advanced_api_type: AdvancedApiType.schema,
        cursor: Schema.String,
        /** At most 1000. Default: 500. */
        limit: Wire.intBetween(1, 1000)
      })).check(Wire.optionalPeriod("start_time", "end_time")),
      success: AdvancedApiOrdersPage
    })),
    /**
     * 获取高级接口订单详情. An order.
     * @see https://developer.work.weixin.qq.com/document/path/100261
     */
    get: Endpoint.query("/cgi-bin/advanced_api/get_order", { doc: 100261, credential: "provider" }, () => ({
      body: { order_id: Wire.filledText },
      success: Endpoint.pluck("order", AdvancedApiOrder)
    })),
    /**
     * 获取企业已购高级接口信息. What a corp has, or had last, of each edition.
     * @see https://developer.work.weixin.qq.com/document/path/100271
     */
    getBought: Endpoint.query(
      "/cgi-bin/advanced_api/get_corp_buy_info",
      { doc: 100271, credential: "provider" },
      () => ({
        body: { advanced_api_type: AdvancedApiType.schema, custom_corpid: Wire.filledText },
        success: BoughtAdvancedApis
      })
    )
  }, (endpoints) => ({
    /**
     * 获取高级接口订单列表. All items of `list`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/100260
     */
    listAll: Paging.byCursor(endpoints.list, "order_list")
  }))
{}
