/**
 * Writes `openapi/wecom.json`: the whole API as OpenAPI 3.1, from the schemas and comments of the sources.
 */
import "../src/labels/index.ts"
import { readFileSync } from "node:fs"
import { catalogue } from "../src/catalogue.ts"
import * as Endpoint from "../src/Endpoint.ts"
import * as ErrorCode from "../src/ErrorCode.ts"
import { type JsonSchema, ofEndpoint, resolve } from "../src/internal/reflect/jsonSchema.ts"
import { models, textOf } from "./document.ts"
import { emitJson } from "./generated.ts"

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string
}

const definitions = new Map<string, JsonSchema>()
const paths: Record<string, Record<string, unknown>> = {}

const tokens: { readonly [K in Endpoint.Credential]: string | undefined } = {
  app: "access_token",
  suite: "suite_access_token",
  provider: "provider_access_token",
  model: "model_access_token",
  device: "device_access_token",
  none: undefined,
  key: undefined,
  merchant: undefined
}

const envelope: JsonSchema = {
  type: "object",
  description: "Every answer is HTTP 200: `errcode` 0, or none, is success.",
  properties: {
    errcode: { type: "integer", description: "0 for success. See 全局错误码." },
    errmsg: { type: "string", description: "For people to read; it may change." }
  }
}
definitions.set("Envelope", envelope)

/** The errcodes that a comment names, as in `(60111 when there is none)`. */
const errcodesIn = (text: string): ReadonlyArray<number> =>
  [...new Set([...text.matchAll(/\b(-1|[34689]\d{4,6})\b/g)].map(([, code]) => Number(code)))]
    .filter((code) => ErrorCode.label(code) !== undefined)

const parametersOf = (query: JsonSchema | undefined): ReadonlyArray<JsonSchema> => {
  if (query === undefined) return []
  const object = resolve(query, definitions)
  const required = new Set(object["required"] as ReadonlyArray<string> | undefined ?? [])
  return Object.entries(object["properties"] as { readonly [key: string]: JsonSchema } | undefined ?? {}).map((
    [name, schema]
  ) => {
    const { description, ...rest } = schema
    return {
      name,
      in: "query",
      required: required.has(name),
      ...(description !== undefined && { description }),
      schema: rest
    }
  })
}

/** The body without the need for `agentid` is the library's; over HTTP it is needed, as the schema says. */
for (const { area, endpoint, method, module, service } of catalogue) {
  const self = Endpoint.describe(endpoint)
  const { body, query, success } = ofEndpoint(self, {
    form: "wire",
    definitions,
    reference: (name) => `#/components/schemas/${name}`
  })
  const text = textOf(endpoint) ?? ""
  const [, official = "", rest = ""] = /^([^.。:：,，]+)[.。:：,，]?\s*([\s\S]*)$/.exec(text) ?? []
  const codes = errcodesIn(text)
  const token = self.parameter ?? tokens[self.credential]
  const answer: JsonSchema = self.kind === "download"
    ? { "application/octet-stream": { schema: { type: "string", format: "binary" } } }
    : { "application/json": { schema: enveloped(success) } }
  const content = self.kind === "upload"
    ? {
      "multipart/form-data": {
        schema: {
          type: "object",
          properties: { [self.part]: { type: "string", format: "binary" } },
          required: [self.part]
        }
      }
    }
    : body === undefined
    ? undefined
    : { "application/json": { schema: body } }
  const operation = {
    operationId: `${service}.${method}`,
    tags: [area],
    summary: official,
    description: `${rest === "" ? official : rest}\n\nLibrary: \`${service}.${method}\` of \`effect-wecom/${module}\`.`,
    externalDocs: { url: `https://developer.work.weixin.qq.com/document/path/${self.doc}` },
    ...(text.includes("(旧)") || text.includes("（旧）") ? { deprecated: true } : {}),
    "x-reads": self.readOnly,
    security: token === undefined ? [] : [{ [token]: [] }],
    parameters: parametersOf(query),
    ...(content !== undefined && { requestBody: { required: true, content } }),
    responses: {
      "200": {
        description: codes.length === 0
          ? "Success is errcode 0; any other is an error of the global list."
          : `Success is errcode 0. Errors of this endpoint: ${
            codes.map((code) => `${code} ${ErrorCode.label(code)}`).join("; ")
          }.`,
        content: answer,
        ...(codes.length > 0 && { "x-errcodes": codes })
      },
      "4XX": { description: "Not WeCom's: a gateway or a proxy." },
      "5XX": { description: "Not WeCom's, or WeCom is down." }
    }
  }
  const verb = self.method.toLowerCase()
  const path = paths[self.path] ??= {}
  // Two methods of the library may share a path: both are told, the first is the operation.
  const first = path[verb] as { "x-also"?: Array<string> } | undefined
  if (first === undefined) path[verb] = operation
  else (first["x-also"] ??= []).push(operation.operationId)
}

