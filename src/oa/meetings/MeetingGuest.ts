/**
 * 会议嘉宾: people from outside who are invited to a meeting by phone number.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 国家/地区代码: digits alone, such as `86`. */
export const area = Wire.id.check(
  Schema.isPattern(/^[1-9]\d*$/, { message: "expected the digits of a country code, such as 86, not +86 or 0086" })
)

/** 会议嘉宾. */
export class MeetingGuest extends Schema.Class<MeetingGuest>("effect-wecom/MeetingGuest")({
  ...Wire.optionals({
    area: Wire.id,
    phone_number: Schema.String,
    guest_name: Schema.String
  })
}) {}

/** 会议嘉宾 to invite. */
export class NewMeetingGuest extends Schema.Opaque<NewMeetingGuest>()(Schema.Struct({
  /** 国家/地区代码, such as `86`. */
  area,
  phone_number: Schema.NonEmptyString,
  /** At most 16 characters. */
  guest_name: Wire.optional(Wire.chars(16))
})) {}
