/**
 * What the simulator knows of documents, spreadsheets and smart sheets: each of the app that made it; of smart sheets
 * their sheets with fields, records, views and groups of fields.
 */
import type { SmartSheetCell } from "../../../oa/smart-sheets/CellValue.ts"
import type { SmartSheetField } from "../../../oa/smart-sheets/SmartSheetField.ts"
import type { FieldGroup } from "../../../oa/smart-sheets/SmartSheetFieldGroups.ts"
import type { SmartSheetView } from "../../../oa/smart-sheets/SmartSheetView.ts"
import type { Caller } from "../../engine/Collection.ts"
import { existing, refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import type { App } from "../../engine/World.ts"

/** A field of a type that is known. */
export type Field = Exclude<SmartSheetField, { readonly field_type: "Unknown" }>

/** A record of a sheet. */
export interface Row {
  readonly id: string
  /** Its number among all that the sheet ever had. */
  readonly number: number
  readonly owner: App
  /** In milliseconds of the epoch. */
  readonly created: number
  updated: number
  /** By the id of their field. */
  readonly cells: Map<string, SmartSheetCell>
}

/** A sheet of a smart sheet. */
export interface SheetState {
  readonly id: string
  title: string
  readonly fields: Map<string, Field>
  readonly rows: Map<string, Row>
  readonly views: Map<string, SmartSheetView>
  readonly groups: Map<string, FieldGroup>
  /** How many records it ever had. */
  count: number
}

/** A document. */
export interface Document {
  readonly id: string
  readonly type: number
  readonly owner: App
  name: string
  readonly created: number
  modified: number
  /** In their order. */
  readonly sheets: Array<SheetState>
}

const documentsOf = State.make("smart-sheets/documents", () => new Map<string, Document>())

/** Keeps a document. */
export const keep = ({ corp }: Caller, document: Document): void => void documentsOf(corp).set(document.id, document)

/** Deletes a document. */
export const remove = (call: Caller, docid: string): void => {
  documentsOf(call.corp).delete(documentOf(call, docid).id)
}

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
