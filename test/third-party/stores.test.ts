/**
 * Suite tickets, permanent codes and apps: in memory, and on a private Redis.
 */
import { NodeRedis } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Exit, Layer, Option, Redacted, Result } from "effect"
import { Redis } from "effect/persistence"
import { inspect } from "node:util"
import { afterAll, beforeAll } from "vitest"
import { StoreError } from "../../src/StoreError.ts"
import { AppDirectory, type AppStore } from "../../src/tenants/AppDirectory.ts"
import * as InstalledApps from "../../src/tenants/InstalledApps.ts"
import { PermanentCodes } from "../../src/tenants/PermanentCodes.ts"
import * as RedisAppDirectory from "../../src/tenants/RedisAppDirectory.ts"
import * as RedisPermanentCodes from "../../src/tenants/RedisPermanentCodes.ts"
import * as RedisSuiteTickets from "../../src/tenants/RedisSuiteTickets.ts"
import { SuiteTickets } from "../../src/tenants/SuiteTickets.ts"
import * as AppDirectorySuite from "../../src/testing/AppDirectorySuite.ts"
import * as PermanentCodesSuite from "../../src/testing/PermanentCodesSuite.ts"
import * as SuiteTicketsSuite from "../../src/testing/SuiteTicketsSuite.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { hasRedis, needsRedis, type RedisServer, startRedis } from "../support/redis.ts"

const suite = WeComApp.suite({
  suiteId: "ww-suite",
  suiteSecret: Redacted.make("suite-secret"),
  suiteTicket: Effect.succeed(Redacted.make("ticket"))
})
const template = WeComApp.suite({
  suiteId: "dk-template",
  suiteSecret: Redacted.make("template-secret"),
  suiteTicket: Effect.succeed(Redacted.make("ticket"))
})

describe("in memory", () => {
  for (const { name, run } of SuiteTicketsSuite.cases) {
    it.live(`SuiteTickets ${name}`, () => Effect.provide(run, SuiteTickets.layerMemory))
  }
  for (const { name, run } of PermanentCodesSuite.cases) {
    it.live(`PermanentCodes ${name}`, () => Effect.provide(run, PermanentCodes.layerMemory))
  }
  for (const { name, run } of AppDirectorySuite.cases) {
    it.live(`AppDirectory ${name}`, () => Effect.provide(run, AppDirectory.layerMemory()))
  }
})

