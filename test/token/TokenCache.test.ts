import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Exit, Fiber, Layer, Option, Redacted, Ref, Scope } from "effect"
import { TestClock } from "effect/testing"
import * as Failure from "../../src/internal/kernel/failure.ts"
import { type Fetched, TokenCache, type TokenSource } from "../../src/token/TokenCache.ts"
import { TokenStore } from "../../src/token/TokenStore.ts"

const failure = Failure.fromErrcode("GET /cgi-bin/gettoken", -1, "system busy")
const refusedSecret = Failure.fromErrcode(
  "GET /cgi-bin/gettoken",
  40001,
  "invalid credential, hint: [1_2_3], from ip: 1.2.3.4"
)

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

  it.effect("serves a token up to its last millisecond, and fetches at its end", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      yield* take(cache, source)
      state.failing = Infinity
      // It came after the 100 milliseconds that a fetch takes, which `take` has let pass.
      yield* TestClock.adjust("7199999 millis")
      assert.strictEqual(Redacted.value(yield* cache.get(source)), "T1")
      yield* TestClock.adjust("1 millis")
      assert.strictEqual((yield* Effect.flip(take(cache, source))).errcode, -1)
      state.failing = 0
      assert.strictEqual(yield* take(cache, source), `T${state.fetched}`)
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

  it.effect("asks no more for a while with a secret that was refused: WeCom bans addresses for that", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      let fetched = 0
      let good = false
      const source: TokenSource = {
        key: "app:ww1:0",
        fetch: Effect.suspend(() => {
          fetched++
          return good
            ? Effect.succeed({ value: Redacted.make("T"), expiresIn: 7200 })
            : Effect.fail(refusedSecret)
        })
      }
      assert.strictEqual((yield* Effect.flip(cache.get(source))).message, refusedSecret.message)
      for (let second = 0; second < 59; second++) {
        yield* TestClock.adjust("1 second")
        yield* Effect.flip(cache.get(source))
      }
      const held = yield* Effect.flip(cache.get(source))
      assert.strictEqual(held.errcode, 40001)
      assert.match(held.message, /invalid credential; WeCom is not asked again for 1s/)
      assert.deepInclude(held.reason, { hint: "1_2_3", fromIp: "1.2.3.4" })
      assert.strictEqual(fetched, 1)
      // Ever more seldom, ten minutes apart at last: a dozen times in the first hour and a half.
      for (let minute = 0; minute < 90; minute++) {
        yield* TestClock.adjust("1 minute")
        yield* Effect.exit(cache.get(source))
      }
      assert.isAtMost(fetched, 13)
      // The app was only disabled, and is enabled again.
      good = true
      yield* TestClock.adjust("10 minutes")
      assert.strictEqual(Redacted.value(yield* cache.get(source)), "T")
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("nor renews with it, while the good token is served to its end", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      yield* take(cache, source)
      let refused = 0
      const reset = { ...source, fetch: Effect.andThen(Effect.sync(() => refused++), Effect.fail(refusedSecret)) }
      for (let minute = 0; minute < 119; minute++) {
        yield* TestClock.adjust("1 minute")
        assert.strictEqual(Redacted.value(yield* cache.get(reset)), "T1")
      }
      assert.strictEqual(state.fetched, 1)
      assert.isTrue(refused >= 1 && refused <= 3, `${refused} attempts`)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("waits before it asks again for what is limited", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      let fetched = 0
      const limited = Failure.fromErrcode("GET /cgi-bin/gettoken", 45009, "reach max api daily quota limit")
      const source = {
        key: "app:ww1:0",
        fetch: Effect.suspend(() => ++fetched === 1 ? Effect.fail(limited) : Effect.succeed(fresh))
      }
      const fresh = { value: Redacted.make("T"), expiresIn: 7200 }
      for (let i = 0; i < 10; i++) {
        assert.strictEqual((yield* Effect.flip(cache.get(source))).reason._tag, "RateLimited")
      }
      assert.strictEqual(fetched, 1)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(Redacted.value(yield* cache.get(source)), "T")
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("asks every five seconds whether a suite's ticket is a good one by now", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      let fetched = 0
      const refused = Failure.fromErrcode("POST /cgi-bin/service/get_suite_token", 40085, "invalid suite ticket")
      const source = { key: "suite:tj1:0", fetch: Effect.suspend(() => Effect.fail((fetched++, refused))) }
      for (let second = 0; second < 60; second++) {
        assert.strictEqual((yield* Effect.flip(cache.get(source))).errcode, 40085)
        yield* TestClock.adjust("1 second")
      }
      assert.strictEqual(fetched, 12)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("fetches as the newest source of a key says: what it needs besides the secret may have changed", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const sourceOf = (value: string): TokenSource => ({
        key: "app:ww1:0",
        fetch: Effect.succeed({ value: Redacted.make(value), expiresIn: 7200 })
      })
      assert.strictEqual(Redacted.value(yield* cache.get(sourceOf("old"))), "old")
      assert.strictEqual(Redacted.value(yield* cache.get(sourceOf("new"))), "old")
      yield* TestClock.adjust("119 minutes")
      assert.strictEqual(Redacted.value(yield* cache.get(sourceOf("newer"))), "new")
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("renews the others while one of them stalls", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      const stalling = {
        key: "app:ww2:0",
        fetch: Effect.suspend(() => ++stalls === 1 ? Effect.succeed(soon) : Effect.never)
      }
      let stalls = 0
      const soon = { value: Redacted.make("S1"), expiresIn: 600 }
      yield* take(cache, source)
      yield* cache.get(stalling)
      for (let minute = 0; minute < 9; minute++) {
        yield* TestClock.adjust("1 minute")
        yield* cache.get(stalling)
      }
      yield* TestClock.adjust("110 minutes")
      assert.isAbove(stalls, 1)
      assert.strictEqual(state.fetched, 2)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("survives a clock that is set back or forward", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      const clock = yield* Clock.Clock
      let shift = 0
      const shifted = Effect.provideService(Clock.Clock, {
        ...clock,
        currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + shift,
        currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + shift),
        sleep: (duration) => clock.sleep(duration)
      })
      yield* Effect.gen(function*() {
        const cache = yield* TokenCache
        yield* take(cache, source)
        // As after the sleep of a laptop: the first caller gets a token that is good.
        shift += 8 * 3600_000
        assert.strictEqual(yield* take(cache, source), "T2")
        // A token whose end lies far ahead now is the vendor's to refuse.
        shift -= 8 * 3600_000
        assert.strictEqual(yield* take(cache, source), "T2")
        yield* cache.invalidate(source, Redacted.make("T2"))
        assert.strictEqual(yield* take(cache, source), "T3")
        yield* TestClock.adjust("110 minutes")
        yield* take(cache, source)
        yield* TestClock.adjust("8 minutes")
        assert.strictEqual(yield* take(cache, source), "T4")
        assert.strictEqual(state.fetched, 4)
      }).pipe(Effect.provide(Layer.fresh(TokenCache.layerMemory)), shifted)
      assert.strictEqual(yield* cache.size, 0)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

  it.effect("adopts what is in the store in place of a token that was refused, and fetches none", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const store = yield* TokenStore
      const { source, state } = makeVendor()
      yield* take(cache, source)
      const now = yield* Clock.currentTimeMillis
      const others = { value: Redacted.make("theirs"), obtainedAt: now, expiresAt: now + 7200_000 }
      yield* store.set(source.key, others, Option.some(Redacted.make("T1")))
      yield* cache.invalidate(source, Redacted.make("T1"))
      assert.strictEqual(Redacted.value(yield* cache.get(source)), "theirs")
      assert.strictEqual(state.fetched, 1)
    }).pipe(Effect.provide(TokenCache.layer.pipe(Layer.provideMerge(TokenStore.layerMemory)))))

  it.effect("fetches once when a token is refused while it is being renewed", () =>
    Effect.gen(function*() {
      const cache = yield* TokenCache
      const { source, state } = makeVendor()
      let begun = 0
      const slow = {
        ...source,
        fetch: Effect.suspend(() => {
          begun++
          return Effect.andThen(Effect.sleep("2 seconds"), source.fetch)
        })
      }
      const first = yield* Effect.forkChild(cache.get(slow))
      yield* TestClock.adjust("3 seconds")
      yield* Fiber.join(first)
      // Until the renewal has begun, and no further.
      yield* TestClock.adjust("1 second").pipe(Effect.repeat({ until: () => begun === 2 }))
      yield* cache.invalidate(slow, Redacted.make("T1"))
      const callers = yield* Effect.forkChild(
        Effect.forEach([1, 2, 3], () => cache.get(slow), { concurrency: "unbounded" })
      )
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual((yield* Fiber.join(callers)).map(Redacted.value), ["T2", "T2", "T2"])
      assert.strictEqual(state.fetched, 2)
    }).pipe(Effect.provide(TokenCache.layerMemory)))

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

  it.effect("looks at no key of which nothing is due, however many there are", () =>
    Effect.gen(function*() {
      const clock = yield* Clock.Clock
      let looks = 0
      const counted = Effect.provideService(Clock.Clock, {
        ...clock,
        currentTimeMillisUnsafe: () => {
          looks++
          return clock.currentTimeMillisUnsafe()
        }
      })
      const fetch = Effect.succeed({ value: Redacted.make("T"), expiresIn: 7200 })
      yield* Effect.gen(function*() {
        const cache = yield* TokenCache
        yield* Effect.forEach(Array.from({ length: 3000 }, (_, i) => ({ key: `app:ww${i}:0`, fetch })), cache.get)
        looks = 0
        // Lapsing keys are due once more, when nobody has used them for the life of a token.
        for (const hour of [1, 2, 3, 4, 5, 6]) {
          yield* TestClock.adjust("1 hour")
          if (hour === 1) assert.isBelow(looks, 500)
        }
        assert.strictEqual(yield* cache.size, 0)
        assert.isBelow(looks, 150_000)
      }).pipe(Effect.provide(Layer.fresh(TokenCache.layerMemory)), counted)
    }))
})
