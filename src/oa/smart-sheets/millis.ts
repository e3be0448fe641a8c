/**
 * Points in time as smart sheets write them.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** Unix milliseconds as text; a number is read too. */
export const millis = Schema.Union([Schema.String, Schema.Number]).pipe(
  Schema.decodeTo(
    Schema.DateTimeUtc,
    SchemaTransformation.transformEffect<DateTime.Utc, string | number>({
      decode: (wire) =>
        Option.match(wire === "" ? Option.none() : DateTime.make(Number(wire)), {
          onNone: () => Effect.fail(new SchemaIssue.InvalidValue({ message: "expected unix milliseconds" })),
          onSome: Effect.succeed
        }),
      encode: (value) => Effect.succeed(`${DateTime.toEpochMillis(value)}`)
    })
  )
)
