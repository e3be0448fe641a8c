import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { LinkedCorpMessages } from "../../src/messages/LinkedCorpMessages.ts"
import * as Message from "../../src/messages/Message.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { refused, sends, setup } from "./support.ts"

const send = (...input: Parameters<LinkedCorpMessages["Service"]["send"]>) =>
  LinkedCorpMessages.use((messages) => messages.send(...input))

describe("a message to linked corps", () => {
  it.effect("is the same value, with lists of recipients", () =>
    Effect.gen(function*() {
      const recipients = { users: ["ww2/lisi", "zhangsan"], parties: ["L1/3", 4], tags: [7], all: false }
      assert.deepStrictEqual(yield* sends(send(Message.text("上线了").toLinkedCorps(recipients, { safe: true }))), {
        touser: ["ww2/lisi", "zhangsan"],
        toparty: ["L1/3", "4"],
        totag: [7],
        toall: 0,
        safe: 1,
        agentid: 1000002,
        msgtype: "text",
        text: { content: "上线了" }
      })
      assert.deepInclude(yield* sends(send(Message.markdown("好").toLinkedCorps({ all: true }))), { toall: 1 })
    }))

  it.effect("is refused without recipients, or with too many", () =>
    Effect.gen(function*() {
      const to = (recipients: Message.LinkedRecipients) => refused(send(Message.text("好").toLinkedCorps(recipients)))
      const many = (length: number) => Array.from({ length }, (_, index) => `u${index}`)
      const needed = ["touser: at least one of touser, toparty, totag, toall is needed"]
      assert.deepStrictEqual(yield* to({}), needed)
      assert.deepStrictEqual(yield* to({ users: [], all: false }), needed)
      assert.deepStrictEqual(yield* to({ users: many(1001) }), ["touser: at most 1000 items are allowed, got 1001"])
      assert.deepStrictEqual(yield* to({ parties: many(101) }), ["toparty: at most 100 items are allowed, got 101"])
      assert.deepStrictEqual(yield* to({ tags: many(101).map((_, tag) => tag) }), [
        "totag: at most 100 items are allowed, got 101"
      ])
    }))

  it.effect("answers whom it did not reach", () =>
    Effect.gen(function*() {
      const { layer } = setup(() => ({ errcode: 0, invaliduser: ["ww2/lisi"], invalidparty: null, invalidtag: [7] }))
      const failure = yield* send(Message.text("好").toLinkedCorps({ users: ["ww2/lisi"], tags: [7, 8] })).pipe(
        PartialResult.failOnPartialBy((sent) => sent.unreached),
        Effect.flip,
        Effect.provide(layer)
      )
      if (failure._tag !== "PartialFailure") return assert.fail(failure._tag)
      assert.deepStrictEqual(failure.failed, [{ kind: "user", id: "ww2/lisi" }, { kind: "tag", id: "7" }])
    }))
})
