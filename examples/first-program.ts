import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Effect, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Message, Messages } from "effect-wecom/messages"

// #region program
const program = Effect.gen(function*() {
  const messages = yield* Messages
  const sent = yield* messages.send(Message.text("上线了").to({ users: ["zhangsan"] }))
  yield* Effect.log(`sent ${sent.msgid}; it did not reach ${sent.unreached.length} recipients`)
})
// #endregion

program.pipe(
  Effect.provide(Messages.layer.pipe(
    Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET, WECOM_AGENT_ID
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(NodeHttpClient.layerUndici)
  )),
  NodeRuntime.runMain
)
