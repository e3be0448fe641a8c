import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { inspect } from "node:util"
import { UserGender } from "../../src/contacts/UserGender.ts"
import { Users } from "../../src/contacts/Users.ts"
import { UserStatus } from "../../src/contacts/UserStatus.ts"
import { Identity, MemberVisitor, OutsideVisitor } from "../../src/identity/Identity.ts"
import * as LoginUrl from "../../src/identity/LoginUrl.ts"
import { MiniProgramLogin } from "../../src/identity/MiniProgramLogin.ts"
import { SecondVerification } from "../../src/identity/SecondVerification.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { errcode } from "../contacts/support.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

const services = Layer.mergeAll(Identity.layer, SecondVerification.layer, MiniProgramLogin.layer, Users.layer)

const zhangsan = { userid: "zhangsan", department: [2], gender: UserGender.Male, mobile: "13800000001" }

const simulated = Effect.provide(
  Layer.provideMerge(services, Simulator.layerTest({ corps: [{ ...defaultCorp, members: [zhangsan] }] }))
)

const canned = (answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("S"), agentId: 1 })
  const layer = services.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return { layer, calls: client.calls }
}

/** The member opens a page of the app and agrees: the code with which the browser comes back. */
const open = (scope: "snsapi_base" | "snsapi_privateinfo") =>
  Effect.gen(function*() {
    const simulator = yield* Simulator
    const { agentId: agentid, corpId: corpid = "" } = simulator.app()
    const url = yield* LoginUrl.authorization({
      corpid,
      agentid,
      scope,
      redirect_uri: "https://app.example.com/in?from=menu",
      state: "s7"
    })
    const member = yield* simulator.member("zhangsan")
    const { searchParams } = yield* member.authorize(url)
    assert.strictEqual(searchParams.get("state"), "s7")
    assert.strictEqual(searchParams.get("from"), "menu")
    return searchParams.get("code") ?? assert.fail("no code")
  })

