/**
 * Keeps `scripts/from-go-workwx.txt`, of which `docs/from-go-workwx-names.md` is made, whole and true: everything that go-workwx exports has a row, and everything that the
 * document names of this library exists.
 *
 * Tables whose first column is headed `go-workwx` are read: names there, symbols here, the barrel to import them
 * from, notes. A row without
 * a name continues with the row before. A symbol is an export (`User`, `UserStatus.Activated`), a member of one
 * (`Users.get`, `User.departments`, `Message.text`, a field's path such as `ApprovalDetail.comments.commentid`), the key of an event in quotes, or a file of `examples/`.
 *
 * A struct's fields have no rows where they are called here as their tag is: a tag that the symbols of the struct do not
 * have needs one. What go-workwx exports is listed in the reference data beside the project; a lone clone leaves that
 * half of the check out, and says so.
 */
import { Schema, type SchemaAST } from "effect"
import { existsSync, globSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import * as CallbackEvent from "../src/callback/CallbackEvent.ts"
import { type Description, description } from "../src/Endpoint.ts"
import { hasShared, leftOutReason, sharedText } from "../test/support/shared.ts"

const document = "scripts/from-go-workwx.txt"
const text = readFileSync(document, "utf8")
/** What is written by hand names symbols too. */
const guides = globSync("{README*,AGENTS,SECURITY,docs/*,docs/errcodes/*,skills/**/*}.md").filter((path) =>
  path !== "docs/from-go-workwx-names.md"
)
const problems: Array<string> = []

// ---------------------------------------------------------------------------------------------------------------------
// What is exported here
// ---------------------------------------------------------------------------------------------------------------------

interface Module {
  readonly path: string
  /** The name of its namespace. */
  readonly name: string
  readonly exports: { readonly [name: string]: unknown }
  readonly source: string
}

const paths = globSync("src/**/*.ts").map((file) => file.slice("src/".length, -".ts".length))
  .filter((path) => !/^(internal|cli|(.*\/)?index$|simulator\/inspector(Page|Script))/.test(path))
const modules = new Map(
  await Promise.all(paths.map(async (path): Promise<readonly [string, Module]> => [path, {
    path,
    name: path.slice(path.lastIndexOf("/") + 1),
    exports: await import(`../src/${path}.ts`),
    source: readFileSync(`src/${path}.ts`, "utf8")
  }]))
)

/** What a symbol stands for: a value, a place in a schema, or a type of which only the source tells. */
type Found =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "schema"; readonly ast: SchemaAST.AST }
  | { readonly kind: "type"; readonly source: string }

const resolve = (module: Module, symbol: string): Found | undefined => {
  const [head = "", ...rest] = symbol.split(".")
  const starts: Array<Found> = []
  if (head in module.exports) starts.push({ kind: "value", value: module.exports[head] })
  const declared = declarationOf(module, head)
  if (declared !== undefined) starts.push({ kind: "type", source: declared })
  for (const start of starts) {
    const found = rest.reduce<Found | undefined>((found, key) => found && member(found, key), start)
    if (found !== undefined) return found
  }
  return undefined
}

/** What each barrel exports: modules as they are, or as a namespace. */
const barrels = new Map(
  globSync("src/**/index.ts").map((file) => {
    const folder = relative("src", dirname(file))
    const statements = readFileSync(file, "utf8").matchAll(/^export \* (as \w+ )?from "\.\/(.+)\.ts"/gm)
    const members = [...statements].flatMap(([, namespace, from = ""]) => {
      const module = modules.get(join(folder, from))
      return module === undefined ? [] : [{ module, isNamespace: namespace !== undefined }]
    })
    return [join("effect-wecom", folder), members] as const
  })
)

/** A symbol as it is imported from a barrel. */
const resolveFrom = (specifier: string, symbol: string): Found | undefined => {
  for (const { isNamespace, module } of barrels.get(specifier) ?? []) {
    if (!isNamespace) {
      const found = resolve(module, symbol)
      if (found !== undefined) return found
    } else if (symbol === module.name) return { kind: "value", value: module.exports }
    else if (symbol.startsWith(`${module.name}.`)) return resolve(module, symbol.slice(module.name.length + 1))
  }
  return undefined
}

