/**
 * What a call fails with: an answer that is not WeCom's, a connection that broke.
 */
import type * as HttpClientError from "effect/http/HttpClientError"
import * as Predicate from "effect/Predicate"
import type { Description } from "../../Endpoint.ts"
import * as ErrorCode from "../../ErrorCode.ts"
import {
  ApiFailed,
  CredentialRejected,
  type Issue,
  PermissionDenied,
  RateLimited,
  RequestInvalid,
  ResponseInvalid,
  ServiceBusy,
  TransportFailed,
  type VendorReason,
  WeComError
} from "../../WeComError.ts"
import * as Multipart from "./multipart.ts"

/** Where an answer came from, as far as it tells who gave it. */
interface Origin {
  readonly status: number
  readonly headers?: { readonly [name: string]: string | undefined }
  readonly request?: { readonly url: string }
}

/**
 * The error for an answer that is not WeCom's, or that cannot be read. `done` says that its errcode was 0: unless the
 * endpoint only reads, WeCom has done what was asked.
 */
export const misfit = (
  self: Description,
  { headers = {}, request, status }: Origin,
  issues: ReadonlyArray<Issue>,
  { done = false, foreign = false }: { readonly done?: boolean; readonly foreign?: boolean } = {}
): WeComError => {
  const mediaType = headers["content-type"]?.split(";", 1)[0]?.trim().slice(0, 100)
  const host = /^[a-z]+:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(request?.url ?? "")?.[1]
  return new WeComError({
    endpoint: self.name,
    reason: new ResponseInvalid({
      status,
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(host === undefined ? {} : { host }),
      issues,
      foreign: foreign || (mediaType !== undefined && /html/i.test(mediaType)),
      done: done && !self.idempotent,
      repeatable: self.idempotent && status >= 500
    })
  })
}

/** The error for a connection that failed. Nothing of the request is in it. */
export const transport = (self: Description, error: HttpClientError.HttpClientError): WeComError => {
  const cause = "cause" in error.reason ? error.reason.cause : undefined
  const { body, code, name } = rootOf(cause)
  if (body !== undefined) return invalid(self.name, self.part, body)
  if (error.reason._tag === "InvalidUrlError") {
    return invalid(
      self.name,
      "baseUrl",
      "the app's base URL is not one, such as https://qyapi.weixin.qq.com"
    )
  }
  return new WeComError({
    endpoint: self.name,
    reason: new TransportFailed({
      description: error.reason._tag === "TransportError"
        ? `the connection failed${code === undefined ? name === undefined ? "" : `: ${name}` : `: ${code}`}`
        : `the exchange failed: ${error.reason._tag}`,
      timedOut: false,
      repeatable: self.idempotent || (code !== undefined && neverSent.has(code))
    })
  })
}

/** The error for an errcode: its category decides the reason. */
export const fromErrcode = (endpoint: string, errcode: number, errmsg: string): WeComError => {
  const { fromIp, hint, message } = ErrorCode.parseErrmsg(errmsg)
  const label = ErrorCode.label(errcode)
  const Reason = vendorReasons[ErrorCode.category(errcode)]
  return new WeComError({
    endpoint,
    reason: new Reason({
      errcode,
      errmsg: message,
      helpLink: ErrorCode.helpLink(errcode),
      ...(label === undefined ? {} : { label }),
      ...(hint === undefined ? {} : { hint }),
      ...(fromIp === undefined ? {} : { fromIp })
    })
  })
}

/** A request refused before sending, for one field. */
export const invalid = (endpoint: string, field: string, message: string): WeComError =>
  new WeComError({ endpoint, reason: new RequestInvalid({ issues: [{ field, message }] }) })

/** Codes of failures before anything was sent. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT"
])

interface Root {
  readonly code: string | undefined
  readonly name: string | undefined
  /** What was wrong with the body, where that is what broke. */
  readonly body: string | undefined
}

const rootOf = (cause: unknown): Root => {
  let current = cause
  let code: string | undefined
  let name: string | undefined
  for (let depth = 0; depth < 8 && Predicate.isObject(current); depth++) {
    if (current instanceof Multipart.BodyError) return { code, name, body: current.message }
    const { cause, code: ownCode, name: ownName } = current as { readonly [key: string]: unknown }
    if (typeof ownCode === "string") code = ownCode
    if (typeof ownName === "string") name = ownName
    current = cause
  }
  return { code, name, body: undefined }
}

const vendorReasons: {
  readonly [K in ErrorCode.Category]: new(fields: Omit<(typeof ApiFailed)["~type.make.in"], "_tag">) => VendorReason
} = { CredentialRejected, PermissionDenied, RateLimited, ServiceBusy, ApiFailed }
