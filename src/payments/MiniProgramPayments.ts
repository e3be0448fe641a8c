/**
 * 小程序接入对外收款: orders and refunds of a corp's mini programs.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { date, fen, merchant, refundNumber, rfc3339, tradeNumber } from "./fields.ts"

/** 货币类型. */
export const PaymentCurrency = Wire.oneOf({ Cny: ["CNY", "人民币"] })

/** 订单商品. */
export class OrderGoods extends Schema.Opaque<OrderGoods>()(Schema.Struct({
  /** 商户侧商品编码: 1 to 32 digits, Latin letters, `-` and `_`. */
  merchant_goods_id: Schema.String.check(
    Schema.isPattern(/^[\w-]{1,32}$/, { message: "expected 1 to 32 digits, Latin letters, - or _" })
  ),
  ...Wire.optionals({
    /** 微信支付商品编码, at most 32 bytes. */
    wechatpay_goods_id: Wire.text(32),
    /** At most 256 characters. */
    goods_name: Wire.chars(256)
  }),
  quantity: Wire.intFrom(1),
  /** 商品单价, in fen (分, 0.01 CNY). */
  unit_price: Wire.intFrom(0)
})) {}

/** 小程序下单: the order to make. */
export class NewOrder extends Schema.Opaque<NewOrder>()(Schema.Struct({
  /** The mini program's id. */
  appid: Wire.text(32),
  /** 二级商户号, from WeCom. */
  mchid: merchant,
  /** 商户订单号: 6 to 32 digits, Latin letters and `_-|*`, unique within a merchant. */
  out_trade_no: tradeNumber,
  /** At most 127 characters. */
  description: Wire.chars(127),
  amount: Schema.Struct({
    /** 订单总金额, in fen (分, 0.01 CNY). */
    total: fen,
    currency: PaymentCurrency.schema
  }),
  payer: Schema.Struct({
    /** The customer's openid in the mini program. */
    openid: Wire.chars(128)
  }),
  ...Wire.optionals({
    /** 下单场景key, from the mini program's URL: counts the order as the member's who has sent it. */
    scenekey: Wire.chars(256),
    /** 交易结束时间. */
    time_expire: rfc3339,
    /** 附加数据, at most 128 characters: `getOrder` and the callback have it. */
    attach: Wire.chars(128),
    /** 订单优惠标记. */
    goods_tag: Wire.chars(32),
    scene_info: Schema.Struct({
      /** 用户终端IP, IPv4 or IPv6. */
      payer_client_ip: Wire.chars(45),
      ...Wire.optionals({
        /** 商户端设备号. */
        device_id: Wire.chars(32),
        store_info: Schema.Struct({
          id: Wire.chars(32),
          ...Wire.optionals({
            name: Wire.chars(256),
            area_code: Wire.chars(32),
            address: Wire.chars(512)
          })
        })
      })
    }),
    detail: Schema.Struct(Wire.optionals({
      /** 订单原价, in fen: with another amount to pay there is no discount. */
      cost_price: Wire.intFrom(0),
      /** 商品小票ID. */
      invoice_id: Wire.chars(32),
      goods_detail: Schema.Array(OrderGoods)
    }))
  })
})) {}

/** 交易状态. */
export const OrderState = Wire.oneOf({
  Paid: ["SUCCESS", "支付成功"],
  Refunding: ["REFUND", "转入退款"],
  Unpaid: ["NOTPAY", "未支付"],
  Closed: ["CLOSED", "已关闭"],
  Revoked: ["REVOKED", "已撤销"],
  Paying: ["USERPAYING", "用户支付中"],
  Failed: ["PAYERROR", "支付失败"],
  Accepted: ["ACCEPT", "已接收，等待扣款"]
})

/** 交易类型. */
export const OrderType = Wire.oneOf({
  JsApi: ["JSAPI", "公众号支付"],
  Native: ["NATIVE", "扫码支付"],
  App: ["APP", "APP支付"],
  Micropay: ["MICROPAY", "付款码支付"],
  H5: ["MWEB", "H5支付"],
  Face: ["FACEPAY", "刷脸支付"]
})