describe("a visitor", () => {
  it.effect("is a member, told from the code of the redirect", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const visitor = yield* identity.getVisitor({ code: yield* open("snsapi_base") })
      assert.instanceOf(visitor, MemberVisitor)
      assert.strictEqual("userid" in visitor ? visitor.userid : undefined, "zhangsan")
      const legacy = yield* identity.getVisitorLegacy({ code: yield* open("snsapi_base") })
      assert.strictEqual("UserId" in legacy ? legacy.UserId : undefined, "zhangsan")
    }).pipe(simulated))

  it.effect("shows more where that was agreed to", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const visitor = yield* identity.getVisitor({ code: yield* open("snsapi_privateinfo") })
      if (!("userid" in visitor) || visitor.user_ticket === undefined) return assert.fail("no ticket")
      const { gender, mobile, userid } = yield* identity.getDetail({ user_ticket: visitor.user_ticket })
      assert.deepStrictEqual([userid, gender, mobile], ["zhangsan", UserGender.Male, "13800000001"])
      yield* TestClock.adjust("30 minutes")
      assert.strictEqual(yield* errcode(identity.getDetail({ user_ticket: visitor.user_ticket })), 84014)
      assert.strictEqual(yield* errcode(identity.getDetail({ user_ticket: Redacted.make("none") })), 84015)
    }).pipe(simulated))

  it.effect("brings a code that serves once, for 5 minutes", () =>
    Effect.gen(function*() {
      const identity = yield* Identity
      const code = yield* open("snsapi_base")
      yield* identity.getVisitor({ code })
      assert.strictEqual(yield* errcode(identity.getVisitor({ code })), 42022)
      const late = yield* open("snsapi_base")
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* errcode(identity.getVisitor({ code: late })), 42003)
      assert.strictEqual(yield* errcode(identity.getVisitor({ code: "made-up" })), 40029)
      const refused = yield* Effect.flip(identity.getVisitor({ code: "" }))
      assert.strictEqual(refused.reason._tag, "RequestInvalid")
    }).pipe(simulated))

  it.effect("may be no member", () => {
    const { layer } = canned(() => ({ errcode: 0, openid: "o1", external_userid: "wm1" }))
    return Effect.gen(function*() {
      const visitor = yield* Identity.use((identity) => identity.getVisitor({ code: "C" }))
      assert.instanceOf(visitor, OutsideVisitor)
      assert.isFalse("userid" in visitor)
      assert.deepStrictEqual({ ...visitor }, { openid: "o1", external_userid: "wm1" })
    }).pipe(Effect.provide(layer))
  })

  it.effect("is asked for once: a code that may be spent is not sent again", () => {
    const { calls, layer } = canned(() => new Response("<html>bad gateway</html>", { status: 502 }))
    return Effect.gen(function*() {
      const failure = yield* Effect.flip(Identity.use((identity) => identity.getVisitor({ code: "C" })))
      assert.strictEqual(failure.reason._tag, "ResponseInvalid")
      assert.lengthOf(calls.filter(({ path }) => path === "/cgi-bin/auth/getuserinfo"), 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("has tickets that are printed nowhere", () => {
    const { layer } = canned(() => ({ errcode: 0, userid: "u", user_ticket: "hush1", user_doc_ticket: "hush2" }))
    return Effect.gen(function*() {
      const visitor = yield* Identity.use((identity) => identity.getVisitor({ code: "C" }))
      assert.notInclude(inspect(visitor, { depth: 20 }), "hush")
      assert.notInclude(JSON.stringify(visitor), "hush")
    }).pipe(Effect.provide(layer))
  })
})

describe("second verification", () => {
  it.effect("passes the member who came to the page, once", () =>
    Effect.gen(function*() {
      const verification = yield* SecondVerification
      const { tfa_code, userid } = yield* verification.getInfo({ code: yield* open("snsapi_base") })
      assert.strictEqual(userid, "zhangsan")
      assert.strictEqual(yield* errcode(verification.pass({ userid, tfa_code: Redacted.make("wrong") })), 40207)
      yield* verification.pass({ userid, tfa_code })
      assert.strictEqual(yield* errcode(verification.pass({ userid, tfa_code })), 40207)
    }).pipe(simulated))

  it.effect("lets a member in at the first login", () =>
    Effect.gen(function*() {
      const verification = yield* SecondVerification
      const users = yield* Users
      yield* users.create({ userid: "zhaoliu", name: "赵六", mobile: "13800000004" })
      yield* verification.passLogin({ userid: "zhaoliu" })
      assert.strictEqual((yield* users.get({ userid: "zhaoliu" })).status, UserStatus.Activated)
      assert.strictEqual(yield* errcode(verification.passLogin({ userid: "nobody" })), 60111)
    }).pipe(simulated))
})

describe("a mini program", () => {
  it.effect("learns who uses it, and gets a key that is printed nowhere", () =>
    Effect.gen(function*() {
      const login = yield* MiniProgramLogin
      const session = yield* login.getSession({ js_code: yield* open("snsapi_base") })
      assert.strictEqual(session.corpid, defaultCorp.corpId)
      assert.strictEqual(session.userid, "zhangsan")
      assert.notInclude(inspect(session, { depth: 20 }), Redacted.value(session.session_key))
    }).pipe(simulated))

  it.effect("says what kind of grant it asks for, without being told", () => {
    const { calls, layer } = canned(() => ({ errcode: 0, corpid: "ww1", userid: "u", session_key: "k" }))
    return Effect.gen(function*() {
      yield* MiniProgramLogin.use((login) => login.getSession({ js_code: "C" }))
      const query = calls.at(-1)?.query
      assert.strictEqual(query?.get("js_code"), "C")
      assert.strictEqual(query?.get("grant_type"), "authorization_code")
    }).pipe(Effect.provide(layer))
  })
})
