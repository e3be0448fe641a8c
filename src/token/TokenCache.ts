/**
 * The tokens and tickets of every app in the process: fetched once under any number of callers, renewed ahead of
 * their end, thrown away only when they are still the ones that were refused.
 */
import * as Cache from "effect/Cache"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Agenda from "../internal/store/agenda.ts"
import { withinBudget } from "../internal/store/storeBudget.ts"
import { CredentialRejected, PermissionDenied, RateLimited, ResponseInvalid, WeComError } from "../WeComError.ts"
import { type Token, TokenStore, type TokenStoreError } from "./TokenStore.ts"

/** What WeCom returns when a token is fetched. */
export interface Fetched {
  readonly value: Redacted.Redacted
  /** Its life in seconds as WeCom says it; the documented 7,200 when it says nothing. */
  readonly expiresIn: number | undefined
}

/** Where a token comes from. */
export interface TokenSource {
  /** Names the token among all tenants, apps and kinds, without telling it. */
  readonly key: string
  readonly fetch: Effect.Effect<Fetched, WeComError>
}

/**
 * The tokens of the process.
 *
 * One flight per key, whatever the number of callers. A token is renewed before its end by one fiber for all keys,
 * which backs off when renewal fails while the good token is still served; a key that nobody used for one
 * token life lapses. Closing the scope ends all of it.
 *
 * A secret that was refused (40001 and its like) and a 45009 are remembered, for a minute at first and ten at last, and
 * calls fail with them meanwhile: WeCom bans the address of a caller who continues asking. A secret that is put right is another
 * key, which is asked for at once. Other refusals, as of the ticket of a suite, are remembered for five seconds.
 */
export class TokenCache extends Context.Service<TokenCache, {
  /** The token of a source, fetched when there is none. */
  readonly get: (source: TokenSource) => Effect.Effect<Redacted.Redacted, WeComError>
  /** Throws away a token that WeCom refused, unless another one has taken its place already. */
  readonly invalidate: (source: TokenSource, refused: Redacted.Redacted) => Effect.Effect<void>
  /** How many keys are held, used or lapsing. */
  readonly size: Effect.Effect<number>
}>()("effect-wecom/TokenCache") {
  /** Over whatever {@link TokenStore} is given. */
  static readonly layer: Layer.Layer<TokenCache, never, TokenStore> = Layer.effect(this, Effect.suspend(() => make))

  /** Within this process. */
  static readonly layerMemory: Layer.Layer<TokenCache> = Layer.provide(this.layer, TokenStore.layerMemory)

  /** Renewals of tokens ahead of their end, by `outcome`: `renewed`, `adopted` (another process did it) or `failed`. */
  static readonly renewals = Metric.counter("wecom_token_renewals_total", {
    description: "Renewals of tokens ahead of their end",
    incremental: true
  })

  /** Tokens fetched from WeCom. */
  static readonly fetches = Metric.counter("wecom_token_fetches_total", {
    description: "Fetches of tokens from WeCom",
    incremental: true
  })

  /** How long was waited for another process to fetch a token. */
  static readonly lockWaits = Metric.timer("wecom_token_lock_wait", {
    description: "How long was waited for another process to fetch a token"
  })

  /** Store operations that failed or took longer than 250 ms. */
  static readonly storeFailures = Metric.counter("wecom_token_store_failures_total", {
    description: "Operations of the token store that failed or came too late",
    incremental: true
  })
}

/** One key: its source, and what the renewal fiber needs to know. */
interface Entry {
  /** The newest: what a fetch needs besides the secret, such as the ticket of a suite, may have changed. */
  source: TokenSource
  lastUsed: number
  token: Token | undefined
  /** When to renew; `Infinity` while nothing is cached. */
  renewAt: number
  /** When the renewal fiber looks at it next. */
  lookAt: number
  /** The last value that WeCom refused. */
  refused: Redacted.Redacted | undefined
  /** There while renewals fail. */
  backoff: Backoff | undefined
  /** There while WeCom is not to be asked again. */
  hold: Hold | undefined
  /** How often it was fetched here. */
  /** Until when a token that was refused and given again is kept. */
  keepUntil: number
  fetches: number
}

/** A failure that asking again makes worse. */
interface Hold {
  readonly error: WeComError
  readonly reason: RateLimited | CredentialRejected | PermissionDenied
  readonly until: number
  /** How long it was. */
  readonly length: number
}

