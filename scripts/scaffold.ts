/**
 * Drafts from the reference data beside the project:
 *
 *     npm run scaffold -- POST /cgi-bin/kf/send_msg                          # one endpoint
 *     npm run scaffold -- OA·邮件 --module oa/mail/Mails                     # an area, as a service and its test
 *     npm run scaffold -- OA·邮件 --module oa/mail/Mails --write             # the same, into files
 *     npm run scaffold -- event/change_contact                               # events
 *
 * A draft to start from: name the models, close the unions, add the limits. docs/contributing.md says what comes then.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import * as Path from "node:path"
import { parseArgs } from "node:util"
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

const isOptional = (node: Node, request: boolean): boolean =>
  request ? node.docRequired === undefined ? node.optional === true : !node.docRequired : node.optional === true

const fieldsOf = (fields: Fields, request: boolean, indent: string, int64: Set<string>): string => {
  const runs: Array<{ readonly optional: boolean; readonly lines: Array<string> }> = []
  for (const [name, node] of Object.entries(fields)) {
    const schema = schemaOf(node, request, indent, int64, name)
    // A list of an answer may be absent anyhow, and of an answer only what identifies is required.
    const optional = !schema.startsWith("Wire.list(") &&
      (isOptional(node, request) || !request && !/id$|^errcode$/.test(name))
    const line = `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${schema}`
    const run = runs.at(-1)
    if (run?.optional === optional) run.lines.push(line)
    else runs.push({ optional, lines: [line] })
  }
  return runs.map(({ lines, optional }) =>
    optional
      ? `${indent}...Wire.optionals({\n${indent}  ${lines.join(`,\n${indent}  `)}\n${indent}})`
      : `${indent}${lines.join(`,\n${indent}`)}`
  ).join(",\n")
}

interface Draft {
  /** The method with its JSDoc. */
  readonly endpoint: string
  readonly method: string
  /** The stream of all its items, if it pages. */
  readonly stream: string | undefined
}

