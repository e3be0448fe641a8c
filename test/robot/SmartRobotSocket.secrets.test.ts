/**
 * Nothing that is secret of a bot gets out: its secret, the keys and links of files, and where replies are posted.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Logger, Redacted, References, Tracer } from "effect"
import { Socket } from "effect/socket"
import { inspect } from "node:util"
import { SmartRobotMedia } from "../../src/callback/SmartRobotMedia.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { SmartRobotLease } from "../../src/robot/SmartRobotLease.ts"
import { SmartRobotSocket } from "../../src/robot/SmartRobotSocket.ts"
import * as BotSocket from "../../src/simulator/BotSocket.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { until } from "../support/until.ts"
import * as Bot from "./bot.ts"

/** Everything that is logged, traced or failed with, as text. */
const observing = () => {
  const printed: Array<string> = []
  const print = (value: unknown) => printed.push(inspect(value, { depth: 20, showHidden: true }), `${value}`)
  const spans: Array<Tracer.NativeSpan> = []
  const logger = Logger.make((options) => {
    print(options.message)
    printed.push(Cause.pretty(options.cause))
    print(Object.fromEntries(Object.entries(options.fiber.getRef(References.CurrentLogAnnotations))))
  })
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  return {
    print,
    spans,
    text: () =>
      [
        ...printed,
        ...spans.map((span) => inspect([span.name, span.attributes, span.events, span.status], { depth: 20 }))
      ].join("\n"),
    layer: Layer.mergeAll(
      Logger.layer([logger]),
      Layer.succeed(Tracer.Tracer, tracer),
      Layer.succeed(References.MinimumLogLevel, "All")
    )
  }
}

describe("secrets of a bot", () => {
  it.effect("stay inside, whatever goes well or wrong", () => {
    const observed = observing()
    const secrets: Array<string> = [Bot.secret]
    let downloads = 0
    const layer = SmartRobotSocket.layerHandlers({
      handlers: {
        "bot:file": (event) =>
          Effect.gen(function*() {
            secrets.push(
              event.file.url,
              new URL(event.file.url).search,
              Redacted.value(event.file.aeskey ?? Redacted.make(""))
            )
            secrets.push(Redacted.value(event.response_url ?? Redacted.make("")))
            observed.print(event)
            yield* Effect.logInfo("a file", event)
            const media = yield* SmartRobotMedia
            yield* media.download(event.file)
            // Another key, a link that has ended, and a key that is none.
            for (
              const file of [
                { ...event.file, aeskey: Redacted.make(`${"A".repeat(43)}=`) },
                { ...event.file, url: event.file.url.replace("/media/", "/media/gone") },
                { ...event.file, aeskey: Redacted.make("short") }
              ]
            ) {
              const failed = yield* Effect.exit(media.download(file))
              assert.isTrue(Exit.isFailure(failed))
              observed.print(failed)
              yield* Effect.logError("no file", Exit.isFailure(failed) ? failed.cause : undefined)
            }
            downloads++
            return yield* Effect.die(new Error("the handler breaks"))
          })
      },
      fallback: () => Effect.void,
      drain: 0
    }).pipe(
      Layer.provide(SmartRobotMedia.layerSocket),
      Layer.provide([Simulator.layerHttpClient, NodeCallbackCrypto.layer]),
      Layer.provideMerge(Bot.bot()),
      Layer.provideMerge(observed.layer)
    )
    return Effect.gen(function*() {
      yield* Bot.settle
      const { world } = yield* Simulator
      const chat = yield* Bot.chat()
      yield* chat.sendFile("file", { filename: "a.txt", bytes: new TextEncoder().encode("内容".repeat(100)) })
      yield* until(Effect.andThen(Bot.settle, Effect.sync(() => downloads === 1)))
      yield* Bot.settle
      const socket = yield* SmartRobotSocket
      observed.print(socket)
      observed.print(yield* socket.state)
      for (const errcode of [40008, 45009, 846607]) {
        yield* BotSocket.inject(world, { fault: { _tag: "Errcode", errcode }, cmd: "aibot_send_msg", times: 1 })
        observed.print(
          yield* Effect.exit(socket.send({ userid: "zhangsan" }, { msgtype: "markdown", markdown: { content: "x" } }))
        )
      }
      assert.isAbove(observed.spans.length, 3)
      assert.isAbove(secrets.length, 4)
      const text = observed.text()
      assert.include(text, "the handler breaks")
      assert.deepStrictEqual(secrets.filter((secret) => secret !== "" && text.includes(secret)), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("stay inside where WeCom repeats them, or the connection cannot be made", () => {
    const observed = observing()
    const answering = (answer: ((frame: { readonly headers: object }) => object) | undefined) =>
      Layer.succeed(Socket.WebSocketConstructor, (url: string) => {
        const listeners = new Map<string, (event: Socket.WebSocketEvent) => void>()
        const emit = (type: string, event: Socket.WebSocketEvent) => listeners.get(type)?.(event)
        setTimeout(() =>
          answer === undefined ? emit("error", Object.assign(new Error(`cannot reach ${url}`))) : emit("open", {})
        )
        return {
          readyState: 0,
          addEventListener: (type, listener) => void listeners.set(type, listener),
          removeEventListener: (type) => void listeners.delete(type),
          close: () => {},
          send: (data) =>
            setTimeout(() => emit("message", { data: JSON.stringify(answer?.(JSON.parse(String(data)))) }))
        }
      })
    const bot = (constructor: Layer.Layer<Socket.WebSocketConstructor>) =>
      Bot.socket({ url: "wss://bot.example.com/path?key=url-secret" }).pipe(
        Layer.provide([SmartRobotLease.layerMemory, constructor])
      )
    return Effect.gen(function*() {
      const refused = yield* Effect.flatMap(SmartRobotSocket, ({ stopped }) => Effect.flip(stopped)).pipe(
        Effect.provide(
          Layer.fresh(bot(answering(({ headers }) => ({ headers, errcode: 853000, errmsg: `wrong: ${Bot.secret}` }))))
        )
      )
      observed.print(refused)
      assert.strictEqual(refused.reason, "CredentialRejected")
      yield* Effect.andThen(SmartRobotSocket, until(Effect.sync(() => observed.text().includes("could not connect"))))
        .pipe(
          Effect.provide(Layer.fresh(bot(answering(undefined))))
        )
      const text = observed.text()
      assert.deepStrictEqual([Bot.secret, "url-secret"].filter((secret) => text.includes(secret)), [])
    }).pipe(Effect.provide(observed.layer))
  })
})
