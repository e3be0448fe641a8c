/**
 * The same programme for this library and for the vendor's SDK, each against a simulator over a real WebSocket: what is lost,
 * what is doubled, and what is heard of it.
 */
import { NodeSocket } from "@effect/platform-node"
import { WSClient } from "@wecom/aibot-node-sdk"
import { Context, Effect, Layer, Logger, Redacted, Result, Schedule, type Scope, Stream } from "effect"
import { HttpServer } from "effect/http"
import { SmartRobotStreams } from "../../src/callback/SmartRobotStreams.ts"
import * as RateLimits from "../../src/limits/RateLimits.ts"
import { SmartRobotLease } from "../../src/robot/SmartRobotLease.ts"
import * as SmartRobotMessage from "../../src/robot/SmartRobotMessage.ts"
import { SmartRobotSocket } from "../../src/robot/SmartRobotSocket.ts"
import * as BotSocket from "../../src/simulator/BotSocket.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import type { World } from "../../src/simulator/engine/World.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const botId = "bot-1"
const secret = "bot-secret-0123456789"

/** A bot that streams `答：` and the text to every text, in two frames at least. */
export interface Contender {
  readonly name: string
  /** Connects until the scope ends; `heard` is called for every call of the handler. */
  readonly connect: (options: {
    readonly url: string
    readonly secret: string
    readonly heard: (text: string) => void
    /** The leases of one fleet. */
    readonly fleet: Context.Context<SmartRobotLease>
  }) => Effect.Effect<
    { readonly push: (userid: string, content: string) => Effect.Effect<"sent" | "failed"> },
    never,
    Scope.Scope
  >
}

