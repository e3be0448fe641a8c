import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted, Stream } from "effect"
import { TestClock } from "effect/testing"
import {
  AcquiredChatStatus,
  AcquisitionLinkMode,
  AcquisitionLinks,
  AcquisitionPayMode,
  type PriorityOption,
  PriorityType
} from "../../src/customers/AcquisitionLinks.ts"
import { outreachOf } from "../../src/simulator/areas/customers/Outreach.ts"
import { chatKeyOf, openLink } from "../../src/simulator/areas/customers/OutreachActs.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { cannedClient } from "../support/canned.ts"
import { corp, simulated } from "./outreach.ts"
import { errcode, refusal } from "./support.ts"

const range = { user_list: ["zhangsan"] }

describe("an acquisition link", () => {
  it.effect("brings customers, with the channel that they came through", () =>
    Effect.gen(function*() {
      const links = yield* AcquisitionLinks
      const { link_id, url } = yield* links.create({ link_name: "春季活动", range })
      yield* openLink({ url: AcquisitionLinks.channelUrl(url, "A&B"), external_userid: "wm1", adds: "zhangsan" })
      yield* openLink({ url, external_userid: "wm2", adds: "zhangsan" })
      yield* openLink({ url, external_userid: "wm3" })
      const brought = yield* Stream.runCollect(links.listAllCustomers({ link_id, limit: 1 }))
      assert.deepStrictEqual(
        brought.map(({ chat_status, external_userid, state, userid }) => [external_userid, userid, state, chat_status]),
        [
          ["wm1", "zhangsan", "A&B", AcquiredChatStatus.Silent],
          ["wm2", "zhangsan", undefined, AcquiredChatStatus.Silent]
        ]
      )
      const quota = yield* links.getQuota()
      assert.deepInclude(quota, { total: 2, balance: 998 })
      const now = yield* DateTime.now
      const statistic = yield* links.getStatistic({ link_id, start_time: now, end_time: now })
      assert.deepInclude(statistic, { click_link_customer_cnt: 3, new_customer_cnt: 2 })
    }).pipe(simulated))

  it.effect("is read, changed and deleted", () =>
    Effect.gen(function*() {
      const links = yield* AcquisitionLinks
      const { link_id } = yield* links.create({
        link_name: "春季活动",
        range,
        skip_verify: false,
        priority_option: { priority_type: PriorityType.Members, priority_userid_list: ["lisi"] }
      })
      yield* links.update({ link_id, range: { department_list: [3] } })
      const detail = yield* links.get({ link_id })
      assert.deepInclude(detail.link, { link_name: "春季活动", skip_verify: false, mark_source: true })
      assert.deepStrictEqual(detail.range, { user_list: [], department_list: [3] })
      assert.deepStrictEqual(detail.priority_option, { priority_type: 2, priority_userid_list: ["lisi"] })
      yield* links.create({ link_name: "另一个", range })
      assert.lengthOf(yield* Stream.runCollect(links.listAllIds({ limit: 1 })), 2)
      yield* links.delete({ link_id })
      assert.strictEqual(yield* errcode(links.get({ link_id })), 40058)
      assert.strictEqual(yield* errcode(links.create({ link_name: "无人", range: { user_list: ["nobody"] } })), 60111)
    }).pipe(simulated))

  it.effect("tells for 30 minutes how often a customer has written", () =>
    Effect.gen(function*() {
      const links = yield* AcquisitionLinks
      const { link_id, url } = yield* links.create({ link_name: "春季活动", range })
      yield* openLink({ url, external_userid: "wm1", adds: "zhangsan" })
      const chat_key = yield* chatKeyOf({ link_id, external_userid: "wm1", messages: 3 })
      const chat = yield* links.getChat({ chat_key })
      assert.deepStrictEqual(chat.chat_info, { recv_msg_cnt: 3, link_id })
      assert.strictEqual(chat.userid, "zhangsan")
      yield* TestClock.adjust("31 minutes")
      assert.strictEqual(yield* errcode(links.getChat({ chat_key })), 41201)
    }).pipe(simulated))

  it.effect("takes keys where the provider pays", () =>
    Effect.gen(function*() {
      const links = yield* AcquisitionLinks
      const { link_id, url } = yield* links.create({ link_name: "春季活动", range })
      assert.strictEqual(yield* errcode(links.createOnceKeys({ link_id })), 41099)
      const outreach = outreachOf(yield* corp)
      const before = yield* links.getComponent()
      assert.deepStrictEqual([before.pay_mode, before.price], [AcquisitionPayMode.Corp, undefined])
      outreach.providerPays = true
      const { link_auth_mode, pay_mode, price } = yield* links.getComponent()
      assert.deepStrictEqual([pay_mode, price], [AcquisitionPayMode.Provider, 200])
      assert.strictEqual(link_auth_mode, AcquisitionLinkMode.OfApps)
      const [key = ""] = yield* links.createOnceKeys({ link_id, key_num: 2 })
      const paid = `${AcquisitionLinks.channelUrl(url, "fair")}&once_key=${key}`
      for (const external_userid of ["wm1", "wm2"]) yield* openLink({ url: paid, external_userid, adds: "zhangsan" })
      assert.deepStrictEqual(outreach.bills.map(({ link, state }) => [link, state]), [[link_id, "fair"]])
    }).pipe(simulated))

  it.effect("that cannot be is refused before sending", () =>
    Effect.gen(function*() {
      const links = yield* AcquisitionLinks
      const endpoint = "POST /cgi-bin/externalcontact/customer_acquisition/create_link"
      assert.strictEqual(
        yield* refusal(links.create({ link_name: "长".repeat(31), range })),
        `${endpoint} | link_name: at most 30 characters are allowed, got 31`
      )
      assert.strictEqual(
        yield* refusal(links.create({ link_name: "空", range: {} })),
        `${endpoint} | range.user_list: at least one of user_list, department_list is needed`
      )
      // @ts-expect-error: the members are to be listed
      const priority_option: PriorityOption = { priority_type: 2 }
      assert.include(
        yield* refusal(links.create({ link_name: "空", range, priority_option })),
        `${endpoint} | priority_option.priority_userid_list: `
      )
    }).pipe(simulated))

  it("has an address with a channel, and a scheme", () => {
    assert.strictEqual(
      AcquisitionLinks.channelUrl("https://work.weixin.qq.com/ca/1", "春 1"),
      "https://work.weixin.qq.com/ca/1" +
        "?customer_channel=%E6%98%A5%201"
    )
    assert.strictEqual(
      AcquisitionLinks.channelUrl("https://work.weixin.qq.com/ca/1?comp_scene=x", "A"),
      "https://work.weixin.qq.com/ca/1?comp_scene=x&customer_channel=A"
    )
    assert.strictEqual(
      AcquisitionLinks.weixinScheme(AcquisitionLinks.channelUrl("https://work.weixin.qq.com/ca/1", "WORK")),
      "weixin://biz/ww/profile/https%3A%2F%2Fwork.weixin.qq.com%2Fca%2F1%3Fcustomer_channel%3DWORK"
    )
  })
})

