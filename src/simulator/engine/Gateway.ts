/**
 * How the simulator answers a request: find the route, check the token, decode, run, encode.
 */
import * as ByteSize from "effect/ByteSize"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import type { HttpServerError } from "effect/http/HttpServerError"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Multipart from "effect/http/Multipart"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { CatalogueEntry } from "../../catalogue.ts"
import { describe, type Description } from "../../Endpoint.ts"
import * as ErrorCode from "../../ErrorCode.ts"
import { issuesOf, missingField, noSuchField } from "../../internal/kernel/issues.ts"
import * as Json from "../../internal/kernel/json.ts"
import * as Signature from "../../internal/kernel/signature.ts"
import { isIgnored } from "../../internal/wire/overlooked.ts"
import * as Credential from "../../token/Credential.ts"
import { type Access, permit, type Requirement, requirementOf } from "./Access.ts"
import type { Area, Other } from "./Area.ts"
import type { Fault, Faults } from "./Fault.ts"
import { codeOf, type Codes } from "./FieldCodes.ts"
import * as Journal from "./Journal.ts"
import * as Lenience from "./Lenience.ts"
import { type Call, Refusal, refuse, type Route } from "./Route.ts"
import * as Sample from "./Sample.ts"
import * as Secrets from "./Secrets.ts"
import type { App, Corp, File, Provider, Robot, Suite, World } from "./World.ts"

/** The connection broke before there was an answer; the cause where it was the request's body. */
export class ConnectionReset extends Error {
  readonly _tag = "ConnectionReset"
}

/** Handles a request. */
export type Gateway = (
  request: HttpServerRequest.HttpServerRequest
) => Effect.Effect<HttpServerResponse.HttpServerResponse, ConnectionReset>

/** A client whose requests, to whatever host, are answered without a socket. */
export const client = (handle: Gateway): HttpClient.HttpClient =>
  HttpClient.make((request) =>
    handle(HttpServerRequest.fromClientRequest(request)).pipe(
      Effect.mapError(({ cause = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }) }) =>
        new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
      ),
      Effect.map((response) => HttpServerResponse.toClientResponse(response, { request }))
    )
  )

