/** 管理子表, 管理字段, 管理编组. */
import type { SmartSheetField } from "../../../../oa/smart-sheets/SmartSheetField.ts"
import { type NewSmartSheetField } from "../../../../oa/smart-sheets/SmartSheetField.ts"
import {
  FieldGroup,
  type FieldGroup as Group,
  FieldGroupPage,
  SmartSheetFieldGroups
} from "../../../../oa/smart-sheets/SmartSheetFieldGroups.ts"
import { SmartSheetFieldPage, SmartSheetFields } from "../../../../oa/smart-sheets/SmartSheetFields.ts"
import { Sheet, SmartSheets } from "../../../../oa/smart-sheets/SmartSheets.ts"
import { existing, merged, refuse, route } from "../../../engine/Route.ts"
import type { World } from "../../../engine/World.ts"
import { changedSheetOf, documentOf, type Field, newSheet, pageBy, sheetOf, type SheetState } from "../Documents.ts"

const sheetEndpoints = SmartSheets.endpoints
const fieldEndpoints = SmartSheetFields.endpoints
const groupEndpoints = SmartSheetFieldGroups.endpoints

const max = 150

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

/** The fields of a group: each is there, and in no other one. */
const childrenOf = (sheet: SheetState, id: string, children: ReadonlyArray<{ readonly field_id: string }>) => {
  const taken = [...sheet.groups.values()].filter(({ field_group_id }) => field_group_id !== id)
    .flatMap((group: Group) => group.children.map(({ field_id }) => field_id))
  for (const { field_id } of children) {
    if (!sheet.fields.has(field_id) || taken.includes(field_id)) refuse(2_022_040)
  }
  return children
}

export const sheets = [
  route(sheetEndpoints.add, (call) => {
    const { sheets } = documentOf(call, call.input.docid)
    const { index = sheets.length, title = `智能表${sheets.length + 1}` } = call.input.properties ?? {}
    const sheet = newSheet(call, title)
    sheets.splice(index, 0, sheet)
    return new Sheet({ sheet_id: sheet.id, title, index: sheets.indexOf(sheet) })
  }),
  route(sheetEndpoints.delete, (call) => {
    const { sheets } = documentOf(call, call.input.docid)
    sheets.splice(sheets.indexOf(changedSheetOf(call)), 1)
  }),
  route(sheetEndpoints.update, (call) => {
    const { docid, properties: { sheet_id, title } } = call.input
    const sheet = changedSheetOf({ ...call, input: { docid, sheet_id } })
    sheet.title = title ?? sheet.title
  }),
  route(sheetEndpoints.list, (call) =>
    documentOf(call, call.input.docid).sheets
      .filter(({ id }) => call.input.sheet_id === undefined || id === call.input.sheet_id)
      .map(({ id, title }) => new Sheet({ sheet_id: id, title, is_visible: true, type: "smartsheet" }))),

  route(fieldEndpoints.addMany, (call) => {
    const sheet = changedSheetOf(call)
    if (sheet.fields.size + call.input.fields.length > max) refuse(2_022_029)
    const titles = [...titlesOf(sheet), ...call.input.fields.map(({ field_title }) => field_title)]
    if (new Set(titles).size < titles.length) refuse(2_022_030)
    return call.input.fields.map((asked) => {
      const field = identified(call.world, asked)
      sheet.fields.set(field.field_id, field)
      return field
    })
  }, { "fields.field_title": 2_022_030, "fields.field_type": 2_022_010 }),
  route(fieldEndpoints.deleteMany, (call) => {
    const sheet = changedSheetOf(call)
    for (const field_id of call.input.field_ids) {
      existing(sheet.fields, field_id, 2_022_010)
      sheet.fields.delete(field_id)
      for (const { cells } of sheet.rows.values()) cells.delete(field_id)
    }
  }),
  route(fieldEndpoints.updateMany, (call) => {
    const sheet = changedSheetOf(call)
    return call.input.fields.map((edit) => {
      const before = existing(sheet.fields, edit.field_id, 2_022_010)
      if (before.field_type !== edit.field_type) refuse(2_022_010)
      if (edit.field_title !== undefined && titlesOf(sheet).includes(edit.field_title)) refuse(2_022_030)
      const after = merged<Field>(before, edit as Partial<Field>) as Field // of the same type
      sheet.fields.set(edit.field_id, after)
      return after
    })
  }),
  route(fieldEndpoints.list, (call) => {
    const { field_ids = [], field_titles = [] } = call.input
    const all: ReadonlyArray<SmartSheetField> = [...sheetOf(call).fields.values()].filter(({ field_id, field_title }) =>
      (field_ids.length === 0 || field_ids.includes(field_id)) &&
      (field_titles.length === 0 || field_titles.includes(field_title ?? ""))
    )
    const { items, page: { next, total } } = pageBy(all, call.input)
    return new SmartSheetFieldPage({ fields: items, total, next })
  }),

  route(groupEndpoints.add, (call) => {
    const sheet = changedSheetOf(call)
    const { children = [], name } = call.input
    if (sheet.groups.size >= max) refuse(2_022_029)
    if ([...sheet.groups.values()].some((group) => group.name === name)) refuse(2_022_030)
    const field_group_id = call.world.id("group-")
    const group = new FieldGroup({ field_group_id, name, children: childrenOf(sheet, field_group_id, children) })
    sheet.groups.set(field_group_id, group)
    return group
  }),
  route(groupEndpoints.update, (call) => {
    const sheet = changedSheetOf(call)
    const { children, field_group_id, name } = call.input
    const before = existing(sheet.groups, field_group_id, 2_022_031)
    const group = new FieldGroup({
      field_group_id,
      name: name ?? before.name,
      children: children === undefined ? before.children : childrenOf(sheet, field_group_id, children)
    })
    sheet.groups.set(field_group_id, group)
    return group
  }),
  route(groupEndpoints.deleteMany, (call) => {
    const sheet = changedSheetOf(call)
    for (const id of call.input.field_group_ids) {
      existing(sheet.groups, id, 2_022_031)
      sheet.groups.delete(id)
    }
  }),
  route(groupEndpoints.list, (call) => {
    const { items, page } = pageBy([...sheetOf(call).groups.values()], call.input)
    return new FieldGroupPage({ field_groups: items, ...page })
  })
]
