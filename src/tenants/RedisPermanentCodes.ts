/**
 * Permanent codes on Redis, for a fleet.
 *
 * One hash for each suite, of the layout `v1`: `{prefix}:v1:{suite id}:permanent_codes` has a field for each corp, JSON
 * with the code and the agent id. A code that is lost can only be recovered if the corp installs again: the Redis must
 * write to disk (`appendonly yes`). Codes are stored in clear, so guard the Redis as you guard your secrets.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redis from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { onRedis } from "../internal/store/onRedis.ts"
import { StoreError } from "../StoreError.ts"
import { PermanentCodes } from "./PermanentCodes.ts"

/** Where the keys lie. */
export interface Options {
  /** Default: `wecom`. */
  readonly prefix?: string | undefined
}

/** `PermanentCodes` over `Redis.Redis`. An operation takes at most a second. */
export const layer = (options: Options = {}): Layer.Layer<PermanentCodes, never, Redis.Redis> =>
  Layer.effect(PermanentCodes, Effect.map(Redis.Redis, (redis) => make(redis, options.prefix ?? "wecom")))

const store = "permanent codes"
const Stored = Schema.fromJsonString(Schema.Struct({ v: Schema.String, a: Schema.optional(Schema.Number) }))
const decode = Schema.decodeUnknownOption(Stored)
const encode = Schema.encodeSync(Stored)

const make = (redis: Redis.Redis["Service"], prefix: string): PermanentCodes["Service"] => {
  const keyOf = (suiteId: string): string => `${prefix}:v1:{${suiteId}}:permanent_codes`
  return PermanentCodes.of({
    get: (suiteId, corpId) =>
      redis.send<string | null>("HGET", keyOf(suiteId), corpId).pipe(
        Effect.flatMap((text) => {
          if (text === null) return Effect.succeedNone
          const stored = decode(text)
          return Option.isSome(stored)
            ? Effect.succeedSome({ code: Redacted.make(stored.value.v), agentId: stored.value.a })
            : Effect.fail(new StoreError({ store, operation: "get", description: "the stored code is garbage" }))
        }),
        onRedis(store, "get")
      ),
    put: (suiteId, corpId, { agentId, code }) =>
      redis.send("HSET", keyOf(suiteId), corpId, encode({ v: Redacted.value(code), a: agentId })).pipe(
        onRedis(store, "put"),
        Effect.asVoid
      ),
    remove: (suiteId, corpId) =>
      redis.send("HDEL", keyOf(suiteId), corpId).pipe(onRedis(store, "remove"), Effect.asVoid)
  })
}
