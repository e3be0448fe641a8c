/**
 * 对外收款: the merchants that a corp receives money with, and what it has received.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { merchant } from "./fields.ts"

/** 商户号绑定状态. */
export const MerchantBindStatus = Wire.oneOf({
  Applying: [1, "申请中"],
  Bound: [2, "已绑定"],
  Withdrawn: [3, "已撤销"]
})

/** 商户号使用范围: who may receive money with a merchant. */
export class MerchantScope extends Schema.Class<MerchantScope>("effect-wecom/MerchantScope")(Wire.optionals({
  /** Userids. */
  user: Schema.Array(Schema.String),
  partyid: Schema.Array(Wire.int),
  tagid: Schema.Array(Wire.int)
})) {}

/** 商户号详情. */
export class Merchant extends Schema.Class<Merchant>("effect-wecom/Merchant")({
  mch_id: Schema.String,
  ...Wire.optionals({
    merchant_name: Schema.String,
    bind_status: MerchantBindStatus.schema,
    /** Only of a merchant that is bound. */
    allow_use_scope: MerchantScope
  })
}) {}

/** 交易类型. */
export const BillType = Wire.oneOf({ Payment: [0, "收款记录"], Refund: [1, "退款记录"] })

/** 交易状态. */
export const BillState = Wire.oneOf({ Done: [1, "已完成"], Refunded: [3, "已完成有退款"] })

/** 收款方式. */
export const PaymentType = Wire.oneOf({
  Chat: [0, "在聊天中收款"],
  QrCode: [1, "收款码收款"],
  Living: [2, "在直播间收款"],
  Album: [3, "用产品图册收款"],
  Transfer: [14, "转账"],
  MiniProgram: [15, "小程序"]
})

/** 退款状态. */
export const BillRefundStatus = Wire.oneOf({
  Requested: [0, "已申请退款"],
  Processing: [1, "退款处理中"],
  Succeeded: [2, "退款成功"],
  Closed: [3, "退款关闭"],
  Abnormal: [4, "退款异常"],
  Approving: [5, "审批中"],
  Refused: [6, "审批失败"],
  Cancelled: [7, "审批取消"]
})

/** 商品信息. */
export class Commodity extends Schema.Class<Commodity>("effect-wecom/Commodity")(Wire.optionals({
  description: Schema.String,
  /** 商品数量: how many, not a price. */
  amount: Wire.int
})) {}

/** 退款单据: one refund of a payment. */
export class BillRefund extends Schema.Class<BillRefund>("effect-wecom/BillRefund")({
  out_refund_no: Schema.String,
  ...Wire.optionals({
    /** The userid of the member who began it. */
    refund_userid: Schema.String,
    refund_comment: Schema.String,
    refund_reqtime: Wire.time,
    refund_status: BillRefundStatus.schema,
    /** 退款金额, in fen (分, 0.01 CNY). */
    refund_fee: Wire.int
  })
}) {}

const contact = Schema.Struct(Wire.optionals({ name: Schema.String, phone: Schema.String, address: Schema.String }))

/** 对外收款记录: a payment, or a refund. */
export class Bill extends Schema.Class<Bill>("effect-wecom/Bill")({
  transaction_id: Schema.String,
  ...Wire.optionals({
    bill_type: BillType.schema,
    /** Not of refunds. */
    trade_state: BillState.schema,
    pay_time: Wire.time,
    /** 商户单号; of a refund, that of the payment. */
    out_trade_no: Schema.String,
    /** Of refunds. */
    out_refund_no: Schema.String,
    /** Who has paid. */
    external_userid: Schema.String,
    /** 收款总金额, in fen (分, 0.01 CNY). */
    total_fee: Wire.int,
    /** The member who received the money or, of a refund, who returned it. */
    payee_userid: Schema.String,
    payment_type: PaymentType.schema,
    mch_id: Schema.String,
    remark: Schema.String,
    /** 退款总金额, in fen. */
    total_refund_fee: Wire.int,
    /** If the payment asks for an address: see {@link Bill.contact}. Not for third-party apps. */
    contact_info: contact,
    /** How `contact_info` is called elsewhere. */
    payer_info: contact,
    /** Of a payment in a mini program. */
    miniprogram_info: Schema.Struct(Wire.optionals({ appid: Schema.String, name: Schema.String }))
  }),
  commodity_list: Wire.list(Commodity),
  refund_list: Wire.list(BillRefund)
}) {
  /** 联系人信息, under whichever key it came. */
  get contact(): typeof contact.Type | undefined {
    return this.contact_info ?? this.payer_info
  }
}

/** One page of payments and refunds. */
export class BillPage extends Schema.Class<BillPage>("effect-wecom/BillPage")({
  bill_list: Wire.list(Bill),
  next_cursor: Wire.optional(Schema.String)
}) {}

/** 动账类型. */
export const FundFlowCause = Wire.oneOf({
  Refund: [1, "退款"],
  Fee: [2, "交易手续费"],
  Payment: [3, "收款"],
  Withdrawal: [4, "提现"],
  Other: [5, "其他"]
})

/** 收支类型. */
export const FundFlowType = Wire.oneOf({ In: [1, "收入"], Out: [2, "支出"] })

/** 资金流水: one movement of money. */
export class FundFlow extends Schema.Class<FundFlow>("effect-wecom/FundFlow")({
  /** 微信支付资金流水单号. */
  request_no: Schema.String,
  ...Wire.optionals({
    timestamp: Wire.time,
    transaction_type: FundFlowCause.schema,
    fund_flow_type: FundFlowType.schema,
    /** 动账金额, in fen (分, 0.01 CNY). */
    transaction_amount: Wire.int,
    /** 账户余额 after it, in fen. */
    account_balance: Wire.int,
    out_trade_no: Schema.String,
    mch_id: Schema.String,
    /** The member who did it. */
    operator_userid: Schema.String,
    remark: Schema.String
  }),
  /** 所属规则组. */
  group_list: Wire.list(Schema.Struct(Wire.optionals({ group_name: Schema.String })))
}) {}

