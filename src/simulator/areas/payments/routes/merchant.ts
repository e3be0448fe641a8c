/** 企业红包, 向员工付款: the calls of merchants, as WeChat Pay answers them. */
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { describe, type Description, type Endpoint } from "../../../../Endpoint.ts"
import * as Xml from "../../../../internal/callback/xml.ts"
import { type Fields, paySignature } from "../../../../internal/kernel/merchantSignature.ts"
import { MerchantPayments } from "../../../../payments/MerchantPayments.ts"
import type { Other } from "../../../engine/Area.ts"
import type { Corp, World } from "../../../engine/World.ts"
import {
  corpOfMerchant,
  type Disturbance,
  isSigned,
  isSignedByApp,
  memberWith,
  type Merchant,
  merchantOf,
  ofToday,
  type Order,
  paymentStatus,
  redPacketStatus
} from "../Merchants.ts"

const { getMemberPayment, getRedPacket, payMember, sendRedPacket } = MerchantPayments.endpoints

/** A refusal with a code. */
class Refused extends Error {
  readonly code: string
  constructor(code: string, text: string) {
    super(text)
    this.code = code
  }
}

const refuse = (code: string, text: string): never => {
  throw new Refused(code, text)
}

interface Call {
  readonly corp: Corp
  readonly merchant: Merchant
  readonly fields: Fields
  readonly world: World
  readonly now: number
}

/** The fields of a request that are not its endpoint's own. */
const envelope = ["nonce_str", "sign", "workwx_sign", "mch_id", "appid", "wxappid"]

const own = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !envelope.includes(name)))

const xml = (fields: { readonly [name: string]: string | number | undefined }, corp?: Corp) => ({
  body: Xml.stringify(fields),
  contentType: "text/xml; charset=utf-8",
  corp
})

const decode = (self: Description, fields: Fields): void => {
  const schema = self.schemas.body as Schema.Codec<unknown, unknown> // they all have one, which needs no services
  if (Exit.isFailure(Schema.decodeUnknownExit(schema)(fields, { onExcessProperty: "error" }))) {
    refuse("PARAM_ERROR", "参数错误")
  }
}

const other = <I, A>(
  endpoint: Endpoint<I, A>,
  { corpField, run, signed }: {
    readonly corpField: "appid" | "wxappid"
    readonly signed: boolean
    readonly run: (call: Call) => { readonly [field: string]: string | number | undefined }
  }
): Other => {
  const self = describe(endpoint)
  return {
    path: new URL(self.path).pathname,
    run: ({ now, text, world }) => {
      const parsed = Xml.parse(text)
      if (Result.isFailure(parsed)) return xml({ return_code: "FAIL", return_msg: "XML格式错误" })
      const fields: Record<string, string> = {}
      for (const [name, value] of Object.entries(parsed.success)) if (typeof value === "string") fields[name] = value
      const corp = corpOfMerchant(world, fields.mch_id)
      if (corp === undefined) return xml({ return_code: "FAIL", return_msg: "mch_id参数格式错误" })
      const merchant = merchantOf(corp)
      if (!isSigned(merchant, fields)) return xml({ return_code: "FAIL", return_msg: "签名错误" }, corp)
      const answer = (given: { readonly [field: string]: string | number | undefined }) => {
        const whole = { return_code: "SUCCESS", return_msg: "ok", mch_id: merchant.id, ...given }
        const texts: Record<string, string> = {}
        for (const [name, value] of Object.entries(whole)) if (value !== undefined) texts[name] = String(value)
        return xml(signed ? { ...texts, sign: paySignature(texts, merchant.key) } : texts, corp)
      }
      try {
        if (fields[corpField] !== corp.id) refuse("PARAM_ERROR", `${corpField}参数错误`)
        decode(self, own(fields))
        return answer({ result_code: "SUCCESS", ...run({ corp, merchant, fields, world, now }) })
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return answer({ result_code: "FAIL", err_code: error.code, err_code_des: error.message })
      }
    }
  }
}

const amountOf = (orders: ReadonlyArray<Order>): number => orders.reduce((sum, { amount }) => sum + amount, 0)

/** Pays an order unless it has been: the same number with other fields is refused. */
const pay = (
  { corp, fields, merchant, now, world }: Call,
  order: Pick<Order, "amount" | "kind" | "number" | "openid">,
  limits: () => void
): Order => {
  const key = `${order.kind} ${order.number}`
  const asked = own(fields)
  const before = merchant.orders.get(key)
  if (before !== undefined && before.failed === undefined) {
    const isSame = Object.keys({ ...before.fields, ...asked }).every((name) => before.fields[name] === asked[name])
    if (!isSame) refuse("FATAL_ERROR", "两次请求参数不一致")
    return (before.pendingUntil ?? 0) > now ? refuse("PROCESSING", "请求已受理，请稍后使用原单号查询发放结果") : before
  }
  if (before !== undefined) return refuse("SEND_FAILED", "红包发放失败,请更换单号再重试")
  const disturbance: Disturbance | undefined = merchant.disturbances.shift()
  if (memberWith(corp, order.openid) === undefined) refuse("OPENID_ERROR", "openid和appid不匹配")
  limits()
  if (merchant.balance < order.amount) refuse("NOTENOUGH", "账号余额不足，请到商户平台充值后再重试")
  const outcome = disturbance?.outcome ?? "paid"
  const made: Order = {
    ...order,
    fields: asked,
    id: `10000${String(world.next()).padStart(19, "0")}`,
    at: now,
    failed: outcome === "failed" ? "系统错误" : undefined,
    pendingUntil: outcome === "pending" ? now + 60_000 : undefined
  }
  if (outcome !== "nothing") merchant.orders.set(key, made)
  if (outcome === "paid" || outcome === "pending") merchant.balance -= order.amount
  return disturbance === undefined ? made : refuse(disturbance.code, disturbance.text)
}

