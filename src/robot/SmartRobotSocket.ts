/**
 * 智能机器人 with a long connection (长连接): no callback URL, no domain, no fixed IP address.
 *
 * The handlers are those of `CallbackRouter`: a bot moves from its callback URL to a long connection by changing a layer.
 *
 * ```ts
 * const bot = {
 *   handlers: {
 *     "bot:text": (event) => Effect.flatMap(SmartRobotStreams, (streams) => streams.reply(event, answerTo(event.text.content)))
 *   },
 *   fallback: (event) => Effect.logInfo(`not handled: ${event}`)
 * }
 *
 * SmartRobotSocket.layerHandlers(bot).pipe(
 *   Layer.provide(SmartRobotSocket.layerStreams),
 *   Layer.provide(SmartRobotSocket.layerConfig().pipe(RateLimits.keepInMemory())),  // WECOM_BOT_ID, WECOM_BOT_SECRET
 *   Layer.provide([SmartRobotLease.layerMemory, NodeSocket.layerWebSocketConstructor])
 * )
 * ```
 *
 * WeCom keeps one connection for each bot. `SmartRobotLease` decides which process of a fleet has it; the others stand by
 * and take over within seconds.
 *
 * @see https://developer.work.weixin.qq.com/document/path/101463
 */
import * as Clock from "effect/Clock"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Queue from "effect/Queue"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type * as Socket from "effect/socket/Socket"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import * as CallbackEvent from "../callback/CallbackEvent.ts"
import { CallbackInbox } from "../callback/CallbackInbox.ts"
import type * as CallbackRouter from "../callback/CallbackRouter.ts"
import * as SmartRobotReply from "../callback/SmartRobotReply.ts"
import {
  type AnswerableEvent,
  type AnswerPiece,
  SmartRobotStreams,
  type SmartRobotStreamsOptions
} from "../callback/SmartRobotStreams.ts"
import * as Json from "../internal/callback/json.ts"
import { ReplayMemory } from "../internal/callback/replayMemory.ts"
import * as Failure from "../internal/kernel/failure.ts"
import { KeyedTurns } from "../internal/robot/keyedTurns.ts"
import * as Limited from "../internal/robot/limited.ts"
import * as Metrics from "../internal/robot/metrics.ts"
import * as Session from "../internal/robot/session.ts"
import * as StreamWriter from "../internal/robot/streamWriter.ts"
import * as Uploading from "../internal/robot/uploading.ts"
import type { WeComError } from "../WeComError.ts"
import { SmartRobotLease } from "./SmartRobotLease.ts"
import { SmartRobotMessage } from "./SmartRobotMessage.ts"
import type { SmartRobotState, SmartRobotStopped } from "./SmartRobotStopped.ts"

export type { SmartRobotUpload } from "../internal/robot/uploading.ts"

/** A bot, and how its connection is kept. */
export interface SmartRobotSocketOptions {
  readonly botId: string
  /** The secret of the long connection, from the bot's page in the client of 企业微信. */
  readonly secret: Redacted.Redacted
  /** Default: `wss://openws.work.weixin.qq.com`. A private deployment has its own; its certificate is a matter of the `WebSocketConstructor`. */
  readonly url?: string | undefined
  /** Further fields of the subscription: `scene`, `plug_version`. */
  readonly subscription?: { readonly scene?: number; readonly plug_version?: string } | undefined
  /** How often the connection is tested. Default: 30 seconds. */
  readonly heartbeat?: Duration.Input | undefined
  /**
   * When a connection that was lost, or could not be made, is made again; it begins again after a connection of a minute.
   * The bot is stopped if it ends. Default: after 1 second, doubling up to 30, for ever. A wrong secret (853000) and a
   * connection of somebody else stop the bot at once; after 45009 it waits 2 minutes, doubling up to 10.
   */
  readonly reconnect?: Schedule.Schedule<unknown, unknown> | undefined
  /** How long a message waits for a connection and an answer before it fails. Default: 2 minutes. */
  readonly patience?: Duration.Input | undefined
}

