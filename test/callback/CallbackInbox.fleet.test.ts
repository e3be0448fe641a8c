import { NodeRedis } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Logger, Redacted, Schedule } from "effect"
import { Redis } from "effect/persistence"
import { SqlClient } from "effect/sql"
import { type Report, run } from "../../bench/chaos/run.ts"
import { layerMysql } from "../../examples/mysql-inbox.ts"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import { TextMessage } from "../../src/callback/events/Messages.ts"
import * as PatientRedis from "../../src/node/PatientRedis.ts"
import { needsMariadb, startMariadb } from "../support/mariadb.ts"
import { needsPostgres, startPostgres } from "../support/postgres.ts"
import { needsRedis, startRedis } from "../support/redis.ts"
import * as Sqlite from "../support/sqlite.ts"

const text = (from: string, id: number) =>
  new TextMessage({
    ToUserName: "ww1",
    FromUserName: from,
    CreateTime: DateTime.makeUnsafe(1_700_000_000_000),
    AgentID: 1,
    MsgId: `${id}`,
    Content: `message ${id}`
  })

const range = (length: number) => Array.from({ length }, (_, i) => i)

const silent = Logger.layer([])

/** Waits for it in real time. */
const until = (so: () => boolean) =>
  Effect.repeat(Effect.sync(so), { until: (so) => so, schedule: Schedule.spaced("20 millis") })

/** Works on the inbox: what it has handled, in this order. */
const working = Effect.fnUntraced(function*(inbox: CallbackInbox["Service"], millis = 0) {
  const handled: Array<number> = []
  yield* Effect.forkScoped(inbox.work({
    handlers: {
      text: ({ MsgId }) =>
        Effect.andThen(
          Effect.sync(() => handled.push(Number(MsgId))),
          millis === 0 ? Effect.void : Effect.sleep(millis)
        )
    },
    fallback: () => Effect.void,
    drain: 0
  }))
  return handled
})

const redisInbox = (url: string) =>
  CallbackInbox.layerRedis({ takeover: "3 seconds" }).pipe(Layer.provideMerge(NodeRedis.layer({ url })))

describe("an inbox under fire", () => {
  /** A few kills of each, for the time that tests may take: `npm run chaos` is the whole. */
  const shortly = {
    events: 1_280,
    senders: 64,
    pause: 120,
    workers: 2,
    growTo: 3,
    millis: 10,
    killWorkers: 1_500,
    killStore: 2_000,
    atMost: 2,
    limit: 120_000
  }
  const verdict = ({ left, lost, outOfOrder, stored }: Report) => ({ stored, lost, outOfOrder, left })
  const well = { stored: shortly.events, lost: 0, outOfOrder: 0, left: 0 }

  it("loses nothing on Redis, which is killed as its workers are", async (context) => {
    needsRedis(context)
    const report = await run({ store: "redis", ...shortly })
    console.log(JSON.stringify(report))
    assert.deepStrictEqual(verdict(report), well)
    assert.deepStrictEqual(report.kills, { workers: 2, store: 2 })
  })

  it("loses nothing in PostgreSQL, which is killed as its workers are", async (context) => {
    needsPostgres(context)
    const report = await run({ store: "postgres", ...shortly })
    console.log(JSON.stringify(report))
    assert.deepStrictEqual(verdict(report), well)
    assert.deepStrictEqual(report.kills, { workers: 2, store: 2 })
  })

  it("loses nothing in MariaDB, which is killed as its workers are", async (context) => {
    needsMariadb(context)
    const report = await run({ store: "mariadb", ...shortly, atMost: 1 })
    console.log(JSON.stringify(report))
    assert.deepStrictEqual(verdict(report), well)
    assert.deepStrictEqual(report.kills, { workers: 1, store: 1 })
  })

  it("loses nothing in SQLite when workers are killed", async () => {
    const report = await run({ store: "sqlite", ...shortly, growTo: 2, atMost: 1 })
    console.log(JSON.stringify(report))
    assert.deepStrictEqual(verdict(report), well)
    assert.strictEqual(report.kills.workers, 1)
  })

  it("four processes do more than two times the work of one where handlers wait", async (context) => {
    needsPostgres(context)
    const slowly = { store: "postgres", events: 480, senders: 240, millis: 400, settle: 3_000, limit: 120_000 } as const
    // The shortest of each tells of the inbox; what else a machine does makes either longer, and never shorter.
    const shortest = { one: Infinity, four: Infinity }
    for (let attempt = 1; attempt <= 3 && !(shortest.one / shortest.four > 2); attempt++) {
      const one = await run({ ...slowly, workers: 1, forget: false })
      const four = await run({ ...slowly, workers: 4, forget: false })
      console.log(`one: ${one.duration} ms, four: ${four.duration} ms, shares ${four.shares.join()}`)
      assert.deepStrictEqual([one.handled, four.handled], [480, 480])
      shortest.one = Math.min(shortest.one, one.duration)
      shortest.four = Math.min(shortest.four, four.duration)
    }
    assert.isAbove(shortest.one / shortest.four, 2)
  }, 600_000)
})

