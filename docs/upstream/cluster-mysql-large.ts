/**
 * Effect 4.1.0, effect/cluster: in MySQL and MariaDB a persisted message of more than 64 KiB is cut, and its sender is told that
 * it is stored: the column is TEXT, and INSERT IGNORE shortens what does not fit, in strict mode too. The rest cannot be read,
 * nor can what its runner reads together with it.
 *
 * `DATABASE_URL=mysql://... node docs/upstream/cluster-mysql-large.ts` prints, in an empty database, a warning about JSON,
 * "stored: true" and "handled: before".
 */
import { NodeCrypto, NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect, Layer, Schema } from "effect"
import {
  ClusterSchema,
  Entity,
  RunnerHealth,
  Runners,
  RunnerStorage,
  Sharding,
  ShardingConfig,
  SqlMessageStorage
} from "effect/cluster"
import { Rpc } from "effect/rpc"
import { layerMysql } from "../../examples/mysql-inbox.ts"

const handled: Array<string> = []

const Sender = Entity.make("Sender", [
  Rpc.make("Handle", { payload: { id: Schema.String, text: Schema.String }, primaryKey: ({ id }) => id })
]).annotateRpcs(ClusterSchema.Persisted, true)

const handlers = Sender.toLayer(Effect.succeed(Sender.of({
  Handle: ({ payload }) => Effect.sync(() => void handled.push(payload.id.slice(37)))
})))

const client = Layer.unwrap(Effect.map(Config.Redacted("DATABASE_URL"), (url) => layerMysql({ url })))

const cluster = Sharding.layer.pipe(
  Layer.provideMerge(Runners.layerNoop),
  Layer.provideMerge(SqlMessageStorage.layerWith({ prefix: "mysql_large" })),
  Layer.provide([RunnerStorage.layerMemory, RunnerHealth.layerNoop]),
  Layer.provide(ShardingConfig.layer({ entityMessagePollInterval: "500 millis" })),
  Layer.provide([NodeCrypto.layer, client])
)

Effect.gen(function*() {
  const client = yield* Sender.client
  const run = crypto.randomUUID()
  const send = (id: string, text = "") => client(`${run}-${id}`).Handle({ id: `${run}-${id}`, text }, { discard: true })
  yield* send("before")
  yield* Effect.sleep("2 seconds")
  const stored = yield* Effect.isSuccess(send("large", "x".repeat(70_000)))
  yield* send("after")
  yield* Effect.sleep("10 seconds")
  yield* Console.log("stored:", stored)
  yield* Console.log("handled:", handled.join(" "))
}).pipe(Effect.provide(Layer.provideMerge(handlers, cluster)), NodeRuntime.runMain)
