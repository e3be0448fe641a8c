/**
 * A process of a fleet that holds or stands by for a bot, with its lease on Redis and its messages in an inbox there: it
 * writes a line when its state changes and when it begins to work, and answers texts with its name, slow ones after a
 * while.
 */
import { NodeRedis, NodeRuntime, NodeSocket } from "@effect/platform-node"
import { Effect, Layer, Logger, Redacted, Schedule, Stream } from "effect"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import * as RedisSmartRobotLease from "../../src/robot/RedisSmartRobotLease.ts"
import * as SmartRobotMessage from "../../src/robot/SmartRobotMessage.ts"
import { SmartRobotSocket } from "../../src/robot/SmartRobotSocket.ts"

const [name = "", url = "", redis = "", botId = "", secret = ""] = process.argv.slice(2)

const states = Layer.effectDiscard(Effect.gen(function*() {
  const socket = yield* SmartRobotSocket
  yield* Effect.forkScoped(Stream.runForEach(socket.changes, (state) =>
    Effect.sync(() => {
      process.stdout.write(`${JSON.stringify({ state: state._tag, epoch: "epoch" in state ? state.epoch : 0 })}\n`)
    })))
}))

const bot = SmartRobotSocket.layerStoredHandlers({
  handlers: {
    "bot:text": (event) => {
      const { content } = event.text
      process.stdout.write(`${JSON.stringify({ work: content })}\n`)
      return Effect.as(
        Effect.sleep(content.startsWith("慢") ? "1 second" : 0),
        SmartRobotMessage.markdown(`${name}: ${content}`)
      )
    }
  },
  fallback: () => Effect.void
})

NodeRuntime.runMain(
  Layer.launch(
    Layer.merge(bot, states).pipe(
      Layer.provide(
        SmartRobotSocket.layer({
          botId,
          secret: Redacted.make(secret),
          url,
          reconnect: Schedule.spaced("200 millis")
        })
      ),
      Layer.provide([
        RedisSmartRobotLease.layer(),
        CallbackInbox.layerRedis({ orderBy: SmartRobotSocket.orderBy, takeover: "2 seconds" }),
        NodeSocket.layerWebSocketConstructor
      ]),
      Layer.provide(NodeRedis.layer({ url: redis }))
    )
  ).pipe(Effect.provide(Logger.layer([])))
)
