/**
 * `npm run bench`: every row side by side with its alternative in one run; prints the table and writes
 * `bench/results.md`. `npm run bench -- calls import` runs some groups only, and writes nothing.
 */
import { writeFileSync } from "node:fs"
import { availableParallelism, cpus, totalmem } from "node:os"
import { performance } from "node:perf_hooks"
import { bundles } from "./bundles.ts"
import { callbacks, events } from "./callbacks/rows.ts"
import { facade } from "./calls/facadeRows.ts"
import { calls, pages, scaling } from "./calls/rows.ts"
import { cli } from "./cli.ts"
import { imports } from "./imports.ts"
import type { Row } from "./Row.ts"
import { simulator } from "./simulator/rows.ts"
import { tokens } from "./tokens/rows.ts"
import { types } from "./types.ts"
import { upload } from "./upload/rows.ts"

const groups: Readonly<Record<string, () => Promise<ReadonlyArray<Row>>>> = {
  tokens,
  calls,
  pages,
  scaling,
  promises: facade,
  callbacks,
  events,
  import: imports,
  bundle: bundles,
  cli,
  upload,
  simulator,
  types
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in groups))
if (unknown.length > 0) throw new Error(`No group is named ${unknown.join(", ")}: ${Object.keys(groups).join(", ")}`)

const rows: Array<Row> = []
for (const [name, measure] of Object.entries(groups)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const start = performance.now()
  try {
    rows.push(...await measure())
  } catch (error) {
    // What has been measured is shown all the same.
    console.error(`${name} failed:`, error)
    process.exitCode = 1
  }
  console.error(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
}

const verdict = ({ held }: Row): string => held === undefined ? "reported" : held ? "held" : "**not held**"
const cells = [
  ["what", "ours", "alternative", "ratio", "bar", ""],
  ["---", "---", "---", "---", "---", "---"],
  ...rows.map((row) => [row.what, row.ours, row.alternative, row.ratio, row.bar, verdict(row)])
]
const table = cells.map((line) => `| ${line.join(" | ")} |`).join("\n")
console.log(`\n${table}\n`)

if (chosen.length === 0 && process.exitCode === undefined) {
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${
    Math.round(totalmem() / 2 ** 30)
  } GiB, Node ${process.version}`
  writeFileSync(
    new URL("results.md", import.meta.url),
    `# Measurements

\`npm run bench\` on ${machine}. Medians of interleaved rounds, every row side by side with its alternative in one run; a ratio is the median of
the rounds' ratios. Differences below some 10 % are noise.

${table}
`
  )
}
