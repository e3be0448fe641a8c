/**
 * Typed tables against the simulated smart sheets.
 */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Schema, SchemaTransformation, Stream } from "effect"
import { Documents, DocumentType } from "../../../src/oa/documents/Documents.ts"
import * as Column from "../../../src/oa/smart-sheets/Column.ts"
import { FilterOperator } from "../../../src/oa/smart-sheets/FilterSpec.ts"
import { SmartSheetFields } from "../../../src/oa/smart-sheets/SmartSheetFields.ts"
import { SmartSheetRecords } from "../../../src/oa/smart-sheets/SmartSheetRecords.ts"
import { SmartSheets } from "../../../src/oa/smart-sheets/SmartSheets.ts"
import * as SmartTable from "../../../src/oa/smart-sheets/SmartTable.ts"
import { Simulator } from "../../../src/simulator/Simulator.ts"

const services = Layer.mergeAll(
  Documents.layer,
  SmartSheets.layer,
  SmartSheetFields.layer,
  SmartSheetRecords.layer
).pipe(Layer.provideMerge(Simulator.layerTest()))

const newDocument = Effect.flatMap(
  Documents,
  (documents) => documents.create({ doc_type: DocumentType.SmartSheet, doc_name: "客户管理" })
)

const stages = ["线索", "谈判", "成交"] as const

const Deals = SmartTable.define({
  name: "客户",
  fields: {
    编号: Column.text,
    金额: Column.optional(Column.number({ decimal_places: 2 })),
    签约: Column.checkbox,
    截止: Column.optional(Column.date()),
    阶段: Column.choice(stages),
    标签: Column.choices(),
    负责人: Column.users
  }
})
type Deal = SmartTable.TypeOf<typeof Deals>

const deal = (编号: string, others: Partial<Deal> = {}): Deal => ({
  编号,
  签约: false,
  阶段: "线索",
  标签: [],
  负责人: [],
  ...others
})

const open = Effect.flatMap(newDocument, ({ docid }) => Deals.open({ docid }))

describe("any record", () => {
  const Value = Schema.Struct({
    文本: Schema.String,
    数字: Schema.Finite,
    可空: Schema.UndefinedOr(Schema.Finite),
    货币: Schema.Finite,
    百分数: Schema.Finite,
    进度: Schema.Finite,
    复选框: Schema.Boolean,
    日期: Schema.DateTimeUtc,
    成员: Schema.Array(Schema.NonEmptyString),
    单人: Schema.NonEmptyString,
    链接: Schema.Struct({ link: Schema.NonEmptyString, text: Schema.String }),
    电话: Schema.String,
    邮箱: Schema.String,
    条码: Schema.String,
    单选: Schema.Literals(stages),
    多选: Schema.Array(Schema.NonEmptyString),
    图片: Schema.Array(Schema.Struct({ image_url: Schema.NonEmptyString })),
    文件: Schema.Array(Schema.Struct({ file_url: Schema.NonEmptyString, name: Schema.NonEmptyString })),
    位置: Schema.Struct({
      source_type: Schema.Literal(1),
      id: Schema.NonEmptyString,
      latitude: Schema.NonEmptyString,
      longitude: Schema.NonEmptyString,
      title: Schema.NonEmptyString
    })
  })

  const Everything = SmartTable.define({
    name: "全部",
    fields: {
      文本: Column.text,
      数字: Column.number(),
      可空: Column.optional(Column.number()),
      货币: Column.currency(),
      百分数: Column.percentage(),
      进度: Column.progress(),
      复选框: Column.checkbox,
      日期: Column.date(),
      成员: Column.users,
      单人: Column.user,
      链接: Column.link,
      电话: Column.phone,
      邮箱: Column.email,
      条码: Column.barcode,
      单选: Column.choice(stages),
      多选: Column.choices(),
      图片: Column.images,
      文件: Column.attachments,
      位置: Column.location
    }
  })

  it.effect.prop(
    "of a table survives being encoded, stored, read and decoded",
    [Schema.NonEmptyArray(Value)],
    ([values]) =>
      Effect.gen(function*() {
        const { docid } = yield* newDocument
        const table = yield* Everything.open({ docid })
        const ids = yield* table.addMany(values)
        const rows = yield* Stream.runCollect(table.all())
        assert.deepStrictEqual(rows.map(({ record_id }) => record_id), [...ids])
        assert.deepStrictEqual(rows.map(({ value }) => normal(value)), values.map(normal))
      }).pipe(Effect.provide(services)),
    { arbitrary: { runs: 50 } }
  )

  /** JSON knows no -0, and an absent key is no other than an undefined one. */
  const normal = (value: object): unknown =>
    JSON.parse(JSON.stringify(value, (_, one: unknown) => DateTime.isDateTime(one) ? DateTime.toEpochMillis(one) : one))
})

