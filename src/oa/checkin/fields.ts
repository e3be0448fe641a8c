/** What several areas of check-in have in common. */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../../Wire.ts"

/** The members to ask for: 1 to 100. */
export const useridlist = Wire.items(Schema.NonEmptyString, 100, 1)

/** A number of seconds up to `max`, in steps of `step`. */
export const seconds = (max: number, step = 60, min = 0) =>
  Wire.intBetween(min, max).check(
    Schema.isMultipleOf(step, { message: `expected a multiple of ${step} seconds` })
  )

/** A coordinate of GCJ-02 in degrees, up to `limit` either way; 1,000,000 times as much travels. */
export const degrees = (limit: number) =>
  Wire.int.pipe(
    Schema.decodeTo(
      Schema.Number.check(Schema.isBetween({ minimum: -limit, maximum: limit })),
      SchemaTransformation.transform<number, number>({
        decode: (wire) => wire / 1_000_000,
        encode: (value) => Math.round(value * 1_000_000)
      })
    )
  )

/** MAC address of a Wi-Fi. */
export const mac = Schema.String.check(
  Schema.isPattern(/^[A-Fa-f0-9]{2}(?::[A-Fa-f0-9]{2}){5}$/, { message: "expected a MAC address: c0:7b:bc:37:f8:d3" })
)
