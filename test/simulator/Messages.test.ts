import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { type Answer, called, get, post } from "./raw.ts"

const fresh = (options?: Parameters<typeof Simulator.layer>[0]) =>
  Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer(options)))

const send = (body: object) => called.post("/cgi-bin/message/send", { agentid: 1000002, ...body })

const text = (content: string) => ({ msgtype: "text", text: { content } })

const inbox = (userid: string) =>
  Effect.flatMap(Simulator, (simulator) => Effect.flatMap(simulator.member(userid), (member) => member.inbox))

const card = (taskId: string) => ({
  msgtype: "template_card",
  template_card: {
    card_type: "button_interaction",
    main_title: { title: "请审批" },
    task_id: taskId,
    button_list: [{ text: "同意", key: "yes" }, { text: "拒绝", key: "no", style: 2 }]
  }
})

describe("message/send", () => {
  it.effect("reaches members, departments with those below, and everyone, each once", () =>
    Effect.gen(function*() {
      yield* called.post("/cgi-bin/department/create", { name: "小组", parentid: 2, id: 30 })
      const answer = yield* send({ touser: "zhangsan|LISI", toparty: "2", ...text("你好") })
      assert.deepStrictEqual(Object.keys(answer).toSorted(), [
        "errcode",
        "errmsg",
        "invalidparty",
        "invalidtag",
        "invaliduser",
        "msgid",
        "unlicenseduser"
      ])
      assert.strictEqual(answer.errcode, 0)
      assert.strictEqual(answer.invaliduser, "")
      assert.deepStrictEqual(
        (yield* inbox("zhangsan")).map(({ content, msgid, msgtype }) => ({ content, msgid, msgtype })),
        [
          { content: { content: "你好" }, msgid: String(answer.msgid), msgtype: "text" }
        ]
      )
      assert.lengthOf(yield* inbox("lisi"), 1)
      assert.lengthOf(yield* inbox("wangwu"), 0)
      yield* send({ touser: "@all", toparty: "999", ...text("大家好") })
      assert.lengthOf(yield* inbox("wangwu"), 1)
    }).pipe(fresh()))

  it.effect("succeeds and names those it did not reach, in lower case", () =>
    Effect.gen(function*() {
      const answer = yield* send({ touser: "zhangsan|Nobody|x", toparty: "2|77", totag: "9", ...text("你好") })
      assert.strictEqual(answer.errcode, 0)
      assert.strictEqual(answer.invaliduser, "nobody|x")
      assert.strictEqual(answer.invalidparty, "77")
      assert.strictEqual(answer.invalidtag, "9")
    }).pipe(fresh()))

  it.effect("fails with 81013 when it reaches nobody", () =>
    Effect.gen(function*() {
      const answer = yield* send({ touser: "nobody", ...text("你好") })
      assert.strictEqual(answer.errcode, 81013)
      assert.strictEqual(answer.invaliduser, "nobody")
    }).pipe(fresh()))

  it.effect("does not reach members that the app may not see", () =>
    Effect.gen(function*() {
      const answer = yield* send({ touser: "zhangsan|wangwu", ...text("你好") })
      assert.strictEqual(answer.invaliduser, "wangwu")
    }).pipe(fresh({
      corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, visible: { departments: [2] } })) }]
    })))

  it.effect("checks limits, the app, and files", () =>
    Effect.gen(function*() {
      const code = (body: object) => Effect.map(send(body), (answer) => answer.errcode)
      const to = { touser: "zhangsan" }
      assert.strictEqual(yield* code({ ...to, ...text("好".repeat(682)) }), 0)
      assert.strictEqual(yield* code({ ...to, ...text("") }), 44004)
      assert.strictEqual(yield* code({ ...to, ...text("x"), agentid: 1 }), 301002)
      assert.strictEqual(yield* code({ ...to, ...text("x"), agentid: undefined }), 41011)
      assert.strictEqual(yield* code({ ...to, msgtype: "image", image: { media_id: "none" } }), 40007)
      assert.strictEqual(yield* code({ ...to, msgtype: "smoke", smoke: {} }), 40008)
      assert.strictEqual(
        yield* code({ touser: Array.from({ length: 1001 }, (_, i) => `u${i}`).join("|"), ...text("x") }),
        40032
      )
      assert.strictEqual(
        yield* code({ ...to, toparty: Array.from({ length: 101 }, (_, i) => `${i}`).join("|"), ...text("x") }),
        82002
      )
    }).pipe(fresh()))

  it.effect("silently drops what is more than 30 messages a minute to one member", () =>
    Effect.gen(function*() {
      for (let i = 0; i < 35; i++) assert.strictEqual((yield* send({ touser: "lisi", ...text(`${i}`) })).errcode, 0)
      assert.lengthOf(yield* inbox("lisi"), 30)
      yield* TestClock.adjust("1 minute")
      yield* send({ touser: "lisi", ...text("later") })
      assert.lengthOf(yield* inbox("lisi"), 31)
    }).pipe(fresh()))

  it.effect("does not let the same message be received again where that is asked for", () =>
    Effect.gen(function*() {
      const once = { touser: "lisi", ...text("x"), enable_duplicate_check: 1, duplicate_check_interval: 60 }
      yield* send(once)
      yield* send(once)
      assert.lengthOf(yield* inbox("lisi"), 1)
      yield* TestClock.adjust("60 seconds")
      yield* send(once)
      assert.lengthOf(yield* inbox("lisi"), 2)
    }).pipe(fresh()))
})

