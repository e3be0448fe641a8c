/**
 * The package as its users get it: packed, unpacked into another project, imported by name.
 */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { catalogue } from "../src/catalogue.ts"

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
    const manifest: { readonly files: ReadonlyArray<string> } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8")
    )
    const packed = manifest.files.filter((name) => name !== "dist")
    for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json", "LICENSE", "README.md", ...packed]) {
      cpSync(join(root, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
    mkdirSync(installed, { recursive: true })
    for (const name of ["effect", "fast-xml-parser", "@noble", "@types"]) {
      symlinkSync(join(root, "node_modules", name), join(user, "node_modules", name))
    }
    writeFileSync(join(user, "package.json"), "{ \"type\": \"module\" }")
    run("npm", "pack", copy, "--silent", "--pack-destination", scratch)
    const [tarball = ""] = readdirSync(scratch).filter((name) => name.endsWith(".tgz"))
    run("tar", "-xzf", join(scratch, tarball), "-C", installed, "--strip-components=1")
  }, 120_000)
  afterAll(() => rmSync(scratch, { recursive: true }))

  /** Every barrel, as it is imported. */
  const barrels = () =>
    globSync("**/index.js", { cwd: join(installed, "dist") }).toSorted()
      .filter((name) => name !== "simulator/areas/index.js")
      .map((name) => join("effect-wecom", dirname(name)))

  it("is imported by name, compiled, without any package but those it needs", () => {
    assert.isAbove(barrels().length, 18)
    const script = `
      for (const name of [...${JSON.stringify(barrels())}, "effect-wecom/catalogue"]) {
        await import(name).catch((error) => console.log(name, error.code))
      }
      const { Departments } = await import("effect-wecom/contacts")
      console.log(typeof Departments.layer, import.meta.resolve("effect-wecom/contacts"))`
    assert.match(
      run(process.execPath, "--input-type=module", "--eval", script),
      /^effect-wecom\/node ERR_MODULE_NOT_FOUND\neffect-wecom\/oa\/smart-documents\/markdown ERR_MODULE_NOT_FOUND\neffect-wecom\/simulator\/server ERR_MODULE_NOT_FOUND\nobject file:.*\/dist\/contacts\/index\.js\n$/
    )
  })

  it("has a command, which says what it lacks", () => {
    const { bin, version }: { readonly bin: { readonly wecom: string }; readonly version: string } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8")
    )
    const command = join(installed, bin.wecom)
    assert.isTrue(readFileSync(command, "utf8").startsWith("#!/usr/bin/env node\n"))
    assert.strictEqual(run(process.execPath, command, "--version"), `${version}\n`)
    assert.throws(() => run(process.execPath, command, "user", "list"), /npm install @effect\/platform-node/)
    assert.isTrue(existsSync(join(installed, "openapi/wecom.json")))
  })

  it("has the program of the simulator's page, bundled", () => {
    const served = readFileSync(join(installed, "dist/simulator/inspector/bundle.js"), "utf8")
    assert.include(served, "WeCom simulator|企业微信模拟器")
    assert.isFalse(existsSync(join(installed, "dist/simulator/inspector/page")))
  })

  it("is reached through its barrels alone", () => {
    const script = `
      const closed = ["internal/callback/xml", "contacts/Users", "WeComClient", "simulator/World", "simulator/areas"]
      for (const name of closed) {
        await import("effect-wecom/" + name).then(() => console.log(name, "loaded"), (error) => console.log(error.code))
      }`
    assert.deepStrictEqual(
      run(process.execPath, "--input-type=module", "--eval", script).trim().split("\n"),
      [
        "ERR_PACKAGE_PATH_NOT_EXPORTED",
        "ERR_MODULE_NOT_FOUND",
        "ERR_MODULE_NOT_FOUND",
        "ERR_PACKAGE_PATH_NOT_EXPORTED",
        "ERR_PACKAGE_PATH_NOT_EXPORTED"
      ]
    )
  })

  it("is type-checked by name, also by a project that has no Node's types and checks the declarations", () => {
    writeFileSync(
      join(user, "all.ts"),
      // What is for Node has the types of `@effect/platform-node`, which this project has not.
      barrels().filter((name) => name !== "effect-wecom/node").map((name, index) =>
        `export * as m${index} from "${name}"\n`
      ).join("")
    )
    writeFileSync(
      join(user, "main.ts"),
      `import { TokenCache, WeComApp, WeComClient, type SecretApp } from "effect-wecom"
       import { Departments } from "effect-wecom/contacts"
       // @ts-expect-error: internal modules are not exported
       import * as xml from "effect-wecom/internal/callback/xml"
       export const layer = Departments.layer
       export const app: WeComApp = WeComApp.secret({} as Omit<SecretApp, "_tag">)
       export const statics = [WeComClient.withOptions, WeComClient.RetryPolicy, TokenCache.renewals, TokenCache.layer]
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
          skipLibCheck: false
        },
        files: ["main.ts", "all.ts"]
      })
    )
    assert.strictEqual(run(process.execPath, join(root, "node_modules/typescript/bin/tsc")), "")
  }, 60_000)

  it("has declarations that an editor reads at once", () => {
    const sizes = globSync("**/*.d.ts", { cwd: join(installed, "dist") })
      .map((name) => [readFileSync(join(installed, "dist", name)).length, name] as const)
    assert.deepStrictEqual(sizes.filter(([size]) => size > 256_000), [])
    // What an editor has to read: 4 kB for an endpoint, with its models and texts.
    assert.isBelow(sizes.reduce((sum, [size]) => sum + size, 0), 4100 * catalogue.length)
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
    for (const name of ["test", "bench", "scripts", "node_modules"]) assert.isFalse(names.has(name), name)
  })

  it("holds whatever its documents link to", () => {
    const documents = globSync("{*,docs/*}.md", { cwd: installed })
    assert.includeMembers(documents, ["README.md", "README.zh-CN.md", "API.md", "docs/testing.md"])
    const links = documents.flatMap((document) =>
      [...readFileSync(join(installed, document), "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, path = ""]) => join(dirname(document), path))
    )
    assert.isAbove(links.length, 15)
    assert.deepStrictEqual(links.filter((path) => !existsSync(join(installed, path))), [])
  })
})
