import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Fiber, Layer, Logger, Schedule } from "effect"
import { TestClock } from "effect/testing"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import { TextMessage } from "../../src/callback/events/Messages.ts"
import { InboxShards } from "../../src/callback/InboxShards.ts"
import { InboxStore, InboxStoreError } from "../../src/callback/InboxStore.ts"

const text = (from: string, id: number) =>
  new TextMessage({
    ToUserName: "ww1",
    FromUserName: from,
    CreateTime: DateTime.makeUnsafe(1_700_000_000_000),
    AgentID: 1,
    MsgId: `${id}`,
    Content: `message ${id}`
  })

const range = (length: number) => Array.from({ length }, (_, i) => i)

/** An inbox over a store in memory, some operations of which are others. */
const withStore = (
  operations: Partial<InboxStore["Service"]> = {},
  wrapped: (store: InboxStore["Service"]) => Partial<InboxStore["Service"]> = () => ({})
) =>
  CallbackInbox.layer().pipe(
    Layer.provideMerge(
      Layer.effect(InboxStore, Effect.map(InboxStore, (store) => ({ ...store, ...wrapped(store), ...operations })))
    ),
    Layer.provide([InboxStore.layerMemory(), InboxShards.layerMemory])
  )

const idOf = (event: { readonly header: { readonly messageId: string | undefined } }) => Number(event.header.messageId)

