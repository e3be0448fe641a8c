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

if (args.length === 1 && (args[0] === "--version" || args[0] === "-v")) {
  console.log(version)
} else {
  const { run } = await import("./main.ts")
  run(args, version)
}