describe("who may be connected with customers", () => {
  it.effect("is the whole corp, where the app sees it", () =>
    Effect.gen(function*() {
      const links = yield* AcquisitionLinks
      assert.deepInclude(yield* links.getPermit(), { user_list: [], department_list: [1], tag_list: [] })
    }).pipe(simulated))
})

describe("bills of a service provider", () => {
  it.effect("are asked for with the suite's token, page by page", () =>
    Effect.gen(function*() {
      const begin_time = DateTime.makeUnsafe("2026-01-01T00:00:00Z")
      const client = cannedClient(({ body, path }) =>
        path === "/cgi-bin/service/get_suite_token"
          ? { suite_access_token: "S", expires_in: 7200 }
          : (body as { readonly cursor?: string }).cursor === undefined
          ? { errcode: 0, bill_list: [{ timestamp: 1_767_225_600, link_id: "ca1", price: 300 }], next_cursor: "2" }
          : { errcode: 0, bill_list: [{ timestamp: 1_767_225_600, state: "fair", price: 200 }] }
      )
      const app = WeComApp.suite({
        suiteId: "ww-suite",
        suiteSecret: Redacted.make("secret"),
        suiteTicket: Effect.succeed(Redacted.make("ticket"))
      })
      const layer = AcquisitionLinks.layer.pipe(
        Layer.provide(WeComClient.layer(app)),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(client.layer)
      )
      const bills = yield* Effect.flatMap(AcquisitionLinks, (links) =>
        Stream.runCollect(links.listAllBills({ begin_time, end_time: begin_time, auth_corpid: "ww1" }))).pipe(
          Effect.provide(layer)
        )
      assert.deepStrictEqual(bills.map(({ link_id, price, state }) => [link_id, state, price]), [
        ["ca1", undefined, 300],
        [undefined, "fair", 200]
      ])
      assert.deepStrictEqual(bills[0]?.timestamp, begin_time)
      const asked = client.calls.filter(({ path }) =>
        path.endsWith("get_bill_list")
      )
      assert.deepStrictEqual(asked.map(({ query }) => query.get("suite_access_token")), ["S", "S"])
    }))
})
