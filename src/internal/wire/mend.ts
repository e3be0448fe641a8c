/**
 * Reads leniently what does not fit: a value that a schema refuses is brought to the nearest one that it takes, place by
 * place, by what the schema says is expected there. Nothing is done to a value that fits.
 *
 * - Numbers, texts and booleans stand for each other where nothing is lost: `"5"` for 5, 10086 for `"10086"`, 1 for `true`.
 * - A field that may be absent and cannot be read is absent; `null`, an empty text or object for a list is an empty list.
 * - Empty items of a list are left out; a single item in place of a list is a list of one.
 * - A known variant of an open union that cannot be read is kept as its `Unknown`.
 *
 * What is required, such as an id, has to be there: the value is refused where it cannot be read. So is a list that holds
 * what cannot be read: it would pass for an empty one.
 */
import * as Exit from "effect/Exit"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import { encoded, isOptional, tagsOf } from "./encoded.ts"
import * as Fitting from "./fitting.ts"

/** Decodes a value; where it had to be mended, `mended` names the places, list indices left out. */
export interface Lenient {
  (value: unknown): { readonly exit: Exit.Exit<unknown, Schema.SchemaError>; readonly mended: ReadonlyArray<string> }
}

/** Marks a value of a known variant that is to be read as an unknown one. */
export const Misfit = "effect-wecom/Misfit"

/** A decoder that mends what does not fit; checks are not looked at. */
export const lenient = (schema: Schema.ConstraintCodec<unknown, unknown>): Lenient => {
  const fit = Fitting.decoding(schema.ast)
  const decode = Schema.decodeUnknownExit(schema, { disableChecks: true })
  return (value) => {
    const fitted = fit(value)
    if (fitted !== Fitting.unfit) return { exit: Exit.succeed(fitted), mended: none }
    const exit = decode(value)
    // A decoding that throws, such as for too deep a value, is not tried again.
    if (Exit.isSuccess(exit) || !exit.cause.reasons.some(({ _tag }) => _tag === "Fail")) return { exit, mended: none }
    const places = new Set<string>()
    const mended = mend(schema.ast, value, "", places)
    return { exit: decode(mended.value), mended: [...places] }
  }
}

const none: ReadonlyArray<string> = []

const fits = (ast: SchemaAST.AST, value: unknown): boolean => Fitting.decoding(ast)(value) !== Fitting.unfit

/** A value as near to fitting as it can be brought, and whether it fits. */
interface Mended {
  readonly value: unknown
  readonly fits: boolean
}

const mend = (ast: SchemaAST.AST, value: unknown, place: string, places: Set<string>): Mended => {
  if (fits(ast, value)) return { value, fits: true }
  const expected = encoded(ast)
  switch (expected._tag) {
    case "Objects":
      return checked(ast, mendObject(expected, value, place, places), place, places)
    case "Arrays":
      return checked(ast, mendList(expected, value, place, places), place, places)
    case "Union":
      return mendUnion(ast, expected, value, place, places)
    default:
      return mendScalar(ast, value, place, places)
  }
}

/** Where the parts fit and the whole does not, a value in place of another kind may still stand for it. */
const checked = (ast: SchemaAST.AST, mended: Mended, place: string, places: Set<string>): Mended =>
  !mended.fits || fits(ast, mended.value) ? mended : mendScalar(ast, mended.value, place, places)

const mendObject = (
  expected: SchemaAST.Objects,
  value: unknown,
  place: string,
  places: Set<string>
): Mended => {
  if (!Predicate.isObject(value)) return { value, fits: false }
  const fields: Record<PropertyKey, unknown> = { ...value }
  let whole = true
  for (const { name, type } of expected.propertySignatures) {
    if (!Object.hasOwn(fields, name)) {
      if (!isOptional(type)) whole = false
      continue
    }
    const where = place === "" ? String(name) : `${place}.${String(name)}`
    const part = mend(type, fields[name], where, places)
    if (part.fits) {
      fields[name] = part.value
    } else if (isOptional(type) && !isList(type)) {
      delete fields[name]
      places.add(where)
    } else {
      fields[name] = part.value
      whole = false
    }
  }
  for (const { type } of expected.indexSignatures) {
    for (const [name, field] of Object.entries(fields)) {
      if (expected.propertySignatures.some((property) => property.name === name)) continue
      const part = mend(type, field, place, places)
      if (part.fits) {
        fields[name] = part.value
      } else {
        delete fields[name]
        places.add(place)
      }
    }
  }
  return { value: fields, fits: whole }
}

