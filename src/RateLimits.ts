/**
 * The vendor's documented limits, kept before the vendor has to: by this process alone, or by all that share a store.
 *
 * @example
 * ```ts
 * WeComClient.layerConfig().pipe(
 *   Layer.provide(RateLimits.layer()),
 *   Layer.provide(RateLimiter.layer),
 *   Layer.provide(RateLimiter.layerStoreRedis({ prefix: "wecom:limits:" })) // or RateLimiter.layerStoreMemory
 * )
 * ```
 *
 * @see https://developer.work.weixin.qq.com/document/path/90312
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Hex from "effect/encoding/Hex"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as RateLimiter from "effect/persistence/RateLimiter"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as ErrorCode from "./ErrorCode.ts"
import { type Attempt, type AttemptMiddleware, AttemptMiddlewares } from "./WeComClient.ts"
import * as WeComError from "./WeComError.ts"

/** One limit: so many in any window of that length, whenever it begins. */
export interface Limit {
  /** Names the limit in metrics and in the store. */
  readonly name: string
  readonly limit: number
  readonly window: Duration.Input
  /**
   * Whose count an attempt adds to, and how much: nothing for an attempt that the limit does not concern. A key that
   * is `Redacted` is stored as a digest.
   */
  readonly keys: (attempt: Attempt) => ReadonlyArray<Key>
}

/** A count that an attempt adds to. */
export interface Key {
  readonly key: string | Redacted.Redacted
  /** 1 where not said. */
  readonly tokens?: number | undefined
}

/** How limits are kept. */
export interface Options {
  /** The documented limits where not said: {@link defaults}. */
  readonly limits?: ReadonlyArray<Limit> | undefined
  /**
   * What happens to an attempt above a limit: `delay` (the default) waits for its turn, within the call's deadline;
   * `fail` fails it with `RateLimited`.
   */
  readonly onExceeded?: "delay" | "fail" | undefined
  /** How long a 45009 of the vendor closes its endpoint for all that share the store: 60 seconds, the shortest window. */
  readonly cooldown?: Duration.Input | undefined
}

/** How long attempts were held back, by `limit`. */
export const delays = Metric.timer("wecom_limiter_delay")

/** Attempts that were refused here, before the vendor would have, by `limit`. */
export const refusals = Metric.counter("wecom_limiter_refusals_total", { incremental: true })

const corpOf = ({ app }: Attempt): string | undefined => app?.corpId

const perCorp = (name: string, limit: number, window: Duration.Input, paths?: ReadonlyArray<string>): Limit => ({
  name,
  limit,
  window,
  keys: (attempt) => {
    const corp = corpOf(attempt)
    const { path } = attempt.endpoint
    const concerned = paths === undefined ? !messaging.has(path) : paths.includes(path)
    return corp === undefined || !concerned ? [] : [{ key: paths === undefined ? `${corp}:${path}` : corp }]
  }
})

const perAddress = (name: string, limit: number, window: Duration.Input): Limit => ({
  name,
  limit,
  window,
  keys: ({ endpoint }) => messaging.has(endpoint.path) ? [] : [{ key: endpoint.path }]
})

/** Messages do not count towards the base limits. */
const messaging = new Set(["/cgi-bin/message/send", "/cgi-bin/webhook/send", "/cgi-bin/auth/getuserinfo"])

const perMember = (name: string, limit: number, window: Duration.Input): Limit => ({
  name,
  limit,
  window,
  keys: ({ app, endpoint, input }) =>
    endpoint.path === "/cgi-bin/message/send" && app !== undefined && Predicate.hasProperty(input, "touser") &&
      Array.isArray(input.touser)
      ? input.touser.filter((user) => user !== "@all").map((user) => ({
        key: `${app.corpId}:${app.agentId ?? ""}:${String(user).toLowerCase()}`
      }))
      : []
})

/** 群机器人: 20 messages a minute for each robot. */
export const robot: Limit = {
  name: "robot",
  limit: 20,
  window: "1 minute",
  keys: ({ endpoint, input }) =>
    endpoint.path === "/cgi-bin/webhook/send" && Predicate.hasProperty(input, "key")
      ? [{ key: Redacted.isRedacted(input.key) ? Redacted.make(String(Redacted.value(input.key))) : String(input.key) }]
      : []
}

/** The documented limits: 全局频率限制. */
export const defaults: ReadonlyArray<Limit> = [
  perCorp("corp-minute", 10_000, "1 minute"),
  perCorp("corp-hour", 150_000, "1 hour"),
  perAddress("address-minute", 20_000, "1 minute"),
  perAddress("address-hour", 600_000, "1 hour"),
  perMember("member-minute", 30, "1 minute"),
  perMember("member-hour", 1000, "1 hour"),
  robot,
  perCorp("chat-create", 1000, "1 day", ["/cgi-bin/appchat/create"]),
  perCorp("chat-update", 1000, "1 hour", ["/cgi-bin/appchat/update"]),
  perCorp("jsapi-corp", 400, "1 hour", ["/cgi-bin/get_jsapi_ticket", "/cgi-bin/ticket/get"]),
  perCorp("approval-data", 600, "1 minute", ["/cgi-bin/oa/getapprovaldata", "/cgi-bin/corp/getapprovaldata"]),
  perCorp("checkin-data", 600, "1 minute", ["/cgi-bin/checkin/getcheckindata"])
]

/**
 * Keeps limits around every attempt of the clients it is provided to. A store that fails holds nothing back.
 *
 * A limit holds in any window, whenever it begins: a quarter of it may come at once, the rest at an even pace.
 */
