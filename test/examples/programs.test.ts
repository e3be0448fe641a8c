/**
 * The examples that are whole programs, each in a process of its own, against a simulator over HTTP.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Schedule } from "effect"
import { HttpServer } from "effect/http"
import * as BotSocket from "../../src/simulator/BotSocket.ts"
import { type CallbackOptions, defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { freePort, needsRedis, startRedis } from "../support/redis.ts"
import { run, start } from "./child.ts"

const [{ agentId, secret } = assert.fail("the simulated corp has no app")] = defaultCorp.apps

/** A simulated WeCom that listens, and the variables that lead a program to it. */
const simulated = (callback?: CallbackOptions) =>
  SimulatorServer.layer({
    corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, callback })) }]
  })

const environment = HttpServer.addressFormattedWith((url) =>
  Effect.succeed({
    WECOM_BASE_URL: url,
    WECOM_CORP_ID: defaultCorp.corpId,
    WECOM_CORP_SECRET: Redacted.isRedacted(secret) ? Redacted.value(secret) : secret,
    WECOM_AGENT_ID: `${agentId}`
  })
)

/** What is entered in the admin console, and told to the program. */
const token = "exampleCallbackToken"
const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

const inboxOf = (userid: string) =>
  Effect.flatMap(Simulator, ({ member }) => Effect.flatMap(member(userid), ({ inbox }) => inbox))

describe("examples/first-program.ts", () => {
  it.live("sends a text", () =>
    Effect.gen(function*() {
      const { code, output } = yield* run("examples/first-program.ts", yield* environment)
      assert.strictEqual(code, 0, output)
      assert.match(output, /sent \S+; it did not reach 0 recipients/)
      assert.deepStrictEqual((yield* inboxOf("zhangsan")).map(({ content }) => content), [{ content: "上线了" }])
    }).pipe(Effect.provide(simulated())))

  it.live("says what is missing in its environment, or wrong", () =>
    Effect.gen(function*() {
      const nothing = yield* run("examples/first-program.ts")
      assert.notStrictEqual(nothing.code, 0)
      assert.match(nothing.output, /"WECOM_CORP_ID"/)
      const wrong = yield* run("examples/first-program.ts", { ...yield* environment, WECOM_CORP_SECRET: "mistyped" })
      assert.notStrictEqual(wrong.code, 0)
      assert.match(wrong.output, /CredentialRejected|40001/)
      assert.notInclude(wrong.output, "mistyped")
    }).pipe(Effect.provide(simulated())))
})

describe("examples/promises.ts", () => {
  it.live("serves callers that know promises alone", () =>
    Effect.gen(function*() {
      const { code, output } = yield* run("examples/promises.ts", yield* environment)
      assert.strictEqual(code, 0, output)
      assert.strictEqual(output, "zhangsan was reached: true\nnobody was reached: false\n")
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("/cgi-bin/gettoken"), 1)
      assert.lengthOf(yield* calls("/cgi-bin/message/send"), 2)
      const refused = yield* run("examples/promises.ts", { ...yield* environment, WECOM_CORP_SECRET: "mistyped" })
      assert.notStrictEqual(refused.code, 0)
      assert.match(refused.output, /CredentialRejected/)
    }).pipe(Effect.provide(simulated())))
})

describe("examples/quickstart.ts", () => {
  it.live("shows the page, a first message and a first callback", () =>
    Effect.gen(function*() {
      const port = yield* Effect.promise(freePort)
      const { code, output } = yield* run("examples/quickstart.ts", { PORT: String(port) })
      assert.strictEqual(code, 0, output)
      assert.match(output, /_simulator \(HTTP 200\)\n2\. .*: msg-\S+\n3\. .*: 收到：在吗\n$/)
    }))
})

