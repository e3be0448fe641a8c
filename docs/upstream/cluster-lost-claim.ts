/**
 * Effect 4.1.0, effect/cluster: a persisted message whose claim was committed, but whose answer was lost, is invisible for ten
 * minutes, while later messages of the same entity are handled.
 *
 * `DATABASE_URL=postgres://... node docs/upstream/cluster-lost-claim.ts` prints "handled: 2 3" and leaves 1 for ten minutes.
 */
import { NodeCrypto, NodeRuntime } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { Config, Console, Effect, Layer, Schema } from "effect"
import {
  ClusterError,
  ClusterSchema,
  Entity,
  MessageStorage,
  RunnerHealth,
  Runners,
  RunnerStorage,
  Sharding,
  ShardingConfig,
  SqlMessageStorage
} from "effect/cluster"
import { Rpc } from "effect/rpc"

const handled: Array<string> = []

const Sender = Entity.make("Sender", [
  Rpc.make("Handle", { payload: { id: Schema.String }, primaryKey: ({ id }) => id })
]).annotateRpcs(ClusterSchema.Persisted, true)

const handlers = Sender.toLayer(Effect.succeed(Sender.of({
  Handle: ({ payload }) => Effect.sync(() => void handled.push(payload.id.slice(-1)))
})))

/** The first read that finds something is done, and its answer does not arrive: as when the connection breaks just then. */
let isLost = false
const losesOneAnswer = Layer.effect(
  MessageStorage.MessageStorage,
  Effect.map(MessageStorage.MessageStorage, (storage) => ({
    ...storage,
    unprocessedMessages: (...args: Parameters<typeof storage.unprocessedMessages>) =>
      Effect.flatMap(storage.unprocessedMessages(...args), (messages) => {
        if (isLost || messages.length === 0) return Effect.succeed(messages)
        isLost = true
        return Effect.fail(new ClusterError.PersistenceError({ cause: new Error("connection reset") }))
      })
  }))
).pipe(Layer.provide(SqlMessageStorage.layerWith({ prefix: "lost_claim" })))

const cluster = Sharding.layer.pipe(
  Layer.provideMerge(Runners.layerNoop),
  Layer.provideMerge(losesOneAnswer),
  Layer.provide([RunnerStorage.layerMemory, RunnerHealth.layerNoop]),
  Layer.provide(ShardingConfig.layer({ entityMessagePollInterval: "500 millis" })),
  Layer.provide([NodeCrypto.layer, PgClient.layerConfig({ url: Config.Redacted("DATABASE_URL") })])
)

Effect.gen(function*() {
  const client = yield* Sender.client
  const run = crypto.randomUUID()
  for (const id of ["1", "2", "3"]) {
    yield* client("sender").Handle({ id: `${run}-${id}` }, { discard: true })
    yield* Effect.sleep("3 seconds")
  }
  yield* Effect.sleep("20 seconds")
  yield* Console.log("handled:", handled.join(" "))
}).pipe(Effect.provide(Layer.provideMerge(handlers, cluster)), NodeRuntime.runMain)
