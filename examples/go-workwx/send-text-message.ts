import { Effect } from "effect"
import { AppChats, Message, Messages } from "effect-wecom/messages"

/** `app.SendTextMessage(&recipient, content, isSafe)`, five times. */
export const program = Effect.gen(function*() {
  const messages = yield* Messages
  const appChats = yield* AppChats

  // To members.
  const toMembers = yield* messages.send(Message.text("发给成员").to({ users: ["testuser"] }))

  // The same, not to be shared.
  const safely = yield* messages.send(Message.text("保密消息").to({ users: ["testuser"] }, { safe: true }))

  // To departments.
  const toDepartments = yield* messages.send(Message.text("发给部门").to({ parties: [2] }))

  // To tags.
  const toTags = yield* messages.send(Message.text("发给标签").to({ tags: [1] }))

  // To a group chat, which is another endpoint with its own limits. It takes `{ safe: true }` too.
  yield* appChats.send(Message.text("发给群聊").toChat("testchat"))

  // What go-workwx drops: ids to recall messages by, and whom they did not reach.
  return [toMembers, safely, toDepartments, toTags]
})
