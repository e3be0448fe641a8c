import { assert, describe, it } from "@effect/vitest"
import { Clock, Context, Duration, Effect, Exit, Fiber, Layer, Logger, Metric, Redacted, Schema } from "effect"
import { RateLimiter, Redis } from "effect/persistence"
import { TestClock } from "effect/testing"
import { describe as describeEndpoint, post } from "../../src/Endpoint.ts"
import * as Failure from "../../src/internal/kernel/failure.ts"
import * as Middlewares from "../../src/internal/kernel/middlewares.ts"
import * as CircuitBreaker from "../../src/limits/CircuitBreaker.ts"
import * as RateLimits from "../../src/limits/RateLimits.ts"
import * as Message from "../../src/messages/Message.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { type Attempt, type AttemptMiddleware, WeComClient } from "../../src/WeComClient.ts"
import { ResponseInvalid, TransportFailed, WeComError } from "../../src/WeComError.ts"
import { cannedClient } from "../support/canned.ts"

const send = describeEndpoint(post("/cgi-bin/webhook/send", { doc: 99110, credential: "key" }, () => ({})))
const appMessage = describeEndpoint(post("/cgi-bin/message/send", 90236, () => ({})))
const chatMessage = describeEndpoint(post("/cgi-bin/appchat/send", 90248, () => ({})))
const ordinary = describeEndpoint(post("/cgi-bin/user/update", 90197, () => ({})))

const toRobot = (key: string): Attempt => ({
  endpoint: send,
  app: undefined,
  input: { key: Redacted.make(key) }
})

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("s"), agentId: 1 })

/** A robot that is known by its digest, which takes real time, and whose bucket is full. */
const knownRobot = (limited: AttemptMiddleware) => {
  const attempt = toRobot("k1")
  return Effect.as(Effect.andThen(limited(attempt, Effect.void), TestClock.adjust("5 minutes")), attempt)
}

/** The middleware of a layer. */
const middleware = Effect.map(
  Effect.all([Middlewares.limiters, Middlewares.breakers]),
  (all): AttemptMiddleware => (attempt, run) => all.flat().reduceRight((run, next) => next(attempt, run), run)
)

const limits = RateLimits.keepInMemory

/** The most that fell into any window. */
const most = (times: ReadonlyArray<number>, window: number): number =>
  Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + window).length))

const circuit = Metric.withAttributes(CircuitBreaker.state, { server: "https://qyapi.weixin.qq.com" })

const failed = (errcode: number) => Effect.fail(Failure.fromErrcode(send.name, errcode, "no"))

const times = <A, E, R>(count: number, effect: (index: number) => Effect.Effect<A, E, R>) =>
  Effect.forEach(Array.from({ length: count }, (_, index) => index), effect, { concurrency: "unbounded" })

const count = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 1, maximum }))

const bounds = (maximum: number) => Schema.Struct({ limit: count(maximum), burst: Schema.optionalKey(count(maximum)) })

/** Two limits, and calls of three processes on two keys. */
const Traffic = Schema.Struct({
  key: bounds(20),
  shared: bounds(40),
  calls: Schema.Array(Schema.Struct({
    at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 60_000 })),
    key: Schema.Literals(["a", "b"]),
    process: Schema.Literals([0, 1, 2])
  })).check(Schema.isMinLength(40), Schema.isMaxLength(150))
})

/** A store to which the way takes now more and now less, up to 24 ms. */
const uneven = Layer.effect(
  RateLimiter.RateLimiterStore,
  Effect.map(RateLimiter.RateLimiterStore, (store) => {
    let seed = 1
    const delayed = <A, E>(operation: Effect.Effect<A, E>) =>
      Effect.suspend(() => {
        seed = seed * 48_271 % 2_147_483_647
        return Effect.delay(operation, Duration.millis(seed % 25))
      })
    return {
      fixedWindow: (options) => delayed(store.fixedWindow(options)),
      tokenBucket: (options) => delayed(store.tokenBucket(options)),
      adaptiveConsume: (options) => delayed(store.adaptiveConsume(options)),
      adaptiveFeedback: (options) => delayed(store.adaptiveFeedback(options))
    }
  })
).pipe(Layer.provide(RateLimiter.layerStoreMemory))

