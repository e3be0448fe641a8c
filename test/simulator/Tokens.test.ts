import { assert, describe, it, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, get, post, token } from "./raw.ts"

const fresh = (options?: Parameters<typeof Simulator.layer>[0]) =>
  Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer(options)))

const secret = "simulated-app-secret-0123456789abcdefghijkl"
const corpId = "ww5a1d0e5c0ffee001"

describe("gettoken", () => {
  it.effect("gives a token of 7200 seconds, and the same one again while it lives", () =>
    Effect.gen(function*() {
      const first = yield* get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)
      assert.deepStrictEqual(Object.keys(first), ["errcode", "errmsg", "access_token", "expires_in"])
      assert.strictEqual(first.errcode, 0)
      assert.strictEqual(first.errmsg, "ok")
      assert.strictEqual(first.expires_in, 7200)
      yield* TestClock.adjust("10 minutes")
      const second = yield* get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)
      assert.strictEqual(second.access_token, first.access_token)
      assert.strictEqual(second.expires_in, 6600)
    }).pipe(fresh()))

  it.effect("refuses an unknown corp, a wrong secret and a missing parameter", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* get(`/cgi-bin/gettoken?corpid=nobody&corpsecret=${secret}`)).errcode, 40013)
      assert.strictEqual((yield* get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=wrong`)).errcode, 40001)
      const missing = yield* get(`/cgi-bin/gettoken?corpid=${corpId}`)
      assert.strictEqual(missing.errcode, 41004)
      assert.match(missing.errmsg, /corpsecret/)
    }).pipe(fresh()))

  it.effect("bans the caller for an hour who keeps using wrong secrets", () =>
    Effect.gen(function*() {
      const attempt = (value: string) =>
        Effect.map(get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${value}`), ({ errcode }) => errcode)
      for (let i = 0; i < 10; i++) assert.strictEqual(yield* attempt("wrong"), 40001)
      assert.strictEqual(yield* attempt(secret), 45009)
      yield* TestClock.adjust("1 hour")
      assert.strictEqual(yield* attempt(secret), 0)
    }).pipe(fresh()))

  it.effect("ends a token when its time has come", () =>
    Effect.gen(function*() {
      const value = yield* token
      const list = get(`/cgi-bin/department/list?access_token=${value}`)
      assert.strictEqual((yield* list).errcode, 0)
      yield* TestClock.adjust("7199 seconds")
      assert.strictEqual((yield* list).errcode, 0)
      yield* TestClock.adjust("1 second")
      const ended = yield* list
      assert.strictEqual(ended.errcode, 42001)
      assert.match(
        ended.errmsg,
        /^access_token expired, hint: \[\d+_1_[0-9a-f]{32}\], from ip: 127\.0\.0\.1, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=42001$/
      )
      assert.notStrictEqual(yield* token, value)
    }).pipe(fresh()))

  it.effect("tells a missing token from an unknown one and from one that was ended on purpose", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const value = yield* token
      assert.strictEqual((yield* get("/cgi-bin/department/list")).errcode, 41001)
      assert.strictEqual((yield* get("/cgi-bin/department/list?access_token=invented")).errcode, 40014)
      assert.strictEqual(yield* simulator.expireTokens(), 1)
      assert.strictEqual((yield* get(`/cgi-bin/department/list?access_token=${value}`)).errcode, 42001)
    }).pipe(fresh()))

  it.effect("ends the token before when it rotates them", () =>
    Effect.gen(function*() {
      const first = yield* token
      const second = yield* token
      assert.notStrictEqual(first, second)
      assert.strictEqual((yield* get(`/cgi-bin/department/list?access_token=${first}`)).errcode, 40014)
      assert.strictEqual((yield* get(`/cgi-bin/department/list?access_token=${second}`)).errcode, 0)
    }).pipe(fresh({ rotateTokens: true })))
})

describe("a third-party suite", () => {
  const installed = fresh({
    corps: [{ corpId: "ww1", apps: [], members: [{ userid: "a" }] }],
    suites: [{
      suiteId: "ww-suite",
      secret: "suite-secret",
      installations: [{ corpId: "ww1", permanentCode: "permanent", agentId: 7 }]
    }]
  })

  const ask = (suite_ticket: string) =>
    post("/cgi-bin/service/get_suite_token", { suite_id: "ww-suite", suite_secret: "suite-secret", suite_ticket })

  it.effect("gets its token for a ticket of the last 30 minutes, and a corp's token with that", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      assert.strictEqual((yield* ask("invented")).errcode, 40085)
      const ticket = yield* simulator.issueSuiteTicket("ww-suite")
      yield* TestClock.adjust("29 minutes")
      const suite = yield* ask(ticket)
      assert.strictEqual(suite.errcode, 0)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual((yield* ask(ticket)).errcode, 40085)
      const corpToken = (token: unknown, permanent_code = "permanent") =>
        post(`/cgi-bin/service/get_corp_token?suite_access_token=${token}`, { auth_corpid: "ww1", permanent_code })
      assert.strictEqual((yield* corpToken("invented")).errcode, 40082)
      assert.strictEqual((yield* corpToken(suite.suite_access_token, "wrong")).errcode, 40084)
      const corp = yield* corpToken(suite.suite_access_token)
      assert.strictEqual(corp.errcode, 0)
      const list = (token: unknown) => get(`/cgi-bin/department/list?access_token=${token}`)
      assert.strictEqual((yield* list(corp.access_token)).errcode, 0)
      assert.strictEqual((yield* list(suite.suite_access_token)).errcode, 40014)
      yield* TestClock.adjust("2 hours")
      assert.strictEqual((yield* corpToken(suite.suite_access_token)).errcode, 42009)
    }).pipe(installed))
})

layer(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))("the journal", (it) => {
  it.effect("says whose call it was and what came of it, and holds no secret", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const value = yield* token
      yield* called.get("/cgi-bin/department/list?id=77")
      const [entry] = yield* simulator.calls("GET /cgi-bin/department/list")
      assert.strictEqual(entry?.corpId, corpId)
      assert.strictEqual(entry?.agentId, 1000002)
      assert.strictEqual(entry?.errcode, 60003)
      assert.strictEqual(entry?.status, 200)
      const text = JSON.stringify(yield* simulator.journal)
      assert.notInclude(text, value)
      assert.notInclude(text, secret)
      assert.include(text, "\\\"access_token\\\":\\\"<redacted>\\\"")
    }))
})