describe("on Redis", () => {
  let server: RedisServer | undefined
  beforeAll(async () => {
    if (hasRedis) server = await startRedis("--appendonly", "yes", "--appendfsync", "always")
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
  })
  const redis = Layer.unwrap(Effect.sync(() => NodeRedis.layer({ url: server?.url ?? "" })))
  const layer = Layer.mergeAll(
    RedisSuiteTickets.layer({ prefix: "test" }),
    RedisPermanentCodes.layer({ prefix: "test" }),
    RedisAppDirectory.layer({ prefix: "test", suites: [suite] })
  ).pipe(Layer.provideMerge(redis))

  const cases = [
    ...SuiteTicketsSuite.cases.map(({ name, run }) => ({ name: `SuiteTickets ${name}`, run })),
    ...PermanentCodesSuite.cases.map(({ name, run }) => ({ name: `PermanentCodes ${name}`, run })),
    ...AppDirectorySuite.cases.map(({ name, run }) => ({ name: `AppDirectory ${name}`, run }))
  ]
  for (const { name, run } of cases) {
    it.live(name, (context) => {
      needsRedis(context)
      return Effect.provide(run as Effect.Effect<void, unknown, Layer.Success<typeof layer>>, layer)
    })
  }

  it.live("keeps the documented keys; a ticket's ends with it", (context) => {
    needsRedis(context)
    return Effect.gen(function*() {
      const redis = yield* Redis.Redis
      const now = Date.now()
      yield* (yield* SuiteTickets).put({ suiteId: "s1", ticket: Redacted.make("T"), pushedAt: now })
      const key = "test:v1:{s1}:suite_ticket"
      assert.deepStrictEqual(JSON.parse(yield* redis.send<string>("GET", key)), { v: "T", t: now })
      const life = yield* redis.send<number>("PTTL", key)
      assert.isTrue(life > 29 * 60_000 && life <= 30 * 60_000, `${life}`)
      yield* (yield* PermanentCodes).put("s1", "ww1", { code: Redacted.make("P"), agentId: 7 })
      const code = yield* redis.send<string>("HGET", "test:v1:{s1}:permanent_codes", "ww1")
      assert.deepStrictEqual(JSON.parse(code), { v: "P", a: 7 })
      const apps = yield* AppDirectory
      yield* apps.put(WeComApp.secret({ corpId: "ww1", secret: Redacted.make("S"), agentId: 8 }))
      yield* apps.put(WeComApp.authorised(suite, { corpId: "ww1", permanentCode: Redacted.make("P"), agentId: 7 }))
      const fields = yield* redis.send<ReadonlyArray<string>>("HGETALL", "test:v1:{ww1}:apps")
      assert.sameMembers([...fields].filter((_, i) => i % 2 === 0), ["agent:8", "suite:ww-suite"])
      assert.notInclude(fields.join(), "suite-secret")
      const app = yield* apps.get({ corpId: "ww1", suiteId: "ww-suite" })
      assert.isTrue(app._tag === "Authorised" && app.suite === suite && Redacted.value(app.permanentCode) === "P")
    }).pipe(Effect.provide(layer))
  })

  it.live("survives a crash of Redis", (context) => {
    needsRedis(context)
    const put = Effect.gen(function*() {
      yield* (yield* SuiteTickets).put({ suiteId: "s2", ticket: Redacted.make("T"), pushedAt: Date.now() })
      yield* (yield* PermanentCodes).put("s2", "ww1", { code: Redacted.make("P"), agentId: 7 })
    })
    const read = Effect.gen(function*() {
      assert.strictEqual(Redacted.value(yield* (yield* SuiteTickets).get("s2")), "T")
      const code = Option.getOrThrow(yield* (yield* PermanentCodes).get("s2", "ww1"))
      assert.strictEqual(Redacted.value(code.code), "P")
    })
    return Effect.gen(function*() {
      yield* Effect.provide(put, layer)
      yield* Effect.promise(() => server?.kill() ?? Promise.resolve())
      yield* Effect.promise(() => server?.start() ?? Promise.resolve())
      yield* Effect.provide(read, Layer.fresh(layer))
    })
  })

  it.live("says that what is stored is garbage, and forgets it all the same", (context) => {
    needsRedis(context)
    return Effect.gen(function*() {
      const redis = yield* Redis.Redis
      const tickets = yield* SuiteTickets
      yield* redis.send("SET", "test:v1:{s3}:suite_ticket", "secret garbage")
      const ticket = yield* Effect.flip(tickets.get("s3"))
      assert.strictEqual(ticket.reason._tag, "TransportFailed")
      assert.match(ticket.message, /garbage/)
      assert.notInclude(ticket.message, "secret")
      yield* tickets.put({ suiteId: "s3", ticket: Redacted.make("T"), pushedAt: Date.now() })
      assert.strictEqual(Redacted.value(yield* tickets.get("s3")), "T")
      yield* redis.send("HSET", "test:v1:{s3}:permanent_codes", "ww1", "{}")
      assert.instanceOf(yield* Effect.flip((yield* PermanentCodes).get("s3", "ww1")), StoreError)
      const apps = yield* AppDirectory
      yield* redis.send("HSET", "test:v1:{ww3}:apps", "agent:1", "{}")
      assert.strictEqual((yield* Effect.flip(apps.get({ corpId: "ww3" }))).reason._tag, "TransportFailed")
      yield* apps.remove({ corpId: "ww3" })
      assert.strictEqual((yield* Effect.flip(apps.get({ corpId: "ww3" }))).reason._tag, "RequestInvalid")
    }).pipe(Effect.provide(layer))
  })

  it.live("two processes see each other's apps: at once where they are new, in a while where they changed", (context) => {
    needsRedis(context)
    const other = Layer.fresh(RedisAppDirectory.layer({ prefix: "test", timeToLive: "200 millis" })).pipe(
      Layer.provide(redis)
    )
    const secretOf = (app: WeComApp) => app._tag === "Secret" ? Redacted.value(app.secret) : app._tag
    return Effect.gen(function*() {
      const here = yield* AppDirectory
      const there = Context.get(yield* Layer.build(other), AppDirectory)
      const app = (secret: string) => WeComApp.secret({ corpId: "ww4", secret: Redacted.make(secret) })
      yield* Effect.flip(there.get({ corpId: "ww4" }))
      yield* here.put(app("a"))
      assert.strictEqual(secretOf(yield* there.get({ corpId: "ww4" })), "a")
      yield* here.put(app("b"))
      assert.strictEqual(secretOf(yield* there.get({ corpId: "ww4" })), "a")
      yield* Effect.sleep("250 millis")
      assert.strictEqual(secretOf(yield* there.get({ corpId: "ww4" })), "b")
    }).pipe(Effect.provide(layer))
  })
})