/** The gateway over a world. */
export const make = (options: {
  readonly world: World
  readonly areas: ReadonlyArray<Area>
  /** Endpoints that get a sample answer, if no area serves them. */
  readonly catalogue: ReadonlyArray<CatalogueEntry>
  /** Further routes, which come before those of the areas. */
  readonly routes: ReadonlyArray<Route>
  readonly faults: Faults
  readonly journal: Journal.Journal
  readonly latency: () => Effect.Effect<void>
  readonly notify: Call<void>["notify"]
  readonly later: Call<void>["later"]
}): Gateway => {
  const { faults, journal, later, latency, notify, world } = options
  const access: Access = Object.assign({}, ...options.areas.map(({ access }) => access))
  const entries = new Map(options.catalogue.map((entry) => [describe(entry.endpoint).name, entry]))
  const served = new Map<string, Served>()
  const paths = new Set<string>()
  for (
    const route of [
      ...options.catalogue.map(({ endpoint }) => Sample.route(endpoint)),
      ...options.areas.flatMap(({ routes }) => routes),
      ...options.routes
    ]
  ) {
    const entry = entries.get(route.endpoint.name)
    served.set(route.endpoint.name, serve(route, entry && requirementOf(access, entry)))
    paths.add(route.endpoint.path)
  }

  const others = new Map(
    options.areas.flatMap(({ others = [] }) => others.map((other) => [other.path, other] as const))
  )

  /** Calls of an endpoint by a corp, and those with `debug=1`, in a minute of the clock. */
  let minute = 0
  const counts = new Map<string, number>()
  const count = (what: string, limit: number): void => {
    const calls = (counts.get(what) ?? 0) + 1
    counts.set(what, calls)
    if (calls > limit) refuse(45009, "api freq out of limit")
  }
  const limit = ({ corp }: Caller, endpoint: string, debug: boolean, now: number): void => {
    if (corp === undefined) return
    if (Math.floor(now / 60_000) !== minute) {
      minute = Math.floor(now / 60_000)
      counts.clear()
    }
    if (debug) count(`${corp.id} debug`, maxDebugging)
    if (world.callsPerMinute !== Infinity) count(`${corp.id} ${endpoint}`, world.callsPerMinute)
  }

  const run = (
    request: HttpServerRequest.HttpServerRequest,
    path: string,
    query: Record<string, string>,
    entry: Journal.Entry
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, Refusal | ConnectionReset> =>
    Effect.gen(function*() {
      const foreign = request.method === "POST" ? others.get(path) : undefined
      if (foreign !== undefined) return yield* otherwise(request, foreign, world, entry)
      const named = served.get(`${request.method} ${path}`)
      const other = request.method === "GET" ? served.get(`POST ${path}`) : undefined
      const byGet = named === undefined && other?.route.also?.get === true
      const found = byGet ? other : named
      if (found === undefined) {
        if (paths.has(path)) return yield* refusal(40058, `${request.method} is not the method of this endpoint`)
        const refused = new Refusal(404, `the simulator does not serve ${request.method} ${path}`)
        entry.errcode = refused.errcode
        return HttpServerResponse.setStatus(json({ errcode: refused.errcode, errmsg: refused.message }), 404)
      }
      const { decodeBody, decodeQuery, encode, requirement, route } = found
      const { endpoint } = route
      entry.source = route.source
      const context: Leniency = { codes: route.codes, strict: world.strict, warnings: entry.warnings }
      const now = yield* Clock.currentTimeMillis
      const caller = authorise(world, route, query, entry, now)
      limit(caller, endpoint.name, query.debug === "1", now)
      if (caller.app !== undefined && requirement !== undefined) permit(caller.app, requirement)
      const input = byGet ? {} : yield* decodeQuery(query, context)
      const received = byGet ? bodyOf(query) : yield* readBody(request, route, entry, input, world)
      const { body, whole } = decodeBody === undefined
        ? { body: received, whole: { ...input, ...received } }
        : yield* decodeBody(input, received, context)
      const { app } = caller
      if (endpoint.agent && app !== undefined) {
        if (!Predicate.hasProperty(whole, "agentid") || whole.agentid === undefined) {
          return yield* refusal(41011, "agentid missing")
        }
        if (whole.agentid !== app.agentId) {
          return yield* refusal(301002, "not allow operate another agent with this accesstoken.")
        }
      }
      // The routes are declared against these very endpoints, so the call is the one their handlers take.
      const answer = route.run({ ...caller, input: whole, raw: body, world, now, notify, later } as never)
      const value = Effect.isEffect(answer) ? yield* answer as Effect.Effect<unknown> : answer
      return endpoint.kind === "download"
        ? yield* sendFile(request, value as File) // what handlers of downloads return
        : yield* encode(value)
    })

  return (request) =>
    Effect.gen(function*() {
      const url = new URL(request.originalUrl, "http://simulator")
      // A base URL may have a path of its own in front.
      const path = url.pathname.slice(Math.max(0, url.pathname.search(/\/(?:cgi-bin|mmpaymkttransfers)\//)))
      const query = Object.fromEntries(url.searchParams)
      const started = yield* Clock.currentTimeMillis
      const called = served.get(`${request.method} ${path}`) ?? served.get(`POST ${path}`)
      const secrets = called === undefined ? Secrets.always : Secrets.ofEndpoint(called.route.endpoint)
      const entry = journal.open("call", started, request.method, path, query, secrets)
      entry.headers = Journal.redactHeaders(request.headers)
      const close = (response: HttpServerResponse.HttpServerResponse) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          entry.status = response.status
          entry.duration = now - started
          if (response.body._tag === "Uint8Array" && response.body.contentType.startsWith("application/json")) {
            entry.answer = Journal.redact(new TextDecoder().decode(response.body.body), secrets)
          }
          return response
        })
      const answer = Effect.catchTag(
        Effect.suspend(() => run(request, path, query, entry)).pipe(
          Effect.catchDefect((defect) => defect instanceof Refusal ? Effect.fail(defect) : Effect.die(defect))
        ),
        "Refusal",
        (refusal) => Effect.map(Clock.currentTimeMillis, (now) => refused(world, entry, refusal, now))
      )
      const answered = Effect.suspend(() => {
        const fault = faults.strike(request.method, path)
        entry.fault = fault?._tag
        return fault === undefined ? answer : strike(fault, answer, world, entry)
      })
      return yield* Effect.andThen(latency(), answered).pipe(
        Effect.flatMap(close),
        Effect.onExit((exit) => Effect.sync(() => journal.count(entry, Exit.hasInterrupts(exit))))
      )
    })
}

/** Handles a request that is not of WeCom's own form. */
const otherwise = (
  request: HttpServerRequest.HttpServerRequest,
  other: Other,
  world: World,
  entry: Journal.Entry
): Effect.Effect<HttpServerResponse.HttpServerResponse, ConnectionReset> =>
  Effect.gen(function*() {
    const text = yield* Effect.mapError(request.text, (cause) => Object.assign(new ConnectionReset(), { cause }))
    entry.source = "state"
    const { body, contentType, corp } = other.run({ text, world, now: yield* Clock.currentTimeMillis })
    entry.corpId = corp?.id
    return HttpServerResponse.text(body, { contentType })
  })

/** How many calls with `debug=1` are taken in a minute. */
const maxDebugging = 5

/** The answer that a fault lets through. */
const strike = (
  fault: Fault,
  answer: Effect.Effect<HttpServerResponse.HttpServerResponse, ConnectionReset>,
  world: World,
  entry: Journal.Entry
): Effect.Effect<HttpServerResponse.HttpServerResponse, ConnectionReset> => {
  switch (fault._tag) {
    case "Errcode": {
      const message = fault.message ?? ErrorCode.label(fault.errcode) ?? "injected"
      return Effect.map(
        Clock.currentTimeMillis,
        (now) => refused(world, entry, new Refusal(fault.errcode, message), now)
      )
    }
    case "Status":
      return Effect.succeed(
        HttpServerResponse.html(gatewayPage(fault.status)).pipe(
          HttpServerResponse.setStatus(fault.status)
        )
      )
    case "Truncated":
      return Effect.map(answer, (response) =>
        response.body._tag === "Uint8Array"
          ? HttpServerResponse.uint8Array(response.body.body.subarray(0, response.body.body.length - 2), {
            contentType: response.body.contentType
          })
          : response)
    case "Reset":
      return Effect.andThen(fault.done ? answer : Effect.void, Effect.fail(new ConnectionReset()))
    case "Stall":
      return Effect.andThen(Effect.sleep(fault.duration), answer)
  }
}

const gatewayPage = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>\r\n`

/** A route with its codecs, made on first use. */
interface Served {
  readonly route: Route
  readonly requirement: Requirement | undefined
  readonly decodeQuery: (query: Record<string, string>, leniency: Leniency) => Effect.Effect<object, Refusal>
  /** The input, and the body as it was taken. */
  readonly decodeBody:
    | ((
      query: object,
      body: object,
      leniency: Leniency
    ) => Effect.Effect<{ readonly body: object; readonly whole: object }, Refusal>)
    | undefined
  readonly encode: (value: unknown) => Effect.Effect<HttpServerResponse.HttpServerResponse>
}

/** What is overlooked in a request, and where it is noted. */
interface Leniency {
  readonly codes: Codes
  /** Nothing is. */
  readonly strict: boolean
  readonly warnings: Array<string>
}

/** The parameters of a query as the body of an endpoint that is called by its former verb. */
const bodyOf = (query: Record<string, string>): object =>
  numeric(Object.fromEntries(Object.entries(query).filter(([name]) => !tokenParameters.has(name))))

const serve = (route: Route, requirement: Requirement | undefined): Served => {
  const self = route.endpoint
  let query: ReadonlyArray<QueryField> | undefined
  let decodeBody: Decode | undefined
  let whole: Decode | undefined
  let unchecked: Decode | undefined
  let encode: Decode | undefined
  return {
    route,
    requirement,
    decodeQuery: (params, leniency) => {
      query ??= queryFields(self)
      return readQuery(query, params, leniency)
    },
    get decodeBody() {
      if (self.method === "GET" || self.kind !== "json") return undefined
      return (input: object, body: object, { codes, strict, warnings }: Leniency) => {
        const schema = self.schemas.body ?? noBody
        // Decoders are made for schemas that need no services, as all of endpoints are.
        decodeBody ??= Schema.decodeUnknownExit(schema as Codec, checked)
        const signed = self.signed ? Signature.unsigned(body) : body
        const given = strict || signed === undefined ? signed : withFormer(signed, route.also?.former, warnings)
        if (given === undefined) return refusal(40058, "invalid parameter: nonce_str, ts and sig are needed")
        let taken = given
        let decoded = decodeBody(taken)
        if (!strict && (Exit.isFailure(decoded) || holdsEmpty(given))) {
          const forgiven = Lenience.forgive(schema, given, codes)
          taken = forgiven.value as object // an object is forgiven as one
          decoded = decodeBody(taken)
          if (Exit.isFailure(decoded)) {
            whole ??= Schema.decodeUnknownExit(schema as Codec, { ...checked, errors: "all" })
            const overlooked = overlookedIn(whole(taken))
            if (overlooked.length > 0) {
              unchecked ??= Schema.decodeUnknownExit(schema as Codec, {
                onExcessProperty: "error",
                disableChecks: true
              })
              decoded = unchecked(taken)
              warnings.push(...overlooked)
            }
          }
          if (Exit.isSuccess(decoded)) warnings.push(...forgiven.warnings)
        }
        if (Exit.isFailure(decoded)) return misfit(decoded, codes, taken)
        // A body without a query beside it may be an instance of a model, and stays one.
        return Effect.succeed({
          body: taken,
          whole: self.schemas.query === undefined ? decoded.value as object : { ...input, ...decoded.value as object }
        })
      }
    },
    encode: (value) => {
      encode ??= Schema.encodeUnknownExit(self.schemas.success as Codec, { disableChecks: true })
      const encoded = encode(value)
      if (Exit.isFailure(encoded)) {
        return Effect.flatMap(
          issuesOf(encoded.cause),
          (issues) =>
            Effect.die(new Error(`the simulator's answer to ${self.name} does not fit: ${describeIssues(issues)}`))
        )
      }
      return Effect.succeed(json({ errcode: 0, errmsg: "ok", ...encoded.value as object }, self))
    }
  }
}

