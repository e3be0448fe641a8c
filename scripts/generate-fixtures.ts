/**
 * Writes `test/fixtures/samples.jsonl` from the reference data beside the project: the samples of every endpoint of the
 * catalogue with the same keys, types and nesting, and neutral texts in place of theirs. With `--check` it compares.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { catalogue } from "../src/catalogue.ts"
import { describe } from "../src/Endpoint.ts"
import { check, refused, sharedSamples, type Source } from "../test/contract/Samples.ts"

const root = new URL("../../shared/wecom/", import.meta.url)
const target = new URL("../test/fixtures/samples.jsonl", import.meta.url)

if (!existsSync(root)) {
  console.log("Left out: the reference data (../shared) is not beside this checkout")
  process.exit(process.argv.includes("--check") && process.env["CI"] !== "true" ? 0 : 1)
}

const filler = "示例文字甲乙丙丁"

/** Identifiers, numbers and times stay; addresses and sentences become ours, no longer than they were. */
const neutral = (text: string): string => {
  if (/^[\w\-.:@|,=+/$#]*$/.test(text) && !/^https?:/.test(text)) return text
  if (/^[\d\-:/ .]+$/.test(text)) return text
  if (/^(https?|weixin|wxwork):/.test(text)) return "https://example.com/path".slice(0, Math.max(text.length, 20))
  return filler.slice(0, Math.min(text.length, filler.length))
}

/** Replaces the string values of JSON text, and leaves everything else, digits included, as it stands. */
const neutralise = (json: string): string =>
  json.replace(
    /"((?:[^"\\]|\\.)*)"(\s*:)?/g,
    (whole, inner: string, colon: string | undefined) =>
      colon !== undefined ? whole : JSON.stringify(neutral(JSON.parse(`"${inner}"`) as string))
  )
    .replace(/\s*\n\s*/g, "")

const shared = sharedSamples(root.pathname)
const own: Source = { samples: shared.samples, text: (sample) => neutralise(shared.text(sample)) }
const byEndpoint = Map.groupBy(shared.samples, ({ method, path }) => `${method} ${path}`)

const problems: Array<string> = []
const lines = catalogue.flatMap(({ endpoint }) => {
  const self = describe(endpoint)
  const siblings = byEndpoint.get(self.name) ?? []
  // Fragments are embedded in whole bodies, also in one that is refused itself.
  const embedded = siblings.some(({ kind }) => kind === "fragment")
  const kept = siblings.filter(({ file, kind }) => refused[file] === undefined || (embedded && kind !== "fragment"))
  return kept.map((sample) => {
    const differences = refused[sample.file] === undefined ? check(self, own, sample, siblings) : []
    if (differences.length > 0) problems.push(`${sample.file}: ${differences.join("; ")}`)
    const { errcode, file, kind, method, path, placeholders, pointer, section } = sample
    return JSON.stringify({ file, kind, method, path, section, pointer, errcode, placeholders, text: own.text(sample) })
  })
})

if (problems.length > 0) {
  console.error(`These do not hold with neutral texts:\n${problems.join("\n")}`)
  process.exit(1)
}
const written = `${lines.join("\n")}\n`
if (!process.argv.includes("--check")) {
  writeFileSync(target, written)
  console.log(`${lines.length} samples written`)
} else if (existsSync(target) && readFileSync(target, "utf8") === written) {
  console.log(`${lines.length} samples are up to date`)
} else {
  console.error("test/fixtures/samples.jsonl is not up to date: run npm run fix")
  process.exit(1)
}
