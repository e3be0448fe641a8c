/** The control API as a program in any language sees it: HTTP and JSON, none of our schemas on this side. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Schedule } from "effect"
import { FetchHttpClient, HttpServer } from "effect/http"
import { HttpApiClient } from "effect/http-api"
import { execFile } from "node:child_process"
import { createServer, request } from "node:http"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { answersMembers } from "../../examples/control.ts"
import { addTemplate } from "../../src/simulator/areas/approvals/Approvals.ts"
import { ControlApi } from "../../src/simulator/control/ControlApi.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator, type SimulatorOptions } from "../../src/simulator/Simulator.ts"

const encodingAesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"

/** A backend that acknowledges whatever comes, and remembers how often it was called. */
const backend = Effect.acquireRelease(
  Effect.callback<{ readonly url: string; readonly calls: () => number; readonly close: () => void }>((resume) => {
    let calls = 0
    const server = createServer((_, response) => {
      calls += 1
      response.end("success")
    })
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" && address !== null ? address.port : 0
      resume(Effect.succeed({ url: `http://127.0.0.1:${port}/`, calls: () => calls, close: () => server.close() }))
    })
  }),
  ({ close }) => Effect.sync(close)
)

const server = (options: SimulatorOptions = {}) =>
  Layer.unwrap(Effect.map(backend, ({ url }) =>
    SimulatorServer.layer({
      corps: [{
        ...defaultCorp,
        apps: defaultCorp.apps.map((app) => ({ ...app, callback: { url, token: "t", encodingAesKey } }))
      }],
      suites: [{
        suiteId: "ww1",
        secret: "s",
        callback: { url, token: "t", encodingAesKey },
        installations: []
      }],
      ...options
    })))

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of any shape, looked at by assertions
type Json = any