type Codec = Schema.Codec<unknown, unknown>

type Decode = (value: unknown) => Exit.Exit<unknown, Schema.SchemaError>

const checked = { onExcessProperty: "error" } as const

/** A body in which fields that go by former names have those of now, unless these are there. */
const withFormer = (
  body: object,
  former: NonNullable<Route["also"]>["former"] = {},
  warnings: Array<string>
): object => {
  let taken = body
  for (const [name, now] of Object.entries(former)) {
    if (!Predicate.hasProperty(body, name) || body[name] === "" || body[name] === null) continue
    const fields = now(body[name])
    if (Object.keys(fields).some((field) => Predicate.hasProperty(body, field))) continue
    const { [name]: _, ...others } = body
    taken = { ...others, ...fields }
    warnings.push(`${name}: was taken for ${Object.keys(fields).join(", ")}, as it is called now`)
  }
  return taken
}

/** What is wrong with a body, where the real server does not look at any of it. */
const overlookedIn = (decoded: Exit.Exit<unknown, Schema.SchemaError>): ReadonlyArray<string> => {
  const issues = Exit.isSuccess(decoded) ? [] : Effect.runSync(Effect.orElseSucceed(issuesOf(decoded.cause), () => []))
  return issues.every(({ message }) => isIgnored(message))
    ? issues.map(({ field, message }) => `${field}: ${message}`)
    : []
}

