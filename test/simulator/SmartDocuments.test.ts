/** Smart documents (智能文档), asked in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const post = (path: string, body: object) => called.post(`/cgi-bin/wedoc/${path}`, body)
const codeOf = (path: string, body: object) => Effect.map(post(path, body), ({ errcode }) => errcode)

interface Block {
  readonly id: string
  readonly title?: string
  readonly parent_id?: string
  readonly children?: ReadonlyArray<string>
}

const document = Effect.map(
  post("create_doc", { doc_type: 3, doc_name: "手册" }),
  ({ docid }) => ({ docid: docid as string })
)

const page = Effect.gen(function*() {
  const at = yield* document
  const { info } = yield* post("smartdoc/add_page", { ...at, info: { title: "首页" } })
  return { ...at, page_id: (info as { readonly page_id: string }).page_id }
})

const add = (at: object, ...blocks: ReadonlyArray<object>) =>
  Effect.map(post("smartdoc/add_blocks", { ...at, blocks }), ({ blocks }) => blocks as ReadonlyArray<Block>)

const titles = (at: object, query: object = {}) =>
  Effect.map(
    post("smartdoc/get_block_list", { ...at, ...query }),
    ({ blocks }) => (blocks as ReadonlyArray<Block>).map(({ title }) => title)
  )

const text = (title: string, more: object = {}) => ({ type: "BLOCK_TYPE_TEXT", title, ...more })

describe("pages", () => {
  it.effect("stand in a tree, where they are put", () =>
    Effect.gen(function*() {
      const at = yield* document
      const made = (info: object) =>
        Effect.map(
          post("smartdoc/add_page", { ...at, info }),
          ({ info }) => (info as { readonly page_id: string }).page_id
        )
      const one = yield* made({ title: "一" })
      const two = yield* made({ title: "二", after_id: one })
      const inner = yield* made({ title: "里", parent_id: one, layout_mode: 2 })
      const pages = Effect.map(
        post("smartdoc/get_page_hierarchy", at),
        ({ pages }) => (pages as ReadonlyArray<{ page_id: string; parent_id: string }>)
      )
      assert.deepStrictEqual((yield* pages).map(({ page_id, parent_id }) => [page_id, parent_id]), [
        [one, ""],
        [inner, one],
        [two, ""]
      ])
      yield* post("smartdoc/update_page", { ...at, info: { page_id: inner, parent_id: two, title: "新" } })
      assert.deepStrictEqual((yield* pages).map(({ page_id }) => page_id), [one, two, inner])
      assert.strictEqual(
        yield* codeOf("smartdoc/update_page", { ...at, info: { page_id: two, parent_id: inner } }),
        40058
      )
      yield* post("smartdoc/delete_page", { ...at, page_id: two })
      assert.deepStrictEqual((yield* pages).map(({ page_id }) => page_id), [one])
      assert.strictEqual(yield* codeOf("smartdoc/get_block_list", { ...at, page_id: inner }), 40058)
    }).pipe(simulated))
})

describe("blocks", () => {
  it.effect("come first where no block before them is named, as the documents say", () =>
    Effect.gen(function*() {
      const at = yield* page
      const [one, two] = yield* add(at, text("一"), text("二"))
      assert.deepStrictEqual(yield* titles(at), ["二", "一"])
      yield* add(at, text("三", { after_id: one?.id }), text("里", { parent_id: two?.id }))
      assert.deepStrictEqual(yield* titles(at), ["二", "里", "一", "三"])
      assert.strictEqual(
        yield* codeOf("smartdoc/add_blocks", { ...at, blocks: [text("?", { after_id: "none" })] }),
        40058
      )
    }).pipe(simulated))

  it.effect("are changed, moved and deleted with what is within them", () =>
    Effect.gen(function*() {
      const at = yield* page
      const [one] = yield* add(at, text("一"))
      const [two] = yield* add(at, text("二", { parent_id: one?.id }))
      const update = (block: object) => post("smartdoc/update_blocks", { ...at, blocks: [block] })
      const answer = yield* update({ id: two?.id, type: "BLOCK_TYPE_TODO", content: "做" })
      assert.deepStrictEqual(answer.blocks, [{
        id: two?.id,
        type: "BLOCK_TYPE_TODO",
        title: "做",
        parent_id: one?.id,
        children: []
      }])
      assert.strictEqual((yield* update({ id: one?.id, type: "BLOCK_TYPE_TEXT", parent_id: two?.id })).errcode, 40058)
      yield* post("smartdoc/delete_blocks", { ...at, ids: [one?.id] })
      assert.deepStrictEqual(yield* titles(at), [])
    }).pipe(simulated))

  it.effect("come in pages, which say in words whether more follow", () =>
    Effect.gen(function*() {
      const at = yield* page
      yield* add(at, text("三"), text("二"), text("一"))
      const { has_more, next_start } = yield* post("smartdoc/get_block_list", { ...at, limit: 2 })
      assert.deepStrictEqual([has_more, next_start], ["true", 2])
      const last = yield* post("smartdoc/get_block_list", { ...at, limit: 2, start: 2 })
      assert.strictEqual(last.has_more, "false")
      assert.deepStrictEqual((last.blocks as ReadonlyArray<Block>).map(({ title }) => title), ["三"])
    }).pipe(simulated))
})

describe("a smart document", () => {
  it.effect("is exported as Markdown after a while", () =>
    Effect.gen(function*() {
      const at = yield* page
      yield* add(at, { type: "BLOCK_TYPE_HEADER_2", title: "节" })
      const { task_id } = yield* post("smartdoc/export_task", { ...at, content_type: 1 })
      assert.strictEqual((yield* post("smartdoc/get_export_result", { task_id })).task_done, false)
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* post("smartdoc/get_export_result", { task_id })).content, "# 首页\n\n## 节")
    }).pipe(simulated))

  it.effect("keeps its data tables as sheets of one smart sheet", () =>
    Effect.gen(function*() {
      const at = yield* document
      const { ss_docid } = yield* post("smartdoc/get_smartsheet_info", at)
      const { info } = yield* post("smartdoc/add_smartsheet", { ...at, info: { title: "任务" } })
      const { block_id, sheet_id } = info as { readonly block_id: string; readonly sheet_id: string }
      yield* post("smartsheet/add_records", {
        docid: ss_docid,
        sheet_id,
        records: [{ values: {} }]
      })
      yield* post("smartdoc/update_smartsheet", { ...at, info: { block_id, title: "事项" } })
      const { sheet_list } = yield* post("smartsheet/get_sheet", { docid: ss_docid })
      assert.deepStrictEqual(
        (sheet_list as ReadonlyArray<{ readonly title: string }>).map(({ title }) => title),
        ["事项"]
      )
      yield* post("smartdoc/delete_smartsheet", { ...at, block_id })
      assert.deepStrictEqual((yield* post("smartsheet/get_sheet", { docid: ss_docid })).sheet_list, [])
    }).pipe(simulated))

  it.effect("is published for those who are in the corp", () =>
    Effect.gen(function*() {
      const at = yield* document
      const first = yield* post("smartdoc/publish", at)
      const second = yield* post("smartdoc/publish", { ...at, publish_range: 3 })
      assert.deepStrictEqual([first.version, second.version, second.share_code], [1, 2, first.share_code])
      const chosen = (auth_list: ReadonlyArray<object>) =>
        codeOf("smartdoc/publish_setting", { ...at, publish_range: 4, auth_list })
      assert.strictEqual(yield* chosen([{ type: 1, userid: "nobody" }]), 640012)
      assert.strictEqual(yield* chosen([{ type: 2, departmentid: 99 }]), 640013)
      assert.strictEqual(yield* chosen([{ type: 1, userid: "zhangsan" }, { type: 2, departmentid: 1 }]), 0)
      assert.strictEqual(yield* codeOf("smartdoc/cancel_publish", at), 0)
      assert.strictEqual(yield* codeOf("smartdoc/cancel_publish", at), 40058)
    }).pipe(simulated))
})
