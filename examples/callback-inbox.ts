import { NodeHttpClient, NodeHttpServer, NodeRedis, NodeRuntime } from "@effect/platform-node"
import { Config, Effect, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { CallbackInbox, CallbackRouter } from "effect-wecom/callback"
import { Message, Messages } from "effect-wecom/messages"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { HttpRouter } from "effect/http"
import { createServer } from "node:http"

// #region inbox
/** The callback URL: every event is stored before it is acknowledged; if that fails, WeCom repeats it. */
export const receiving = (options: Pick<CallbackRouter.Options<never, never, never>, "path" | "accounts">) =>
  Layer.unwrap(Effect.gen(function*() {
    const inbox = yield* CallbackInbox
    return CallbackRouter.layer({ ...options, handlers: {}, fallback: inbox.put, onFailure: "retry" })
  }))

/** The worker, in this process or another: a handler may take minutes, and is called again if it fails. */
export const working = CallbackInbox.layerWorker({
  handlers: {
    text: Effect.fnUntraced(function*(event, { attempt }) {
      const messages = yield* Messages
      yield* Effect.log(`attempt ${attempt} to answer ${event.FromUserName}`)
      // A worker that dies right after sending is handed the event again: WeCom then drops the second message.
      const once = { enable_duplicate_check: true }
      yield* messages.send(Message.text(`已受理：${event.Content}`).to({ users: [event.FromUserName] }, once))
    })
  },
  fallback: (event) => Effect.log(`not handled: ${event}`)
})
// #endregion

// #region replay
/** Delivers the dead letters again, after the fault is repaired. Returns how many. */
export const replayAll = Effect.gen(function*() {
  const inbox = yield* CallbackInbox
  const letters = yield* inbox.deadLetters
  yield* Effect.forEach(letters, ({ id }) => inbox.replay(id), { discard: true })
  return letters.length
})
// #endregion

if (import.meta.main) {
  const account = Config.all({
    token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
    encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY"),
    receiveIds: Config.map(Config.NonEmptyString("WECOM_CORP_ID"), (corpId) => [corpId])
  })
  const routes = Layer.unwrap(Effect.map(account, (accounts) => receiving({ path: "/wecom/callback", accounts })))
  Layer.merge(HttpRouter.serve(routes), working).pipe(
    Layer.provide(CallbackInbox.layerRedis()), // appendonly yes, appendfsync always
    Layer.provide(NodeRedis.layerConfig({ url: Config.NonEmptyString("REDIS_URL") })),
    Layer.provide(Messages.layer),
    Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET, WECOM_AGENT_ID
    Layer.provide([TokenCache.layerMemory, NodeCallbackCrypto.layer]),
    Layer.provide(NodeHttpClient.layerUndici),
    Layer.provide(NodeHttpServer.layerConfig(createServer, { port: Config.withDefault(Config.Port("PORT"), 8080) })),
    Layer.launch,
    NodeRuntime.runMain
  )
}
