import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { fileURLToPath, pathToFileURL } from "node:url"
import { opened } from "../test/types/hover.ts"
import { build } from "./build.ts"
import { median, type Row } from "./Row.ts"

/** How long the compiler takes over the whole project, and an editor over a file of its user. */
export const types = async (): Promise<ReadonlyArray<Row>> => [compiling(), await completing()]

const compiling = (): Row => {
  const cwd = fileURLToPath(new URL("..", import.meta.url))
  const seconds = Array.from({ length: 3 }, () => {
    const start = performance.now()
    const { status, stdout } = spawnSync("tsc", ["--noEmit"], { cwd, encoding: "utf8" })
    if (status !== 0) throw new Error(`The project does not type-check:\n${stdout}`)
    return (performance.now() - start) / 1000
  })
  return {
    what: "type-checking the whole project (src, test, examples, bench, scripts)",
    ours: `${median(seconds).toFixed(1)} s`,
    alternative: "",
    ratio: "",
    bar: "",
    held: undefined
  }
}

const program = `import { Effect } from "effect"
import { Approvals } from "effect-wecom/oa/approvals"
import { Users } from "effect-wecom/contacts"
import { Customers } from "effect-wecom/customers"
import { Meetings } from "effect-wecom/oa/meetings"
import { Message, Messages } from "effect-wecom/messages"

export const program = Effect.gen(function*() {
  const approvals = yield* Approvals
  const customers = yield* Customers
  const meetings = yield* Meetings
  const messages = yield* Messages
  const users = yield* Users
  yield* messages.send(Message.text("hello").to({ users: ["u1"] }))
`

/** Completes a method of each of five services in a file outside the project that imports the compiled package. */
const completing = async (): Promise<Row> => {
  const scratch = build()
  const home = mkdtempSync(join(tmpdir(), "effect-wecom-user-"))
  try {
    mkdirSync(join(home, "node_modules"))
    symlinkSync(scratch, join(home, "node_modules", "effect-wecom"))
    symlinkSync(fileURLToPath(new URL("../node_modules/effect", import.meta.url)), join(home, "node_modules", "effect"))
    writeFileSync(
      join(home, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { module: "nodenext", target: "es2024", strict: true, noEmit: true } })
    )
    const file = join(home, "program.ts")
    writeFileSync(file, `${program}})\n`)
    const uri = pathToFileURL(file).href
    await using server = await opened(uri, `${program}})\n`, pathToFileURL(`${home}/`))
    const expected = {
      users: "listIds",
      messages: "recall",
      approvals: "submit",
      customers: "list",
      meetings: "create"
    }
    const millis: Array<number> = []
    let version = 1
    for (let round = 0; round < 12; round++) {
      for (const [service, method] of Object.entries(expected)) {
        // Each time as if typed anew: the file has changed, and its types are asked for again.
        const line = `  yield* ${service}.`
        const text = `${program}  // ${round}\n${line}\n})\n`
        server.notify("textDocument/didChange", {
          textDocument: { uri, version: ++version },
          contentChanges: [{ text }]
        })
        const position = { line: program.split("\n").length, character: line.length }
        const start = performance.now()
        const { result } = await server.request("textDocument/completion", { textDocument: { uri }, position })
        const took = performance.now() - start
        if (!result?.items?.some(({ label }) => label === method)) {
          throw new Error(`${service}.${method} was not offered: ${result?.items?.map(({ label }) => label).join(" ")}`)
        }
        if (round >= 2) millis.push(took)
      }
    }
    return {
      what: "completing a method in a file that imports five areas, warm",
      ours: `${median(millis).toFixed(1)} ms, at most ${Math.max(...millis).toFixed(1)} ms`,
      alternative: "",
      ratio: "",
      bar: "< 20 ms",
      held: median(millis) < 20
    }
  } finally {
    rmSync(scratch, { recursive: true })
    rmSync(home, { recursive: true })
  }
}
