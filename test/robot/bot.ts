/** A bot, a member who writes to it, and the simulator between both, without a network and under the test's clock. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { SmartRobotLease } from "../../src/robot/SmartRobotLease.ts"
import { SmartRobotSocket, type SmartRobotSocketOptions } from "../../src/robot/SmartRobotSocket.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

export const botId = "bot-1"
export const secret = "bot-secret-0123456789"

export const simulator = Simulator.layer({
  corps: [{ ...defaultCorp, smartRobots: [{ botId, name: "助手", secret }] }]
})

const callback = { token: "BotToken", encodingAesKey: "g8VGfQEqluUhoKOlyjmmll8Q9C5tVFUTX5T2qkmI9Sv" }

/** The same bot with a callback URL, and its account there. */
export const calledBack = Simulator.layer({
  corps: [{
    ...defaultCorp,
    smartRobots: [{ botId, name: "助手", callback: { url: "http://bot.test/bot", ...callback } }]
  }]
})
export const account = {
  token: Redacted.make(callback.token),
  encodingAesKey: Redacted.make(callback.encodingAesKey),
  receiveIds: [""]
}

/** The bot alone: whatever else it needs is above it. */
export const socket = (options: Partial<SmartRobotSocketOptions> = {}) =>
  SmartRobotSocket.layer({ botId, secret: Redacted.make(secret), ...options })

/** A bot with a lease of its own, and the simulator; it connects after `before`. */
export const bot = (
  options: Partial<SmartRobotSocketOptions> = {},
  before: Effect.Effect<void, never, Simulator> = Effect.void
) =>
  socket(options).pipe(
    Layer.provide([SmartRobotLease.layerMemory, Layer.effectDiscard(before)]),
    Layer.provideMerge(Simulator.layerWebSocket),
    Layer.provideMerge(simulator)
  )

/** Another process that connects as the same bot, and does not share the lease. */
export const rival = socket().pipe(
  Layer.provide(Layer.fresh(SmartRobotLease.layerMemory)),
  Layer.provide(Simulator.layerWebSocket)
)

/** The chat of a member with the bot. */
export const chat = Effect.fnUntraced(function*(userid = "zhangsan", chatid?: string) {
  const { member } = yield* Simulator
  const found = yield* member(userid)
  const chat = yield* found.smartRobot(botId, { chatid })
  return { ...chat, inbox: Effect.map(found.inbox, (inbox) => inbox.filter((message) => message.botId === botId)) }
})

/** Lets everything that is due now be done. */
export const settle = TestClock.adjust(0)