describe("opening a table", () => {
  it.effect("adds its sheet and its fields once, and leaves other fields alone", () =>
    Effect.gen(function*() {
      const fields = yield* SmartSheetFields
      const { docid } = yield* newDocument
      const { sheet_id } = yield* Deals.open({ docid })
      yield* fields.addMany({
        docid,
        sheet_id,
        fields: [{ field_title: "备注", field_type: "FIELD_TYPE_TEXT" }]
      })
      const again = yield* Deals.open({ docid })
      assert.strictEqual(again.sheet_id, sheet_id)
      const all = yield* Stream.runCollect(fields.listAll({ docid, sheet_id }))
      assert.deepStrictEqual(
        all.map((field) => "field_title" in field ? field.field_title : ""),
        [...Object.keys(Deals.fields), "备注"]
      )
      const { sheets } = yield* Effect.map((yield* SmartSheets).list({ docid }), (sheets) => ({ sheets }))
      assert.deepStrictEqual(sheets.map(({ title }) => title), ["智能表1", "客户"])
    }).pipe(Effect.provide(services)))

  it.effect("refuses a field of another type", () =>
    Effect.gen(function*() {
      const { docid } = yield* newDocument
      yield* Deals.open({ docid })
      const Other = SmartTable.define({ name: "客户", fields: { 编号: Column.number() } })
      const error = yield* Effect.flip(Other.open({ docid }))
      assert.strictEqual(
        error.message,
        "smart table 客户, field: 编号: expected a field of type FIELD_TYPE_NUMBER, found FIELD_TYPE_TEXT"
      )
    }).pipe(Effect.provide(services)))
})

describe("writing", () => {
  it.effect("goes in batches of 500, and says which column does not fit", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const table = yield* open
      yield* table.addMany(Array.from({ length: 1201 }, (_, i) => deal(`C${i}`)))
      const calls = yield* simulator.calls("/cgi-bin/wedoc/smartsheet/add_records")
      assert.lengthOf(calls, 3)
      assert.strictEqual(yield* Stream.runCount(table.all()), 1201)
      const odd = deal("x", { 阶段: "没有" as "线索" })
      const error = yield* Effect.flip(table.addMany([odd]))
      assert.strictEqual(error.message, "smart table 客户, write: 阶段[0]: expected one of 线索, 谈判, 成交")
    }).pipe(Effect.provide(services)))

  it.effect("keeps cells of undefined", () =>
    Effect.gen(function*() {
      const table = yield* open
      const [record_id = ""] = yield* table.addMany([deal("a", { 金额: 5 })])
      yield* table.updateMany([{ record_id, value: deal("b") }])
      const [row] = yield* Stream.runCollect(table.all())
      assert.deepStrictEqual(row?.value, deal("b", { 金额: 5 }))
      yield* table.deleteMany([record_id])
      assert.strictEqual(yield* Stream.runCount(table.all()), 0)
    }).pipe(Effect.provide(services)))
})

