/**
 * Events of an inbox in a database: PostgreSQL, MySQL, MariaDB or SQLite.
 *
 * One table holds a row for each event, from when it is stored until `remember` after its end; whoever finds it missing
 * makes it. Each step of an event is one statement, and none needs a connection of its own.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Hex from "effect/encoding/Hex"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { createTable } from "../internal/store/createTable.ts"
import { answered, defaultTableName, withDefaults } from "../internal/store/inboxSettings.ts"
import { shardOf } from "../internal/store/shardOf.ts"
import { DeadLetter, InboxStore, InboxStoreError, type InboxStoreOptions } from "./InboxStore.ts"

/** How the store is set up, and the name of its table. */
export interface Options extends InboxStoreOptions {
  /** Default: "wecom_inbox". */
  readonly tableName?: string | undefined
}

/** An `InboxStore` over `SqlClient`. */
export const layer = (options: Options = {}): Layer.Layer<InboxStore, never, SqlClient.SqlClient> =>
  Layer.effect(InboxStore, make(options))

const End = Schema.fromJsonString(DeadLetter.mapFields(({ attempts, failure, key }) => ({ attempts, failure, key })))
const encodeEnd = Schema.encodeEffect(End)
const decodeEnd = Schema.decodeUnknownEffect(End)

/** Where a row is on its way. */
const state = { waiting: 0, done: 1, dead: 2 }

/** Drivers give 64-bit integers as texts, numbers or bigints. */
interface WaitingRow {
  readonly id: string
  readonly sender: string
  readonly shard: number | bigint
  readonly raw: string
  readonly received_at: string | number | bigint
  readonly starts: number | bigint
}

interface DeadRow extends WaitingRow {
  readonly failure: string
  readonly ended_at: string | number | bigint
}

