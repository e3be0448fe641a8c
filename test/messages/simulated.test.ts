/**
 * The services of messages against the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"
import { TestClock } from "effect/testing"
import * as Upload from "../../src/media/Upload.ts"
import { AppChats } from "../../src/messages/AppChats.ts"
import { LinkedCorpMessages } from "../../src/messages/LinkedCorpMessages.ts"
import * as Message from "../../src/messages/Message.ts"
import { Messages } from "../../src/messages/Messages.ts"
import { SmartSheetChats } from "../../src/messages/SmartSheetChats.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import * as RobotMessage from "../../src/robot/RobotMessage.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const services = Layer.mergeAll(Messages.layer, AppChats.layer, LinkedCorpMessages.layer, SmartSheetChats.layer)

const simulated = (options?: Parameters<typeof Simulator.layerTest>[0]) =>
  Effect.provide(Layer.provideMerge(services, Simulator.layerTest(options)))

const inbox = (userid: string, corpId?: string) =>
  Effect.flatMap(
    Simulator,
    (simulator) => Effect.flatMap(simulator.member(userid, { corpId }), (member) => member.inbox)
  )

const card = (task_id: string) =>
  Message.buttonInteraction({ main_title: { title: "请批准" }, task_id, button_list: [{ text: "好", key: "yes" }] })

describe("messages", () => {
  it.effect("reach members as they were said, and are recalled within a day", () =>
    Effect.gen(function*() {
      const messages = yield* Messages
      const { msgid = "" } = yield* messages.send(Message.text("上线了").to({ users: ["zhangsan"], parties: [3] }))
      for (const userid of ["zhangsan", "lisi", "wangwu"]) {
        assert.deepStrictEqual((yield* inbox(userid)).map(({ content, recalled }) => ({ content, recalled })), [
          { content: { content: "上线了" }, recalled: false }
        ])
      }
      yield* messages.recall({ msgid })
      assert.isTrue((yield* inbox("lisi"))[0]?.recalled)
      yield* TestClock.adjust("25 hours")
      assert.strictEqual((yield* Effect.flip(messages.recall({ msgid }))).errcode, 42052)
    }).pipe(simulated()))

  it.effect("tell whom they did not reach, and fail where they reached nobody", () =>
    Effect.gen(function*() {
      const messages = yield* Messages
      const partial = yield* messages.send(Message.text("好").to({ users: ["zhangsan", "Nobody"], tags: [9] })).pipe(
        PartialResult.failOnPartialBy((sent) => sent.unreached),
        Effect.flip
      )
      if (partial._tag !== "PartialFailure") return assert.fail(partial._tag)
      assert.deepStrictEqual(partial.failed, [{ kind: "user", id: "nobody" }, { kind: "tag", id: "9" }])
      const nobody = yield* Effect.flip(messages.send(Message.text("好").to({ users: ["Nobody"] })))
      assert.strictEqual(nobody.errcode, 81013)
    }).pipe(simulated()))

  it.effect("with cards are changed once per response code", () =>
    Effect.gen(function*() {
      const messages = yield* Messages
      const first = card("t1")
      const { response_code = "" } = yield* messages.send(first.to({ users: ["zhangsan", "lisi"] }))
      const update = { response_code, userids: ["lisi", "wangwu"] }
      const { invaliduser } = yield* messages.updateTemplateCard({
        ...update,
        template_card: { ...first.template_card, replace_text: "已批准" }
      })
      assert.deepStrictEqual(invaliduser, ["wangwu"])
      assert.isUndefined((yield* inbox("zhangsan"))[0]?.content.replace_text)
      assert.strictEqual((yield* inbox("lisi"))[0]?.content.replace_text, "已批准")
      const again = messages.updateTemplateCard({ ...update, button: { replace_name: "好" } })
      assert.isDefined((yield* Effect.flip(again)).errcode)
      const plain = Message.textNotice({ sub_title_text: "好", card_action: { type: 1, url: "https://example.com" } })
      assert.isUndefined((yield* messages.send(plain.to({ users: Message.everyone }))).response_code)
    }).pipe(simulated()))

  it.effect("are counted by app and day", () =>
    Effect.gen(function*() {
      const messages = yield* Messages
      yield* messages.send(Message.text("好").to({ users: Message.everyone }))
      assert.deepStrictEqual((yield* messages.getStatistics()).map(({ count }) => count), [3])
      assert.deepStrictEqual(yield* messages.getStatistics({ time_type: 1 }), [])
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual((yield* messages.getStatistics({ time_type: 1 })).map(({ count }) => count), [3])
    }).pipe(simulated()))
})

describe("group chats", () => {
  it.effect("are made, changed and written to", () =>
    Effect.gen(function*() {
      const chats = yield* AppChats
      const chatid = yield* chats.create({ name: "发布", owner: "zhangsan", userlist: ["zhangsan", "lisi"] })
      yield* chats.update({ chatid, owner: "lisi", add_user_list: ["wangwu"], del_user_list: ["zhangsan"] })
      const chat = yield* chats.get({ chatid })
      assert.deepStrictEqual([chat.name, chat.owner, chat.userlist], ["发布", "lisi", ["lisi", "wangwu"]])
      yield* chats.send(Message.text("好", { mentioned_list: ["wangwu"] }).toChat(chatid))
      assert.deepStrictEqual((yield* inbox("wangwu")).map(({ content }) => content), [
        { content: "好", mentioned_list: ["wangwu"] }
      ])
      assert.lengthOf(yield* inbox("zhangsan"), 0)
      assert.strictEqual((yield* Effect.flip(chats.get({ chatid: "none" }))).errcode, 86003)
      const taken = chats.create({ chatid, userlist: ["zhangsan", "lisi"] })
      assert.strictEqual((yield* Effect.flip(taken)).errcode, 86215)
    }).pipe(simulated()))

  it.effect("of smart sheets are listed, read and changed", () =>
    Effect.gen(function*() {
      const chats = yield* SmartSheetChats
      const [chat_id = ""] = yield* Stream.runCollect(chats.listAllIds({ docid: "D1" }))
      yield* chats.update({ docid: "D1", chat_id, owner: "lisi", del_user_list: ["zhangsan"] })
      const chat = yield* chats.get({ docid: "D1", chat_id })
      assert.deepStrictEqual([chat.owner, chat.user_list], ["lisi", ["lisi", "wangwu"]])
      const leaving = chats.update({ docid: "D1", chat_id, del_user_list: ["lisi"] })
      assert.strictEqual((yield* Effect.flip(leaving)).errcode, 86207)
    }).pipe(simulated()))
})

it.effect("messages reach members of linked corps", () =>
  Effect.gen(function*() {
    const linked = yield* LinkedCorpMessages
    const sent = yield* linked.send(
      Message.text("好").toLinkedCorps({
        users: ["zhangsan", "ww2/Sunqi", "ww2/nobody", `${defaultCorp.corpId}/lisi`],
        parties: ["linked-ww2/5", "linked-ww2/9", 77]
      })
    )
    assert.deepStrictEqual(sent.unreached, [
      { kind: "user", id: "ww2/nobody" },
      { kind: "party", id: "77" },
      { kind: "party", id: "linked-ww2/9" }
    ])
    assert.lengthOf(yield* inbox("zhangsan"), 1)
    assert.lengthOf(yield* inbox("lisi"), 1)
    assert.lengthOf(yield* inbox("wangwu"), 0)
    assert.lengthOf(yield* inbox("sunqi", "ww2"), 1)
    assert.lengthOf(yield* inbox("zhouba", "ww2"), 1)
    assert.lengthOf(yield* inbox("wujiu", "ww2"), 0)
    yield* linked.send(Message.text("大家好").toLinkedCorps({ all: true }))
    assert.lengthOf(yield* inbox("wangwu"), 1)
    assert.lengthOf(yield* inbox("wujiu", "ww2"), 1)
  }).pipe(simulated({
    corps: [defaultCorp, {
      corpId: "ww2",
      apps: [],
      departments: [{ id: 5, name: "华南" }, { id: 6, name: "广州", parentid: 5 }],
      members: [{ userid: "Sunqi" }, { userid: "zhouba", department: [6] }, { userid: "wujiu" }]
    }]
  })))

it.effect("a robot says all that it can, 20 times a minute", () =>
  Effect.gen(function*() {
    const { world } = yield* Simulator
    const [key = ""] = world.robots.keys()
    const robot = yield* GroupRobot.make({ key: Redacted.make(key) })
    const { media_id } = yield* robot.uploadMedia({
      type: "file",
      media: Upload.text("第七周", { filename: "周报.txt" })
    })
    yield* robot.send(Message.file(media_id))
    yield* robot.send(RobotMessage.image(new Uint8Array(100)))
    for (let count = 2; count < 20; count++) yield* robot.send(Message.markdown(`第 ${count} 条`))
    assert.strictEqual((yield* Effect.flip(robot.send(Message.text("多了")))).reason._tag, "RateLimited")
    assert.deepStrictEqual(world.robots.get(key)?.said.slice(0, 2).map(({ msgtype }) => msgtype), ["file", "image"])
    const unknown = yield* GroupRobot.make({ key: Redacted.make("none") })
    assert.strictEqual((yield* Effect.flip(unknown.send(Message.text("好")))).errcode, 93000)
  }).pipe(simulated()))
