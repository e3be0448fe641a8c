/**
 * Loads the sources so that their comments can be read at run time: `node --import ./scripts/documented.ts`. Every value
 * with a `/** ... *\/` before it goes through `document`, so that fields that are spread, shared or made by functions
 * have their texts wherever they are used.
 */
import { readFileSync } from "node:fs"
import { registerHooks } from "node:module"
import { fileURLToPath } from "node:url"
import { parseSync, Visitor } from "oxc-parser"

const sources = new URL("../src/", import.meta.url).href
const helper = new URL("./document.ts", import.meta.url).href
/** What `document` itself is made of. */
const left = ["Endpoint.ts", "Paging.ts", "Wire.ts"].map((name) => new URL(name, sources).href)

interface Span {
  readonly start: number
  readonly end: number
}

/** A source with its commented values passed through `document`. */
const instrument = (path: string): string => {
  const source = readFileSync(path, "utf8")
  const { comments, errors, program } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const inserts: Array<readonly [at: number, text: string]> = []
  const commentBefore = (start: number): string | undefined => {
    const comment = comments.findLast((comment) => comment.end <= start)
    return comment?.type === "Block" && comment.value.startsWith("*") &&
        source.slice(comment.end, start).trim() === ""
      ? comment.value.slice(1)
      : undefined
  }
  const wrap = ({ end, start }: Span, comment: string, prefix = "") => {
    inserts.push([start, `${prefix}__document(`], [end, `, ${JSON.stringify(comment)})`])
  }
  const visitor = new Visitor({
    Property: (node) => {
      if (node.kind !== "init" || node.method) return
      const comment = commentBefore(node.start)
      if (comment === undefined) return
      if (!node.shorthand) wrap(node.value, comment)
      else if (node.value.type === "Identifier") {
        inserts.push([node.end, `: __document(${node.value.name}, ${JSON.stringify(comment)})`])
      }
    },
    ExportNamedDeclaration: (node) => {
      const comment = commentBefore(node.start)
      if (comment === undefined) return
      if (node.declaration?.type === "ClassDeclaration" && node.declaration.id !== null) {
        inserts.push([node.end, `\n__document(${node.declaration.id.name}, ${JSON.stringify(comment)})\n`])
      }
      if (node.declaration?.type !== "VariableDeclaration") return
      const [declared] = node.declaration.declarations
      if (declared?.init?.type === "CallExpression") wrap(declared.init, comment)
    }
  })
  visitor.visit(program)
  let text = ""
  let from = 0
  for (const [at, insert] of inserts.toSorted(([a], [b]) => a - b)) {
    text += source.slice(from, at) + insert
    from = at
  }
  return `import { document as __document_ } from ${JSON.stringify(helper)}\n` +
    `const __document = <A>(value: A, text: string): A => __document_(value, text) as A\n${text}${source.slice(from)}`
}

registerHooks({
  load: (url, context, next) =>
    url.startsWith(sources) && url.endsWith(".ts") && !left.includes(url)
      ? { format: "module-typescript", source: instrument(fileURLToPath(url)), shortCircuit: true }
      : next(url, context)
})
