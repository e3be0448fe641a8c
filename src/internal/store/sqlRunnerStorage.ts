/**
 * The runner storage of `effect/cluster` in a database, whose tables are complete whenever a start may have ended.
 */
import type * as RunnerStorage from "effect/cluster/RunnerStorage"
import type * as ShardingConfig from "effect/cluster/ShardingConfig"
import * as SqlRunnerStorage from "effect/cluster/SqlRunnerStorage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

/** Tables begin with the prefix. */
export const layer = (prefix: string): Layer.Layer<
  RunnerStorage.RunnerStorage,
  SqlError,
  SqlClient.SqlClient | ShardingConfig.ShardingConfig
> =>
  SqlRunnerStorage.layerWith({ prefix }).pipe(
    Layer.provide(Layer.effectDiscard(createTables(prefix)))
  )

/**
 * The first migration of the cluster makes each table where it is missing. In MySQL it must be over before the migrator records
 * it as done: see `docs/upstream/migrator-mysql-half.ts`.
 */
const createTables = (prefix: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    if (sql.onDialectOrElse({ mysql: () => false, orElse: () => true })) return
    const [first] = yield* SqlRunnerStorage.migrations({ prefix })
    if (first === undefined) return
    const [, , load] = first
    // What `Migrator.fromRecord` was given.
    const create: Effect.Effect<unknown, SqlError, SqlClient.SqlClient> = yield* load
    yield* create
  })
