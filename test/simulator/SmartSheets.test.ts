/** Documents and smart sheets, asked in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import type { SheetRecordsAdded } from "../../src/callback/events/DocumentEvents.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { addRecords, fillIn, updateRecords } from "../../src/simulator/areas/smart-sheets/DocumentActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import type { Power } from "../../src/simulator/engine/Power.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const corp = (powers?: ReadonlyArray<Power>) =>
  Effect.provide(
    Layer.provideMerge(
      Simulator.layerHttpClient,
      Simulator.layer({ corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, powers })) }] })
    )
  )

const post = (path: string, body: object) => called.post(`/cgi-bin/wedoc/${path}`, body)
const codeOf = (path: string, body: object) => Effect.map(post(path, body), ({ errcode }) => errcode)

/** A smart sheet with one sheet. */
const place = Effect.gen(function*() {
  const { docid } = yield* post("create_doc", { doc_type: 10, doc_name: "表" })
  const { properties } = yield* post("smartsheet/add_sheet", { docid, properties: { title: "一", index: 0 } })
  return { docid: docid as string, sheet_id: (properties as { readonly sheet_id: string }).sheet_id }
})

const fields = [
  { field_title: "名", field_type: "FIELD_TYPE_TEXT" },
  { field_title: "数", field_type: "FIELD_TYPE_NUMBER", property_number: { decimal_places: 0 } },
  { field_title: "日", field_type: "FIELD_TYPE_DATE_TIME", property_date_time: { format: "yyyy-mm-dd" } },
  {
    field_title: "选",
    field_type: "FIELD_TYPE_SINGLE_SELECT",
    property_single_select: { options: [{ text: "甲" }] }
  },
  {
    field_title: "号",
    field_type: "FIELD_TYPE_AUTONUMBER",
    property_auto_number: { type: "NUMBER_TYPE_INCR" }
  }
]

const text = (value: string) => [{ type: "text", text: value }]

/** The cells of all records, by titles. */
const values = (at: object, query: object = {}) =>
  Effect.map(
    post("smartsheet/get_records", { ...at, ...query }),
    ({ records }) => (records as ReadonlyArray<{ readonly values: object }>).map(({ values }) => values)
  )

describe("documents", () => {
  it.effect("are kept until they are deleted", () =>
    Effect.gen(function*() {
      const { docid, url } = yield* post("create_doc", { doc_type: 3, doc_name: "周报" })
      yield* TestClock.adjust("1 minute")
      yield* post("rename_doc", { docid, new_name: "月报" })
      const { doc_base_info } = yield* post("get_doc_base_info", { docid })
      assert.deepStrictEqual(doc_base_info, { docid, doc_name: "月报", doc_type: 3, create_time: 0, modify_time: 60 })
      assert.strictEqual((yield* post("doc_share", { docid })).share_url, url)
      assert.strictEqual(yield* codeOf("del_doc", { docid }), 0)
      assert.strictEqual(yield* codeOf("del_doc", { docid }), 301085)
      assert.strictEqual(yield* codeOf("create_doc", { doc_type: 5, doc_name: "?" }), 640054)
    }).pipe(corp()))

  it.effect("are for apps that may use them", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* codeOf("create_doc", { doc_type: 3, doc_name: "周报" }), 48002)
    }).pipe(corp(["messages"])))
})

