/**
 * The lease of a bot's long connection on Redis: processes that share one Redis hold one connection.
 *
 * Two keys for each bot, of the layout `v1`: `{prefix}:v1:{bot}:lease` holds the holder's id for as long as it is renewed,
 * and `...:epoch` counts the holders.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"
import * as HeldLease from "../internal/robot/heldLease.ts"
import { onRedis } from "../internal/store/onRedis.ts"
import { SmartRobotLease } from "./SmartRobotLease.ts"

/** Where the keys lie, and how fast the lease of a dead process is taken over. */
export interface Options {
  /** Default: `wecom:robot`. */
  readonly prefix?: string | undefined
  /** How long a lease stays with a process that gives no sign of life. Default: 6 seconds. */
  readonly life?: Duration.Input | undefined
}

/** A `SmartRobotLease` over `Redis.Redis`. */
export const layer = (options: Options = {}): Layer.Layer<SmartRobotLease, never, Redis.Redis> =>
  Layer.effect(
    SmartRobotLease,
    Effect.map(Redis.Redis, (redis) => {
      const life = Duration.fromInputUnsafe(options.life ?? HeldLease.defaultLife)
      const millis = Math.ceil(Duration.toMillis(life))
      return SmartRobotLease.of({
        hold: (name) =>
          Effect.suspend(() => {
            const id = crypto.randomUUID()
            const base = `${options.prefix ?? "wecom:robot"}:v1:{${name}}`
            const lease = `${base}:lease`
            return HeldLease.hold({
              acquire: redis.eval(acquire)(lease, `${base}:epoch`, id, millis).pipe(
                Effect.map((epoch) => epoch === 0 ? undefined : epoch),
                onRedis("bot leases", "acquire")
              ),
              renew: redis.eval(renew)(lease, id, millis).pipe(
                Effect.map((kept) => kept === 1),
                onRedis("bot leases", "renew")
              ),
              release: redis.eval(release)(lease, id).pipe(Effect.asVoid, onRedis("bot leases", "release"))
            }, life)
          })
      })
    })
  )

const acquire = Redis.script(
  (lease: string, epoch: string, id: string, life: number) => [lease, epoch, id, life],
  {
    numberOfKeys: 2,
    lua:
      `if redis.call("SET", KEYS[1], ARGV[1], "NX", "PX", ARGV[2]) then return redis.call("INCR", KEYS[2]) end return 0`
  }
).withReturnType<number>()

const renew = Redis.script((lease: string, id: string, life: number) => [lease, id, life], {
  numberOfKeys: 1,
  lua: `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("PEXPIRE", KEYS[1], ARGV[2]) end return 0`
}).withReturnType<number>()

const release = Redis.script((lease: string, id: string) => [lease, id], {
  numberOfKeys: 1,
  lua: `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`
}).withReturnType<number>()
