/**
 * Writes an answer while it grows: one bubble that is replaced again and again, and messages behind it.
 */
import type * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as Stream from "effect/Stream"
import type { WeComError } from "../../WeComError.ts"
import { type AnswerPiece, AnswerText } from "./answerText.ts"

/** How an answer is written. */
export interface Options {
  /** The least time between two frames. */
  readonly interval: Duration.Duration
  /** A bubble is sent again after this long without a change, so that it does not expire. */
  readonly refresh: Duration.Duration
  /** A bubble is ended after this long; what comes later follows as a message. */
  readonly life: Duration.Duration
  /** What becomes of text beyond the limit of a message. */
  readonly overflow: "cut" | "split"
  /** What is added if the text fails. */
  readonly onFailure: (cause: Cause.Cause<unknown>) => string
}

/** What a frame came to: `expired` is a bubble that takes no more, `limited` one that takes more later. */
export type Outcome = "ok" | "expired" | "limited"

/** A bubble: not shown yet, growing, ended with what it says, or no longer open to its text. */
type Bubble = "none" | "open" | "closed" | "expired"

/** Where an answer goes. */
export interface Target {
  /** Shows the content in the bubble; it is read when the frame is sent. */
  readonly show: (
    frame: () => { readonly content: string; readonly finish: boolean; readonly first: boolean }
  ) => Effect.Effect<Outcome, WeComError>
  /** A message of its own. */
  readonly push: (content: string) => Effect.Effect<void, WeComError>
}

/** After a limit was exceeded, a bubble waits this long. */
const holdBack = Duration.seconds(5)

/** How often the end of a bubble is tried, when a limit is in its way. */
const maxTries = 24

/** Writes an answer to its end: all of its text has been delivered then, or it fails. */
export const write = <E, R>(
  target: Target,
  pieces: Stream.Stream<AnswerPiece, E, R>,
  options: Options
): Effect.Effect<void, WeComError, R> =>
  Effect.gen(function*() {
    const answer = new AnswerText(options.overflow)
    const changed = yield* Latch.make(false)
    const room = yield* Latch.make(true)
    const at: { bubble: Bubble } = { bubble: "none" }
    let isDirty = true
    let isFull = false
    let isDone = false
    let shownAt = -Infinity
    let firstAt = Infinity

    const add = (piece: AnswerPiece): Effect.Effect<void> =>
      Effect.suspend(() => {
        const rest = answer.add(piece)
        isDirty = true
        if (rest === "" || options.overflow === "cut") return changed.open
        isFull = true
        return room.close.pipe(Effect.andThen(changed.open), Effect.andThen(room.await), Effect.andThen(add(rest)))
      })

    const producer = yield* Stream.runForEach(pieces, add).pipe(
      Effect.catchCause((cause) =>
        Effect.andThen(
          Effect.logError("an answer of a bot failed", cause),
          Effect.suspend(() => add(options.onFailure(cause)))
        )
      ),
      Effect.andThen(Effect.suspend(() => {
        isDone = true
        return changed.open
      })),
      Effect.forkScoped
    )

    const show = (finish: boolean, content: () => string): Effect.Effect<Outcome, WeComError> =>
      Effect.gen(function*() {
        const outcome = yield* target.show(() => {
          isDirty = false
          return { content: content(), finish, first: at.bubble === "none" }
        })
        shownAt = yield* Clock.currentTimeMillis
        if (outcome === "ok" && at.bubble === "none") {
          at.bubble = "open"
          firstAt = shownAt
        }
        if (outcome === "expired") at.bubble = "expired"
        return outcome
      })

    /** Delivers a message for good: in the bubble where it takes it, by itself otherwise. */
    const deliver = (page: string): Effect.Effect<void, WeComError> =>
      Effect.gen(function*() {
        for (let tries = 0; at.bubble === "none" || at.bubble === "open"; tries++) {
          const outcome = yield* show(true, () => page)
          if (outcome === "ok") {
            at.bubble = "closed"
            return
          }
          if (outcome === "limited") {
            if (tries >= maxTries) break
            yield* Effect.sleep(holdBack)
          }
        }
        const text = page.replace(/^<think>.*?<\/think>/s, "")
        if (text !== "") yield* target.push(text)
      })

    while (true) {
      if (!isDirty && !isFull && !isDone) {
        const ends = firstAt + Duration.toMillis(options.life) - (yield* Clock.currentTimeMillis)
        yield* Effect.timeoutOption(
          changed.await,
          Duration.min(options.refresh, at.bubble === "open" ? Duration.millis(ends) : options.refresh)
        )
        isDirty = true
      }
      yield* changed.close
      const now = yield* Clock.currentTimeMillis
      if (isDone || isFull) {
        // The producer is at rest: nothing is added meanwhile.
        const last = isDone && !isFull
        yield* deliver(last ? answer.content : answer.takePage())
        if (last) break
        isFull = false
        yield* room.open
        continue
      }
      if (at.bubble === "closed" || at.bubble === "expired") {
        isDirty = false
        continue
      }
      if (now - firstAt >= Duration.toMillis(options.life)) {
        const content = answer.content
        answer.clear()
        yield* deliver(content)
        continue
      }
      const early = shownAt + Duration.toMillis(options.interval) - now
      if (early > 0) {
        yield* Effect.sleep(early)
        if (isDone || isFull) continue
      }
      const outcome = yield* Effect.catchTag(
        show(false, () => answer.growing),
        "WeComError",
        // An intermediate frame that got lost is no loss: the next one says more.
        (error) =>
          error.reason._tag === "TransportFailed"
            ? Effect.as(Effect.sleep("1 second"), "limited" as const)
            : Effect.fail(error)
      )
      if (outcome === "limited") {
        isDirty = true
        yield* Effect.timeoutOption(
          Effect.repeat(Effect.sleep("1 second"), { until: () => isDone || isFull }),
          holdBack
        )
      }
    }
    yield* Fiber.join(producer)
  }).pipe(Effect.scoped)
