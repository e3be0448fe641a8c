import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Stream } from "effect"
import { DocumentAccounts } from "../../../src/oa/documents/DocumentAccounts.ts"
import { DocumentContents } from "../../../src/oa/documents/DocumentContents.ts"
import type { DocumentOperation } from "../../../src/oa/documents/DocumentOperation.ts"
import { DocumentPermissions } from "../../../src/oa/documents/DocumentPermissions.ts"
import { Documents, DocumentType } from "../../../src/oa/documents/Documents.ts"
import { canned, refusal } from "../support.ts"

describe("documents", () => {
  it.effect("are made in a folder of a space, and named by 255 characters", () => {
    const { run, sent } = canned(Documents.layer, () => ({ url: "https://doc.weixin.qq.com/x", docid: "D" }))
    return run(Effect.gen(function*() {
      const documents = yield* Documents
      const doc = { doc_type: DocumentType.SmartSheet, doc_name: "客户" }
      assert.strictEqual((yield* documents.create({ ...doc, admin_users: ["a"] })).docid, "D")
      assert.deepStrictEqual(sent(), [{ doc_type: 10, doc_name: "客户", admin_users: ["a"] }])
      assert.deepStrictEqual(yield* refusal(documents.create({ ...doc, spaceid: "s" })), [
        "fatherid: is needed with spaceid"
      ])
      assert.deepStrictEqual(yield* refusal(documents.create({ ...doc, doc_name: "字".repeat(256) })), [
        "doc_name: at most 255 characters are allowed, got 256"
      ])
      assert.deepStrictEqual(yield* refusal(documents.create({ ...doc, admin_users: ["a", "b", "c", "d"] })), [
        "admin_users: at most 3 items are allowed, got 4"
      ])
      assert.deepStrictEqual(yield* refusal(documents.create({ ...doc, doc_type: 5 })), [
        "doc_type: expected one of 3, 4, 10"
      ])
    }))
  })

  it.effect("are meant by a docid or a formid, never both", () => {
    const { run, sent } = canned(Documents.layer)
    return run(Effect.gen(function*() {
      const documents = yield* Documents
      yield* documents.delete({ formid: "F" })
      yield* documents.rename({ docid: "D", new_name: "新" })
      assert.deepStrictEqual(sent(), [{ formid: "F" }, { docid: "D", new_name: "新" }])
      const both = { docid: "D", formid: "F" } as unknown as { readonly docid: string }
      assert.deepStrictEqual(yield* refusal(documents.delete(both)), [
        ": exactly one of docid, formid is needed, got docid, formid"
      ])
      assert.deepStrictEqual(yield* refusal(documents.rename({ ...both, new_name: "新" })), [
        "docid: either docid or formid is needed"
      ])
    }))
  })
})

describe("the text of documents", () => {
  const operations: ReadonlyArray<DocumentOperation> = [
    { insert_text: { text: "标题", location: { index: 0 } } },
    {
      update_text_property: {
        text_property: { bold: true, color: "FF0000" },
        ranges: [{ start_index: 0, length: 2 }]
      }
    },
    { insert_table: { rows: 2, cols: 3, location: { index: 2 } } }
  ]

  it.effect("is changed by operations, each under one key", () => {
    const { run, sent } = canned(DocumentContents.layer)
    return run(Effect.gen(function*() {
      const contents = yield* DocumentContents
      yield* contents.update({ docid: "D", version: 7, requests: operations })
      assert.deepStrictEqual(sent(), [{ docid: "D", version: 7, requests: operations }])
      const refused = (...requests: ReadonlyArray<DocumentOperation>) =>
        refusal(contents.update({ docid: "D", requests }))
      assert.deepStrictEqual(yield* refused(), ["requests: at least 1 item is needed"])
      assert.deepStrictEqual(
        yield* refused(...Array.from({ length: 31 }, () => ({ insert_paragraph: { location: { index: 0 } } }))),
        ["requests: at most 30 items are allowed, got 31"]
      )
      assert.deepStrictEqual(yield* refused({ insert_table: { rows: 100, cols: 11, location: { index: 0 } } }), [
        "requests[0].insert_table.rows: at most 1000 cells are allowed, got 1100"
      ])
      assert.deepStrictEqual(
        yield* refused({
          replace_text: { text: "", ranges: Array.from({ length: 11 }, () => ({ start_index: 0, length: 1 })) }
        }),
        ["requests[0].replace_text.ranges: at most 10 items are allowed, got 11"]
      )
      assert.deepStrictEqual(
        yield* refused({
          update_text_property: { text_property: { color: "red" }, ranges: [{ start_index: 0, length: 1 }] }
        }),
        ["requests[0].update_text_property.text_property.color: expected a colour as RRGGBB, such as 0000FF"]
      )
      const two: unknown = { ...operations[0], ...operations[1] }
      assert.match(
        `${yield* refused(two as DocumentOperation)}`,
        /exactly one of .* got insert_text, update_text_property/
      )
    }))
  })

  it.effect("is read as a tree, whatever types of nodes come", () => {
    const text = (value: string) => ({ type: "Text", begin: 0, end: value.length, text: value })
    const { run } = canned(DocumentContents.layer, () => ({
      version: 10,
      document: {
        type: "Document",
        children: [{
          type: "MainStory",
          children: [
            {
              type: "Paragraph",
              property: { paragraph_property: { number_property: { number_id: 2 } } },
              children: [text("一")]
            },
            { type: "Mindmap", children: [text("二")] },
            {
              type: "Drawing",
              property: {
                drawing_property: { anchor: { picture: { uri: "https://x", wrap_square: { wrap_text: "Y" } } } }
              }
            }
          ]
        }]
      }
    }))
    return run(Effect.gen(function*() {
      const { document, version } = yield* (yield* DocumentContents).get({ docid: "D" })
      assert.strictEqual(version, 10)
      assert.strictEqual(document?.textContent, "一二")
      const [paragraph, unknown, drawing] = document?.children[0]?.children ?? []
      assert.strictEqual(paragraph?.property?.paragraph_property?.number_property?.number_id, "2")
      assert.strictEqual(unknown?.type, "Mindmap")
      assert.strictEqual(drawing?.property?.drawing_property?.anchor?.picture?.uri, "https://x")
    }))
  })

  it.effect("has pictures, which travel in base64", () => {
    const { run, sent } = canned(DocumentContents.layer, () => ({ url: "https://p", width: "3", height: 4, size: 5 }))
    return run(Effect.gen(function*() {
      const image = yield* (yield* DocumentContents).uploadImage({
        docid: "D",
        base64_content: new TextEncoder().encode("png")
      })
      assert.deepStrictEqual(sent(), [{ docid: "D", base64_content: "cG5n" }])
      assert.strictEqual(image.width, 3)
    }))
  })
})

