import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { SpreadsheetOperation } from "../../../src/oa/documents/SpreadsheetOperation.ts"
import { Spreadsheets } from "../../../src/oa/documents/Spreadsheets.ts"
import { canned, refusal } from "../support.ts"

describe("spreadsheets", () => {
  it.effect("are changed by up to five operations, whose results keep their order", () => {
    const { run, sent } = canned(Spreadsheets.layer, () => ({
      data: {
        responses: [
          { add_sheet_response: { properties: { sheet_id: "S", title: "一月", row_count: 10, column_count: 5 } } },
          { update_range_response: { updated_cells: 2 } }
        ]
      }
    }))
    const requests: ReadonlyArray<SpreadsheetOperation> = [
      { add_sheet_request: { title: "一月", row_count: 10, column_count: 5 } },
      {
        update_range_request: {
          sheet_id: "S",
          grid_data: {
            start_row: 0,
            start_column: 0,
            rows: [{
              values: [{ cell_value: { text: "甲" } }, { cell_value: { link: { url: "https://x", text: "乙" } } }]
            }]
          }
        }
      }
    ]
    return run(Effect.gen(function*() {
      const sheets = yield* Spreadsheets
      const [added, updated] = yield* sheets.update({ docid: "D", requests })
      assert.strictEqual(added?.add_sheet_response?.properties?.sheet_id, "S")
      assert.strictEqual(updated?.update_range_response?.updated_cells, 2)
      assert.deepStrictEqual(sent(), [{ docid: "D", requests }])
      const refused = (...operations: ReadonlyArray<SpreadsheetOperation>) =>
        refusal(sheets.update({ docid: "D", requests: operations }))
      assert.deepStrictEqual(
        yield* refused(...Array.from({ length: 6 }, () => ({ delete_sheet_request: { sheet_id: "S" } }))),
        ["requests: at most 5 items are allowed, got 6"]
      )
      assert.deepStrictEqual(yield* refused({ add_sheet_request: { title: "x", row_count: 1000, column_count: 11 } }), [
        "requests[0].add_sheet_request.row_count: at most 10000 cells are allowed, got 11000"
      ])
      assert.deepStrictEqual(
        yield* refused({
          delete_dimension_request: { sheet_id: "S", dimension: "ROW", start_index: 3, end_index: 3 }
        }),
        ["requests[0].delete_dimension_request.end_index: must be after start_index"]
      )
    }))
  })

  it.effect("are read by a range, of which the texts are at hand", () => {
    const { run } = canned(Spreadsheets.layer, () => ({
      data: {
        result: {
          start_row: 0,
          start_column: 0,
          rows: [{ values: [{ cell_value: { text: "甲" } }, { cell_value: { link: { url: "https://x" } } }, {}] }, {}]
        }
      }
    }))
    return run(Effect.gen(function*() {
      const sheets = yield* Spreadsheets
      const range = (a1: string) => sheets.getRange({ docid: "D", sheet_id: "S", range: a1 })
      assert.deepStrictEqual((yield* range("A1:C2")).texts, [["甲", "https://x", ""], []])
      assert.deepStrictEqual(yield* refusal(range("A1")), ["range: expected a range such as A1:B5"])
      assert.deepStrictEqual(yield* refusal(range("B5:A1")), ["range: the first cell must be the upper left one"])
      assert.deepStrictEqual(yield* refusal(range("A1:GS50")), [
        "range: at most 1000 rows, 200 columns and 10000 cells are allowed, got 50 rows and 201 columns"
      ])
    }))
  })

  it.effect("tell their sheets under either key", () => {
    const { run } = canned(Spreadsheets.layer, () => ({ data: [{ sheet_id: "S" }] }))
    return run(Effect.gen(function*() {
      const { sheets } = yield* (yield* Spreadsheets).get({ docid: "D" })
      assert.deepStrictEqual(sheets.map(({ sheet_id }) => sheet_id), ["S"])
    }))
  })
})
