/**
 * Conversations of a 智能机器人 with a language model, on `effect/ai`: every chat has its history, tools run, and members
 * approve those that ask for it (`needsApproval`) with a button.
 *
 * ```ts
 * SmartRobotSocket.layerHandlers({ handlers: SmartRobotConversation.handlers, fallback: () => Effect.void }).pipe(
 *   Layer.provide(SmartRobotConversation.layer({ system: "你是客服助手。", toolkit: Tools, welcome: "你好，请讲。" })),
 *   Layer.provide(SmartRobotSocket.layerStreams),
 *   Layer.provide([ToolHandlers, model, Chat.layerPersisted({ storeId: "wecom-bot" })]),
 *   ...
 * )
 * ```
 *
 * The same handlers go into `CallbackRouter.layer`, with `SmartRobotStreams.layer` in place of the socket's.
 */
import * as Chat from "effect/ai/Chat"
import type * as LanguageModel from "effect/ai/LanguageModel"
import * as Prompt from "effect/ai/Prompt"
import type * as Tool from "effect/ai/Tool"
import type * as Toolkit from "effect/ai/Toolkit"
import type * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Ref from "effect/Ref"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type * as CallbackEvent from "../callback/CallbackEvent.ts"
import { FeedbackType } from "../callback/events/SmartRobot.ts"
import * as SmartRobotReply from "../callback/SmartRobotReply.ts"
import {
  type AnswerableEvent,
  type AnswerPiece,
  SmartRobotStreams,
  type SmartRobotStreamsOptions
} from "../callback/SmartRobotStreams.ts"
import * as Json from "../internal/callback/json.ts"
import { AnswerText } from "../internal/robot/answerText.ts"
import { KeyedTurns } from "../internal/robot/keyedTurns.ts"
import * as Metrics from "../internal/robot/metrics.ts"
import type { WeComError } from "../WeComError.ts"
import * as SmartRobotMessage from "./SmartRobotMessage.ts"

/** A message that starts a turn. */
export type Heard =
  | CallbackEvent.ByKey["bot:text"]
  | CallbackEvent.ByKey["bot:voice"]
  | CallbackEvent.ByKey["bot:mixed"]

/** A tool call that waits for approval. */
export interface ApprovalRequest {
  readonly tool: string
  readonly params: unknown
  /** The userid of the member whose message led to the call. */
  readonly askedBy: string
}

/** What a member thinks of an answer. */
export interface SmartRobotFeedback {
  /** The id of the message that was answered. */
  readonly msgid: string
  readonly userid: string
  /** 1 accurate, 2 inaccurate, 3 withdrawn. */
  readonly type: number
  readonly content: string | undefined
}

/** How conversations are led. */
export interface SmartRobotConversationOptions<Tools extends Record<string, Tool.Any>, R> {
  /** The instructions of the model. */
  readonly system?: string | undefined
  /** The tools of the model. Those with `needsApproval` run when a member has pressed 批准. */
  readonly toolkit?: Effect.Effect<Toolkit.WithHandler<Tools>, never, R> | undefined
  /** 欢迎语, for a member who opens the chat for the first time in a day. */
  readonly welcome?: string | SmartRobotReply.Welcome | undefined
  /**
   * The bot's name, to take its mention off the texts of groups. Default: whatever stands behind the `@` that such a text
   * begins with.
   */
  readonly name?: string | undefined
  /**
   * What the model is told of a message; nothing for one that is not for it. Default: the text, without the mention of the
   * bot, behind what it quotes; in a group behind the userid of who wrote it.
   */
  readonly read?: ((event: Heard) => Effect.Effect<string | undefined>) | undefined
  /** How many messages of its history a chat keeps. Default: 100. */
  readonly remember?: number | undefined
  /** How long a chat is kept after its last message. Default: for ever. */
  readonly timeToLive?: Duration.Input | undefined
  /** How often the model may call tools for one message. Default: 8 rounds. */
  readonly rounds?: number | undefined
  /** Whether a member may approve a call. Default: who asked for it. */
  readonly mayApprove?: ((request: ApprovalRequest, userid: string) => Effect.Effect<boolean>) | undefined
  /** Records feedback. Default: it is logged, without its text. */
  readonly onFeedback?: ((feedback: SmartRobotFeedback) => Effect.Effect<void>) | undefined
  /** What is said when the model fails. Default: `抱歉，我暂时无法回答，请稍后再试。` The history is then as it was before. */
  readonly onFailure?: ((cause: Cause.Cause<unknown>) => string) | undefined
  /** How answers are written: see `SmartRobotStreams`. */
  readonly answers?: Pick<SmartRobotStreamsOptions, "overflow" | "interval"> | undefined
}