type Backoff = (now: number, input: unknown) => Effect.Effect<Option.Option<Duration.Duration>>

const defaultLife = 7200_000
/** A shorter life is not believed: a token is served at least so long, so nothing spins on `expires_in` 0 or 1. */
const shortestLife = 60_000
const leaseLife = Duration.seconds(5)
const inTime = withinBudget(Duration.millis(250))
/** A store that fails again within this many milliseconds has not recovered, and is not warned of again. */
const quiet = 60_000
const leasePoll = Duration.millis(50)
/** How long WeCom is not asked again after it has refused a secret, or said that it is asked too often. */
const firstHold = 60_000
const longestHold = 600_000
/** How long after it has refused anything else, such as the ticket of a suite: a new one may come at any time. */
const shortHold = 5_000
/** A renewal that takes longer than this is given up, so that those behind it are not held up. */
const longestRenewal = Duration.seconds(30)

const make = Effect.gen(function*() {
  const store = yield* TokenStore
  const clock = yield* Clock.Clock
  const entries = new Map<string, Entry>()
  let storeFailedAt = -Infinity

  /** A broken store costs at most its budget, and the process continues alone. */
  const orAlone = <A, R>(operation: Effect.Effect<A, TokenStoreError, R>, alone: A): Effect.Effect<A, never, R> =>
    inTime(operation).pipe(
      Effect.catch((error) => {
        const now = clock.currentTimeMillisUnsafe()
        const first = now - storeFailedAt > quiet
        storeFailedAt = now
        return Metric.update(TokenCache.storeFailures, 1).pipe(
          Effect.andThen(
            first
              ? Effect.logWarning(`${error.message}; fetching tokens without sharing them until it answers again`)
              : Effect.void
          ),
          Effect.as(alone)
        )
      })
    )

  const sameValue = (a: Redacted.Redacted | undefined, b: Redacted.Redacted): boolean =>
    a !== undefined && Redacted.value(a) === Redacted.value(b)

  const fetch = (entry: Entry): Effect.Effect<Token, WeComError> =>
    Effect.gen(function*() {
      yield* Metric.update(TokenCache.fetches, 1)
      entry.fetches++
      const { expiresIn, value } = yield* Effect.tapError(entry.source.fetch, (error) =>
        Effect.sync(() => {
          entry.hold = holdAfter(error, entry.hold, clock.currentTimeMillisUnsafe())
        }))
      entry.hold = undefined
      if (Redacted.value(value) === "") return yield* noToken(entry.source.key)
      // WeCom gives the same token while it holds it to be valid, also one that it has just refused.
      if (sameValue(entry.refused, value)) entry.keepUntil = clock.currentTimeMillisUnsafe() + shortHold
      const obtainedAt = clock.currentTimeMillisUnsafe()
      const life = expiresIn === undefined || Number.isNaN(expiresIn) ? defaultLife : expiresIn * 1000
      return { value, obtainedAt, expiresAt: obtainedAt + Math.max(life, shortestLife) }
    })

  /** A token that is not `stale`: the store's, if somebody has put one, or a fresh one. */
  const acquire = (entry: Entry, stale: Redacted.Redacted | undefined): Effect.Effect<Token, WeComError> => {
    const key = entry.source.key
    const shared = Effect.map(
      orAlone(store.get(key), Option.none<Token>()),
      Option.filter((token) => !sameValue(stale, token.value))
    )
    const mint = Effect.gen(function*() {
      const token = yield* fetch(entry)
      return yield* orAlone(store.set(key, token, Option.fromUndefinedOr(stale)), token)
    })
    const attempt: Effect.Effect<Option.Option<Token>, WeComError> = Effect.scoped(Effect.gen(function*() {
      if (!(yield* orAlone(store.lease(key, leaseLife), true))) return Option.none()
      const found = yield* shared
      return Option.isSome(found) ? found : Option.some(yield* mint)
    }))
    const wait = Effect.sleep(leasePoll).pipe(
      Effect.andThen(shared),
      Effect.flatMap((found) => Option.isSome(found) ? Effect.succeed(found) : attempt),
      Effect.repeat({ until: Option.isSome }),
      Effect.flatMap((found) => Option.isSome(found) ? Effect.succeed(found.value) : mint),
      // Nobody may keep a lease longer than its life: after that this process fetches for itself.
      Effect.timeoutOrElse({ duration: Duration.times(leaseLife, 1.2), orElse: () => mint }),
      Effect.trackDuration(TokenCache.lockWaits)
    )
    return Effect.gen(function*() {
      const found = yield* shared
      if (Option.isSome(found)) return found.value
      const mine = yield* attempt
      return Option.isSome(mine) ? mine.value : yield* wait
    })
  }

  const agenda = Agenda.make<Entry>()
  const look = (entry: Entry, at: number): void => {
    if (at >= entry.lookAt) return
    entry.lookAt = at
    agenda.add(at, entry)
  }

  const settle = (entry: Entry, token: Token): Effect.Effect<Token> =>
    Effect.map(Random.next, (random) => {
      const margin = Math.min(300_000, lifeOf(token) / 10) * (1 + 0.2 * random)
      entry.token = token
      entry.renewAt = token.expiresAt - margin
      entry.backoff = undefined
      look(entry, entry.renewAt)
      return token
    })

  const cache = yield* Cache.makeWith(
    (key: string): Effect.Effect<Token, WeComError> => {
      const entry = entries.get(key)
      if (entry === undefined) return Effect.die(new Error("a token key without a source"))
      const { hold } = entry
      const now = clock.currentTimeMillisUnsafe()
      return hold !== undefined && now < hold.until
        ? Effect.fail(held(hold, now))
        : Effect.flatMap(acquire(entry, entry.refused), (token) => settle(entry, token))
    },
    {
      capacity: Number.MAX_SAFE_INTEGER,
      timeToLive: (exit) =>
        Exit.isSuccess(exit) ? Duration.millis(exit.value.expiresAt - clock.currentTimeMillisUnsafe()) : Duration.zero
    }
  )

  const renew = (entry: Entry) => {
    const { fetches } = entry
    return acquire(entry, entry.token?.value).pipe(
      Effect.timeout(longestRenewal),
      Effect.flatMap((token) => settle(entry, token)),
      Effect.flatMap((token) => Cache.set(cache, entry.source.key, token)),
      Effect.andThen(Effect.suspend(() => {
        const outcome = entry.fetches > fetches ? "renewed" : "adopted"
        return Metric.update(Metric.withAttributes(TokenCache.renewals, { outcome }), 1)
      })),
      Effect.catchCause((cause) =>
        Effect.gen(function*() {
          const now = clock.currentTimeMillisUnsafe()
          const first = entry.backoff === undefined
          const backoff = entry.backoff ??= yield* makeBackoff
          const delay = Option.getOrElse(yield* backoff(now, undefined), () => Duration.seconds(30))
          entry.renewAt = Math.max(now + Duration.toMillis(delay), entry.hold?.until ?? 0)
          look(entry, entry.renewAt)
          yield* Metric.update(Metric.withAttributes(TokenCache.renewals, { outcome: "failed" }), 1)
          if (!first) return
          yield* Effect.logWarning("a token could not be renewed; the current one is served until it ends", cause).pipe(
            Effect.annotateLogs("wecom.token", entry.source.key)
          )
        })
      )
    )
  }

  /** Renews a key that is due, lets go of one that nobody uses, and says when to look again. */
  const tend = (entry: Entry): Effect.Effect<void> =>
    Effect.suspend(() => {
      const now = clock.currentTimeMillisUnsafe()
      const { source: { key }, token } = entry
      const life = token === undefined ? defaultLife : lifeOf(token)
      if (now - entry.lastUsed < life) {
        if (entry.renewAt <= now) return renew(entry)
        look(entry, Math.min(entry.renewAt, entry.lastUsed + life))
        return Effect.void
      }
      if (token !== undefined && now < token.expiresAt) {
        look(entry, token.expiresAt)
        return Effect.void
      }
      entries.delete(key)
      return Cache.invalidate(cache, key)
    })

  const sweep = Effect.suspend(() => {
    const now = clock.currentTimeMillisUnsafe()
    const due: Array<Entry> = []
    for (let next = agenda.take(now); next !== undefined; next = agenda.take(now)) {
      if (next.at !== next.item.lookAt) continue // it was looked at earlier than that
      next.item.lookAt = Infinity
      due.push(next.item)
    }
    return Effect.forEach(due, tend, { concurrency: 16, discard: true })
  })

  /** Not more than half a minute, so that a clock that is set forward is noticed. */
  const untilNext = Effect.sync(() => {
    const left = agenda.next() - clock.currentTimeMillisUnsafe()
    return Duration.millis(Math.min(Math.max(left, 1000), 30_000))
  })

  yield* sweep.pipe(
    Effect.schedule(Schedule.forever.pipe(Schedule.modifyDelay(() => untilNext))),
    Effect.forkScoped
  )

  return TokenCache.of({
    get: (source) =>
      Effect.suspend(() => {
        const lastUsed = clock.currentTimeMillisUnsafe()
        const entry = entries.get(source.key)
        if (entry === undefined) {
          const entry: Entry = {
            source,
            lastUsed,
            token: undefined,
            renewAt: Infinity,
            lookAt: Infinity,
            refused: undefined,
            backoff: undefined,
            hold: undefined,
            keepUntil: -Infinity,
            fetches: 0
          }
          entries.set(source.key, entry)
          look(entry, lastUsed + defaultLife)
        } else {
          entry.source = source
          entry.lastUsed = lastUsed
          // It was not renewed because nobody used it.
          if (entry.renewAt <= lastUsed) look(entry, lastUsed)
          // What the cache would answer, without moving the key to the end of its map.
          if (entry.token !== undefined && entry.renewAt !== Infinity && lastUsed < entry.token.expiresAt) {
            return Effect.succeed(entry.token.value)
          }
        }
        return Effect.map(Cache.get(cache, source.key), (token) => token.value)
      }),
    invalidate: (source, refused) =>
      Cache.invalidateWhen(cache, source.key, (token) =>
        sameValue(refused, token.value) &&
        clock.currentTimeMillisUnsafe() >= (entries.get(source.key)?.keepUntil ?? -Infinity)).pipe(
          Effect.map((hit) => {
            const entry = entries.get(source.key)
            if (hit && entry !== undefined) {
              entry.refused = refused
              entry.renewAt = Infinity
            }
          })
        ),
    size: Effect.sync(() => entries.size)
  })
})