describe("examples/callbacks.ts", () => {
  it.live("answers a text, notes who comes, and ends when it is asked to", () =>
    Effect.gen(function*() {
      const port = yield* Effect.promise(freePort)
      const backend = yield* start("examples/callbacks.ts", {
        WECOM_CORP_ID: defaultCorp.corpId,
        WECOM_CALLBACK_TOKEN: token,
        WECOM_CALLBACK_AES_KEY: encodingAesKey,
        PORT: `${port}`
      })
      yield* backend.caught(/(Listening on)/)
      const callback = { url: `http://127.0.0.1:${port}/wecom/callback`, token, encodingAesKey }
      yield* Effect.gen(function*() {
        const { member, verifyUrl } = yield* Simulator
        yield* verifyUrl()
        const zhangsan = yield* member("zhangsan")
        const { reply } = yield* zhangsan.sendText("在吗")
        assert.strictEqual(reply?.MsgType === "text" ? reply.Content : undefined, "收到：在吗")
        assert.isTrue((yield* zhangsan.enter()).acknowledged)
        yield* backend.caught(/(zhangsan is here)/)
      }).pipe(Effect.provide(simulated(callback)))
      const { code, output } = yield* backend.stop
      assert.isNotNull(code, "it ends by itself, in its own time")
      assert.notInclude(output, encodingAesKey)
    }))
})

describe("examples/callback-inbox.ts", () => {
  it("receives and works in one process, on Redis", async (context) => {
    needsRedis(context)
    await using redis = await startRedis("--appendonly", "yes", "--appendfsync", "always")
    const port = await freePort()
    const program = Effect.gen(function*() {
      const backend = yield* start("examples/callback-inbox.ts", {
        ...yield* environment,
        WECOM_CALLBACK_TOKEN: token,
        WECOM_CALLBACK_AES_KEY: encodingAesKey,
        REDIS_URL: redis.url,
        PORT: `${port}`
      })
      yield* backend.caught(/(Listening on)/)
      const zhangsan = yield* Effect.flatMap(Simulator, ({ member }) => member("zhangsan"))
      assert.isTrue((yield* zhangsan.sendText("报修")).acknowledged)
      yield* backend.caught(/(attempt 1 to answer zhangsan)/)
      const [answer] = yield* zhangsan.inbox.pipe(
        Effect.repeat({ until: (inbox) => inbox.length > 0, schedule: Schedule.spaced("50 millis") })
      )
      assert.deepStrictEqual(answer?.content, { content: "已受理：报修" })
    })
    const callback = { url: `http://127.0.0.1:${port}/wecom/callback`, token, encodingAesKey }
    await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(simulated(callback))))
  })
})

describe("examples/fleet.ts", () => {
  it("answers each message once, with one token, in two processes", async (context) => {
    needsRedis(context)
    await using redis = await startRedis("--appendonly", "yes", "--appendfsync", "always")
    const port = await freePort()
    const program = Effect.gen(function*() {
      const env = {
        ...yield* environment,
        WECOM_CALLBACK_TOKEN: token,
        WECOM_CALLBACK_AES_KEY: encodingAesKey,
        REDIS_URL: redis.url,
        INBOX_REDIS_URL: redis.url
      }
      const processes = yield* Effect.all([
        start("examples/fleet.ts", { ...env, PORT: `${port}` }),
        start("examples/fleet.ts", { ...env, PORT: `${yield* Effect.promise(freePort)}` })
      ])
      yield* Effect.forEach(processes, ({ caught }) => caught(/(Listening on)/))
      const { calls, member } = yield* Simulator
      const users = ["zhangsan", "lisi", "wangwu"]
      const members = yield* Effect.forEach(users, (userid) => member(userid))
      for (const one of members) assert.isTrue((yield* one.sendText("报修")).acknowledged)
      for (const { inbox } of members) {
        const received = yield* inbox.pipe(
          Effect.repeat({ until: (inbox) => inbox.length > 0, schedule: Schedule.spaced("50 millis") })
        )
        assert.deepStrictEqual(received.map(({ content }) => content), [{ content: "已受理：报修" }])
      }
      assert.lengthOf(yield* calls("/cgi-bin/message/send"), 3)
      assert.lengthOf(yield* calls("/cgi-bin/gettoken"), 1)
    })
    const callback = { url: `http://127.0.0.1:${port}/wecom/callback`, token, encodingAesKey }
    await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(simulated(callback))))
  })
})

