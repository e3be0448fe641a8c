/**
 * The endpoints as tools for language models (`effect/ai`): three tools that find, describe and call any endpoint, or a
 * tool for each endpoint that you name. Read-only unless you allow writes.
 *
 * @example
 * ```ts
 * const toolkit = WeComToolkit.Discovery
 *
 * LanguageModel.generateText({ prompt: "Who works in the sales department?", toolkit }).pipe(
 *   Effect.provide(WeComToolkit.layer()),
 *   Effect.provide(WeComClient.layerConfig())
 * )
 * ```
 */
import "../labels/index.ts"
import * as Tool from "effect/ai/Tool"
import * as Toolkit from "effect/ai/Toolkit"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import type * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Credential } from "../Endpoint.ts"
import * as Endpoints from "../internal/reflect/endpoints.ts"
import { readInput } from "../internal/reflect/input.ts"
import type { JsonSchema } from "../internal/reflect/jsonSchema.ts"
import type { Download } from "../media/Download.ts"
import * as Upload from "../media/Upload.ts"
import { WeComApp } from "../WeComApp.ts"
import { WeComClient } from "../WeComClient.ts"
import type { WeComError } from "../WeComError.ts"
import { isDestructiveName } from "./destructive.ts"

/** An endpoint, as tools know it. */
export interface ToolEndpoint {
  /** `Service.method`, such as `Users.get`. */
  readonly name: string
  /** Verb and path. */
  readonly request: string
  /** The area of the official documentation, such as `通讯录·成员`. */
  readonly area: string
  /** The module, such as `contacts/Users`. */
  readonly module: string
  /** Whether it changes anything. */
  readonly writes: boolean
  /** The official name. */
  readonly official: string
}

/** What tools may do. */
export interface Policy {
  /**
   * Which endpoints may write: names of endpoints (`Messages.send`), services (`Messages`), areas or modules, or parts of
   * the two, such as `消息` or `contacts`; `*` for all. Default: none.
   */
  readonly allowWrites?: ReadonlyArray<string> | undefined
  /** Which endpoints there are at all, named in the same way. Default: all. */
  readonly only?: ReadonlyArray<string> | undefined
  /** How many items of a list a result holds; fewer where they are large. Default: 50. */
  readonly items?: number | undefined
  /** The app for endpoints whose token is not an app's. Default: the client's own app. */
  readonly appFor?: ((credential: Credential) => Effect.Effect<WeComApp | undefined>) | undefined
}

/** A tool that could not do what was asked: what to do instead. */
export class ToolFailed extends Schema.TaggedError<ToolFailed>("effect-wecom/ToolFailed")("ToolFailed", {
  message: Schema.String,
  /** WeCom's errcode, if it was WeCom that refused. */
  errcode: Schema.optionalKey(Schema.Int)
}) {}

/** Whether an endpoint is one of those named. */
const isNamed = (endpoint: ToolEndpoint, names: ReadonlyArray<string>): boolean =>
  names.some((name) => {
    const wanted = name.trim().toLowerCase()
    const [service = ""] = endpoint.name.toLowerCase().split(".")
    return wanted === "*" || endpoint.name.toLowerCase() === wanted || service === wanted ||
      (wanted !== "" &&
        (endpoint.area.toLowerCase().includes(wanted) || endpoint.module.toLowerCase().includes(wanted)))
  })

/** Whether a policy lets an endpoint be called. */
export const allows = (policy: Policy, endpoint: ToolEndpoint): boolean =>
  (policy.only === undefined || isNamed(endpoint, policy.only)) &&
  (!endpoint.writes || isNamed(endpoint, policy.allowWrites ?? []))

/**
 * Whether a call takes away, ends, hands over or pays what no other call brings back: people are asked before it. Changes
 * that another call of the same endpoint undoes are not among them.
 */
export const isDestructive = ({ name, writes }: Pick<ToolEndpoint, "name" | "writes">): boolean =>
  writes && isDestructiveName(name)

/**
 * Asked before a destructive call; `false` refuses it. Default: nobody is asked, as `effect/ai` asks by itself where a
 * tool needs approval.
 */
export const Confirmation = Context.Reference<
  (endpoint: ToolEndpoint, input: { readonly [field: string]: unknown }) => Effect.Effect<boolean>
>("effect-wecom/WeComToolkit/Confirmation", { defaultValue: () => () => Effect.succeed(true) })

const EndpointSummary = Schema.Struct({
  name: Schema.String,
  official: Schema.String,
  summary: Schema.String,
  area: Schema.String,
  /** Whether it changes anything, and whether that is allowed here. */
  writes: Schema.Boolean,
  allowed: Schema.Boolean
})

