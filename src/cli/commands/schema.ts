/**
 * `wecom schema`: what the endpoints are, without calling any.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Endpoints from "../../internal/reflect/endpoints.ts"
import { type JsonSchema, resolve } from "../../internal/reflect/jsonSchema.ts"
import { usage } from "../failure.ts"
import { formatFlags, formatOf } from "../formatFlags.ts"
import { type Column, json, rows, write } from "../output.ts"

const columns: ReadonlyArray<Column<Endpoints.EndpointEntry>> = [
  { title: "ENDPOINT", value: (entry) => entry.name, fit: "whole" },
  { title: "名称", value: (entry) => entry.official },
  { title: "KIND", value: (entry) => entry.writes ? "writes" : "reads" },
  { title: "REQUEST", value: (entry) => entry.request },
  { title: "WHAT IT DOES", value: (entry) => entry.summary }
]

const list = Command.make("list", {
  area: Argument.optional(
    Argument.String("area").pipe(
      Argument.withDescription("Part of an area's name, such as 通讯录, or of a module's, such as contacts.")
    )
  ),
  ...formatFlags
}, ({ area, ...format }) => {
  const wanted = Option.getOrElse(area, () => "").toLowerCase()
  const found = Endpoints.endpoints().filter((entry) => `${entry.area} ${entry.module}`.toLowerCase().includes(wanted))
  return found.length === 0
    ? Effect.fail(usage(`there is no area ${wanted}`, "`wecom schema areas` lists them."))
    : rows(formatOf(format), found, columns)
}).pipe(Command.withDescription("List endpoints, all or those of an area"))

const areas = Command.make("areas", formatFlags, (format) => {
  const counted = [...Map.groupBy(Endpoints.endpoints(), ({ area }) => area)].map(([area, entries]) => ({
    area,
    modules: [...new Set(entries.map(({ module }) => module))].join(", "),
    endpoints: entries.length
  }))
  return rows(formatOf(format), counted, [
    { title: "AREA", value: ({ area }) => area, fit: "whole" },
    { title: "ENDPOINTS", value: ({ endpoints }) => endpoints },
    { title: "MODULES", value: ({ modules }) => modules, fit: "wrap" }
  ])
}).pipe(Command.withDescription("List the areas of the official documentation"))

const search = Command.make("search", {
  words: Argument.String("words").pipe(
    Argument.withDescription("Words of names, paths or descriptions, in Chinese or English."),
    Argument.atLeast(1)
  ),
  ...formatFlags
}, ({ words, ...format }) => {
  const found = Endpoints.search(words.join(" "))
  return found.length === 0
    ? Effect.fail(usage(`no endpoint has all of: ${words.join(", ")}`, "Try fewer or shorter words."))
    : rows(formatOf(format), found, columns)
}).pipe(Command.withDescription("Find endpoints by words, in Chinese or English"))

const get = Command.make("get", {
  endpoint: Argument.String("endpoint").pipe(
    Argument.withDescription("Service.method, or METHOD /path"),
    Argument.atLeast(1)
  ),
  jsonSchema: Flag.Boolean("json-schema").pipe(
    Flag.withDefault(false),
    Flag.withDescription("As JSON Schema (draft 2020-12): input and answer.")
  ),
  wire: Flag.Boolean("wire").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Values as they are sent: unix seconds, 0 and 1.")
  )
}, ({ endpoint, jsonSchema, wire }) =>
  Effect.gen(function*() {
    const name = endpoint.join(" ")
    const entry = Endpoints.find(name)
    if (entry === undefined) {
      const near = Endpoints.suggestions(name).slice(0, 3).join(", ")
      return yield* Effect.fail(usage(`there is no endpoint ${name}`, `Did you mean ${near}?`))
    }
    const page = yield* Endpoints.page(entry, wire ? "wire" : "people")
    return jsonSchema ? yield* json(schemaOf(page)) : yield* write(textOf(page))
  })).pipe(Command.withDescription("Show an endpoint: fields, limits, values, document"))

/** The schemas of an endpoint in one document. */
const schemaOf = ({ definitions, endpoint, input, success, text }: Endpoints.EndpointPage): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: endpoint.name,
  description: `${endpoint.official}. ${text}`,
  type: "object",
  properties: { input, answer: success },
  $defs: Object.fromEntries(definitions)
})

