/**
 * JSON Schema (draft 2020-12) of what endpoints take and return: as it travels, or as people write it.
 */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import type { Description } from "../../Endpoint.ts"

/** A JSON Schema. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/**
 * How values are written.
 *
 * - `wire`: as WeCom sends and takes them: unix seconds, 0 and 1, lists joined by `|`.
 * - `people`: dates as ISO 8601, flags as booleans, lists as lists.
 */
export type Form = "wire" | "people"

/** What a walk over schemas collects. */
export interface Walk {
  readonly form: Form
  /** Requests say which values are allowed; answers may hold later ones, so theirs are only told. */
  readonly direction: "request" | "response"
  /** Keys that are unquoted 64-bit integers on the wire. */
  readonly int64: ReadonlySet<string>
  /** The schemas of named models, by name. */
  readonly definitions: Map<string, JsonSchema>
  /** How a named model is referred to. */
  readonly reference: (name: string) => string
  /** The text about a field, where the schema itself has none: by the model (empty for an endpoint's own) and its path. */
  readonly textOf?: ((owner: string, path: string) => string | undefined) | undefined
  /** Told of the text that a schema itself has. */
  readonly tell?: ((owner: string, path: string, text: string) => void) | undefined
}

/** Where a walk is: the nearest named model and the path of the field below it. */
interface Place {
  readonly owner: string
  readonly path: string
}

const below = ({ owner, path }: Place, key: string): Place => ({
  owner,
  path: path === "" ? key : key === "[]" ? `${path}[]` : `${path}.${key}`
})

/** The text that a schema carries. */
const described = (ast: SchemaAST.AST): string | undefined => {
  const found = ast.checks?.at(-1)?.annotations?.["description"] ?? ast.annotations?.["description"]
  return typeof found === "string" ? found : undefined
}

/** The kind of a declaration, such as `effect/schema/DateTimeUtc`. */
export const representationOf = (ast: SchemaAST.AST): string | undefined => {
  const found = ast.annotations?.["representation"]
  return Predicate.hasProperty(found, "id") && typeof found.id === "string" ? found.id : undefined
}

/** The schema of an AST. `place` says whose it is, for texts. */
export const ofAst = (walk: Walk, ast: SchemaAST.AST, place: Place = { owner: "", path: "" }): JsonSchema => {
  const name = modelName(ast)
  const own = place.path === "" ? undefined : described(ast)
  if (own !== undefined) walk.tell?.(place.owner, place.path, own)
  const text = own ?? walk.textOf?.(place.owner, place.path)
  if (name !== undefined) {
    if (!walk.definitions.has(name)) {
      walk.definitions.set(name, {}) // stands in for itself where it is recursive
      const about = walk.textOf?.(name, "")
      walk.definitions.set(name, {
        ...bare(walk, ast, { owner: name, path: "" }),
        ...(about !== undefined && { description: about })
      })
    }
    return { $ref: walk.reference(name), ...(text !== undefined && { description: text }) }
  }
  const schema = bare(walk, ast, place)
  const notes = notesOf(schema)
  const description = [text, notes].filter((part) => part !== undefined).join(" ")
  return { ...schema, ...(description !== "" && { description }) }
}

/** What a schema's keywords mean, where a reader would not see it. */
const notesOf = (schema: JsonSchema): string | undefined => {
  const values = schema["x-enum-descriptions"]
  return Array.isArray(values) && schema["description"] === undefined ? `${values.join("; ")}.` : undefined
}