const noBody = Schema.Struct({})

const holdsEmpty = (value: unknown): boolean =>
  value === "" || value === null || (Predicate.isObjectOrArray(value) && Object.values(value).some(holdsEmpty))

/** The query field as text, and as a number or another value that was written as text. */
interface QueryField {
  readonly name: string
  readonly schema: Schema.Constraint
  readonly plain: Decode
  readonly written: Decode
}

const queryFields = (self: Description): ReadonlyArray<QueryField> =>
  Object.entries(self.schemas.query?.fields ?? {}).map(([name, field]) => {
    const one = Schema.Struct({ [name]: field }) as never as Codec // needs no services
    return {
      name,
      schema: one,
      plain: Schema.decodeUnknownExit(one),
      written: Schema.decodeUnknownExit(Schema.toCodecStringTree(one))
    }
  })

const tokenParameters = new Set([...Object.values(Credential.kinds).map(({ parameter }) => parameter), "debug"])

const readQuery = (
  fields: ReadonlyArray<QueryField>,
  params: Record<string, string>,
  { codes, strict, warnings }: Leniency
): Effect.Effect<object, Refusal> => {
  const input: Record<string, unknown> = {}
  for (const { name, plain, schema, written } of fields) {
    const given = params[name] === undefined ? {} : { [name]: params[name] }
    let decoded = plain(given)
    if (Exit.isFailure(decoded)) decoded = written(given)
    if (Exit.isFailure(decoded) && !strict) {
      const forgiven = Lenience.forgive(schema, numeric(given), codes)
      const again = plain(forgiven.value)
      if (Exit.isSuccess(again)) {
        decoded = again
        warnings.push(...forgiven.warnings)
      }
    }
    if (Exit.isFailure(decoded)) return misfit(decoded, codes, params)
    Object.assign(input, decoded.value)
  }
  for (const name in params) {
    if (!tokenParameters.has(name) && !fields.some((field) => field.name === name)) {
      if (strict) return refusal(40058, `invalid parameter: ${name}: the endpoint has no such parameter`)
      warnings.push(`${name}: the endpoint has no such parameter`)
    }
  }
  return Effect.succeed(input)
}

