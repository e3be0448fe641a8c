import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import * as LoginUrl from "../../src/identity/LoginUrl.ts"
import * as InstallUrl from "../../src/third-party/InstallUrl.ts"
import type { WeComError } from "../../src/WeComError.ts"

/** The fields that are refused, with the reasons. */
const refusal = (url: Effect.Effect<string, WeComError>) =>
  Effect.map(Effect.flip(url), ({ reason }) => {
    if (reason._tag !== "RequestInvalid") return assert.fail(reason._tag)
    return reason.issues.map(({ field, message }) => `${field}: ${message}`)
  })

const redirect_uri = "https://example.com/installed?from=site"
const options = { suite_id: "ww-suite", pre_auth_code: Redacted.make("Cx_Dk6=+/"), redirect_uri }

describe("the link of an installation", () => {
  it.effect("is the one of the document, everything encoded once", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* InstallUrl.install({ ...options, state: "abc123" }),
        "https://open.work.weixin.qq.com/3rdapp/install?suite_id=ww-suite&pre_auth_code=Cx_Dk6%3D%2B%2F" +
          "&redirect_uri=https%3A%2F%2Fexample.com%2Finstalled%3Ffrom%3Dsite&state=abc123"
      )
      assert.notInclude(yield* InstallUrl.install(options), "state")
    }))

  it.effect("is refused where it would not work, naming the fields and no code", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* refusal(InstallUrl.install({
          suite_id: "",
          pre_auth_code: Redacted.make(""),
          redirect_uri: "example.com",
          state: "a-b"
        })),
        [
          "suite_id: a suite id is needed",
          "pre_auth_code: a code of getPreAuthCode is needed",
          "redirect_uri: expected an http or https URL",
          "state: at most 128 letters and digits are allowed"
        ]
      )
      const error = yield* Effect.flip(InstallUrl.install({ ...options, state: "a".repeat(129) }))
      assert.strictEqual(error.endpoint, "GET https://open.work.weixin.qq.com/3rdapp/install")
      assert.notInclude(JSON.stringify(error), "Cx_Dk6")
    }))
})

describe("the link of a registration", () => {
  it.effect("is the one of the document", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* InstallUrl.register({ register_code: "pIKi3-yP" }),
        "https://open.work.weixin.qq.com/3rdservice/wework/register?register_code=pIKi3-yP"
      )
      assert.deepStrictEqual(yield* refusal(InstallUrl.register({ register_code: "" })), [
        "register_code: a code of createCode is needed"
      ])
    }))
})

describe("the older link of a provider's login", () => {
  it.effect("carries the provider's corp id and who may log in", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* LoginUrl.providerLogin({ corpid: "ww-provider", redirect_uri, state: "a b", usertype: "member" }),
        "https://open.work.weixin.qq.com/wwopen/sso/3rd_qrConnect?appid=ww-provider" +
          "&redirect_uri=https%3A%2F%2Fexample.com%2Finstalled%3Ffrom%3Dsite&state=a%20b&usertype=member"
      )
      assert.deepStrictEqual(
        yield* refusal(LoginUrl.providerLogin({ corpid: "", redirect_uri, usertype: "guest" as never })),
        ["appid: a corp id or suite id is needed", "usertype: expected admin or member"]
      )
    }))
})
