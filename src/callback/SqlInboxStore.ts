/**
 * Events of an inbox in a database: PostgreSQL or SQLite.
 *
 * One table holds a row for each event, from when it is stored until `remember` after its end; whoever finds it missing
 * makes it. Each step of an event is one statement.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Migrator from "effect/sql/Migrator"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
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
    Migrator.make({})({
      loader: Migrator.fromRecord({ "0001_create_events": createEvents(tableName) }),
      table: `${tableName}_migrations`
    }).pipe(Effect.provideService(SqlClient.SqlClient, client)),
    (exit) => exit._tag === "Success" ? Duration.infinity : Duration.zero
  )

  const run = <A>(operation: string, statement: Effect.Effect<A, SqlError | Schema.SchemaError>) =>
    Effect.andThen(ready, statement).pipe(
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

  /** Moves an event from one state to the next; `false` if it was not there. */
  const move = (
    operation: string,
    id: string,
    from: keyof typeof state,
    to: keyof typeof state,
    endedAt: number | null,
    failure: string
  ) =>
    run(
      operation,
      sql`UPDATE ${table} SET state = ${state[to]}, ended_at = ${endedAt}, failure = ${failure}, starts = 0, worker = ''
        ${to === "done" ? sql`, raw = ''` : sql.literal("")}
        WHERE inbox = ${name} AND id = ${id} AND state = ${state[from]} RETURNING id`
    ).pipe(Effect.map((moved) => moved.length > 0))

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
      run(
        "put",
        sql`INSERT INTO ${table} (inbox, id, state, shard, sender, raw, received_at, starts, worker, failure)
          VALUES (${name}, ${id}, ${state.waiting}, ${
          shardOf(order, shards)
        }, ${order}, ${raw}, ${receivedAt}, 0, '', '')
          ON CONFLICT (inbox, id) DO NOTHING`
      ).pipe(Effect.asVoid),
    waiting: ({ limit, shards: held, without }) =>
      held.length === 0 ? Effect.succeed([]) : run(
        "waiting",
        sql<WaitingRow>`SELECT id, sender, shard, raw, received_at, starts FROM ${table}
          WHERE inbox = ${name} AND state = ${sql.literal(`${state.waiting}`)}
          ${held.length === shards ? sql.literal("") : sql`AND shard IN (${sql.literal(held.join(", "))})`}
          ${without.length === 0 ? sql.literal("") : sql`AND NOT ${sql.in("sender", without)}`}
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
    begin: ({ id, starts }, worker) =>
      run(
        "begin",
        sql`UPDATE ${table} SET starts = CASE WHEN worker = ${worker} THEN starts ELSE starts + 1 END, worker = ${worker}
          WHERE inbox = ${name} AND id = ${id} AND state = ${state.waiting}
          AND (starts = ${starts} OR worker = ${worker}) RETURNING id`
      ).pipe(Effect.map((begun) => begun.length > 0)),
    giveBack: ({ id }, worker) =>
      run(
        "give back",
        sql`UPDATE ${table} SET starts = starts - 1, worker = ''
          WHERE inbox = ${name} AND id = ${id} AND state = ${state.waiting} AND worker = ${worker}`
      ).pipe(Effect.asVoid),
    done: ({ id }) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => move("done", id, "waiting", "done", now, "")).pipe(
        Effect.asVoid
      ),
    bury: ({ id }, { failedAt, ...end }) =>
      Effect.flatMap(
        Effect.orDie(encodeEnd(end)),
        (failure) => move("bury", id, "waiting", "dead", failedAt, failure)
      ).pipe(Effect.asVoid),
    deadLetters: run(
      "list",
      Effect.flatMap(
        sql<DeadRow>`SELECT id, raw, received_at, failure, ended_at FROM ${table}
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
    replay: (id) => move("replay", id, "dead", "waiting", null, ""),
    discard: (id) => Effect.flatMap(Clock.currentTimeMillis, (now) => move("discard", id, "dead", "done", now, ""))
  })
})

const createEvents = (tableName: string) =>
  Effect.gen(function*() {
    const sql = (yield* SqlClient.SqlClient).withoutTransforms()
    const table = sql(tableName)
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
    yield* sql`CREATE INDEX IF NOT EXISTS ${sql(`${tableName}_ended`)} ON ${table} (inbox, ended_at) WHERE state <> 0`
  })
