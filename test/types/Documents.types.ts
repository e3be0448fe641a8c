/**
 * What the types of documents and smart sheets allow, and what they refuse.
 */
import type { DocumentContents, DocumentOperation, Documents, Forms } from "effect-wecom/oa/documents"
import type { NewSmartBlock, SmartBlock } from "effect-wecom/oa/smart-documents"
import type {
  CellValue,
  FilterCondition,
  NewSmartSheetField,
  SmartSheetField,
  SmartSheetRecord,
  SmartSheetViews
} from "effect-wecom/oa/smart-sheets"

declare const documents: Documents["Service"]
declare const contents: DocumentContents["Service"]
declare const forms: Forms["Service"]
declare const views: SmartSheetViews["Service"]
declare const record: SmartSheetRecord
declare const field: SmartSheetField
declare const block: SmartBlock

documents.delete({ docid: "D" })
documents.delete({ formid: "F" })
// @ts-expect-error one of the two
documents.delete({ docid: "D", formid: "F" })
// @ts-expect-error one of the two
documents.rename({ new_name: "新" })

// An operation has one key.
contents.update({ docid: "D", requests: [{ insert_paragraph: { location: { index: 0 } } }] })
// @ts-expect-error not two
export const two: DocumentOperation = {
  insert_paragraph: { location: { index: 0 } },
  insert_page_break: { location: { index: 0 } }
}

// Questions and settings are changed apart.
forms.update({ oper: 2, formid: "F", form_info: { form_setting: { can_anonymous: true } } })
// @ts-expect-error `oper` 1 changes questions
forms.update({ oper: 1, formid: "F", form_info: { form_setting: {} } })

// A field has the property of its type.
export const number: NewSmartSheetField = {
  field_title: "数",
  field_type: "FIELD_TYPE_NUMBER",
  property_number: { decimal_places: 2 }
}
// @ts-expect-error a number needs its property
export const bare: NewSmartSheetField = { field_title: "数", field_type: "FIELD_TYPE_NUMBER" }
// @ts-expect-error a formula cannot be made
export const formula: NewSmartSheetField = { field_title: "式", field_type: "FIELD_TYPE_FORMULA" }

// What is read is narrowed by its type.
export const options = field.field_type === "FIELD_TYPE_SELECT" ? field.property_select?.options : undefined
// @ts-expect-error of choices alone
export const none = field.field_type === "FIELD_TYPE_NUMBER" ? field.property_select : undefined
export const unknown: object | undefined = field.field_type === "Unknown" ? field.value : undefined

export const texts: ReadonlyArray<string | undefined> | undefined = record.cell("a", "FIELD_TYPE_TEXT")?.map((part) =>
  part.text
)
export const amount: number | undefined = record.cell("a", "FIELD_TYPE_NUMBER")
// @ts-expect-error a tick is no number
export const tick: number | undefined = record.cell("a", "FIELD_TYPE_CHECKBOX")

export const cells: ReadonlyArray<CellValue> = ["a", 1, true, [{ type: "text", text: "a" }], [{ user_id: "u" }]]

// A condition compares with one value.
export const condition: FilterCondition = {
  field_id: "f",
  operator: "OPERATOR_IS",
  number_value: { value: 1 }
}
export const both: FilterCondition = {
  field_id: "f",
  operator: "OPERATOR_IS",
  number_value: { value: 1 },
  // @ts-expect-error not two
  bool_value: { value: true }
}

views.add({ docid: "D", sheet_id: "S", view_title: "表", view_type: "VIEW_TYPE_GRID" })
// @ts-expect-error a chart of bars needs its dates
views.add({ docid: "D", sheet_id: "S", view_title: "表", view_type: "VIEW_TYPE_GANTT" })

export const code: NewSmartBlock = {
  type: "BLOCK_TYPE_CODE",
  title: "1",
  props: { code_props: { code_language: "CODE_LANGUAGE_PYTHON" } }
}
export const foreign: NewSmartBlock = {
  type: "BLOCK_TYPE_TEXT",
  // @ts-expect-error of code alone
  props: { code_props: {} }
}
export const checked = block.type === "BLOCK_TYPE_TODO" ? block.props?.todo_props?.checked : undefined
