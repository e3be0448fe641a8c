/**
 * The families of events, as their source declares them.
 */
import { globSync, readFileSync } from "node:fs"

/** A file of `src/`. */
export const source = (path: string): string => readFileSync(new URL(`../src/${path}`, import.meta.url), "utf8")

/** The official name at the start of a comment. */
export const official = (comment: string): string | undefined => {
  const [first = ""] = comment.replace(/^[\s*]+/gm, "").split(/[.。:：,]/, 1)
  return /\p{Script=Han}|access_token|IP/u.test(first) ? first.trim() : undefined
}

/** The events of one file. */
export interface Family {
  readonly name: string
  readonly module: string
  readonly events: ReadonlyArray<
    {
      readonly key: string
      readonly name: string
      /** The official name. */
      readonly text: string
      readonly doc: string
      /** The JSDoc, its lines without their stars. */
      readonly comment: string
    }
  >
}

/** All of them, by file. */
export const families: ReadonlyArray<Family> = globSync("callback/events/*.ts", {
  cwd: new URL("../src/", import.meta.url)
}).toSorted()
  .filter((file) => /\/[A-Z]/.test(file))
  .map((file): Family => {
    const text = source(file)
    const [header = "", ...rest] = text.split("*/")
    const family = official(header.slice("/**".length))
    if (family === undefined) throw new Error(`src/${file}: its header does not start with an official name`)
    const declared = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export class (\w+)\s+extends Event<\w+>\(\)\(\s*"([^"]+)"/g
    const ofFamily = /\/path\/(\d+)/.exec(header)?.[1]
    const events = [...rest.join("*/").matchAll(declared)].map(([, comment = "", name = "", key = ""]) => {
      const doc = /\/path\/(\d+)/.exec(comment)?.[1] ?? ofFamily
      const text = official(comment)
      if (doc === undefined) throw new Error(`src/${file}: ${name} names no document`)
      if (text === undefined) throw new Error(`src/${file}: the JSDoc of ${name} does not start with its official name`)
      return { doc, key, name, text, comment: comment.replace(/^ *\* ?/gm, "").trim() }
    })
    return { name: family, module: file.replace(/\.ts$/, ""), events }
  })
