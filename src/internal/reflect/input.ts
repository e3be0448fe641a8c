/**
 * Inputs as people, programs and the official documents write them, made into what the library takes.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import type { AnyCodec, Description } from "../../Endpoint.ts"
import { type Issue, RequestInvalid, WeComError } from "../../WeComError.ts"
import { issuesOf, noSuchField } from "../kernel/issues.ts"
import { isAbsence, isText, representationOf, writtenAs } from "./jsonSchema.ts"

interface Fields {
  readonly [key: string]: unknown
}

/**
 * Reads an input: each value as it travels (unix seconds, 0 and 1, texts joined by `|`) or as people write it (dates,
 * booleans, lists). Files and ranges pass as they are.
 */
export const readInput = (self: Description, input: Fields): Effect.Effect<Fields, WeComError> => {
  const passed: Record<string, unknown> = {}
  let given: Record<string, unknown> = { ...input }
  const pass = (key: string) => {
    if (given[key] !== undefined) passed[key] = given[key]
    delete given[key]
  }
  if (self.kind === "upload") pass(self.part)
  if (self.kind === "download") pass("range")
  // Filled in by the client, with the app's own.
  const filled = self.agent && given["agentid"] === undefined
  if (filled) given = { ...given, agentid: 0 }
  const { body, query } = self.schemas
  const entries = Object.entries(given)
  if (query === undefined && body === undefined && entries.length > 0 && !(filled && entries.length === 1)) {
    return refuse(self, entries.map(([field]) => ({ field, message: noSuchField })))
  }
  // Without a body all is the query's, which says what it does not know.
  const inQuery = (key: string) => body === undefined || (query !== undefined && Object.hasOwn(query.fields, key))
  const queryPart = Object.fromEntries(entries.filter(([key]) => inQuery(key)))
  const bodyPart = Object.fromEntries(entries.filter(([key]) => !inQuery(key)))
  return Effect.gen(function*() {
    const fromQuery = query === undefined ? {} : yield* read(self, query, queryPart)
    const fromBody = body === undefined ? {} : yield* read(self, body, bodyPart)
    const { agentid, ...rest } = { ...fromQuery, ...fromBody } as Fields
    return { ...rest, ...(agentid !== undefined && !filled && { agentid }), ...passed }
  })
}

const refuse = (self: Description, issues: ReadonlyArray<Issue>) =>
  Effect.fail(new WeComError({ endpoint: self.name, reason: new RequestInvalid({ issues }) }))

const read = (self: Description, schema: AnyCodec, value: Fields): Effect.Effect<Fields, WeComError> => {
  const exit = Schema.decodeUnknownExit(schema, { onExcessProperty: "error", errors: "all" })(mend(schema.ast, value))
  return Exit.isSuccess(exit)
    ? Effect.succeed(exit.value as Fields) // requests are objects
    : Effect.flatMap(issuesOf(exit.cause), (issues) => refuse(self, issues))
}

/** A value as it travels, from one that people wrote. What is not understood stays, for the schema to refuse. */
const mend = (ast: SchemaAST.AST, value: unknown): unknown => {
  if (value === undefined || value === null) return value
  const to = writtenAs(ast)
  if (to === undefined) return mendPlain(ast, value)
  if (isTime(ast)) return seconds(value, to)
  if (SchemaAST.isBoolean(ast)) return typeof value === "string" ? truth(value) : value
  if (SchemaAST.isArrays(ast) && isText(to)) return joined(ast, value)
  if (SchemaAST.isNumber(ast) || SchemaAST.isString(ast)) return value
  return mend(to, value)
}

const isTime = (ast: SchemaAST.AST): boolean =>
  representationOf(ast) === "effect/schema/DateTimeUtc" || (SchemaAST.isUnion(ast) && ast.types.some(isTime))

const seconds = (value: unknown, to: SchemaAST.AST): unknown => {
  if (typeof value !== "string" || /^\d*$/.test(value)) return value
  const time = Option.getOrUndefined(DateTime.make(value))
  if (time === undefined) return value
  const unix = Math.floor(DateTime.toEpochMillis(time) / 1000)
  return SchemaAST.isString(to) ? `${unix}` : unix
}

/** As people write yes and no. */
const truth = (value: string): unknown =>
  /^(?:true|yes|on|1)$/i.test(value) ? true : /^(?:false|no|off|0)$/i.test(value) ? false : value

const joined = (ast: SchemaAST.AST, value: unknown): unknown => {
  if (!Array.isArray(value)) return value
  // Only the kind of the schema was lost.
  const exit = Schema.encodeUnknownExit(Schema.make(ast) as unknown as AnyCodec)(value)
  return Exit.isSuccess(exit) ? exit.value : value
}

const mendPlain = (ast: SchemaAST.AST, value: unknown): unknown => {
  switch (ast._tag) {
    case "Boolean":
      return typeof value === "string" ? truth(value) : value
    case "Suspend":
      return mend(ast.thunk(), value)
    case "Arrays": {
      const item = ast.rest[0]
      return Array.isArray(value)
        ? value.map((each, index) => {
          const own = ast.elements[index] ?? item
          return own === undefined ? each : mend(own, each)
        })
        : value
    }
    case "Objects": {
      if (!Predicate.isObject(value)) return value
      const types = new Map(ast.propertySignatures.map(({ name, type }) => [String(name), type]))
      const rest = ast.indexSignatures[0]?.type
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => {
          const type = types.get(key) ?? rest
          return [key, type === undefined ? each : mend(type, each)]
        })
      )
    }
    case "Union":
      return mendUnion(ast, value)
    default:
      return value
  }
}

/** As the first member that takes the value once it is mended for it; else as the first that it looks like. */
const mendUnion = (ast: SchemaAST.Union, value: unknown): unknown => {
  const members = ast.types.filter((type) => !isAbsence(type))
  const [only] = members
  if (only !== undefined && members.length === 1) return mend(only, value)
  const likely = members.filter((member) => mayBe(member, value))
  const candidates = likely.length === 0 ? members : likely
  const [first] = candidates
  if (first === undefined) return value
  if (candidates.length === 1) return mend(first, value)
  for (const member of candidates) {
    const mended = mend(member, value)
    // Only the kind of the schema was lost.
    if (Exit.isSuccess(Schema.decodeUnknownExit(Schema.make(member) as unknown as AnyCodec)(mended))) return mended
  }
  return mend(first, value)
}

/** Whether the literals of a struct, such as its `msgtype`, are those of a value. */
const mayBe = (ast: SchemaAST.AST, value: unknown): boolean => {
  const own = writtenAs(ast) ?? ast
  if (!SchemaAST.isObjects(own)) return !Predicate.isObject(value) || SchemaAST.isSuspend(own)
  if (!Predicate.isObject(value)) return false
  const fields = value as Fields
  return own.propertySignatures.every(({ name, type }) => {
    const literal = writtenAs(type) ?? type
    const given = fields[String(name)]
    return SchemaAST.isLiteral(literal)
      ? given === literal.literal || String(given) === String(literal.literal)
      : given !== undefined || type.context?.isOptional === true || writtenAs(type)?.context?.isOptional === true
  })
}
