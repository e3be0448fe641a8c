import { afterAll, assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import { createServer } from "node:http"
import { Script } from "node:vm"
import { Engine } from "../../src/simulator/engine/Engine.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const secrets = { token: "SimulatedToken", encodingAesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C" }

/** A backend that acknowledges whatever comes. */
const backend = await new Promise<{ readonly url: string; readonly close: () => void }>((resolve) => {
  const server = createServer((_, response) => {
    response.end("success")
  })
  server.listen(0, "127.0.0.1", () => {
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    resolve({ url: `http://127.0.0.1:${port}/callback`, close: () => server.close() })
  })
})

afterAll(() => backend.close())

const simulated = SimulatorServer.layer({
  corps: [{
    ...defaultCorp,
    apps: defaultCorp.apps.map((app) => ({ ...app, callback: { url: backend.url, ...secrets } }))
  }]
})

const fetched = (path: string, body?: unknown, type = "application/json") =>
  HttpServer.addressFormattedWith((base) =>
    Effect.promise(() =>
      fetch(base + path, {
        redirect: "manual",
        ...(body === undefined ? {} : {
          method: "POST",
          headers: { "content-type": type },
          body: JSON.stringify(body)
        })
      })
    )
  )

const json = (path: string, body?: unknown) =>
  Effect.flatMap(fetched(path, body), (response) =>
    // oxlint-disable-next-line typescript/no-explicit-any -- whatever the page gets, looked at by assertions
    Effect.promise(() => response.json() as Promise<any>))

const text = (path: string) => Effect.flatMap(fetched(path), (response) => Effect.promise(() => response.text()))

const send = (message: object) =>
  Effect.gen(function*() {
    const [app] = defaultCorp.apps
    const { access_token } = yield* json(`/cgi-bin/gettoken?corpid=${defaultCorp.corpId}&corpsecret=${app?.secret}`)
    return yield* json(`/cgi-bin/message/send?access_token=${access_token}`, {
      touser: "zhangsan",
      agentid: 1000002,
      ...message
    })
  })

const me = { corpId: defaultCorp.corpId, agentId: 1000002 }

const act = "/_simulator/api/members/zhangsan/act"

const sendPath = "/cgi-bin/message/send"

