/**
 * Tokens shared by every process on one Redis: fetched once for all of them.
 *
 * Two keys for each token, of the layout `v1`: `{prefix}:v1:{token key}:token` holds JSON with the value and both of
 * its times (some 700 bytes at most) and ends with the token; `...:lease` is there for five seconds at most, while one
 * process fetches. Both lie in one hash slot. The braces around the token key are part of it, as in
 * `wecom:v1:{app:ww1234567890abcdef:0f6a4a0e8a7b1c2d}:token`.
 *
 * The names of keys tell kinds, corps and suites, and a digest that says nothing of the secret: that is what `INFO`,
 * `KEYS` and the names in logs of commands show. The token itself is stored in clear: who may read keys, `MONITOR` or
 * `SLOWLOG` sees it, so guard the Redis as you guard the secret. Nothing of it is in this library's logs, spans or errors.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redis from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { codeOf } from "../internal/store/redisFailure.ts"
import { type Token, TokenStore, TokenStoreError } from "./TokenStore.ts"

/** Where the keys lie. */
export interface Options {
  /** Default: `wecom`. */
  readonly prefix?: string | undefined
}

/**
 * A `TokenStore` over `Redis.Redis`. A Redis that is down, slow or returns garbage costs a call at most 250 ms for each
 * operation: `TokenCache` then fetches alone, warns once, and shares again as soon as Redis answers.
 */
export const layer = (options: Options = {}): Layer.Layer<TokenStore, never, Redis.Redis> =>
  Layer.effect(TokenStore, Effect.map(Redis.Redis, (redis) => make(redis, options.prefix ?? "wecom")))

const Stored = Schema.fromJsonString(Schema.Struct({ v: Schema.String, o: Schema.Number, e: Schema.Number }))
const decodeStored = Schema.decodeUnknownOption(Stored)
const encodeStored = Schema.encodeSync(Stored)

const make = (redis: Redis.Redis["Service"], prefix: string): TokenStore["Service"] => {
  const keyOf = (key: string, what: "token" | "lease"): string => `${prefix}:v1:{${key}}:${what}`
  const decode = (text: unknown): Option.Option<Token> =>
    Option.map(decodeStored(text), ({ e, o, v }) => ({ value: Redacted.make(v), obtainedAt: o, expiresAt: e }))
  const failed = (operation: string) => (error: Redis.RedisError) =>
    new TokenStoreError({ operation, description: codeOf(error.cause) })

  return TokenStore.of({
    get: (key) =>
      redis.send<string | null>("GET", keyOf(key, "token")).pipe(
        Effect.mapError(failed("get")),
        Effect.flatMap((text): Effect.Effect<Option.Option<Token>, TokenStoreError> => {
          if (text === null) return Effect.succeedNone
          const token = decode(text)
          return Option.isSome(token)
            ? Effect.succeed(token)
            : Effect.fail(new TokenStoreError({ operation: "get", description: "the stored token is garbage" }))
        })
      ),
    set: (key, token, replacing) =>
      Effect.gen(function*() {
        const now = yield* Clock.currentTimeMillis
        const life = Math.max(Math.ceil(token.expiresAt - now), 1)
        const text = encodeStored({ v: Redacted.value(token.value), o: token.obtainedAt, e: token.expiresAt })
        const stale = Option.match(replacing, { onNone: () => "", onSome: Redacted.value })
        const kept = yield* redis.eval(compareAndSet)(keyOf(key, "token"), text, stale, life)
        return kept === text ? token : Option.getOrElse(decode(kept), () => token)
      }).pipe(Effect.catchTag("RedisError", (error) => Effect.fail(failed("set")(error)))),
    lease: (key, duration) =>
      Effect.gen(function*() {
        const id = crypto.randomUUID()
        const lease = keyOf(key, "lease")
        // Also when taking it fails or takes too long: the command may still reach Redis later, and must not keep it.
        yield* Effect.addFinalizer(() =>
          Effect.forkDetach(Effect.ignore(redis.eval(compareAndDelete)(lease, id)), { startImmediately: true })
        )
        const taken = yield* redis.send("SET", lease, id, "NX", "PX", `${Duration.toMillis(duration)}`)
        return taken !== null
      }).pipe(Effect.catchTag("RedisError", (error) => Effect.fail(failed("lease")(error))))
  })
}

/** Sets unless another value than the stale one is there; returns what is there then. Garbage is replaced. */
const compareAndSet = Redis.script(
  (key: string, token: string, stale: string, life: number) => [key, token, stale, life],
  {
    numberOfKeys: 1,
    lua: `
      local current = redis.pcall("GET", KEYS[1])
      if type(current) == "string" then
        local readable, stored = pcall(cjson.decode, current)
        if readable and type(stored) == "table" and type(stored.v) == "string" and stored.v ~= ARGV[2] then
          return current
        end
      end
      redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[3])
      return ARGV[1]`
  }
).withReturnType<string>()

const compareAndDelete = Redis.script((key: string, id: string) => [key, id], {
  numberOfKeys: 1,
  lua: `
    if redis.call("GET", KEYS[1]) == ARGV[1] then
      return redis.call("DEL", KEYS[1])
    end
    return 0`
}).withReturnType<number>()
