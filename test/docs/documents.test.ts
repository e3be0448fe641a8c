/**
 * What documents promise.
 */
import { assert, describe, it } from "@effect/vitest"
import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { families } from "../../scripts/errcode-families.ts"
import { errorCodes } from "../../src/internal/errorCodes.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const read = (path: string) => readFileSync(join(root, path), "utf8")

describe("SECURITY.md", () => {
  it("names a test that exists for each threat", () => {
    const rowsOf = (text = "") => text.split("\n").filter((line) => line.startsWith("| ")).slice(2)
    const rows = rowsOf(read("SECURITY.md").split("## Threats and their tests")[1])
    assert.isAtLeast(rows.length, 25)
    const tests = (all: ReadonlyArray<string>) => all.map((row) => /`test\/.*"/.exec(row)?.[0])
    assert.deepStrictEqual(tests(rowsOf(read("SECURITY.zh-CN.md").split("## 威胁与对应的测试")[1])), tests(rows))
    const wrong = rows.flatMap((row) => {
      const [, path = "", title = ""] = /`(test\/[^`]+)`: "([^"]+)"/.exec(row) ?? []
      return existsSync(join(root, path)) && path !== "" && read(path).includes(`"${title}"`) ? [] : [row]
    })
    assert.deepStrictEqual(wrong, [])
  })
})

describe("pages for agents", () => {
  it("AGENTS.md is read in one go", () => {
    assert.isAtMost(read("AGENTS.md").trimEnd().split("\n").length, 150)
  })

  it("the skill says what it is for, and points to files of the package", () => {
    const skill = read("skills/effect-wecom/SKILL.md")
    assert.match(skill, /^---\nname: effect-wecom\ndescription: .{50,1024}\n---\n/)
    const { files }: { readonly files: ReadonlyArray<string> } = JSON.parse(read("package.json"))
    const named = [...skill.matchAll(/node_modules\/effect-wecom\/([\w./-]+)/g)].map(([, path = ""]) => path)
    assert.isAtLeast(named.length, 4)
    for (const path of named) {
      assert.isTrue(existsSync(join(root, path)), path)
      assert.isTrue(files.some((file) => path === file || path.startsWith(`${file}/`)), `${path} is not packed`)
    }
  })

  it("llms.txt lists every guide", () => {
    const list = read("llms.txt")
    const guides = globSync("docs/**/*.md", { cwd: root }).filter((path) => !path.endsWith(".zh-CN.md"))
    assert.deepStrictEqual(guides.filter((path) => !list.includes(`](${path})`)), [])
  })
})

describe("what one is told to type", () => {
  const documents = [
    "README.md",
    "README.zh-CN.md",
    "AGENTS.md",
    "CONTRIBUTING.md",
    "CONTRIBUTING.zh-CN.md",
    ...globSync("{docs,skills}/**/*.md", { cwd: root })
  ]
  /** What stands after a command, in code blocks and in the text. */
  const typed = (command: RegExp) =>
    documents.flatMap((path) => [...read(path).matchAll(command)].map(([, word = ""]) => `${path}: ${word}`))

  it("are scripts of this project", () => {
    const { scripts }: { readonly scripts: { readonly [name: string]: string } } = JSON.parse(read("package.json"))
    const found = typed(/\bnpm run (?:-s )?([\w:-]+)/g)
    assert.isAbove(found.length, 10)
    assert.deepStrictEqual(found.filter((line) => !Object.hasOwn(scripts, line.split(": ")[1] ?? "")), [])
  })

  it("are commands of wecom", () => {
    const commands = new Set(
      globSync("src/cli/**/*.ts", { cwd: root }).flatMap((path) =>
        [...read(path).matchAll(/(?:Command\.make|Command\.Command)\(\s*"([a-z-]+)"/g)].map(([, name]) => name)
      )
    )
    const found = typed(/(?:^|`|npx )wecom ([a-z][a-z-]*)/gm)
      // Spans have such names too.
      .filter((line) => !line.startsWith("docs/observability."))
    assert.isAbove(found.length, 20)
    assert.deepStrictEqual(found.filter((line) => !commands.has(line.split(": ")[1])), [])
  })
})

describe("docs/errcodes", () => {
  it("say what each code is called", () => {
    const lines = globSync("docs/errcodes/*.md", { cwd: root })
      .flatMap((path) => read(path).split("\n").filter((line) => /^(- |\| +)-?\d+ /.test(line)))
    assert.isAbove(lines.length, 1000)
    assert.deepStrictEqual(lines.filter((line) => /^- -?\d+ +(\(`|$)|^\| +-?\d+ \| +\|/.test(line)), [])
  })

  it("have every code once", () => {
    const codes = errorCodes.trim().split("\n").map((line) => line.split(" ")[0]!).filter((code) => code !== "0")
    for (const suffix of ["", ".zh-CN"]) {
      const shown = families.flatMap(({ id }) =>
        [...read(`docs/errcodes/${id}${suffix}.md`).matchAll(/^- (-?\d+)\b/gm)].map(([, code = ""]) => code)
      )
      assert.deepStrictEqual(shown.toSorted(), codes.toSorted())
    }
  })
})
