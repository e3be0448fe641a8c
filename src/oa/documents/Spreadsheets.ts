/**
 * 管理表格内容: the cells of spreadsheets (在线表格), read by range and changed by operations.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { GridData, SheetProperties, SpreadsheetOperation, SpreadsheetOperationResult } from "./SpreadsheetOperation.ts"

/** 表格行列信息. */
export class SpreadsheetInfo extends Schema.Class<SpreadsheetInfo>("effect-wecom/SpreadsheetInfo")({
  properties: Wire.list(SheetProperties),
  /** What some answers call `properties`. */
  data: Wire.list(SheetProperties)
}) {
  /** The sheets, under whichever key they came. */
  get sheets(): ReadonlyArray<SheetProperties> {
    return this.properties.length > 0 ? this.properties : this.data
  }
}

/** A1 表示法: `A1:B5`, the upper left before the lower right; at most 1000 rows, 200 columns and 10,000 cells. */
export const RangeA1: Schema.String = Schema.String.check(
  Schema.makeFilter((value: string) => {
    const [, left, top, right, bottom] = /^([A-Z]{1,3})([1-9]\d*):([A-Z]{1,3})([1-9]\d*)$/.exec(value) ?? []
    if (left === undefined || right === undefined) return "expected a range such as A1:B5"
    const rows = Number(bottom) - Number(top) + 1
    const columns = columnNumber(right) - columnNumber(left) + 1
    return rows < 1 || columns < 1
      ? "the first cell must be the upper left one"
      : rows <= 1000 && columns <= 200 && rows * columns <= 10_000 ||
        `at most 1000 rows, 200 columns and 10000 cells are allowed, got ${rows} rows and ${columns} columns`
  }, { examples: ["A1:B2"] })
)

const columnNumber = (letters: string): number =>
  Array.from(letters).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)

/** 管理表格内容: the cells of spreadsheets (在线表格) that the app has made. */
export class Spreadsheets extends Domain.Service<Spreadsheets>()("oa/documents/Spreadsheets", "OA·文档", {
  /**
   * 获取表格行列信息. The sheets of a spreadsheet, and how many rows and columns they have.
   * @see https://developer.work.weixin.qq.com/document/path/97711
   */
  get: Endpoint.query("/cgi-bin/wedoc/spreadsheet/get_sheet_properties", 97711, () => ({
    body: { docid: Schema.NonEmptyString },
    success: SpreadsheetInfo
  })),
  /**
   * 获取表格数据. The cells of a range, with their formats.
   * @see https://developer.work.weixin.qq.com/document/path/97661
   */
  getRange: Endpoint.query("/cgi-bin/wedoc/spreadsheet/get_sheet_range_data", 97661, () => ({
    body: {
      docid: Schema.NonEmptyString,
      sheet_id: Schema.NonEmptyString,
      /** Such as `A1:B5`: at most 1000 rows, 200 columns and 10,000 cells. */
      range: RangeA1
    },
    success: Endpoint.pluck("data", Endpoint.pluck("result", GridData))
  })),
  /**
   * 编辑表格内容. Runs up to 5 operations in order. One that fails stops those after it; those before it stay.
   * @see https://developer.work.weixin.qq.com/document/path/101168
   */
  update: Endpoint.post("/cgi-bin/wedoc/spreadsheet/batch_update", 101168, () => ({
    body: {
      docid: Schema.NonEmptyString,
      /** 1 to 5. */
      requests: Wire.items(SpreadsheetOperation, 5, 1)
    },
    success: Endpoint.pluck("data", Endpoint.pluck("responses", Wire.list(SpreadsheetOperationResult)))
  }))
}) {}