const make = Effect.fnUntraced(function*(options: Options) {
  const { name, remember, shards } = withDefaults(options)
  const client = yield* SqlClient.SqlClient
  const sql = client.withoutTransforms()
  const tableName = options.tableName ?? defaultTableName
  const table = sql(tableName)

  /** Once it has succeeded, it is not done again: a database that is away at first is like one that is away later. */
  const ready = yield* Effect.cachedWithTTL(
    createTable(tableName, createEvents(tableName)).pipe(
      Effect.provideService(SqlClient.SqlClient, client)
    ),
    (exit) => exit._tag === "Success" ? Duration.infinity : Duration.zero
  )

  const run = <A>(operation: string, statement: Effect.Effect<A, SqlError | Schema.SchemaError>) =>
    Effect.andThen(ready, Effect.retry(statement, { while: isDeadlock, schedule: untilItIsFree })).pipe(
      Effect.mapError((error) =>
        new InboxStoreError({
          operation,
          description: error._tag === "SchemaError"
            ? "what is stored there is garbage"
            : error._tag === "MigrationError"
            ? `its table could not be made: ${error.kind}`
            : error.reason._tag
        })
      ),
      answered((description) => new InboxStoreError({ operation, description })),
      Effect.withTracerEnabled(false)
    )

  /**
   * The table, to be read through an index. MySQL decides by numbers that change from one moment to the next: it would lock
   * all that wait to find one of them if they are few, and read all that is done to find what waits if they are many.
   */
  const by = (index: "event" | "waiting") =>
    sql.onDialectOrElse({ mysql: () => sql`${table} FORCE INDEX (${sql(index)})`, orElse: () => table })
  const byId = by("event")

  /** In MySQL ids and senders are bytes: its collations take `a` for `A`, or for `a` with a space behind it. */
  const text = (column: string) =>
    sql.literal(
      sql.onDialectOrElse({ mysql: () => `CONVERT(${column} USING utf8mb4) AS ${column}`, orElse: () => column })
    )

  /** In a statement that is not prepared. What MySQL's drivers put into the text themselves depends on its `sql_mode`. */
  const value = (text: string) =>
    sql.onDialectOrElse({
      mysql: () => sql.literal(`x'${Hex.encode(text)}'`),
      orElse: () => sql`${text}`
    })

  /** A server that is not strict would shorten it, and take it for another. */
  const isTooLong = sql.onDialectOrElse({
    mysql: () => (id: string) => new TextEncoder().encode(id).length > longestId,
    orElse: () => () => false
  })

  /** The end of an INSERT that does nothing if the event is known. */
  const orNothing = sql.literal(sql.onDialectOrElse({
    // Not INSERT IGNORE: it ignores whatever is wrong with a row, and shortens texts.
    mysql: () => "ON DUPLICATE KEY UPDATE seq = seq",
    orElse: () => "ON CONFLICT (inbox, id) DO NOTHING"
  }))

  /** The statement that moves an event from one state to the next. */
  const move = (
    id: string,
    from: keyof typeof state,
    to: keyof typeof state,
    endedAt: number | null,
    failure: string
  ) =>
    sql`UPDATE ${byId} SET state = ${state[to]}, ended_at = ${endedAt}, failure = ${failure}, starts = 0, worker = ''
      ${to === "done" ? sql`, raw = ''` : sql.literal("")}
      WHERE inbox = ${name} AND id = ${id} AND state = ${state[from]}`

  /** Moves a dead letter; `false` if there is none. MySQL does not return what it has changed. */
  const moveLetter = (operation: string, id: string, to: keyof typeof state, endedAt: number | null) => {
    const moving = move(id, "dead", to, endedAt, "")
    return run(
      operation,
      sql.onDialectOrElse({
        mysql: () =>
          sql.withTransaction(
            Effect.tap(
              sql`SELECT id FROM ${byId} WHERE inbox = ${name} AND id = ${id} AND state = ${state.dead} FOR UPDATE`,
              ({ length }) => Effect.when(moving, Effect.succeed(length > 0))
            )
          ),
        orElse: () => sql`${moving} RETURNING id`
      })
    ).pipe(Effect.map(({ length }) => length > 0))
  }

  const sweep = Effect.flatMap(Clock.currentTimeMillis, (now) =>
    run(
      "sweep",
      sql`DELETE FROM ${table} WHERE inbox = ${name} AND state = ${state.done}
        AND ended_at < ${now - Duration.toMillis(remember)}`
    ))
  const between = Duration.min(Duration.minutes(10), Duration.max(remember, Duration.seconds(1)))
  yield* Effect.ignore(sweep).pipe(Effect.schedule(Schedule.spaced(between)), Effect.forkScoped)

  return InboxStore.of({
    shards,
    put: ({ id, order, raw, receivedAt }) =>
      Effect.andThen(
        isTooLong(id)
          ? Effect.fail(
            new InboxStoreError({ operation: "put", description: `its id has more than ${longestId} bytes` })
          )
          : Effect.void,
        run(
          "put",
          sql`INSERT INTO ${table} (inbox, id, state, shard, sender, raw, received_at, starts, worker, failure)
            VALUES (${name}, ${id}, ${state.waiting}, ${
            shardOf(order, shards)
          }, ${order}, ${raw}, ${receivedAt}, 0, '', '') ${orNothing}`
        )
      ).pipe(Effect.asVoid),
    waiting: ({ limit, shards: held, without }) =>
      held.length === 0 ? Effect.succeed([]) : run(
        "waiting",
        sql<WaitingRow>`SELECT ${text("id")}, ${text("sender")}, shard, raw, received_at, starts FROM ${by("waiting")}
          WHERE inbox = ${value(name)} AND state = ${sql.literal(`${state.waiting}`)}
          ${held.length === shards ? sql.literal("") : sql`AND shard IN (${sql.literal(held.join(", "))})`}
          ${
          without.length === 0
            ? sql.literal("")
            : sql`AND sender NOT IN (${sql.csv(without.map(value))})`
        }
          ORDER BY seq LIMIT ${sql.literal(`${Math.floor(limit)}`)}`.unprepared
      ).pipe(
        Effect.map((rows) =>
          rows.map(({ id, raw, received_at, sender, shard, starts }) => ({
            id,
            order: sender,
            shard: Number(shard),
            raw,
            receivedAt: Number(received_at),
            starts: Number(starts)
          }))
        )
      ),
    begin: ({ id, starts }, worker) => {
      // MySQL assigns from left to right.
      const begin = sql`UPDATE ${byId}
        SET starts = CASE WHEN worker = ${worker} THEN starts ELSE starts + 1 END, worker = ${worker}
        WHERE inbox = ${name} AND id = ${id} AND state = ${state.waiting}
        AND (starts = ${starts} OR worker = ${worker})`
      return run(
        "begin",
        sql.onDialectOrElse({
          // Whoever has begun is the last that has.
          mysql: () =>
            Effect.andThen(
              begin,
              sql`SELECT id FROM ${byId}
                WHERE inbox = ${name} AND id = ${id} AND state = ${state.waiting} AND worker = ${worker}`
            ),
          orElse: () => sql`${begin} RETURNING id`
        })
      ).pipe(Effect.map(({ length }) => length > 0))
    },
    giveBack: ({ id }, worker) =>
      run(
        "give back",
        sql`UPDATE ${byId} SET starts = starts - 1, worker = ''
          WHERE inbox = ${name} AND id = ${id} AND state = ${state.waiting} AND worker = ${worker}`
      ).pipe(Effect.asVoid),
    done: ({ id }) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => run("done", move(id, "waiting", "done", now, ""))).pipe(
        Effect.asVoid
      ),
    bury: ({ id }, { failedAt, ...end }) =>
      Effect.flatMap(
        Effect.orDie(encodeEnd(end)),
        (failure) => run("bury", move(id, "waiting", "dead", failedAt, failure))
      ).pipe(Effect.asVoid),
    deadLetters: run(
      "list",
      Effect.flatMap(
        sql<DeadRow>`SELECT ${text("id")}, raw, received_at, failure, ended_at FROM ${table}
          WHERE inbox = ${name} AND state = ${state.dead} ORDER BY ended_at, seq`,
        Effect.forEach(({ ended_at, failure, id, raw, received_at }) =>
          Effect.map(decodeEnd(failure), (end) => ({
            id,
            raw,
            receivedAt: Number(received_at),
            failedAt: Number(ended_at),
            ...end
          }))
        )
      )
    ),
    replay: (id) => moveLetter("replay", id, "waiting", null),
    discard: (id) => Effect.flatMap(Clock.currentTimeMillis, (now) => moveLetter("discard", id, "done", now))
  })
})