function enveloped(success: JsonSchema): JsonSchema {
  const envelope = { $ref: "#/components/schemas/Envelope" }
  return Object.keys(success).length === 0 || success["type"] === "null" ? envelope : { allOf: [envelope, success] }
}

const modelTexts = new Map([...models].map(([name, text]) => [name.replace(/^effect-wecom\//, ""), text]))
const named = new Map(
  [...definitions].map(([name, schema]): readonly [string, JsonSchema] => {
    const about = modelTexts.get(name)
    return [name, about === undefined ? schema : { ...schema, description: about }]
  })
)

/** What says the same, its own description aside. */
const keyOf = ({ description: _, ...schema }: JsonSchema): string => JSON.stringify(schema)

const isShareable = (node: unknown): node is JsonSchema =>
  typeof node === "object" && node !== null && !Array.isArray(node) && "properties" in node && "type" in node &&
  JSON.stringify(node).length > 250

/** How often each structure occurs. */
const occurrences = new Map<string, number>()
const count = (node: unknown): void => {
  if (typeof node !== "object" || node === null) return
  if (isShareable(node)) {
    const key = keyOf(node)
    const before = occurrences.get(key) ?? 0
    occurrences.set(key, before + 1)
    if (before > 0) return
  }
  for (const child of Object.values(node)) count(child)
}
count([Object.fromEntries(named), paths])

/** Structures without a name that occur again get the name of the field that they are in. */
const shared = new Map<string, string>()
const shareable = (node: unknown, field: string): unknown => {
  if (typeof node !== "object" || node === null) return node
  if (Array.isArray(node)) return node.map((child) => shareable(child, field))
  const inside = () =>
    Object.fromEntries(
      Object.entries(node).map(([key, child]) => {
        const isField = !["properties", "items", "anyOf", "allOf", "schema", "content", "requestBody"].includes(key)
        return [key, shareable(child, isField ? key : field)]
      })
    )
  if (!isShareable(node) || (occurrences.get(keyOf(node)) ?? 0) < 2) return inside()
  const key = keyOf(node)
  let name = shared.get(key)
  if (name === undefined) {
    const base = field.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase()) ||
      "Struct"
    name = base
    for (let n = 2; named.has(name); n++) name = `${base}${n}`
    shared.set(key, name)
    named.set(name, {}) // taken
    const { description: _, ...definition } = inside()
    named.set(name, definition)
  }
  const { description } = node as JsonSchema
  return { $ref: `#/components/schemas/${name}`, ...(description !== undefined && { description }) }
}

const compactPaths = Object.fromEntries(
  Object.entries(paths).toSorted(([a], [b]) => a < b ? -1 : 1).map(([path, item]) =>
    [path, shareable(item, path.slice(path.lastIndexOf("/") + 1))] as const
  )
)
for (const [name, schema] of Array.from(named)) {
  // A model keeps its own name; what is in it may be shared.
  const inside = Object.entries(schema).map(([key, child]) => [key, shareable(child, name)] as const)
  named.set(name, Object.fromEntries(inside))
}
const schemas = Object.fromEntries([...named].toSorted(([a], [b]) => a < b ? -1 : 1))

const areas = [...Map.groupBy(catalogue, ({ area }) => area)].map(([name, entries]) => ({
  name,
  description: `${entries.length} endpoints: ${
    [...new Set(entries.map(({ module }) => `\`effect-wecom/${module}\``))].join(", ")
  }.`
}))

emitJson("openapi/wecom.json", {
  openapi: "3.1.0",
  info: {
    title: "企业微信 (WeCom) server API",
    version,
    summary: "Every endpoint that effect-wecom has, as it travels.",
    description:
      "Generated from the typed catalogue of effect-wecom. Times are unix seconds, switches 0 and 1. Tokens travel in the " +
      "query: fetch one with `GET /cgi-bin/gettoken` and keep it for 7,200 seconds. Errors are HTTP 200 with an `errcode`.",
    license: { name: "MIT", identifier: "MIT" }
  },
  externalDocs: { url: "https://developer.work.weixin.qq.com/document/" },
  servers: [{ url: "https://qyapi.weixin.qq.com" }],
  tags: areas,
  paths: compactPaths,
  components: {
    schemas,
    securitySchemes: Object.fromEntries(
      [
        ...new Set(
          catalogue.flatMap(({ endpoint }) => {
            const { credential, parameter } = Endpoint.describe(endpoint)
            return parameter ?? tokens[credential] ?? []
          })
        )
      ].map((name) => [name, { type: "apiKey", in: "query", name }])
    )
  }
})