describe("a sent message", () => {
  it.effect("can be recalled within 24 hours", () =>
    Effect.gen(function*() {
      const recall = (msgid: unknown) => Effect.map(called.post("/cgi-bin/message/recall", { msgid }), (a) => a.errcode)
      const first = yield* send({ touser: "lisi", ...text("x") })
      assert.strictEqual(yield* recall(first.msgid), 0)
      assert.isTrue((yield* inbox("lisi"))[0]?.recalled)
      const second = yield* send({ touser: "lisi", ...text("y") })
      yield* TestClock.adjust("25 hours")
      assert.strictEqual(yield* recall(second.msgid), 42052)
      assert.strictEqual(yield* recall("unknown"), 40058)
    }).pipe(fresh()))

  it.effect("can be recalled by the app that sent it alone", () =>
    Effect.gen(function*() {
      const { msgid } = yield* send({ touser: "lisi", ...text("x") })
      const { access_token } = yield* get(`/cgi-bin/gettoken?corpid=${defaultCorp.corpId}&corpsecret=other`)
      const other = yield* post(`/cgi-bin/message/recall?access_token=${access_token}`, { msgid })
      assert.strictEqual(other.errcode, 40058)
      assert.isFalse((yield* inbox("lisi"))[0]?.recalled)
    }).pipe(fresh({ corps: [{ ...defaultCorp, apps: [...defaultCorp.apps, { agentId: 1000003, secret: "other" }] }] })))

  it.effect("is counted by the day", () =>
    Effect.gen(function*() {
      yield* send({ touser: "zhangsan|lisi", ...text("x") })
      const today = yield* called.post("/cgi-bin/message/get_statistics", { time_type: 0 })
      assert.deepStrictEqual(today.statistics, [{ agentid: 1000002, app_name: "示例应用", count: 2 }])
      yield* TestClock.adjust("1 day")
      const yesterday = yield* called.post("/cgi-bin/message/get_statistics", { time_type: 1 })
      assert.deepStrictEqual(yesterday.statistics, today.statistics)
      assert.deepStrictEqual((yield* called.post("/cgi-bin/message/get_statistics", {})).statistics, [])
    }).pipe(fresh()))
})