const isDeadlock = (error: SqlError | Schema.SchemaError): boolean =>
  error._tag === "SqlError" && error.reason._tag === "DeadlockError"

/** The statement that a database breaks off to end a deadlock has changed nothing. */
const untilItIsFree = Schedule.exponential("10 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 5 }))

/** How many bytes MySQL can index beside the name of the inbox. */
const longestId = 2_048

const createEvents = (tableName: string) =>
  Effect.gen(function*() {
    const sql = (yield* SqlClient.SqlClient).withoutTransforms()
    const table = sql(tableName)
    yield* sql.onDialectOrElse({
      mysql: () =>
        sql`CREATE TABLE IF NOT EXISTS ${table} (
          seq BIGINT AUTO_INCREMENT PRIMARY KEY,
          inbox VARBINARY(1020) NOT NULL,
          id VARBINARY(${sql.literal(`${longestId}`)}) NOT NULL,
          state SMALLINT NOT NULL,
          shard INTEGER NOT NULL,
          sender MEDIUMBLOB NOT NULL,
          raw MEDIUMTEXT NOT NULL,
          received_at BIGINT NOT NULL,
          starts INTEGER NOT NULL,
          worker VARCHAR(36) NOT NULL,
          failure MEDIUMTEXT NOT NULL,
          ended_at BIGINT,
          UNIQUE KEY event (inbox, id),
          KEY waiting (inbox, state, seq),
          KEY ended (inbox, state, ended_at)
        ) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      orElse: () =>
        Effect.gen(function*() {
          const seq = sql.literal(sql.onDialectOrElse({
            pg: () => "BIGSERIAL PRIMARY KEY",
            orElse: () => "INTEGER PRIMARY KEY AUTOINCREMENT"
          }))
          yield* sql`CREATE TABLE IF NOT EXISTS ${table} (
            seq ${seq},
            inbox VARCHAR(255) NOT NULL,
            id TEXT NOT NULL,
            state SMALLINT NOT NULL,
            shard INTEGER NOT NULL,
            sender TEXT NOT NULL,
            raw TEXT NOT NULL,
            received_at BIGINT NOT NULL,
            starts INTEGER NOT NULL,
            worker VARCHAR(36) NOT NULL,
            failure TEXT NOT NULL,
            ended_at BIGINT,
            UNIQUE (inbox, id)
          )`
          yield* sql`CREATE INDEX IF NOT EXISTS ${sql(`${tableName}_waiting`)} ON ${table} (inbox, seq) WHERE state = 0`
          yield* sql`CREATE INDEX IF NOT EXISTS ${
            sql(`${tableName}_ended`)
          } ON ${table} (inbox, ended_at) WHERE state <> 0`
        })
    })
  })
