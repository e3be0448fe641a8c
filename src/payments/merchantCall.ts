/**
 * How a call of a merchant runs: encoded, signed twice, sent once, its answer verified and read.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpBody from "effect/http/HttpBody"
import type * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { describe, type Description, type Endpoint } from "../Endpoint.ts"
import * as Xml from "../internal/callback/xml.ts"
import * as Answer from "../internal/kernel/answer.ts"
import * as Exchange from "../internal/kernel/exchange.ts"
import { misfit } from "../internal/kernel/failure.ts"
import { issuesOf } from "../internal/kernel/issues.ts"
import { appSignature, type Fields, paySignature } from "../internal/kernel/merchantSignature.ts"
import { nonce } from "../internal/kernel/nonce.ts"
import * as Request from "../internal/kernel/request.ts"
import { late } from "../internal/kernel/transfer.ts"
import { lenient } from "../internal/wire/mend.ts"
import { WeComClient } from "../WeComClient.ts"
import { type Issue, RequestInvalid, type WeComError } from "../WeComError.ts"
import {
  AnswerForged,
  CertificateRejected,
  MerchantError,
  type MerchantErrorReason,
  OrderConflicts,
  OrderRefused,
  SignatureRejected
} from "./MerchantError.ts"

/** What a merchant's calls are signed with, and where they go. */
export interface Caller {
  readonly http: HttpClient.HttpClient
  readonly corpId: string
  readonly merchantId: string
  readonly key: Redacted.Redacted
  readonly appSecret: Redacted.Redacted
  readonly baseUrl: string
}

/** What an endpoint has of its own. */
export interface Rules {
  /** The name of the corp's id. */
  readonly corp: "appid" | "wxappid"
  /** The fields that the app signs; none of queries. */
  readonly appSigned: ReadonlyArray<string>
  /** Whether every answer is documented to be signed. Otherwise a signature is verified if there is one. */
  readonly answersSigned: boolean
}

/** Red packets: the fields that the app signs. */
export const redPacketFields = ["act_name", "mch_billno", "mch_id", "nonce_str", "re_openid", "total_amount", "wxappid"]

/** Payments: the fields that the app signs. */
export const memberPaymentFields = [
  "amount",
  "appid",
  "desc",
  "mch_id",
  "nonce_str",
  "openid",
  "partner_trade_no",
  "ww_msg_type"
]

