import { NodeRedis } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Context, DateTime, Effect, Fiber, Layer, Logger, ManagedRuntime, Schedule } from "effect"
import { PersistedQueue, Redis } from "effect/persistence"
import { TestClock } from "effect/testing"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import { TextMessage } from "../../src/callback/events/Messages.ts"
import { type DeadLetter, InboxStore } from "../../src/callback/InboxStore.ts"
import * as RedisInboxStore from "../../src/callback/RedisInboxStore.ts"
import * as SqlInboxStore from "../../src/callback/SqlInboxStore.ts"
import { needsRedis, startRedis } from "../support/redis.ts"
import * as Sqlite from "../support/sqlite.ts"

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

describe("CallbackInbox in a database", () => {
  const ids = [1, 2, 3, 4]

  /** A process of its own: what it starts with, until it dies amid its statement of this number. */
  const startProcess = (file: string, diesAt = Infinity) => {
    const starts: Array<number> = []
    const connection = Sqlite.connect(file, diesAt)
    const inbox = CallbackInbox.layerSql({ takeover: "1 second", lanes: 1 }).pipe(Layer.provide(connection.layer))
    const runtime = ManagedRuntime.make(
      CallbackInbox.layerWorker({
        handlers: { text: (event) => Effect.sync(() => starts.push(idOf(event))) },
        fallback: () => Effect.void,
        drain: 0
      }).pipe(Layer.provideMerge(inbox), Layer.provide(Logger.layer([])))
    )
    return {
      starts,
      /** Where it dies while it is built, this never ends. */
      built: runtime.runPromise(Effect.void).catch(() => {}),
      hasDied: () => connection.statements() > diesAt,
      end: async () => {
        if (diesAt === Infinity) await runtime.dispose()
        connection[Symbol.dispose]()
        await runtime.dispose()
      }
    }
  }

  const store = (file: string, ids: ReadonlyArray<number>) => {
    const connection = Sqlite.connect(file)
    return Effect.runPromise(
      Effect.gen(function*() {
        const inbox = yield* CallbackInbox
        for (const id of ids) yield* inbox.put(text("a", id))
      }).pipe(
        Effect.provide(CallbackInbox.layerSql({ lanes: 1 }).pipe(Layer.provide(connection.layer))),
        Effect.ensuring(Effect.sync(() => connection[Symbol.dispose]()))
      )
    )
  }

  const until = async (reached: () => boolean) => {
    const patience = AbortSignal.timeout(40_000)
    while (!reached() && !patience.aborted) await new Promise((resolve) => setTimeout(resolve, 20))
  }

  it("hands over what is stored, in the order of its sender, once", async () => {
    using database = Sqlite.create()
    await store(database.file, [...ids, ...ids])
    const worker = startProcess(database.file)
    await until(() => worker.starts.length === ids.length)
    await store(database.file, ids)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    assert.deepStrictEqual(worker.starts, ids)
    await worker.end()
  })

  it("whichever statement a process dies at, the next one goes on with the event that it was at", async () => {
    const run = async (diesAt: number) => {
      using database = Sqlite.create()
      await store(database.file, ids)
      const dying = startProcess(database.file, diesAt)
      await until(() => dying.hasDied() || dying.starts.length === ids.length)
      const hasDied = dying.hasDied()
      const next = startProcess(database.file)
      await next.built
      await until(() => new Set([...dying.starts, ...next.starts]).size === ids.length)
      // Whatever is still to come by mistake would come now, for the lock of the dead one on its event has run out.
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      await dying.end()
      await next.end()
      return { hasDied, first: dying.starts, second: next.starts }
    }
    // The statements of the whole way of four events.
    const runs = await Promise.all(Array.from({ length: 50 }, (_, diesAt) => run(diesAt)))
    for (const [diesAt, { first, second }] of runs.entries()) {
      const message = `died at statement ${diesAt}: ${first} and ${second}`
      assert.deepStrictEqual(first, ids.slice(0, first.length), message)
      // Where the death came between a handler's end and its being written down, that event comes once more.
      const again = first.length > 0 && second[0] === first.at(-1) ? 1 : 0
      assert.deepStrictEqual(second, ids.slice(first.length - again), message)
    }
    const amid = runs.filter(({ first, hasDied }) => hasDied && first.length > 0)
    const again = amid.filter(({ first, second }) => second[0] === first.at(-1))
    console.log(`died amid their work: ${amid.length}, with an event that came once more: ${again.length}`)
    assert.isAbove(amid.length, 10)
    assert.isAbove(again.length, 0)
    assert.isAtMost(again.length, ids.length)
  }, 90_000)

  it("keeps dead letters and lanes for every process", async () => {
    using database = Sqlite.create()
    using first = Sqlite.connect(database.file)
    using second = Sqlite.connect(database.file)
    const [one, two] = [first, second].map(({ layer }) =>
      ManagedRuntime.make(SqlInboxStore.layer({ laneLife: "2 seconds" }).pipe(Layer.provide(layer)))
    )
    if (one === undefined || two === undefined) return assert.fail("both are made above")
    const letter = (id: string, failedAt: number): DeadLetter => ({
      id,
      key: "text",
      raw: "<xml/>",
      attempts: 1,
      failure: "no",
      receivedAt: 0,
      failedAt
    })
    await one.runPromise(Effect.gen(function*() {
      const store = yield* InboxStore
      for (const each of [letter("b", 2), letter("a", 3), letter("c", 1), letter("b", 4)]) yield* store.bury("i", each)
    }))
    await two.runPromise(Effect.gen(function*() {
      const store = yield* InboxStore
      assert.deepStrictEqual(yield* store.deadLetters("i"), [letter("c", 1), letter("a", 3), letter("b", 4)])
      assert.deepStrictEqual(yield* store.deadLetters("another"), [])
      assert.isFalse(yield* store.exhume("i", { id: "b", failedAt: 2 }))
      assert.isTrue(yield* store.exhume("i", { id: "b", failedAt: 4 }))
      assert.isFalse(yield* store.exhume("i", { id: "b", failedAt: 4 }))
    }))
    const order: Array<string> = []
    const hold = (name: string) =>
      Effect.gen(function*() {
        const lost = yield* (yield* InboxStore).hold("lane")
        order.push(`${name} holds`)
        // Longer than the lane's life: it is renewed.
        yield* Effect.raceFirst(
          Effect.sleep("1500 millis"),
          Effect.andThen(lost, Effect.sync(() => order.push("lost")))
        )
        order.push(`${name} lets go`)
      }).pipe(Effect.scoped)
    const holding = one.runPromise(hold("one"))
    await until(() => order.length > 0)
    await Promise.all([holding, two.runPromise(hold("two"))])
    assert.deepStrictEqual(order, ["one holds", "one lets go", "two holds", "two lets go"])
    // Who has lost a lane to another is told so.
    const robbed = one.runPromise(
      Effect.gen(function*() {
        yield* yield* (yield* InboxStore).hold("lane")
      }).pipe(Effect.scoped)
    )
    await until(() => first.database.prepare("SELECT 1 FROM wecom_inbox WHERE kind = 'lane'").all().length > 0)
    first.database.exec("UPDATE wecom_inbox SET body = 'another' WHERE kind = 'lane'")
    await robbed
    for (const runtime of [one, two]) await runtime.dispose()
  }, 20_000)
})

