import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { KfMessages } from "../../src/customer-service/KfMessages.ts"
import { KfOrigin, KfServicingStatus, KfSessionChange } from "../../src/customer-service/KfReceived.ts"
import { KfServicers, KfServicerStatus } from "../../src/customer-service/KfServicers.ts"
import { KfSessions, KfSessionState } from "../../src/customer-service/KfSessions.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import * as KfPeople from "../../src/simulator/areas/customer-service/KfPeople.ts"
import { errcode, refusal } from "../customers/support.ts"
import { account, simulated } from "./support.ts"

const { Assistant, Ended, Queued, Servicer, Untreated } = KfSessionState

/** A customer who has written to an account that `lisi` and `zhangsan` answer for. */
const written = Effect.gen(function*() {
  const open_kfid = yield* account("lisi", "zhangsan")
  const customer = yield* KfPeople.customer({ open_kfid })
  yield* customer.write("在吗")
  const who = { open_kfid, external_userid: customer.external_userid }
  return { customer, open_kfid, who }
})

describe("a session", () => {
  it.effect("goes from hand to hand, and ends", () =>
    Effect.gen(function*() {
      const { who } = yield* written
      const sessions = yield* KfSessions
      const state = Effect.map(sessions.get(who), ({ service_state, servicer_userid }) => [
        service_state,
        servicer_userid
      ])
      assert.deepStrictEqual(yield* state, [Untreated, undefined])
      assert.isUndefined(yield* sessions.changeState({ ...who, service_state: Assistant }))
      assert.isString(yield* sessions.changeState({ ...who, service_state: Queued }))
      assert.isString(yield* sessions.changeState({ ...who, service_state: Servicer, servicer_userid: "lisi" }))
      assert.deepStrictEqual(yield* state, [Servicer, "lisi"])
      assert.isUndefined(yield* sessions.changeState({ ...who, service_state: Servicer, servicer_userid: "zhangsan" }))
      assert.deepStrictEqual(yield* state, [Servicer, "zhangsan"])
      assert.isString(yield* sessions.changeState({ ...who, service_state: Ended }))
      assert.deepStrictEqual(yield* state, [Ended, undefined])
    }).pipe(simulated))

  it.effect("goes no other ways", () =>
    Effect.gen(function*() {
      const { customer, who } = yield* written
      const sessions = yield* KfSessions
      const change = (service_state: 1 | 2 | 4) => errcode(sessions.changeState({ ...who, service_state }))
      assert.strictEqual(yield* change(Ended), 95016)
      yield* sessions.changeState({ ...who, service_state: Queued })
      assert.strictEqual(yield* change(Assistant), 95016)
      yield* sessions.changeState({ ...who, service_state: Servicer, servicer_userid: "lisi" })
      assert.strictEqual(yield* change(Queued), 95016)
      yield* sessions.changeState({ ...who, service_state: Ended })
      assert.strictEqual(yield* change(Assistant), 95013)
      yield* customer.write("还有一事")
      assert.strictEqual((yield* sessions.get(who)).service_state, Untreated)
    }).pipe(simulated))

  it.effect("goes to servicers of the account who take sessions", () =>
    Effect.gen(function*() {
      const { open_kfid, who } = yield* written
      const sessions = yield* KfSessions
      const assign = (servicer_userid: string) =>
        sessions.changeState({ ...who, service_state: Servicer, servicer_userid })
      assert.strictEqual(yield* errcode(assign("wangwu")), 95014)
      const lisi = yield* KfPeople.servicer({ open_kfid, userid: "lisi" })
      yield* lisi.serve(false)
      assert.strictEqual(yield* errcode(assign("lisi")), 95019)
      yield* lisi.serve(true)
      yield* assign("lisi")
    }).pipe(simulated))

  it.effect("lasts 48 hours", () =>
    Effect.gen(function*() {
      const { who } = yield* written
      const sessions = yield* KfSessions
      yield* sessions.changeState({ ...who, service_state: Queued })
      yield* TestClock.adjust("48 hours")
      assert.strictEqual((yield* sessions.get(who)).service_state, Ended)
    }).pipe(simulated))

  it.effect("needs to know whose it is to be", () =>
    Effect.gen(function*() {
      const sessions = yield* KfSessions
      const who = { open_kfid: "wk", external_userid: "wm" }
      const endpoint = "POST /cgi-bin/kf/service_state/trans"
      assert.strictEqual(
        // @ts-expect-error: a servicer is needed
        yield* refusal(sessions.changeState({ ...who, service_state: 3 })),
        `${endpoint} | servicer_userid: is required`
      )
      // @ts-expect-error: a session does not become untreated again
      assert.include(yield* refusal(sessions.changeState({ ...who, service_state: 0 })), `${endpoint} | `)
    }).pipe(simulated))

  it("states have their official labels", () => {
    assert.strictEqual(KfSessionState.label(Queued), "待接入池排队中")
    assert.deepStrictEqual(KfSessionState.values, [0, 1, 2, 3, 4])
  })
})

