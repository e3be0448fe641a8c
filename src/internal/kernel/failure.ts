/**
 * What a call fails with: an answer that is not WeCom's, a connection that broke.
 */
import type * as HttpClientError from "effect/http/HttpClientError"
import * as Predicate from "effect/Predicate"
import type { Description } from "../../Endpoint.ts"
import * as WeComError from "../../WeComError.ts"
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
  issues: ReadonlyArray<WeComError.Issue>,
  { done = false, foreign = false }: { readonly done?: boolean; readonly foreign?: boolean } = {}
): WeComError.WeComError => {
  const mediaType = headers["content-type"]?.split(";", 1)[0]?.trim().slice(0, 100)
  const host = /^[a-z]+:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(request?.url ?? "")?.[1]
  return new WeComError.WeComError({
    endpoint: self.name,
    reason: new WeComError.ResponseInvalid({
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
export const transport = (self: Description, error: HttpClientError.HttpClientError): WeComError.WeComError => {
  const cause = "cause" in error.reason ? error.reason.cause : undefined
  const { body, code, name } = rootOf(cause)
  if (body !== undefined) return WeComError.invalid(self.name, self.part, body)
  if (error.reason._tag === "InvalidUrlError") {
    return WeComError.invalid(
      self.name,
      "baseUrl",
      "the app's base URL is not one, such as https://qyapi.weixin.qq.com"
    )
  }
  return new WeComError.WeComError({
    endpoint: self.name,
    reason: new WeComError.TransportFailed({
      description: error.reason._tag === "TransportError"
        ? `the connection failed${code === undefined ? name === undefined ? "" : `: ${name}` : `: ${code}`}`
        : `the exchange failed: ${error.reason._tag}`,
      timedOut: false,
      repeatable: self.idempotent || (code !== undefined && neverSent.has(code))
    })
  })
}

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
