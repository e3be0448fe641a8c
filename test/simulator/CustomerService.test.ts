import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { addAccount } from "../../src/simulator/areas/customer-service/CustomerService.ts"
import * as KfPeople from "../../src/simulator/areas/customer-service/KfPeople.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

/** An account of the first corp. */
const account = Effect.map(Simulator, ({ world }) => {
  const corp = [...world.corps.values()][0]!
  return addAccount(world, corp, { name: "售后" }).id
})

const call = (path: string, body: unknown) => called.post(`/cgi-bin/kf/${path}`, body)

const code = (path: string, body: unknown) => Effect.map(call(path, body), ({ errcode }) => errcode)

describe("微信客服, as raw JSON", () => {
  it.effect("hands over what customers write, in the documented keys", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const open_kfid = yield* account
      const customer = yield* KfPeople.customer({ open_kfid, external_userid: "wm1" })
      const entered = yield* customer.enter({ scene: "home", scene_param: "a" })
      const text = yield* customer.write("你好")
      const image = yield* customer.write({ msgtype: "image", image: { media_id: "M" } })
      const answer = yield* call("sync_msg", { open_kfid, limit: 1000 })
      const [enter, first, second] = answer.msg_list as Array<Record<string, unknown>>
      const { welcome_code, ...event } = (enter?.event ?? {}) as Record<string, unknown>
      assert.isString(welcome_code)
      assert.deepStrictEqual({ ...enter, event }, {
        msgid: entered.msgid,
        send_time: 1_700_000_000,
        origin: 4,
        msgtype: "event",
        event: {
          event_type: "enter_session",
          open_kfid,
          external_userid: "wm1",
          scene: "home",
          scene_param: "a"
        }
      })
      const header = { open_kfid, external_userid: "wm1", send_time: 1_700_000_000, origin: 3 }
      assert.deepStrictEqual(first, { ...header, msgid: text.msgid, msgtype: "text", text: { content: "你好" } })
      assert.deepStrictEqual(second, { ...header, msgid: image.msgid, msgtype: "image", image: { media_id: "M" } })
      assert.deepStrictEqual(Object.keys(answer).toSorted(), [
        "errcode",
        "errmsg",
        "has_more",
        "msg_list",
        "next_cursor"
      ])
      assert.strictEqual(answer.has_more, 0)
    }).pipe(simulated))

  it.effect("takes answers in the documented shape, and refuses others by name", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account
      const customer = yield* KfPeople.customer({ open_kfid, external_userid: "wm1" })
      yield* customer.write("你好")
      const to = { touser: "wm1", open_kfid }
      const sent = yield* call("send_msg", { ...to, msgid: "m-1", msgtype: "text", text: { content: "您好" } })
      assert.deepStrictEqual(sent, { errcode: 0, errmsg: "ok", msgid: "m-1" })
      const menu = {
        head_content: "满意吗？",
        list: [
          { type: "click", click: { id: "1", content: "满意" } },
          { type: "text", text: { content: "或者", no_newline: 1 } },
          { type: "view", view: { url: "https://example.com", content: "看看" } }
        ],
        tail_content: "谢谢"
      }
      assert.strictEqual(yield* code("send_msg", { ...to, msgtype: "msgmenu", msgmenu: menu }), 0)
      assert.deepStrictEqual((yield* customer.inbox).map(({ message }) => message.msgtype), ["text", "msgmenu"])

      assert.strictEqual(
        yield* code("send_msg", { ...to, msgtype: "text", text: { content: "a".repeat(2049) } }),
        40058
      )
      assert.strictEqual(yield* code("send_msg", { ...to, msgtype: "image", image: { media_id: "gone" } }), 40007)
      assert.strictEqual(
        yield* code("send_msg", { ...to, touser: "wm2", msgtype: "text", text: { content: "a" } }),
        95002
      )
      assert.strictEqual(yield* code("send_msg", { touser: "wm1", msgtype: "text", text: { content: "a" } }), 60251)
      const unknown = { ...to, open_kfid: "wk-nobody", msgtype: "text", text: { content: "a" } }
      assert.strictEqual(yield* code("send_msg", unknown), 95004)
    }).pipe(simulated))

  it.effect("moves sessions as the documents say", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account
      const customer = yield* KfPeople.customer({ open_kfid, external_userid: "wm1" })
      const who = { open_kfid, external_userid: "wm1" }
      assert.deepStrictEqual(yield* call("service_state/get", who), { errcode: 0, errmsg: "ok", service_state: 4 })
      assert.strictEqual(yield* code("service_state/trans", { ...who, service_state: 2 }), 95013)
      yield* customer.write("你好")
      yield* call("servicer/add", { open_kfid, userid_list: ["lisi"] })
      assert.strictEqual(
        yield* code("service_state/trans", { ...who, service_state: 3, servicer_userid: "zhangsan" }),
        95014
      )
      const changed = yield* call("service_state/trans", { ...who, service_state: 3, servicer_userid: "lisi" })
      assert.isString(changed.msg_code)
      assert.deepStrictEqual(yield* call("service_state/get", who), {
        errcode: 0,
        errmsg: "ok",
        service_state: 3,
        servicer_userid: "lisi"
      })
      assert.strictEqual(
        yield* code("send_msg_on_event", { code: changed.msg_code, msgtype: "text", text: { content: "来了" } }),
        0
      )
      assert.strictEqual(
        yield* code("send_msg_on_event", { code: changed.msg_code, msgtype: "text", text: { content: "来了" } }),
        41050
      )
    }).pipe(simulated))

  it.effect("keeps the accounts of other apps from those that may not manage them", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const corp = [...world.corps.values()][0]!
      const { id: open_kfid } = addAccount(world, corp, { name: "售前", managers: new Set() })
      assert.strictEqual(yield* code("sync_msg", { open_kfid }), 48007)
      assert.strictEqual(yield* code("account/update", { open_kfid, name: "我的" }), 48007)
      const { account_list } = yield* call("account/list", {})
      assert.deepStrictEqual(
        (account_list as Array<Record<string, unknown>>).map(({ manage_privilege }) => manage_privilege),
        [
          false
        ]
      )
    }).pipe(simulated))
})
