import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { TestClock } from "effect/testing"
import * as Attachment from "../../src/customers/Attachment.ts"
import {
  ChatType,
  MassMessageResultStatus,
  MassMessages,
  MassMessageTaskStatus
} from "../../src/customers/MassMessages.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { addCustomer, addGroup, customersOf } from "../../src/simulator/areas/customers/Customers.ts"
import { inboxOf, sendMassMessage } from "../../src/simulator/areas/customers/OutreachActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { corp, lastDays, simulated, uploaded } from "./outreach.ts"
import { errcode, refusal } from "./support.ts"

const text = { content: "新品上市" }

const followedBy = (external_userid: string, ...members: ReadonlyArray<string>) =>
  Effect.flatMap(Simulator, ({ world }) => addCustomer(world, { external_userid, followedBy: members }))

describe("a mass message to customers", () => {
  it.effect("goes out when its senders confirm it", () =>
    Effect.gen(function*() {
      yield* followedBy("wm1", "zhangsan")
      yield* followedBy("wm2", "lisi")
      const mass = yield* MassMessages
      const attachments = [Attachment.image({ media_id: yield* uploaded("image") })]
      const { fail_list, msgid } = yield* mass.create({
        external_userid: ["wm1", "wm2", "wm-nobody"],
        text,
        attachments
      })
      assert.deepStrictEqual(fail_list, ["wm-nobody"])
      assert.deepStrictEqual(yield* inboxOf("wm1"), [])
      yield* sendMassMessage({ msgid, userid: "zhangsan" })
      assert.deepStrictEqual((yield* inboxOf("wm1")).map(({ attachments, by, text }) => [by, text, attachments]), [
        ["zhangsan", "新品上市", attachments]
      ])
      assert.deepStrictEqual(yield* inboxOf("wm2"), [])

      const tasks = yield* Stream.runCollect(mass.listAllTasks({ msgid, limit: 1 }))
      assert.deepStrictEqual(tasks.map(({ status, userid }) => [userid, status]), [
        ["zhangsan", MassMessageTaskStatus.Sent],
        ["lisi", MassMessageTaskStatus.Unsent]
      ])
      assert.isUndefined(tasks[1]?.send_time)
      const results = yield* Stream.runCollect(mass.listAllResults({ msgid, userid: "zhangsan" }))
      assert.deepStrictEqual(results.map(({ external_userid, status }) => [external_userid, status]), [
        ["wm1", MassMessageResultStatus.Sent]
      ])
    }).pipe(simulated))

  it.effect("fails as a whole, where it is asked to, when a recipient is not valid", () =>
    Effect.gen(function*() {
      yield* followedBy("wm1", "zhangsan")
      const mass = yield* MassMessages
      const failure = yield* mass.create({ external_userid: ["wm1", "wm2"], text }).pipe(
        PartialResult.failOnPartialBy(({ fail_list }) => fail_list),
        Effect.flip
      )
      assert.strictEqual(failure._tag, "PartialFailure")
      assert.deepStrictEqual(failure._tag === "PartialFailure" ? failure.failed : [], ["wm2"])
      assert.strictEqual(yield* errcode(mass.create({ external_userid: ["wm2"], text })), 41048)
    }).pipe(simulated))

  it.effect("goes to all customers of its sender, or to those with a tag of every group", () =>
    Effect.gen(function*() {
      yield* followedBy("wm1", "zhangsan")
      yield* followedBy("wm2", "zhangsan", "lisi")
      const state = customersOf(yield* corp)
      const tag = (id: string) => ({ id, name: id, order: 0, at: 0, deleted: false })
      const { world } = yield* Simulator
      const [owner] = [...world.corps.values()][0]!.apps
      for (const group of ["g1", "g2"]) {
        state.tagGroups.set(group, {
          id: group,
          name: group,
          order: 0,
          at: 0,
          owner: owner!,
          strategy: undefined,
          deleted: false,
          tags: [tag(`${group}-a`), tag(`${group}-b`)]
        })
      }
      state.customers.get("wm1")?.follows.get("zhangsan")?.tags.add("g1-a")
      const both = state.customers.get("wm2")?.follows.get("zhangsan")?.tags
      both?.add("g1-b")
      both?.add("g2-a")
      const mass = yield* MassMessages
      const reached = (input: Parameters<typeof mass.create>[0]) =>
        Effect.gen(function*() {
          const { msgid } = yield* mass.create(input)
          yield* sendMassMessage({ msgid, userid: "zhangsan" })
          const results = yield* Stream.runCollect(mass.listAllResults({ msgid, userid: "zhangsan" }))
          return results.map(({ external_userid }) => external_userid)
        })
      const filter = (...group_list: ReadonlyArray<ReadonlyArray<string>>) => ({
        group_list: group_list.map((tag_list) => ({ tag_list }))
      })
      assert.deepStrictEqual(yield* reached({ sender: "zhangsan", text }), ["wm1", "wm2"])
      const any = filter(["g1-a", "g1-b"])
      assert.deepStrictEqual(yield* reached({ sender: "zhangsan", tag_filter: any, text }), ["wm1", "wm2"])
      const every = filter(["g1-a", "g1-b"], ["g2-a"])
      assert.deepStrictEqual(yield* reached({ sender: "zhangsan", tag_filter: every, text }), ["wm2"])
      const unknown = filter(["g3"])
      assert.strictEqual(yield* errcode(mass.create({ sender: "zhangsan", tag_filter: unknown, text })), 40068)
    }).pipe(simulated))

  it.effect("reaches a customer as often in a month as it has days, and no one who is no contact any more", () =>
    Effect.gen(function*() {
      yield* followedBy("wm1", "zhangsan")
      yield* followedBy("wm2", "zhangsan")
      const mass = yield* MassMessages
      const status = (id: string) =>
        Effect.gen(function*() {
          const { msgid } = yield* mass.create({ sender: "zhangsan", external_userid: [id], text })
          if (id === "wm2") customersOf(yield* corp).customers.get("wm2")?.follows.clear()
          yield* sendMassMessage({ msgid, userid: "zhangsan" })
          return (yield* mass.listResults({ msgid, userid: "zhangsan" })).send_list[0]?.status
        })
      // The clock stands at 1970-01-01, in a month of 31 days.
      for (let i = 0; i < 31; i++) assert.strictEqual(yield* status("wm1"), MassMessageResultStatus.Sent)
      assert.strictEqual(yield* status("wm1"), MassMessageResultStatus.LimitReached)
      yield* TestClock.adjust("31 days")
      assert.strictEqual(yield* status("wm1"), MassMessageResultStatus.Sent)
      assert.strictEqual(yield* status("wm2"), MassMessageResultStatus.NotFriends)
    }).pipe(simulated))
})

