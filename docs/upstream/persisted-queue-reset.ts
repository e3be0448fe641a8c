/**
 * Effect 4.1.0, effect/persistence: the fiber that gives the elements of dead workers back
 * (`PersistedQueue.layerStoreRedis`) ends with the first error of Redis, without a word. Elements that a worker had taken
 * when it died, or when an answer was lost, are stuck from then on, until the process is started again.
 *
 * `REDIS_URL=redis://... node docs/upstream/persisted-queue-reset.ts` prints "taken: a", and "b" never.
 */
import { NodeRedis, NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect, Schema } from "effect"
import { PersistedQueue, Redis } from "effect/persistence"

const taken: Array<string> = []

Effect.gen(function*() {
  const redis = yield* Redis.Redis
  const key = "stuck:queue"
  yield* redis.send("DEL", key, `${key}:pending`, `${key}:owners`, `${key}:attempts`)
  const queue = yield* PersistedQueue.make({ name: "queue", schema: Schema.String })
  yield* Effect.forkChild(Effect.forever(queue.take((element) => Effect.sync(() => taken.push(element)))))
  yield* queue.offer("a")
  yield* Effect.sleep("1 second")

  // Redis returns one error, as it does while it loads its data (LOADING) or fails over (READONLY).
  yield* redis.send("SET", `${key}:pending`, "no hash")
  yield* Effect.sleep("3 seconds")
  yield* redis.send("DEL", `${key}:pending`)

  // What a worker leaves that was killed at work: an element that it had taken.
  yield* redis.send("HSET", `${key}:pending`, "b", JSON.stringify({ id: "b", element: "b" }))
  yield* redis.send("HSET", `${key}:owners`, "b", "stuck:lock:gone:1")
  yield* redis.send("HSET", `${key}:attempts`, "b", "1")
  yield* Effect.sleep("20 seconds")
  yield* Console.log("taken:", taken.join(" "))
}).pipe(
  Effect.provide(PersistedQueue.layer),
  Effect.provide(PersistedQueue.layerStoreRedis({
    prefix: "stuck:",
    lockExpiration: "2 seconds",
    lockRefreshInterval: "500 millis",
    pollInterval: "250 millis"
  })),
  Effect.provide(NodeRedis.layerConfig({ url: Config.NonEmptyString("REDIS_URL") })),
  NodeRuntime.runMain
)
