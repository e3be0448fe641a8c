/**
 * Visitors, who are told apart by which id an answer holds: an empty one is none, and an answer without any names nobody.
 */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** The values of a schema that hold one of some ids; all others are refused when they are read. */
export const identified = <S extends Schema.Top>(schema: S, ids: ReadonlyArray<string>) =>
  schema.pipe(
    Schema.decodeTo(
      Schema.declare((_: unknown): _ is S["Type"] => true),
      SchemaTransformation.transformEffect<S["Type"], S["Type"]>({
        decode: (value) =>
          ids.some((id) => Predicate.hasProperty(value, id) && isId(value[id]))
            ? Effect.succeed(value)
            : Effect.fail(
              new SchemaIssue.InvalidValue({ message: `the answer names nobody: expected one of ${ids.join(", ")}` })
            ),
        encode: Effect.succeed
      }) as never // from a type to itself
    )
  ) as unknown as Schema.Codec<S["Type"], S["Encoded"]>

const isId = (id: unknown): boolean => (typeof id === "string" && id !== "") || (Array.isArray(id) && id.length > 0)

/** What `read` makes of fields by other names than those of the first schema in a union, which is what is written. */
export const alsoNamed = <Fields extends Schema.Struct.Fields, A>(
  fields: Fields,
  ids: ReadonlyArray<string>,
  read: (fields: Schema.Struct.Type<Fields>) => A
) =>
  identified(Schema.Struct(fields), ids).pipe(
    Schema.decodeTo(
      Schema.declare((_: unknown): _ is A => true),
      SchemaTransformation.transformEffect<A, Schema.Struct.Type<Fields>>({
        decode: (found) => Effect.succeed(read(found)),
        encode: () => Effect.fail(new SchemaIssue.InvalidValue({ message: "only read by these names" }))
      }) as never // what `read` makes
    )
  ) as unknown as Schema.Codec<A, Schema.Struct.Encoded<Fields>>
