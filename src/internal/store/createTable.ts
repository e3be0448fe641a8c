/**
 * Makes a store's table where it is missing, in any database, though many processes start at the same time.
 */
import * as Effect from "effect/Effect"
import * as Migrator from "effect/sql/Migrator"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"

/**
 * Runs `create`, which must be one `CREATE TABLE IF NOT EXISTS` in MySQL.
 *
 * The migrator writes its history first and relies on the transaction around it, but MySQL commits before each change of a
 * table: a process that ends between the two would leave a history without the table, for good.
 */
export const createTable = (
  tableName: string,
  create: Effect.Effect<unknown, SqlError, SqlClient.SqlClient>
): Effect.Effect<void, Migrator.MigrationError | SqlError, SqlClient.SqlClient> =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    sql.onDialectOrElse({
      mysql: () => Effect.asVoid(create),
      orElse: () =>
        Effect.asVoid(
          Migrator.make({})({
            loader: Migrator.fromRecord({ "0001_create_table": create }),
            table: `${tableName}_migrations`
          })
        )
    }))
