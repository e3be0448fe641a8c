/**
 * The events of the reference data beside the project.
 */
import { readFileSync } from "node:fs"
import * as Path from "node:path"

/** A field of an event. */
export interface Node {
  readonly type: string
  readonly optional?: boolean
  readonly fields?: Fields
  readonly items?: Node
  readonly list?: "wrapper" | "repeated" | "comma"
  /** The name of the elements in a wrapper. */
  readonly item?: string
  readonly int64?: boolean
  readonly exceedsDouble?: boolean
  readonly unixSeconds?: boolean
}

/** Fields by name. */
export type Fields = { readonly [name: string]: Node }

/** What is known of an event. */
export interface EventTree {
  readonly name_zh: string
  readonly family: string
  readonly format: "xml" | "json"
  readonly docs: ReadonlyArray<number>
  readonly fields: Fields
}

/** Every event by its key. */
export const readEvents = (root: string): ReadonlyMap<string, EventTree> =>
  new Map(Object.entries(JSON.parse(readFileSync(Path.join(root, "events.json"), "utf8")) as Record<string, EventTree>))
