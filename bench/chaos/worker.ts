/**
 * A worker of a chaos run: `worker.ts STORE URL MILLIS` writes a line when it starts on an event, and one when it ends,
 * after so many milliseconds.
 */
import { NodeRuntime } from "@effect/platform-node"
import { Effect, Layer, Logger, References } from "effect"
import { CallbackInbox } from "effect-wecom/callback"
import { layer, type Store } from "./Inbox.ts"

const [store = "", url = "", millis = "0"] = process.argv.slice(2)

// A pipe is written to synchronously: what was written before a SIGKILL is there.
const line = (at: "start" | "end", id: string) => Effect.sync(() => process.stdout.write(`${at} ${id} ${Date.now()}\n`))

const worker = CallbackInbox.layerWorker({
  handlers: {
    text: ({ MsgId }) =>
      line("start", MsgId).pipe(
        Effect.andThen(millis === "0" ? Effect.void : Effect.sleep(Number(millis))),
        Effect.andThen(line("end", MsgId))
      )
  },
  fallback: () => Effect.void
})

NodeRuntime.runMain(
  Layer.launch(Layer.provide(worker, layer(store as Store, url))).pipe( // as `run.ts` starts it
    Effect.provide(Logger.layer([Logger.withConsoleError(Logger.formatLogFmt)])),
    Effect.provideService(References.MinimumLogLevel, "Warn")
  )
)
