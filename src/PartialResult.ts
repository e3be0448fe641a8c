/**
 * Calls that succeed as a whole while some of their items failed: each item then has its own errcode.
 *
 * @example
 * ```ts
 * customerTransfers.transfer({ ... }).pipe(
 *   PartialResult.failOnPartial,
 *   Effect.catchTag("PartialFailure", ({ failed }) => Effect.logWarning(failed.length))
 * )
 * ```
 */
import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as ErrorCode from "./ErrorCode.ts"

/** What one item of a call came to: 0 is success. */
export interface ItemResult {
  readonly errcode: number
}

/** A tagged error whose field keeps the type of its items. */
interface PartialFailureFields<Item> {
  readonly _tag: "PartialFailure"
  /** The items that failed, as the answer has them. */
  readonly failed: ReadonlyArray<Item>
}

const Base: new<Item>(
  fields: Pick<PartialFailureFields<Item>, "failed">
) => Cause.YieldableError & PartialFailureFields<Item> = Data.TaggedError("PartialFailure")

/** Some items of a call failed. What the others came to has happened: only `failed` may be tried again. */
export class PartialFailure<Item> extends Base<Item> {
  /** How many failed, and with which errcodes. */
  override get message(): string {
    const count = `${this.failed.length} ${this.failed.length === 1 ? "item" : "items"} failed`
    const codes = Map.groupBy(this.failed.flatMap((item) => isItemResult(item) ? [item.errcode] : []), (code) => code)
    if (codes.size === 0) return count
    const causes = [...codes].map(([code, items]) => {
      const label = ErrorCode.label(code)
      return `${items.length} with ${code}${label === undefined ? "" : ` ${label}`}`
    })
    return `${count}: ${causes.join(", ")}`
  }
}

/** The items that failed. */
export const failures = <Item extends ItemResult>(items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.filter((item) => item.errcode !== 0)

/** Fails where any item of the answer has failed. */
export const failOnPartial = <Item extends ItemResult, E, R>(
  self: Effect.Effect<ReadonlyArray<Item>, E, R>
): Effect.Effect<ReadonlyArray<Item>, E | PartialFailure<Item>, R> => Effect.flatMap(self, failOn(failures))

/**
 * Fails where the answer names items that failed, by where it names them.
 *
 * @example
 * ```ts
 * customers.listByUsers({ userid_list }).pipe(
 *   PartialResult.failOnPartialBy((page) => page.fail_info?.unlicensed_userid_list ?? [])
 * )
 * ```
 */
export const failOnPartialBy =
  <A, Item>(failed: (answer: A) => ReadonlyArray<Item>) =>
  <E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E | PartialFailure<Item>, R> =>
    Effect.flatMap(self, failOn(failed))

const failOn =
  <A, Item>(failed: (answer: A) => ReadonlyArray<Item>) => (answer: A): Effect.Effect<A, PartialFailure<Item>> => {
    const items = failed(answer)
    return items.length === 0 ? Effect.succeed(answer) : Effect.fail(new PartialFailure({ failed: items }))
  }

const isItemResult = (item: unknown): item is ItemResult =>
  typeof item === "object" && item !== null && "errcode" in item && typeof item.errcode === "number"