describe("CallbackInbox", () => {
  it.effect("hands every event over once, in the order of its sender", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const seen = new Map<string, Array<number>>()
      const worker = yield* Effect.forkChild(inbox.work({
        handlers: {
          text: (event) =>
            Effect.gen(function*() {
              // The later ones are quicker, so that only a lane keeps the order.
              yield* Effect.sleep(`${idOf(event) % 7} millis`)
              const ids = seen.get(event.FromUserName) ?? []
              seen.set(event.FromUserName, [...ids, idOf(event)])
            })
        },
        fallback: () => Effect.die("only texts were sent")
      }))
      for (let id = 0; id < 1000; id++) {
        yield* inbox.put(text(`user-${id % 20}`, id))
        // WeCom repeats: the same event again, and once more later.
        yield* inbox.put(text(`user-${id % 20}`, id))
      }
      for (let i = 0; i < 500; i++) yield* TestClock.adjust("10 millis")
      yield* inbox.put(text("user-0", 0))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(worker)
      assert.strictEqual(seen.size, 20)
      for (const [user, ids] of seen) {
        const first = Number(user.slice(5))
        assert.deepStrictEqual(ids, Array.from({ length: 50 }, (_, i) => first + 20 * i))
      }
    }).pipe(Effect.provide(CallbackInbox.layerMemory())))

  it.effect("calls a handler again on its schedule, and gives up in the end; a dead letter can be replayed", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const attempts: Array<number> = []
      let broken = true
      yield* Effect.forkScoped(inbox.work({
        handlers: {
          text: (_, { attempt }) =>
            Effect.suspend(() => {
              attempts.push(attempt)
              return broken ? attempt === 2 ? Effect.die("a defect") : Effect.fail(new Error("no luck")) : Effect.void
            })
        },
        fallback: () => Effect.void
      }))
      yield* inbox.put(text("a", 1))
      for (let i = 0; i < 60; i++) yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(attempts, [1, 2, 3])
      const letters = yield* inbox.deadLetters
      assert.deepStrictEqual(letters.map(({ attempts, failure, key }) => [key, attempts, failure]), [
        ["text", 3, "Error: no luck"]
      ])
      broken = false
      const id = letters[0]?.id ?? ""
      assert.isTrue(yield* inbox.replay(id))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(attempts, [1, 2, 3, 1])
      assert.deepStrictEqual(yield* inbox.deadLetters, [])
      assert.isFalse(yield* inbox.replay(id))
    }).pipe(
      Effect.provide(
        CallbackInbox.layerMemory({ retry: Schedule.spaced("1 second").pipe(Schedule.upTo({ times: 2 })) })
      )
    ))

  it.effect("says within a second that an event could not be stored", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const put = yield* Effect.forkChild(Effect.flip(inbox.put(text("a", 1))), { startImmediately: true })
      yield* TestClock.adjust("1 second")
      assert.match((yield* Fiber.join(put)).message, /could not be stored: no answer within 1s/)
    }).pipe(Effect.provide(withStore({ put: () => Effect.never }))))

  it.effect("gives the event at work back when it is interrupted and has no time to end", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      let started = 0
      let handled = 0
      const slow = inbox.work({
        handlers: {
          text: () =>
            Effect.sync(() => started++).pipe(
              Effect.andThen(Effect.sleep("10 seconds")),
              Effect.andThen(Effect.sync(() => handled++))
            )
        },
        fallback: () => Effect.void,
        drain: 0
      })
      yield* inbox.put(text("a", 1))
      const first = yield* Effect.forkChild(slow, { startImmediately: true })
      yield* TestClock.adjust("5 seconds")
      yield* Fiber.interrupt(first)
      assert.deepStrictEqual([started, handled], [1, 0])
      yield* Effect.forkScoped(slow)
      yield* TestClock.adjust("20 seconds")
      assert.deepStrictEqual([started, handled], [2, 1])
    }).pipe(Effect.provide(CallbackInbox.layerMemory())))

  it.effect("lets the event at work end when it is interrupted, and takes no other", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const handled: Array<number> = []
      const work = inbox.work({
        handlers: {
          text: (event) => Effect.andThen(Effect.sleep("10 seconds"), Effect.sync(() => handled.push(idOf(event))))
        },
        fallback: () => Effect.void,
        drain: "6 seconds"
      })
      for (const id of [1, 2]) yield* inbox.put(text("a", id))
      const first = yield* Effect.forkChild(work, { startImmediately: true })
      yield* TestClock.adjust("5 seconds")
      const ending = yield* Effect.forkChild(Fiber.interrupt(first), { startImmediately: true })
      yield* TestClock.adjust("4 seconds")
      assert.isUndefined(ending.pollUnsafe())
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(ending)
      assert.deepStrictEqual(handled, [1])
      // What has ended is not handed over again, and what is not done in time is.
      const second = yield* Effect.forkChild(work, { startImmediately: true })
      yield* TestClock.adjust("1 second")
      const ended = yield* Effect.forkChild(Fiber.interrupt(second), { startImmediately: true })
      yield* TestClock.adjust("6 seconds")
      yield* Fiber.join(ended)
      assert.deepStrictEqual(handled, [1])
      yield* Effect.forkScoped(Effect.interruptible(work))
      yield* TestClock.adjust("11 seconds")
      assert.deepStrictEqual(handled, [1, 2])
    }).pipe(Effect.scoped, Effect.provide(CallbackInbox.layerMemory())))

  it.effect("a handler that hangs, or interrupts itself, has failed", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      yield* Effect.forkScoped(inbox.work({
        handlers: { text: (event) => idOf(event) === 1 ? Effect.never : Effect.interrupt },
        fallback: () => Effect.void,
        timeout: "1 minute",
        drain: 0
      }))
      yield* inbox.put(text("a", 1))
      yield* inbox.put(text("a", 2))
      yield* TestClock.adjust("1 second")
      yield* TestClock.adjust("58 seconds")
      assert.deepStrictEqual(yield* inbox.deadLetters, [])
      yield* TestClock.adjust("2 seconds")
      const letters = yield* inbox.deadLetters
      assert.deepStrictEqual(letters.map(({ attempts, id }) => [id, attempts]), [
        ["message:ww1:1:a:1700000000:1", 1],
        ["message:ww1:1:a:1700000000:2", 1]
      ])
      assert.strictEqual(letters[0]?.failure, "Error: the handler took longer than 1m")
    }).pipe(Effect.provide(CallbackInbox.layerMemory({ retry: Schedule.recurs(0) }))))

  it.effect("an order other than the sender's can be kept", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const started: Array<number> = []
      yield* Effect.forkScoped(inbox.work({
        handlers: {
          text: (event) => Effect.andThen(Effect.sync(() => started.push(idOf(event))), Effect.sleep("1 second"))
        },
        fallback: () => Effect.void,
        drain: 0
      }))
      for (let id = 0; id < 8; id++) yield* inbox.put(text("sys", id))
      for (let i = 0; i < 10; i++) yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(started.map((id) => id % 2).toSorted(), [0, 1])
      yield* TestClock.adjust("10 seconds")
      for (const rest of [0, 1]) {
        assert.deepStrictEqual(started.filter((id) => id % 2 === rest), [0, 2, 4, 6].map((id) => id + rest))
      }
    }).pipe(Effect.provide(CallbackInbox.layerMemory({ orderBy: (event) => `${idOf(event) % 2}` }))))

  it.effect("a dead letter can be discarded", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      yield* Effect.forkScoped(inbox.work({ handlers: { text: () => Effect.fail("no") }, fallback: () => Effect.void }))
      yield* inbox.put(text("a", 1))
      yield* TestClock.adjust("1 second")
      assert.isFalse(yield* inbox.discard("another"))
      assert.isTrue(yield* inbox.discard("message:ww1:1:a:1700000000:1"))
      assert.isFalse(yield* inbox.discard("message:ww1:1:a:1700000000:1"))
      assert.deepStrictEqual(yield* inbox.deadLetters, [])
      assert.isFalse(yield* inbox.replay("message:ww1:1:a:1700000000:1"))
    }).pipe(Effect.provide(CallbackInbox.layerMemory({ retry: Schedule.recurs(0) }))))

  it.effect("an event over which workers died again and again is given up, and so is one that is no event", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const store = yield* InboxStore
      const attempts: Array<number> = []
      const begun = Effect.fnUntraced(function*(id: string, starts: number, raw = text("a", 1).raw) {
        yield* store.put({ id, order: "a", raw, receivedAt: 0 })
        for (let i = 0; i < starts; i++) {
          const waiting = yield* store.waiting({ shards: range(store.shards), without: [], limit: 10 })
          yield* Effect.forEach(waiting.filter((event) => event.id === id), (event) => store.begin(event, `${i}`))
        }
      })
      yield* begun("ninth", 9)
      yield* begun("eleventh", 10)
      yield* begun("garbage", 1, "<xml>")
      yield* Effect.forkScoped(inbox.work({
        handlers: { text: (_, { attempt }) => Effect.sync(() => attempts.push(attempt)) },
        fallback: () => Effect.void
      }))
      for (let i = 0; i < 10; i++) yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(attempts, [10])
      const letters = yield* inbox.deadLetters
      assert.deepStrictEqual(letters.map(({ attempts, id }) => [id, attempts]), [["eleventh", 10], ["garbage", 1]])
      assert.include(letters[0]?.failure, "died over it 10 times")
      assert.include(letters[1]?.failure, "MessageInvalid")
      // It waits again, whatever it says.
      assert.isTrue(yield* inbox.replay("garbage"))
    }).pipe(Effect.provide(withStore())))

  it.effect("nobody has died over an event that a deployment interrupted", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const store = yield* InboxStore
      const attempts: Array<number> = []
      const work = inbox.work({
        handlers: {
          text: (_, { attempt }) => Effect.andThen(Effect.sync(() => attempts.push(attempt)), Effect.sleep("1 minute"))
        },
        fallback: () => Effect.void,
        drain: 0
      })
      yield* inbox.put(text("a", 1))
      for (let i = 0; i < 10; i++) {
        const worker = yield* Effect.forkChild(work, { startImmediately: true })
        yield* TestClock.adjust("10 seconds")
        yield* Fiber.interrupt(worker)
      }
      assert.deepStrictEqual(attempts, Array.from({ length: 10 }, () => 1))
      const [waiting] = yield* store.waiting({ shards: range(store.shards), without: [], limit: 10 })
      assert.strictEqual(waiting?.starts, 0)
    }).pipe(Effect.provide(withStore())))

  it.effect("a sender whose handler fails holds up nobody else, however many events wait behind", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const started: Array<string> = []
      yield* Effect.forkScoped(inbox.work({
        handlers: {
          text: (event) =>
            Effect.suspend(() => {
              started.push(event.FromUserName)
              return event.FromUserName.startsWith("bad") ? Effect.fail("no") : Effect.void
            })
        },
        fallback: () => Effect.void
      }))
      for (let id = 0; id < 2_000; id++) yield* inbox.put(text(`bad-${id % 20}`, id))
      for (let id = 0; id < 100; id++) yield* inbox.put(text(`good-${id}`, 10_000 + id))
      yield* TestClock.adjust("1 second")
      assert.strictEqual(started.filter((from) => from.startsWith("good")).length, 100)
    }).pipe(
      Effect.provide(CallbackInbox.layerMemory({ retry: Schedule.spaced("1 hour") })),
      Effect.provide(Logger.layer([]))
    ))

  it.effect("handles as many events at once as it is told to, and has few more in hand", () => {
    let inHand = 0
    let most = 0
    return Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      let atOnce = 0
      let peak = 0
      let done = 0
      yield* Effect.forkScoped(inbox.work({
        concurrency: 4,
        handlers: {
          text: () =>
            Effect.gen(function*() {
              peak = Math.max(peak, ++atOnce)
              yield* Effect.sleep("1 second")
              atOnce--
              done++
              inHand--
            })
        },
        fallback: () => Effect.void
      }))
      for (let id = 0; id < 1_000; id++) yield* inbox.put(text(`user-${id % 500}`, id))
      for (let i = 0; i < 300; i++) yield* TestClock.adjust("1 second")
      assert.deepStrictEqual([done, peak], [1_000, 4])
      assert.isAtMost(most, 64)
    }).pipe(Effect.provide(withStore({}, (store) => ({
      waiting: (options) =>
        Effect.tap(store.waiting(options), (found) =>
          Effect.sync(() => {
            inHand += found.length
            most = Math.max(most, inHand)
          }))
    }))))
  })

  it.effect("keeps the order, and loses nothing, while its store fails every other time", () => {
    let calls = 0
    const flaky = <A>(operation: Effect.Effect<A, InboxStoreError>) =>
      Effect.suspend(() =>
        calls++ % 2 === 0
          ? Effect.fail(new InboxStoreError({ operation: "any", description: "LOADING" }))
          // What it was asked for is done, but nobody is told.
          : calls % 3 === 0
          ? Effect.andThen(operation, Effect.fail(new InboxStoreError({ operation: "any", description: "reset" })))
          : operation
      )
    return Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const handled: Array<number> = []
      yield* Effect.forkScoped(inbox.work({
        handlers: { text: (event) => Effect.sync(() => handled.push(idOf(event))) },
        fallback: () => Effect.void
      }))
      yield* Effect.forkScoped(
        Effect.forEach(range(50), (id) => Effect.retry(inbox.put(text("a", id)), Schedule.spaced("200 millis")))
      )
      for (let i = 0; i < 600; i++) yield* TestClock.adjust("500 millis")
      assert.deepStrictEqual(handled, range(50))
    }).pipe(
      Effect.provide(withStore({}, (store) => ({
        put: (event) => flaky(store.put(event)),
        waiting: (options) => flaky(store.waiting(options)),
        begin: (event, worker) => flaky(store.begin(event, worker)),
        done: (event) => flaky(store.done(event))
      }))),
      Effect.provide(Logger.layer([]))
    )
  })

  it.effect("goes on with a store that throws", () => {
    let calls = 0
    const bad = new Set([0, 2, 5, 9, 14, 20, 27, 35])
    const throwing = <A, E>(operation: Effect.Effect<A, E>) =>
      Effect.suspend(() => bad.has(calls++) ? Effect.die(new Error("a bug")) : operation)
    return Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const handled: Array<number> = []
      yield* Effect.forkScoped(inbox.work({
        handlers: { text: (event) => Effect.sync(() => handled.push(idOf(event))) },
        fallback: () => Effect.void,
        drain: 0
      }))
      for (const id of range(10)) yield* inbox.put(text("a", id))
      for (let i = 0; i < 120; i++) yield* TestClock.adjust("500 millis")
      // Where an end was not written down, the event comes again, before the next one.
      assert.deepStrictEqual(handled.filter((id, index) => id !== handled[index - 1]), range(10))
    }).pipe(
      Effect.provide(withStore({}, (store) => ({
        waiting: (options) => throwing(store.waiting(options)),
        begin: (event, worker) => throwing(store.begin(event, worker)),
        done: (event) => throwing(store.done(event))
      }))),
      Effect.provide(Logger.layer([]))
    )
  })

  it.effect("a process that was paused begins with nothing that others have handled meanwhile", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const store = yield* InboxStore
      const started: Array<number> = []
      yield* Effect.forkScoped(inbox.work({
        handlers: {
          text: (event) => Effect.andThen(Effect.sync(() => started.push(idOf(event))), Effect.sleep("1 minute"))
        },
        fallback: () => Effect.void,
        drain: 0
      }))
      for (const id of [1, 2, 3]) yield* inbox.put(text("a", id))
      yield* TestClock.adjust("1 second")
      // It has all three in hand, and another process has been given their shard.
      const [, second] = yield* store.waiting({ shards: range(store.shards), without: [], limit: 10 })
      if (second === undefined) return assert.fail("it waits")
      assert.isTrue(yield* store.begin(second, "another"))
      yield* store.done(second)
      yield* TestClock.adjust("1 minute")
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(started, [1, 3])
    }).pipe(Effect.provide(withStore())))

  it.effect("a process that was paused while it began with an event leaves it to who has begun with it since", () => {
    let pauses = true
    const started: Array<number> = []
    return Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const store = yield* InboxStore
      yield* Effect.forkScoped(inbox.work({
        handlers: { text: (event) => Effect.sync(() => started.push(idOf(event))) },
        fallback: () => Effect.void,
        drain: 0
      }))
      for (const id of [1, 2]) yield* inbox.put(text("a", id))
      yield* TestClock.adjust("5 seconds")
      // It has begun with the first, and has not heard so yet. Another process begins with it, and ends it.
      const [first] = yield* store.waiting({ shards: range(store.shards), without: [], limit: 10 })
      if (first === undefined) return assert.fail("it waits")
      assert.isTrue(yield* store.begin(first, "another"))
      yield* store.done(first)
      pauses = false
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(started, [2])
    }).pipe(Effect.provide(withStore({}, (store) => ({
      ...store,
      begin: (event, worker) =>
        worker === "another" || !pauses
          ? store.begin(event, worker)
          : Effect.tap(store.begin(event, worker), () => Effect.sleep("30 seconds"))
    }))))
  })

  it.effect("a worker goes on with what another one in the process leaves", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const handled: Array<string> = []
      const work = (name: string) =>
        inbox.work({
          handlers: { text: (event) => Effect.sync(() => handled.push(`${name}${idOf(event)}`)) },
          fallback: () => Effect.void
        })
      const first = yield* Effect.forkChild(work("first"), { startImmediately: true })
      const second = yield* Effect.forkChild(work("second"), { startImmediately: true })
      yield* inbox.put(text("a", 1))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(first)
      yield* inbox.put(text("a", 2))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(second)
      assert.deepStrictEqual(handled, ["first1", "second2"])
    }).pipe(Effect.provide(CallbackInbox.layerMemory())))
})
