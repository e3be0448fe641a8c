import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import { outreachOf } from "../../src/simulator/areas/customers/Outreach.ts"
import {
  appear,
  inboxOf,
  openLink,
  postMoment,
  publishMoment,
  sendMassMessage
} from "../../src/simulator/areas/customers/OutreachActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, get, post } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const call = (path: string, body: unknown) => called.post(`/cgi-bin/externalcontact/${path}`, body)

const code = (path: string, body: unknown) => Effect.map(call(path, body), ({ errcode }) => errcode)

const link = { msgtype: "link", link: { title: "手册", url: "https://example.com" } }

describe("messages to customers, as raw JSON", () => {
  it.effect("greet, in the documented shape", () =>
    Effect.gen(function*() {
      const { contact, welcomeCode: welcome_code } = yield* appear({ userid: "zhangsan" })
      const body = { welcome_code, text: { content: "您好" }, attachments: [link] }
      assert.strictEqual(yield* code("send_welcome_msg", { ...body, attachments: [{ msgtype: "link" }] }), 40058)
      assert.strictEqual(
        yield* code("send_welcome_msg", { ...body, attachments: Array.from({ length: 10 }, () => link) }),
        41064
      )
      assert.deepStrictEqual(yield* call("send_welcome_msg", body), { errcode: 0, errmsg: "ok" })
      assert.deepStrictEqual((yield* inboxOf(contact.external_userid)).map(({ text }) => text), ["您好"])
      assert.strictEqual(yield* code("send_welcome_msg", body), 41051)
    }).pipe(simulated))

  it.effect("go out to many, as their members confirm", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const { world } = yield* Simulator
      yield* addCustomer(world, { external_userid: "wm1", followedBy: ["zhangsan"] })
      const made = yield* call("add_msg_template", {
        chat_type: "single",
        external_userid: ["wm1", "wm2"],
        text: { content: "新品" },
        attachments: [link]
      })
      assert.deepStrictEqual(made.fail_list, ["wm2"])
      const { msgid } = made as unknown as { readonly msgid: string }
      yield* sendMassMessage({ msgid, userid: "zhangsan" })
      assert.deepStrictEqual(yield* call("get_groupmsg_task", { msgid }), {
        errcode: 0,
        errmsg: "ok",
        task_list: [{ userid: "zhangsan", status: 2, send_time: 1_700_000_000 }]
      })
      assert.deepStrictEqual(yield* call("get_groupmsg_send_result", { msgid, userid: "zhangsan" }), {
        errcode: 0,
        errmsg: "ok",
        send_list: [{ external_userid: "wm1", userid: "zhangsan", status: 1, send_time: 1_700_000_000 }]
      })
      const span = { chat_type: "single", start_time: 1_699_999_000, end_time: 1_700_000_001 }
      const { group_msg_list } = yield* call("get_groupmsg_list_v2", span)
      assert.deepStrictEqual(group_msg_list, [
        { msgid, create_time: 1_700_000_000, create_type: 0, text: { content: "新品" }, attachments: [link] }
      ])
      const { group_msg_list: old } = yield* call("get_groupmsg_list", span)
      assert.deepStrictEqual(old, [
        { msgid, create_time: 1_700_000_000, create_type: 0, text: { content: "新品" }, link: link.link }
      ])
      assert.strictEqual(yield* code("get_groupmsg_task", { msgid: "nothing" }), 41047)
      assert.strictEqual(yield* code("get_groupmsg_list_v2", { ...span, end_time: 1_710_000_000 }), 40058)
    }).pipe(simulated))

  it.effect("are moments, with who sees them", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const { world } = yield* Simulator
      yield* addCustomer(world, { external_userid: "wm1", followedBy: ["zhangsan"] })
      const { jobid } = yield* call("add_moment_task", {
        text: { content: "新品" },
        visible_range: { sender_list: { user_list: ["zhangsan", "nobody"] } }
      })
      yield* TestClock.adjust("2 seconds")
      const job = yield* called.get(`/cgi-bin/externalcontact/get_moment_task_result?jobid=${jobid}`)
      const { moment_id, ...result } = job.result as { readonly moment_id: string }
      assert.deepStrictEqual({ ...job, result }, {
        errcode: 0,
        errmsg: "ok",
        status: 3,
        type: "add_moment_task",
        result: {
          errcode: 0,
          errmsg: "ok",
          invalid_sender_list: { user_list: ["nobody"], department_list: [] },
          invalid_external_contact_list: { tag_list: [] }
        }
      })
      yield* publishMoment({ moment_id, userid: "zhangsan" })
      const own = yield* postMoment({ userid: "zhangsan", text: "下班" })
      const { moment_list } = yield* call("get_moment_list", { start_time: 1_699_999_000, end_time: 1_700_000_100 })
      assert.deepStrictEqual(moment_list, [
        {
          moment_id,
          create_time: 1_700_000_000,
          create_type: 0,
          visible_type: 1,
          text: { content: "新品" }
        },
        {
          moment_id: own,
          creator: "zhangsan",
          create_time: 1_700_000_002,
          create_type: 1,
          visible_type: 1,
          text: { content: "下班" }
        }
      ])
      const seen = yield* call("get_moment_customer_list", { moment_id, userid: "zhangsan" })
      assert.deepStrictEqual(seen.customer_list, [{ userid: "zhangsan", external_userid: "wm1" }])
      assert.strictEqual(
        yield* code("add_moment_task", { attachments: [{ msgtype: "video", video: { media_id: "gone" } }] }),
        40007
      )
    }).pipe(simulated))
})

describe("bills, as raw JSON", () => {
  it.effect("are read with the suite's token", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const { issueSuiteTicket, world } = yield* Simulator
      const corp = [...world.corps.values()][0]!
      const outreach = outreachOf(corp)
      outreach.providerPays = true
      const made = yield* call("customer_acquisition/create_link", {
        link_name: "展会",
        range: { user_list: ["zhangsan"] }
      })
      const { link_id, url } = made.link as { readonly link_id: string; readonly url: string }
      const { keys } = yield* call("customer_acquisition/create_once_key", { link_id, key_num: 1 })
      const paid = `${url}?customer_channel=fair&once_key=${(keys as ReadonlyArray<string>)[0]}`
      yield* openLink({ url: paid, external_userid: "wm1", adds: "zhangsan" })

      const suite_ticket = yield* issueSuiteTicket("ww-suite")
      const { suite_access_token } = yield* post("/cgi-bin/service/get_suite_token", {
        suite_id: "ww-suite",
        suite_secret: "suite-secret",
        suite_ticket
      })
      const path = "/cgi-bin/service/customer_acquisition/get_bill_list"
      const bills = yield* post(`${path}?suite_access_token=${suite_access_token}`, {
        begin_time: 1_699_999_000,
        end_time: 1_700_000_001,
        auth_corpid: defaultCorp.corpId
      })
      assert.deepStrictEqual(bills, {
        errcode: 0,
        errmsg: "ok",
        bill_list: [{ timestamp: 1_700_000_000, link_id, state: "fair", price: 200 }]
      })
      assert.strictEqual((yield* get(`${path}?suite_access_token=${suite_access_token}`)).errcode, 40058)
    }).pipe(Effect.provide(Layer.provideMerge(
      Simulator.layerHttpClient,
      Simulator.layer({ suites: [{ suiteId: "ww-suite", secret: "suite-secret" }] })
    ))))
})