describe("upserting", () => {
  it.effect("adds, changes and leaves alone; the last of a key counts", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const table = yield* open
      const key = "编号"
      assert.deepStrictEqual(
        yield* table.upsertMany([deal("a"), deal("b", { 标签: ["老客户"] }), deal("c"), deal("c", { 金额: 1 })], {
          key
        }),
        { added: 3, updated: 0, unchanged: 0 }
      )
      assert.deepStrictEqual(
        yield* table.upsertMany([deal("b", { 标签: ["老客户"] }), deal("c", { 金额: 2 }), deal("d")], { key }),
        { added: 1, updated: 1, unchanged: 1 }
      )
      const writes = Effect.forEach(
        ["add_records", "update_records"],
        (name) => simulator.calls(`/cgi-bin/wedoc/smartsheet/${name}`)
      ).pipe(Effect.map((calls) => calls.flat().length))
      const before = yield* writes
      assert.deepStrictEqual(yield* table.upsertMany([deal("a")], { key }), { added: 0, updated: 0, unchanged: 1 })
      assert.strictEqual(yield* writes, before)
      const rows = yield* Stream.runCollect(table.all())
      assert.deepStrictEqual(rows.map(({ value }) => value), [
        deal("a"),
        deal("b", { 标签: ["老客户"] }),
        deal("c", { 金额: 2 }),
        deal("d")
      ])
    }).pipe(Effect.provide(services)))

  it.effect("refuses to guess which of two records is meant", () =>
    Effect.gen(function*() {
      const table = yield* open
      const ids = yield* table.addMany([deal("a"), deal("a"), deal("b"), deal("b")])
      const error = yield* Effect.flip(table.upsertMany([deal("a", { 金额: 1 })], { key: "编号" }))
      if (error._tag !== "SmartTableError") return assert.fail(error.message)
      assert.strictEqual(error.problem, "key")
      assert.deepStrictEqual([...error.record_ids], ids.slice(0, 2))
    }).pipe(Effect.provide(services)))
})

