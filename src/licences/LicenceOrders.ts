/**
 * 接口许可订单管理: how a provider buys licences for corps, renews and pays for them. Calls run as the provider
 * (`WeComApp.provider`).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { LicenceType } from "./LicenceType.ts"

/** 订单类型. */
export const LicenceOrderType = Wire.oneOf({
  Purchase: [1, "购买账号"],
  Renewal: [2, "续期账号"],
  EditionMigration: [5, "应用版本付费迁移订单"],
  ContractMigration: [6, "历史合同迁移订单"],
  Union: [8, "多企业新购订单"]
})

/** 订单状态. */
export const LicenceOrderStatus = Wire.oneOf({
  AwaitingPayment: [0, "待支付"],
  Paid: [1, "已支付"],
  Cancelled: [2, "已取消"],
  Expired: [3, "未支付，订单已过期"],
  RefundRequested: [4, "申请退款中"],
  Refunded: [5, "退款成功"],
  RefundRefused: [6, "退款被拒绝"],
  Void: [7, "订单已失效"]
})

/** 任务结果. */
export const LicenceJobStatus = Wire.oneOf({
  Done: [1, "完成"],
  Running: [2, "执行中"],
  Failed: [3, "失败"]
})

const count = Wire.intBetween(0, 1_000_000)

/** 账号个数 to buy, of at least one type: at most 1,000,000 of each, or 1,000 for a test corp. */
export class NewLicenceCounts extends Schema.Opaque<NewLicenceCounts>()(
  Schema.Struct(Wire.optionals({
    /** 基础账号. */
    base_count: count,
    /** 互通账号. */
    external_contact_count: count
  })).check(
    Schema.makeFilter(({ base_count = 0, external_contact_count = 0 }) =>
      base_count + external_contact_count > 0 ||
      { path: ["base_count"], issue: "base_count and external_contact_count must not both be 0" }
    )
  )
) {}

/** 购买时长: months of 31 days, and days; 31 to 1860 days in all. A test corp has to buy exactly one month. */
export class NewLicenceDuration extends Schema.Opaque<NewLicenceDuration>()(
  Schema.Struct(Wire.optionals({
    months: Wire.intBetween(0, 60),
    days: Wire.intBetween(0, 1860)
  })).check(
    Schema.makeFilter(({ days = 0, months = 0 }) => {
      const all = months * 31 + days
      return all >= 31 && all <= 1860 ||
        { path: ["months"], issue: `31 to 1860 days in all are allowed, got ${all}` }
    })
  )
) {}

/** 续期时长: either by months, or to a day. */
export class LicenceRenewalDuration extends Schema.Opaque<LicenceRenewalDuration>()(
  Schema.Struct(Wire.optionals({
    /** Of 31 days; at most 60, or 1 for a test corp. */
    months: Wire.intBetween(1, 60),
    /** Later than today, and less than 1860 days away; WeCom takes the end of that day. Not for a test corp. */
    new_expire_time: Wire.time
  })).check(
    Schema.makeFilter(({ months, new_expire_time }) =>
      (months === undefined) !== (new_expire_time === undefined) ||
      { path: ["months"], issue: "either months or new_expire_time is needed" }
    )
  )
) {}

/** An order to place for a corp. */
export class NewLicenceOrder extends Schema.Opaque<NewLicenceOrder>()(
  Schema.Struct({
    corpid: Wire.filledText,
    /** A member of the provider who may buy licences, and has WeChat bound. */
    buyer_userid: Wire.filledText,
    account_count: NewLicenceCounts,
    account_duration: NewLicenceDuration
  })
) {}

/** 企业新购信息: what to buy for one of many corps. */
export class NewUnionPurchase extends Schema.Opaque<NewUnionPurchase>()(
  Schema.Struct({
    corpid: Wire.filledText,
    account_count: NewLicenceCounts,
    account_duration: NewLicenceDuration,
    /** Whether members activate a licence by using an app. Default: `true`. */
    auto_active_status: Wire.optional(Wire.flag)
  })
) {}

/** 订单的账号数. */
export class LicenceCounts extends Schema.Class<LicenceCounts>("effect-wecom/LicenceCounts")(
  Wire.optionals({
    /** 基础账号. */
    base_count: Wire.int,
    /** 互通账号. */
    external_contact_count: Wire.int
  })
) {}

