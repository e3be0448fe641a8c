/**
 * What the requests for customer tags share.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** The name of a tag or of a group of tags: 1 to 30 characters. */
export const TagName = Wire.chars(30)

/** The position of a tag or of a group of tags, below 2 to the 32nd: the larger, the further up. */
export const TagOrder = Wire.intBetween(0, 2 ** 32 - 1)

/** A tag to be made. */
export const NewTag = Schema.Struct({ name: TagName, order: Wire.optional(TagOrder) })
export type NewTag = typeof NewTag.Type
