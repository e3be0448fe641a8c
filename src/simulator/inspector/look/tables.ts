/** Documents and forms as tables. */
import * as Predicate from "effect/Predicate"
import { read } from "../../areas/smart-sheets/cells.ts"
import type { Document } from "../../areas/smart-sheets/Documents.ts"
import type { FormState } from "../../areas/smart-sheets/Forms.ts"
import type { Shown } from "../View.ts"
import { type Look, shownAtOnce, text, valueText, when } from "./names.ts"

export const tablesOf = ({ grids, sheets }: Document): Shown["tables"] => [
  ...sheets.map((sheet) => {
    const fields = [...sheet.fields.values()]
    return {
      id: sheet.id,
      title: sheet.title,
      fields: fields.map(({ field_title, field_type }) => ({ title: field_title ?? "", type: field_type })),
      rows: [...sheet.rows.values()].slice(0, shownAtOnce).map((row) => ({
        id: row.id,
        cells: fields.map((field) => cellText(read(row, field), field.field_type))
      })),
      total: sheet.rows.size
    }
  }),
  ...grids.map(({ columns, id, rows, title }) => {
    const last = rows.findLastIndex((row) => row.some((cell) => cell !== undefined))
    const width = Math.min(columns.count, 26, Math.max(1, ...rows.map((row) => row.length)))
    return {
      id,
      title,
      fields: Array.from({ length: width }, (_, index) => ({ title: String.fromCharCode(65 + index), type: "" })),
      rows: rows.slice(0, Math.min(last + 1, shownAtOnce)).map((row, index) => ({
        id: `${index + 1}`,
        cells: Array.from({ length: width }, (_, column) => valueText(row[column]?.cell_value))
      })),
      total: last + 1
    }
  })
]

const cellText = (cell: unknown, type: string): string =>
  cell === undefined || cell === null
    ? ""
    : type.endsWith("_TIME") && /^\d+$/.test(String(cell))
    ? when(Number(cell))
    : Array.isArray(cell)
    ? cell.map((item: unknown) => Predicate.isObject(item) ? itemText(item) : String(item)).join(", ")
    : String(cell)

const itemText = (item: { readonly [name: string]: unknown }): string =>
  text(item["text"]) || text(item["title"]) || text(item["name"]) || text(item["user_id"]) || text(item["link"]) ||
  valueText(item)

export const formTable = ({ answers, id, questions, title }: FormState, t: Look["t"]) => ({
  id,
  title,
  fields: [{ title: t("who|填写人"), type: "" }, ...questions.map(({ title }) => ({ title, type: "" }))],
  rows: answers.slice(-shownAtOnce).map(({ answer_id, reply, user_name }) => ({
    id: answer_id,
    cells: [
      user_name ?? "",
      ...questions.map(({ question_id }) => {
        const found = reply?.items.find((item) => item.question_id === question_id)
        return found?.text_reply ?? found?.option_reply.join(", ") ?? ""
      })
    ]
  })),
  total: answers.length
})