/** 1 s, 2 s, 4 s, ... up to 30 s, jittered, without end. */
const makeBackoff: Effect.Effect<Backoff> = Effect.suspend(() =>
  Effect.map(
    Schedule.toStep(
      Schedule.min([Schedule.exponential("1 second"), Schedule.spaced("30 seconds")]).pipe(Schedule.jittered)
    ),
    (step) => (now, input) => Effect.map(Effect.option(step(now, input)), Option.map(([, delay]) => delay))
  )
)

const lifeOf = (token: Token): number => token.expiresAt - token.obtainedAt

/** What is wrong with the credential itself, and stays so: tickets and tokens aside, which come again. */
const wrongCredential = new Set([40001, 40013, 40080, 40083, 40084, 40091])

/** Wrong secrets ban an address for an hour, and who is limited stays so the longer the more he asks. */
const holdAfter = (error: WeComError, last: Hold | undefined, now: number): Hold | undefined => {
  const { reason } = error
  if (reason._tag !== "RateLimited" && reason._tag !== "CredentialRejected" && reason._tag !== "PermissionDenied") {
    return undefined
  }
  const length = reason._tag !== "RateLimited" && !wrongCredential.has(reason.errcode)
    ? shortHold
    : reason._tag === "RateLimited" && reason.retryAfter !== undefined
    ? Duration.toMillis(reason.retryAfter)
    : Math.min(Math.max(firstHold, 2 * (last?.length ?? 0)), longestHold)
  return { error, reason, until: now + length, length }
}

/** An empty text is no token. */
const noToken = (key: string): WeComError =>
  new WeComError({
    endpoint: `token ${key}`,
    reason: new ResponseInvalid({
      status: 200,
      issues: [{ field: "access_token", message: "it is empty" }],
      foreign: false,
      done: false,
      repeatable: false
    })
  })

/** The failure that is remembered, saying so. */
const held = ({ error: { endpoint }, reason, until }: Hold, now: number): WeComError => {
  const retryAfter = Duration.millis(until - now)
  const errmsg = `${reason.errmsg}; WeCom is not asked again for ${Math.ceil((until - now) / 1000)}s`
  return new WeComError({
    endpoint,
    reason: reason._tag === "RateLimited"
      ? new RateLimited({ ...reason, errmsg, retryAfter })
      : reason._tag === "PermissionDenied"
      ? new PermissionDenied({ ...reason, errmsg })
      : new CredentialRejected({ ...reason, errmsg })
  })
}