describe("servicers", () => {
  it.effect("take, transfer, end and reopen sessions, as events tell", () =>
    Effect.gen(function*() {
      const { customer, open_kfid, who } = yield* written
      const sessions = yield* KfSessions
      yield* sessions.changeState({ ...who, service_state: Queued })
      const lisi = yield* KfPeople.servicer({ open_kfid, userid: "lisi" })
      const zhangsan = yield* KfPeople.servicer({ open_kfid, userid: "zhangsan" })
      yield* lisi.serve(true)
      yield* lisi.take(customer.external_userid)
      yield* lisi.write(customer.external_userid, "您好")
      yield* lisi.transfer(customer.external_userid, "zhangsan")
      yield* zhangsan.end(customer.external_userid)
      yield* lisi.write(customer.external_userid, "补充一句")
      assert.deepStrictEqual((yield* customer.inbox).map(({ servicer }) => servicer), ["lisi", "lisi"])
      const { msg_list } = yield* (yield* KfMessages).sync({ open_kfid })
      const events = msg_list.flatMap((message) => message.msgtype === "event" ? [message.event] : [])
      assert.deepStrictEqual(
        events.map((event) =>
          event.event_type === "servicer_status_change"
            ? event.status
            : event.event_type === "session_status_change"
            ? [event.change_type, event.old_servicer_userid, event.new_servicer_userid]
            : event.event_type
        ),
        [
          KfServicingStatus.Serving,
          [KfSessionChange.Taken, undefined, "lisi"],
          [KfSessionChange.Transferred, "lisi", "zhangsan"],
          [KfSessionChange.Ended, "zhangsan", undefined],
          [KfSessionChange.Reopened, "lisi", "lisi"]
        ]
      )
      const texts = msg_list.flatMap((message) =>
        message.msgtype === "text" ? [[message.origin, message.servicer_userid, message.text.content]] : []
      )
      assert.deepStrictEqual(texts, [
        [KfOrigin.Customer, undefined, "在吗"],
        [KfOrigin.Servicer, "lisi", "您好"],
        [KfOrigin.Servicer, "lisi", "补充一句"]
      ])
      const idle = yield* Effect.flip(zhangsan.end(customer.external_userid))
      assert.include(idle.message, "zhangsan cannot do this")
    }).pipe(simulated))

  it.effect("are added and removed, each with its own outcome", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account("lisi")
      const servicers = yield* KfServicers
      const input = { open_kfid, userid_list: ["lisi", "zhangsan", "nobody"], department_id_list: [2, 99] }
      const results = yield* servicers.add(input)
      assert.deepStrictEqual(
        results.map(({ department_id, errcode, errmsg, userid }) => [userid ?? department_id, errcode, errmsg]),
        [
          ["lisi", 0, "ignored"],
          ["zhangsan", 0, "success"],
          ["nobody", 60111, "invalid userid"],
          [2, 0, "success"],
          [99, 60003, "department not found"]
        ]
      )
      assert.strictEqual(results[2]?.label, "UserID不存在")
      const failure = yield* Effect.flip(PartialResult.failOnPartial(servicers.add(input)))
      assert.deepStrictEqual(
        failure._tag === "PartialFailure"
          ? failure.failed.map(({ userid, department_id }) => userid ?? department_id)
          : [],
        ["nobody", 99]
      )
      yield* servicers.remove({ open_kfid, userid_list: ["lisi"] })
      const listed = yield* servicers.list({ open_kfid })
      assert.deepStrictEqual(listed.map(({ department_id, status, userid }) => [userid ?? department_id, status]), [
        ["zhangsan", KfServicerStatus.Serving],
        [2, undefined]
      ])
    }).pipe(simulated))

  it.effect("are named, at most 100 at once", () =>
    Effect.gen(function*() {
      const servicers = yield* KfServicers
      const endpoint = "POST /cgi-bin/kf/servicer/add"
      assert.strictEqual(
        // @ts-expect-error: whom
        yield* refusal(servicers.add({ open_kfid: "wk" })),
        `${endpoint} | userid_list: at least one of userid_list, department_id_list is needed`
      )
      const userid_list = Array.from({ length: 101 }, (_, index) => `u${index}`)
      assert.strictEqual(
        yield* refusal(servicers.add({ open_kfid: "wk", userid_list })),
        `${endpoint} | userid_list: at most 100 items are allowed, got 101`
      )
    }).pipe(simulated))
})
