/**
 * 收款工具: orders that a provider makes for corps to pay (收银台). Calls run as the provider, with the `paymentKey` that signs
 * them: `WeComApp.provider({ corpId, providerSecret, paymentKey })`.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 业务类型. */
export const PayOrderBusiness = Wire.oneOf({
  ThirdPartyApp: [1, "普通第三方应用"],
  CustomizedApp: [2, "代开发应用"],
  Solution: [3, "行业解决方案"]
})

/** 支付方式: who pays. */
export const PayOrderPayer = Wire.oneOf({
  Customer: [0, "客户支付"],
  Provider: [1, "服务商代支付"],
  Nobody: [2, "免支付"]
})

/** 购买类型. */
export const PayOrderType = Wire.oneOf({
  Purchase: [0, "新购"],
  Expansion: [1, "扩容"],
  Renewal: [2, "续期"]
})

/** 订单状态. */
export const PayOrderStatus = Wire.oneOf({
  AwaitingPayment: [1, "待支付"],
  Paid: [2, "已支付"],
  Cancelled: [3, "订单取消"],
  Expired: [4, "支付过期"],
  RefundRequested: [5, "退款申请中"],
  Refunded: [6, "已退款"],
  Completed: [7, "交易完成"],
  AwaitingConfirmation: [8, "待企业确认"],
  PartlyRefunded: [9, "已部分退款"]
})

/** 订单来源. */
export const PayOrderSource = Wire.oneOf({
  Customer: [1, "客户下单"],
  Provider: [2, "服务商创建"]
})

/** 付款方式. */
export const PayOrderChannel = Wire.oneOf({
  WeChatPay: [1, "微信支付"],
  Bank: [2, "网银支付"]
})

/** 收入到账商户号. */
export const PayOrderIncome = Wire.oneOf({
  WeChatPay: [1, "微信支付商户号"],
  Tenpay: [2, "财付通商户号"]
})

/** 优惠类型. */
export const PayOrderDiscountType = Wire.oneOf({
  Amount: [1, "固定优惠"],
  Ratio: [2, "价格折扣"]
})

const id = Wire.text(64)
const people = Wire.intBetween(1, 1_000_000)
const days = Wire.intBetween(1, 1825)
const date = Schema.String.check(Schema.isPattern(/^\d{8}$/, { message: "expected a date, such as 20221212" }))

/** 优惠信息. */
export class NewPayOrderDiscount extends Schema.Opaque<NewPayOrderDiscount>()(
  Schema.Struct({
    /** `Amount` only for a named corp, unless it is a purchase. */
    discount_type: PayOrderDiscountType.schema,
    ...Wire.optionals({
      /** For `Amount`, in fen (分): 1 to 10,000,000, and at most 90 % of the price, or 50 % for recommended apps. */
      discount_amount: Wire.intBetween(0, 10_000_000),
      /** For `Ratio`: the share of the price that stays, 10 to 99 %; at least 50 for recommended apps. */
      discount_ratio: Wire.intBetween(10, 99)
    }),
    /** 优惠原因, at most 256 bytes. */
    discount_remarks: Wire.text(256)
  }).check(
    Schema.makeFilter(({ discount_amount = 0, discount_ratio, discount_type }) =>
      discount_type === PayOrderDiscountType.Amount && discount_amount === 0
        ? { path: ["discount_amount"], issue: "is needed for a discount by amount" }
        : discount_type !== PayOrderDiscountType.Ratio || discount_ratio !== undefined ||
          { path: ["discount_ratio"], issue: "is needed for a discount by ratio" }
    )
  )
) {}

interface Bought {
  readonly order_type: number
  readonly buy_info_list?:
    | ReadonlyArray<{
      readonly user_count?: number | undefined
      readonly duration_days?: number | undefined
    }>
    | undefined
}

/** What every item of an order needs by its type, as the document has it. */
const itemsNeed = (key: "duration_days" | "user_count", not: number, of: string) =>
  Schema.makeFilter(({ buy_info_list = [], order_type }: Bought) => {
    const index = order_type === not ? -1 : buy_info_list.findIndex((item) => item[key] === undefined)
    return index === -1 || { path: ["buy_info_list", index, key], issue: `is needed but for ${of}` }
  })

const needDuration = itemsNeed("duration_days", PayOrderType.Expansion, "an expansion")

const notify = {
  /** Whether the corp's administrators are notified. Default: `true`. */
  notify_custom_corp: Wire.optional(Wire.flag)
}

const common = {
  /** Who pays. `Provider` needs `bank_receipt_media_id`. */
  pay_type: PayOrderPayer.schema,
  ...Wire.optionals({
    /** 银行收款回单 or 发票: a picture or PDF, uploaded by the provider for the pay tool (`attachment_type` 3). */
    bank_receipt_media_id: Schema.String,
    /** A member of the provider who may collect money, and is notified of the result. Default: all super administrators. */
    creator: Schema.String
  })
}

const hasReceipt = Schema.makeFilter((order: {
  readonly pay_type: number
  readonly bank_receipt_media_id?: string | undefined
}) =>
  order.pay_type !== PayOrderPayer.Provider || order.bank_receipt_media_id !== undefined ||
  { path: ["bank_receipt_media_id"], issue: "is needed where the provider pays" }
)

