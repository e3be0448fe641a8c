import { afterAll, assert, describe, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import { createServer } from "node:http"
import { Script } from "node:vm"
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

const me = { corp: defaultCorp.corpId, userid: "zhangsan", agentId: 1000002 }

layer(simulated)("the inspector", (it) => {
  it.effect("is one page that loads nothing from elsewhere, and runs nothing but its script", () =>
    Effect.gen(function*() {
      const page = yield* text("/_simulator")
      assert.match(page, /^<!doctype html>/)
      assert.notMatch(page, /<(?:script|link|img)[^>]+(?:src|href)="(?!data:|\/_simulator\/page\.js")/)
      assert.notMatch(page, /@import|url\(|\son\w+=|<script>/)
      const { headers } = yield* fetched("/_simulator")
      assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'; script-src 'self';/)
      const script = yield* text("/_simulator/page.js")
      assert.isAbove(script.length, 10_000)
      assert.doesNotThrow(() => new Script(script))
    }))

  it.effect("does nothing for the pages of others", () =>
    Effect.gen(function*() {
      const { status } = yield* fetched("/_simulator/api/control", { control: "clearJournal" }, "text/plain")
      assert.strictEqual(status, 400)
    }))

  it.effect("finds members by name, id and department, and goes on with the one that is shown", () =>
    Effect.gen(function*() {
      const find = (words: string) =>
        Effect.map(
          json(`/_simulator/api/now?userid=zhangsan&find=${encodeURIComponent(words)}`),
          ({ corps: [corp] }) => ({ ids: corp.members.map(({ userid }: { userid: string }) => userid), corp })
        )
      assert.deepStrictEqual((yield* find("")).ids, ["zhangsan", "lisi", "wangwu"])
      assert.deepStrictEqual((yield* find("LISI")).ids, ["lisi"])
      assert.deepStrictEqual((yield* find("市场")).ids, ["lisi", "wangwu"])
      const { corp, ids } = yield* find("nobody")
      assert.deepStrictEqual([ids, corp.found, corp.shown.userid], [[], 0, "zhangsan"])
    }))

  it.effect("shows what was sent, what came of it, and no secret", () =>
    Effect.gen(function*() {
      yield* send({ msgtype: "text", text: { content: "看得见" } })
      const now = yield* json("/_simulator/api/now?userid=zhangsan")
      assert.deepInclude(now.talk.at(-1), { side: "app", msgtype: "text", content: { content: "看得见" } })
      assert.strictEqual(now.journal.at(-1).path, "/cgi-bin/message/send")
      assert.strictEqual(now.corps[0].members[0].name, "张三")
      assert.isAbove(now.corps[0].apps[0].tokenEndsAt, now.now)
      const entry = yield* json(`/_simulator/api/journal/${now.journal.at(-1).id}`)
      assert.include(entry.body, "看得见")
      const all = JSON.stringify([now, entry])
      assert.notInclude(all, String(defaultCorp.apps[0]?.secret))
      assert.notInclude(all, secrets.encodingAesKey)
      assert.notInclude(all, secrets.token)
    }))

  it.effect("lets a member write and press", () =>
    Effect.gen(function*() {
      const said = yield* json("/_simulator/api/act", { act: "text", content: "我来了", ...me })
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
      const pressed = yield* json("/_simulator/api/act", { act: "press", key: "yes", card: msgid, selected: {}, ...me })
      assert.include(pressed.text, "template_card_event")
      const refused = yield* json("/_simulator/api/act", { act: "press", key: "no", card: msgid, selected: {}, ...me })
      assert.match(refused.problem, /no card .* with a button no/)
      const { talk } = yield* json("/_simulator/api/now?userid=zhangsan")
      assert.deepInclude(talk.at(-1), { side: "member", key: "event/template_card_event", outcome: "acknowledged" })
    }))

  it.effect("ends tokens, injects faults and clears them, and checks what it is asked", () =>
    Effect.gen(function*() {
      yield* send({ msgtype: "text", text: { content: "x" } })
      assert.deepStrictEqual(
        yield* json("/_simulator/api/control", { control: "expireTokens", agentId: 1000002 }),
        { ended: 1 }
      )
      yield* json("/_simulator/api/control", { control: "inject", fault: "stall", value: 3, times: 2 })
      assert.deepStrictEqual((yield* json("/_simulator/api/now")).faults, [{ id: 1, fault: "stall 3s", times: 2 }])
      yield* json("/_simulator/api/control", { control: "clearFaults" })
      assert.deepStrictEqual((yield* json("/_simulator/api/now")).faults, [])
      assert.match((yield* json("/_simulator/api/control", { control: "verifyUrl" })).problem, /echostr/)
      assert.strictEqual((yield* fetched("/_simulator/api/control", { control: "dance" })).status, 400)
    }))

  it.effect("shows files as they are, and never as pages", () =>
    Effect.gen(function*() {
      const bytes = Buffer.from("<script>alert(1)</script>").toString("base64")
      yield* json("/_simulator/api/act", { act: "image", filename: "a.html", contentType: "text/html", bytes, ...me })
      const { talk } = yield* json("/_simulator/api/now?userid=zhangsan")
      const shown = yield* fetched(`/_simulator/media/${talk.at(-1).content.MediaId}`)
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
