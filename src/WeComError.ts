/**
 * The one error of every call: which endpoint, and a closed union of reasons.
 */
import * as Effect from "effect/Effect"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Schema from "effect/Schema"

/** One thing wrong with a value: where, and what was expected. Never holds the value itself. */
export const Issue = Schema.Struct({
  /** Path of the field, such as `text.content` or `attachments[2].msgtype`; empty for the whole. */
  field: Schema.String,
  message: Schema.String
})
export type Issue = typeof Issue.Type

const describeIssues = (issues: ReadonlyArray<Issue>): string => {
  const told = issues.slice(0, 10).map(({ field, message }) => field === "" ? message : `${field}: ${message}`)
  if (issues.length > told.length) told.push(`and ${issues.length - told.length} more`)
  return told.join("; ")
}

/** The input was refused before anything was sent: a missing field, a wrong value, an exceeded limit. */
export class RequestInvalid extends Schema.TaggedError<RequestInvalid>("effect-wecom/RequestInvalid")(
  "RequestInvalid",
  { issues: Schema.Array(Issue) }
) {
  override get message(): string {
    return describeIssues(this.issues)
  }
  get isRetryable(): boolean {
    return false
  }
}

/** No answer: the connection failed, was cut, or the deadline passed. */
export class TransportFailed extends Schema.TaggedError<TransportFailed>("effect-wecom/TransportFailed")(
  "TransportFailed",
  {
    description: Schema.String,
    /** Whether the deadline passed, rather than the connection failing. */
    timedOut: Schema.Boolean,
    /**
     * Whether sending again is safe: the request never left, or the endpoint is idempotent. Otherwise WeCom may have done
     * what was asked, though nobody heard of it.
     */
    repeatable: Schema.Boolean
  }
) {
  override get message(): string {
    return this.repeatable ? this.description : `${this.description}; WeCom may have done it all the same`
  }
  get isRetryable(): boolean {
    return this.repeatable
  }
}

/**
 * An answer that is not WeCom's, or that cannot be read: a gateway's page, truncated JSON, a body without an errcode or
 * without what identifies.
 */
export class ResponseInvalid extends Schema.TaggedError<ResponseInvalid>("effect-wecom/ResponseInvalid")(
  "ResponseInvalid",
  {
    /** The HTTP status. */
    status: Schema.Int,
    /** The media type, such as `text/html`. */
    mediaType: Schema.optionalKey(Schema.String),
    /** The host that was asked. */
    host: Schema.optionalKey(Schema.String),
    issues: Schema.Array(Issue),
    /** Whether the answer looks like that of a gateway, a proxy or a login page instead of WeCom's. */
    foreign: Schema.Boolean,
    /**
     * Whether WeCom has done what was asked, because its errcode was 0: repeating the call would do it again. Never `true` for
     * endpoints that only read.
     */
    done: Schema.Boolean,
    /** Whether sending again is safe and sensible: a 5xx of a gateway on an idempotent endpoint. */
    repeatable: Schema.Boolean
  }
) {
  override get message(): string {
    const origin = [this.mediaType, this.host === undefined ? undefined : `from ${this.host}`]
      .filter((part) => part !== undefined).join(" ")
    return [
      `HTTP ${this.status}${origin === "" ? "" : `, ${origin}`}: ${describeIssues(this.issues)}`,
      ...(this.foreign ? ["is a gateway, proxy or login page in between?"] : []),
      ...(this.done ? ["WeCom has done what was asked: repeating the call would do it again"] : [])
    ].join("; ")
  }
  get isRetryable(): boolean {
    return this.repeatable
  }
}

const vendorFields = {
  errcode: Schema.Int,
  /** WeCom's text, for people to read: it may change, so never match on it. */
  errmsg: Schema.String,
  /** The official short label of the code, where one is known; only if `effect-wecom/labels` was imported. */
  label: Schema.optionalKey(Schema.String),
  /** The id to give to WeCom's support. */
  hint: Schema.optionalKey(Schema.String),
  /** The IP address that WeCom saw, as it matters for trusted IPs (60020). */
  fromIp: Schema.optionalKey(Schema.String),
  /** The official page about the code. */
  helpLink: Schema.String
}

const vendorMessage = (
  { errcode, errmsg, fromIp, helpLink, hint, label }: Schema.Struct.Type<typeof vendorFields>
): string => {
  const details = [
    ...(fromIp === undefined ? [] : [`from ip ${fromIp}`]),
    ...(hint === undefined ? [] : [`hint ${hint}`]),
    helpLink
  ]
  return `errcode ${errcode}${label === undefined ? "" : ` ${label}`}${
    errmsg === "" || errmsg === label ? "" : `: ${errmsg}`
  } (${details.join(", ")})`
}

