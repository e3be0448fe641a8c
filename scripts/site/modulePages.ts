/** The reference of what the library exports besides endpoints: each export with its comment and its declaration. */
import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseSync } from "oxc-parser"
import { plainText } from "../document.ts"
import { headingPlace } from "../markdown.ts"
import { escape, prose } from "./endpointPages.ts"
import type { Page } from "./Page.ts"

/** Parts of the library that are not exported. */
const sealed = /^(internal|cli)\/|\/(index)\.ts$|^(index|services)\.ts$/

/** Modules whose contents the pages of endpoints and callbacks show already. */
const shownElsewhere = (source: string) => /extends Domain\.Service</.test(source)

/** A page for each folder that has exports of its own. */
export const modulePages = (root: string): ReadonlyArray<Page> => {
  const modules = globSync("**/*.ts", { cwd: join(root, "src") })
    .filter((path) =>
      !sealed.test(path) && /(^|\/)[A-Z]\w*\.ts$/.test(path) &&
      !/^(simulator\/(areas|engine)|callback\/events)\//.test(path)
    )
    .toSorted()
    .map((path) => ({ path, source: readFileSync(join(root, "src", path), "utf8") }))
    .filter(({ source }) => !shownElsewhere(source))
  return [...Map.groupBy(modules, ({ path }) => dirname(path))].map(([folder, files]) => {
    const name = folder === "." ? "effect-wecom" : `effect-wecom/${folder}`
    return {
      path: `reference/${folder === "." ? "core" : `${folder}-types`}.html`,
      title: name,
      kind: "html",
      text: [
        `<h1 id="top">${name}: types and functions</h1>`,
        ...files.flatMap(({ path, source }) => {
          const module = path.split("/").at(-1)!.replace(/\.ts$/, "")
          const exports = exportsOf(path, source)
          return exports.length === 0 ? [] : [
            `<h2 id="${headingPlace(module)}">${module}</h2>`,
            ...exports.map(({ comment, declaration, name }) =>
              [
                `<h3 id="${headingPlace(`${module} ${name}`)}">${name}</h3>`,
                comment === "" ? "" : prose(plainText(comment)),
                `<pre data-unsearched><code>${escape(declaration)}</code></pre>`
              ].join("\n")
            )
          ]
        })
      ].join("\n")
    }
  })
}

interface Export {
  readonly name: string
  readonly comment: string
  readonly declaration: string
}

/** What a module exports by declaration. */
const exportsOf = (path: string, source: string): ReadonlyArray<Export> => {
  const { comments, errors, program } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`src/${path}: ${errors[0]?.message}`)
  const found = new Map<string, Export>()
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration === null) continue
    const { declaration } = statement
    const name = "id" in declaration && declaration.id !== null && "name" in declaration.id
      ? declaration.id.name
      : declaration.type === "VariableDeclaration" && declaration.declarations[0]?.id.type === "Identifier"
      ? declaration.declarations[0].id.name
      : undefined
    if (name === undefined) continue
    const comment = comments.findLast(({ end }) => end <= statement.start)
    const isItsOwn = comment !== undefined && comment.type === "Block" && comment.value.startsWith("*") &&
      source.slice(comment.end, statement.start).trim() === ""
    const text = isItsOwn ? comment.value.slice(1) : ""
    const before = found.get(name)
    const shown = signature(source.slice(declaration.start, declaration.end))
    found.set(name, {
      name,
      comment: before?.comment || text,
      declaration: before === undefined ? shown : `${before.declaration}\n\n${shown}`
    })
  }
  return [...found.values()]
}

/** A declaration without the body of its function: types whole, values as far as their arrow. */
const signature = (text: string): string => {
  if (/^(interface|type) /.test(text)) return text
  const arrow = text.search(/=>\s*(\n|\{|[a-zA-Z])/)
  const head = text.startsWith("const ") && arrow !== -1 && text.includes(" = ") ? text.slice(0, arrow).trimEnd() : text
  const lines = head.split("\n")
  return lines.length <= 40 ? head : `${lines.slice(0, 40).join("\n")}\n…`
}
