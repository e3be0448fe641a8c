/**
 * The shapes that only callbacks have, beside those of `Wire`: elements that may be empty, and the two layouts of lists
 * made of elements. (The third, a comma-separated text, is `Wire.joined(",", item)`.)
 */
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** A value whose element may be absent or empty: both read as absent. For text, where empty means empty, use `Wire.optional`. */
export const optional = <S extends Schema.Constraint>(
  schema: S
): Schema.decodeTo<Schema.optional<S>, Schema.optional<Schema.Union<readonly [S, Schema.Literal<"">]>>> =>
  Schema.optional(Schema.Union([Schema.Literal(""), schema])).pipe(
    Schema.decodeTo(Schema.optional(Schema.toType(schema)), {
      decode: SchemaGetter.transformOptional(Option.filter((value) => value !== "")),
      encode: SchemaGetter.transformOptional(Option.filter(Predicate.isNotUndefined))
    })
    // The type side of `schema` stands for `schema` itself: the encoded side has already been decoded by it.
  ) as never

/** A list whose elements are left out when it is empty, and read as empty when they are absent. */
export type List<S extends Schema.Constraint> = Schema.withDecodingDefaultKey<
  Schema.Codec<ReadonlyArray<S["Type"]>, unknown, S["DecodingServices"], S["EncodingServices"]>
>

/** Sibling elements of one name, without a wrapper: one or many. For a field that may be absent see {@link repeated}. */
export const siblings = <S extends Schema.Constraint>(item: S) =>
  Schema.Union([Schema.Array(item), item]).pipe(
    Schema.decodeTo(
      Schema.toType(Schema.Array(item)),
      SchemaTransformation.transform<ReadonlyArray<S["Type"]>, ReadonlyArray<S["Type"]> | S["Type"]>({
        decode: (items) => Array.isArray(items) ? items : [items],
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
  return Schema.optionalKey(Schema.Union([Schema.Literal(""), wrapper])).pipe(
    Schema.decodeTo(Schema.toType(Schema.Array(item)), {
      decode: SchemaGetter.transformOptional((content: Option.Option<"" | typeof wrapper.Type>) =>
        Option.some(Option.isNone(content) || content.value === "" ? [] : content.value[name] ?? [])
      ),
      encode: SchemaGetter.transformOptional((items: Option.Option<ReadonlyArray<S["Type"]>>) =>
        Option.map(Option.filter(items, isNotEmpty), (items) => ({ [name]: items }))
      )
    })
    // As above.
  ) as never
}

const isNotEmpty = (items: ReadonlyArray<unknown>): boolean => items.length > 0