describe("smart sheets", () => {
  it.effect("refuse fields of one title, and cells that do not fit their field", () =>
    Effect.gen(function*() {
      const at = yield* place
      assert.strictEqual(yield* codeOf("smartsheet/add_fields", { ...at, fields }), 0)
      assert.strictEqual(yield* codeOf("smartsheet/add_fields", { ...at, fields: fields.slice(0, 1) }), 2022030)
      const add = (cells: object) => codeOf("smartsheet/add_records", { ...at, records: [{ values: cells }] })
      assert.strictEqual(yield* add({ 没有: text("x") }), 2022030)
      assert.strictEqual(yield* add({ 名: "x" }), 40058)
      assert.strictEqual(yield* add({ 日: "2026-11-28" }), 2022034)
      assert.strictEqual(yield* add({ 选: [{ id: "no-such-option" }] }), 2022020)
      assert.strictEqual(yield* add({ 号: [{ seq: "1" }] }), 40058)
      assert.deepStrictEqual(yield* values(at), [])
      assert.strictEqual(
        yield* codeOf("smartsheet/update_records", { ...at, records: [{ record_id: "no", values: {} }] }),
        2022003
      )
      assert.strictEqual(yield* codeOf("smartsheet/get_records", { ...at, offset: 1 }), 2022023)
      assert.strictEqual(yield* codeOf("smartsheet/get_records", { ...at, sheet_id: "no" }), 301085)
    }).pipe(corp()))

  it.effect("give options their ids, number records, and leave out empty cells", () =>
    Effect.gen(function*() {
      const at = yield* place
      yield* post("smartsheet/add_fields", { ...at, fields })
      yield* post("smartsheet/add_records", {
        ...at,
        records: [{ values: { 名: text("一"), 选: [{ text: "甲" }] } }, {
          values: { 名: text("二"), 选: [{ text: "乙" }] }
        }]
      })
      const [first, second] = (yield* values(at)) as ReadonlyArray<{
        readonly 选: ReadonlyArray<{ readonly id: string; readonly text: string }>
      }>
      assert.deepStrictEqual(Object.keys(first ?? {}), ["名", "选", "号"])
      assert.strictEqual(second?.选[0]?.text, "乙")
      const { fields: [, , , choice] = [] } = (yield* post("smartsheet/get_fields", at)) as unknown as {
        readonly fields?: ReadonlyArray<{
          readonly property_single_select?: { readonly options: ReadonlyArray<{ readonly id: string }> }
        }>
      }
      assert.deepStrictEqual(
        choice?.property_single_select?.options.map(({ id }) => id),
        [first?.选[0]?.id, second?.选[0]?.id]
      )
      assert.deepStrictEqual(
        yield* values(at, { field_titles: ["号"] }),
        [{ 号: [{ seq: "1", text: "1" }] }, { 号: [{ seq: "2", text: "2" }] }]
      )
    }).pipe(corp()))

  it.effect("are read through views that filter and sort", () =>
    Effect.gen(function*() {
      const at = yield* place
      const { fields: added } = yield* post("smartsheet/add_fields", { ...at, fields })
      const [, number] = added as ReadonlyArray<{ readonly field_id: string }>
      yield* post("smartsheet/add_records", {
        ...at,
        records: [3, 1, 2].map((数) => ({ values: { 数 } }))
      })
      const { view } = yield* post("smartsheet/add_view", { ...at, view_title: "排", view_type: "VIEW_TYPE_GRID" })
      const { view_id } = view as { readonly view_id: string }
      const spec = {
        sort_spec: { sort_infos: [{ field_id: number?.field_id, desc: true }] },
        filter_spec: {
          conjunction: "CONJUNCTION_AND",
          conditions: [{
            field_id: number?.field_id,
            field_type: "FIELD_TYPE_NUMBER",
            operator: "OPERATOR_IS_LESS",
            number_value: { value: 3 }
          }]
        }
      }
      assert.strictEqual(yield* codeOf("smartsheet/update_view", { ...at, view_id, property: spec }), 0)
      assert.deepStrictEqual(
        yield* values(at, { view_id, field_titles: ["数"] }),
        [{ 数: 2 }, { 数: 1 }]
      )
      assert.deepStrictEqual(
        yield* values(at, { field_titles: ["数"], sort: [{ field_title: "数" }], limit: 2 }),
        [{ 数: 1 }, { 数: 2 }]
      )
      assert.strictEqual(yield* codeOf("smartsheet/get_records", { ...at, view_id: "no" }), 2022005)
      assert.strictEqual(yield* codeOf("smartsheet/delete_views", { ...at, view_ids: [view_id] }), 0)
      assert.strictEqual(yield* codeOf("smartsheet/delete_views", { ...at, view_ids: [view_id] }), 2022005)
    }).pipe(corp()))

  it.effect("know spans of days that move with the clock, in China's time", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.UTC(2026, 10, 27, 17)) // Saturday 28, 01:00 in China
      const at = yield* place
      const { fields: added } = yield* post("smartsheet/add_fields", { ...at, fields })
      const date = (added as ReadonlyArray<{ readonly field_id: string }>)[2]
      const at8 = (day: number, hour: number) => `${Date.UTC(2026, 10, day, hour - 8)}`
      yield* post("smartsheet/add_records", {
        ...at,
        records: [[27, 23], [28, 0], [22, 12], [23, 0], [1, 0]].map(([day = 0, hour = 0]) => ({
          values: { 名: text(`${day}`), 日: at8(day, hour) }
        }))
      })
      const days = (type: string, operator = "OPERATOR_IS") =>
        Effect.map(
          values(at, {
            field_titles: ["名"],
            filter_spec: {
              conjunction: "CONJUNCTION_AND",
              conditions: [{
                field_id: date?.field_id,
                field_type: "FIELD_TYPE_DATE_TIME",
                operator,
                date_time_value: { type }
              }]
            }
          }),
          (rows) => (rows as ReadonlyArray<{ readonly 名: ReturnType<typeof text> }>).map(({ 名 }) => 名[0]?.text)
        )
      assert.deepStrictEqual(yield* days("DATE_TIME_TYPE_TODAY"), ["28"])
      assert.deepStrictEqual(yield* days("DATE_TIME_TYPE_YESTERDAY"), ["27"])
      assert.deepStrictEqual(yield* days("DATE_TIME_TYPE_CURRENT_WEEK"), ["27", "28", "23"])
      assert.deepStrictEqual(yield* days("DATE_TIME_TYPE_LAST_WEEK"), ["22"])
      assert.deepStrictEqual(yield* days("DATE_TIME_TYPE_CURRENT_MONTH"), ["27", "28", "22", "23", "1"])
      assert.deepStrictEqual(yield* days("DATE_TIME_TYPE_TODAY", "OPERATOR_IS_LESS"), ["27", "22", "23", "1"])
    }).pipe(corp()))

  it.effect("group fields, each once", () =>
    Effect.gen(function*() {
      const at = yield* place
      const { fields: added } = yield* post("smartsheet/add_fields", { ...at, fields })
      const children = (added as ReadonlyArray<{ readonly field_id: string }>).slice(0, 2)
        .map(({ field_id }) => ({ field_id }))
      assert.strictEqual(yield* codeOf("smartsheet/add_field_group", { ...at, name: "组", children }), 0)
      assert.strictEqual(yield* codeOf("smartsheet/add_field_group", { ...at, name: "组" }), 2022030)
      assert.strictEqual(yield* codeOf("smartsheet/add_field_group", { ...at, name: "组二", children }), 2022040)
      const { field_groups } = yield* post("smartsheet/get_field_groups", at)
      assert.lengthOf(field_groups as ReadonlyArray<unknown>, 1)
    }).pipe(corp()))
})

