/**
 * 电子发票: the electronic invoices that members hand in for reimbursement from their WeChat cards.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 发票报销状态. `Reimbursed` is final: the invoice is taken out of the member's cards. */
export const InvoiceStatus = Wire.oneOf({
  Initial: ["INVOICE_REIMBURSE_INIT", "发票初始状态，未锁定"],
  Locked: ["INVOICE_REIMBURSE_LOCK", "发票已锁定"],
  Reimbursed: ["INVOICE_REIMBURSE_CLOSURE", "发票已核销"]
})

/** 发票: which one, by what `chooseInvoice` of the JS-SDK returned. */
export class InvoiceRef extends Schema.Opaque<InvoiceRef>()(Schema.Struct({
  card_id: Schema.NonEmptyString,
  encrypt_code: Schema.NonEmptyString
})) {}

/** 商品信息. */
export class InvoiceItem extends Schema.Class<InvoiceItem>("effect-wecom/InvoiceItem")({
  ...Wire.optionals({
    name: Schema.String,
    num: Wire.number,
    unit: Schema.String,
    /** For one, in fen (分). */
    price: Wire.int,
    /** For all, in fen (分). */
    fee: Wire.int
  })
}) {}

/** 发票的用户信息: what the invoice says. Amounts are in fen (分). */
export class InvoiceContent extends Schema.Class<InvoiceContent>("effect-wecom/InvoiceContent")({
  ...Wire.optionals({
    reimburse_status: InvoiceStatus.schema,
    /** 发票的抬头: whom it is made out to. */
    title: Schema.String,
    /** 价税合计, in fen (分). */
    fee: Wire.int,
    /** In fen (分). */
    fee_without_tax: Wire.int,
    /** In fen (分). */
    tax: Wire.int,
    billing_time: Wire.time,
    /** 发票代码; for fully digital invoices (全电发票) the number. */
    billing_no: Schema.String,
    /** 发票号码. */
    billing_code: Schema.String,
    check_code: Schema.String,
    order_id: Schema.String,
    detail: Schema.String,
    pdf_url: Schema.String,
    /** Where other vouchers are, such as the list of trips. */
    trip_pdf_url: Schema.String,
    buyer_number: Schema.String,
    buyer_address_and_phone: Schema.String,
    buyer_bank_account: Schema.String,
    seller_number: Schema.String,
    seller_address_and_phone: Schema.String,
    seller_bank_account: Schema.String,
    remarks: Schema.String,
    /** 收款人. */
    cashier: Schema.String,
    /** 开票人. */
    maker: Schema.String
  }),
  info: Wire.list(InvoiceItem)
}) {}

/** 电子发票. */
export class Invoice extends Schema.Class<Invoice>("effect-wecom/Invoice")({
  card_id: Schema.String,
  ...Wire.optionals({
    /** From when it is valid. */
    begin_time: Wire.time,
    end_time: Wire.time,
    /** Of the member who holds it. */
    openid: Schema.String,
    /** Such as `增值税电子普通发票`. */
    type: Schema.String,
    /** 收款方. */
    payee: Schema.String,
    detail: Schema.String,
    user_info: InvoiceContent
  })
}) {}

/** 电子发票: the electronic invoices that members hand in for reimbursement. For verified corps (认证). */
export class Invoices extends Domain.Service<Invoices>()("oa/invoices/Invoices", "电子发票", {
  /**
   * 查询电子发票. What an invoice says, and where its PDF is.
   * @see https://developer.work.weixin.qq.com/document/path/90284
   */
  get: Endpoint.query("/cgi-bin/card/invoice/reimburse/getinvoiceinfo", 90284, () => ({
    body: InvoiceRef,
    success: Invoice
  })),

  /**
   * 批量查询电子发票. The same for several. For corps with more than 200 active members.
   * @see https://developer.work.weixin.qq.com/document/path/90287
   */
  getMany: Endpoint.query("/cgi-bin/card/invoice/reimburse/getinvoiceinfobatch", 90287, () => ({
    body: { item_list: Schema.NonEmptyArray(InvoiceRef) },
    success: Endpoint.pluck("item_list", Wire.list(Invoice))
  })),

  /**
   * 更新发票状态. Locks an invoice while its reimbursement is under way, so that it cannot be handed in again; unlocks it;
   * or marks it as reimbursed, which cannot be undone.
   * @see https://developer.work.weixin.qq.com/document/path/90285
   */
  setStatus: Endpoint.post(
    "/cgi-bin/card/invoice/reimburse/updateinvoicestatus",
    { doc: 90285, idempotent: true },
    () => ({
      body: Schema.Struct({ ...InvoiceRef.fields, reimburse_status: InvoiceStatus.schema })
    })
  ),

  /**
   * 批量更新发票状态. The same for several invoices of one member: for all of them or, if one fails, for none.
   * @see https://developer.work.weixin.qq.com/document/path/90286
   */
  setStatusMany: Endpoint.post(
    "/cgi-bin/card/invoice/reimburse/updatestatusbatch",
    { doc: 90286, idempotent: true },
    () => ({
      body: {
        /** Of the member who holds all of them: `Users.convertToOpenid` returns it. */
        openid: Schema.NonEmptyString,
        reimburse_status: InvoiceStatus.schema,
        invoice_list: Schema.NonEmptyArray(InvoiceRef)
      }
    })
  )
}) {}
