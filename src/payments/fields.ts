/**
 * What the endpoints of payments share.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../Wire.ts"

/** An amount to pay, in fen (分, 0.01 CNY): a whole number above 0. */
export const fen = Wire.intFrom(1)

/** 商户号. */
export const merchant = Wire.text(32)

/** 商户订单号: 6 to 32 digits, Latin letters and `_-|*`. */
export const tradeNumber = Schema.String.check(
  Schema.isPattern(/^[\w|*-]{6,32}$/, { message: "expected 6 to 32 digits, Latin letters or _-|*" })
)

/** 商户退款单号: 1 to 64 digits, Latin letters and `_-|*@`. */
export const refundNumber = Schema.String.check(
  Schema.isPattern(/^[\w|*@-]{1,64}$/, { message: "expected 1 to 64 digits, Latin letters or _-|*@" })
)

/** A day, `YYYY-MM-DD`. */
export const date = Schema.String.check(
  Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/, { message: "expected a day, such as 2026-11-28" })
)

/** 商户订单号 of a merchant's own calls: at most `max` digits and Latin letters. */
export const merchantOrder = (max: number) =>
  Schema.String.check(
    Schema.isPattern(new RegExp(`^[0-9A-Za-z]{1,${max}}$`), {
      message: `expected 1 to ${max} digits and Latin letters`
    })
  )

/** A point in time as WeChat Pay writes it, that of China: `2026-11-28 08:00:00`. Documents show full-width colons. */
export const chinaTime = Schema.String.pipe(
  Schema.decodeTo(
    Schema.DateTimeUtc,
    SchemaTransformation.transformEffect<DateTime.Utc, string>({
      decode: (wire) =>
        Option.match(DateTime.make(`${wire.replaceAll("：", ":").replace(" ", "T")}+08:00`), {
          onNone: () => Effect.fail(new SchemaIssue.InvalidValue({ message: "expected YYYY-MM-DD HH:mm:ss" })),
          onSome: (time) => Effect.succeed(DateTime.toUtc(time))
        }),
      encode: (time) =>
        Effect.succeed(DateTime.formatIso(DateTime.add(time, { hours: 8 })).slice(0, 19).replace("T", " "))
    })
  )
)

/** A point in time as RFC 3339, written as that of China: `2026-11-28T08:00:00+08:00`. */
export const rfc3339 = Schema.String.pipe(
  Schema.decodeTo(
    Schema.DateTimeUtc,
    SchemaTransformation.transformEffect<DateTime.Utc, string>({
      decode: (wire) =>
        Option.match(DateTime.make(wire), {
          onNone: () => Effect.fail(new SchemaIssue.InvalidValue({ message: "expected a time of RFC 3339" })),
          onSome: (time) => Effect.succeed(DateTime.toUtc(time))
        }),
      encode: (time) => Effect.succeed(`${DateTime.formatIso(DateTime.add(time, { hours: 8 })).slice(0, 19)}+08:00`)
    })
  )
)
