/**
 * Drafts an endpoint's declaration from the reference data beside the project: `npm run scaffold -- POST /cgi-bin/kf/send_msg`,
 * or every endpoint of an area: `npm run scaffold -- 微信客服`, or events: `npm run scaffold -- event/change_contact`. A draft
 * to start from: name the models, close the unions, add the limits. docs/contributing.md says what comes then.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import * as Path from "node:path"
import { catalogue } from "../src/catalogue.ts"
import { describe } from "../src/Endpoint.ts"
import { draftEvents } from "./scaffold-events.ts"

interface Node {
  readonly type: string
  readonly optional?: boolean
  readonly docRequired?: boolean
  readonly fields?: Fields
  readonly items?: Node
  readonly map?: Node
  readonly recursesTo?: string
  readonly anyOf?: ReadonlyArray<string>
  readonly stringifiedNumber?: boolean
  readonly keepAsText?: boolean
  readonly exceedsDouble?: boolean
  readonly unixSeconds?: boolean
  readonly unixMillis?: boolean
  readonly zeroOne?: boolean
  readonly separator?: string
  readonly obsolete?: boolean
}
type Fields = { readonly [name: string]: Node }
interface Tree {
  readonly query: Fields
  readonly body: Fields
  readonly response: Fields
  readonly multipart?: { readonly part: string }
  readonly format?: string
  readonly docs?: ReadonlyArray<number>
}

const shared = Path.resolve(import.meta.dirname, "../../shared/wecom")
if (!existsSync(shared)) {
  console.error(
    "The reference data that drafts are made from (../shared/wecom) are no part of the project and not beside this " +
      "checkout. Write the endpoint after its neighbours in src/, from its official document."
  )
  process.exit(1)
}
const rows = readFileSync(Path.join(shared, "endpoints.tsv"), "utf8").trim().split("\n").slice(1).map((line) =>
  line.split("\t")
)
const trees = new Map(
  readdirSync(Path.join(shared, "fields")).filter((name) => name.endsWith(".json")).flatMap((name) =>
    Object.entries(JSON.parse(readFileSync(Path.join(shared, "fields", name), "utf8")) as Record<string, Tree>)
  )
)

const schemaOf = (node: Node, request: boolean, indent: string, int64: Set<string>, key: string): string => {
  const types = new Set([node.type, ...(node.anyOf ?? [])])
  if (node.recursesTo !== undefined) return `Schema.suspend((): Schema.Codec<never> => TODO /* ${node.recursesTo} */)`
  if (node.separator !== undefined) {
    return node.separator === "|"
      ? "Wire.piped(Schema.String)"
      : `Wire.joined(${JSON.stringify(node.separator)}, Schema.String)`
  }
  if (node.unixSeconds) return "Wire.time"
  if (node.zeroOne && !types.has("boolean")) return "Wire.flag"
  if (node.exceedsDouble) {
    int64.add(key)
    return "Wire.int64"
  }
  switch (node.type) {
    case "object":
      return node.map !== undefined
        ? `Schema.Record(Schema.String, ${schemaOf(node.map, request, indent, int64, key)})`
        : Object.keys(node.fields ?? {}).length === 0
        ? "Schema.Struct({})"
        : `Schema.Struct({\n${fieldsOf(node.fields ?? {}, request, `${indent}  `, int64)}\n${indent}})`
    case "array": {
      const item = node.items === undefined ? "Schema.Json" : schemaOf(node.items, request, indent, int64, key)
      return `${request ? "Schema.Array" : "Wire.list"}(${item})`
    }
    case "boolean":
      return types.size > 1 ? "Wire.flag" : "Schema.Boolean"
    case "integer":
      return node.keepAsText ? "Wire.id" : "Wire.int"
    case "number":
      return "Wire.number"
    case "string":
      return types.has("integer") || types.has("number")
        ? node.stringifiedNumber ? "Wire.int" : "Wire.id"
        : "Schema.String"
    default:
      return "Schema.Json /* TODO */"
  }
}

const fieldsOf = (fields: Fields, request: boolean, indent: string, int64: Set<string>): string =>
  Object.entries(fields).map(([name, node]) => {
    const schema = schemaOf(node, request, indent, int64, name)
    const optional = request
      ? node.docRequired === undefined ? node.optional === true : !node.docRequired
      : node.optional === true
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
    // A list of an answer may be absent anyhow.
    return `${indent}${key}: ${optional && !schema.startsWith("Wire.list(") ? `Wire.optional(${schema})` : schema}`
  }).join(",\n")

const draft = ([, verb, path, nameZh, auth, docIds, seed, note]: ReadonlyArray<string>): string => {
  const tree = trees.get(`${verb} ${path}`)
  const doc = docIds?.split(",").find((id) => /^\d+$/.test(id)) ?? String(tree?.docs?.[0] ?? 0)
  const int64 = new Set<string>()
  const parts: Array<string> = []
  const query = Object.keys(tree?.query ?? {}).length > 0
  if (query) parts.push(`  query: {\n${fieldsOf(tree!.query, true, "    ", int64)}\n  }`)
  if (verb === "POST" && Object.keys(tree?.body ?? {}).length > 0) {
    parts.push(`  body: {\n${fieldsOf(tree!.body, true, "    ", int64)}\n  }`)
  }
  const response = Object.entries(tree?.response ?? {})
  if (response.length === 1) {
    const [key, node] = response[0]!
    parts.push(`  success: Endpoint.pluck(${JSON.stringify(key)}, ${schemaOf(node, false, "  ", int64, key)})`)
  } else if (response.length > 1) {
    parts.push(`  success: Schema.Struct({\n${fieldsOf(tree!.response, false, "    ", int64)}\n  })`)
  }
  const credential =
    { access_token: undefined, suite: "suite", provider: "provider", none: "none", key: "key" }[auth!] ??
      (auth === "access_token" ? undefined : `TODO ${auth}`)
  const last = path!.split("/").at(-1)!
  const reads = /^(batch_?)?(get|list|query|search|check|count)|(_list|_info|_detail)$/.test(last)
  const extra = [
    ...(verb === "POST" && reads ? ["idempotent: true"] : []),
    ...(verb === "GET" && /^(del|create|add|set|update)/.test(last) ? ["idempotent: false"] : []),
    ...(credential === undefined ? [] : [`credential: "${credential}"`]),
    ...(int64.size === 0 ? [] : [`int64: ${JSON.stringify([...int64])}`])
  ]
  const meta = extra.length === 0 ? doc : `{ doc: ${doc}, ${extra.join(", ")} }`
  const method = last.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const part = tree?.multipart?.part
  const call = part === undefined ? verb!.toLowerCase() : "upload"
  const list = response.find(([, node]) => node.type === "array")?.[0]
  const pages = tree?.body["cursor"]?.type === "string" && tree.response["next_cursor"] !== undefined
  const built = catalogue.find(({ endpoint }) => describe(endpoint).name === `${verb} ${path}`)
  const remarks = [
    ...(built === undefined ? [] : [`is there already: ${built.service}.${built.method} in src/${built.module}.ts`]),
    ...(seed !== "-" && seed ? [`go-workwx: ${seed}`] : []),
    ...(note ? [note] : []),
    ...(part === undefined ? [] : ["size: how large the file may be, ({ ...query }) => ({ min, max })"]),
    ...(tree?.body["agentid"] === undefined ? [] : ["agent: true where the agentid is that of the calling app"]),
    ...(tree === undefined ? ["no field tree"] : []),
    ...(tree?.format === undefined ? [] : [`format: ${tree.format}`])
  ]
  const lines = [
    ...remarks.map((remark) => `// ${remark}`),
    "/**",
    ` * ${nameZh}.`,
    ` * @see https://developer.work.weixin.qq.com/document/path/${doc}`,
    " */",
    `${method}: Endpoint.${call}(${JSON.stringify(path)}, ${meta}, ${part === undefined ? "" : `"${part}", `}() => ({${
      parts.length === 0 ? "" : `\n${parts.join(",\n")}\n`
    }})),`
  ]
  return [
    ...lines,
    ...(pages && list !== undefined
      ? [
        `/** Every item of every page of \`${method}\`, which has to be a constant of the module for this. */`,
        `listAll: Endpoint.byCursor(${method}, "${list}"),`
      ]
      : [])
  ].join("\n")
}

const wanted = process.argv.slice(2)
const chosen = rows.filter(([domain, verb, path]) =>
  wanted.includes(path!) && wanted.includes(verb!) ||
  wanted.some((word) => domain === word || domain!.startsWith(`${word}·`))
)
const drafts = [...chosen.map(draft), ...draftEvents(shared, wanted)]
if (drafts.length === 0) {
  console.error(
    "usage: npm run scaffold -- POST /cgi-bin/kf/send_msg | npm run scaffold -- 微信客服 | npm run scaffold -- event/change_contact"
  )
  process.exit(1)
}
console.log(drafts.join("\n"))
