/**
 * Reads and writes what fits its schema in one step for each value, where Effect's parsers take several. What does not fit
 * is left to Effect, whose errors say what is wrong.
 *
 * Each node of a schema becomes a function, once. It gives what Effect's parser gives, with two liberties: an object or
 * list in which nothing changes is given back itself, and so the keys of an object may stand in the order in which they came.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { memoize } from "effect/Function"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaCompiler from "effect/schema/SchemaCompiler"
import * as SchemaAST from "effect/SchemaAST"
import { encoded, tagsOf } from "./encoded.ts"

/** What becomes of a value that does not fit. */
export const unfit: unique symbol = Symbol("effect-wecom/unfit")

/** What a value that fits is read as; {@link unfit} for any other. */
export type Fitting = (value: unknown) => unknown

/** Reads by a schema, its checks left out. */
export const decoding = (ast: SchemaAST.AST): Fitting => careful(unchecked, ast)

/** Writes by a schema, checks included; a field that the schema does not have makes a value unfit. */
export const encoding = (ast: SchemaAST.AST): Fitting => careful(checked, SchemaAST.flip(ast))

/** What a schema throws, as for a value that is nested too deeply, it throws again where Effect is asked. */
const careful = (compile: (ast: SchemaAST.AST) => Fitting, ast: SchemaAST.AST): Fitting => {
  let fit: Fitting | undefined
  return (value) => {
    try {
      const fitted = (fit ??= compile(ast))(value)
      return fitted === absent ? unfit : fitted
    } catch {
      return unfit
    }
  }
}

/** In place of the value of a field that is not there. */
const absent: unique symbol = Symbol("effect-wecom/absent")

type Object_ = { [key: PropertyKey]: unknown }

const compiler = (strict: boolean): (ast: SchemaAST.AST) => Fitting => {
  const options: SchemaAST.ParseOptions = strict ? { onExcessProperty: "error" } : { disableChecks: true }

  const compile = memoize((ast: SchemaAST.AST): Fitting => {
    const plain = plainly(ast)
    if (plain === undefined) return foreign(ast)
    const local = strict ? checking(ast, plain) : plain
    if (ast.encoding === undefined) return local
    // From the wire inwards: each form is read, and changed to the next.
    const steps = ast.encoding.flatMap((link) => [changing(link.transformation), compile(link.to)]).reverse()
    return (value) => {
      let current = value
      for (let index = 0; index < steps.length; index++) {
        current = steps[index]!(current)
        if (current === unfit) return unfit
      }
      return local(current)
    }
  })

  /** A schema by itself, without checks and other forms; `undefined` for the rarer ones. */
  const plainly = (ast: SchemaAST.AST): Fitting | undefined => {
    switch (ast._tag) {
      case "Any":
      case "Unknown":
        return (value) => value
      case "Void":
        return (value) => value === absent ? absent : undefined
      case "Null":
        return (value) => value === null || value === absent ? value : unfit
      case "Undefined":
        return (value) => value === undefined || value === absent ? value : unfit
      case "String":
        return (value) => typeof value === "string" || value === absent ? value : unfit
      case "Number":
        return (value) => typeof value === "number" || value === absent ? value : unfit
      case "Boolean":
        return (value) => typeof value === "boolean" || value === absent ? value : unfit
      case "Literal": {
        const { literal } = ast
        return (value) => value === literal || value === absent ? value : unfit
      }
      case "Declaration": {
        const run = ast.run(ast.typeParameters)
        return (value) => {
          if (value === absent) return absent
          const read = valueOf(run(value, ast, options))
          return read === SchemaCompiler.missing ? value : read // so Effect says that it is the same
        }
      }
      case "Suspend": {
        let fit: Fitting | undefined
        return (value) => (fit ??= compile(ast.thunk()))(value)
      }
      case "Objects":
        return ast.indexSignatures.length === 0 && ast.propertySignatures.length > 0 ? object(ast) : undefined
      case "Arrays":
        return ast.elements.length === 0 && ast.rest.length === 1 ? list(ast.rest[0]!) : undefined
      case "Union":
        return ast.options?.mode === "oneOf" ? undefined : union(ast)
      default:
        return undefined
    }
  }

  /** Effect's own parser, for the rarer schemas. */
  const foreign = (ast: SchemaAST.AST): Fitting => {
    const decode = Schema.decodeUnknownExit(Schema.make<Schema.Codec<unknown, unknown>>(ast), options)
    const withoutValue = ast.encoding === undefined ? absent : unfit
    return (value) => value === absent ? withoutValue : valueOf(decode(value))
  }

  const object = (ast: SchemaAST.Objects): Fitting => {
    const fields = ast.propertySignatures.map(({ name, type }) => ({
      name,
      fit: compile(type),
      required: !SchemaAST.isOptional(type)
    }))
    /** The first fields of an object. */
    const copy = (given: Object_, count: number): Object_ => {
      const copied: Object_ = {}
      for (let index = 0; index < count; index++) {
        const { name } = fields[index]!
        if (name in given) copied[name] = given[name]
      }
      return copied
    }
    return (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value === absent ? absent : unfit
      const given = value as Object_
      let changed: Object_ | undefined
      let there = 0
      for (let index = 0; index < fields.length; index++) {
        const { fit, name, required } = fields[index]!
        const field = name in given ? given[name] : absent
        const fitted = fit(field)
        if (fitted === unfit || (fitted === absent && required)) return unfit
        if (field !== absent) there++
        if (changed === undefined) {
          if (fitted === field) continue
          changed = copy(given, index)
        }
        if (fitted !== absent) changed[name] = fitted
      }
      const isAll = hasOnly(given, there)
      if (strict && !isAll) return unfit
      return changed ?? (isAll && isPlain(given) ? given : copy(given, fields.length))
    }
  }

  const list = (item: SchemaAST.AST): Fitting => {
    const fit = compile(item)
    return (value) => {
      if (!Array.isArray(value)) return value === absent ? absent : unfit
      let changed: Array<unknown> | undefined
      for (let index = 0; index < value.length; index++) {
        const fitted = fit(value[index])
        if (fitted === unfit || fitted === absent) return unfit
        if (changed === undefined && fitted !== value[index]) changed = value.slice(0, index)
        changed?.push(fitted)
      }
      return changed ?? value
    }
  }

  /** The first member that a value fits, of those that it can fit by its kind and the literal that tells them apart. */
  const union = (ast: SchemaAST.Union): Fitting => {
    const members = ast.types.map((type) => {
      const wire = encoded(type)
      return { fit: compile(type), kinds: kindsOf(wire), tags: new Map(tagsOf(wire)) }
    })
    const ofKind = Object.fromEntries(
      kinds.map((kind) => [kind, members.filter((member) => member.kinds.includes(kind))])
    )
    const tag = members.flatMap(({ tags }) => [...tags.keys()])[0]
    const ofTag = new Map(
      tag === undefined ? [] : members.flatMap(({ tags }) => tags.has(tag) ? [tags.get(tag)] : []).map((literal) => [
        literal,
        members.filter(({ kinds, tags }) => kinds.includes("object") && (!tags.has(tag) || tags.get(tag) === literal))
      ])
    )
    const untagged = ofKind.object!.filter(({ tags }) => tag === undefined || !tags.has(tag))
    return (value) => {
      if (value === absent) return absent
      const kind = kindOf(value)
      const candidates = kind === "object" && tag !== undefined
        ? ofTag.get((value as Object_)[tag] as SchemaAST.LiteralValue) ?? untagged
        : ofKind[kind] ?? members
      for (let index = 0; index < candidates.length; index++) {
        const fitted = candidates[index]!.fit(value)
        if (fitted !== unfit) return fitted
      }
      return unfit
    }
  }

  const changing = ({ _tag, decode: getter }: SchemaAST.Link["transformation"]): Fitting => {
    // Middleware has to do with errors, of which there are none here.
    if (_tag === "Middleware" || typeof getter === "function") return () => unfit
    switch (getter._tag) {
      case "Passthrough":
        return (value) => value
      case "Transform":
        return (value) => value === absent ? absent : getter.transform(value)
      case "TransformEffect":
        return (value) => value === absent ? absent : valueOf(getter.transform(value, options))
      case "TransformOptional":
        return (value) => Option.getOrElse(getter.transform(optionOf(value)), () => absent)
      case "TransformOptionalEffect":
        return (value) => {
          const changed = valueOf(getter.transform(optionOf(value), options))
          return changed === unfit ? unfit : Option.getOrElse(changed as Option.Option<unknown>, () => absent)
        }
    }
  }

  const checking = (ast: SchemaAST.AST, fit: Fitting): Fitting => {
    const { checks } = ast
    const before = "encodingChecks" in ast ? ast.encodingChecks : undefined
    return checks === undefined && before === undefined ? fit : (value) => {
      const fitted = fit(value)
      if (fitted === unfit || fitted === absent) return fitted
      return passes(before, value, ast) && passes(checks, fitted, ast) ? fitted : unfit
    }
  }

  const passes = (checks: SchemaAST.Checks | undefined, value: unknown, ast: SchemaAST.AST): boolean =>
    checks === undefined ||
    checks.every((check) =>
      check._tag === "FilterGroup" ? passes(check.checks, value, ast) : check.run(value, ast, options) === undefined
    )

  return compile
}

