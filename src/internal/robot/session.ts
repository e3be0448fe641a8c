/**
 * The long connection of a bot over its whole life: leased, opened, lost, opened again; and frames that outlive it.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Pull from "effect/Pull"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import type * as Socket from "effect/socket/Socket"
import * as Stream from "effect/Stream"
import * as SubscriptionRef from "effect/SubscriptionRef"
import type { HeldLease, SmartRobotLease } from "../../robot/SmartRobotLease.ts"
import { type SmartRobotState, SmartRobotStopped } from "../../robot/SmartRobotStopped.ts"
import { TransportFailed, WeComError } from "../../WeComError.ts"
import * as Failure from "../kernel/failure.ts"
import * as Connection from "./connection.ts"
import * as Metrics from "./metrics.ts"

/** How a session is kept. */
export interface Options extends Connection.Options {
  readonly reconnect: Schedule.Schedule<unknown, unknown>
  /** How long a frame may wait for a connection. */
  readonly patience: Duration.Duration
}

/** What a frame is, and how far it may be repeated. */
export interface Request {
  readonly cmd: string
  /** A fresh one if absent. */
  readonly reqId?: string | undefined
  /** Made when it is sent, and again when it is repeated. */
  readonly body: () => object
  /** Whether repeating it changes nothing more: if not, it is repeated only where WeCom cannot have taken it. */
  readonly repeatable: boolean
  readonly timeout?: Duration.Duration | undefined
  /** How long it may take in all; the session's patience if absent. */
  readonly within?: Duration.Duration | undefined
}

/** A session, as long as the scope that it was made in. */
export interface Session {
  readonly state: SubscriptionRef.SubscriptionRef<SmartRobotState>
  /** Sends a frame over the connection that is there, or will be. */
  readonly request: (request: Request) => Effect.Effect<Connection.Answer["body"], WeComError>
  /** Waits until the bot is stopped. */
  readonly stopped: Effect.Effect<SmartRobotStopped>
  /** Goes on after it was stopped. */
  readonly resume: Effect.Effect<void>
}

const ackTimeout = Duration.seconds(8)

/** A session that was up for this long was a good one: reconnecting begins again with the first delay. */
const goodSession = 60_000

/** How often a frame without an answer is repeated. */
const maxRepeats = 5

