/**
 * One exchange with the vendor: encode, send, parse the JSON once, look at the errcode, decode.
 */
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClient from "effect/http/HttpClient"
import type * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaIssue from "effect/SchemaIssue"
import { type AnyCodec, describe, type Description, type Endpoint } from "../../Endpoint.ts"
import type { Upload } from "../../media/Upload.ts"
import * as WeComError from "../../WeComError.ts"
import * as BigJson from "./bigJson.ts"
import * as Multipart from "./multipart.ts"

/** A request that lacks only its token. */
export type Prepared = HttpClientRequest.HttpClientRequest

type Record_ = { readonly [key: string]: unknown }

interface Codec {
  readonly query: Encode | undefined
  readonly queryKeys: ReadonlyArray<string>
  readonly body: Encode | undefined
  readonly success: (value: unknown) => Exit.Exit<unknown, Schema.SchemaError>
}

type Encode = (value: unknown) => Exit.Exit<unknown, Schema.SchemaError>

const codecs = new WeakMap<Description, Codec>()

/** Looks for everything that is wrong once something is. */
const encoder = (schema: AnyCodec): Encode => {
  const encode = Schema.encodeUnknownExit(schema, { onExcessProperty: "error" })
  const explain = Schema.encodeUnknownExit(schema, { onExcessProperty: "error", errors: "all" })
  return (value) => {
    const encoded = encode(value)
    return Exit.isSuccess(encoded) ? encoded : explain(value)
  }
}

const decoding = { disableChecks: true } as const

const codecOf = (self: Description): Codec => {
  let codec = codecs.get(self)
  if (codec === undefined) {
    const { body, query, success } = self.schemas
    codec = {
      query: query && encoder(query),
      queryKeys: self.schemas.query === undefined ? [] : Object.keys(self.schemas.query.fields),
      body: body && encoder(body),
      success: Schema.decodeUnknownExit(success, decoding)
    }
    codecs.set(self, codec)
  }
  return codec
}

/** Encodes an input into a request against `baseUrl`, or says which field is wrong. */
export const prepare = (
  self: Description,
  baseUrl: string,
  agentId: number | undefined,
  input: unknown,
  moved: () => void = () => {}
): Effect.Effect<Prepared, WeComError.WeComError> => {
  let codec: Codec
  try {
    codec = codecOf(self)
  } catch (defect) {
    return Effect.die(defect)
  }
  let fields: Record_ = Predicate.isObject(input) ? input as Record_ : {}
  if (self.agent && fields.agentid === undefined) {
    if (agentId === undefined) {
      return Effect.fail(
        WeComError.invalid(self.name, "agentid", "the app has no agent id: set WECOM_AGENT_ID, or pass `agentid`")
      )
    }
    fields = { ...fields, agentid: agentId }
  }
  const params: Array<readonly [string, string | Redacted.Redacted]> = []
  let rest = fields
  if (codec.query !== undefined) {
    const given: Record<string, unknown> = {}
    const others: Record<string, unknown> = { ...fields }
    for (const key of codec.queryKeys) {
      if (fields[key] !== undefined) given[key] = fields[key]
      delete others[key]
    }
    const encoded = codec.query(given)
    if (Exit.isFailure(encoded)) return refuse(self, encoded.cause)
    for (const [key, value] of Object.entries(encoded.value as Record_)) {
      if (value === undefined) continue
      params.push([key, Redacted.isRedacted(given[key]) ? Redacted.make(String(value)) : String(value)])
    }
    rest = others
  }
  let request = HttpClientRequest.make(self.method)(baseUrl + self.path)
  if (self.kind === "download") {
    const { range, ...others } = rest as { readonly range?: { readonly start: number; readonly end?: number } }
    if (range !== undefined) {
      const { end = Number.MAX_SAFE_INTEGER, start } = range
      if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
        return Effect.fail(WeComError.invalid(self.name, "range", "expected bytes from `start` up to `end`"))
      }
      request = HttpClientRequest.setHeader(request, "range", `bytes=${range.start}-${range.end ?? ""}`)
    }
    rest = others
  } else if (self.kind === "upload") {
    const { [self.part]: file, ...others } = rest as { readonly [key: string]: Upload | undefined }
    const wrong = file === undefined ? "a file is needed" : Multipart.flaw(file, self.schemas.size?.(fields as never))
    if (file === undefined || wrong !== undefined) {
      return Effect.fail(WeComError.invalid(self.name, self.part, wrong ?? "a file is needed"))
    }
    request = HttpClientRequest.setBody(request, Multipart.body(self.part, file, moved))
    rest = others
  } else if (codec.body !== undefined) {
    const encoded = codec.body(codec.query === undefined && !self.agent ? input ?? {} : rest)
    if (Exit.isFailure(encoded)) return refuse(self, encoded.cause)
    request = HttpClientRequest.setBody(
      request,
      HttpBody.text(BigJson.stringify(encoded.value, self.int64), "application/json")
    )
    rest = {}
  }
  const excess = Object.keys(rest)
  if (excess.length > 0) {
    return Effect.fail(
      new WeComError.WeComError({
        endpoint: self.name,
        reason: new WeComError.RequestInvalid({
          issues: excess.map((field) => ({ field, message: noSuchField }))
        })
      })
    )
  }
  for (const [key, value] of params) request = HttpClientRequest.setUrlParam(request, key, value)
  return Effect.succeed(request)
}

