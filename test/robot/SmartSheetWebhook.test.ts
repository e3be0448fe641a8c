import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { type SheetWrite, SmartSheetWebhook } from "../../src/robot/SmartSheetWebhook.ts"
import { cannedClient } from "../support/canned.ts"

const setup = () => {
  const client = cannedClient(() => ({
    errcode: 0,
    add_records: [{ record_id: "r1", values: { f1: [{ type: "text", text: "好" }], f9: { odd: 1 } } }]
  }))
  return {
    ...client,
    write: (records: SheetWrite) =>
      SmartSheetWebhook.use(({ write }) => write(records)).pipe(
        Effect.provide(Layer.provide(SmartSheetWebhook.layer({ key: Redacted.make("K1") }), client.layer))
      )
  }
}

describe("the webhook of a smart sheet", () => {
  it.effect("writes cells of every kind, and answers the records", () =>
    Effect.gen(function*() {
      const { calls, write } = setup()
      const records: SheetWrite = {
        schema: { f1: "标题" },
        add_records: [{
          values: {
            f1: "一段文字",
            f2: 7.5,
            f3: true,
            f4: "1739174400000",
            f5: [{ type: "text", text: "见" }, { type: "url", text: "这里", link: "https://example.com" }],
            f6: [{ user_id: "zhangsan" }],
            f7: [{ text: "高", style: 1 }],
            f8: [{ image_url: "https://example.com/a.png", title: "图" }, { image_base64: "iVBORw0KGgo=" }],
            f9: [{ source_type: 1, id: "p1", latitude: "23.1", longitude: "113.3", title: "广州" }]
          }
        }],
        update_records: [{ record_id: "r0", values: { f2: 8 } }]
      }
      const written = yield* write(records)
      assert.strictEqual(calls[0]?.query.get("key"), "K1")
      assert.deepStrictEqual(calls[0]?.body, records)
      assert.deepStrictEqual(written.add_records.map(({ record_id }) => record_id), ["r1"])
      assert.deepStrictEqual(written.update_records, [])
    }))

  it.effect("refuses to write nothing", () =>
    Effect.gen(function*() {
      const { calls, write } = setup()
      const { reason } = yield* Effect.flip(write({ add_records: [] }))
      assert.strictEqual(reason._tag, "RequestInvalid")
      assert.lengthOf(calls, 0)
    }))
})