/** 优惠范围. */
export const PromotionScope = Wire.oneOf({ Global: ["GLOBAL", "全场代金券"], Single: ["SINGLE", "单品优惠"] })

/** 优惠功能: a discount that an order had. Amounts in fen (分, 0.01 CNY). */
export class OrderPromotion extends Schema.Class<OrderPromotion>("effect-wecom/OrderPromotion")({
  ...Wire.optionals({
    coupon_id: Schema.String,
    name: Schema.String,
    scope: PromotionScope.schema,
    /** `CASH`: 充值型代金券, `NOCASH`: 免充值型代金券. */
    type: Schema.String,
    /** 优惠券面额. */
    amount: Wire.int,
    /** 活动ID. */
    stock_id: Schema.String,
    /** 微信出资. */
    wechatpay_contribute: Wire.int,
    /** 商户出资. */
    merchant_contribute: Wire.int,
    /** 其他出资. */
    other_contribute: Wire.int,
    currency: Schema.String
  }),
  goods_detail: Wire.list(Schema.Struct(Wire.optionals({
    goods_id: Schema.String,
    quantity: Wire.int,
    unit_price: Wire.int,
    discount_amount: Wire.int,
    goods_remark: Schema.String
  })))
}) {}

/** 订单. */
export class Order extends Schema.Class<Order>("effect-wecom/Order")({
  out_trade_no: Schema.String,
  ...Wire.optionals({
    mchid: Schema.String,
    trade_type: OrderType.schema,
    trade_state: OrderState.schema,
    /** The state in words. */
    trade_state_desc: Schema.String,
    payer: Schema.Struct(Wire.optionals({
      /** The customer's openid in the mini program. */
      openid: Schema.String
    })),
    /** 微信支付订单号. */
    transaction_id: Schema.String,
    /** 付款银行. */
    bank_type: Schema.String,
    /** Of an order that is paid. */
    attach: Schema.String,
    /** 支付完成时间. */
    success_time: rfc3339,
    amount: Schema.Struct(Wire.optionals({
      /** 订单总金额, in fen (分, 0.01 CNY). */
      total: Wire.int,
      /** 用户支付金额, in fen. */
      payer_total: Wire.int,
      currency: Schema.String,
      payer_currency: Schema.String
    })),
    scene_info: Schema.Struct(Wire.optionals({
      /** 商户端设备号. */
      device_id: Schema.String
    }))
  }),
  promotion_detail: Wire.list(OrderPromotion)
}) {}

/** 资金账户. */
export const FundsAccount = Wire.oneOf({ Available: ["AVAILABLE", "可用余额"] })

/** 申请退款: the refund to make. */
export class NewRefund extends Schema.Opaque<NewRefund>()(
  Schema.Struct({
    mchid: merchant,
    /** The mini program's id. */
    appid: Wire.text(32),
    /** Of the order that was paid. */
    out_trade_no: tradeNumber,
    /** 商户退款单号: 1 to 64 digits, Latin letters and `_-|*@`. However often it is sent, it is refunded once. */
    out_refund_no: refundNumber,
    ...Wire.optionals({
      /** At most 80 characters; the customer sees it, but not of a part of an order that is 1 CNY or less. */
      reason: Wire.chars(80),
      /** `Available`: from the balance at once, of an order whose money is still to be shared out (待分账). */
      funds_account: FundsAccount.schema
    }),
    amount: Schema.Struct({
      /** 退款金额, in fen (分, 0.01 CNY); at most `total`. */
      refund: fen,
      /** 原订单金额, in fen. */
      total: fen,
      currency: PaymentCurrency.schema
    }).check(
      Schema.makeFilter(
        ({ refund, total }) => refund <= total || { path: ["refund"], issue: "must not be more than total" },
        { examples: [{ refund: 100, total: 100, currency: PaymentCurrency.Cny }] }
      )
    )
  })
) {}