const JsonObject = Schema.Record(Schema.String, Schema.Unknown)

/** Finds endpoints. */
export const SearchEndpoints = Tool.make("search_endpoints", {
  description: "Find endpoints of the 企业微信 (WeCom) API by words in Chinese or English: of names, paths, areas or " +
    "descriptions. Start here, then describe_endpoint, then call_endpoint.",
  parameters: Schema.Struct({
    query: Schema.String.annotate({
      description: "Words that must all occur, such as `部门 成员` or `send message`. Empty: all endpoints."
    }),
    limit: Schema.optionalKey(
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).annotate({ description: "Default: 20." })
    )
  }),
  success: Schema.Struct({
    endpoints: Schema.Array(EndpointSummary),
    /** How many there are in all. */
    total: Schema.Int
  })
}).annotate(Tool.Readonly, true).annotate(Tool.Destructive, false).annotate(Tool.Idempotent, true)
  .annotate(Tool.OpenWorld, false)

/** Describes one endpoint. */
export const DescribeEndpoint = Tool.make("describe_endpoint", {
  description:
    "The input of one endpoint as JSON Schema with limits and allowed values, what it does, and its official " +
    "document.",
  parameters: Schema.Struct({
    name: Schema.String.annotate({ description: "`Service.method`, such as `Users.get`, or a path." })
  }),
  success: Schema.Struct({
    name: Schema.String,
    official: Schema.String,
    request: Schema.String,
    description: Schema.String,
    document: Schema.String,
    writes: Schema.Boolean,
    allowed: Schema.Boolean,
    input: JsonObject,
    /** Whether it pages: `next_cursor` of an answer is then the `cursor` of the next call. */
    pages: Schema.Boolean
  }),
  failure: ToolFailed,
  failureMode: "return"
}).annotate(Tool.Readonly, true).annotate(Tool.Destructive, false).annotate(Tool.Idempotent, true)
  .annotate(Tool.OpenWorld, false)

const CallResult = Schema.Struct({
  result: Schema.Unknown,
  /** What was left out of long lists and texts. */
  omitted: Schema.optionalKey(Schema.Array(Schema.String))
})

/** Calls one endpoint. */
export const CallEndpoint = Tool.make("call_endpoint", {
  description:
    "Call one endpoint. Dates are ISO 8601, switches true or false. Long lists are cut: `offset` shows what " +
    "comes after; endpoints that page take the `next_cursor` of their answer as `cursor`.",
  parameters: Schema.Struct({
    name: Schema.String.annotate({ description: "`Service.method`, as search_endpoints shows it." }),
    input: Schema.optionalKey(JsonObject.annotate({ description: "The fields, as describe_endpoint shows them." })),
    offset: Schema.optionalKey(
      Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).annotate({
        description: "How many items of each list at the top of the result to skip. Default: 0."
      })
    )
  }),
  success: CallResult,
  failure: ToolFailed,
  failureMode: "return"
}).annotate(Tool.Destructive, true).annotate(Tool.OpenWorld, true)

/** Search, describe, call: three tools for the whole API, so that hundreds of endpoints do not fill a context. */
export const Discovery = Toolkit.make(SearchEndpoints, DescribeEndpoint, CallEndpoint)

/** The handlers of {@link Discovery}. Calls run on the client that is given, as its app. */
export const layer = (
  policy: Policy = {}
): Layer.Layer<Tool.HandlersFor<Toolkit.Tools<typeof Discovery>>, never, WeComClient> =>
  Discovery.toLayer(Effect.gen(function*() {
    const client = yield* WeComClient
    return Discovery.of({
      search_endpoints: ({ limit = 20, query }) =>
        Effect.sync(() => {
          const found = Endpoints.search(query).filter((entry) =>
            policy.only === undefined || isNamed(entry, policy.only)
          )
          return {
            total: found.length,
            endpoints: found.slice(0, limit).map((entry) => ({
              name: entry.name,
              official: entry.official,
              summary: entry.summary,
              area: entry.area,
              writes: entry.writes,
              allowed: allows(policy, entry)
            }))
          }
        }),
      describe_endpoint: ({ name }) =>
        Effect.flatMap(known(policy, name), (entry) =>
          Effect.map(Endpoints.page(entry, "people"), (page) => ({
            name: entry.name,
            official: entry.official,
            request: entry.request,
            description: page.text,
            document: Endpoints.documentOf(entry),
            writes: entry.writes,
            allowed: allows(policy, entry),
            input: inputSchema(page),
            pages: entry.stream !== undefined
          }))),
      call_endpoint: ({ input = {}, name, offset = 0 }) =>
        Effect.flatMap(known(policy, name), (entry) => call(client, policy, entry, input, offset))
    })
  }))

