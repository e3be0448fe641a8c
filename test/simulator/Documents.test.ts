/** Documents: their text, who may open and edit them, and what members do with them; in raw JSON. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import type * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as Acts from "../../src/simulator/areas/smart-sheets/DocumentActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const post = (path: string, body: object) => called.post(`/cgi-bin/wedoc/${path}`, body)
const codeOf = (path: string, body: object) => Effect.map(post(path, body), ({ errcode }) => errcode)

const made = (doc_type: number, more: object = {}) =>
  Effect.map(
    post("create_doc", { doc_type, doc_name: "文", ...more }),
    ({ docid }) => ({ docid: docid as string })
  )

interface Node {
  readonly type: string
  readonly begin: number
  readonly end: number
  readonly text?: string
  readonly property?: { readonly run_property?: object; readonly drawing_property?: object }
  readonly children?: ReadonlyArray<Node>
}

/** What stands on the page: the children of the section. */
const nodesOf = (at: object) =>
  Effect.map(
    post("document/get", at),
    ({ document }) => (document as Node).children?.[0]?.children?.[0]?.children ?? []
  )

const textOf = ({ children = [], text = "" }: Node): string => text + children.map(textOf).join("")

const update = (at: object, ...requests: ReadonlyArray<object>) => codeOf("document/batch_update", { ...at, requests })

const insert = (index: number, text: string) => ({ insert_text: { text, location: { index } } })

describe("the text of a document", () => {
  it.effect("is changed at places that the operations before have moved", () =>
    Effect.gen(function*() {
      const at = yield* made(3)
      assert.strictEqual(yield* update(at, insert(0, "甲乙"), insert(2, "丙\n丁"), insert(0, "题\n")), 0)
      assert.deepStrictEqual((yield* nodesOf(at)).map(textOf), ["题", "甲乙丙", "丁"])
      const [first, second] = yield* nodesOf(at)
      assert.deepStrictEqual([first?.begin, first?.end, second?.begin, second?.end], [0, 2, 2, 6])
      const replace = { text: "子", ranges: [{ start_index: 2, length: 1 }, { start_index: 4, length: 1 }] }
      yield* update(at, { replace_text: replace }, { delete_content: { range: { start_index: 0, length: 2 } } })
      assert.deepStrictEqual((yield* nodesOf(at)).map(textOf), ["子乙子", "丁"])
      assert.strictEqual((yield* post("document/get", at)).version, 2)
    }).pipe(simulated))

  it.effect("has looks of its own", () =>
    Effect.gen(function*() {
      const at = yield* made(3)
      yield* update(at, insert(0, "甲乙丙"), {
        update_text_property: {
          text_property: { bold: true, color: "FF0000" },
          ranges: [{ start_index: 1, length: 2 }]
        }
      })
      const [paragraph] = yield* nodesOf(at)
      assert.deepStrictEqual(
        paragraph?.children?.map(({ property, text }) => [text, property?.run_property]),
        [["甲", {}], ["乙丙", { bold: true, color: "FF0000" }]]
      )
    }).pipe(simulated))

  it.effect("has tables, whose cells are written like paragraphs, and pictures", () =>
    Effect.gen(function*() {
      const at = yield* made(3)
      assert.strictEqual(
        yield* update(at, insert(0, "前"), { insert_table: { rows: 1, cols: 2, location: { index: 1 } } }),
        0
      )
      const [before, table, after] = yield* nodesOf(at)
      assert.deepStrictEqual([before?.type, table?.type, after?.type], ["Paragraph", "Table", "Paragraph"])
      const cell = table?.children?.[0]?.children?.[1]
      yield* update(at, insert(cell?.children?.[0]?.begin ?? 0, "格"))
      assert.strictEqual(textOf((yield* nodesOf(at))[1]!), "格")
      const png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAC0lEQVR4nGNgwAQAABkAAYb5Y5kAAAAASUVORK5CYII="
      const { height, url, width } = yield* post("image_upload", { ...at, base64_content: png })
      assert.deepStrictEqual([width, height], [2, 3])
      assert.strictEqual(yield* update(at, { insert_image: { image_id: url, location: { index: 0 } } }), 0)
      assert.strictEqual((yield* nodesOf(at))[0]?.children?.[0]?.type, "Drawing")
    }).pipe(simulated))

  it.effect("is changed by all operations or none", () =>
    Effect.gen(function*() {
      const at = yield* made(3)
      yield* update(at, insert(0, "甲"))
      for (
        const wrong of [
          insert(99, "外"),
          { delete_content: { range: { start_index: 0, length: 3 } } },
          { insert_image: { image_id: "https://elsewhere", location: { index: 0 } } }
        ]
      ) assert.strictEqual(yield* update(at, insert(0, "乙"), wrong), 40058)
      assert.deepStrictEqual((yield* nodesOf(at)).map(textOf), ["甲"])
      assert.strictEqual(
        yield* codeOf("document/batch_update", { ...at, version: 2, requests: [insert(0, "丙")] }),
        40058
      )
      assert.strictEqual(yield* codeOf("document/get", yield* made(10)), 640054)
    }).pipe(simulated))
})