/** Whom a message goes to: a member who has written to the bot, or a group in which somebody has. Case counts. */
export type SmartRobotRecipient = { readonly userid: string } | { readonly chatid: string }

/** What a handler may answer over a long connection: what `CallbackRouter` takes, and for messages also markdown and files. */
export type SmartRobotAnswer<Key extends string = string> =
  | CallbackRouter.Answer<Key>
  | (string extends Key ? SmartRobotMessage
    : Key extends `bot:event/${string}` | "bot:stream" ? never
    : SmartRobotMessage)

/** The keys of what bots are told. */
export type SmartRobotKey = Extract<CallbackEvent.Key, `bot:${string}`>

/** SmartRobotHandlers by the key of their event: each sees exactly its event's type. */
export type SmartRobotHandlers = {
  readonly [K in SmartRobotKey]?: (
    event: CallbackEvent.ByKey[K]
  ) => Effect.Effect<SmartRobotAnswer<K>, unknown, unknown>
}

/** What is done with events. */
export interface SmartRobotHandlerOptions<H extends SmartRobotHandlers, E, R> {
  /** What to do with the events you know. */
  readonly handlers: H & { readonly [K in Exclude<keyof H, SmartRobotKey>]: never }
  /** What to do with every other event, the unknown ones included. */
  readonly fallback: (event: CallbackEvent.CallbackEvent) => Effect.Effect<SmartRobotAnswer, E, R>
  /** How long a handler may take before it is interrupted. Default: 30 minutes. */
  readonly timeout?: Duration.Input | undefined
  /** On shutdown, how long handlers may still take to end. Default: 10 seconds. */
  readonly drain?: Duration.Input | undefined
}

