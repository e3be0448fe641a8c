import { NodeHttpClient, NodeHttpServer, NodeRuntime } from "@effect/platform-node"
import { Config, Effect, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { CallbackReply, CallbackRouter } from "effect-wecom/callback"
import { Message, Messages } from "effect-wecom/messages"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { HttpRouter, type HttpServerRequest, HttpServerResponse } from "effect/http"
import { createServer } from "node:http"

/** POST /notify/zhangsan with a text as its body: sends it. */
const notify = HttpRouter.use(Effect.fnUntraced(function*(router) {
  const messages = yield* Messages
  yield* router.add(
    "POST",
    "/notify/:userid",
    Effect.fnUntraced(function*(request: HttpServerRequest.HttpServerRequest) {
      const { userid = "" } = yield* HttpRouter.params
      const content = yield* request.text
      const { msgid } = yield* messages.send(Message.text(content).to({ users: [userid] }))
      return yield* HttpServerResponse.json({ msgid })
    })
  )
}))

const callbacks = Layer.unwrap(Effect.gen(function*() {
  const corpId = yield* Config.NonEmptyString("WECOM_CORP_ID")
  const token = yield* Config.Redacted("WECOM_CALLBACK_TOKEN")
  const encodingAesKey = yield* Config.Redacted("WECOM_CALLBACK_AES_KEY")
  return CallbackRouter.layer({
    path: "/wecom/callback",
    accounts: { token, encodingAesKey, receiveIds: [corpId] },
    handlers: { text: ({ Content }) => Effect.succeed(CallbackReply.text(`收到：${Content}`)) },
    fallback: (event) => Effect.log(`not handled: ${event}`)
  })
}))

const wecom = Messages.layer.pipe(
  Layer.provide(WeComClient.layerConfig()),
  Layer.provide(TokenCache.layerMemory),
  Layer.provide(NodeHttpClient.layerUndici)
)

HttpRouter.serve(Layer.mergeAll(notify, callbacks)).pipe(
  Layer.provide([wecom, NodeCallbackCrypto.layer]),
  Layer.provide(NodeHttpServer.layerConfig(createServer, { port: Config.withDefault(Config.Port("PORT"), 8080) })),
  Layer.launch,
  NodeRuntime.runMain
)
