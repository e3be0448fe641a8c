/**
 * `wecom api`: any endpoint, its flags made from its schema.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import type * as Endpoint from "../../Endpoint.ts"
import { baseUrlOf } from "../../internal/kernel/exchange.ts"
import { empty, prepare } from "../../internal/kernel/request.ts"
import * as Endpoints from "../../internal/reflect/endpoints.ts"
import { readInput } from "../../internal/reflect/input.ts"
import { type JsonSchema, resolve } from "../../internal/reflect/jsonSchema.ts"
import type { Download } from "../../media/Download.ts"
import * as Upload from "../../media/Upload.ts"
import { kinds } from "../../token/Credential.ts"
import { ofCall, unreadable, usage } from "../failure.ts"
import { json, jsonLines, say, write, writeAll } from "../output.ts"
import { positionals } from "../positionals.ts"
import { settings } from "../settings.ts"
import { parseJson, readJson } from "../sources.ts"

const own = {
  json: Flag.optional(
    Flag.String("json").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("The input as JSON, as the documents show it: a file, or - for standard input.")
    )
  ),
  all: Flag.Boolean("all").pipe(
    Flag.withDefault(false),
    Flag.withDescription("The items of all pages, one line of JSON each.")
  ),
  raw: Flag.Boolean("raw").pipe(Flag.withDefault(false), Flag.withDescription("The answer as WeCom sent it.")),
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Print the request instead of sending it.")
  ),
  output: Flag.optional(
    Flag.String("output").pipe(
      Flag.withAlias("o"),
      Flag.withMetavar("FILE"),
      Flag.withDescription(
        "Where to write a download, or the lines of --all (resumed after an interruption)."
      )
    )
  )
}

const description = "Call any endpoint of the API.\n\n" +
  "Name an endpoint as `wecom schema list` does, such as Users.get, or by its path, such as /cgi-bin/user/get. Fields are flags: " +
  "`wecom api Users.get --help` lists them. Dates may be written as 2026-11-28T08:00:00+08:00, switches as yes and no, " +
  "lists by repeating the flag, objects as JSON."

/** Without an endpoint: only to show the help. */
const general = Command.make("api", {
  endpoint: Argument.String("endpoint").pipe(
    Argument.withDescription("Service.method, or METHOD /path")
  ),
  ...own
}, () => Effect.fail(usage("name an endpoint", "`wecom schema search WORD` finds one."))).pipe(
  Command.withDescription(description),
  Command.withShortDescription("Call any endpoint of the API")
)

/** The command for what is on the command line: with the flags of the endpoint that it names. */
export const make = (args: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const [first, second] = positionals(args)
    if (first === undefined) return general
    const verb = /^(?:get|post)$/i.test(first) && second !== undefined
    const name = verb ? `${first} ${second}` : first
    const entry = Endpoints.find(name)
    if (entry === undefined) {
      return yield* Effect.fail(
        usage(`there is no endpoint ${name}`, `Did you mean ${Endpoints.suggestions(name).slice(0, 3).join(", ")}?`)
      )
    }
    const page = yield* Endpoints.page(entry, "people")
    const fields = fieldsOf(page)
    const flags = Object.fromEntries(fields.map((field) => [`field:${field.name}`, flagOf(field)]))
    return Command.make("api", {
      endpoint: Argument.String("endpoint").pipe(
        Argument.atLeast(verb ? 2 : 1),
        Argument.withDescription("Service.method, or METHOD /path")
      ),
      ...own,
      ...flags
    }, (input) => {
      const given = input as unknown as { readonly [key: string]: ReadonlyArray<string> } // the flags just made
      return call(page, fields.map((field) => [field, given[`field:${field.name}`] ?? []] as const), input)
    }).pipe(
      Command.withDescription(
        `${entry.official}. ${page.text}\n\n${entry.request} (${entry.area})\n${Endpoints.documentOf(entry)}`
      ),
      Command.withShortDescription("Call any endpoint of the API")
    )
  })

/** A field that has a flag. */
interface Field {
  /** As it is written after `--`: `text.content` for what is in an object. */
  readonly name: string
  readonly schema: JsonSchema
  readonly required: boolean
}

const reserved = new Set([
  ...Object.keys(own),
  "dry-run",
  "help",
  "version",
  "profile",
  "corp-id",
  "agent-id",
  "base-url"
])

