/** The search: an index made here, and the script that looks into it in the browser. */
import MiniSearch, { type Options } from "minisearch"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tokenize } from "./tokenize.ts"

interface Entry {
  readonly id: number
  readonly page: string
  readonly heading: string
  readonly text: string
  readonly address: string
  readonly start: string
}

/** Also read by the script, which has no other way to them. */
const options: Options<Entry> = {
  fields: ["heading", "page", "text"],
  storeFields: ["page", "heading", "address", "start"],
  tokenize,
  processTerm: (term) => term
}

const plain = (html: string) =>
  html.replace(/<[^>]+>/g, " ").replace(/&quot;/g, "\"").replace(/&lt;/g, "<").replace(/&gt;/g, ">")
    .replace(/&#39;/g, "'").replace(/&amp;/g, "&").replace(/\s+/g, " ").trim()

/** An entry for each section of a page, as far as its third level of headings. What stands in `data-unsearched` is left out. */
const entriesOf = (
  { address, html }: { readonly address: string; readonly html: string }
): Array<Omit<Entry, "id">> => {
  const main = (/<main>([\s\S]*)<\/main>/.exec(html)?.[1] ?? "")
    .replace(/<table data-unsearched>[\s\S]*?<\/table>/g, "")
    .replace(/<pre data-unsearched>[\s\S]*?<\/pre>/g, "")
  const page = plain(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(main)?.[1] ?? address)
  return main.split(/(?=<h[1-3] id=")/).filter((section) => section.trim() !== "").map((section) => {
    const [, id, heading = ""] = /^<h[1-3] id="([^"]+)"[^>]*>([\s\S]*?)<\/h[1-3]>/.exec(section) ?? []
    const text = plain(section.replace(/^<h[1-3][\s\S]*?<\/h[1-3]>/, ""))
    return {
      page,
      heading: plain(heading) || page,
      text,
      address: id === undefined || section.startsWith("<h1") ? address : `${address}#${id}`,
      start: text.slice(0, 140)
    }
  })
}

/** A script that hands the index over: `fetch` is refused on `file:`. */
export const searchIndex = (pages: ReadonlyArray<{ readonly address: string; readonly html: string }>): string => {
  const index = new MiniSearch(options)
  index.addAll(pages.flatMap(entriesOf).map((entry, id) => ({ ...entry, id })))
  return `window.searchIndex = ${JSON.stringify(JSON.stringify(index))}\n`
}

/** MiniSearch, the words of a text, and the box. */
export const searchScript = (): string => {
  const library = createRequire(import.meta.url).resolve("minisearch").replace(/dist\/.*$/, "dist/umd/index.js")
  return [
    readFileSync(library, "utf8").replace(/^\/\/# sourceMappingURL.*$/m, ""),
    tokenize.toString(),
    readFileSync(new URL("box.js", import.meta.url), "utf8")
  ].join("\n")
}
