/**
 * The runners of a cluster and their locks on Redis: `effect/cluster` itself keeps them in databases alone.
 *
 * Keys of the layout `v1`, all in one slot: `{prefix}:runner:<address>` is there as long as a runner is alive,
 * `{prefix}:runners` has their addresses, `{prefix}:locks` the address of the runner that holds each shard. A lock ends with
 * the life of its runner, which Redis measures, so the clocks of processes need not agree. Whoever holds a lock makes room:
 * the scripts run on a full Redis, too.
 */
import { PersistenceError } from "effect/cluster/ClusterError"
import * as RunnerStorage from "effect/cluster/RunnerStorage"
import { ShardingConfig } from "effect/cluster/ShardingConfig"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"

/** Under a prefix with braces, unless Redis is no cluster. */
export const layer = (
  prefix: string
): Layer.Layer<RunnerStorage.RunnerStorage, never, Redis.Redis | ShardingConfig> =>
  Layer.effect(
    RunnerStorage.RunnerStorage,
    Effect.gen(function*() {
      const redis = yield* Redis.Redis
      const { shardLockExpiration } = yield* ShardingConfig
      const life = Duration.toMillis(Duration.fromInputUnsafe(shardLockExpiration))
      return RunnerStorage.makeEncoded({
        getRunners: redis.eval(getRunners)(prefix).pipe(
          Effect.map((runners) => runners.map((runner) => [runner, true] as const)),
          PersistenceError.refail
        ),
        register: (address, runner) => PersistenceError.refail(redis.eval(register)(prefix, address, runner, life)),
        unregister: (address) => PersistenceError.refail(Effect.asVoid(redis.eval(unregister)(prefix, address))),
        // Who is alive is healthy.
        setRunnerHealth: () => Effect.void,
        acquire: (address, shards) => PersistenceError.refail(redis.eval(acquire)(prefix, address, shards)),
        refresh: (address, shards) => PersistenceError.refail(redis.eval(refresh)(prefix, address, life, shards)),
        release: (address, shard) =>
          PersistenceError.refail(Effect.asVoid(redis.eval(release)(prefix, address, [shard]))),
        releaseAll: (address) => PersistenceError.refail(Effect.asVoid(redis.eval(release)(prefix, address, [])))
      })
    })
  )

const header = "#!lua flags=allow-oom"

const getRunners = Redis.script((prefix: string) => [`${prefix}:runners`, `${prefix}:runner:`], {
  numberOfKeys: 1,
  lua: `${header}
    local found = {}
    for _, address in ipairs(redis.call("SMEMBERS", KEYS[1])) do
      local runner = redis.call("GET", ARGV[1] .. address)
      if runner then found[#found + 1] = runner else redis.call("SREM", KEYS[1], address) end
    end
    return found`
}).withReturnType<ReadonlyArray<string>>()

const register = Redis.script(
  (prefix: string, address: string, runner: string, life: number) => [
    `${prefix}:runners`,
    `${prefix}:runner:${address}`,
    `${prefix}:machine`,
    address,
    runner,
    life
  ],
  {
    numberOfKeys: 3,
    lua: `${header}
    redis.call("SET", KEYS[2], ARGV[2], "PX", ARGV[3])
    redis.call("SADD", KEYS[1], ARGV[1])
    return redis.call("INCR", KEYS[3]) % 1024`
  }
).withReturnType<number>()

const unregister = Redis.script(
  (prefix: string, address: string) => [`${prefix}:runners`, `${prefix}:runner:${address}`, address],
  {
    numberOfKeys: 2,
    lua: `${header}
    redis.call("SREM", KEYS[1], ARGV[1])
    return redis.call("DEL", KEYS[2])`
  }
).withReturnType<number>()

const acquire = Redis.script(
  (prefix: string, address: string, shards: ReadonlyArray<string>) => [
    `${prefix}:locks`,
    `${prefix}:runner:${address}`,
    `${prefix}:runner:`,
    address,
    ...shards
  ],
  {
    numberOfKeys: 2,
    lua: `${header}
    local taken = {}
    if redis.call("EXISTS", KEYS[2]) == 0 then return taken end
    for i = 3, #ARGV do
      local owner = redis.call("HGET", KEYS[1], ARGV[i])
      if not owner or owner == ARGV[2] or redis.call("EXISTS", ARGV[1] .. owner) == 0 then
        redis.call("HSET", KEYS[1], ARGV[i], ARGV[2])
        taken[#taken + 1] = ARGV[i]
      end
    end
    return taken`
  }
).withReturnType<Array<string>>()

const refresh = Redis.script(
  (prefix: string, address: string, life: number, shards: ReadonlyArray<string>) => [
    `${prefix}:locks`,
    `${prefix}:runner:${address}`,
    address,
    life,
    ...shards
  ],
  {
    numberOfKeys: 2,
    lua: `${header}
    local held = {}
    if redis.call("PEXPIRE", KEYS[2], ARGV[2]) == 0 then return held end
    for i = 3, #ARGV do
      if redis.call("HGET", KEYS[1], ARGV[i]) == ARGV[1] then held[#held + 1] = ARGV[i] end
    end
    return held`
  }
).withReturnType<ReadonlyArray<string>>()

/** Those shards, or all if there are none. */
const release = Redis.script(
  (prefix: string, address: string, shards: ReadonlyArray<string>) => [`${prefix}:locks`, address, ...shards],
  {
    numberOfKeys: 1,
    lua: `${header}
    local shards = { unpack(ARGV, 2) }
    if #shards == 0 then shards = redis.call("HKEYS", KEYS[1]) end
    for _, shard in ipairs(shards) do
      if redis.call("HGET", KEYS[1], shard) == ARGV[1] then redis.call("HDEL", KEYS[1], shard) end
    end
    return 1`
  }
).withReturnType<number>()
