/**
 * What the files of the library import of each other.
 */
import { globSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"

/** Which files, or rooms, import which. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

/** What each file below a folder of the project imports of the others there, imports of types included. */
export const importsBelow = (folder: string): Graph => {
  const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url))
  const files = globSync("**/*.ts", { cwd: root }).map((file) => file.replaceAll("\\", "/"))
  return new Map(files.map((file) => {
    const code = readFileSync(join(root, file), "utf8").replace(/^\s*\*.*$/gm, "")
    const imported = [...code.matchAll(/\b(?:from|import\(|import) ?"(\.[^"]+)"/g)]
      .map(([, path = ""]) => normalize(join(dirname(file), path)))
      .filter((path) => !path.startsWith(".."))
    return [file, new Set(imported)]
  }))
}

/** The same for rooms, each of which holds some files. */
export const importsOfRooms = (files: Graph, roomOf: (file: string) => string): Graph => {
  const rooms = new Map<string, Set<string>>()
  for (const [file, imported] of files) {
    const room = roomOf(file)
    const others = rooms.get(room) ?? new Set()
    for (const other of imported) if (roomOf(other) !== room) others.add(roomOf(other))
    rooms.set(room, others)
  }
  return rooms
}

/** What lies on a circle: what can be reached from itself. */
export const circling = (graph: Graph): ReadonlyArray<string> =>
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

/** Imports of what stands higher, by the number of each file's floor. */
export const upward = (files: Graph, floorOf: (file: string) => number): ReadonlyArray<string> =>
  [...files].flatMap(([file, imported]) =>
    [...imported].flatMap((other) => floorOf(other) > floorOf(file) ? [`${file} -> ${other}`] : [])
  )
