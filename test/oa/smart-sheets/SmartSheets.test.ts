import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { type FilterCondition, FilterOperator } from "../../../src/oa/smart-sheets/FilterSpec.ts"
import { CurrencyType, type NewSmartSheetField } from "../../../src/oa/smart-sheets/SmartSheetField.ts"
import { SmartSheetFields } from "../../../src/oa/smart-sheets/SmartSheetFields.ts"
import { SmartSheetPermissions } from "../../../src/oa/smart-sheets/SmartSheetPermissions.ts"
import { SmartSheetRecords } from "../../../src/oa/smart-sheets/SmartSheetRecords.ts"
import { SmartSheetViews } from "../../../src/oa/smart-sheets/SmartSheetViews.ts"
import { canned, refusal } from "../support.ts"

const place = { docid: "D", sheet_id: "S" }

describe("fields", () => {
  it.effect("have the property of their type, and keep a type that is still to come", () => {
    const { run, sent } = canned(SmartSheetFields.layer, () => ({
      fields: [
        {
          field_id: "f1",
          field_title: "金额",
          field_type: "FIELD_TYPE_CURRENCY",
          property_currency: { decimal_places: 2 }
        },
        { field_id: "f2", field_title: "梦", field_type: "FIELD_TYPE_DREAM", property_dream: { deep: true } }
      ]
    }))
    const fields: ReadonlyArray<NewSmartSheetField> = [
      {
        field_title: "金额",
        field_type: "FIELD_TYPE_CURRENCY",
        property_currency: { currency_type: CurrencyType.CNY, decimal_places: 2 }
      },
      { field_title: "电话", field_type: "FIELD_TYPE_PHONE_NUMBER" }
    ]
    return run(Effect.gen(function*() {
      const service = yield* SmartSheetFields
      const [money, dream] = yield* service.addMany({ ...place, fields })
      assert.deepStrictEqual(sent(), [{ ...place, fields }])
      assert.strictEqual(money?.field_type === "FIELD_TYPE_CURRENCY" && money.property_currency?.decimal_places, 2)
      assert.deepStrictEqual(dream?.field_type === "Unknown" && dream.value.property_dream, { deep: true })
      const foreign: unknown = { ...fields[1], property_number: { decimal_places: 1 } }
      assert.deepStrictEqual(
        yield* refusal(service.addMany({ ...place, fields: [foreign as NewSmartSheetField] })),
        ["fields[0].property_number: the endpoint has no such field"]
      )
      assert.deepStrictEqual(
        yield* refusal(service.updateMany({ ...place, fields: [{ field_id: "f1", field_type: "FIELD_TYPE_TEXT" }] })),
        ["fields[0].field_title: the title or the property is needed"]
      )
    }))
  })

  it.effect("come page by page until all have come", () => {
    const all = ["a", "b", "c"].map((field_id) => ({ field_id, field_type: "FIELD_TYPE_TEXT" }))
    const { run, sent } = canned(SmartSheetFields.layer, ({ body }) => {
      const { offset = 0, limit = 1000 } = body as { readonly offset?: number; readonly limit?: number }
      return { total: 3, fields: all.slice(offset, offset + limit) }
    })
    return run(Effect.gen(function*() {
      const fields = yield* Stream.runCollect((yield* SmartSheetFields).listAll({ ...place, limit: 2 }))
      assert.strictEqual(fields.length, 3)
      assert.strictEqual(sent().length, 2)
    }))
  })
})

