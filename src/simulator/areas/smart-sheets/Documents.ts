/**
 * What the simulator knows of documents, spreadsheets and smart sheets: each of the app that made it; of smart sheets
 * their sheets with fields, records, views and groups of fields.
 */
import type { SpreadsheetCell } from "../../../oa/documents/SpreadsheetOperation.ts"
import type { SmartSheetCell } from "../../../oa/smart-sheets/CellValue.ts"
import type { Caller } from "../../engine/Collection.ts"
import { existing, refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import type { App, Corp, World } from "../../engine/World.ts"
import { written } from "./cells.ts"
import type { Author, Row, SheetState } from "./SheetState.ts"

export type { Author, Field, Row, SheetState } from "./SheetState.ts"

/** An app as an author. */
export const appAuthor = ({ agentId, name }: App): Author => ({
  name,
  shown: { id_type: 3, agentid: agentId ?? 0, tmp_external_userid: undefined }
})

/** A document. */
export interface Document {
  readonly id: string
  readonly type: number
  readonly owner: App
  name: string
  readonly created: number
  modified: number
  /** Of smart sheets, in their order. */
  readonly sheets: Array<SheetState>
  /** Of spreadsheets, in their order. */
  readonly grids: Array<Grid>
}

/** A sheet of a spreadsheet. */
export interface Grid {
  readonly id: string
  readonly title: string
  /** Rows of cells, as many as the sheet has columns each. */
  readonly rows: Array<Array<SpreadsheetCell | undefined>>
  readonly columns: { count: number }
}

const documentsOf = State.make("smart-sheets/documents", () => new Map<string, Document>())

/** Keeps a document. */
export const keep = ({ corp }: Caller, document: Document): void => void documentsOf(corp).set(document.id, document)

/** Deletes a document. */
export const remove = (call: Caller, docid: string): void => {
  documentsOf(call.corp).delete(documentOf(call, docid).id)
}

/** The documents of a corp, whoever made them, the oldest first. */
export const documentsIn = (corp: Corp): ReadonlyArray<Document> => [...documentsOf(corp).values()]

/** Deletes a document of a corp, whoever asks. */
export const forget = (corp: Corp, docid: string): void => void documentsOf(corp).delete(docid)

/** A document of a corp, whoever made it. */
export const findDocument = (corp: Corp, docid: string): Document | undefined => documentsOf(corp).get(docid)

/** A document that the app has made. */
export const documentOf = ({ app, corp }: Caller, docid: string): Document => {
  const document = existing(documentsOf(corp), docid, 301_085)
  return document.owner === app ? document : refuse(2_022_048)
}

/** A sheet of a smart sheet that the app has made. */
export const sheetOf = (
  call: Caller & { readonly input: { readonly docid: string; readonly sheet_id: string } }
): SheetState =>
  documentOf(call, call.input.docid).sheets.find(({ id }) => id === call.input.sheet_id) ??
    refuse(301_085, "invalid sheet_id")

/** The same, which the call changes. */
export const changedSheetOf = (call: Parameters<typeof sheetOf>[0]): SheetState => {
  documentOf(call, call.input.docid).modified = call.now
  return sheetOf(call)
}

/** A sheet without fields, records and views. */
export const newSheet = ({ world }: Caller, title: string): SheetState => ({
  id: world.id("sheet-"),
  title,
  fields: new Map(),
  rows: new Map(),
  views: new Map(),
  groups: new Map(),
  count: 0
})

/** Adds records by an author; none if one of them is refused. */
export const addRows = (
  world: World,
  sheet: SheetState,
  records: ReadonlyArray<{ readonly values: { readonly [key: string]: SmartSheetCell } }>,
  { author, keyType, now }: Writing
): ReadonlyArray<Row> => {
  if (sheet.rows.size + records.length > maxRecords) refuse(2_022_029)
  const rows = records.map(({ values }, index): Row => ({
    id: world.id("record-"),
    number: sheet.count + index + 1,
    creator: author,
    updater: author,
    created: now,
    updated: now,
    cells: written(world, sheet, new Map(), values, keyType)
  }))
  for (const row of rows) sheet.rows.set(row.id, row)
  sheet.count += rows.length
  return rows
}

/** Changes cells of records; none if one of them is refused. */
export const updateRows = (
  world: World,
  sheet: SheetState,
  records: ReadonlyArray<{ readonly record_id: string; readonly values: { readonly [key: string]: SmartSheetCell } }>,
  { author, keyType, now }: Writing
): ReadonlyArray<Row> => {
  const rows = records.map(({ record_id, values }): Row => {
    const before = existing(sheet.rows, record_id, 2_022_003)
    return {
      ...before,
      updater: author,
      updated: now,
      cells: written(world, sheet, before.cells, values, keyType)
    }
  })
  for (const row of rows) sheet.rows.set(row.id, row)
  return rows
}

/** Deletes records; none if one of them is not there. */
export const deleteRows = (sheet: SheetState, ids: ReadonlyArray<string>): void => {
  for (const id of ids) existing(sheet.rows, id, 2_022_003)
  for (const id of ids) sheet.rows.delete(id)
}

/** Who writes, when, and how the cells are named. */
interface Writing {
  readonly author: Author
  readonly now: number
  readonly keyType?: string | undefined
}

const maxRecords = 100_000

/** An empty sheet of a spreadsheet. */
export const newGrid = (world: World, title: string, rows: number, columns: number): Grid => ({
  id: world.id("grid-"),
  title,
  rows: Array.from({ length: rows }, () => []),
  columns: { count: columns }
})

/** A page of a list by its offset, with what the answer says of it. */
export const pageBy = <Item>(
  all: ReadonlyArray<Item>,
  { limit = 0, offset = 0 }: { readonly limit?: number | undefined; readonly offset?: number | undefined }
) => {
  if (offset > all.length) refuse(2_022_023)
  const end = offset + (limit === 0 ? 1000 : limit)
  return {
    items: all.slice(offset, end),
    page: { total: all.length, has_more: end < all.length, next: Math.min(end, all.length) }
  }
}