describe("a Redis that is down", () => {
  const answers = {
    refuses: Effect.fail(new Redis.RedisError({ cause: new Error("ERR invalid T0p-secret") })),
    "never answers": Effect.never
  }
  for (const [name, answer] of Object.entries(answers)) {
    it.live(`that ${name} is a typed failure within a second, which tells no secret`, () => {
      const redis = Layer.succeed(Redis.Redis, { send: () => answer, eval: () => () => answer } as never)
      return Effect.gen(function*() {
        const tickets = yield* SuiteTickets
        const codes = yield* PermanentCodes
        const apps = yield* AppDirectory
        const ticket = Redacted.make("T0p-secret")
        const operations: ReadonlyArray<Effect.Effect<StoreError | WeComError, unknown>> = [
          Effect.flip(tickets.put({ suiteId: "s", ticket, pushedAt: Date.now() })),
          Effect.flip(tickets.get("s")),
          Effect.flip(codes.put("s", "ww1", { code: ticket })),
          Effect.flip(codes.get("s", "ww1")),
          Effect.flip(codes.remove("s", "ww1")),
          Effect.flip(apps.put(WeComApp.secret({ corpId: "ww1", secret: ticket }))),
          Effect.flip(apps.get({ corpId: "ww1" })),
          Effect.flip(apps.remove({ corpId: "ww1" }))
        ]
        const failures = yield* Effect.all(operations, { concurrency: "unbounded" })
        for (const failure of failures) {
          assert.notInclude(`${failure.message} ${inspect(failure)} ${JSON.stringify(failure)}`, "T0p-secret")
          if (failure._tag === "WeComError") assert.isTrue(failure.isRetryable)
        }
      }).pipe(
        Effect.provide(
          Layer.mergeAll(RedisSuiteTickets.layer(), RedisPermanentCodes.layer(), RedisAppDirectory.layer()).pipe(
            Layer.provide(redis)
          )
        ),
        Effect.timeout("3 seconds")
      )
    })
  }
})