describe("an inbox on Redis", () => {
  it("an error that Redis returns for a while leaves no event behind", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    const program = Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const client = yield* Redis.Redis
      const handled = yield* working(inbox)
      yield* inbox.put(text("a", 0))
      yield* until(() => handled.length === 1)
      // As LOADING after a restart, or READONLY at a failover: for what a worker reads, and for what it holds.
      const tag = "{wecom:inbox:v2:callbacks}"
      const locks = "{wecom:inbox:v1:callbacks:workers}:locks"
      const held = yield* client.send<ReadonlyArray<string>>("HGETALL", locks)
      yield* client.send("RENAME", locks, "away")
      yield* client.send("SET", locks, "no hash")
      for (const shard of range(64)) yield* client.send("SET", `${tag}:orders:${shard}`, "no set")
      yield* Effect.sleep("2 seconds")
      for (const shard of range(64)) yield* client.send("DEL", `${tag}:orders:${shard}`)
      yield* inbox.put(text("a", 1))
      yield* Effect.sleep("1 second")
      yield* client.send("RENAME", "away", locks)
      yield* inbox.put(text("a", 2))
      yield* until(() => handled.length === 3)
      assert.deepStrictEqual(handled, [0, 1, 2])
      assert.strictEqual(held.length, 128)
    })
    await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(redisInbox(redis.url)), Effect.provide(silent)))
  })

  it("a full Redis is emptied: new events are refused, those that it has are handled", async (context) => {
    needsRedis(context)
    await using redis = await startRedis("--maxmemory", "4mb", "--maxmemory-policy", "noeviction")
    const program = Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const stored: Array<number> = []
      const big = (id: number) => new TextMessage({ ...text(`user-${id % 50}`, id), Content: "x".repeat(1_500) })
      let refused = 0
      for (let id = 0; refused < 20; id++) {
        const isStored = yield* Effect.isSuccess(inbox.put(big(id)))
        if (isStored) stored.push(id)
        else refused++
      }
      assert.isAbove(stored.length, 500)
      const handled = yield* working(inbox)
      yield* until(() => handled.length === stored.length)
      assert.deepStrictEqual(handled.toSorted((a, b) => a - b), stored)
      // There is room again.
      yield* inbox.put(big(1_000_000))
      yield* until(() => handled.includes(1_000_000))
    })
    await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(redisInbox(redis.url)), Effect.provide(silent)))
  })

  it("works in a cluster: what a script touches shares a slot", async (context) => {
    needsRedis(context)
    await using redis = await startRedis("--cluster-enabled", "yes")
    const program = Effect.gen(function*() {
      const client = yield* Redis.Redis
      yield* client.send("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
      yield* client.send<string>("CLUSTER", "INFO").pipe(
        Effect.repeat({ until: (info) => info.includes("cluster_state:ok"), schedule: Schedule.spaced("100 millis") })
      )
      const across = yield* Effect.flip(
        client.send("EVAL", "return redis.call('DEL', KEYS[1], KEYS[2])", "2", "a", "b")
      )
      assert.match(String(across.cause), /CROSSSLOT|same slot/)
      const inbox = yield* CallbackInbox
      for (let id = 0; id < 20; id++) yield* inbox.put(text(`user-${id % 5}`, id))
      const handled = yield* working(inbox)
      yield* until(() => handled.length === 20)
      assert.deepStrictEqual(handled.toSorted((a, b) => a - b), range(20))
    })
    await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(redisInbox(redis.url)), Effect.provide(silent)))
  })
})

