/** 客户联系 of the simulator, as any HTTP client sees it: no schema of ours on this side. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { TestClock } from "effect/testing"
import { refuseHandover } from "../../src/simulator/areas/customers/CustomerActs.ts"
import { addCustomer, addGroup } from "../../src/simulator/areas/customers/Customers.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const world = Effect.map(Simulator, (simulator) => simulator.world)

const customer = (external_userid: string, ...followedBy: ReadonlyArray<string>) =>
  Effect.flatMap(world, (world) => addCustomer(world, { external_userid, name: `客户${external_userid}`, followedBy }))

const post = (path: string, body: unknown) => called.post(`/cgi-bin/externalcontact/${path}`, body)

const get = (path: string) => called.get(`/cgi-bin/externalcontact/${path}`)

const errcode = (path: string, body: unknown) => Effect.map(post(path, body), (answer) => answer.errcode)

const ok = { errcode: 0, errmsg: "ok" }

describe("customers", () => {
  it.effect("are listed, described and remarked upon, member by member", () =>
    Effect.gen(function*() {
      yield* customer("wm1", "zhangsan", "lisi")
      yield* customer("wm2", "zhangsan")
      assert.deepStrictEqual(yield* get("get_follow_user_list"), { ...ok, follow_user: ["zhangsan", "lisi", "wangwu"] })
      assert.deepStrictEqual(yield* get("list?userid=zhangsan"), { ...ok, external_userid: ["wm1", "wm2"] })
      assert.strictEqual((yield* get("list?userid=wangwu")).errcode, 84061)
      assert.strictEqual((yield* get("list?userid=nobody")).errcode, 60111)
      assert.deepStrictEqual(
        yield* post("remark", {
          userid: "zhangsan",
          external_userid: "wm1",
          remark: "王总",
          remark_company: "示例公司",
          remark_mobiles: ["13800000000"]
        }),
        ok
      )
      const { external_contact, follow_user } = yield* get("get?external_userid=wm1")
      assert.deepStrictEqual(external_contact, { external_userid: "wm1", name: "客户wm1", type: 1, gender: 0 })
      assert.deepStrictEqual(follow_user, [
        {
          userid: "zhangsan",
          remark: "王总",
          description: "",
          createtime: 0,
          remark_corp_name: "示例公司",
          remark_mobiles: ["13800000000"],
          add_way: 1,
          oper_userid: "wm1",
          tags: []
        },
        {
          userid: "lisi",
          remark: "",
          description: "",
          createtime: 0,
          remark_mobiles: [],
          add_way: 1,
          oper_userid: "wm1",
          tags: []
        }
      ])
      yield* post("remark", { userid: "zhangsan", external_userid: "wm1", remark_mobiles: [""] })
      const cleared = yield* get("get?external_userid=wm1")
      assert.deepStrictEqual((cleared.follow_user as Array<{ remark_mobiles: unknown }>)[0]?.remark_mobiles, [])
      assert.strictEqual((yield* get("get?external_userid=wm9")).errcode, 40096)
      assert.strictEqual(yield* errcode("remark", { userid: "wangwu", external_userid: "wm1", remark: "甲" }), 84061)
      assert.strictEqual(yield* errcode("remark", { userid: "zhangsan", external_userid: "wm1" }), 40058)
    }).pipe(simulated))

  it.effect("come in pages", () =>
    Effect.gen(function*() {
      for (let i = 1; i <= 5; i++) yield* customer(`wm${i}`, "zhangsan")
      const first = yield* post("batch/get_by_user", { userid_list: ["zhangsan"], limit: 2 })
      const idsOf = (answer: { readonly [field: string]: unknown }) =>
        (answer.external_contact_list as Array<{ external_contact: { external_userid: string } }>).map((item) =>
          item.external_contact.external_userid
        )
      assert.deepStrictEqual(idsOf(first), ["wm1", "wm2"])
      const second = yield* post("batch/get_by_user", {
        userid_list: ["zhangsan"],
        limit: 2,
        cursor: first.next_cursor
      })
      assert.deepStrictEqual(idsOf(second), ["wm3", "wm4"])
      const third = yield* post("batch/get_by_user", {
        userid_list: ["zhangsan"],
        limit: 2,
        cursor: second.next_cursor
      })
      assert.deepStrictEqual(idsOf(third), ["wm5"])
      assert.strictEqual(third.next_cursor, "")
      assert.strictEqual(yield* errcode("batch/get_by_user", { userid_list: ["zhangsan"], cursor: "made up" }), 50100)
    }).pipe(simulated))

  it.effect("are known by other temporary ids in each round", () =>
    Effect.gen(function*() {
      yield* customer("wm1", "zhangsan")
      yield* customer("wm2", "lisi")
      yield* addGroup(yield* world, { owner: "lisi", customers: ["wm1", "stranger"], chat_id: "wr1" })
      const first = yield* post("contact_list", { limit: 2 })
      const rest = yield* post("contact_list", { cursor: first.next_cursor })
      const again = yield* post("contact_list", {})
      const ids = (answer: { readonly [field: string]: unknown }) =>
        (answer.info_list as Array<{ tmp_openid: string }>).map(({ tmp_openid }) => tmp_openid)
      assert.strictEqual(ids(first)[0], ids(rest)[0])
      assert.notInclude([...ids(first), ...ids(rest)], ids(again)[0])
      assert.deepStrictEqual((rest.info_list as Array<object>)[1], {
        is_customer: false,
        tmp_openid: "tmp-1-stranger",
        name: "***",
        follow_userid: "lisi",
        chat_id: "wr1",
        add_time: 0
      })
    }).pipe(simulated))

  it.effect("are tagged with the tags that the corp has", () =>
    Effect.gen(function*() {
      yield* customer("wm1", "zhangsan")
      const made = yield* post("add_corp_tag", {
        group_name: "等级",
        order: 1,
        tag: [{ name: "普通", order: 1 }, { name: "重要", order: 2 }, { name: "重要", order: 3 }]
      })
      const group = made.tag_group as { group_id: string; tag: ReadonlyArray<{ id: string; name: string }> }
      assert.deepStrictEqual(group.tag.map(({ name }) => name), ["普通", "重要"])
      const [plain, important] = group.tag.map(({ id }) => id)
      const mark = (change: object) => errcode("mark_tag", { userid: "zhangsan", external_userid: "wm1", ...change })
      assert.strictEqual(yield* mark({ add_tag: [plain, important] }), 0)
      assert.strictEqual(yield* mark({ remove_tag: [plain] }), 0)
      assert.strictEqual(yield* mark({ add_tag: ["unknown"] }), 40068)
      assert.strictEqual(yield* mark({}), 40058)
      assert.strictEqual(
        yield* errcode("mark_tag", { userid: "lisi", external_userid: "wm1", add_tag: [plain] }),
        84061
      )
      const described = yield* get("get?external_userid=wm1")
      assert.deepStrictEqual((described.follow_user as Array<{ tags: unknown }>)[0]?.tags, [
        { type: 1, tag_id: important, tag_name: "重要", group_name: "等级" }
      ])
      // A name that is taken, in the group or among groups.
      assert.strictEqual(yield* errcode("add_corp_tag", { group_name: "等级", tag: [{ name: "重要" }] }), 40071)
      assert.strictEqual(yield* errcode("edit_corp_tag", { id: plain, name: "重要" }), 40071)
      assert.strictEqual(yield* errcode("edit_corp_tag", { id: plain, name: "一般", order: 9 }), 0)
      assert.strictEqual(yield* errcode("edit_corp_tag", { id: "unknown", name: "甲" }), 40068)
      const listed = yield* post("get_corp_tag_list", {})
      assert.deepStrictEqual(
        (listed.tag_group as Array<{ tag: Array<{ name: string }> }>).map(({ tag }) => tag.map(({ name }) => name)),
        [["一般", "重要"]]
      )
      // A group goes with its last tag; what is gone is shown where it is asked for by id.
      assert.strictEqual(yield* errcode("del_corp_tag", { tag_id: [plain, important] }), 0)
      assert.deepStrictEqual((yield* post("get_corp_tag_list", {})).tag_group, [])
      const gone = yield* post("get_corp_tag_list", { group_id: [group.group_id] })
      assert.deepInclude((gone.tag_group as Array<object>)[0], { group_name: "等级", deleted: true })
      assert.deepStrictEqual(
        ((yield* get("get?external_userid=wm1")).follow_user as Array<{ tags: unknown }>)[0]?.tags,
        []
      )
    }).pipe(simulated))

  it.effect("are tagged with a rule group's tags by its members alone", () =>
    Effect.gen(function*() {
      yield* customer("wm1", "zhangsan", "wangwu")
      const { strategy_id } = yield* post("customer_strategy/create", {
        strategy_name: "研发部的客户",
        admin_list: ["zhangsan"],
        privilege: { export_customer_list: false },
        range: [{ type: 2, partyid: 2 }]
      })
      const tags = yield* post("add_strategy_tag", { strategy_id, group_name: "项目", tag: [{ name: "一期" }] })
      const id = (tags.tag_group as { tag: ReadonlyArray<{ id: string }> }).tag[0]?.id
      const mark = (userid: string) => errcode("mark_tag", { userid, external_userid: "wm1", add_tag: [id] })
      assert.strictEqual(yield* mark("zhangsan"), 0)
      assert.strictEqual(yield* mark("wangwu"), 81011)
      assert.deepStrictEqual((yield* post("get_corp_tag_list", {})).tag_group, [])
      assert.strictEqual(
        ((yield* post("get_strategy_tag_list", { strategy_id })).tag_group as Array<unknown>).length,
        1
      )
      assert.strictEqual(yield* errcode("edit_strategy_tag", { id, name: "二期" }), 0)
      assert.strictEqual(yield* errcode("edit_corp_tag", { id, name: "三期" }), 40068)
      assert.strictEqual(yield* errcode("del_strategy_tag", { tag_id: [id] }), 0)
    }).pipe(simulated))
})

describe("handing over", () => {
  it.effect("takes a day, can be refused, and is counted", () =>
    Effect.gen(function*() {
      yield* customer("wm1", "zhangsan")
      yield* customer("wm2", "zhangsan")
      const transfer = (from: string, to: string, ...external_userid: ReadonlyArray<string>) =>
        post("transfer_customer", { handover_userid: from, takeover_userid: to, external_userid })
      const results = Effect.map(
        post("transfer_result", { handover_userid: "zhangsan", takeover_userid: "lisi" }),
        (answer) => answer.customer
      )
      assert.deepStrictEqual(yield* transfer("zhangsan", "lisi", "wm1", "wm2", "wm9"), {
        ...ok,
        customer: [
          { external_userid: "wm1", errcode: 0 },
          { external_userid: "wm2", errcode: 0 },
          { external_userid: "wm9", errcode: 40096 }
        ]
      })
      assert.deepStrictEqual((yield* transfer("zhangsan", "wangwu", "wm1")).customer, [
        { external_userid: "wm1", errcode: 40129 }
      ])
      assert.deepStrictEqual((yield* transfer("wangwu", "lisi", "wm1")).customer, [
        { external_userid: "wm1", errcode: 40131 }
      ])
      assert.deepStrictEqual(yield* results, [
        { external_userid: "wm1", status: 2, takeover_time: 86400 },
        { external_userid: "wm2", status: 2, takeover_time: 86400 }
      ])
      yield* refuseHandover({ external_userid: "wm2" })
      yield* TestClock.adjust("23 hours")
      assert.strictEqual((yield* get("list?userid=lisi")).errcode, 84061)
      yield* TestClock.adjust("1 hour")
      assert.deepStrictEqual((yield* get("list?userid=lisi")).external_userid, ["wm1"])
      assert.deepStrictEqual(yield* results, [
        { external_userid: "wm1", status: 1, takeover_time: 86400 },
        { external_userid: "wm2", status: 3, takeover_time: 0 }
      ])
      // Twice in 90 days, and not a third time.
      assert.deepStrictEqual((yield* transfer("lisi", "wangwu", "wm1")).customer, [
        { external_userid: "wm1", errcode: 0 }
      ])
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual((yield* transfer("wangwu", "lisi", "wm1")).customer, [
        { external_userid: "wm1", errcode: 40128 }
      ])
      yield* TestClock.adjust("90 days")
      assert.deepStrictEqual((yield* transfer("wangwu", "lisi", "wm1")).customer, [
        { external_userid: "wm1", errcode: 0 }
      ])
      assert.strictEqual((yield* transfer("nobody", "lisi", "wm1")).errcode, 60111)
    }).pipe(simulated))

  it.effect("after a member left begins with the customers that nobody has", () =>
    Effect.gen(function*() {
      yield* customer("wm1", "zhangsan")
      yield* customer("wm2", "zhangsan", "lisi")
      const resigned = (takeover_userid: string, ...external_userid: ReadonlyArray<string>) =>
        post("resigned/transfer_customer", { handover_userid: "zhangsan", takeover_userid, external_userid })
      assert.strictEqual((yield* resigned("lisi", "wm1")).errcode, 40097)
      assert.deepStrictEqual(yield* post("get_unassigned_list", {}), {
        ...ok,
        info: [],
        is_last: true,
        next_cursor: ""
      })
      const { corps } = yield* world
      for (const corp of corps.values()) corp.members.delete("zhangsan")
      const first = yield* post("get_unassigned_list", { page_size: 1 })
      assert.deepStrictEqual(first.info, [
        { handover_userid: "zhangsan", external_userid: "wm1", dimission_time: 0 }
      ])
      assert.strictEqual(first.is_last, false)
      assert.strictEqual(
        (yield* post("get_unassigned_list", { page_size: 1, cursor: first.next_cursor })).is_last,
        true
      )
      assert.strictEqual((yield* get("get?external_userid=wm1")).errcode, 84061)
      assert.deepStrictEqual((yield* resigned("lisi", "wm1", "wm2")).customer, [
        { external_userid: "wm1", errcode: 0 },
        { external_userid: "wm2", errcode: 0 }
      ])
      assert.deepStrictEqual((yield* post("get_unassigned_list", {})).info, [])
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual(
        (yield* post("resigned/transfer_result", { handover_userid: "zhangsan", takeover_userid: "lisi" })).customer,
        [
          { external_userid: "wm1", status: 1, takeover_time: 86400 },
          { external_userid: "wm2", status: 1, takeover_time: 86400 }
        ]
      )
      assert.deepStrictEqual((yield* get("list?userid=lisi")).external_userid, ["wm1", "wm2"])
    }).pipe(simulated))

  it.effect("of groups is done at once, and says for which groups it failed", () =>
    Effect.gen(function*() {
      const of = (chat_id: string, owner: string) =>
        Effect.flatMap(world, (world) => addGroup(world, { chat_id, owner, customers: ["wm1"] }))
      yield* of("wr1", "zhangsan")
      yield* of("wr2", "zhangsan")
      yield* of("wr3", "lisi")
      const failed = (path: string, new_owner: string, ...chat_id_list: ReadonlyArray<string>) =>
        Effect.map(
          post(`groupchat/${path}`, { new_owner, chat_id_list }),
          (answer) =>
            (answer.failed_chat_list as Array<{ chat_id: string; errcode: number }>).map((item) => [
              item.chat_id,
              item.errcode
            ])
        )
      assert.deepStrictEqual(yield* failed("onjob_transfer", "lisi", "wr1", "wr3", "wr9"), [["wr3", 90504], [
        "wr9",
        90501
      ]])
      assert.deepStrictEqual(yield* failed("transfer", "wangwu", "wr2"), [["wr2", 90500]])
      const { corps } = yield* world
      for (const corp of corps.values()) corp.members.delete("zhangsan")
      assert.deepStrictEqual(yield* failed("onjob_transfer", "lisi", "wr2"), [["wr2", 90502]])
      const resigned = { owner_filter: { userid_list: ["zhangsan"] }, limit: 10 }
      assert.deepStrictEqual(
        (yield* post("groupchat/list", resigned)).group_chat_list,
        [{ chat_id: "wr2", status: 1 }]
      )
      assert.deepStrictEqual(yield* failed("transfer", "lisi", "wr2"), [])
      assert.deepStrictEqual(yield* failed("transfer", "wangwu", "wr2"), [["wr2", 90508]])
      assert.deepStrictEqual(
        (yield* post("groupchat/list", { status_filter: 3, limit: 10 })).group_chat_list,
        [{ chat_id: "wr2", status: 3 }]
      )
    }).pipe(simulated))
})

describe("customer groups", () => {
  it.effect("are described, with names where they are asked for", () =>
    Effect.gen(function*() {
      yield* customer("wm1", "zhangsan")
      const group = yield* addGroup(yield* world, {
        chat_id: "wr1",
        name: "售后群",
        owner: "zhangsan",
        members: ["lisi"],
        customers: ["wm1"],
        state: "poster"
      })
      const { group_chat } = yield* post("groupchat/get", { chat_id: "wr1", need_name: 1 })
      const { member_version, ...rest } = group_chat as { member_version: string }
      assert.match(member_version, /^[0-9a-f]{32}$/)
      assert.deepStrictEqual<unknown>(rest, {
        chat_id: "wr1",
        name: "售后群",
        owner: "zhangsan",
        create_time: 0,
        notice: "",
        member_list: [
          { userid: "zhangsan", type: 1, join_time: 0, join_scene: 3, group_nickname: "", name: "张三" },
          {
            userid: "lisi",
            type: 1,
            join_time: 0,
            join_scene: 1,
            invitor: { userid: "zhangsan" },
            group_nickname: "",
            name: "李四"
          },
          { userid: "wm1", type: 2, join_time: 0, join_scene: 3, group_nickname: "", name: "客户wm1", state: "poster" }
        ],
        admin_list: []
      })
      const bare = (yield* post("groupchat/get", { chat_id: "wr1" })).group_chat as { member_list: Array<object> }
      assert.notProperty(bare.member_list[0], "name")
      assert.strictEqual(yield* errcode("groupchat/get", { chat_id: "wr9" }), 86003)
      assert.strictEqual((yield* post("opengid_to_chatid", { opengid: group.opengid })).chat_id, "wr1")
      assert.strictEqual(yield* errcode("opengid_to_chatid", { opengid: "unknown" }), 90511)
    }).pipe(simulated))

  it.effect("have join ways that are replaced as a whole", () =>
    Effect.gen(function*() {
      for (const chat_id of ["wr1", "wr2"]) yield* addGroup(yield* world, { chat_id, owner: "zhangsan" })
      const { config_id } = yield* post("groupchat/add_join_way", {
        scene: 2,
        remark: "海报",
        chat_id_list: ["wr1"],
        state: "poster"
      })
      const way = Effect.map(post("groupchat/get_join_way", { config_id }), (answer) => answer.join_way)
      assert.deepInclude(yield* way, { config_id, scene: 2, remark: "海报", auto_create_room: 1, state: "poster" })
      assert.strictEqual(
        yield* errcode("groupchat/update_join_way", { config_id, scene: 2, chat_id_list: ["wr1", "wr2"] }),
        0
      )
      assert.notProperty(yield* way, "state")
      assert.deepInclude(yield* way, { remark: "", chat_id_list: ["wr1", "wr2"] })
      assert.strictEqual(
        yield* errcode("groupchat/add_join_way", { scene: 2, chat_id_list: ["1", "2", "3", "4", "5", "6"] }),
        41091
      )
      assert.strictEqual(yield* errcode("groupchat/add_join_way", { scene: 2, chat_id_list: ["wr9"] }), 86003)
      assert.strictEqual(yield* errcode("groupchat/del_join_way", { config_id }), 0)
      assert.strictEqual(yield* errcode("groupchat/get_join_way", { config_id }), 41044)
    }).pipe(simulated))

  it.effect("are counted, owner by owner and day by day", () =>
    Effect.gen(function*() {
      const day = 86400
      // Midnights of Beijing are at 16:00 of Greenwich.
      yield* TestClock.setTime(Date.UTC(2026, 0, 1, 17))
      yield* addGroup(yield* world, { owner: "zhangsan", customers: ["wm1", "wm2"] })
      yield* TestClock.adjust("1 day")
      yield* addGroup(yield* world, { owner: "zhangsan" })
      yield* addGroup(yield* world, { owner: "lisi" })
      const start = Date.UTC(2026, 0, 1, 16) / 1000
      const counts = (new_chat_cnt: number, chat_total: number, new_member_cnt: number, member_total: number) => ({
        new_chat_cnt,
        chat_total,
        chat_has_msg: 0,
        new_member_cnt,
        member_total,
        member_has_msg: 0,
        msg_total: 0
      })
      const range = { day_begin_time: start, day_end_time: start + day }
      const owner_filter = { userid_list: ["lisi", "zhangsan"] }
      assert.deepStrictEqual(yield* post("groupchat/statistic_group_by_day", { ...range, owner_filter }), {
        ...ok,
        items: [
          { stat_time: start, data: counts(1, 1, 3, 3) },
          { stat_time: start + day, data: counts(2, 3, 2, 5) }
        ]
      })
      assert.deepStrictEqual(yield* post("groupchat/statistic", { ...range, owner_filter, order_by: 2, limit: 1 }), {
        ...ok,
        items: [{ owner: "zhangsan", data: counts(2, 2, 4, 4) }],
        total: 2,
        next_offset: 1
      })
      yield* customer("wm3", "lisi")
      assert.deepStrictEqual(
        (yield* post("get_user_behavior_data", { userid: ["lisi"], start_time: start, end_time: start + day }))
          .behavior_data,
        [0, 1].map((new_contact_cnt, index) => ({
          stat_time: start + index * day,
          chat_cnt: 0,
          message_cnt: 0,
          negative_feedback_cnt: 0,
          new_apply_cnt: 0,
          new_contact_cnt
        }))
      )
    }).pipe(simulated))
})

describe("contact ways", () => {
  it.effect("are made, read, changed, listed and deleted", () =>
    Effect.gen(function*() {
      const made = yield* post("add_contact_way", {
        type: 1,
        scene: 2,
        user: ["zhangsan"],
        state: "poster",
        remark: "海报"
      })
      const { config_id, qr_code } = made
      assert.isString(qr_code)
      assert.deepStrictEqual((yield* post("get_contact_way", { config_id })).contact_way, {
        config_id,
        type: 1,
        scene: 2,
        remark: "海报",
        skip_verify: true,
        state: "poster",
        qr_code,
        user: ["zhangsan"],
        party: [],
        is_temp: false
      })
      assert.strictEqual(yield* errcode("update_contact_way", { config_id, user: ["lisi"], skip_verify: false }), 0)
      assert.deepInclude((yield* post("get_contact_way", { config_id })).contact_way, {
        state: "poster",
        user: ["lisi"],
        skip_verify: false
      })
      assert.deepStrictEqual((yield* post("list_contact_way", {})).contact_way, [{ config_id }])
      assert.strictEqual(yield* errcode("del_contact_way", { config_id }), 0)
      assert.strictEqual(yield* errcode("get_contact_way", { config_id }), 41044)
      assert.strictEqual(yield* errcode("add_contact_way", { type: 3, scene: 2, user: ["zhangsan"] }), 41039)
      assert.strictEqual(yield* errcode("add_contact_way", { type: 1, scene: 3, user: ["zhangsan"] }), 41040)
      assert.strictEqual(yield* errcode("add_contact_way", { type: 1, scene: 2, user: ["nobody"] }), 60111)
      assert.strictEqual(yield* errcode("add_contact_way", { type: 2, scene: 2, party: [99] }), 60003)
    }).pipe(simulated))

  it.effect("of temporary sessions are closed, others are not", () =>
    Effect.gen(function*() {
      yield* addCustomer(yield* world, { external_userid: "wm1", followedBy: ["zhangsan"], temporary: true })
      yield* customer("wm2", "zhangsan")
      const close = (external_userid: string) => errcode("close_temp_chat", { userid: "zhangsan", external_userid })
      assert.strictEqual(yield* close("wm1"), 0)
      assert.strictEqual(yield* close("wm1"), 84061)
      assert.strictEqual(yield* close("wm2"), 84061)
    }).pipe(simulated))
})

describe("rule groups", () => {
  it.effect("lie within the one above, and have its privileges", () =>
    Effect.gen(function*() {
      const create = (fields: object) =>
        post("customer_strategy/create", { strategy_name: "甲", admin_list: ["zhangsan"], ...fields })
      const top = (yield* create({
        range: [{ type: 2, partyid: 2 }],
        privilege: { share_customer: false, contact_me: false }
      })).strategy_id
      assert.strictEqual((yield* create({ parent_id: top, range: [{ type: 1, userid: "wangwu" }] })).errcode, 40058)
      const below = (yield* create({ parent_id: top, range: [{ type: 1, userid: "lisi" }] })).strategy_id
      assert.deepStrictEqual((yield* post("customer_strategy/list", {})).strategy, [{ strategy_id: top }, {
        strategy_id: below
      }])
      const { strategy } = yield* post("customer_strategy/get", { strategy_id: below })
      const { admin_list, parent_id, privilege } = strategy as {
        admin_list: unknown
        parent_id: unknown
        privilege: object
      }
      assert.deepStrictEqual([admin_list, parent_id], [["zhangsan"], top])
      assert.deepInclude(privilege, { share_customer: false, contact_me: true, rapid_reply: true })
      assert.strictEqual(
        yield* errcode("customer_strategy/edit", {
          strategy_id: top,
          range_add: [{ type: 1, userid: "wangwu" }, { type: 1, userid: "lisi" }],
          range_del: [{ type: 2, partyid: 2 }]
        }),
        0
      )
      const paged = yield* post("customer_strategy/get_range", { strategy_id: top, limit: 1 })
      assert.deepStrictEqual(paged.range, [{ type: 1, userid: "wangwu" }])
      assert.deepStrictEqual(
        yield* post("customer_strategy/get_range", { strategy_id: top, limit: 1, cursor: paged.next_cursor }),
        { ...ok, range: [{ type: 1, userid: "lisi" }] }
      )
      assert.strictEqual(
        yield* errcode("add_strategy_tag", { strategy_id: below, group_name: "乙", tag: [{ name: "丙" }] }),
        40058
      )
      assert.strictEqual(yield* errcode("customer_strategy/del", { strategy_id: below }), 0)
      assert.strictEqual(yield* errcode("customer_strategy/get", { strategy_id: below }), 40058)
    }).pipe(simulated))
})

describe("sensitive words", () => {
  it.effect("are kept in rules with names of their own", () =>
    Effect.gen(function*() {
      const rule = {
        rule_name: "返现",
        word_list: ["返现"],
        intercept_type: 1,
        applicable_range: { user_list: ["zhangsan"] }
      }
      const { rule_id } = yield* post("add_intercept_rule", rule)
      assert.strictEqual(yield* errcode("add_intercept_rule", rule), 41077)
      assert.strictEqual(
        yield* errcode("add_intercept_rule", { ...rule, rule_name: "乙", applicable_range: {} }),
        40058
      )
      assert.strictEqual(
        yield* errcode("update_intercept_rule", {
          rule_id,
          extra_rule: { semantics_list: [1, 3] },
          intercept_type: 2,
          add_applicable_range: { user_list: ["lisi"], department_list: [3] },
          remove_applicable_range: { user_list: ["zhangsan"] }
        }),
        0
      )
      assert.deepStrictEqual((yield* post("get_intercept_rule", { rule_id })).rule, {
        rule_id,
        rule_name: "返现",
        create_time: 0,
        word_list: ["返现"],
        semantics_list: [1, 3],
        intercept_type: 2,
        applicable_range: { user_list: ["lisi"], department_list: [3] }
      })
      assert.deepStrictEqual((yield* get("get_intercept_rule_list")).rule_list, [
        { rule_id, rule_name: "返现", create_time: 0 }
      ])
      assert.strictEqual(yield* errcode("del_intercept_rule", { rule_id }), 0)
      assert.strictEqual(yield* errcode("get_intercept_rule", { rule_id }), 41071)
      assert.strictEqual(yield* errcode("get_intercept_rule", { rule_id: "unknown" }), 41070)
    }).pipe(simulated))
})