describe("a template card", () => {
  it.effect("is changed with its response code, once", () =>
    Effect.gen(function*() {
      const sent = yield* send({ touser: "zhangsan|lisi", ...card("t1") })
      assert.isString(sent.response_code)
      const update = {
        userids: ["zhangsan", "wangwu"],
        agentid: 1000002,
        response_code: sent.response_code,
        button: { replace_name: "已处理" }
      }
      const first = yield* called.post("/cgi-bin/message/update_template_card", update)
      assert.deepStrictEqual(first, { errcode: 0, errmsg: "ok", invaliduser: ["wangwu"] })
      assert.strictEqual((yield* inbox("zhangsan"))[0]?.content.replace_text, "已处理")
      assert.strictEqual((yield* inbox("lisi"))[0]?.content.replace_text, undefined)
      const second = yield* called.post("/cgi-bin/message/update_template_card", update)
      assert.strictEqual(second.errcode, 60140)
    }).pipe(fresh()))

  it.effect("can be replaced as a whole, for everyone", () =>
    Effect.gen(function*() {
      const sent = yield* send({ touser: "zhangsan|lisi", ...card("t2") })
      const template_card = {
        card_type: "text_notice",
        main_title: { title: "已办结" },
        card_action: { type: 1, url: "https://example.com/done" }
      }
      yield* called.post("/cgi-bin/message/update_template_card", {
        atall: 1,
        agentid: 1000002,
        response_code: sent.response_code,
        template_card
      })
      assert.deepStrictEqual((yield* inbox("lisi"))[0]?.content, { task_id: "t2", ...template_card })
    }).pipe(fresh()))

  it.effect("has a task id that no other card of the app has", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* send({ touser: "lisi", ...card("t3") })).errcode, 0)
      assert.strictEqual((yield* send({ touser: "lisi", ...card("t3") })).errcode, 42014)
    }).pipe(fresh()))

  it.effect("has a response code that ends after 72 hours", () =>
    Effect.gen(function*() {
      const { response_code } = yield* send({ touser: "lisi", ...card("t4") })
      yield* TestClock.adjust("72 hours")
      const answer = yield* called.post("/cgi-bin/message/update_template_card", {
        userids: ["lisi"],
        agentid: 1000002,
        response_code,
        button: { replace_name: "x" }
      })
      assert.strictEqual(answer.errcode, 60140)
    }).pipe(fresh()))
})

describe("a group chat", () => {
  it.effect("is made, read, changed and written to", () =>
    Effect.gen(function*() {
      const made = yield* called.post("/cgi-bin/appchat/create", {
        name: "项目群",
        owner: "zhangsan",
        userlist: ["zhangsan", "lisi"],
        chatid: "chat1"
      })
      assert.deepStrictEqual(made, { errcode: 0, errmsg: "ok", chatid: "chat1" })
      yield* called.post("/cgi-bin/appchat/update", {
        chatid: "chat1",
        name: "新项目群",
        owner: "wangwu",
        add_user_list: ["wangwu"],
        del_user_list: ["lisi"]
      })
      assert.deepStrictEqual(yield* called.get("/cgi-bin/appchat/get?chatid=chat1"), {
        errcode: 0,
        errmsg: "ok",
        chat_info: {
          chatid: "chat1",
          name: "新项目群",
          owner: "wangwu",
          userlist: ["zhangsan", "wangwu"],
          chat_type: 0
        }
      })
      const sent = yield* called.post("/cgi-bin/appchat/send", { chatid: "chat1", ...text("群里好") })
      assert.deepStrictEqual(sent, { errcode: 0, errmsg: "ok" })
      assert.strictEqual((yield* inbox("wangwu"))[0]?.chatid, "chat1")
      assert.lengthOf(yield* inbox("lisi"), 0)
    }).pipe(fresh()))

  it.effect("is refused where it would not be one", () =>
    Effect.gen(function*() {
      const create = (body: object) => Effect.map(called.post("/cgi-bin/appchat/create", body), (a) => a.errcode)
      assert.strictEqual(yield* create({ userlist: ["zhangsan"] }), 86006)
      assert.strictEqual(yield* create({ userlist: ["zhangsan", "nobody"] }), 86216)
      assert.strictEqual(yield* create({ userlist: ["zhangsan", "lisi"], owner: "wangwu" }), 86207)
      assert.strictEqual(yield* create({ userlist: ["zhangsan", "lisi"], chatid: "c 1" }), 86001)
      assert.strictEqual(yield* create({ userlist: ["zhangsan", "lisi"], chatid: "c1" }), 0)
      assert.strictEqual(yield* create({ userlist: ["zhangsan", "lisi"], chatid: "c1" }), 86215)
      assert.strictEqual((yield* called.get("/cgi-bin/appchat/get?chatid=none")).errcode, 86003)
    }).pipe(fresh()))
})

