/**
 * An inbox in MySQL or MariaDB, with a `SqlClient` over `mysql2` to copy: `@effect/sql-mysql2` has no release yet that loads
 * with Effect 4.1.
 */
import { NodeRuntime } from "@effect/platform-node"
import { Config, Effect, Layer, Redacted, Stream } from "effect"
import { CallbackInbox } from "effect-wecom/callback"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection, SqlError, Statement } from "effect/sql"
import * as Mysql from "mysql2/promise"

/** How to reach the database, such as `mysql://user:password@127.0.0.1:3306/wecom`. */
export interface MysqlOptions {
  readonly url: Redacted.Redacted
  /** Default: 10. */
  readonly connectionLimit?: number
}

// #region client
/** Connects when a statement is first run: a database that is away at the start is like one that is away later. */
export const layerMysql = ({ connectionLimit = 10, url }: MysqlOptions): Layer.Layer<SqlClient.SqlClient> =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.gen(function*() {
      const pool = yield* Effect.acquireRelease(
        Effect.sync(() =>
          Mysql.createPool({
            uri: Redacted.value(url),
            connectionLimit,
            supportBigNumbers: true,
            // `effect/cluster` needs it. Values are never put into a statement's text by hand.
            multipleStatements: true
          })
        ),
        (pool) => Effect.promise(() => pool.end().catch(() => {}))
      )
      return yield* SqlClient.make({
        acquirer: Effect.succeed(connectionOver(pool)),
        transactionAcquirer: Effect.acquireRelease(
          Effect.tryPromise({ try: () => pool.getConnection(), catch: failed }),
          (connection) => Effect.sync(() => connection.release())
        ).pipe(Effect.map(connectionOver)),
        compiler: Statement.makeCompiler({
          dialect: "mysql",
          placeholder: () => "?",
          onIdentifier: Statement.defaultEscape("`"),
          onCustom: () => ["", []],
          onRecordUpdate: () => ["", []]
        }),
        driver: "mysql2",
        spanAttributes: [["db.system.name", "mysql"]]
      })
    })
  ).pipe(Layer.provide(Reactivity.layer))

const connectionOver = (connection: Mysql.Pool | Mysql.PoolConnection): SqlConnection.Connection => {
  const run = (method: "execute" | "query", sql: string, params: ReadonlyArray<unknown>, rowsAsArray = false) =>
    Effect.tryPromise({
      try: async (): Promise<unknown> => {
        const statement = { sql, values: [...params], rowsAsArray }
        const [result] = method === "execute" ? await connection.execute(statement) : await connection.query(statement)
        return result
      },
      catch: failed
    })
  const rows = (...args: Parameters<typeof run>) =>
    Effect.map(run(...args), (result) => Array.isArray(result) ? result : [])
  return {
    execute: (sql, params, transform) => Effect.map(rows("execute", sql, params), transform ?? ((rows) => rows)),
    executeRaw: (sql, params) => run("execute", sql, params),
    executeUnprepared: (sql, params, transform) =>
      Effect.map(rows("query", sql, params), transform ?? ((rows) => rows)),
    executeValues: (sql, params) => rows("execute", sql, params, true),
    executeValuesUnprepared: (sql, params) => rows("query", sql, params, true),
    // An inbox does not stream.
    executeStream: (sql, params) => Stream.fromIterableEffect(rows("execute", sql, params))
  }
}

const failed = (cause: unknown) => {
  const errno = cause instanceof Error && "errno" in cause ? cause.errno : undefined
  const props = { cause, message: cause instanceof Error ? cause.message : "mysql2 failed" }
  switch (errno) {
    case 1062:
      return new SqlError.SqlError({ reason: new SqlError.UniqueViolation({ ...props, constraint: "unknown" }) })
    case 1205:
      return new SqlError.SqlError({ reason: new SqlError.LockTimeoutError(props) })
    case 1213:
      return new SqlError.SqlError({ reason: new SqlError.DeadlockError(props) })
    default:
      return new SqlError.SqlError({
        reason: typeof errno === "number" && errno > 0
          ? new SqlError.UnknownError(props)
          : new SqlError.ConnectionError(props)
      })
  }
}
// #endregion

// #region inbox
/** Makes its tables when it is first used. The server keeps what it has acknowledged: `innodb_flush_log_at_trx_commit = 1`. */
export const layerInbox = (options: MysqlOptions): Layer.Layer<CallbackInbox> =>
  Layer.provide(CallbackInbox.layerSql(), layerMysql(options))
// #endregion

if (import.meta.main) {
  const inbox = Layer.unwrap(Effect.map(Config.Redacted("DATABASE_URL"), (url) => layerInbox({ url })))
  const program = Effect.gen(function*() {
    const { deadLetters } = yield* CallbackInbox
    yield* Effect.log(`${(yield* deadLetters).length} events were given up`)
  })
  NodeRuntime.runMain(Effect.provide(program, inbox))
}
