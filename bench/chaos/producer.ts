/**
 * What sends the events of a chaos run: `producer.ts STORE URL EVENTS SENDERS PAUSE` puts them into the inbox, one after the other
 * for each sender, again where they are refused, now and then twice, as WeCom does; and writes a line when one is stored.
 */
import { NodeRuntime } from "@effect/platform-node"
import { DateTime, Effect, Logger, Schedule } from "effect"
import { CallbackEvent, CallbackInbox } from "effect-wecom/callback"
import { layer, type Store } from "./Inbox.ts"

const [store = "", url = "", events = "", senders = "", pause = "0"] = process.argv.slice(2)
const each = Number(events) / Number(senders)

const text = (sender: number, number: number) =>
  new CallbackEvent.events.TextMessage({
    ToUserName: "ww1",
    FromUserName: `user-${sender}`,
    CreateTime: DateTime.makeUnsafe(1_700_000_000_000),
    AgentID: 1,
    MsgId: `${sender}:${number}`,
    Content: `message ${number}`
  })

const program = Effect.gen(function*() {
  const inbox = yield* CallbackInbox
  yield* Effect.forEach(
    Array.from({ length: Number(senders) }, (_, sender) => sender),
    (sender) =>
      Effect.gen(function*() {
        for (let number = 0; number < each; number++) {
          yield* inbox.put(text(sender, number)).pipe(
            Effect.tapError(() => Effect.sync(() => process.stdout.write(`refused ${sender}:${number}\n`))),
            Effect.retry(Schedule.spaced("200 millis"))
          )
          process.stdout.write(`stored ${sender}:${number}\n`)
          if (pause !== "0") yield* Effect.sleep(Number(pause))
          if (number % 50 === 7) yield* Effect.ignore(inbox.put(text(sender, number)))
        }
      }),
    { concurrency: "unbounded", discard: true }
  )
})

NodeRuntime.runMain(
  program.pipe(
    Effect.provide(layer(store as Store, url)), // as `run.ts` starts it
    Effect.provide(Logger.layer([Logger.withConsoleError(Logger.formatLogFmt)]))
  )
)
