import { spawnSync } from "node:child_process"
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import { median, type Row } from "./Row.ts"

/** How long the compiler takes over the whole project. */
export const types = (): Promise<ReadonlyArray<Row>> => {
  const cwd = fileURLToPath(new URL("..", import.meta.url))
  const seconds = Array.from({ length: 3 }, () => {
    const start = performance.now()
    const { status, stdout } = spawnSync("tsc", ["--noEmit"], { cwd, encoding: "utf8" })
    if (status !== 0) throw new Error(`The project does not type-check:\n${stdout}`)
    return (performance.now() - start) / 1000
  })
  return Promise.resolve([{
    what: "type-checking the whole project (src, test, examples, bench, scripts)",
    ours: `${median(seconds).toFixed(1)} s`,
    alternative: "",
    ratio: "",
    bar: "",
    held: undefined
  }])
}
