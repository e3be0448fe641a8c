/**
 * Effect 4.1.0, effect/sql: a migration that ends half-way is recorded as done in MySQL and MariaDB, for good. The migrator writes
 * its history before it runs a migration and relies on the transaction around both, but MySQL commits before each CREATE TABLE.
 * `SqlRunnerStorage` and `SqlMessageStorage` of effect/cluster make their tables so.
 *
 * `DATABASE_URL=mysql://... node docs/upstream/migrator-mysql-half.ts` prints "second start: 0 migrations, half_b: missing"; in
 * PostgreSQL and SQLite the second start makes both tables.
 */
import { NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect, Layer } from "effect"
import { Migrator, SqlClient } from "effect/sql"
import { layerMysql } from "../../examples/mysql-inbox.ts"

let isFirst = true

/** The first start dies between its two tables, as a process that is killed does. */
const createTables = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE TABLE IF NOT EXISTS half_a (n INTEGER)`
  if (isFirst) return yield* Effect.die("killed")
  yield* sql`CREATE TABLE IF NOT EXISTS half_b (n INTEGER)`
})

const start = Migrator.make({})({
  loader: Migrator.fromRecord({ "0001_create_tables": createTables }),
  table: "half_migrations"
})

const client = Layer.unwrap(Effect.map(Config.Redacted("DATABASE_URL"), (url) => layerMysql({ url })))

Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  for (const table of ["half_migrations", "half_a", "half_b"]) yield* sql`DROP TABLE IF EXISTS ${sql(table)}`
  yield* Effect.exit(start)
  isFirst = false
  const done = yield* start
  const isThere = yield* Effect.isSuccess(sql`SELECT n FROM half_b`)
  yield* Console.log(`second start: ${done.length} migrations, half_b: ${isThere ? "there" : "missing"}`)
}).pipe(Effect.provide(client), NodeRuntime.runMain)
