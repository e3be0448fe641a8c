import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { LinkedCorps } from "../../src/contacts/LinkedCorps.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

const partner = {
  corpId: "wwpartner",
  name: "合作伙伴",
  apps: [],
  departments: [{ id: 5, name: "物流部" }],
  members: [
    { userid: "qianqi", name: "钱七", department: [5], mobile: "13800000007" },
    { userid: "sunba", name: "孙八", department: [1] }
  ]
}

describe("linked corps", () => {
  it.effect("are seen from their topmost departments down", () =>
    Effect.gen(function*() {
      const linked = yield* LinkedCorps
      const { department_ids: [top = ""] } = yield* linked.getScope()
      const departments = yield* linked.listDepartments({ department_id: top })
      assert.deepStrictEqual(
        departments.map(({ department_id, department_name, parentid }) => [department_id, department_name, parentid]),
        [[1, "合作伙伴", 0], [5, "物流部", 1]]
      )
      assert.deepStrictEqual(
        (yield* linked.listUserNames({ department_id: top })).map(({ userid }) => userid),
        ["sunba"]
      )
      const all = yield* linked.listUsers({ department_id: top, fetch_child: true })
      assert.deepStrictEqual(all.map(({ corpid, mobile, userid }) => [corpid, userid, mobile]), [
        ["wwpartner", "qianqi", "13800000007"],
        ["wwpartner", "sunba", undefined]
      ])
      const user = yield* linked.getUser({ userid: "wwpartner/qianqi" })
      assert.deepStrictEqual(user.department, [top.replace(/1$/, "5")])
      assert.strictEqual(yield* errcode(linked.getUser({ userid: "wwpartner/nobody" })), 60111)
      assert.strictEqual(yield* errcode(linked.listUsers({ department_id: "none/1" })), 60003)
    }).pipe(simulated({ corps: [defaultCorp, partner] })))

  it.effect("are asked for by ids of two parts", () =>
    Effect.gen(function*() {
      const linked = yield* LinkedCorps
      assert.deepStrictEqual(yield* refusal(linked.getUser({ userid: "zhangsan" })), ["userid: expected CORPID/USERID"])
      assert.deepStrictEqual(yield* refusal(linked.listDepartments({ department_id: "1" })), [
        "department_id: expected LINKEDID/DEPARTMENTID"
      ])
    }).pipe(simulated()))

  it.effect("may have attributes in the older form too", () => {
    const attrs = [{ name: "工号", value: "42", type: 0, text: { value: "42" } }]
    const { layer } = canned(() => ({ errcode: 0, user_info: { corpid: "c", userid: "u", extattr: { attrs } } }))
    return Effect.gen(function*() {
      const user = yield* LinkedCorps.use((linked) => linked.getUser({ userid: "c/u" }))
      assert.deepStrictEqual(user.extattr?.attrs, [{ name: "工号", value: "42", type: 0, text: { value: "42" } }])
    }).pipe(Effect.provide(layer))
  })
})
