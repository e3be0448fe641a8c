import { NodeRedis } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Fiber, Layer, Schedule } from "effect"
import { PersistedQueue, Redis } from "effect/persistence"
import { TestClock } from "effect/testing"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import { TextMessage } from "../../src/callback/events/Messages.ts"
import { InboxStore } from "../../src/callback/InboxStore.ts"
import { needsRedis, startRedis } from "../support/redis.ts"

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

  it.effect("gives the event at work back when it is interrupted", () =>
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
        fallback: () => Effect.void
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
    // In the order of the sender, but for what was on its way out of Redis when that crashed: one event for each lane.
    const order = new Map<string, number>()
    let late = 0
    for (const { from, id } of starts) {
      if (Number(id) < (order.get(from) ?? 0)) late++
      order.set(from, Math.max(Number(id), order.get(from) ?? 0))
    }
    assert.isAtMost(late, 16)
  }, 180_000)

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
      assert.isTrue(yield* inbox.replay(letter?.id ?? ""))
      assert.deepStrictEqual(yield* inbox.deadLetters, [])
    })
    await Effect.runPromise(program.pipe(Effect.provide(
      CallbackInbox.layerRedis({ retry: Schedule.recurs(1) }).pipe(
        Layer.provideMerge(NodeRedis.layer({ url: redis.url }))
      )
    )))
  }, 30_000)
})