/** 优惠退款. Amounts in fen (分, 0.01 CNY). */
export class RefundPromotion extends Schema.Class<RefundPromotion>("effect-wecom/RefundPromotion")(Wire.optionals({
  promotion_id: Schema.String,
  scope: PromotionScope.schema,
  /** `COUPON`: 充值型代金券, `DISCOUNT`: 免充值型优惠券. */
  type: Schema.String,
  /** 优惠券面额. */
  amount: Wire.int,
  /** 优惠退款金额. */
  refund_amount: Wire.int
})) {}

const refunded = Schema.Struct(Wire.optionals({
  /** 退款金额, in fen (分, 0.01 CNY). */
  refund: Wire.int,
  /** 用户退款金额, in fen, coupons not included. */
  payer_refund: Wire.int,
  /** 优惠退款金额, in fen. */
  discount_refund: Wire.int,
  currency: Schema.String
}))

/** A refund that was asked for. */
export class RequestedRefund extends Schema.Class<RequestedRefund>("effect-wecom/RequestedRefund")({
  ...Wire.optionals({ out_refund_no: Schema.String, amount: refunded }),
  promotion_detail: Wire.list(RefundPromotion)
}) {}

/** 退款渠道. */
export const RefundChannel = Wire.oneOf({
  Original: ["ORIGINAL", "原路退款"],
  Balance: ["BALANCE", "退回到余额"],
  OtherBalance: ["OTHER_BALANCE", "原账户异常退到其他余额账户"],
  OtherCard: ["OTHER_BANKCARD", "原银行卡异常退到其他银行卡"]
})

/** 退款状态. */
export const RefundStatus = Wire.oneOf({
  Succeeded: ["SUCCESS", "退款成功"],
  Closed: ["CLOSE", "退款关闭"],
  Processing: ["PROCESSING", "退款处理中"],
  /** The card is no longer good, for example. */
  Abnormal: ["ABNORMAL", "退款异常"]
})

/** 退款. */
export class Refund extends Schema.Class<Refund>("effect-wecom/Refund")({
  out_refund_no: Schema.String,
  ...Wire.optionals({
    /** 微信退款单号. */
    refund_id: Schema.String,
    /** 微信订单号. */
    transaction_id: Schema.String,
    out_trade_no: Schema.String,
    channel: RefundChannel.schema,
    /** 退款入账账户: where the money went, in words. */
    user_received_account: Schema.String,
    success_time: rfc3339,
    create_time: rfc3339,
    status: RefundStatus.schema,
    amount: refunded
  }),
  promotion_detail: Wire.list(RefundPromotion)
}) {}

/** 签名方式. */
export const PaySignType = Wire.oneOf({ Rsa: ["RSA", "RSA"] })

/** 账单类型. */
export const BillContent = Wire.oneOf({
  All: ["ALL", "当日所有订单信息"],
  Paid: ["SUCCESS", "当日成功支付的订单"],
  Refunded: ["REFUND", "当日退款订单"]
})

/** 压缩类型. */
export const BillCompression = Wire.oneOf({ Gzip: ["GZIP", "返回格式为.gzip的压缩包账单"] })

/** 交易账单: where a bill is. The link is a secret, is on another host, and ends after 30 seconds. */
export class BillFile extends Schema.Class<BillFile>("effect-wecom/BillFile")({
  download_url: Wire.secret,
  ...Wire.optionals({
    /** `SHA1`. */
    hash_type: Schema.String,
    /** Of the bill, unpacked. */
    hash_value: Schema.String,
    /** The header that the download needs, with its name: `Authorization: ...`. */
    auth: Wire.secret
  })
}) {}

const order = { mchid: merchant, out_trade_no: tradeNumber }

/**
 * 小程序接入对外收款: orders and refunds of a corp's mini programs.
 *
 * Every amount is a whole number of fen (分, 0.01 CNY). `PaymentCallbacks` opens what WeCom pushes of them.
 */