/** A bot on its long connection. */
export class SmartRobotSocket extends Context.Service<SmartRobotSocket, {
  readonly botId: string
  /** How the connection is doing. */
  readonly state: Effect.Effect<SmartRobotState>
  /** How it is doing now, and every change from then on. */
  readonly changes: Stream.Stream<SmartRobotState>
  /** Fails when the bot is stopped; never ends otherwise. */
  readonly stopped: Effect.Effect<never, SmartRobotStopped>
  /** Connects again after the bot was stopped. */
  readonly resume: Effect.Effect<void>
  /**
   * 主动推送消息 (aibot_send_msg). Sends a message by itself.
   *
   * It is repeated only where WeCom cannot have taken it: what was sent and never answered fails with `TransportFailed`
   * that is not `repeatable`. Fails with 93006 where the recipient is unknown or has not written to the bot yet.
   */
  readonly send: (to: SmartRobotRecipient, message: SmartRobotMessage) => Effect.Effect<void, WeComError>
  /**
   * 回复消息. Replies to an event, once: what a handler may also return. A stream is repeated until it has arrived, other
   * messages as `send` does; a reply that comes too late (846604, 846605, 846608) is sent by itself instead. A welcome and a
   * card in a card's place must come within 5 seconds.
   */
  readonly reply: (
    event: AnswerableEvent & { readonly key?: string },
    answer: SmartRobotReply.SmartRobotReply | SmartRobotMessage
  ) => Effect.Effect<void, WeComError>
  /**
   * 流式消息回复. Replies to a message with text that grows, and ends when all of it has arrived: in one bubble, which is
   * refreshed while nothing comes and ended after 9 minutes, because WeCom takes no changes after 10. What the bubble does not
   * take any more is sent by itself.
   */
  readonly stream: <E, R>(
    event: AnswerableEvent,
    pieces: Stream.Stream<AnswerPiece, E, R>,
    options?: SmartRobotStreamsOptions
  ) => Effect.Effect<void, WeComError, R>
  /**
   * 上传临时素材. Uploads a file in pieces, two at a time, and returns its media id, which is good for 3 days. Pieces are
   * repeated where their answer is lost.
   */
  readonly upload: (file: Uploading.SmartRobotUpload) => Effect.Effect<string, WeComError>
  /**
   * Hands what comes to the handlers until it is interrupted: messages of one chat one after the other, events of its cards
   * beside them. A message that comes twice is handled once, as far as this process remembers (100,000 messages).
   */
  readonly handle: <const H extends SmartRobotHandlers, E, R>(
    options: SmartRobotHandlerOptions<H, E, R>
  ) => Effect.Effect<never, never, Exclude<CallbackRouter.Services<H> | R, Scope.Scope>>
  /**
   * The same through a `CallbackInbox`: what comes is stored first, and handed over by the process that holds the
   * connection. Welcomes are not stored, because they are due within 5 seconds.
   */
  readonly handleStored: <const H extends SmartRobotHandlers, E, R>(
    inbox: CallbackInbox["Service"],
    options: SmartRobotHandlerOptions<H, E, R>
  ) => Effect.Effect<never, never, Exclude<CallbackRouter.Services<H> | R, Scope.Scope>>
}>()("effect-wecom/SmartRobotSocket") {
  /** Connections that ended or could not be made, by `outcome`. */
  static readonly connections = Metrics.connections

  /** Frames sent, by `cmd` and `outcome`: `ok`, an errcode, `unanswered` or `lost`. */
  static readonly frames = Metrics.frames

  /** Events that a handler was called for, by `event` and `outcome`: `success` or `failure`. */
  static readonly handled = Metrics.handled

  /** For `CallbackInbox`'s `orderBy`: messages keep the order of their chat, and events of cards do not wait for them. */
  static orderBy(event: CallbackEvent.CallbackEvent): string {
    const { botId, corpId, key, userId } = event.header
    const chat = "chatid" in event && typeof event.chatid === "string" ? event.chatid : userId ?? ""
    return `${botId ?? corpId ?? ""}/${chat}${key.startsWith("bot:event/") ? "/event" : ""}`
  }

  /** The chat of an event. */
  static chatOf(event: AnswerableEvent): SmartRobotRecipient {
    return event.chatid === undefined ? { userid: event.from.userid } : { chatid: event.chatid }
  }

  /** A bot. It connects when the layer is built, as soon as no other process of the lease does. */
  static layer(
    options: SmartRobotSocketOptions
  ): Layer.Layer<SmartRobotSocket, never, SmartRobotLease | Socket.WebSocketConstructor> {
    return Layer.effect(this, make(options))
  }

  /** A bot of `WECOM_BOT_ID` and `WECOM_BOT_SECRET`; `WECOM_BOT_URL` where it is not the public one. */
  static layerConfig(
    options: Omit<SmartRobotSocketOptions, "botId" | "secret" | "url"> = {}
  ): Layer.Layer<SmartRobotSocket, Config.ConfigError, SmartRobotLease | Socket.WebSocketConstructor> {
    return Layer.effect(
      this,
      Effect.flatMap(config, (bot) => make({ ...options, ...bot }))
    )
  }

  /** Answers that grow, over the connection. */
  static readonly layerStreams: Layer.Layer<SmartRobotStreams, never, SmartRobotSocket> = Layer.effect(
    SmartRobotStreams,
    Effect.map(Effect.suspend(() => SmartRobotSocket), (socket) =>
      SmartRobotStreams.of({
        reply: socket.stream,
        poll: ({ stream: { id } }) => Effect.succeed(SmartRobotReply.stream({ id, finish: true })),
        update: (event, card) => socket.reply(event, SmartRobotReply.updateCard(card)),
        say: (event, message) => socket.send(SmartRobotSocket.chatOf(event), message)
      }))
  )

  /** Hands what comes to the handlers, as long as the layer is there. */
  static layerHandlers<const H extends SmartRobotHandlers, E, R>(
    options: SmartRobotHandlerOptions<H, E, R>
  ): Layer.Layer<never, never, SmartRobotSocket | Exclude<CallbackRouter.Services<H> | R, Scope.Scope>> {
    return Layer.effectDiscard(
      Effect.flatMap(SmartRobotSocket, (socket) => Effect.forkScoped(socket.handle(options)))
    )
  }

  /** The same through a `CallbackInbox`: nothing that came is lost with a process, and nothing is handled by two. */
  static layerStoredHandlers<const H extends SmartRobotHandlers, E, R>(
    options: SmartRobotHandlerOptions<H, E, R>
  ): Layer.Layer<
    never,
    never,
    SmartRobotSocket | CallbackInbox | Exclude<CallbackRouter.Services<H> | R, Scope.Scope>
  > {
    return Layer.effectDiscard(Effect.gen(function*() {
      const socket = yield* SmartRobotSocket
      const inbox = yield* CallbackInbox
      yield* Effect.forkScoped(socket.handleStored(inbox, options))
    }))
  }
}