const redPacketSigned = ["act_name", "mch_billno", "mch_id", "nonce_str", "re_openid", "total_amount", "wxappid"]
const paymentSigned = ["amount", "appid", "desc", "mch_id", "nonce_str", "openid", "partner_trade_no", "ww_msg_type"]

const minute = 60_000

/** A time of China. */
const timeOf = (at: number): string => new Date(at + 8 * 60 * minute).toISOString().slice(0, 19).replace("T", " ")

/** The calls of merchants. */
export const merchant: ReadonlyArray<Other> = [
  other(sendRedPacket, {
    corpField: "wxappid",
    signed: true,
    run: (call) => {
      const { corp, fields, merchant, now } = call
      if (!isSignedByApp(corp, fields, redPacketSigned)) refuse("SIGN_ERROR", "企业微信签名失败")
      const { mch_billno = "", re_openid = "", total_amount } = fields
      const amount = Number(total_amount)
      const { id } = pay(call, { kind: "red packet", number: mch_billno, openid: re_openid, amount }, () => {
        const taken = ofToday(merchant, "red packet", now, re_openid)
        if (taken.length >= 10) refuse("SENDNUM_LIMIT", "该用户今日领取红包个数超过限制")
        if (amountOf(taken) + amount > 100_000) refuse("RCVDAMOUNT_LIMIT", "该用户今日领取金额超过限制")
        if (amountOf(ofToday(merchant, "red packet", now)) + amount > 100_000_000) {
          refuse("SENDAMOUNT_LIMIT", "您的商户号今日发放金额超过限制")
        }
      })
      const { sender_header_media_id, sender_name } = fields
      return {
        mch_billno,
        wxappid: corp.id,
        re_openid,
        total_amount,
        send_listid: id,
        sender_name,
        sender_header_media_id
      }
    }
  }),
  other(getRedPacket, {
    corpField: "appid",
    signed: true,
    run: ({ fields: { mch_billno = "" }, merchant, now }) => {
      const order = merchant.orders.get(`red packet ${mch_billno}`) ?? refuse("NOT_FOUND", "指定单号数据不存在")
      const { amount, at, failed, fields, id, openid, receivedAt } = order
      const status = redPacketStatus(order, now)
      const isBack = status === "REFUND"
      return {
        mch_billno,
        detail_id: id,
        status,
        send_type: "API",
        total_amount: amount,
        reason: failed,
        send_time: timeOf(at),
        ...isBack && { refund_time: timeOf(at + 24 * 60 * minute), refund_amount: amount },
        wishing: fields.wishing,
        remark: fields.remark,
        act_name: fields.act_name,
        openid,
        ...receivedAt !== undefined && { amount, rcv_time: timeOf(receivedAt) },
        sender_name: fields.sender_name,
        sender_header_media_id: fields.sender_header_media_id
      }
    }
  }),
  other(payMember, {
    corpField: "appid",
    signed: false,
    run: (call) => {
      const { corp, fields, merchant, now } = call
      if (!isSignedByApp(corp, fields, paymentSigned)) refuse("WORKWX_SIGN_ERROR", "企业微信签名校验失败")
      const { amount: total, check_name, nonce_str, openid = "", partner_trade_no = "", re_user_name } = fields
      const amount = Number(total)
      const { at, id } = pay(call, { kind: "payment", number: partner_trade_no, openid, amount }, () => {
        if (check_name === "FORCE_CHECK" && memberWith(corp, openid)?.user.name !== re_user_name) {
          refuse("NAME_MISMATCH", "姓名校验出错")
        }
        const paid = ofToday(merchant, "payment", now, openid)
        if (paid.length >= 10) refuse("SENDNUM_LIMIT", "用户今日付款次数超过限制")
        if (paid.some(({ at }) => now - at < minute / 4)) refuse("FREQ_LIMIT", "给同一个用户付款时间间隔不得低于15秒")
        if (amountOf(paid) + amount > 20_000) refuse("AMOUNT_LIMIT", "付款金额超过限额")
        if (amountOf(ofToday(merchant, "payment", now)) + amount > 10_000_000) {
          refuse("AMOUNT_LIMIT", "商户今日付款总额超过限额")
        }
      })
      return {
        appid: corp.id,
        device_info: fields.device_info,
        nonce_str,
        partner_trade_no,
        payment_no: id,
        payment_time: timeOf(at)
      }
    }
  }),
  other(getMemberPayment, {
    corpField: "appid",
    signed: false,
    run: ({ corp, fields: { partner_trade_no = "" }, merchant, now }) => {
      const order = merchant.orders.get(`payment ${partner_trade_no}`) ?? refuse("NOT_FOUND", "指定单号数据不存在")
      const { amount, at, failed, fields, id, openid } = order
      return {
        appid: corp.id,
        detail_id: id,
        partner_trade_no,
        status: paymentStatus(order, now),
        reason: failed,
        payment_amount: amount,
        openid,
        transfer_time: timeOf(at),
        transfer_name: memberWith(corp, openid)?.user.name,
        desc: fields.desc
      }
    }
  })
]
