/**
 * Dead letters and lanes in a database (PostgreSQL or SQLite), for an inbox that a fleet shares.
 *
 * One table, made when the layer is built, holds a row for each dead letter, for each event at work, and for the worker of
 * each lane. Time is the database's, so that the clocks of workers need not agree.
 */
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Migrator from "effect/sql/Migrator"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { Begun, DeadLetter, InboxStore, InboxStoreError } from "./InboxStore.ts"

/** Where the rows lie, and how fast a lane of a dead worker is taken over. */
export interface Options {
  /** Default: `wecom_inbox`. */
  readonly tableName?: string | undefined
  /** How long a lane stays with a worker that gives no sign of life. Default: 15 seconds. */
  readonly laneLife?: Duration.Input | undefined
}

/** An `InboxStore` over `SqlClient`; fails with the `SqlError` of making its table. */
export const layer = (options: Options = {}): Layer.Layer<InboxStore, SqlError, SqlClient.SqlClient> =>
  Layer.effect(InboxStore, make(options))

const encodeLetter = Schema.encodeEffect(Schema.fromJsonString(DeadLetter))
const decodeLetter = Schema.decodeUnknownEffect(Schema.fromJsonString(DeadLetter))
const encodeWork = Schema.encodeEffect(Schema.fromJsonString(Begun))
const decodeWork = Schema.decodeUnknownEffect(Schema.fromJsonString(Begun))

interface Row {
  readonly body: string
}

/** A row is of a kind (`dead`, `work` or `lane`), belongs to an inbox or a lane, and has an id there. */
const make = Effect.fnUntraced(function*(options: Options) {
  const sql = (yield* SqlClient.SqlClient).withoutTransforms()
  const tableName = options.tableName ?? "wecom_inbox"
  const table = sql(tableName)
  const life = Duration.fromInputUnsafe(options.laneLife ?? "15 seconds")
  const millis = Math.ceil(Duration.toMillis(life))

  yield* Effect.catchTag(
    Migrator.make({})({
      loader: Migrator.fromRecord({
        "0001_create_table": sql`CREATE TABLE IF NOT EXISTS ${table} (
          kind VARCHAR(4) NOT NULL,
          owner VARCHAR(255) NOT NULL,
          id VARCHAR(255) NOT NULL,
          body TEXT NOT NULL,
          millis BIGINT NOT NULL,
          PRIMARY KEY (kind, owner, id)
        )`
      }),
      table: `${tableName}_migrations`
    }),
    "MigrationError",
    Effect.die
  )

  /** Milliseconds of the epoch, as the database tells them. */
  const now = sql.onDialectOrElse({
    pg: () => sql.literal("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"),
    orElse: () => sql.literal("CAST((julianday('now') - 2440587.5) * 86400000 AS BIGINT)")
  })

  const failed = (operation: string) => (error: SqlError | Schema.SchemaError) =>
    new InboxStoreError({
      operation,
      description: error._tag === "SchemaError" ? "what is stored there is garbage" : error.reason._tag
    })

  const put = (kind: string, owner: string, id: string, body: string, at: number) =>
    sql`INSERT INTO ${table} (kind, owner, id, body, millis) VALUES (${kind}, ${owner}, ${id}, ${body}, ${at})
      ON CONFLICT (kind, owner, id) DO UPDATE SET body = excluded.body, millis = excluded.millis`

  const isHeldBy = (lane: string, id: string) =>
    Effect.map(
      sql`SELECT body FROM ${table} WHERE kind = 'lane' AND owner = ${lane} AND body = ${id}`,
      (rows) => rows.length > 0
    )

  return InboxStore.of({
    bury: (inbox, letter) =>
      Effect.flatMap(encodeLetter(letter), (text) => put("dead", inbox, letter.id, text, letter.failedAt)).pipe(
        Effect.asVoid,
        Effect.mapError(failed("bury"))
      ),
    deadLetters: (inbox) =>
      sql<Row>`SELECT body FROM ${table} WHERE kind = 'dead' AND owner = ${inbox} ORDER BY millis, id`.pipe(
        Effect.flatMap(Effect.forEach(({ body }) => decodeLetter(body))),
        Effect.mapError(failed("list"))
      ),
    exhume: (inbox, { failedAt, id }) =>
      sql`DELETE FROM ${table} WHERE kind = 'dead' AND owner = ${inbox} AND id = ${id} AND millis = ${failedAt}
        RETURNING id`.pipe(
        Effect.map((removed) => removed.length > 0),
        Effect.mapError(failed("exhume"))
      ),
    begun: (lane) =>
      sql<Row>`SELECT body FROM ${table} WHERE kind = 'work' AND owner = ${lane} ORDER BY millis, id`.pipe(
        Effect.flatMap(Effect.forEach(({ body }) => decodeWork(body))),
        Effect.mapError(failed("begun"))
      ),
    begin: (lane, event) =>
      Effect.flatMap(encodeWork(event), (text) => put("work", lane, event.queueId, text, event.receivedAt)).pipe(
        Effect.asVoid,
        Effect.mapError(failed("begin"))
      ),
    forget: (lane, queueId) =>
      sql`DELETE FROM ${table} WHERE kind = 'work' AND owner = ${lane} AND id = ${queueId}`.pipe(
        Effect.asVoid,
        Effect.mapError(failed("forget"))
      ),
    hold: (lane) =>
      Effect.gen(function*() {
        const id = crypto.randomUUID()
        yield* Effect.addFinalizer(() =>
          Effect.ignore(sql`DELETE FROM ${table} WHERE kind = 'lane' AND owner = ${lane} AND body = ${id}`)
        )
        yield* sql`DELETE FROM ${table} WHERE kind = 'lane' AND owner = ${lane} AND millis < ${now}`.pipe(
          Effect.andThen(
            sql`INSERT INTO ${table} (kind, owner, id, body, millis)
              VALUES ('lane', ${lane}, '', ${id}, ${now} + ${sql.literal(`${millis}`)})
              ON CONFLICT (kind, owner, id) DO NOTHING`
          ),
          Effect.andThen(isHeldBy(lane, id)),
          Effect.repeat({ until: (held) => held, schedule: Schedule.spaced(Duration.times(life, 0.1)) })
        )
        const lost = yield* Deferred.make<void>()
        // A renewal that fails is tried again, until the lane must be another's by now.
        yield* sql`UPDATE ${table} SET millis = ${now} + ${sql.literal(`${millis}`)}
          WHERE kind = 'lane' AND owner = ${lane} AND body = ${id}`.pipe(
          Effect.andThen(isHeldBy(lane, id)),
          Effect.retry(
            Schedule.spaced(Duration.times(life, 0.1)).pipe(Schedule.upTo({ duration: Duration.times(life, 0.5) }))
          ),
          Effect.orElseSucceed(() => false),
          Effect.repeat({ while: (held) => held, schedule: Schedule.spaced(Duration.times(life, 0.3)) }),
          Effect.andThen(Deferred.succeed(lost, undefined)),
          Effect.forkScoped
        )
        return Deferred.await(lost)
      }).pipe(Effect.catchTag("SqlError", (error) => Effect.fail(failed("hold")(error))))
  })
})
