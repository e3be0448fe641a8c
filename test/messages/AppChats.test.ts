import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { AppChats, ChatType } from "../../src/messages/AppChats.ts"
import * as Message from "../../src/messages/Message.ts"
import { refused, sends, setup } from "./support.ts"

type Chats = AppChats["Service"]

const send = (...input: Parameters<Chats["send"]>) => AppChats.use((chats) => chats.send(...input))
const create = (...input: Parameters<Chats["create"]>) => AppChats.use((chats) => chats.create(...input))

describe("a message to a group chat", () => {
  it.effect("is the same value, with the chat", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* sends(send(Message.text("上线了").toChat("C1", { safe: true }))), {
        chatid: "C1",
        safe: 1,
        msgtype: "text",
        text: { content: "上线了" }
      })
      assert.deepStrictEqual(yield* sends(send(Message.text("上线了", { mentioned_list: ["@all"] }).toChat("C1"))), {
        chatid: "C1",
        msgtype: "text",
        text: { content: "上线了", mentioned_list: ["@all"] }
      })
      const article = { title: "周报", url: "https://example.com" }
      assert.deepStrictEqual(yield* sends(send(Message.news([article]).toChat("C1"))), {
        chatid: "C1",
        msgtype: "news",
        news: { articles: [article] }
      })
    }))

  it.effect("is refused where it is too long, or of a type that a chat does not take", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* refused(send(Message.markdown("好".repeat(683)).toChat("C1"))), [
        "markdown.content: at most 2048 bytes of UTF-8 are allowed, got 2049"
      ])
      const textCard = Message.textCard({ title: "好".repeat(43), description: "好", url: "https://example.com" })
      assert.deepStrictEqual(yield* refused(send(textCard.toChat("C1"))), [
        "textcard.title: at most 128 bytes of UTF-8 are allowed, got 129"
      ])
      // What a program without types may pass.
      const card = { ...Message.textNotice({ sub_title_text: "a", card_action: { type: 1, url: "b" } }) }
      assert.lengthOf(yield* refused(send({ ...card, chatid: "C1" } as never)), 1)
      const article = { title: "周报", appid: "wx1", pagepath: "index", url: "https://example.com" }
      assert.deepStrictEqual(yield* refused(send(Message.news([article]).toChat("C1"))), [
        "news.articles[0].appid: the endpoint has no such field",
        "news.articles[0].pagepath: the endpoint has no such field"
      ])
    }))
})

describe("a group chat", () => {
  it.effect("is created with 2 to 2,000 members, named with at most 50 characters", () =>
    Effect.gen(function*() {
      const { layer, sent } = setup(() => ({ errcode: 0, chatid: "C1" }))
      const chat = { name: "发布", owner: "zhangsan", userlist: ["zhangsan", "lisi"], chatid: "release7" }
      assert.strictEqual(yield* Effect.provide(create(chat), layer), "C1")
      assert.deepStrictEqual(sent(), chat)
      assert.deepStrictEqual(yield* refused(create({ userlist: ["zhangsan"] })), [
        "userlist: at least 2 items are needed"
      ])
      assert.deepStrictEqual(
        yield* refused(create({ userlist: Array.from({ length: 2001 }, (_, index) => `u${index}`) })),
        ["userlist: at most 2000 items are allowed, got 2001"]
      )
      assert.deepStrictEqual(yield* refused(create({ ...chat, name: "群".repeat(51) })), [
        "name: at most 50 characters are allowed, got 51"
      ])
      assert.deepStrictEqual(yield* refused(create({ ...chat, chatid: "release-7" })), [
        "chatid: expected at most 32 of the characters 0-9 A-Z a-z"
      ])
    }))

  it.effect("is read and changed", () =>
    Effect.gen(function*() {
      const { calls, layer } = setup(() => ({
        errcode: 0,
        chat_info: { chatid: "C1", name: "发布", owner: "lisi", userlist: ["lisi", "wangwu"], chat_type: 1 }
      }))
      const chat = yield* AppChats.use((chats) => chats.get({ chatid: "C1" })).pipe(Effect.provide(layer))
      assert.strictEqual(calls.at(-1)?.query.get("chatid"), "C1")
      assert.deepStrictEqual(chat.userlist, ["lisi", "wangwu"])
      assert.strictEqual(ChatType.label(chat.chat_type ?? 0), "课程群聊")
      const change = { chatid: "C1", owner: "wangwu", add_user_list: ["zhaoliu"], del_user_list: ["lisi"] }
      assert.deepStrictEqual(yield* sends(AppChats.use((chats) => chats.update(change))), change)
    }))
})
