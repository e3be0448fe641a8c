import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { Customers } from "../../src/customers/Customers.ts"
import { ExternalContactType, FollowUserAddWay, FollowUserTagType } from "../../src/customers/ExternalContact.ts"
import { FollowUsers } from "../../src/customers/FollowUsers.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { canned, customersOf, errcode, refusal, simulated } from "./support.ts"

const detail = {
  errcode: 0,
  external_contact: {
    external_userid: "wm1",
    name: "客户",
    type: 2,
    gender: 1,
    external_profile: {
      external_attr: [
        { type: 0, name: "城市", text: { value: "某市" } },
        { type: 1, name: "主页", web: { url: "https://example.com", title: "主页" } },
        { type: 2, name: "商城", miniprogram: { appid: "wx1", pagepath: "/index", title: "商城" } },
        { type: 9, name: "新的", novel: { a: 1 } }
      ]
    }
  },
  follow_user: [
    {
      userid: "zhangsan",
      remark: "老客户",
      description: "",
      createtime: 1700000000,
      add_way: 202,
      oper_userid: "admin",
      tags: [{ type: 1, tag_id: "et1", tag_name: "重要", group_name: "等级" }, { type: 2, tag_name: "自己的" }],
      remark_mobiles: [13800000000]
    },
    { userid: "lisi", createtime: 1700000001, add_way: 999 }
  ]
}