const unchecked = compiler(false)

const checked = compiler(true)

/** What is decoded without waiting: the schemas of endpoints need no services. */
const valueOf = (effect: Effect.Effect<unknown, unknown, unknown>): unknown => {
  const exit = Exit.isExit(effect) ? effect : Effect.runSyncExit(effect as Effect.Effect<unknown, unknown>)
  return Exit.isSuccess(exit) ? exit.value : unfit
}

const optionOf = (value: unknown): Option.Option<unknown> => value === absent ? Option.none() : Option.some(value)

/** Whether an object is no instance of a class, which may have its own way to be written. */
const isPlain = (object: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === Object.prototype || prototype === null
}

/** Whether an object has that many fields, and no more. */
const hasOnly = (object: object, count: number): boolean => {
  let left = count
  for (const _ in object) if (--left < 0) return false
  return left === 0
}

const kinds = ["string", "number", "boolean", "undefined", "null", "array", "object"] as const

type Kind = typeof kinds[number]

const kindOf = (value: unknown): string =>
  typeof value !== "object" ? typeof value : value === null ? "null" : Array.isArray(value) ? "array" : "object"

/** The kinds of values that a schema may take. */
const kindsOf = (wire: SchemaAST.AST): ReadonlyArray<Kind> => {
  switch (wire._tag) {
    case "String":
      return ["string"]
    case "Number":
      return ["number"]
    case "Boolean":
      return ["boolean"]
    case "Undefined":
      return ["undefined"]
    case "Null":
      return ["null"]
    case "Arrays":
      return ["array"]
    case "Literal":
      return kinds.filter((kind) => kind === typeof wire.literal)
    case "Objects":
      return wire.propertySignatures.length > 0 || wire.indexSignatures.length > 0 ? ["object"] : kinds
    case "Union":
      return kinds.filter((kind) => wire.types.some((type) => kindsOf(encoded(type)).includes(kind)))
    default:
      return kinds
  }
}
