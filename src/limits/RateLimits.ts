/**
 * WeCom's documented limits, kept before WeCom has to: by this process alone, or by all that share a store.
 *
 * Put around the layer that makes a client; nothing changes for callers. Tokens, and what `TokenCache` fetches, are not
 * counted.
 *
 * @example
 * ```ts
 * WeComClient.layerConfig().pipe(
 *   RateLimits.keep(), // or RateLimits.keepInMemory() for one process, and nothing below
 *   Layer.provide(RateLimiter.layer),
 *   Layer.provide(RateLimiter.layerStoreRedis({ prefix: "wecom:limits:" }))
 * )
 * ```
 *
 * @see https://developer.work.weixin.qq.com/document/path/90312
 */
import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Hex from "effect/encoding/Hex"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as RateLimiter from "effect/persistence/RateLimiter"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Semaphore from "effect/Semaphore"
import * as ErrorCode from "../ErrorCode.ts"
import * as Middlewares from "../internal/kernel/middlewares.ts"
import { codeOf } from "../internal/store/redisFailure.ts"
import { withinBudget } from "../internal/store/storeBudget.ts"
import { agentOf, defaults, messageSend } from "./documentedLimits.ts"
import type { Limit } from "./limit.ts"
import { layer as memory } from "./limiterMemory.ts"

export { defaults, type Documented, documented, robot, smartRobot } from "./documentedLimits.ts"
export type { Key, Limit } from "./limit.ts"
import type { Around, Attempt, AttemptMiddleware, WeComClient } from "../WeComClient.ts"
import { RateLimited, WeComError } from "../WeComError.ts"

/** How limits are kept. */
export interface Options {
  /** Default: {@link defaults}. */
  readonly limits?: ReadonlyArray<Limit> | undefined
  /**
   * What happens to an attempt above a limit: `delay` (the default) waits for its turn, behind those of this process who
   * came before, where that is within the call's deadline; otherwise, and with `fail` always, it fails with
   * `RateLimited` at once.
   */
  readonly onExceeded?: "delay" | "fail" | undefined
  /**
   * How long a 45009 of WeCom (2023032 of a smart sheet) closes an endpoint, to that corp or robot, for all that
   * share the store: 60 seconds, for which WeCom itself refuses who exceeded a limit of a minute. At most an hour.
   */
  readonly cooldown?: Duration.Input | undefined
}

/** How long attempts were held back, by `limit`. */
export const delays = Metric.timer("wecom_limiter_delay", {
  description: "How long attempts were held back to stay inside a limit"
})

/** Attempts that were refused here, before WeCom would have, by `limit`. */
export const refusals = Metric.counter("wecom_limiter_refusals_total", {
  description: "Attempts that were refused to stay inside a limit",
  incremental: true
})

/** Closings of an endpoint after WeCom said 45009, by `endpoint`. */
export const closings = Metric.counter("wecom_limiter_closings_total", {
  description: "Endpoints closed because WeCom returned 45009",
  incremental: true
})

/** Operations of the shared store that failed or took longer than a second: this process then counts alone. */
export const storeFailures = Metric.counter("wecom_limiter_store_failures_total", {
  description: "Operations of the limits' store that failed or came too late",
  incremental: true
})

const built = (options: Options): Layer.Layer<never, never, RateLimiter.RateLimiter> =>
  Layer.effect(
    Middlewares.limiters,
    Effect.gen(function*() {
      const others = yield* Middlewares.limiters
      const shared = yield* RateLimiter.RateLimiter
      const alone = yield* Effect.provide(RateLimiter.RateLimiter, memory)
      return [make(shared, alone, options), ...others]
    })
  )

/**
 * Keeps limits around every attempt of the clients (and robots) that a layer or an effect makes, for all that share the
 * limiter's store. Made once and applied to several clients, they wait in one queue.
 *
 * Applied to a layer whose client is made elsewhere, which it would not reach, it does not type-check.
 *
 * A store that fails, or takes longer than a second, fails no call: this process then counts alone, warns once, and asks
 * the store again with one call each second.
 */
export const keep = (options: Options = {}): Around<WeComClient, RateLimiter.RateLimiter> =>
  Middlewares.around(built(options))

/** The same within this process, which forgets a count as soon as it says nothing any more. */
export const keepInMemory = (options: Options = {}): Around<WeComClient> =>
  Middlewares.around(Layer.provide(built(options), memory))

/** A count that an attempt adds to, and how it is kept. */
interface Count {
  /** In braces: all that a Redis keeps of it lies in one hash slot. */
  readonly id: string
  readonly limit: Paced
  readonly tokens: number
}

