import { NodeRedis } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Context, Effect, Exit, Layer, Logger, Redacted, Schedule } from "effect"
import { Redis } from "effect/persistence"
import { createClient } from "redis"
import { afterAll, beforeAll } from "vitest"
import * as TokenStoreSuite from "../../src/testing/TokenStoreSuite.ts"
import * as RedisTokenStore from "../../src/token/RedisTokenStore.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { TokenStore } from "../../src/token/TokenStore.ts"
import { hasRedis, needsRedis, type RedisServer, startRedis } from "../support/redis.ts"

describe("TokenStore in memory", () => {
  for (const { name, run } of TokenStoreSuite.cases) {
    it.live(name, () => Effect.asVoid(run).pipe(Effect.provide(TokenStore.layerMemory)))
  }
})

describe("TokenStore on Redis", () => {
  let server: RedisServer | undefined
  beforeAll(async () => {
    if (hasRedis) server = await startRedis()
  })
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
  })
  const layer = Layer.unwrap(
    Effect.sync(() =>
      RedisTokenStore.layer({ prefix: "test" }).pipe(Layer.provideMerge(NodeRedis.layer({ url: server?.url ?? "" })))
    )
  )

  for (const { name, run } of TokenStoreSuite.cases) {
    it.live(name, (context) => {
      needsRedis(context)
      return Effect.asVoid(run).pipe(Effect.provide(layer))
    })
  }

  it.live("keeps the documented keys, which end with the token", (context) => {
    needsRedis(context)
    return Effect.gen(function*() {
      const redis = yield* Redis.Redis
      const store = yield* TokenStore
      const now = Date.now()
      yield* store.set("app:ww1:00", { value: Redacted.make("T"), obtainedAt: now, expiresAt: now + 60_000 }, {
        _tag: "None"
      } as never)
      const key = "test:v1:{app:ww1:00}:token"
      assert.deepStrictEqual(JSON.parse(yield* redis.send<string>("GET", key)), { v: "T", o: now, e: now + 60_000 })
      const life = yield* redis.send<number>("PTTL", key)
      assert.isTrue(life > 50_000 && life <= 60_000)
    }).pipe(Effect.provide(layer))
  })

  it.live("replaces garbage, and goes on alone while it is there", (context) => {
    needsRedis(context)
    const warnings: Array<string> = []
    const logger = Logger.make(({ message }) => {
      warnings.push(String(message))
    })
    return Effect.gen(function*() {
      const redis = yield* Redis.Redis
      const cache = yield* TokenCache
      yield* redis.send("SET", "test:v1:{app:garbage}:token", "not json")
      const source = { key: "app:garbage", fetch: Effect.succeed({ value: Redacted.make("T"), expiresIn: 7200 }) }
      assert.strictEqual(Redacted.value(yield* cache.get(source)), "T")
      const stored = yield* redis.send<string>("GET", "test:v1:{app:garbage}:token")
      assert.strictEqual(JSON.parse(stored).v, "T")
      assert.strictEqual(warnings.length, 1)
      assert.match(warnings[0] ?? "", /garbage/)
    }).pipe(
      Effect.provide(TokenCache.layer.pipe(Layer.provideMerge(layer))),
      Effect.provide(Logger.layer([logger]))
    )
  })
})

/** Servers that answer, but not as they should; each is put right by another command. */
const troubles: {
  readonly [what: string]: {
    readonly breaks: ReadonlyArray<ReadonlyArray<string>>
    readonly mends: ReadonlyArray<ReadonlyArray<string>>
    readonly code: RegExp
  }
} = {
  "that is full": {
    breaks: [["CONFIG", "SET", "maxmemory", "1"]],
    mends: [["CONFIG", "SET", "maxmemory", "0"]],
    code: /OOM/
  },
  "that has become a replica": {
    breaks: [["REPLICAOF", "127.0.0.1", "1"]],
    mends: [["REPLICAOF", "NO", "ONE"]],
    code: /READONLY|MASTERDOWN/
  },
  "whose user may no longer read": {
    breaks: [["ACL", "SETUSER", "default", "-get", "-set"]],
    mends: [["ACL", "SETUSER", "default", "+get", "+set"]],
    code: /NOPERM/
  },
  "where something else lies under the key": {
    breaks: [["RPUSH", "wecom:v1:{app:ww1:0}:token", "x"]],
    mends: [],
    code: /WRONGTYPE/
  },
  "that is slower than 250 ms": {
    breaks: [["CLIENT", "PAUSE", "3000", "ALL"]],
    mends: [],
    code: /no answer within 250ms/
  }
}

