/**
 * The callers of a soak, and what they count.
 */
import { NodeHttpClient, NodeRedis } from "@effect/platform-node"
import { Cause, Clock, Duration, Effect, Exit, Layer, Metric, Option, Random, Redacted, Stream } from "effect"
import { type AttemptMiddleware, TokenCache, WeComApp, WeComClient, WeComError } from "effect-wecom"
import { Departments, Tags, Users } from "effect-wecom/contacts"
import { CircuitBreaker, RateLimits } from "effect-wecom/limits"
import { Media, Upload } from "effect-wecom/media"
import { Message, Messages } from "effect-wecom/messages"
import { GroupRobot } from "effect-wecom/robot"
import { RedisTokenStore } from "effect-wecom/token"
import { RateLimiter } from "effect/persistence"
import { agentId, corps, robots } from "./corps.ts"

export interface Options {
  readonly millis: number
  readonly callers: number
  readonly seed: number
  readonly url: string
  /** Memory where absent. */
  readonly redis: string | undefined
  /** What is done, again and again, to disturb the callers. */
  readonly disturb: Effect.Effect<void>
  /** After a fifth of the time. */
  readonly early: Effect.Effect<void>
}

/** Counts by name. */
export class Tally extends Map<string, number> {
  add(name: string): void {
    this.set(name, (this.get(name) ?? 0) + 1)
  }
  sum(wanted: (name: string) => boolean = () => true): number {
    let sum = 0
    for (const [name, count] of this) if (wanted(name)) sum += count
    return sum
  }
}

export interface Counted {
  readonly started: number
  /** How calls ended: `ok`, or the reason's tag. */
  readonly ended: Tally
  /** How each exchange with the server ended, below limits and breaker, in the simulator's words. */
  readonly exchanges: Tally
  readonly metrics: ReadonlyArray<Metric.Metric.Snapshot>
  readonly millis: number
}

const errorOf = (exit: Exit.Exit<unknown, WeComError>): unknown =>
  Exit.isSuccess(exit) ? undefined : Option.getOrUndefined(Cause.findErrorOption(exit.cause))

const callOutcome = (exit: Exit.Exit<unknown, WeComError>): string => {
  if (Exit.isSuccess(exit)) return "ok"
  const error = errorOf(exit)
  return error instanceof WeComError ? error.reason._tag : `not a WeComError: ${Cause.pretty(exit.cause)}`
}

const exchangeOutcome = (exit: Exit.Exit<unknown, WeComError>): string => {
  if (Exit.isSuccess(exit)) return "ok"
  const error = errorOf(exit)
  if (!(error instanceof WeComError)) return Exit.hasInterrupts(exit) ? "Aborted" : "defect"
  if (error.errcode !== undefined) return String(error.errcode)
  if (error.reason._tag === "TransportFailed") return "Reset"
  if (error.reason._tag !== "ResponseInvalid") return error.reason._tag
  return error.reason.status >= 400 ? `HTTP ${error.reason.status}` : "Truncated"
}

/** Calls until the time is over, and waits for the last of them to end. */
export const run = (options: Options): Promise<Counted> => {
  const { callers, millis, seed, url } = options
  const ended = new Tally()
  const exchanges = new Tally()
  let started = 0

  const counting: AttemptMiddleware = (_, run) =>
    Effect.onExit(run, (exit) => Effect.sync(() => exchanges.add(exchangeOutcome(exit))))

  const redis = options.redis === undefined ? undefined : Layer.orDie(NodeRedis.layer({ url: options.redis }))
  const tokens = redis === undefined
    ? TokenCache.layerMemory
    : TokenCache.layer.pipe(Layer.provide(RedisTokenStore.layer()), Layer.provide(redis))
  const apps = corps.map(({ corpId, secret }) =>
    WeComApp.secret({ corpId, secret: Redacted.make(secret), agentId, baseUrl: url })
  )

  const program = Effect.gen(function*() {
    const departments = yield* Departments
    const media = yield* Media
    const messages = yield* Messages
    const tags = yield* Tags
    const users = yield* Users
    const groups = yield* Effect.forEach(robots, (key) => GroupRobot.make({ key: Redacted.make(key), baseUrl: url }))
    const uploads = new Map<WeComApp, string>()
    const message = Message.text("a message")
    const begun = yield* Clock.currentTimeMillis

    const operation = (app: WeComApp, pick: number, which: number): Effect.Effect<unknown, WeComError> => {
      const userid = `user${which % 125}`
      const department_id = 2 + which % 25
      const media_id = uploads.get(app)
      if (pick < 0.2) return departments.list()
      if (pick < 0.4) return departments.get({ id: department_id })
      if (pick < 0.6) return users.get({ userid })
      if (pick < 0.7) return users.listNames({ department_id })
      if (pick < 0.8) return tags.list()
      if (pick < 0.96) return messages.send(message.to({ users: [userid] }))
      if (pick < 0.97) return Effect.suspend(() => groups[which % groups.length]?.send(message) ?? Effect.void)
      if (pick < 0.9705 || media_id === undefined) {
        return Effect.tap(
          media.upload({ type: "file", media: Upload.text("some content", { filename: "文件.txt" }) }),
          (uploaded) => Effect.sync(() => uploads.set(app, uploaded.media_id))
        )
      }
      return Effect.flatMap(media.get({ media_id }), ({ stream }) => Stream.runDrain(stream))
    }

    const caller = Effect.gen(function*() {
      while ((yield* Clock.currentTimeMillis) < begun + millis) {
        const app = apps[yield* Random.nextIntBetween(0, apps.length - 1)]
        if (app === undefined) return yield* Effect.die("no such app")
        const call = operation(app, yield* Random.next, yield* Random.nextIntBetween(0, 999_999)).pipe(
          // Some give up before a stall ends.
          WeComClient.withOptions({ deadline: (yield* Random.next) < 0.05 ? "2 seconds" : "1 minute" }),
          WeComApp.use(app)
        )
        started++
        ended.add(callOutcome(yield* Effect.exit(call)))
      }
    })

    yield* Effect.forkChild(Effect.andThen(Effect.sleep(Duration.millis(millis / 5)), options.early))
    yield* Effect.forkChild(Effect.forever(options.disturb))
    yield* Effect.all(Array.from({ length: callers }, () => caller), { concurrency: "unbounded", discard: true })
    return {
      started,
      ended,
      exchanges,
      metrics: yield* Metric.snapshot,
      millis: (yield* Clock.currentTimeMillis) - begun
    }
  })

  const unlimited = program.pipe(
    Random.withSeed(seed),
    Effect.provide(
      Layer.mergeAll(Departments.layer, Media.layer, Messages.layer, Tags.layer, Users.layer).pipe(
        Layer.provide(
          WeComClient.layer(WeComApp.secret({ corpId: "nobody", secret: Redacted.make("nothing"), baseUrl: url }))
        ),
        Layer.provide(tokens),
        Layer.provideMerge(NodeHttpClient.layerUndici)
      )
    ),
    WeComClient.around(counting),
    CircuitBreaker.guard({ openDuration: "500 millis" })
  )
  const cooldown = "1 second"
  return Effect.runPromise(
    redis === undefined
      ? unlimited.pipe(RateLimits.keepInMemory({ cooldown }))
      : unlimited.pipe(
        RateLimits.keep({ cooldown }),
        Effect.provide(RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreRedis()), Layer.provide(redis)))
      )
  )
}