describe("who may open a document", () => {
  it.effect("is changed for one person or department at a time", () => {
    const { run, sent } = canned(DocumentPermissions.layer)
    return run(Effect.gen(function*() {
      const permissions = yield* DocumentPermissions
      yield* permissions.updateMembers({
        docid: "D",
        update_file_member_list: [{ userid: "a", auth: 7 }],
        del_file_member_list: [{ tmp_external_userid: "b" }]
      })
      yield* permissions.updateRule({
        docid: "D",
        update_co_auth_list: true,
        co_auth_list: [{ departmentid: 1, auth: 1 }]
      })
      assert.deepStrictEqual(sent(), [
        {
          docid: "D",
          update_file_member_list: [{ type: 1, userid: "a", auth: 7 }],
          del_file_member_list: [{ type: 1, tmp_external_userid: "b" }]
        },
        { docid: "D", update_co_auth_list: true, co_auth_list: [{ departmentid: 1, auth: 1, type: 2 }] }
      ])
      assert.deepStrictEqual(yield* refusal(permissions.updateMembers({ docid: "D" })), [
        "update_file_member_list: at least one of update_file_member_list, del_file_member_list is needed"
      ])
      assert.deepStrictEqual(
        yield* refusal(permissions.updateMembers({ docid: "D", del_file_member_list: [{}] })),
        ["del_file_member_list[0].userid: either userid or tmp_external_userid is needed"]
      )
      assert.deepStrictEqual(yield* refusal(permissions.updateRule({ docid: "D", co_auth_list: [] })), [
        "update_co_auth_list: must be true for co_auth_list to be taken"
      ])
      const closed = { docid: "D", enable_corp_internal: false, corp_internal_approve_only_by_admin: false }
      assert.deepStrictEqual(yield* refusal(permissions.updateRule(closed)), [
        "corp_internal_approve_only_by_admin: must be true without enable_corp_internal"
      ])
      const shut = { docid: "D", enable_corp_external: false, ban_share_external: false }
      assert.deepStrictEqual(
        yield* refusal(permissions.updateRule({ ...shut, corp_external_approve_only_by_admin: false })),
        [
          "corp_external_approve_only_by_admin: must be true with neither enable_corp_external nor ban_share_external"
        ]
      )
    }))
  })
})

describe("accounts with paid functions", () => {
  it.effect("come page by page, also short ones", () => {
    const { run, sent } = canned(
      Layer.mergeAll(DocumentAccounts.layer),
      ({ body }) =>
        (body as { readonly cursor?: string }).cursor === "2"
          ? { userid_list: ["c"], has_more: false, next_cursor: "3" }
          : { userid_list: ["a", "b"], has_more: true, next_cursor: "2" }
    )
    return run(Effect.gen(function*() {
      const accounts = yield* DocumentAccounts
      assert.deepStrictEqual(yield* Stream.runCollect(accounts.listAll({ limit: 200 })), ["a", "b", "c"])
      assert.deepStrictEqual(sent(), [{ limit: 200 }, { limit: 200, cursor: "2" }])
      assert.deepStrictEqual(yield* refusal(accounts.list({ limit: 201 })), [
        "limit: Expected a value between 1 and 200"
      ])
      assert.deepStrictEqual(yield* refusal(accounts.add({ userid_list: [] })), [
        "userid_list: at least 1 item is needed"
      ])
    }))
  })
})
