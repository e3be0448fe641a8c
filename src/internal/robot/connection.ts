/**
 * One long connection of a bot, from opening it to its end: subscribing, heartbeats, and frames that are answered.
 */
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Socket from "effect/socket/Socket"
import * as Frame from "./frame.ts"

/** Where to connect, and as whom. */
export interface Options {
  readonly url: string
  readonly botId: string
  readonly secret: Redacted.Redacted
  /** Further fields of the subscription. */
  readonly subscription: { readonly [name: string]: string | number }
  readonly heartbeat: Duration.Duration
}

/** The answer to a frame. */
export interface Answer {
  readonly errcode: number
  readonly errmsg: string
  readonly body: { readonly [name: string]: unknown }
}

/** A frame was not answered: the connection ended, or the time was up. */
export class Unanswered extends Schema.TaggedError<Unanswered>("effect-wecom/Unanswered")("Unanswered", {
  /** Whether the frame may have reached WeCom. */
  sent: Schema.Boolean,
  timedOut: Schema.Boolean
}) {}

/** The connection could not be made, or WeCom refused the bot. */
export class NotConnected extends Schema.TaggedError<NotConnected>("effect-wecom/NotConnected")("NotConnected", {
  errcode: Schema.UndefinedOr(Schema.Number),
  description: Schema.String
}) {}

/** Why a connection ended. */
export type Ended = "closed" | "silent" | "not subscribed" | "replaced"

/** A connection on which the bot is subscribed. */
export interface Connection {
  /**
   * Sends a frame and waits for its answer. One frame at a time may be under way for each `reqId`; the caller sees to that.
   */
  readonly request: (
    cmd: string,
    reqId: string,
    body: object | undefined,
    timeout: Duration.Duration
  ) => Effect.Effect<Answer, Unanswered>
  /** Waits for the end. */
  readonly ended: Effect.Effect<Ended>
}

/** What is called when frames come in by themselves. */
export type OnPush = (reqId: string, body: Frame.Frame["body"]) => void

const openTimeout = Duration.seconds(10)
const subscribeTimeout = Duration.seconds(10)
const pingTimeout = Duration.seconds(10)

interface Pending {
  readonly answer: Deferred.Deferred<Answer, Unanswered>
  /** An answer that may belong to an earlier frame of the same `reqId`, whose time was up. */
  candidate: Answer | undefined
}

