/**
 * Writes `API.md`, the table of every endpoint, from the catalogue and the JSDoc of the domain files.
 */
import { readFileSync } from "node:fs"
import { catalogue } from "../src/catalogue.ts"
import { describe } from "../src/Endpoint.ts"
import { emit } from "./generated.ts"

/** The official name at the start of a method's JSDoc. */
const nameOf = (() => {
  const sources = new Map<string, string>()
  return (module: string, method: string): string => {
    if (!sources.has(module)) {
      sources.set(module, readFileSync(new URL(`../src/${module}.ts`, import.meta.url), "utf8"))
    }
    const declared = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:export const )?${method}(?:,|:| =|\\n)`, "g")
    const names = [...(sources.get(module) ?? "").matchAll(declared)].flatMap(([, comment = ""]) => {
      const [first = ""] = comment.replace(/^[\s*]+/gm, "").split(/[.。:：]/, 1)
      return /\p{Script=Han}|access_token|IP/u.test(first) ? [first.trim()] : []
    })
    if (names[0] === undefined) {
      throw new Error(`src/${module}.ts: the JSDoc of ${method} does not start with its official name`)
    }
    return names[0]
  }
})()

const areas = Map.groupBy(catalogue, ({ domain }) => domain)
const endpoints = new Set(catalogue.map(({ endpoint }) => describe(endpoint).name))
const credentials = {
  app: "access_token",
  none: "none",
  suite: "suite_access_token",
  provider: "provider_access_token",
  key: "key"
}

const rows = [...areas].flatMap(([area, entries]) => [
  `\n## ${area}\n`,
  "| method | endpoint | 官方名称 | document | credential | pages |",
  "|---|---|---|---|---|---|",
  ...entries.map(({ endpoint, method, module, service, stream }) => {
    const self = describe(endpoint)
    const document = `[${self.doc}](https://developer.work.weixin.qq.com/document/path/${self.doc})`
    return `| \`${service}.${method}\` | \`${self.name}\` | ${nameOf(module, method)} | ${document} | ${
      credentials[self.credential]
    } | ${stream === undefined ? "" : `\`${stream}\``} |`
  })
])

emit(
  "API.md",
  `# API\n\nEvery endpoint of the library: ${endpoints.size} endpoints in ${areas.size} areas of the official documentation. Generated from the catalogue (\`effect-wecom/catalogue\`) by \`scripts/generate-api.ts\`.\n${
    rows.join("\n")
  }\n`
)
