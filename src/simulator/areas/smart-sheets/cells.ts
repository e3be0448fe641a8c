/**
 * The cells of records: written as their field's type has it, and read back.
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type CellOption, CellValues, type SmartSheetCell } from "../../../oa/smart-sheets/CellValue.ts"
import type { FieldType } from "../../../oa/smart-sheets/SmartSheetField.ts"
import { CellKeyType } from "../../../oa/smart-sheets/SmartSheetRecords.ts"
import { refuse } from "../../engine/Route.ts"
import type { World } from "../../engine/World.ts"
import type { Field, Row, SheetState } from "./Documents.ts"

/** Types that WeCom fills in itself. */
const readOnly: ReadonlySet<FieldType> = new Set([
  "FIELD_TYPE_CREATED_TIME",
  "FIELD_TYPE_MODIFIED_TIME",
  "FIELD_TYPE_CREATED_USER",
  "FIELD_TYPE_MODIFIED_USER",
  "FIELD_TYPE_AUTONUMBER",
  "FIELD_TYPE_FORMULA"
])

/** Errcodes of values that do not fit their field. */
const misfits: { readonly [type: string]: number } = {
  FIELD_TYPE_DATE_TIME: 2_022_034,
  FIELD_TYPE_REFERENCE: 2_022_035,
  FIELD_TYPE_LOCATION: 2_022_037,
  FIELD_TYPE_SELECT: 2_022_020,
  FIELD_TYPE_SINGLE_SELECT: 2_022_020
}

/** Whether a cell is empty. */
export const isEmpty = (cell: SmartSheetCell | undefined): boolean =>
  cell === undefined || cell === null || cell === "" || (Array.isArray(cell) && cell.length === 0)

/** The field of a key, which is a title or an id. */
export const fieldOf = (sheet: SheetState, key: string, keyType: string = CellKeyType.Title): Field =>
  (keyType === CellKeyType.Id
    ? sheet.fields.get(key)
    : [...sheet.fields.values()].find(({ field_title }) => field_title === key)) ?? refuse(2_022_030)

/** The cells of a record with some of them written; those of an empty value are emptied. */
export const written = (
  world: World,
  sheet: SheetState,
  before: ReadonlyMap<string, SmartSheetCell>,
  values: { readonly [key: string]: SmartSheetCell },
  keyType: string | undefined
): Map<string, SmartSheetCell> => {
  const cells = new Map(before)
  const checked = Object.entries(values).map(([key, value]) => {
    const field = fieldOf(sheet, key, keyType)
    if (readOnly.has(field.field_type)) return refuse(2_022_010)
    const schema: Schema.Codec<unknown, unknown> = CellValues[field.field_type] as never // of a type whose cells are written
    return isEmpty(value) || Option.isSome(Schema.decodeUnknownOption(schema)(value))
      ? [field, value] as const
      : refuse(misfits[field.field_type] ?? 40_058)
  })
  for (const [field, value] of checked) {
    if (isEmpty(value)) cells.delete(field.field_id)
    else cells.set(field.field_id, stored(world, sheet, field, value))
  }
  return cells
}

/** A value as it is read back: options with their ids, members marked as such. */
const stored = (world: World, sheet: SheetState, { field_id }: Field, value: SmartSheetCell): SmartSheetCell => {
  const field = sheet.fields.get(field_id)
  switch (field?.field_type) {
    case "FIELD_TYPE_SELECT":
      return optionsIn(
        value,
        field.property_select?.options ?? [],
        (options) => sheet.fields.set(field_id, { ...field, property_select: { ...field.property_select, options } }),
        world
      )
    case "FIELD_TYPE_SINGLE_SELECT":
      return optionsIn(
        value,
        field.property_single_select?.options ?? [],
        (options) =>
          sheet.fields.set(field_id, {
            ...field,
            property_single_select: { ...field.property_single_select, options }
          }),
        world
      )
    case "FIELD_TYPE_USER":
      return Array.isArray(value) ? value.map((user: object) => ({ ...user, id_type: 1 })) : value
    default:
      return value
  }
}

type Options = ReadonlyArray<{ readonly id?: string | undefined; readonly text?: string | undefined }>

/** The options that a cell names by id or text; those that the field does not have are added. */
const optionsIn = (
  value: SmartSheetCell,
  options: Options,
  keep: (options: Options) => void,
  world: World
): SmartSheetCell => {
  const all = [...options]
  // The cell has been checked to be a list of options.
  const cell = (value as ReadonlyArray<CellOption>).map((asked) => {
    const known = all.find(({ id, text }) => asked.id === undefined ? text === asked.text : id === asked.id)
    if (known !== undefined) return known
    if (asked.text === undefined) return refuse(2_022_020)
    const made = { id: world.id("option-"), text: asked.text, style: asked.style ?? 1 }
    all.push(made)
    return made
  })
  if (all.length > options.length) keep(all)
  return cell as SmartSheetCell // options, each with its id
}

/** A cell, also one that WeCom fills in. */
export const read = (row: Row, field: Field): SmartSheetCell | undefined => {
  switch (field.field_type) {
    case "FIELD_TYPE_CREATED_TIME":
      return `${row.created}`
    case "FIELD_TYPE_MODIFIED_TIME":
      return `${row.updated}`
    case "FIELD_TYPE_CREATED_USER":
      return [row.creator.shown]
    case "FIELD_TYPE_MODIFIED_USER":
      return [row.updater.shown]
    case "FIELD_TYPE_AUTONUMBER":
      return [{ seq: `${row.number}`, text: `${row.number}` }]
    default:
      return row.cells.get(field.field_id)
  }
}
