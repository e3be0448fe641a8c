/**
 * 班级收款: what parents have paid of what an app collects from a class.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 付款状态. */
export const ClassTradeState = Wire.oneOf({
  Unpaid: [0, "未付款"],
  Paid: [1, "已付款"]
})

/** 学生付款信息. */
export class StudentPayment extends Schema.Class<StudentPayment>("effect-wecom/StudentPayment")({
  student_userid: Schema.String,
  ...Wire.optionals({
    trade_state: ClassTradeState.schema,
    /** For `getTrade`. */
    trade_no: Schema.String,
    /** Who has paid. */
    payer_parent_userid: Schema.String
  })
}) {}

/** 付款结果 of all students. */
export class ClassPayment extends Schema.Class<ClassPayment>("effect-wecom/ClassPayment")({
  ...Wire.optionals({
    project_name: Schema.String,
    /** For each student, in fen (分). */
    amount: Wire.int
  }),
  payment_result: Wire.list(StudentPayment)
}) {}

/** 订单. */
export class ClassTrade extends Schema.Class<ClassTrade>("effect-wecom/ClassTrade")({
  /** 微信交易单号. */
  transaction_id: Schema.String,
  pay_time: Wire.optional(Wire.time)
}) {}

/** 班级收款: what parents have paid of what an app collects from a class. An app sees only what it collects itself. */
export class ClassPayments extends Domain.Service<ClassPayments>()("school/ClassPayments", "家校·基础", {
  /**
   * 获取学生付款结果. Who has paid and who has not.
   * @see https://developer.work.weixin.qq.com/document/path/94470
   */
  getResult: Endpoint.query("/cgi-bin/school/get_payment_result", 94470, () => ({
    body: {
      /** As the client-side call that began the collection (发起班级收款) returned it. */
      payment_id: Schema.NonEmptyString
    },
    success: ClassPayment
  })),
  /**
   * 获取订单详情. One payment.
   * @see https://developer.work.weixin.qq.com/document/path/94471
   */
  getTrade: Endpoint.query("/cgi-bin/school/get_trade", 94471, () => ({
    body: {
      payment_id: Schema.NonEmptyString,
      /** As `getResult` returned it. */
      trade_no: Schema.NonEmptyString
    },
    success: ClassTrade
  }))
}) {}
