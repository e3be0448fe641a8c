/**
 * Many corps in one process, as the simulator sees them: every call comes with its own app's token.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Departments } from "../../src/contacts/Departments.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"

const corps = Array.from({ length: 50 }, (_, i) => ({
  corpId: `ww${i}`,
  apps: [{ agentId: 1, secret: `secret-${i}` }],
  // Each corp has one department of its own, by which an answer is told.
  departments: [{ id: 100 + i, name: `department ${i}` }]
}))

const infrastructure = TokenCache.layerMemory.pipe(
  Layer.provideMerge(Simulator.layerHttpClient),
  Layer.provideMerge(Simulator.layer({ corps }))
)

const idsOf = Effect.gen(function*() {
  const departments = yield* Departments
  return (yield* departments.list()).map(({ id }) => id).filter((id) => id >= 100)
})

describe("many corps in one process", () => {
  it.live("merged and nested, and a thousand interleaved calls: none with another's token", () =>
    Effect.gen(function*() {
      const { app, journal } = yield* Simulator
      const as = (i: number) => Layer.provide(Departments.layer, WeComClient.layer(app({ corpId: `ww${i}` })))
      const nested = yield* idsOf.pipe(
        Effect.flatMap((outer) => Effect.map(Effect.provide(idsOf, as(2)), (inner) => [outer, inner])),
        Effect.flatMap((seen) => Effect.map(idsOf, (again) => [...seen, again])),
        Effect.provide(as(1))
      )
      assert.deepStrictEqual(nested, [[101], [102], [101]])

      const interleaved = yield* Effect.forEach(
        Array.from({ length: 1000 }, (_, n) => n % 50),
        (i) => Effect.map(idsOf.pipe(WeComApp.use(app({ corpId: `ww${i}` }))), (ids) => [i, ...ids]),
        { concurrency: "unbounded" }
      ).pipe(Effect.provide(as(0)))
      for (const [i = 0, ...ids] of interleaved) assert.deepStrictEqual(ids, [100 + i])

      const entries = yield* journal
      assert.isAtLeast(entries.length, 1003)
      assert.deepStrictEqual(entries.filter(({ errcode }) => errcode !== undefined && errcode !== 0), [])
    }).pipe(Effect.provide(infrastructure)))
})
