/**
 * Events of an inbox on Redis 7, for those who have no database.
 *
 * Keys of the layout `v2`, all in one slot, `{prefix:v2:name}:` before each: `event:<id>` is an event that waits,
 * `queue:<order>` the ids of an order's events, `orders:<shard>` the orders of a shard that have any, by their first event;
 * `done:<id>` is there as long as an event is remembered, `dead` has the dead letters. What a worker does makes room, so it
 * continues when Redis is full (`maxmemory` with `noeviction`), while new events are refused.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"
import * as Schema from "effect/Schema"
import { answered, byFailure, defaultPrefix, withDefaults } from "../internal/store/inboxSettings.ts"
import { codeOf } from "../internal/store/redisFailure.ts"
import { shardOf } from "../internal/store/shardOf.ts"
import { DeadLetter, InboxStore, InboxStoreError, type InboxStoreOptions } from "./InboxStore.ts"

/** How the store is set up, and where its keys lie. */
export interface Options extends InboxStoreOptions {
  /** What every key begins with. Default: "wecom:inbox". */
  readonly prefix?: string | undefined
}

/** An `InboxStore` over `Redis.Redis`. */
export const layer = (options: Options = {}): Layer.Layer<InboxStore, never, Redis.Redis> =>
  Layer.effect(InboxStore, Effect.map(Redis.Redis, (redis) => make(redis, options)))

/** A dead letter, and the order that its event goes back to. */
const Buried = Schema.fromJsonString(Schema.Struct({ letter: DeadLetter, order: Schema.String }))
const encodeBuried = Schema.encodeEffect(Buried)
const decodeBuried = Schema.decodeUnknownEffect(Buried)

const Found = Schema.fromJsonString(Schema.Array(Schema.Struct({
  id: Schema.String,
  order: Schema.String,
  shard: Schema.Number,
  raw: Schema.String,
  receivedAt: Schema.NumberFromString,
  starts: Schema.NumberFromString
})))
const decodeFound = Schema.decodeUnknownEffect(Found)

const make = (redis: Redis.Redis["Service"], options: Options): InboxStore["Service"] => {
  const { name, remember, shards } = withDefaults(options)
  const tag = `{${options.prefix ?? defaultPrefix}:v2:${name}}:`
  const dead = `${tag}dead`
  const memory = Math.ceil(Duration.toMillis(remember))
  const run = <A>(operation: string, effect: Effect.Effect<A, Redis.RedisError | Schema.SchemaError>) =>
    effect.pipe(
      Effect.mapError((error) =>
        new InboxStoreError({
          operation,
          description: error._tag === "SchemaError" ? "what is stored there is garbage" : codeOf(error.cause)
        })
      ),
      answered((description) => new InboxStoreError({ operation, description }))
    )
  /** Every shard comes first in its turn. */
  let turn = 0

  return InboxStore.of({
    shards,
    put: ({ id, order, raw, receivedAt }) =>
      Effect.asVoid(run("put", redis.eval(put)(tag, id, order, shardOf(order, shards), raw, receivedAt))),
    waiting: ({ limit, shards: held, without }) =>
      Effect.suspend(() => {
        const first = turn++ % Math.max(1, held.length)
        const inTurn = [...held.slice(first), ...held.slice(0, first)]
        return run(
          "waiting",
          Effect.flatMap(
            redis.eval(waiting)(tag, limit, inTurn, without),
            (text) => text === "" ? Effect.succeed([]) : decodeFound(text)
          )
        )
      }),
    begin: ({ id, starts }, worker) =>
      Effect.map(run("begin", redis.eval(begin)(tag, id, starts, worker)), (begun) => begun > 0),
    giveBack: ({ id }, worker) => Effect.asVoid(run("give back", redis.eval(giveBack)(tag, id, worker))),
    done: ({ id, order, shard }) => Effect.asVoid(run("done", redis.eval(finish)(tag, id, order, shard, memory, ""))),
    bury: ({ id, order, raw, receivedAt, shard }, end) =>
      Effect.asVoid(run(
        "bury",
        Effect.flatMap(
          encodeBuried({ order, letter: { id, raw, receivedAt, ...end } }),
          (text) => redis.eval(finish)(tag, id, order, shard, memory, text)
        )
      )),
    deadLetters: run(
      "list",
      Effect.flatMap(
        redis.send<ReadonlyArray<string>>("HVALS", dead),
        Effect.forEach((text) => decodeBuried(text))
      )
    ).pipe(Effect.map((buried) => buried.map(({ letter }) => letter).toSorted(byFailure))),
    replay: (id) =>
      run(
        "replay",
        Effect.gen(function*() {
          const text = yield* redis.send<string | null>("HGET", dead, id)
          if (text === null) return false
          const { letter: { raw, receivedAt }, order } = yield* decodeBuried(text)
          return (yield* redis.eval(replay)(tag, id, order, shardOf(order, shards), raw, receivedAt)) > 0
        })
      ),
    discard: (id) => Effect.map(run("discard", redis.eval(discard)(tag, id, memory)), (removed) => removed > 0)
  })
}

/** Runs while Redis is full: what follows makes room. */
const makesRoom = "#!lua flags=allow-oom"