/** Sends a request and reads the answer: the payload still encoded, with its HTTP status. */
export const send = (
  self: Description,
  http: HttpClient.HttpClient,
  request: Prepared
): Effect.Effect<HttpClientResponse.HttpClientResponse, WeComError.WeComError> =>
  Effect.mapErrorEager(
    Effect.provideContext(http.execute(request), quiet),
    (error) => transport(self, error)
  )

/** One HTTP request makes no span of its own, and tells the vendor nothing of ours. */
const quiet = Context.make(HttpClient.TracerPropagationEnabled, false).pipe(
  Context.add(HttpClient.TracerDisabledWhen, () => true)
)

/** One attempt of a JSON endpoint: no deadline, no retry. */
export const exchange = <I, A>(
  endpoint: Endpoint<I, A>,
  http: HttpClient.HttpClient,
  app: { readonly baseUrl?: string | undefined; readonly agentId?: number | undefined },
  token: readonly [parameter: string, value: Redacted.Redacted] | undefined,
  input: I
): Effect.Effect<A, WeComError.WeComError> => {
  const self = describe(endpoint)
  return prepare(self, baseUrlOf(app), app.agentId, input).pipe(
    Effect.flatMapEager((request) =>
      send(self, http, token === undefined ? request : HttpClientRequest.setUrlParam(request, ...token))
    ),
    Effect.flatMap((response) => read(self, response, input))
    // Decoded by the endpoint's own schema, whose type is A.
  ) as Effect.Effect<A, WeComError.WeComError>
}

/** The server of an app. */
export const baseUrlOf = (app: { readonly baseUrl?: string | undefined }): string =>
  app.baseUrl?.replace(/\/+$/, "") ?? "https://qyapi.weixin.qq.com"

/** Reads the JSON answer of an endpoint: the errcode first, then the payload. */
export const read = (
  self: Description,
  response: HttpClientResponse.HttpClientResponse,
  input: unknown
): Effect.Effect<unknown, WeComError.WeComError> =>
  Effect.flatMap(
    Effect.mapErrorEager(response.text, (error) => transport(self, error)),
    (text) => parse(self, response, text, input)
  )

/** What the request held that must not be told, in case the vendor's text repeats it. */
const secretsOf = (response: HttpClientResponse.HttpClientResponse, input: unknown): ReadonlyArray<string> =>
  [
    ...response.request.urlParams.params.map(([, value]) => value),
    ...(Predicate.isObject(input) ? Object.values(input) : [])
  ].flatMap((value) => Redacted.isRedacted(value) ? [String(Redacted.value(value))] : [])

const scrub = (text: string, secrets: ReadonlyArray<string>): string =>
  secrets.reduce((text, secret) => secret === "" ? text : text.replaceAll(secret, "<redacted>"), text)

/** The same from the text of the answer. */
export const parse = (
  self: Description,
  response: HttpClientResponse.HttpClientResponse,
  text: string,
  input: unknown
): Effect.Effect<unknown, WeComError.WeComError> => {
  const { status } = response
  let json: unknown
  try {
    json = BigJson.parse(text, self.int64)
  } catch {
    return Effect.fail(misfit(self, status, [{
      field: "",
      message: text.trim() === "" ? "the body is empty" : `the body is not JSON (${text.length} characters)`
    }]))
  }
  if (Predicate.isObject(json)) {
    const { errcode, errmsg } = json as Record_
    if (errcode !== undefined && errcode !== null && Number(errcode) !== 0) {
      return Effect.fail(
        Number.isInteger(Number(errcode))
          ? WeComError.fromErrcode(
            self.name,
            Number(errcode),
            typeof errmsg === "string" ? scrub(errmsg, secretsOf(response, input)) : ""
          )
          : misfit(self, status, [{ field: "errcode", message: "expected an integer" }])
      )
    }
  }
  if (status < 200 || status > 299) {
    return Effect.fail(misfit(self, status, [{ field: "", message: "an HTTP error without an errcode" }]))
  }
  const decoded = codecOf(self).success(json)
  return Exit.isSuccess(decoded)
    ? Effect.succeed(decoded.value)
    : Effect.flatMap(issuesOf(decoded.cause), (issues) => Effect.fail(misfit(self, status, issues)))
}

