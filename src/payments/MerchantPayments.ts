/**
 * 企业支付: red packets and payments to members, with a merchant of WeChat Pay (微信支付商户).
 *
 * Another server than WeCom's (`api.mch.weixin.qq.com`), XML in place of JSON, two signatures, and a client certificate
 * in place of a token.
 */
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import { merchantOrder } from "./fields.ts"
import { MadeMemberPayment, MemberPayment, MemberPaymentStatus, NewMemberPayment } from "./MemberPayment.ts"
import { call, memberPaymentFields, redPacketFields } from "./merchantCall.ts"
import { MerchantError, OrderConflicts, OrderRefused } from "./MerchantError.ts"
import { NewRedPacket, RedPacket, RedPacketStatus, SentRedPacket } from "./RedPacket.ts"

/** A merchant of WeChat Pay that the corp has bound (企业支付). Its certificate belongs to the `HttpClient`. */
export interface MerchantOptions {
  /** The corp's id, which is also its appid. */
  readonly corpId: string
  /** 商户号. */
  readonly merchantId: string
  /** API密钥 of the merchant (APIv2), 32 characters: pay.weixin.qq.com, 账户中心, API安全. */
  readonly key: Redacted.Redacted
  /** The secret of the app with `agentId`; or of the built-in app 企业支付, for corps that have always used it. */
  readonly appSecret: Redacted.Redacted
  /** The app in whose name is paid, if neither `agentid` nor `sender_name` is given. */
  readonly agentId?: number | undefined
  /** Default: `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
}

const endpoints = {
  /**
   * 发放企业红包. 1,800 a minute. The member has 24 hours to take it.
   * @see https://developer.work.weixin.qq.com/document/path/90275
   */
  sendRedPacket: Endpoint.merchant(
    "https://api.mch.weixin.qq.com/mmpaymkttransfers/sendworkwxredpack",
    { doc: 90275 },
    () => ({ body: NewRedPacket, success: SentRedPacket })
  ),
  /**
   * 查询红包记录. What has become of a red packet of the last 30 days.
   * @see https://developer.work.weixin.qq.com/document/path/90276
   */
  getRedPacket: Endpoint.merchant(
    "https://api.mch.weixin.qq.com/mmpaymkttransfers/queryworkwxredpack",
    { doc: 90276, readOnly: true },
    () => ({ body: Schema.Struct({ mch_billno: merchantOrder(28) }), success: RedPacket })
  ),
  /**
   * 向员工付款. Only for merchants that already have it: WeChat Pay opens it to no others.
   * @see https://developer.work.weixin.qq.com/document/path/90278
   */
  payMember: Endpoint.merchant(
    "https://api.mch.weixin.qq.com/mmpaymkttransfers/promotion/paywwsptrans2pocket",
    { doc: 90278 },
    () => ({ body: NewMemberPayment, success: MadeMemberPayment })
  ),
  /**
   * 查询付款记录. What has become of a payment of the last 30 days.
   * @see https://developer.work.weixin.qq.com/document/path/90279
   */
  getMemberPayment: Endpoint.merchant(
    "https://api.mch.weixin.qq.com/mmpaymkttransfers/promotion/querywwsptrans2pocket",
    { doc: 90279, readOnly: true },
    () => ({ body: Schema.Struct({ partner_trade_no: merchantOrder(32) }), success: MemberPayment })
  )
}

/**
 * 企业支付. Pays members.
 *
 * **Nothing is paid twice as long as an order keeps its number.** `sendRedPacket` and `payMember` make one attempt and are
 * never repeated by themselves. Where they fail and `moved` is `unknown`, the order may be paid: ask for it by its number,
 * or use `settleRedPacket` and `settleMemberPayment`, which do so. Keep an order, number included, in your database before
 * you send it.
 *
 * @example
 * ```ts
 * const program = Effect.gen(function*() {
 *   const payments = yield* MerchantPayments
 *   yield* payments.settleRedPacket({ mch_billno: order.number, re_openid, total_amount: 888, ... })
 * })
 *
 * program.pipe(
 *   Effect.provide(MerchantPayments.layerConfig()),
 *   Effect.provide(MerchantCertificate.layerConfig())
 * )
 * ```
 */
