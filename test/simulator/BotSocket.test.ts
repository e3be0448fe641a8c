/**
 * The long connection of the simulator, with the vendor's own SDK on the other side.
 */
import { assert, layer } from "@effect/vitest"
import { WSClient } from "@wecom/aibot-node-sdk"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import { createHash } from "node:crypto"
import * as BotSocket from "../../src/simulator/BotSocket.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { until } from "../support/until.ts"

const bots = ["bot-a", "bot-b", "bot-c", "bot-d", "bot-e"]

const server = SimulatorServer.layer({
  corps: [{
    ...defaultCorp,
    smartRobots: bots.map((botId) => ({ botId, name: "助手", secret: `secret of ${botId}` }))
  }]
})

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const wsUrl = HttpServer.addressFormattedWith((url) => Effect.succeed(url.replace("http", "ws") + BotSocket.path))

/** A client of the vendor's SDK, connected until the scope ends. */
const official = Effect.fnUntraced(function*(botId: string, secret = `secret of ${botId}`) {
  const url = yield* wsUrl
  const client = new WSClient({ botId, secret, wsUrl: url, logger: silent, maxAuthFailureAttempts: 0 })
  // The SDK emits errors that nobody may be listening to.
  client.on("error", () => {})
  const authenticated = Deferred.makeUnsafe<void>()
  client.on("authenticated", () => Deferred.doneUnsafe(authenticated, Effect.void))
  yield* Effect.addFinalizer(() => Effect.sync(() => client.disconnect()))
  return {
    client,
    connect: Effect.suspend(() => {
      client.connect()
      return Deferred.await(authenticated)
    })
  }
})

