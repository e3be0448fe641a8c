/**
 * One holder at a time, whatever keeps the lease.
 */
import { NodeRedis } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as SqlClient from "effect/sql/SqlClient"
import * as TestClock from "effect/testing/TestClock"
import { layerMysql } from "../../examples/mysql-inbox.ts"
import * as HeldLease from "../../src/internal/robot/heldLease.ts"
import * as RedisSmartRobotLease from "../../src/robot/RedisSmartRobotLease.ts"
import { SmartRobotLease } from "../../src/robot/SmartRobotLease.ts"
import * as SqlSmartRobotLease from "../../src/robot/SqlSmartRobotLease.ts"
import { StoreError } from "../../src/StoreError.ts"
import { needsMariadb, startMariadb } from "../support/mariadb.ts"
import { needsRedis, startRedis } from "../support/redis.ts"
import * as Sqlite from "../support/sqlite.ts"

/** Takes a lease in a scope of its own. */
const take = (lease: SmartRobotLease["Service"], name = "bot") =>
  Effect.gen(function*() {
    const scope = yield* Scope.make()
    const held = yield* Scope.provide(lease.hold(name), scope)
    return { ...held, release: Scope.close(scope, Exit.void) }
  })

/** What every lease must do. */
const suite = (lease: SmartRobotLease["Service"]) =>
  Effect.gen(function*() {
    const first = yield* take(lease)
    assert.isTrue(yield* first.isValid)
    assert.isTrue(yield* first.confirm)
    // Another bot is another matter.
    yield* Effect.flatMap(take(lease, "other"), ({ release }) => release)
    const second = yield* Effect.forkChild(take(lease))
    yield* Effect.sleep("700 millis")
    assert.isUndefined(second.pollUnsafe())
    assert.isTrue(yield* first.isValid)
    yield* first.release
    const next = yield* Fiber.join(second)
    assert.isAbove(next.epoch, first.epoch)
    yield* next.release
  })

/** A lease that ended behind the back of its holder, as after a pause of its process. */
const stolen = (lease: SmartRobotLease["Service"], steal: Effect.Effect<unknown, unknown>) =>
  Effect.gen(function*() {
    const first = yield* take(lease)
    yield* steal
    const second = yield* take(lease)
    yield* first.lost
    assert.isFalse(yield* first.confirm)
    // Its release takes nothing from the new holder.
    yield* first.release
    assert.isTrue(yield* second.confirm)
    assert.isAbove(second.epoch, first.epoch)
    yield* second.release
  })

const life = "500 millis"

describe("a lease", () => {
  it.live("in memory has one holder at a time", () =>
    Effect.flatMap(SmartRobotLease, suite).pipe(Effect.provide(SmartRobotLease.layerMemory)))

  it.live("on Redis has one holder at a time, and is lost when it ended", (context) =>
    Effect.gen(function*() {
      needsRedis(context)
      const server = yield* Effect.acquireRelease(
        Effect.promise(() => startRedis()),
        (server) => Effect.promise(() => server[Symbol.asyncDispose]())
      )
      yield* Effect.gen(function*() {
        const lease = yield* SmartRobotLease
        yield* suite(lease)
        const redis = yield* Redis.Redis
        yield* stolen(lease, redis.send("DEL", "wecom:robot:v1:{bot}:lease"))
      }).pipe(
        Effect.provide(
          RedisSmartRobotLease.layer({ life }).pipe(Layer.provideMerge(NodeRedis.layer({ url: server.url })))
        )
      )
    }))

  it.live("in a database has one holder at a time, and is lost when it ended", () =>
    Effect.gen(function*() {
      const database = Sqlite.create()
      const connection = Sqlite.connect(database.file)
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          connection[Symbol.dispose]()
          database[Symbol.dispose]()
        })
      )
      yield* Effect.gen(function*() {
        const lease = yield* SmartRobotLease
        yield* suite(lease)
        const sql = yield* SqlClient.SqlClient
        yield* stolen(lease, sql`UPDATE wecom_robot_lease SET ends_at = 0`)
      }).pipe(Effect.provide(SqlSmartRobotLease.layer({ life }).pipe(Layer.provideMerge(connection.layer))))
    }))

  it.live("in MariaDB has one holder at a time, and is lost when it ended", (context) =>
    Effect.gen(function*() {
      needsMariadb(context)
      const server = yield* Effect.acquireRelease(
        Effect.promise(() => startMariadb()),
        (server) => Effect.promise(() => server[Symbol.asyncDispose]())
      )
      yield* Effect.gen(function*() {
        const lease = yield* SmartRobotLease
        yield* suite(lease)
        const sql = yield* SqlClient.SqlClient
        yield* stolen(lease, sql`UPDATE wecom_robot_lease SET ends_at = 0`)
        // Its collations take the two for the same.
        const lower = yield* take(lease, "wbot")
        const upper = yield* take(lease, "wBot")
        assert.isTrue(yield* lower.confirm)
        yield* lower.release
        assert.isTrue(yield* upper.confirm)
        yield* upper.release
      }).pipe(Effect.provide(
        SqlSmartRobotLease.layer({ life }).pipe(Layer.provideMerge(layerMysql({ url: Redacted.make(server.url) })))
      ))
    }))

  it.effect("whose store fails is kept for its life, and not longer", () =>
    Effect.gen(function*() {
      let works = true
      const failed = new StoreError({ store: "test", operation: "renew", description: "away" })
      const held = yield* HeldLease.hold({
        acquire: Effect.succeed(1),
        renew: Effect.suspend(() => works ? Effect.succeed(true) : Effect.fail(failed)),
        release: Effect.void
      }, Duration.seconds(6))
      const lost = yield* Effect.forkChild(held.lost)
      yield* TestClock.adjust("1 minute")
      assert.isTrue(yield* held.isValid)
      works = false
      yield* TestClock.adjust("3 seconds")
      works = true
      yield* TestClock.adjust("1 minute")
      assert.isUndefined(lost.pollUnsafe())
      works = false
      yield* TestClock.adjust("6 seconds")
      assert.isFalse(yield* held.isValid)
      assert.isDefined(lost.pollUnsafe())
    }))
})