layer(simulated)("the inspector", (it) => {
  it.effect("is one page that loads nothing from elsewhere, and runs nothing but its script", () =>
    Effect.gen(function*() {
      const page = yield* text("/_simulator")
      assert.match(page, /^<!doctype html>/)
      assert.notMatch(page, /<(?:script|link|img)[^>]+(?:src|href)="(?!data:|\/_simulator\/page\.(?:js|css)")/)
      assert.notMatch(page, /<style|\s(?:on\w+|style)=|<script>/)
      assert.notMatch(yield* text("/_simulator/page.css"), /@import|url\(/)
      const { headers } = yield* fetched("/_simulator")
      assert.match(
        headers.get("content-security-policy") ?? "",
        /default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';/
      )
      const script = yield* text("/_simulator/page.js")
      assert.isAbove(script.length, 10_000)
      assert.doesNotThrow(() => new Script(script))
    }))

  it.effect("does nothing for the pages of others", () =>
    Effect.gen(function*() {
      const { status } = yield* fetched("/_simulator/api/page/replay", { id: 1 }, "text/plain")
      assert.strictEqual(status, 400)
    }))

  it.effect("finds members by name, id and department, and goes on with the one that is shown", () =>
    Effect.gen(function*() {
      const find = (words: string) =>
        Effect.map(
          json(`/_simulator/api/page/now?kind=members&id=zhangsan&find=${encodeURIComponent(words)}`),
          ({ found, items, shown }) => ({ ids: items.map(({ id }: { id: string }) => id), found, shown })
        )
      assert.deepStrictEqual((yield* find("")).ids, ["zhangsan", "lisi", "wangwu"])
      assert.deepStrictEqual((yield* find("LISI")).ids, ["lisi"])
      assert.deepStrictEqual((yield* find("市场")).ids, ["lisi", "wangwu"])
      const { found, ids, shown } = yield* find("nobody")
      assert.deepStrictEqual([ids, found, shown.id], [[], 0, "zhangsan"])
    }))

  it.effect("shows what was sent, what came of it, and no secret", () =>
    Effect.gen(function*() {
      yield* send({ msgtype: "text", text: { content: "看得见" } })
      const now = yield* json("/_simulator/api/page/now?id=zhangsan")
      assert.deepInclude(now.shown.turns.at(-1), { side: "app", msgtype: "text", content: { content: "看得见" } })
      const [newest] = now.journal
      assert.strictEqual(newest.path, "/cgi-bin/message/send")
      assert.strictEqual(newest.about, "text zhangsan")
      assert.strictEqual(now.items[0].title, "张三")
      assert.isAbove(now.corp.apps[0].tokenEndsAt, now.now)
      const entry = yield* json(`/_simulator/api/page/entry?id=${newest.id}`)
      assert.include(entry.body, "看得见")
      assert.strictEqual(entry.headers["content-type"], "application/json")
      const all = JSON.stringify([now, entry])
      assert.notInclude(all, String(defaultCorp.apps[0]?.secret))
      assert.notInclude(all, secrets.encodingAesKey)
      assert.notInclude(all, secrets.token)
    }))

  it.effect("lets a member write and press", () =>
    Effect.gen(function*() {
      const said = yield* json(act, { act: "text", content: "我来了", ...me })
      assert.isTrue(said.acknowledged)
      const { msgid } = yield* send({
        msgtype: "template_card",
        template_card: {
          card_type: "button_interaction",
          main_title: { title: "审批" },
          task_id: "inspected",
          button_list: [{ text: "同意", key: "yes" }]
        }
      })
      const pressed = yield* json(act, { act: "press", key: "yes", card: msgid, selected: {}, ...me })
      assert.include(pressed.text, "template_card_event")
      const refused = yield* json(act, { act: "press", key: "no", card: msgid, selected: {}, ...me })
      assert.match(refused.message, /no card .* with a button no/)
      const { shown: { turns } } = yield* json("/_simulator/api/page/now?id=zhangsan")
      assert.deepInclude(turns.at(-1), {
        side: "member",
        msgtype: "event/template_card_event",
        outcome: "acknowledged"
      })
      // Each leads to where it came from, and back.
      const call = yield* json(`/_simulator/api/page/entry?msgid=${msgid}`)
      assert.strictEqual(call.path, "/cgi-bin/message/send")
      assert.deepInclude(call.links, {
        corp: me.corpId,
        kind: "members",
        id: "zhangsan",
        title: "张三",
        turn: `${msgid} template_card`
      })
      const callback = yield* json(`/_simulator/api/page/entry?id=${turns.at(-1).entry}`)
      assert.strictEqual(callback.query.event, "event/template_card_event")
      assert.strictEqual(callback.links[0].turn, turns.at(-1).key)
    }))

  it.effect("calls in the name of an app, and once more what the journal has", () =>
    Effect.gen(function*() {
      const body = JSON.stringify({ touser: "lisi", agentid: 1000002, msgtype: "text", text: { content: "手工" } })
      const which = { corp: defaultCorp.corpId, agentId: 1000002 }
      const called = yield* json("/_simulator/api/page/call", {
        ...which,
        method: "POST",
        path: sendPath,
        query: {},
        body
      })
      assert.strictEqual(called.status, 200)
      assert.include(called.answer, "\"errcode\":0")
      const again = yield* json("/_simulator/api/page/replay", { id: called.entry })
      assert.strictEqual(again.entry, called.entry + 1)
      const { shown: { turns } } = yield* json("/_simulator/api/page/now?id=lisi")
      assert.deepStrictEqual(turns.map(({ content }: { content: object }) => content), [{ content: "手工" }, {
        content: "手工"
      }])
      const token = yield* json("/_simulator/api/page/call", {
        ...which,
        method: "GET",
        path: "/cgi-bin/gettoken",
        query: {},
        body: ""
      })
      assert.include(token.answer, "<redacted>")
      assert.match((yield* json(`/_simulator/api/page/entry?id=${token.entry}`)).final, /hides/)
      assert.match((yield* json("/_simulator/api/page/replay", { id: token.entry })).problem, /hides/)
      assert.match((yield* json("/_simulator/api/page/replay", { id: 999_999 })).problem, /no entry 999999/)
      const elsewhere = { ...which, method: "GET", path: "/_simulator", query: {}, body: "" }
      assert.match((yield* json("/_simulator/api/page/call", elsewhere)).problem, /path/)
    }))

  it.effect("shows secrets to those who ask for them, and lets ids be used by hand", () =>
    Effect.gen(function*() {
      const secretsOf = (whose: object) => json("/_simulator/api/page/secrets", whose)
      const facts = Object.fromEntries(yield* secretsOf({ corp: defaultCorp.corpId, agentId: 1000002 }))
      assert.strictEqual(facts.WECOM_CORP_SECRET, defaultCorp.apps[0]?.secret)
      assert.strictEqual(facts.WECOM_CALLBACK_TOKEN, secrets.token)
      const [[, webhook]] = yield* secretsOf({ robot: 0 })
      assert.match(webhook, /webhook\/send\?key=simulated-robot-key$/)
      assert.match((yield* secretsOf({ suite: "none" })).problem, /no suite none/)
      const { media_id } = yield* json("/_simulator/api/page/upload", {
        corp: defaultCorp.corpId,
        type: "file",
        filename: "说明.mp4",
        contentType: "",
        bytes: Buffer.from("film").toString("base64")
      })
      assert.strictEqual((yield* fetched(`/_simulator/media/${media_id}`)).headers.get("content-type"), "video/mp4")
      assert.deepInclude(yield* send({ msgtype: "file", file: { media_id } }), { errcode: 0 })
      const { shown: { turns } } = yield* json("/_simulator/api/page/now?id=zhangsan")
      const file = turns.find(({ msgtype }: { msgtype: string }) => msgtype === "file")
      assert.deepStrictEqual(file.content.file, { name: "说明.mp4", size: 4, type: "video/mp4" })
      const { msgid } = yield* send({
        msgtype: "template_card",
        template_card: {
          card_type: "button_interaction",
          main_title: { title: "审批" },
          task_id: "by-hand",
          button_list: [{ text: "同意", key: "yes" }]
        }
      })
      const which = { corp: defaultCorp.corpId, msgid }
      const { response_code } = yield* json("/_simulator/api/page/code", which)
      const body = JSON.stringify({
        userids: ["zhangsan"],
        agentid: 1000002,
        response_code,
        button: { replace_name: "✓" }
      })
      const changed = yield* json("/_simulator/api/page/call", {
        corp: defaultCorp.corpId,
        agentId: 1000002,
        method: "POST",
        path: "/cgi-bin/message/update_template_card",
        query: {},
        body
      })
      assert.include(changed.answer, "\"errcode\":0")
      assert.match((yield* json("/_simulator/api/page/code", which)).problem, /no code/)
    }))

  it.effect("shows what an app sent too much of, and never reached the member", () =>
    Effect.gen(function*() {
      for (let index = 0; index < 31; index++) {
        yield* send({ touser: "wangwu", msgtype: "text", text: { content: `${index}` } })
      }
      const { shown: { turns } } = yield* json("/_simulator/api/page/now?id=wangwu")
      const dropped = turns.filter((turn: { dropped?: boolean }) => turn.dropped)
      assert.deepStrictEqual(dropped.map(({ content }: { content: object }) => content), [{ content: "30" }])
    }))

  it.effect("searches and pages through the journal on the server", () =>
    Effect.gen(function*() {
      const { journal } = yield* Engine
      for (let index = 0; index < 250; index++) {
        const entry = journal.open("call", index, "POST", "/cgi-bin/paged", {})
        entry.status = index % 10 === 0 ? 502 : 200
        entry.body = JSON.stringify({ name: `page-${index}` })
        entry.duration = 1
      }
      const look = (params: string) => json(`/_simulator/api/page/now?text=cgi-bin/paged&${params}`)
      const names = (now: { journal: ReadonlyArray<{ about: string }> }) => now.journal.map(({ about }) => about)
      const first = yield* look("")
      assert.deepStrictEqual([first.total, first.journal.length, names(first)[0]], [250, 100, "page-249"])
      const last = yield* look(`offset=200&before=${first.journal[0].id + 1}`)
      assert.deepStrictEqual([last.total, last.journal.length, names(last).at(-1)], [250, 50, "page-0"])
      assert.strictEqual((yield* look("failed=true")).total, 25)
      assert.strictEqual((yield* look("failed=false")).total, 225)
      assert.strictEqual((yield* look("only=callback")).total, 0)
      assert.deepStrictEqual(names(yield* json("/_simulator/api/page/now?text=page-17%22")), ["page-17"])
    }))

  it.effect("ends tokens, injects faults and clears them, and checks what it is asked", () =>
    Effect.gen(function*() {
      yield* send({ msgtype: "text", text: { content: "x" } })
      assert.deepStrictEqual(yield* json("/_simulator/api/tokens/expire", { agentId: 1000002 }), { ended: 1 })
      yield* fetched("/_simulator/api/faults", { fault: "stall", value: 3, times: 2 })
      assert.deepStrictEqual((yield* json("/_simulator/api/page/now")).faults, [{ id: 1, fault: "stall 3s", times: 2 }])
      yield* HttpServer.addressFormattedWith((base) =>
        Effect.promise(() => fetch(`${base}/_simulator/api/faults`, { method: "DELETE" }))
      )
      assert.deepStrictEqual((yield* json("/_simulator/api/page/now")).faults, [])
      assert.match((yield* json("/_simulator/api/verify-url", {})).message, /echostr/)
      assert.strictEqual((yield* fetched("/_simulator/api/page/call", { path: "dance" })).status, 400)
      const { endpoints, errcodes } = yield* json("/_simulator/api/page/catalogue")
      assert.deepInclude(endpoints, { method: "POST", path: sendPath, title: "发送应用消息" })
      assert.deepInclude(errcodes, { code: 45009, label: "接口调用超过限制" })
    }))

  it.effect("shows files as they are, and never as pages", () =>
    Effect.gen(function*() {
      const bytes = Buffer.from("<script>alert(1)</script>").toString("base64")
      yield* json(act, { act: "image", filename: "a.html", contentType: "text/html", bytes, ...me })
      const { shown: { turns } } = yield* json("/_simulator/api/page/now?id=zhangsan")
      const shown = yield* fetched(`/_simulator/media/${turns.at(-1).content.MediaId}`)
      assert.strictEqual(shown.headers.get("content-type"), "application/octet-stream")
      assert.strictEqual(yield* Effect.promise(() => shown.text()), "<script>alert(1)</script>")
      assert.strictEqual((yield* fetched("/_simulator/media/none")).status, 404)
    }))
})

