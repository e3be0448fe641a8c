/**
 * How the pages of an endpoint follow each other: from an endpoint that returns one page, the stream of all items.
 */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { describe, type Endpoint, unbound } from "./Endpoint.ts"
import type { WeComError } from "./WeComError.ts"

/** Marks the paging that a paged endpoint carries. */
export const PagingKey: unique symbol = Symbol.for("effect-wecom/Paging")

/** The items of all pages of an endpoint, as a stream: a page is fetched when the items before it have been consumed. */
export interface Paged<in I, out A> {
  (input: I): Stream.Stream<A, WeComError>
  readonly [PagingKey]?: Paging
}

/** How the pages of an endpoint follow each other. */
export interface Paging {
  readonly endpoint: Endpoint<unknown, unknown>
  readonly items: (page: unknown) => ReadonlyArray<unknown>
  readonly next: (page: unknown, input: unknown) => unknown
}

/** A page that says that more follow, while its `field` leads nowhere new: the stream fails instead of ending early. */
export class Stuck {
  readonly field: string

  constructor(field: string) {
    this.field = field
  }
}

/**
 * Pages by a rule of their own: `next` gives the input of the page after, `undefined` at the end, or {@link Stuck}
 * if the answer contradicts itself.
 */
export const make = <I, Page, Item>(endpoint: Endpoint<I, Page>, options: {
  readonly items: (page: Page) => ReadonlyArray<Item>
  readonly next: (page: Page, input: I) => I | Stuck | undefined
}): Paged<I, Item> => {
  const run = () => Stream.die(unbound(describe(endpoint)))
  // Only the kernel calls these, with pages and inputs of this very endpoint.
  const paging: Paging = { endpoint: endpoint as never, ...(options as never as Omit<Paging, "endpoint">) }
  return Object.assign(run, { [PagingKey]: paging })
}

/** A page that holds its items under `Key`. */
type PageOf<Key extends string, Item> = { readonly [K in Key]?: ReadonlyArray<Item> | undefined }

/** The value of a field that the types of a page or an input may not name. */
const fieldOf = (value: unknown, field: string): unknown => Predicate.isObject(value) ? value[field] : undefined

/** Where pages that follow a cursor say how they continue. */
export interface CursorFields {
  /** The field of the input. Default: `cursor`. */
  readonly cursor?: string
  /** The field of the page. Default: `next_cursor`. */
  readonly next?: string
  /** The field of the page that says whether more follow, a boolean where there is one. Default: `has_more`. */
  readonly more?: string
}

/** The input of the page after one, as {@link byCursor} finds it. */
export const followCursor =
  ({ cursor = "cursor", more = "has_more", next = "next_cursor" }: CursorFields = {}) =>
  <I>(page: unknown, input: I): I | Stuck | undefined => {
    const following = fieldOf(page, next)
    const hasMore = fieldOf(page, more)
    if (hasMore === false) return undefined
    if (following !== undefined && following !== "" && following !== fieldOf(input, cursor)) {
      return { ...input, [cursor]: following } as I // the same input at another place
    }
    return hasMore === true ? new Stuck(next) : undefined
  }

/**
 * Pages by a cursor: the next page is asked for with the value of `next` in `cursor`.
 *
 * A page without a next cursor is the last, as is one whose `more` is `false`. Where `more` is `true` the cursor must
 * lead on: one that is missing or stands still fails the stream with `ResponseInvalid`. Without `more`, a cursor that
 * stands still ends it.
 *
 * @example
 * ```ts
 * Paging.byCursor(endpoints.listIds, "dept_user")                                   // cursor, next_cursor, has_more
 * Paging.byCursor(endpoints.listNumbers, "items", { cursor: "next_key", next: "next_key" })
 * ```
 */
