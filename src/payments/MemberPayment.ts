/** 向员工付款: what a merchant pays to a member, and what has become of it. */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"
import { chinaTime, merchantOrder } from "./fields.ts"

/** 校验用户姓名选项. */
export const NameCheck = Wire.oneOf({
  None: ["NO_CHECK", "不校验真实姓名"],
  Forced: ["FORCE_CHECK", "强校验真实姓名"]
})

/** 付款消息类型. */
export const PaymentMessageType = Wire.oneOf({
  Normal: ["NORMAL_MSG", "普通付款消息"],
  Approval: ["APPROVAL_MSG", "审批付款消息"]
})

/** 转账状态. */
export const MemberPaymentStatus = Wire.oneOf({
  Succeeded: ["SUCCESS", "转账成功"],
  Failed: ["FAILED", "转账失败"],
  Processing: ["PROCESSING", "处理中"]
})

/** A payment to be made. */
export class NewMemberPayment extends Schema.Opaque<NewMemberPayment>()(
  Schema.Struct({
    /** 商户订单号: unique within the merchant, 1 to 32 digits and letters. The same number is never paid twice. */
    partner_trade_no: merchantOrder(32),
    /** 用户openid: the member's openid in the corp, from `IdConversion.toOpenId`. */
    openid: Wire.chars(64),
    /** 金额, in fen (0.01 CNY), at least 100. A member gets at most 20,000 at once and a day, unless the merchant may more. */
    amount: Wire.intFrom(100),
    /** 付款说明: at most 81 characters. */
    desc: Wire.chars(81),
    /** 项目名称: at most 50 characters. */
    act_name: Wire.chars(50),
    /** 校验用户姓名选项. With `FORCE_CHECK`, `re_user_name` is required. */
    check_name: NameCheck.schema,
    /** Ip地址 of the machine that calls. */
    spbill_create_ip: Wire.chars(32),
    /** 付款消息类型. With `APPROVAL_MSG`, `approval_number` and `approval_type` are required. */
    ww_msg_type: PaymentMessageType.schema,
    ...Wire.optionals({
      /** 收款用户姓名, the real one: at most 64 characters. */
      re_user_name: Wire.chars(64),
      /** 设备号: at most 32 characters. */
      device_info: Wire.chars(32),
      /** 审批单号. */
      approval_number: Wire.filledText,
      /** 审批类型: 1. */
      approval_type: Wire.int,
      /** 付款的应用id. Default: the merchant's `agentId`. */
      agentid: Wire.int
    })
  }).check(
    Schema.makeFilter(({ approval_number, approval_type, check_name, re_user_name, ww_msg_type }) => {
      if (check_name === NameCheck.Forced && re_user_name === undefined) {
        return { path: ["re_user_name"], issue: "needed with FORCE_CHECK" }
      }
      if (ww_msg_type !== PaymentMessageType.Approval) return true
      if (approval_number === undefined) return { path: ["approval_number"], issue: "needed with APPROVAL_MSG" }
      return approval_type !== undefined || { path: ["approval_type"], issue: "needed with APPROVAL_MSG" }
    })
  )
) {}

/** A payment that was made. */
export class MadeMemberPayment extends Schema.Class<MadeMemberPayment>("MadeMemberPayment")({
  /** 商户订单号. */
  partner_trade_no: Schema.String,
  ...Wire.optionals({
    /** 微信订单号: the `detail_id` of `getMemberPayment`. */
    payment_no: Schema.String,
    /** 微信支付成功时间. */
    payment_time: chinaTime,
    device_info: Schema.String
  })
}) {}

/** 付款记录: what has become of a payment. */
export class MemberPayment extends Schema.Class<MemberPayment>("MemberPayment")({
  /** 商户订单号. */
  partner_trade_no: Schema.String,
  status: MemberPaymentStatus.schema,
  ...Wire.optionals({
    /** 付款单号. */
    detail_id: Schema.String,
    /** 失败原因: of a payment that failed. */
    reason: Schema.String,
    /** 收款用户openid. */
    openid: Schema.String,
    /** 收款用户姓名. */
    transfer_name: Schema.String,
    /** 付款金额, in fen. */
    payment_amount: Wire.int,
    /** 发起转账的时间. */
    transfer_time: chinaTime,
    /** 付款描述. */
    desc: Schema.String
  })
}) {}
