/**
 * A simulated member and a smart robot (智能机器人): what is written to it comes back to its URL as JSON, or over its
 * long connection, and what it answers, streams included, is in the member's inbox.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as CallbackEvent from "../../../callback/CallbackEvent.ts"
import * as Events from "../../../callback/events/SmartRobot.ts"
import * as SmartRobotReply from "../../../callback/SmartRobotReply.ts"
import { type Address, type CallbackSender, type Delivery, SimulatorError } from "../../engine/CallbackSender.ts"
import * as Conversation from "../../engine/Conversation.ts"
import { Recent } from "../../engine/Recent.ts"
import * as State from "../../engine/State.ts"
import { type Corp, type Member, type SmartRobot, type World } from "../../engine/World.ts"
import { chosen, findCard, type Press } from "../messages/Card.ts"
import * as BotSocket from "./BotSocket.ts"

/** A member's chat with a smart robot. */
export interface SmartRobotChat {
  /** 文本消息. The answer is in the inbox; a stream in it continues until the robot has finished it, for 6 minutes at most. */
  readonly sendText: (content: string, options?: Quoting) => Effect.Effect<Delivery, SimulatorError>
  /** 语音消息, as the text that WeCom heard. */
  readonly sendVoice: (content: string) => Effect.Effect<Delivery, SimulatorError>
  /** 图片消息, 文件消息 or 视频消息, for a robot with a long connection: its link is good for 5 minutes. */
  readonly sendFile: (
    kind: "image" | "file" | "video",
    file: { readonly filename: string; readonly bytes: Uint8Array }
  ) => Effect.Effect<Delivery, SimulatorError>
  /** 进入会话. Opens the chat, for which the robot may have a welcome. */
  readonly enter: Effect.Effect<Delivery, SimulatorError>
  /** 点击模板卡片. Presses the button with a key, with what is chosen in the card. Called back once, without repeats. */
  readonly press: (key: string, press?: Press) => Effect.Effect<Delivery, SimulatorError>
  /** 用户反馈. Says what the member thinks of an answer, by the feedback id that it carried. */
  readonly judge: (
    id: string,
    judgement: { readonly type: number; readonly content?: string; readonly reasons?: ReadonlyArray<number> }
  ) => Effect.Effect<Delivery, SimulatorError>
}

/** What a message refers to. */
export interface Quoting {
  /** The text of the message that is quoted. */
  readonly quote?: string | undefined
}

/** What there is to act on. */
export interface Stage {
  readonly world: World
  readonly corp: Corp
  readonly sender: CallbackSender
  /** Goes on with something after the act. */
  readonly background: (effect: Effect.Effect<void>) => void
}

/** Where a robot may answer once more, within an hour. */
export interface ResponseUrl {
  readonly botId: string
  readonly userid: string
  readonly chatid: string | undefined
  readonly endsAt: number
  used: boolean
}

/** The response codes of a corp's robots. */
export const responseUrls = State.make("robot/response-urls", () => new Recent<string, ResponseUrl>())

const responseLife = 3600_000

/** How often a stream is asked for, and for how long. */
const pace = Duration.seconds(1)
const patience = 6 * 60_000

