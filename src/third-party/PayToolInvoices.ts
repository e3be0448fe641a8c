/**
 * 发票管理: the invoices that corps ask a provider for, for orders of apps (收银台). Calls run as the provider
 * (`WeComApp.provider`); they are not signed.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 发票类型. */
export const PayInvoiceType = Wire.oneOf({
  Ordinary: [0, "普通发票"],
  Special: [1, "增值税专用发票"]
})

/** 开票状态. */
export const PayInvoiceStatus = Wire.oneOf({
  Requested: [0, "开票中"],
  Posted: [1, "已寄出"],
  Mailed: [2, "已发送"],
  Cancelled: [3, "已取消"]
})

/** 发票收取方式. */
export const PayInvoiceDelivery = Wire.oneOf({
  Open: [0, "待定"],
  Courier: [1, "快递"],
  Email: [2, "电子邮箱"]
})

/** 要标记的开票状态. */
export const PayInvoiceMark = Wire.oneOf({
  Posted: [1, "已开具纸质发票，并邮寄给客户"],
  Mailed: [2, "已开具电子发票，并发送至客户邮箱"],
  Cancelled: [3, "取消开具发票"]
})

/** 发票 that a corp has asked for. */
export class PayInvoice extends Schema.Class<PayInvoice>("effect-wecom/PayInvoice")({
  order_id: Schema.String,
  ...Wire.optionals({
    custom_corpid: Schema.String,
    apply_time: Wire.time,
    invoice_type: PayInvoiceType.schema,
    /** In fen (分). */
    paid_price: Wire.int,
    invoice_status: PayInvoiceStatus.schema,
    /** 发票抬头. */
    invoice_title: Schema.String,
    /** 纳税人识别号. */
    tax_number: Schema.String,
    send_way: PayInvoiceDelivery.schema,
    contact_name: Schema.String,
    contact_tel: Schema.String,
    /** Its parts separated by `|`. */
    contact_addr: Schema.String,
    contact_postcode: Schema.String,
    receive_email: Schema.String,
    company_addr: Schema.String,
    company_tel: Schema.String,
    bank_name: Schema.String,
    bank_account_number: Schema.String,
    invoice_note: Schema.String
  })
}) {}

/** A page of invoices. */
export class PayInvoicesPage extends Schema.Class<PayInvoicesPage>("effect-wecom/PayInvoicesPage")({
  invoice_list: Wire.list(PayInvoice),
  ...Wire.optionals({ next_cursor: Schema.String, has_more: Wire.flag })
}) {}

/** 发票管理: the invoices that corps ask a provider for. */
export class PayToolInvoices
  extends Domain.Service<PayToolInvoices>()("third-party/PayToolInvoices", "第三方应用·收银台/版本付费", {
    /**
     * 获取发票列表. The invoices that corps have asked for.
     * @see https://developer.work.weixin.qq.com/document/path/99436
     */
    list: Endpoint.query("/cgi-bin/paytool/get_invoice_list", { doc: 99436, credential: "provider" }, () => ({
      body: Schema.Struct(Wire.optionals({
        /** When it was asked for; only together with `end_time`. */
        start_time: Wire.time,
        end_time: Wire.time,
        cursor: Schema.String,
        /** At most 100. Default: 50. */
        limit: Wire.intBetween(1, 100)
      })).check(Wire.optionalPeriod("start_time", "end_time")),
      success: PayInvoicesPage
    })),
    /**
     * 标记开票状态. Says what became of an invoice; one that was sent stays so. After `Cancelled` the corp may ask again.
     * @see https://developer.work.weixin.qq.com/document/path/99437
     */
    markStatus: Endpoint.post("/cgi-bin/paytool/mark_invoice_status", { doc: 99437, credential: "provider" }, () => ({
      body: {
        order_id: Wire.filledText,
        /** A member of the provider who may manage invoices. */
        oper_userid: Wire.filledText,
        invoice_status: PayInvoiceMark.schema,
        /** What the customer reads, such as the number of the parcel; at most 200 bytes. */
        invoice_note: Wire.text(200)
      }
    }))
  }, (endpoints) => ({
    /**
     * 获取发票列表. All items of `list`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/99436
     */
    listAll: Paging.byCursor(endpoints.list, "invoice_list")
  }))
{}
