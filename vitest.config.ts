import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import { BaseSequencer, type TestSpecification } from "vitest/node"

const conditions = ["effect-wecom-source"]

/**
 * Suites of several processes, or of much work, each in a process of its own. They begin first, in this order: those that
 * mostly wait stand beside those that mostly compute, and none that is long is left for the end.
 */
const heavy = [
  "test/limits/RateLimits.fleet.test.ts",
  "test/package.test.ts",
  "test/callback/CallbackInbox.fleet.test.ts",
  "test/adding.test.ts",
  "test/robot/SmartRobotSocket.soak.test.ts",
  "test/cli/command.test.ts",
  "test/robot/SmartRobotSocket.fleet.test.ts",
  "test/simulator/Inspector.browser.test.ts",
  "test/token/fleet.test.ts",
  "test/callback/fuzz.test.ts",
  "test/soak.test.ts",
  "test/cli/mcp.test.ts",
  "test/cli/openapi.test.ts"
]

/** Whatever else is of that sort, after these. */
const alsoHeavy = ["test/**/*soak*.test.ts", "test/**/*.browser.test.ts"]

/** Starts the heavy suites in the order above; the others as they come. */
class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = heavy.findIndex((file) => moduleId.endsWith(file))
      return index === -1 ? heavy.length : index
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- of the sequencer, and of no array
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } }
}

const common = {
  // A busy machine takes longer: what fails of it says nothing.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  // One more than there are processors: many suites wait for other processes, or for a time to pass.
  maxWorkers: availableParallelism() + 1,
  // Processes that tests start need not compile the same modules over and over.
  env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.vitest/compiled", import.meta.url)) }
}

export default defineConfig({
  test: {
    reporters: [
      "default",
      "./scripts/LeftOutReporter.ts",
      ["json", { outputFile: "node_modules/.vitest/report.json" }]
    ],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...shared,
        test: {
          ...common,
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: [...heavy, ...alsoHeavy],
          // Files share the modules of their worker: loading them anew for each took two thirds of the time.
          isolate: false
        }
      },
      {
        ...shared,
        test: {
          ...common,
          name: "heavy",
          include: [...heavy, ...alsoHeavy],
          // The room for young objects stays as it is: where memory is looked at, its growth would say nothing.
          execArgv: ["--max-semi-space-size=16"]
        }
      }
    ]
  }
})
