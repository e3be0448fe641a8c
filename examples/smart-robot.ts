/**
 * A 智能机器人 on a long connection: no callback URL, no domain. `WECOM_BOT_ID` and `WECOM_BOT_SECRET` stand in the
 * environment.
 */
import { NodeHttpClient, NodeRuntime, NodeSocket } from "@effect/platform-node"
import { Effect, Layer, Schedule, Stream } from "effect"
import { SmartRobotMedia, SmartRobotReply, SmartRobotStreams } from "effect-wecom/callback"
import { RateLimits } from "effect-wecom/limits"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { SmartRobotLease, SmartRobotMessage, SmartRobotSocket } from "effect-wecom/robot"

// #region handlers
/** What the bot does. The same record serves a bot with a callback URL: `CallbackRouter.layer({ path, accounts, ...bot })`. */
const bot = {
  handlers: {
    "bot:event/enter_chat": () => Effect.succeed(SmartRobotReply.text("您好，发我一句话，我会慢慢念给您听。")),
    "bot:text": (event) =>
      Effect.gen(function*() {
        const { reply } = yield* SmartRobotStreams
        const words = Stream.fromIterable(event.text.content).pipe(Stream.schedule(Schedule.spaced("100 millis")))
        return yield* reply(event, words)
      }),
    "bot:file": (event) =>
      Effect.gen(function*() {
        const { open } = yield* SmartRobotMedia
        const { content, filename } = yield* open(event.file)
        const size = yield* Stream.runFold(content, () => 0, (sum, bytes) => sum + bytes.length)
        return SmartRobotMessage.markdown(`**${filename}** 有 ${size} 字节`)
      })
  },
  fallback: (event) => Effect.logInfo(`not handled: ${event}`)
} satisfies Parameters<typeof SmartRobotSocket.layerHandlers>[0]
// #endregion

// #region connection
/** Who connects, as whom. In a fleet, `RedisSmartRobotLease.layer()` or `SqlSmartRobotLease.layer()` keeps the lease. */
const connection = SmartRobotSocket.layerConfig().pipe(
  RateLimits.keepInMemory(),
  Layer.provide([SmartRobotLease.layerMemory, NodeSocket.layerWebSocketConstructor])
)

SmartRobotSocket.layerHandlers(bot).pipe(
  Layer.provide([SmartRobotSocket.layerStreams, SmartRobotMedia.layerSocket]),
  Layer.provide([connection, NodeCallbackCrypto.layer, NodeHttpClient.layerUndici]),
  Layer.launch,
  NodeRuntime.runMain
)
// #endregion