/** What a turn gives: the answer to return from the handler, where there is one. */
type Answered<A> = Effect.Effect<A | void, WeComError>

/** Conversations with a language model. */
export class SmartRobotConversation extends Context.Service<SmartRobotConversation, {
  /** Lets the model answer a message: one turn at a time in each chat. */
  readonly hear: (event: Heard) => Answered<typeof SmartRobotReply.Stream.Type>
  /** Welcomes a member. */
  readonly welcome: (
    event: CallbackEvent.ByKey["bot:event/enter_chat"]
  ) => Effect.Effect<SmartRobotReply.Welcome | void>
  /** Takes an approval, or its refusal, and lets the model continue. */
  readonly decide: (
    event: CallbackEvent.ByKey["bot:event/template_card_event"]
  ) => Answered<typeof SmartRobotReply.UpdateCard.Type>
  /** Records feedback. */
  readonly judge: (event: CallbackEvent.ByKey["bot:event/feedback_event"]) => Effect.Effect<void>
  /** What was said in the chat of a message, as the model knows it. */
  readonly history: (chat: Pick<AnswerableEvent, "aibotid" | "chatid" | "from">) => Effect.Effect<Prompt.Prompt>
}>()("effect-wecom/SmartRobotConversation") {
  /** Feedback of members, by `type`. */
  static readonly feedback = Metrics.feedback

  /** A text without the mention of the bot that it begins with; with a name, without every mention of that. */
  static withoutMention(text: string, name?: string): string {
    return (name === undefined ? text.replace(/^\s*@\S+/, "") : text.replaceAll(`@${name}`, "")).trim()
  }

  /** Conversations over the model, the tools and the store of chats that are provided. */
  static layer<Tools extends Record<string, Tool.Any> = {}, R = never>(
    options: SmartRobotConversationOptions<Tools, R> = {}
  ): Layer.Layer<
    SmartRobotConversation,
    never,
    LanguageModel.LanguageModel | Chat.Persistence | SmartRobotStreams | Exclude<R, Scope.Scope>
  > {
    return Layer.effect(this, make(options))
  }

  /** The handlers of a bot, for `SmartRobotSocket` and `CallbackRouter`. */
  static readonly handlers = {
    "bot:text": (event: CallbackEvent.ByKey["bot:text"]) => SmartRobotConversation.use(({ hear }) => hear(event)),
    "bot:voice": (event: CallbackEvent.ByKey["bot:voice"]) => SmartRobotConversation.use(({ hear }) => hear(event)),
    "bot:mixed": (event: CallbackEvent.ByKey["bot:mixed"]) => SmartRobotConversation.use(({ hear }) => hear(event)),
    "bot:stream": (event: CallbackEvent.ByKey["bot:stream"]) => SmartRobotStreams.use(({ poll }) => poll(event)),
    "bot:event/enter_chat": (event: CallbackEvent.ByKey["bot:event/enter_chat"]) =>
      SmartRobotConversation.use(({ welcome }) => welcome(event)),
    "bot:event/template_card_event": (event: CallbackEvent.ByKey["bot:event/template_card_event"]) =>
      SmartRobotConversation.use(({ decide }) => decide(event)),
    "bot:event/feedback_event": (event: CallbackEvent.ByKey["bot:event/feedback_event"]) =>
      SmartRobotConversation.use(({ judge }) => judge(event))
  }
}

const apology = "抱歉，我暂时无法回答，请稍后再试。"

/** A tool call that the model made, and nobody has decided on yet. */
interface Pending {
  readonly approvalId: string
  readonly tool: string
  readonly params: unknown
}

