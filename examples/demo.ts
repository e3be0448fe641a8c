/**
 * `npm run demo`: a backend and WeCom in conversation, two HTTP servers on this machine. With `WECOM_CORP_ID`,
 * `WECOM_CORP_SECRET`, `WECOM_AGENT_ID` and `WECOM_TO_USER` in the environment, the backend talks to the real one.
 */
import { NodeHttpClient, NodeHttpServer, NodeRuntime } from "@effect/platform-node"
import { Config, Console, Deferred, Effect, Layer, Option, Redacted } from "effect"
import { type SecretApp, TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { Simulator } from "effect-wecom/simulator"
import { HttpRouter, HttpServer } from "effect/http"
import { createServer } from "node:http"
import { callbacks, greet, roundTripImage, services } from "./demo/backend.ts"
import { expect, pixel, say } from "./demo/transcript.ts"

const member = "zhangsan"
const taskId = "purchase-1"

/** A server on a port of this machine, a free one for 0, and its URL. */
const listen = (port: number, host = "127.0.0.1") =>
  Effect.map(NodeHttpServer.make(createServer, { port, host }), (server) => ({
    server: Layer.succeed(HttpServer.HttpServer, server),
    url: HttpServer.formatAddress(server.address)
  }))

/** Serves routes until the scope ends. */
const serve = <E, R>(
  routes: Layer.Layer<never, E, R>,
  server: Layer.Layer<HttpServer.HttpServer>
) =>
  Layer.build(
    HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true }).pipe(Layer.provide(server))
  )

const clientOf = (app: WeComApp) =>
  services.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(NodeHttpClient.layerUndici)
  )

/** Both sides on this machine. */
const simulated = Effect.gen(function*() {
  const wecom = yield* listen(0)
  const backend = yield* listen(0)
  const callback = {
    url: `${backend.url}/wecom/callback`,
    token: Redacted.make("demoCallbackToken"),
    encodingAesKey: Redacted.make("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
  }
  const corpId = "ww0demo"
  const secret = Redacted.make("demo-secret")
  const simulator = yield* Layer.build(
    Simulator.layerCallbacks.pipe(
      Layer.provideMerge(
        Simulator.layer({
          corps: [{
            corpId,
            apps: [{ agentId: 1000002, secret, callback }],
            members: [{ userid: member, name: "张三" }]
          }]
        })
      ),
      Layer.provide([NodeCallbackCrypto.layer, NodeHttpClient.layerUndici])
    )
  )
  const decided = yield* Deferred.make<string>()
  yield* serve(Simulator.layerRoutes, wecom.server).pipe(Effect.provideContext(simulator))
  yield* serve(
    callbacks({ path: "/wecom/callback", accounts: { ...callback, receiveIds: [corpId] } }, decided).pipe(
      Layer.provide(NodeCallbackCrypto.layer)
    ),
    backend.server
  )
  yield* say("demo", `WeCom is simulated at ${wecom.url}, the backend listens at ${backend.url}`)

  yield* Effect.gen(function*() {
    const { calls, expireTokens, member: memberOf, verifyUrl } = yield* Simulator
    yield* verifyUrl()
    yield* say("wecom", "has checked the callback URL")

    yield* greet(member, taskId)
    const zhangsan = yield* memberOf(member)
    const received = yield* zhangsan.inbox
    yield* expect(received.length === 2, "the text and the card arrive")

    yield* say("zhangsan", "reads both, and writes 「谢谢」")
    const texted = yield* zhangsan.sendText("谢谢")
    yield* expect(texted.reply?.MsgType === "text", "a passive reply comes back")
    const answer = (yield* zhangsan.inbox).at(-1)
    yield* expect(JSON.stringify(answer).includes("收到：谢谢"), "the reply is in the inbox")
    yield* say("zhangsan", "reads the reply 「收到：谢谢」")

    const expired = yield* expireTokens()
    yield* expect(expired === 1, "one token had been given out")
    yield* say("wecom", "ends the backend's token")

    yield* say("zhangsan", "presses 批准")
    const pressed = yield* zhangsan.press("approve")
    yield* expect(pressed.reply?.MsgType === "update_button", "the card is to be changed")
    yield* expect((yield* Deferred.await(decided)) === "approve", "the backend knows the decision")
    const card = (yield* zhangsan.inbox).find(({ msgtype }) => msgtype === "template_card")
    yield* expect(JSON.stringify(card).includes("已批准"), "the button has changed")
    yield* say("zhangsan", "sees the card with the button 已批准")

    const bytes = yield* roundTripImage(pixel)
    yield* expect(Buffer.compare(bytes, pixel) === 0, "the image comes back byte for byte")
    yield* expect((yield* calls("/cgi-bin/gettoken")).length === 2, "the token was fetched twice in all")
    yield* say("backend", "fetched a new token by itself when the first one had ended: two gettoken calls in all")
  }).pipe(
    Effect.provide(clientOf(WeComApp.secret({ corpId, secret, agentId: 1000002, baseUrl: wecom.url }))),
    Effect.provideContext(simulator)
  )
})

/** The same backend with a real app: callbacks only where their token and key are given, and the URL reaches here. */
const real = (app: SecretApp) =>
  Effect.gen(function*() {
    const to = yield* Config.NonEmptyString("WECOM_TO_USER")
    const port = yield* Config.Port("PORT").pipe(Config.withDefault(8080))
    const account = yield* Config.option(Config.all({
      token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
      encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY")
    }))
    const decided = yield* Deferred.make<string>()
    if (Option.isSome(account)) {
      const backend = yield* listen(port, "0.0.0.0")
      yield* serve(
        callbacks({ path: "/wecom/callback", accounts: { ...account.value, receiveIds: [app.corpId] } }, decided).pipe(
          Layer.provide(NodeCallbackCrypto.layer)
        ),
        backend.server
      )
      yield* say("demo", `the backend listens at ${backend.url}/wecom/callback`)
    }
    yield* Effect.gen(function*() {
      yield* greet(to, `purchase-${yield* Effect.clockWith((clock) => clock.currentTimeMillis)}`)
      const bytes = yield* roundTripImage(pixel)
      yield* expect(Buffer.compare(bytes, pixel) === 0, "the image comes back byte for byte")
      if (Option.isSome(account)) {
        yield* say("demo", `write to the app or press a button in WeCom; waits for ten minutes`)
        const decision = yield* Effect.timeoutOption(Deferred.await(decided), "10 minutes")
        yield* say("demo", Option.match(decision, { onNone: () => "nobody did", onSome: (key) => `pressed: ${key}` }))
      }
    }).pipe(Effect.provide(clientOf(app)))
  })

const program = Effect.gen(function*() {
  const app = yield* Config.option(WeComApp.config)
  yield* Option.match(app, { onNone: () => simulated, onSome: real })
  yield* Console.log("\nEverything was as it should be.")
}).pipe(Effect.scoped)

NodeRuntime.runMain(program)
