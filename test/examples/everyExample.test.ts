/**
 * Every file under `examples/` is run by a test: imported by one, started by one as a process, or imported by an example
 * that is.
 */
import { assert, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))
const read = (file: string) => readFileSync(join(root, file), "utf8")

/** What a file imports and starts, as paths from the root. */
const uses = (file: string): ReadonlyArray<string> => {
  const text = read(file)
  const imported = [...text.matchAll(/^import .*"(\.{1,2}\/[^"]+\.ts)"$/gm)].map(([, path = ""]) =>
    normalize(join(dirname(file), path))
  )
  const started = [...text.matchAll(/\b(?:run|start)\("(examples\/[^"]+\.ts)"/g)].map(([, path = ""]) => path)
  return [...imported, ...started].filter((path) => path.startsWith("examples/"))
}

it("every example is run by a test", () => {
  const run = new Set<string>()
  const visit = (file: string): void => {
    for (const used of uses(file)) {
      if (run.has(used)) continue
      run.add(used)
      visit(used)
    }
  }
  for (const file of globSync("test/**/*.test.ts", { cwd: root })) visit(file)
  const examples = globSync("examples/**/*.ts", { cwd: root })
  assert.isAbove(examples.length, 15)
  assert.deepStrictEqual(examples.filter((file) => !run.has(file)), [])
})
