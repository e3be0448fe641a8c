/**
 * What the real server does not mind in a request: fields that it does not know, empty values in fields that may be
 * absent, a limit beyond the largest, texts that it cuts.
 */
import * as Exit from "effect/Exit"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import { noSuchField } from "../../internal/kernel/issues.ts"
import { encoded, isOptional } from "../../internal/wire/encoded.ts"
import { likeliest } from "../../internal/wire/mend.ts"
import { type Codes, isCut } from "./FieldCodes.ts"

/** A request as it is taken, and what was overlooked in it. */
export interface Forgiven {
  readonly value: unknown
  /** What was left out or cut, but for empty values. */
  readonly warnings: ReadonlyArray<string>
}

/** Makes of a value what the real server takes it for. */
export const forgive = (schema: Schema.Constraint, value: unknown, codes: Codes): Forgiven => {
  const warnings: Array<string> = []
  return { value: mend(schema.ast, value, "", { codes, warnings }), warnings }
}

interface Context {
  readonly codes: Codes
  readonly warnings: Array<string>
}

const mend = (ast: SchemaAST.AST, value: unknown, place: string, context: Context): unknown => {
  const expected = encoded(ast)
  switch (expected._tag) {
    case "Objects":
      return Predicate.isObject(value) ? mendObject(ast, expected, value, place, context) : value
    case "Arrays": {
      const item = expected.rest[0]
      return Array.isArray(value) && item !== undefined
        ? value.map((one, index) => mend(item, one, `${place}[${index}]`, context))
        : cutDown(ast, value, place, context)
    }
    case "Union":
      return mendUnion(ast, expected, value, place, context)
    default:
      return cutDown(ast, value, place, context)
  }
}

const mendObject = (
  ast: SchemaAST.AST,
  expected: SchemaAST.Objects,
  value: { readonly [field: PropertyKey]: unknown },
  place: string,
  context: Context
): unknown => {
  const fields: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(value)) {
    const where = place === "" ? name : `${place}.${name}`
    const property = expected.propertySignatures.find((property) => property.name === name)
    if (property === undefined) {
      const [free] = expected.indexSignatures
      if (free !== undefined) {
        if (fits(free.type, given) || !isBlank(given)) fields[name] = given
      } else if (!isBlank(given)) context.warnings.push(`${where}: ${noSuchField}`)
      continue
    }
    const { type } = property
    if (isOptional(type) && (given === null || (given === "" && isReference.test(name)))) continue
    const own: Array<string> = []
    const mended = mend(type, given, where, { ...context, warnings: own })
    if (!fits(type, mended)) {
      if (isOptional(type) && isBlank(given)) continue
      if (isPageSize.test(name) && typeof mended === "number" && mended >= 0) {
        context.warnings.push(`${where}: not a size that is allowed, so the default counts`)
        if (!isOptional(type)) fields[name] = largest(type)
        continue
      }
    }
    fields[name] = mended
    context.warnings.push(...own)
  }
  // Fields that only go together are all there, and all empty.
  if (fits(ast, fields)) return fields
  const filled = Object.fromEntries(
    Object.entries(fields).filter(([name, field]) =>
      !isBlank(field) || !expected.propertySignatures.some((one) => one.name === name && isOptional(one.type))
    )
  )
  return fits(ast, filled) ? filled : fields
}

/** How many there are to be on a page. */
const isPageSize = /^(?:limit|size|page_?size|count|num)$/

/** The largest size of a page that is allowed: the default, where a size is required. */
const largest = (type: SchemaAST.AST): number => {
  let [allowed, beyond] = [1, 2]
  while (beyond <= maxPage && fits(type, beyond)) [allowed, beyond] = [beyond, beyond * 2]
  while (beyond - allowed > 1) {
    const middle = Math.floor((allowed + beyond) / 2)
    if (fits(type, middle)) allowed = middle
    else beyond = middle
  }
  return allowed
}

/** More than any page has. */
const maxPage = 2 ** 20

/** Fields in which an empty text refers to nothing. Other texts may be emptied. */
const isReference = /(?:id|token|cursor|sender|owner)$/

const mendUnion = (
  ast: SchemaAST.AST,
  expected: SchemaAST.Union,
  value: unknown,
  place: string,
  context: Context
): unknown => {
  if (!Predicate.isObject(value) && !Array.isArray(value)) return cutDown(ast, value, place, context)
  let nearest: { readonly mended: unknown; readonly warnings: ReadonlyArray<string> } | undefined
  for (const member of likeliest(expected, value)) {
    const warnings: Array<string> = []
    const mended = mend(member, value, place, { ...context, warnings })
    nearest ??= { mended, warnings }
    if (fits(member, mended)) {
      nearest = { mended, warnings }
      break
    }
  }
  context.warnings.push(...nearest?.warnings ?? [])
  return nearest?.mended ?? value
}

/** The longest beginning of a text, list or number that fits, where such are cut. */
const cutDown = (ast: SchemaAST.AST, value: unknown, place: string, { codes, warnings }: Context): unknown => {
  if (!isCut(codes, place) || fits(ast, value)) return value
  const points = typeof value === "string" ? [...value] : undefined
  const whole = points?.length ?? (typeof value === "number" ? Math.floor(value) : 0)
  const shortened = (length: number) => points === undefined ? length : points.slice(0, length).join("")
  let [fitting, tooLong] = [0, whole]
  while (tooLong - fitting > 1) {
    const middle = Math.floor((fitting + tooLong) / 2)
    if (fits(ast, shortened(middle))) fitting = middle
    else tooLong = middle
  }
  if (fitting === 0) return value
  warnings.push(`${place}: cut to what is allowed`)
  return shortened(fitting)
}

/** Whether there is nothing in a value: what languages send for fields that were not set. */
const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === "" || value === 0 || value === false ||
  (Array.isArray(value) ? value.length === 0 : Predicate.isObject(value) && Object.values(value).every(isBlank))

const fits = (ast: SchemaAST.AST, value: unknown): boolean => Exit.isSuccess(decoderOf(ast)(value))

type Decode = (value: unknown) => Exit.Exit<unknown, Schema.SchemaError>

const decoders = new WeakMap<SchemaAST.AST, Decode>()

const decoderOf = (ast: SchemaAST.AST): Decode => {
  let decode = decoders.get(ast)
  if (decode === undefined) {
    // Any schema may stand here: what it decodes to is not looked at.
    decode = Schema.decodeUnknownExit(Schema.make<Schema.Codec<unknown, unknown>>(ast), { onExcessProperty: "error" })
    decoders.set(ast, decode)
  }
  return decode
}