describe("permissions", () => {
  it.effect("are what was set of them", () =>
    Effect.gen(function*() {
      const at = yield* made(10, { admin_users: ["zhangsan"] })
      const rule = (change: object) => codeOf("mod_doc_join_rule", { ...at, ...change })
      assert.strictEqual(yield* rule({ corp_internal_auth: 1, enable_corp_external: true }), 0)
      assert.strictEqual(
        yield* rule({ update_co_auth_list: true, co_auth_list: [{ departmentid: 1, auth: 2, type: 2 }] }),
        0
      )
      assert.strictEqual(
        yield* codeOf("mod_doc_member", { ...at, update_file_member_list: [{ type: 1, userid: "lisi", auth: 2 }] }),
        0
      )
      yield* codeOf("mod_doc_safty_setting", { ...at, enable_readonly_copy: false, watermark: { show_text: true } })
      const auth = yield* post("doc_get_auth", at)
      assert.deepInclude(auth.access_rule, { corp_internal_auth: 1, enable_corp_external: true })
      assert.deepStrictEqual(auth.doc_member_list, [
        { type: 1, userid: "zhangsan", auth: 7 },
        { type: 1, userid: "lisi", auth: 2 }
      ])
      assert.deepStrictEqual(auth.co_auth_list, [{ departmentid: 1, type: 2, auth: 2 }])
      assert.deepInclude(auth.secure_setting, { enable_readonly_copy: false, watermark: { show_text: true } })
      yield* codeOf("mod_doc_member", { ...at, del_file_member_list: [{ type: 1, userid: "zhangsan" }] })
      assert.lengthOf((yield* post("doc_get_auth", at)).doc_member_list as ReadonlyArray<unknown>, 1)
    }).pipe(simulated))

  it.effect("refuse what the documents rule out", () =>
    Effect.gen(function*() {
      const at = yield* made(3)
      const member = (userid: string, auth: number) =>
        codeOf("mod_doc_member", { ...at, update_file_member_list: [{ type: 1, userid, auth }] })
      assert.strictEqual(yield* member("lisi", 2), 40058)
      assert.strictEqual(yield* member("nobody", 1), 60111)
      assert.strictEqual(yield* codeOf("mod_doc_join_rule", { ...at, corp_internal_auth: 2 }), 40058)
      assert.strictEqual(
        yield* codeOf("mod_doc_join_rule", { ...at, corp_internal_approve_only_by_admin: true }),
        40058
      )
      assert.strictEqual(yield* member("lisi", 7), 0)
      assert.strictEqual(yield* codeOf("mod_doc_join_rule", { ...at, corp_internal_approve_only_by_admin: true }), 0)
      assert.strictEqual(yield* codeOf("create_doc", { doc_type: 3, doc_name: "?", admin_users: ["nobody"] }), 60111)
    }).pipe(simulated))

  it.effect("decide who may edit a smart sheet, and its sheets", () =>
    Effect.gen(function*() {
      const at = yield* made(10)
      const { properties } = yield* post("smartsheet/add_sheet", { ...at, properties: { title: "一" } })
      const sheet_id = (properties as { readonly sheet_id: string }).sheet_id
      const add = (userid: string) => Acts.addRecords({ ...at, sheet_id, userid, records: [{}] })
      const refused = (userid: string) => Effect.map(Effect.flip(add(userid)), ({ message }) => message)
      yield* add("lisi")
      yield* post("mod_doc_join_rule", { ...at, corp_internal_auth: 1 })
      assert.match(yield* refused("lisi"), /lisi may not insert/)
      yield* post("mod_doc_join_rule", { ...at, enable_corp_internal: false })
      assert.match(yield* refused("lisi"), /may not open/)
      yield* post("mod_doc_member", { ...at, update_file_member_list: [{ type: 1, userid: "lisi", auth: 2 }] })
      yield* add("lisi")

      const everyone = (priv: object) =>
        post("smartsheet/content_priv/update_sheet_priv", { ...at, type: 1, priv_list: [{ sheet_id, ...priv }] })
      yield* everyone({ priv: 2, can_insert_record: false })
      assert.match(yield* refused("lisi"), /may not insert/)
      const { rule_id } = yield* post("smartsheet/content_priv/create_rule", { ...at, name: "销售" })
      yield* post("smartsheet/content_priv/update_sheet_priv", {
        ...at,
        type: 2,
        rule_id,
        priv_list: [{ sheet_id, priv: 1 }]
      })
      assert.match(yield* refused("lisi"), /may not insert/)
      yield* post("smartsheet/content_priv/mod_rule_member", {
        ...at,
        rule_id,
        add_member_range: { userid_list: ["lisi"] }
      })
      yield* add("lisi")
      const { rule_list } = yield* post("smartsheet/content_priv/get_sheet_priv", {
        ...at,
        type: 2,
        rule_id_list: [rule_id]
      })
      assert.deepStrictEqual(rule_list, [{ rule_id, type: 2, name: "销售", priv_list: [{ sheet_id, priv: 1 }] }])
      assert.strictEqual(yield* codeOf("smartsheet/content_priv/create_rule", { ...at, name: "销售" }), 40058)
      yield* post("smartsheet/content_priv/delete_rule", { ...at, rule_id_list: [rule_id] })
      assert.match(yield* refused("lisi"), /may not insert/)
    }).pipe(simulated))

  it.effect("of the paid functions are given and taken", () =>
    Effect.gen(function*() {
      const added = yield* post("vip/batch_add", { userid_list: ["lisi", "nobody"] })
      assert.deepStrictEqual([added.succ_userid_list, added.fail_userid_list], [["lisi"], ["nobody"]])
      assert.deepStrictEqual((yield* post("vip/list", {})).userid_list, ["lisi"])
      yield* post("vip/batch_del", { userid_list: ["lisi"] })
      assert.deepStrictEqual((yield* post("vip/list", {})).userid_list, [])
    }).pipe(simulated))
})