describe("AppDirectory", () => {
  it.effect("over your own store asks it once a while for a corp, and again after a failure", () => {
    const asked: Array<string> = []
    let fails = true
    const directory = AppDirectory.layer(Effect.succeed<AppStore>({
      list: (corpId) =>
        Effect.suspend(() => {
          asked.push(corpId)
          return fails
            ? Effect.fail(new StoreError({ store: "apps", operation: "list", description: "the database is away" }))
            : Effect.succeed([WeComApp.secret({ corpId, secret: Redacted.make("s") })])
        }),
      put: () => Effect.void,
      remove: () => Effect.void
    }))
    return Effect.gen(function*() {
      const apps = yield* AppDirectory
      assert.strictEqual((yield* Effect.flip(apps.get({ corpId: "ww1" }))).reason._tag, "TransportFailed")
      fails = false
      const found = yield* Effect.forEach(Array.from({ length: 100 }), () => apps.get({ corpId: "ww1" }), {
        concurrency: "unbounded"
      })
      assert.strictEqual(new Set(found).size, 1)
      yield* apps.get({ corpId: "ww2" })
      assert.deepStrictEqual(asked, ["ww1", "ww1", "ww2"])
    }).pipe(Effect.provide(directory))
  })

  it.effect("says what it looked for, and what to say where several fit", () =>
    Effect.gen(function*() {
      const apps = yield* AppDirectory
      const none = yield* Effect.flip(apps.get({ corpId: "ww2", agentId: 5 }))
      assert.strictEqual(
        none.message,
        "AppDirectory.get: RequestInvalid: corpId: no app of the corp ww2 with the agent id 5 is known"
      )
      const several = yield* Effect.flip(apps.get({ corpId: "ww1" }))
      assert.match(several.message, /agentId: the corp ww1 has 2 apps that fit/)
    }).pipe(Effect.provide(AppDirectory.layerMemory([
      WeComApp.secret({ corpId: "ww1", agentId: 1, secret: Redacted.make("a") }),
      WeComApp.secret({ corpId: "ww1", agentId: 2, secret: Redacted.make("b") })
    ]))))

  it.effect("over permanent codes knows suites and templates by corp", () =>
    Effect.gen(function*() {
      const codes = yield* PermanentCodes
      const apps = yield* AppDirectory
      yield* codes.put("ww-suite", "ww1", { code: Redacted.make("P1"), agentId: 7 })
      const installed = yield* apps.get({ corpId: "ww1" })
      assert.isTrue(installed._tag === "Authorised" && installed.suite === suite && installed.agentId === 7)
      yield* apps.put(WeComApp.template({
        corpId: "ww1",
        suiteId: "dk-template",
        permanentCode: Redacted.make("P2"),
        agentId: 8
      }))
      assert.strictEqual((yield* apps.get({ corpId: "ww1", agentId: 8 }))._tag, "Template")
      assert.strictEqual((yield* apps.get({ corpId: "ww1", suiteId: "ww-suite" }))._tag, "Authorised")
      assert.isTrue(Result.isFailure(yield* Effect.result(apps.get({ corpId: "ww1" }))))
      yield* apps.remove({ corpId: "ww1", suiteId: "ww-suite" })
      assert.isTrue(Option.isNone(yield* codes.get("ww-suite", "ww1")))
      assert.strictEqual((yield* apps.get({ corpId: "ww1" }))._tag, "Template")
      const foreign = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("S") })
      assert.isTrue(Exit.isFailure(yield* Effect.exit(apps.put(foreign))))
    }).pipe(
      Effect.provide(InstalledApps.layer([suite, template]).pipe(Layer.provideMerge(PermanentCodes.layerMemory)))
    ))

  it.effect("refuses to store on Redis an app whose tokens are supplied", () =>
    Effect.gen(function*() {
      const apps = yield* AppDirectory
      const tokens = { app: { get: Effect.succeed(Redacted.make("t")) } }
      const error = yield* Effect.flip(apps.put(WeComApp.provided({ corpId: "ww1", tokens })))
      assert.match(error.message, /cannot be stored/)
      const own = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("s"), tokens })
      assert.match((yield* Effect.flip(apps.put(own))).message, /cannot be stored/)
    }).pipe(
      Effect.provide(RedisAppDirectory.layer().pipe(Layer.provide(Layer.succeed(Redis.Redis, {} as never))))
    ))
})
