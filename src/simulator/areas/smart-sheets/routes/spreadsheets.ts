/** 管理表格内容: the cells of spreadsheets. */
import {
  Dimension,
  GridData,
  SheetProperties,
  SpreadsheetOperationResult
} from "../../../../oa/documents/SpreadsheetOperation.ts"
import { SpreadsheetInfo, Spreadsheets } from "../../../../oa/documents/Spreadsheets.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import { documentOf, type Grid, newGrid } from "../Documents.ts"

const { endpoints } = Spreadsheets

const gridOf = (call: AppCall<{ readonly docid: string }>, sheet_id: string): Grid =>
  documentOf(call, call.input.docid).grids.find(({ id }) => id === sheet_id) ?? refuse(301_085, "invalid sheet_id")

const propertiesOf = ({ columns, id, rows, title }: Grid) =>
  new SheetProperties({ sheet_id: id, title, row_count: rows.length, column_count: columns.count })

const columnOf = (letters: string): number =>
  Array.from(letters).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1

const nothing = {
  add_sheet_response: undefined,
  delete_sheet_response: undefined,
  update_range_response: undefined,
  delete_dimension_response: undefined
}

type Input = Parameters<typeof endpoints.update>[0]

/** Runs one operation. */
const run = (call: AppCall<Input>, operation: Input["requests"][number]) => {
  const { grids } = documentOf(call, call.input.docid)
  if (operation.add_sheet_request !== undefined) {
    const { column_count, row_count, title } = operation.add_sheet_request
    const grid = newGrid(call.world, title, row_count, column_count)
    grids.push(grid)
    return new SpreadsheetOperationResult({ ...nothing, add_sheet_response: { properties: propertiesOf(grid) } })
  }
  if (operation.delete_sheet_request !== undefined) {
    const { sheet_id } = operation.delete_sheet_request
    grids.splice(grids.indexOf(gridOf(call, sheet_id)), 1)
    return new SpreadsheetOperationResult({ ...nothing, delete_sheet_response: { sheet_id } })
  }
  if (operation.update_range_request !== undefined) {
    const { grid_data: { rows, start_column, start_row }, sheet_id } = operation.update_range_request
    const grid = gridOf(call, sheet_id)
    const width = start_column + Math.max(0, ...rows.map(({ values }) => values.length))
    if (start_row + rows.length > grid.rows.length || width > grid.columns.count) refuse(40_058, "out of the sheet")
    rows.forEach(({ values }, row) =>
      values.forEach((cell, column) => {
        const cells = grid.rows[start_row + row] ?? []
        cells[start_column + column] = cell
      })
    )
    const updated_cells = rows.reduce((sum, { values }) => sum + values.length, 0)
    return new SpreadsheetOperationResult({ ...nothing, update_range_response: { updated_cells } })
  }
  if (operation.delete_dimension_request !== undefined) {
    const { dimension, end_index, sheet_id, start_index } = operation.delete_dimension_request
    const grid = gridOf(call, sheet_id)
    const isRow = dimension === Dimension.Row
    const deleted = end_index - start_index
    if (end_index - 1 > (isRow ? grid.rows.length : grid.columns.count)) refuse(40_058, "out of the sheet")
    if (isRow) grid.rows.splice(start_index - 1, deleted)
    else {
      for (const cells of grid.rows) cells.splice(start_index - 1, deleted)
      grid.columns.count -= deleted
    }
    return new SpreadsheetOperationResult({ ...nothing, delete_dimension_response: { deleted } })
  }
  return refuse(40_058)
}

export const spreadsheets = [
  route(
    endpoints.get,
    (call) => new SpreadsheetInfo({ properties: documentOf(call, call.input.docid).grids.map(propertiesOf), data: [] })
  ),
  route(endpoints.getRange, (call) => {
    const grid = gridOf(call, call.input.sheet_id)
    const [, left = "A", top = "1", right = "A", bottom = "1"] =
      /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(call.input.range) ?? []
    const [first, last] = [columnOf(left), columnOf(right)]
    const rows = grid.rows.slice(Number(top) - 1, Number(bottom)).map((cells) => ({
      values: Array.from(
        { length: Math.min(last + 1, grid.columns.count) - first },
        (_, i) => cells[first + i] ?? { cell_value: undefined, cell_format: undefined }
      )
    }))
    return new GridData({ start_row: Number(top) - 1, start_column: first, rows })
  }),
  // What has been done before an operation that fails stays done.
  route(endpoints.update, (call) => call.input.requests.map((operation) => run(call, operation)))
]