const make = <Tools extends Record<string, Tool.Any>, R>(options: SmartRobotConversationOptions<Tools, R>) =>
  Effect.gen(function*() {
    const chats = yield* Chat.Persistence
    const streams = yield* SmartRobotStreams
    const services = yield* Effect.context<LanguageModel.LanguageModel>()
    const toolkit = options.toolkit === undefined ? undefined : yield* options.toolkit
    const { onFailure = () => apology, remember = 100, rounds = 8 } = options
    const background = yield* FiberSet.make<void, never>()
    const turns = new KeyedTurns()

    const open = (key: string) =>
      Effect.orDie(chats.getOrCreate(key, options.timeToLive === undefined ? {} : { timeToLive: options.timeToLive }))

    /** What the model says; tools that run lead to another round, tools that wait end the turn. */
    const speak = (
      chat: Chat.Persisted,
      prompt: Prompt.RawInput,
      waiting: Array<Pending>,
      round = 1
    ): Stream.Stream<AnswerPiece, unknown> =>
      Stream.suspend(() => {
        const calls = new Map<string, { readonly name: string; readonly params: unknown }>()
        let isAgain = false
        const piece = (part: Part): Array<AnswerPiece> => {
          switch (part.type) {
            case "text-delta":
              return [part.delta]
            case "reasoning-delta":
              return [{ thinking: part.delta }]
            case "tool-call":
              calls.set(part.id, part)
              return []
            case "tool-result":
              isAgain ||= calls.has(part.id) && part.providerExecuted !== true
              return []
            case "tool-approval-request": {
              const call = calls.get(part.toolCallId)
              if (call !== undefined) {
                waiting.push({ approvalId: part.approvalId, tool: call.name, params: call.params })
              }
              return []
            }
            default:
              return []
          }
        }
        // The services of the tools are taken when the layer is built.
        const parts = (toolkit === undefined
          ? chat.streamText({ prompt })
          : chat.streamText({ prompt, toolkit })) as Stream.Stream<Part, unknown, LanguageModel.LanguageModel>
        return parts.pipe(
          Stream.provideContext(services),
          Stream.flatMap((part) => Stream.fromIterable(piece(part))),
          Stream.concat(
            Stream.suspend(() =>
              isAgain && waiting.length === 0 && round < rounds ? speak(chat, [], waiting, round + 1) : Stream.empty
            )
          )
        )
      })

    /** One turn: what is said, with the history as it was before if the model fails. */
    const turn = (
      chat: Chat.Persisted,
      prompt: Prompt.RawInput,
      waiting: Array<Pending>
    ): Stream.Stream<AnswerPiece, unknown> =>
      Stream.unwrap(Effect.gen(function*() {
        yield* Ref.update(
          chat.history,
          (history) =>
            trim(options.system === undefined ? history : Prompt.setSystem(history, options.system), remember)
        )
        const before = yield* Ref.get(chat.history)
        return speak(chat, prompt, waiting).pipe(
          Stream.onError(() => Effect.andThen(Ref.set(chat.history, before), Effect.ignore(chat.save)))
        )
      }))

    const ask = (
      event: AnswerableEvent,
      askedBy: string,
      waiting: ReadonlyArray<Pending>
    ): Effect.Effect<void, WeComError> =>
      Effect.forEach(
        waiting,
        (pending) => streams.say(event, SmartRobotMessage.card(approvalCard(pending, askedBy))),
        { discard: true }
      )

    const hear = (event: Heard): Answered<typeof SmartRobotReply.Stream.Type> =>
      Effect.gen(function*() {
        const text = yield* options.read === undefined
          ? Effect.sync(() => read(event, options.name))
          : options.read(event)
        if (text === undefined || text === "") return undefined
        const key = keyOf(event)
        const answer = Stream.unwrap(Effect.gen(function*() {
          yield* turns.acquire(key)
          const chat = yield* open(key)
          const waiting: Array<Pending> = []
          // Whoever continues without deciding has decided.
          const open_ = pendingOf(yield* Ref.get(chat.history))
          const prompt = Prompt.concat(
            Prompt.fromMessages(
              open_.length === 0 ? [] : [decision(open_, false, "the member went on without approving")]
            ),
            Prompt.make(text)
          )
          let isSilent = true
          const spoken = Stream.tap(turn(chat, prompt, waiting), (piece) =>
            Effect.sync(() => {
              if (typeof piece === "string") isSilent = false
            }))
          const asking = Stream.suspend(() =>
            isSilent && waiting.length > 0 ? Stream.make("这一步需要您批准。") : Stream.empty
          )
          return Stream.concat(
            Stream.concat(spoken, asking),
            Stream.drain(Stream.fromEffect(Effect.suspend(() => ask(event, event.from.userid, waiting))))
          )
        }))
        return yield* streams.reply(event, answer, { ...options.answers, feedback: event.msgid, onFailure })
      })

    const decide = (
      event: CallbackEvent.ByKey["bot:event/template_card_event"]
    ): Answered<typeof SmartRobotReply.UpdateCard.Type> =>
      Effect.gen(function*() {
        const { event_key, task_id } = event.event.template_card_event
        const [verdict = "", askedBy = ""] = event_key.split("/")
        if (verdict !== approve && verdict !== refuse) return undefined
        const key = keyOf(event)
        const { userid } = event.from
        const isApproved = verdict === approve
        const decided = yield* turns.take(
          key,
          Effect.gen(function*() {
            const chat = yield* open(key)
            const history = yield* Ref.get(chat.history)
            const pending = pendingOf(history)
            const request = pending.find(({ approvalId }) => taskOf(approvalId) === task_id)
            if (request === undefined) return undefined
            const isAllowed = options.mayApprove === undefined
              ? userid === askedBy
              : yield* options.mayApprove({ tool: request.tool, params: request.params, askedBy }, userid)
            if (!isAllowed) return { request, isAllowed, isLast: false }
            yield* Ref.set(
              chat.history,
              Prompt.concat(
                history,
                Prompt.fromMessages([decision([request], isApproved, isApproved ? undefined : `${userid} refused`)])
              )
            )
            yield* Effect.orDie(chat.save)
            return { request, isAllowed, isLast: pending.length === 1 }
          })
        )
        if (decided === undefined) return yield* streams.update(event, closedCard(task_id, "这项请求已经结束", ""))
        if (!decided.isAllowed) {
          yield* Effect.logWarning("a member may not decide on a tool call")
          return undefined
        }
        const answer = yield* streams.update(
          event,
          closedCard(task_id, isApproved ? "已批准" : "已拒绝", `${userid}：${decided.request.tool}`)
        )
        if (!decided.isLast) return answer
        const goOn = turns.take(
          key,
          Effect.gen(function*() {
            const chat = yield* open(key)
            const waiting: Array<Pending> = []
            const answer = new AnswerText()
            yield* turn(chat, [], waiting).pipe(
              Stream.runForEach((piece) => Effect.sync(() => typeof piece === "string" && answer.add(piece))),
              Effect.catchCause((cause) =>
                Effect.andThen(
                  Effect.logError("an answer of a bot failed", cause),
                  Effect.sync(() => answer.add(onFailure(cause)))
                )
              )
            )
            if (answer.content !== "") {
              yield* streams.say(event, SmartRobotMessage.markdown(answer.content, { feedback: event.msgid }))
            }
            yield* ask(event, askedBy, waiting)
          })
        )
        // With a callback URL the card is the answer, which must not wait for the model.
        if (answer === undefined) yield* goOn
        else {
          yield* FiberSet.run(
            background,
            Effect.catchCause(goOn, (cause) => Effect.logError("an answer of a bot failed", cause))
          )
        }
        return answer
      })

    return SmartRobotConversation.of({
      hear,
      decide,
      welcome: () =>
        Effect.succeed(typeof options.welcome === "string" ? SmartRobotReply.text(options.welcome) : options.welcome),
      judge: ({ event: { feedback_event: { content, id, type } }, from: { userid } }) =>
        Effect.andThen(
          Metric.update(Metric.withAttributes(Metrics.feedback, { type: FeedbackType.label(type) ?? `${type}` }), 1),
          options.onFeedback?.({ msgid: id, userid, type, content }) ??
            Effect.logInfo(`feedback on an answer of a bot: ${FeedbackType.label(type) ?? type}`)
        ),
      history: (event) => Effect.flatMap(open(keyOf(event)), ({ history }) => Ref.get(history))
    })
  })

