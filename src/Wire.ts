/**
 * The recurring shapes of the wire: one schema each, read leniently, written strictly.
 *
 * The client decodes responses with checks off and encodes requests with checks on; the simulator does the
 * reverse. So closed sets, lengths and ranges are always checks on an open type.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import { memoize } from "effect/Function"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { day, midnight } from "./internal/wire/days.ts"
import { Misfit } from "./internal/wire/mend.ts"

/** A field that may be absent; `null` reads as `undefined`, which is not written. */
export interface optional<S extends Schema.Constraint> extends
  Schema.optionalKey<
    Schema.Codec<S["Type"] | undefined, S["Encoded"] | null | undefined, S["DecodingServices"], S["EncodingServices"]>
  >
{}

/**
 * A field that may be absent; `null` reads as `undefined`, which is not written. Of a {@link time}, 0 and an empty text
 * say that there is none; a text that must not be blank may be empty.
 */
export const optional: <S extends Schema.Constraint>(schema: S) => optional<S> = memoize((schema: Schema.Constraint) =>
  // Alternatives rather than a transformation, which would run for every absent key. Their order matters when writing:
  // `undefined` is left out, not sent as null.
  Schema.optionalKey(
    Schema.Union([
      ...isMarked(schema, "effect-wecom/time") ? [noTime] : [],
      schema,
      ...isMarked(schema, "effect-wecom/filled") ? [Schema.Literal("")] : [],
      Schema.Undefined,
      nullAsUndefined
    ])
  )
) as never // the type that it is read as

/** A record of fields that may all be absent, each as {@link optional} makes it. */
export type optionals<Fields extends { readonly [field: string]: Schema.Constraint }> = {
  readonly [Key in keyof Fields]: optional<Fields[Key]>
}

/**
 * Fields that may all be absent, to be spread into a record of fields.
 *
 * @example
 * ```ts
 * Schema.Struct({ userid: Schema.String, ...Wire.optionals({ name: Schema.String, alias: Schema.String }) })
 * ```
 */
export const optionals = <const Fields extends { readonly [field: string]: Schema.Constraint }>(
  fields: Fields
): optionals<Fields> =>
  Object.fromEntries(Object.entries(fields).map(([key, schema]) => [key, optional(schema)])) as never // same keys

const nullAsUndefined = Schema.Null.pipe(
  Schema.decodeTo(Schema.Undefined, SchemaTransformation.transform({ decode: () => undefined, encode: () => null }))
)

/** A list that some answers leave out, or send as `null`, when it is empty. */
export interface list<S extends Schema.Constraint> extends
  Schema.withDecodingDefaultKey<
    Schema.decodeTo<Schema.toType<Schema.$Array<S>>, Schema.NullOr<Schema.$Array<S>>>
  >
{}

/** A list that some answers leave out, or send as `null`, when it is empty. */
export const list: <S extends Schema.Constraint>(item: S) => list<S> = memoize((item: Schema.Constraint) =>
  // What has been decoded is not looked at once more: the list's own type takes any items.
  Schema.optionalKey(Schema.Union([Schema.Array(item), nullAsEmpty])).pipe(
    Schema.decodeTo(Schema.Array(Schema.Unknown), {
      decode: SchemaGetter.withDefault(Effect.succeed([])),
      encode: SchemaGetter.passthrough()
    } as never) // the items are of the type that the union has decoded
  )
) as never // the type that it is read as

const nullAsEmpty = Schema.Null.pipe(
  Schema.decodeTo(Schema.Tuple([]), SchemaTransformation.transform({ decode: () => [] as const, encode: () => null }))
)

/** What {@link flag} is: a boolean. */
export interface Flag
  extends Schema.decodeTo<Schema.Boolean, Schema.Union<readonly [Schema.Number, Schema.Boolean, Schema.String]>>
{}

/** A 0/1 switch: any other integer but 0, and the JSON booleans, are read too. */
export const flag: Flag = Schema.Union([Schema.Number, Schema.Boolean, Schema.String]).pipe(
  Schema.decodeTo(
    Schema.Boolean,
    SchemaTransformation.transform<boolean, number | boolean | string>({
      decode: (wire) => wire !== "0" && wire !== "" && wire !== 0 && wire !== false && wire !== "false",
      encode: (value) => value ? 1 : 0
    })
  )
)

