/**
 * `npm run check`: every check that needs no test runner, all of them even if one fails.
 */
import { spawnSync } from "node:child_process"
import { parseArgs } from "node:util"

const steps: ReadonlyArray<readonly [name: string, command: string]> = [
  ["format", "dprint check"],
  ["lint", "oxlint --report-unused-disable-directives"],
  ["types and type tests", "tsc --noEmit && tsc --noEmit --project src/simulator/inspector/page/tsconfig.json"],
  ["error codes are up to date", "node scripts/generate-error-codes.ts --check"],
  ["src/services.ts is up to date", "node scripts/generate-services.ts --check"],
  ["src/callback/events/keys.ts is up to date", "node scripts/generate-event-keys.ts --check"],
  [
    "src/promise/services.ts is up to date",
    "node --conditions=effect-wecom-source scripts/generate-promise.ts --check"
  ],
  ["barrels are up to date", "node scripts/generate-index.ts --check"],
  ["API.md and docs/api are up to date", "node scripts/generate-api.ts --check"],
  ["our samples are up to date", "node --conditions=effect-wecom-source scripts/generate-fixtures.ts --check"],
  ["src/simulator/areas/index.ts is up to date", "node scripts/generate-areas.ts --check"],
  [
    "docs/simulator.md counts what is served",
    "node --conditions=effect-wecom-source scripts/generate-simulator.ts --check"
  ],
  ["the simulator's page is up to date", "node scripts/generate-page.ts --check"],
  [
    "what tools know of the endpoints is up to date",
    "node --conditions=effect-wecom-source --import ./scripts/documented.ts scripts/generate-endpoints.ts --check"
  ],
  [
    "openapi/wecom.json is up to date",
    "node --conditions=effect-wecom-source --import ./scripts/documented.ts scripts/generate-openapi.ts --check"
  ],
  ["docs/errcodes are up to date", "node --conditions=effect-wecom-source scripts/generate-errcodes.ts --check"],
  ["examples have their place in docs/examples.md", "node scripts/generate-examples.ts --check"],
  ["docs/from-go-workwx-names.md is up to date", "node scripts/generate-from-go-workwx.ts --check"],
  ["llms.txt and docs/dependencies.md are up to date", "node scripts/generate-llms.ts --check"],
  ["documents show the examples, and their links lead somewhere", "node scripts/check-readme.ts"],
  [
    "documents name what exists, and everything of go-workwx",
    "node --conditions=effect-wecom-source scripts/check-from-go-workwx.ts"
  ]
]

const { positionals } = parseArgs({ allowPositionals: true })
const chosen = steps.filter(([name]) => positionals.length === 0 || positionals.some((word) => name.includes(word)))
if (chosen.length === 0) {
  console.error(
    `No check is named like ${positionals.join(" or ")}. There are: ${steps.map(([name]) => name).join(", ")}`
  )
  process.exit(1)
}

const failed = chosen.filter(([name, command]) => {
  console.log(`\n> ${name}: ${command}`)
  return spawnSync(command, { shell: true, stdio: "inherit" }).status !== 0
})

console.log(
  failed.length === 0
    ? `\nAll ${chosen.length} checks passed.`
    : `\n${failed.length} of ${chosen.length} checks failed: ${failed.map(([name]) => name).join(", ")}`
)
process.exitCode = failed.length === 0 ? 0 : 1
