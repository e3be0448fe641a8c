/**
 * 智能机器人: answers that grow while they are written, for a bot with a callback URL or with a long connection.
 *
 * A handler says `reply(event, pieces)` in both cases, and returns what that gives: with a callback URL the message is
 * answered with the beginning of a stream, and WeCom then asks again and again what it says by now (`poll`); over a long
 * connection (`SmartRobotSocket.layerStreams`) the text is sent as it grows.
 *
 * @see https://developer.work.weixin.qq.com/document/path/101031
 */
import type * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberMap from "effect/FiberMap"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as Failure from "../internal/kernel/failure.ts"
import { type AnswerPiece, AnswerText } from "../internal/robot/answerText.ts"
import type { SmartRobotCard } from "../messages/TemplateCard.ts"
import { SmartRobot, type SmartRobotResponse } from "../robot/SmartRobot.ts"
import type { WeComError } from "../WeComError.ts"
import * as SmartRobotReply from "./SmartRobotReply.ts"

export type { AnswerPiece } from "../internal/robot/answerText.ts"

/** What else an answer may have. */
export interface SmartRobotStreamsOptions {
  /** Comes back with a member's judgement of the answer; at most 256 bytes. */
  readonly feedback?: string | undefined
  /** What is added to the answer if its text fails. Default: nothing. The failure is logged all the same. */
  readonly onFailure?: ((cause: Cause.Cause<unknown>) => string) | undefined
  /**
   * What becomes of text beyond the 20,480 bytes of a message: `cut` leaves it out, `split` continues in further messages,
   * over a long connection alone. Default: `cut`.
   */
  readonly overflow?: "cut" | "split" | undefined
  /** The least time between two frames of a long connection. Default: 500 milliseconds. */
  readonly interval?: Duration.Input | undefined
}

/** An event of a bot, as much of it as an answer needs. */
export interface AnswerableEvent {
  readonly msgid: string
  readonly aibotid: string
  readonly chatid?: string | undefined
  readonly from: { readonly userid: string }
  readonly response_url?: Redacted.Redacted | undefined
  readonly req_id?: string | undefined
}

/** Answers messages of members with text that grows. */
export class SmartRobotStreams extends Context.Service<SmartRobotStreams, {
  /**
   * Answers a message with text that grows: return what this gives from the handler. Thinking is folded away.
   *
   * With a callback URL the answer has begun when this ends, and continues in the background: a text of more than 20,480
   * bytes is cut, and what takes longer than 6 minutes is stopped, for WeCom no longer asks. A message that WeCom repeats
   * continues with the answer that was begun. Over a long connection the whole text has arrived when this ends; it fails
   * where that was not possible.
   */
  readonly reply: <E, R>(
    message: AnswerableEvent,
    pieces: Stream.Stream<AnswerPiece, E, R>,
    options?: SmartRobotStreamsOptions
  ) => Effect.Effect<typeof SmartRobotReply.Stream.Type | void, WeComError, R>
  /**
   * Answers a poll (`bot:stream`): the text so far, and whether it is finished. A stream that is not known here is
   * finished. Over a long connection nobody polls.
   */
  readonly poll: (
    poll: { readonly stream: { readonly id: string } }
  ) => Effect.Effect<typeof SmartRobotReply.Stream.Type>
  /**
   * 更新模板卡片. Puts a card in the place of the one that was clicked, within 5 seconds: return what this gives from the
   * handler. Over a long connection it has been done when this ends.
   */
  readonly update: (
    event: AnswerableEvent,
    card: SmartRobotCard
  ) => Effect.Effect<typeof SmartRobotReply.UpdateCard.Type | void, WeComError>
  /**
   * One more message, markdown or a card, in the chat of an event: with a callback URL once for each event, within an hour
   * and through `SmartRobot`, which must be provided to the layer.
   */
  readonly say: (event: AnswerableEvent, message: SmartRobotResponse) => Effect.Effect<void, WeComError>
}>()("effect-wecom/SmartRobotStreams") {
  /**
   * For a bot with a callback URL. What streams say by now is kept in the memory of this process: behind a load balancer,
   * send the callbacks of one bot to one process.
   */
  static readonly layer: Layer.Layer<SmartRobotStreams> = Layer.effect(
    SmartRobotStreams,
    Effect.gen(function*() {
      const answers = new Map<string, Answer>()
      const writers = yield* FiberMap.make<string>()
      const responses = yield* Effect.serviceOption(SmartRobot)
      return SmartRobotStreams.of({
        reply: (message, pieces, options) =>
          Effect.suspend(() => {
            // The message id makes a fine stream id.
            const id = message.msgid
            const reply = ({ finish, text }: Answer) =>
              SmartRobotReply.stream({
                id,
                content: text.content,
                finish,
                feedback: options?.feedback === undefined ? undefined : { id: options.feedback }
              })
            const begun = answers.get(id)
            if (begun !== undefined) return Effect.succeed(reply(begun))
            const answer: Answer = { text: new AnswerText(), finish: false }
            answers.set(id, answer)
            return write(answer, pieces, options).pipe(
              // A last poll may still be on its way.
              Effect.andThen(Effect.sleep("1 minute")),
              Effect.ensuring(Effect.sync(() => answers.delete(id))),
              FiberMap.run(writers, id),
              Effect.map(() => reply(answer))
            )
          }),
        poll: ({ stream: { id } }) =>
          Effect.sync(() => {
            const answer = answers.get(id)
            return SmartRobotReply.stream(
              answer === undefined ? { id, finish: true } : { id, content: answer.text.content, finish: answer.finish }
            )
          }),
        update: (_, card) => Effect.succeed(SmartRobotReply.updateCard(card)),
        say: (event, message) => {
          if (Option.isNone(responses)) {
            return refuse("response_url", "provide SmartRobot.layer to SmartRobotStreams.layer")
          }
          return event.response_url === undefined
            ? refuse("response_url", "the event has none")
            : responses.value.respond(event.response_url, message)
        }
      })
    })
  )
}

const refuse = (field: string, message: string) =>
  Effect.fail(Failure.invalid("POST /cgi-bin/aibot/response", field, message))

interface Answer {
  readonly text: AnswerText
  finish: boolean
}

const write = <E, R>(
  answer: Answer,
  pieces: Stream.Stream<AnswerPiece, E, R>,
  options: SmartRobotStreamsOptions | undefined
): Effect.Effect<void, never, R> =>
  // What exceeds the limit is left out.
  Stream.runForEach(pieces, (piece) => Effect.sync(() => answer.text.add(piece))).pipe(
    Effect.timeoutOption("6 minutes"),
    Effect.catchCause((cause) =>
      Effect.andThen(
        Effect.logError("an answer of a bot failed", cause),
        Effect.sync(() => answer.text.add(options?.onFailure?.(cause) ?? ""))
      )
    ),
    Effect.andThen(Effect.sync(() => {
      answer.finish = true
    }))
  )