/** The name of a model: a class, or a schema with an identifier. */
const modelName = (ast: SchemaAST.AST): string | undefined => {
  const identifier = ast.annotations?.["identifier"]
  if (typeof identifier !== "string" || identifier === "UnknownVariant") return undefined
  const target = ast.encoding?.at(-1)?.to ?? ast
  return SchemaAST.isObjects(target) || SchemaAST.isUnion(target)
    ? identifier.replace(/^effect-wecom\//, "").replaceAll(/[^\w.-]/g, "_")
    : undefined
}

const bare = (walk: Walk, ast: SchemaAST.AST, place: Place): JsonSchema => {
  const to = writtenAs(ast)
  return limited(walk, to === undefined ? plain(walk, ast, place) : transformed(walk, ast, to, place), ast)
}

/** What a schema is written as, where reading transforms it. A default for an absent key is no transformation. */
export const writtenAs = (ast: SchemaAST.AST): SchemaAST.AST | undefined => {
  const links = ast.encoding ?? []
  const to = links.at(-1)?.to
  const untyped = SchemaAST.isArrays(ast) && ast.rest[0] !== undefined && SchemaAST.isUnknown(ast.rest[0])
  const isJoined = SchemaAST.isArrays(ast) && to !== undefined && isText(to)
  const isDefault = to?.context?.isOptional === true && ast.context?.isOptional !== true && !untyped && !isJoined
  return isDefault ? links.at(-2)?.to : to
}

/** With what the checks of a schema say. */
const limited = (walk: Walk, schema: JsonSchema, ast: SchemaAST.AST): JsonSchema => {
  let result = schema
  for (const check of (ast.checks ?? []).flatMap(flattened)) {
    const keywords = keywordsOf(check, result["type"])
    const fitting = Object.entries(keywords).filter(([key, value]) => fits(key, value, result["type"]))
    const { enum: values, ...others } = forType(Object.fromEntries(fitting), result)
    result = { ...result, ...others, ...(values !== undefined && walk.direction === "request" && { enum: values }) }
  }
  return result
}

const flattened = (check: SchemaAST.Check<never>): ReadonlyArray<SchemaAST.Filter<never>> =>
  check._tag === "Filter" ? [check] : check.checks.flatMap(flattened)

const keywordsOf = (check: SchemaAST.Filter<never>, type: unknown): JsonSchema => {
  const toJsonSchema = check.annotations?.toJsonSchema
  if (toJsonSchema === undefined) return {}
  // Only names of types were put there; a pair says that it is approximate.
  const output = toJsonSchema({ type: type as "string", schemas: [] })
  return (Array.isArray(output) ? output[0] : output) as JsonSchema
}

/** Whether a limit is of the type that is written: those of a number say nothing of its text. */
const fits = (keyword: string, value: unknown, type: unknown): boolean => {
  if (keyword === "type") return numeric(value) && numeric(type)
  if (/Length$|^pattern$|^format$|^x-max/.test(keyword)) return type === "string"
  if (keyword.endsWith("Items")) return type === "array"
  if (keyword.endsWith("Properties")) return type === "object"
  return /imum$|^multipleOf$/i.test(keyword)
    ? numeric(type) && Math.abs(Number(value)) < Number.MAX_SAFE_INTEGER
    : keyword === "enum" || keyword.startsWith("x-")
}

const numeric = (type: unknown): boolean => type === "number" || type === "integer"

/** Values as the type that is written: those of a number that travels in quotes are texts. */
const forType = (keywords: JsonSchema, schema: JsonSchema): JsonSchema => {
  const values = keywords["enum"]
  if (!Array.isArray(values)) return keywords
  return {
    ...keywords,
    enum: schema["type"] === "string" ? values.map(String) : values,
    ...(values.every(Number.isInteger) && numeric(schema["type"]) && { type: "integer" })
  }
}

/** What is written where reading transforms it. */
const transformed = (walk: Walk, ast: SchemaAST.AST, to: SchemaAST.AST, place: Place): JsonSchema => {
  const written = SchemaAST.isUnion(to) && to.types.every(isPrimitive) ? to.types[0] ?? to : to
  switch (representationOf(ast)) {
    case "effect/schema/DateTimeUtc":
      return timeOf(walk, to)
    case "effect/schema/Redacted":
      return { type: "string", format: "password" }
  }
  if (SchemaAST.isUnion(ast) && ast.types.some((type) => representationOf(type) === "effect/schema/DateTimeUtc")) {
    return timeOf(walk, to)
  }
  if (SchemaAST.isBoolean(ast)) {
    return walk.form === "people"
      ? { type: "boolean" }
      : SchemaAST.isNumber(written)
      ? { type: "integer", enum: [0, 1] }
      : plain(walk, written, place)
  }
  if (SchemaAST.isArrays(ast) && isText(to)) {
    return walk.form === "people" ? plain(walk, ast, place) : { type: "string", "x-joined": true }
  }
  const own = primitiveOf(ast)
  if (own !== undefined && isPrimitive(written)) {
    // A number in quotes is still written as a number by people.
    const shown = walk.form === "people" ? own : written
    return SchemaAST.isNumber(shown) && (ast.checks ?? []).flatMap(flattened).some(isInteger)
      ? { type: "integer" }
      : plain(walk, shown, place)
  }
  // A class, or a payload that is unwrapped: what travels is on the other side.
  return bare(walk, to, place)
}

const isInteger = (check: SchemaAST.Filter<never>): boolean => keywordsOf(check, "number")["type"] === "integer"

const timeOf = (walk: Walk, to: SchemaAST.AST): JsonSchema => {
  const text = SchemaAST.isString(to)
  return walk.form === "people"
    ? { type: "string", format: "date-time" }
    : text
    ? { type: "string" }
    : { type: "integer", format: "int64", "x-unix-seconds": true }
}

/** Whether a list travels as one text; some answers hold it as a list all the same. */
export const isText = (ast: SchemaAST.AST): boolean =>
  SchemaAST.isString(ast) || (SchemaAST.isUnion(ast) && ast.types[0] !== undefined && SchemaAST.isString(ast.types[0]))

/** The one primitive that a schema is of: where several are read, the first is written. */
const primitiveOf = (ast: SchemaAST.AST): SchemaAST.AST | undefined => {
  if (isPrimitive(ast)) return ast
  if (!SchemaAST.isUnion(ast)) return undefined
  const [first, ...others] = ast.types.filter((type) => !isAbsence(type))
  return first !== undefined && isPrimitive(first) && others.every(({ _tag }) => _tag === first._tag)
    ? first
    : undefined
}

const isPrimitive = (ast: SchemaAST.AST): boolean =>
  SchemaAST.isString(ast) || SchemaAST.isNumber(ast) || SchemaAST.isBoolean(ast)

/** Whether a member of a union only says that a field may be absent. */
export const isAbsence = (ast: SchemaAST.AST): boolean =>
  SchemaAST.isUndefined(ast) || SchemaAST.isVoid(ast) ||
  SchemaAST.isNull(ast.encoding?.at(-1)?.to ?? ast)

/** Whether a member of a union is the one that keeps what is not known. */
const isUnknownVariant = (ast: SchemaAST.AST): boolean =>
  ast.encoding?.at(-1)?.to.annotations?.["identifier"] === "UnknownVariant"

const plain = (walk: Walk, ast: SchemaAST.AST, place: Place): JsonSchema => {
  switch (ast._tag) {
    case "String":
    case "TemplateLiteral":
      return walk.form === "wire" && walk.int64.has(place.path.split(/[.[|]/).at(-1) ?? "")
        ? { type: "integer", format: "int64" }
        : { type: "string" }
    case "Number":
      return { type: (ast.checks ?? []).flatMap(flattened).some(isInteger) ? "integer" : "number" }
    case "Boolean":
      return { type: "boolean" }
    case "BigInt":
      return { type: "integer", format: "int64" }
    case "Null":
      return { type: "null" }
    case "Literal":
      return { type: typeOfLiteral(ast.literal), const: ast.literal }
    case "Enum":
      return { enum: ast.enums.map(([, value]) => value) }
    case "Objects":
      return ofObjects(walk, ast, place)
    case "Arrays":
      return ofArrays(walk, ast, place)
    case "Union":
      return ofUnion(walk, ast, place)
    case "Suspend":
      return ofAst(walk, ast.thunk(), place)
    case "ObjectKeyword":
      return { type: "object" }
    case "Never":
      return { not: {} }
    case "Declaration": {
      const id = representationOf(ast)
      return id === "effect/schema/Redacted"
        ? { type: "string", format: "password" }
        : id === "effect/schema/DateTimeUtc"
        ? { type: "string", format: "date-time" }
        : {}
    }
    default:
      return {}
  }
}

const typeOfLiteral = (value: unknown): string =>
  typeof value === "number" ? Number.isInteger(value) ? "integer" : "number" : typeof value

const ofObjects = (walk: Walk, ast: SchemaAST.Objects, place: Place): JsonSchema => {
  const properties: Record<string, JsonSchema> = {}
  const required: Array<string> = []
  for (const { name, type } of ast.propertySignatures) {
    const key = String(name)
    properties[key] = ofAst(walk, type, below(place, key))
    if (!isOptional(type)) required.push(key)
  }
  const rest = ast.indexSignatures[0]
  return {
    type: "object",
    ...(ast.propertySignatures.length > 0 && { properties }),
    ...(required.length > 0 && { required }),
    ...(rest !== undefined && { additionalProperties: ofAst(walk, rest.type, below(place, "*")) })
  }
}

/** Whether a writer may leave a field out. */
const isOptional = (ast: SchemaAST.AST): boolean =>
  (ast.context?.isOptional ?? false) || (ast.encoding?.at(-1)?.to.context?.isOptional ?? false)

const ofArrays = (walk: Walk, ast: SchemaAST.Arrays, place: Place): JsonSchema => {
  const item = ast.rest[0]
  return ast.elements.length === 0
    ? { type: "array", ...(item === undefined ? { maxItems: 0 } : { items: ofAst(walk, item, below(place, "[]")) }) }
    : {
      type: "array",
      prefixItems: ast.elements.map((element) => ofAst(walk, element, below(place, "[]"))),
      minItems: ast.elements.length
    }
}

const ofUnion = (walk: Walk, ast: SchemaAST.Union, place: Place): JsonSchema => {
  const present = ast.types.filter((type) => !isAbsence(type) && !isUnknownVariant(type))
  // Of several that are read as one primitive, such as a number and one in quotes, the first is written.
  const members = present.filter((type, index) =>
    !present.slice(0, index).some((earlier) =>
      isPrimitive(earlier) &&
      (earlier._tag === type._tag ||
        (SchemaAST.isLiteral(type) && typeOfLiteral(type.literal) === plain(walk, earlier, place)["type"]))
    )
  )
  if (members.length === 0) return { type: "null" }
  if (members.every(SchemaAST.isLiteral)) {
    const values = members.map(({ literal }) => literal)
    const types = new Set(values.map(typeOfLiteral))
    return { ...(types.size === 1 && { type: [...types][0] }), enum: values }
  }
  const placeOf = (index: number) => members.length === 1 ? place : { ...place, path: `${place.path}|${index}` }
  const schemas = distinct(members.map((member, index) => ofAst(walk, member, placeOf(index))))
  const [only] = schemas
  if (only !== undefined && schemas.length === 1) return only
  return { anyOf: schemas }
}

const distinct = (schemas: ReadonlyArray<JsonSchema>): ReadonlyArray<JsonSchema> => {
  const seen = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]))
  return [...seen.values()]
}