/** One call, one attempt. */
export const call = <I, A>(
  endpoint: Endpoint<I, A>,
  rules: Rules,
  caller: Caller
): (input: I) => Effect.Effect<A, MerchantError> => {
  const self = describe(endpoint)
  const encode = Request.encoder(self.schemas.body ?? self.schemas.success)
  const read = lenient(self.schemas.success)
  const told = failing(self)
  const url = caller.baseUrl + new URL(self.path).pathname

  const sent = (fields: Fields): Effect.Effect<HttpClientResponse.HttpClientResponse, MerchantError> => {
    const request = HttpClientRequest.setBody(
      HttpClientRequest.post(url),
      HttpBody.text(Xml.stringify(fields), "text/xml; charset=utf-8")
    )
    return Effect.mapError(Exchange.send(self, caller.http, request), told.transport)
  }

  const received = (response: HttpClientResponse.HttpClientResponse): Effect.Effect<A, MerchantError> =>
    Effect.gen(function*() {
      const text = yield* Effect.mapError(Answer.textOf(self, response, maxSize), told.transport)
      if (/required SSL certificate|SSL certificate error/i.test(text)) {
        return yield* told.fail(new CertificateRejected({ code: `HTTP ${response.status}`, description: "" }), "no")
      }
      const parsed = Xml.parse(text)
      if (Result.isFailure(parsed)) return yield* told.misfit(response, "", parsed.failure)
      const answer: Record<string, string> = {}
      for (const [name, value] of Object.entries(parsed.success)) if (typeof value === "string") answer[name] = value
      const { return_code, return_msg = "" } = answer
      if (return_code === undefined) return yield* told.misfit(response, "return_code", "it is missing")
      if (return_code !== "SUCCESS") {
        return yield* told.refused({ code: answer.err_code ?? "FAIL", text: return_msg, believed: true })
      }
      const isSigned = answer.sign !== undefined && answer.sign !== ""
      if (isSigned && paySignature(answer, caller.key) !== answer.sign) {
        return yield* told.fail(new AnswerForged({ problem: "its signature is not made with the merchant's key" }))
      }
      if (answer.result_code !== "SUCCESS") {
        const { err_code: code = "FAIL", err_code_des: text = "" } = answer
        return yield* told.refused({ code, text, believed: isSigned || !rules.answersSigned })
      }
      if (rules.answersSigned && !isSigned) {
        return yield* told.fail(new AnswerForged({ problem: "it has no signature" }))
      }
      const { exit } = read(answer)
      return Exit.isSuccess(exit)
        ? exit.value as A // what the endpoint's own schema decodes to
        : yield* Effect.flatMap(issuesOf(exit.cause), (issues) => told.unread(response, issues))
    })

  const signed = (given: Fields): Effect.Effect<Fields> =>
    Effect.map(nonce, (nonce_str) => {
      const fields: Record<string, string> = {
        ...given,
        nonce_str,
        mch_id: caller.merchantId,
        [rules.corp]: caller.corpId
      }
      if (rules.appSigned.length > 0) fields.workwx_sign = appSignature(fields, rules.appSigned, caller.appSecret)
      return { ...fields, sign: paySignature(fields, caller.key) }
    })

  const once = (input: I): Effect.Effect<A, MerchantError> =>
    Effect.gen(function*() {
      const encoded = encode(input)
      if (Exit.isFailure(encoded)) return yield* told.invalid(yield* issuesOf(encoded.cause))
      const fields: Record<string, string> = {}
      // A struct of texts and numbers is encoded as one.
      for (const [name, value] of Object.entries(encoded.value as { readonly [name: string]: unknown })) {
        if (value !== undefined) fields[name] = String(value)
      }
      const odd = Object.keys(fields).filter((name) => Xml.notXml.test(fields[name] ?? ""))
      if (odd.length > 0) {
        return yield* told.invalid(odd.map((field) => ({ field, message: "control characters cannot be sent" })))
      }
      const { deadline } = yield* WeComClient.Options
      return yield* Effect.timeoutOrElse(Effect.flatMap(Effect.flatMap(signed(fields), sent), received), {
        duration: deadline,
        orElse: () => Effect.fail(told.transport(late(self, deadline)))
      })
    })

  return (input) => observed(self, once(input))
}

/** How large an answer may be, in bytes. */
const maxSize = 1024 * 1024

/** Codes after which nothing is paid, and nothing will be. What is not among them may be paid. */
const final: ReadonlySet<string> = new Set([
  "NO_AUTH",
  "NOAUTH",
  "SENDNUM_LIMIT",
  "SENDAMOUNT_LIMIT",
  "RCVDAMOUNT_LIMIT",
  "AMOUNT_LIMIT",
  "MONEY_LIMIT",
  "ILLEGAL_APPID",
  "SEND_FAILED",
  "XML_ERROR",
  "HTTP_METHOD_ERROR",
  "FREQ_LIMIT",
  "NOTENOUGH",
  "OPENID_ERROR",
  "PARAM_ERROR",
  "NAME_MISMATCH",
  "NO_COMPETENCE",
  "API_METHOD_CLOSED",
  "V2_ACCOUNT_SIMPLE_BAN",
  "WORKWX_MCHID_ERROR"
])

/** A refusal of WeChat Pay, and whether it can be believed. */
interface Refusal {
  readonly code: string
  readonly text: string
  readonly believed: boolean
}

