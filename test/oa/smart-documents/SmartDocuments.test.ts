import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import type { NewSmartBlock } from "../../../src/oa/smart-documents/SmartBlock.ts"
import { PublishRange, SmartDocuments } from "../../../src/oa/smart-documents/SmartDocuments.ts"
import { canned, refusal } from "../support.ts"

const page = { docid: "D", page_id: "P" }

describe("blocks of smart documents", () => {
  it.effect("have the properties of their type alone", () => {
    const { run, sent } = canned(SmartDocuments.layer, () => ({ blocks: [] }))
    const blocks: readonly [NewSmartBlock, ...Array<NewSmartBlock>] = [
      { type: "BLOCK_TYPE_HEADER_1", title: "标题" },
      { type: "BLOCK_TYPE_CODE", title: "1", props: { code_props: { code_language: "CODE_LANGUAGE_PYTHON" } } },
      { type: "BLOCK_TYPE_TODO", title: "做", props: { todo_props: { checked: true } } }
    ]
    return run(Effect.gen(function*() {
      const documents = yield* SmartDocuments
      yield* documents.addBlocks({ ...page, blocks })
      assert.deepStrictEqual(sent(), [{ ...page, blocks }])
      const refused = (block: unknown) => refusal(documents.addBlocks({ ...page, blocks: [block as NewSmartBlock] }))
      assert.deepStrictEqual(yield* refused({ type: "BLOCK_TYPE_TEXT", props: { code_props: {} } }), [
        "blocks[0].props.code_props: the endpoint has no such field"
      ])
      assert.deepStrictEqual(
        yield* refused({ type: "BLOCK_TYPE_COLUMN_LIST", props: { column_props: { column_num: 5 } } }),
        [
          "blocks[0].props.column_props.column_num: Expected a value between 2 and 4"
        ]
      )
      assert.deepStrictEqual(
        yield* refused({ type: "BLOCK_TYPE_CODE", props: { code_props: { code_language: "python" } } }),
        [
          "blocks[0].props.code_props.code_language: expected a language such as CODE_LANGUAGE_PYTHON"
        ]
      )
    }))
  })

  it.effect("come as a stream, with more to come as text, and keep types that are still to come", () => {
    const { run, sent } = canned(SmartDocuments.layer, ({ body }) =>
      (body as { readonly start?: number }).start === 200
        ? { blocks: [{ id: "b", type: "BLOCK_TYPE_HOLOGRAM", depth: 3 }], has_more: "false", next_start: 0 }
        : { blocks: [{ id: "a", type: "BLOCK_TYPE_TEXT", content: "甲" }], has_more: "true", next_start: 200 })
    return run(Effect.gen(function*() {
      const [known, unknown] = yield* Stream.runCollect((yield* SmartDocuments).listAllBlocks(page))
      assert.strictEqual(known?.type === "BLOCK_TYPE_TEXT" && known.content, "甲")
      assert.deepStrictEqual(unknown?.type === "Unknown" && unknown.value, {
        id: "b",
        type: "BLOCK_TYPE_HOLOGRAM",
        depth: 3
      })
      assert.strictEqual(sent().length, 2)
    }))
  })
})

describe("publishing", () => {
  it.effect("to chosen members names them; the version has 64 bits", () => {
    const { run, sent } = canned(
      SmartDocuments.layer,
      () => ({ share_code: "c", version: 5, publish_time: 6000000000 })
    )
    return run(Effect.gen(function*() {
      const documents = yield* SmartDocuments
      const { version } = yield* documents.publish({
        docid: "D",
        publish_range: PublishRange.Chosen,
        auth_list: [{ type: 1, userid: "a" }, { type: 2, departmentid: 1 }]
      })
      assert.strictEqual(version, "5")
      assert.deepStrictEqual(sent(), [{
        docid: "D",
        publish_range: 4,
        auth_list: [{ type: 1, userid: "a" }, { type: 2, departmentid: 1 }]
      }])
      assert.deepStrictEqual(
        yield* refusal(documents.updatePublishing({ docid: "D", publish_range: PublishRange.Chosen })),
        ["auth_list: is needed for chosen members"]
      )
      assert.strictEqual(
        yield* Effect.map(refusal(documents.listBlocks({ ...page, limit: 201 })), (found) => found[0]),
        "limit: Expected a value between 1 and 200"
      )
    }))
  })

  it.effect("exports Markdown", () => {
    const { run, sent } = canned(
      SmartDocuments.layer,
      ({ path }) => path.endsWith("export_task") ? { task_id: "T" } : { task_done: true, content: "# 标题" }
    )
    return run(Effect.gen(function*() {
      const documents = yield* SmartDocuments
      const task_id = yield* documents.startExport({ docid: "D" })
      assert.strictEqual((yield* documents.getExport({ task_id })).content, "# 标题")
      assert.deepStrictEqual(sent(), [{ docid: "D", content_type: 1 }, { task_id: "T" }])
    }))
  })
})
