/**
 * Writes the tables of docs/simulator.md and its Chinese twin: how many endpoints of each area are answered from state,
 * and how many with a sample. Then the JSON Schema of seeds.
 */
import { readFileSync } from "node:fs"
import { catalogue } from "../src/catalogue.ts"
import { describe } from "../src/Endpoint.ts"
import { areas } from "../src/simulator/areas/index.ts"
import { jsonSchemaText } from "../src/simulator/seed/Seed.ts"
import { emit } from "./generated.ts"

const sources = new Map(
  areas.flatMap(({ name, routes }) => routes.map(({ endpoint, source }) => [endpoint.name, { name, source }] as const))
)

/** The endpoints of a folder of modules; those of `oa` by the folders below it. */
const groups = Map.groupBy(
  catalogue.map(({ endpoint, module }) => ({ module, source: sources.get(describe(endpoint).name)?.source })),
  ({ module }) => module.split("/").slice(0, module.startsWith("oa/") ? 2 : 1).join("/")
)

const rows = [...groups].toSorted(([a], [b]) => a < b ? -1 : 1).map(([group, endpoints]) => {
  const count = (source: string | undefined) => endpoints.filter((endpoint) => endpoint.source === source).length
  return { group, all: endpoints.length, state: count("state"), fixed: count("fixed"), sample: count(undefined) }
})

const total = (column: "all" | "state" | "fixed" | "sample") => rows.reduce((sum, row) => sum + row[column], 0)

const table = (heads: ReadonlyArray<string>, whole: string): string =>
  [
    heads,
    heads.map((_, index) => index === 0 ? "---" : "--:"),
    ...rows.map(({ all, fixed, group, sample, state }) => [`\`${group}\``, all, state, fixed, sample]),
    [whole, total("all"), total("state"), total("fixed"), total("sample")]
  ].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

const tables = {
  "docs/simulator.md": table(["endpoints of", "all", "from state", "fixed", "sample"], "all"),
  "docs/simulator.zh-CN.md": table(["接口所在目录", "总数", "按状态应答", "固定应答", "样例应答"], "合计")
}

for (const [path, content] of Object.entries(tables)) {
  const text = readFileSync(new URL(`../${path}`, import.meta.url), "utf8")
  const marked = /(<!-- counts -->\n)[\s\S]*?(<!-- \/counts -->)/
  if (!marked.test(text)) throw new Error(`${path} has no place for the counts`)
  emit(path, text.replace(marked, (_, start: string, end: string) => `${start}\n${content}\n\n${end}`))
}

emit("docs/simulator-seed.schema.json", jsonSchemaText())
