/**
 * What a smart sheet is made of: fields, and records with their cells.
 */
import type { CellAuthor, CellUser, SmartSheetCell } from "../../../oa/smart-sheets/CellValue.ts"
import type { SmartSheetField } from "../../../oa/smart-sheets/SmartSheetField.ts"
import type { FieldGroup } from "../../../oa/smart-sheets/SmartSheetFieldGroups.ts"
import type { SmartSheetView } from "../../../oa/smart-sheets/SmartSheetView.ts"

/** A field of a type that is known. */
export type Field = Exclude<SmartSheetField, { readonly field_type: "Unknown" }>

/** Who writes records: an app, or a member. */
export interface Author {
  readonly name: string
  /** As fields of 创建人 and 最后编辑人 show them. */
  readonly shown: CellUser | CellAuthor
}

/** A record of a sheet. */
export interface Row {
  readonly id: string
  /** Its number among all that the sheet ever had. */
  readonly number: number
  readonly creator: Author
  readonly updater: Author
  /** Epoch milliseconds. */
  readonly created: number
  readonly updated: number
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