const member = (found: Found, key: string): Found | undefined => {
  switch (found.kind) {
    case "value": {
      const { value } = found
      const call = description(value)
      if (call._tag === "Some") return propertyOf(union(callSchemas(call.value)), key)
      if (!isObject(value)) return undefined
      const { endpoints } = value
      if (isObject(endpoints) && key in endpoints) return { kind: "value", value: endpoints[key] }
      const ast = astOf(value)
      const property = ast === undefined ? undefined : propertyOf(ast, key)
      if (property !== undefined) return property
      if (key in value) return { kind: "value", value: value[key] }
      return isObject(value.prototype) && key in value.prototype ? { kind: "value", value: undefined } : undefined
    }
    case "schema":
      return propertyOf(found.ast, key)
    case "type":
      return new RegExp(`^\\s+(?:readonly )?${key}\\??[:(<]`, "m").test(found.source)
        ? { kind: "value", value: undefined }
        : undefined
  }
}

/** The declaration of a type or of a service's shape, to the first line that is not indented, here or where it comes from. */
const declarationOf = ({ path, source }: Module, name: string): string | undefined => {
  const declaration = new RegExp(`^export (?:interface|type|class) ${name}\\b.*(?:\n(?:[ \\t].*)?)*`, "m")
  const [declared] = declaration.exec(source) ?? []
  if (declared !== undefined) return declared
  for (const [, listed = "", from = ""] of source.matchAll(/^export \{([^}]*)\} from "(\.[^"]+)\.ts"/gm)) {
    const origin = modules.get(join(dirname(path), from))
    if (origin !== undefined && new RegExp(`\\b${name}\\b`).test(listed)) return declarationOf(origin, name)
  }
  return undefined
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null || typeof value === "function"

const astOf = (value: unknown): SchemaAST.AST | undefined => {
  if (Schema.isSchema(value)) return value.ast
  return isObject(value) && Schema.isSchema(value.schema) ? value.schema.ast : undefined
}

const propertyOf = (ast: SchemaAST.AST, key: string): Found | undefined => {
  const found = propertiesOf(ast).filter(([name]) => name === key)
  return found.length === 0 ? undefined : { kind: "schema", ast: union(found.map(([, type]) => type)) }
}

/** The properties of an object, of the members of a union, or of the items of an array. */
const propertiesOf = (
  ast: SchemaAST.AST,
  seen: Set<SchemaAST.AST> = new Set()
): ReadonlyArray<readonly [string, SchemaAST.AST]> => {
  if (seen.has(ast)) return []
  seen.add(ast)
  // A list that is read leniently knows its items as they are written alone.
  if (ast._tag === "Arrays" && ast.encoding !== undefined) {
    return ast.encoding.flatMap(({ to }) => propertiesOf(to, seen))
  }
  switch (ast._tag) {
    case "Objects":
      return ast.propertySignatures.map(({ name, type }) => [String(name), type])
    case "Union":
      return ast.types.flatMap((member) => propertiesOf(member, seen))
    case "Arrays":
      return [...ast.elements, ...ast.rest].flatMap((item) => propertiesOf(item, seen))
    case "Declaration":
      return ast.typeParameters.flatMap((parameter) => propertiesOf(parameter, seen))
    case "Suspend":
      return propertiesOf(ast.thunk(), seen)
    default:
      return []
  }
}

const union = (members: ReadonlyArray<SchemaAST.AST>): SchemaAST.AST =>
  Schema.Union(members.map((ast) => Schema.make(ast))).ast

/** The names of the fields of what a symbol stands for: of a call, those that go in and those that come out. */
const fieldsOf = (found: Found): ReadonlySet<string> => {
  const names = (ast: SchemaAST.AST | undefined) => ast === undefined ? [] : propertiesOf(ast).map(([name]) => name)
  switch (found.kind) {
    case "schema":
      return new Set(names(found.ast))
    case "type":
      return new Set([...found.source.matchAll(/^\s+readonly (\w+)/gm)].map(([, name = ""]) => name))
    case "value": {
      const call = description(found.value)
      return new Set(call._tag === "None" ? names(astOf(found.value)) : callSchemas(call.value).flatMap(names))
    }
  }
}

/** What goes into a call and comes out of it; where one field alone comes out, what is in that too. */
const callSchemas = ({ schemas }: Description): ReadonlyArray<SchemaAST.AST> => {
  const success = Schema.toEncoded(schemas.success).ast
  const payloads = propertiesOf(success)
  return [
    ...(schemas.query === undefined ? [] : [schemas.query.ast]),
    ...(schemas.body === undefined ? [] : [schemas.body.ast]),
    success,
    ...(payloads.length === 1 ? payloads.map(([, payload]) => payload) : [])
  ]
}

const eventKeys = new Set<string>(
  Object.values<unknown>(CallbackEvent.events).flatMap((event) =>
    isObject(event) && typeof event.key === "string" ? [event.key] : []
  )
)

// ---------------------------------------------------------------------------------------------------------------------
// What the document says
// ---------------------------------------------------------------------------------------------------------------------

