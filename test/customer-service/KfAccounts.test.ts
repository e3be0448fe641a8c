import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { KfAccounts } from "../../src/customer-service/KfAccounts.ts"
import { KfChannelsScene } from "../../src/customer-service/KfChannelsContext.ts"
import { KfCustomers, KfUpgradeType } from "../../src/customer-service/KfCustomers.ts"
import { KfStatistics } from "../../src/customer-service/KfStatistics.ts"
import { accountOf, customerServiceOf, sessionOf } from "../../src/simulator/areas/customer-service/CustomerService.ts"
import * as KfPeople from "../../src/simulator/areas/customer-service/KfPeople.ts"
import { errcode, refusal } from "../customers/support.ts"
import { account, corp, simulated } from "./support.ts"

describe("accounts", () => {
  it.effect("are added, changed, listed and deleted", () =>
    Effect.gen(function*() {
      const accounts = yield* KfAccounts
      const ids: Array<string> = []
      for (let i = 0; i < 5; i++) ids.push(yield* account())
      yield* accounts.update({ open_kfid: ids[0]!, name: "售前" })
      const all = yield* Stream.runCollect(accounts.listAll({ limit: 2 }))
      assert.deepStrictEqual(all.map(({ open_kfid }) => open_kfid), ids)
      assert.deepInclude(all[0], { name: "售前", manage_privilege: true })
      assert.lengthOf(yield* accounts.list(), 5)
      yield* accounts.delete({ open_kfid: ids[0]! })
      assert.lengthOf(yield* Stream.runCollect(accounts.listAll()), 4)
      assert.strictEqual(yield* errcode(accounts.delete({ open_kfid: ids[0]! })), 95004)
      assert.isFalse(yield* accounts.isChannelsBound())
    }).pipe(simulated))

  it.effect("have names of at most 16 characters, and a picture that is there", () =>
    Effect.gen(function*() {
      const accounts = yield* KfAccounts
      assert.strictEqual(
        yield* refusal(accounts.create({ name: "长".repeat(17), media_id: "M" })),
        "POST /cgi-bin/kf/account/add | name: at most 16 characters are allowed, got 17"
      )
      assert.strictEqual(yield* errcode(accounts.create({ name: "售后", media_id: "gone" })), 40007)
    }).pipe(simulated))

  it.effect("have addresses with a scene, and what is added to it", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const accounts = yield* KfAccounts
      const url = yield* accounts.getUrl({ open_kfid, scene: "home_1" })
      const params = new URL(KfAccounts.withSceneParam(url, "a=1&b=二")).searchParams
      assert.strictEqual(params.get("scene_param"), "a=1&b=二")
      assert.isTrue(params.has("enc_scene"))
      assert.strictEqual(
        yield* refusal(accounts.getUrl({ open_kfid, scene: "首页" })),
        "POST /cgi-bin/kf/add_contact_way | scene: only letters, digits, _ and -"
      )
      assert.strictEqual(yield* errcode(accounts.getUrl({ open_kfid: "wk-nobody" })), 95004)
    }).pipe(simulated))
})

describe("customers", () => {
  it.effect("are described, as far as they came lately, with where from", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customers = yield* KfCustomers
      const customer = yield* KfPeople.customer({ open_kfid, external_userid: "wm1", name: "小王" })
      yield* customer.enter({ scene: "home" })
      const input = { external_userid_list: ["wm1", "wm2"] }
      const plain = yield* customers.getMany(input)
      assert.deepStrictEqual(
        plain.customer_list.map(({ enter_session_context, nickname }) => [
          nickname,
          enter_session_context
        ]),
        [["小王", undefined]]
      )
      assert.deepStrictEqual(plain.invalid_external_userid, ["wm2"])
      const { customer_list: [full] } = yield* customers.getMany({ ...input, need_enter_session_context: true })
      assert.deepStrictEqual(full?.enter_session_context, { scene: "home" })
      assert.strictEqual(KfChannelsScene.label(KfChannelsScene.ShopOrder), "视频号小店订单页")
      assert.strictEqual(
        yield* refusal(customers.getMany({ external_userid_list: [] })),
        "POST /cgi-bin/kf/customer/batchget | external_userid_list: at least 1 item is needed"
      )
    }).pipe(simulated))

  it.effect("are referred to the members and groups that were set", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customers = yield* KfCustomers
      const { upgrades } = customerServiceOf(yield* corp)
      upgrades.departments.add(2)
      upgrades.chats.add("wr1")
      const config = yield* customers.getUpgradeConfig()
      assert.deepStrictEqual(config.member_range, { userid_list: [], department_id_list: [2] })
      assert.deepStrictEqual(config.groupchat_range, { chat_id_list: ["wr1"] })

      const who = { open_kfid, external_userid: "wm1" }
      const upgrade = Effect.map(corp, (corp) => sessionOf(accountOf(corp, open_kfid), "wm1", 0).upgrade)
      yield* customers.upgrade({ ...who, type: KfUpgradeType.Member, member: { userid: "zhangsan", wording: "专员" } })
      assert.deepStrictEqual(yield* upgrade, { userid: "zhangsan", wording: "专员" })
      yield* customers.upgrade({ ...who, type: KfUpgradeType.Group, groupchat: { chat_id: "wr1" } })
      assert.deepStrictEqual(yield* upgrade, { chat_id: "wr1", wording: undefined })
      yield* customers.cancelUpgrade(who)
      assert.isUndefined(yield* upgrade)
      const other = customers.upgrade({ ...who, type: KfUpgradeType.Member, member: { userid: "wangwu" } })
      assert.strictEqual(yield* errcode(other), 95021)
      assert.strictEqual(
        // @ts-expect-error: a group is needed
        yield* refusal(customers.upgrade({ ...who, type: KfUpgradeType.Group, member: { userid: "lisi" } })),
        "POST /cgi-bin/kf/customer/upgrade_service | groupchat: is required"
      )
    }).pipe(simulated))
})

describe("statistics", () => {
  it.effect("count customers and messages by the day", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account("lisi")
      for (const external_userid of ["wm1", "wm2"]) {
        const customer = yield* KfPeople.customer({ open_kfid, external_userid })
        yield* customer.write("在吗")
        yield* customer.write("您好")
      }
      const statistics = yield* KfStatistics
      const now = yield* DateTime.now
      const span = { start_time: now, end_time: DateTime.add(now, { days: 1 }) }
      const [today, tomorrow] = yield* statistics.getCorp({ open_kfid, ...span })
      assert.deepInclude(today?.statistic, { customer_cnt: 2, customer_msg_cnt: 4 })
      assert.isUndefined(tomorrow?.statistic)
      const another = yield* KfPeople.customer({ open_kfid: yield* account() })
      yield* another.write("在吗")
      const [all] = yield* statistics.getComponent(span)
      assert.deepInclude(all?.statistic, { customer_cnt: 3, customer_msg_cnt: 5 })
      assert.lengthOf(yield* statistics.getServicer({ open_kfid, servicer_userid: "lisi", ...span }), 2)
      assert.strictEqual(
        yield* refusal(statistics.getCorp({ open_kfid, start_time: now, end_time: DateTime.add(now, { days: 32 }) })),
        "POST /cgi-bin/kf/get_corp_statistic | end_time: at most 31 days after start_time are allowed"
      )
    }).pipe(simulated))
})
