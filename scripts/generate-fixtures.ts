/**
 * Writes `test/fixtures/samples.jsonl` and `test/fixtures/events.jsonl` from the reference data beside the project: the
 * samples of every endpoint of the catalogue, and of every event, with the same keys, types and nesting, and neutral texts
 * in place of theirs. With `--check` it compares.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { catalogue } from "../src/catalogue.ts"
import { describe } from "../src/Endpoint.ts"
import { check, refused, sharedSamples, type Source } from "../test/contract/Samples.ts"
import { eventFixtures } from "./event-fixtures.ts"
import { neutralJson } from "./neutral.ts"

const root = new URL("../../shared/wecom/", import.meta.url)

if (!existsSync(root)) {
  console.log("Left out: the reference data (../shared) is not beside this checkout")
  process.exit(process.argv.includes("--check") && process.env["CI"] !== "true" ? 0 : 1)
}

const shared = sharedSamples(root.pathname)
const own: Source = { samples: shared.samples, text: (sample) => neutralJson(shared.text(sample)) }
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

const events = eventFixtures(root.pathname)

if (problems.length + events.problems.length > 0) {
  console.error(`These do not hold with neutral texts:\n${[...problems, ...events.problems].join("\n")}`)
  process.exit(1)
}

const emit = (file: string, lines: ReadonlyArray<string>): void => {
  const target = new URL(`../test/fixtures/${file}`, import.meta.url)
  const written = `${lines.join("\n")}\n`
  if (!process.argv.includes("--check")) {
    writeFileSync(target, written)
    console.log(`${lines.length} samples written to test/fixtures/${file}`)
  } else if (existsSync(target) && readFileSync(target, "utf8") === written) {
    console.log(`${lines.length} samples in test/fixtures/${file} are up to date`)
  } else {
    console.error(`test/fixtures/${file} is not up to date: run npm run fix`)
    process.exitCode = 1
  }
}

emit("samples.jsonl", lines)
emit("events.jsonl", events.lines)
