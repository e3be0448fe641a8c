/**
 * The package as its users get it: packed, unpacked into another project, imported by name.
 */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

describe("the packed package", () => {
  const scratch = mkdtempSync(join(tmpdir(), "effect-wecom-"))
  const user = join(scratch, "user")
  const installed = join(user, "node_modules", "effect-wecom")

  const run = (command: string, ...args: ReadonlyArray<string>): string => {
    try {
      return execFileSync(command, args, { cwd: user, encoding: "utf8", stdio: "pipe" })
    } catch (error) {
      // The compiler complains on standard output, Node on standard error.
      const { stderr, stdout } = error as { stdout: string; stderr: string } // what execFileSync throws
      throw new Error(`${stdout}\n${stderr}`, { cause: error })
    }
  }

  beforeAll(() => {
    const copy = join(scratch, "package")
    for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json", "LICENSE", "src"]) {
      cpSync(join(root, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
    mkdirSync(installed, { recursive: true })
    for (const name of ["effect", "fast-xml-parser", "@types"]) {
      symlinkSync(join(root, "node_modules", name), join(user, "node_modules", name))
    }
    writeFileSync(join(user, "package.json"), "{ \"type\": \"module\" }")
    run("npm", "pack", copy, "--silent", "--pack-destination", scratch)
    const [tarball = ""] = readdirSync(scratch).filter((name) => name.endsWith(".tgz"))
    run("tar", "-xzf", join(scratch, tarball), "-C", installed, "--strip-components=1")
  }, 120_000)
  afterAll(() => rmSync(scratch, { recursive: true }))

  it("is imported by name, compiled", () => {
    const script = `import("effect-wecom/contacts/Departments").then((module) =>
      console.log(typeof module.Departments.layer, import.meta.resolve("effect-wecom/contacts/Departments")))`
    assert.match(
      run(process.execPath, "--input-type=module", "--eval", script),
      /^object file:.*\/dist\/contacts\/Departments\.js\n$/
    )
  })

  it("keeps internal modules to itself", () => {
    const script =
      `import("effect-wecom/internal/xml").then(() => console.log("loaded"), (error) => console.log(error.code))`
    assert.strictEqual(
      run(process.execPath, "--input-type=module", "--eval", script),
      "ERR_PACKAGE_PATH_NOT_EXPORTED\n"
    )
  })

  it("is type-checked by name, also by a project without Node's types", () => {
    writeFileSync(
      join(user, "main.ts"),
      `import { Departments } from "effect-wecom/contacts/Departments"
       // @ts-expect-error: internal modules are not exported
       import * as xml from "effect-wecom/internal/xml"
       export const layer = Departments.layer
       // @ts-expect-error: a value has a type, so the declarations were found
       export const wrong: string = Departments.layer
       void xml`
    )
    writeFileSync(
      join(user, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          module: "nodenext",
          target: "es2023",
          noEmit: true,
          types: [],
          skipLibCheck: true
        },
        files: ["main.ts"]
      })
    )
    assert.strictEqual(run(process.execPath, join(root, "node_modules/typescript/bin/tsc")), "")
  })

  it("has no any in its declarations", () => {
    const found = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".d.ts"))
      .flatMap((name) => {
        const code = readFileSync(join(installed, "dist", name), "utf8")
          .replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g, "")
        return code.split("\n").flatMap((line) => /\bany\b/.test(line) ? [`${name}: ${line.trim().slice(0, 200)}`] : [])
      })
    assert.deepStrictEqual(found, [])
  })

  it("holds what it needs, and no more", () => {
    const names = new Set(readdirSync(installed))
    for (const name of ["LICENSE", "dist", "package.json", "src"]) assert.isTrue(names.has(name), name)
    for (const name of ["test", "bench", "scripts", "examples", "node_modules"]) assert.isFalse(names.has(name), name)
  })
})
