import { NodeRedis } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, it } from "@effect/vitest"
import { Context, Deferred, Effect, Exit, Layer, Redacted } from "effect"
import { ShardingConfig } from "effect/cluster"
import { Redis } from "effect/persistence"
import { SqlClient } from "effect/sql"
import { afterAll, beforeAll, type TestContext } from "vitest"
import { layerMysql } from "../../examples/mysql-inbox.ts"
import { InboxStore } from "../../src/callback/InboxStore.ts"
import * as RedisInboxStore from "../../src/callback/RedisInboxStore.ts"
import * as SqlInboxStore from "../../src/callback/SqlInboxStore.ts"
import * as SqlRunnerStorage from "../../src/internal/store/sqlRunnerStorage.ts"
import * as InboxSuite from "../../src/testing/InboxSuite.ts"
import { hasMariadb, type MariadbServer, needsMariadb, startMariadb } from "../support/mariadb.ts"
import { hasPostgres, needsPostgres, type PostgresServer, startPostgres } from "../support/postgres.ts"
import { hasRedis, needsRedis, type RedisServer, startRedis } from "../support/redis.ts"
import * as Sqlite from "../support/sqlite.ts"

const options = { remember: "200 millis" } as const

const suite = <E>(layer: Layer.Layer<InboxStore, E>, needs: (context: TestContext) => void = () => {}) => {
  for (const { name, run } of InboxSuite.cases) {
    it.live(name, (context) => {
      needs(context)
      return Effect.asVoid(run).pipe(Effect.provide(layer))
    })
  }
}

/** Two inboxes of different names in the same place. */
const staysApart = Effect.fnUntraced(function*<E, R>(layer: (name: string) => Layer.Layer<InboxStore, E, R>) {
  const [one, other] = yield* Effect.forEach(
    ["one", "other"],
    (name) => Effect.map(Layer.build(Layer.fresh(layer(name))), Context.get(InboxStore))
  )
  if (one === undefined || other === undefined) return assert.fail("both are made above")
  const look = { shards: Array.from({ length: one.shards }, (_, shard) => shard), without: [], limit: 10 }
  for (const store of [one, other]) yield* store.put({ id: "same", order: "same", raw: "<xml/>", receivedAt: 0 })
  const [waiting] = yield* one.waiting(look)
  if (waiting === undefined) return assert.fail("it waits")
  yield* one.bury(waiting, { key: "text", attempts: 1, failure: "no", failedAt: 1 })
  assert.strictEqual((yield* other.waiting(look)).length, 1)
  assert.deepStrictEqual(yield* other.deadLetters, [])
  assert.isFalse(yield* other.discard("same"))
  assert.isTrue(yield* one.discard("same"))
})

const madeByMany = Effect.gen(function*() {
  const start = Layer.build(Layer.fresh(SqlInboxStore.layer({ tableName: "made_by_many" }))).pipe(
    Effect.flatMap((context) => Context.get(context, InboxStore).deadLetters)
  )
  const letters = yield* Effect.all(Array.from({ length: 8 }, () => start), { concurrency: "unbounded" })
  assert.deepStrictEqual(letters.flat(), [])
})

describe("InboxStore in memory", () => {
  suite(InboxStore.layerMemory(options))
})

describe("InboxStore in SQLite", () => {
  const database = Sqlite.create()
  const connection = Sqlite.connect(database.file)
  afterAll(() => {
    connection[Symbol.dispose]()
    database[Symbol.dispose]()
  })
  suite(SqlInboxStore.layer(options).pipe(Layer.provide(connection.layer)))

  it.live("keeps inboxes apart", () =>
    staysApart((name) => SqlInboxStore.layer({ name })).pipe(Effect.provide(connection.layer)))
})