const forCorp = Wire.optional(id)

/** An order of third-party apps. */
export class NewThirdPartyAppPayOrder extends Schema.Opaque<NewThirdPartyAppPayOrder>()(
  Schema.Struct({
    business_type: Schema.Literal(PayOrderBusiness.ThirdPartyApp),
    /** The customer, at most 64 bytes. Default: the person who opens the link. */
    custom_corpid: forCorp,
    ...common,
    product_list: Schema.Struct({
      third_app: Schema.Struct({
        order_type: PayOrderType.schema,
        /** 1 to 20. */
        buy_info_list: Wire.items(
          Schema.Struct({
            /** At most 64 bytes. */
            suiteid: id,
            /** At most 64 bytes. */
            edition_id: id,
            ...Wire.optionals({
              /** Of the older suites of several apps alone. */
              appid: Wire.int,
              /** 1 to 1,000,000: of an expansion, how many more. Needed but for renewals and fixed prices. */
              user_count: people,
              /** 1 to 1825. Needed but for an expansion. */
              duration_days: days,
              /** Such as `20221212`: after today, within a year. Default: at once. */
              take_effect_date: date,
              discount_info: NewPayOrderDiscount
            })
          }),
          20,
          1
        ),
        ...notify
      }).check(needDuration)
    })
  }).check(hasReceipt)
) {}

/** An order of apps that the provider has developed for a corp. */
export class NewCustomizedAppPayOrder extends Schema.Opaque<NewCustomizedAppPayOrder>()(
  Schema.Struct({
    business_type: Schema.Literal(PayOrderBusiness.CustomizedApp),
    /** The customer, at most 64 bytes. */
    custom_corpid: id,
    ...common,
    product_list: Schema.Struct({
      customized_app: Schema.Struct({
        order_type: PayOrderType.schema,
        /** 1 to 20. */
        buy_info_list: Wire.items(
          Schema.Struct({
            /** At most 64 bytes. */
            suiteid: id,
            ...Wire.optionals({
              /** 1 to 1,000,000: of an expansion, how many more. Needed but for a renewal. */
              user_count: people,
              /** 1 to 1825. Needed but for an expansion. */
              duration_days: days,
              /** Such as `20221212`, within a year; of a purchase alone. Default: today. */
              take_effect_date: date
            }),
            /** In fen (分), at most 5,000,000 yuan. */
            total_price: Wire.intBetween(1, 500_000_000)
          }),
          20,
          1
        ),
        ...notify
      }).check(needDuration, itemsNeed("user_count", PayOrderType.Renewal, "a renewal"))
    })
  }).check(hasReceipt)
) {}

/** An order of a solution (行业方案). */
export class NewSolutionPayOrder extends Schema.Opaque<NewSolutionPayOrder>()(
  Schema.Struct({
    business_type: Schema.Literal(PayOrderBusiness.Solution),
    /** The customer, at most 64 bytes. Default: the person who opens the link. */
    custom_corpid: forCorp,
    ...common,
    product_list: Schema.Struct({
      promotion_case: Schema.Struct({
        order_type: PayOrderType.schema,
        /** At most 64 bytes. */
        case_id: id,
        /** At most 128 bytes. */
        promotion_edition_name: Wire.text(128),
        ...Wire.optionals({
          /** 1 to 1825. Needed but for an expansion. */
          duration_days: days,
          /** Such as `20221212`: after today, within a year. Default: at once. */
          take_effect_date: date,
          /** At most 20. */
          buy_info_list: Wire.items(
            Schema.Struct({
              /** At most 64 bytes. */
              suiteid: id,
              ...Wire.optionals({
                /** Of the older suites of several apps alone. */
                appid: Wire.int,
                /** 1 to 1,000,000: of an expansion, how many more. Needed but for renewals and fixed prices. */
                user_count: people
              })
            }),
            20
          )
        }),
        ...notify
      }).check(
        Schema.makeFilter(({ duration_days, order_type }) =>
          order_type === PayOrderType.Expansion || duration_days !== undefined ||
          { path: ["duration_days"], issue: "is needed but for an expansion" }
        )
      )
    })
  }).check(hasReceipt)
) {}

/** An order to make, told apart by `business_type`. */
export type NewPayOrder = NewThirdPartyAppPayOrder | NewCustomizedAppPayOrder | NewSolutionPayOrder

/** An order to make, told apart by `business_type`. */
export const NewPayOrder: Schema.Codec<NewPayOrder, unknown> = Schema.Union([
  NewThirdPartyAppPayOrder,
  NewCustomizedAppPayOrder,
  NewSolutionPayOrder
])

/** 收款订单 that was made. */
export class CreatedPayOrder extends Schema.Class<CreatedPayOrder>("effect-wecom/CreatedPayOrder")({
  order_id: Schema.String,
  ...Wire.optionals({
    /** Where the customer pays, or confirms what the provider pays; for 10 days. */
    order_url: Schema.String,
    /** In fen (分), where it is certain already; so is `paid_price`. */
    origin_price: Wire.int,
    paid_price: Wire.int
  })
}) {}