describe("records", () => {
  it.effect("have cells of every type, read by the type of their field", () => {
    const { run } = canned(SmartSheetRecords.layer, () => ({
      total: 1,
      has_more: false,
      records: [{
        record_id: "r1",
        create_time: "1715846245084",
        update_time: 1715846248810,
        values: {
          文本: [{ type: "text", text: "甲" }, { type: "url", link: "https://x", text: "乙" }],
          数字: "12.5",
          复选框: true,
          日期: "1747152000000",
          成员: [{ user_id: "zhangsan", id_type: 1 }, { id_type: 5 }],
          单选: [{ id: "1", style: 1, text: "one" }],
          位置: [{ source_type: 1, id: "9", latitude: "23.1", longitude: "113.3", title: "广州塔" }],
          关联: ["r9"],
          编号: [{ seq: "3", text: "No.3" }],
          公式: { anything: [1] },
          新: [{ wormhole: 1 }]
        }
      }]
    }))
    return run(Effect.gen(function*() {
      const { records: [record] } = yield* (yield* SmartSheetRecords).list(place)
      if (record === undefined) return assert.fail("no record")
      assert.strictEqual(record.create_time && DateTime.toEpochMillis(record.create_time), 1715846245084)
      assert.strictEqual(record.update_time && DateTime.toEpochMillis(record.update_time), 1715846248810)
      assert.deepStrictEqual(record.cell("文本", "FIELD_TYPE_TEXT")?.map(({ text }) => text), ["甲", "乙"])
      assert.strictEqual(record.cell("数字", "FIELD_TYPE_NUMBER"), 12.5)
      assert.strictEqual(record.cell("复选框", "FIELD_TYPE_CHECKBOX"), true)
      const date = record.cell("日期", "FIELD_TYPE_DATE_TIME")
      assert.strictEqual(date && DateTime.formatIso(date), "2025-05-13T16:00:00.000Z")
      assert.deepStrictEqual(record.cell("成员", "FIELD_TYPE_USER")?.map(({ id_type }) => id_type), [1, 5])
      assert.deepStrictEqual(record.cell("单选", "FIELD_TYPE_SINGLE_SELECT")?.map(({ text }) => text), ["one"])
      assert.strictEqual(record.cell("位置", "FIELD_TYPE_LOCATION")?.[0]?.title, "广州塔")
      assert.deepStrictEqual(record.cell("关联", "FIELD_TYPE_REFERENCE"), ["r9"])
      assert.strictEqual(record.cell("编号", "FIELD_TYPE_AUTONUMBER")?.[0]?.seq, "3")
      assert.deepStrictEqual(record.values?.["公式"], { anything: [1] })
      assert.deepStrictEqual(record.values?.["新"], [{ wormhole: 1 }])
      assert.strictEqual(record.cell("数字", "FIELD_TYPE_CHECKBOX"), undefined)
      assert.strictEqual(record.cell("没有", "FIELD_TYPE_TEXT"), undefined)
    }))
  })

  it.effect("come as a stream that follows `next`", () => {
    const { run, sent } = canned(
      SmartSheetRecords.layer,
      ({ body }) =>
        (body as { readonly offset?: number }).offset === 7
          ? { records: [{ record_id: "b" }], has_more: false, next: 0 }
          : { records: [{ record_id: "a" }], has_more: true, next: 7 }
    )
    return run(Effect.gen(function*() {
      const records = yield* Stream.runCollect((yield* SmartSheetRecords).listAll({ ...place, limit: 1 }))
      assert.deepStrictEqual(records.map(({ record_id }) => record_id), ["a", "b"])
      assert.strictEqual(sent().length, 2)
    }))
  })

  it.effect("are filtered by conditions that compare like with like, and not sorted at once", () => {
    const { run, sent } = canned(SmartSheetRecords.layer, () => ({ records: [] }))
    return run(Effect.gen(function*() {
      const service = yield* SmartSheetRecords
      const list = (...conditions: ReadonlyArray<FilterCondition>) =>
        service.list({ ...place, filter_spec: { conjunction: "CONJUNCTION_AND", conditions } })
      const contains: FilterCondition = {
        field_id: "f1",
        field_type: "FIELD_TYPE_TEXT",
        operator: FilterOperator.Contains,
        string_value: { value: ["hello"] }
      }
      yield* list(contains, { field_id: "f2", operator: FilterOperator.IsEmpty })
      assert.deepStrictEqual(sent(), [{
        ...place,
        filter_spec: {
          conjunction: "CONJUNCTION_AND",
          conditions: [contains, { field_id: "f2", operator: "OPERATOR_IS_EMPTY" }]
        }
      }])
      assert.deepStrictEqual(yield* refusal(list({ ...contains, field_type: "FIELD_TYPE_NUMBER" })), [
        "filter_spec.conditions[0].string_value: a FIELD_TYPE_NUMBER is compared with number_value"
      ])
      assert.deepStrictEqual(
        yield* refusal(list({
          field_id: "f3",
          operator: FilterOperator.Is,
          date_time_value: { type: "DATE_TIME_TYPE_DETAIL_DATE" }
        })),
        ["filter_spec.conditions[0].date_time_value.value: is needed for a detailed date"]
      )
      const nothing: unknown = { field_id: "f1", field_type: "FIELD_TYPE_USER", operator: FilterOperator.Is }
      assert.deepStrictEqual(yield* refusal(list(nothing as FilterCondition)), [
        "filter_spec.conditions[0].user_value: exactly one value is needed to compare with"
      ])
      assert.deepStrictEqual(
        yield* refusal(service.list({
          ...place,
          sort: [{ field_title: "a" }],
          filter_spec: { conjunction: "CONJUNCTION_OR", conditions: [] }
        })),
        ["sort: does not go with filter_spec"]
      )
    }))
  })
})

describe("views", () => {
  it.effect("keep their groups, however the key is spelt", () => {
    const { run } = canned(SmartSheetViews.layer, () => ({
      views: [
        { view_id: "v1", view_type: "VIEW_TYPE_GRID", property: { gourp_spec: { groups: [{ field_id: "f1" }] } } },
        {
          view_id: "v2",
          view_type: "VIEW_TYPE_TIMELINE",
          property: { group_spec: { groups: [{ field_id: "f2" }] }, sort_spec: {}, filter_spec: {} }
        }
      ],
      has_more: false
    }))
    return run(Effect.gen(function*() {
      const { views } = yield* (yield* SmartSheetViews).list(place)
      assert.deepStrictEqual(views.map(({ property }) => property?.groups.map(({ field_id }) => field_id)), [["f1"], [
        "f2"
      ]])
      assert.strictEqual(views[1]?.view_type, "VIEW_TYPE_TIMELINE")
    }))
  })

  it.effect("of dates need the fields of their dates", () => {
    const { run } = canned(SmartSheetViews.layer)
    return run(Effect.gen(function*() {
      const views = yield* SmartSheetViews
      const gantt: unknown = { ...place, view_title: "排期", view_type: "VIEW_TYPE_GANTT" }
      assert.deepStrictEqual(yield* refusal(views.add(gantt as Parameters<typeof views.add>[0])), [
        "property_gantt: is required"
      ])
    }))
  })
})

describe("permissions", () => {
  it.effect("of a rule need its id, and have no default", () => {
    const { run } = canned(SmartSheetPermissions.layer)
    return run(Effect.gen(function*() {
      const permissions = yield* SmartSheetPermissions
      assert.deepStrictEqual(yield* refusal(permissions.update({ docid: "D", type: 2 })), [
        "rule_id: is needed for a rule"
      ])
      const field_priv = { field_range_type: 1, field_default_rule: { can_view: true } }
      assert.deepStrictEqual(
        yield* refusal(permissions.update({
          docid: "D",
          type: 2,
          rule_id: 1,
          priv_list: [{ sheet_id: "S", priv: 2, field_priv }]
        })),
        ["priv_list[0].field_priv.field_default_rule: is not allowed in a rule"]
      )
    }))
  })
})