/** A store that tells the key of every operation. */
const watched = () => {
  const keys: Array<string> = []
  const store = Layer.effect(
    RateLimiter.RateLimiterStore,
    Effect.map(RateLimiter.RateLimiterStore, (store) => {
      const watch = <O extends { readonly key: string }, A>(operation: (options: O) => A) => (options: O) => {
        keys.push(options.key)
        return operation(options)
      }
      return {
        fixedWindow: watch(store.fixedWindow),
        tokenBucket: watch(store.tokenBucket),
        adaptiveConsume: watch(store.adaptiveConsume),
        adaptiveFeedback: watch(store.adaptiveFeedback)
      }
    })
  ).pipe(Layer.provide(RateLimiter.layerStoreMemory))
  return { keys, store }
}

describe("RateLimits", () => {
  it.effect("lets at most 20 messages to a robot through in any 60 seconds, none of them lost", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const attempt = yield* knownRobot(limited)
      const sent: Array<number> = []
      const record = Effect.map(Clock.currentTimeMillis, (now) => void sent.push(now))
      // A burst, a pause that fills the bucket again at an odd moment, and another burst.
      const burst = (count: number) => Effect.forkChild(times(count, () => limited(attempt, record)))
      const first = yield* burst(40)
      yield* TestClock.adjust("5 minutes")
      yield* Fiber.join(first)
      yield* TestClock.adjust("37 seconds")
      const second = yield* burst(60)
      yield* TestClock.adjust("10 minutes")
      yield* Fiber.join(second)
      assert.lengthOf(sent, 100)
      assert.isAtMost(most(sent, 60_000), 20)
      // Nor is it much slower than it has to be.
      assert.isAtLeast(most(sent, 60_000), 18)
    }).pipe(limits()))

  it.effect("lets callers through in the order of their coming", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const order: Array<number> = []
      const attempt = yield* knownRobot(limited)
      const waiting = yield* Effect.forkChild(
        times(12, (index) => limited(attempt, Effect.sync(() => order.push(index))))
      )
      yield* TestClock.adjust("2 minutes")
      yield* Fiber.join(waiting)
      assert.deepStrictEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    }).pipe(limits()))

  it.effect("counts each robot for itself", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      let sent = 0
      yield* times(50, (index) => limited(toRobot(`key-${index}`), Effect.sync(() => sent++)))
      assert.strictEqual(sent, 50)
    }).pipe(limits()))

  it.effect("stores no key of a robot", () => {
    const { keys, store } = watched()
    return Effect.gen(function*() {
      const limited = yield* middleware
      yield* limited(toRobot("0123-SECRET-4567"), Effect.void)
      yield* limited({ ...toRobot(""), input: { key: "0123-SECRET-4567" } }, Effect.void)
      yield* Effect.flip(limited(toRobot("0123-SECRET-4567"), failed(45009)))
      assert.isNotEmpty(keys)
      assert.deepStrictEqual(keys.filter((key) => key.includes("SECRET")), [])
    }).pipe(RateLimits.keep(), Effect.provide(Layer.provide(RateLimiter.layer, store)))
  })

  it.effect("asks the store no more while it knows that an endpoint is closed", () => {
    const { keys, store } = watched()
    return Effect.gen(function*() {
      const limited = yield* middleware
      const attempt = toRobot("k1")
      yield* Effect.flip(limited(attempt, failed(45009)))
      yield* Effect.flip(limited(attempt, Effect.void))
      const asked = keys.length
      for (let i = 0; i < 100; i++) yield* Effect.flip(limited(attempt, Effect.void))
      assert.lengthOf(keys, asked)
      yield* TestClock.adjust("1 minute")
      yield* limited(attempt, Effect.void)
      assert.isAbove(keys.length, asked)
    }).pipe(
      RateLimits.keep({ onExceeded: "fail" }),
      Effect.provide(Layer.provide(RateLimiter.layer, store))
    )
  })

  it.effect("fails by choice, typed, saying which limit and when again", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      for (let i = 0; i < 5; i++) yield* limited(toRobot("k1"), Effect.void)
      const error = yield* Effect.flip(limited(toRobot("k1"), Effect.void))
      assert.strictEqual(error.reason._tag, "RateLimited")
      assert.match(error.message, /limit robot; again in 5s/)
    }).pipe(limits({ onExceeded: "fail" })))

  it.effect("refuses at once whose turn would come too late, and leaves no debt behind a storm", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const attempt = yield* knownRobot(limited)
      const endsAt = (yield* Clock.currentTimeMillis) + 10_000
      const storm = yield* Effect.forkChild(
        times(1000, () => Effect.exit(limited({ ...attempt, endsAt }, Effect.void)))
      )
      yield* TestClock.adjust("10 seconds")
      const exits = yield* Fiber.join(storm)
      // Five at once, and one after each of the next two intervals of 4.04 seconds.
      assert.strictEqual(exits.filter(Exit.isSuccess).length, 7)
      const late = exits.find(Exit.isFailure)
      assert.match(String(late?.cause), /RateLimited.*limit robot; again in/)
      // The next one waits no longer than its own interval.
      const next = yield* Effect.forkChild(limited(attempt, Effect.succeed("sent")))
      yield* TestClock.adjust("4 seconds")
      assert.strictEqual(yield* Fiber.join(next), "sent")
    }).pipe(limits()))

  it.effect("says why to a call that waits in vain, before its deadline says less", () =>
    Effect.gen(function*() {
      const robot = yield* GroupRobot
      const message = Message.text("hello")
      yield* times(5, () => robot.send(message))
      const error = yield* Effect.flip(robot.send(message).pipe(WeComClient.withOptions({ deadline: "1 second" })))
      assert.strictEqual(error.reason._tag, "RateLimited")
      const patient = yield* Effect.forkChild(
        times(20, () => robot.send(message)).pipe(
          WeComClient.withOptions({ deadline: "5 minutes" })
        )
      )
      yield* TestClock.adjust("5 minutes")
      yield* Fiber.join(patient)
      const calls = yield* Simulator.use((simulator) => simulator.calls("/cgi-bin/webhook/send"))
      assert.deepStrictEqual(calls.map(({ errcode }) => errcode), Array.from({ length: 25 }, () => undefined))
    }).pipe(
      Effect.provide(
        GroupRobot.layer({ key: Redacted.make("robot-1") }).pipe(
          limits(),
          Layer.provideMerge(Simulator.layerTest({ corps: [{ ...defaultCorp, robots: [{ key: "robot-1" }] }] }))
        )
      )
    ))

  it.effect(
    "holds when the clocks of those who share a store differ by a hundredth of the window",
    () =>
      Effect.gen(function*() {
        const clock = yield* Clock.Clock
        const process = (ahead: number) =>
          Effect.gen(function*() {
            const limited = yield* middleware.pipe(
              RateLimits.keep({
                limits: [{ name: "test", limit: 200, window: "1 minute", keys: () => [{ key: "one" }] }]
              })
            )
            const attempt: Attempt = { endpoint: ordinary, app, input: {} }
            const record = Effect.sync(() => void sent.push(clock.currentTimeMillisUnsafe()))
            yield* Effect.provideService(times(300, () => limited(attempt, record)), Clock.Clock, {
              ...clock,
              currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + ahead,
              sleep: (duration) => clock.sleep(duration)
            })
          })
        const sent: Array<number> = []
        // Bursts of both in turns, after pauses in which the bucket fills.
        for (const pause of [0, 90, 1, 45]) {
          yield* TestClock.adjust(Duration.seconds(pause))
          const slow = yield* Effect.forkChild(process(0))
          yield* TestClock.adjust("1 second")
          const fast = yield* Effect.forkChild(process(600))
          yield* TestClock.adjust("1 minute")
          yield* Fiber.interruptAll([slow, fast])
        }
        assert.isAtLeast(most(sent, 60_000), 190)
        assert.isAtMost(most(sent, 60_000), 200)
      }).pipe(Effect.provide(RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory)))),
    60_000
  )

  it.effect.prop(
    "never lets more through than a limit in any window, however calls come, and loses none",
    [Traffic],
    ([{ calls, key, shared }]) =>
      Effect.gen(function*() {
        const clock = yield* Clock.Clock
        const window = 10_000
        const limits = [
          { name: "key", ...key, window, keys: ({ input }: Attempt) => [{ key: String(input) }] },
          // Refuses at times what the other has let through, which then has to be given back.
          { name: "shared", ...shared, window: 3 * window, keys: () => [{ key: "all" }] }
        ]
        const sent: Array<readonly [key: string, at: number]> = []
        // Three processes: their clocks and the ways to the store differ by less than a hundredth of the shorter window.
        const processes = yield* Effect.forEach([0, 10, 50], (ahead) =>
          Effect.map(
            middleware.pipe(RateLimits.keep({ limits })),
            (limited) => (key: string, at: number) =>
              limited(
                { endpoint: ordinary, app, input: key },
                Effect.sync(() => void sent.push([key, clock.currentTimeMillisUnsafe()]))
              ).pipe(
                Effect.delay(Duration.millis(at)),
                Effect.provideService(Clock.Clock, {
                  ...clock,
                  currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + ahead,
                  sleep: (duration) => clock.sleep(duration)
                })
              )
          ))
        const all = yield* Effect.forkChild(
          Effect.forEach(calls, ({ at, key, process }) => processes[process]?.(key, at) ?? Effect.void, {
            concurrency: "unbounded"
          })
        )
        yield* TestClock.adjust("2 hours")
        yield* Fiber.join(all)
        assert.lengthOf(sent, calls.length)
        for (const name of ["a", "b"]) {
          assert.isAtMost(most(sent.flatMap(([key, at]) => key === name ? [at] : []), window), key.limit)
        }
        assert.isAtMost(most(sent.map(([, at]) => at), 3 * window), shared.limit)
      }).pipe(
        Effect.provide(Layer.fresh(RateLimiter.layer.pipe(Layer.provide(Layer.fresh(uneven)))))
      ),
    { arbitrary: { runs: 60 }, timeout: 60_000 }
  )

  it.effect("dies of a limit that lets nothing through, saying which", () =>
    Effect.gen(function*() {
      for (const limit of [0, 0.5, -1, Number.NaN]) {
        const exit = yield* middleware.pipe(
          limits({ limits: [{ name: "mine", window: "1 minute", keys: () => [], limit }] }),
          Effect.exit
        )
        assert.isTrue(
          Exit.isFailure(exit) && /RangeError: the limit mine lets nothing through/.test(String(exit.cause))
        )
      }
    }))

  it.effect("counts messages for each member they go to, and takes from none when one refuses", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const to = (...touser: ReadonlyArray<string>): Attempt => ({ endpoint: appMessage, app, input: { touser } })
      for (let i = 0; i < 7; i++) yield* limited(to("a", "b"), Effect.void)
      for (let i = 0; i < 10; i++) {
        assert.match((yield* Effect.flip(limited(to("c", "A"), Effect.void))).message, /member-minute/)
      }
      // What the refused ones took is given back.
      for (let i = 0; i < 7; i++) yield* limited(to("c"), Effect.void)
      yield* limited(to("d", "@all"), Effect.void)
    }).pipe(limits({ onExceeded: "fail" })))

  it.effect("counts persons where the limit does: of an app a day, of chats by their size", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const to = (count: number): Attempt => ({
        endpoint: appMessage,
        app,
        input: { touser: Array.from({ length: count }, (_, index) => `user-${count}-${index}`) }
      })
      // 5 accounts make 1,000 person-times a day, half of them at once.
      yield* limited(to(499), Effect.void)
      assert.match((yield* Effect.flip(limited(to(2), Effect.void))).message, /app-day/)
      yield* limited(to(1), Effect.void)
      const chat = (chatid: string): Attempt => ({ endpoint: chatMessage, app, input: { chatid } })
      // 5,000 person-times at once, in chats of 1,000.
      for (let i = 0; i < 5; i++) yield* limited(chat(`large-${i}`), Effect.void)
      assert.match((yield* Effect.flip(limited(chat("other"), Effect.void))).message, /chat-send-minute/)
    }).pipe(
      limits({ onExceeded: "fail", limits: RateLimits.documented({ accounts: 5, chatMembers: () => 1000 }) })
    ))

  it("lets the chats of a larger corp reach more in an hour", () => {
    const reach = (options?: RateLimits.Documented) =>
      RateLimits.documented(options).find(({ name }) => name === "chat-send-hour")?.limit
    assert.deepStrictEqual(
      [reach(), reach({ size: "small" }), reach({ size: "medium" }), reach({ size: "large" })],
      [150_000, 150_000, 350_000, 700_000]
    )
  })

  it.effect("counts each endpoint of approvals for itself", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const ask = (path: string) =>
        limited({ endpoint: { ...ordinary, path: `/cgi-bin/oa/${path}` }, app, input: {} }, Effect.void)
      // A quarter of 600 at once.
      yield* times(150, () => ask("getapprovaldetail"))
      assert.match((yield* Effect.flip(ask("getapprovaldetail"))).message, /approval-minute/)
      yield* ask("applyevent")
    }).pipe(limits({ onExceeded: "fail" })))

  it.effect("allows addresses of service providers twice as much", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const suite = WeComApp.suite({
        suiteId: "tj1",
        suiteSecret: Redacted.make("s"),
        suiteTicket: Effect.succeed(Redacted.make("t"))
      })
      const by = (app: WeComApp): Attempt => ({ endpoint: ordinary, app, input: {} })
      const count = (app: (index: number) => WeComApp) =>
        Effect.map(times(110, (index) => Effect.exit(limited(by(app(index)), Effect.void))), (exits) =>
          exits.filter(Exit.isSuccess).length)
      // Of many corps, so that it is not theirs that refuses.
      const own = (index: number) =>
        WeComApp.secret({ ...app, corpId: `ww${index % 10}` })
      const theirs = (index: number) =>
        WeComApp.authorised(suite, { corpId: `wp${index % 10}`, permanentCode: Redacted.make("p") })
      assert.strictEqual(yield* count(own), 50)
      assert.strictEqual(yield* count(theirs), 100)
    }).pipe(limits({
      onExceeded: "fail",
      // A hundredth of each.
      limits: RateLimits.defaults.map((limit) => ({ ...limit, limit: Math.max(1, limit.limit / 100) }))
    })))

  it.effect("closes an endpoint for a minute when the vendor says 45009, and opens it again", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const attempt: Attempt = { endpoint: appMessage, app, input: {} }
      const call = limited(attempt, Effect.void)
      yield* Effect.flip(limited(attempt, failed(45009)))
      assert.match((yield* Effect.flip(call)).message, /closed the endpoint; again in 1m/)
      yield* limited(toRobot("k"), Effect.void)
      yield* limited({ ...attempt, endpoint: ordinary }, Effect.void)
      yield* limited({ ...attempt, app: { ...app, corpId: "ww2" } }, Effect.void)
      yield* TestClock.adjust("61 seconds")
      yield* call
      // And again, as often as it takes, though the limiter has learnt meanwhile.
      for (let i = 0; i < 3; i++) {
        yield* call
        yield* call
        yield* Effect.flip(limited(attempt, failed(45009)))
        assert.match((yield* Effect.flip(call)).message, /closed the endpoint/)
        yield* TestClock.adjust("61 seconds")
        yield* times(100, () => call)
      }
    }).pipe(limits({ onExceeded: "fail" })))

  it.effect("closes one robot's window to it alone, and those who wait go on when it opens", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const attempt = yield* knownRobot(limited)
      yield* Effect.flip(limited(attempt, failed(45009)))
      const waiting = yield* Effect.forkChild(times(4, () => limited(attempt, Clock.currentTimeMillis)))
      yield* limited(toRobot("k2"), Effect.void)
      const began = yield* Clock.currentTimeMillis
      yield* TestClock.adjust("2 minutes")
      for (const time of yield* Fiber.join(waiting)) assert.isAtLeast(time - began, 60_000)
    }).pipe(limits()))

  it.effect("goes on alone while its store fails, warns once, and shares again when it answers", () => {
    const error = new RateLimiter.RateLimiterError({
      reason: new RateLimiter.RateLimitStoreError({
        message: "down",
        cause: new Redis.RedisError({ cause: new Error("OOM command not allowed when used memory > 'maxmemory'. k") })
      })
    })
    let down = true
    let asked = 0
    const flaky = Layer.effect(
      RateLimiter.RateLimiterStore,
      Effect.map(RateLimiter.RateLimiterStore, (store) => {
        const unless = <A>(operation: Effect.Effect<A, RateLimiter.RateLimiterError>) =>
          Effect.suspend(() => {
            asked++
            return down ? Effect.fail(error) : operation
          })
        return {
          fixedWindow: (options) => unless(store.fixedWindow(options)),
          tokenBucket: (options) => unless(store.tokenBucket(options)),
          adaptiveConsume: (options) => unless(store.adaptiveConsume(options)),
          adaptiveFeedback: (options) => unless(store.adaptiveFeedback(options))
        }
      })
    ).pipe(Layer.provide(RateLimiter.layerStoreMemory))
    const logged: Array<string> = []
    return Effect.gen(function*() {
      const limited = yield* middleware
      const before = (yield* Metric.value(RateLimits.storeFailures)).count
      for (let i = 0; i < 5; i++) yield* limited(toRobot("k"), Effect.void)
      assert.match((yield* Effect.flip(limited(toRobot("k"), Effect.void))).message, /limit robot/)
      // The store was asked once, not by every attempt.
      assert.strictEqual((yield* Metric.value(RateLimits.storeFailures)).count - before, 1)
      assert.isAtMost(asked, 2)
      yield* TestClock.adjust("1 second")
      yield* Effect.flip(limited(toRobot("k"), Effect.void))
      assert.strictEqual((yield* Metric.value(RateLimits.storeFailures)).count - before, 2)
      assert.lengthOf(logged, 1)
      assert.match(logged[0] ?? "", /down: OOM; limits are kept by this process alone/)
      down = false
      yield* TestClock.adjust("1 second")
      for (let i = 0; i < 5; i++) yield* limited(toRobot("k"), Effect.void)
      assert.isAtLeast(asked, 10)
    }).pipe(
      RateLimits.keep({ onExceeded: "fail" }),
      Effect.provide(Layer.provide(RateLimiter.layer, flaky)),
      Effect.provide(Logger.layer([Logger.make(({ message }) => logged.push(String(message)))]))
    )
  })

  it.effect("does not wait for a store that does not answer", () =>
    Effect.gen(function*() {
      const limited = yield* middleware
      const call = yield* Effect.forkChild(limited({ endpoint: ordinary, app, input: {} }, Effect.succeed("sent")))
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(call), "sent")
    }).pipe(
      RateLimits.keep(),
      Effect.provide(Layer.provide(
        RateLimiter.layer,
        Layer.succeed(RateLimiter.RateLimiterStore, {
          fixedWindow: () => Effect.never,
          tokenBucket: () => Effect.never,
          adaptiveConsume: () => Effect.never,
          adaptiveFeedback: () => Effect.never
        })
      )),
      Effect.provide(Logger.layer([]))
    ))
})

