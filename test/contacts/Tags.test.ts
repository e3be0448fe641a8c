import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Tags } from "../../src/contacts/Tags.ts"
import { Users } from "../../src/contacts/Users.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

describe("tags", () => {
  it.effect("are created, renamed, listed and deleted", () =>
    Effect.gen(function*() {
      const tags = yield* Tags
      const tagid = yield* tags.create({ tagname: "值班" })
      assert.strictEqual(yield* tags.create({ tagname: "羽毛球", tagid: 12 }), 12)
      yield* tags.update({ tagid, tagname: "夜班" })
      assert.deepStrictEqual((yield* tags.list()).map(({ tagid, tagname }) => [tagid, tagname]), [
        [tagid, "夜班"],
        [12, "羽毛球"]
      ])
      yield* tags.delete({ tagid })
      assert.strictEqual(yield* errcode(tags.get({ tagid })), 40068)
    }).pipe(simulated()))

  it.effect("are borne by members and departments, those left out being named", () =>
    Effect.gen(function*() {
      const tags = yield* Tags
      const tagid = yield* tags.create({ tagname: "值班" })
      const all = yield* tags.addMembers({ tagid, userlist: ["zhangsan", "lisi"], partylist: [3] })
      assert.deepStrictEqual([all.invalidlist, all.invalidparty], [undefined, []])
      const some = yield* tags.addMembers({ tagid, userlist: ["wangwu", "x", "y"], partylist: [99] })
      assert.deepStrictEqual([some.invalidlist, some.invalidparty], [["x", "y"], [99]])
      assert.deepStrictEqual(all.unreached, [])
      assert.deepStrictEqual(some.unreached, [
        { kind: "user", id: "x" },
        { kind: "user", id: "y" },
        { kind: "party", id: "99" }
      ])
      assert.strictEqual(yield* errcode(tags.addMembers({ tagid, userlist: ["x"] })), 40070)
      const { partylist, tagname, userlist } = yield* tags.get({ tagid })
      assert.strictEqual(tagname, "值班")
      assert.deepStrictEqual(userlist, [
        { userid: "zhangsan", name: "张三" },
        { userid: "lisi", name: "李四" },
        { userid: "wangwu", name: "王五" }
      ])
      assert.deepStrictEqual(partylist, [3])
      const removed = yield* tags.removeMembers({ tagid, userlist: ["zhangsan", "x"], partylist: [3, 2] })
      assert.deepStrictEqual([removed.invalidlist, removed.invalidparty], [["x"], [2]])
      assert.strictEqual(yield* errcode(tags.removeMembers({ tagid, userlist: ["zhangsan"] })), 40031)
      yield* Users.use((users) => users.delete({ userid: "lisi" }))
      assert.deepStrictEqual((yield* tags.get({ tagid })).userlist.map(({ userid }) => userid), ["wangwu"])
    }).pipe(simulated()))

  it.effect("are refused, naming the field, before anything is sent", () => {
    const { layer, sent } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const tags = yield* Tags
      assert.deepStrictEqual(yield* refusal(tags.create({ tagname: "" })), ["tagname: must not be blank"])
      assert.deepStrictEqual(yield* refusal(tags.create({ tagname: "字".repeat(33) })), [
        "tagname: at most 32 characters are allowed, got 33"
      ])
      assert.deepStrictEqual(yield* refusal(tags.addMembers({ tagid: 1, userlist: [] })), [
        "userlist: at least one of userlist, partylist is needed"
      ])
      assert.deepStrictEqual(
        yield* refusal(tags.addMembers({ tagid: 1, partylist: Array.from({ length: 101 }, (_, id) => id) })),
        ["partylist: at most 100 items are allowed, got 101"]
      )
      assert.deepStrictEqual(
        yield* refusal(tags.removeMembers({ tagid: 1, userlist: Array.from({ length: 1001 }, (_, id) => `u${id}`) })),
        ["userlist: at most 1000 items are allowed, got 1001"]
      )
      assert.deepStrictEqual(sent(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("belong to the app that created them, and have names of their own", () =>
    Effect.gen(function*() {
      const tags = yield* Tags
      const simulator = yield* Simulator
      const tagid = yield* tags.create({ tagname: "值班" })
      assert.strictEqual(yield* errcode(tags.create({ tagname: "值班" })), 40071)
      assert.strictEqual(yield* errcode(tags.create({ tagname: "夜班", tagid })), 40068)
      const asOther = WeComApp.use(simulator.app({ agentId: 1000003 }))
      assert.strictEqual(yield* errcode(asOther(tags.update({ tagid, tagname: "夜班" }))), 81011)
      assert.strictEqual(yield* errcode(asOther(tags.addMembers({ tagid, userlist: ["lisi"] }))), 81011)
      assert.strictEqual(yield* errcode(asOther(tags.delete({ tagid }))), 81011)
      assert.strictEqual((yield* asOther(tags.get({ tagid }))).tagname, "值班")
    }).pipe(simulated({
      corps: [{ ...defaultCorp, apps: [...defaultCorp.apps, { agentId: 1000003, secret: "another-secret" }] }]
    })))
})
