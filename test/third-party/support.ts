/**
 * What tests of third-party apps share: a provider with a suite and a template on a simulated WeCom, and what its
 * refusals say.
 */
import { assert } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { Departments } from "../../src/contacts/Departments.ts"
import { Users } from "../../src/contacts/Users.ts"
import { IdConversion } from "../../src/identity/IdConversion.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import type * as Suites from "../../src/simulator/areas/third-party/Suites.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { AppDirectory } from "../../src/tenants/AppDirectory.ts"
import * as InstalledApps from "../../src/tenants/InstalledApps.ts"
import { PermanentCodes } from "../../src/tenants/PermanentCodes.ts"
import { SuiteTickets } from "../../src/tenants/SuiteTickets.ts"
import { ContactIdTranslation } from "../../src/third-party/ContactIdTranslation.ts"
import { CorpRegistration } from "../../src/third-party/CorpRegistration.ts"
import { MemberAuthorisation } from "../../src/third-party/MemberAuthorisation.ts"
import { SuiteAuthorisation } from "../../src/third-party/SuiteAuthorisation.ts"
import { SuiteIdentity } from "../../src/third-party/SuiteIdentity.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

export const suiteId = "ww-suite"
export const templateId = "dk-template"
export const providerId = "ww-provider"

const callback = (name: string) => ({
  url: `http://provider.test/${name}`,
  token: Redacted.make(`${name}CallbackToken`),
  encodingAesKey: Redacted.make("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
})

export const provider = WeComApp.provider({ corpId: providerId, providerSecret: Redacted.make("provider-secret") })

/** The provider's suites, their tickets from `SuiteTickets`. */
export const suites = Effect.all({
  suite: SuiteTickets.suite({ suiteId, suiteSecret: Redacted.make("suite-secret") }),
  template: SuiteTickets.suite({ suiteId: templateId, suiteSecret: Redacted.make("template-secret") })
})

export const services = Layer.mergeAll(
  SuiteAuthorisation.layer,
  SuiteIdentity.layer,
  MemberAuthorisation.layer,
  CorpRegistration.layer,
  ContactIdTranslation.layer,
  IdConversion.layer,
  Departments.layer,
  Users.layer
)

const layerSimulator = Simulator.layer({
  corps: [
    {
      corpId: "ww1",
      name: "甲",
      apps: [{ agentId: 5, secret: "own-secret" }],
      departments: [{ id: 2, name: "研发部" }],
      members: [
        { userid: "ZhangSan", name: "张三", alias: "小张", english_name: "Sam", department: [2] },
        { userid: "lisi", name: "李四", department: [1] },
        { userid: "wangwu", name: "王五", department: [2] }
      ]
    },
    { corpId: "ww2", name: "乙", apps: [], members: [{ userid: "lisi", name: "李四四" }] }
  ],
  suites: [
    { suiteId, secret: "suite-secret", callback: callback("suite") },
    { suiteId: templateId, secret: "template-secret", callback: callback("template") }
  ],
  provider: { corpId: providerId, secret: "provider-secret", callback: callback("provider"), packages: ["tpl-1"] }
})

/** The services on a simulator of their own, as the suite, whose newest ticket is there. */
export const simulated = Effect.provide(
  Layer.unwrap(Effect.gen(function*() {
    const simulator = yield* Simulator
    const tickets = yield* SuiteTickets
    const { suite, template } = yield* suites
    for (const { suiteId } of [suite, template]) {
      // No callback is let out here: the ticket is made all the same.
      yield* Effect.ignore(simulator.issueSuiteTicket(suiteId))
      const ticket = simulator.world.suites.get(suiteId)?.tickets.at(-1)?.value ?? assert.fail("no ticket")
      yield* tickets.put({ suiteId, ticket: Redacted.make(ticket), pushedAt: 0 })
    }
    return services.pipe(
      Layer.provideMerge(WeComClient.layer(suite)),
      Layer.provideMerge(InstalledApps.layer([suite, template]))
    )
  })).pipe(
    Layer.provideMerge(Layer.mergeAll(TokenCache.layerMemory, SuiteTickets.layerMemory, PermanentCodes.layerMemory)),
    Layer.provideMerge(Simulator.layerHttpClient),
    Layer.provideMerge(layerSimulator),
    Layer.provideMerge(NodeCallbackCrypto.layer)
  )
)

/** A corp installs a suite by the link of the provider's page, and the provider keeps what it is given. */
export const install = Effect.fnUntraced(
  function*(corpId: string, options: Suites.InstallOptions & { readonly template?: boolean } = {}) {
    const { suite, template } = yield* suites
    const chosen = options.template === true ? template : suite
    const authorisation = yield* SuiteAuthorisation
    const apps = yield* AppDirectory
    const simulator = yield* Simulator
    return yield* Effect.gen(function*() {
      const { pre_auth_code } = yield* authorisation.getPreAuthCode()
      const page = `https://open.work.weixin.qq.com/3rdapp/install?suite_id=${chosen.suiteId}&pre_auth_code=${
        Redacted.value(pre_auth_code)
      }&redirect_uri=${encodeURIComponent("https://provider.test/installed")}&state=s1`
      const redirect = yield* (yield* simulator.suite(chosen.suiteId)).open(page, corpId, options)
      const auth_code = Redacted.make(redirect.searchParams.get("auth_code") ?? "")
      const installation = yield* authorisation.getPermanentCode({ auth_code })
      const { permanent_code } = installation
      const info = yield* authorisation.getAuthInfo({ auth_corpid: corpId, permanent_code })
      yield* apps.put(
        InstalledApps.installed(chosen, corpId, { code: permanent_code, agentId: info.agent?.agentid })
      )
      return { installation, info, redirect }
    }).pipe(WeComApp.use(chosen))
  }
)

/** The services on canned answers; `sent` are the calls so far but for those of tokens. */
export const canned = (answer: Answer) => {
  const client = cannedClient((call) => {
    const name = call.path.split("/").at(-1)
    const token = { access_token: "A", suite_access_token: "S", provider_access_token: "P", expires_in: 7200 }
    return /^(gettoken|get_suite_token|get_corp_token|get_provider_token)$/.test(name ?? "") ? token : answer(call)
  })
  const suite = WeComApp.suite({
    suiteId,
    suiteSecret: Redacted.make("suite-secret"),
    suiteTicket: Effect.succeed(Redacted.make("ticket"))
  })
  const layer = services.pipe(
    Layer.provideMerge(WeComClient.layer(suite)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provideMerge(client.layer)
  )
  const app = WeComApp.authorised(suite, { corpId: "ww1", permanentCode: Redacted.make("code"), agentId: 7 })
  return { layer, app, sent: () => client.calls.filter(({ path }) => !path.includes("token")) }
}

/** The issues with which an input is refused. */
export const refusal = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<ReadonlyArray<string>, A, R> =>
  Effect.map(Effect.flip(call), ({ reason }) => {
    if (reason._tag !== "RequestInvalid") return assert.fail(`expected a refusal, got ${reason._tag}`)
    return reason.issues.map(({ field, message }) => `${field}: ${message}`)
  })

/** The errcode with which a call fails. */
export const errcode = <A, R>(call: Effect.Effect<A, WeComError, R>): Effect.Effect<number | undefined, A, R> =>
  Effect.map(Effect.flip(call), (error) => error.errcode)