/** The parts of an answer that matter here. */
type Part =
  | { readonly type: "text-delta"; readonly delta: string }
  | { readonly type: "reasoning-delta"; readonly delta: string }
  | { readonly type: "tool-call"; readonly id: string; readonly name: string; readonly params: unknown }
  | { readonly type: "tool-result"; readonly id: string; readonly providerExecuted?: boolean }
  | { readonly type: "tool-approval-request"; readonly approvalId: string; readonly toolCallId: string }
  | { readonly type: "finish" }

/** One conversation for each chat. */
const keyOf = (event: Pick<AnswerableEvent, "aibotid" | "chatid" | "from">): string =>
  `${event.aibotid}/${event.chatid === undefined ? `single/${event.from.userid}` : `group/${event.chatid}`}`

/** What a message says to the bot. */
const read = (event: Heard, name: string | undefined): string => {
  const said = event._tag === "bot:text"
    ? event.text.content
    : event._tag === "bot:voice"
    ? event.voice.content
    : event.mixed.msg_item.map((item) => item.msgtype === "text" && "text" in item ? textIn(item.text) : "[图片]").join(
      "\n"
    )
  const own = event.chatid === undefined ? said.trim() : SmartRobotConversation.withoutMention(said, name)
  const quoted = event.quote?.msgtype === "text" && "text" in event.quote ? textIn(event.quote.text) : ""
  const text = quoted === "" ? own : `${quoted.replace(/^/gm, "> ")}\n\n${own}`
  return own === "" || event.chatid === undefined ? text : `${event.from.userid}: ${text}`
}

