/**
 * A process that works on the inbox of a Redis: it writes a line when it starts on an event, and takes a moment for it.
 */
import { NodeRedis, NodeRuntime } from "@effect/platform-node"
import { Effect, Layer, Logger } from "effect"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"

const worker = CallbackInbox.layerWorker({
  handlers: {
    text: (event) =>
      Effect.andThen(
        Effect.sync(() => {
          process.stdout.write(`${JSON.stringify({ id: event.MsgId, from: event.FromUserName })}\n`)
        }),
        Effect.sleep("1 millis")
      )
  },
  fallback: () => Effect.void
})

NodeRuntime.runMain(
  Layer.launch(worker.pipe(
    Layer.provide(CallbackInbox.layerRedis({ takeover: "5 seconds" })),
    Layer.provide(NodeRedis.layer({ url: process.argv[2] ?? "" }))
  )).pipe(Effect.provide(Logger.layer([])))
)
