/**
 * What is remembered of answered callbacks, and for how long.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { ReplayMemory } from "../../src/internal/callback/replayMemory.ts"

describe("ReplayMemory", () => {
  it("remembers for the lifetime, and forgets by twice that", () => {
    const memory = new ReplayMemory<number>(1000, 10)
    memory.set("a", 1, 0)
    memory.set("b", 2, 10)
    assert.strictEqual(memory.get("a"), 1)
    memory.set("c", 3, 11)
    assert.deepStrictEqual([memory.get("a"), memory.get("b"), memory.get("c")], [1, 2, 3])
    memory.set("d", 4, 22)
    assert.deepStrictEqual([memory.get("a"), memory.get("b"), memory.get("c")], [undefined, undefined, 3])
  })

  it("forgets what is deleted", () => {
    const memory = new ReplayMemory<number>(1000, 10)
    memory.set("a", 1, 0)
    memory.set("b", 2, 11)
    memory.delete("a")
    memory.delete("b")
    assert.deepStrictEqual([memory.get("a"), memory.get("b")], [undefined, undefined])
  })

  it("is bounded by what its entries weigh", () => {
    const memory = new ReplayMemory<number>(100, 1000)
    for (let i = 0; i < 10; i++) memory.set(`${i}`, i, 0, 25)
    const held = Array.from({ length: 10 }, (_, i) => i).filter((i) => memory.get(`${i}`) === i)
    assert.deepStrictEqual(held, [6, 7, 8, 9])
    // One that is heavier than all of it takes the place of all others, and goes with the next.
    memory.set("heavy", 0, 0, 1000)
    assert.strictEqual(memory.get("heavy"), 0)
    memory.set("x", 1, 0)
    memory.set("y", 2, 0, 50)
    assert.deepStrictEqual([memory.get("heavy"), memory.get("x"), memory.get("y")], [undefined, 1, 2])
  })

  it("replaces what it remembers, and nothing else", () => {
    const memory = new ReplayMemory<number>(2, 1000)
    memory.set("a", 1, 0)
    memory.set("b", 2, 0)
    memory.replace("a", 3)
    memory.replace("b", 4)
    memory.replace("c", 5)
    assert.deepStrictEqual([memory.get("a"), memory.get("b"), memory.get("c")], [3, 4, undefined])
  })

  it.prop("holds the latest half of its capacity, and never more than the whole", [
    Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 50 })),
    Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 200 }))
  ], ([capacity, count]) => {
    const memory = new ReplayMemory<number>(capacity, 1000)
    for (let i = 0; i < count; i++) memory.set(`${i}`, i, 0)
    const held = Array.from({ length: count }, (_, i) => i).filter((i) => memory.get(`${i}`) === i)
    assert.isAtMost(held.length, capacity + 1)
    for (let i = Math.max(0, count - Math.ceil(capacity / 2)); i < count; i++) assert.include(held, i)
  })
})
