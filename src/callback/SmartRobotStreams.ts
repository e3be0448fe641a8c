/**
 * 智能机器人: answers that grow while they are written. A message is answered with the beginning of a stream; WeCom then
 * asks again and again what it says by now.
 *
 * @see https://developer.work.weixin.qq.com/document/path/101031
 */
import type * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberMap from "effect/FiberMap"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as SmartRobotReply from "./SmartRobotReply.ts"

/** What else an answer may have. */
export interface SmartRobotStreamsOptions {
  /** Comes back with a member's judgement of the answer; at most 256 bytes. */
  readonly feedback?: string | undefined
  /** What is added to the answer when its text fails; nothing by default. The failure is logged all the same. */
  readonly onFailure?: ((cause: Cause.Cause<unknown>) => string) | undefined
}

/**
 * Keeps what streams say by now, in the memory of this process: behind a load balancer, send the callbacks of one bot to
 * one process.
 */
export class SmartRobotStreams extends Context.Service<SmartRobotStreams, {
  /**
   * Begins an answer: the reply to a message. The pieces of text are run in the background and joined; a text of more
   * than 20,480 bytes is cut, and what takes longer than 6 minutes is stopped, for WeCom no longer asks. A message that
   * WeCom repeats goes on with the answer that was begun.
   */
  readonly begin: <E, R>(
    message: { readonly msgid: string },
    pieces: Stream.Stream<string, E, R>,
    options?: SmartRobotStreamsOptions
  ) => Effect.Effect<typeof SmartRobotReply.Stream.Type, never, R>
  /** Answers a poll: the text so far, and whether it is finished. A stream that is not known here is finished. */
  readonly poll: (
    poll: { readonly stream: { readonly id: string } }
  ) => Effect.Effect<typeof SmartRobotReply.Stream.Type>
}>()("effect-wecom/SmartRobotStreams") {
  static readonly layer: Layer.Layer<SmartRobotStreams> = Layer.effect(
    SmartRobotStreams,
    Effect.gen(function*() {
      const answers = new Map<string, Answer>()
      const writers = yield* FiberMap.make<string>()
      return SmartRobotStreams.of({
        begin: (message, pieces, options) =>
          Effect.suspend(() => {
            // The message id makes a fine stream id.
            const id = message.msgid
            const reply = (answer: Answer) =>
              SmartRobotReply.stream({
                id,
                ...answer,
                feedback: options?.feedback === undefined ? undefined : { id: options.feedback }
              })
            const begun = answers.get(id)
            if (begun !== undefined) return Effect.succeed(reply(begun))
            const answer: Answer = { content: "", finish: false }
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
          Effect.sync(() => SmartRobotReply.stream({ id, finish: true, ...answers.get(id) }))
      })
    })
  )
}

interface Answer {
  content: string
  finish: boolean
}

const write = <E, R>(
  answer: Answer,
  pieces: Stream.Stream<string, E, R>,
  options: SmartRobotStreamsOptions | undefined
): Effect.Effect<void, never, R> =>
  Stream.runForEach(pieces, (piece) => Effect.sync(() => add(answer, piece))).pipe(
    Effect.timeoutOption("6 minutes"),
    Effect.catchCause((cause) =>
      Effect.andThen(
        Effect.logError("an answer of a bot failed", cause),
        Effect.sync(() => add(answer, options?.onFailure?.(cause) ?? ""))
      )
    ),
    Effect.andThen(Effect.sync(() => {
      answer.finish = true
    }))
  )

/** Joins as much of the text as fits into 20,480 bytes, in whole characters. */
const add = (answer: Answer, piece: string): void => {
  const room = limit - encoder.encode(answer.content).length
  answer.content += piece.length * 3 <= room
    ? piece
    : piece.slice(0, encoder.encodeInto(piece, new Uint8Array(room)).read)
}

const limit = 20480
const encoder = new TextEncoder()