describe("spreadsheets", () => {
  it.effect("keep cells, and the operations before one that fails", () =>
    Effect.gen(function*() {
      const { docid } = yield* post("create_doc", { doc_type: 4, doc_name: "表格" })
      const add = { add_sheet_request: { title: "一月", row_count: 3, column_count: 3 } }
      const { data } = yield* post("spreadsheet/batch_update", { docid, requests: [add] })
      const { responses: [added] } = data as {
        readonly responses: ReadonlyArray<
          { readonly add_sheet_response: { readonly properties: { readonly sheet_id: string } } }
        >
      }
      const sheet_id = added?.add_sheet_response.properties.sheet_id
      const write = (start_row: number, ...rows: ReadonlyArray<ReadonlyArray<string>>) => ({
        update_range_request: {
          sheet_id,
          grid_data: {
            start_row,
            start_column: 0,
            rows: rows.map((texts) => ({ values: texts.map((text) => ({ cell_value: { text } })) }))
          }
        }
      })
      const texts = (range: string) =>
        Effect.map(post("spreadsheet/get_sheet_range_data", { docid, sheet_id, range }), ({ data }) =>
          (data as {
            readonly result: {
              readonly rows: ReadonlyArray<
                { readonly values: ReadonlyArray<{ readonly cell_value?: { readonly text: string } }> }
              >
            }
          }).result.rows.map(({ values }) => values.map(({ cell_value }) => cell_value?.text)))
      const requests = [write(0, ["甲", "乙"], ["丙"]), write(3, ["外"]), write(2, ["后"])]
      assert.strictEqual(yield* codeOf("spreadsheet/batch_update", { docid, requests }), 40058)
      assert.deepStrictEqual(yield* texts("A1:B3"), [["甲", "乙"], ["丙", undefined], [undefined, undefined]])
      const deletion = { delete_dimension_request: { sheet_id, dimension: "ROW", start_index: 1, end_index: 2 } }
      assert.strictEqual(yield* codeOf("spreadsheet/batch_update", { docid, requests: [deletion] }), 0)
      assert.deepStrictEqual(yield* texts("A1:A2"), [["丙"], [undefined]])
      const { properties } = yield* post("spreadsheet/get_sheet_properties", { docid })
      assert.deepStrictEqual(
        (properties as ReadonlyArray<{ readonly row_count: number }>).map(({ row_count }) => row_count),
        [200, 2]
      )
    }).pipe(corp()))
})

