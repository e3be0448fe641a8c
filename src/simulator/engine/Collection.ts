/**
 * Things that apps make, change, list and delete by an id: what most areas of the API are about.
 */
import * as Option from "effect/Option"
import { type Page, pageOf } from "./Pages.ts"
import { type AppCall, refuse } from "./Route.ts"
import * as State from "./State.ts"
import type { App, Corp, World } from "./World.ts"

/** How the things of a collection are known. */
export interface CollectionOptions<Id extends string | number> {
  /** Makes the id of a new thing. */
  readonly id: (world: World) => Id
  /** The errcode of an id that stands for nothing. */
  readonly missing: number
  /** What is said with it. Default: the errcode's official label. */
  readonly message?: string | undefined
  /** The errcode of a thing that another app made. Default: apps may read and change each other's. */
  readonly foreign?: number | undefined
}

/** Something in a collection. */
export interface Kept<A, Id> {
  readonly id: Id
  readonly value: A
  /** The app that made it. */
  readonly owner: App
  /** When it was made, in milliseconds of the epoch. */
  readonly at: number
}

/** Whose call it is. */
export type Caller = Pick<AppCall<void>, "app" | "corp" | "now" | "world">

/** Things of one kind of each corp. */
export interface Collection<A, Id extends string | number> {
  /** Keeps what is made for a new id; returns it. */
  readonly add: (call: Caller, make: (id: Id) => A) => A
  /** Refuses an id that stands for nothing, or for what another app made, if that matters. */
  readonly get: (call: Caller, id: Id) => A
  /** Puts what is made of a thing in its place; returns it. */
  readonly update: (call: Caller, id: Id, change: (before: A) => A) => A
  /** Deletes a thing; returns what it was. */
  readonly remove: (call: Caller, id: Id) => A
  /** Those that the app may read and `select` lets through, the oldest first. */
  readonly list: (call: Caller, select?: (kept: Kept<A, Id>) => boolean) => ReadonlyArray<A>
  /** The page of that list that a cursor stands for. */
  readonly page: (
    call: Caller,
    cursor: string | undefined,
    limit: number,
    select?: (kept: Kept<A, Id>) => boolean
  ) => Page<A>
  /** What a corp has under an id, whoever made it: for acts, and for other areas. */
  readonly find: (corp: Corp, id: Id) => Option.Option<Kept<A, Id>>
  /** All that a corp has, whoever made it, the oldest first. */
  readonly all: (corp: Corp) => ReadonlyArray<Kept<A, Id>>
}

/**
 * A collection. `key` is the area and what is kept, as of `State.make`.
 *
 * @example
 * ```ts
 * const rooms = Collection.make<MeetingRoom, number>("meeting-rooms/rooms", {
 *   id: (world) => world.next(),
 *   missing: 48002
 * })
 *
 * route(MeetingRooms.endpoints.delete, (call) => void rooms.remove(call, call.input.meetingroom_id))
 * ```
 */
export const make = <A, Id extends string | number = string>(
  key: string,
  { foreign, id: newId, message, missing }: CollectionOptions<Id>
): Collection<A, Id> => {
  const all = State.make(key, () => new Map<Id, Kept<A, Id>>())

  const mayRead = (app: App, { owner }: Kept<A, Id>) => foreign === undefined || owner === app

  const find = ({ app, corp }: Caller, id: Id): Kept<A, Id> => {
    const kept = all(corp).get(id) ?? refuse(missing, message)
    return mayRead(app, kept) ? kept : refuse(foreign ?? missing)
  }

  const list: Collection<A, Id>["list"] = ({ app, corp }, select = () => true) =>
    [...all(corp).values()].filter((kept) => mayRead(app, kept) && select(kept)).map(({ value }) => value)

  return {
    add: ({ app, corp, now, world }, make) => {
      const id = newId(world)
      const value = make(id)
      all(corp).set(id, { id, value, owner: app, at: now })
      return value
    },
    get: (call, id) => find(call, id).value,
    update: (call, id, change) => {
      const kept = find(call, id)
      const value = change(kept.value)
      all(call.corp).set(id, { ...kept, value })
      return value
    },
    remove: (call, id) => {
      const { value } = find(call, id)
      all(call.corp).delete(id)
      return value
    },
    list,
    page: (call, cursor, limit, select) => pageOf(list(call, select), cursor, limit),
    find: (corp, id) => Option.fromUndefinedOr(all(corp).get(id)),
    all: (corp) => [...all(corp).values()]
  }
}
