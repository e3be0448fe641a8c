/**
 * The lease of a bot's long connection in a database (PostgreSQL, MySQL, MariaDB or SQLite): processes that share it hold
 * one connection.
 *
 * One table, made when the layer is built, with a row for each bot. Time is the database's, so that the clocks of processes
 * need not agree.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import * as HeldLease from "../internal/robot/heldLease.ts"
import { createTable } from "../internal/store/createTable.ts"
import { StoreError } from "../StoreError.ts"
import { SmartRobotLease } from "./SmartRobotLease.ts"

/** Where the rows lie, and how fast the lease of a dead process is taken over. */
export interface Options {
  /** Default: `wecom_robot_lease`. */
  readonly tableName?: string | undefined
  /** How long a lease stays with a process that gives no sign of life. Default: 6 seconds. */
  readonly life?: Duration.Input | undefined
}

/** A `SmartRobotLease` over `SqlClient`; fails with the `SqlError` of making its table. */
export const layer = (options: Options = {}): Layer.Layer<SmartRobotLease, SqlError, SqlClient.SqlClient> =>
  Layer.effect(SmartRobotLease, make(options))

const make = Effect.fnUntraced(function*(options: Options) {
  const sql = (yield* SqlClient.SqlClient).withoutTransforms()
  const tableName = options.tableName ?? "wecom_robot_lease"
  const table = sql(tableName)
  const life = Duration.fromInputUnsafe(options.life ?? HeldLease.defaultLife)
  const millis = sql.literal(`${Math.ceil(Duration.toMillis(life))}`)

  /** In MySQL names are bytes: its collations take `a` for `A`. */
  const keyType = sql.literal(sql.onDialectOrElse({ mysql: () => "VARBINARY(1020)", orElse: () => "VARCHAR(255)" }))
  yield* Effect.catchTag(
    createTable(
      tableName,
      sql`CREATE TABLE IF NOT EXISTS ${table} (
        name ${keyType} NOT NULL PRIMARY KEY,
        holder VARCHAR(36) NOT NULL,
        epoch BIGINT NOT NULL,
        ends_at BIGINT NOT NULL
      )`
    ),
    "MigrationError",
    Effect.die
  )

  /** Milliseconds of the epoch, as the database tells them. */
  const now = sql.onDialectOrElse({
    pg: () => sql.literal("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"),
    mysql: () => sql.literal("(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000)"),
    orElse: () => sql.literal("CAST((julianday('now') - 2440587.5) * 86400000 AS BIGINT)")
  })

  /** The end of an INSERT that does nothing if there is a row. */
  const orNothing = sql.literal(sql.onDialectOrElse({
    mysql: () => "ON DUPLICATE KEY UPDATE epoch = epoch",
    orElse: () => "ON CONFLICT (name) DO NOTHING"
  }))

  const onSql = (operation: string) => <A>(self: Effect.Effect<A, SqlError>): Effect.Effect<A, StoreError> =>
    self.pipe(
      Effect.mapError(({ reason }) => new StoreError({ store: "bot leases", operation, description: reason._tag })),
      Effect.timeoutOrElse({
        duration: "1 second",
        orElse: () =>
          Effect.fail(new StoreError({ store: "bot leases", operation, description: "no answer within a second" }))
      })
    )

  return SmartRobotLease.of({
    hold: (name) =>
      Effect.suspend(() => {
        const id = crypto.randomUUID()
        // Not what the UPDATE returns: MySQL returns nothing.
        const held = sql<{ readonly epoch: number | string }>`SELECT epoch FROM ${table}
          WHERE name = ${name} AND holder = ${id} AND ends_at >= ${now}`
        return HeldLease.hold({
          acquire: sql`INSERT INTO ${table} (name, holder, epoch, ends_at) VALUES (${name}, '', 0, 0) ${orNothing}`
            .pipe(
              Effect.andThen(
                sql`UPDATE ${table} SET holder = ${id}, epoch = epoch + 1, ends_at = ${now} + ${millis}
                WHERE name = ${name} AND ends_at < ${now}`
              ),
              Effect.andThen(held),
              // Drivers give 64-bit numbers as text.
              Effect.map(([row]) => row === undefined ? undefined : Number(row.epoch)),
              onSql("acquire")
            ),
          renew: sql`UPDATE ${table} SET ends_at = ${now} + ${millis}
            WHERE name = ${name} AND holder = ${id} AND ends_at >= ${now}`.pipe(
            Effect.andThen(held),
            Effect.map((rows) => rows.length > 0),
            onSql("renew")
          ),
          release: sql`UPDATE ${table} SET ends_at = 0, holder = '' WHERE name = ${name} AND holder = ${id}`.pipe(
            Effect.asVoid,
            onSql("release")
          )
        }, life)
      })
  })
})
