import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, Redacted, Ref, Scope } from "effect"
import { TestClock } from "effect/testing"
import { type Fetched, TokenCache, type TokenSource } from "../../src/token/TokenCache.ts"
import * as WeComError from "../../src/WeComError.ts"

const failure = WeComError.fromErrcode("GET /cgi-bin/gettoken", -1, "system busy")

/** A vendor that hands out T1, T2, ... and can be told to fail. */
const makeVendor = (expiresIn: number | undefined = 7200) => {
  const state = { fetched: 0, failing: 0 }
  const source: TokenSource = {
    key: "app:ww1:0",
    fetch: Effect.gen(function*() {
      yield* Effect.sleep("100 millis")
      state.fetched++
      if (state.failing > 0) {
        state.failing--
        return yield* failure
      }
      return { value: Redacted.make(`T${state.fetched}`), expiresIn } satisfies Fetched
    })
  }
  return { state, source }
}

/** A token, with the clock moved on so that a fetch can end. */
const take = (cache: TokenCache["Service"], source: TokenSource) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.forkChild(cache.get(source))
    yield* TestClock.adjust("100 millis")
    return Redacted.value(yield* Fiber.join(fiber))
  })

describe("TokenCache", () => {
  it.effect("fetches once for 10,000 concurrent callers", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      const callers = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: 10_000 }), () => cache.get(source), { concurrency: "unbounded" })
      )
      yield* TestClock.adjust("100 millis")
      const tokens = yield* Fiber.join(callers)
      assert.strictEqual(state.fetched, 1)
      assert.deepStrictEqual(new Set(tokens.map(Redacted.value)), new Set(["T1"]))
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("replaces a refused token once, and only while it is the cached one", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      const first = yield* take(cache, source)
      const callers = yield* Effect.forkChild(
        Effect.forEach(
          Array.from({ length: 10_000 }),
          () => Effect.andThen(cache.invalidate(source, Redacted.make(first)), cache.get(source)),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(callers)
      assert.strictEqual(state.fetched, 2)
      yield* cache.invalidate(source, Redacted.make(first))
      assert.strictEqual(yield* take(cache, source), "T2")
      assert.strictEqual(state.fetched, 2)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("does not remember a failure", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      state.failing = 1
      assert.strictEqual((yield* Effect.flip(take(cache, source))).errcode, -1)
      assert.strictEqual(yield* take(cache, source), "T2")
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("renews before the end, so that no caller waits", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      yield* take(cache, source)
      yield* TestClock.adjust("100 minutes")
      assert.strictEqual(state.fetched, 1)
      yield* TestClock.adjust("18 minutes")
      assert.strictEqual(state.fetched, 2)
      assert.strictEqual(Redacted.value(yield* cache.get(source)), "T2")
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("serves the good token while renewals fail, three in a row", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      yield* take(cache, source)
      state.failing = 3
      for (let minute = 0; minute < 119; minute++) {
        yield* TestClock.adjust("1 minute")
        const token = Redacted.value(yield* cache.get(source))
        assert.strictEqual(token, state.failing === 0 && state.fetched === 5 ? "T5" : "T1")
      }
      assert.strictEqual(state.fetched, 5)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  for (const expiresIn of [0, 1, undefined, Number.NaN, -5]) {
    it.effect(`does not spin when expires_in is ${expiresIn}`, () =>
      Effect.gen(function*() {
        const cache = yield* TokenCache
        const { source, state } = makeVendor()
        const odd = { ...source, fetch: Effect.map(source.fetch, (fetched) => ({ ...fetched, expiresIn })) }
        yield* take(cache, odd)
        for (let i = 0; i < 10; i++) {
          yield* TestClock.adjust("6 minutes")
          yield* take(cache, odd)
        }
        // At most one fetch, and one renewal, for each of the eleven times it was asked for.
        assert.isAtMost(state.fetched, 22)
      }).pipe(Effect.provide(TokenCache.layerMemory)))
  }

  it.effect("lets a key lapse that nobody used for one token life", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      yield* take(cache, source)
      assert.strictEqual(yield* cache.size, 1)
      yield* TestClock.adjust("6 hours")
      assert.strictEqual(yield* cache.size, 0)
      const fetched = state.fetched
      assert.isAtMost(fetched, 2)
      yield* TestClock.adjust("1 day")
      assert.strictEqual(state.fetched, fetched)
      yield* take(cache, source)
      assert.strictEqual(state.fetched, fetched + 1)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("ends with its scope: no request afterwards, no fiber left", () =>
    Effect.gen(function*() {
      const scope = yield* Scope.make()
      const services = yield* Layer.buildWithScope(TokenCache.layerMemory, scope)
      const { source, state } = makeVendor()
      yield* Effect.gen(function*() {
        yield* take(yield* TokenCache, source)
      }).pipe(Effect.provideContext(services))
      yield* TestClock.adjust("114 minutes")
      yield* Scope.close(scope, Exit.void)
      yield* TestClock.adjust("1 day")
      assert.strictEqual(state.fetched, 1)
    }))

  it.effect("interrupting one of many callers does not stop the fetch for the others", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      const impatient = yield* Effect.forkChild(cache.get(source), { startImmediately: true })
      const patient = yield* Effect.forkChild(cache.get(source), { startImmediately: true })
      yield* Fiber.interrupt(impatient)
      yield* TestClock.adjust("100 millis")
      assert.strictEqual(Redacted.value(yield* Fiber.join(patient)), "T1")
      assert.strictEqual(state.fetched, 1)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("keeps one fiber for all keys", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const running = yield* Ref.make(0)
      const most = yield* Ref.make(0)
      const fetch = Effect.acquireUseRelease(
        Ref.updateAndGet(running, (n) => n + 1).pipe(Effect.tap((n) => Ref.update(most, (m) => Math.max(m, n)))),
        () => Effect.as(Effect.sleep("10 millis"), { value: Redacted.make("T"), expiresIn: 7200 }),
        () => Ref.update(running, (n) => n - 1)
      )
      const keys = Array.from({ length: 1000 }, (_, i) => ({ key: `app:ww${i}:0`, fetch }))
      const all = yield* Effect.forkChild(Effect.forEach(keys, cache.get, { concurrency: 16 }))
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(all)
      yield* TestClock.adjust("116 minutes")
      assert.strictEqual(yield* cache.size, 1000)
      // Renewals are bounded, however many keys are due.
      assert.isAtMost(yield* Ref.get(most), 16)
    }).pipe(Effect.provide(TokenCache.layerMemory)))
})
