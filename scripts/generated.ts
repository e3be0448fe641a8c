/**
 * Writes a generated file, or with `--check` on the command line says whether it is up to date.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"

/** The file's text is formatted as the rest of the project, then written or compared. */
export const emit = (path: string, text: string): void => {
  const target = fileURLToPath(new URL(`../${path}`, import.meta.url))
  const formatted = spawnSync("dprint", ["fmt", "--stdin", path], { input: text, encoding: "utf8" })
  if (formatted.status !== 0) throw new Error(formatted.stderr)
  if (!process.argv.includes("--check")) {
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, formatted.stdout)
    console.log(`${path} written`)
  } else if (existsSync(target) && readFileSync(target, "utf8") === formatted.stdout) {
    console.log(`${path} is up to date`)
  } else {
    console.error(`${path} is not up to date: run npm run fix`)
    process.exitCode = 1
  }
}
