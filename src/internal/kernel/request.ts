/**
 * What is sent: an input encoded by the schemas of its endpoint, or the fields that are wrong with it.
 */
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { AnyCodec, Description } from "../../Endpoint.ts"
import type { Upload } from "../../media/Upload.ts"
import { RequestInvalid, WeComError } from "../../WeComError.ts"
import * as Fitting from "../wire/fitting.ts"
import * as Failure from "./failure.ts"
import { issuesOf, noSuchField } from "./issues.ts"
import * as Json from "./json.ts"
import * as Multipart from "./multipart.ts"

/** A request that lacks only its token. */
export type Prepared = HttpClientRequest.HttpClientRequest

type Record_ = { readonly [key: string]: unknown }

/** Encodes a value by the schema of an endpoint, checks included. */
export type Encode = (value: unknown) => Exit.Exit<unknown, Schema.SchemaError>

interface Encoders {
  readonly query: Encode | undefined
  readonly queryKeys: ReadonlyArray<string>
  readonly body: Encode | undefined
}

const encoders = new WeakMap<Description, Encoders>()

/**
 * Looks for everything that is wrong once something is, and for fields that there are not once one is left out: that
 * takes the schema's slow way.
 */
export const encoder = (schema: AnyCodec): Encode => {
  const fit = Fitting.encoding(schema.ast)
  const encode = Schema.encodeUnknownExit(schema)
  const explain = Schema.encodeUnknownExit(schema, { onExcessProperty: "error", errors: "all" })
  return (value) => {
    const fitted = fit(value)
    if (fitted !== Fitting.unfit) return Exit.succeed(fitted)
    const encoded = encode(value)
    return Exit.isSuccess(encoded) && keeps(value, encoded.value) ? encoded : explain(value)
  }
}

/** Whether all that was given has been encoded, as far as that can be seen. */
const keeps = (given: unknown, encoded: unknown): boolean => {
  if (given === encoded || typeof given !== "object" || given === null) return true
  const isObject = typeof encoded === "object" && encoded !== null
  if (Array.isArray(given)) {
    // Lists that travel as one text hold no fields.
    return given.every((item, index) => isObject ? keeps(item, (encoded as Record_)[index]) : typeof item !== "object")
  }
  for (const key in given) {
    if (!isObject || !(key in encoded) || !keeps((given as Record_)[key], (encoded as Record_)[key])) return false
  }
  return isObject
}

const encodersOf = (self: Description): Encoders => {
  let found = encoders.get(self)
  if (found === undefined) {
    const { body, query } = self.schemas
    found = {
      query: query && encoder(query),
      queryKeys: query === undefined ? [] : Object.keys(query.fields),
      body: body && encoder(body)
    }
    encoders.set(self, found)
  }
  return found
}

/** A call of an endpoint of a server, without an input. */
export const empty = (self: Description, baseUrl: string): HttpClientRequest.HttpClientRequest =>
  HttpClientRequest.make(self.method)(baseUrl + self.path)

/** Puts an input into an {@link empty} request, or says which field is wrong. */
export const prepare = (
  self: Description,
  to: HttpClientRequest.HttpClientRequest,
  agentId: number | undefined,
  input: unknown,
  moved?: () => void
): Effect.Effect<Prepared, WeComError> => {
  let codec: Encoders
  try {
    codec = encodersOf(self)
  } catch (defect) {
    return Effect.die(defect)
  }
  let fields: Record_ = Predicate.isObject(input) ? input as Record_ : {}
  if (self.agent && fields.agentid === undefined) {
    if (agentId === undefined) {
      return Effect.fail(
        Failure.invalid(self.name, "agentid", "the app has no agent id: set WECOM_AGENT_ID, or pass `agentid`")
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
  let request = to
  if (self.kind === "download") {
    const { range, ...others } = rest as { readonly range?: { readonly start: number; readonly end?: number } }
    if (range !== undefined) {
      const { end = Number.MAX_SAFE_INTEGER, start } = range
      if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
        return Effect.fail(Failure.invalid(self.name, "range", "expected bytes from `start` up to `end`"))
      }
      request = HttpClientRequest.setHeader(request, "range", `bytes=${range.start}-${range.end ?? ""}`)
    }
    rest = others
  } else if (self.kind === "upload") {
    const { [self.part]: file, ...others } = rest as { readonly [key: string]: Upload | undefined }
    const wrong = file === undefined ? "a file is needed" : Multipart.flaw(file, self.schemas.size?.(fields as never))
    if (file === undefined || wrong !== undefined) {
      return Effect.fail(Failure.invalid(self.name, self.part, wrong ?? "a file is needed"))
    }
    request = HttpClientRequest.setBody(request, Multipart.body(self.part, file, moved ?? (() => {})))
    rest = others
  } else if (codec.body !== undefined) {
    const encoded = codec.body(codec.query === undefined && !self.agent ? input ?? {} : rest)
    if (Exit.isFailure(encoded)) return refuse(self, encoded.cause)
    request = HttpClientRequest.setBody(request, bodyOf(Json.stringify(encoded.value, self.int64)))
    rest = {}
  }
  const excess = Object.keys(rest)
  if (excess.length > 0) {
    return Effect.fail(
      new WeComError({
        endpoint: self.name,
        reason: new RequestInvalid({
          issues: excess.map((field) => ({ field, message: noSuchField }))
        })
      })
    )
  }
  for (const [key, value] of params) request = HttpClientRequest.setUrlParam(request, key, value)
  return Effect.succeed(request)
}

/** A long text is not held beside its bytes until it is sent. */
const bodyOf = (json: string): HttpBody.Uint8Array =>
  json.length < 65_536
    ? HttpBody.text(json, "application/json")
    : HttpBody.uint8Array(new TextEncoder().encode(json), "application/json")

const refuse = (
  self: Description,
  cause: Cause.Cause<Schema.SchemaError>
): Effect.Effect<never, WeComError> =>
  Effect.flatMap(issuesOf(cause), (issues) =>
    Effect.fail(
      new WeComError({ endpoint: self.name, reason: new RequestInvalid({ issues }) })
    ))
