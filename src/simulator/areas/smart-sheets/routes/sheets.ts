/** 管理子表, 管理字段, 管理编组. */
import type { SmartSheetField } from "../../../../oa/smart-sheets/SmartSheetField.ts"
import {
  FieldGroup,
  type FieldGroup as Group,
  FieldGroupPage,
  SmartSheetFieldGroups
} from "../../../../oa/smart-sheets/SmartSheetFieldGroups.ts"
import { SmartSheetFieldPage, SmartSheetFields } from "../../../../oa/smart-sheets/SmartSheetFields.ts"
import { Sheet, SmartSheets } from "../../../../oa/smart-sheets/SmartSheets.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import { changedSheetOf, documentOf, newSheet, pageBy, sheetOf, type SheetState } from "../Documents.ts"
import { addFields, deleteFields, maxFields, updateFields } from "../Fields.ts"

const sheetEndpoints = SmartSheets.endpoints
const fieldEndpoints = SmartSheetFields.endpoints
const groupEndpoints = SmartSheetFieldGroups.endpoints

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

  route(fieldEndpoints.addMany, (call) => addFields(call.world, changedSheetOf(call), call.input.fields), {
    "fields.field_title": 2_022_030,
    "fields.field_type": 2_022_010
  }),
  route(fieldEndpoints.deleteMany, (call) => deleteFields(changedSheetOf(call), call.input.field_ids)),
  route(fieldEndpoints.updateMany, (call) => updateFields(changedSheetOf(call), call.input.fields)),
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
    if (sheet.groups.size >= maxFields) refuse(2_022_029)
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
