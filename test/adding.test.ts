/**
 * What adding an endpoint takes: its declaration, in one file of `src`. All else is derived by `npm run fix`.
 */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

/** The end of a domain, and an endpoint that is put there: with a limit, a time, and an optional field. */
const domain = "src/oa/todos/Todos.ts"
const endpoint = `,
  /**
   * 提醒待办. Reminds those who have not done a task. Returns when.
   * @see https://developer.work.weixin.qq.com/document/path/101534
   */
  remind: Endpoint.post("/cgi-bin/todo/remind", 101534, () => ({
    body: { todo_id: Schema.String, ...Wire.optionals({ text: Wire.chars(20) }) },
    success: Endpoint.pluck("remind_time", Wire.time)
  }))
}) {}
`

const call = `
  import { Effect, Layer } from "effect"
  import { catalogue } from "effect-wecom/catalogue"
  import { Todos } from "effect-wecom/oa/todos"
  import { Simulator } from "effect-wecom/simulator"
  const program = Effect.gen(function*() {
    const todos = yield* Todos
    const when = yield* todos.remind({ todo_id: "t1", text: "明天" })
    const refused = yield* Effect.flip(todos.remind({ todo_id: "t1", text: "字".repeat(21) }))
    const listed = catalogue.filter(({ method, service }) => service === "Todos" && method === "remind").length
    console.log(JSON.stringify({ listed, time: when._tag, refused: refused.message }))
  })
  await Effect.runPromise(Effect.provide(program, Layer.provideMerge(Todos.layer, Simulator.layerTest())))
`

describe("adding an endpoint", () => {
  const scratch = mkdtempSync(join(tmpdir(), "effect-wecom-"))
  const copy = join(scratch, "project")

  const run = (command: string, ...args: ReadonlyArray<string>): string => {
    try {
      return execFileSync(command, args, { cwd: copy, encoding: "utf8", stdio: "pipe", maxBuffer: 2 ** 26 })
    } catch (error) {
      // Tools complain on standard output or on standard error.
      const { stderr, stdout } = error as { stdout: string; stderr: string } // what execFileSync throws
      throw new Error(`${command} ${args.join(" ")}\n${stdout}\n${stderr}`, { cause: error })
    }
  }

  const text = (file: string) => readFileSync(join(copy, file), "utf8")

  /** The files of the copy that differ from the project's. */
  const changed = () => {
    const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8"
    })
    return files.trim().split("\n").filter((file) =>
      existsSync(join(root, file)) && text(file) !== readFileSync(join(root, file), "utf8")
    )
  }

  beforeAll(() => {
    const left = new Set([".git", "node_modules", "dist"].map((name) => join(root, name)))
    cpSync(root, copy, { recursive: true, filter: (path) => !left.has(path.replace(/\/$/, "")) })
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
    const shared = join(dirname(root.replace(/\/$/, "")), "shared")
    if (existsSync(shared)) symlinkSync(shared, join(scratch, "shared"))
  })
  afterAll(() => rmSync(scratch, { recursive: true }))

  it("takes one file in src: lists, pages and counts follow, every check passes, and the simulator serves it", () => {
    writeFileSync(join(copy, domain), text(domain).trimEnd().replace(/\n\}\) \{\}$/, endpoint))
    assert.deepStrictEqual(changed(), [domain])

    run("npm", "run", "fix")
    const generated = /^(?:docs|openapi)\/|^API\.md$|^src\/internal\/reflect\/(?:endpointIndex\.ts|texts\/)/
    assert.deepStrictEqual(changed().filter((file) => !generated.test(file)), [domain])
    assert.include(text("docs/api/oa/todos.md"), "`POST /cgi-bin/todo/remind`")
    assert.include(run("npm", "run", "check"), "checks passed")

    const said = run("node", "--conditions=effect-wecom-source", "--input-type=module", "--eval", call)
    assert.deepStrictEqual(JSON.parse(said), {
      listed: 1,
      time: "Utc",
      refused: "POST /cgi-bin/todo/remind: RequestInvalid: text: at most 20 characters are allowed, got 21"
    })
  }, 600_000)
})
