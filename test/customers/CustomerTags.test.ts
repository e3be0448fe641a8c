import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Customers } from "../../src/customers/Customers.ts"
import { CustomerStrategies } from "../../src/customers/CustomerStrategies.ts"
import { CustomerTags } from "../../src/customers/CustomerTags.ts"
import * as StrategyRange from "../../src/customers/StrategyRange.ts"
import { StrategyTags } from "../../src/customers/StrategyTags.ts"
import { canned, customersOf, errcode, refusal, simulated } from "./support.ts"

describe("customer tags", () => {
  it.effect("are made in groups and put on customers", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 1)
      const tags = yield* CustomerTags
      const customers = yield* Customers
      const { group_id, tag } = yield* tags.create({ group_name: "等级", tag: [{ name: "普通" }, { name: "重要" }] })
      const [plain, important] = tag.map(({ id }) => id)
      assert.isDefined(plain)
      assert.isDefined(important)
      const more = yield* tags.create({ group_id, tag: [{ name: "最重要", order: 9 }] })
      assert.deepStrictEqual(more.tag.map(({ name }) => name), ["最重要"])
      const on = { userid: "zhangsan", external_userid: "wm1" }
      yield* tags.mark({ ...on, add_tag: [plain, important] })
      yield* tags.mark({ ...on, remove_tag: [plain] })
      const { follow_user } = yield* customers.get({ external_userid: "wm1" })
      assert.deepStrictEqual(follow_user[0]?.tags.map(({ group_name, tag_name }) => [group_name, tag_name]), [
        ["等级", "重要"]
      ])
      yield* tags.update({ id: important, name: "很重要" })
      const [group] = yield* tags.list()
      assert.deepStrictEqual(group?.tag.map(({ name }) => name), ["最重要", "普通", "很重要"])
      yield* tags.delete({ group_id: [group_id] })
      assert.deepStrictEqual(yield* tags.list(), [])
      assert.strictEqual((yield* tags.list({ group_id: [group_id] }))[0]?.deleted, true)
      assert.strictEqual(yield* errcode(tags.mark({ ...on, add_tag: [important] })), 40068)
    }).pipe(simulated))

  it.effect("of a rule group are for its members", () =>
    Effect.gen(function*() {
      yield* customersOf("wangwu", 1)
      const strategies = yield* CustomerStrategies
      const tags = yield* StrategyTags
      const strategy_id = yield* strategies.create({
        strategy_name: "研发部的客户",
        admin_list: ["zhangsan"],
        range: [StrategyRange.department(2), StrategyRange.member("zhangsan")]
      })
      const made = yield* tags.create({ strategy_id, group_name: "项目", tag: [{ name: "一期" }] })
      const [id] = made.tag.map(({ id }) => id)
      assert.isDefined(id)
      const mark = CustomerTags.use((tags) => tags.mark({ userid: "wangwu", external_userid: "wm1", add_tag: [id] }))
      assert.strictEqual(yield* errcode(mark), 81011)
      yield* strategies.update({ strategy_id, range_add: [StrategyRange.member("wangwu")] })
      yield* mark
      yield* tags.update({ id, name: "二期" })
      assert.deepStrictEqual(
        (yield* tags.list({ strategy_id })).map(({ strategy_id, tag }) => [strategy_id, tag[0]?.name]),
        [
          [strategy_id, "二期"]
        ]
      )
      yield* tags.delete({ tag_id: [id] })
      assert.deepStrictEqual(yield* tags.list({ strategy_id }), [])
    }).pipe(simulated))

  it.effect("refuse what has no name, no tag or nothing to do, before anything is sent", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const tags = yield* CustomerTags
      const add = "POST /cgi-bin/externalcontact/add_corp_tag | "
      assert.strictEqual(
        // @ts-expect-error: in which group
        yield* refusal(tags.create({ tag: [{ name: "甲" }] })),
        `${add}group_id: at least one of group_id, group_name is needed`
      )
      assert.strictEqual(
        yield* refusal(tags.create({ group_name: "等级", tag: [] })),
        `${add}tag: at least 1 item is needed`
      )
      assert.strictEqual(
        yield* refusal(tags.create({ group_name: "等级", tag: [{ name: "甲" }, { name: "字".repeat(31) }] })),
        `${add}tag[1].name: at most 30 characters are allowed, got 31`
      )
      assert.match(
        yield* refusal(tags.create({ group_name: "等级", tag: [{ name: "甲", order: -1 }] })),
        /tag\[0\]\.order/
      )
      assert.strictEqual(
        yield* refusal(tags.mark({ userid: "zhangsan", external_userid: "wm1", add_tag: [] })),
        "POST /cgi-bin/externalcontact/mark_tag | add_tag: at least one of add_tag, remove_tag is needed"
      )
      assert.strictEqual(
        // @ts-expect-error: which tags
        yield* refusal(tags.delete({})),
        "POST /cgi-bin/externalcontact/del_corp_tag | tag_id: at least one of tag_id, group_id is needed"
      )
      assert.deepStrictEqual(bodies(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("do not carry the app's agent id unless told to", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const tags = yield* CustomerTags
      yield* tags.delete({ tag_id: ["et1"] })
      yield* tags.delete({ tag_id: ["et1"], agentid: 7 })
      assert.deepStrictEqual(bodies(), [{ tag_id: ["et1"] }, { tag_id: ["et1"], agentid: 7 }])
    }).pipe(Effect.provide(layer))
  })
})
