import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { handOver, handOverUnassigned, progress, tagCustomers } from "../../examples/tag-and-transfer-customers.ts"
import { Users } from "../../src/contacts/Users.ts"
import { Customers } from "../../src/customers/Customers.ts"
import { refuseHandover } from "../../src/simulator/areas/customers/CustomerActs.ts"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { customersOf, simulated } from "./support.ts"

describe("the example that tags and transfers customers", () => {
  it.effect("tags everybody once, page by page", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 230)
      assert.strictEqual(yield* tagCustomers("zhangsan", "交接", "2026"), 230)
      assert.strictEqual(yield* tagCustomers("zhangsan", "交接", "2026"), 0)
      const simulator = yield* Simulator
      assert.lengthOf(yield* simulator.calls("/cgi-bin/externalcontact/add_corp_tag"), 1)
      assert.lengthOf(yield* simulator.calls("/cgi-bin/externalcontact/mark_tag"), 230)
      const { follow_user } = yield* Customers.use((customers) => customers.get({ external_userid: "wm230" }))
      assert.deepStrictEqual(follow_user[0]?.tags.map(({ tag_name }) => tag_name), ["2026"])
    }).pipe(simulated))

  it.effect("hands over by the hundred, and tells who stays and how it stands", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 230)
      assert.deepStrictEqual(yield* handOver("zhangsan", "lisi"), [])
      const again = yield* handOver("zhangsan", "lisi")
      assert.lengthOf(again, 230)
      assert.deepStrictEqual([again[0]?.errcode, again[0]?.label], [40129, "当前客户正在转接中"])
      yield* refuseHandover({ external_userid: "wm7" })
      assert.deepStrictEqual(yield* progress("zhangsan", "lisi"), { 等待接替: 229, 客户拒绝: 1 })
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual(yield* progress("zhangsan", "lisi"), { 接替完毕: 229, 客户拒绝: 1 })
      assert.deepStrictEqual(yield* handOver("wangwu", "lisi"), [])
    }).pipe(simulated))

  it.effect("finds somebody for the customers of members who left", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 120)
      const { world } = yield* Simulator
      yield* addCustomer(world, { external_userid: "wm-lisi", followedBy: ["lisi"] })
      assert.strictEqual(yield* handOverUnassigned("wangwu"), 0)
      yield* Users.use((users) => users.deleteMany({ useridlist: ["zhangsan", "lisi"] }))
      assert.strictEqual(yield* handOverUnassigned("wangwu"), 121)
      yield* TestClock.adjust("1 day")
      const ids = yield* Customers.use((customers) => customers.list({ userid: "wangwu" }))
      assert.lengthOf(ids, 121)
      assert.deepStrictEqual(yield* progress("lisi", "wangwu"), { 接替完毕: 1 })
    }).pipe(simulated))
})