describe("CircuitBreaker", () => {
  it.effect("opens after failures in a row, and closes when a probe succeeds", () =>
    Effect.gen(function*() {
      const around = yield* middleware
      const attempt: Attempt = { endpoint: appMessage, app, input: {} }
      const down = Effect.fail(
        new WeComError({
          endpoint: appMessage.name,
          reason: new TransportFailed({ description: "reset", timedOut: false, repeatable: false })
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
    }).pipe(CircuitBreaker.guard({ failures: 3 })))

  it.effect("opens when the server only stalls, but not when callers give up", () =>
    Effect.gen(function*() {
      const around = yield* middleware
      const calling = (patience: Duration.Input) =>
        Effect.gen(function*() {
          const endsAt = (yield* Clock.currentTimeMillis) + 10_000
          const call = yield* Effect.forkChild(
            Effect.timeoutOption(around({ endpoint: appMessage, app, input: {}, endsAt }, Effect.never), patience)
          )
          yield* TestClock.adjust(patience)
          yield* Fiber.join(call)
        })
      const open = Effect.isFailure(around({ endpoint: appMessage, app, input: {} }, Effect.void))
      for (let i = 0; i < 5; i++) yield* calling("9 seconds")
      for (let i = 0; i < 2; i++) yield* calling("10 seconds")
      assert.isTrue(yield* Effect.map(Metric.value(circuit), ({ value }) => value === 0))
      yield* calling("10 seconds")
      assert.isTrue(yield* open)
      yield* Effect.yieldNow
      assert.strictEqual((yield* Metric.value(circuit)).value, 2)
      // A probe that stalls opens it again.
      yield* TestClock.adjust("6 seconds")
      yield* calling("10 seconds")
      assert.isTrue(yield* open)
      yield* TestClock.adjust("6 seconds")
      assert.isFalse(yield* open)
      yield* Effect.yieldNow
      assert.strictEqual((yield* Metric.value(circuit)).value, 0)
    }).pipe(
      CircuitBreaker.guard({ failures: 3 }),
      Effect.provideService(Metric.MetricRegistry, new Map())
    ))

  const outage = (reason: WeComError["reason"]) => Effect.fail(new WeComError({ endpoint: appMessage.name, reason }))
  const reset = outage(new TransportFailed({ description: "reset", timedOut: false, repeatable: false }))
  const answered = (status: number) =>
    outage(new ResponseInvalid({ status, issues: [], foreign: false, done: false, repeatable: false }))

  const answers: { readonly [what: string]: readonly [Effect.Effect<never, WeComError>, opens: boolean] } = {
    "a wrong argument": [failed(60003), false],
    "a busy vendor": [failed(-1), false],
    "a limit": [failed(45009), false],
    "an ended token": [failed(42001), false],
    "a wrong input": [Effect.fail(Failure.invalid("x", "y", "z")), false],
    "a gateway's 404": [answered(404), false],
    "an answer that does not decode": [answered(200), false],
    "a gateway's 502": [answered(502), true],
    "a broken connection": [reset, true]
  }
  for (const [what, [answer, opens]] of Object.entries(answers)) {
    it.effect(`${opens ? "opens" : "does not open"} after ${what}, ten times`, () =>
      Effect.gen(function*() {
        const around = yield* middleware
        const attempt: Attempt = { endpoint: appMessage, app, input: {} }
        for (let i = 0; i < 10; i++) yield* Effect.flip(around(attempt, answer))
        assert.strictEqual(yield* Effect.isFailure(around(attempt, Effect.void)), opens)
      }).pipe(CircuitBreaker.guard()))
  }

  it.effect("begins to count anew after a success", () =>
    Effect.gen(function*() {
      const around = yield* middleware
      const attempt: Attempt = { endpoint: appMessage, app, input: {} }
      for (let i = 0; i < 5; i++) {
        yield* Effect.flip(around(attempt, reset))
        yield* Effect.flip(around(attempt, reset))
        yield* around(attempt, Effect.void)
      }
    }).pipe(CircuitBreaker.guard({ failures: 3 })))

  it.effect("has one for each server, and one call probes while the others fail at once", () =>
    Effect.gen(function*() {
      const around = yield* middleware
      const to = (baseUrl: string): Attempt => ({ endpoint: appMessage, app, input: {}, baseUrl })
      for (let i = 0; i < 3; i++) yield* Effect.flip(around(to("https://one"), reset))
      assert.match(
        (yield* Effect.flip(around(to("https://one"), Effect.void))).message,
        /not sent: the circuit is open after failures of the server; a call probes in 5s/
      )
      yield* around(to("https://two"), Effect.void)
      yield* TestClock.adjust("6 seconds")
      let sent = 0
      const probing = yield* Effect.forkChild(
        around(to("https://one"), Effect.andThen(Effect.sync(() => sent++), Effect.sleep("2 seconds"))),
        { startImmediately: true }
      )
      const others = yield* times(5, () => Effect.flip(around(to("https://one"), Effect.sync(() => sent++))))
      for (const { isRetryable, message } of others) {
        assert.match(message, /half open/)
        assert.isTrue(isRetryable)
      }
      assert.strictEqual(sent, 1)
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(probing)
      yield* times(5, () => around(to("https://one"), Effect.void))
    }).pipe(CircuitBreaker.guard({ failures: 3 })))
})

describe("limits, a circuit breaker and a middleware of one's own", () => {
  it.effect("stand in the same order around an attempt, however they are applied", () => {
    let sent = 0
    const own = WeComClient.around((_, run) => Effect.andThen(Effect.sync(() => sent++), run))
    const breaker = () => CircuitBreaker.guard({ failures: 2 })
    const limited = () =>
      limits({
        limits: [{ name: "mine", limit: 4, burst: 4, window: "1 minute", keys: () => [{ key: "all" }] }],
        onExceeded: "fail"
      })
    const { count, layer } = cannedClient(() => new Response("down", { status: 502 }))
    const send = Effect.flatMap(GroupRobot, (robot) => Effect.flip(robot.send(Message.text("hello"))))
    const calls = Effect.forEach([1, 2, 3, 4, 5], () => Effect.map(send, ({ message }) => message)).pipe(
      Effect.provideService(WeComClient.RetryPolicy, undefined)
    )
    const robot = Layer.fresh(GroupRobot.layer({ key: Redacted.make("k") }))
    const orders = [
      robot.pipe(own, breaker(), limited()),
      robot.pipe(limited(), breaker(), own),
      robot.pipe(breaker(), own, limited())
    ]
    return Effect.gen(function*() {
      for (const order of orders) {
        sent = 0
        const messages = yield* Effect.provide(calls, Layer.provide(order, layer))
        // Two are sent, two more are counted by the limit but stopped by the breaker, the fifth by the limit.
        assert.strictEqual(sent, 2)
        assert.deepStrictEqual(
          messages.map((message) => /HTTP 502|circuit|limit mine/.exec(message)?.[0]),
          ["HTTP 502", "HTTP 502", "circuit", "circuit", "limit mine"]
        )
      }
      assert.strictEqual(count("/cgi-bin/webhook/send"), 6)
    })
  })

  it.effect("are shared by the clients that the same value was applied to, and by no others", () =>
    Effect.gen(function*() {
      const { layer } = cannedClient(() => ({ errcode: 0, errmsg: "ok" }))
      const options = {
        limits: [{ name: "mine", limit: 2, burst: 2, window: "1 minute", keys: () => [{ key: "all" }] }],
        onExceeded: "fail"
      } as const
      class Other extends Context.Service<Other, GroupRobot["Service"]>()("test/Other") {}
      const one = GroupRobot.layer({ key: Redacted.make("one") })
      const other = Layer.effect(Other, GroupRobot.make({ key: Redacted.make("other") }))
      const refused = Effect.gen(function*() {
        const robots = [yield* GroupRobot, yield* Other]
        const exits = yield* Effect.forEach(
          [...robots, ...robots],
          (robot) => Effect.exit(robot.send(Message.text("hi")))
        )
        return exits.filter(Exit.isFailure).length
      })
      const kept = limits(options)
      const together = Layer.mergeAll(one.pipe(kept), other.pipe(kept))
      const apart = Layer.mergeAll(one.pipe(limits(options)), other.pipe(limits(options)))
      assert.strictEqual(yield* Effect.provide(refused, Layer.fresh(Layer.provide(together, layer))), 2)
      assert.strictEqual(yield* Effect.provide(refused, Layer.fresh(Layer.provide(apart, layer))), 0)
    }))
})