layer(server)("the official SDK", (it) => {
  it.effect("subscribes, hears a text, and streams its answer", () =>
    Effect.gen(function*() {
      const { client, connect } = yield* official("bot-a")
      client.on("message.text", async (frame) => {
        assert.strictEqual(frame.body?.text?.content, "你好")
        await client.replyStream(frame, "s1", "你", false)
        await client.replyStream(frame, "s1", "你好呀", true)
      })
      yield* connect
      const member = yield* Effect.flatMap(Simulator, (simulator) => simulator.member("zhangsan"))
      const delivery = yield* Effect.flatMap(member.smartRobot("bot-a"), (chat) => chat.sendText("你好"))
      assert.strictEqual(delivery.problem, undefined)
      yield* until(Effect.map(member.inbox, (inbox) => inbox.at(-1)?.content["finish"] === true))
      const inbox = yield* member.inbox
      assert.lengthOf(inbox, 1)
      assert.strictEqual(inbox[0]?.content["content"], "你好呀")
    }))

  it.effect("welcomes, uploads in pieces, sends a file, and decrypts one", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const { client, connect } = yield* official("bot-b")
      const bytes = Buffer.from("企业微信".repeat(120_000))
      const digest = (data: Uint8Array) => createHash("sha256").update(data).digest("hex")
      const heard = Deferred.makeUnsafe<string>()
      client.on("event.enter_chat", (frame) =>
        void client.replyWelcome(frame, { msgtype: "text", text: { content: "欢迎" } }))
      client.on("message.file", (frame) => {
        const { aeskey, url } = frame.body!.file
        void client.downloadFile(url, aeskey).then(({ buffer, filename }) =>
          Deferred.doneUnsafe(heard, Effect.succeed(`${filename} ${digest(buffer)}`))
        )
      })
      yield* connect
      const member = yield* simulator.member("lisi")
      const chat = yield* member.smartRobot("bot-b")
      yield* chat.enter
      yield* chat.sendFile("file", { filename: "报告.txt", bytes })
      assert.strictEqual(yield* Deferred.await(heard), `报告.txt ${digest(bytes)}`)
      const { media_id } = yield* Effect.promise(() =>
        client.uploadMedia(bytes, { type: "file", filename: "回执.txt" })
      )
      yield* Effect.promise(() => client.sendMediaMessage("lisi", "file", media_id))
      yield* until(Effect.map(member.inbox, (inbox) => inbox.length === 2))
      assert.deepStrictEqual((yield* member.inbox).map(({ content, msgtype }) => [msgtype, content["content"]]), [
        ["text", "欢迎"],
        ["file", undefined]
      ])
      const stored = simulator.world.corps.get(defaultCorp.corpId)?.media.get(media_id)
      assert.strictEqual(digest(stored?.file.bytes ?? new Uint8Array()), digest(bytes))
    }))

  it.effect("hears that its card was pressed, and puts another in its place", () =>
    Effect.gen(function*() {
      const { client, connect } = yield* official("bot-c")
      const cardOf = (title: string) => ({
        card_type: "button_interaction",
        main_title: { title },
        button_list: [{ text: "批准", key: "yes" }],
        task_id: "task-1"
      })
      client.on("message.text", (frame) =>
        void client.reply(frame, { msgtype: "template_card", template_card: cardOf("可以吗") }))
      client.on("event.template_card_event", (frame) =>
        void client.updateTemplateCard(frame, cardOf("已批准")))
      yield* connect
      const member = yield* Effect.flatMap(Simulator, (simulator) => simulator.member("wangwu"))
      const chat = yield* member.smartRobot("bot-c")
      yield* chat.sendText("请批准")
      yield* until(Effect.map(member.inbox, (inbox) => inbox.length === 1))
      yield* chat.press("yes")
      const title = Effect.map(member.inbox, ([message]) => JSON.stringify(message?.content["main_title"]))
      yield* until(Effect.map(title, (title) => title === `{"title":"已批准"}`))
    }))

  it.effect("is replaced by a later connection of the same bot, and stops", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const first = yield* official("bot-d")
      const gone = Deferred.makeUnsafe<void>()
      first.client.on("event.disconnected_event", () => Deferred.doneUnsafe(gone, Effect.void))
      yield* first.connect
      const second = yield* official("bot-d")
      yield* second.connect
      yield* Deferred.await(gone)
      assert.deepStrictEqual(
        BotSocket.connections(world).filter(({ botId }) => botId === "bot-d").map(({ subscribed }) => subscribed),
        [false, true]
      )
    }))

  it.effect("hears what is wrong: 846605, 40008, 6000, 93006, 853000", () =>
    Effect.gen(function*() {
      const { client, connect } = yield* official("bot-e")
      const codes = Deferred.makeUnsafe<ReadonlyArray<unknown>>()
      const code = (sent: Promise<unknown>) => sent.then(() => 0, (frame: { errcode?: number }) => frame.errcode)
      client.on("message.text", async (frame) => {
        const heard = [
          await code(client.replyStream({ headers: { req_id: "none" } }, "s", "x", true)),
          await code(client.reply(frame, { msgtype: "text", text: { content: "x" } })),
          await code(client.replyStream(frame, "s", "x", true)),
          await code(client.replyStream(frame, "s", "y", true)),
          await code(client.sendMessage("ZHANGSAN", { msgtype: "markdown", markdown: { content: "x" } }))
        ]
        Deferred.doneUnsafe(codes, Effect.succeed(heard))
      })
      yield* connect
      const member = yield* Effect.flatMap(Simulator, (simulator) => simulator.member("zhangsan"))
      yield* Effect.flatMap(member.smartRobot("bot-e"), (chat) => chat.sendText("错误"))
      assert.deepStrictEqual(yield* Deferred.await(codes), [846605, 40008, 0, 6000, 93006])
      const { client: wrong } = yield* official("bot-e", "wrong")
      const refused = Deferred.makeUnsafe<string>()
      wrong.on("error", (error) => Deferred.doneUnsafe(refused, Effect.succeed(error.message)))
      wrong.connect()
      assert.match(yield* Deferred.await(refused), /853000/)
    }))
})
