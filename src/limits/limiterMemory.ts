/**
 * The counts of limits within this process, forgotten as soon as they say no more than a new one would: Effect's own
 * memory keeps a count for every member that was ever written to.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as RateLimiter from "effect/persistence/RateLimiter"
import * as Agenda from "../internal/store/agenda.ts"

interface Bucket {
  tokens: number
  /** When the last token came back. */
  refilled: number
  /** When it is full again: there is nothing to know of it then. */
  fullAt: number
}

/** A limiter over token buckets that are forgotten when they are full; all else is Effect's. */
export const layer: Layer.Layer<RateLimiter.RateLimiter> = RateLimiter.layer.pipe(
  Layer.provide(Layer.effect(
    RateLimiter.RateLimiterStore,
    Effect.map(
      RateLimiter.RateLimiterStore,
      (store) => RateLimiter.RateLimiterStore.of({ ...store, tokenBucket: makeBuckets().tokenBucket })
    )
  )),
  Layer.provide(Layer.fresh(RateLimiter.layerStoreMemory)),
  Layer.fresh
)

type TokenBucket = RateLimiter.RateLimiterStore["Service"]["tokenBucket"]

/** Token buckets by key, and how many are held. */
export const makeBuckets = (): { readonly tokenBucket: TokenBucket; readonly size: () => number } => {
  const held = new Map<string, Bucket>()
  const agenda = Agenda.make<string>()

  /** Looks at two of those that should be full: more than one comes with an operation. */
  const forget = (now: number): void => {
    for (let i = 0; i < 2; i++) {
      const due = agenda.take(now)
      const bucket = due && held.get(due.item)
      if (due === undefined || bucket === undefined) return
      if (bucket.fullAt <= now) held.delete(due.item)
      else agenda.add(bucket.fullAt, due.item)
    }
  }

  const tokenBucket: TokenBucket = ({ allowOverflow, key, limit, refillRate, tokens }) =>
    Effect.clockWith((clock) =>
      Effect.sync(() => {
        const now = clock.currentTimeMillisUnsafe()
        const interval = Duration.toMillis(refillRate)
        forget(now)
        const known = held.get(key)
        const bucket = known ?? { tokens: limit, refilled: now, fullAt: now }
        const back = Math.floor((now - bucket.refilled) / interval)
        if (back > 0) {
          bucket.tokens = Math.min(limit, bucket.tokens + back)
          bucket.refilled += back * interval
        }
        if (bucket.tokens >= limit) bucket.refilled = now
        const left = bucket.tokens - tokens
        if (allowOverflow || left >= 0) bucket.tokens = left
        bucket.fullAt = bucket.refilled + (limit - bucket.tokens) * interval
        if (known === undefined) {
          held.set(key, bucket)
          agenda.add(bucket.fullAt, key)
        }
        return [left, Math.max(0, now - bucket.refilled)] as const
      })
    )

  return { tokenBucket, size: () => held.size }
}