/** What WeCom refuses for the moment is sent again: 846601 and 846602. */
const busy = Schedule.exponential("300 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 4 }))

/** After 45009, WeCom wants to be left alone for minutes. */
const limited = Schedule.min([Schedule.exponential("2 minutes"), Schedule.spaced("10 minutes")])

/** Starts a session in the background. */
export const start = (
  options: Options,
  lease: SmartRobotLease["Service"],
  onPush: Connection.OnPush
): Effect.Effect<Session, never, Scope.Scope | Socket.WebSocketConstructor> =>
  Effect.gen(function*() {
    const { botId } = options
    const state = yield* SubscriptionRef.make<SmartRobotState>({ _tag: "Standby" })
    const services = yield* Effect.context<Socket.WebSocketConstructor>()
    const up = yield* Latch.make(false)
    const resumed = yield* Latch.make(false)
    let connection: { readonly link: Connection.Connection; readonly held: HeldLease } | undefined

    const log = Effect.annotateLogs({ "wecom.bot": botId })

    /** One connection, from opening it to its end. */
    const once = (held: HeldLease) =>
      Effect.gen(function*() {
        yield* SubscriptionRef.set(state, { _tag: "Connecting", epoch: held.epoch })
        const opened = yield* Effect.result(
          Connection.open(options, onPush)
        )
        if (Result.isFailure(opened)) return opened.failure
        const since = yield* Clock.currentTimeMillis
        connection = { link: opened.success, held }
        yield* SubscriptionRef.set(state, { _tag: "Connected", epoch: held.epoch, since })
        yield* Effect.logInfo("a bot is connected")
        yield* up.open
        const why = yield* opened.success.ended
        yield* SubscriptionRef.set(state, { _tag: "Connecting", epoch: held.epoch })
        return { why, lasted: (yield* Clock.currentTimeMillis) - since }
      }).pipe(
        Effect.ensuring(Effect.suspend(() => {
          connection = undefined
          return up.close
        })),
        Effect.scoped,
        Effect.provideContext(services),
        Effect.tap((end) =>
          Metric.update(
            Metric.withAttributes(Metrics.connections, {
              outcome: "why" in end ? end.why : end.errcode === undefined ? "not opened" : `${end.errcode}`
            }),
            1
          )
        )
      )

    /** Connections one after the other, for as long as there is something to hope for. */
    const connections = (held: HeldLease) =>
      Effect.gen(function*() {
        let step = yield* Schedule.toStepWithSleep(options.reconnect)
        let wait = yield* Schedule.toStepWithSleep(limited)
        while (true) {
          const end = yield* once(held)
          if ("why" in end) {
            if (end.why === "replaced") {
              // Where the lease is another's by now, it was that one who connected: nothing is wrong.
              if (!(yield* held.confirm)) return undefined
              return new SmartRobotStopped({ botId, reason: "Replaced", description: replaced })
            }
            if (end.lasted >= goodSession) step = yield* Schedule.toStepWithSleep(options.reconnect)
            wait = yield* Schedule.toStepWithSleep(limited)
            yield* Effect.logWarning(`the connection of a bot ended (${end.why}): it is made again`)
          } else {
            if (end.errcode === 853000) {
              return new SmartRobotStopped({
                botId,
                reason: "CredentialRejected",
                description: `bot_id or secret is wrong (853000): ${end.description}`
              })
            }
            yield* Effect.logWarning(
              `a bot could not connect: ${
                end.errcode === undefined ? "" : `errcode ${end.errcode}: `
              }${end.description}`
            )
            if (end.errcode === 45009) {
              yield* SubscriptionRef.set(state, { _tag: "Waiting", epoch: held.epoch })
              yield* Pull.catchDone(wait(undefined), () => Effect.void)
              continue
            }
          }
          const goesOn = yield* step(end).pipe(Effect.as(true), Pull.catchDone(() => Effect.succeed(false)))
          if (!goesOn) {
            return new SmartRobotStopped({
              botId,
              reason: "GivenUp",
              description: "the schedule of reconnecting has ended"
            })
          }
        }
      })

    const stop = (error: SmartRobotStopped) =>
      Effect.andThen(
        Effect.logError(`a bot is stopped: ${error.description}`),
        SubscriptionRef.set(state, { _tag: "Stopped", error })
      )

    const hold = Effect.gen(function*() {
      yield* SubscriptionRef.set(state, { _tag: "Standby" })
      const held = yield* Effect.retry(
        Effect.tapError(lease.hold(botId), (error) => Effect.logWarning(`${error.message}; a bot waits`)),
        Schedule.spaced("1 second")
      )
      while (true) {
        const ended = yield* Effect.raceFirst(
          connections(held),
          Effect.andThen(held.lost, Effect.logWarning("a bot lost its lease: it stands by"))
        )
        if (ended === undefined) return undefined
        // Whoever replaced this connection is outside the fleet: the lease is kept, so that nobody of it fights. Otherwise
        // another process may have a better secret, or a better network.
        if (ended.reason !== "Replaced") return ended
        yield* stop(ended)
        yield* resumed.close
        if (
          (yield* Effect.raceFirst(Effect.as(resumed.await, true), Effect.as(held.lost, false))) === false
        ) return undefined
      }
    }).pipe(Effect.scoped)

    yield* Effect.gen(function*() {
      while (true) {
        const stopped = yield* hold
        if (stopped === undefined) continue
        yield* stop(stopped)
        yield* resumed.close
        yield* resumed.await
      }
    }).pipe(log, Effect.forkScoped)

    const stopped = SubscriptionRef.changes(state).pipe(
      Stream.filterMap((now) => now._tag === "Stopped" ? Result.succeed(now.error) : Result.failVoid),
      Stream.runHead,
      Effect.flatMap(Option.match({ onNone: () => Effect.never, onSome: Effect.succeed }))
    )

    /** The connection, as soon as there is one. */
    const connected = (cmd: string): Effect.Effect<Connection.Connection, WeComError> =>
      Effect.suspend(() => {
        if (connection === undefined) {
          return Effect.flatMap(SubscriptionRef.get(state), (now) =>
            now._tag === "Stopped"
              ? Effect.fail(
                failed(cmd, `the bot is stopped: ${now.error.description}`, { timedOut: false, repeatable: true })
              )
              : Effect.andThen(
                Effect.raceFirst(up.await, stopped),
                connected(cmd)
              ))
        }
        const { held, link } = connection
        // A process that slept may still believe in its connection.
        return Effect.flatMap(
          held.isValid,
          (valid) => valid ? Effect.succeed(link) : Effect.andThen(Effect.sleep("100 millis"), connected(cmd))
        )
      })

    const request: Session["request"] = (
      { body, cmd, repeatable, reqId, timeout = ackTimeout, within = options.patience }
    ) =>
      Effect.suspend(() => {
        let inFlight = false
        return Effect.gen(function*() {
          const step = yield* Schedule.toStepWithSleep(busy)
          let unanswered = 0
          while (true) {
            const link = yield* connected(cmd)
            inFlight = true
            const sent = yield* Effect.result(
              link.request(cmd, reqId ?? `${cmd}_${crypto.randomUUID()}`, body(), timeout)
            )
            inFlight = false
            if (Result.isFailure(sent)) {
              const { sent: left, timedOut } = sent.failure
              if (!left) {
                // The connection has just ended: its successor is waited for in a moment.
                yield* Effect.yieldNow
                continue
              }
              yield* counted(cmd, timedOut ? "unanswered" : "lost")
              if (!repeatable) {
                return yield* failed(
                  cmd,
                  timedOut ? `no answer within ${Duration.format(timeout)}` : "the connection ended before the answer",
                  { timedOut, repeatable: false }
                )
              }
              if (++unanswered > maxRepeats) {
                return yield* failed(cmd, `no answer to ${unanswered} frames`, { timedOut: true, repeatable: true })
              }
              continue
            }
            const { body: answer, errcode, errmsg } = sent.success
            yield* counted(cmd, errcode === 0 ? "ok" : `${errcode}`)
            if (errcode === 0) return answer
            // Refused, and so not done: the next connection takes it.
            if (errcode === Connection.notSubscribed) continue
            const error = Failure.fromErrcode(cmd, errcode, errmsg)
            if (errcode !== 846601 && errcode !== 846602) return yield* error
            if (!(yield* step(error).pipe(Effect.as(true), Pull.catchDone(() => Effect.succeed(false))))) {
              return yield* error
            }
          }
        }).pipe(
          Effect.timeoutOrElse({
            duration: within,
            orElse: () =>
              Effect.fail(failed(cmd, `not connected and answered within ${Duration.format(within)}`, {
                timedOut: true,
                repeatable: repeatable || !inFlight
              }))
          })
        )
      }).pipe(
        Effect.withSpan(`wecom ${cmd}`, { attributes: { "wecom.bot": botId }, kind: "client" }, {
          captureStackTrace: false
        })
      )

    return {
      state,
      request,
      stopped,
      resume: Effect.suspend(() => resumed.open)
    }
  })

const counted = (cmd: string, outcome: string) =>
  Metric.update(Metric.withAttributes(Metrics.frames, { cmd, outcome }), 1)

const replaced =
  "another process, which does not share the lease, has connected as this bot: stop that one, or call `resume` to take its place"

const failed = (
  endpoint: string,
  description: string,
  { repeatable, timedOut }: { readonly timedOut: boolean; readonly repeatable: boolean }
): WeComError =>
  new WeComError({
    endpoint,
    reason: new TransportFailed({ description, timedOut, repeatable })
  })
