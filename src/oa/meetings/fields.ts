import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../../Wire.ts"

/** Unix milliseconds. */
export const millis = Wire.number.pipe(
  Schema.decodeTo(
    Schema.DateTimeUtc,
    SchemaTransformation.transformEffect<DateTime.Utc, number>({
      decode: (wire) =>
        Option.match(DateTime.make(wire), {
          onNone: () => Effect.fail(new SchemaIssue.InvalidValue({ message: "expected unix milliseconds" })),
          onSome: Effect.succeed
        }),
      encode: (value) => Effect.succeed(DateTime.toEpochMillis(value))
    })
  )
).annotate({ "effect-wecom/time": true })

/** What every page says of the one after it. */
export const page = Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })

/** Which page to return: the `next_cursor` of the one before. */
export const cursor = Wire.optionals({ cursor: Schema.String })

/** The members of a list, by userid. */
export const userids = (max: number) => Schema.Struct({ userid: Wire.items(Wire.filledText, max) })

/** A meeting, and of one that repeats, which occurrence. */
export const occurrence = {
  meetingid: Wire.filledText,
  /** 子会议: needed for a meeting that repeats; `current_sub_meetingid` of `Meetings.get` is the one to come. */
  sub_meetingid: Wire.optional(Schema.String)
}

/** 国家/地区代码: digits alone, such as `86`. */
export const area = Wire.id.check(
  Schema.isPattern(/^[1-9]\d*$/, { message: "expected the digits of a country code, such as 86, not +86 or 0086" })
)
