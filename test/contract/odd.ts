/**
 * Values with something odd in one place.
 */

type Leaf = string | number | boolean | null

export type Node = Leaf | ReadonlyArray<Node> | { readonly [key: string]: Node }

/** A place of a value, and what is there. */
export interface Place {
  readonly path: ReadonlyArray<string | number>
  readonly value: Node
}

/** All places of a value, two items of each list. */
export const placesOf = (value: Node, path: ReadonlyArray<string | number> = []): ReadonlyArray<Place> => {
  const own = path.length === 0 ? [] : [{ path, value }]
  if (Array.isArray(value)) {
    return [
      ...own,
      ...value.slice(0, 2).flatMap((item, index) => placesOf(item, [...path, index]))
    ]
  }
  if (typeof value === "object" && value !== null) {
    return [...own, ...Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))]
  }
  return own
}

/** A value with another in one of its places. */
export const replaced = (value: Node, [head, ...rest]: ReadonlyArray<string | number>, by: Node): Node =>
  head === undefined
    ? by
    : Array.isArray(value)
    ? value.map((item, index) => index === head ? replaced(item, rest, by) : item)
    : { ...(value as object), [head]: replaced((value as { readonly [key: string]: Node })[head]!, rest, by) }