const mendList = (expected: SchemaAST.Arrays, value: unknown, place: string, places: Set<string>): Mended => {
  const item = expected.rest[0]
  if (item === undefined || expected.elements.length > 0) return { value, fits: false }
  const where = `${place}[]`
  if (!Array.isArray(value)) {
    if (isNothing(value)) {
      places.add(place)
      return { value: [], fits: true }
    }
    const single = mend(item, value, where, places)
    if (!single.fits) return { value, fits: false }
    places.add(place)
    return { value: [single.value], fits: true }
  }
  const items: Array<unknown> = []
  let whole = true
  for (const one of value) {
    const part = mend(item, one, where, places)
    if (!part.fits && isNothing(one)) {
      places.add(where)
      continue
    }
    items.push(part.value)
    if (!part.fits) whole = false
  }
  return { value: items, fits: whole }
}

const mendUnion = (
  ast: SchemaAST.AST,
  expected: SchemaAST.Union,
  value: unknown,
  place: string,
  places: Set<string>
): Mended => {
  let nearest: Mended | undefined
  for (const member of likeliest(expected, value)) {
    const own = new Set<string>()
    const mended = mend(member, value, place, own)
    if (mended.fits && fits(ast, mended.value)) {
      for (const one of own) places.add(one)
      return mended
    }
    nearest ??= { value: mended.value, fits: false }
  }
  if (Predicate.isObject(value)) {
    const misfit = { ...value, [Misfit]: true }
    if (fits(ast, misfit)) {
      places.add(place)
      return { value: misfit, fits: true }
    }
  }
  const scalar = mendScalar(ast, value, place, places)
  return scalar.fits ? scalar : nearest ?? scalar
}

/** The members that a value may be meant as: those whose literals are all there, if any is told apart by literals. */
export const likeliest = (expected: SchemaAST.Union, value: unknown): ReadonlyArray<SchemaAST.AST> => {
  const members = expected.types.flatMap((type) =>
    type._tag === "Union" && type.encoding === undefined ? type.types : [type]
  )
  if (!Predicate.isObject(value)) return members
  const meant = members.filter((member) => {
    const tags = tagsOf(encoded(member))
    return tags.length > 0 && tags.every(([name, literal]) => `${String(value[name])}` === `${String(literal)}`)
  })
  return meant.length > 0 ? meant : members
}

/** The same value as another kind, where that is what fits. */
const mendScalar = (ast: SchemaAST.AST, value: unknown, place: string, places: Set<string>): Mended => {
  const other = alternatives(value).find((alternative) => fits(ast, alternative))
  if (other === undefined) return { value, fits: false }
  places.add(place)
  return { value: other, fits: true }
}

const alternatives = (value: unknown): ReadonlyArray<unknown> => {
  switch (typeof value) {
    case "number":
      return [String(value), value !== 0]
    case "boolean":
      return [value ? 1 : 0, String(value)]
    case "string": {
      const text = value.trim()
      return [
        ...(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? [Number(text)] : []),
        ...(/^(true|1)$/i.test(text) ? [true] : /^(false|0)$/i.test(text) ? [false] : [])
      ]
    }
    default:
      return []
  }
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0)

/** A list that reads as empty where it is absent: one that is there and cannot be read must not pass for an empty one. */
const isList = (ast: SchemaAST.AST): boolean => ast._tag === "Arrays" && ast.encoding !== undefined