const textIn = (text: unknown): string =>
  typeof text === "object" && text !== null && "content" in text && typeof text.content === "string" ? text.content : ""

/** The calls that nobody has decided on. */
const pendingOf = ({ content }: Prompt.Prompt): ReadonlyArray<Pending> => {
  const calls = new Map<string, Prompt.ToolCallPart>()
  const pending = new Map<string, Pending>()
  for (const message of content) {
    if (message.role === "assistant") {
      for (const part of message.content) {
        if (part.type === "tool-call") calls.set(part.id, part)
        if (part.type === "tool-approval-request") {
          const call = calls.get(part.toolCallId)
          pending.set(part.approvalId, {
            approvalId: part.approvalId,
            tool: call?.name ?? "",
            params: call?.params
          })
        }
      }
    }
    if (message.role === "tool") {
      for (const part of message.content) if (part.type === "tool-approval-response") pending.delete(part.approvalId)
    }
  }
  return [...pending.values()]
}

const decision = (pending: ReadonlyArray<Pending>, approved: boolean, reason: string | undefined): Prompt.ToolMessage =>
  Prompt.makeMessage("tool", {
    content: pending.map(({ approvalId }) =>
      Prompt.makePart("tool-approval-response", { approvalId, approved, ...(reason === undefined ? {} : { reason }) })
    )
  })

/** The latest messages; a history begins with what a member said. */
const trim = (history: Prompt.Prompt, most: number): Prompt.Prompt => {
  const system = history.content.filter(({ role }) => role === "system")
  const said = history.content.filter(({ role }) => role !== "system")
  if (said.length <= most) return history
  const kept = said.slice(-most)
  const first = kept.findIndex(({ role }) => role === "user")
  return Prompt.fromMessages([...system, ...first === -1 ? [] : kept.slice(first)])
}

const approve = "approve"
const refuse = "refuse"

/** Ids of cards are letters, digits, `_`, `-` and `@`. */
const taskOf = (approvalId: string): string => approvalId.replace(/[^\w@-]/g, "_").slice(0, 128)

const approvalCard = ({ approvalId, params, tool }: Pending, askedBy: string) => ({
  card_type: "button_interaction" as const,
  main_title: { title: "需要批准", desc: tool },
  sub_title_text: Json.stringify(Object(params)).slice(0, 500),
  button_list: [
    { text: "批准", style: 1, key: `${approve}/${askedBy}` },
    { text: "拒绝", style: 2, key: `${refuse}/${askedBy}` }
  ],
  task_id: taskOf(approvalId)
})

/** What takes the place of a card that was decided on. */
const closedCard = (task_id: string, title: string, desc: string) => ({
  card_type: "button_interaction" as const,
  main_title: { title, desc },
  button_list: [{ text: title, style: 1, key: "closed" }],
  task_id
})
