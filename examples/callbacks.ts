import { NodeHttpServer, NodeRuntime } from "@effect/platform-node"
import { Config, Effect, Layer } from "effect"
import { CallbackReply, CallbackRouter } from "effect-wecom/callback"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { HttpRouter } from "effect/http"
import { createServer } from "node:http"

const account = Config.all({
  token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
  encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY"),
  corpId: Config.NonEmptyString("WECOM_CORP_ID")
})

const callbacks = Layer.unwrap(Effect.gen(function*() {
  const { corpId, encodingAesKey, token } = yield* account
  return CallbackRouter.layer({
    path: "/wecom/callback",
    accounts: { token, encodingAesKey, receiveIds: [corpId] },
    handlers: {
      // A handler sees exactly its event's type, and may answer with a passive reply.
      "text": (message) => Effect.succeed(CallbackReply.text(`收到：${message.Content}`)),
      "event/enter_agent": (event) => Effect.log(`${event.FromUserName} is here`)
    },
    // Every other event, also those that WeCom adds later.
    fallback: (event) => Effect.log(`not handled: ${event}`)
  })
}))

HttpRouter.serve(callbacks).pipe(
  Layer.provide(NodeCallbackCrypto.layer),
  Layer.provide(NodeHttpServer.layerConfig(createServer, { port: Config.withDefault(Config.Port("PORT"), 8080) })),
  Layer.launch,
  NodeRuntime.runMain
)
