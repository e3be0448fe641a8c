/**
 * Writes a generated file, or with `--check` on the command line says whether it is up to date.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"

/** The file's text is formatted as the rest of the project, then written or compared. */
export const emit = (path: string, text: string): void => {
  const formatted = spawnSync("dprint", ["fmt", "--stdin", path], { input: text, encoding: "utf8" })
  if (formatted.status !== 0) throw new Error(formatted.stderr)
  keep(path, formatted.stdout)
}

/** A large JSON file: one line for each entry of its objects, three levels deep. */
export const emitJson = (path: string, value: object): void => {
  const lines = (node: unknown, depth: number): string => {
    if (depth === 3 || typeof node !== "object" || node === null || Array.isArray(node)) return JSON.stringify(node)
    const indent = " ".repeat(depth + 1)
    const entries = Object.entries(node).map(([key, child]) =>
      `${indent}${JSON.stringify(key)}: ${lines(child, depth + 1)}`
    )
    return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${" ".repeat(depth)}}`
  }
  keep(path, `${lines(value, 0)}\n`)
}

const keep = (path: string, text: string): void => {
  const target = fileURLToPath(new URL(`../${path}`, import.meta.url))
  if (!process.argv.includes("--check")) {
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
    console.log(`${path} written`)
  } else if (existsSync(target) && readFileSync(target, "utf8") === text) {
    console.log(`${path} is up to date`)
  } else {
    console.error(`${path} is not up to date: run npm run fix`)
    process.exitCode = 1
  }
}
