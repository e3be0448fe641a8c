import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as LoginUrl from "../../src/identity/LoginUrl.ts"
import type { WeComError } from "../../src/WeComError.ts"

/** The fields that are refused, with the reasons. */
const refusal = (url: Effect.Effect<string, WeComError>) =>
  Effect.map(Effect.flip(url), ({ reason }) => {
    if (reason._tag !== "RequestInvalid") return assert.fail(reason._tag)
    return reason.issues.map(({ field, message }) => `${field}: ${message}`)
  })

const redirect_uri = "http://api.3dept.com/cgi-bin/query?action=get"
const corp = { corpid: "wxCorpId", redirect_uri }

describe("the link of a page inside WeCom", () => {
  it.effect("is the one of the document", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* LoginUrl.authorization(corp),
        "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wxCorpId" +
          "&redirect_uri=http%3A%2F%2Fapi.3dept.com%2Fcgi-bin%2Fquery%3Faction%3Dget" +
          "&response_type=code&scope=snsapi_base#wechat_redirect"
      )
      assert.strictEqual(
        yield* LoginUrl.authorization({
          ...corp,
          scope: LoginUrl.Scope.PrivateInfo,
          agentid: 1000002,
          state: "abc123"
        }),
        "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wxCorpId" +
          "&redirect_uri=http%3A%2F%2Fapi.3dept.com%2Fcgi-bin%2Fquery%3Faction%3Dget" +
          "&response_type=code&scope=snsapi_privateinfo&state=abc123&agentid=1000002#wechat_redirect"
      )
    }))

  it.effect("carries the suite id of a third-party app, and no agent id", () =>
    Effect.gen(function*() {
      const url = new URL(
        yield* LoginUrl.authorization({ suite_id: "ww-suite", redirect_uri, scope: LoginUrl.Scope.PrivateInfo })
      )
      assert.strictEqual(url.searchParams.get("appid"), "ww-suite")
      assert.strictEqual(url.searchParams.get("redirect_uri"), redirect_uri)
      assert.strictEqual(url.searchParams.has("agentid"), false)
      assert.strictEqual(url.hash, "#wechat_redirect")
    }))

  it.effect("is refused where it would not work, naming the field", () =>
    Effect.gen(function*() {
      const of = (changes: Partial<LoginUrl.CorpLogin & LoginUrl.Authorization>) =>
        refusal(LoginUrl.authorization({ ...corp, ...changes }))
      assert.deepStrictEqual(yield* of({ state: "a".repeat(129) }), [
        "state: at most 128 letters and digits are allowed"
      ])
      assert.deepStrictEqual(yield* of({ state: "a-b" }), ["state: at most 128 letters and digits are allowed"])
      assert.deepStrictEqual(yield* of({ scope: LoginUrl.Scope.PrivateInfo }), [
        "agentid: snsapi_privateinfo is taken for snsapi_base without an agent id"
      ])
      for (const redirect_uri of ["", "example.com/in", "ftp://example.com", "https://", "javascript:alert(1)"]) {
        assert.deepStrictEqual(yield* of({ redirect_uri }), ["redirect_uri: expected an http or https URL"])
      }
      assert.deepStrictEqual(yield* of({ corpid: "", state: "é" }), [
        "appid: a corp id or suite id is needed",
        "state: at most 128 letters and digits are allowed"
      ])
      // What a program without types may pass.
      assert.deepStrictEqual(yield* refusal(LoginUrl.authorization({ ...corp, scope: "snsapi_all" as never })), [
        "scope: expected one of snsapi_base, snsapi_privateinfo"
      ])
      const { endpoint } = yield* Effect.flip(LoginUrl.authorization({ ...corp, state: "?" }))
      assert.strictEqual(endpoint, "GET https://open.weixin.qq.com/connect/oauth2/authorize")
    }))

  it.effect("takes a state of 128 characters, and an empty one", () =>
    Effect.gen(function*() {
      for (const state of ["", "a".repeat(128)]) {
        const url = new URL(yield* LoginUrl.authorization({ ...corp, state }))
        assert.strictEqual(url.searchParams.get("state"), state)
      }
    }))
})

describe("the link of a page in a browser", () => {
  it.effect("is the one of the document", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* LoginUrl.webLogin({
          corpid: "WWCorpId",
          agentid: 1000000,
          redirect_uri: "http://work.weixin.qq.com",
          state: "WWLogin"
        }),
        "https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=WWCorpId&agentid=1000000" +
          "&redirect_uri=http%3A%2F%2Fwork.weixin.qq.com&state=WWLogin"
      )
    }))

  it.effect("carries the suite id of a third-party app, any state, and the language", () =>
    Effect.gen(function*() {
      const state = "随机 & 一次"
      const url = new URL(yield* LoginUrl.webLogin({ suite_id: "ww-suite", redirect_uri, state, lang: "en" }))
      assert.strictEqual(url.searchParams.get("login_type"), "ServiceApp")
      assert.strictEqual(url.searchParams.get("appid"), "ww-suite")
      assert.strictEqual(url.searchParams.get("state"), state)
      assert.strictEqual(url.searchParams.get("lang"), "en")
      assert.strictEqual(url.hash, "")
    }))

  it.effect("needs the agent id of a corp's app", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* refusal(LoginUrl.webLogin({ corpid: "ww1", agentid: undefined, redirect_uri })),
        ["agentid: an app of a corp needs its agent id"]
      )
    }))
})
