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
const careful = (compile: (ast: SchemaAST.AST) => Fit, ast: SchemaAST.AST): Fitting => {
  let fit: Fit | undefined
  return (value) => {
    try {
      const fitted = (fit ??= compile(ast)).read(value)
      return fitted === absent ? unfit : fitted
    } catch {
      return unfit
    }
  }
}

/** A node of a schema. */
interface Fit {
  readonly read: Fitting
  /** The kinds of which it takes any value as it is: these need not be read. */
  readonly asIs: number
}

/** In place of the value of a field that is not there. */
const absent: unique symbol = Symbol("effect-wecom/absent")

/** Kinds of values; one bit each, for there may be several. */
const Kind = { absent: 1, undefined: 2, null: 4, string: 8, number: 16, boolean: 32, list: 64, object: 128, other: 256 }

const anyKind = Object.values(Kind).reduce((all, kind) => all | kind)

const kindOf = (value: unknown): number => {
  switch (typeof value) {
    case "string":
      return Kind.string
    case "number":
      return Kind.number
    case "boolean":
      return Kind.boolean
    case "undefined":
      return Kind.undefined
    case "object":
      return value === null ? Kind.null : Array.isArray(value) ? Kind.list : Kind.object
    default:
      return value === absent ? Kind.absent : Kind.other
  }
}

type Object_ = { [key: PropertyKey]: unknown }