describe("a robot", () => {
  const say = (body: object, key = "simulated-robot-key"): Effect.Effect<Answer, unknown, never> =>
    post(`/cgi-bin/webhook/send?key=${key}`, body) as never

  it.effect("takes 20 messages in any 60 seconds", () =>
    Effect.gen(function*() {
      const codes: Array<number> = []
      for (let i = 0; i < 21; i++) {
        codes.push((yield* say(text(`${i}`))).errcode)
        yield* TestClock.adjust("2 seconds")
      }
      assert.deepStrictEqual(codes, [...Array.from({ length: 20 }, () => 0), 45009])
      yield* TestClock.adjust("18 seconds")
      assert.strictEqual((yield* say(text("again"))).errcode, 0)
      const { world } = yield* Simulator
      assert.lengthOf(world.robots.get("simulated-robot-key")?.said ?? [], 21)
    }).pipe(fresh()))

  it.effect("is known by its key alone", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* say(text("x"), "unknown")).errcode, 93000)
      assert.strictEqual((yield* say({ msgtype: "file", file: { media_id: "none" } })).errcode, 40007)
      assert.strictEqual((yield* say({ msgtype: "markdown", markdown: { content: "好".repeat(1366) } })).errcode, 45002)
    }).pipe(fresh()))
})

it.effect("a smart sheet takes records with the key of its webhook", () =>
  Effect.gen(function*() {
    const write = (key: string, body: object) => post(`/cgi-bin/wedoc/smartsheet/webhook?key=${key}`, body)
    const added = yield* write("sheet-key", { add_records: [{ values: { f1: "甲", f2: 3 } }] })
    assert.strictEqual(added.errcode, 0)
    const [{ record_id } = { record_id: "" }] = added.add_records as ReadonlyArray<{ readonly record_id: string }>
    const changed = yield* write("sheet-key", { update_records: [{ record_id, values: { f2: 4 } }] })
    assert.strictEqual(changed.errcode, 0)
    const { world } = yield* Simulator
    const sheet = world.corps.get(defaultCorp.corpId)?.sheets.get("sheet-key")
    assert.deepStrictEqual(sheet?.get(record_id), { f1: "甲", f2: 4 })
    assert.strictEqual((yield* write("other-key", { add_records: [{ values: {} }] })).errcode, 93000)
    const gone = yield* write("sheet-key", { update_records: [{ record_id: "none", values: {} }] })
    assert.strictEqual(gone.errcode, 2022003)
  }).pipe(fresh({ corps: [{ ...defaultCorp, sheetKeys: ["sheet-key"] }] })))

describe("JS-SDK tickets", () => {
  it.effect("are the corp's or the app's, the same ones while they live, 100 times an hour", () =>
    Effect.gen(function*() {
      const corp = yield* called.get("/cgi-bin/get_jsapi_ticket")
      const app = yield* called.get("/cgi-bin/ticket/get?type=agent_config")
      assert.strictEqual(corp.expires_in, 7200)
      assert.notStrictEqual(app.ticket, corp.ticket)
      assert.strictEqual((yield* called.get("/cgi-bin/get_jsapi_ticket")).ticket, corp.ticket)
      for (let i = 0; i < 97; i++) yield* called.get("/cgi-bin/get_jsapi_ticket")
      assert.strictEqual((yield* called.get("/cgi-bin/get_jsapi_ticket")).errcode, 45009)
      yield* TestClock.adjust("2 hours")
      assert.notStrictEqual((yield* called.get("/cgi-bin/get_jsapi_ticket")).ticket, corp.ticket)
    }).pipe(fresh()))
})

it.effect("a corp that calls too often is held off until the minute is over, where that is asked for", () =>
  Effect.gen(function*() {
    const list = Effect.map(called.get("/cgi-bin/department/list"), ({ errcode }) => errcode)
    assert.deepStrictEqual([yield* list, yield* list, yield* list], [0, 0, 45009])
    assert.strictEqual((yield* called.get("/cgi-bin/department/get?id=1")).errcode, 0)
    yield* TestClock.adjust("1 minute")
    assert.strictEqual(yield* list, 0)
  }).pipe(fresh({ callsPerMinute: 2 })))

it.effect("a token of one app is of no use for another", () =>
  Effect.gen(function*() {
    const granted = yield* get("/cgi-bin/gettoken?corpid=ww1&corpsecret=s2")
    const answer = yield* post(`/cgi-bin/message/send?access_token=${granted.access_token}`, {
      touser: "a",
      agentid: 1,
      ...text("x")
    })
    assert.strictEqual(answer.errcode, 301002)
    const simulator = yield* Simulator
    const [entry] = yield* simulator.calls("/cgi-bin/message/send")
    assert.strictEqual(entry?.agentId, 2)
  }).pipe(fresh({
    corps: [{
      corpId: "ww1",
      apps: [{ agentId: 1, secret: "s1" }, { agentId: 2, secret: "s2" }],
      members: [{ userid: "a" }]
    }]
  })))
