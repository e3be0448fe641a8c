/**
 * What a 智能机器人 answers in the same HTTP response: a welcome, a stream, a card, or a card in a card's place.
 *
 * For an answer that takes longer, `SmartRobot.respond` posts to the event's `response_url`.
 *
 * @see https://developer.work.weixin.qq.com/document/path/101031
 */
import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { failure } from "../internal/callback/failure.ts"
import * as Json from "../internal/callback/json.ts"
import { SmartRobotCard } from "../messages/TemplateCard.ts"
import * as Wire from "../Wire.ts"
import { type CallbackError, MessageInvalid, ReplyInvalid } from "./CallbackError.ts"

/** 文本消息: to welcome, and only for that. */
export const Text = Schema.Struct({
  msgtype: Schema.Literal("text"),
  text: Schema.Struct({ content: Schema.String })
})

/** The state of a stream: each reply says the whole content so far. */
export const StreamContent = Schema.Struct({
  /** Chosen with the first reply; WeCom asks for this id from then on. */
  id: Schema.String,
  ...Wire.optionals({
    /** Whether nothing more comes. WeCom asks no longer than 6 minutes. */
    finish: Schema.Boolean,
    /** Markdown, at most 20,480 bytes. */
    content: Wire.text(20480),
    /** At most 10 pictures, with the last reply. */
    msg_item: Wire.items(
      Schema.Struct({
        msgtype: Schema.Literal("image"),
        /** JPG or PNG of at most 10 MB; `md5` is that of the bytes before base64. */
        image: Schema.Struct({ base64: Schema.String, md5: Schema.String })
      }),
      10
    ),
    /** Comes back with a member's judgement; with the first reply. */
    feedback: Schema.Struct({ id: Wire.text(256) })
  })
})

/** The state of a stream: each reply says the whole content so far. */
export type StreamContent = typeof StreamContent.Type

/** 流式消息. */
export const Stream = Schema.Struct({ msgtype: Schema.Literal("stream"), stream: StreamContent })

/** 模板卡片消息. */
export const Card = Schema.Struct({ msgtype: Schema.Literal("template_card"), template_card: SmartRobotCard })

/** 流式消息+模板卡片: a stream with a card below it, which comes once. */
export const StreamWithCard = Schema.Struct({
  msgtype: Schema.Literal("stream_with_template_card"),
  stream: StreamContent,
  template_card: Wire.optional(SmartRobotCard)
})

/** 模板卡片更新消息: puts a card in the place of the one that was clicked, for the given members or for all. */
export const UpdateCard = Schema.Struct({
  response_type: Schema.Literal("update_template_card"),
  userids: Wire.optional(Schema.Array(Schema.String)),
  template_card: SmartRobotCard
})

/** What welcomes a member. */
export type Welcome = typeof Text.Type | typeof Card.Type

/** What answers a message. */
export type Answer = typeof Stream.Type | typeof Card.Type | typeof StreamWithCard.Type

/** What answers a poll of a stream. */
export type StreamAnswer = typeof Stream.Type | typeof StreamWithCard.Type

/** What answers a click. */
export type CardAnswer = typeof UpdateCard.Type

/** Every reply of a bot. */
export const SmartRobotReply = Schema.Union([Text, Stream, Card, StreamWithCard, UpdateCard])

/** Every reply of a bot. */
export type SmartRobotReply = Welcome | Answer | CardAnswer

/** 文本消息: welcomes a member. */
export const text = (content: string): typeof Text.Type => ({ msgtype: "text", text: { content } })

/** 流式消息: begins, continues with or ends a stream. */
export const stream = (content: StreamContent): typeof Stream.Type => ({ msgtype: "stream", stream: content })

/** 模板卡片消息. */
export const card = (card: SmartRobotCard): typeof Card.Type => ({ msgtype: "template_card", template_card: card })

/** 流式消息+模板卡片. */
export const streamWithCard = (content: StreamContent, card?: SmartRobotCard): typeof StreamWithCard.Type => ({
  msgtype: "stream_with_template_card",
  stream: content,
  template_card: card
})

/** 模板卡片更新消息: for the given members; for everybody who sees the card when they are left out. */
export const updateCard = (card: SmartRobotCard, userids?: ReadonlyArray<string>): typeof UpdateCard.Type => ({
  response_type: "update_template_card",
  userids,
  template_card: card
})

/** Writes a reply as the JSON to encrypt; `ReplyInvalid` when it does not fit its schema. */
export const toJson = (reply: SmartRobotReply): Effect.Effect<string, CallbackError> =>
  Result.match(encode(reply), {
    onFailure: (error) => Exit.fail(failure(new ReplyInvalid({ problem: `reply of a bot: ${error.message}` }))),
    onSuccess: (json) => Exit.succeed(Json.stringify(json))
  })

/** Reads a decrypted reply, as a simulated WeCom does; `MessageInvalid` when it is none. */
export const fromJson = (text: string): Effect.Effect<SmartRobotReply, CallbackError> =>
  Result.match(
    Result.flatMap(Json.parse(text), (json) => Result.mapError(decode(json), (error) => error.message)),
    {
      onFailure: (problem) => Exit.fail(failure(new MessageInvalid({ format: "json", problem }))),
      onSuccess: Exit.succeed
    }
  )

const encode = Schema.encodeUnknownResult(SmartRobotReply, { onExcessProperty: "error" })
const decode = Schema.decodeUnknownResult(SmartRobotReply)
