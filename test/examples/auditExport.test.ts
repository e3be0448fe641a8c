/**
 * `examples/audit-export.ts`: a day's logs of the simulator, and an export that goes on where it stopped.
 */
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, FileSystem, Layer, Stream } from "effect"
import { Ndjson } from "effect/encoding"
import { TestClock } from "effect/testing"
import { exportDay, Line } from "../../examples/audit-export.ts"
import { SecurityRecords } from "../../src/security/SecurityRecords.ts"
import { act, operate } from "../../src/simulator/areas/security/SecurityActs.ts"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const wecom = SecurityRecords.layer.pipe(
  Layer.provideMerge(Simulator.layerTest()),
  Layer.provideMerge(NodeServices.layer)
)

const day = DateTime.setZoneNamedUnsafe(DateTime.makeUnsafe("2026-11-27T04:00:00Z"), "Asia/Shanghai")

const at = (time: string) => TestClock.setTime(DateTime.toEpochMillis(DateTime.makeUnsafe(time)))

/** The simulator, from the evening before on. */
const simulated = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.andThen(at("2026-11-26T23:00:00+08:00"), Effect.provide(effect, wecom))

/** What happens on the day and around it. */
const happen = Effect.gen(function*() {
  const operated = (detail_type: number) =>
    operate({ userid: "zhangsan", operation: { oper_type: 7, detail_type, detail_info: "登录", ip: "1.2.3.4" } })
  yield* at("2026-11-26T23:59:59+08:00")
  yield* operated(1)
  yield* at("2026-11-27T00:00:00+08:00")
  yield* operated(23)
  yield* at("2026-11-27T00:59:59.900+08:00")
  yield* operated(14)
  yield* at("2026-11-27T01:00:00+08:00")
  yield* act({ userid: "zhangsan", operation: { oper_type: 4, detail_info: "iPhone" } })
  yield* at("2026-11-27T23:59:59+08:00")
  yield* operated(22)
  yield* at("2026-11-28T00:00:00+08:00")
  yield* operated(2)
  yield* at("2026-11-28T06:00:00+08:00")
})

const linesOf = (directory: string) =>
  Effect.flatMap(
    FileSystem.FileSystem,
    (files) =>
      Effect.flatMap(files.readDirectory(directory), (names) =>
        Stream.fromIterable(names.toSorted()).pipe(
          Stream.flatMap((name) => files.stream(`${directory}/${name}`)),
          Stream.pipeThroughChannel(Ndjson.decodeSchema(Line)()),
          Stream.map(({ log, type }) => [log, type]),
          Stream.runCollect
        ))
  )

describe("examples/audit-export.ts", () => {
  it.effect("writes every operation of the day once, by the hour", () =>
    Effect.gen(function*() {
      yield* happen
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.makeTempDirectoryScoped()
      const written = yield* exportDay({ day, directory })
      assert.lengthOf(written, 24)
      assert.deepStrictEqual([written[0], written[23]], ["2026-11-27T00.ndjson", "2026-11-27T23.ndjson"])
      assert.deepStrictEqual(yield* linesOf(directory), [["admin", 23], ["admin", 14], ["member", 4], ["admin", 22]])
      assert.strictEqual(
        (yield* files.readFileString(`${directory}/2026-11-27T00.ndjson`)).split("\n")[0],
        "{\"log\":\"admin\",\"time\":\"2026-11-26T16:00:00.000Z\",\"userid\":\"zhangsan\",\"type\":23,\"action\":\"登录后台\"," +
          "\"detail\":\"登录\",\"ip\":\"1.2.3.4\"}"
      )
    }).pipe(simulated))

  it.effect("leaves hours that are not over for a later run", () =>
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.makeTempDirectoryScoped()
      yield* at("2026-11-27T02:30:00+08:00")
      assert.deepStrictEqual(yield* exportDay({ day, directory }), ["2026-11-27T00.ndjson", "2026-11-27T01.ndjson"])
      yield* at("2026-11-28T00:00:00+08:00")
      assert.lengthOf(yield* exportDay({ day, directory }), 22)
    }).pipe(simulated))

  it.effect("goes on where it stopped", () =>
    Effect.gen(function*() {
      yield* happen
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.makeTempDirectoryScoped()
      const { calls, clearFaults, inject } = yield* Simulator
      yield* inject({ endpoint: "/cgi-bin/security/member_oper_log/list", fault: Fault.errcode(48002) })
      const error = yield* Effect.flip(exportDay({ day, directory }))
      assert.strictEqual(error._tag === "WeComError" && error.reason._tag, "PermissionDenied")
      assert.deepStrictEqual(yield* files.readDirectory(directory), ["2026-11-27T00.ndjson.part"])
      yield* clearFaults

      yield* exportDay({ day, directory })
      for (const name of ["2026-11-27T01.ndjson", "2026-11-27T23.ndjson"]) yield* files.remove(`${directory}/${name}`)
      const before = (yield* calls("/cgi-bin/security/admin_oper_log/list")).length
      assert.deepStrictEqual(yield* exportDay({ day, directory }), ["2026-11-27T01.ndjson", "2026-11-27T23.ndjson"])
      assert.lengthOf(yield* calls("/cgi-bin/security/admin_oper_log/list"), before + 2)
      assert.deepStrictEqual(yield* linesOf(directory), [["admin", 23], ["admin", 14], ["member", 4], ["admin", 22]])
    }).pipe(simulated))
})