export class MerchantPayments extends Context.Service<MerchantPayments, {
  /**
   * 发放企业红包. Sends a red packet, once. 1,800 a minute; 1 to 200 CNY each by default.
   *
   * The same number with the same parameters gives the same answer and is paid once; with others it fails with
   * `OrderConflicts`.
   * @see https://developer.work.weixin.qq.com/document/path/90275
   */
  readonly sendRedPacket: (input: NewRedPacket) => Effect.Effect<SentRedPacket, MerchantError>
  /**
   * 查询红包记录. What has become of a red packet of the last 30 days. `NOT_FOUND` does not say that it failed: it may be on
   * its way.
   * @see https://developer.work.weixin.qq.com/document/path/90276
   */
  readonly getRedPacket: (input: { readonly mch_billno: string }) => Effect.Effect<RedPacket, MerchantError>
  /**
   * 发放企业红包. Sends a red packet and, if its outcome is unknown, asks for it until it is known, as `SettlePolicy` says.
   * Where WeChat Pay does not know the order, it is sent again as it was.
   *
   * Fails with `moved` `no` if the order is not paid, and with the last error if its outcome stays unknown.
   */
  readonly settleRedPacket: (input: NewRedPacket) => Effect.Effect<SentRedPacket, MerchantError>
  /**
   * 向员工付款. Pays a member, once. Only for merchants that already have it. A member gets at most 10 payments a day, 15
   * seconds apart.
   *
   * The same number with the same parameters gives the same answer and is paid once; with others it fails with
   * `OrderConflicts`.
   * @see https://developer.work.weixin.qq.com/document/path/90278
   */
  readonly payMember: (input: NewMemberPayment) => Effect.Effect<MadeMemberPayment, MerchantError>
  /**
   * 查询付款记录. What has become of a payment of the last 30 days. `NOT_FOUND` does not say that it failed: it may be on its
   * way.
   * @see https://developer.work.weixin.qq.com/document/path/90279
   */
  readonly getMemberPayment: (
    input: { readonly partner_trade_no: string }
  ) => Effect.Effect<MemberPayment, MerchantError>
  /** 向员工付款. Pays a member and, if the outcome is unknown, asks for it, as `settleRedPacket` does. */
  readonly settleMemberPayment: (input: NewMemberPayment) => Effect.Effect<MadeMemberPayment, MerchantError>
}>()("effect-wecom/MerchantPayments") {
  /** The endpoints as bare values, for tools. */
  static readonly endpoints = endpoints

  /** A merchant as a value, for programs with many, each over an `HttpClient` with its own certificate. */
  static make(merchant: MerchantOptions): Effect.Effect<MerchantPayments["Service"], never, HttpClient.HttpClient> {
    return Effect.map(HttpClient.HttpClient, (http) => make(merchant, http))
  }

  /** A merchant over an `HttpClient` with its certificate: `MerchantCertificate.layer` of `effect-wecom/node`. */
  static layer(merchant: MerchantOptions): Layer.Layer<MerchantPayments, never, HttpClient.HttpClient> {
    return Layer.effect(MerchantPayments, MerchantPayments.make(merchant))
  }

  /**
   * The same from configuration: `WECOM_CORP_ID`, `WECOM_CORP_SECRET`, `WECOM_MERCHANT_ID`, `WECOM_MERCHANT_KEY`, and
   * optionally `WECOM_AGENT_ID` and `WECOM_MERCHANT_BASE_URL`.
   */
  static layerConfig(
    config: Config.Config<MerchantOptions> = merchantConfig
  ): Layer.Layer<MerchantPayments, Config.ConfigError, HttpClient.HttpClient> {
    return Layer.effect(MerchantPayments, Effect.flatMap(config, MerchantPayments.make))
  }

  /**
   * How long, and how often, `settleRedPacket` and `settleMemberPayment` ask for an order whose outcome is unknown.
   * Default: after a second, doubling up to 2 minutes, 20 times in all, which is about half an hour: WeChat Pay wants an
   * order in process to be asked for after some minutes.
   */
  static readonly SettlePolicy = Context.Reference<Schedule.Schedule<unknown>>(
    "effect-wecom/MerchantPayments/SettlePolicy",
    {
      defaultValue: () =>
        Schedule.min([Schedule.exponential("1 second"), Schedule.spaced("2 minutes")]).pipe(
          Schedule.upTo({ times: 20 })
        )
    }
  )
}

const merchantConfig: Config.Config<MerchantOptions> = Config.all({
  corpId: Config.NonEmptyString("WECOM_CORP_ID"),
  appSecret: Config.Redacted("WECOM_CORP_SECRET"),
  agentId: Config.option(Config.Int("WECOM_AGENT_ID")),
  merchantId: Config.NonEmptyString("WECOM_MERCHANT_ID"),
  key: Config.Redacted("WECOM_MERCHANT_KEY"),
  baseUrl: Config.option(Config.NonEmptyString("WECOM_MERCHANT_BASE_URL"))
}).pipe(
  Config.map(({ agentId, baseUrl, ...rest }) => ({
    ...rest,
    agentId: Option.getOrUndefined(agentId),
    baseUrl: Option.getOrUndefined(baseUrl)
  }))
)

