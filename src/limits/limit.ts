/**
 * What a limit is.
 */
import type * as Duration from "effect/Duration"
import type * as Redacted from "effect/Redacted"
import type { Attempt } from "../WeComClient.ts"

/**
 * One limit: so many in any window of that length, whenever it begins.
 *
 * A part of it may come at once, and the rest comes back at an even pace, so that both together never exceed it: fixed
 * windows and full buckets would let twice as many through. A hundredth of the window is left for clocks, of processes
 * that share a store, and for networks that are not even.
 */
export interface Limit {
  /** Names the limit in metrics, errors and the store; processes that share one must mean the same by it. */
  readonly name: string
  /** 1 or more, or the layer dies; a fraction is left off. */
  readonly limit: number
  readonly window: Duration.Input
  /**
   * How many may come at once after a pause: a quarter of the limit, half of it where the window is a day or longer. The
   * more, the slower the pace afterwards. Never more than the limit.
   */
  readonly burst?: number | undefined
  /**
   * Whose count an attempt adds to, and how much: nothing for an attempt that the limit does not concern. A key that
   * is `Redacted` is stored as a digest.
   */
  readonly keys: (attempt: Attempt) => ReadonlyArray<Key>
}

/** A count that an attempt adds to. */
export interface Key {
  readonly key: string | Redacted.Redacted
  /** Default: 1. What exceeds the limit's burst is not counted. */
  readonly tokens?: number | undefined
}
