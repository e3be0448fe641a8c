/**
 * One process for many corps: one client, one token cache, one renewal fiber, and never another corp's token.
 */
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Layer, Metric, Redacted } from "effect"
import { HttpClient, HttpClientResponse } from "effect/http"
import { TestClock } from "effect/testing"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { Departments } from "../../src/contacts/Departments.ts"
import { AppDirectory } from "../../src/tenants/AppDirectory.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { json } from "../support/canned.ts"

const tenants = 10_000

/** A vendor whose departments are those of the corp whose number is asked for: another corp's token is a mix-up. */
const makeVendor = () => {
  const state = { fetched: 0, called: 0, mixedUp: 0 }
  const answer = (url: URL): object => {
    const query = url.searchParams
    if (url.pathname === "/cgi-bin/gettoken") {
      state.fetched++
      return { errcode: 0, access_token: `${query.get("corpid")} ${state.fetched}`, expires_in: 7200 }
    }
    state.called++
    if (query.get("access_token")?.split(" ")[0] !== `ww${query.get("id")}`) state.mixedUp++
    return { errcode: 0, department_id: [] }
  }
  const client = HttpClient.make((request, url) => {
    // Answers overtake each other: each takes another number of turns.
    const turns = Number(url.searchParams.get("id") ?? url.searchParams.get("corpid")?.slice(2)) % 7
    return Effect.yieldNow.pipe(
      Effect.repeat({ times: turns }),
      Effect.map(() => HttpClientResponse.fromWeb(request, json(answer(url))))
    )
  })
  return { state, layer: Layer.succeed(HttpClient.HttpClient, client) }
}

const app = (n: number) =>
  WeComApp.secret({ corpId: `ww${n}`, agentId: 1_000_000 + n, secret: Redacted.make(`secret-${n}`) })

const numbers = Array.from({ length: tenants }, (_, n) => n)

/** One call of each of these tenants, in an order that is not theirs. */
const callEach = (tenants: ReadonlyArray<number>) =>
  Effect.gen(function*() {
    const departments = yield* Departments
    yield* Effect.forEach(
      tenants.map((_, i) => tenants[(i * 7919) % tenants.length] ?? 0),
      (n) => departments.listIds({ id: n }).pipe(AppDirectory.run(`ww${n}`)),
      { concurrency: 500, discard: true }
    )
  })

const turn = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

/** Lets the renewal fiber go on, a moment for every turn of the event loop, until something holds. */
const until = (holds: () => boolean) =>
  TestClock.adjust("50 millis").pipe(
    Effect.andThen(turn),
    Effect.repeat({ until: holds, times: 10_000 })
  )

/** Counts the fibers that live. */
const makeCensus = () => {
  const census = { alive: 0, most: 0 }
  const service = {
    recordFiberStart: () => {
      census.most = Math.max(census.most, ++census.alive)
    },
    recordFiberEnd: () => {
      census.alive--
    }
  }
  return { census, count: Effect.provideService(Metric.FiberRuntimeMetrics, service) }
}

const collectGarbage: () => void = (() => {
  setFlagsFromString("--expose-gc")
  return runInNewContext("gc")
})()

const heap = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

describe("10,000 tenants", () => {
  it.effect("share one renewal fiber, lapse when idle, and never carry each other's token", () => {
    const { layer, state } = makeVendor()
    const { census, count } = makeCensus()
    // Once the deadlines of the calls have passed.
    const alive = TestClock.adjust("15 seconds").pipe(Effect.andThen(turn), Effect.map(() => census.alive))
    return Effect.gen(function*() {
      const cache = yield* TokenCache
      yield* callEach([0])
      const aloneAlive = yield* alive
      const before = heap()

      yield* callEach(numbers)
      assert.deepStrictEqual(state, { fetched: tenants, called: tenants + 1, mixedUp: 0 })
      assert.strictEqual(yield* cache.size, tenants)
      assert.strictEqual(yield* alive, aloneAlive, "tenants cost fibers")
      const held = heap() - before

      // Every token is renewed ahead of its end, so that no call waits for one.
      census.most = 0
      yield* TestClock.adjust("6850 seconds")
      yield* until(() => state.fetched === 2 * tenants)
      assert.isBelow(yield* Clock.currentTimeMillis, 7200_000)
      // 16 renewals at a time, of some seven fibers each, whatever the number of tenants.
      assert.isAtMost(census.most, aloneAlive + 16 * 8, "renewal takes fibers by the number of tenants")
      assert.strictEqual(yield* alive, aloneAlive, "renewal leaves fibers behind")
      yield* callEach(numbers.slice(0, 100))
      assert.deepStrictEqual(state, { fetched: 2 * tenants, called: tenants + 101, mixedUp: 0 })

      // Those that nobody used for one token life lapse; the others go on.
      yield* TestClock.adjust("6850 seconds")
      yield* until(() => state.fetched === 2 * tenants + 100)
      yield* TestClock.adjust("400 seconds")
      assert.strictEqual(yield* cache.size, 100)
      assert.strictEqual(yield* alive, aloneAlive)
      const left = heap() - before
      yield* callEach([0, tenants - 1])
      assert.deepStrictEqual(state, { fetched: 2 * tenants + 101, called: tenants + 103, mixedUp: 0 })

      console.log(
        `${tenants} tenants: ${aloneAlive} fibers as with one, ${held.toFixed(1)} MiB of heap, ` +
          `${(1024 * held / tenants).toFixed(1)} KiB each; ${left.toFixed(1)} MiB when all but 100 have lapsed`
      )
      assert.isBelow(held, 64, "MiB for the tokens of all")
      assert.isBelow(left, held)
    }).pipe(
      Effect.provide(Departments.layer.pipe(
        Layer.provide(WeComClient.layer(app(-1))),
        Layer.provideMerge(TokenCache.layerMemory),
        Layer.provide(layer),
        Layer.provideMerge(AppDirectory.layerMemory(numbers.map(app)))
      )),
      count
    )
  })

  it.effect("of whom one is refused: only its own token is replaced", () => {
    const { layer, state } = makeVendor()
    return Effect.gen(function*() {
      const departments = yield* Departments
      const error = yield* Effect.flip(departments.listIds({ id: 1 }).pipe(AppDirectory.run("ww-unknown")))
      assert.strictEqual(error.reason._tag, "RequestInvalid")
      assert.strictEqual(state.called, 0)
      yield* departments.listIds({ id: 1 }).pipe(AppDirectory.run({ corpId: "ww1", agentId: 1_000_001 }))
      assert.deepStrictEqual(state, { fetched: 1, called: 1, mixedUp: 0 })
    }).pipe(
      Effect.provide(Departments.layer.pipe(
        Layer.provide(WeComClient.layer(app(-1))),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(layer),
        Layer.provideMerge(AppDirectory.layerMemory([app(1)]))
      ))
    )
  })
})
