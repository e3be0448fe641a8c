/**
 * Which answers of the simulator are fixed, and what it imports.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { globSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { areas } from "../../src/simulator/areas/index.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const routes = areas.flatMap((area) => area.routes)

/** Endpoints that only read, and have one answer: reviewed here, one by one. */
const reviewed = [
  "GET /cgi-bin/get_api_domain_ip",
  "GET /cgi-bin/getcallbackip"
]

describe("the simulator", () => {
  it("has canned answers for the reviewed endpoints alone", () => {
    const canned = routes.filter((route) => route.source === "fixed")
    assert.sameMembers(canned.map(({ endpoint }) => endpoint.name), reviewed)
    assert.deepStrictEqual(
      canned.filter(({ endpoint }) => !endpoint.idempotent).map(({ endpoint }) => endpoint.name),
      []
    )
  })

  it.effect("gives canned answers that fit", () =>
    Effect.gen(function*() {
      for (const name of reviewed) {
        const [method, path = ""] = name.split(" ")
        const answer = yield* method === "GET" ? called.get(path) : called.post(path, {})
        assert.strictEqual(answer.errcode, 0)
        assert.isAbove(Object.keys(answer).length, 2)
      }
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))))

  it("imports nothing of any platform but for its server", () => {
    const root = fileURLToPath(new URL("../..", import.meta.url))
    const sources = new Map(
      globSync("src/**/*.ts", { cwd: root }).map((file) => [file, readFileSync(join(root, file), "utf8")])
    )
    const seen = new Set<string>()
    const platform: Array<string> = []
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      const statement = /^(?:import|export)(?! type\b)(?:\s[^"';]*?\sfrom)?\s*"([^"]+)"/gm
      for (const [, specifier = ""] of (sources.get(file) ?? "").matchAll(statement)) {
        if (specifier.startsWith(".")) visit(normalize(join(dirname(file), specifier)))
        else if (
          !/^(?:effect|@noble\/hashes)\/|^fast-xml-parser$/.test(specifier) && !specifier.startsWith("@noble/")
        ) {
          platform.push(`${file}: ${specifier}`)
        }
      }
    }
    visit("src/simulator/Simulator.ts")
    assert.isAbove(seen.size, 50)
    assert.deepStrictEqual(platform, [])
  })
})
