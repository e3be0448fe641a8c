import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Layer, Schema } from "effect"
import { RateLimiter } from "effect/persistence"
import { TestClock } from "effect/testing"
import { makeBuckets } from "../../src/limits/limiterMemory.ts"

const between = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

const Operation = Schema.Struct({
  wait: between(0, 3000),
  key: Schema.Literals(["a", "b"]),
  tokens: between(0, 6),
  allowOverflow: Schema.Boolean
})

describe("the memory of limits", () => {
  it.effect.prop(
    "answers as Effect's own",
    [Schema.Array(Operation)],
    ([steps]) =>
      Effect.gen(function*() {
        const { tokenBucket } = makeBuckets()
        const effects = yield* RateLimiter.RateLimiterStore
        for (const { wait, ...step } of steps) {
          yield* TestClock.adjust(wait)
          const options = { ...step, limit: 5, refillRate: Duration.millis(700) }
          assert.deepStrictEqual(yield* tokenBucket(options), yield* effects.tokenBucket(options))
        }
      }).pipe(Effect.provide(Layer.fresh(RateLimiter.layerStoreMemory)))
  )

  it.effect("forgets who has been quiet for so long that his limit is whole again", () =>
    Effect.gen(function*() {
      const { size, tokenBucket } = makeBuckets()
      const take = (key: string, tokens = 1) =>
        tokenBucket({ key, tokens, limit: 5, refillRate: Duration.seconds(1), allowOverflow: false })
      for (let i = 0; i < 10_000; i++) yield* take(`member-${i}`)
      yield* take("slow", 5)
      assert.strictEqual(size(), 10_001)
      yield* TestClock.adjust("2 seconds")
      // As many are gone as operations come, and more.
      for (let i = 0; i < 5100; i++) yield* take("slow", 0)
      assert.strictEqual(size(), 1)
      assert.strictEqual((yield* take("slow", 0))[0], 2)
    }))
})