/** What {@link number} and {@link int} are: a number. */
export interface Numeric extends Schema.decodeTo<Schema.Number, Schema.Union<readonly [Schema.Number, Schema.String]>> {
  /** Checked, it is one still. */
  readonly "Rebuild": Numeric
}

/** A number that some answers quote: `1` and `"1"` are read, a number is written. */
export const number: Numeric =
  // Alternatives rather than a transformation, which would run for every number.
  Schema.Union([
    Schema.Number,
    Schema.String.pipe(
      Schema.decodeTo(
        Schema.Number,
        SchemaTransformation.transformEffect<number, string>({
          decode: (wire) => parseNumber(wire),
          encode: (value) => Effect.succeed(`${value}`)
        })
      )
    )
  ]) as never // the type that it is read as

/** An integer that some answers quote: `1` and `"1"` are read, a number is written. */
export const int: Numeric = number.check(Schema.isInt())

/** A number, or what one stands for, that travels in quotes: `1` and `"1"` are read, `"1"` is written. */
export const quoted = <A>(schema: Schema.Codec<A, number | string>) =>
  Schema.Union([Schema.String, Schema.Number]).pipe(
    Schema.decodeTo(
      schema,
      SchemaTransformation.transform<number | string, number | string>({
        decode: (wire) => wire,
        encode: (value) => `${value}`
      })
    )
  )

/** A field that always has the same value: left out of the input, it is written all the same. */
export const constant = <const Value extends string | number>(value: Value) =>
  Schema.optional(Schema.Literal(value)).pipe(
    Schema.decodeTo(Schema.optional(Schema.Literal(value)), {
      decode: SchemaGetter.passthrough(),
      encode: SchemaGetter.withDefault(Effect.succeed(value))
    })
  )

/** What {@link id} and {@link int64} are: text. */
export interface Id extends Schema.decodeTo<Schema.String, Schema.Union<readonly [Schema.String, Schema.Number]>> {}

/** An id that some answers send as a number: read as text without loss, written as text. */
export const id: Id = Schema.Union([
  Schema.String,
  Schema.Number.pipe(
    Schema.decodeTo(
      Schema.String,
      SchemaTransformation.transform<string, number>({ decode: (wire) => `${wire}`, encode: (value) => Number(value) })
    )
  )
]) as never // the type that it is read as

/**
 * A 64-bit integer, which a JavaScript number cannot hold: digits as text.
 *
 * Name its key in the endpoint's `int64`, so that it is read from and written to the JSON text unquoted.
 */
export const int64: Id = id.check(Schema.isPattern(/^-?\d+$/, { message: "expected the digits of a 64-bit integer" }))

/** What {@link time} is: a point in time. */
export interface Time
  extends Schema.decodeTo<Schema.DateTimeUtc, Schema.Union<readonly [Schema.Number, Schema.String]>>
{}

/** Unix seconds. */
export const time: Time = Schema.Union([Schema.Number, Schema.String]).pipe(
  Schema.decodeTo(
    Schema.DateTimeUtc,
    SchemaTransformation.transformEffect<DateTime.Utc, number | string>({
      decode: (wire) => Effect.flatMap(parseNumber(wire), parseSeconds),
      encode: (value) => Effect.succeed(Math.floor(DateTime.toEpochMillis(value) / 1000))
    })
  )
).annotate({ "effect-wecom/time": true })

/** Whether a schema is one of those that {@link optional} treats by what they are, also with further checks. */
const isMarked = (schema: Schema.Constraint, mark: string): boolean =>
  schema.ast.annotations?.[mark] === true ||
  schema.ast.checks?.some((check) => check.annotations?.[mark] === true) === true

/** 0 or an empty text in place of a time; `undefined` is not written as it. */
const noTime = Schema.Literals([0, "0", ""]).pipe(
  Schema.decodeTo(
    Schema.Undefined,
    SchemaTransformation.transformEffect<undefined, 0 | "0" | "">({
      decode: () => Effect.undefined,
      encode: () => Effect.fail(new SchemaIssue.InvalidValue({ message: "expected a time" }))
    })
  )
)

