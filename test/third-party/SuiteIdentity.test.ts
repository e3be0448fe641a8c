import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { TestClock } from "effect/testing"
import * as LoginUrl from "../../src/identity/LoginUrl.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import {
  LegacySuiteMemberVisitor,
  LoginUserType,
  SuiteIdentity,
  SuiteMemberVisitor,
  SuiteOutsideVisitor
} from "../../src/third-party/SuiteIdentity.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { canned, errcode, install, provider, providerId, refusal, simulated, suiteId } from "./support.ts"

const redirect_uri = "https://provider.test/in"

/** The code with which a member of a corp comes back from a login page. */
const codeOf = Effect.fnUntraced(function*(url: string, userid: string, corpId: string, parameter = "code") {
  const { member } = yield* Simulator
  const redirect = yield* (yield* member(userid, { corpId })).authorize(url)
  return redirect.searchParams.get(parameter) ?? assert.fail("no code")
})

describe("SuiteIdentity", () => {
  it.effect("knows the members of all corps by their codes, each of which serves once", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const identity = yield* SuiteIdentity
      const page = yield* LoginUrl.authorization({ suite_id: suiteId, redirect_uri, state: "s1" })
      const first = yield* identity.getVisitor({ code: yield* codeOf(page, "lisi", "ww1") })
      assert.instanceOf(first, SuiteMemberVisitor)
      const code = yield* codeOf(page, "lisi", "ww2")
      const second = yield* identity.getVisitor({ code })
      assert.deepStrictEqual(
        [first, second].map((visitor) => visitor instanceof SuiteMemberVisitor && [visitor.corpid, visitor.userid]),
        [["ww1", "lisi"], ["ww2", "lisi"]]
      )
      assert.notStrictEqual(
        first instanceof SuiteMemberVisitor && first.open_userid,
        second instanceof SuiteMemberVisitor && second.open_userid
      )
      assert.strictEqual(yield* errcode(identity.getVisitor({ code })), 42022)
      const late = yield* codeOf(page, "lisi", "ww1")
      yield* TestClock.adjust("5 minutes")
      assert.strictEqual(yield* errcode(identity.getVisitor({ code: late })), 42003)
      assert.strictEqual(yield* errcode(identity.getVisitor({ code: "invented" })), 40029)
    }).pipe(simulated))

  it.effect("tells what a member agreed to show, of those whom the app may see", () =>
    Effect.gen(function*() {
      yield* install("ww1", { visible: { members: ["lisi"] } })
      const identity = yield* SuiteIdentity
      const scope = LoginUrl.Scope.PrivateInfo
      const page = yield* LoginUrl.authorization({ suite_id: suiteId, redirect_uri, scope })
      const seen = yield* identity.getVisitor({ code: yield* codeOf(page, "lisi", "ww1") })
      const user_ticket = seen instanceof SuiteMemberVisitor ? seen.user_ticket : undefined
      const detail = yield* identity.getDetail({ user_ticket: user_ticket ?? assert.fail("no ticket") })
      assert.deepStrictEqual([detail.corpid, detail.userid, detail.name, detail.gender], ["ww1", "lisi", "lisi", 0])
      const legacy = yield* identity.getDetailLegacy({ user_ticket: user_ticket ?? assert.fail("no ticket") })
      assert.deepStrictEqual({ ...legacy }, { ...detail })
      const unseen = yield* identity.getVisitorLegacy({ code: yield* codeOf(page, "wangwu", "ww1") })
      assert.instanceOf(unseen, LegacySuiteMemberVisitor)
      assert.isUndefined(unseen instanceof LegacySuiteMemberVisitor ? unseen.user_ticket : null)
      assert.strictEqual(yield* errcode(identity.getDetail({ user_ticket: Redacted.make("invented") })), 84015)
    }).pipe(simulated))

  it.effect("knows who logged in to the provider's site, in the newer form and the older one", () =>
    Effect.gen(function*() {
      yield* install("ww1", { by: "ZhangSan" })
      const identity = yield* SuiteIdentity
      const page = yield* LoginUrl.webLogin({ suite_id: suiteId, redirect_uri, state: "s 1" })
      const visitor = yield* identity.getVisitor({ code: yield* codeOf(page, "lisi", "ww1") })
      assert.strictEqual(visitor instanceof SuiteMemberVisitor ? visitor.userid : undefined, "lisi")

      const older = yield* LoginUrl.providerLogin({ corpid: providerId, redirect_uri, usertype: "admin" })
      const auth_code = Redacted.make(yield* codeOf(older, "ZhangSan", "ww1", "auth_code"))
      const info = yield* identity.getLoginInfo({ auth_code }).pipe(WeComApp.use(provider))
      assert.strictEqual(info.usertype, LoginUserType.InternalAdmin)
      assert.deepStrictEqual([info.corp_info.corpid, info.user_info?.userid], ["ww1", "ZhangSan"])
      assert.lengthOf(info.agent, 1)
      assert.strictEqual(yield* errcode(identity.getLoginInfo({ auth_code }).pipe(WeComApp.use(provider))), 42022)
    }).pipe(simulated))

  it.effect("knows who uses the mini program", () =>
    Effect.gen(function*() {
      const identity = yield* SuiteIdentity
      const page = yield* LoginUrl.authorization({ suite_id: suiteId, redirect_uri })
      const session = yield* identity.getSession({ js_code: yield* codeOf(page, "lisi", "ww2") })
      assert.deepStrictEqual([session.corpid, session.userid], ["ww2", "lisi"])
      assert.notInclude(JSON.stringify(session), Redacted.value(session.session_key))
    }).pipe(simulated))

  it.effect("carries the provider's token as access_token where the vendor wants it so", () => {
    const { layer, sent } = canned(({ path }) =>
      path.endsWith("get_login_info") ? { usertype: 5, corp_info: { corpid: "ww1" } } : { openid: "o1" }
    )
    return Effect.gen(function*() {
      const identity = yield* SuiteIdentity
      const info = yield* identity.getLoginInfo({ auth_code: Redacted.make("c") }).pipe(WeComApp.use(provider))
      assert.deepStrictEqual([info.usertype, info.agent], [LoginUserType.Member, []])
      const visitor = yield* identity.getVisitor({ code: "c" })
      assert.instanceOf(visitor, SuiteOutsideVisitor)
      assert.deepStrictEqual(sent().map(({ query }) => Object.fromEntries(query)), [
        { access_token: "P" },
        { code: "c", suite_access_token: "S" }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("reads parents in schools from the older endpoint", () => {
    const { layer } = canned(() => ({
      errcode: 0,
      CorpId: "ww1",
      DeviceId: "d1",
      external_userid: "wm1",
      parents: [{ corpid: "ww1", parent_userid: "p1", external_userid: "wm1" }]
    }))
    return Effect.gen(function*() {
      const visitor = yield* (yield* SuiteIdentity).getVisitorLegacy({ code: "c" })
      if (visitor instanceof LegacySuiteMemberVisitor) return assert.fail("a parent is no member")
      assert.deepStrictEqual(visitor.parents.map(({ parent_userid }) => parent_userid), ["p1"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses an empty code, and one that is too long", () => {
    const { layer, sent } = canned(() => ({}))
    return Effect.gen(function*() {
      const identity = yield* SuiteIdentity
      assert.deepStrictEqual(yield* refusal(identity.getVisitor({ code: "" })), [
        "code: must not be blank"
      ])
      assert.deepStrictEqual(yield* refusal(identity.getVisitor({ code: "c".repeat(513) })), [
        "code: at most 512 bytes of UTF-8 are allowed, got 513"
      ])
      assert.deepStrictEqual(sent(), [])
    }).pipe(Effect.provide(layer))
  })
})
