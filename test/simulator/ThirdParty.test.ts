/**
 * Suites on the simulator, in raw JSON and XML: what a provider is sent, and what the vendor answers.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { HttpClient, HttpClientResponse } from "effect/http"
import { TestClock } from "effect/testing"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { decrypt } from "../callback/sender.ts"
import { get, post } from "./raw.ts"

const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
const target = (name: string) => ({ url: `http://provider.test/${name}`, token: "Token", encodingAesKey })

const fresh = Effect.provide(
  Simulator.layerHttpClient.pipe(
    Layer.provideMerge(Simulator.layer({
      corps: [{ corpId: "ww1", name: "甲", apps: [], members: [{ userid: "lisi", name: "李四" }] }],
      suites: [
        { suiteId: "ww-suite", secret: "suite-secret", callback: target("suite") },
        { suiteId: "dk-template", secret: "template-secret" }
      ],
      provider: { corpId: "ww-provider", secret: "provider-secret", callback: target("provider"), packages: ["tpl"] }
    })),
    Layer.provideMerge(NodeCallbackCrypto.layer)
  )
)

/** A provider that writes down what it is sent, decrypted, and says `success`. */
const listen = Effect.gen(function*() {
  const heard: Array<{ readonly path: string; readonly xml: string }> = []
  const { connect } = yield* Simulator
  yield* connect(HttpClient.make((request, url) =>
    Effect.sync(() => {
      const body = request.body._tag === "Uint8Array" ? new TextDecoder().decode(request.body.body) : ""
      const encrypt = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? ""
      const { message } = decrypt({ token: "Token", encodingAesKey, receiveId: "" }, encrypt)
      heard.push({ path: url.pathname, xml: message })
      return HttpClientResponse.fromWeb(request, new Response("success"))
    })
  ))
  return heard
})

