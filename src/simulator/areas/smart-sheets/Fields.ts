/**
 * The fields of smart sheets: added, changed and deleted.
 */
import type { NewSmartSheetField, SmartSheetFieldEdit } from "../../../oa/smart-sheets/SmartSheetField.ts"
import { existing, merged, refuse } from "../../engine/Route.ts"
import type { World } from "../../engine/World.ts"
import type { Field, SheetState } from "./SheetState.ts"

/** At most so many fields, and groups of them, has a sheet. */
export const maxFields = 150

/** A field with its id, and its options with theirs. */
const identified = (world: World, field: NewSmartSheetField): Field => {
  const field_id = world.id("field-")
  switch (field.field_type) {
    case "FIELD_TYPE_SELECT":
      return { ...field, field_id, property_select: withIds(world, field.property_select) }
    case "FIELD_TYPE_SINGLE_SELECT":
      return { ...field, field_id, property_single_select: withIds(world, field.property_single_select) }
    default:
      return { ...field, field_id }
  }
}

const withIds = <P extends { readonly options?: ReadonlyArray<{ readonly id?: string | undefined }> | undefined }>(
  world: World,
  property: P
): P => ({
  ...property,
  options: (property.options ?? []).map((option) => ({ style: 1, ...option, id: option.id ?? world.id("option-") }))
})

const titlesOf = (sheet: SheetState): ReadonlyArray<string | undefined> =>
  [...sheet.fields.values()].map(({ field_title }) => field_title)

/** Adds fields; none if one of them is refused. */
export const addFields = (
  world: World,
  sheet: SheetState,
  asked: ReadonlyArray<NewSmartSheetField>
): ReadonlyArray<Field> => {
  if (sheet.fields.size + asked.length > maxFields) refuse(2_022_029)
  const titles = [...titlesOf(sheet), ...asked.map(({ field_title }) => field_title)]
  if (new Set(titles).size < titles.length) refuse(2_022_030)
  const fields = asked.map((field) => identified(world, field))
  for (const field of fields) sheet.fields.set(field.field_id, field)
  return fields
}

/** Changes fields, whose type stays. */
export const updateFields = (sheet: SheetState, edits: ReadonlyArray<SmartSheetFieldEdit>): ReadonlyArray<Field> =>
  edits.map((edit) => {
    const before = existing(sheet.fields, edit.field_id, 2_022_010)
    if (before.field_type !== edit.field_type) refuse(2_022_010)
    if (edit.field_title !== undefined && titlesOf(sheet).includes(edit.field_title)) refuse(2_022_030)
    const after = merged<Field>(before, edit as Partial<Field>) as Field // of the same type
    sheet.fields.set(edit.field_id, after)
    return after
  })

/** Deletes fields with their cells. */
export const deleteFields = (sheet: SheetState, ids: ReadonlyArray<string>): void => {
  for (const id of ids) existing(sheet.fields, id, 2_022_010)
  for (const id of ids) {
    sheet.fields.delete(id)
    for (const { cells } of sheet.rows.values()) cells.delete(id)
  }
}