const textOf = (page: Endpoints.EndpointPage): string => {
  const { definitions, endpoint, input, success, text } = page
  const facts = [
    endpoint.request,
    endpoint.writes ? "writes" : "reads",
    `token: ${endpoint.credential}`,
    ...(endpoint.stream === undefined ? [] : [`pages: --all (${endpoint.service}.${endpoint.stream})`])
  ]
  const part = (title: string, schema: JsonSchema) => {
    const lines = fieldLines(schema, definitions, "  ", new Set())
    return lines.length === 0 ? [] : ["", title, ...lines]
  }
  return [
    `${endpoint.name}  ${endpoint.official}`,
    facts.join(" · "),
    `${endpoint.area} · ${Endpoints.documentOf(endpoint)}`,
    "",
    text,
    ...part("INPUT", input),
    ...(endpoint.kind === "upload" ? [`  ${endpoint.description.part}  file, required`] : []),
    ...part("ANSWER", success)
  ].map((line) => `${line}\n`).join("")
}

const fieldLines = (
  given: JsonSchema,
  definitions: ReadonlyMap<string, JsonSchema>,
  indent: string,
  seen: ReadonlySet<JsonSchema>
): ReadonlyArray<string> => {
  const schema = resolve(given, definitions)
  if (seen.has(schema) || indent.length > 12) return []
  const inside = new Set([...seen, schema])
  const needed = new Set(schema["required"] as ReadonlyArray<string> | undefined ?? [])
  const properties = schema["properties"] as { readonly [key: string]: JsonSchema } | undefined ?? {}
  const own = Object.entries(properties).flatMap(([key, property]) => {
    const whole = { ...resolve(property, definitions), ...property }
    const about = whole["description"]
    return [
      `${indent}${key}  ${kindOf(whole)}${needed.has(key) ? ", required" : ""}${
        about === undefined ? "" : `  ${String(about).replace(/\s+/g, " ")}`
      }`,
      ...fieldLines(property, definitions, `${indent}  `, inside)
    ]
  })
  const items = schema["items"] as JsonSchema | undefined
  const variants = schema["anyOf"] as ReadonlyArray<JsonSchema> | undefined ?? []
  return [
    ...own,
    ...(items === undefined ? [] : fieldLines(items, definitions, indent, inside)),
    ...variants.flatMap((variant, index) => {
      const lines = fieldLines(variant, definitions, `${indent}  `, inside)
      return lines.length === 0 ? [] : [`${indent}${index === 0 ? "one of:" : "or:"}`, ...lines]
    })
  ]
}

const kindOf = (schema: JsonSchema): string => {
  const limits = [
    ["maxLength", "at most %s characters"],
    ["maxItems", "at most %s items"],
    ["minItems", "at least %s items"],
    ["minimum", "from %s"],
    ["maximum", "to %s"],
    ["pattern", "like %s"]
  ].flatMap(([keyword = "", text = ""]) =>
    schema[keyword] === undefined ? [] : [text.replace("%s", String(schema[keyword]))]
  )
  const bytes = schema["x-max-bytes"]
  const told = bytes === undefined ? limits : [`at most ${bytes} bytes`, ...limits.slice(1)]
  const type = schema["const"] === undefined
    ? schema["format"] === "date-time"
      ? "date"
      : String(schema["type"] ?? (schema["anyOf"] === undefined ? "any" : "one of several"))
    : JSON.stringify(schema["const"])
  const values = Array.isArray(schema["enum"]) && schema["x-enum-descriptions"] === undefined
    ? [`one of ${schema["enum"].join(", ")}`]
    : []
  return [type, ...told, ...values].join(", ")
}

const openapi = Command.make("openapi", {}, () =>
  Effect.gen(function*() {
    const { openApiDocument } = yield* Effect.promise(() => import("../openApi.ts"))
    yield* write(yield* openApiDocument)
  })).pipe(Command.withDescription("Print the OpenAPI 3.1 document of the whole API"))

/** `wecom schema`. */
export const command = Command.make("schema").pipe(
  Command.withDescription("Show endpoints, their fields, limits and documents"),
  Command.withSubcommands([list, areas, search, get, openapi])
)