/** The reason for a refusal, and whether money may have moved. */
const reasonOf = ({ believed, code, text }: Refusal): readonly [MerchantErrorReason, MerchantError["moved"]] => {
  const told = { code, description: text.slice(0, 200) }
  switch (code) {
    case "CA_ERROR":
      return [new CertificateRejected(told), "unknown"]
    case "SIGN_ERROR":
    case "WORKWX_SIGN_ERROR":
      return [new SignatureRejected(told), "no"]
    case "FATAL_ERROR":
      return [new OrderConflicts(told), "no"]
  }
  // Some refusals come without a code.
  if (code === "FAIL" && text.includes("签名")) return [new SignatureRejected(told), "no"]
  if (code === "FAIL" && text.includes("证书")) return [new CertificateRejected(told), "unknown"]
  const unclear = !believed || !final.has(code)
  return [new OrderRefused({ ...told, unclear }), unclear ? "unknown" : "no"]
}

/** The failures of an endpoint. Of queries, none says that nothing was paid. */
const failing = (self: Description) => {
  const error = (reason: MerchantErrorReason, moved: MerchantError["moved"]) =>
    new MerchantError({ endpoint: self.name, reason, moved: self.readOnly ? "unknown" : moved })
  const unread = (response: HttpClientResponse.HttpClientResponse, issues: ReadonlyArray<Issue>, done = false) =>
    transport(misfit(self, response, issues, { done, foreign: !done }))
  const transport = ({ reason }: WeComError): MerchantError => {
    switch (reason._tag) {
      case "RequestInvalid":
        return error(reason, "no")
      case "TransportFailed": {
        const code = /ERR_SSL_\w*ALERT\w*/.exec(reason.description)?.[0]
        return code === undefined
          ? error(reason, reason.repeatable ? "no" : "unknown")
          : error(new CertificateRejected({ code, description: "the TLS connection was refused" }), "no")
      }
      case "ResponseInvalid":
        return error(reason, "unknown")
      default:
        // Errcodes come from WeCom's own server alone.
        return error(new OrderRefused({ code: String(reason.errcode), description: "", unclear: true }), "unknown")
    }
  }
  return {
    transport,
    fail: (reason: MerchantErrorReason, moved: MerchantError["moved"] = "unknown") => Effect.fail(error(reason, moved)),
    invalid: (issues: ReadonlyArray<Issue>) => Effect.fail(error(new RequestInvalid({ issues }), "no")),
    refused: (refusal: Refusal) => Effect.fail(error(...reasonOf(refusal))),
    misfit: (response: HttpClientResponse.HttpClientResponse, field: string, message: string) =>
      Effect.fail(unread(response, [{ field, message }])),
    unread: (response: HttpClientResponse.HttpClientResponse, issues: ReadonlyArray<Issue>) =>
      Effect.fail(unread(response, issues, true))
  }
}

/** One span and one set of metrics for each call, as those of `WeComClient`. */
const observed = <A>(self: Description, run: Effect.Effect<A, MerchantError>): Effect.Effect<A, MerchantError> =>
  Effect.gen(function*() {
    const [took, exit] = yield* Effect.timed(Effect.exit(run))
    const error = Exit.isSuccess(exit) ? undefined : Option.getOrUndefined(Cause.findErrorOption(exit.cause))
    const outcome = Exit.isSuccess(exit) ? "ok" : error?.reason._tag ?? "Interrupted"
    const endpoint = self.name
    yield* Metric.update(Metric.withAttributes(WeComClient.latency, { endpoint }), took)
    yield* Metric.update(Metric.withAttributes(WeComClient.calls, { endpoint, outcome }), 1)
    if (error !== undefined) {
      yield* Effect.annotateCurrentSpan({ "error.type": outcome, "wecom.reason": outcome, "wecom.moved": error.moved })
    }
    return yield* exit
  }).pipe(
    Effect.withSpan(`wecom ${self.path}`, {
      kind: "client",
      attributes: { "wecom.endpoint": self.name, "http.request.method": self.method, "url.template": self.path }
    }, { captureStackTrace: false })
  )
