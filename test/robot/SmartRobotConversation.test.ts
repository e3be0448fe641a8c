/**
 * Conversations with a model that plays by a script: over the long connection, and with a callback URL.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Logger, Schema, Stream } from "effect"
import { Chat, LanguageModel, type Prompt, type Response, Tool, Toolkit } from "effect/ai"
import { Persistence } from "effect/persistence"
import { TestClock } from "effect/testing"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import { SmartRobotStreams } from "../../src/callback/SmartRobotStreams.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { SmartRobot } from "../../src/robot/SmartRobot.ts"
import {
  SmartRobotConversation,
  type SmartRobotConversationOptions,
  type SmartRobotFeedback
} from "../../src/robot/SmartRobotConversation.ts"
import { SmartRobotSocket } from "../../src/robot/SmartRobotSocket.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import * as Bot from "./bot.ts"

const Pay = Tool.make("Pay", {
  parameters: Schema.Struct({ to: Schema.String }),
  success: Schema.String,
  needsApproval: true
})
const Look = Tool.make("Look", { parameters: Schema.Struct({}), success: Schema.String })
const tools = Toolkit.make(Pay, Look)

const usage = { inputTokens: {}, outputTokens: {} }
const say = (text: string): ReadonlyArray<Response.StreamPartEncoded> => [
  { type: "text-start", id: "t" },
  { type: "text-delta", id: "t", delta: text },
  { type: "text-end", id: "t" },
  { type: "finish", reason: "stop", usage }
]
const call = (id: string, name: string, params: object): Response.StreamPartEncoded => ({
  type: "tool-call",
  id,
  name,
  params
})
const toFinish: Response.StreamPartEncoded = { type: "finish", reason: "tool-calls", usage }

type Script = (
  last: Prompt.Message | undefined,
  prompt: Prompt.Prompt
) => Stream.Stream<Response.StreamPartEncoded, never>

/** A bot with such a model: what its tool has done, what it was asked, and what was thought of it. */
const talk = (script: Script, options: Omit<SmartRobotConversationOptions<{}, never>, "toolkit"> = {}) => {
  const paid: Array<string> = []
  const asked: Array<ReadonlyArray<string>> = []
  const judged: Array<SmartRobotFeedback> = []
  const model = Layer.effect(
    LanguageModel.LanguageModel,
    LanguageModel.make({
      generateText: () => Effect.succeed([]),
      streamText: ({ prompt }) => {
        asked.push(
          prompt.content.map(({ content, role }) =>
            `${role}: ${
              typeof content === "string"
                ? content
                : content.map((part) => part.type === "text" ? part.text : part.type).join(" ")
            }`
          )
        )
        return script(prompt.content.at(-1), prompt)
      }
    })
  )
  const conversations = <A, R>(bot: Layer.Layer<A, never, R>) =>
    bot.pipe(
      Layer.provideMerge(SmartRobotConversation.layer({
        system: "你是助手",
        toolkit: tools,
        onFeedback: (feedback) => Effect.sync(() => void judged.push(feedback)),
        ...options
      })),
      Layer.provide(tools.toLayer({
        Pay: ({ to }) => Effect.sync(() => `paid ${paid.push(to)}`),
        Look: () => Effect.succeed("seen")
      })),
      Layer.provide([model, Chat.layerPersisted({ storeId: "bot" })]),
      Layer.provide(Persistence.layerBackingMemory),
      Layer.provideMerge(Logger.layer([]))
    )
  const bot = { handlers: SmartRobotConversation.handlers, fallback: () => Effect.void, drain: 0 }
  return {
    paid,
    asked,
    judged,
    /** Over a long connection. */
    run: Effect.provide(
      conversations(SmartRobotSocket.layerHandlers(bot)).pipe(
        Layer.provide(SmartRobotSocket.layerStreams),
        Layer.provideMerge(Bot.bot())
      )
    ),
    /** With a callback URL: the same bot, over other layers. */
    runCalledBack: Effect.provide(
      Simulator.layerBackend(
        conversations(CallbackRouter.layer({ path: "/bot", accounts: Bot.account, ...bot }).pipe(Layer.orDie))
      ).pipe(
        Layer.provide(
          SmartRobotStreams.layer.pipe(Layer.provide(SmartRobot.layer), Layer.provide(Simulator.layerHttpClient))
        ),
        Layer.provideMerge(Bot.calledBack),
        Layer.provideMerge(NodeCallbackCrypto.layer)
      )
    )
  }
}