describe("a mass message to groups", () => {
  it.effect("goes to the groups of its sender that are chosen", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      for (const chat_id of ["wr1", "wr2"]) yield* addGroup(world, { chat_id, owner: "zhangsan" })
      yield* addGroup(world, { chat_id: "wr3", owner: "lisi" })
      const mass = yield* MassMessages
      const named = yield* mass.create({ chat_type: "group", sender: "zhangsan", chat_id_list: ["wr1", "wr3"], text })
      assert.deepStrictEqual(named.fail_list, ["wr3"])
      yield* sendMassMessage({ msgid: named.msgid, userid: "zhangsan" })
      const results = (msgid: string) =>
        Effect.map(
          mass.listResults({ msgid, userid: "zhangsan" }),
          ({ send_list }) => send_list.map(({ chat_id, status }) => [chat_id, status])
        )
      assert.deepStrictEqual(yield* results(named.msgid), [["wr1", MassMessageResultStatus.Sent]])

      const open = yield* mass.create({ chat_type: "group", sender: "zhangsan", text })
      assert.deepStrictEqual(yield* results(open.msgid), [])
      yield* sendMassMessage({ msgid: open.msgid, userid: "zhangsan", chat_ids: ["wr2"] })
      assert.deepStrictEqual(yield* results(open.msgid), [["wr2", MassMessageResultStatus.Sent]])
    }).pipe(simulated))
})

