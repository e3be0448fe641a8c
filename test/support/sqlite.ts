/**
 * Databases of `node:sqlite` as processes have them: each with a connection of its own, which may die amid its statements.
 */
import { Effect, Layer, Stream } from "effect"
import { Reactivity } from "effect/reactivity"
import { SqlClient, type SqlConnection, SqlError, Statement } from "effect/sql"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** A new database; disposing of it removes its file. */
export const create = (): Disposable & { readonly file: string } => {
  const directory = mkdtempSync(join(tmpdir(), "sqlite-"))
  return {
    file: join(directory, "database"),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true })
  }
}

/** The connection of a process, and the `SqlClient` over it. */
export interface Connection extends Disposable {
  readonly layer: Layer.Layer<SqlClient.SqlClient>
  readonly database: DatabaseSync
  /** How many statements it has been asked for. */
  readonly statements: () => number
}

/** Connects; from the statement of the given number on, as a process that has died: nothing is ever answered. */
export const connect = (file: string, diesAt = Infinity): Connection => {
  const database = new DatabaseSync(file, { timeout: 10_000 })
  database.exec("PRAGMA synchronous = OFF")
  let statements = 0
  let disposed = false
  const unanswered = new Set<() => void>()
  const run = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.suspend((): Effect.Effect<ReadonlyArray<object>, SqlError.SqlError> => {
      if (disposed) return gone
      if (statements++ >= diesAt) {
        // As the end of a process does: what it had begun is rolled back.
        if (database.isOpen) database.close()
        return Effect.callback<never, SqlError.SqlError>((resume) => {
          unanswered.add(() => resume(gone))
        })
      }
      // The parameters of this project's statements are texts and numbers.
      return Effect.try({ try: () => database.prepare(sql).all(...params as Array<string | number>), catch: failed })
    })
  const values = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.map(run(sql, params), (rows) => rows.map((row) => Object.values(row)))
  const connection: SqlConnection.Connection = {
    execute: run,
    executeRaw: run,
    executeUnprepared: run,
    executeValues: values,
    executeValuesUnprepared: values,
    executeStream: (sql, params) => Stream.fromIterableEffect(run(sql, params))
  }
  return {
    layer: Layer.effect(
      SqlClient.SqlClient,
      SqlClient.make({
        acquirer: Effect.succeed(connection),
        compiler: Statement.makeCompilerSqlite(),
        driver: "test",
        spanAttributes: []
      })
    ).pipe(Layer.provide(Reactivity.layer)),
    database,
    statements: () => statements,
    [Symbol.dispose]: () => {
      disposed = true
      // What waits for an answer may end now, with the test.
      for (const release of unanswered) release()
      if (database.isOpen) database.close()
    }
  }
}

const failed = (cause: unknown) =>
  new SqlError.SqlError({ reason: new SqlError.UnknownError({ cause, message: String(cause) }) })

const gone = Effect.fail(failed("the process has died"))
