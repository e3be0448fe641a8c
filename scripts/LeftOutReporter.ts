import type { Reporter, TestCase, TestModule } from "vitest/node"

/** After the run, names every test that was left out and says why, so that nobody takes it for passed. */
export default class LeftOutReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const leftOut = modules.flatMap((module) =>
      Array.from(module.children.allTests("skipped"), (test) => {
        return `  ${module.relativeModuleId} > ${test.fullName}: ${reason(test, module)}`
      })
    )
    if (leftOut.length > 0) {
      console.log(`Left out, not passed (${leftOut.length}):\n${leftOut.join("\n")}\n`)
    }
  }
}

const reason = (test: TestCase, module: TestModule): string => {
  const result = test.result()
  if (result.state === "skipped" && result.note !== undefined) return result.note
  if (test.options.mode === "todo") return "not written yet"
  return module.ok() ? "no reason given" : "its suite failed before it"
}