const make = (merchant: MerchantOptions, http: HttpClient.HttpClient): MerchantPayments["Service"] => {
  const baseUrl = (merchant.baseUrl ?? "https://api.mch.weixin.qq.com").replace(/\/+$/, "")
  const caller = { ...merchant, baseUrl, http }
  const { agentId } = merchant
  const ofApp = <I extends { readonly agentid?: number | undefined }>(input: I): I =>
    agentId === undefined || input.agentid !== undefined ? input : { ...input, agentid: agentId }

  const send = call(endpoints.sendRedPacket, {
    corp: "wxappid",
    appSigned: redPacketFields,
    answersSigned: true
  }, caller)
  const pay = call(endpoints.payMember, { corp: "appid", appSigned: memberPaymentFields, answersSigned: false }, caller)
  const sendRedPacket = (input: NewRedPacket) => send(input.sender_name === undefined ? ofApp(input) : input)
  const payMember = (input: NewMemberPayment) => pay(ofApp(input))
  const getRedPacket = call(endpoints.getRedPacket, { corp: "appid", appSigned: [], answersSigned: true }, caller)
  const getMemberPayment = call(endpoints.getMemberPayment, {
    corp: "appid",
    appSigned: [],
    answersSigned: false
  }, caller)

  return MerchantPayments.of({
    sendRedPacket,
    getRedPacket,
    payMember,
    getMemberPayment,
    settleRedPacket: settling({
      endpoint: Endpoint.describe(endpoints.sendRedPacket).name,
      send: sendRedPacket,
      ask: ({ mch_billno }) => getRedPacket({ mch_billno }),
      outcome: ({ re_openid, total_amount }, { amount: _, ...record }) => ({
        state: record.status === RedPacketStatus.Sending
          ? "pending"
          : record.status === RedPacketStatus.Failed
          ? "failed"
          : "paid",
        same: (record.total_amount ?? total_amount) === total_amount && (record.openid ?? re_openid) === re_openid,
        reason: record.reason,
        answer: new SentRedPacket({
          mch_billno: record.mch_billno,
          send_listid: record.detail_id,
          re_openid,
          total_amount,
          sender_name: record.sender_name,
          sender_header_media_id: record.sender_header_media_id
        })
      })
    }),
    settleMemberPayment: settling({
      endpoint: Endpoint.describe(endpoints.payMember).name,
      send: payMember,
      ask: ({ partner_trade_no }) => getMemberPayment({ partner_trade_no }),
      outcome: ({ amount, openid }, record) => ({
        state: record.status === MemberPaymentStatus.Succeeded
          ? "paid"
          : record.status === MemberPaymentStatus.Failed
          ? "failed"
          : "pending",
        same: (record.payment_amount ?? amount) === amount && (record.openid ?? openid) === openid,
        reason: record.reason,
        answer: new MadeMemberPayment({
          partner_trade_no: record.partner_trade_no,
          payment_no: record.detail_id,
          payment_time: record.transfer_time
        })
      })
    })
  })
}

/** What a record says about an order. */
interface Outcome<A> {
  readonly state: "pending" | "failed" | "paid"
  /** Whether it is the order that was sent, as far as the record tells. */
  readonly same: boolean
  readonly reason: string | undefined
  readonly answer: A
}

/** Sends an order, and asks for it until its outcome is known. */
const settling = <I, Found, A>({ ask, endpoint, outcome, send }: {
  readonly endpoint: string
  readonly send: (input: I) => Effect.Effect<A, MerchantError>
  readonly ask: (input: I) => Effect.Effect<Found, MerchantError>
  readonly outcome: (input: I, record: Found) => Outcome<A>
}) =>
(input: I): Effect.Effect<A, MerchantError> => {
  const not = (reason: OrderConflicts | OrderRefused) =>
    Effect.fail(new MerchantError({ endpoint, reason, moved: "no" }))

  const asked = Effect.flatMap(ask(input), (record) => {
    const { answer, reason = "", same, state } = outcome(input, record)
    if (!same) return not(new OrderConflicts({ code: "FATAL_ERROR", description: "another order has the number" }))
    switch (state) {
      case "paid":
        return Effect.succeed(answer)
      case "failed":
        return not(new OrderRefused({ code: "FAILED", description: reason, unclear: false }))
      case "pending":
        return Effect.fail(
          new MerchantError({
            endpoint,
            reason: new OrderRefused({ code: "PROCESSING", description: "", unclear: true }),
            moved: "unknown"
          })
        )
    }
  })

  // An order that is not known is sent again as it was: its number keeps it from being paid twice.
  const again = Effect.catchIf(asked, ({ code }) => code === "NOT_FOUND", () => send(input))

  return Effect.catchIf(send(input), isOpen, (error) =>
    Effect.flatMap(MerchantPayments.SettlePolicy, (policy) => {
      let before: MerchantError | undefined = error
      return Effect.retry(
        Effect.suspend(() => {
          // The first time is the attempt that has failed: the schedule says when it is asked for.
          const failed = before
          before = undefined
          return failed === undefined ? again : Effect.fail(failed)
        }),
        { schedule: policy, while: isOpen }
      )
    }))
}

/** Whether asking for the order may tell its outcome: not where the certificate is refused, which answers nothing else. */
const isOpen = ({ moved, reason }: MerchantError): boolean =>
  moved === "unknown" && reason._tag !== "CertificateRejected" && reason._tag !== "SignatureRejected"