describe("forms", () => {
  const question = { question_id: 1, title: "午饭", pos: 1, status: 1, reply_type: 1, must_reply: true }

  it.effect("are filled in by members, who are counted, and whose answers are read", () =>
    Effect.gen(function*() {
      const form_info = {
        form_title: "午饭",
        form_question: { items: [question] },
        form_setting: { fill_out_auth: 1, fill_in_range: { userids: ["zhangsan", "lisi"] } }
      }
      const formid = (yield* post("create_form", { form_info })).formid as string
      const replies = [{ question_id: 1, text_reply: "面" }].map((reply) => ({
        ...reply,
        option_reply: [],
        option_extend_reply: [],
        file_extend_reply: []
      }))
      yield* fillIn({ formid, userid: "zhangsan", replies })
      assert.match((yield* Effect.flip(fillIn({ formid, userid: "zhangsan", replies }))).message, /has filled in/)
      assert.match((yield* Effect.flip(fillIn({ formid, userid: "lisi", replies: [] }))).message, /needs an answer/)
      const info = (yield* post("get_form_info", { formid })).form_info as {
        readonly repeated_id: ReadonlyArray<string>
      }
      const [repeated_id] = info.repeated_id
      const statistic = (query: object) => post("get_form_statistic", { repeated_id, ...query })
      const submitted = yield* statistic({ req_type: 2, start_time: 0, end_time: 0 })
      assert.deepInclude(submitted, { fill_cnt: 1, fill_user_cnt: 1, unfill_user_cnt: 1, has_more: false })
      const [submission] = submitted.submit_users as ReadonlyArray<
        { readonly userid: string; readonly answer_id: number }
      >
      assert.strictEqual(submission?.userid, "zhangsan")
      assert.deepStrictEqual((yield* statistic({ req_type: 3 })).unfill_users, [{ userid: "lisi" }])
      const { answer } = yield* post("get_form_answer", { repeated_id, answer_ids: [submission?.answer_id] })
      const { answer_list: [first] } = answer as {
        readonly answer_list: ReadonlyArray<
          { readonly reply: { readonly items: ReadonlyArray<{ readonly text_reply: string }> } }
        >
      }
      assert.strictEqual(first?.reply.items[0]?.text_reply, "面")
      assert.strictEqual(yield* codeOf("del_doc", { formid }), 0)
      assert.strictEqual(yield* codeOf("get_form_info", { formid }), 40058)
    }).pipe(corp()))
})

describe("members", () => {
  const callback = {
    url: "http://backend.test/wecom",
    token: "callbackToken",
    encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
  }

  it.effect("edit smart sheets: the app that made them is told, and reads who it was", () => {
    const heard: Array<SheetRecordsAdded> = []
    const backend = CallbackRouter.layer({
      path: "/wecom",
      accounts: {
        token: Redacted.make(callback.token),
        encodingAesKey: Redacted.make(callback.encodingAesKey),
        receiveIds: [defaultCorp.corpId]
      },
      handlers: {
        "event/smart_sheet_change/add_record": (event) => Effect.sync(() => void heard.push(event))
      },
      fallback: () => Effect.void
    })
    const layer = Simulator.layerBackend(backend).pipe(
      Layer.provideMerge(Simulator.layerHttpClient),
      Layer.provideMerge(
        Simulator.layer({ corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, callback })) }] })
      ),
      Layer.provideMerge(NodeCallbackCrypto.layer)
    )
    return Effect.gen(function*() {
      const at = yield* place
      yield* post("smartsheet/add_fields", {
        ...at,
        fields: [...fields, { field_title: "人", field_type: "FIELD_TYPE_CREATED_USER" }]
      })
      const by = { ...at, userid: "zhangsan" }
      yield* addRecords({ ...by, records: [{ 名: [{ type: "text", text: "一" }] }] })
      const [event] = heard
      assert.strictEqual(event?.DocId, at.docid)
      const [record_id = ""] = event?.RecordId ?? []
      yield* updateRecords({ ...by, records: [{ record_id, values: { 数: 5 } }] })
      assert.deepStrictEqual(yield* values(at, { field_titles: ["名", "数", "人"] }), [
        { 名: text("一"), 数: 5, 人: [{ user_id: "zhangsan", id_type: 1 }] }
      ])
      const refused = yield* Effect.flip(addRecords({ ...by, records: [{ 数: "五" }] }))
      assert.match(refused.message, /40058/)
    }).pipe(Effect.provide(layer))
  })
})
