/**
 * The example of a bot, run on the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { KeyValueStore } from "effect/persistence"
import { callbacks, catchUp, cursors, services } from "../../examples/customer-service-bot.ts"
import { KfMessages } from "../../src/customer-service/KfMessages.ts"
import { KfSessions, KfSessionState } from "../../src/customer-service/KfSessions.ts"
import * as KfPeople from "../../src/simulator/areas/customer-service/KfPeople.ts"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { until } from "../support/until.ts"
import { account } from "./support.ts"

const simulated = Effect.provide(
  Layer.provideMerge(Layer.mergeAll(services, KeyValueStore.layerMemory), layerWeCom)
)

/** What a customer has read: texts, and the heads of menus. */
const read = ({ inbox }: KfPeople.KfCustomer) =>
  Effect.map(inbox, (received) =>
    received.map(({ message }) =>
      message.msgtype === "text"
        ? message.text.content
        : message.msgtype === "msgmenu"
        ? message.msgmenu.head_content
        : message.msgtype
    ))

const menu = "您好，请问您要了解什么？"

describe("the example of a bot", () => {
  it.effect("greets, answers, and hands over to a servicer", () =>
    Effect.gen(function*() {
      yield* serve(callbacks(options))
      const open_kfid = yield* account("lisi")
      const customer = yield* KfPeople.customer({ open_kfid })
      yield* customer.enter()
      yield* customer.choose("delivery")
      yield* customer.write("你们的地址？")
      yield* customer.write({ msgtype: "location", location: { latitude: 23, longitude: 113 } })
      const { deliveries, msgid } = yield* customer.choose("human")
      assert.isTrue(deliveries.every(({ acknowledged }) => acknowledged))
      assert.isString(msgid)
      assert.deepStrictEqual(yield* read(customer), [
        menu,
        "下单后 48 小时内发货。",
        menu,
        "请用文字描述您的问题。",
        "正在为您转接。"
      ])
      const sessions = yield* KfSessions
      const session = yield* sessions.get({ open_kfid, external_userid: customer.external_userid })
      assert.deepInclude(session, { service_state: KfSessionState.Servicer, servicer_userid: "lisi" })

      // From now on the servicer answers, and the bot keeps quiet.
      const lisi = yield* KfPeople.servicer({ open_kfid, userid: "lisi" })
      yield* lisi.write(customer.external_userid, "我是李四。")
      yield* customer.write("什么时候发货？")
      assert.deepStrictEqual((yield* read(customer)).slice(5), ["我是李四。"])
      yield* lisi.end(customer.external_userid)
      yield* customer.write("什么时候发货？")
      assert.deepStrictEqual((yield* read(customer)).slice(6), ["下单后 48 小时内发货。"])
    }).pipe(simulated))

  it.effect("puts customers into the queue where nobody takes sessions", () =>
    Effect.gen(function*() {
      yield* serve(callbacks(options))
      const open_kfid = yield* account("lisi")
      const lisi = yield* KfPeople.servicer({ open_kfid, userid: "lisi" })
      yield* lisi.serve(false)
      const customer = yield* KfPeople.customer({ open_kfid })
      yield* customer.write("我要找人工")
      assert.deepStrictEqual(yield* read(customer), ["客服正忙，请稍候。"])
      const sessions = yield* KfSessions
      const session = yield* sessions.get({ open_kfid, external_userid: customer.external_userid })
      assert.strictEqual(session.service_state, KfSessionState.Queued)
    }).pipe(simulated))

  it.effect("reads each message once, and goes on where it left off", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customers = yield* Effect.forEach(
        Array.from({ length: 40 }),
        () => KfPeople.customer({ open_kfid })
      )
      yield* serve(callbacks(options))
      yield* Effect.forEach(customers, (customer) => customer.write("发货"), { concurrency: "unbounded" })
      for (const customer of customers) assert.lengthOf(yield* read(customer), 1)
      const messages = yield* KfMessages
      const { get } = yield* cursors
      const cursor = yield* get(open_kfid)
      assert.deepStrictEqual((yield* messages.sync({ open_kfid, cursor })).msg_list, [])
      yield* catchUp(open_kfid)
      for (const customer of customers) assert.lengthOf(yield* read(customer), 1)
    }).pipe(simulated))

  it.effect("reads a page again that it could not answer, and answers nobody twice", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const first = yield* KfPeople.customer({ open_kfid })
      const second = yield* KfPeople.customer({ open_kfid })
      const { inject } = yield* Simulator
      // Nobody listens: the messages wait.
      for (const customer of [first, second]) yield* Effect.ignore(customer.write("发货"))
      const { get } = yield* cursors
      yield* inject({ endpoint: "/cgi-bin/kf/send_msg", fault: Fault.reset({ done: true }), times: 1 })
      assert.isDefined(yield* Effect.flip(catchUp(open_kfid)))
      assert.isUndefined(yield* get(open_kfid))
      assert.deepStrictEqual([yield* read(first), yield* read(second)].map((all) => all.length), [1, 0])
      yield* catchUp(open_kfid)
      assert.deepStrictEqual([yield* read(first), yield* read(second)].map((all) => all.length), [1, 1])
      assert.isDefined(yield* get(open_kfid))
    }).pipe(simulated))

  it.effect("answers at its start what came while it was down", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      yield* Effect.ignore(customer.write("发货"))
      yield* serve(callbacks(options))
      yield* until(Effect.map(read(customer), ({ length }) => length === 1))
    }).pipe(simulated))

  it.effect("is not held up by who cannot be answered any more", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      yield* serve(callbacks(options))
      const chatty = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      yield* chatty.write("发货")
      for (let i = 0; i < 4; i++) {
        yield* messages.send({ open_kfid, touser: chatty.external_userid, msgtype: "text", text: { content: `${i}` } })
      }
      const { inject } = yield* Simulator
      yield* inject({ endpoint: "/cgi-bin/kf/send_msg", fault: Fault.errcode(95001), times: 1 })
      yield* chatty.write("发货")
      const next = yield* KfPeople.customer({ open_kfid })
      yield* next.write("发货")
      assert.lengthOf(yield* read(next), 1)
    }).pipe(simulated))
})