describe("members", () => {
  const idsOf = (heard: readonly [string, object] | undefined, field: string): ReadonlyArray<string> =>
    Reflect.get(heard?.[1] ?? {}, field)

  it.effect("are asked to fill in a form until it closes, and nobody else is", () =>
    Effect.gen(function*() {
      const { formid } = yield* post("create_form", {
        form_info: {
          form_title: "午饭",
          form_question: {
            items: [{ question_id: 1, title: "吃什么", pos: 1, status: 1, reply_type: 1, must_reply: false }]
          },
          form_setting: { fill_out_auth: 1, fill_in_range: { userids: ["lisi"] }, timed_finish: 3600 }
        }
      })
      const fill = (userid: string) => Acts.fillIn({ formid: formid as string, userid, replies: [] })
      assert.match((yield* Effect.flip(fill("zhangsan"))).message, /is not asked/)
      yield* TestClock.adjust("1 hour")
      assert.match((yield* Effect.flip(fill("lisi"))).message, /is closed/)
    }).pipe(simulated))

  it.effect("do things of which the app that made the document is told, each by its event", () => {
    const heard: Array<readonly [string, object]> = []
    const told = (name: string, ...fields: ReadonlyArray<string>) => (event: CallbackEvent.Known) =>
      Effect.sync(() => {
        heard.push([name, Object.fromEntries(fields.map((field) => [field, Reflect.get(event, field)]))])
      })
    const routes = CallbackRouter.layer({
      ...options,
      handlers: {
        "event/doc_change/doc_member_change": told("doc_member_change", "DocId"),
        "event/doc_change/delete_doc": told("delete_doc", "DocId"),
        "event/doc_change/form_complete": told("form_complete", "FormId"),
        "event/doc_change/form_settings_change": told("form_settings_change", "FormId"),
        "event/doc_change/delete_form": told("delete_form", "FormId"),
        "event/smart_sheet_change/add_filed": told("add_filed", "DocId", "SheetId", "FieldId"),
        "event/smart_sheet_change/update_filed": told("update_filed", "FieldId"),
        "event/smart_sheet_change/delete_filed": told("delete_filed", "FieldId"),
        "event/smart_sheet_change/add_record": told("add_record", "RecordId"),
        "event/smart_sheet_change/update_record": told("update_record", "RecordId"),
        "event/smart_sheet_change/delete_record": told("delete_record", "RecordId")
      },
      fallback: () => Effect.die("an event without a handler")
    })
    return Effect.gen(function*() {
      yield* serve(routes)
      const at = yield* made(10, { admin_users: ["zhangsan"] })
      const { docid } = at
      const { properties } = yield* post("smartsheet/add_sheet", { ...at, properties: { title: "一" } })
      const sheet_id = (properties as { readonly sheet_id: string }).sheet_id
      const by = { ...at, sheet_id, userid: "lisi" }
      yield* Acts.addFields({ ...by, fields: [{ field_title: "名", field_type: "FIELD_TYPE_TEXT" }] })
      const [field_id = ""] = idsOf(heard[0], "FieldId")
      yield* Acts.updateFields({ ...by, fields: [{ field_id, field_title: "称", field_type: "FIELD_TYPE_TEXT" }] })
      yield* Acts.addRecords({ ...by, records: [{ 称: [{ type: "text", text: "甲" }] }] })
      const [record_id = ""] = idsOf(heard[2], "RecordId")
      yield* Acts.updateRecords({ ...by, records: [{ record_id, values: {} }] })
      yield* Acts.deleteRecords({ ...by, record_ids: [record_id] })
      yield* Acts.deleteFields({ ...by, field_ids: [field_id] })
      yield* Acts.share({ ...at, userid: "lisi", with: ["zhangsan"] })
      assert.match((yield* Effect.flip(Acts.deleteDocument({ ...at, userid: "lisi" }))).message, /does not administer/)
      yield* Acts.deleteDocument({ ...at, userid: "zhangsan" })
      assert.strictEqual(yield* codeOf("get_doc_base_info", at), 301085)

      const { formid } = yield* post("create_form", {
        form_info: {
          form_title: "午饭",
          form_question: {
            items: [{ question_id: 1, title: "吃什么", pos: 1, status: 1, reply_type: 1, must_reply: false }]
          },
          form_setting: { setting_manager_range: { userids: ["zhangsan"] } }
        }
      })
      const form = { formid: formid as string, userid: "zhangsan" }
      yield* Acts.fillIn({ ...form, userid: "lisi", replies: [] })
      yield* Acts.changeForm({ ...form, setting: { allow_multi_fill: true } })
      yield* Acts.deleteForm(form)

      assert.deepStrictEqual(heard, [
        ["add_filed", { DocId: docid, SheetId: sheet_id, FieldId: [field_id] }],
        ["update_filed", { FieldId: [field_id] }],
        ["add_record", { RecordId: [record_id] }],
        ["update_record", { RecordId: [record_id] }],
        ["delete_record", { RecordId: [record_id] }],
        ["delete_filed", { FieldId: [field_id] }],
        ["doc_member_change", { DocId: [docid] }],
        ["delete_doc", { DocId: [docid] }],
        ["form_complete", { FormId: [formid] }],
        ["form_settings_change", { FormId: [formid] }],
        ["delete_form", { FormId: [formid] }]
      ])
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, layerWeCom)))
  })
})
