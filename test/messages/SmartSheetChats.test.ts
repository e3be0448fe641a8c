import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { SmartSheetChats } from "../../src/messages/SmartSheetChats.ts"
import { setup } from "./support.ts"

const pages: { readonly [cursor: string]: object } = {
  "": { chat_id_list: ["c1", "c2"], has_more: true, next_cursor: "P2" },
  P2: { chat_id_list: ["c3"], has_more: true, next_cursor: "P3" },
  P3: { chat_id_list: null, has_more: false, next_cursor: "P4" }
}

describe("chats of smart sheets", () => {
  it.effect("are listed over all pages, however short, until there are no others", () =>
    Effect.gen(function*() {
      const { calls, layer } = setup(({ body }) => ({
        errcode: 0,
        ...pages[(body as { cursor?: string }).cursor ?? ""]
      }))
      const ids = yield* SmartSheetChats.use((chats) => Stream.runCollect(chats.listAllIds({ docid: "D1", limit: 2 })))
        .pipe(Effect.provide(Layer.provide(SmartSheetChats.layer, layer)))
      assert.deepStrictEqual([...ids], ["c1", "c2", "c3"])
      assert.deepStrictEqual(calls.slice(1).map(({ body }) => body), [
        { docid: "D1", limit: 2 },
        { docid: "D1", limit: 2, cursor: "P2" },
        { docid: "D1", limit: 2, cursor: "P3" }
      ])
    }))

  it.effect("change by at most 500 members at once", () =>
    Effect.gen(function*() {
      const { layer } = setup()
      const error = yield* SmartSheetChats.use((chats) =>
        chats.update({
          docid: "D1",
          chat_id: "c1",
          add_user_list: Array.from({ length: 501 }, (_, user) => `u${user}`)
        })
      ).pipe(Effect.flip, Effect.provide(Layer.provide(SmartSheetChats.layer, layer)))
      assert.strictEqual(
        error.message,
        "POST /cgi-bin/wedoc/smartsheet/groupchat/update: RequestInvalid: add_user_list: at most 500 items are allowed, got 501"
      )
    }))
})
