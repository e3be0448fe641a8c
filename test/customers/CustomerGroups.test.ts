import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import {
  CustomerGroups,
  CustomerGroupStatus,
  CustomerGroupStatusFilter,
  GroupMemberType,
  JoinScene,
  JoinWayScene
} from "../../src/customers/CustomerGroups.ts"
import { CustomerStatistics, GroupStatisticsOrder } from "../../src/customers/CustomerStatistics.ts"
import { addGroup } from "../../src/simulator/areas/customers/Customers.ts"
import { timeOf } from "../../src/simulator/engine/Times.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { canned, customersOf, errcode, refusal, simulated } from "./support.ts"

const groupsOf = (owner: string, count: number) =>
  Effect.flatMap(Simulator, ({ world }) =>
    Effect.forEach(
      Array.from({ length: count }, (_, index) => `wr-${owner}-${index + 1}`),
      (chat_id) => addGroup(world, { chat_id, owner, customers: ["wm1"], state: "poster" })
    ))

describe("customer groups", () => {
  it.effect("are streamed, and described with their members", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 1)
      yield* groupsOf("zhangsan", 5)
      yield* groupsOf("lisi", 1)
      const groups = yield* CustomerGroups
      const all = yield* Stream.runCollect(groups.listAll({ owner_filter: { userid_list: ["zhangsan"] }, limit: 2 }))
      assert.deepStrictEqual(all.map(({ chat_id }) => chat_id), [1, 2, 3, 4, 5].map((index) => `wr-zhangsan-${index}`))
      assert.deepStrictEqual(new Set(all.map(({ status }) => status)), new Set([CustomerGroupStatus.Normal]))
      const left = groups.listAll({ status_filter: CustomerGroupStatusFilter.OwnerResigned, limit: 1000 })
      assert.deepStrictEqual(yield* Stream.runCollect(left), [])
      const group = yield* groups.get({ chat_id: "wr-lisi-1", need_name: true })
      assert.deepStrictEqual(
        group.member_list.map(({ join_scene, name, state, type, userid }) => [userid, type, name, join_scene, state]),
        [
          ["lisi", GroupMemberType.User, "李四", JoinScene.QrCode, undefined],
          ["wm1", GroupMemberType.ExternalContact, "微信用户", JoinScene.QrCode, "poster"]
        ]
      )
      assert.strictEqual(yield* errcode(groups.get({ chat_id: "wr9" })), 86003)
    }).pipe(simulated))

  it.effect("are joined by ways that are replaced as a whole", () =>
    Effect.gen(function*() {
      yield* groupsOf("zhangsan", 2)
      const groups = yield* CustomerGroups
      const config_id = yield* groups.createJoinWay({
        scene: JoinWayScene.QrCode,
        chat_id_list: ["wr-zhangsan-1"],
        auto_create_room: false,
        state: "poster"
      })
      const before = yield* groups.getJoinWay({ config_id })
      assert.deepStrictEqual([before.state, before.auto_create_room], ["poster", false])
      yield* groups.updateJoinWay({ config_id, scene: JoinWayScene.QrCode, chat_id_list: ["wr-zhangsan-2"] })
      const after = yield* groups.getJoinWay({ config_id })
      assert.deepStrictEqual([after.state, after.auto_create_room, after.chat_id_list], [undefined, true, [
        "wr-zhangsan-2"
      ]])
      yield* groups.deleteJoinWay({ config_id })
      assert.strictEqual(yield* errcode(groups.getJoinWay({ config_id })), 41044)
    }).pipe(simulated))

  it.effect("refuse wrong values before anything is sent", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const groups = yield* CustomerGroups
      assert.match(yield* refusal(groups.list({ limit: 0 })), /groupchat\/list \| limit: /)
      assert.strictEqual(
        yield* refusal(groups.list({ limit: 10, status_filter: 7 })),
        "POST /cgi-bin/externalcontact/groupchat/list | status_filter: expected one of 0, 1, 2, 3"
      )
      assert.strictEqual(
        yield* refusal(groups.createJoinWay({ scene: 2, chat_id_list: ["1", "2", "3", "4", "5", "6"] })),
        "POST /cgi-bin/externalcontact/groupchat/add_join_way | chat_id_list: at most 5 items are allowed, got 6"
      )
      assert.deepStrictEqual(bodies(), [])
    }).pipe(Effect.provide(layer))
  })
})

describe("statistics", () => {
  it.effect("of groups are streamed by offset", () =>
    Effect.gen(function*() {
      yield* groupsOf("zhangsan", 1)
      yield* groupsOf("lisi", 3)
      yield* groupsOf("wangwu", 2)
      const statistics = yield* CustomerStatistics
      const simulator = yield* Simulator
      const all = yield* Stream.runCollect(statistics.listAllGroups({
        day_begin_time: timeOf(0),
        owner_filter: { userid_list: ["zhangsan", "lisi", "wangwu"] },
        order_by: GroupStatisticsOrder.Groups,
        limit: 1
      }))
      assert.deepStrictEqual(all.map(({ data, owner }) => [owner, data.chat_total, data.new_chat_cnt]), [
        ["lisi", 3, 3],
        ["wangwu", 2, 2],
        ["zhangsan", 1, 1]
      ])
      assert.strictEqual((yield* simulator.calls("/cgi-bin/externalcontact/groupchat/statistic")).length, 3)
    }).pipe(simulated))

  it.effect("refuse a span of more than 30 days, or one that ends on a day before it starts", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const statistics = yield* CustomerStatistics
      const day = (day: number) => timeOf(Date.UTC(2026, 0, day))
      const behavior = (start: number, end: number) =>
        statistics.listUserBehavior({ userid: ["zhangsan"], start_time: day(start), end_time: day(end) })
      const named = "POST /cgi-bin/externalcontact/get_user_behavior_data | "
      yield* behavior(1, 31)
      assert.strictEqual(
        yield* refusal(behavior(1, 32)),
        `${named}end_time: at most 30 days after start_time are allowed`
      )
      assert.strictEqual(yield* refusal(behavior(2, 1)), `${named}end_time: must not be before start_time`)
      assert.strictEqual(
        // @ts-expect-error: of whom
        yield* refusal(statistics.listUserBehavior({ start_time: day(1), end_time: day(2) })),
        `${named}userid: at least one of userid, partyid is needed`
      )
      assert.deepStrictEqual(bodies(), [
        { userid: ["zhangsan"], start_time: Date.UTC(2026, 0, 1) / 1000, end_time: Date.UTC(2026, 0, 31) / 1000 }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("take any times of their days in China", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const statistics = yield* CustomerStatistics
      const spanning = (from: string, to: string) =>
        statistics.listGroupsByDay({
          day_begin_time: DateTime.makeUnsafe(`${from}+08:00`),
          day_end_time: DateTime.makeUnsafe(`${to}+08:00`),
          owner_filter: { userid_list: ["zhangsan"] }
        })
      yield* spanning("2026-01-01T00:00:00", "2026-01-31T23:59:59")
      yield* spanning("2026-01-01T18:00:00", "2026-01-01T09:00:00")
      yield* refusal(spanning("2026-01-01T23:59:59", "2026-02-01T00:00:00"))
      yield* refusal(spanning("2026-01-02T00:00:00", "2026-01-01T23:59:59"))
      yield* statistics.listGroupsByDay({ day_begin_time: timeOf(0), owner_filter: { userid_list: ["zhangsan"] } })
      assert.lengthOf(bodies(), 3)
    }).pipe(Effect.provide(layer))
  })
})
