#!/usr/bin/env node
/**
 * The program `wecom`.
 */
import { readFileSync } from "node:fs"

/** The version of the package. */
const version =
  /"version": *"([^"]+)"/.exec(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))?.[1] ??
    "unknown"

const args = process.argv.slice(2)

// `wecom ... | head` ends when `head` has enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0)
  throw error
})

const missing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND" &&
  error.message.includes("@effect/")

if (args.length === 1 && (args[0] === "--version" || args[0] === "-v")) {
  process.stdout.write(`${version}\n`)
} else {
  const main = await import("./main.ts").catch((error: unknown) => {
    if (!missing(error)) throw error
    process.stderr.write("wecom needs @effect/platform-node: npm install @effect/platform-node\n")
    process.exit(3)
  })
  main.run(args, version)
}
