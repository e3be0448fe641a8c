/**
 * Writes `API.md`, the tables of every endpoint and every callback, from the catalogue, and the JSDoc of the domains and of
 * the families of events.
 */
import { globSync, readFileSync } from "node:fs"
import { basename, dirname } from "node:path"
import * as CallbackEvent from "../src/callback/CallbackEvent.ts"
import { catalogue } from "../src/catalogue.ts"
import { describe } from "../src/Endpoint.ts"
import { emit } from "./generated.ts"

const source = (path: string) => readFileSync(new URL(`../src/${path}`, import.meta.url), "utf8")

/** The official name at the start of a comment. */
const official = (comment: string): string | undefined => {
  const [first = ""] = comment.replace(/^[\s*]+/gm, "").split(/[.。:：,]/, 1)
  return /\p{Script=Han}|access_token|IP/u.test(first) ? first.trim() : undefined
}

const nameOf = (() => {
  const sources = new Map<string, string>()
  return (module: string, method: string): string => {
    if (!sources.has(module)) sources.set(module, source(`${module}.ts`))
    const declared = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:export const )?${method}(?:,|:| =|\\n)`, "g")
    const names = [...(sources.get(module) ?? "").matchAll(declared)].flatMap(([, comment = ""]) =>
      official(comment) ?? []
    )
    if (names[0] === undefined) {
      throw new Error(`src/${module}.ts: the JSDoc of ${method} does not start with its official name`)
    }
    return names[0]
  }
})()

for (const file of globSync("**/*.ts", { cwd: new URL("../src/", import.meta.url) })) {
  for (const [, service] of source(file).matchAll(/^export class (\w+)\s+extends\s+Domain\.Service</gm)) {
    if (!catalogue.some((entry) => `${entry.module}.ts` === file && entry.service === service)) {
      throw new Error(`src/${file} declares the service ${service}, which src/catalogue.ts does not list`)
    }
  }
}

const link = (doc: number | string) => `[${doc}](https://developer.work.weixin.qq.com/document/path/${doc})`

const areas = Map.groupBy(catalogue, ({ area }) => area)
const endpoints = new Set(catalogue.map(({ endpoint }) => describe(endpoint).name))
const credentials = {
  app: "access_token",
  none: "none",
  suite: "suite_access_token",
  provider: "provider_access_token",
  key: "key"
}

const endpointTables = [...areas].flatMap(([area, entries]) => [
  `\n### ${area}\n`,
  `From ${[...new Set(entries.map(({ module }) => `\`effect-wecom/${dirname(module)}\``))].join(", ")}.\n`,
  "| method | endpoint | 官方名称 | document | credential | all pages |",
  "|---|---|---|---|---|---|",
  ...entries.map(({ endpoint, method, module, service, stream }) => {
    const self = describe(endpoint)
    return `| \`${service}.${method}\` | \`${self.name}\` | ${nameOf(module, method)} | ${link(self.doc)} | ${
      credentials[self.credential]
    } | ${stream === undefined ? "" : `\`${stream}\``} |`
  })
])

interface Family {
  readonly name: string
  readonly module: string
  readonly events: ReadonlyArray<
    { readonly key: string; readonly name: string; readonly text: string; readonly doc: string }
  >
}

const families = globSync("callback/events/*.ts", { cwd: new URL("../src/", import.meta.url) }).toSorted()
  .filter((file) => /\/[A-Z]/.test(file))
  .map((file): Family => {
    const text = source(file)
    const [header = "", ...rest] = text.split("*/")
    const family = official(header.slice("/**".length))
    if (family === undefined) throw new Error(`src/${file}: its header does not start with an official name`)
    const declared = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export class (\w+)\s+extends Event<\w+>\(\)\(\s*"([^"]+)"/g
    const ofFamily = /\/path\/(\d+)/.exec(header)?.[1]
    const events = [...rest.join("*/").matchAll(declared)].map(([, comment = "", name = "", key = ""]) => {
      const doc = /\/path\/(\d+)/.exec(comment)?.[1] ?? ofFamily
      const text = official(comment)
      if (doc === undefined) throw new Error(`src/${file}: ${name} names no document`)
      if (text === undefined) throw new Error(`src/${file}: the JSDoc of ${name} does not start with its official name`)
      return { doc, key, name, text }
    })
    return { name: family, module: file.replace(/\.ts$/, ""), events }
  })

const keys = Object.values(CallbackEvent.events).map(({ key }) => key)
const told = new Set(families.flatMap(({ events }) => events.map(({ key }) => key)))
const untold = keys.filter((key) => !told.has(key))
if (untold.length > 0 || told.size !== keys.length) {
  throw new Error(`the declarations of these events are not understood: ${untold.join(", ")}`)
}

const eventTables = families.flatMap(({ events, module, name }) => [
  `\n### ${name}\n`,
  `\`${basename(module)}\` from \`effect-wecom/${dirname(module)}\`.\n`,
  "| key | class | 官方名称 | document |",
  "|---|---|---|---|",
  ...events.map(({ doc, key, name, text }) => `| \`${key}\` | \`${name}\` | ${text} | ${link(doc)} |`)
])

/** The place that GitHub gives a heading. */
const place = (heading: string) =>
  `[${heading}](#${heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")})`

emit(
  "API.md",
  `# API

Every endpoint (${endpoints.size}, in ${areas.size} areas of the official documentation) and every callback (${keys.length})
of the library. Generated by \`scripts/generate-api.ts\`.

## Endpoints

A method such as \`Departments.create\` belongs to the service of that name:
\`import { Departments } from "effect-wecom/contacts"\`. The credential is the token that a call carries; the
library fetches it. Methods in the last column stream the items of all pages.

${[...areas.keys()].map(place).join(" | ")}
${endpointTables.join("\n")}

## Callbacks

The keys under which a \`CallbackRouter\` or a \`CallbackInbox\` takes handlers. \`InfoType/...\` are those of third-party
suites. Classes are needed only where events are made or told apart by hand.

${families.map(({ name }) => place(name)).join(" | ")}
${eventTables.join("\n")}
`
)