const draft = ([, verb, path, nameZh, auth, docIds, seed, note]: ReadonlyArray<string>): Draft => {
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
  const credential = {
    access_token: undefined,
    suite: "suite",
    provider: "provider",
    model: "model",
    device: "device",
    none: "none",
    key: "key"
  }[auth!] ??
    (auth === "access_token" ? undefined : `TODO ${auth}`)
  const last = path!.split("/").at(-1)!
  const reads = /^(batch_?)?(get|list|query|search|check|count)|(_list|_info|_detail)$/.test(last)
  const extra = [
    ...(verb === "GET" && /^(del|create|add|set|update)/.test(last) ? ["idempotent: false"] : []),
    ...(verb === "POST" && /^(del|set|update|mod)/.test(last) ? ["idempotent: true"] : []),
    ...(credential === undefined ? [] : [`credential: "${credential}"`]),
    ...(int64.size === 0 ? [] : [`int64: ${JSON.stringify([...int64])}`])
  ]
  const meta = extra.length === 0 ? doc : `{ doc: ${doc}, ${extra.join(", ")} }`
  const method = nameOf(path!)
  const part = tree?.multipart?.part
  const call = part !== undefined ? "upload" : verb === "POST" && reads ? "query" : verb!.toLowerCase()
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
  const see = ` * @see https://developer.work.weixin.qq.com/document/path/${doc}\n */\n`
  return {
    method,
    endpoint: `${
      remarks.map((remark) => `// ${remark}\n`).join("")
    }/**\n * ${nameZh}.\n${see}${method}: Endpoint.${call}(${JSON.stringify(path)}, ${meta}, ${
      part === undefined ? "" : `"${part}", `
    }() => ({${parts.length === 0 ? "" : `\n${parts.join(",\n")}\n`}}))`,
    stream: pages && list !== undefined
      ? `/**\n * ${nameZh}. All items of \`${method}\`, as a stream.\n${see}${
        method.replace(/^([a-z]+)/, "$1All")
      }: Paging.byCursor(endpoints.${method}, "${list}")`
      : undefined
  }
}

/** A name that begins with a verb, as far as the path tells. */
const nameOf = (path: string): string => {
  const last = path.split("/").at(-1)!.split("_").filter((word) => word !== "batch")
  const words = last.includes("list") ? last.filter((word) => word !== "get") : last
  const verbs: { readonly [word: string]: string } = { del: "delete", mod: "update", edit: "update", cancle: "cancel" }
  const known = /^(get|list|create|update|delete|set|add|remove|send|search|check|cancel|start|upload|del|mod|edit)$/
  const at = words.findIndex((word) => known.test(word))
  const [verb = words[0]!] = words.splice(at === -1 ? 0 : at, 1)
  const many = path.includes("batch") ? "Many" : ""
  return [verbs[verb] ?? verb, ...words.map((word) => word[0]!.toUpperCase() + word.slice(1))].join("") + many
}

/** Marks the methods whose name others have as well. */
const unique = (drafts: ReadonlyArray<Draft>): ReadonlyArray<Draft> =>
  drafts.map((one) => {
    const same = drafts.filter(({ method }) => method === one.method)
    return same.length === 1 ? one : { ...one, endpoint: `// TODO: ${same.length} are named so\n${one.endpoint}` }
  })

/** The file of a service. */
const serviceOf = (module: string, area: string, drafts: ReadonlyArray<Draft>): string => {
  const name = Path.basename(module)
  const up = module.split("/").slice(1).map(() => "../").join("")
  const streams = drafts.flatMap(({ stream }) => stream ?? [])
  const imports = ["Domain", "Endpoint", ...(streams.length > 0 ? ["Paging"] : []), "Wire"]
  return `/**
 * ${area}: TODO.
 */
import * as Schema from "effect/Schema"
${imports.map((name) => `import * as ${name} from "${up}${name}.ts"`).join("\n")}

/** ${area}: TODO. */
export class ${name} extends Domain.Service<${name}>()("${module}", "${area}", {
${drafts.map(({ endpoint }) => endpoint).join(",\n")}
}${streams.length === 0 ? "" : `, (endpoints) => ({\n${streams.join(",\n")}\n})`}) {}
`
}

/** The test of a service. */
const testOf = (module: string, drafts: ReadonlyArray<Draft>): string => {
  const name = Path.basename(module)
  const up = module.split("/").map(() => "../").join("")
  return `import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ${name} } from "${up}src/${module}.ts"
import { answering } from "${up}test/support/answering.ts"

describe("${name}", () => {
${
    drafts.map(({ method }) =>
      `  it.effect("TODO: ${method}", () => {
    const { run, sent } = answering(${name}.layer, () => ({ errcode: 0 /* TODO: what WeCom answers */ }))
    return run(Effect.gen(function*() {
      const service = yield* ${name}
      yield* service.${method}(/* TODO */)
      assert.deepStrictEqual(sent(), []) // TODO
    }))
  })`
    ).join("\n\n")
  }
})
`
}

const { positionals: wanted, values: { module, write } } = parseArgs({
  allowPositionals: true,
  options: { module: { type: "string" }, write: { type: "boolean", default: false } }
})
const chosen = rows.filter(([domain, verb, path]) =>
  wanted.includes(path!) && wanted.includes(verb!) ||
  wanted.some((word) => domain === word || domain!.startsWith(`${word}·`))
)
const drafts = unique(chosen.map(draft))
const events = draftEvents(shared, wanted)
if (drafts.length === 0 && events.length === 0) {
  console.error(
    "usage: npm run scaffold -- POST /cgi-bin/kf/send_msg | 微信客服 | event/change_contact [--module folder/Service] [--write]"
  )
  process.exit(1)
}
if (module === undefined) {
  console.log(
    [
      ...drafts.map(({ endpoint, stream }) => `${endpoint},${stream === undefined ? "" : `\n${stream},`}`),
      ...events
    ].join("\n")
  )
} else {
  const files = [
    [`src/${module}.ts`, serviceOf(module, chosen[0]![0]!, drafts)],
    [`test/${module}.test.ts`, testOf(module, drafts)]
  ] as const
  for (const [file, text] of files) {
    const path = Path.resolve(import.meta.dirname, "..", file)
    const formatted = spawnSync("dprint", ["fmt", "--stdin", file], { input: text, encoding: "utf8" }).stdout || text
    if (!write) console.log(`// ${file}\n${formatted}`)
    else if (existsSync(path)) console.error(`${file} exists already: left as it is`)
    else {
      mkdirSync(Path.dirname(path), { recursive: true })
      writeFileSync(path, formatted)
      console.log(`${file} written`)
    }
  }
}
