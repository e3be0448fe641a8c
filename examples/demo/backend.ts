/**
 * The backend of the demo, as yours would be: it serves the callback URL of its app, and knows nothing of the simulator.
 */
import { Deferred, Effect, Layer } from "effect"
import { CallbackReply, CallbackRouter } from "effect-wecom/callback"
import { Media, Upload } from "effect-wecom/media"
import { Message, Messages } from "effect-wecom/messages"
import { say } from "./transcript.ts"

/** Answers a text with a text, and the click on a card by turning its buttons off. */
export const callbacks = (
  options: Pick<CallbackRouter.Options<never, never, never>, "path" | "accounts">,
  decided: Deferred.Deferred<string>
) =>
  CallbackRouter.layer({
    ...options,
    handlers: {
      text: (message) =>
        Effect.as(
          say("backend", `got the text 「${message.Content}」 from ${message.FromUserName}; replies at once`),
          CallbackReply.text(`收到：${message.Content}`)
        ),
      "event/template_card_event": (event) =>
        Effect.gen(function*() {
          yield* say(
            "backend",
            `got the click on ${event.EventKey} by ${event.FromUserName}; replies with a new button`
          )
          yield* Deferred.succeed(decided, event.EventKey)
          return CallbackReply.updateButton(event.EventKey === "approve" ? "已批准" : "已拒绝")
        })
    },
    fallback: (event) => say("backend", `does nothing about ${event.key}`)
  })

/** The messages that the backend starts with: a text, and a card with two buttons. */
export const greet = (member: string, taskId: string) =>
  Effect.gen(function*() {
    const messages = yield* Messages
    const text = yield* messages.send(Message.text("系统已上线，请查收下面的申请").to({ users: [member] }))
    yield* say("backend", `sent a text to ${member}: msgid ${text.msgid}`)
    const card = yield* messages.send(
      Message.buttonInteraction({
        task_id: taskId,
        main_title: { title: "采购申请", desc: "显示器 2 台" },
        button_list: [
          { text: "批准", style: 1, key: "approve" },
          { text: "拒绝", style: 2, key: "reject" }
        ]
      }).to({ users: [member] })
    )
    yield* say("backend", `sent a card with two buttons: msgid ${card.msgid}`)
    return { text, card }
  })

/** Sends an image up and takes it down again. */
export const roundTripImage = (content: Uint8Array) =>
  Effect.gen(function*() {
    const media = yield* Media
    const up = yield* media.upload({
      type: "image",
      media: Upload.bytes(content, { filename: "采购 清单.png", contentType: "image/png" })
    })
    yield* say("backend", `uploaded 采购 清单.png, ${content.length} bytes: it is good for three days`)
    const down = yield* media.get({ media_id: up.media_id })
    const bytes = yield* down.bytes
    yield* say("backend", `downloaded it again: ${bytes.length} bytes, ${down.contentType}`)
    return bytes
  })

/** What the backend calls. */
export const services = Layer.mergeAll(Messages.layer, Media.layer)