export class MiniProgramPayments
  extends Domain.Service<MiniProgramPayments>()("payments/MiniProgramPayments", "企业支付·对外收款", {
    /**
     * 小程序下单. Returns the `prepay_id`, good for two hours, for `getSign`. It is not repeated by itself: if it fails without
     * an answer, ask `getOrder` what has become of the order.
     * @see https://developer.work.weixin.qq.com/document/path/97322
     */
    createOrder: Endpoint.post("/cgi-bin/miniapppay/create_order", 97322, () => ({
      body: NewOrder,
      success: Endpoint.pluck("prepay_id", Schema.String)
    })),
    /**
     * 查询订单. What has become of an order: ask before closing it, and if no callback has come.
     * @see https://developer.work.weixin.qq.com/document/path/97323
     */
    getOrder: Endpoint.query(
      "/cgi-bin/miniapppay/get_order",
      { doc: 97323, withoutErrcode: "out_trade_no" },
      () => ({ body: order, success: Order })
    ),
    /**
     * 关闭订单. An order that was not paid can no longer be; at the earliest 5 minutes after it was made.
     * @see https://developer.work.weixin.qq.com/document/path/97324
     */
    closeOrder: Endpoint.post("/cgi-bin/miniapppay/close_order", { doc: 97324, idempotent: true }, () => ({
      body: order
    })),
    /**
     * 获取支付签名. The `pay_sign` with which the mini program calls `wx.requestPayment`, over the same four values.
     * @see https://developer.work.weixin.qq.com/document/path/98130
     */
    getSign: Endpoint.query("/cgi-bin/miniapppay/get_sign", 98130, () => ({
      body: {
        appid: Wire.text(32),
        /** Of an order of the last two hours. */
        prepay_id: Wire.chars(128),
        /** Default: `Rsa`. */
        sign_type: Wire.optional(PaySignType.schema),
        /** 1 to 32 digits and Latin letters. */
        nonce: Schema.String.check(
          Schema.isPattern(/^[0-9A-Za-z]{1,32}$/, { message: "expected 1 to 32 digits or Latin letters" })
        ),
        /** Now. */
        timestamp: Wire.time
      },
      success: Endpoint.pluck("pay_sign", Schema.String)
    })),
    /**
     * 申请退款. Asks for a refund, of the whole or a part, within a year of the payment; at most 50 parts of an order, once a
     * minute, 150 a second for all. Whether it succeeds `getRefund` says. To repeat one that has failed, send the same
     * `out_refund_no`: it is refunded once.
     * @see https://developer.work.weixin.qq.com/document/path/97333
     */
    createRefund: Endpoint.post("/cgi-bin/miniapppay/refund", 97333, () => ({
      body: NewRefund,
      success: RequestedRefund
    })),
    /**
     * 查询退款. Money from the WeChat balance is back within 20 minutes, that of a card after three working days.
     * @see https://developer.work.weixin.qq.com/document/path/97352
     */
    getRefund: Endpoint.query("/cgi-bin/miniapppay/get_refund_detail", 97352, () => ({
      body: { mchid: merchant, out_refund_no: refundNumber },
      success: Refund
    })),
    /**
     * 申请交易账单. Where the bill of a day is, of the last three months: a CSV file, whose numbers have a `` ` `` before them.
     * @see https://developer.work.weixin.qq.com/document/path/98115
     */
    getBill: Endpoint.query("/cgi-bin/miniapppay/get_bill", { doc: 98115, withoutErrcode: "download_url" }, () => ({
      body: {
        /** `YYYY-MM-DD`. */
        bill_date: date,
        /** 8 to 32 characters. */
        mchid: merchant.check(Schema.isMinLength(8, { message: "expected 8 to 32 characters" })),
        ...Wire.optionals({
          /** Default: `All`. */
          bill_type: BillContent.schema,
          /** Default: not packed. */
          tar_type: BillCompression.schema
        })
      },
      success: BillFile
    }))
  })
{}
