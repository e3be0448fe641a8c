import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber, Layer, Redacted } from "effect"
import { RateLimiter } from "effect/persistence"
import { TestClock } from "effect/testing"
import * as CircuitBreaker from "../src/CircuitBreaker.ts"
import { describe as describeEndpoint, post } from "../src/Endpoint.ts"
import * as RateLimits from "../src/RateLimits.ts"
import * as WeComApp from "../src/WeComApp.ts"
import { type Attempt, type AttemptMiddleware, AttemptMiddlewares } from "../src/WeComClient.ts"
import * as WeComError from "../src/WeComError.ts"

const send = describeEndpoint(post("/cgi-bin/webhook/send", { doc: 91770, credential: "key" }, () => ({})))
const appMessage = describeEndpoint(post("/cgi-bin/message/send", 90236, () => ({})))

const toRobot = (key: string): Attempt => ({ endpoint: send, app: undefined, input: { key: Redacted.make(key) } })

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("s"), agentId: 1 })

/** The middleware of a layer. */
const middleware = Effect.map(
  AttemptMiddlewares,
  (all): AttemptMiddleware => (attempt, run) => all.reduceRight((run, next) => next(attempt, run), run)
)

const limits = (options?: RateLimits.Options) =>
  RateLimits.layer(options).pipe(
    Layer.provide(RateLimiter.layer),
    Layer.provide(RateLimiter.layerStoreMemory)
  )

/** The most that fell into any window of a minute. */
const most = (times: ReadonlyArray<number>, window: number): number =>
  Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + window).length))

const failed = (errcode: number) => Effect.fail(WeComError.fromErrcode(send.name, errcode, "no"))

describe("RateLimits", () => {
  it.effect("lets at most 20 messages to a robot through in any 60 seconds, none of them lost", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const times: Array<number> = []
      const record = Effect.map(Clock.currentTimeMillis, (now) => void times.push(now))
      // A burst, a pause that fills the bucket again at an odd moment, and another burst.
      const burst = (count: number) =>
        Effect.forkChild(Effect.forEach(Array.from({ length: count }), () => limited(toRobot("k1"), record), {
          concurrency: "unbounded",
          discard: true
        }))
      const first = yield* burst(40)
      yield* TestClock.adjust("5 minutes")
      yield* Fiber.join(first)
      yield* TestClock.adjust("37 seconds")
      const second = yield* burst(60)
      yield* TestClock.adjust("10 minutes")
      yield* Fiber.join(second)
      assert.strictEqual(times.length, 100)
      assert.isAtMost(most(times, 60_000), 20)
      // Nor is it much slower than it has to be.
      assert.isAtLeast(most(times, 60_000), 18)
    }).pipe(Effect.provide(limits())))

  it.effect("counts each robot for itself", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      let sent = 0
      const robots = Array.from({ length: 50 }, (_, i) => toRobot(`key-${i}`))
      yield* Effect.forEach(robots, (attempt) => limited(attempt, Effect.sync(() => sent++)))
      assert.strictEqual(sent, 50)
    }).pipe(Effect.provide(limits())))

  it.effect("fails by choice, typed, saying which limit and when again", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      for (let i = 0; i < 5; i++) yield* limited(toRobot("k1"), Effect.void)
      const error = yield* Effect.flip(limited(toRobot("k1"), Effect.void))
      assert.strictEqual(error.reason._tag, "RateLimited")
      assert.match(error.message, /limit robot; again in/)
    }).pipe(Effect.provide(limits({ onExceeded: "fail" }))))

  it.effect("counts messages for each member they go to", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const to = (...touser: ReadonlyArray<string>): Attempt => ({ endpoint: appMessage, app, input: { touser } })
      for (let i = 0; i < 7; i++) yield* limited(to("a", "b"), Effect.void)
      assert.match((yield* Effect.flip(limited(to("c", "A"), Effect.void))).message, /member-minute/)
      yield* limited(to("d"), Effect.void)
    }).pipe(Effect.provide(limits({ onExceeded: "fail" }))))

  it.effect("closes an endpoint for a minute when the vendor says 45009, and opens it again", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const call = limited({ endpoint: appMessage, app, input: {} }, Effect.void)
      yield* Effect.flip(limited({ endpoint: appMessage, app, input: {} }, failed(45009)))
      assert.match((yield* Effect.flip(call)).message, /closed-by-45009/)
      yield* limited(toRobot("k"), Effect.void)
      yield* TestClock.adjust("61 seconds")
      yield* call
      // And again, though the limiter has learnt meanwhile.
      yield* Effect.flip(limited({ endpoint: appMessage, app, input: {} }, failed(45009)))
      assert.match((yield* Effect.flip(call)).message, /closed-by-45009/)
    }).pipe(Effect.provide(limits({ onExceeded: "fail" }))))

  it.effect("holds nothing back when its store fails", () => {
    const error = new RateLimiter.RateLimiterError({
      reason: new RateLimiter.RateLimitStoreError({ message: "down" })
    })
    const broken = Layer.succeed(RateLimiter.RateLimiterStore, {
      fixedWindow: () => Effect.fail(error),
      tokenBucket: () => Effect.fail(error),
      adaptiveConsume: () => Effect.fail(error),
      adaptiveFeedback: () => Effect.fail(error)
    })
    return Effect.gen(function*() {
      const limited = yield* middleware
      let sent = 0
      yield* Effect.forEach(Array.from({ length: 100 }), () => limited(toRobot("k"), Effect.sync(() => sent++)))
      assert.strictEqual(sent, 100)
    }).pipe(Effect.provide(RateLimits.layer().pipe(Layer.provide(RateLimiter.layer), Layer.provide(broken))))
  })
})

describe("CircuitBreaker", () => {
  it.effect("opens after failures in a row, and closes when a probe succeeds", () =>
    Effect.gen(function*() {
      const around = yield* middleware
      const attempt: Attempt = { endpoint: appMessage, app, input: {} }
      const down = Effect.fail(
        new WeComError.WeComError({
          endpoint: appMessage.name,
          reason: new WeComError.TransportFailed({ description: "reset", timedOut: false, repeatable: false })
        })
      )
      for (let i = 0; i < 3; i++) yield* Effect.flip(around(attempt, down))
      let sent = 0
      const count = Effect.sync(() => sent++)
      const error = yield* Effect.flip(around(attempt, count))
      assert.match(error.message, /not sent/)
      assert.strictEqual(sent, 0)
      yield* TestClock.adjust("6 seconds")
      yield* around(attempt, count)
      yield* around(attempt, count)
      assert.strictEqual(sent, 2)
    }).pipe(Effect.provide(CircuitBreaker.layer({ failures: 3 }))))

  it.effect("does not count what the vendor refuses", () =>
    Effect.gen(function*() {
      const around = yield* middleware
      const attempt: Attempt = { endpoint: appMessage, app, input: {} }
      for (let i = 0; i < 10; i++) yield* Effect.flip(around(attempt, failed(60003)))
      yield* around(attempt, Effect.void)
    }).pipe(Effect.provide(CircuitBreaker.layer({ failures: 3 }))))
})