/** A toolkit with one tool for each of some endpoints, and its handlers. */
export interface EndpointTools {
  readonly toolkit: Toolkit.Toolkit<{ readonly [name: string]: Tool.Any }>
  readonly layer: Layer.Layer<Tool.Handler<string>, never, WeComClient>
}

/**
 * A tool for each endpoint that the policy allows, or each of those that `names` names as {@link Policy} does. Tools are
 * called `Users_get`; their parameters are the endpoint's JSON Schema.
 */
export const endpointTools = (
  names: ReadonlyArray<string> = ["*"],
  policy: Policy = {}
): Effect.Effect<EndpointTools> =>
  Effect.gen(function*() {
    const entries = Endpoints.endpoints().filter((entry) => isNamed(entry, names) && allows(policy, entry))
    const pages = yield* Effect.forEach(entries, (entry) => Endpoints.page(entry, "people"))
    const tools = pages.map((page) => toolOf(page))
    const toolkit = Toolkit.make(...tools)
    const layer = toolkit.toLayer(Effect.map(WeComClient, (client) =>
      Object.fromEntries(
        entries.map((entry) => [
          toolName(entry),
          (input: unknown) =>
            // An object, as the JSON Schema of the tool says; what is wrong in it is told by `readInput`.
            call(client, policy, entry, input as { readonly [field: string]: unknown }, 0)
        ])
      ) as never)) // names known at run time alone
    return { toolkit, layer } as never as EndpointTools
  })

const toolName = ({ method, service }: Endpoints.EndpointEntry): string => `${service}_${method}`

const toolOf = (page: Endpoints.EndpointPage) => {
  const { endpoint, text } = page
  return Tool.dynamic(toolName(endpoint), {
    description: `${endpoint.official}. ${text}\n\n${endpoint.request} (${endpoint.area}). ${
      Endpoints.documentOf(endpoint)
    }`,
    parameters: inputSchema(page),
    success: CallResult,
    failure: ToolFailed,
    failureMode: "return",
    needsApproval: isDestructive(endpoint)
  }).annotate(Tool.Title, endpoint.official).annotate(Tool.Readonly, !endpoint.writes)
    .annotate(Tool.Destructive, isDestructive(endpoint))
    .annotate(Tool.Idempotent, endpoint.description.idempotent)
    .annotate(Tool.OpenWorld, true)
}

/** The JSON Schema of an endpoint's input, complete in itself. */
const inputSchema = ({ definitions, endpoint, input }: Endpoints.EndpointPage): JsonSchema => {
  const used = new Map<string, JsonSchema>()
  const visit = (node: unknown): void => {
    if (!Predicate.isObject(node)) return
    const reference = (node as JsonSchema)["$ref"]
    if (typeof reference === "string") {
      const name = reference.slice(reference.lastIndexOf("/") + 1)
      const found = definitions.get(name)
      if (found !== undefined && !used.has(name)) {
        used.set(name, found)
        visit(found)
      }
    }
    for (const child of Object.values(node)) visit(child)
  }
  const { kind, part } = endpoint.description
  const whole: JsonSchema = kind === "upload"
    ? {
      ...input,
      properties: {
        ...input["properties"] as object | undefined,
        [part]: {
          type: "object",
          description: "The file.",
          properties: {
            filename: { type: "string" },
            contentType: { type: "string" },
            base64: { type: "string", contentEncoding: "base64" }
          },
          required: ["filename", "base64"]
        }
      },
      required: [...input["required"] as ReadonlyArray<string> | undefined ?? [], part]
    }
    : input
  visit(whole)
  return { ...whole, ...(used.size > 0 && { $defs: Object.fromEntries(used) }) }
}

const known = (policy: Policy, name: string): Effect.Effect<Endpoints.EndpointEntry, ToolFailed> => {
  const entry = Endpoints.find(name)
  return entry !== undefined && (policy.only === undefined || isNamed(entry, policy.only))
    ? Effect.succeed(entry)
    : Effect.fail(
      new ToolFailed({
        message: `There is no endpoint ${name}. Use search_endpoints; near are ${
          Endpoints.suggestions(name).slice(0, 3).join(", ")
        }.`
      })
    )
}