const summary = {
  order_id: Schema.String,
  ...Wire.optionals({
    create_time: Wire.time,
    custom_corpid: Schema.String,
    buy_content: Schema.String,
    /** In fen (分). */
    origin_price: Wire.int,
    /** In fen (分); 0 where nobody pays. */
    paid_price: Wire.int,
    order_status: PayOrderStatus.schema,
    order_from: PayOrderSource.schema,
    /** Who made it. */
    creator: Schema.String,
    pay_type: PayOrderPayer.schema
  })
}

/** 收款订单 as lists have it. */
export class PayOrderSummary extends Schema.Class<PayOrderSummary>("effect-wecom/PayOrderSummary")(summary) {}

/** 购买明细: an app of an order. */
export class PayOrderItem extends Schema.Class<PayOrderItem>("effect-wecom/PayOrderItem")(
  Wire.optionals({
    suiteid: Schema.String,
    appid: Wire.int,
    edition_id: Schema.String,
    user_count: Wire.int,
    duration_days: Wire.int,
    /** In fen (分). */
    origin_price: Wire.int,
    /** In fen (分). */
    paid_price: Wire.int,
    /** Such as `20221212`. */
    take_effect_date: Schema.String
  })
) {}

const product = {
  ...Wire.optionals({ order_type: PayOrderType.schema, notify_custom_corp: Wire.flag }),
  buy_info_list: Wire.list(PayOrderItem)
}

/** 收款订单. */
export class PayOrder extends Schema.Class<PayOrder>("effect-wecom/PayOrder")({
  ...summary,
  ...Wire.optionals({
    custom_corp_name: Schema.String,
    /** In the table of the document alone, with the meaning of `pay_type`. */
    pay_from: PayOrderPayer.schema,
    /** Once it is paid, as the two below. */
    pay_channel: PayOrderChannel.schema,
    channel_order_id: Schema.String,
    paid_time: Wire.time,
    business_type: PayOrderBusiness.schema,
    /** Once the money has come, as the two below. */
    income_type: PayOrderIncome.schema,
    income_time: Wire.time,
    /** In fen (分). */
    income_amount: Wire.int,
    /** One of them, by `business_type`. */
    product_list: Schema.Struct(Wire.optionals({
      third_app: Schema.Struct(product),
      customized_app: Schema.Struct(product),
      promotion_case: Schema.Struct({
        ...product,
        ...Wire.optionals({
          case_id: Schema.String,
          promotion_edition_name: Schema.String,
          duration_days: Wire.int
        })
      })
    }))
  })
}) {}

/** A page of orders. */
export class PayOrdersPage extends Schema.Class<PayOrdersPage>("effect-wecom/PayOrdersPage")({
  pay_order_list: Wire.list(PayOrderSummary),
  ...Wire.optionals({ next_cursor: Schema.String, has_more: Wire.flag })
}) {}

const meta = { credential: "provider", signed: true } as const

/** 收款工具: orders that a provider makes for corps to pay, each call signed. */
export class PayToolOrders
  extends Domain.Service<PayToolOrders>()("third-party/PayToolOrders", "第三方应用·收银台/版本付费", {
    /**
     * 创建收款订单. Makes an order, and the link with which the customer pays it. The provider has to be a merchant, unless
     * nobody pays.
     * @see https://developer.work.weixin.qq.com/document/path/98045
     */
    create: Endpoint.post("/cgi-bin/paytool/open_order", { doc: 98045, ...meta }, () => ({
      body: NewPayOrder,
      success: CreatedPayOrder
    })),
    /**
     * 取消收款订单. Cancels an order of the provider's.
     * @see https://developer.work.weixin.qq.com/document/path/98046
     */
    close: Endpoint.post("/cgi-bin/paytool/close_order", { doc: 98046, ...meta }, () => ({
      /** At most 64 bytes. */
      body: { order_id: id }
    })),
    /**
     * 获取收款订单列表. Orders by when they were made, whoever made them.
     * @see https://developer.work.weixin.qq.com/document/path/98053
     */
    list: Endpoint.query("/cgi-bin/paytool/get_order_list", { doc: 98053, ...meta }, () => ({
      body: {
        ...Wire.optionals({
          business_type: PayOrderBusiness.schema,
          start_time: Wire.time,
          end_time: Wire.time,
          cursor: Schema.String
        }),
        /** 1 to 2000. */
        limit: Wire.intBetween(1, 2000)
      },
      success: PayOrdersPage
    })),
    /**
     * 获取收款订单详情. An order, with what was bought.
     * @see https://developer.work.weixin.qq.com/document/path/98054
     */
    get: Endpoint.query("/cgi-bin/paytool/get_order_detail", { doc: 98054, ...meta }, () => ({
      body: { order_id: Wire.filledText },
      success: Endpoint.pluck("pay_order", PayOrder)
    }))
  }, (endpoints) => ({
    /**
     * 获取收款订单列表. All items of `list`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/98053
     */
    listAll: Paging.byCursor(endpoints.list, "pay_order_list")
  }))
{}
