/**
 * 应用版本付费: what corps have ordered of a suite, and how long they may try it. Calls run as a suite (`WeComApp.suite`).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { DealerCorp } from "./AuthorisedCorp.ts"

/** 订单状态. */
export const AppOrderStatus = Wire.oneOf({
  AwaitingPayment: [0, "待支付"],
  Paid: [1, "已支付"],
  Cancelled: [2, "已取消"],
  Expired: [3, "支付过期"],
  RefundRequested: [4, "申请退款中"],
  Refunded: [5, "退款成功"],
  RefundRefused: [6, "退款被拒绝"]
})

/** 订单类型. */
export const AppOrderType = Wire.oneOf({
  Purchase: [0, "新购应用"],
  Expansion: [1, "扩容应用人数"],
  Renewal: [2, "续期应用时间"],
  EditionChange: [3, "变更版本"]
})

/** 下单来源. */
export const AppOrderSource = Wire.oneOf({
  Corp: [0, "企业下单"],
  Provider: [1, "服务商代下单"],
  Dealer: [2, "代理商代下单"],
  PayTool: [3, "服务商收银台下单"]
})

/** 应用版本付费订单. */
export class AppOrder extends Schema.Class<AppOrder>("effect-wecom/AppOrder")({
  orderid: Schema.String,
  ...Wire.optionals({
    order_status: AppOrderStatus.schema,
    order_type: AppOrderType.schema,
    /** The customer. */
    paid_corpid: Schema.String,
    /** Who ordered; absent for orders of the provider. */
    operator_id: Schema.String,
    suiteid: Schema.String,
    /** Of the older suites of several apps alone. */
    appid: Wire.int,
    edition_id: Schema.String,
    edition_name: Schema.String,
    /** 应付价格, in fen (分). */
    price: Wire.int,
    user_count: Wire.int,
    /** In days. */
    order_period: Wire.int,
    order_time: Wire.time,
    paid_time: Wire.time,
    begin_time: Wire.time,
    end_time: Wire.time,
    order_from: AppOrderSource.schema,
    operator_corpid: Schema.String,
    /** The provider's share, in fen (分). */
    service_share_amount: Wire.int,
    /** The platform's share, in fen (分). */
    platform_share_amount: Wire.int,
    /** The dealer's share, in fen (分). */
    dealer_share_amount: Wire.int,
    /** Where a dealer has registered the corp. */
    dealer_corp_info: DealerCorp
  })
}) {}

/** 应用版本付费: what corps have ordered of a suite, and how long they may try it. */
export class AppVersions
  extends Domain.Service<AppVersions>()("third-party/AppVersions", "第三方应用·收银台/版本付费", {
    /**
     * 获取应用版本付费订单详情. An order. Changing its price gives it another id (`InfoType/change_order`).
     * @see https://developer.work.weixin.qq.com/document/path/91909
     */
    getOrder: Endpoint.query("/cgi-bin/service/get_order", { doc: 91909, credential: "suite" }, () => ({
      body: { orderid: Wire.filledText },
      success: AppOrder
    })),
    /**
     * 获取应用版本付费订单列表. The orders of a time.
     * @see https://developer.work.weixin.qq.com/document/path/91910
     */
    listOrders: Endpoint.query("/cgi-bin/service/get_order_list", { doc: 91910, credential: "suite" }, () => ({
      body: Schema.Struct({
        start_time: Wire.time,
        end_time: Wire.time,
        /** Whether those of test installations are asked for. Default: `false`. */
        test_mode: Wire.optional(Wire.flag)
      }).check(Wire.optionalPeriod("start_time", "end_time")),
      success: Endpoint.pluck("order_list", Wire.list(AppOrder))
    })),
    /**
     * 延长试用期. Gives a corp more days to try the suite: 60 in all, in a trial that is limited or has ended. Returns its end.
     * @see https://developer.work.weixin.qq.com/document/path/91913
     */
    prolongTrial: Endpoint.post("/cgi-bin/service/prolong_try", { doc: 91913, credential: "suite" }, () => ({
      body: {
        buyer_corpid: Wire.filledText,
        /** In days, at most 60. */
        prolong_days: Wire.intBetween(1, 60),
        /** Of the older suites of several apps alone. */
        appid: Wire.optional(Wire.int)
      },
      success: Endpoint.pluck("try_end_time", Wire.time)
    }))
  })
{}
