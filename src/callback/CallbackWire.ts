/**
 * The shapes that only callbacks have, beside those of `Wire`: elements that may be empty, the three layouts of lists,
 * and whom third-party commands are about.
 */
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../Wire.ts"

/** What {@link optional} is: a value that may be absent. */
export interface optional<S extends Schema.Constraint>
  extends
    Schema.decodeTo<Schema.optional<S>, Schema.optional<Schema.Union<readonly [S, Schema.Literal<"">, Schema.Null]>>>
{}

/**
 * A value whose element may be absent or empty, or `null` in JSON: all read as absent. For text, where empty means empty,
 * use `Wire.optional`.
 */
export const optional = <S extends Schema.Constraint>(schema: S): optional<S> =>
  Schema.optional(Schema.Union([Schema.Literal(""), Schema.Null, schema])).pipe(
    Schema.decodeTo(Schema.optional(Schema.toType(schema)), {
      decode: SchemaGetter.transformOptional(Option.filter((value) => value !== "" && value !== null)),
      encode: SchemaGetter.transformOptional(Option.filter(Predicate.isNotUndefined))
    })
    // The type side of `schema` stands for `schema` itself: the encoded side has already been decoded by it.
  ) as never

/** A list whose elements are left out when it is empty, and read as empty when they are absent. */
export type List<S extends Schema.Constraint> = Schema.withDecodingDefaultKey<
  Schema.Codec<ReadonlyArray<S["Type"]>, unknown, S["DecodingServices"], S["EncodingServices"]>
>

/** Sibling elements of one name, without a wrapper: one or many; empty texts among them are none. For a field that may be absent see {@link repeated}. */
export const siblings = <S extends Schema.Constraint>(item: S) =>
  Schema.Union([Schema.Array(item), item]).pipe(
    Schema.decodeTo(
      Schema.toType(Schema.Array(item)),
      SchemaTransformation.transform<ReadonlyArray<S["Type"]>, ReadonlyArray<S["Type"]> | S["Type"]>({
        decode: (items) => (Array.isArray(items) ? items : [items]).filter((item) => item !== ""),
        encode: (items) => items
      })
    )
  )

/** Sibling elements of one name, without a wrapper: none, one or many. */
export const repeated = <S extends Schema.Constraint>(item: S): List<S> =>
  Schema.optionalKey(siblings(item)).pipe(
    Schema.decodeTo(Schema.toType(Schema.Array(item)), {
      decode: SchemaGetter.transformOptional((items) => Option.orElseSome(items, () => [])),
      encode: SchemaGetter.transformOptional(Option.filter(isNotEmpty))
    })
    // The type side of `item` stands for `item` itself: the encoded side has already been decoded by it.
  ) as never

/** A wrapper element around items of one name; an absent or empty wrapper is an empty list. */
export const wrapped = <S extends Schema.Constraint>(name: string, item: S): List<S> => {
  const wrapper = Schema.Struct({ [name]: Schema.optionalKey(siblings(item)) })
  type Wrapper = "" | null | readonly [] | typeof wrapper.Type
  const isWrapper = (content: Wrapper): content is typeof wrapper.Type =>
    content !== null && typeof content === "object" && !Array.isArray(content)
  return Schema.optionalKey(Schema.Union([Schema.Literal(""), Schema.Null, Schema.Tuple([]), wrapper])).pipe(
    Schema.decodeTo(Schema.toType(Schema.Array(item)), {
      decode: SchemaGetter.transformOptional((content: Option.Option<Wrapper>) =>
        Option.some(Option.isSome(content) && isWrapper(content.value) ? content.value[name] ?? [] : [])
      ),
      encode: SchemaGetter.transformOptional((items: Option.Option<ReadonlyArray<S["Type"]>>) =>
        Option.map(Option.filter(items, isNotEmpty), (items) => ({ [name]: items }))
      )
    })
    // As above.
  ) as never
}

/**
 * A list in one text, its items joined by commas; an absent or empty text is an empty list. Where absent says something
 * else than empty, as in a change, it is `Wire.optional(Wire.joined(",", item))`.
 */
export const commas = <S extends Schema.Codec<unknown, string | number | boolean>>(item: S): List<S> =>
  Schema.optionalKey(Wire.joined(",", item)).pipe(
    Schema.decodeTo(Schema.toType(Schema.Array(item)), {
      decode: SchemaGetter.transformOptional((items) => Option.orElseSome(items, () => [])),
      encode: SchemaGetter.transformOptional(Option.filter(isNotEmpty))
    })
    // As above.
  ) as never

/** A third-party command about a suite in a corp. */
export const suiteInCorp = {
  /** The suite, or the template of apps developed for corps (代开发应用模板, whose id starts with `dk`). */
  SuiteId: Schema.String,
  /** The corp that installed it. */
  AuthCorpId: Schema.String
}

/** A third-party command about a provider and one of its customers. */
export const providerAndCorp = {
  /** The provider's corp id. */
  ServiceCorpId: Schema.String,
  /** The corp that it is about. */
  AuthCorpId: Schema.String
}

const isNotEmpty = (items: ReadonlyArray<unknown>): boolean => items.length > 0
