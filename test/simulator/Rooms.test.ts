/**
 * How the simulator is built: areas stand on the engine and know each other only downwards; what they say of endpoints is
 * said of ones that there are.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { catalogue } from "../../src/catalogue.ts"
import * as Endpoint from "../../src/Endpoint.ts"
import { areas } from "../../src/simulator/areas/index.ts"
import { circling, importsBelow, importsOfRooms, upward } from "../support/imports.ts"

const root = fileURLToPath(new URL("../../src/simulator", import.meta.url))

const imports = importsBelow("src/simulator")

const files = [...imports.keys()]

const text = (file: string) => readFileSync(join(root, file), "utf8")

/** The room of a file: `engine`, `inspector`, one of the areas, the list of them, or the roof above all. */
const roomOf = (file: string): string => {
  const [first = "", second = "", ...rest] = file.split("/")
  return second === "" ? "roof" : first === "areas" && rest.length > 0 ? `areas/${second}` : first
}

describe("the rooms of the simulator", () => {
  it("have no circles, among files or among rooms", () => {
    assert.deepStrictEqual(circling(imports), [])
    const graph = importsOfRooms(imports, roomOf)
    assert.isAbove(graph.size, 10)
    assert.deepStrictEqual(circling(graph), [])
  })

  it("stand on each other in one order: engine, areas, the list of areas, seed, control, inspector, roof, server", () => {
    const floor = (room: string) =>
      room === "engine"
        ? 0
        : room.startsWith("areas/")
        ? 1
        : ["areas", "seed", "control", "inspector", "roof", "server"].indexOf(room) + 2
    assert.deepStrictEqual(upward(imports, (file) => floor(roomOf(file))), [])
  })
})

describe("areas", () => {
  it("are named like their folders, and all listed", () => {
    const folders = files.flatMap((file) => /^areas\/([^/]+)\/area\.ts$/.exec(file)?.[1] ?? [])
    assert.sameMembers(areas.map(({ name }) => name), folders)
  })

  it("serve endpoints of the catalogue, each once", () => {
    const served = areas.flatMap(({ routes }) => routes.map(({ endpoint }) => endpoint.name))
    const known = new Set(catalogue.map(({ endpoint }) => Endpoint.describe(endpoint).name))
    assert.deepStrictEqual(served.filter((name) => !known.has(name) && !name.includes("/_simulator/")), [])
    assert.deepStrictEqual(served.filter((name, index) => served.indexOf(name) !== index), [])
  })

  it("say what apps need for modules and methods that there are, each once", () => {
    const names = areas.flatMap(({ access = {} }) => Object.keys(access))
    const known = new Set(catalogue.flatMap(({ method, module }) => [
      `${module}.${method}`,
      ...module.split("/").map((_, depth, parts) => parts.slice(0, depth + 1).join("/"))
    ]))
    assert.deepStrictEqual(names.filter((name) => !known.has(name)), [])
    assert.deepStrictEqual(names.filter((name, index) => names.indexOf(name) !== index), [])
  })

  it("keep state under keys that begin with their name, each once", () => {
    const keys = files.flatMap((file) =>
      [...text(file).matchAll(/^(?! \*).*\b(?:State|Collection)\.make(?:<[^(]*>)?\(\s*["`]([^"`]+)["`]/gm)].map((
        [, key = ""]
      ) => ({ file, key }))
    )
    assert.isAbove(keys.length, 30)
    const misplaced = keys.filter(({ file, key }) =>
      !`areas/${key}`.startsWith(`${roomOf(file)}/`) && roomOf(file) !== "engine"
    )
    assert.deepStrictEqual(misplaced, [])
    assert.deepStrictEqual(keys.filter(({ key }, index) => keys.findIndex((other) => other.key === key) !== index), [])
  })
})
