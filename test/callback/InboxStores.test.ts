import { NodeRedis } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Redacted } from "effect"
import { Redis } from "effect/persistence"
import { afterAll, beforeAll, type TestContext } from "vitest"
import { InboxStore } from "../../src/callback/InboxStore.ts"
import * as RedisInboxStore from "../../src/callback/RedisInboxStore.ts"
import * as SqlInboxStore from "../../src/callback/SqlInboxStore.ts"
import * as InboxSuite from "../../src/testing/InboxSuite.ts"
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
    const start = Layer.build(Layer.fresh(SqlInboxStore.layer({ tableName: "made_by_many" }))).pipe(
      Effect.flatMap((context) => Context.get(context, InboxStore).deadLetters)
    )
    return Effect.all(Array.from({ length: 8 }, () => start), { concurrency: "unbounded" }).pipe(
      Effect.provide(client),
      Effect.map((letters) => assert.deepStrictEqual(letters.flat(), []))
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