/** Digits as the number that they stand for. */
const numeric = (params: { readonly [name: string]: string }): object =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]))

/** Whose token or key it is. */
interface Caller {
  readonly corp?: Corp
  readonly app?: App
  readonly suite?: Suite
  readonly provider?: Provider
  readonly robot?: Robot
}

const authorise = (
  world: World,
  { endpoint: { credential, parameter: own }, holder }: Route,
  query: Record<string, string>,
  entry: Journal.Entry,
  now: number
): Caller => {
  if (credential === "none" || credential === "merchant") return {}
  if (credential === "key") {
    const caller = holder?.(world, query)
    entry.corpId = caller?.robot.corp.id
    return caller ?? {}
  }
  const [missing, unknown, ended] = tokenCodes[credential]
  const parameter = own ?? Credential.kinds[credential].parameter
  const value = query[parameter]
  if (value === undefined || value === "") return refuse(missing, `${parameter} missing`)
  // No devices are kept: what gives out their tokens is a sample, as is what they are told.
  if (credential === "model" || credential === "device") return {}
  const token = world.tokens.get(value)
  if (token === undefined || token.replaced || token.principal.kind !== credential) {
    return refuse(unknown, `invalid ${parameter}`)
  }
  const { kind: _, ...caller } = token.principal
  if ("app" in caller) {
    entry.corpId = caller.corp.id
    entry.agentId = caller.app.agentId
  }
  return token.endsAt > now ? caller : refuse(ended, `${parameter} expired`)
}