/** The secret, token, ticket or code was refused. Never looped on: wrong secrets ban the IP for an hour. */
export class CredentialRejected extends Schema.TaggedError<CredentialRejected>("effect-wecom/CredentialRejected")(
  "CredentialRejected",
  vendorFields
) {
  override get message(): string {
    return vendorMessage(this)
  }
  get isRetryable(): boolean {
    return false
  }
}

/** The app may not do this: API not granted, object out of its visible range, IP not trusted. */
export class PermissionDenied extends Schema.TaggedError<PermissionDenied>("effect-wecom/PermissionDenied")(
  "PermissionDenied",
  vendorFields
) {
  override get message(): string {
    return vendorMessage(this)
  }
  get isRetryable(): boolean {
    return false
  }
}

/** Too many calls (45009 and its kin): blocked until the window ends, a minute, an hour or a day. */
export class RateLimited extends Schema.TaggedError<RateLimited>("effect-wecom/RateLimited")(
  "RateLimited",
  {
    ...vendorFields,
    /** When the same call may succeed, where that is known: `RateLimits` knows, WeCom does not say. */
    retryAfter: Schema.optionalKey(Schema.DurationFromMillis)
  }
) {
  override get message(): string {
    return vendorMessage(this)
  }
  /** Sensible later, not at once: the default policy does not repeat inside the window. */
  get isRetryable(): boolean {
    return false
  }
}

/** WeCom is busy (-1, 6000, 45033, 45035, ...): the same call may succeed in a moment. */
export class ServiceBusy extends Schema.TaggedError<ServiceBusy>("effect-wecom/ServiceBusy")(
  "ServiceBusy",
  vendorFields
) {
  override get message(): string {
    return vendorMessage(this)
  }
  get isRetryable(): boolean {
    return true
  }
}

/** Every other errcode: the call was understood and refused. */
export class ApiFailed extends Schema.TaggedError<ApiFailed>("effect-wecom/ApiFailed")("ApiFailed", vendorFields) {
  override get message(): string {
    return vendorMessage(this)
  }
  get isRetryable(): boolean {
    return false
  }
}

/** Reasons that carry an errcode. */
export type VendorReason = CredentialRejected | PermissionDenied | RateLimited | ServiceBusy | ApiFailed

/** Everything that can go wrong with a call. */
export const WeComErrorReason = Schema.Union([
  RequestInvalid,
  TransportFailed,
  ResponseInvalid,
  CredentialRejected,
  PermissionDenied,
  RateLimited,
  ServiceBusy,
  ApiFailed
])
export type WeComErrorReason = typeof WeComErrorReason.Type

/**
 * A call that failed: `endpoint` says which, `reason` why.
 *
 * Handle one reason with `Effect.catchReason("WeComError", "RateLimited", ...)`, one errcode with
 * `WeComError.catchCode`. Holds no body, token or secret, so it may be logged as it is.
 */
export class WeComError extends Schema.TaggedError<WeComError>("effect-wecom/WeComError")("WeComError", {
  /** Verb and path, such as `POST /cgi-bin/message/send`. */
  endpoint: Schema.String,
  reason: WeComErrorReason
}) {
  override get message(): string {
    return `${this.endpoint}: ${this.reason._tag}: ${this.reason.message}`
  }

  /** Whether the same call may succeed when it is simply repeated. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** WeCom's errcode, if one came. */
  get errcode(): number | undefined {
    return "errcode" in this.reason ? this.reason.errcode : undefined
  }

  /** What `console.log` shows: the whole of it in a line. */
  override [NodeInspectSymbol](): string {
    return String(this)
  }

  /**
   * Handles one errcode, or several, and leaves every other failure as it is.
   *
   * @example
   * ```ts
   * users.get({ userid: "nobody" }).pipe(
   *   Effect.asSome,
   *   WeComError.catchCode(60111, () => Effect.succeedNone)
   * )
   * ```
   */
  static readonly catchCode = <A2, E2, R2>(
    errcode: number | ReadonlyArray<number>,
    f: (error: WeComError) => Effect.Effect<A2, E2, R2>
  ) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A | A2, E | E2, R | R2> => {
    const codes = typeof errcode === "number" ? [errcode] : errcode
    return Effect.catch(
      self,
      (error): Effect.Effect<A2, E | E2, R2> =>
        error instanceof WeComError && error.errcode !== undefined && codes.includes(error.errcode)
          ? f(error)
          : Effect.fail(error)
    )
  }
}