describe("an inbox whose store fails between taking an event and beginning with it", () => {
  /** Events 1 to 6 come while it fails, for `failing` as long as its scope is open. */
  const keepsTheOrder = Effect.fnUntraced(
    function*<E, R, E2, R2>(begin: Effect.Effect<unknown, E, R>, end: Effect.Effect<unknown, E2, R2>) {
      const inbox = yield* CallbackInbox
      const handled = yield* working(inbox, 300)
      for (const id of [0, 1, 2, 3]) yield* inbox.put(text("a", id))
      yield* until(() => handled.length === 1)
      // The one at work ends, and the next one is to begin.
      yield* begin
      yield* Effect.sleep("1500 millis")
      yield* end
      for (const id of [4, 5, 6]) yield* inbox.put(text("a", id))
      yield* until(() => new Set(handled).size === 7)
      yield* Effect.sleep("500 millis")
      return handled
    },
    Effect.scoped,
    Effect.provide(silent)
  )

  it("keeps the order on Redis", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    const handled = await Effect.runPromise(
      Effect.gen(function*() {
        const client = yield* Redis.Redis
        return yield* keepsTheOrder(
          client.send("ACL", "SETUSER", "default", "-hset"),
          client.send("ACL", "SETUSER", "default", "+hset")
        )
      }).pipe(Effect.provide(redisInbox(redis.url)))
    )
    assert.deepStrictEqual(handled, range(7))
  })

  const renamed = Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* keepsTheOrder(
      sql`ALTER TABLE wecom_inbox RENAME TO away`.unprepared,
      sql`ALTER TABLE away RENAME TO wecom_inbox`.unprepared
    )
  })
  const inbox = CallbackInbox.layerSql({ takeover: "3 seconds" })

  it("keeps the order in PostgreSQL", async (context) => {
    needsPostgres(context)
    await using server = await startPostgres()
    const client = PgClient.layer({ url: Redacted.make(server.url) })
    const handled = await Effect.runPromise(renamed.pipe(Effect.provide(inbox.pipe(Layer.provideMerge(client)))))
    assert.deepStrictEqual(handled, range(7))
  })

  it("keeps the order in SQLite", async () => {
    using database = Sqlite.create()
    using connection = Sqlite.connect(database.file)
    const handled = await Effect.runPromise(
      renamed.pipe(Effect.provide(inbox.pipe(Layer.provideMerge(connection.layer))))
    )
    assert.deepStrictEqual(handled, range(7))
  })
})

describe("an inbox whose store is away at the start", () => {
  it("starts without Redis, refuses events, and goes on when it is there", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    await redis.kill()
    const program = Effect.gen(function*() {
      const inbox = yield* CallbackInbox
      const handled = yield* working(inbox)
      const refused = yield* Effect.flip(inbox.put(text("a", 1)))
      assert.include(refused.message, "no answer within 1s")
      yield* Effect.promise(() => redis.start())
      yield* Effect.retry(inbox.put(text("a", 1)), Schedule.spaced("200 millis"))
      yield* until(() => handled.length === 1)
    })
    const client = PatientRedis.layer(NodeRedis.layer({ url: redis.url }))
    const inbox = CallbackInbox.layerRedis({ takeover: "3 seconds" }).pipe(Layer.provide(client))
    await Effect.runPromise(program.pipe(Effect.scoped, Effect.provide(inbox), Effect.provide(silent)))
  })

  /** What is said while a database is away, killed before the inbox makes its tables and started again later. */
  const startsWithout = (server: { readonly kill: () => Promise<void>; readonly start: () => Promise<void> }) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      // The client is connected, but has nothing to work with yet.
      yield* Effect.promise(() => server.kill())
      return yield* Effect.gen(function*() {
        const inbox = yield* CallbackInbox
        const handled = yield* working(inbox)
        const { message } = yield* Effect.flip(inbox.put(text("a", 1)))
        yield* Effect.promise(() => server.start())
        yield* Effect.retry(inbox.put(text("a", 1)), Schedule.spaced("200 millis"))
        yield* until(() => handled.length === 1)
        return message
      }).pipe(
        Effect.provide(CallbackInbox.layerSql({ takeover: "3 seconds" })),
        Effect.provideService(SqlClient.SqlClient, sql)
      )
    }).pipe(Effect.scoped, Effect.provide(silent))

  it("starts without PostgreSQL, refuses events, and goes on when it is there", async (context) => {
    needsPostgres(context)
    await using server = await startPostgres()
    const client = PgClient.layer({ url: Redacted.make(server.url) })
    const refusal = await Effect.runPromise(Effect.provide(startsWithout(server), client))
    assert.include(refusal, "could not be stored")
  })

  it("starts without MariaDB, refuses events, and goes on when it is there", async (context) => {
    needsMariadb(context)
    await using server = await startMariadb()
    const client = layerMysql({ url: Redacted.make(server.url) })
    const refusal = await Effect.runPromise(Effect.provide(startsWithout(server), client))
    assert.include(refusal, "could not be stored")
  })
})
