import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { inspect } from "node:util"
import { Departments } from "../../src/contacts/Departments.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { AppDirectory } from "../../src/tenants/AppDirectory.ts"
import { AuthMode, AuthorisedCorp, PrivilegeLevel } from "../../src/third-party/AuthorisedCorp.ts"
import { AdminAuthType, SuiteAuthorisation } from "../../src/third-party/SuiteAuthorisation.ts"
import { type SuiteApp, WeComApp } from "../../src/WeComApp.ts"
import { canned, errcode, install, provider, refusal, simulated, suiteId, suites, templateId } from "./support.ts"

describe("SuiteAuthorisation", () => {
  it.effect("leads from the link of the provider's page to calls as the corp", () =>
    Effect.gen(function*() {
      const { info, installation, redirect } = yield* install("ww1", { by: "lisi" })
      assert.strictEqual(redirect.origin + redirect.pathname, "https://provider.test/installed")
      assert.strictEqual(redirect.searchParams.get("expires_in"), "600")
      assert.strictEqual(redirect.searchParams.get("state"), "s1")
      assert.deepStrictEqual(
        [
          installation.auth_corp_info?.corpid,
          installation.auth_corp_info?.corp_name,
          installation.auth_user_info?.userid
        ],
        ["ww1", "甲", "lisi"]
      )
      assert.match(installation.auth_user_info?.open_userid ?? "", /^wo/)
      assert.strictEqual(installation.state, "s1")
      assert.strictEqual(info.agent?.auth_mode, AuthMode.Admin)
      assert.strictEqual(info.agent?.privilege?.level, PrivilegeLevel.BasicReadOnly)
      const departments = yield* Departments
      const own = yield* departments.list().pipe(AppDirectory.run("ww1"))
      assert.deepStrictEqual(own.map(({ name }) => name), ["甲", "研发部"])
    }).pipe(simulated))

  it.effect("spends an auth_code once, within 10 minutes", () =>
    Effect.gen(function*() {
      const { redirect } = yield* install("ww1")
      const authorisation = yield* SuiteAuthorisation
      const auth_code = Redacted.make(redirect.searchParams.get("auth_code") ?? "")
      assert.strictEqual(yield* errcode(authorisation.getPermanentCode({ auth_code })), 40078)
      assert.strictEqual(yield* errcode(authorisation.getPermanentCodeLegacy({ auth_code })), 40078)
    }).pipe(simulated))

  it.effect("keeps the code, which is told once, whatever is left out beside it", () => {
    const { layer } = canned(() => ({
      permanent_code: "P",
      auth_corp_info: { corpid: "ww1", verified_end_time: "", corp_ex_name: {} },
      auth_user_info: {},
      register_code_info: {},
      dealer_corp_info: {},
      auth_info: { agent: null },
      edition_info: { agent: [{ agentid: 7 }] }
    }))
    return Effect.gen(function*() {
      const authorisation = yield* SuiteAuthorisation
      const auth_code = Redacted.make("A")
      for (const exchange of [authorisation.getPermanentCode, authorisation.getPermanentCodeLegacy]) {
        const { auth_corp_info, permanent_code } = yield* exchange({ auth_code })
        assert.deepStrictEqual([auth_corp_info?.corpid, Redacted.value(permanent_code)], ["ww1", "P"])
      }
    }).pipe(Effect.provide(layer))
  })

  it.effect("tells the corp's first token and what the suite may do in the older form, but no token of a template", () =>
    Effect.gen(function*() {
      const authorisation = yield* SuiteAuthorisation
      const simulator = yield* Simulator
      const { suite, template } = yield* suites
      const exchange = Effect.fnUntraced(function*(which: SuiteApp) {
        const console = yield* simulator.suite(which.suiteId)
        const { pre_auth_code } = yield* authorisation.getPreAuthCode()
        yield* authorisation.setSessionInfo({ pre_auth_code, session_info: { auth_type: 1 } })
        const url = `https://open.work.weixin.qq.com/3rdapp/install?suite_id=${which.suiteId}&pre_auth_code=${
          Redacted.value(pre_auth_code)
        }&redirect_uri=https%3A%2F%2Fx.test`
        const { searchParams } = yield* console.open(url, "ww1")
        const auth_code = Redacted.make(searchParams.get("auth_code") ?? "")
        return yield* authorisation.getPermanentCodeLegacy({ auth_code })
      }, (effect, which) => WeComApp.use(which)(effect))
      const installed = yield* exchange(suite)
      assert.isDefined(installed.access_token)
      assert.strictEqual(installed.expires_in, 7200)
      assert.strictEqual(installed.auth_info?.agent[0]?.is_customized_app, false)
      const developed = yield* exchange(template)
      assert.isUndefined(developed.access_token)
      assert.strictEqual(developed.auth_info?.agent[0]?.is_customized_app, true)
    }).pipe(simulated))

  it.effect("runs an app that was developed for a corp with its permanent code as the secret", () =>
    Effect.gen(function*() {
      yield* install("ww1", { template: true })
      const app = yield* (yield* AppDirectory).get({ corpId: "ww1" })
      assert.strictEqual(app._tag, "Template")
      const departments = yield* Departments
      assert.lengthOf(yield* departments.list().pipe(AppDirectory.run("ww1")), 2)
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("GET /cgi-bin/gettoken"), 1)
      assert.lengthOf(yield* calls("POST /cgi-bin/service/get_corp_token"), 0)
    }).pipe(simulated))

  it.effect("tells what changed, and that nothing is left once the suite is removed", () =>
    Effect.gen(function*() {
      const { installation } = yield* install("ww1", { by: "lisi" })
      const authorisation = yield* SuiteAuthorisation
      const simulator = yield* Simulator
      const { change, uninstall } = yield* simulator.suite(suiteId)
      const asked = { auth_corpid: "ww1", permanent_code: installation.permanent_code }
      // Nobody listens here: the act takes place all the same.
      yield* Effect.ignore(change("ww1", { members: ["lisi"], departments: [2] }))
      const { agent } = yield* authorisation.getAuthInfoLegacy(asked)
      assert.deepStrictEqual(agent?.privilege?.allow_user, ["lisi"])
      assert.deepStrictEqual(agent?.privilege?.allow_party, [2])
      const admins = yield* authorisation.listAdmins({ auth_corpid: "ww1", agentid: agent?.agentid })
      assert.deepStrictEqual(admins.map(({ auth_type, userid }) => [userid, auth_type]), [[
        "lisi",
        AdminAuthType.Manage
      ]])
      yield* Effect.ignore(uninstall("ww1"))
      assert.strictEqual(yield* errcode(authorisation.getAuthInfo(asked)), 40084)
      const departments = yield* Departments
      assert.strictEqual(yield* errcode(departments.list().pipe(AppDirectory.run("ww1"))), 40084)
    }).pipe(simulated))

  it.effect("lets a link serve for 20 minutes", () =>
    Effect.gen(function*() {
      const authorisation = yield* SuiteAuthorisation
      const { expires_in, pre_auth_code } = yield* authorisation.getPreAuthCode()
      assert.strictEqual(expires_in, 1200)
      yield* TestClock.adjust("20 minutes")
      assert.strictEqual(yield* errcode(authorisation.setSessionInfo({ pre_auth_code, session_info: {} })), 42007)
    }).pipe(simulated))

  it.effect("makes codes to scan: of a suite as the suite, of templates as the provider", () =>
    Effect.gen(function*() {
      const authorisation = yield* SuiteAuthorisation
      const qrcode = yield* authorisation.getQrcodeUrl({ suite_id: suiteId, state: "shop1" })
      assert.match(qrcode, /suite_id=ww-suite&state=shop1/)
      const create = (templateid_list: ReadonlyArray<string>) =>
        authorisation.createTemplateUrl({ state: "shop1", templateid_list }).pipe(WeComApp.use(provider))
      const { expires_in, qrcode_url } = yield* create([templateId])
      assert.strictEqual(expires_in, 864_000)
      assert.include(qrcode_url, templateId)
      assert.strictEqual(yield* errcode(create([suiteId])), 40083)
    }).pipe(simulated))

  it.effect("asks for the URL of the picture, and fills in the app's agent id", () => {
    const { app, layer, sent } = canned(({ path }) =>
      path.endsWith("qrcode") ? { qrcode: "https://x" } : { admin: null }
    )
    return Effect.gen(function*() {
      const authorisation = yield* SuiteAuthorisation
      yield* authorisation.getQrcodeUrl({ suite_id: suiteId })
      assert.deepStrictEqual(yield* authorisation.listAdmins({ auth_corpid: "ww1" }).pipe(WeComApp.use(app)), [])
      assert.deepStrictEqual(sent().map(({ body, query }) => [query.get("suite_access_token"), body]), [
        ["S", { suite_id: suiteId, result_type: 2 }],
        ["S", { auth_corpid: "ww1", agentid: 7 }]
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses what the document does not allow, before it is sent", () => {
    const { layer, sent } = canned(() => ({}))
    return Effect.gen(function*() {
      const authorisation = yield* SuiteAuthorisation
      const create = (state: string, templateid_list: ReadonlyArray<string>) =>
        refusal(authorisation.createTemplateUrl({ state, templateid_list }).pipe(WeComApp.use(provider)))
      assert.deepStrictEqual(yield* create("a-b", ["dk1"]), ["state: at most 32 letters and digits are allowed"])
      assert.deepStrictEqual(yield* create("a", []), ["templateid_list: at least 1 item is needed"])
      assert.deepStrictEqual(yield* create("a", Array.from({ length: 10 }, () => "dk1")), [
        "templateid_list: at most 9 items are allowed, got 10"
      ])
      assert.deepStrictEqual(
        yield* refusal(authorisation.getQrcodeUrl({ suite_id: suiteId, style: 5 })),
        ["style: expected one of 0, 1, 2, 3, 4"]
      )
      assert.deepStrictEqual(sent(), [])
    }).pipe(Effect.provide(layer))
  })

  it("takes other names of a corp as a list or as one", () => {
    const named = (name_list: string | ReadonlyArray<string> | undefined) =>
      new AuthorisedCorp({ corpid: "ww1", corp_ex_name: name_list === undefined ? undefined : { name_list } })
        .otherNames
    assert.deepStrictEqual([named("a"), named(["a", "b"]), named(undefined)], [["a"], ["a", "b"], []])
  })

  it.effect("prints none of the secrets that it is given, nor those of its failures", () =>
    Effect.gen(function*() {
      const { info, installation } = yield* install("ww1", { by: "lisi" })
      const authorisation = yield* SuiteAuthorisation
      const { pre_auth_code } = yield* authorisation.getPreAuthCode()
      const apps = yield* AppDirectory
      const app = yield* apps.get({ corpId: "ww1" })
      const auth_code = Redacted.make("MarkerAuthCode0123456789")
      const failure = yield* Effect.flip(authorisation.getPermanentCode({ auth_code }))
      const printed = [installation, info, pre_auth_code, app, failure].map((value) =>
        `${inspect(value, { depth: 10 })} ${JSON.stringify(value)} ${String(value)}`
      ).join()
      for (const secret of [installation.permanent_code, pre_auth_code, auth_code]) {
        assert.notInclude(printed, Redacted.value(secret))
      }
      assert.notInclude(printed, "suite-secret")
    }).pipe(simulated))
})
