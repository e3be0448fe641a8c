/**
 * Importing one area loads that area, not the others; and nothing of Node, so that it runs anywhere.
 */
import { assert, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { globSync, readFileSync } from "node:fs"
import { basename, dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const files = globSync("src/**/*.ts", { cwd: root }).toSorted()
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]))
const domains = files.filter((file) => /\bDomain\.Service</.test((sources.get(file) ?? "").replace(/^\s*\*.*$/gm, "")))

const services = files.filter((file) => /\b(?:Domain|Context)\.Service</.test(sources.get(file) ?? ""))
const areas = [...new Set(domains.map((file) => dirname(file)))]
const barrels = files.filter((file) => basename(file) === "index.ts" && file !== "src/simulator/areas/index.ts")

/** The files that a file loads when it runs, itself included: `import type` loads nothing. */
const loadedBy = (file: string, seen: Set<string> = new Set()): ReadonlySet<string> => {
  if (seen.has(file)) return seen
  seen.add(file)
  const statement = /^(?:import|export)(?! type\b)(?:\s[^"';]*?\sfrom)?\s*"(\.[^"]+)"/gm
  for (const [, specifier = ""] of (sources.get(file) ?? "").matchAll(statement)) {
    loadedBy(normalize(join(dirname(file), specifier)), seen)
  }
  return seen
}

describe("what needs Node", () => {
  const external = /^(?:import|export)(?! type\b)(?:\s[^"';]*?\sfrom)?\s*"(?:node:|@effect\/platform-node)/m
  const bound = files.filter((file) => !file.startsWith("src/cli/") && external.test(sources.get(file) ?? ""))

  it("is the server of the simulator, the faster cryptography, the client and its certificate, beside the command", () =>
    assert.deepStrictEqual(bound, [
      "src/node/MerchantCertificate.ts",
      "src/node/NodeCallbackCrypto.ts",
      "src/node/NodeClient.ts",
      "src/simulator/server/SimulatorServer.ts"
    ]))

  it.each(barrels.filter((file) => !/^src\/(?:node|simulator\/server)\//.test(file)))("is not loaded by %s", (file) => {
    assert.isAbove(loadedBy(file).size, file === "src/labels/index.ts" ? 3 : 5)
    assert.deepStrictEqual(bound.filter((name) => loadedBy(file).has(name)), [])
  })
})

describe("importing one area", () => {
  it("there are areas, and each has a barrel", () => {
    assert.isAbove(areas.length, 9)
    assert.includeMembers(barrels, areas.map((area) => `${area}/index.ts`))
  })

  it.each(areas)("%s loads its own services, and of other areas models alone", (area) => {
    const loaded = [...loadedBy(`${area}/index.ts`)]
    assert.isTrue(loaded.some((file) => domains.includes(file)))
    const others = loaded.filter((file) => services.includes(file) && dirname(file) !== area)
    assert.deepStrictEqual(others.filter((file) => areas.includes(dirname(file))), [])
  })

  it.each(domains)("%s loads no other domain", (domain) => {
    const others = [...loadedBy(domain)].filter((file) => file !== domain && domains.includes(file))
    assert.deepStrictEqual(others, [])
  })

  it("the root loads no area", () => {
    const loaded = [...loadedBy("src/index.ts")]
    assert.include(loaded, "src/WeComClient.ts")
    assert.deepStrictEqual(loaded.filter((file) => areas.includes(dirname(file))), [])
  })

  it("the files that Node loads are those that the import statements say", () => {
    const barrel = "src/contacts/index.ts"
    const script = `
      import { registerHooks } from "node:module"
      registerHooks({
        load: (url, context, next) => {
          if (url.startsWith(${JSON.stringify(new URL("../src/", import.meta.url).href)})) console.log(url)
          return next(url, context)
        }
      })
      await import("effect-wecom/contacts")`
    const output = execFileSync(
      process.execPath,
      ["--conditions=effect-wecom-source", "--input-type=module", "--eval", script],
      { cwd: root, encoding: "utf8" }
    )
    const loaded = output.trim().split("\n").map((url) => fileURLToPath(url).slice(root.length))
    assert.sameMembers(loaded, [...loadedBy(barrel)])
  })
})