describe("a Redis", () => {
  for (const [what, { breaks, code, mends }] of Object.entries(troubles)) {
    it.live(
      `${what} costs no call, is warned of once without a token, and is shared again when it is well`,
      (context) => {
        needsRedis(context)
        const warnings: Array<string> = []
        const logger = Logger.make(({ message }) => {
          warnings.push(String(message))
        })
        let fetched = 0
        const source = {
          key: "app:ww1:0",
          fetch: Effect.sync(() => ({ value: Redacted.make(`T0ken${++fetched}`), expiresIn: 7200 }))
        }
        return Effect.gen(function*() {
          const server = yield* Effect.acquireRelease(
            Effect.promise(() => startRedis()),
            (server) => Effect.promise(() => server[Symbol.asyncDispose]())
          )
          // Commands of its own connection are not held up by what is done to the others.
          // Without the types of Redis's modules, which take the compiler seconds.
          const client = createClient<{}, {}, {}, 2, {}>({ url: server.url })
          yield* Effect.acquireRelease(
            Effect.promise(() => client.connect()),
            () => Effect.sync(() => client.destroy())
          )
          const command = (words: ReadonlyArray<string>) => Effect.promise(() => client.sendCommand([...words]))
          const redis = NodeRedis.layer({ url: server.url })
          const cache = Effect.map(
            Layer.build(
              Layer.fresh(TokenCache.layer.pipe(Layer.provide(RedisTokenStore.layer()), Layer.provide(redis)))
            ),
            Context.get(TokenCache)
          )
          const [one, other] = [yield* cache, yield* cache]
          yield* Effect.forEach(breaks, command)
          for (const { get } of [one, other, one]) yield* get(source)
          assert.isAtMost(fetched, 2)
          assert.isTrue(warnings.length >= 1 && warnings.length <= 2, warnings.join())
          assert.match(warnings.join(), new RegExp(`${code.source}|no answer within 250ms`))
          assert.notInclude(warnings.join(), "T0ken")
          yield* Effect.forEach(mends, command)
          yield* command(["DEL", "wecom:v1:{app:ww1:0}:token"])
          // The tokens that each has for itself are refused by and by: before long, one is fetched for both.
          yield* Effect.repeat(
            Effect.gen(function*() {
              const before = fetched
              for (const { get, invalidate } of [one, other]) yield* invalidate(source, yield* get(source))
              const values = [yield* one.get(source), yield* other.get(source)].map(Redacted.value)
              return values.every((value) => value === `T0ken${before + 1}`)
            }),
            { until: (shared) => shared, schedule: Schedule.spaced("20 millis") }
          )
        }).pipe(Effect.scoped, Effect.provide(Logger.layer([logger])))
      },
      60_000
    )
  }
})

describe("a broken TokenStore", () => {
  const broken: { readonly [name: string]: Effect.Effect<never, unknown> } = {
    "that refuses": Effect.fail(new Redis.RedisError({ cause: new Error("ERR max memory T0ken") })),
    "that never answers": Effect.never
  }
  for (const [name, answer] of Object.entries(broken)) {
    it.live(`${name} costs a moment, not a call`, () => {
      const warnings: Array<string> = []
      const logger = Logger.make(({ message }) => {
        warnings.push(String(message))
      })
      let fetched = 0
      const source = {
        key: "app:ww1:0",
        fetch: Effect.sync(() => ({ value: Redacted.make(`T${++fetched}`), expiresIn: 7200 }))
      }
      const redis = Layer.succeed(Redis.Redis, {
        send: () => answer as Effect.Effect<never, Redis.RedisError>,
        eval: () => () => answer as Effect.Effect<never, Redis.RedisError>
      } as never)
      return Effect.gen(function*() {
        const cache = yield* TokenCache
        const tokens = yield* Effect.forEach(Array.from({ length: 1000 }), () => cache.get(source), {
          concurrency: "unbounded"
        })
        assert.strictEqual(tokens.length, 1000)
        assert.strictEqual(fetched, 1)
        assert.strictEqual(warnings.length, 1)
        assert.notInclude(warnings[0], "T0ken")
      }).pipe(
        Effect.provide(TokenCache.layer.pipe(Layer.provide(RedisTokenStore.layer()), Layer.provide(redis))),
        Effect.provide(Logger.layer([logger])),
        Effect.timeout("5 seconds"),
        Effect.exit,
        Effect.map((exit) => assert.isTrue(Exit.isSuccess(exit), Exit.isFailure(exit) ? Cause.pretty(exit.cause) : ""))
      )
    })
  }
})