/** Whatever holds an attempt back. */
interface Held {
  readonly id: string
  /** The limit's name. */
  readonly limit: string
  /** In how many milliseconds it may be tried again. */
  readonly again: number
  /** How many milliseconds each of those who wait takes at least. */
  readonly pace: number
}

/** What trying came to: not held, it may go, and tells its epoch should WeCom refuse it. */
interface Tried {
  readonly held: Held | undefined
  readonly epoch: number
}

/** Those who wait for one count, in the order of coming. */
interface Queue {
  readonly turn: Semaphore.Semaphore
  waiting: number
}

const make = (shared: RateLimiter.RateLimiter, alone: RateLimiter.RateLimiter, options: Options): AttemptMiddleware => {
  const limits = (options.limits ?? defaults).map(pace)
  const onExceeded = options.onExceeded ?? "delay"
  const cooldown = Duration.fromInputUnsafe(options.cooldown ?? "1 minute")
  const digests = new WeakMap<Redacted.Redacted, string>()
  const queues = new Map<string, Queue>()
  /** Until when doors are known to be closed. */
  const shut = new Map<string, number>()
  let aloneUntil = -Infinity
  let failedAt = -Infinity

  const nameOf = (key: string | Redacted.Redacted): string => {
    if (typeof key === "string") return key
    let name = digests.get(key)
    if (name === undefined) digests.set(key, name = Hex.encode(sha256(utf8ToBytes(Redacted.value(key))).subarray(0, 8)))
    return name
  }

  const countsOf = (attempt: Attempt): ReadonlyArray<Count> =>
    limits.flatMap((limit) =>
      limit.keys(attempt).map(({ key, tokens = 1 }) => ({
        id: `{${limit.name}:${nameOf(key)}}`,
        limit,
        tokens: Math.min(tokens, limit.burst)
      }))
    )

  /** Names what a 45009 closes: an endpoint, to a corp, an app that sends messages, or the owner of a key. */
  const doorOf = (attempt: Attempt): Effect.Effect<string> => {
    const { app, endpoint, input } = attempt
    const key = app === undefined && Predicate.isObject(input)
      ? Object.values(input).find(Redacted.isRedacted)
      : undefined
    const name = key === undefined
      ? `${app?.corpId ?? (app?._tag === "Suite" ? app.suiteId : "")}${
        endpoint.path === messageSend ? agentOf(attempt) : ""
      }`
      : nameOf(key as Redacted.Redacted) // keys are text
    const id = (name: string) => `{${closed}:${name}:${endpoint.path}}`
    return typeof name === "string" ? Effect.succeed(id(name)) : Effect.map(name, id)
  }

  /** A limiter's answer, from the store or, while that fails, from this process alone: one attempt a second asks again. */
  const asking = <A>(ask: (limiter: RateLimiter.RateLimiter) => Effect.Effect<A, RateLimiter.RateLimiterError>) =>
    Effect.clockWith((clock): Effect.Effect<A> => {
      const now = clock.currentTimeMillisUnsafe()
      const byMyself = Effect.orDie(ask(alone)) // the memory of this process does not fail
      if (now < aloneUntil) return byMyself
      const probing = aloneUntil !== -Infinity
      if (probing) aloneUntil = now + breather
      return Effect.matchEffect(inTime(ask(shared)), {
        onSuccess: (answer) => {
          if (probing) aloneUntil = -Infinity
          return Effect.succeed(answer)
        },
        onFailure: (error) => {
          const now = clock.currentTimeMillisUnsafe()
          const first = now - failedAt > quiet
          failedAt = now
          aloneUntil = now + breather
          return Metric.update(storeFailures, 1).pipe(
            Effect.andThen(
              first
                ? Effect.logWarning(
                  `${causeOf(error)}; limits are kept by this process alone until their store answers`
                )
                : Effect.void
            ),
            Effect.andThen(byMyself)
          )
        }
      })
    })

  const takeOne = (limiter: RateLimiter.RateLimiter, { id, limit, tokens }: Count) =>
    Effect.matchEffect(
      limiter.consume({
        algorithm: "token-bucket",
        key: id,
        limit: limit.burst,
        window: limit.refill,
        onExceeded: "fail",
        tokens
      }),
      {
        onSuccess: () => Effect.undefined,
        onFailure: (error) =>
          error.reason._tag === "RateLimitExceeded"
            ? Effect.succeed(
              heldBy({ id, limit, tokens }, Math.max(1, Math.ceil(Duration.toMillis(error.reason.retryAfter))))
            )
            : Effect.fail(error)
      }
    )

  const look = (limiter: RateLimiter.RateLimiter, door: string) =>
    // Without tokens the store never learns a limit of its own: it only opens and closes.
    Effect.clockWith((clock) =>
      Effect.map(
        limiter.adaptiveConsume({ key: door, tokens: 0, fallbackLimit: 1, fallbackWindow: cooldown }),
        ({ delay, epoch }): Tried => {
          if (Duration.isZero(delay)) return { epoch, held: undefined }
          const now = clock.currentTimeMillisUnsafe()
          const again = Math.ceil(Duration.toMillis(delay))
          if (shut.size > 1000) { for (const [door, until] of shut) if (until <= now) shut.delete(door) }
          shut.set(door, now + again)
          return { epoch, held: closedFor(door, again) }
        }
      )
    )

  /** Takes from every count, or from none: what held it back the last time comes first. */
  const take = (door: string, counts: ReadonlyArray<Count>, last?: string): Effect.Effect<Tried> =>
    asking((limiter) => {
      const first = last === undefined ? undefined : counts.find(({ id }) => id === last)
      const others = first === undefined ? counts : counts.filter((count) => count !== first)
      const rest = Effect.gen(function*() {
        const [tried, ...helds] = yield* Effect.all(
          [look(limiter, door), ...others.map((count) => takeOne(limiter, count))],
          { concurrency: "unbounded" }
        )
        const held = helds.reduce(
          (a, b) => a === undefined || (b !== undefined && b.again > a.again) ? b : a,
          tried.held
        )
        if (held === undefined) return tried
        const taken = others.filter((_, index) => helds[index] === undefined)
        yield* giveBack(limiter, first === undefined ? taken : [first, ...taken])
        return { ...tried, held }
      })
      if (last === undefined || counts.length === 0) return rest
      return Effect.flatMap(
        first === undefined
          ? Effect.map(look(limiter, door), ({ held }) => held)
          : takeOne(limiter, first),
        (held) => held === undefined ? rest : Effect.succeed({ held, epoch: unknown })
      )
    })

  const giveBack = (limiter: RateLimiter.RateLimiter, counts: ReadonlyArray<Count>) =>
    Effect.forEach(counts, ({ id, limit, tokens }) =>
      limiter.consume({
        algorithm: "token-bucket",
        key: id,
        limit: limit.burst,
        window: limit.refill,
        onExceeded: "delay",
        tokens: -tokens
      }), { concurrency: "unbounded", discard: true })

  const refuse = (attempt: Attempt, limit: string, again: number): Effect.Effect<never, WeComError> =>
    Effect.andThen(
      Metric.update(Metric.withAttributes(refusals, { limit }), 1),
      Effect.fail(
        new WeComError({
          endpoint: attempt.endpoint.name,
          reason: new RateLimited({
            errcode: 45009,
            errmsg: limit === closed
              ? `not sent: WeCom has closed the endpoint; again in ${inWords(again)}`
              : `not sent, to stay inside the limit ${limit}; again in ${inWords(again)}`,
            helpLink: ErrorCode.helpLink(45009),
            retryAfter: Duration.millis(again)
          })
        })
      )
    )

  /** Waits behind those who came before, and refuses as soon as it is clear that its time will not do. */
  const wait = (attempt: Attempt, door: string, counts: ReadonlyArray<Count>, first: Held) =>
    Effect.gen(function*() {
      const clock = yield* Clock.Clock
      const began = clock.currentTimeMillisUnsafe()
      const left = () => (attempt.endsAt ?? Infinity) - clock.currentTimeMillisUnsafe()
      let held = first
      const turn = Effect.gen(function*() {
        while (true) {
          const tried = yield* take(door, counts, held.id)
          if (tried.held?.id !== held.id) return tried
          held = tried.held
          if (held.again >= left()) return yield* refuse(attempt, held.limit, held.again)
          yield* Effect.sleep(held.again)
        }
      })
      while (true) {
        const { id, limit, pace } = held
        const queue = queues.get(id) ?? { turn: Semaphore.makeUnsafe(1), waiting: 0 }
        const again = Math.max(held.again, (queue.waiting - 1) * pace)
        if (again >= left()) return yield* refuse(attempt, limit, again)
        queues.set(id, queue)
        queue.waiting++
        const since = clock.currentTimeMillisUnsafe()
        const turned = queue.turn.withPermit(turn)
        const tried = yield* (left() === Infinity ? turned : Effect.timeoutOrElse(turned, {
          // Before the call itself ends, whose error would not say why.
          duration: left() - 1,
          orElse: () => refuse(attempt, limit, pace)
        })).pipe(
          Effect.ensuring(Effect.suspend(() => {
            if (--queue.waiting === 0) queues.delete(id)
            const waited = Duration.millis(clock.currentTimeMillisUnsafe() - since)
            return Metric.update(Metric.withAttributes(delays, { limit }), waited)
          }))
        )
        if (tried.held === undefined) {
          yield* Effect.annotateCurrentSpan("wecom.limiter.delay", clock.currentTimeMillisUnsafe() - began)
          return tried
        }
        held = tried.held
      }
    })

  /** What is known to hold an attempt back, without asking the store. */
  const known = (door: string, counts: ReadonlyArray<Count>, now: number): Held | undefined => {
    const until = shut.get(door)
    if (until !== undefined && until > now) return closedFor(door, until - now)
    shut.delete(door)
    if (queues.size === 0) return undefined
    if (queues.has(door)) return closedFor(door, 0)
    const queued = counts.find(({ id }) => queues.has(id))
    return queued && heldBy(queued, 0)
  }

  /** Passes all limits, or fails. */
  const pass = (attempt: Attempt, door: string, counts: ReadonlyArray<Count>) => {
    const or = onExceeded === "fail"
      ? ({ again, limit }: Held) => refuse(attempt, limit, again)
      : (held: Held) => wait(attempt, door, counts, held)
    return Effect.clockWith((clock) => {
      const held = known(door, counts, clock.currentTimeMillisUnsafe())
      return held === undefined
        ? Effect.flatMap(
          take(door, counts),
          (tried) => tried.held === undefined ? Effect.succeed(tried) : or(tried.held)
        )
        : or(held)
    })
  }

  const close = (attempt: Attempt, door: string, epoch: number) =>
    Effect.andThen(
      Metric.update(Metric.withAttributes(closings, { endpoint: attempt.endpoint.name }), 1),
      asking((limiter) => limiter.adaptiveFeedback({ key: door, epoch, tokens: 0, status: 429, retryAfter: cooldown }))
    )

  return (attempt, run) =>
    Effect.flatMap(
      doorOf(attempt),
      (door) =>
        Effect.flatMap(pass(attempt, door, countsOf(attempt)), ({ epoch }) =>
          Effect.tapError(run, (error) =>
            error.errcode !== undefined && closing.has(error.errcode)
              ? close(attempt, door, epoch)
              : Effect.void))
    )
}

