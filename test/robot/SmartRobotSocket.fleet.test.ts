/**
 * Processes that share a lease: one holds the connection, another takes over when it dies or stops, and nobody fights.
 */
import { assert, describe, it } from "@effect/vitest"
import { Data, Effect, Redacted } from "effect"
import { HttpServer } from "effect/http"
import { type ChildProcess, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import * as BotSocket from "../../src/simulator/BotSocket.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { needsRedis, startRedis } from "../support/redis.ts"

const botId = "bot-1"
const secret = "bot-secret-0123456789"

const server = SimulatorServer.layer({
  corps: [{ ...defaultCorp, smartRobots: [{ botId, secret: Redacted.make(secret), name: "助手" }] }]
})

interface Process {
  readonly child: ChildProcess
  readonly states: Array<{ readonly state: string; readonly epoch: number }>
  /** The texts that it has begun to work on. */
  readonly works: Array<string>
}

/** A process of the fleet, which ends with the scope. */
const start = (name: string, url: string, redis: string) =>
  Effect.acquireRelease(
    Effect.sync((): Process => {
      const script = fileURLToPath(new URL("../support/bot-worker.ts", import.meta.url))
      const child = spawn(process.execPath, [
        "--conditions=effect-wecom-source",
        script,
        name,
        url,
        redis,
        botId,
        secret
      ])
      child.stderr.pipe(process.stderr)
      const states: Process["states"] = []
      const works: Process["works"] = []
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (line.startsWith("{\"state\"")) states.push(JSON.parse(line))
        if (line.startsWith("{\"work\"")) works.push(JSON.parse(line).work)
      })
      return { child, states, works }
    }),
    ({ child }) => Effect.sync(() => void child.kill("SIGKILL"))
  )

const waitFor = (so: () => boolean) =>
  Effect.timeout(Effect.repeat(Effect.delay(Effect.sync(so), "20 millis"), { until: (so) => so }), "60 seconds")

/** What took too long. */
class TookTooLong extends Data.TaggedError("TookTooLong")<{ readonly message: string }> {}

/** Fails where more time has passed since then. */
const within = (millis: number, since: number) =>
  Effect.suspend(() => {
    const took = Date.now() - since
    return took < millis ? Effect.void : new TookTooLong({ message: `${took} ms, not within ${millis} ms` })
  })

const is = ({ states }: Process, state: string) => waitFor(() => states.at(-1)?.state === state)

describe("a fleet", () => {
  it.live(
    "has one connection; a standby answers within 10 seconds of a kill, and a sleeper does not fight",
    (context) =>
      Effect.gen(function*() {
        needsRedis(context)
        const redis = yield* Effect.acquireRelease(
          Effect.promise(() => startRedis()),
          (server) => Effect.promise(() => server[Symbol.asyncDispose]())
        )
        const url = yield* HttpServer.addressFormattedWith((url) =>
          Effect.succeed(url.replace("http", "ws") + BotSocket.path)
        )
        const { member, world } = yield* Simulator
        const zhangsan = yield* member("zhangsan")
        const chat = yield* zhangsan.smartRobot(botId)
        const texts = Effect.map(zhangsan.inbox, (inbox) => inbox.map(({ content }) => content["content"]))
        const answered = (text: string) =>
          Effect.timeout(
            Effect.repeat(Effect.delay(texts, "20 millis"), { until: (texts) => texts.includes(text) }),
            "60 seconds"
          )

        const a = yield* start("a", url, redis.url)
        yield* is(a, "Connected")
        const b = yield* start("b", url, redis.url)
        yield* is(b, "Standby")
        yield* chat.sendText("一")
        yield* answered("a: 一")
        yield* Effect.sleep("3 seconds")
        assert.lengthOf(BotSocket.connections(world), 1)

        // Killed while it works on a message: nobody gives the lease back, and the message is in the inbox.
        yield* chat.sendText("慢")
        yield* waitFor(() => a.works.some((text) => text.startsWith("慢")))
        const killedAt = Date.now()
        a.child.kill("SIGKILL")
        yield* is(b, "Connected")
        yield* chat.sendText("二")
        yield* answered("b: 慢")
        yield* answered("b: 二")
        // The slow one takes a second itself.
        console.log(`a standby answered ${Date.now() - killedAt} ms after the holder was killed`)
        yield* within(10_000, killedAt)
        assert.lengthOf(BotSocket.connections(world), 2)
        assert.isAbove(b.states.at(-1)?.epoch ?? 0, a.states.at(-1)?.epoch ?? 0)

        // Stopped for longer than its lease, and woken: the other one has it by then.
        const c = yield* start("c", url, redis.url)
        yield* is(c, "Standby")
        b.child.kill("SIGSTOP")
        yield* is(c, "Connected")
        b.child.kill("SIGCONT")
        yield* is(b, "Standby")
        yield* Effect.sleep("4 seconds")
        yield* chat.sendText("三")
        yield* answered("c: 三")
        assert.lengthOf(BotSocket.connections(world), 3)
        assert.strictEqual(c.states.at(-1)?.state, "Connected")
        assert.strictEqual(b.states.at(-1)?.state, "Standby")
        assert.deepStrictEqual(yield* texts, ["a: 一", "b: 慢", "b: 二", "c: 三"])

        // Ended in order: the lease is given back, and the standby is there at once.
        const endedAt = Date.now()
        c.child.kill("SIGTERM")
        yield* is(b, "Connected")
        yield* within(4_000, endedAt)
      }).pipe(
        Effect.provide(server),
        // What else a machine does makes it longer, and never shorter: the best of three runs tells.
        Effect.retry({ times: 2, while: (error) => error._tag === "TookTooLong" })
      )
  )
})