/** The errcodes for a token that is missing, unknown, or ended. */
const tokenCodes = {
  app: [41001, 40014, 42001],
  suite: [41022, 40082, 42009],
  provider: [41001, 40014, 42001],
  model: [710403, 710400, 710401],
  device: [40106, 40106, 42021]
} as const

/** The fields of a JSON body, or the file of a multipart one. */
const readBody = (
  request: HttpServerRequest.HttpServerRequest,
  { also, endpoint }: Route,
  entry: Journal.Entry,
  input: object,
  { strict }: World
): Effect.Effect<object, Refusal | ConnectionReset> => {
  if (endpoint.method === "GET") return Effect.succeed({})
  if (endpoint.kind === "upload") return readFile(request, endpoint, entry, input, also?.part === true)
  return Effect.flatMap(received(request, request.text), (text) => {
    entry.body = Journal.redact(text, Secrets.ofEndpoint(endpoint))
    if (text.trim() === "") return Effect.succeed({})
    try {
      const body = Json.parse(text, endpoint.int64)
      if (Predicate.isObject(body)) return Effect.succeed(body)
      // What PHP writes for an empty array, and Go for a nil map.
      if (!strict && (body === null || (Array.isArray(body) && body.length === 0))) return Effect.succeed({})
    } catch {
      // said below
    }
    return refusal(40058, "Warning: wrong json format. ")
  })
}

/** Larger than any file that an endpoint takes. */
const maxBody = ByteSize.mebibytes(32)

const received = <A>(
  request: HttpServerRequest.HttpServerRequest,
  body: Effect.Effect<A, HttpServerError>
): Effect.Effect<A, Refusal | ConnectionReset> =>
  Number(request.headers["content-length"] ?? 0) > ByteSize.toNumberUnsafe(maxBody)
    ? tooLarge
    : body.pipe(
      Effect.provideService(HttpIncomingMessage.MaxBodySize, maxBody),
      Effect.catch((cause): Effect.Effect<never, Refusal | ConnectionReset> =>
        cause.reason._tag === "RequestParseError" && cause.reason.reason === "BodyTooLarge"
          ? tooLarge
          : Effect.fail(new ConnectionReset(undefined, { cause }))
      )
    )

const tooLarge = Effect.suspend(() => refusal(40206, "request body is too large"))

const readFile = (
  request: HttpServerRequest.HttpServerRequest,
  endpoint: Description,
  entry: Journal.Entry,
  input: object,
  anyPart: boolean
): Effect.Effect<object, Refusal | ConnectionReset> =>
  Effect.gen(function*() {
    const whole = new Uint8Array(yield* received(request, request.arrayBuffer))
    const start = new TextDecoder("latin1").decode(whole.subarray(0, 2000))
    // The real server wants a name, and does not know `filename*`, the RFC 2231 form.
    const named = /^content-disposition:.*[; ]filename=/im.test(start)
    const parts = yield* Stream.succeed(whole).pipe(
      Stream.pipeThroughChannel(Multipart.makeChannel<never>(request.headers)),
      Stream.mapEffect((part) =>
        part._tag === "File"
          ? Effect.map(part.contentEffect, (bytes): readonly [string, File] => [
            part.key,
            { filename: part.name, contentType: part.contentType, bytes }
          ])
          : Effect.succeed(undefined)
      ),
      Stream.runCollect,
      Effect.orElseSucceed(() => [])
    )
    const file = parts.find((part) => part?.[0] === endpoint.part || (anyPart && part !== undefined))?.[1]
    if (file === undefined || !named) return yield* refusal(44001, "empty media data")
    const size = endpoint.schemas.size?.(input as never) // the query has just been decoded by the endpoint's own schema
    if (size !== undefined && file.bytes.length < size.min) return yield* refusal(44001, "empty media data")
    if (size !== undefined && file.bytes.length > size.max) return yield* refusal(45001, "media size out of limit")
    entry.body = `${file.filename} (${file.contentType}, ${file.bytes.length} bytes)`
    return { [endpoint.part]: file }
  })

