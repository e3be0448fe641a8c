/**
 * 会议嘉宾: people from outside who are invited to a meeting by phone number.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { area } from "./fields.ts"

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