describe("customers", () => {
  it.effect("read as what they mean, unknown values included", () => {
    const { layer } = canned(() => detail)
    return Effect.gen(function*() {
      const customers = yield* Customers
      const { external_contact, follow_user } = yield* customers.get({ external_userid: "wm1" })
      assert.strictEqual(external_contact.type, ExternalContactType.WeCom)
      assert.deepStrictEqual(
        external_contact.external_profile?.external_attr.map((attribute) => {
          switch (attribute.type) {
            case 0:
              return attribute.text.value
            case 1:
              return attribute.web.url
            case 2:
              return attribute.miniprogram.appid
            case "Unknown":
              return attribute.value
          }
        }),
        ["某市", "https://example.com", "wx1", { type: 9, name: "新的", novel: { a: 1 } }]
      )
      const [first, second] = follow_user
      if (first === undefined) return assert.fail("nobody follows the customer")
      assert.strictEqual(first.add_way, FollowUserAddWay.Assigned)
      assert.strictEqual(FollowUserAddWay.label(first.add_way ?? 0), "管理员/负责人分配")
      assert.strictEqual(first.createtime && DateTime.toEpochMillis(first.createtime), 1700000000000)
      assert.deepStrictEqual(first.remark_mobiles, ["13800000000"])
      assert.deepStrictEqual(first.tags.map(({ type }) => type), [FollowUserTagType.Corp, FollowUserTagType.User])
      assert.deepStrictEqual([second?.add_way, second?.tags, second?.remark_mobiles], [999, [], []])
    }).pipe(Effect.provide(layer))
  })

  it.effect("are streamed with what their members note", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 5)
      const simulator = yield* Simulator
      const customers = yield* Customers
      yield* customers.remark({ userid: "zhangsan", external_userid: "wm4", remark: "老客户" })
      const all = yield* Stream.runCollect(customers.listAllByUsers({ userid_list: ["zhangsan", "lisi"], limit: 2 }))
      assert.deepStrictEqual(
        all.map(({ external_contact, follow_info }) => [external_contact.external_userid, follow_info.remark]),
        [["wm1", ""], ["wm2", ""], ["wm3", ""], ["wm4", "老客户"], ["wm5", ""]]
      )
      assert.strictEqual((yield* simulator.calls("/cgi-bin/externalcontact/batch/get_by_user")).length, 3)
      const served = yield* Stream.runCollect(customers.listAllServed({ limit: 3 }))
      assert.deepStrictEqual(served.map(({ external_userid }) => external_userid), ["wm1", "wm2", "wm3", "wm4", "wm5"])
      assert.isTrue(served.every(({ is_customer }) => is_customer))
      assert.deepStrictEqual(yield* customers.list({ userid: "zhangsan" }), ["wm1", "wm2", "wm3", "wm4", "wm5"])
      assert.strictEqual(yield* errcode(customers.list({ userid: "lisi" })), 84061)
    }).pipe(simulated))

  it.effect("stream everybody who follows one of them, with the cursor in the query", () => {
    const asked: Array<string | null> = []
    const { layer } = canned(({ query }) => {
      asked.push(query.get("cursor"))
      const userid = query.has("cursor") ? "lisi" : "zhangsan"
      return {
        ...detail,
        follow_user: [{ userid, createtime: 1 }],
        next_cursor: query.has("cursor") ? undefined : "NEXT"
      }
    })
    return Effect.gen(function*() {
      const customers = yield* Customers
      const all = yield* Stream.runCollect(customers.listAllFollowUsers({ external_userid: "wm1" }))
      assert.deepStrictEqual(all.map(({ userid }) => userid), ["zhangsan", "lisi"])
      assert.deepStrictEqual(asked, [null, "NEXT"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("of members without a licence can be made a failure", () => {
    const { layer } = canned(() => ({
      errcode: 0,
      external_contact_list: [],
      fail_info: { unlicensed_userid_list: ["lisi"] }
    }))
    return Effect.gen(function*() {
      const customers = yield* Customers
      const page = yield* customers.listByUsers({ userid_list: ["zhangsan", "lisi"] })
      assert.deepStrictEqual(page.fail_info?.unlicensed_userid_list, ["lisi"])
      const failure = yield* customers.listByUsers({ userid_list: ["zhangsan", "lisi"] }).pipe(
        PartialResult.failOnPartialBy((page) => page.fail_info?.unlicensed_userid_list ?? []),
        Effect.flip
      )
      assert.strictEqual(failure._tag, "PartialFailure")
      if (failure._tag === "PartialFailure") assert.deepStrictEqual(failure.failed, ["lisi"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuse notes that are empty or too long, before anything is sent", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const customers = yield* Customers
      const remark = (notes: Partial<Parameters<typeof customers.remark>[0]>) =>
        customers.remark({ userid: "zhangsan", external_userid: "wm1", ...notes })
      const named = "POST /cgi-bin/externalcontact/remark | "
      assert.strictEqual(
        yield* refusal(remark({})),
        `${named}remark: at least one of remark, description, remark_company, remark_mobiles, remark_pic_mediaid is needed`
      )
      assert.strictEqual(
        yield* refusal(remark({ remark: "注".repeat(21) })),
        `${named}remark: at most 20 characters are allowed, got 21`
      )
      assert.strictEqual(
        yield* refusal(remark({ description: "注".repeat(151) })),
        `${named}description: at most 150 characters are allowed, got 151`
      )
      assert.deepStrictEqual(bodies(), [])
      yield* remark({ remark_mobiles: [""] })
      assert.deepStrictEqual(bodies(), [{ userid: "zhangsan", external_userid: "wm1", remark_mobiles: [""] }])
      assert.match(
        yield* refusal(customers.listByUsers({ userid_list: [] })),
        /^POST \/cgi-bin\/externalcontact\/batch\/get_by_user \| userid_list: at least 1 item is needed/
      )
    }).pipe(Effect.provide(layer))
  })
})

describe("service staff", () => {
  it.effect("are told from members who may not use customer contact", () =>
    Effect.gen(function*() {
      const followUsers = yield* FollowUsers
      assert.deepStrictEqual(yield* followUsers.list(), ["zhangsan", "lisi", "wangwu"])
      const { authorized, unauthorized } = yield* followUsers.check({ userid: ["zhangsan"], partyid: [2] })
      assert.deepStrictEqual([authorized, unauthorized], [
        { userid: ["zhangsan"], partyid: [2] },
        { userid: [], partyid: [] }
      ])
      assert.strictEqual(
        // @ts-expect-error: whom to check
        yield* refusal(followUsers.check({})),
        "POST /cgi-bin/externalcontact/check_follow_user | userid: at least one of userid, partyid is needed"
      )
    }).pipe(simulated))
})