const append = `local seq = redis.call("INCR", KEYS[4])
    redis.call("HSET", KEYS[1], "raw", ARGV[3], "receivedAt", ARGV[4], "starts", "0", "seq", seq)
    redis.call("RPUSH", KEYS[2], ARGV[1])
    redis.call("ZADD", KEYS[3], "NX", seq, ARGV[2])
    return 1`

const appended = (tag: string, id: string, order: string, shard: number, raw: string, receivedAt: number) => [
  `${tag}event:${id}`,
  `${tag}queue:${order}`,
  `${tag}orders:${shard}`,
  `${tag}seq`,
  `${tag}dead`,
  `${tag}done:${id}`,
  id,
  order,
  raw,
  receivedAt
]

const put = Redis.script(appended, {
  numberOfKeys: 6,
  lua: `#!lua
    if redis.call("EXISTS", KEYS[1], KEYS[6]) > 0 or redis.call("HEXISTS", KEYS[5], ARGV[1]) == 1 then return 0 end
    ${append}`
}).withReturnType<number>()

const replay = Redis.script(appended, {
  numberOfKeys: 6,
  lua: `${makesRoom}
    if redis.call("HDEL", KEYS[5], ARGV[1]) == 0 then return 0 end
    ${append}`
}).withReturnType<number>()

const waiting = Redis.script(
  (tag: string, limit: number, shards: ReadonlyArray<number>, without: ReadonlyArray<string>) => [
    `${tag}seq`,
    tag,
    limit,
    shards.length,
    ...shards,
    ...without
  ],
  {
    numberOfKeys: 1,
    lua: `${makesRoom}
    local tag, limit, shards = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
    local excluded, found = {}, {}
    for i = 4 + shards, #ARGV do excluded[ARGV[i]] = true end
    for i = 4, 3 + shards do
      local from = 0
      while #found < limit do
        local orders = redis.call("ZRANGE", tag .. "orders:" .. ARGV[i], from, from + 31)
        for _, order in ipairs(orders) do
          if not excluded[order] and #found < limit then
            for _, id in ipairs(redis.call("LRANGE", tag .. "queue:" .. order, 0, limit - #found - 1)) do
              local event = redis.call("HMGET", tag .. "event:" .. id, "raw", "receivedAt", "starts")
              found[#found + 1] = {
                id = id, order = order, shard = tonumber(ARGV[i]), raw = event[1], receivedAt = event[2], starts = event[3]
              }
            end
          end
        end
        if #orders < 32 then break end
        from = from + 32
      end
    end
    if #found == 0 then return "" end
    return cjson.encode(found)`
  }
).withReturnType<string>()

const begin = Redis.script(
  (tag: string, id: string, starts: number, worker: string) => [`${tag}event:${id}`, starts, worker],
  {
    numberOfKeys: 1,
    lua: `${makesRoom}
    local now = redis.call("HMGET", KEYS[1], "starts", "worker")
    if now[1] and now[2] == ARGV[2] then return 1 end
    if now[1] ~= ARGV[1] then return 0 end
    redis.call("HSET", KEYS[1], "starts", ARGV[1] + 1, "worker", ARGV[2])
    return 1`
  }
).withReturnType<number>()

const giveBack = Redis.script((tag: string, id: string, worker: string) => [`${tag}event:${id}`, worker], {
  numberOfKeys: 1,
  lua: `${makesRoom}
    if redis.call("HGET", KEYS[1], "worker") ~= ARGV[1] then return 0 end
    redis.call("HINCRBY", KEYS[1], "starts", -1)
    redis.call("HDEL", KEYS[1], "worker")
    return 1`
}).withReturnType<number>()

/** Ends the wait of an event: it is remembered for so many milliseconds, or is the given dead letter. */
const finish = Redis.script(
  (tag: string, id: string, order: string, shard: number, memory: number, letter: string) => [
    `${tag}event:${id}`,
    `${tag}queue:${order}`,
    `${tag}orders:${shard}`,
    `${tag}done:${id}`,
    `${tag}dead`,
    id,
    order,
    memory,
    letter,
    tag
  ],
  {
    numberOfKeys: 5,
    lua: `${makesRoom}
    if redis.call("DEL", KEYS[1]) == 0 then return 0 end
    redis.call("LREM", KEYS[2], 1, ARGV[1])
    local next = redis.call("LINDEX", KEYS[2], 0)
    if next then redis.call("ZADD", KEYS[3], redis.call("HGET", ARGV[5] .. "event:" .. next, "seq"), ARGV[2])
    else redis.call("ZREM", KEYS[3], ARGV[2]) end
    if ARGV[4] ~= "" then redis.call("HSET", KEYS[5], ARGV[1], ARGV[4])
    elseif tonumber(ARGV[3]) > 0 then redis.call("SET", KEYS[4], "", "PX", ARGV[3]) end
    return 1`
  }
).withReturnType<number>()

const discard = Redis.script(
  (tag: string, id: string, memory: number) => [`${tag}dead`, `${tag}done:${id}`, id, memory],
  {
    numberOfKeys: 2,
    lua: `${makesRoom}
    if redis.call("HDEL", KEYS[1], ARGV[1]) == 0 then return 0 end
    if tonumber(ARGV[2]) > 0 then redis.call("SET", KEYS[2], "", "PX", ARGV[2]) end
    return 1`
  }
).withReturnType<number>()
