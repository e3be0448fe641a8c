/**
 * What handlers of a bot see and may answer, checked by the compiler; and that one record serves both kinds of bots.
 */
import { Effect, type Layer, Stream } from "effect"
import { describe, expectTypeOf, it } from "vitest"
import type { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as SmartRobotReply from "../../src/callback/SmartRobotReply.ts"
import { SmartRobotStreams } from "../../src/callback/SmartRobotStreams.ts"
import { SmartRobotConversation } from "../../src/robot/SmartRobotConversation.ts"
import * as SmartRobotMessage from "../../src/robot/SmartRobotMessage.ts"
import { SmartRobotSocket } from "../../src/robot/SmartRobotSocket.ts"
import * as Sender from "../callback/sender.ts"

const url = { path: "/callback", accounts: Sender.account(Sender.corp) } as const
const fallback = () => Effect.void

describe("handlers of a bot", () => {
  it("see exactly their event, and their services are required", () => {
    const layer = SmartRobotSocket.layerHandlers({
      handlers: {
        "bot:text": (event) => {
          expectTypeOf(event.text.content).toEqualTypeOf<string>()
          expectTypeOf(event.req_id).toEqualTypeOf<string | undefined>()
          return Effect.flatMap(SmartRobotStreams, ({ reply }) => reply(event, Stream.make("a", { thinking: "b" })))
        },
        "bot:event/enter_chat": () => Effect.succeed(SmartRobotReply.text("hi"))
      },
      fallback
    })
    expectTypeOf(layer).toEqualTypeOf<Layer.Layer<never, never, SmartRobotSocket | SmartRobotStreams>>()
    const stored = SmartRobotSocket.layerStoredHandlers({ handlers: {}, fallback })
    expectTypeOf(stored).toEqualTypeOf<Layer.Layer<never, never, SmartRobotSocket | CallbackInbox>>()
  })

  it("answer what their event takes, and nothing else", () => {
    const layer = SmartRobotSocket.layerHandlers({
      handlers: {
        // @ts-expect-error a message takes no text
        "bot:text": () => Effect.succeed(SmartRobotReply.text("hi")),
        "bot:voice": () => Effect.succeed(SmartRobotMessage.file("media-1")),
        // @ts-expect-error a welcome is a text or a card
        "bot:event/enter_chat": () => Effect.succeed(SmartRobotMessage.markdown("hi"))
      },
      fallback
    })
    SmartRobotSocket.layerHandlers({
      // @ts-expect-error bots hear no such event
      handlers: { "event/click": () => Effect.void },
      fallback
    })
    expectTypeOf<Layer.Error<typeof layer>>().toEqualTypeOf<never>()
  })

  it("are the same with a callback URL", () => {
    const bot = { handlers: SmartRobotConversation.handlers, fallback }
    const socket = SmartRobotSocket.layerHandlers(bot)
    const router = CallbackRouter.layer({ ...url, ...bot })
    expectTypeOf<Layer.Services<typeof socket>>().toEqualTypeOf<
      SmartRobotSocket | SmartRobotConversation | SmartRobotStreams
    >()
    expectTypeOf<Extract<Layer.Services<typeof router>, SmartRobotConversation>>().toEqualTypeOf<
      SmartRobotConversation
    >()
  })
})
