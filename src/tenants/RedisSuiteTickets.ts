/**
 * Suite tickets on Redis: pushed to one process, there for all of them, also after a restart.
 *
 * One key for each suite, of the layout `v1`: `{prefix}:v1:{suite id}:suite_ticket` holds JSON with the ticket and its
 * time, and ends with it. The ticket is stored in clear, so guard the Redis as you guard the suite's secret.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redis from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { onRedis } from "../internal/store/onRedis.ts"
import { StoreError } from "../StoreError.ts"
import { SuiteTickets } from "./SuiteTickets.ts"

/** Where the keys lie. */
export interface Options {
  /** Default: `wecom`. */
  readonly prefix?: string | undefined
}

/** `SuiteTickets` over `Redis.Redis`. An operation takes at most a second. */
export const layer = (options: Options = {}): Layer.Layer<SuiteTickets, never, Redis.Redis> =>
  Layer.effect(SuiteTickets, Effect.map(Redis.Redis, (redis) => make(redis, options.prefix ?? "wecom")))

const store = "suite tickets"
const Stored = Schema.fromJsonString(Schema.Struct({ v: Schema.String, t: Schema.Number }))
const decode = Schema.decodeUnknownOption(Stored)
const encode = Schema.encodeSync(Stored)

const make = (redis: Redis.Redis["Service"], prefix: string): SuiteTickets["Service"] => {
  const keyOf = (suiteId: string): string => `${prefix}:v1:{${suiteId}}:suite_ticket`
  const life = Duration.toMillis(SuiteTickets.ticketLife)
  return SuiteTickets.of({
    put: ({ pushedAt, suiteId, ticket }) =>
      Effect.gen(function*() {
        const left = Math.ceil(pushedAt + life - (yield* Clock.currentTimeMillis))
        if (left <= 0) return
        const text = encode({ v: Redacted.value(ticket), t: pushedAt })
        yield* redis.eval(setIfNewest)(keyOf(suiteId), text, pushedAt, left)
      }).pipe(onRedis(store, "put")),
    get: (suiteId) =>
      redis.send<string | null>("GET", keyOf(suiteId)).pipe(
        Effect.flatMap((text) => {
          if (text === null) return Effect.succeedNone
          const stored = decode(text)
          return Option.isSome(stored)
            ? Effect.succeedSome(stored.value)
            : Effect.fail(new StoreError({ store, operation: "get", description: "the stored ticket is garbage" }))
        }),
        onRedis(store, "get"),
        Effect.mapError((error) => error.toWeComError("POST /cgi-bin/service/get_suite_token")),
        Effect.flatMap((stored) =>
          Effect.flatMap(Clock.currentTimeMillis, (now) =>
            Option.isSome(stored) && now < stored.value.t + life
              ? Effect.succeed(Redacted.make(stored.value.v))
              : Effect.fail(SuiteTickets.missing(suiteId)))
        )
      )
  })
}

/** Sets unless a newer one is there. Garbage is replaced. */
const setIfNewest = Redis.script(
  (key: string, text: string, pushedAt: number, life: number) => [key, text, pushedAt, life],
  {
    numberOfKeys: 1,
    lua: `
      local current = redis.call("GET", KEYS[1])
      if current then
        local readable, stored = pcall(cjson.decode, current)
        if readable and type(stored) == "table" and type(stored.t) == "number" and stored.t > tonumber(ARGV[2]) then
          return 0
        end
      end
      redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[3])
      return 1`
  }
).withReturnType<number>()
