/**
 * The shared samples, and the comparison of what was sent with what came out of the codecs.
 */
import { readFileSync } from "node:fs"
import * as Path from "node:path"
import * as BigJson from "../../src/internal/bigJson.ts"

export interface Sample {
  readonly file: string
  readonly kind: "request" | "response" | "fragment"
  readonly method: string
  readonly path: string
  readonly section?: "request" | "response"
  readonly pointer?: string
  readonly errcode?: number
  readonly note?: string
  readonly placeholders?: ReadonlyArray<string>
}

/** Samples that no codec should accept: each with the reason. */
export const refused: { readonly [file: string]: string } = {
  "responses/tag.create.2.json": "the payload is left out: every document has `tagid`",
  "requests/message.send.16.json": "several message bodies merged into one payload",
  "requests/message.send.18.json": "a news_notice without the card_image or image_text_area that it needs",
  "requests/message.update_template_card.6.json": "several cards merged into one payload",
  "responses/externalcontact.groupchat.del_join_way.2.json": "the answer of groupchat/get, from the appendix below"
}

export const readSamples = (root: string): ReadonlyArray<Sample> =>
  JSON.parse(readFileSync(Path.join(root, "samples/index.json"), "utf8"))

export const readSample = (root: string, sample: Sample, int64: ReadonlySet<string>): unknown =>
  BigJson.parse(readFileSync(Path.join(root, "samples", sample.file), "utf8"), int64)

type Node = { [key: string]: Node } | Array<Node> | string | number | boolean | null

const segments = (pointer: string): ReadonlyArray<string> =>
  pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))

/** Applies `f` to every place that a pointer names; `-` is every item of a list. */
export const at = (
  root: unknown,
  pointer: string,
  f: (parent: Record<string, unknown>, key: string) => void
): void => {
  const walk = (node: unknown, parts: ReadonlyArray<string>): void => {
    if (typeof node !== "object" || node === null) return
    const [head, ...rest] = parts
    const keys = head === "-" ? Object.keys(node) : [head!]
    for (const key of keys) {
      const parent = node as Record<string, unknown>
      if (!(key in parent)) continue
      if (rest.length === 0) f(parent, key)
      else walk(parent[key], rest)
    }
  }
  walk(root, segments(pointer))
}

/** Puts a fragment where its pointer says, into a whole body; `-` appends, or makes the list. */
export const embed = (body: unknown, pointer: string, fragment: unknown): unknown => {
  const parts = segments(pointer)
  const build = (node: unknown, [head, ...rest]: ReadonlyArray<string>): unknown => {
    if (head === undefined) return fragment
    if (head === "-") {
      const list = Array.isArray(node) ? node : []
      // Below a list item, the first item is the place; at its end, the fragment is the only item.
      return rest.length === 0 ? [fragment] : [build(list[0], rest)]
    }
    return { ...(typeof node === "object" && node !== null ? node : {}), [head]: build((node as Record<string, unknown> | undefined)?.[head], rest) }
  }
  return build(body, parts)
}

/** The places where two values differ: `null`, absent and an empty list are the same, and so are `1` and `"1"`. */
export const differences = (expected: unknown, actual: unknown, path = ""): ReadonlyArray<string> => {
  if (expected === undefined || expected === null) {
    return actual === undefined || actual === null || (Array.isArray(actual) && actual.length === 0)
      ? []
      : [`${path}: ${JSON.stringify(actual)} was not there before`]
  }
  if (typeof expected === "object" && typeof actual === "object" && actual !== null) {
    if (Array.isArray(expected) !== Array.isArray(actual)) return [`${path}: a list became an object or vice versa`]
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...keys].flatMap((key) =>
      differences((expected as Record<string, Node>)[key], (actual as Record<string, Node>)[key], `${path}/${key}`)
    )
  }
  if (Object.is(expected, actual)) return []
  const numeric = (value: unknown) =>
    typeof value === "number" || (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)))
  if (numeric(expected) && numeric(actual) && String(expected) === String(actual)) return []
  if (
    numeric(expected) && numeric(actual) && typeof expected !== typeof actual && Number(expected) === Number(actual)
  ) {
    return []
  }
  return [`${path}: ${JSON.stringify(expected)} became ${JSON.stringify(actual)}`]
}
