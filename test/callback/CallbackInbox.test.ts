import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Fiber, Layer, Metric, Schedule } from "effect"
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

  it.effect("says within a second that an event could not be stored", () => {
    const broken = Layer.succeed(PersistedQueue.PersistedQueueStore, {
      offer: () => Effect.never,
      take: () => Effect.never,
      cleanup: () => Effect.void
    })
    return Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const put = yield* Effect.forkChild(Effect.flip(inbox.put(text("a", 1))), { startImmediately: true })
      yield* TestClock.adjust("1 second")
      assert.match((yield* Fiber.join(put)).message, /could not be stored: no answer within 1s/)
    }).pipe(Effect.provide(
      CallbackInbox.layer().pipe(
        Layer.provide([PersistedQueue.layer, InboxStore.layerMemory]),
        Layer.provide(broken)
      )
    ))
  })

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
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(yield* inbox.deadLetters, [])
      yield* TestClock.adjust("1 second")
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
      yield* TestClock.adjust("1 millis")
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

  it.effect("a dead letter that fails once more while it is replayed is not lost", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const store = yield* InboxStore
      yield* Effect.forkScoped(inbox.work({ handlers: { text: () => Effect.fail("no") }, fallback: () => Effect.void }))
      yield* inbox.put(text("a", 1))
      yield* TestClock.adjust("1 second")
      const [letter] = yield* inbox.deadLetters
      if (letter === undefined) return assert.fail("there is no dead letter")
      // It failed again, between the two steps of a replay.
      yield* store.bury("callbacks", { ...letter, failedAt: letter.failedAt + 1 })
      assert.isFalse(yield* store.exhume("callbacks", letter))
      assert.strictEqual((yield* inbox.deadLetters).length, 1)
    }).pipe(
      Effect.provide(
        CallbackInbox.layer({ retry: Schedule.recurs(0) }).pipe(
          Layer.provide(PersistedQueue.layer),
          Layer.provide(PersistedQueue.layerStoreMemory),
          Layer.provideMerge(InboxStore.layerMemory)
        )
      )
    ))

  it.effect("a replayed event is handed over although its first delivery is still remembered", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const store = yield* InboxStore
      let calls = 0
      const work = inbox.work({
        handlers: { text: () => Effect.suspend(() => ++calls === 1 ? Effect.fail("no") : Effect.void) },
        fallback: () => Effect.void
      })
      yield* inbox.put(text("a", 1))
      const first = yield* Effect.forkChild(work, { startImmediately: true })
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(first)
      const [letter] = yield* inbox.deadLetters
      if (letter === undefined) return assert.fail("there is no dead letter")
      // The process died, or the store was away, before the first delivery was forgotten.
      const { id, raw, receivedAt } = letter
      for (let lane = 0; lane < 16; lane++) {
        yield* store.begin(`callbacks:${lane}`, { queueId: id, id, raw, receivedAt, starts: 1, done: true })
      }
      assert.isTrue(yield* inbox.replay(id))
      yield* Effect.forkScoped(work)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(calls, 2)
    }).pipe(
      Effect.provide(
        CallbackInbox.layer({ retry: Schedule.recurs(0) }).pipe(
          Layer.provide(PersistedQueue.layer),
          Layer.provide(PersistedQueue.layerStoreMemory),
          Layer.provideMerge(InboxStore.layerMemory)
        )
      )
    ))

  it.effect("an event over which workers died again and again is given up, and so is one that is no event", () =>
    Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const store = yield* InboxStore
      const attempts: Array<number> = []
      const begun = (id: string, starts: number, raw = text("a", 1).raw) =>
        store.begin("callbacks:0", { queueId: id, id, raw, receivedAt: 0, starts, done: false })
      yield* begun("fourth", 4)
      yield* begun("sixth", 5)
      yield* begun("garbage", 1, "<xml>")
      yield* Effect.forkScoped(inbox.work({
        handlers: { text: (_, { attempt }) => Effect.sync(() => attempts.push(attempt)) },
        fallback: () => Effect.void
      }))
      for (let i = 0; i < 10; i++) yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(attempts, [5])
      const letters = yield* inbox.deadLetters
      assert.deepStrictEqual(letters.map(({ attempts, id }) => [id, attempts]), [["sixth", 5], ["garbage", 1]])
      assert.include(letters[0]?.failure, "died over it 5 times")
      assert.include(letters[1]?.failure, "MessageInvalid")
      // It is offered again, whatever it says.
      assert.isTrue(yield* inbox.replay("garbage"))
    }).pipe(
      Effect.provide(
        CallbackInbox.layer().pipe(
          Layer.provide(PersistedQueue.layer),
          Layer.provide(PersistedQueue.layerStoreMemory),
          Layer.provideMerge(InboxStore.layerMemory)
        )
      )
    ))
})
