import { assert, describe, it } from "@effect/vitest"
import { hovers } from "./hover.ts"

describe("what an editor shows of messages", () => {
  it("names, on one line, then the JSDoc", async () => {
    const shown = async (expressions: ReadonlyArray<string>) => {
      const found = await hovers("test/types/messages.sample.ts", expressions)
      return found.map((hover) => /^```typescript\n(.*)\n```\n(.*)/.exec(hover)?.slice(1))
    }
    assert.deepStrictEqual(
      await shown([
        "messages.send",
        "messages.updateTemplateCard",
        "chats.send",
        "robot.send",
        "Message.text",
        "Message.textNotice"
      ]),
      [
        [
          "(property) send: (input: AddressedMessage) => Effect.Effect<Sent, WeComError, never>",
          "发送应用消息. Sends a message to at most 1,000 members, 100 departments and 100 tags, or to everyone."
        ],
        [
          "(property) updateTemplateCard: (input: CardUpdate) => Effect.Effect<Updated, WeComError, never>",
          "更新模版卡片消息. Turns the buttons of a card off with a new text, or puts another card of any kind in its place."
        ],
        [
          "(property) send: (input: ChatMessage) => Effect.Effect<void, WeComError, never>",
          "应用推送消息. Sends a message to a chat that the app has made."
        ],
        [
          "(property) send: (message: RobotMessage) => Effect.Effect<void, WeComError>",
          "发送消息. Text, markdown, images, news, files, voices and notices; 20 messages a minute (45009)."
        ],
        ["function text(content: string): Message.Text", "文本消息. At most 2,048 bytes."],
        [
          "const textNotice: (card: Omit<TextNotice, \"card_type\">) => Message.TemplateCardMessage<TextNotice>",
          "文本通知型模板卡片. Text that opens a page or a mini program."
        ]
      ]
    )
  })
})
