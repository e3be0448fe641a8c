/** The address book and identity on the simulator, asked in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const ok = { errcode: 0, errmsg: "ok" }

const codeOf = (path: string, body: unknown) => Effect.map(called.post(path, body), ({ errcode }) => errcode)

describe("members, in JSON", () => {
  it.effect("are read as they were written", () =>
    Effect.gen(function*() {
      const member = {
        userid: "zhaoliu",
        name: "赵六",
        alias: "six",
        mobile: "+86 13800000004",
        department: [2, 3],
        order: [10, 40],
        position: "测试",
        gender: "2",
        email: "six@example.com",
        is_leader_in_dept: [1, 0],
        direct_leader: ["zhangsan"],
        telephone: "020-123456",
        address: "某路 4 号",
        main_department: 2,
        external_position: "顾问",
        extattr: {
          attrs: [
            { type: 0, name: "工号", text: { value: "42" } },
            { type: 1, name: "主页", web: { url: "https://example.com", title: "主页" } }
          ]
        },
        external_profile: {
          external_corp_name: "示例",
          wechat_channels: { nickname: "示例频道" },
          external_attr: [{ type: 2, name: "名片", miniprogram: { appid: "wx1", pagepath: "/card", title: "名片" } }]
        }
      }
      assert.deepStrictEqual(yield* called.post("/cgi-bin/user/create", { ...member, enable: 1, to_invite: false }), ok)
      assert.deepStrictEqual(yield* called.get("/cgi-bin/user/get?userid=zhaoliu"), { ...ok, ...member, status: 4 })
      const { userlist } = yield* called.get("/cgi-bin/user/list?department_id=3")
      assert.deepStrictEqual((userlist as ReadonlyArray<{ userid: string }>).map(({ userid }) => userid), [
        "lisi",
        "wangwu",
        "zhaoliu"
      ])
      assert.deepStrictEqual(
        yield* called.post("/cgi-bin/user/update", {
          userid: "zhaoliu",
          department: [3],
          biz_mail_alias: { item: ["a@example.com"] }
        }),
        ok
      )
      const changed = yield* called.get("/cgi-bin/user/get?userid=zhaoliu")
      assert.deepStrictEqual([changed.department, changed.order, changed.is_leader_in_dept], [[3], [0], [0]])
      assert.deepStrictEqual(yield* called.get("/cgi-bin/user/delete?userid=zhaoliu"), ok)
      assert.strictEqual((yield* called.get("/cgi-bin/user/get?userid=zhaoliu")).errcode, 60111)
    }).pipe(simulated))

  it.effect("are given another userid once, and keep what is theirs", () =>
    Effect.gen(function*() {
      const { member } = yield* Simulator
      yield* called.post("/cgi-bin/tag/create", { tagid: 12, tagname: "甲" })
      yield* called.post("/cgi-bin/tag/addtagusers", { tagid: 12, userlist: ["lisi"] })
      const message = { agentid: 1000002, touser: "lisi", msgtype: "text", text: { content: "你好" } }
      yield* called.post("/cgi-bin/message/send", message)
      const rename = (userid: string, new_userid: string) => codeOf("/cgi-bin/user/update", { userid, new_userid })
      assert.strictEqual(yield* rename("lisi", "LISI"), 0)
      assert.strictEqual(yield* rename("lisi", "lisi2"), 0)
      assert.strictEqual(yield* rename("lisi2", "lisi3"), 301036)
      assert.strictEqual((yield* called.get("/cgi-bin/user/get?userid=lisi")).errcode, 60111)
      const { userlist } = yield* called.get("/cgi-bin/tag/get?tagid=12")
      assert.deepStrictEqual(userlist, [{ userid: "lisi2", name: "李四" }])
      const inbox = yield* (yield* member("lisi2")).inbox
      assert.deepStrictEqual(inbox.map(({ content }) => content), [{ content: "你好" }])
    }).pipe(simulated))

  it.effect("cannot be guessed by their numbers: a fifth of the account limit, and then no more for a day", () =>
    Effect.gen(function*() {
      const ask = (mobile: string) => codeOf("/cgi-bin/user/getuserid", { mobile })
      yield* called.post("/cgi-bin/user/create", { userid: "q", name: "q", mobile: "13800000009" })
      for (let i = 0; i <= 40; i++) assert.strictEqual(yield* ask(`1390000${1000 + i}`), 46004)
      assert.strictEqual(yield* ask("13800000009"), 45009)
      yield* TestClock.adjust("1 day")
      assert.strictEqual(yield* ask("13800000009"), 0)
    }).pipe(simulated))

  it.effect("are refused with the errcode of the field", () =>
    Effect.gen(function*() {
      const create = (changes: object) =>
        codeOf("/cgi-bin/user/create", { userid: "q", name: "q", mobile: "1", ...changes })
      assert.strictEqual(yield* codeOf("/cgi-bin/user/create", { userid: "q", name: "q" }), 60129)
      assert.strictEqual(yield* create({ userid: "中文" }), 40003)
      assert.strictEqual(yield* create({ name: "" }), 60112)
      assert.strictEqual(yield* create({ email: "a".repeat(65) }), 60105)
      assert.strictEqual(yield* create({ telephone: "总机" }), 301013)
      assert.strictEqual(yield* create({ department: [1, 2], is_leader_in_dept: [1] }), 60132)
      assert.strictEqual(yield* create({ gender: "7" }), 40058)
      const many = Array.from({ length: 201 }, (_, index) => `u${index}`)
      assert.strictEqual(yield* codeOf("/cgi-bin/user/batchdelete", { useridlist: many }), 40032)
    }).pipe(simulated))

  it.effect("are listed page by page", () =>
    Effect.gen(function*() {
      const first = yield* called.post("/cgi-bin/user/list_id", { limit: 3 })
      assert.deepStrictEqual(first.dept_user, [
        { userid: "zhangsan", department: 2 },
        { userid: "lisi", department: 2 },
        { userid: "lisi", department: 3 }
      ])
      assert.deepStrictEqual(yield* called.post("/cgi-bin/user/list_id", { limit: 3, cursor: first.next_cursor }), {
        ...ok,
        dept_user: [{ userid: "wangwu", department: 3 }],
        next_cursor: ""
      })
      assert.strictEqual(yield* codeOf("/cgi-bin/user/list_id", { cursor: "none" }), 50100)
    }).pipe(simulated))
})

describe("tags, in JSON", () => {
  it.effect("name those whom they leave out, joined", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* called.post("/cgi-bin/tag/create", { tagname: "值班", tagid: 12 }), {
        ...ok,
        tagid: 12
      })
      assert.deepStrictEqual(
        yield* called.post("/cgi-bin/tag/addtagusers", { tagid: 12, userlist: ["lisi", "x", "y"], partylist: [2, 99] }),
        { ...ok, invalidlist: "x|y", invalidparty: [99] }
      )
      assert.deepStrictEqual(yield* called.get("/cgi-bin/tag/get?tagid=12"), {
        ...ok,
        tagname: "值班",
        userlist: [{ userid: "lisi", name: "李四" }],
        partylist: [2]
      })
      assert.strictEqual(yield* codeOf("/cgi-bin/tag/addtagusers", { tagid: 12, userlist: ["x"] }), 40070)
      assert.strictEqual(yield* codeOf("/cgi-bin/tag/deltagusers", { tagid: 12, userlist: ["x"] }), 40031)
      assert.strictEqual(yield* codeOf("/cgi-bin/tag/deltagusers", { tagid: 13, userlist: ["x"] }), 40068)
      assert.strictEqual(yield* codeOf("/cgi-bin/tag/create", { tagname: "字".repeat(33) }), 40072)
    }).pipe(simulated))
})

describe("exports, in JSON", () => {
  it.effect("lead to files", () =>
    Effect.gen(function*() {
      const { jobid } = yield* called.post("/cgi-bin/export/department", { encoding_aeskey: "K".repeat(43) })
      const path = `/cgi-bin/export/get_result?jobid=${String(jobid)}`
      assert.deepStrictEqual(yield* called.get(path), { ...ok, status: 1, data_list: [] })
      yield* TestClock.adjust("2 seconds")
      const { data_list, status } = yield* called.get(path)
      assert.strictEqual(status, 2)
      const [file] = data_list as ReadonlyArray<{ url: string; size: number; md5: string }>
      assert.match(file?.url ?? "", /^http:\/\//)
      assert.match(file?.md5 ?? "", /^[0-9a-f]{32}$/)
      assert.strictEqual((file?.size ?? 0) % 32, 0)
      assert.strictEqual(yield* codeOf("/cgi-bin/export/user", { encoding_aeskey: "short" }), 40058)
    }).pipe(simulated))
})

describe("who may see whom, in JSON", () => {
  it.effect("is written and read", () =>
    Effect.gen(function*() {
      const rule = {
        rule_type: 1,
        range: { userid: ["zhangsan"], partyid: [1], tagid: [3] },
        whitelist: { userid: ["wangwu"], partyid: [3], tagid: [] }
      }
      const { rule_ids } = yield* called.post("/cgi-bin/contactrule/create", { rules: [rule] })
      const [rule_id] = rule_ids as ReadonlyArray<number>
      assert.deepStrictEqual(yield* called.post("/cgi-bin/contactrule/list", {}), {
        ...ok,
        rules: [{ rule_id, ...rule }]
      })
      assert.deepStrictEqual(yield* called.post("/cgi-bin/contactrule/delete", { rule_ids }), ok)
    }).pipe(simulated))
})

describe("identity, in JSON", () => {
  it.effect("is told from a code", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("lisi")
      const { searchParams } = yield* member.authorize(
        `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${simulator.app().corpId}` +
          "&redirect_uri=https%3A%2F%2Fexample.com&response_type=code&scope=snsapi_base#wechat_redirect"
      )
      const path = `/cgi-bin/auth/getuserinfo?code=${searchParams.get("code")}`
      assert.deepStrictEqual(yield* called.get(path), { ...ok, userid: "lisi" })
      assert.strictEqual((yield* called.get(path)).errcode, 42022)
      assert.strictEqual((yield* called.get("/cgi-bin/auth/getuserinfo?code=none")).errcode, 40029)
      assert.strictEqual(yield* codeOf("/cgi-bin/auth/getuserdetail", { user_ticket: "none" }), 84015)
      assert.strictEqual(
        (yield* called.get("/cgi-bin/miniprogram/jscode2session?js_code=none&grant_type=authorization_code"))
          .errcode,
        40029
      )
    }).pipe(simulated))
})