const textOf = (message: Prompt.Message | undefined) =>
  message?.role === "user" ? message.content.map((part) => part.type === "text" ? part.text : "").join("") : ""

const echo: Script = (last) => Stream.fromIterable(say(`你说：${textOf(last)}`))

const said = (chat: Effect.Success<ReturnType<typeof Bot.chat>>) =>
  Effect.map(
    chat.inbox,
    (inbox) =>
      inbox.map(({ content, msgtype }) =>
        msgtype === "template_card"
          ? JSON.stringify(content["main_title"])
          : String(content["content"] ?? JSON.stringify(content))
      )
  )

/** A few seconds, in steps, for a model takes more than one turn of the scheduler. */
const soon = Effect.repeat(
  Effect.andThen(TestClock.withLive(Effect.sleep("1 millis")), TestClock.adjust("100 millis")),
  { times: 40 }
)

describe("a conversation", () => {
  it.effect("remembers what was said in its chat, and in no other", () => {
    const { asked, run } = talk(echo, { welcome: "欢迎" })
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat("zhangsan")
      const group = yield* Bot.chat("lisi", "group-1")
      yield* chat.enter
      yield* chat.sendText("一")
      yield* soon
      yield* group.sendText("二")
      yield* soon
      yield* chat.sendText("三", { quote: "引用" })
      yield* soon
      assert.deepStrictEqual(yield* said(chat), ["欢迎", "你说：一", "你说：> 引用\n\n三"])
      assert.deepStrictEqual(asked, [
        ["system: 你是助手", "user: 一"],
        ["system: 你是助手", "user: lisi: 二"],
        ["system: 你是助手", "user: 一", "assistant: 你说：一", "user: > 引用\n\n三"]
      ])
      const { history } = yield* SmartRobotConversation
      const kept = yield* history({ aibotid: Bot.botId, chatid: undefined, from: { userid: "zhangsan" } })
      assert.lengthOf(kept.content, 5)
    }).pipe(run)
  })

  it.effect("has one turn at a time in a chat", () => {
    let atOnce = 0
    let most = 0
    const { run } = talk(() =>
      Stream.unwrap(Effect.gen(function*() {
        most = Math.max(most, ++atOnce)
        yield* Effect.sleep("1 second")
        atOnce--
        return Stream.fromIterable(say("好"))
      }))
    )
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      for (const text of ["一", "二", "三"]) yield* chat.sendText(text)
      yield* soon
      yield* soon
      assert.deepStrictEqual(yield* said(chat), ["好", "好", "好"])
      assert.strictEqual(most, 1)
    }).pipe(run)
  })

  it.effect("goes on after its tools have run", () => {
    const { asked, run } = talk((last) =>
      Stream.fromIterable(last?.role === "tool" ? say("看到了") : [call("c1", "Look", {}), toFinish])
    )
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      yield* chat.sendText("看看")
      yield* soon
      assert.deepStrictEqual(yield* said(chat), ["看到了"])
      assert.lengthOf(asked, 2)
    }).pipe(run)
  })

  const paying: Script = (last) =>
    last?.role === "tool"
      ? Stream.fromIterable(
        say(last.content.map((part) => part.type === "tool-result" ? JSON.stringify(part.result) : "").join(""))
      )
      : textOf(last) === "付款"
      ? Stream.fromIterable([call("c1", "Pay", { to: "李四" }), toFinish])
      : echo(last, undefined as never)

  it.effect("lets a tool that needs approval wait for a member, and runs it once", () => {
    const { paid, run } = talk(paying)
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      yield* chat.sendText("付款")
      yield* soon
      assert.deepStrictEqual(yield* said(chat), ["这一步需要您批准。", `{"title":"需要批准","desc":"Pay"}`])
      assert.deepStrictEqual(paid, [])
      yield* chat.press("approve/zhangsan")
      yield* soon
      assert.deepStrictEqual(paid, ["李四"])
      assert.deepStrictEqual(yield* said(chat), [
        "这一步需要您批准。",
        `{"title":"已批准","desc":"zhangsan：Pay"}`,
        `"paid 1"`
      ])
    }).pipe(run)
  })

  it.effect("is the same with a callback URL", () => {
    const { paid, runCalledBack } = talk(paying)
    return Effect.gen(function*() {
      const chat = yield* Bot.chat()
      yield* chat.sendText("你好")
      yield* soon
      yield* chat.sendText("付款")
      yield* soon
      assert.deepStrictEqual(yield* said(chat), [
        "你说：你好",
        "这一步需要您批准。",
        `{"title":"需要批准","desc":"Pay"}`
      ])
      yield* chat.press("approve/zhangsan")
      yield* soon
      assert.deepStrictEqual(paid, ["李四"])
      assert.deepStrictEqual((yield* said(chat)).slice(2), [`{"title":"已批准","desc":"zhangsan：Pay"}`, `"paid 1"`])
    }).pipe(runCalledBack)
  })

  it.effect("does not run what was refused, or what nobody decided on before the next message", () => {
    const { paid, run } = talk(paying)
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      yield* chat.sendText("付款")
      yield* soon
      yield* chat.press("refuse/zhangsan")
      yield* soon
      assert.include((yield* said(chat)).at(-1), "execution-denied")
      yield* chat.sendText("付款")
      yield* soon
      yield* chat.sendText("算了")
      yield* soon
      assert.strictEqual((yield* said(chat)).at(-1), "你说：算了")
      assert.deepStrictEqual(paid, [])
    }).pipe(run)
  })

  it.effect("lets only those approve who may", () => {
    const { paid, run } = talk(paying, { mayApprove: (_, userid) => Effect.succeed(userid === "wangwu") })
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      yield* chat.sendText("付款")
      yield* soon
      yield* chat.press("approve/zhangsan")
      yield* soon
      assert.deepStrictEqual(paid, [])
    }).pipe(run)
  })

  it.effect("says so when the model fails, and forgets the turn", () => {
    let fails = true
    const { asked, run } = talk((last, prompt) => fails ? Stream.die("no model") : echo(last, prompt))
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      yield* chat.sendText("一")
      yield* soon
      fails = false
      yield* chat.sendText("二")
      yield* soon
      assert.deepStrictEqual(yield* said(chat), ["抱歉，我暂时无法回答，请稍后再试。", "你说：二"])
      assert.deepStrictEqual(asked[1], ["system: 你是助手", "user: 二"])
    }).pipe(run)
  })

  it.effect("keeps the latest messages only", () => {
    const { asked, run } = talk(echo, { remember: 4 })
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      for (let n = 0; n < 6; n++) {
        yield* chat.sendText(`${n}`)
        yield* soon
      }
      assert.deepStrictEqual(asked.at(-1), [
        "system: 你是助手",
        "user: 3",
        "assistant: 你说：3",
        "user: 4",
        "assistant: 你说：4",
        "user: 5"
      ])
    }).pipe(run)
  })

  it.effect("records what members think of its answers", () => {
    const { judged, run } = talk(echo)
    return Effect.gen(function*() {
      yield* Bot.settle
      const chat = yield* Bot.chat()
      yield* chat.judge("msg-1", { type: 2, content: "不对", reasons: [3] })
      yield* Bot.settle
      assert.deepStrictEqual(judged, [{ msgid: "msg-1", userid: "zhangsan", type: 2, content: "不对" }])
    }).pipe(run)
  })

  it("takes the mention of the bot off a text", () => {
    assert.strictEqual(SmartRobotConversation.withoutMention("@助手 你好"), "你好")
    assert.strictEqual(SmartRobotConversation.withoutMention("请 @客服 助手 看看", "客服 助手"), "请  看看")
    assert.strictEqual(SmartRobotConversation.withoutMention("发给 a@b.com"), "发给 a@b.com")
  })
})
