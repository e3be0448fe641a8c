/**
 * Dead letters and lanes on Redis, for an inbox that a fleet shares.
 *
 * Keys of the layout `v1`: `{prefix}:v1:{inbox}:dead` is a hash of dead letters by id; `{prefix}:v1:{lane}:lane` is held
 * by the worker of a lane, and `{prefix}:v1:{lane}:work` says how far it is.
 */
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Order from "effect/Order"
import * as Redis from "effect/persistence/Redis"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { codeOf } from "../internal/store/redisFailure.ts"
import { Begun, DeadLetter, InboxStore, InboxStoreError } from "./InboxStore.ts"

/** Where the keys lie, and how fast a lane of a dead worker is taken over. */
export interface Options {
  /** Default: `wecom:inbox`. */
  readonly prefix?: string | undefined
  /** How long a lane stays with a worker that gives no sign of life. Default: 15 seconds. */
  readonly laneLife?: Duration.Input | undefined
}

/** An `InboxStore` over `Redis.Redis`. */
export const layer = (options: Options = {}): Layer.Layer<InboxStore, never, Redis.Redis> =>
  Layer.effect(InboxStore, Effect.map(Redis.Redis, (redis) => make(redis, options)))

const Letter = Schema.fromJsonString(DeadLetter)
const encode = Schema.encodeEffect(Letter)
const decode = Schema.decodeUnknownEffect(Letter)

const Work = Schema.fromJsonString(Begun)
const encodeWork = Schema.encodeEffect(Work)
const decodeWork = Schema.decodeUnknownEffect(Work)

const make = (redis: Redis.Redis["Service"], options: Options): InboxStore["Service"] => {
  const prefix = options.prefix ?? "wecom:inbox"
  const life = Duration.fromInputUnsafe(options.laneLife ?? "15 seconds")
  const dead = (inbox: string) => `${prefix}:v1:{${inbox}}:dead`
  const work = (lane: string) => `${prefix}:v1:{${lane}}:work`
  const failed = (operation: string) => (error: Redis.RedisError | Schema.SchemaError) =>
    new InboxStoreError({
      operation,
      description: error._tag === "SchemaError" ? "what is stored there is garbage" : codeOf(error.cause)
    })

  return InboxStore.of({
    bury: (inbox, letter) =>
      Effect.flatMap(encode(letter), (text) => redis.send("HSET", dead(inbox), letter.id, text)).pipe(
        Effect.asVoid,
        Effect.mapError(failed("bury"))
      ),
    deadLetters: (inbox) =>
      redis.send<ReadonlyArray<string>>("HVALS", dead(inbox)).pipe(
        Effect.flatMap(Effect.forEach((text) => decode(text))),
        Effect.map((letters) => letters.toSorted(byFailure)),
        Effect.mapError(failed("list"))
      ),
    exhume: (inbox, { failedAt, id }) =>
      redis.eval(compareAndExhume)(dead(inbox), id, failedAt).pipe(
        Effect.map((removed) => removed > 0),
        Effect.mapError(failed("exhume"))
      ),
    begun: (lane) =>
      redis.send<ReadonlyArray<string>>("HVALS", work(lane)).pipe(
        Effect.flatMap(Effect.forEach((text) => decodeWork(text))),
        Effect.mapError(failed("begun"))
      ),
    begin: (lane, event) =>
      Effect.flatMap(encodeWork(event), (text) => redis.send("HSET", work(lane), event.queueId, text)).pipe(
        Effect.asVoid,
        Effect.mapError(failed("begin"))
      ),
    forget: (lane, queueId) =>
      redis.send("HDEL", work(lane), queueId).pipe(Effect.asVoid, Effect.mapError(failed("forget"))),
    hold: (lane) =>
      Effect.gen(function*() {
        const key = `${prefix}:v1:{${lane}}:lane`
        const id = crypto.randomUUID()
        const millis = `${Duration.toMillis(life)}`
        yield* Effect.addFinalizer(() => Effect.ignore(redis.eval(compareAndDelete)(key, id)))
        yield* redis.send<string | null>("SET", key, id, "NX", "PX", millis).pipe(
          Effect.repeat({ until: (taken) => taken !== null, schedule: Schedule.spaced(Duration.times(life, 0.1)) })
        )
        const lost = yield* Deferred.make<void>()
        // A renewal that fails is tried again, until the lane must be another's by now.
        yield* redis.eval(compareAndExpire)(key, id, Number(millis)).pipe(
          Effect.map((kept) => kept === 1),
          Effect.retry(
            Schedule.spaced(Duration.times(life, 0.1)).pipe(Schedule.upTo({ duration: Duration.times(life, 0.5) }))
          ),
          Effect.orElseSucceed(() => false),
          Effect.repeat({ while: (kept) => kept, schedule: Schedule.spaced(Duration.times(life, 0.3)) }),
          Effect.andThen(Deferred.succeed(lost, undefined)),
          Effect.forkScoped
        )
        return Deferred.await(lost)
      }).pipe(Effect.catchTag("RedisError", (error) => Effect.fail(failed("hold")(error))))
  })
}

const byFailure = Order.mapInput(Order.Number, (letter: DeadLetter) => letter.failedAt)

const compareAndExhume = Redis.script((key: string, id: string, failedAt: number) => [key, id, failedAt], {
  numberOfKeys: 1,
  lua: `local letter = redis.call("HGET", KEYS[1], ARGV[1])
    if letter and cjson.decode(letter).failedAt == tonumber(ARGV[2]) then return redis.call("HDEL", KEYS[1], ARGV[1]) end
    return 0`
}).withReturnType<number>()

const compareAndDelete = Redis.script((key: string, id: string) => [key, id], {
  numberOfKeys: 1,
  lua: `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`
}).withReturnType<number>()

const compareAndExpire = Redis.script((key: string, id: string, life: number) => [key, id, life], {
  numberOfKeys: 1,
  lua: `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("PEXPIRE", KEYS[1], ARGV[2]) end return 0`
}).withReturnType<number>()
