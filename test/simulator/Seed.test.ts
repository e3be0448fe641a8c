import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem, Layer } from "effect"
import { readFileSync } from "node:fs"
import { Engine } from "../../src/simulator/engine/Engine.ts"
import * as Seed from "../../src/simulator/seed/Seed.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, get } from "./raw.ts"

const simulated = (seed: Seed.Seed) =>
  Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer(Seed.options(seed))))

const seed = JSON.stringify({
  corps: [{
    corpId: "ww5a1d0e5c0ffee001",
    apps: [{ agentId: 1000002, secret: "simulated-app-secret-0123456789abcdefghijkl" }],
    departments: [{ id: 2, name: "研发部" }],
    members: [{ userid: "a", name: "甲", department: [2], is_leader_in_dept: [true] }, { userid: "b" }],
    customers: [{ external_userid: "wm1", name: "客", followedBy: ["a"] }],
    customerGroups: [{ chat_id: "wr1", owner: "a", members: ["b"], customers: ["wm1"] }],
    kfAccounts: [{ open_kfid: "wk1", name: "客服" }],
    approvalTemplates: [{ template_id: "t1", name: "假", controls: [{ control: "Text", id: "Text-1", title: "因" }] }]
  }]
})

/** What the API tells of all that a seed may name. */
const told = Effect.gen(function*() {
  const [user, customer, group, account, template] = yield* Effect.all([
    called.get("/cgi-bin/user/get?userid=a"),
    called.get("/cgi-bin/externalcontact/get?external_userid=wm1"),
    called.post("/cgi-bin/externalcontact/groupchat/get", { chat_id: "wr1", need_name: 1 }),
    called.post("/cgi-bin/kf/account/list", {}),
    called.post("/cgi-bin/oa/gettemplatedetail", { template_id: "t1" })
  ])
  const { member_list } = Object(group.group_chat) as { member_list: ReadonlyArray<{ userid: string }> }
  return {
    user: [user.name, user.department, user.is_leader_in_dept, user.main_department],
    customer: Object(customer.external_contact).name,
    group: member_list.map(({ userid }) => userid),
    account: Object(account.account_list)[0].open_kfid,
    template: Object(template.template_names)[0].text
  }
})

const expected = {
  user: ["甲", [2], [1], 2],
  customer: "客",
  group: ["a", "b", "wm1"],
  account: "wk1",
  template: "假"
}

describe("a seed", () => {
  it.effect("is what the simulator starts with", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* told.pipe(simulated(yield* Seed.fromJson(seed))), expected)
    }))

  it.effect("is made again of a simulator, and written and read", () =>
    Effect.gen(function*() {
      const captured = yield* Effect.map(Engine, ({ world }) => Seed.capture(world)).pipe(
        simulated(yield* Seed.fromJson(seed))
      )
      const again = yield* Seed.fromJson(Seed.toJson(captured))
      assert.deepStrictEqual(yield* told.pipe(simulated(again)), expected)
      assert.deepStrictEqual(
        yield* Effect.map(Engine, ({ world }) => Seed.capture(world)).pipe(simulated(again)),
        captured
      )
    }))

  it.effect("with a key that there is not is refused, with those that there are in its place", () =>
    Effect.gen(function*() {
      const told = (seed: object) =>
        Effect.map(Effect.flip(Seed.fromJson(JSON.stringify(seed))), ({ message }) => message)
      const corp = { corpId: "ww1", apps: [] }
      assert.match(yield* told({ corpz: [] }), /corpz: there is no such key; expected one of .*\bcorps\b/)
      assert.match(
        yield* told({ corps: [{ ...corp, apps: [{ secret: "s", agentid: 1 }] }] }),
        /corps\[0\]\.apps\[0\]\.agentid: there is no such key; expected one of .*\bagentId\b/
      )
      assert.notMatch(yield* told({ corps: [{ ...corp, memberz: [] }] }), /endpoint/)
    }))

  it.effect("that does not fit is refused with the name of the field", () =>
    Effect.gen(function*() {
      const problem = (json: string) => Effect.map(Effect.flip(Seed.fromJson(json)), ({ message }) => message)
      assert.strictEqual(yield* problem("{"), "the seed is not JSON")
      assert.include(yield* problem("{\"corps\":[{\"corpId\":\"ww1\"}]}"), "corps[0].apps: ")
      assert.include(yield* problem("{\"corps\":[],\"corp\":1}"), "corp: ")
    }))

  it.effect("is kept in a file, and goes on from there", () =>
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const folder = yield* files.makeTempDirectoryScoped()
      const path = `${folder}/state.json`
      yield* Effect.gen(function*() {
        yield* Seed.persist(path)
        yield* called.post("/cgi-bin/user/create", { userid: "c", name: "丙", department: [2], mobile: "13800000009" })
      }).pipe(Effect.scoped, simulated(yield* Seed.fromJson(seed)))
      const kept = yield* Seed.load(path)
      const { name } = yield* called.get("/cgi-bin/user/get?userid=c").pipe(simulated(kept))
      assert.strictEqual(name, "丙")
      assert.strictEqual((yield* files.stat(path)).mode & 0o777, 0o600)
    }).pipe(Effect.provide(NodeServices.layer)))

  it("has a JSON Schema, which is published", () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL("../../docs/simulator-seed.schema.json", import.meta.url), "utf8")
    )
    assert.deepStrictEqual(published, JSON.parse(Seed.jsonSchemaText()))
  })
})

describe("a generated seed", () => {
  it("is the same every time, and its people hang together", () => {
    const made = Seed.generate({ members: 1234 })
    assert.deepStrictEqual(made, Seed.generate({ members: 1234 }))
    const [corp] = made.corps
    const ids = new Set([1, ...corp?.departments?.map(({ id }) => id) ?? []])
    assert.isTrue(corp?.departments?.every(({ parentid }) => ids.has(parentid ?? 1)))
    assert.isTrue(corp?.members?.every(({ department }) => department?.every((id) => ids.has(id))))
    assert.strictEqual(new Set(corp?.members?.map(({ mobile }) => mobile)).size, 1234)
    assert.deepStrictEqual([corp?.customers?.length, corp?.customerGroups?.length], [1000, 50])
    assert.throws(() => Seed.generate({ members: 100_001 }), RangeError)
  })

  it.effect("serves 20,000 members", () =>
    Effect.gen(function*() {
      const { userlist } = yield* called.get("/cgi-bin/user/list?department_id=1&fetch_child=1")
      assert.lengthOf(userlist as ReadonlyArray<unknown>, 20_000)
      const { name, userid } = yield* called.get("/cgi-bin/user/get?userid=u20000")
      assert.deepStrictEqual([userid, typeof name], ["u20000", "string"])
    }).pipe(simulated(Seed.generate({ members: 20_000 }))))

  it.effect("of a small corp is worth looking at", () =>
    Effect.gen(function*() {
      const { errcode } = yield* get("/cgi-bin/gettoken?corpid=ww5a1d0e5c0ffee001&corpsecret=none")
      assert.strictEqual(errcode, 40001)
      const { userlist } = yield* called.get("/cgi-bin/user/list?department_id=1&fetch_child=1")
      assert.lengthOf(userlist as ReadonlyArray<unknown>, 4)
    }).pipe(simulated(Seed.example())))
})
