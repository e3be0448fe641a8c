/**
 * Prints `N passed, N failed` from a JSON report of vitest; exits 1 if anything failed or nothing ran. A file that could
 * not be loaded holds no tests: it counts as one that failed.
 */
import { existsSync, readFileSync } from "node:fs"

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly success: boolean
  readonly testResults: ReadonlyArray<{ readonly status: string; readonly assertionResults: ReadonlyArray<unknown> }>
}

const [path = ""] = process.argv.slice(2)
if (!existsSync(path)) {
  console.log("0 passed, 0 failed")
  process.exit(1)
}
const report: Report = JSON.parse(readFileSync(path, "utf8"))
const unloadable = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0)
const failed = report.numFailedTests + unloadable.length
console.log(`${report.numPassedTests} passed, ${failed} failed`)
process.exitCode = report.success && failed === 0 && report.numPassedTests > 0 ? 0 : 1