const call = (
  client: WeComClient["Service"],
  policy: Policy,
  entry: Endpoints.EndpointEntry,
  input: { readonly [field: string]: unknown },
  offset: number
) =>
  Effect.gen(function*() {
    if (!allows(policy, entry)) {
      return yield* new ToolFailed({
        message:
          `${entry.name} changes data, and writes in ${entry.area} are not allowed here. Ask whoever runs this ` +
          `server to allow them; do not try another way.`
      })
    }
    const { description, endpoint } = yield* Endpoints.load(entry)
    const read = yield* Effect.mapError(readInput(description, yield* withFile(description, input)), ofCall)
    if (isDestructive(entry)) {
      const confirm = yield* Confirmation
      if (!(yield* confirm(entry, input))) {
        return yield* new ToolFailed({ message: `${entry.name} was not confirmed, so nothing was done.` })
      }
    }
    const app = yield* policy.appFor?.(entry.credential) ?? Effect.succeed(undefined)
    const running = client.execute(endpoint)(read)
    const answer = yield* Effect.mapError(app === undefined ? running : WeComApp.use(app)(running), ofCall)
    return entry.kind === "download"
      ? { result: yield* Effect.mapError(fileOf(answer as Download), ofCall) } // what downloads return
      : fitted(answer ?? {}, policy.items ?? 50, offset)
  })

const ofCall = (error: WeComError): ToolFailed =>
  new ToolFailed({
    message: `${error.endpoint}: ${error.reason.message}${
      error.reason._tag === "RequestInvalid" ? ". describe_endpoint shows the fields." : ""
    }`,
    ...(error.errcode !== undefined && { errcode: error.errcode })
  })

const withFile = (
  { kind, part }: { readonly kind: string; readonly part: string },
  input: { readonly [field: string]: unknown }
): Effect.Effect<{ readonly [field: string]: unknown }, ToolFailed> => {
  const file = input[part]
  if (kind !== "upload" || file === undefined) return Effect.succeed(input)
  const { base64, contentType, filename } = file as { readonly [field: string]: unknown } // looked at next
  const bytes = typeof base64 === "string" ? Base64.decode(base64) : undefined
  return typeof filename === "string" && bytes !== undefined && Result.isSuccess(bytes)
    ? Effect.succeed({
      ...input,
      [part]: Upload.bytes(bytes.success, {
        filename,
        contentType: typeof contentType === "string" ? contentType : undefined
      })
    })
    : Effect.fail(new ToolFailed({ message: `${part}: expected {"filename": "...", "base64": "..."}` }))
}

/** Of larger files only the facts are told. */
const largestFile = 256 * 1024

const fileOf = ({ bytes, contentType, filename, size }: Download) =>
  Effect.gen(function*() {
    const facts = { filename, contentType, size }
    return size !== undefined && size > largestFile
      ? { ...facts, omitted: "the file is too large for a tool's result" }
      : { ...facts, base64: Base64.encode(yield* bytes) }
  })

/** Results hold no more characters of JSON than these, if their lists can be cut so far. */
const longestResult = 60_000

/** A result with as many items of each list as there is room for. */
const fitted = (answer: unknown, items: number, offset: number): typeof CallResult.Type => {
  const omitted: Array<string> = []
  const result = trimmed(answer, { items, offset, omitted })
  return items > 1 && JSON.stringify(result).length > longestResult
    ? fitted(answer, Math.ceil(items / 2), offset)
    : { result, ...(omitted.length > 0 && { omitted }) }
}

/** Longer texts are cut. */
const longestText = 4_000

interface Trimming {
  readonly items: number
  readonly offset: number
  readonly omitted: Array<string>
}

/** A value as plain JSON, secrets left out, long lists and texts cut. */
const trimmed = (value: unknown, how: Trimming, path = ""): unknown => {
  if (Redacted.isRedacted(value)) return "<redacted>"
  if (DateTime.isDateTime(value)) return DateTime.formatIso(value)
  if (typeof value === "bigint") return `${value}`
  if (typeof value === "string" && value.length > longestText) {
    how.omitted.push(`${path}: ${value.length - longestText} characters`)
    return `${value.slice(0, longestText)}…`
  }
  if (Array.isArray(value)) {
    const from = path.includes("[") ? 0 : how.offset
    const kept = value.slice(from, from + how.items)
    if (value.length > from + kept.length) {
      how.omitted.push(
        `${path === "" ? "the list" : path}: items ${from + kept.length} to ${value.length - 1} of ${value.length}`
      )
    }
    return kept.map((item, index) => trimmed(item, how, `${path}[${from + index}]`))
  }
  if (!Predicate.isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) =>
      child === undefined ? [] : [[key, trimmed(child, how, path === "" ? key : `${path}.${key}`)]]
    )
  )
}