describe("InboxStore in PostgreSQL", () => {
  let server: PostgresServer | undefined
  beforeAll(async () => {
    if (hasPostgres) server = await startPostgres()
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
  })
  const client = Layer.unwrap(Effect.sync(() => PgClient.layer({ url: Redacted.make(server?.url ?? "") })))
  suite(SqlInboxStore.layer(options).pipe(Layer.provide(client)), needsPostgres)

  it.live("keeps inboxes apart", (context) => {
    needsPostgres(context)
    return staysApart((name) => SqlInboxStore.layer({ name })).pipe(Effect.provide(client))
  })

  it.live("many processes may make its tables at the same time", (context) => {
    needsPostgres(context)
    return Effect.provide(madeByMany, client)
  })
})

describe("InboxStore in MariaDB", () => {
  let server: MariadbServer | undefined
  beforeAll(async () => {
    // As careless as a server can be set up: nothing is refused that can be shortened.
    if (hasMariadb) server = await startMariadb("--sql-mode=NO_BACKSLASH_ESCAPES")
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
  })
  const client = Layer.unwrap(Effect.sync(() => layerMysql({ url: Redacted.make(server?.url ?? "") })))
  suite(SqlInboxStore.layer(options).pipe(Layer.provide(client)), needsMariadb)

  it.live("keeps inboxes apart", (context) => {
    needsMariadb(context)
    return staysApart((name) => SqlInboxStore.layer({ name })).pipe(Effect.provide(client))
  })

  it.live("many processes may make its tables at the same time", (context) => {
    needsMariadb(context)
    return Effect.provide(madeByMany, client)
  })

  it.live("goes on with a start that was broken off between the tables of the cluster", (context) => {
    needsMariadb(context)
    const start = <E, R>(client: Layer.Layer<SqlClient.SqlClient, E, R>) =>
      Effect.exit(
        Layer.build(Layer.fresh(SqlRunnerStorage.layer("broken_off"))).pipe(
          Effect.scoped,
          Effect.provide([ShardingConfig.layer(), client])
        )
      )
    return Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      // This user may not make the second one.
      yield* sql`CREATE USER half`
      for (const table of ["broken_off_runners", "broken_off_runner_migrations"]) {
        yield* sql`GRANT ALL ON wecom.${sql(table)} TO half`
      }
      const url = Redacted.make((server?.url ?? "").replace("root@", "half@"))
      assert.isTrue(Exit.isFailure(yield* start(layerMysql({ url }))))
      assert.deepStrictEqual(yield* sql`SELECT runner FROM broken_off_runners`, [])
      assert.isTrue(Exit.isSuccess(yield* start(client)))
      assert.deepStrictEqual(yield* sql`SELECT shard_id FROM broken_off_locks`, [])
    }).pipe(Effect.provide(client))
  })

  it.live("tells texts apart that its collations take for the same", (context) => {
    needsMariadb(context)
    return Effect.gen(function*() {
      const store = yield* InboxStore
      const texts = ["zhangsan", "ZhangSan", "zhangsan ", "zhàngsān", "'; --\\", "张三😀"]
      for (const text of texts) yield* store.put({ id: text, order: text, raw: `${text}😀`, receivedAt: 0 })
      const shards = Array.from({ length: store.shards }, (_, shard) => shard)
      const waiting = (without: ReadonlyArray<string>) => store.waiting({ shards, without, limit: 100 })
      const found = yield* waiting([])
      assert.deepStrictEqual(
        found.map(({ id, order, raw }) => [id, order, raw]),
        texts.map((text) => [text, text, `${text}😀`])
      )
      for (const text of texts) {
        const others = (yield* waiting([text])).map(({ order }) => order)
        assert.deepStrictEqual(others, texts.filter((other) => other !== text))
      }
      for (const [index, event] of found.entries()) {
        yield* store.done(event)
        assert.deepStrictEqual((yield* waiting([])).map(({ id }) => id), texts.slice(index + 1))
      }
    }).pipe(Effect.provide(Layer.provide(SqlInboxStore.layer({ name: "texts" }), client)))
  })

  it.live("keeps inboxes apart whose names differ in case", (context) => {
    needsMariadb(context)
    return staysApart((name) => SqlInboxStore.layer({ name: name === "one" ? "Inbox" : "inbox" })).pipe(
      Effect.provide(client)
    )
  })

  it.live("keeps large events whole, and refuses an id that it would shorten", (context) => {
    needsMariadb(context)
    return Effect.gen(function*() {
      const store = yield* InboxStore
      const raw = "消".repeat(400_000)
      yield* store.put({ id: "large", order: "a".repeat(70_000), raw, receivedAt: 0 })
      const [found] = yield* store.waiting({ shards: [...Array(64).keys()], without: [], limit: 1 })
      assert.isTrue(found?.raw === raw && found.order.length === 70_000)
      const refused = yield* Effect.flip(store.put({ id: "长".repeat(683), order: "", raw: "", receivedAt: 0 }))
      assert.strictEqual(refused.description, "its id has more than 2048 bytes")
      yield* store.put({ id: "长".repeat(682), order: "", raw: "", receivedAt: 0 })
    }).pipe(Effect.provide(Layer.provide(SqlInboxStore.layer({ name: "large" }), client)))
  })

  it.live("does a statement again that was broken off to end a deadlock", (context) => {
    needsMariadb(context)
    return Effect.gen(function*() {
      const store = yield* InboxStore
      const sql = yield* SqlClient.SqlClient
      yield* store.put({ id: "a", order: "a", raw: "", receivedAt: 0 })
      const [event] = yield* store.waiting({ shards: [...Array(64).keys()], without: [], limit: 1 })
      if (event === undefined) return assert.fail("it waits")
      const deadlocks = Effect.map(
        sql<{ readonly n: number | string }>`
          SELECT \`COUNT\` AS n FROM information_schema.INNODB_METRICS WHERE NAME = 'lock_deadlocks'
        `,
        ([row]) => Number(row?.n)
      )
      const before = yield* deadlocks
      // The transaction that has changed more is the one that is kept.
      yield* sql`CREATE TABLE ballast (n INTEGER PRIMARY KEY)`
      const rows = Array.from({ length: 100 }, (_, n) => `(${n})`)
      const holdsRow = yield* Deferred.make<void>()
      const other = sql.withTransaction(Effect.gen(function*() {
        yield* sql`INSERT INTO ballast VALUES ${sql.csv(rows)}`
        // The row, and later its entry in the index: the store takes them the other way round.
        yield* sql`SELECT raw FROM wecom_inbox WHERE seq = (SELECT MAX(seq) FROM wecom_inbox) FOR UPDATE`
        yield* Deferred.succeed(holdsRow, undefined)
        yield* Effect.sleep("200 millis")
        yield* sql`SELECT inbox FROM wecom_inbox FORCE INDEX (event) WHERE inbox = 'deadlock' AND id = 'a' FOR UPDATE`
      }))
      yield* Effect.all([other, Effect.andThen(Deferred.await(holdsRow), store.done(event))], { concurrency: 2 })
      assert.strictEqual((yield* deadlocks) - before, 1)
      assert.isFalse(yield* store.begin(event, "worker"))
    }).pipe(
      Effect.provide(Layer.provideMerge(SqlInboxStore.layer({ name: "deadlock" }), client))
    )
  })
})

describe("InboxStore on Redis", () => {
  let server: RedisServer | undefined
  beforeAll(async () => {
    if (hasRedis) server = await startRedis()
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
  })
  const client = Layer.unwrap(Effect.sync(() => NodeRedis.layer({ url: server?.url ?? "" })))
  suite(RedisInboxStore.layer(options).pipe(Layer.provide(client)), needsRedis)

  it.live("keeps inboxes apart, each in a slot of its own", (context) => {
    needsRedis(context)
    return Effect.gen(function*() {
      yield* staysApart((name) => RedisInboxStore.layer({ name, prefix: "test" }))
      const redis = yield* Redis.Redis
      const keys = yield* redis.send<ReadonlyArray<string>>("KEYS", "*same*")
      assert.deepStrictEqual(keys.toSorted(), [
        "{test:v2:one}:done:same",
        "{test:v2:other}:event:same",
        "{test:v2:other}:queue:same"
      ])
    }).pipe(Effect.provide(client))
  })
})