export const ours: Contender = {
  name: "effect-wecom",
  connect: ({ fleet, heard, secret, url }) =>
    Effect.gen(function*() {
      const socket = SmartRobotSocket.layer({
        botId,
        secret: Redacted.make(secret),
        url,
        reconnect: Schedule.spaced("50 millis")
      }).pipe(
        RateLimits.keepInMemory(),
        Layer.provide([Layer.succeedContext(fleet), NodeSocket.layerWebSocketConstructor])
      )
      const handlers = SmartRobotSocket.layerHandlers({
        handlers: {
          "bot:text": (event) =>
            Effect.gen(function*() {
              heard(event.text.content)
              const streams = yield* SmartRobotStreams
              return yield* streams.reply(event, Stream.make("答：", event.text.content), { interval: 1 })
            })
        },
        fallback: () => Effect.void,
        drain: "1 second"
      })
      const context = yield* Layer.build(
        Layer.fresh(handlers.pipe(Layer.provide(SmartRobotSocket.layerStreams), Layer.provideMerge(socket)))
      )
      const { send } = Context.get(context, SmartRobotSocket)
      return {
        push: (userid: string, content: string) =>
          Effect.map(
            Effect.result(send({ userid }, SmartRobotMessage.markdown(content))),
            (sent) => Result.isSuccess(sent) ? "sent" : "failed"
          )
      }
    }).pipe(Effect.provide(Logger.layer([])))
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export const official: Contender = {
  name: "@wecom/aibot-node-sdk",
  connect: ({ heard, secret, url }) =>
    Effect.gen(function*() {
      const client = new WSClient({ botId, secret, wsUrl: url, logger: silent, reconnectInterval: 5 })
      client.on("error", () => {})
      client.on("message.text", (frame) => {
        const text = frame.body?.text?.content ?? ""
        heard(text)
        const id = `stream-${frame.headers.req_id}`
        client.replyStream(frame, id, "答：", false)
          .then(() => client.replyStream(frame, id, `答：${text}`, true))
          .catch(() => {})
      })
      client.connect()
      yield* Effect.addFinalizer(() => Effect.sync(() => client.disconnect()))
      return {
        push: (userid: string, content: string) =>
          Effect.promise(() =>
            client.sendMessage(userid, { msgtype: "markdown", markdown: { content } }).then(
              () => "sent" as const,
              () => "failed" as const
            )
          )
      }
    })
}

const members = (count: number) => Array.from({ length: count }, (_, n) => ({ userid: `u${n}`, name: `成员${n}` }))

/** A simulator with so many members, and everything to watch and to disturb it. */
const stage = (count: number) =>
  SimulatorServer.layer({
    corps: [{ ...defaultCorp, members: members(count), smartRobots: [{ botId, secret, name: "助手" }] }],
    keep: 100_000
  })

const url = HttpServer.addressFormattedWith((url) => Effect.succeed(url.replace("http", "ws") + BotSocket.path))

const connected = (world: World) =>
  Effect.repeat(Effect.delay(Effect.sync(() => BotSocket.isConnected(world, botId)), "5 millis"), { until: (is) => is })

const writeTo = Effect.fnUntraced(function*(userid: string, text: string) {
  const { member } = yield* Simulator
  const chat = yield* Effect.flatMap(member(userid), ({ smartRobot }) => smartRobot(botId))
  return yield* chat.sendText(text)
})

const inboxOf = (userid: string) =>
  Effect.flatMap(Simulator, ({ member }) => Effect.flatMap(member(userid), ({ inbox }) => inbox))

/** 10,000 texts of 1,000 members, while the connection breaks 20 times. In each chat they are few enough for WeCom's limits. */
export const manyTexts = (contender: Contender, { breaks = 20, perMember = 10, people = 1000 } = {}) =>
  Effect.gen(function*() {
    const { world } = yield* Simulator
    const calls = new Map<string, number>()
    yield* contender.connect({
      url: yield* url,
      secret,
      heard: (text) => void calls.set(text, (calls.get(text) ?? 0) + 1),
      fleet: yield* Layer.build(Layer.fresh(SmartRobotLease.layerMemory))
    })
    yield* connected(world)
    const delivered = new Map<string, Set<string>>()
    let unheard = 0
    const total = people * perMember
    let sent = 0
    let broken = 0
    for (let round = 0; round < perMember; round++) {
      for (let n = 0; n < people; n++) {
        const userid = `u${n}`
        const text = `${userid} ${round}`
        const delivery = yield* writeTo(userid, text)
        if (delivery.acknowledged) {
          const texts = delivered.get(userid) ?? new Set()
          delivered.set(userid, texts.add(text))
        } else unheard++
        if (++sent % 10 === 0) yield* Effect.sleep(1)
        if (broken < breaks && sent >= (broken + 0.5) * total / breaks) {
          broken++
          yield* BotSocket.disconnect(world, botId)
          yield* connected(world)
        }
      }
    }
    const look = Effect.gen(function*() {
      let [answersLost, answersDoubled, reached] = [0, 0, 0]
      for (const [userid, texts] of delivered) {
        const inbox = yield* inboxOf(userid)
        for (const text of texts) {
          reached++
          const answers = inbox.filter(({ content }) => content["content"] === `答：${text}`)
          if (answers.length === 0) answersLost++
          if (answers.length > 1) answersDoubled++
        }
      }
      return { answersLost, answersDoubled, reached }
    })
    // Whatever is still under way may end.
    let found = yield* look
    for (let quiet = 0; quiet < 3 && found.answersLost > 0;) {
      yield* Effect.sleep("2 seconds")
      const now = yield* look
      quiet = now.answersLost === found.answersLost ? quiet + 1 : 0
      found = now
    }
    let unhandled = 0
    for (const texts of delivered.values()) for (const text of texts) if (!calls.has(text)) unhandled++
    return {
      ...found,
      unheard,
      broken,
      unhandled,
      handledTwice: [...calls.values()].filter((count) => count > 1).length
    }
  }).pipe(Effect.scoped, Effect.provide(stage(people)))

/** One situation after the other, each with a simulator of its own. */
export const situations = (contender: Contender) => {
  const start = Effect.gen(function*() {
    const { world } = yield* Simulator
    const calls: Array<string> = []
    const fleet = yield* Layer.build(Layer.fresh(SmartRobotLease.layerMemory))
    const options = { url: yield* url, secret, heard: (text: string) => void calls.push(text), fleet }
    const bot = yield* contender.connect(options)
    yield* connected(world)
    return { world, calls, bot, options }
  })
  const ready = Effect.tap(start, () => Effect.andThen(writeTo("u0", "你好"), Effect.sleep("200 millis")))
  const pushes = Effect.map(
    inboxOf("u0"),
    (inbox) => inbox.filter(({ msgtype }) => msgtype === "markdown").map(({ content }) => content["content"])
  )
  const on = <A, E>(effect: Effect.Effect<A, E, Simulator | HttpServer.HttpServer | Scope.Scope>) =>
    effect.pipe(Effect.scoped, Effect.provide(stage(1)))
  return Effect.all({
    repeatedMessage: on(Effect.gen(function*() {
      const { calls, world } = yield* ready
      const body = (n: number) =>
        `{"cmd":"aibot_msg_callback","headers":{"req_id":"r${n}"},"body":{"msgid":"m","aibotid":"${botId}",` +
        `"chattype":"single","from":{"userid":"u0"},"msgtype":"text","text":{"content":"again"}}}`
      yield* BotSocket.writeRaw(world, botId, body(1))
      yield* BotSocket.writeRaw(world, botId, body(2))
      yield* Effect.sleep("300 millis")
      return `handled ${calls.filter((text) => text === "again").length} times`
    })),
    pushWhileAway: on(Effect.gen(function*() {
      const { bot, world } = yield* ready
      // It takes some time until it is connected again.
      yield* BotSocket.inject(world, { fault: { _tag: "Disconnect" }, cmd: "aibot_subscribe", times: 3 })
      yield* BotSocket.disconnect(world, botId)
      yield* Effect.sleep("100 millis")
      const heard = yield* bot.push("u0", "提醒")
      yield* Effect.sleep("2 seconds")
      return `${heard}, arrived ${(yield* pushes).length} times`
    })),
    zombie: on(Effect.gen(function*() {
      const { bot, world } = yield* ready
      yield* BotSocket.makeZombie(world, botId)
      const heard = yield* bot.push("u0", "提醒")
      yield* Effect.sleep("500 millis")
      return `${heard}, arrived ${(yield* pushes).length} times`
    })),
    expiredStream: on(Effect.gen(function*() {
      const { world } = yield* ready
      yield* BotSocket.inject(world, {
        fault: { _tag: "Errcode", errcode: 846608 },
        cmd: "aibot_respond_msg",
        where: (body) => JSON.stringify(body).includes(`"finish":true`)
      })
      yield* writeTo("u0", "慢")
      yield* Effect.sleep("500 millis")
      const inbox = yield* inboxOf("u0")
      return `the whole text arrived ${inbox.filter(({ content }) => content["content"] === "答：慢").length} times`
    })),
    lostAckOfTheFinalFrame: on(Effect.gen(function*() {
      const { world } = yield* ready
      yield* BotSocket.inject(world, {
        fault: { _tag: "Disconnect" },
        cmd: "aibot_respond_msg",
        where: (body) => JSON.stringify(body).includes(`"finish":true`),
        times: 1
      })
      yield* writeTo("u0", "断")
      yield* Effect.sleep("1 second")
      const inbox = yield* inboxOf("u0")
      return `the whole text arrived ${inbox.filter(({ content }) => content["content"] === "答：断").length} times`
    })),
    wrongSecret: on(Effect.gen(function*() {
      const { world } = yield* Simulator
      yield* contender.connect({
        url: yield* url,
        secret: "wrong",
        heard: () => {},
        fleet: yield* Layer.build(Layer.fresh(SmartRobotLease.layerMemory))
      })
      yield* Effect.sleep("4 seconds")
      return `${BotSocket.connections(world).length} connections`
    })),
    twoProcesses: on(Effect.gen(function*() {
      const { options, world } = yield* ready
      yield* contender.connect(options)
      yield* Effect.sleep("4 seconds")
      const all = BotSocket.connections(world)
      return `${all.length} connections, ${all.filter(({ subscribed }) => subscribed).length} subscribed`
    })),
    fifteenFailures: on(Effect.gen(function*() {
      const { world } = yield* ready
      yield* BotSocket.inject(world, { fault: { _tag: "Disconnect" }, cmd: "aibot_subscribe", times: 15 })
      yield* BotSocket.disconnect(world, botId)
      // The delays of the vendor's SDK double: ten take 5 seconds.
      yield* Effect.timeoutOption(connected(world), "10 seconds")
      return BotSocket.isConnected(world, botId) ? "connected again" : "given up"
    })),
    fortyPushes: on(Effect.gen(function*() {
      const { bot, world } = yield* ready
      const sending = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: 40 }), (_, n) => bot.push("u0", `${n}`), { discard: true })
      )
      yield* Effect.sleep("10 seconds")
      const refused = (yield* Effect.flatMap(Simulator, ({ journal }) => journal)).filter(({ errcode }) =>
        errcode === 846607
      )
      void sending
      void world
      return `${refused.length} refused by WeCom`
    }))
  }, { concurrency: 3 })
}