/** The fields of an input, and those of the objects in it: where a body has variants, of all of them. */
const fieldsOf = (page: Endpoints.EndpointPage): ReadonlyArray<Field> => {
  const found = new Map<string, Field>()
  const collect = (schema: JsonSchema, prefix: string, depth: number, optional: boolean) => {
    const object = resolve(schema, page.definitions)
    const needed = new Set(object["required"] as ReadonlyArray<string> | undefined ?? [])
    const properties = object["properties"] as { readonly [key: string]: JsonSchema } | undefined ?? {}
    for (const [key, property] of Object.entries(properties)) {
      const name = `${prefix}${key}`
      if (reserved.has(name)) continue
      const known = found.get(name)
      if (known === undefined || Object.keys(known.schema).length < Object.keys(property).length) {
        found.set(name, { name, schema: property, required: needed.has(key) && !optional })
      }
      if (depth < 1) collect(property, `${name}.`, depth + 1, true)
    }
    for (const variant of object["anyOf"] as ReadonlyArray<JsonSchema> | undefined ?? []) {
      collect(variant, prefix, depth, true)
    }
  }
  collect(page.input, "", 0, false)
  const { kind, part } = page.endpoint.description
  if (kind === "upload") {
    found.set(part, { name: part, required: true, schema: { type: "file", description: "The file to send." } })
  }
  return [...found.values()]
}

const typeOf = (schema: JsonSchema): string => {
  const type = schema["type"]
  return typeof type === "string"
    ? type
    : schema["$ref"] !== undefined || schema["anyOf"] !== undefined || schema["properties"] !== undefined
    ? "json"
    : "string"
}

const flagOf = ({ name, required, schema }: Field) => {
  const type = typeOf(schema)
  const limit = schema["maxLength"] === undefined ? "" : ` At most ${schema["maxLength"]} characters.`
  const format = schema["format"] === "date-time" ? "date" : type
  const text = String(schema["description"] ?? "")
  return Flag.String(name).pipe(
    Flag.withMetavar(format),
    Flag.withDescription(
      `${required ? "Required. " : ""}${text}${/\bmost\b|characters|bytes/.test(text) ? "" : limit}`.trim()
    ),
    Flag.atLeast(0)
  )
}

/** The value of a field from the texts of its flag. */
const valueOf = (field: Field, texts: ReadonlyArray<string>, int64: ReadonlySet<string>) =>
  Effect.gen(function*() {
    const type = typeOf(field.schema)
    if (type === "array") {
      const values: Array<unknown> = []
      for (const text of texts) {
        const read = yield* itemOf(field, text, int64)
        if (Array.isArray(read)) values.push(...read)
        else values.push(read)
      }
      return values
    }
    if (texts.length > 1) return yield* Effect.fail(usage(`--${field.name} is given ${texts.length} times`))
    return yield* scalarOf(field, type, texts[0] ?? "", int64)
  })