describe("reading", () => {
  it.effect("filters by every kind of column, and sorts", () =>
    Effect.gen(function*() {
      const table = yield* open
      const at = (text: string) => DateTime.makeUnsafe(text)
      yield* table.addMany([
        deal("甲", { 金额: 10, 阶段: "成交", 签约: true, 截止: at("2026-11-28T08:00:00Z"), 负责人: ["zhangsan"] }),
        deal("乙", { 金额: 30, 阶段: "谈判", 标签: ["急", "老"], 截止: at("2026-11-29T08:00:00Z") }),
        deal("丙", { 金额: 20, 阶段: "成交", 标签: ["老"], 负责人: ["zhangsan", "lisi"] }),
        deal("丁")
      ])
      const found = (...where: ReadonlyArray<SmartTable.Condition<typeof Deals.fields>>) =>
        Effect.map(Stream.runCollect(table.all({ where })), (rows) => rows.map(({ value }) => value.编号).join(""))
      assert.strictEqual(yield* found({ field_title: "阶段", operator: FilterOperator.Is, value: "成交" }), "甲丙")
      assert.strictEqual(yield* found({ field_title: "阶段", operator: FilterOperator.IsNot, value: "成交" }), "乙丁")
      assert.strictEqual(
        yield* found({ field_title: "金额", operator: FilterOperator.IsGreaterOrEqual, value: 20 }),
        "乙丙"
      )
      assert.strictEqual(yield* found({ field_title: "金额", operator: FilterOperator.IsEmpty }), "丁")
      assert.strictEqual(yield* found({ field_title: "编号", operator: FilterOperator.Contains, value: "丁" }), "丁")
      assert.strictEqual(yield* found({ field_title: "签约", operator: FilterOperator.Is, value: true }), "甲")
      assert.strictEqual(
        yield* found({ field_title: "标签", operator: FilterOperator.Contains, value: ["老"] }),
        "乙丙"
      )
      assert.strictEqual(yield* found({ field_title: "标签", operator: FilterOperator.Is, value: ["老"] }), "丙")
      assert.strictEqual(
        yield* found({ field_title: "负责人", operator: FilterOperator.Contains, value: ["lisi"] }),
        "丙"
      )
      assert.strictEqual(
        yield* found({ field_title: "截止", operator: FilterOperator.Is, value: at("2026-11-28T01:00:00Z") }),
        "甲"
      )
      assert.strictEqual(
        yield* found({ field_title: "阶段", operator: FilterOperator.Is, value: "成交" }, {
          field_title: "金额",
          operator: FilterOperator.IsLess,
          value: 15
        }),
        "甲"
      )
      const either = table.all({
        conjunction: "CONJUNCTION_OR",
        where: [{ field_title: "编号", operator: FilterOperator.Is, value: "丁" }, {
          field_title: "签约",
          operator: FilterOperator.Is,
          value: true
        }]
      })
      assert.strictEqual(yield* Stream.runCount(either), 2)
      const sorted = yield* Stream.runCollect(table.all({ sort: [{ field_title: "金额", desc: true }] }))
      assert.deepStrictEqual(sorted.map(({ value }) => value.编号), ["乙", "丙", "甲", "丁"])
    }).pipe(Effect.provide(services)))

  it.effect("says which record cannot be read, and why, but not what it holds", () =>
    Effect.gen(function*() {
      const records = yield* SmartSheetRecords
      const table = yield* open
      const [record] = yield* records.addMany({
        docid: table.docid,
        sheet_id: table.sheet_id,
        records: [{ values: { 编号: [{ type: "text", text: "机密" }], 阶段: [{ text: "新的" }] } }]
      })
      const error = yield* Effect.flip(Stream.runDrain(table.all()))
      assert.strictEqual(
        error.message,
        `smart table 客户, read (${record?.record_id}): 阶段[0]: expected one of 线索, 谈判, 成交`
      )
      const [empty] = yield* records.addMany({
        docid: table.docid,
        sheet_id: table.sheet_id,
        records: [{ values: { 编号: [{ type: "text", text: "机密" }] } }]
      })
      yield* table.deleteMany([record?.record_id ?? ""])
      assert.strictEqual(
        (yield* Effect.flip(Stream.runDrain(table.all()))).message,
        `smart table 客户, read (${empty?.record_id}): 阶段: is empty`
      )
    }).pipe(Effect.provide(services)))
})

describe("a schema of one's own", () => {
  class Customer extends Schema.Class<Customer>("Customer")({
    编号: Schema.String.pipe(Schema.brand("CustomerId")),
    等级: Schema.Literals(["A", "B"]),
    生日: Schema.optionalKey(Schema.FiniteFromString)
  }) {
    get isBest() {
      return this.等级 === "A"
    }
  }

  const Customers = SmartTable.define({
    name: "客户",
    fields: {
      编号: Column.text,
      等级: Column.as(
        Column.choice(["1", "2"]),
        Schema.Literals(["A", "B"]).pipe(
          Schema.encodeTo(
            Schema.Literals(["1", "2"]),
            SchemaTransformation.transform<"A" | "B", "1" | "2">({
              decode: (wire) => wire === "1" ? "A" : "B",
              encode: (grade) => grade === "A" ? "1" : "2"
            })
          )
        )
      ),
      生日: Column.optional(Column.text)
    },
    schema: Customer
  })

  it.effect("makes records instances of a class", () =>
    Effect.gen(function*() {
      const { docid } = yield* newDocument
      const table = yield* Customers.open({ docid })
      const customer = new Customer({ 编号: Customer.fields.编号.make("C1"), 等级: "A", 生日: 19 })
      yield* table.upsertMany([customer], { key: "编号" })
      const [row] = yield* Stream.runCollect(table.all())
      assert.deepStrictEqual(row?.value, customer)
      assert.isTrue(row?.value.isBest)
      assert.deepStrictEqual(yield* Customers.encode(customer), {
        编号: [{ type: "text", text: "C1" }],
        等级: [{ text: "1" }],
        生日: [{ type: "text", text: "19" }]
      })
    }).pipe(Effect.provide(services)))
})