const ask = (path: string, body?: unknown, method = body === undefined ? "GET" : "POST", headers: object = {}) =>
  HttpServer.addressFormattedWith((base) =>
    Effect.promise(async () => {
      const response = await fetch(base + path, {
        method,
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      const text = await response.text()
      return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as Json }
    })
  )

const api = (path: string, body?: unknown, method?: string) => ask(`/_simulator/api${path}`, body, method)

const token = Effect.gen(function*() {
  const secret = defaultCorp.apps[0]?.secret
  const { body } = yield* ask(`/cgi-bin/gettoken?corpid=${defaultCorp.corpId}&corpsecret=${secret}`)
  return `access_token=${body.access_token}`
})

const send = (content: string, touser = "lisi") =>
  Effect.flatMap(
    token,
    (token) => ask(`/cgi-bin/message/send?${token}`, { touser, agentid: 1000002, msgtype: "text", text: { content } })
  )

const served = <A, E, R>(test: Effect.Effect<A, E, R>, options?: SimulatorOptions) =>
  test.pipe(Effect.provide(server(options)), Effect.scoped)

describe("the control API", () => {
  it.live("lets members act in every way, and tells what became of it", () =>
    served(Effect.gen(function*() {
      yield* send("你好")
      const bytes = Buffer.from("0123456789").toString("base64")
      const acts = [
        { act: "text", content: "我来了" },
        { act: "image", filename: "a.png", contentType: "image/png", bytes },
        { act: "voice", filename: "a.amr", bytes },
        { act: "video", filename: "a.mp4", bytes },
        { act: "location", latitude: 23.1, longitude: 113.3, label: "广州塔" },
        { act: "link", title: "题", description: "述", url: "http://example.com" },
        { act: "enter" },
        { act: "reportLocation", latitude: 23.1, longitude: 113.3 },
        { act: "menu", key: "k" },
        { act: "menuLink", url: "http://example.com" }
      ]
      for (const act of acts) {
        const { body, status } = yield* api("/members/zhangsan/act", act)
        assert.deepStrictEqual([status, body.acknowledged, body.attempts.length], [200, true, 1], act.act)
        assert.include(body.text, "<FromUserName><![CDATA[zhangsan]]>")
      }
      const { body } = yield* api("/members/lisi/inbox")
      assert.deepInclude(body[0], { agentId: 1000002, msgtype: "text", content: { content: "你好" } })
      const nobody = yield* api("/members/nobody/act", { act: "text", content: "x" })
      assert.deepStrictEqual([nobody.status, nobody.body.message], [400, `${defaultCorp.corpId} has no member nobody`])
      const misfit = yield* api("/members/zhangsan/act", { act: "text", content: 7 })
      assert.deepStrictEqual([misfit.status, misfit.body._tag], [400, "SimulatorError"])
      assert.include(misfit.body.message, "content")
    })))

  it.live("waits for a message, and tells what came if it does not", () =>
    served(Effect.gen(function*() {
      const expected = { msgtype: "text", contains: "后来", timeout: 5000 }
      const [found] = yield* Effect.all([
        api("/members/lisi/await", expected),
        Effect.delay(send("后来的消息"), "100 millis")
      ], { concurrency: 2 })
      assert.deepInclude(found.body, { msgtype: "text", content: { content: "后来的消息" } })
      const whole = yield* api("/members/lisi/await", { content: { content: "后来的消息" } })
      assert.strictEqual(whole.body.msgid, found.body.msgid)
      const missing = yield* api("/members/lisi/await", { contains: "从未", timeout: 100 })
      assert.strictEqual(missing.status, 408)
      assert.match(missing.body.message, /^lisi received 1 messages, and none like this one\. .*后来的消息/)
      const call = yield* api("/journal/await", { endpoint: "/cgi-bin/message/send", text: "后来", timeout: 1000 })
      assert.strictEqual(call.body.status, 200)
      assert.strictEqual((yield* api("/journal/await", { endpoint: "/none", timeout: 50 })).status, 408)
    })))

  it.live("searches the whole journal, bodies too, page by page", () =>
    served(Effect.gen(function*() {
      for (let index = 0; index < 12; index++) yield* send(`消息 ${index}`)
      yield* ask("/cgi-bin/user/get?access_token=none")
      const all = (yield* api("/journal?endpoint=/cgi-bin/message/send&limit=5")).body
      assert.deepStrictEqual([all.entries.length, all.total], [5, 12])
      assert.include(all.entries[0].body, "消息 11")
      const next = (yield* api(`/journal?text=${encodeURIComponent("消息")}&limit=5&before=${all.entries[4].id}`)).body
      assert.include(next.entries[0].body, "消息 6")
      const found = (yield* api("/journal?errcode=40014")).body
      assert.deepStrictEqual([found.total, found.entries[0].label], [1, "不合法的access_token"])
      const { body } = yield* api(`/journal/${found.entries[0].id}`)
      assert.strictEqual(body.path, "/cgi-bin/user/get")
      assert.strictEqual((yield* api("/journal/999999")).status, 400)
      yield* api("/journal", undefined, "DELETE")
      assert.strictEqual((yield* api("/journal")).body.total, 0)
    })))

  it.live("injects faults, and takes them back one by one", () =>
    served(Effect.gen(function*() {
      yield* api("/faults", { fault: "errcode", value: 45009, endpoint: "/cgi-bin/message/send", times: 2 })
      yield* api("/faults", { fault: "status", value: 502, endpoint: "/cgi-bin/user/get" })
      assert.strictEqual((yield* send("x")).body.errcode, 45009)
      const listed = (yield* api("/faults")).body
      assert.deepStrictEqual(listed, [
        { id: 1, fault: "errcode 45009", endpoint: "/cgi-bin/message/send", times: 1 },
        { id: 2, fault: "HTTP 502", endpoint: "/cgi-bin/user/get" }
      ])
      assert.strictEqual((yield* api("/faults/1", undefined, "DELETE")).status, 204)
      assert.strictEqual((yield* api("/faults/1", undefined, "DELETE")).status, 400)
      assert.strictEqual((yield* send("x")).body.errcode, 0)
      yield* api("/faults", undefined, "DELETE")
      assert.deepStrictEqual((yield* api("/faults")).body, [])
    })))

  it.live("lets customers, groups, customer service, approvals and consent happen", () =>
    served(Effect.gen(function*() {
      const { world } = yield* Simulator
      const access = yield* token
      const call = (path: string, body: object) => ask(`/cgi-bin/${path}?${access}`, body)
      const added = (yield* api("/customers/add", { userid: "zhangsan", external_userid: "wm1", name: "客户" })).body
      assert.deepStrictEqual([added.external_userid, added.deliveries.length], ["wm1", 1])
      const way =
        (yield* call("externalcontact/add_contact_way", { type: 1, scene: 2, user: ["lisi"], state: "店" })).body
      const scanned = (yield* api("/customers/scan", { config_id: way.config_id, external_userid: "wm2" })).body
      assert.include(scanned.deliveries[0].text, "<State><![CDATA[店]]>")
      const greeting = { welcome_code: scanned.welcome_code, text: { content: "欢迎" } }
      assert.strictEqual((yield* call("externalcontact/send_welcome_msg", greeting)).body.errcode, 0)
      assert.strictEqual((yield* api("/customers/wm2/inbox")).body[0].content.text, "欢迎")
      const edited = yield* api("/customers/edit", { userid: "zhangsan", external_userid: "wm1", remark: "老客户" })
      assert.isTrue(edited.body.deliveries[0].acknowledged)
      const group = (yield* api("/customer-groups/create", { owner: "zhangsan", name: "群", customers: ["wm1"] })).body
      yield* api("/customer-groups/join", { chat_id: group.chat_id, customers: ["wm2"], invitor: "zhangsan" })
      const left = yield* api("/customer-groups/leave", { chat_id: group.chat_id, ids: ["wm2"] })
      assert.include(left.body.deliveries[0].text, "del_member")
      yield* api("/customer-groups/change", { chat_id: group.chat_id, name: "新群", notice: "公告" })
      const shown = (yield* call("externalcontact/groupchat/get", { chat_id: group.chat_id })).body.group_chat
      assert.deepStrictEqual([shown.name, shown.notice, shown.member_list.length], ["新群", "公告", 2])
      yield* api("/customers/delete", { userid: "zhangsan", external_userid: "wm1", by: "customer" })

      const picture = new FormData()
      picture.set("media", new File([new Uint8Array(10)], "a.png"))
      const uploaded: Json = yield* HttpServer.addressFormattedWith((base) =>
        Effect.promise(() =>
          fetch(`${base}/cgi-bin/media/upload?${access}&type=image`, { method: "POST", body: picture })
            .then((response) => response.json())
        )
      )
      const account = (yield* call("kf/account/add", { name: "客服", media_id: uploaded.media_id })).body
      const at = { open_kfid: account.open_kfid, external_userid: "wm1" }
      yield* call("kf/servicer/add", { open_kfid: account.open_kfid, userid_list: ["lisi"] })
      yield* api("/kf/customer", { act: "enter", ...at })
      yield* api("/kf/customer", { act: "write", ...at, text: "在吗" })
      yield* call("kf/service_state/trans", { ...at, service_state: 3, servicer_userid: "lisi" })
      const answered = yield* api("/kf/servicer", { act: "write", ...at, userid: "lisi", text: "在" })
      assert.isString(answered.body.msgid)
      const inbox = (yield* api(`/kf/${account.open_kfid}/customers/wm1/inbox`)).body
      assert.include(JSON.stringify(inbox), "在")

      const template_id = yield* addTemplate(world, { controls: [], approvers: ["lisi"] })
      const apply = { creator_userid: "zhangsan", template_id, use_template_approver: 1, apply_data: { contents: [] } }
      const summary_list = [{ summary_info: [{ text: "假", lang: "zh_CN" }] }]
      const { sp_no } = (yield* call("oa/applyevent", { ...apply, summary_list })).body
      assert.strictEqual((yield* api("/approvals/urge", { sp_no })).body.deliveries.length, 1)
      yield* api("/approvals/forward", { sp_no, userid: "lisi", to: "wangwu" })
      const wrong = yield* api("/approvals/decide", { sp_no, userid: "lisi", approve: true })
      assert.strictEqual(wrong.body.message, `lisi is not asked about ${sp_no}`)
      yield* api("/approvals/comment", { sp_no, userid: "wangwu", content: "看过" })
      yield* api("/approvals/decide", { sp_no, userid: "wangwu", approve: true, speech: "同意" })
      assert.strictEqual((yield* call("oa/getapprovaldetail", { sp_no })).body.info.sp_status, 2)

      const agreed = yield* api("/chat-archive/agree", {
        external_userid: "wm1",
        status: "Agree",
        with: { userid: "zhangsan" }
      })
      assert.strictEqual(agreed.status, 204)
      assert.strictEqual((yield* api("/chat-archive/archive", { userid: "zhangsan", edition: 2 })).status, 204)
      assert.strictEqual((yield* api("/chat-archive/archive", { userid: "nobody", edition: 2 })).status, 400)
      assert.deepStrictEqual((yield* call("msgaudit/get_permit_user_list", {})).body.ids, ["zhangsan"])
    })))

  it.live("lets meetings, schedules, documents, check-in, mass messages and links happen", () =>
    served(Effect.gen(function*() {
      const access = yield* token
      const call = (path: string, body: object) => ask(`/cgi-bin/${path}?${access}`, body)
      const start = 2_000_000_000
      const { meetingid } = (yield* call("meeting/create", {
        admin_userid: "zhangsan",
        title: "周会",
        meeting_start: start,
        meeting_duration: 3600,
        agentid: 1000002,
        invitees: { userid: ["lisi"] }
      })).body
      const joined = yield* api("/meetings/act", { act: "join", meetingid, userid: "zhangsan" })
      assert.include(JSON.stringify(joined.body.deliveries), "join_meeting")
      yield* api("/meetings/act", { act: "share", meetingid, userid: "zhangsan", sharing: true })
      const outsider = yield* api("/meetings/act", { act: "leave", meetingid, userid: "wangwu" })
      assert.strictEqual(outsider.status, 400)

      const { schedule_id } = (yield* call("oa/schedule/add", {
        schedule: {
          admins: ["zhangsan"],
          start_time: start,
          end_time: start + 60,
          summary: "评审",
          attendees: [{ userid: "zhangsan" }, { userid: "lisi" }]
        },
        agentid: 1000002
      })).body
      const responded = yield* api("/schedules/respond", { schedule_id, userid: "lisi", response: 2 })
      assert.include(responded.body.deliveries[0].text, schedule_id)
      assert.match(
        (yield* api("/schedules/respond", { schedule_id, userid: "lisi", response: 9 })).body.message,
        /response/
      )
      yield* api("/schedules/delete", { schedule_id, userid: "zhangsan" })

      const { docid } = (yield* call("wedoc/create_doc", { doc_type: 10, doc_name: "表" })).body
      const { properties } =
        (yield* call("wedoc/smartsheet/add_sheet", { docid, properties: { title: "一", index: 0 } })).body
      const at = { docid, sheet_id: properties.sheet_id }
      yield* call("wedoc/smartsheet/add_fields", {
        ...at,
        fields: [{ field_title: "名", field_type: "FIELD_TYPE_TEXT" }]
      })
      const cell = (text: string) => ({ 名: [{ type: "text", text }] })
      const added = yield* api("/documents/add-record", { ...at, userid: "lisi", values: cell("甲") })
      assert.strictEqual(added.body.deliveries.length, 1)
      const [{ record_id }] = (yield* call("wedoc/smartsheet/get_records", at)).body.records
      yield* api("/documents/update-record", { ...at, userid: "lisi", record_id, values: cell("乙") })
      assert.include(JSON.stringify((yield* call("wedoc/smartsheet/get_records", at)).body.records), "乙")
      const wrong = yield* api("/documents/add-record", { ...at, userid: "lisi", values: { 无: "丙" } })
      assert.match(wrong.body.message, /^2022030/)

      assert.strictEqual((yield* api("/attendance/check-in", { userid: "lisi" })).status, 204)
      assert.match((yield* api("/attendance/check-in", { userid: "nobody" })).body.message, /no member nobody/)

      const report = {
        userid: "lisi",
        template_name: "周报",
        contents: { 本周工作: "写完了" },
        receivers: ["zhangsan"]
      }
      const { journal_uuid } = (yield* api("/reports/submit", report)).body
      yield* api("/reports/read", { journal_uuid, userid: "zhangsan" })
      yield* api("/reports/comment", { journal_uuid, userid: "zhangsan", content: "好" })
      const { info } = (yield* call("oa/journal/get_record_detail", { journaluuid: journal_uuid })).body
      assert.deepStrictEqual([info.comments[0].content, info.readed_receivers[0].userid], ["好", "zhangsan"])
      assert.match((yield* api("/register-corp", { code: "none" })).body.message, /no such register_code/)

      yield* api("/customers/add", { userid: "lisi", external_userid: "wm9" })
      const { msgid } = (yield* call("externalcontact/add_msg_template", {
        chat_type: "single",
        sender: "lisi",
        external_userid: ["wm9"],
        text: { content: "群发" }
      })).body
      assert.strictEqual((yield* api("/customers/send-mass-message", { msgid, userid: "lisi" })).status, 204)
      assert.strictEqual((yield* api("/customers/wm9/inbox")).body.at(-1).content.text, "群发")
      const again = yield* api("/customers/send-mass-message", { msgid, userid: "lisi" })
      assert.match(again.body.message, /has sent .* already/)
      assert.match((yield* api("/customers/open-link", { url: "x", external_userid: "wm9" })).body.message, /^url/)
      const speaking = yield* api("/members/lisi/act", { act: "speak", botId: "none", content: "听" })
      assert.match(speaking.body.message, /no smart robot none/)
    })))

  it.live("installs, changes and removes suites, and notifies of any event", () =>
    served(Effect.gen(function*() {
      const ticket = yield* api("/suites/ww1/ticket", {})
      assert.lengthOf(ticket.body.suite_ticket, 64)
      const installed = yield* api("/suites/ww1/install", { corpId: defaultCorp.corpId })
      assert.include(installed.body.text, "create_auth")
      assert.strictEqual((yield* api("/suites/none/install", { corpId: defaultCorp.corpId })).status, 400)
      const xml = `<xml><ToUserName>${defaultCorp.corpId}</ToUserName><FromUserName>sys</FromUserName>` +
        "<CreateTime>1</CreateTime><MsgType>event</MsgType><Event>anything</Event></xml>"
      const { body } = yield* api("/notify", { xml })
      assert.deepStrictEqual([body.acknowledged, body.text], [true, xml])
    })))

  it.live("ends tokens, and sets the time ahead", () =>
    served(Effect.gen(function*() {
      const access = yield* token
      const code = Effect.map(ask(`/cgi-bin/user/get?userid=lisi&${access}`), ({ body }) => body.errcode)
      assert.strictEqual(yield* code, 0)
      const before = (yield* api("/world")).body.now
      const { now } = (yield* api("/time/advance", { seconds: 7199 })).body
      assert.isAtLeast(now - before, 7_199_000)
      assert.strictEqual(yield* code, 0)
      yield* api("/time/advance", { seconds: 2 })
      assert.strictEqual(yield* code, 42001)
      yield* token
      assert.strictEqual((yield* api("/tokens/expire", {})).body.ended, 1)
      assert.strictEqual((yield* api("/time/advance", { seconds: -1 })).status, 400)
    })))

  it.live("wakes what waits in the background when its time has come", () =>
    served(Effect.gen(function*() {
      const access = yield* token
      const job = { scene: 1, type: "file", filename: "a.txt", url: "http://example.com/a", md5: "0".repeat(32) }
      const { body } = yield* ask(`/cgi-bin/media/upload_by_url?${access}`, job)
      assert.strictEqual(body.errcode, 0)
      yield* api("/time/advance", { seconds: 10 })
      const told = yield* api("/journal/await", { kind: "callback", text: "upload_media_job_finish", timeout: 900 })
      assert.strictEqual(told.status, 200)
    })))

  it.live("says who logged in", () =>
    served(Effect.gen(function*() {
      const url = `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${defaultCorp.corpId}` +
        "&redirect_uri=http%3A%2F%2Fapp.test%2F&response_type=code&scope=snsapi_base&state=s&agentid=1000002" +
        "#wechat_redirect"
      const { body } = yield* api("/members/lisi/authorize", { url })
      const found = yield* ask(`/cgi-bin/auth/getuserinfo?code=${body.code}&${yield* token}`)
      assert.strictEqual(found.body.userid, "lisi")
    })))

  it.live("is described, each operation of it", () =>
    served(Effect.gen(function*() {
      const { body } = yield* ask("/_simulator/openapi.json")
      assert.match(body.openapi, /^3\.1/)
      assert.isAbove(Object.keys(body.paths).length, 40)
      assert.isDefined(body.paths["/_simulator/api/members/{userid}/act"].post)
      assert.isDefined(body.components.schemas.MemberAct)
    })))

  it.live("has a typed client of the same definitions", () =>
    served(Effect.gen(function*() {
      const control = yield* HttpServer.addressFormattedWith((baseUrl) => HttpApiClient.make(ControlApi, { baseUrl }))
      yield* send("你好")
      const message = yield* control.members.await({ params: { userid: "lisi" }, payload: { contains: "你好" } })
      assert.deepStrictEqual(message.content, { content: "你好" })
      const error = yield* Effect.flip(control.members.inbox({ params: { userid: "nobody" }, query: {} }))
      assert.strictEqual(error._tag, "SimulatorError")
    })).pipe(Effect.provide(FetchHttpClient.layer)))
})

describe("an example", () => {
  it.live("in TypeScript tests what a backend answers", () =>
    served(Effect.gen(function*() {
      const [message] = yield* Effect.all([
        HttpServer.addressFormattedWith(answersMembers),
        Effect.delay(send("收到"), "100 millis")
      ], { concurrency: 2 })
      assert.deepStrictEqual(message.content, { content: "收到" })
    })).pipe(Effect.provide(FetchHttpClient.layer)))

  it.live("in Python does", () =>
    served(Effect.gen(function*() {
      const [printed] = yield* Effect.all([
        HttpServer.addressFormattedWith((base) =>
          Effect.promise(() =>
            promisify(execFile)("python3", ["examples/control.py", base], {
              cwd: fileURLToPath(new URL("../..", import.meta.url)),
              env: { ...process.env, PYTHONIOENCODING: "utf8" }
            })
          )
        ),
        Effect.repeat(send("收到"), { schedule: Schedule.spaced("300 millis"), times: 12 })
      ], { concurrency: 2 })
      assert.strictEqual(printed.stdout.trim(), "收到")
    })))
})

describe("a page of another site", () => {
  const raw = (path: string, headers: Record<string, string>, body?: string) =>
    HttpServer.addressFormattedWith((base) =>
      Effect.callback<{ readonly status: number; readonly body: string }>((resume) => {
        const { hostname, port } = new URL(base)
        const call = request(
          { hostname, port, path, method: body === undefined ? "GET" : "POST", headers },
          (response) => {
            let text = ""
            response.on("data", (data) => text += data)
            response.on("end", () => resume(Effect.succeed({ status: response.statusCode ?? 0, body: text })))
          }
        )
        call.on("error", (error) => resume(Effect.succeed({ status: 0, body: error.message })))
        call.end(body)
      })
    )
  const json = { "content-type": "application/json" }
  const act = JSON.stringify({ act: "text", content: "from elsewhere" })

  it.live("reads and changes nothing under a name of its own", () =>
    served(Effect.gen(function*() {
      for (
        const path of [
          "/_simulator",
          "/_simulator/page.js",
          "/_simulator/api/page/now",
          "/_simulator/api/journal",
          "/_simulator/api/world",
          "/cgi-bin/gettoken",
          "/_simulator/media/x"
        ]
      ) {
        for (
          const host of ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "a@evil.example", "1.2.3.4.5"]
        ) {
          const { body, status } = yield* raw(path, { host })
          assert.strictEqual(status, 403, `${path} ${host}`)
          assert.notInclude(body, defaultCorp.corpId)
        }
      }
      for (
        const host of [
          "localhost:1",
          "127.0.0.1",
          "[::1]:8",
          "simulator:80",
          "host.docker.internal",
          "qyapi.weixin.qq.com"
        ]
      ) {
        assert.strictEqual((yield* raw("/_simulator", { host })).status, 200, host)
      }
    })))

  it.live("changes nothing under the simulator's name either", () =>
    served(Effect.gen(function*() {
      const origins = [{ origin: "http://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }]
      for (const origin of origins) {
        for (
          const path of [
            "/_simulator/api/members/lisi/act",
            "/_simulator/api/page/call",
            "/_simulator/api/page/replay",
            "/_simulator/api/page/secrets",
            "/_simulator/api/page/upload",
            "/_simulator/api/faults"
          ]
        ) {
          assert.strictEqual((yield* raw(path, { ...json, ...origin }, act)).status, 403, path)
        }
      }
      assert.lengthOf((yield* (yield* Simulator).journal).filter(({ kind }) => kind === "callback"), 1) // the ticket
      const own = yield* HttpServer.addressFormattedWith((base) =>
        raw("/_simulator/api/members/lisi/act", { ...json, origin: base, "sec-fetch-site": "same-origin" }, act)
      )
      assert.strictEqual(own.status, 200)
    })))

  it.live("is served where the options name its host", () =>
    served(
      Effect.gen(function*() {
        assert.strictEqual((yield* raw("/_simulator", { host: "wecom.example.com" })).status, 200)
        assert.strictEqual((yield* raw("/_simulator", { host: "other.example.com" })).status, 403)
      }),
      { hosts: ["wecom.example.com"] }
    ))

  it.live("is refused a body without end, whether its length is told or not", () =>
    served(Effect.gen(function*() {
      for (
        const path of ["/_simulator/api/page/upload", "/_simulator/api/members/lisi/act", "/_simulator/api/page/call"]
      ) {
        const told = yield* raw(path, { ...json, "content-length": `${200 * 1024 * 1024}` }, "{")
        assert.strictEqual(told.status, 413, path)
        const untold = yield* HttpServer.addressFormattedWith((base) =>
          Effect.promise(() => {
            let sent = 0
            const body = new ReadableStream({
              pull: (controller) => {
                sent += 1
                if (sent > 200) controller.close()
                else controller.enqueue(new Uint8Array(1024 * 1024).fill(32))
              }
            })
            return fetch(base + path, { method: "POST", headers: json, body, duplex: "half" } as RequestInit).then(
              ({ status }) => ({ status, sent }),
              () => ({ status: 0, sent })
            )
          })
        )
        assert.isBelow(untold.sent, 150, path)
        assert.include([0, 400, 413], untold.status, path)
      }
      assert.strictEqual((yield* api("/world")).status, 200)
    })))
})
