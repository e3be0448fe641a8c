/**
 * What the endpoints of devices share.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"
import { DeviceUserType } from "./DeviceUserType.ts"

/** SN of a device: 1 to 128 digits and Latin letters; the case does not matter. */
export const serialNumber = Schema.String.check(
  Schema.isPattern(/^[0-9A-Za-z]{1,128}$/, { message: "expected 1 to 128 digits or Latin letters" })
)

/** A member or student, as devices know them. */
export const person = {
  open_userid: Wire.filledText,
  /** `Member` or `Student`. */
  user_type: DeviceUserType.schema
}

/** The result of an act on a device: 0 if it has succeeded. */
export const outcome = {
  /** 0 if it has succeeded, 1 if the device is off line; others are the maker's own. */
  errcode: Wire.int,
  /** What went wrong, in words. */
  errmsg: Wire.optional(Schema.String)
}