/** A worker process that says when it starts on an event; `kill` ends it as a crash does. */
const startWorker = (redis: string, onStart: (line: { readonly id: string; readonly from: string }) => void) => {
  const script = fileURLToPath(new URL("../support/inbox-worker.ts", import.meta.url))
  const child = spawn(process.execPath, ["--conditions=effect-wecom-source", script, redis])
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{")) onStart(JSON.parse(line))
  })
  child.stderr.pipe(process.stderr)
  return {
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, "exit")
      child.kill("SIGKILL")
      await ended
    }
  }
}

describe("CallbackInbox on Redis", () => {
  it("loses nothing and repeats nothing that was done, while Redis and a worker are killed", async (context) => {
    needsRedis(context)
    const total = 10_000
    await using redis = await startRedis("--appendonly", "yes", "--appendfsync", "always")
    /** Every start of a handler: by which worker, on which event of which sender. */
    const starts: Array<{ readonly worker: number; readonly id: string; readonly from: string }> = []
    const worker = (number: number) =>
      startWorker(redis.url, ({ from, id }) => starts.push({ worker: number, from, id }))
    let current = worker(1)
    const done = () => new Set(starts.map(({ id }) => id)).size

    let refused = 0
    let arrived = 0
    /** What WeCom does: it repeats up to three times where it is not told that all is well. */
    const deliver = (inbox: CallbackInbox["Service"], id: number) =>
      inbox.put(text(`user-${id % 100}`, id)).pipe(
        Effect.tapError(() => Effect.sync(() => refused++)),
        Effect.retry(Schedule.spaced("5 seconds").pipe(Schedule.upTo({ times: 3 }))),
        Effect.tap(() => Effect.sync(() => arrived++))
      )
    const arrive = Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      // The first one shows that the worker is up.
      yield* deliver(inbox, 0)
      yield* Effect.sync(done).pipe(
        Effect.repeat({ until: (count) => count > 0, schedule: Schedule.spaced("20 millis") })
      )
      // Each sender waits for an event's answer before its next one, so that its order is known.
      yield* Effect.forEach(
        Array.from({ length: 100 }, (_, user) => user),
        (user) =>
          Effect.forEach(
            Array.from({ length: total / 100 }, (_, i) => user + 100 * i),
            (id) => deliver(inbox, id),
            { discard: true }
          ),
        { concurrency: "unbounded", discard: true }
      )
    }).pipe(
      Effect.provide(
        CallbackInbox.layerRedis({ takeover: "5 seconds" }).pipe(Layer.provide(NodeRedis.layer({ url: redis.url })))
      )
    )
    const arriving = Effect.runPromise(arrive)
    const until = async (reached: () => boolean) => {
      const patience = AbortSignal.timeout(60_000)
      while (!reached() && !patience.aborted) await new Promise((resolve) => setTimeout(resolve, 20))
    }

    await until(() => arrived >= 2000)
    await redis.kill()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await redis.start()
    await until(() => done() >= 4000)
    await current.kill()
    current = worker(2)
    await arriving
    await until(() => done() === total)
    // Whatever is still to come by mistake would come now.
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    await current.kill()

    assert.strictEqual(done(), total)
    assert.isAbove(refused, 0, "Redis was away while events arrived")
    // A sender's lane goes on only after an acknowledgement: what was started again must have been its last one.
    const last = new Map<string, string>()
    const finished = new Set<string>()
    const again: Array<string> = []
    for (const { from, id } of starts) {
      const previous = last.get(from)
      if (previous !== undefined && previous !== id) finished.add(previous)
      if (finished.has(id)) again.push(id)
      last.set(from, id)
    }
    assert.deepStrictEqual(again, [])
    // In the order of the sender, but for one event of each of the 16 lanes at each crash: what was on its way out of Redis,
    // which alone had crashed before the second worker, and what the first worker was claiming when it was killed.
    const order = new Map<string, number>()
    const late = { first: 0, all: 0 }
    for (const { from, id, worker } of starts) {
      if (Number(id) < (order.get(from) ?? 0)) {
        late.all++
        if (worker === 1) late.first++
      }
      order.set(from, Math.max(Number(id), order.get(from) ?? 0))
    }
    assert.isAtMost(late.first, 16)
    assert.isAtMost(late.all, 32)
  }, 180_000)

  it("works in a cluster: what a script touches shares a slot", async (context) => {
    needsRedis(context)
    await using redis = await startRedis("--cluster-enabled", "yes")
    const program = Effect.gen(function*() {
      const client = yield* Redis.Redis
      yield* client.send("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
      yield* client.send<string>("CLUSTER", "INFO").pipe(
        Effect.repeat({ until: (info) => info.includes("cluster_state:ok"), schedule: Schedule.spaced("100 millis") })
      )
      const across = yield* Effect.flip(
        client.send("EVAL", "return redis.call('DEL', KEYS[1], KEYS[2])", "2", "a", "b")
      )
      assert.match(String(across.cause), /CROSSSLOT|same slot/)
      const inbox = yield* CallbackInbox
      const seen = new Array<number>()
      for (let id = 0; id < 20; id++) yield* inbox.put(text(`user-${id % 5}`, id))
      yield* Effect.raceFirst(
        inbox.work({
          handlers: { text: (event) => Effect.sync(() => seen.push(idOf(event))) },
          fallback: () => Effect.void
        }),
        Effect.repeat(Effect.sync(() => seen.length), {
          until: (length) => length === 20,
          schedule: Schedule.spaced("50 millis")
        })
      )
      assert.strictEqual(new Set(seen).size, 20)
    })
    await Effect.runPromise(program.pipe(Effect.provide(
      CallbackInbox.layerRedis().pipe(Layer.provideMerge(NodeRedis.layer({ url: redis.url })))
    )))
  }, 30_000)

  it("keeps dead letters for every process", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    const program = Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      yield* inbox.put(text("a", 7))
      yield* Effect.raceFirst(
        inbox.work({ handlers: { text: () => Effect.fail("no") }, fallback: () => Effect.void }),
        Effect.repeat(inbox.deadLetters, {
          until: (letters) => letters.length > 0,
          schedule: Schedule.spaced("50 millis")
        })
      )
      const [letter] = yield* inbox.deadLetters
      assert.strictEqual(letter?.failure, "no")
      const client = yield* Redis.Redis
      assert.strictEqual(yield* client.send<number>("HLEN", "wecom:inbox:v1:{callbacks}:dead"), 1)
      const store = yield* RedisInboxStore.layer().pipe(Layer.build, Effect.map(Context.get(InboxStore)))
      assert.isFalse(yield* store.exhume("callbacks", { id: letter?.id ?? "", failedAt: 1 }))
      assert.isTrue(yield* inbox.replay(letter?.id ?? ""))
      assert.deepStrictEqual(yield* inbox.deadLetters, [])
    })
    await Effect.runPromise(
      Effect.scoped(program).pipe(Effect.provide(
        CallbackInbox.layerRedis({ retry: Schedule.recurs(1) }).pipe(
          Layer.provideMerge(NodeRedis.layer({ url: redis.url }))
        )
      ))
    )
  }, 30_000)
})