/** 账号购买时长. */
export class LicenceDuration extends Schema.Class<LicenceDuration>("effect-wecom/LicenceDuration")(
  Wire.optionals({
    /** Of 31 days. */
    months: Wire.int,
    days: Wire.int,
    /** Of renewals to a day. */
    new_expire_time: Wire.time
  })
) {}

const order = {
  order_id: Schema.String,
  ...Wire.optionals({
    order_type: LicenceOrderType.schema,
    order_status: LicenceOrderStatus.schema,
    /** In fen (分). */
    price: Wire.int,
    create_time: Wire.time,
    /** Absent for migrations. */
    pay_time: Wire.time
  })
}

/** 订单详情. */
export class LicenceOrder extends Schema.Class<LicenceOrder>("effect-wecom/LicenceOrder")({
  ...order,
  ...Wire.optionals({
    /** Encrypted. */
    corpid: Schema.String,
    account_count: LicenceCounts,
    account_duration: LicenceDuration
  })
}) {}

/** 多企业订单 as a whole. */
export class UnionLicenceOrder extends Schema.Class<UnionLicenceOrder>("effect-wecom/UnionLicenceOrder")(order) {}

/** 多企业购买信息: what an order of many corps has bought for one of them. */
export class UnionPurchase extends Schema.Class<UnionPurchase>("effect-wecom/UnionPurchase")({
  /** For `listAccounts`. */
  sub_order_id: Schema.String,
  ...Wire.optionals({
    /** Encrypted. */
    corpid: Schema.String,
    account_count: LicenceCounts,
    account_duration: LicenceDuration
  })
}) {}

const page = Wire.optionals({ next_cursor: Schema.String, has_more: Wire.flag })

/** A page of an order of many corps. */
export class UnionLicenceOrderPage extends Schema.Class<UnionLicenceOrderPage>("effect-wecom/UnionLicenceOrderPage")({
  order: Wire.optional(UnionLicenceOrder),
  buy_list: Wire.list(UnionPurchase),
  ...page
}) {}

/** 订单 as lists have it. */
export class LicenceOrderSummary extends Schema.Class<LicenceOrderSummary>("effect-wecom/LicenceOrderSummary")({
  order_id: Schema.String,
  order_type: Wire.optional(LicenceOrderType.schema)
}) {}

/** A page of orders. */
export class LicenceOrdersPage extends Schema.Class<LicenceOrdersPage>("effect-wecom/LicenceOrdersPage")({
  order_list: Wire.list(LicenceOrderSummary),
  ...page
}) {}

/** 订单中的账号: a code that was bought, or a member whose licence was renewed. */
export class LicenceOrderAccount extends Schema.Class<LicenceOrderAccount>("effect-wecom/LicenceOrderAccount")(
  Wire.optionals({
    /** Of purchases. */
    active_code: Schema.String,
    /** Of renewals; encrypted. */
    userid: Schema.String,
    type: LicenceType.schema
  })
) {}

/** A page of the licences of an order. */
export class LicenceOrderAccountsPage
  extends Schema.Class<LicenceOrderAccountsPage>("effect-wecom/LicenceOrderAccountsPage")({
    account_list: Wire.list(LicenceOrderAccount),
    ...page
  })
{}

/** 不合法的续期账号: a member whose licence cannot be renewed, and why. */
export class InvalidRenewal extends Schema.Class<InvalidRenewal>("effect-wecom/InvalidRenewal")({
  errcode: Wire.int,
  ...Wire.optionals({
    userid: Schema.String,
    type: LicenceType.schema,
    errmsg: Schema.String
  })
}) {}

/** 续期任务: renewals that gather until they are submitted. */
export class RenewalJob extends Schema.Class<RenewalJob>("effect-wecom/RenewalJob")({
  jobid: Schema.String,
  /** What did not get into the job, for `PartialResult.failOnPartialBy`. */
  invalid_account_list: Wire.list(InvalidRenewal)
}) {}

/** A corp for which nothing can be bought, and why. */
export class FailedLicencePurchase extends Schema.Class<FailedLicencePurchase>("effect-wecom/FailedLicencePurchase")({
  errcode: Wire.int,
  ...Wire.optionals({
    corpid: Schema.String,
    errmsg: Schema.String
  })
}) {}

/** 多企业新购任务: purchases that gather until they are submitted. */
export class UnionPurchaseJob extends Schema.Class<UnionPurchaseJob>("effect-wecom/UnionPurchaseJob")({
  jobid: Schema.String,
  /** What did not get into the job, for `PartialResult.failOnPartialBy`. */
  invalid_list: Wire.list(FailedLicencePurchase)
}) {}