const spans = (cell: string): ReadonlyArray<string> => [...cell.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span)

/** What each name of go-workwx became. */
const counterparts = new Map<string, Array<Found>>()
/** Names that the list of what go-workwx exports must have. */
const listedHere = new Set<string>()

const readRow = (line: number, listed: boolean, cells: ReadonlyArray<string>, names: ReadonlyArray<string>): void => {
  const [, here = "", moduleCell = "", note = ""] = cells
  const at = `${document}:${line}`
  for (const name of names) {
    counterparts.set(name, counterparts.get(name) ?? [])
    if (listed) listedHere.add(name)
  }
  const symbols = spans(here)
  const [specifier = "(nothing)"] = spans(moduleCell)
  if (symbols.length === 0 && note.trim() === "") {
    problems.push(`${at}: ${names.join(", ")} has neither symbol nor note`)
  }
  for (const symbol of symbols) {
    if (symbol.startsWith("examples/")) {
      if (!existsSync(symbol)) problems.push(`${at}: ${symbol} does not exist`)
    } else if (symbol.startsWith("\"")) {
      if (!eventKeys.has(symbol.slice(1, -1))) problems.push(`${at}: there is no event ${symbol}`)
    } else {
      const found = resolveFrom(specifier, symbol)
      if (found === undefined) problems.push(`${at}: ${specifier} has no ${symbol}`)
      else for (const name of names) counterparts.get(name)?.push(found)
    }
  }
}

let header: string | undefined
let names: ReadonlyArray<string> = []
for (const [index, line] of text.split("\n").entries()) {
  if (!line.startsWith("|")) {
    header = undefined
  } else if (header === undefined) {
    header = line.split("|")[1]?.trim() ?? ""
  } else if (header.startsWith("go-workwx") && !/^\|[\s:|-]+$/.test(line)) {
    const cells = line.split(/(?<!\\)\|/).slice(1, -1)
    const named = spans(cells[0] ?? "")
    if (named.length > 0) names = named
    readRow(index + 1, header === "go-workwx", cells, names)
  }
}

/** Prose and notes name `Service.method` and `Namespace.function` too. */
const inProse = [
  ...text.split("\n").flatMap((line, index) => {
    const told = line.startsWith("|") ? line.split(/(?<!\\)\|/).slice(4).join("|") : line
    return spans(told).map((span) => [`${document}:${index + 1}`, span] as const)
  }),
  ...guides.flatMap((guide) =>
    readFileSync(guide, "utf8").replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, "")).split("\n")
      .flatMap((line, index) => spans(line).map((span) => [`${guide}:${index + 1}`, span] as const))
  )
]
for (const [at, span] of inProse) {
  const [, symbol = "", head] = /^(([A-Z]\w*)\.(?!ts$)\w+)\b/.exec(span) ?? []
  const candidates = [...barrels.keys()].filter((specifier) => resolveFrom(specifier, head ?? "") !== undefined)
  if (candidates.length > 0 && candidates.every((specifier) => resolveFrom(specifier, symbol) === undefined)) {
    problems.push(`${at}: ${symbol} does not exist`)
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// What go-workwx exports
// ---------------------------------------------------------------------------------------------------------------------

const rows = hasShared
  ? sharedText("wecom/seed_surface.tsv").trimEnd().split("\n").slice(1).map((line) => line.split("\t"))
  : []
const exported = new Set<string>()
for (const [kind, listed = "", detail = ""] of rows) {
  const name = kind === "example" ? `Example${listed.replace(".", "_")}` : listed
  exported.add(name)
  if (counterparts.has(name)) continue
  const struct = counterparts.get(name.split(".")[0] ?? "")
  const tag = detail.split(" ").at(-1) ?? ""
  if (kind !== "field" || struct === undefined) problems.push(`${kind} ${name} of go-workwx has no row`)
  else if (!struct.some((found) => fieldsOf(found).has(tag))) {
    problems.push(`field ${name} of go-workwx has no row, and its struct's counterpart has no field ${tag}`)
  }
}
if (hasShared) {
  for (const name of listedHere) {
    if (!exported.has(name)) problems.push(`${document}: go-workwx exports no ${name}`)
  }
} else if (process.env["CI"] === "true") {
  problems.push(`CI=true, and ${leftOutReason}`)
} else {
  console.log(`whether everything that go-workwx exports has a row was ${leftOutReason}`)
}

if (problems.length > 0) {
  console.error(problems.join("\n"))
  process.exitCode = 1
} else {
  const covered = hasShared ? ` all ${rows.length} exports of go-workwx have a counterpart;` : ""
  console.log(`${document}:${covered} what its ${counterparts.size} names became exists`)
}