/** The schemas of an endpoint's input and answer. */
export interface EndpointSchemas {
  /** The query and the body in one object, as the library takes them; the file of an upload is left out. */
  readonly input: JsonSchema
  readonly query: JsonSchema | undefined
  readonly body: JsonSchema | undefined
  readonly success: JsonSchema
}

/** {@link EndpointSchemas} of an endpoint. The definitions that they refer to are put into the given map. */
export const ofEndpoint = (
  self: Description,
  options: Pick<Walk, "definitions" | "form" | "reference" | "tell" | "textOf">
): EndpointSchemas => {
  const request: Walk = { ...options, direction: "request", int64: self.int64 }
  const response: Walk = { ...request, direction: "response" }
  const astOf = (schema: Schema.Constraint) => schema.ast
  const query = self.schemas.query && ofAst(request, astOf(self.schemas.query))
  const body = self.schemas.body && ofAst(request, astOf(self.schemas.body))
  return {
    query,
    body,
    input: merged(self, query, body, options.definitions),
    success: ofAst(response, astOf(self.schemas.success), { owner: "", path: "→" })
  }
}

/** The schema that a reference leads to. */
export const resolve = (schema: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>): JsonSchema => {
  const reference = schema["$ref"]
  const name = typeof reference === "string" ? reference.split("/").at(-1) ?? "" : undefined
  const found = name === undefined ? undefined : definitions.get(name)
  return found === undefined ? schema : resolve(found, definitions)
}