/** The chat of a member with a robot, alone or in a group. */
export const chatWith = (
  stage: Stage,
  member: Member,
  botId: string,
  chatid: string | undefined
): Effect.Effect<SmartRobotChat, SimulatorError> => {
  const { background, corp, sender, world } = stage
  const robot = corp.smartRobots.get(botId)
  if (robot === undefined) return fail(`${corp.id} has no smart robot ${botId}`)
  const { userid } = member.user

  const header = Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    const code = world.text(43)
    responseUrls(corp).set(code, { botId, userid, chatid, endsAt: now + responseLife, used: false })
    return {
      msgid: world.id("bot-"),
      aibotid: botId,
      chatid,
      chattype: chatid === undefined ? "single" : "group",
      from: { userid },
      create_time: DateTime.makeUnsafe(now),
      response_url: Redacted.make(`${world.origin}/cgi-bin/aibot/response?response_code=${code}`)
    }
  })

  const deliver = (now: number, msgtype: string, content: Conversation.Content) =>
    Conversation.deliver({ botId, corp, now, world }, { msgtype, content, chatid }, [member])

  const tell = (
    event: CallbackEvent.Known,
    repeats?: number,
    card?: Conversation.Received
  ): Effect.Effect<Delivery, SimulatorError> => {
    const address = addressOf(robot)
    if (address !== undefined) return sender.send(address, event.header.key, event.raw, { repeats })
    return Effect.map(
      BotSocket.callBack(world, { corp, robot, member, chatid, fields: event.toFields(), card }),
      (outcome) => ({
        text: event.raw,
        attempts: [],
        acknowledged: outcome === "delivered",
        replyText: undefined,
        reply: undefined,
        problem: outcome === "delivered" ? undefined : outcome
      })
    )
  }

  const act = (
    make: (header: Header) => CallbackEvent.Known,
    content: Conversation.Content,
    card?: Conversation.Received
  ): Effect.Effect<Delivery, SimulatorError> =>
    Effect.gen(function*() {
      const event = make(yield* header)
      const done: Conversation.Done = {
        agentId: undefined,
        botId,
        at: yield* Clock.currentTimeMillis,
        key: event.header.key,
        content,
        outcome: undefined
      }
      Conversation.remember(world, corp, userid, done)
      const delivery = yield* tell(event, card === undefined ? undefined : 0, card)
      done.entry = delivery.attempts.at(-1)?.entry
      done.outcome = delivery.problem ?? (delivery.replyText === undefined ? "acknowledged" : "reply")
      if (delivery.replyText === undefined) return delivery
      return yield* SmartRobotReply.fromJson(delivery.replyText).pipe(
        Effect.flatMap((reply) => take(reply, card)),
        Effect.match({
          onFailure: ({ message }) => ({ ...delivery, problem: `the reply is ignored: ${message}` }),
          onSuccess: () => delivery
        })
      )
    })

  /** What a reply does; fails where it does nothing. */
  const take = (
    reply: SmartRobotReply.SmartRobotReply,
    card: Conversation.Received | undefined
  ): Effect.Effect<void, SimulatorError> =>
    Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      if ("response_type" in reply) {
        if (card === undefined) return yield* fail("update_template_card answers the click of a card alone")
        Conversation.changeCard(corp, card.msgid, reply.userids ?? [userid], () => ({ ...reply.template_card }))
        return
      }
      switch (reply.msgtype) {
        case "text":
          deliver(now, "text", reply.text)
          return
        case "template_card":
          deliver(now, "template_card", { ...reply.template_card })
          return
        default: {
          const { msgid } = deliver(now, "stream", reply.stream)
          const shown = showCard(reply, now)
          if (reply.stream.finish !== true) background(follow(msgid, reply.stream.id, now + patience, shown))
        }
      }
    })

  /** The card below a stream; says whether there is one. */
  const showCard = (reply: SmartRobotReply.StreamAnswer, now: number): boolean => {
    if (!("template_card" in reply) || reply.template_card === undefined) return false
    deliver(now, "template_card", { ...reply.template_card })
    return true
  }

  /** Asks for a stream until it is finished, or nobody waits any longer. */
  const follow = (msgid: string, id: string, until: number, cardShown: boolean): Effect.Effect<void> =>
    Effect.gen(function*() {
      let shown = cardShown
      while (true) {
        yield* Effect.sleep(pace)
        const now = yield* Clock.currentTimeMillis
        if (now > until) return
        const { response_url: _, ...asking } = yield* header
        const { replyText } = yield* tell(new Events.SmartRobotStreamPolled({ ...asking, stream: { id } }), 0)
        if (replyText === undefined) continue
        const reply = yield* SmartRobotReply.fromJson(replyText)
        if (!("stream" in reply)) continue
        Conversation.changeCard(corp, msgid, [userid], () => reply.stream)
        shown ||= showCard(reply, now)
        if (reply.stream.finish === true) return
      }
      // A robot that answers something else is not asked again: the stream stays as it is.
    }).pipe(Effect.ignore)

  return Effect.succeed({
    sendText: (content, { quote } = {}) =>
      act((header) =>
        new Events.SmartRobotText({
          ...header,
          text: { content: chatid === undefined ? content : `@${robot.name} ${content}` },
          quote: quote === undefined ? undefined : { msgtype: "text", text: { content: quote } }
        }), { Content: content }),
    sendVoice: (content) =>
      act((header) => new Events.SmartRobotVoice({ ...header, voice: { content }, quote: undefined }), {
        Content: content
      }),
    sendFile: (kind, { bytes, filename }) =>
      Effect.gen(function*() {
        if (robot.callback !== undefined) return yield* fail("files are for robots with a long connection alone")
        const { aeskey, url } = yield* BotSocket.shareFile(world, filename, bytes)
        const file = { url, aeskey: Redacted.make(aeskey) }
        return yield* act((header) => {
          switch (kind) {
            case "image":
              return new Events.SmartRobotImage({ ...header, image: file, quote: undefined })
            case "file":
              return new Events.SmartRobotFile({ ...header, file, quote: undefined })
            case "video":
              return new Events.SmartRobotVideo({ ...header, video: file, quote: undefined })
          }
        }, { FileName: filename })
      }),
    enter: act((header) => new Events.SmartRobotEntered(header), {}),
    press: (key, press = {}) =>
      Effect.gen(function*() {
        const inbox = Conversation.inbox(corp, userid).filter((message) => message.botId === botId)
        const { card, message } = yield* findCard(inbox, key, press.card)
        const selected = yield* chosen(card, press.selected ?? {})
        return yield* act(
          (header) =>
            new Events.SmartRobotCardSubmitted({
              ...header,
              event: {
                template_card_event: {
                  card_type: card.card_type,
                  event_key: key,
                  task_id: card.task_id,
                  selected_items: selected.map(({ OptionIds, QuestionKey }) => ({
                    question_key: QuestionKey,
                    option_ids: OptionIds
                  }))
                }
              }
            }),
          { EventKey: key, SelectedItems: selected },
          message
        )
      }),
    judge: (id, { content, reasons, type }) =>
      act(
        (header) =>
          new Events.SmartRobotJudged({
            ...header,
            event: { feedback_event: { id, type, content, inaccurate_reason_list: reasons } }
          }),
        { id, type, content }
      )
  })
}

interface Header {
  readonly msgid: string
  readonly aibotid: string
  readonly chatid: string | undefined
  readonly chattype: string
  readonly from: { readonly userid: string }
  readonly create_time: DateTime.Utc
  readonly response_url: Redacted.Redacted
}

const addressOf = ({ callback, id }: SmartRobot): Address | undefined =>
  callback && {
    target: callback,
    // Robots are addressed without one.
    receiveId: "",
    toUserName: id,
    agentId: undefined,
    format: "json"
  }

const fail = (message: string): Effect.Effect<never, SimulatorError> => Effect.fail(new SimulatorError({ message }))