describe("mass messages", () => {
  it.effect("are reminded of three times a day, and not once they are cancelled", () =>
    Effect.gen(function*() {
      yield* followedBy("wm1", "zhangsan")
      const mass = yield* MassMessages
      const { msgid } = yield* mass.create({ sender: "zhangsan", text })
      for (let i = 0; i < 3; i++) yield* mass.remind({ msgid })
      assert.strictEqual(yield* errcode(mass.remind({ msgid })), 41094)
      yield* TestClock.adjust("1 day")
      yield* mass.remind({ msgid })
      yield* mass.cancel({ msgid })
      assert.strictEqual(yield* errcode(mass.remind({ msgid })), 41093)
      assert.strictEqual(yield* errcode(mass.cancel({ msgid: "msg-nobody" })), 41047)
      const late = yield* Effect.flip(sendMassMessage({ msgid, userid: "zhangsan" }))
      assert.include(late.message, "cancelled")
    }).pipe(simulated))

  it.effect("are listed, the old way too", () =>
    Effect.gen(function*() {
      yield* followedBy("wm1", "zhangsan")
      const mass = yield* MassMessages
      const link = Attachment.link({ title: "手册", url: "https://example.com" })
      yield* TestClock.adjust("40 days")
      for (let i = 0; i < 3; i++) yield* mass.create({ sender: "zhangsan", attachments: [link] })
      const span = yield* lastDays(31)
      const query = { ...span, chat_type: ChatType.Customers, limit: 2 }
      const records = yield* Stream.runCollect(mass.listAll(query))
      assert.lengthOf(records, 3)
      assert.deepStrictEqual(records[0]?.attachments, [link])
      const old = yield* Stream.runCollect(mass.listAllLegacy(query))
      assert.deepStrictEqual(old.map(({ attachment }) => attachment), [link, link, link])
      assert.lengthOf(yield* Stream.runCollect(mass.listAll({ ...query, chat_type: ChatType.Groups })), 0)
      const msgid = records[0]!.msgid
      yield* sendMassMessage({ msgid, userid: "zhangsan" })
      const results = yield* Stream.runCollect(mass.listAllResultsLegacy({ msgid }))
      assert.deepStrictEqual(results.map(({ status }) => status), [MassMessageResultStatus.Sent])
    }).pipe(simulated))

  it.effect("that cannot be are refused before sending", () =>
    Effect.gen(function*() {
      const mass = yield* MassMessages
      const create = "POST /cgi-bin/externalcontact/add_msg_template"
      assert.strictEqual(
        yield* refusal(mass.create({ text })),
        `${create} | external_userid: at least one of external_userid, tag_filter, sender is needed`
      )
      assert.strictEqual(
        // @ts-expect-error: groups need a sender
        yield* refusal(mass.create({ chat_type: "group", text })),
        `${create} | sender: is needed for groups`
      )
      assert.strictEqual(
        // @ts-expect-error: a text or an attachment is needed
        yield* refusal(mass.create({ sender: "zhangsan" })),
        `${create} | text: at least one of text, attachments is needed`
      )
      assert.strictEqual(
        yield* refusal(mass.create({ sender: "zhangsan", tag_filter: { group_list: [] }, text })),
        `${create} | tag_filter.group_list: at least 1 item is needed`
      )
      assert.strictEqual(
        yield* refusal(mass.create({ tag_filter: { group_list: [{ tag_list: [] }] }, text })),
        `${create} | tag_filter.group_list[0].tag_list: at least 1 item is needed`
      )
      const external_userid = Array.from({ length: 10_001 }, (_, index) => `wm${index}`)
      assert.strictEqual(
        yield* refusal(mass.create({ external_userid, text })),
        `${create} | external_userid: at most 10000 items are allowed, got 10001`
      )
      const start_time = DateTime.makeUnsafe("2026-01-01T00:00:00Z")
      const list = "POST /cgi-bin/externalcontact/get_groupmsg_list_v2"
      assert.strictEqual(
        yield* refusal(mass.list({
          chat_type: "single",
          start_time,
          end_time: DateTime.makeUnsafe("2026-02-02T00:00:00Z")
        })),
        `${list} | end_time: at most 31 days after start_time are allowed`
      )
      assert.strictEqual(
        yield* refusal(mass.list({
          chat_type: "single",
          start_time,
          end_time: DateTime.makeUnsafe("2025-12-31T00:00:00Z")
        })),
        `${list} | end_time: must not be before start_time`
      )
      assert.strictEqual(
        yield* refusal(mass.list({ chat_type: "everyone", start_time, end_time: start_time })),
        `${list} | chat_type: expected one of single, group`
      )
    }).pipe(simulated))
})
