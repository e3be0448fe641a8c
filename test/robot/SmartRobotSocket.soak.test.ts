/**
 * 10,000 messages over 20 reconnects, and the situations that `docs/bots.md` compares, over real WebSockets.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { manyTexts, official, ours, situations } from "./contenders.ts"

describe("10,000 messages over 20 reconnects", () => {
  it.live("none that was received is lost, none is handled or answered twice", () =>
    Effect.gen(function*() {
      const result = yield* manyTexts(ours)
      console.log(ours.name, result)
      assert.isAtLeast(result.reached, 9_900)
      assert.deepStrictEqual({ ...result, reached: 0, unheard: 0 }, {
        reached: 0,
        unheard: 0,
        broken: 20,
        unhandled: 0,
        handledTwice: 0,
        answersLost: 0,
        answersDoubled: 0
      })
    }))

  it.live("the vendor's SDK, for comparison", () =>
    Effect.gen(function*() {
      const result = yield* manyTexts(official)
      console.log(official.name, result)
      assert.strictEqual(result.broken, 20)
    }))
})

describe("side by side", () => {
  it.live("what goes wrong, with this library", () =>
    Effect.gen(function*() {
      const result = yield* situations(ours)
      console.log(ours.name, result)
      assert.deepStrictEqual(result, {
        repeatedMessage: "handled 1 times",
        pushWhileAway: "sent, arrived 1 times",
        zombie: "sent, arrived 1 times",
        expiredStream: "the whole text arrived 1 times",
        lostAckOfTheFinalFrame: "the whole text arrived 1 times",
        wrongSecret: "1 connections",
        twoProcesses: "1 connections, 1 subscribed",
        fifteenFailures: "connected again",
        fortyPushes: "0 refused by WeCom"
      })
    }))

  it.live("what goes wrong, with the vendor's SDK", () =>
    Effect.gen(function*() {
      const result = yield* situations(official)
      console.log(official.name, result)
      assert.strictEqual(result.repeatedMessage, "handled 2 times")
    }))
})