/** What {@link timeOrNone} is: a point in time, or `undefined`. */
export interface TimeOrNone
  extends Schema.decodeTo<Schema.UndefinedOr<Schema.DateTimeUtc>, Schema.Union<readonly [Schema.Number, Schema.String]>>
{}

/** Unix seconds where 0 (or an empty text) says "none". */
export const timeOrNone: TimeOrNone = Schema.Union([Schema.Number, Schema.String]).pipe(
  Schema.decodeTo(
    Schema.UndefinedOr(Schema.DateTimeUtc),
    SchemaTransformation.transformEffect<DateTime.Utc | undefined, number | string>({
      decode: (wire) =>
        wire === ""
          ? Effect.undefined
          : Effect.flatMap(parseNumber(wire), (seconds) => seconds === 0 ? Effect.undefined : parseSeconds(seconds)),
      encode: (value) => Effect.succeed(value === undefined ? 0 : Math.floor(DateTime.toEpochMillis(value) / 1000))
    })
  )
)

/** A list that travels as one text, its items joined by `|`. */
export const piped = <S extends Schema.Codec<string | number, string>>(item: S) => joined("|", item)

/** A list that travels as one text, its items joined by a separator; a list that some answers send is read as well. */
export const joined = <S extends Schema.Codec<unknown, string | number | boolean>>(separator: string, item: S) =>
  joinedWire.pipe(
    Schema.decodeTo(
      Schema.Array(item),
      SchemaTransformation.transform<JoinedList, JoinedWire>({
        decode: (wire) => split(separator, wire),
        encode: (items) => items.join(separator)
      })
    )
  )

/** The same as {@link piped}, for answers that leave it out where the list is empty. */
export const pipedList = <S extends Schema.Codec<string | number, string>>(item: S) =>
  Schema.optionalKey(joinedWire).pipe(
    Schema.decodeTo(Schema.Array(item), {
      decode: SchemaGetter.transformOptional((wire: Option.Option<JoinedWire>) =>
        Option.some(Option.isSome(wire) ? split("|", wire.value) : [])
      ),
      encode: SchemaGetter.transform((items: JoinedList) => items.join("|"))
    } as never) // the items are read by the list's own type
  )

type JoinedList = ReadonlyArray<string | number | boolean>

type JoinedWire = string | JoinedList

const joinedWire = Schema.Union([
  Schema.String,
  Schema.Array(Schema.Union([Schema.String, Schema.Number, Schema.Boolean]))
])

const split = (separator: string, wire: JoinedWire): JoinedList =>
  wire === "" ? [] : typeof wire === "string" ? wire.split(separator).filter((part) => part !== "") : wire

/**
 * An id or a code, which is not empty and has no white space around it: that of a copied line or an environment file is
 * refused.
 */
export const trimmed: Schema.String = Schema.String.check(
  Schema.makeFilter((value: string) =>
    value === "" ? "must not be empty" : value.trim() === value || "there is white space around it"
  )
)

/** A value that must never be printed: text on the wire, as {@link trimmed} has it, `Redacted` in the program. */
export const secret = trimmed.pipe(
  Schema.decodeTo(
    Schema.Redacted(Schema.String),
    SchemaTransformation.transform<Redacted.Redacted, string>({
      decode: (value) => Redacted.make(value),
      encode: (redacted) => Redacted.value(redacted)
    })
  )
)

/** Bytes that travel as Base64. */
export const base64: Schema.decodeTo<Schema.Uint8Array, Schema.String> = Schema.String.pipe(
  Schema.decodeTo(
    Schema.Uint8Array,
    SchemaTransformation.transformEffect<Uint8Array<ArrayBufferLike>, string>({
      decode: (text) =>
        Effect.mapErrorEager(
          Effect.fromResult(Base64.decode(text)),
          () => new SchemaIssue.InvalidValue({ message: "expected Base64" })
        ),
      encode: (bytes) => Effect.succeed(toBase64(bytes))
    })
  )
)

/** Node's own takes a tenth of the time, and no second copy. */
const toBase64 = (bytes: Uint8Array): string => {
  const { Buffer: buffers } = globalThis as { readonly Buffer?: typeof Buffer }
  return buffers === undefined
    ? Base64.encode(bytes)
    : buffers.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")
}

