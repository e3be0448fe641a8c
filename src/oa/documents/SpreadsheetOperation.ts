/**
 * 编辑表格内容: the cells of a spreadsheet, and the operations that change them.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { operation } from "./operations.ts"

const channel = Wire.intBetween(0, 255)

/** 颜色: 0 to 255 each. */
export class CellColor extends Schema.Opaque<CellColor>()(Schema.Struct({
  ...Wire.optionals({
    red: channel,
    green: channel,
    blue: channel,
    /** Default: 255, opaque. */
    alpha: channel
  })
})) {}

/** 文字样式. */
export class CellTextFormat extends Schema.Opaque<CellTextFormat>()(Schema.Struct({
  ...Wire.optionals({
    /** Such as `Microsoft YaHei`; the document lists all. */
    font: Schema.String,
    /** At most 72. */
    font_size: Wire.intBetween(1, 72),
    bold: Schema.Boolean,
    italic: Schema.Boolean,
    strikethrough: Schema.Boolean,
    underline: Schema.Boolean,
    color: CellColor
  })
})) {}

/** 单元格内容: a text or a link; neither empties the cell. */
export class SpreadsheetCellValue extends Schema.Opaque<SpreadsheetCellValue>()(
  Schema.Struct({
    ...Wire.optionals({
      text: Schema.String,
      link: Schema.Struct({ url: Schema.String, text: Wire.optional(Schema.String) })
    })
  }).check(
    Schema.makeFilter(({ link, text }) =>
      link === undefined || text === undefined || { path: ["text"], issue: "either text or link is allowed, not both" }
    )
  )
) {}

/** 单元格. */
export class SpreadsheetCell extends Schema.Opaque<SpreadsheetCell>()(Schema.Struct({
  ...Wire.optionals({
    cell_value: SpreadsheetCellValue,
    cell_format: Schema.Struct({ text_format: Wire.optional(CellTextFormat) })
  })
})) {}

/** 行数据. */
const row = Schema.Struct({ values: Wire.list(SpreadsheetCell) })

/** 表格数据: a block of cells. Its first row and column count from 0. */
export class GridData extends Schema.Class<GridData>("effect-wecom/GridData")({
  ...Wire.optionals({ start_row: Wire.int, start_column: Wire.int }),
  rows: Wire.list(row)
}) {
  /** The texts of the cells, row by row; that of an empty cell is empty. */
  get texts(): ReadonlyArray<ReadonlyArray<string>> {
    return this.rows.map(({ values }) =>
      values.map(({ cell_value }) => cell_value?.text ?? cell_value?.link?.text ?? cell_value?.link?.url ?? "")
    )
  }
}

const maxCells = 10_000

/** 写入的数据: at most 1000 rows, 200 columns and 10,000 cells. */
export class GridWrite extends Schema.Opaque<GridWrite>()(
  Schema.Struct({
    /** From 0. */
    start_row: Wire.intFrom(0),
    /** From 0. */
    start_column: Wire.intFrom(0),
    /** At most 1000. */
    rows: Wire.items(Schema.Struct({ values: Wire.items(SpreadsheetCell, 200) }), 1000, 1)
  }).check(
    Schema.makeFilter(({ rows }) => {
      const cells = rows.length * Math.max(0, ...rows.map(({ values }) => values.length))
      return cells <= maxCells || { path: ["rows"], issue: `at most ${maxCells} cells are allowed, got ${cells}` }
    })
  )
) {}

/** 行列. */
export const Dimension = Wire.oneOf({ Row: ["ROW", "行"], Column: ["COLUMN", "列"] })

/** 新增工作表: at most 200 columns and 10,000 cells. */
export class AddSheet extends Schema.Opaque<AddSheet>()(
  Schema.Struct({
    title: Schema.NonEmptyString,
    row_count: Wire.intFrom(1),
    /** At most 200. */
    column_count: Wire.intBetween(1, 200)
  }).check(
    Schema.makeFilter(({ column_count, row_count }) => {
      const cells = column_count * row_count
      return cells <= maxCells || { path: ["row_count"], issue: `at most ${maxCells} cells are allowed, got ${cells}` }
    })
  )
) {}

/** 更新范围内单元格内容. */
export class UpdateRange extends Schema.Opaque<UpdateRange>()(
  Schema.Struct({ sheet_id: Schema.NonEmptyString, grid_data: GridWrite })
) {}

/** 删除行列: those from `start_index` to before `end_index`, which count from 1. */
export class DeleteDimension extends Schema.Opaque<DeleteDimension>()(
  Schema.Struct({
    sheet_id: Schema.NonEmptyString,
    dimension: Dimension.schema,
    start_index: Wire.intFrom(1),
    end_index: Wire.int
  }).check(
    Schema.makeFilter(({ end_index, start_index }) =>
      end_index > start_index || { path: ["end_index"], issue: "must be after start_index" }
    )
  )
) {}

/**
 * 更新操作: one change to a spreadsheet, named by its only key.
 *
 * @example
 * ```ts
 * const operation: SpreadsheetOperation = { add_sheet_request: { title: "一月", row_count: 10, column_count: 5 } }
 * ```
 */
export type SpreadsheetOperation = typeof spreadsheetOperation.Type
const spreadsheetOperation = operation({
  add_sheet_request: AddSheet,
  delete_sheet_request: Schema.Struct({ sheet_id: Schema.NonEmptyString }),
  update_range_request: UpdateRange,
  delete_dimension_request: DeleteDimension
})
/** 更新操作: one change to a spreadsheet, named by its only key. */
export const SpreadsheetOperation: Schema.Codec<SpreadsheetOperation, unknown> = spreadsheetOperation

/** 工作表属性. */
export class SheetProperties extends Schema.Class<SheetProperties>("effect-wecom/SheetProperties")({
  ...Wire.optionals({
    sheet_id: Schema.String,
    title: Schema.String,
    row_count: Wire.int,
    column_count: Wire.int
  })
}) {}

/** 操作结果: what the operation of the same place came to, under the key that its name begins with. */
export class SpreadsheetOperationResult
  extends Schema.Class<SpreadsheetOperationResult>("effect-wecom/SpreadsheetOperationResult")({
    ...Wire.optionals({
      add_sheet_response: Schema.Struct({ properties: Wire.optional(SheetProperties) }),
      delete_sheet_response: Schema.Struct({ sheet_id: Wire.optional(Schema.String) }),
      update_range_response: Schema.Struct({ updated_cells: Wire.optional(Wire.int) }),
      /** How many rows or columns were deleted. */
      delete_dimension_response: Schema.Struct({ deleted: Wire.optional(Wire.int) })
    })
  })
{}
