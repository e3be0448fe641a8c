/**
 * A 智能机器人 that answers with a language model, uses tools, and asks a member before it does what cannot be undone.
 *
 * As it is, it talks to a simulated member, with a model that plays by a script: no key, no network. With `WECOM_BOT_ID`
 * and `WECOM_BOT_SECRET` it connects to 企业微信. For a real model, provide the layer of a provider instead of `scripted`,
 * such as `OpenAiLanguageModel.model("gpt-5")` of `@effect/ai-openai` with its client.
 */
import { NodeRuntime, NodeSocket } from "@effect/platform-node"
import { Console, Effect, Layer, Redacted, Schema, Stream } from "effect"
import { RateLimits } from "effect-wecom/limits"
import { SmartRobotConversation, SmartRobotLease, SmartRobotSocket } from "effect-wecom/robot"
import { Options, Simulator } from "effect-wecom/simulator"
import { Chat, LanguageModel, type Prompt, type Response, Tool, Toolkit } from "effect/ai"
import { Persistence } from "effect/persistence"

// #region bot
/** Looks something up: it runs whenever the model wants. */
const FindOrder = Tool.make("FindOrder", {
  description: "查询订单",
  parameters: Schema.Struct({ order: Schema.String }),
  success: Schema.Struct({ amount: Schema.Number })
})

/** Does something: it runs when a member has pressed 批准. */
const Refund = Tool.make("Refund", {
  description: "给订单退款",
  parameters: Schema.Struct({ order: Schema.String, amount: Schema.Number }),
  success: Schema.Struct({ done: Schema.Boolean }),
  needsApproval: true
})

const tools = Toolkit.make(FindOrder, Refund)

const toolHandlers = tools.toLayer({
  FindOrder: () => Effect.succeed({ amount: 99 }),
  Refund: ({ amount, order }) => Effect.as(Console.log(`退款：订单 ${order}，${amount} 元`), { done: true })
})

/** The bot, whatever its model, its connection and the store of its conversations. */
export const bot = SmartRobotSocket.layerHandlers({
  handlers: SmartRobotConversation.handlers,
  fallback: (event) => Effect.log(`not handled: ${event}`)
}).pipe(
  Layer.provide(
    SmartRobotConversation.layer({
      system: "你是售后客服，回答简短。",
      toolkit: tools,
      welcome: "您好，我是售后助手。"
    })
  ),
  Layer.provide(toolHandlers),
  Layer.provide(SmartRobotSocket.layerStreams)
)

/** Conversations in memory: `Persistence.layerBackingRedis` or `layerBackingSql` keep them. */
const conversations = Chat.layerPersisted({ storeId: "ai-bot" }).pipe(Layer.provide(Persistence.layerBackingMemory))

const connection = SmartRobotSocket.layerConfig().pipe( // WECOM_BOT_ID, WECOM_BOT_SECRET
  RateLimits.keepInMemory(),
  Layer.provide([SmartRobotLease.layerMemory, NodeSocket.layerWebSocketConstructor])
)
// #endregion

/** A model that plays by a script. */
const scripted = Layer.effect(
  LanguageModel.LanguageModel,
  LanguageModel.make({
    generateText: () => Effect.succeed([]),
    streamText: ({ prompt }) => Stream.fromIterable(script(prompt))
  })
)

const script = ({ content }: Prompt.Prompt): ReadonlyArray<Response.StreamPartEncoded> => {
  const last = content.at(-1)
  const done = last?.role === "tool"
    ? last.content.flatMap((part) => part.type === "tool-result" ? [part.name] : [])
    : []
  if (done.includes("Refund")) return say("已退款 99 元，请留意到账。")
  if (done.includes("FindOrder")) {
    return [...say("订单 1001 金额 99 元，退款需要您批准。"), ...call("Refund", { order: "1001", amount: 99 })]
  }
  const asked = last?.role === "user" ? last.content.map((part) => part.type === "text" ? part.text : "").join("") : ""
  return asked.includes("退款") ? call("FindOrder", { order: "1001" }) : say("您好，请问需要什么帮助？")
}

const usage = { inputTokens: {}, outputTokens: {} }

const say = (text: string): ReadonlyArray<Response.StreamPartEncoded> => [
  { type: "text-start", id: "text" },
  ...Array.from(text, (delta): Response.StreamPartEncoded => ({ type: "text-delta", id: "text", delta })),
  { type: "text-end", id: "text" },
  { type: "finish", reason: "stop", usage }
]

const call = (name: string, params: object): ReadonlyArray<Response.StreamPartEncoded> => [
  { type: "tool-call", id: `call-${name}`, name, params },
  { type: "finish", reason: "tool-calls", usage }
]

/** A member who wants his money back, and the bot, without a network. */
export const conversation = Effect.gen(function*() {
  const { member } = yield* Simulator
  const zhangsan = yield* member("zhangsan")
  const chat = yield* zhangsan.smartRobot("simulated-bot")
  /** What the bot has said, once it has said so much. */
  const said = (count: number) =>
    Effect.repeat(Effect.delay(zhangsan.inbox, "50 millis"), {
      until: (inbox) => inbox.length >= count && inbox.every(({ content }) => content["finish"] !== false)
    })
  yield* chat.enter
  yield* said(1)
  yield* chat.sendText("订单 1001 我要退款")
  yield* said(3)
  yield* chat.press("approve/zhangsan")
  const inbox = yield* said(4)
  for (const { content, msgtype } of inbox) {
    yield* Console.log(
      msgtype === "template_card" ? `[卡片] ${JSON.stringify(content["main_title"])}` : content["content"]
    )
  }
})

const simulated = SmartRobotSocket.layer({
  botId: "simulated-bot",
  secret: Redacted.make("simulated-bot-secret")
}).pipe(
  RateLimits.keepInMemory(),
  Layer.provide(SmartRobotLease.layerMemory),
  Layer.provideMerge(Simulator.layerWebSocket),
  Layer.provideMerge(Simulator.layer({
    corps: [{
      ...Options.defaultCorp,
      smartRobots: [{ botId: "simulated-bot", name: "售后助手", secret: "simulated-bot-secret" }]
    }]
  }))
)

if (import.meta.main) {
  if (process.env["WECOM_BOT_ID"] === undefined) {
    Effect.gen(function*() {
      const socket = yield* SmartRobotSocket
      yield* Stream.runHead(Stream.filter(socket.changes, ({ _tag }) => _tag === "Connected"))
      yield* conversation
    }).pipe(
      Effect.provide(bot.pipe(Layer.provideMerge(simulated), Layer.provide([scripted, conversations]))),
      NodeRuntime.runMain
    )
  } else {
    Layer.launch(bot.pipe(Layer.provide([connection, scripted, conversations]))).pipe(NodeRuntime.runMain)
  }
}
