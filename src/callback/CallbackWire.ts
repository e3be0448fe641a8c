/**
 * The shapes that only callbacks have, beside those of `Wire`: elements that may be empty, and the two layouts of lists
 * made of elements. (The third, a comma-separated text, is `Wire.joined(",", item)`.)
 */
import * as Effect from "effect/Effect"
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

/** A list of items that is empty when its elements are absent. */
export type List<S extends Schema.Constraint> = Schema.withDecodingDefaultKey<
  Schema.Codec<ReadonlyArray<S["Type"]>, unknown, S["DecodingServices"], S["EncodingServices"]>
>

/** Sibling elements of one name, without a wrapper: none, one or many. */
export const repeated = <S extends Schema.Constraint>(item: S): List<S> =>
  Schema.Union([Schema.Array(item), item]).pipe(
    Schema.decodeTo(
      Schema.toType(Schema.Array(item)),
      SchemaTransformation.transform<ReadonlyArray<S["Type"]>, ReadonlyArray<S["Type"]> | S["Type"]>({
        decode: (items) => Array.isArray(items) ? items : [items],
        encode: (items) => items
      })
    ),
    Schema.withDecodingDefaultKey(Effect.succeed([]))
  )

/** A wrapper element around items of one name; an absent or empty wrapper is an empty list. */
export const wrapped = <S extends Schema.Constraint>(name: string, item: S): List<S> =>
  Schema.Union([Schema.Literal(""), Schema.Struct({ [name]: repeated(item) })]).pipe(
    Schema.decodeTo(
      Schema.toType(Schema.Array(item)),
      SchemaTransformation.transform<
        ReadonlyArray<S["Type"]>,
        "" | { readonly [name: string]: ReadonlyArray<S["Type"]> }
      >({
        decode: (wrapper) => wrapper === "" ? [] : wrapper[name] ?? [],
        encode: (items) => items.length === 0 ? "" : { [name]: items }
      }) as never // the computed key widens the struct to an index signature
    ),
    Schema.withDecodingDefaultKey(Effect.succeed("" as const))
  )