const compiler = (strict: boolean): (ast: SchemaAST.AST) => Fit => {
  const options: SchemaAST.ParseOptions = strict ? { onExcessProperty: "error" } : { disableChecks: true }

  const compile = memoize((ast: SchemaAST.AST): Fit => {
    const plain = plainly(ast)
    if (plain === undefined || ast.encoding?.some(({ transformation }) => transformation._tag === "Middleware")) {
      return foreign(ast)
    }
    const local = strict ? checking(ast, plain) : plain
    if (ast.encoding === undefined) return local
    // From the wire inwards: each form is read, and changed to the next.
    const steps = ast.encoding.flatMap((link) => [changing(link.transformation), compile(link.to).read]).toReversed()
    return reading((value) => {
      let current = value
      for (const step of steps) {
        current = step(current)
        if (current === unfit) return unfit
      }
      return local.read(current)
    })
  })

  /** A schema by itself, without checks and other forms; `undefined` for the rarer ones. */
  const plainly = (ast: SchemaAST.AST): Fit | undefined => {
    switch (ast._tag) {
      case "Any":
      case "Unknown":
        return taking(anyKind)
      case "Null":
        return taking(Kind.absent | Kind.null)
      case "Undefined":
        return taking(Kind.absent | Kind.undefined)
      case "String":
        return taking(Kind.absent | Kind.string)
      case "Number":
        return taking(Kind.absent | Kind.number)
      case "Boolean":
        return taking(Kind.absent | Kind.boolean)
      case "Void":
        return reading((value) => value === absent ? absent : undefined)
      case "Literal": {
        const { literal } = ast
        return reading((value) => value === literal || value === absent ? value : unfit)
      }
      case "Declaration": {
        const run = ast.run(ast.typeParameters)
        return reading((value) => {
          if (value === absent) return absent
          const read = valueOf(run(value, ast, options))
          return read === SchemaCompiler.missing ? value : read // so Effect says that it is the same
        })
      }
      case "Suspend": {
        let fit: Fit | undefined
        return reading((value) => (fit ??= compile(ast.thunk())).read(value))
      }
      case "Objects":
        return ast.indexSignatures.length === 0 && ast.propertySignatures.length > 0 ? object(ast) : undefined
      case "Arrays": {
        const [item, ...others] = ast.rest
        return ast.elements.length === 0 && item !== undefined && others.length === 0 ? list(item) : undefined
      }
      case "Union":
        return ast.options?.mode === "oneOf" ? undefined : union(ast)
      default:
        return undefined
    }
  }

  /** Effect's own parser, for the rarer schemas. */
  const foreign = (ast: SchemaAST.AST): Fit => {
    const decode = Schema.decodeUnknownExit(Schema.make<Schema.Codec<unknown, unknown>>(ast), options)
    const withoutValue = ast.encoding === undefined ? absent : unfit
    return reading((value) => value === absent ? withoutValue : valueOf(decode(value)))
  }

  const object = (ast: SchemaAST.Objects): Fit => {
    const fields = ast.propertySignatures.map(({ name, type }) => {
      const { asIs, read } = compile(type)
      // One that has to be there is read where it is not.
      const isRequired = !SchemaAST.isOptional(type)
      return { name, read, asIs: isRequired ? asIs & ~Kind.absent : asIs, isRequired }
    })
    /** The fields of an object, those before `end` alone if it is given. */
    const copy = (given: Object_, end?: PropertyKey): Object_ => {
      const copied: Object_ = {}
      for (const { name } of fields) {
        if (name === end) break
        if (name in given) copied[name] = given[name]
      }
      return copied
    }
    return reading((value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value === absent ? absent : unfit
      const given = value as Object_
      let changed: Object_ | undefined
      let there = 0
      for (const { asIs, isRequired, name, read } of fields) {
        let item = given[name]
        if (item === undefined && !(name in given)) item = absent
        else there++
        let fitted = item
        if ((asIs & kindOf(item)) === 0) {
          fitted = read(item)
          if (fitted === unfit || (fitted === absent && isRequired)) return unfit
        }
        if (changed === undefined) {
          if (fitted === item) continue
          changed = copy(given, name)
        }
        if (fitted !== absent) changed[name] = fitted
      }
      const isAll = hasOnly(given, there)
      if (strict && !isAll) return unfit
      return changed ?? (isAll && isPlain(given) ? given : copy(given))
    })
  }

  const list = (type: SchemaAST.AST): Fit => {
    const { asIs, read } = compile(type)
    return reading((value) => {
      if (!Array.isArray(value)) return value === absent ? absent : unfit
      let changed: Array<unknown> | undefined
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index]
        const fitted = (asIs & kindOf(item)) === 0 ? read(item) : item
        if (fitted === unfit || fitted === absent) return unfit
        if (changed === undefined && fitted !== item) changed = value.slice(0, index)
        changed?.push(fitted)
      }
      return changed ?? value
    })
  }

  /** The first member that a value fits, of those that it can fit by its kind and the literal that tells them apart. */
  const union = (ast: SchemaAST.Union): Fit => {
    const members = ast.types.map((type) => {
      const wire = encoded(type)
      return { ...compile(type), kinds: kindsOf(wire), tags: new Map(tagsOf(wire)) }
    })
    const ofKind = (kind: number) => members.filter(({ kinds }) => (kinds & kind) !== 0)
    const candidates = new Map(Object.values(Kind).map((kind) => [kind, ofKind(kind)]))
    const objects = ofKind(Kind.object)
    const tag = objects.flatMap(({ tags }) => [...tags.keys()])[0]
    const untagged = objects.filter(({ tags }) => tag === undefined || !tags.has(tag))
    const ofTag = new Map(
      objects.flatMap(({ tags }) =>
        tag === undefined || !tags.has(tag) ? [] : [
          [
            tags.get(tag),
            objects.filter((other) => !other.tags.has(tag) || other.tags.get(tag) === tags.get(tag))
          ] as const
        ]
      )
    )
    return {
      asIs: [...candidates].reduce((all, [kind, [first]]) => all | ((first?.asIs ?? 0) & kind), Kind.absent),
      read: (value) => {
        const kind = kindOf(value)
        if (kind === Kind.absent) return absent
        const able = kind === Kind.object && tag !== undefined
          ? ofTag.get((value as Object_)[tag] as SchemaAST.LiteralValue) ?? untagged
          : candidates.get(kind) ?? members
        for (const { asIs, read } of able) {
          const fitted = (asIs & kind) === 0 ? read(value) : value
          if (fitted !== unfit) return fitted
        }
        return unfit
      }
    }
  }

  const changing = ({ decode: getter }: SchemaAST.Link["transformation"]): Fitting => {
    if (typeof getter === "function") return leave // middleware, which is foreign
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

  const checking = (ast: SchemaAST.AST, fit: Fit): Fit => {
    const { checks } = ast
    const before = "encodingChecks" in ast ? ast.encodingChecks : undefined
    return checks === undefined && before === undefined ? fit : {
      asIs: fit.asIs & Kind.absent,
      read: (value) => {
        const fitted = fit.read(value)
        if (fitted === unfit || fitted === absent) return fitted
        return passes(before, value, ast) && passes(checks, fitted, ast) ? fitted : unfit
      }
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

const reading = (read: Fitting): Fit => ({ asIs: 0, read })

/** Takes all values of some kinds, and no others. */
const taking = (kinds: number): Fit => ({ asIs: kinds, read: (value) => (kinds & kindOf(value)) === 0 ? unfit : value })

/** What is decoded without waiting: the schemas of endpoints need no services. A defect is no value that does not fit. */
const valueOf = (effect: Effect.Effect<unknown, unknown, unknown>): unknown => {
  const exit = Exit.isExit(effect) ? effect : Effect.runSyncExit(effect as Effect.Effect<unknown, unknown>)
  if (Exit.isSuccess(exit)) return exit.value
  return exit.cause.reasons.every(({ _tag }) => _tag === "Fail") ? unfit : leave()
}

/** Leaves the whole value to Effect, so that no other member of a union is tried. */
const leave = (): never => {
  throw new TypeError("left to Effect")
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

/** The kinds of values that a schema may take. */
const kindsOf = (wire: SchemaAST.AST): number => {
  switch (wire._tag) {
    case "String":
      return Kind.string
    case "Number":
      return Kind.number
    case "Boolean":
      return Kind.boolean
    case "Undefined":
      return Kind.undefined
    case "Null":
      return Kind.null
    case "Arrays":
      return Kind.list
    case "Literal":
      return kindOf(wire.literal)
    case "Objects":
      return wire.propertySignatures.length > 0 || wire.indexSignatures.length > 0 ? Kind.object : anyKind
    case "Union":
      return wire.types.reduce((all, type) => all | kindsOf(encoded(type)), 0)
    default:
      return anyKind
  }
}