export const byCursor = <I, const Key extends string, Item, Page>(
  endpoint: Endpoint<I, Page & PageOf<Key, Item>>,
  items: Key,
  fields?: CursorFields
): Paged<I, Item> =>
  make<I, Page & PageOf<Key, Item>, Item>(endpoint, {
    items: (page) => page[items] ?? [],
    next: followCursor(fields)
  })

/**
 * Pages by an offset: the next page begins after the items that have come. A page whose `more` is `false` is the last;
 * where there is none, a page with no items, one with fewer than were asked for, or the `total`th item ends the stream.
 * `more` with no items fails it with `ResponseInvalid`.
 *
 * @example
 * ```ts
 * Paging.byOffset(endpoints.listUnassigned, "info", { offset: "start", size: 100 })
 * ```
 */
export const byOffset = <I, const Key extends string, Item, Page>(
  endpoint: Endpoint<I, Page & PageOf<Key, Item>>,
  items: Key,
  { limit = "limit", more = "has_more", offset = "offset", size, total }: {
    /** Default: `offset`. */
    readonly offset?: string
    /** Default: `limit`. */
    readonly limit?: string
    /** How many items a page has if the input does not say. */
    readonly size?: number
    /** Default: `has_more`, a boolean where the page has one. */
    readonly more?: string
    /** The field of the page that counts all items, where there is one. */
    readonly total?: string
  } = {}
): Paged<I, Item> =>
  make<I, Page & PageOf<Key, Item>, Item>(endpoint, {
    items: (page) => page[items] ?? [],
    next: (page, input) => {
      const { length } = page[items] ?? []
      const hasMore = fieldOf(page, more)
      if (hasMore === false) return undefined
      if (length === 0) return hasMore === true ? new Stuck(items) : undefined
      const following = Number(fieldOf(input, offset) ?? 0) + length
      const all = total === undefined ? undefined : fieldOf(page, total)
      const asked = fieldOf(input, limit) ?? size
      const isLast = hasMore !== true &&
        (typeof all === "number" ? following >= all : typeof asked === "number" && length < asked)
      return isLast ? undefined : { ...input, [offset]: following } as I
    }
  })

/** How a paged endpoint pages. Throws for a plain function, such as the method of a mock. */
export const describePaging = <I, A>(paged: Paged<I, A>): Paging => {
  const found = paged[PagingKey]
  if (found === undefined) throw new TypeError("not a paged endpoint: a plain function has no paging")
  return found
}

/** How a paged endpoint pages, if it is one. */
export const paging = (endpoint: unknown): Option.Option<Paging> =>
  Predicate.hasProperty(endpoint, PagingKey)
    ? Option.some(endpoint[PagingKey] as Paging) // set by `make` alone
    : Option.none()

/** A part of a time, both ends included. */
export interface Period {
  readonly start: DateTime.Utc
  readonly end: DateTime.Utc
}

/**
 * A time in parts of at most `size`, the oldest first: for records of which WeCom gives a few days at once, and for
 * exports that continue where they stopped. WeCom counts in seconds and gives records of both ends, so that each part ends
 * a second before the next one begins; the last one ends at `end`.
 *
 * @example
 * ```ts
 * // The operations of administrators of half a year, 7 days a call.
 * Stream.fromIterable(Paging.periods({ start, end, size: "7 days" })).pipe(
 *   Stream.flatMap(({ end, start }) => records.listAllAdminOperations({ start_time: start, end_time: end }))
 * )
 * ```
 */
export const periods = (
  { end, size, start }: Period & { readonly size: Duration.Input }
): ReadonlyArray<Period> => {
  const last = Math.floor(DateTime.toEpochMillis(end) / 1000)
  const seconds = Math.max(1, Math.floor(Duration.toSeconds(size)))
  const parts: Array<Period> = []
  for (let from = Math.floor(DateTime.toEpochMillis(start) / 1000); from <= last; from += seconds) {
    parts.push({
      start: DateTime.makeUnsafe(from * 1000),
      end: DateTime.makeUnsafe(Math.min(from + seconds - 1, last) * 1000)
    })
  }
  return parts
}
