/**
 * How the simulator is built: areas stand on the engine and know each other only downwards; what they say of endpoints is
 * said of ones that there are.
 */
import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { catalogue } from "../../src/catalogue.ts"
import * as Endpoint from "../../src/Endpoint.ts"
import { areas } from "../../src/simulator/areas/index.ts"

const root = fileURLToPath(new URL("../../src/simulator", import.meta.url))

const files = globSync("**/*.ts", { cwd: root }).map((file) => file.replaceAll("\\", "/"))

const text = (file: string) => readFileSync(join(root, file), "utf8")

/** What a file imports of the simulator, types included. */
const importsOf = (file: string): ReadonlyArray<string> =>
  [...text(file).matchAll(/from "(\.[^"]+)"/g)].map(([, path = ""]) => normalize(join(dirname(file), path)))
    .filter((path) => !path.startsWith(".."))

/** The room of a file: `engine`, `inspector`, one of the areas, the list of them, or the roof above all. */
const roomOf = (file: string): string => {
  const [first = "", second = "", ...rest] = file.split("/")
  return second === "" ? "roof" : first === "areas" && rest.length > 0 ? `areas/${second}` : first
}

/** What lies on a circle: what can be reached from itself. */
const circling = (graph: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyArray<string> =>
  [...graph.keys()].filter((start) => {
    const seen = new Set<string>()
    const next = [...graph.get(start) ?? []]
    for (const node of next) {
      if (seen.has(node)) continue
      seen.add(node)
      next.push(...graph.get(node) ?? [])
    }
    return seen.has(start)
  })

describe("the rooms of the simulator", () => {
  it("have no circles, among files or among rooms", () => {
    assert.deepStrictEqual(circling(new Map(files.map((file) => [file, new Set(importsOf(file))]))), [])
    const rooms = Map.groupBy(files, roomOf)
    const graph = new Map(
      [...rooms].map(([room, members]) => [
        room,
        new Set(members.flatMap((file) => importsOf(file).map(roomOf).filter((other) => other !== room)))
      ])
    )
    assert.isAbove(graph.size, 10)
    assert.deepStrictEqual(circling(graph), [])
  })

  it("stand on each other in one order: engine, areas, the list of areas, inspector, roof", () => {
    const floor = (room: string) =>
      room === "engine" ? 0 : room.startsWith("areas/") ? 1 : ["areas", "inspector", "roof"].indexOf(room) + 2
    const upward = files.flatMap((file) =>
      importsOf(file).flatMap((other) => floor(roomOf(other)) > floor(roomOf(file)) ? [`${file} -> ${other}`] : [])
    )
    assert.deepStrictEqual(upward, [])
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