const maxRange = 20 * 1024 * 1024

const sendFile = (
  request: HttpServerRequest.HttpServerRequest,
  { bytes, contentType, filename }: File
): Effect.Effect<HttpServerResponse.HttpServerResponse, Refusal> => {
  const headers = {
    "accept-ranges": "bytes",
    // Header values are Latin-1: the bytes of the UTF-8 name, one character each.
    "content-disposition": `attachment; filename="${
      Array.from(new TextEncoder().encode(filename), (byte) => String.fromCharCode(byte)).join("")
    }"`
  }
  const range = request.headers.range
  if (range === undefined) {
    return bytes.length > maxRange
      ? refusal(830002, "file is too large, use the Range header")
      : Effect.succeed(HttpServerResponse.uint8Array(bytes, { contentType, headers }))
  }
  const match = /^bytes=(\d+)-(\d*)$/.exec(range)
  const start = Number(match?.[1])
  const end = Math.min(match?.[2] ? Number(match[2]) : Infinity, bytes.length - 1)
  if (match === null || start > end) return refusal(40146, "invalid http range header")
  if (end - start + 1 > maxRange) return refusal(830002, "range is too large")
  return Effect.succeed(HttpServerResponse.uint8Array(bytes.subarray(start, end + 1), {
    status: 206,
    contentType,
    headers: { ...headers, "content-range": `bytes ${start}-${end}/${bytes.length}` }
  }))
}

const refused = (
  world: World,
  entry: Journal.Entry,
  { errcode, fields, message }: Refusal,
  now: number
): HttpServerResponse.HttpServerResponse => {
  entry.errcode = errcode
  const hint = Array.from({ length: 32 }, () => Math.floor(world.random.nextDoubleUnsafe() * 16).toString(16)).join("")
  return json({
    errcode,
    errmsg: `${message}, hint: [${Math.floor(now / 1000)}_1_${hint}], from ip: 127.0.0.1, more info at ${
      ErrorCode.helpLink(errcode)
    }`,
    ...fields
  })
}

const json = (value: object, self?: Description): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.text(Json.stringify(value, self?.int64 ?? none), {
    contentType: "application/json; charset=UTF-8"
  })

const none: ReadonlySet<string> = new Set()

const refusal = (errcode: number, message: string): Effect.Effect<never, Refusal> =>
  Effect.fail(new Refusal(errcode, message))

const misfit = (
  exit: Exit.Failure<unknown, Schema.SchemaError>,
  codes: Codes,
  input: unknown
): Effect.Effect<never, Refusal> =>
  Effect.flatMap(issuesOf(exit.cause), (issues) => {
    const { field, message } = issues[0] ?? { field: "", message: "" }
    return refusal(
      message === noSuchField ? 40058 : codeOf(codes, field, input),
      `invalid parameter: ${describeIssues(issues)}`
    )
  })

const describeIssues = (issues: ReadonlyArray<{ readonly field: string; readonly message: string }>): string =>
  issues.map(({ field, message }) => field === "" ? plainly(message) : `${field}: ${plainly(message)}`).join("; ")

/** What is expected, in words that clients of any language understand. */
const plainly = (message: string): string => {
  if (message === missingField) return "missing"
  const [, expected] = /^Expected (.*)$/s.exec(message) ?? []
  if (expected === undefined || /^(?:a|an|one of) /.test(expected)) return message
  if (/^(?:string|number|boolean|array|object)$/.test(expected)) return `expected ${article(expected)}`
  const literals = expected.split(" | ")
  return literals.every((literal) => /^(?:"[^"]*"|-?[\d.]+)$/.test(literal))
    ? `expected ${literals.length > 1 ? "one of " : ""}${literals.join(", ").replaceAll("\"", "")}`
    : "it has not the form that is expected"
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`