/** Opens a connection and subscribes; it is closed with the scope. */
export const open = (
  options: Options,
  onPush: OnPush
): Effect.Effect<Connection, NotConnected, Scope.Scope | Socket.WebSocketConstructor> =>
  Effect.gen(function*() {
    const socket = yield* Socket.makeWebSocket(options.url, { openTimeout })
    const writer = yield* socket.writer
    const ended = yield* Deferred.make<Ended>()
    const pending = new Map<string, Pending>()
    /** How many answers may still come for frames whose time was up. */
    const late = new Map<string, number>()
    let isOpen = true
    let nextId = 0
    let heardAt = yield* Clock.currentTimeMillis

    const end = (why: Ended): void => {
      if (!isOpen) return
      isOpen = false
      Deferred.doneUnsafe(ended, Effect.succeed(why))
      for (const { answer } of pending.values()) {
        Deferred.doneUnsafe(answer, Effect.fail(new Unanswered({ sent: true, timedOut: false })))
      }
      pending.clear()
    }

    const answered = ({ body, errcode, errmsg, reqId }: Frame.Frame): void => {
      const waiting = pending.get(reqId)
      const owed = late.get(reqId) ?? 0
      if (owed > 1) late.set(reqId, owed - 1)
      else late.delete(reqId)
      if (waiting === undefined) return
      const answer = { errcode, errmsg, body }
      if (owed > 0) waiting.candidate = answer
      else pending.delete(reqId)
      // Before the answer is known: whoever hears it may send again at once, and not over this connection.
      if (errcode === notSubscribed) end("not subscribed")
      if (owed === 0) Deferred.doneUnsafe(waiting.answer, Effect.succeed(answer))
    }

    const hear = (text: string): void => {
      const frame = Frame.parse(text)
      if (frame === undefined) return
      if (frame.cmd === undefined) return answered(frame)
      const event = frame.body["event"]
      if (
        typeof event === "object" && event !== null && "eventtype" in event && event.eventtype === "disconnected_event"
      ) end("replaced")
      else onPush(frame.reqId, frame.body)
    }

    const { pull } = yield* Effect.mapError(socket.reader, describe)
    yield* Effect.addFinalizer(() => Effect.sync(() => end("closed")))
    const clock = yield* Clock.Clock
    yield* pull.pipe(
      Effect.map((chunks) => {
        heardAt = clock.currentTimeMillisUnsafe()
        for (const chunk of chunks) hear(typeof chunk === "string" ? chunk : decoder.decode(chunk))
      }),
      Effect.forever({ disableYield: true }),
      Effect.catchCause(() => Effect.sync(() => end("closed"))),
      Effect.forkScoped
    )

    const owe = (reqId: string): void => void late.set(reqId, (late.get(reqId) ?? 0) + 1)

    const request: Connection["request"] = (cmd, reqId, body, timeout) =>
      Effect.suspend(() => {
        if (!isOpen) return Effect.fail(new Unanswered({ sent: false, timedOut: false }))
        const waiting: Pending = { answer: Deferred.makeUnsafe(), candidate: undefined }
        pending.set(reqId, waiting)
        return Effect.andThen(
          Effect.mapError(
            writer.write(Frame.write(cmd, reqId, body)),
            () => new Unanswered({ sent: false, timedOut: false })
          ),
          Deferred.await(waiting.answer)
        ).pipe(
          Effect.timeoutOrElse({
            duration: timeout,
            orElse: () =>
              Effect.suspend(() => {
                if (waiting.candidate !== undefined) return Effect.succeed(waiting.candidate)
                owe(reqId)
                return Effect.fail(new Unanswered({ sent: true, timedOut: true }))
              })
          }),
          Effect.onInterrupt(() => Effect.sync(() => owe(reqId))),
          Effect.ensuring(Effect.sync(() => {
            if (pending.get(reqId) === waiting) pending.delete(reqId)
          }))
        )
      })

    const freshId = (cmd: string) => `${cmd}_${++nextId}`

    const { errcode, errmsg } = yield* request("aibot_subscribe", freshId("aibot_subscribe"), {
      ...options.subscription,
      bot_id: options.botId,
      secret: Redacted.value(options.secret)
    }, subscribeTimeout).pipe(
      Effect.mapError(({ timedOut }) =>
        new NotConnected({
          errcode: undefined,
          description: timedOut ? "no answer to the subscription" : "closed before the subscription was answered"
        })
      )
    )
    if (errcode !== 0) {
      // An errmsg may repeat what was sent.
      const description = errmsg.replaceAll(Redacted.value(options.secret), "<redacted>")
      return yield* new NotConnected({ errcode, description })
    }

    const ping = Effect.suspend(() => request("ping", freshId("ping"), undefined, pingTimeout)).pipe(
      Effect.map(({ errcode }) => errcode),
      Effect.catch(() => Effect.undefined)
    )
    yield* Effect.gen(function*() {
      while (true) {
        yield* Effect.sleep(options.heartbeat)
        const asked = yield* Clock.currentTimeMillis
        const isAlive = Effect.map(ping, (errcode) => errcode !== undefined || heardAt >= asked)
        // A second ping, for one may get lost.
        if (!(yield* isAlive) && !(yield* isAlive)) return end("silent")
      }
    }).pipe(Effect.forkScoped)

    return { request, ended: Deferred.await(ended) }
  })

/** 846609: the connection is there, yet WeCom no longer knows whose it is. */
export const notSubscribed = 846609

/** What went wrong with opening, without its URL. */
const describe = ({ reason }: Socket.SocketError): NotConnected =>
  new NotConnected({
    errcode: undefined,
    description: reason._tag === "SocketCloseError"
      ? `closed with code ${reason.code}`
      : reason._tag === "SocketOpenError" && reason.kind === "Timeout"
      ? `not open within ${Duration.format(openTimeout)}`
      : `could not be opened${codeOf(reason)}`
  })

const codeOf = (reason: object): string => {
  for (let cause: unknown = reason; typeof cause === "object" && cause !== null;) {
    if ("code" in cause && typeof cause.code === "string") return ` (${cause.code})`
    cause = "cause" in cause ? cause.cause : "error" in cause ? cause.error : undefined
  }
  return ""
}

const decoder = new TextDecoder()