/** One page of movements of money. */
export class FundFlowPage extends Schema.Class<FundFlowPage>("effect-wecom/FundFlowPage")({
  fund_flow_list: Wire.list(FundFlow),
  next_cursor: Wire.optional(Schema.String)
}) {}

/** A payment of a 收款项目. */
export class ProjectPayment extends Schema.Class<ProjectPayment>("effect-wecom/ProjectPayment")({
  /** 商户单号. */
  out_trade_no: Schema.String
}) {}

/** The payments of a 收款项目. */
export class ProjectPayments extends Schema.Class<ProjectPayments>("effect-wecom/ProjectPayments")(Wire.optionals({
  /** See {@link ProjectPayments.payments}. */
  bill_list: Schema.Array(ProjectPayment),
  /** How the document's table calls `bill_list`. */
  out_trade_no_list: Schema.Array(ProjectPayment)
})) {
  /** The payments, under whichever key they came. */
  get payments(): ReadonlyArray<ProjectPayment> {
    return this.bill_list ?? this.out_trade_no_list ?? []
  }
}

/**
 * 对外收款: the merchants that a corp receives money with, and what it has received.
 *
 * Every amount is a whole number of fen (分, 0.01 CNY).
 */
export class ExternalPayments
  extends Domain.Service<ExternalPayments>()("payments/ExternalPayments", "企业支付·对外收款", {
    /**
     * 查询商户号详情. A merchant that is bound, and who may use it.
     * @see https://developer.work.weixin.qq.com/document/path/93666
     */
    getMerchant: Endpoint.query("/cgi-bin/externalpay/getmerchant", 93666, () => ({
      body: { mch_id: merchant },
      success: Merchant
    })),
    /**
     * 新增商户号. Asks to bind a merchant of WeChat Pay, by its number and full name (at most 50 bytes). The present document
     * no longer has it.
     * @see https://developer.work.weixin.qq.com/document/path/93666
     */
    addMerchant: Endpoint.post("/cgi-bin/externalpay/addmerchant", 93666, () => ({
      body: { mch_id: merchant, merchant_name: Wire.text(50) }
    })),
    /**
     * 删除商户号. Unbinds a merchant. The present document no longer has it.
     * @see https://developer.work.weixin.qq.com/document/path/93666
     */
    deleteMerchant: Endpoint.post("/cgi-bin/externalpay/delmerchant", { doc: 93666, idempotent: true }, () => ({
      body: { mch_id: merchant }
    })),
    /**
     * 设置商户号使用范围. Who may receive money with a merchant that is bound: replaces the range as a whole.
     * @see https://developer.work.weixin.qq.com/document/path/93666
     */
    setMerchantScope: Endpoint.post(
      "/cgi-bin/externalpay/set_mch_use_scope",
      { doc: 93666, idempotent: true },
      () => ({
        body: {
          mch_id: merchant,
          allow_use_scope: Schema.Struct(Wire.optionals({
            /** Userids. */
            user: Schema.Array(Wire.filledText),
            partyid: Schema.Array(Wire.int),
            tagid: Schema.Array(Wire.int)
          }))
        }
      })
    ),
    /**
     * 获取对外收款记录. One page of the payments and refunds of a time, at most 31 days, of the members whom the app may see: a
     * page may hold fewer than `limit` and not be the last.
     * @see https://developer.work.weixin.qq.com/document/path/93667
     */
    listBills: Endpoint.query("/cgi-bin/externalpay/get_bill_list", 93667, () => ({
      body: Schema.Struct({
        begin_time: Wire.time,
        end_time: Wire.time,
        ...Wire.optionals({
          /** Of one member alone. Default: all members. */
          payee_userid: Schema.String,
          cursor: Schema.String,
          /** At most 1000. */
          limit: Wire.intBetween(1, 1000)
        })
      }).check(Wire.period("begin_time", "end_time", 31)),
      success: BillPage
    })),
    /**
     * 获取资金流水. One page of the movements of money of a time, at most 31 days, from 2022-12-01 on and for three years;
     * those of a day are there at 11:00 of the next.
     * @see https://developer.work.weixin.qq.com/document/path/98100
     */
    listFundFlows: Endpoint.query("/cgi-bin/externalpay/get_fund_flow", 98100, () => ({
      body: Schema.Struct({
        begin_time: Wire.time,
        end_time: Wire.time,
        ...Wire.optionals({
          /** Default: all merchants. */
          mch_id: Schema.String,
          cursor: Schema.String,
          /** At most 200. Default: 100. */
          limit: Wire.intBetween(1, 200)
        })
      }).check(Wire.period("begin_time", "end_time", 31)),
      success: FundFlowPage
    })),
    /**
     * 获取收款项目的商户单号. The payments of a 收款项目 that this app has made.
     * @see https://developer.work.weixin.qq.com/document/path/95944
     */
    listProjectPayments: Endpoint.query("/cgi-bin/externalpay/get_payment_info", 95944, () => ({
      body: { payment_id: Wire.filledText },
      success: ProjectPayments
    }))
  }, (endpoints) => ({
    /**
     * 获取对外收款记录. All payments and refunds of `listBills`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/93667
     */
    listAllBills: Paging.byCursor(endpoints.listBills, "bill_list"),
    /**
     * 获取资金流水. All movements of `listFundFlows`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/98100
     */
    listAllFundFlows: Paging.byCursor(endpoints.listFundFlows, "fund_flow_list")
  }))
{}
