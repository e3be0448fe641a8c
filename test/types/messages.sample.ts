import { Effect } from "effect"
import { AppChats, Message, Messages } from "effect-wecom/messages"
import { GroupRobot } from "effect-wecom/robot"

export const program = Effect.gen(function*() {
  const messages = yield* Messages
  const chats = yield* AppChats
  const robot = yield* GroupRobot
  const message = Message.text("上线了")
  const addressed = message.to({ users: ["zhangsan"] })
  const sent = yield* messages.send(addressed)
  yield* messages.updateTemplateCard({ response_code: sent.response_code ?? "", button: { replace_name: "好" } })
  yield* chats.send(message.toChat("C1"))
  yield* robot.send(Message.textNotice({ sub_title_text: "好", card_action: { type: 1, url: "https://example.com" } }))
})