const element = (xml: string, name: string): string =>
  new RegExp(`<${name}>\\s*(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1] ?? ""

const suiteToken = Effect.gen(function*() {
  const { issueSuiteTicket } = yield* Simulator
  const suite_ticket = yield* issueSuiteTicket("ww-suite")
  const answer = yield* post("/cgi-bin/service/get_suite_token", {
    suite_id: "ww-suite",
    suite_secret: "suite-secret",
    suite_ticket
  })
  return answer.suite_access_token as string
})

describe("a suite with a callback", () => {
  it.effect("is pushed a ticket at once, and a new one every 10 minutes", () =>
    Effect.gen(function*() {
      const heard = yield* listen
      yield* TestClock.adjust(0)
      assert.deepStrictEqual(heard.map(({ path, xml }) => [path, element(xml, "InfoType"), element(xml, "SuiteId")]), [
        ["/suite", "suite_ticket", "ww-suite"]
      ])
      yield* TestClock.adjust("30 minutes")
      const tickets = heard.map(({ xml }) => element(xml, "SuiteTicket"))
      assert.lengthOf(new Set(tickets), 4)
      assert.deepStrictEqual(heard.map(({ xml }) => element(xml, "TimeStamp")), ["0", "600", "1200", "1800"])
      const ask = (suite_ticket: string | undefined) =>
        Effect.map(
          post("/cgi-bin/service/get_suite_token", {
            suite_id: "ww-suite",
            suite_secret: "suite-secret",
            suite_ticket
          }),
          ({ errcode }) => errcode
        )
      assert.deepStrictEqual(yield* Effect.all([ask(tickets[0]), ask(tickets[1]), ask(tickets[3])]), [40085, 0, 0])
    }).pipe(Effect.scoped, fresh))

  it.effect("is told when a corp installs it, changes its range, renews its secret and removes it", () =>
    Effect.gen(function*() {
      const heard = yield* listen
      const token = yield* suiteToken
      const { suite } = yield* Simulator
      const { change, install, resetPermanentCode, uninstall } = yield* suite("ww-suite")
      const redeem = (auth_code: string) =>
        post(`/cgi-bin/service/v2/get_permanent_code?suite_access_token=${token}`, { auth_code })
      heard.length = 0

      const { acknowledged, attempts } = yield* install("ww1", { by: "lisi", state: "shop1" })
      assert.deepStrictEqual([acknowledged, attempts.length], [true, 1])
      const created = heard[0]?.xml ?? ""
      assert.deepStrictEqual(["InfoType", "State"].map((name) => element(created, name)), ["create_auth", "shop1"])
      const installed = yield* redeem(element(created, "AuthCode"))
      assert.deepStrictEqual(Object.keys(installed).toSorted(), [
        "auth_corp_info",
        "auth_user_info",
        "errcode",
        "errmsg",
        "permanent_code",
        "state"
      ])
      assert.strictEqual((yield* redeem(element(created, "AuthCode"))).errcode, 40078)
      const corpToken = (permanent_code: unknown) =>
        post(`/cgi-bin/service/get_corp_token?suite_access_token=${token}`, { auth_corpid: "ww1", permanent_code })
      const { access_token } = yield* corpToken(installed.permanent_code)

      yield* change("ww1", { members: ["lisi"] })
      assert.deepStrictEqual(["InfoType", "AuthCorpId"].map((name) => element(heard[1]?.xml ?? "", name)), [
        "change_auth",
        "ww1"
      ])
      yield* resetPermanentCode("ww1")
      const renewed = yield* redeem(element(heard[2]?.xml ?? "", "AuthCode"))
      assert.notStrictEqual(renewed.permanent_code, installed.permanent_code)
      assert.strictEqual((yield* corpToken(installed.permanent_code)).errcode, 40084)
      const after = yield* corpToken(renewed.permanent_code)
      assert.notStrictEqual(after.access_token, access_token)

      yield* uninstall("ww1")
      assert.strictEqual(element(heard[3]?.xml ?? "", "InfoType"), "cancel_auth")
      assert.strictEqual((yield* corpToken(renewed.permanent_code)).errcode, 40084)
      const list = yield* get(`/cgi-bin/department/list?access_token=${after.access_token}`)
      assert.strictEqual(list.errcode, 42001)
      assert.lengthOf(heard, 4)
    }).pipe(Effect.scoped, fresh))

  it.effect("is told again until it answers", () =>
    Effect.gen(function*() {
      const { connect, suite } = yield* Simulator
      yield* connect(HttpClient.make((request) =>
        Effect.succeed(HttpClientResponse.fromWeb(request, new Response("", { status: 503 })))
      ))
      const installing = yield* Effect.forkChild(
        Effect.flatMap(suite("ww-suite"), ({ install }) =>
          install("ww1"))
      )
      yield* TestClock.adjust("20 seconds")
      const { acknowledged, attempts } = yield* Fiber.join(installing)
      assert.deepStrictEqual([acknowledged, attempts.length], [false, 4])
    }).pipe(Effect.scoped, fresh))

  it.effect("cannot be told anything where it has no callback, or does not exist", () =>
    Effect.gen(function*() {
      const { suite } = yield* Simulator
      const template = yield* suite("dk-template")
      assert.match((yield* Effect.flip(template.install("ww1"))).message, /has no callback/)
      assert.match((yield* Effect.flip(template.uninstall("ww1"))).message, /is not installed/)
      assert.match((yield* Effect.flip(template.install("ww7"))).message, /there is no corp/)
      assert.match((yield* Effect.flip(suite("ww-invented"))).message, /there is no suite/)
    }).pipe(fresh))
})

describe("a template of apps for corps", () => {
  it.effect("gives a secret for gettoken, and no token of its own", () =>
    Effect.gen(function*() {
      const { issueSuiteTicket, suite } = yield* Simulator
      const suite_ticket = yield* issueSuiteTicket("dk-template")
      const { suite_access_token: token } = yield* post("/cgi-bin/service/get_suite_token", {
        suite_id: "dk-template",
        suite_secret: "template-secret",
        suite_ticket
      })
      const { pre_auth_code } = yield* get(`/cgi-bin/service/get_pre_auth_code?suite_access_token=${token}`)
      const link =
        `https://open.work.weixin.qq.com/3rdapp/install?suite_id=dk-template&pre_auth_code=${pre_auth_code}` +
        "&redirect_uri=https%3A%2F%2Fprovider.test%2Fin&state="
      const { open } = yield* suite("dk-template")
      const redirect = yield* open(link, "ww1")
      const installed = yield* post(`/cgi-bin/service/get_permanent_code?suite_access_token=${token}`, {
        auth_code: redirect.searchParams.get("auth_code")
      })
      assert.isUndefined(installed.access_token)
      const secret = installed.permanent_code as string
      assert.strictEqual((yield* get(`/cgi-bin/gettoken?corpid=ww1&corpsecret=${secret}`)).errcode, 0)
      const corpToken = yield* post(`/cgi-bin/service/get_corp_token?suite_access_token=${token}`, {
        auth_corpid: "ww1",
        permanent_code: secret
      })
      assert.strictEqual(corpToken.errcode, 48002)
      for (const wrong of [link.replace("3rdapp", "other"), link.replace("dk-template", "ww-suite"), "no url"]) {
        yield* Effect.flip(open(wrong, "ww1"))
      }
      yield* TestClock.adjust("20 minutes")
      assert.match((yield* Effect.flip(open(link, "ww1"))).message, /pre_auth_code/)
    }).pipe(fresh))
})

