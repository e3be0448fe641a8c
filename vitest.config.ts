import { defineConfig } from "vitest/config"

const conditions = ["effect-wecom-source"]

/** Suites of several processes, or of much work: one after the other, when the rest is done. */
const heavy = [
  "test/token/fleet.test.ts",
  "test/limits/RateLimits.fleet.test.ts",
  "test/callback/CallbackInbox.fleet.test.ts",
  "test/callback/fuzz.test.ts",
  "test/robot/SmartRobotSocket.fleet.test.ts",
  "test/**/*soak*.test.ts",
  "test/**/*.browser.test.ts",
  "test/package.test.ts",
  "test/cli/command.test.ts",
  "test/cli/mcp.test.ts",
  "test/cli/openapi.test.ts"
]

const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } }
}

/** A busy machine takes longer: what fails of it says nothing. */
const patient = { testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    reporters: [
      "default",
      "./scripts/LeftOutReporter.ts",
      ["json", { outputFile: "node_modules/.vitest/report.json" }]
    ],
    projects: [
      {
        ...shared,
        test: {
          ...patient,
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: heavy,
          // Files share the modules of their worker: loading them anew for each took two thirds of the time.
          isolate: false,
          sequence: { groupOrder: 0 }
        }
      },
      {
        ...shared,
        test: {
          ...patient,
          name: "heavy",
          include: heavy,
          fileParallelism: false,
          // The room for young objects stays as it is: where memory is looked at, its growth would say nothing.
          execArgv: ["--max-semi-space-size=16"],
          sequence: { groupOrder: 1 }
        }
      }
    ]
  }
})
