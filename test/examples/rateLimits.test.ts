/**
 * `examples/rate-limits.ts` without its Redis: the same limits in one process, under a test's clock.
 */
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber, Layer, Redacted } from "effect"
import { RateLimiter } from "effect/persistence"
import { TestClock } from "effect/testing"
import { announce, half } from "../../examples/rate-limits.ts"
import * as RateLimits from "../../src/limits/RateLimits.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import { cannedClient } from "../support/canned.ts"

const counts = RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory))

const setup = (limits: typeof half) => {
  const times: Array<number> = []
  const client = cannedClient(() =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      times.push(now)
      return { errcode: 0, errmsg: "ok" }
    })
  )
  const layer = GroupRobot.layer({ key: Redacted.make("a key") }).pipe(
    limits,
    Layer.provide(counts),
    Layer.provide(client.layer)
  )
  return { times, layer }
}

describe("examples/rate-limits.ts", () => {
  it.effect("announces all, at most 20 in any minute", () => {
    const { layer, times } = setup(RateLimits.keep())
    return Effect.gen(function*() {
      const announcing = yield* Effect.forkChild(announce, { startImmediately: true })
      while (announcing.pollUnsafe() === undefined) {
        yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 1)))
        yield* TestClock.adjust("1 second")
      }
      yield* Fiber.join(announcing)
      assert.lengthOf(times, 100)
      const most = Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 60_000).length))
      assert.isAtMost(most, 20)
    }).pipe(Effect.provide(layer))
  })

  it.effect("uses half of a limit, and fails above it", () => {
    const { layer } = setup(half)
    return Effect.gen(function*() {
      const error = yield* Effect.flip(announce)
      assert.match(String(error), /RateLimited.*robot/)
    }).pipe(Effect.provide(layer))
  })
})
