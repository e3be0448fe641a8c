/**
 * Effect 4.1.0, effect/cluster: in MySQL and MariaDB two persisted messages of one entity are taken for one where their primary
 * keys differ in case only. The column that is unique has the collation of the database, which is case-insensitive by default;
 * in PostgreSQL and SQLite both are handled.
 *
 * `DATABASE_URL=mysql://... node docs/upstream/cluster-mysql-keys.ts` prints "handled: a", and the second caller is told that
 * its message was handled.
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
  Rpc.make("Handle", { payload: { id: Schema.String }, primaryKey: ({ id }) => id })
]).annotateRpcs(ClusterSchema.Persisted, true)

const handlers = Sender.toLayer(Effect.succeed(Sender.of({
  Handle: ({ payload }) => Effect.sync(() => void handled.push(payload.id.slice(-1)))
})))

const client = Layer.unwrap(Effect.map(Config.Redacted("DATABASE_URL"), (url) => layerMysql({ url })))

const cluster = Sharding.layer.pipe(
  Layer.provideMerge(Runners.layerNoop),
  Layer.provideMerge(SqlMessageStorage.layerWith({ prefix: "mysql_keys" })),
  Layer.provide([RunnerStorage.layerMemory, RunnerHealth.layerNoop]),
  Layer.provide(ShardingConfig.layer({ entityMessagePollInterval: "500 millis" })),
  Layer.provide([NodeCrypto.layer, client])
)

Effect.gen(function*() {
  const client = yield* Sender.client
  const run = crypto.randomUUID()
  for (const id of ["a", "A"]) yield* client("sender").Handle({ id: `${run}-${id}` })
  yield* Console.log("handled:", handled.join(" "))
}).pipe(Effect.provide(Layer.provideMerge(handlers, cluster)), NodeRuntime.runMain)