const config = Config.all({
  botId: Config.NonEmptyString("BOT_ID"),
  secret: Config.Redacted("BOT_SECRET"),
  url: Config.withDefault(Config.String("BOT_URL"), undefined)
}).pipe(Config.nested("WECOM"))

const defaultUrl = "wss://openws.work.weixin.qq.com"

const defaultReconnect = Schedule.min([Schedule.exponential("1 second"), Schedule.spaced("30 seconds")]).pipe(
  Schedule.jittered
)

/** A welcome, and a card in a card's place, are due within 5 seconds. */
const urgent = Duration.seconds(5)

/** How long the end of an answer may be on its way. */
const finalPatience = Duration.minutes(10)

/** How many events wait for handlers, at most. */
const maxWaiting = 10_000

/** How many messages are remembered, and for how long, to recognise repeats. */
const maxRemembered = 100_000
const remembered = Duration.toMillis("1 day")

const make = Effect.fnUntraced(function*(options: SmartRobotSocketOptions) {
  const { botId } = options
  const lease = yield* SmartRobotLease
  const limited = yield* Limited.make(botId)
  const incoming = yield* Queue.sliding<string>(maxWaiting)
  const patience = Duration.fromInputUnsafe(options.patience ?? "2 minutes")
  const session = yield* Session.start(
    {
      url: options.url ?? defaultUrl,
      botId,
      secret: options.secret,
      subscription: options.subscription ?? {},
      heartbeat: Duration.fromInputUnsafe(options.heartbeat ?? "30 seconds"),
      reconnect: options.reconnect ?? defaultReconnect,
      patience
    },
    lease,
    // The request id becomes part of the event, so that it can be replied to after it was stored.
    (reqId, body) => void Queue.offerUnsafe(incoming, Json.stringify({ ...body, req_id: reqId }))
  )
  const next = Effect.flatMap(Queue.take(incoming), (text) => Effect.orDie(CallbackEvent.fromJson(text)))
  const turns = new KeyedTurns()

  const request = (
    event: AnswerableEvent,
    cmd: string,
    body: () => object,
    options: { readonly repeatable: boolean; readonly within?: Duration.Duration }
  ): Effect.Effect<void, WeComError> =>
    event.req_id === undefined
      ? Effect.fail(Failure.invalid(cmd, "req_id", "the event did not come over a long connection"))
      : turns.take(event.req_id, Effect.asVoid(session.request({ cmd, reqId: event.req_id, body, ...options })))

  const send = (to: SmartRobotRecipient, message: SmartRobotMessage): Effect.Effect<void, WeComError> =>
    Effect.flatMap(encodeFor("aibot_send_msg", encodeMessage, message), (body) => {
      const [chatid, chat_type] = "userid" in to ? [to.userid, 1] : [to.chatid, 2]
      return limited.message(
        "aibot_send_msg",
        chatid,
        Effect.asVoid(session.request({
          cmd: "aibot_send_msg",
          body: () => ({ chatid, chat_type, ...body }),
          repeatable: false
        }))
      )
    })

  const chatName = (event: AnswerableEvent): string => event.chatid ?? event.from.userid

  const respond = (event: AnswerableEvent, answer: SmartRobotReply.SmartRobotReply | SmartRobotMessage) =>
    Effect.flatMap(encodeFor("aibot_respond_msg", encodeReply, answer), (body) =>
      limited.message(
        "aibot_respond_msg",
        chatName(event),
        request(event, "aibot_respond_msg", () => body, {
          repeatable: "msgtype" in answer && answer.msgtype === "stream"
        })
      ))

  const reply = (
    event: AnswerableEvent & { readonly key?: string },
    answer: SmartRobotReply.SmartRobotReply | SmartRobotMessage
  ): Effect.Effect<void, WeComError> => {
    if ("response_type" in answer) {
      return Effect.flatMap(
        encodeFor("aibot_respond_update_msg", encodeReply, answer),
        (body) => request(event, "aibot_respond_update_msg", () => body, { repeatable: true, within: urgent })
      )
    }
    if (event.key === "bot:event/enter_chat") {
      return Effect.flatMap(
        encodeFor("aibot_respond_welcome_msg", encodeReply, answer),
        (body) => request(event, "aibot_respond_welcome_msg", () => body, { repeatable: false, within: urgent })
      )
    }
    switch (answer.msgtype) {
      case "stream":
        return Effect.catchIf(
          respond(event, answer),
          isTooLate,
          () =>
            send(SmartRobotSocket.chatOf(event), {
              msgtype: "markdown",
              markdown: { content: answer.stream.content ?? "" }
            })
        )
      case "stream_with_template_card": {
        // Over a long connection the card is a message of its own.
        const { stream, template_card } = answer
        const first = reply(event, { msgtype: "stream", stream })
        return template_card === undefined
          ? first
          : Effect.andThen(first, reply(event, { msgtype: "template_card", template_card }))
      }
      case "text":
        return Effect.fail(
          Failure.invalid("aibot_respond_msg", "msgtype", "text welcomes a member only: use markdown")
        )
      default:
        return Effect.catchIf(respond(event, answer), isTooLate, () => send(SmartRobotSocket.chatOf(event), answer))
    }
  }

  const stream = <E, R>(
    event: AnswerableEvent,
    pieces: Stream.Stream<AnswerPiece, E, R>,
    options: SmartRobotStreamsOptions = {}
  ) => {
    const id = event.msgid
    const feedback = options.feedback === undefined ? undefined : { id: options.feedback }
    return StreamWriter.write(
      {
        show: (frame) => {
          let finish = false
          let first = false
          const shown = request(event, "aibot_respond_msg", () => {
            const content = frame()
            finish = content.finish
            first = content.first
            return {
              msgtype: "stream",
              stream: { id, finish, content: content.content, ...(first && feedback !== undefined ? { feedback } : {}) }
            }
          }, { repeatable: true, within: finalPatience })
          return (frame().first ? limited.message("aibot_respond_msg", chatName(event), shown) : shown).pipe(
            Effect.as("ok" as const),
            Effect.catchIf((error) => outcomeOf(error, finish) !== undefined, (error) =>
              // just seen to be there
              Effect.succeed(outcomeOf(error, finish) as StreamWriter.Outcome))
          )
        },
        push: (content) => send(SmartRobotSocket.chatOf(event), { msgtype: "markdown", markdown: { content } })
      },
      pieces,
      {
        interval: Duration.fromInputUnsafe(options.interval ?? "500 millis"),
        refresh: Duration.minutes(4),
        life: Duration.minutes(9),
        overflow: options.overflow ?? "cut",
        onFailure: options.onFailure ?? (() => "")
      }
    )
  }

  /** Calls the handler of an event and sends what it answers. */
  const dispatch = <H extends SmartRobotHandlers, E, R>(
    { fallback, handlers, timeout = "30 minutes" }: SmartRobotHandlerOptions<H, E, R>
  ) => {
    type Services = CallbackRouter.Services<H> | R
    type Handle = (event: CallbackEvent.CallbackEvent) => Effect.Effect<SmartRobotAnswer, unknown, Services>
    // A handler is only ever called with the event of its own key.
    const byKey = handlers as { readonly [key: string]: Handle | undefined }
    return (event: CallbackEvent.CallbackEvent): Effect.Effect<void, unknown, Services> =>
      Effect.suspend(() => (byKey[event._tag] ?? fallback)(event)).pipe(
        Effect.scoped,
        Effect.timeout(timeout),
        Effect.flatMap((answer) => answer === undefined ? Effect.void : answerTo(event, answer)),
        Effect.tapCause(() =>
          Metric.update(Metric.withAttributes(Metrics.handled, { event: event._tag, outcome: "failure" }), 1)
        ),
        Effect.tap(() =>
          Metric.update(Metric.withAttributes(Metrics.handled, { event: event._tag, outcome: "success" }), 1)
        ),
        Effect.withSpan(`wecom ${event._tag}`, { attributes: { "wecom.bot": botId }, kind: "consumer" }, {
          captureStackTrace: false
        }),
        Effect.annotateLogs({ "wecom.bot": botId, "wecom.callback": event.key })
      ) as Effect.Effect<void, unknown, Services> // the scope is given
  }

  const answerTo = (event: CallbackEvent.CallbackEvent, answer: Exclude<SmartRobotAnswer, void>) => {
    const message = messageOf(event)
    if (message === undefined || "MsgType" in answer) {
      return Effect.logWarning("a reply is left out, which the event does not take")
    }
    return Effect.catchIf(
      reply(message, answer),
      // Nothing can be done about it later either.
      (error) => "response_type" in answer || event.key === "bot:event/enter_chat" || isTooLate(error),
      (error) => Effect.logWarning(`a reply came too late: ${error.message}`)
    )
  }

  const handle = <H extends SmartRobotHandlers, E, R>(handlerOptions: SmartRobotHandlerOptions<H, E, R>) =>
    Effect.gen(function*() {
      const call = dispatch(handlerOptions)
      const seen = new ReplayMemory<true>(maxRemembered, remembered)
      const chats = new KeyedTurns()
      const fibers = yield* FiberSet.make<void, never>()
      yield* Effect.addFinalizer(() =>
        FiberSet.awaitEmpty(fibers).pipe(Effect.timeoutOption(handlerOptions.drain ?? "10 seconds"), Effect.asVoid)
      )
      while (true) {
        const event = yield* next
        const now = yield* Clock.currentTimeMillis
        if (seen.get(event.dedupeKey) !== undefined) continue
        seen.set(event.dedupeKey, true, now)
        yield* FiberSet.run(
          fibers,
          chats.take(
            SmartRobotSocket.orderBy(event),
            Effect.catchCause(call(event), (cause) => Effect.logError("the handler of a bot failed", cause))
          )
        )
      }
    }).pipe(Effect.scoped)

  const handleStored = <H extends SmartRobotHandlers, E, R>(
    inbox: CallbackInbox["Service"],
    handlerOptions: SmartRobotHandlerOptions<H, E, R>
  ) => {
    const call = dispatch(handlerOptions)
    const isHolder = (state: SmartRobotState) => state._tag !== "Standby"
    const receive = Effect.gen(function*() {
      const direct = yield* FiberSet.make<void, never>()
      while (true) {
        const event = yield* next
        if (event._tag === "bot:event/enter_chat") {
          yield* FiberSet.run(
            direct,
            Effect.catchCause(call(event), (cause) => Effect.logError("the handler of a bot failed", cause))
          )
        } else {
          // WeCom does not send it again: it stays in hand until the store takes it.
          yield* Effect.retry(
            Effect.tapError(inbox.put(event), (error) => Effect.logWarning(error.message)),
            Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("2 seconds")])
          )
        }
      }
    })
    // Whoever has the connection works: replies go nowhere else.
    const work = Effect.gen(function*() {
      const states = SubscriptionRef.changes(session.state)
      const until = (wanted: boolean) => Stream.runHead(Stream.filter(states, (state) => isHolder(state) === wanted))
      while (true) {
        yield* until(true)
        yield* Effect.raceFirst(
          inbox.work({ handlers: {}, fallback: call, ...timings(handlerOptions) }),
          until(false)
        )
      }
    })
    return Effect.scoped(Effect.andThen(Effect.all([receive, work], { concurrency: "unbounded" }), Effect.never))
  }

  return SmartRobotSocket.of({
    botId,
    state: SubscriptionRef.get(session.state),
    changes: SubscriptionRef.changes(session.state),
    stopped: Effect.flatMap(session.stopped, (error) => Effect.fail(error)),
    resume: session.resume,
    send,
    reply,
    stream,
    upload: (file) => limited.upload("aibot_upload_media_init", Uploading.upload(session, file)),
    handle: handle as SmartRobotSocket["Service"]["handle"], // scopes of handlers are closed after each event
    handleStored: handleStored as SmartRobotSocket["Service"]["handleStored"]
  })
})