const inTime = withinBudget("1 second")

/** What failed, with the code of a Redis that refuses. */
const causeOf = (error: RateLimiter.RateLimiterError | { readonly message: string }): string => {
  let cause = error instanceof RateLimiter.RateLimiterError && error.reason._tag === "RateLimitStoreError"
    ? error.reason.cause
    : undefined
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  return cause === undefined ? error.message : `${error.message}: ${codeOf(cause)}`
}

/** How long this process counts alone after the store has failed. */
const breather = 1000

/** A store that fails again within this many milliseconds has not recovered, and is not warned of again. */
const quiet = 60_000

/** The name of the limit that WeCom itself has drawn. */
const closed = "closed-by-wecom"

/** 接口调用超过限制, and its like for records of smart sheets. */
const closing = new Set([45009, 2023032])

const inWords = (millis: number): string =>
  Duration.format(millis < 1000 ? Duration.millis(millis) : Duration.seconds(Math.ceil(millis / 1000)))

/** No epoch that a store gives. */
const unknown = -1

const closedFor = (door: string, again: number): Held => ({ id: door, limit: closed, again, pace: 0 })

const heldBy = ({ id, limit }: Count, again: number): Held => ({
  id,
  limit: limit.name,
  again,
  pace: limit.interval
})

interface Paced extends Limit {
  readonly burst: number
  /** How long it takes until one token is back, in milliseconds. */
  readonly interval: number
  /** How long it takes until the whole burst is. */
  readonly refill: Duration.Duration
}

/**
 * A bucket of `burst` tokens that refills by the rest of the limit in a window: no window, whenever it begins, sees more
 * than both together.
 */
const pace = (limit: Limit): Paced => {
  const window = Duration.toMillis(limit.window)
  const share = window >= Duration.toMillis("1 day") ? 2 : 4
  const most = Math.floor(limit.limit)
  if (!(most >= 1)) throw new RangeError(`the limit ${limit.name} lets nothing through: 1 is the least`)
  const burst = Math.max(1, Math.min(Math.floor(limit.burst ?? most / share), most))
  const interval = window / Math.max(1, most - burst) * 1.01
  return { ...limit, burst, interval, refill: Duration.millis(interval * burst) }
}
