import type { Reporter, TestModule } from "vitest/node"

/** After the run, names every test that was left out and says why, so that nobody takes it for passed. */
export default class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const leftOut = modules.flatMap((module) =>
      Array.from(module.children.allTests("skipped"), (test) => {
        const result = test.result()
        const note = result.state === "skipped" ? result.note : undefined
        return `  ${module.relativeModuleId} > ${test.fullName}: ${
          note ?? (test.options.mode === "todo" ? "not written yet" : "no reason given")
        }`
      })
    )
    if (leftOut.length > 0) {
      console.log(`Left out, not passed (${leftOut.length}):\n${leftOut.join("\n")}\n`)
    }
  }
}
