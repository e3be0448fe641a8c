import { execFileSync } from "node:child_process"
import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "./build.ts"
import { interleave, median, ratioOf, type Row } from "./Row.ts"

/** What the command costs before it does anything: whole processes, from their start to their end. */
export const cli = async (): Promise<ReadonlyArray<Row>> => {
  const scratch = build()
  try {
    writeFileSync(join(scratch, "nothing.js"), "")
    writeFileSync(join(scratch, "main.js"), "import \"./dist/cli/main.js\"\n")
    const bin = join(scratch, "dist/cli/bin.js")
    const time = (...args: ReadonlyArray<string>) => () => {
      const start = performance.now()
      execFileSync(process.execPath, args, { cwd: scratch, stdio: "ignore" })
      return Promise.resolve(performance.now() - start)
    }
    const millis = await interleave(21, {
      version: time(bin, "--version"),
      help: time(bin, "--help"),
      schema: time(bin, "schema", "search", "成员"),
      main: time("main.js"),
      nothing: time("nothing.js")
    })
    const row = (what: string, ours: keyof typeof millis, alternative: "main" | "nothing", bar?: number): Row => {
      const ratio = ratioOf(millis[ours], millis[alternative])
      const name = alternative === "main" ? "Node and the command's own module" : "Node alone"
      return {
        what,
        ours: `${median(millis[ours]).toFixed(0)} ms`,
        alternative: `${name}: ${median(millis[alternative]).toFixed(0)} ms`,
        ratio: ratio.toFixed(2),
        bar: bar === undefined ? "" : `<= ${bar}`,
        held: bar === undefined ? undefined : ratio <= bar
      }
    }
    return [
      row("`wecom --version`", "version", "main", 1.5),
      row("`wecom --version`", "version", "nothing"),
      row("`wecom --help`", "help", "main", 1.5),
      row("`wecom schema search`", "schema", "main")
    ]
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