const timings = (
  { drain, timeout = "30 minutes" }: {
    readonly drain?: Duration.Input | undefined
    readonly timeout?: Duration.Input | undefined
  }
) => ({
  timeout,
  drain
})

/** What of an event a reply needs. */
const messageOf = (event: CallbackEvent.CallbackEvent): AnswerableEvent & { readonly key: string } | undefined => {
  const decoded = decodeMessage(event._tag === "Unknown" ? event.fields : event)
  return Result.isSuccess(decoded) ? { ...decoded.success, key: event.key } : undefined
}

const decodeMessage = Schema.decodeUnknownResult(Schema.Struct({
  msgid: Schema.String,
  aibotid: Schema.String,
  chatid: Schema.optional(Schema.String),
  from: Schema.Struct({ userid: Schema.String }),
  req_id: Schema.String
}))

const encodeMessage = Schema.encodeUnknownResult(SmartRobotMessage, { onExcessProperty: "error" })
const encodeReply = Schema.encodeUnknownResult(Schema.Union([SmartRobotReply.SmartRobotReply, SmartRobotMessage]), {
  onExcessProperty: "error"
})

const encodeFor = (
  cmd: string,
  encode: (value: unknown) => Result.Result<unknown, Schema.SchemaError>,
  message: object
): Effect.Effect<object, WeComError> =>
  Result.match(encode(message), {
    onFailure: (error) =>
      Effect.fail(Failure.invalid(cmd, "msgtype" in message ? String(message.msgtype) : "", error.message)),
    // Messages encode to objects.
    onSuccess: (body) => Effect.succeed(body as object)
  })

/** 846604, 846605, 846608: nothing more may be said with this request id. */
const isTooLate = (error: WeComError): boolean =>
  error.errcode === 846604 || error.errcode === 846605 || error.errcode === 846608

/** What an errcode means to a bubble; `undefined` for a failure. */
const outcomeOf = (error: WeComError, finish: boolean): StreamWriter.Outcome | undefined => {
  if (isTooLate(error)) return "expired"
  switch (error.errcode) {
    // Another frame with this content, or a newer one, was there first.
    case 6000:
      return "ok"
    case 45009:
    case 846607:
      return "limited"
    case undefined:
      return undefined
    default:
      return finish ? undefined : error.isRetryable ? "limited" : undefined
  }
}
