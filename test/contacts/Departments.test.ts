import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Departments } from "../../src/contacts/Departments.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

describe("departments", () => {
  it.effect("are refused, naming the field, before anything is sent", () => {
    const { layer, sent } = canned(() => ({ errcode: 0, id: 1 }))
    return Effect.gen(function*() {
      const departments = yield* Departments
      const wrongName = "name: a name must be without any of \\ : * ? \" < > |"
      assert.deepStrictEqual(yield* refusal(departments.create({ name: "", parentid: 1 })), ["name: must not be blank"])
      assert.deepStrictEqual(yield* refusal(departments.create({ name: "研发/测试?", parentid: 1 })), [wrongName])
      assert.deepStrictEqual(yield* refusal(departments.create({ name: "部".repeat(65), parentid: 1 })), [
        "name: at most 64 characters are allowed, got 65"
      ])
      assert.lengthOf(yield* refusal(departments.create({ name: "研发", parentid: 1, id: 1 })), 1)
      assert.lengthOf(yield* refusal(departments.create({ name: "研发", parentid: 1, order: 2 ** 32 })), 1)
      assert.deepStrictEqual(sent(), [])
      yield* departments.create({ name: "部".repeat(64), parentid: 1, order: 2 ** 32 - 1 })
      assert.lengthOf(sent(), 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("leave out what the app may not see", () => {
    const { layer } = canned(() => ({ errcode: 0, department: [{ id: 2, parentid: 1, name: null }] }))
    return Effect.gen(function*() {
      const [department] = yield* Departments.use((departments) => departments.list())
      assert.deepStrictEqual({ ...department }, { id: 2, parentid: 1, name: undefined })
    }).pipe(Effect.provide(layer))
  })

  it.effect("are a tree", () =>
    Effect.gen(function*() {
      const departments = yield* Departments
      const id = yield* departments.create({ name: "平台组", parentid: 2 })
      yield* departments.update({ id, name: "平台部", parentid: 3 })
      const moved = yield* departments.get({ id })
      assert.strictEqual(moved.name, "平台部")
      assert.deepStrictEqual((yield* departments.listIds({ id: 3 })).map((node) => [node.id, node.parentid]), [
        [3, 1],
        [id, 3]
      ])
      assert.strictEqual(yield* errcode(departments.delete({ id: 3 })), 60006)
      yield* departments.delete({ id })
      assert.strictEqual(yield* errcode(departments.get({ id })), 60003)
    }).pipe(simulated()))
})
