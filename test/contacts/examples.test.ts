import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Logger, Stream } from "effect"
import { TestClock } from "effect/testing"
import { members } from "../../examples/export-members.ts"
import { Directory, sync } from "../../examples/sync-address-book.ts"
import { Departments } from "../../src/contacts/Departments.ts"
import { Users } from "../../src/contacts/Users.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { until } from "../support/until.ts"
import { simulated } from "./support.ts"

/** 30 departments below the root, 300 members, every third of whom is in two departments. */
const corp = {
  ...defaultCorp,
  departments: Array.from({ length: 30 }, (_, index) => ({ id: index + 2, name: `部门${index}` })),
  members: Array.from({ length: 300 }, (_, index) => ({
    userid: `user${index}`,
    department: index % 3 === 0 ? [2 + index % 30, 2 + (index + 1) % 30] : [2 + index % 30]
  }))
}

describe("syncing the address book", () => {
  it.effect("copies everybody once, tells how far it is, and forgets who has gone", () => {
    const progress: Array<string> = []
    const log = Logger.layer([Logger.make(({ message }) => progress.push(String(message)))])
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* sync, { departments: 31, members: 300, gone: 0 })
      assert.lengthOf(progress, 31)
      assert.match(progress[0] ?? "", /^1\/31 示例企业: 0 members$/)
      const users = yield* Users
      yield* users.deleteMany({ useridlist: ["user0", "user7"] })
      yield* Departments.use((departments) => departments.create({ name: "新部门", parentid: 1 }))
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual(yield* sync, { departments: 32, members: 298, gone: 2 })
      const simulator = yield* Simulator
      assert.lengthOf(yield* simulator.calls("/cgi-bin/user/list"), 31 + 32)
    }).pipe(Effect.provide(Layer.mergeAll(log, Directory.layerMemory)), simulated({ corps: [corp] }))
  })
})

describe("exporting the members", () => {
  it.effect("waits for the job and reads its encrypted files", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const exporting = yield* Effect.forkChild(Stream.runCollect(members))
      // Web Cryptography takes real time: the clock moves on once the job has been asked about.
      yield* until(
        Effect.map(simulator.calls("/cgi-bin/export/get_result"), (calls) => calls.length > 0)
      )
      yield* TestClock.adjust("2 seconds")
      const exported = yield* Fiber.join(exporting)
      assert.deepStrictEqual(exported.map(({ userid }) => userid), corp.members.map(({ userid }) => userid))
      assert.deepStrictEqual(exported[0]?.departments.map(({ id }) => id), [2, 3])
      assert.lengthOf(yield* simulator.calls("/cgi-bin/export/get_result"), 2)
    }).pipe(Effect.provide(NodeCallbackCrypto.layer), simulated({ corps: [corp] })))
})