layer(simulated)("a login page", (it) => {
  const oauth = "/connect/oauth2/authorize?appid=ww5a1d0e5c0ffee001&redirect_uri=" +
    encodeURIComponent("https://app.example/in?a=1") + "&response_type=code&scope=snsapi_base&state=s7&agentid=1000002"

  describe("asks who it is, and sends the browser back with a code", () => {
    it.effect("that stands for that member, once", () =>
      Effect.gen(function*() {
        const page = yield* text(oauth)
        assert.include(page, "zhangsan")
        const back = yield* fetched(`${oauth}&_member=zhangsan`)
        assert.strictEqual(back.status, 302)
        const location = new URL(back.headers.get("location") ?? "")
        assert.strictEqual(location.origin + location.pathname, "https://app.example/in")
        assert.strictEqual(location.searchParams.get("state"), "s7")
        assert.strictEqual(location.searchParams.get("a"), "1")
        const { app } = yield* Simulator
        assert.strictEqual(app().corpId, defaultCorp.corpId)
        const [{ secret } = { secret: "" }] = defaultCorp.apps
        const { access_token } = yield* json(`/cgi-bin/gettoken?corpid=${defaultCorp.corpId}&corpsecret=${secret}`)
        const visitor = `/cgi-bin/auth/getuserinfo?access_token=${access_token}&code=${
          location.searchParams.get("code")
        }`
        assert.strictEqual((yield* json(visitor)).userid, "zhangsan")
        assert.strictEqual((yield* json(visitor)).errcode, 42022)
      }))
  })

  it.effect("says what is wrong with a URL", () =>
    Effect.gen(function*() {
      const refused = yield* fetched(`${oauth.replace("state=s7", "state=%21")}&_member=zhangsan`)
      assert.strictEqual(refused.status, 400)
      assert.include(yield* Effect.promise(() => refused.text()), "state must be at most 128 letters and digits")
      assert.strictEqual((yield* fetched("/wwlogin/sso/login?appid=nobody")).status, 400)
    }))
})