const merged = (
  self: Description,
  query: JsonSchema | undefined,
  body: JsonSchema | undefined,
  definitions: ReadonlyMap<string, JsonSchema>
): JsonSchema => {
  const filled = (key: unknown) => self.agent && key === "agentid"
  const parts = [query, body].flatMap((schema) => schema === undefined ? [] : [resolve(schema, definitions)])
  const objects = parts.filter((part) => part["type"] === "object")
  const required = objects.flatMap((part) => part["required"] as ReadonlyArray<string> | undefined ?? []) // made above
  const own: JsonSchema = {
    type: "object",
    properties: Object.assign({}, ...objects.map((part) => part["properties"])),
    required: required.filter((key) => !filled(key)),
    additionalProperties: objects.map((part) => part["additionalProperties"]).find((rest) => rest !== undefined) ??
      false
  }
  const variants = parts.find((part) => part["anyOf"] !== undefined)?.["anyOf"] as ReadonlyArray<JsonSchema> | undefined
  if (variants === undefined) return own
  const { additionalProperties: _, ...shared } = own
  return { ...shared, type: "object", anyOf: variants.map((variant) => withoutFilled(self, variant, definitions)) }
}

/** A variant of a body without the need for what the client fills in. */
const withoutFilled = (
  self: Description,
  schema: JsonSchema,
  definitions: ReadonlyMap<string, JsonSchema>
): JsonSchema => {
  const variant = resolve(schema, definitions)
  const required = variant["required"]
  return self.agent && Array.isArray(required) && required.includes("agentid")
    ? { ...variant, required: required.filter((key) => key !== "agentid") }
    : schema
}