const notBlank = Schema.makeFilter((value: string) => value.trim() !== "" || "must not be blank", {
  "effect-wecom/filled": true
})

const filled = (...checks: ReadonlyArray<SchemaAST.Check<string>>): Schema.String =>
  Schema.String.check(notBlank, ...checks)

/**
 * Text of at most `bytes` bytes of UTF-8, as most of WeCom's limits are counted. It must not be blank; an
 * {@link optional} one may be empty, which clears it.
 */
export const text = (bytes: number) =>
  filled(
    Schema.makeFilter((value: string) => {
      const length = utf8Length(value, bytes)
      return length <= bytes || `at most ${bytes} bytes of UTF-8 are allowed, got ${length}`
    }, { toJsonSchema: () => ({ maxLength: bytes, "x-max-bytes": bytes }) })
  )

/** Text of at most `characters` characters, which must not be blank; an {@link optional} one may be empty. */
export const chars = (characters: number) =>
  filled(
    Schema.makeFilter((value: string) => {
      if (value.length <= characters) return true
      const length = [...value].length
      return length <= characters || `at most ${characters} characters are allowed, got ${length}`
    }, { toJsonSchema: () => ({ maxLength: characters }) })
  )

/**
 * Text of at most `count` Chinese characters (汉字), or twice as many Latin ones, as WeCom counts some lengths. It
 * must not be blank; an {@link optional} one may be empty.
 */
export const words = (count: number) =>
  filled(
    Schema.makeFilter((value: string) => {
      const width = Array.from(value, (character) => character > "\u00ff" ? 2 : 1).reduce((sum, one) => sum + one, 0)
      return width <= count * 2 || `at most ${count} Chinese characters are allowed, got ${Math.ceil(width / 2)}`
    }, { toJsonSchema: () => ({ maxLength: count * 2, "x-max-chinese-characters": count }) })
  )

/** Text of any length, which must not be blank; an {@link optional} one may be empty. */
export const filledText: Schema.String = filled()

/** A list of at most `max` (and at least `min`) items. */
export const items = <S extends Schema.Constraint>(item: S, max: number, min = 0) =>
  Schema.Array(item).check(
    Schema.makeFilter((value: ReadonlyArray<S["Type"]>) =>
      value.length > max
        ? `at most ${max} items are allowed, got ${value.length}`
        : value.length < min
        ? `at least ${min} ${min === 1 ? "item is" : "items are"} needed`
        : true, {
      toJsonSchema: () => ({ ...(Number.isFinite(max) && { maxItems: max }), ...(min > 0 && { minItems: min }) })
    })
  )

/**
 * For a struct whose document says that some fields must not all be empty: at least one of them is there, and is not an
 * empty text or list.
 *
 * @example
 * ```ts
 * Schema.Struct({ tag_id: ..., group_id: ... }).check(Wire.anyOf("tag_id", "group_id"))
 * ```
 */
export const anyOf = <const Keys extends readonly [string, ...Array<string>]>(...keys: Keys) =>
  Schema.makeFilter((value: { readonly [K in Keys[number]]?: unknown }) =>
    keys.some((key: Keys[number]) => !isBlank(value[key])) ||
    { path: [keys[0]], issue: `at least one of ${keys.join(", ")} is needed` }
  )

/**
 * For a struct with two times: the second, if both are there, is not before the first, nor more than `days` days after
 * it.
 */
export const period = <const Start extends string, const End extends string>(start: Start, end: End, days: number) =>
  checkedPeriod(start, end, days, DateTime.toEpochMillis)

/** The same for times that WeCom cuts down to the midnight before: the days that they are of count. */
export const periodOfDays = <const Start extends string, const End extends string>(
  start: Start,
  end: End,
  days: number
) => checkedPeriod(start, end, days, (time) => midnight(DateTime.toEpochMillis(time)))

const checkedPeriod = <const Start extends string, const End extends string>(
  start: Start,
  end: End,
  days: number,
  read: (time: DateTime.Utc) => number
) =>
  Schema.makeFilter(
    (value: { readonly [K in Start | End]?: DateTime.Utc | undefined }) => {
      const first = value[start]
      const last = value[end]
      if (first === undefined || last === undefined) return true
      const length = read(last) - read(first)
      return length < 0
        ? { path: [end], issue: `must not be before ${start}` }
        : length > days * day
        ? { path: [end], issue: `at most ${days} days after ${start} are allowed` }
        : true
    }
  )