describe("a provider", () => {
  const ask = (provider_secret: string, corpid = "ww-provider") =>
    post("/cgi-bin/service/get_provider_token", { corpid, provider_secret })

  it.effect("gets its token for its secret", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* ask("wrong")).errcode, 40001)
      assert.strictEqual((yield* ask("provider-secret", "ww1")).errcode, 40013)
      const answer = yield* ask("provider-secret")
      assert.deepStrictEqual([answer.errcode, answer.expires_in], [0, 7200])
      const token = answer.provider_access_token as string
      const login = (parameter: string) =>
        post(`/cgi-bin/service/get_login_info?${parameter}=${token}`, { auth_code: "invented" })
      assert.strictEqual((yield* login("access_token")).errcode, 40029)
      assert.strictEqual((yield* login("provider_access_token")).errcode, 41001)
    }).pipe(fresh))

  it.effect("is told of corps that register", () =>
    Effect.gen(function*() {
      const heard = yield* listen
      yield* TestClock.adjust(0)
      heard.length = 0
      const simulator = yield* Simulator
      const token = (yield* ask("provider-secret")).provider_access_token as string
      const { register_code } = yield* post(`/cgi-bin/service/get_register_code?provider_access_token=${token}`, {
        template_id: "tpl",
        state: "s1"
      })
      const corpId = yield* simulator.registerCorp(register_code as string, { name: "新企业" })
      const [event] = heard
      assert.strictEqual(event?.path, "/provider")
      assert.deepStrictEqual(
        ["InfoType", "ServiceCorpId", "AuthCorpId", "State", "TemplateId", "ExpiresIn"].map((name) =>
          element(event?.xml ?? "", name)
        ),
        ["register_corp", "ww-provider", corpId, "s1", "tpl", "1800"]
      )
      const contact = element(event?.xml ?? "", "AccessToken")
      assert.strictEqual((yield* get(`/cgi-bin/department/list?access_token=${contact}`)).errcode, 0)
      assert.strictEqual((yield* get(`/cgi-bin/sync/contact_sync_success?access_token=${contact}`)).errcode, 0)
      assert.strictEqual((yield* get(`/cgi-bin/sync/contact_sync_success?access_token=${contact}`)).errcode, 42001)
    }).pipe(Effect.scoped, fresh))
})
