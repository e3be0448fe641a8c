/**
 * Objects with exactly one of several keys, as the operations of a batch are written.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

interface Fields {
  readonly [key: PropertyKey]: Schema.ConstraintCodec<unknown, unknown>
}

/** Exactly one of the keys. */
type OneOf<T> = {
  [K in keyof T]: { readonly [P in K]: T[K] } & { readonly [Other in Exclude<keyof T, K>]?: never }
}[keyof T]

/** An operation: exactly one of the keys is there. WeCom runs only one of several, so more are refused. */
export const operation = <const F extends Fields>(
  fields: F
): Schema.Codec<OneOf<Schema.Struct.Type<F>>, { readonly [K in keyof F]?: unknown }> =>
  Schema.Struct(Wire.optionals(fields)).check(
    Schema.makeFilter((value: { readonly [key: string]: unknown }) => {
      const given = Object.keys(fields).filter((key) => value[key] !== undefined)
      return given.length === 1 ||
        `exactly one of ${Object.keys(fields).join(", ")} is needed, got ${
          given.length === 0 ? "none" : given.join(", ")
        }`
    })
  ) as never // what it checks