/** 多企业新购订单提交结果. */
export class UnionOrderResult extends Schema.Class<UnionOrderResult>("effect-wecom/UnionOrderResult")({
  ...Wire.optionals({
    status: LicenceJobStatus.schema,
    /** Once it is done. */
    order_id: Schema.String
  }),
  fail_list: Wire.list(FailedLicencePurchase)
}) {}

/** 订单支付结果. */
export class LicencePaymentResult extends Schema.Class<LicencePaymentResult>("effect-wecom/LicencePaymentResult")(
  Wire.optionals({
    status: LicenceJobStatus.schema,
    /** Why it failed: 701160 for corps, 90433 for too small a balance, 48001 for a payer without permission. */
    pay_job_result: Schema.Struct({
      ...Wire.optionals({ errcode: Wire.int, errmsg: Schema.String }),
      /** The corps that it failed for: 701129 and 701130 say that they have no valid order of an app. */
      fail_corp_list: Wire.list(FailedLicencePurchase)
    })
  })
) {}

const cursor = Wire.optionals({
  /** At most 1000. Default: 500. */
  limit: Wire.intBetween(1, 1000),
  cursor: Schema.String
})

const provider = "provider" as const

/** 接口许可订单管理: how a provider buys licences for corps, renews and pays for them. */
export class LicenceOrders
  extends Domain.Service<LicenceOrders>()("licences/LicenceOrders", "第三方应用·接口许可license", {
    /**
     * 下单购买账号. Orders licences for a corp. The order has to be paid, by hand or by `submitPayment`. Returns its id.
     * @see https://developer.work.weixin.qq.com/document/path/95644
     */
    create: Endpoint.post("/cgi-bin/license/create_new_order", { doc: 95644, credential: provider }, () => ({
      body: NewLicenceOrder,
      success: Endpoint.pluck("order_id", Schema.String)
    })),
    /**
     * 创建续期任务. Begins a job of members of a corp whose licences are to be renewed, or adds to one: `submitRenewal` orders
     * what is in it. At most 1,000,000 of each type in a job.
     * @see https://developer.work.weixin.qq.com/document/path/95646
     */
    createRenewal: Endpoint.post(
      "/cgi-bin/license/create_renew_order_job",
      { doc: 95646, credential: provider },
      () => ({
        body: {
          corpid: Wire.filledText,
          /** At most 1000. */
          account_list: Wire.items(Schema.Struct({ userid: Wire.filledText, type: LicenceType.schema }), 1000, 1),
          /** The job to add to. Default: a new one. */
          jobid: Wire.optional(Schema.String)
        },
        success: RenewalJob
      })
    ),
    /**
     * 提交续期订单. Orders the renewals of a job. The order has to be paid, by hand or by `submitPayment`. Returns its id.
     * @see https://developer.work.weixin.qq.com/document/path/95646
     */
    submitRenewal: Endpoint.post("/cgi-bin/license/submit_order_job", { doc: 95646, credential: provider }, () => ({
      body: {
        jobid: Wire.filledText,
        /** A member of the provider who may buy licences, and has WeChat bound. */
        buyer_userid: Wire.filledText,
        account_duration: LicenceRenewalDuration
      },
      success: Endpoint.pluck("order_id", Schema.String)
    })),
    /**
     * 获取订单列表. The provider's orders: formal ones, or those of a test corp if it is named.
     * @see https://developer.work.weixin.qq.com/document/path/95647
     */
    list: Endpoint.query("/cgi-bin/license/list_order", { doc: 95647, credential: provider }, () => ({
      body: Schema.Struct({
        ...Wire.optionals({
          /** Default: all corps. */
          corpid: Schema.String,
          /** When it was placed; only together with `end_time`. */
          start_time: Wire.time,
          /** At most 31 days after `start_time`. */
          end_time: Wire.time
        }),
        ...cursor
      }).check(Wire.optionalPeriod("start_time", "end_time", 31)),
      success: LicenceOrdersPage
    })),
    /**
     * 获取订单详情. An order of one corp; `getUnion` has those of many.
     * @see https://developer.work.weixin.qq.com/document/path/95648
     */
    get: Endpoint.query("/cgi-bin/license/get_order", { doc: 95648, credential: provider }, () => ({
      body: { order_id: Wire.filledText },
      success: Endpoint.pluck("order", LicenceOrder)
    })),
    /**
     * 获取订单中的账号列表. The codes that an order has bought, once it is paid, or the members that it has renewed. Of an
     * order of many corps, by the `sub_order_id` of each.
     * @see https://developer.work.weixin.qq.com/document/path/95649
     */
    listAccounts: Endpoint.query("/cgi-bin/license/list_order_account", { doc: 95649, credential: provider }, () => ({
      body: { order_id: Wire.filledText, ...cursor },
      success: LicenceOrderAccountsPage
    })),
    /**
     * 取消订单. Cancels an order that is neither paid nor expired.
     * @see https://developer.work.weixin.qq.com/document/path/96106
     */
    cancel: Endpoint.post("/cgi-bin/license/cancel_order", { doc: 96106, credential: provider }, () => ({
      body: {
        order_id: Wire.filledText,
        /** Needed but for orders of many corps, which must not have it. */
        corpid: Wire.optional(Schema.String)
      }
    })),
    /**
     * 创建多企业新购任务. Begins a job of purchases for many corps, or adds to one: `submitUnion` orders what is in it. At most
     * 100,000 in a job; not for test corps.
     * @see https://developer.work.weixin.qq.com/document/path/98892
     */
    createUnion: Endpoint.post("/cgi-bin/license/create_new_order_job", { doc: 98892, credential: provider }, () => ({
      body: {
        /** At most 10. */
        buy_list: Wire.items(NewUnionPurchase, 10, 1),
        /** The job to add to. Default: a new one. */
        jobid: Wire.optional(Schema.String)
      },
      success: UnionPurchaseJob
    })),
    /**
     * 提交多企业新购订单. Orders the purchases of a job; `getUnionResult` returns the result.
     * @see https://developer.work.weixin.qq.com/document/path/98892
     */
    submitUnion: Endpoint.post("/cgi-bin/license/submit_new_order_job", { doc: 98892, credential: provider }, () => ({
      body: {
        jobid: Wire.filledText,
        /** A member of the provider who may buy licences, and has WeChat bound. */
        buyer_userid: Wire.filledText
      },
      /** The job, which the document leaves out and an example has. */
      success: Schema.Struct({ jobid: Wire.optional(Schema.String) })
    })),
    /**
     * 查询多企业新购订单提交结果. What submitting a job came to, for 7 days.
     * @see https://developer.work.weixin.qq.com/document/path/98892
     */
    getUnionResult: Endpoint.query(
      "/cgi-bin/license/new_order_job_result",
      { doc: 98892, credential: provider },
      () => ({
        body: { jobid: Wire.filledText },
        success: UnionOrderResult
      })
    ),
    /**
     * 获取多企业订单详情. An order of many corps, with a page of what it has bought for each.
     * @see https://developer.work.weixin.qq.com/document/path/98893
     */
    getUnion: Endpoint.query("/cgi-bin/license/get_union_order", { doc: 98893, credential: provider }, () => ({
      body: { order_id: Wire.filledText, ...cursor },
      success: UnionLicenceOrderPage
    })),
    /**
     * 提交余额支付订单任务. Pays an order from the provider's balance, which cannot be changed later. Returns the id of the job,
     * for `getPaymentResult`.
     * @see https://developer.work.weixin.qq.com/document/path/99415
     */
    submitPayment: Endpoint.post("/cgi-bin/license/submit_pay_job", { doc: 99415, credential: provider }, () => ({
      body: {
        /** A member of the provider who may buy licences, and has WeChat bound. */
        payer_userid: Wire.filledText,
        order_id: Wire.filledText
      },
      success: Endpoint.pluck("jobid", Schema.String)
    })),
    /**
     * 获取订单支付结果. What paying from the balance came to, for 7 days. A payment that failed is no error of the call.
     * @see https://developer.work.weixin.qq.com/document/path/99415
     */
    getPaymentResult: Endpoint.query("/cgi-bin/license/pay_job_result", { doc: 99415, credential: provider }, () => ({
      body: { jobid: Wire.filledText },
      success: LicencePaymentResult
    }))
  }, (endpoints) => ({
    /**
     * 获取订单列表. All items of `list`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/95647
     */
    listAll: Paging.byCursor(endpoints.list, "order_list"),
    /**
     * 获取订单中的账号列表. All items of `listAccounts`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/95649
     */
    listAllAccounts: Paging.byCursor(endpoints.listAccounts, "account_list"),
    /**
     * 获取多企业订单详情. What an order of many corps has bought for each, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/98893
     */
    listAllUnionPurchases: Paging.byCursor(endpoints.getUnion, "buy_list")
  }))
{}