const itemOf = (field: Field, text: string, int64: ReadonlySet<string>) => {
  const items = field.schema["items"] as JsonSchema | undefined ?? {}
  return /^\s*\[/.test(text)
    ? parseJson(text, `--${field.name}`, int64)
    : scalarOf(field, typeOf(items), text, int64)
}

const scalarOf = (field: Field, type: string, text: string, int64: ReadonlySet<string>) => {
  switch (type) {
    case "integer":
    case "number": {
      const value = Number(text)
      return text.trim() === "" || Number.isNaN(value)
        ? Effect.fail(usage(`--${field.name}: expected a number, got ${text}`))
        : Effect.succeed<unknown>(value)
    }
    case "object":
    case "json":
      return /^\s*[[{"]/.test(text)
        ? parseJson(text, `--${field.name}`, int64)
        : type === "object"
        ? Effect.fail(usage(`--${field.name}: expected JSON, such as {"key": "value"}`))
        : Effect.succeed<unknown>(text)
    default:
      return Effect.succeed<unknown>(text)
  }
}

/** The input that flags and file make. */
const inputOf = (
  page: Endpoints.EndpointPage,
  given: ReadonlyArray<readonly [Field, ReadonlyArray<string>]>,
  file: Option.Option<string>
) =>
  Effect.gen(function*() {
    const { int64, kind, part } = page.endpoint.description
    const fromFile = Option.isSome(file) ? yield* readJson(file.value, int64) : {}
    if (!Predicate.isObject(fromFile) || Array.isArray(fromFile)) {
      return yield* Effect.fail(usage("--json: expected a JSON object"))
    }
    let input: { readonly [key: string]: unknown } = { ...fromFile }
    for (const [field, texts] of given) {
      if (texts.length === 0) continue
      if (kind === "upload" && field.name === part) {
        const upload = Effect.mapError(Upload.file(texts[0] ?? ""), (error) => unreadable(texts[0] ?? "", error))
        input = { ...input, [part]: yield* upload }
      } else {
        input = placed(input, field.name.split("."), yield* valueOf(field, texts, int64))
      }
    }
    return input
  })

const placed = (
  object: { readonly [key: string]: unknown },
  [key = "", ...rest]: ReadonlyArray<string>,
  value: unknown
): { readonly [key: string]: unknown } => {
  const inner = object[key]
  const base = Predicate.isObject(inner) ? { ...inner } as { readonly [key: string]: unknown } : {}
  return { ...object, [key]: rest.length === 0 ? value : placed(base, rest, value) }
}

interface Options {
  readonly json: Option.Option<string>
  readonly all: boolean
  readonly raw: boolean
  readonly dryRun: boolean
  readonly output: Option.Option<string>
}

const call = (
  page: Endpoints.EndpointPage,
  given: ReadonlyArray<readonly [Field, ReadonlyArray<string>]>,
  { all, dryRun, json: file, output, raw }: Options
) =>
  Effect.gen(function*() {
    const { endpoint } = page
    const self = endpoint.description
    if (all && endpoint.paged === undefined) {
      return yield* Effect.fail(usage(`${endpoint.name} has no pages: leave out --all`))
    }
    const input = yield* Effect.mapError(readInput(self, yield* inputOf(page, given, file)), ofCall)
    if (dryRun) return yield* showRequest(self, input)
    const { withClient } = yield* Effect.promise(() => import("../client.ts"))
    const { WeComClient } = yield* Effect.promise(() => import("../../WeComClient.ts"))
    return yield* Effect.gen(function*() {
      const client = yield* WeComClient
      if (all && endpoint.paged !== undefined) {
        if (Option.isNone(output)) return yield* jsonLines(client.stream(endpoint.paged)(input))
        const { exportPages } = yield* Effect.promise(() => import("../exportPages.ts"))
        return yield* exportPages({ client, file: output.value, input, paged: endpoint.paged })
      }
      const run = raw && self.kind === "json" ? client.raw(endpoint.endpoint) : client.execute(endpoint.endpoint)
      const answer = yield* run(input)
      return self.kind === "download"
        ? yield* save(answer as Download, output) // what downloads return
        : yield* json(answer ?? {})
    }).pipe(withClient(self.credential))
  })

const save = (file: Download, output: Option.Option<string>) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const { stdoutIsTerminal } = yield* Stdio.Stdio
    const path = yield* Path.Path
    if (Option.isNone(output) && !(yield* stdoutIsTerminal)) return yield* writeAll(file.stream)
    const target = Option.getOrElse(output, () => path.basename(file.filename ?? "download"))
    yield* Stream.run(file.stream, fs.sink(`${target}.part`)).pipe(
      Effect.andThen(fs.rename(`${target}.part`, target)),
      Effect.catchTag("PlatformError", (error) => Effect.fail(usage(`${target}: ${error.message}`)))
    )
    yield* say(`${target} written`)
  })

/** The request, without what must not be shown. */
const showRequest = (self: Endpoint.Description, input: { readonly [key: string]: unknown }) =>
  Effect.gen(function*() {
    const given = yield* settings
    const request = yield* Effect.mapError(
      prepare(self, empty(self, baseUrlOf(given)), given.agentId ?? (self.agent ? 0 : undefined), input),
      ofCall
    )
    const parameters = request.urlParams.params.map(([key, value]) =>
      `${encodeURIComponent(key)}=${Redacted.isRedacted(value) ? "<redacted>" : encodeURIComponent(String(value))}`
    )
    const token = tokenParameter(self)
    const query = [...parameters, ...(token === undefined ? [] : [`${token}=<redacted>`])].join("&")
    const secrets = Object.values(input).flatMap((value) =>
      Redacted.isRedacted(value) ? [String(Redacted.value(value))] : []
    )
    const body = request.body._tag === "Uint8Array" ? new TextDecoder().decode(request.body.body) : ""
    const shown = secrets.reduce((text, secret) => text.replaceAll(secret, "<redacted>"), body)
    yield* write(`${self.method} ${request.url}${query === "" ? "" : `?${query}`}\n`)
    if (self.kind === "upload") yield* write(`content-type: multipart/form-data, the file as ${self.part}\n`)
    else if (shown !== "") yield* write(`content-type: application/json\n\n${shown}\n`)
  })

const tokenParameter = (self: Endpoint.Description): string | undefined => {
  if (self.parameter !== undefined) return self.parameter
  return self.credential in kinds ? kinds[self.credential as keyof typeof kinds].parameter : undefined
}
