import { NodeHttpClient, NodeHttpServer, NodeRedis, NodeRuntime } from "@effect/platform-node"
import { Config, Effect, Layer, type Redacted, Schedule } from "effect"
import { type SuiteApp, TokenCache, WeComClient } from "effect-wecom"
import { CallbackRouter } from "effect-wecom/callback"
import { Departments } from "effect-wecom/contacts"
import { Message, Messages } from "effect-wecom/messages"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { AppDirectory, InstalledApps, RedisPermanentCodes, RedisSuiteTickets, SuiteTickets } from "effect-wecom/tenants"
import { SuiteAuthorisation } from "effect-wecom/third-party"
import { RedisTokenStore } from "effect-wecom/token"
import { HttpRouter } from "effect/http"
import { createServer } from "node:http"

/** Keeps what a corp's installation gave: from now on calls can run as that corp. */
const install = Effect.fn("install")(function*(suite: SuiteApp, auth_code: Redacted.Redacted) {
  const authorisation = yield* SuiteAuthorisation
  const apps = yield* AppDirectory
  const { auth_corp_info, permanent_code: code } = yield* authorisation.getPermanentCode({ auth_code })
  if (auth_corp_info === undefined) return yield* Effect.die("WeCom did not say which corp has installed the suite")
  const { corpid } = auth_corp_info
  // The auth_code serves only once: what it gave must not be lost.
  const keep = (agentId?: number) =>
    apps.put(InstalledApps.installed(suite, corpid, { code, agentId })).pipe(
      Effect.retry({ schedule: Schedule.exponential("100 millis"), times: 5 })
    )
  yield* keep()
  const { agent } = yield* authorisation.getAuthInfo({ auth_corpid: corpid, permanent_code: code })
  yield* keep(agent?.agentid)
  yield* Effect.log(`${corpid} installed ${suite.suiteId}`)
})

// #region callbacks
/** The callback URL of the suite (指令回调). Its answer is due within a second; a handler that takes longer continues. */
export const callbacks = (
  suite: SuiteApp,
  options: Pick<CallbackRouter.Options<never, never, never>, "path" | "accounts">
) =>
  CallbackRouter.layer({
    ...options,
    handlers: {
      "InfoType/suite_ticket": SuiteTickets.receive,
      "InfoType/create_auth": ({ AuthCode }) => install(suite, AuthCode),
      "InfoType/reset_permanent_code": ({ AuthCode }) => install(suite, AuthCode),
      "InfoType/cancel_auth": Effect.fnUntraced(function*({ AuthCorpId, SuiteId }) {
        const apps = yield* AppDirectory
        yield* apps.remove({ corpId: AuthCorpId, suiteId: SuiteId })
      })
    },
    fallback: (event) => Effect.log(`not handled: ${event}`),
    onFailure: "retry"
  })

// #endregion

// #region corp
/** What the suite does in a corp that has installed it: every call runs as that corp, under its own token. */
export const welcome = (corpId: string) =>
  Effect.gen(function*() {
    const departments = yield* Departments
    const messages = yield* Messages
    const { length } = yield* departments.list()
    return yield* messages.send(Message.text(`已开通，共 ${length} 个部门`).to({ users: "@all" }))
  }).pipe(AppDirectory.run(corpId))

// #endregion

/** What the handlers and the program call. The client runs as the suite where nothing else is said. */
export const services = (suite: SuiteApp) =>
  Layer.mergeAll(SuiteAuthorisation.layer, Departments.layer, Messages.layer).pipe(
    Layer.provide(WeComClient.layer(suite)),
    Layer.merge(InstalledApps.layer([suite]))
  )

if (import.meta.main) {
  const config = Config.all({
    suiteId: Config.NonEmptyString("WECOM_SUITE_ID"),
    suiteSecret: Config.Redacted("WECOM_SUITE_SECRET"),
    // The URL is checked in the name of the provider.
    providerCorpId: Config.NonEmptyString("WECOM_PROVIDER_CORP_ID"),
    token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
    encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY")
  })

  const server = Layer.unwrap(Effect.gen(function*() {
    const { encodingAesKey, providerCorpId, suiteId, suiteSecret, token } = yield* config
    const suite = yield* SuiteTickets.suite({ suiteId, suiteSecret })
    const accounts = { token, encodingAesKey, receiveIds: [suiteId, providerCorpId] }
    return HttpRouter.serve(callbacks(suite, { path: "/wecom/suite", accounts })).pipe(
      Layer.provide(services(suite))
    )
  }))
  server.pipe(
    Layer.provide([RedisSuiteTickets.layer(), RedisPermanentCodes.layer(), TokenCache.layer]),
    Layer.provide(RedisTokenStore.layer()),
    Layer.provide(NodeRedis.layerConfig({ url: Config.NonEmptyString("REDIS_URL") })), // appendonly yes
    Layer.provide([NodeCallbackCrypto.layer, NodeHttpClient.layerUndici]),
    Layer.provide(NodeHttpServer.layerConfig(createServer, { port: Config.withDefault(Config.Port("PORT"), 8080) })),
    Layer.launch,
    NodeRuntime.runMain
  )
}