export const layer = (options: Options = {}): Layer.Layer<never, never, RateLimiter.RateLimiter> =>
  Layer.effect(
    AttemptMiddlewares,
    Effect.gen(function*() {
      const outer = yield* AttemptMiddlewares
      return [make(yield* RateLimiter.RateLimiter, options), ...outer]
    })
  )

const storeBudget = Duration.millis(250)

const make = (limiter: RateLimiter.RateLimiter, options: Options): AttemptMiddleware => {
  const limits = (options.limits ?? defaults).map(pace)
  const onExceeded = options.onExceeded ?? "delay"
  const cooldown = Duration.fromInputUnsafe(options.cooldown ?? "1 minute")
  const digests = new Map<string, string>()

  const nameOf = (key: string | Redacted.Redacted): Effect.Effect<string> => {
    if (typeof key === "string") return Effect.succeed(key)
    const secret = Redacted.value(key)
    const known = digests.get(secret)
    if (known !== undefined) return Effect.succeed(known)
    return Effect.map(
      Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret))),
      (digest) => {
        const name = Hex.encode(new Uint8Array(digest, 0, 8))
        digests.set(secret, name)
        return name
      }
    )
  }

  /** How long to wait, or which limit refuses. A store that fails or is slow holds nothing back. */
  const held = <A>(consume: Effect.Effect<A, RateLimiter.RateLimiterError>, free: A) =>
    consume.pipe(
      Effect.timeoutOption(storeBudget),
      Effect.map((option) => option._tag === "Some" ? option.value : free),
      Effect.catchIf(
        ({ reason }) => reason._tag === "RateLimitStoreError",
        () => Effect.as(Metric.update(storeFailures, 1), free)
      )
    )

  const refuse = (attempt: Attempt, name: string, again: Duration.Duration) =>
    Metric.update(Metric.withAttributes(refusals, { limit: name }), 1).pipe(
      Effect.andThen(Effect.fail(
        new WeComError.WeComError({
          endpoint: attempt.endpoint.name,
          reason: new WeComError.RateLimited({
            errcode: 45009,
            errmsg: `held back here by the limit ${name}; again in ${Duration.format(again)}`,
            helpLink: ErrorCode.helpLink(45009)
          })
        })
      ))
    )

  return (attempt, run) => {
    const concerned = limits.flatMap((limit) =>
      limit.keys(attempt).map(({ key, tokens }) => ({ limit, key, tokens: tokens ?? 1 }))
    )
    const window = { fallbackLimit: 1, fallbackWindow: cooldown, tokens: 1 }
    const door = `closed:${corpOf(attempt) ?? ""}:${attempt.endpoint.path}`
    return Effect.gen(function*() {
      const gate = yield* held(limiter.adaptiveConsume({ key: door, ...window }), open).pipe(
        Effect.catch(() => Effect.succeed(open))
      )
      if (!Duration.isZero(gate.delay) && onExceeded === "fail") return yield* refuse(attempt, closed, gate.delay)
      const waits = yield* Effect.forEach(
        concerned,
        ({ key, limit, tokens }) =>
          Effect.flatMap(nameOf(key), (name) =>
            held(
              limiter.consume({
                algorithm: "token-bucket",
                key: `${limit.name}:${name}`,
                limit: limit.burst,
                window: limit.refill,
                onExceeded,
                tokens
              }),
              free
            )).pipe(
              Effect.map(({ delay }) => ({ limit: limit.name, delay })),
              Effect.catch(({ reason }) =>
                refuse(attempt, limit.name, reason._tag === "RateLimitExceeded" ? reason.retryAfter : Duration.zero)
              )
            ),
        { concurrency: 16 }
      )
      const longest = [{ limit: closed, delay: gate.delay }, ...waits]
        .reduce((a, b) => Duration.isGreaterThan(b.delay, a.delay) ? b : a)
      if (!Duration.isZero(longest.delay)) {
        yield* Metric.update(Metric.withAttributes(delays, { limit: longest.limit }), longest.delay)
        yield* Effect.sleep(longest.delay)
      }
      return yield* Effect.tapError(run, (error) =>
        error.reason._tag === "RateLimited"
          ? held(
            limiter.adaptiveFeedback({
              key: door,
              epoch: gate.epoch,
              tokens: 1,
              status: 429,
              retryAfter: cooldown
            }),
            undefined
          ).pipe(Effect.ignore)
          : Effect.void)
    })
  }
}

/** Store operations that failed: attempts were then let through. */
export const storeFailures = Metric.counter("wecom_limiter_store_failures_total", { incremental: true })

/** The name of the limit that the vendor itself has drawn. */
const closed = "closed-by-45009"

const open = { delay: Duration.zero, epoch: 0, phase: "inactive" as RateLimiter.AdaptivePhase }
const free = { delay: Duration.zero, limit: 0, remaining: 0, resetAfter: Duration.zero }

interface Paced extends Limit {
  readonly burst: number
  readonly refill: Duration.Duration
}

/**
 * A bucket of `burst` tokens that refills by the rest of the limit in a window: no window, whenever it begins, sees more
 * than both together. A hundredth is left for clocks and networks that are not even.
 */
const pace = (limit: Limit): Paced => {
  const burst = Math.max(1, Math.floor(limit.limit / 4))
  const interval = Duration.toMillis(limit.window) / Math.max(1, limit.limit - burst) * 1.01
  return { ...limit, burst, refill: Duration.millis(interval * burst) }
}