/** The error for an answer that is not WeCom's. */
export const misfit = (
  self: Description,
  status: number,
  issues: ReadonlyArray<WeComError.Issue>
): WeComError.WeComError =>
  new WeComError.WeComError({
    endpoint: self.name,
    reason: new WeComError.ResponseInvalid({ status, issues, repeatable: self.idempotent && status >= 500 })
  })

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
    const { cause, code: ownCode, name: ownName } = current as Record_
    if (typeof ownCode === "string") code = ownCode
    if (typeof ownName === "string") name = ownName
    current = cause
  }
  return { code, name, body: undefined }
}

const refuse = (
  self: Description,
  cause: Cause.Cause<Schema.SchemaError>
): Effect.Effect<never, WeComError.WeComError> =>
  Effect.flatMap(issuesOf(cause), (issues) =>
    Effect.fail(
      new WeComError.WeComError({ endpoint: self.name, reason: new WeComError.RequestInvalid({ issues }) })
    ))

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) => issue._tag === "UnexpectedKey" ? noSuchField : SchemaIssue.defaultLeafHook(issue)
})

/** What is said of a field that an endpoint does not have. */
export const noSuchField = "the endpoint has no such field"

/** Where a value does not fit, and what was expected: never the value itself. */
export const issuesOf = (cause: Cause.Cause<Schema.SchemaError>): Effect.Effect<ReadonlyArray<WeComError.Issue>> =>
  Option.match(Cause.findErrorOption(cause), {
    onNone: () => Effect.failCause(cause as Cause.Cause<never>), // a defect in a schema stays one
    onSome: (error) =>
      Effect.succeed(
        together(
          formatIssue(meant(error.issue)).issues.map(({ message, path }) => ({
            field: (path ?? []).reduce<string>(
              (field, part) => {
                const key = Predicate.isObject(part) ? part.key : part
                return typeof key === "number"
                  ? `${field}[${key}]`
                  : field === ""
                  ? String(key)
                  : `${field}.${String(key)}`
              },
              ""
            ),
            message
          }))
        )
      )
  })

/**
 * Without what those members of a union say that were not meant, as they want another literal than the one that is
 * there. Where all of them do, that is all they say.
 */
const meant = (issue: SchemaIssue.Issue): SchemaIssue.Issue => {
  switch (issue._tag) {
    case "Pointer":
      return new SchemaIssue.Pointer(issue.path, meant(issue.issue))
    case "Encoding":
      return new SchemaIssue.Encoding(issue.ast, meant(issue.issue))
    case "Composite": {
      const [first, ...others] = issue.issues
      return new SchemaIssue.Composite(issue.ast, [meant(first), ...others.map(meant)])
    }
    case "AnyOf": {
      const members = issue.issues.map((member) => ({ issue: meant(member), tag: wrongTag(member) }))
      const right = members.flatMap(({ issue, tag }) => tag === undefined ? [issue] : [])
      const wrong = members.flatMap(({ tag }) => tag === undefined || isNever(tag) ? [] : [tag])
      return new SchemaIssue.AnyOf(issue.ast, right.length === 0 ? wrong : right)
    }
    default:
      return issue
  }
}

/** The first place where another literal is wanted, but for those of unions further down. */
const wrongTag = (issue: SchemaIssue.Issue): SchemaIssue.Issue | undefined => {
  switch (issue._tag) {
    case "InvalidType":
      return isLiteral(issue.ast) ? issue : undefined
    case "AnyOf":
      return issue.issues.length === 0 && isLiteral(issue.ast) ? issue : undefined
    case "Pointer": {
      const found = wrongTag(issue.issue)
      return found === undefined ? undefined : new SchemaIssue.Pointer(issue.path, found)
    }
    case "Encoding":
      return wrongTag(issue.issue)
    case "Composite":
      return issue.issues.map(wrongTag).find((found) => found !== undefined)
    default:
      return undefined
  }
}

const isNever = (issue: SchemaIssue.Issue): boolean =>
  issue._tag === "Pointer" ? isNever(issue.issue) : issue._tag === "InvalidType" && issue.ast._tag === "Never"

const isLiteral = (ast: SchemaAST.AST): boolean =>
  ast._tag === "Never" || ast._tag === "Literal" || ast._tag === "Undefined" || ast._tag === "Null" ||
  (ast._tag === "Union" && ast.types.every(isLiteral))

/** Literals that are wanted in one place, as one issue. */
const together = (issues: ReadonlyArray<WeComError.Issue>): ReadonlyArray<WeComError.Issue> =>
  [...Map.groupBy(issues, ({ field }) => field)].flatMap(([field, own]) => {
    const messages = [...new Set(own.map(({ message }) => message))]
    return messages.length > 1 && messages.every((message) => /^Expected ("[^"]*"|\d+)$/.test(message))
      ? [{ field, message: `Expected ${messages.map((message) => message.slice("Expected ".length)).join(" | ")}` }]
      : messages.map((message) => ({ field, message }))
  })