describe("examples/demo.ts", () => {
  it.live("holds the whole conversation on this machine", () =>
    Effect.gen(function*() {
      const { code, output } = yield* run("examples/demo.ts")
      assert.strictEqual(code, 0, output)
      assert.match(output, /zhangsan {2}presses 批准/)
      assert.match(output, /two gettoken calls in all/)
      assert.match(output, /Everything was as it should be\.\n$/)
    }))

  it.live("talks to the WeCom of the environment where there is one", () =>
    Effect.gen(function*() {
      const { code, output } = yield* run("examples/demo.ts", { ...yield* environment, WECOM_TO_USER: "lisi" })
      assert.strictEqual(code, 0, output)
      assert.match(output, /Everything was as it should be\.\n$/)
      assert.deepStrictEqual((yield* inboxOf("lisi")).map(({ msgtype }) => msgtype), ["text", "template_card"])
    }).pipe(Effect.provide(simulated())))

  it.live("fails where something is not as it should be", () =>
    Effect.gen(function*() {
      const { code } = yield* run("examples/demo.ts", { ...yield* environment, WECOM_TO_USER: "nobody" })
      assert.notStrictEqual(code, 0)
    }).pipe(Effect.provide(simulated())))
})

describe("examples/sync-address-book.ts and examples/export-members.ts", () => {
  it.live("run as programs too", () =>
    Effect.gen(function*() {
      const env = yield* environment
      const [synced, exported] = yield* Effect.all([
        run("examples/sync-address-book.ts", env),
        run("examples/export-members.ts", env)
      ])
      assert.strictEqual(synced.code, 0, synced.output)
      assert.match(synced.output, /departments: 3, members: 3, gone: 0/)
      assert.strictEqual(exported.code, 0, exported.output)
      assert.strictEqual(exported.output, "zhangsan\t张三\t2\nlisi\t李四\t2;3\nwangwu\t王五\t3\n")
    }).pipe(Effect.provide(simulated())))
})

describe("examples/ai-bot.ts", () => {
  it.live("uses a tool, asks before it refunds, and goes on when a member has approved", () =>
    Effect.gen(function*() {
      const { code, output } = yield* run("examples/ai-bot.ts")
      assert.strictEqual(code, 0, output)
      const lines = output.split("\n").filter((line) => !line.startsWith("["))
      assert.deepStrictEqual(lines.filter((line) => line !== ""), [
        "退款：订单 1001，99 元",
        "您好，我是售后助手。",
        "订单 1001 金额 99 元，退款需要您批准。",
        "已退款 99 元，请留意到账。"
      ])
    }))
})

describe("examples/smart-robot.ts", () => {
  const robot = { botId: "bot-1", secret: "bot-secret", name: "助手" }

  it.live("welcomes, speaks slowly, and weighs a file", () =>
    Effect.gen(function*() {
      const url = yield* HttpServer.addressFormattedWith((url) =>
        Effect.succeed(`${url.replace("http", "ws")}/aibot/ws`)
      )
      yield* start("examples/smart-robot.ts", {
        WECOM_BOT_ID: robot.botId,
        WECOM_BOT_SECRET: robot.secret,
        WECOM_BOT_URL: url
      })
      const { member, world } = yield* Simulator
      const zhangsan = yield* member("zhangsan")
      const chat = yield* zhangsan.smartRobot(robot.botId)
      const said = (count: number) =>
        Effect.repeat(Effect.delay(zhangsan.inbox, "50 millis"), {
          until: (inbox) => inbox.length === count && inbox.every(({ content }) => content["finish"] !== false)
        })
      yield* Effect.repeat(Effect.delay(Effect.sync(() => BotSocket.isConnected(world, robot.botId)), "50 millis"), {
        until: (is) => is
      })
      yield* chat.enter
      yield* said(1)
      yield* chat.sendText("一句话")
      yield* said(2)
      yield* chat.sendFile("file", { filename: "报告.pdf", bytes: new Uint8Array(12_345) })
      assert.deepStrictEqual((yield* said(3)).map(({ content }) => content["content"]), [
        "您好，发我一句话，我会慢慢念给您听。",
        "一句话",
        "**报告.pdf** 有 12345 字节"
      ])
    }).pipe(
      Effect.scoped,
      Effect.provide(SimulatorServer.layer({ corps: [{ ...defaultCorp, smartRobots: [robot] }] }))
    ))
})