/**
 * For a struct with two times that are given together or not at all: in order, and at most `days` days apart. Default: any
 * number.
 */
export const optionalPeriod = <const Start extends string, const End extends string>(
  start: Start,
  end: End,
  days = Infinity
) =>
  Schema.makeFilter(
    (value: { readonly [K in End | Start]?: DateTime.Utc | undefined }) => {
      const [first, last] = [value[start], value[end]]
      if (first === undefined && last === undefined) return true
      if (first === undefined) return { path: [start], issue: `is needed with ${end}` }
      if (last === undefined) return { path: [end], issue: `is needed with ${start}` }
      const length = DateTime.toEpochMillis(last) - DateTime.toEpochMillis(first)
      return length < 0
        ? { path: [end], issue: `must not be before ${start}` }
        : length > days * day
        ? { path: [end], issue: `at most ${days} days after ${start} are allowed` }
        : true
    }
  )

/** A `T` in which at least one of the fields `Keys` is there. */
export type AnyOf<T, Keys extends PropertyKey> = {
  [Key in Keys]:
    & { readonly [K in keyof T as K extends Key ? K : never]-?: Exclude<T[K], undefined> }
    & { readonly [K in keyof T as K extends Key ? never : K]: T[K] }
}[Keys]

/** The check of {@link anyOf}, in the type as well. */
export const withAnyOf =
  <const Keys extends readonly [string, ...Array<string>]>(...keys: Keys) =>
  <S extends Schema.Codec<{ readonly [K in Keys[number]]?: unknown }, unknown>>(
    struct: S
  ): Schema.Codec<AnyOf<S["Type"], Keys[number]>, S["Encoded"]> => struct.check(anyOf(...keys)) as never // what it checks

/**
 * A schema whose checks leave a narrower type than it can say of itself: the type has to be one of the schema's, so that
 * the two cannot part.
 *
 * @example
 * ```ts
 * type Where = { readonly url: string } | { readonly path: string }
 * const Where = Wire.narrow<Where>()(Schema.Struct(Wire.optionals({ url: ..., path: ... })).check(Wire.anyOf("url", "path")))
 * ```
 */
export const narrow = <T>() =>
<S extends Schema.ConstraintCodec<unknown, unknown>>(
  schema: S & ([T] extends [S["Type"]] ? unknown : "the type is not one of the schema's")
): Schema.Codec<T, S["Encoded"]> => schema as never // narrower by what the schema checks

/** A number within a closed range. */
export const between = (minimum: number, maximum: number): Numeric =>
  number.check(Schema.isBetween({ minimum, maximum }))

/** An integer within a closed range. */
export const intBetween = (minimum: number, maximum: number): Numeric =>
  int.check(Schema.isBetween({ minimum, maximum }))

/** An integer of at least `minimum`. */
export const intFrom = (minimum: number): Numeric => int.check(Schema.isGreaterThanOrEqualTo(minimum))

/**
 * A closed set of named values, read openly: a value that WeCom adds later decodes as it is, while a
 * request with an unknown one is refused.
 *
 * @example
 * ```ts
 * export const UserStatus = Wire.oneOf({ Active: [1, "已激活"], Disabled: [2, "已禁用"] })
 * UserStatus.Active         // 1
 * UserStatus.label(1)       // "已激活"
 * Schema.Struct({ status: UserStatus.schema })
 * ```
 */
export const oneOf = <const Values extends Record<string, readonly [value: number | string, label: string]>>(
  values: Values
): OneOf<Values> => {
  type Value = Values[keyof Values][0]
  const labels = new Map<number | string, string>(Object.values(values))
  const known = [...labels.keys()]
  const numeric = known.every((value) => typeof value === "number")
  const open = (numeric ? number : Schema.String) as Schema.Codec<Open<Value>, string | number>
  return {
    ...Object.fromEntries(Object.entries(values).map(([name, [value]]) => [name, value])),
    schema: open.check(
      Schema.makeFilter((value: number | string) => labels.has(value) || `expected one of ${known.join(", ")}`, {
        examples: known,
        toJsonSchema: () => ({
          enum: known,
          "x-enum-descriptions": Object.entries(values).map(([name, [value, label]]) => `${value} ${name} ${label}`)
        })
      })
    ),
    label: (value: number | string) => labels.get(value),
    values: known
    // The names of `Values` are only known to the type.
  } as never
}

/** What {@link oneOf} makes: each name's value, the schema, and the labels. */
export type OneOf<Values extends Record<string, readonly [value: number | string, label: string]>> =
  & { readonly [Name in keyof Values]: Values[Name][0] }
  & {
    readonly schema: Schema.Codec<Open<Values[keyof Values][0]>, string | number>
    /** The official label of a value, if it is a known one. */
    readonly label: (value: number | string) => string | undefined
    /** Every known value. */
    readonly values: ReadonlyArray<Values[keyof Values][0]>
  }

/** The known values for completion, and any other of their kind for values still to come. */
export type Open<Value extends number | string> =
  | Value
  | (Extract<Value, number> extends never ? never : number & {})
  | (Extract<Value, string> extends never ? never : string & {})

/** A variant that this version does not know: kept whole when read, refused when sent. */
export interface UnknownVariant {
  readonly value: { readonly [key: string]: Schema.Json }
}

/**
 * A union told apart by one key, still open: a variant that WeCom adds later decodes as
 * `{ [tag]: "Unknown", value }` with everything it came with, while a request with one is refused.
 *
 * A known variant that cannot be read, not even when it is mended, is kept as an unknown one: one odd item costs neither
 * a list nor what comes after it.
 */
export const variants = <
  const Tag extends string,
  const Members extends ReadonlyArray<
    Schema.Constraint & { readonly fields: { readonly [K in Tag]: Schema.Literal<string | number> } }
  >
>(
  tag: Tag,
  members: Members
): Schema.Union<readonly [...Members, Schema.Codec<UnknownVariant & { readonly [K in Tag]: "Unknown" }, object>]> => {
  const known = new Set<unknown>(members.map((member) => member.fields[tag].literal))
  const Unknown = wholeVariant.pipe(
    Schema.decodeTo(
      Schema.Struct({ [tag]: Schema.Literal("Unknown"), value: anyFields }).check(
        Schema.makeFilter(() => `expected one of the ${tag}s ${[...known].join(", ")}`)
      ),
      SchemaTransformation.transformEffect<
        { readonly [key: string]: unknown; readonly value: { readonly [key: string]: Schema.Json } },
        { readonly [key: string]: Schema.Json }
      >({
        decode: ({ [Misfit]: misfit, ...value }) =>
          known.has(value[tag]) && misfit === undefined
            ? Effect.fail(new SchemaIssue.InvalidValue({ message: `does not fit the ${tag} ${String(value[tag])}` }))
            : Effect.succeed({ [tag]: "Unknown", value }),
        encode: ({ value }) => Effect.succeed(value)
      }) as never // a computed key widens the struct to an index signature
    )
  )
  // The known ones together, for they are told apart by their key alone.
  return Schema.Union([Schema.Union(members), Unknown]) as never // the same key again
}

const anyFields = Schema.Record(Schema.String, Schema.Json)

const wholeVariant = anyFields.annotate({ identifier: "UnknownVariant" })

const isBlank = (value: unknown): boolean =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0)

const parseNumber = (wire: number | string): Effect.Effect<number, SchemaIssue.Issue> => {
  if (typeof wire === "number") return Effect.succeed(wire)
  const value = Number(wire)
  return wire.trim() === "" || Number.isNaN(value)
    ? Effect.fail(new SchemaIssue.InvalidValue({ message: "expected a number" }))
    : Effect.succeed(value)
}

/** A number of seconds may be beyond what a date can be. */
const parseSeconds = (seconds: number): Effect.Effect<DateTime.Utc, SchemaIssue.Issue> =>
  Option.match(DateTime.make(seconds * 1000), {
    onNone: () => Effect.fail(new SchemaIssue.InvalidValue({ message: "expected unix seconds" })),
    onSome: Effect.succeed
  })

const encoder = new TextEncoder()

const utf8Length = (value: string, limit: number): number =>
  value.length * 3 <= limit ? value.length : encoder.encode(value).length
