/** 管理记录, 管理视图. */
import * as DateTime from "effect/DateTime"
import { ViewFilter } from "../../../../oa/smart-sheets/FilterSpec.ts"
import {
  CellKeyType,
  SmartSheetRecord,
  SmartSheetRecordPage,
  SmartSheetRecords
} from "../../../../oa/smart-sheets/SmartSheetRecords.ts"
import { SmartSheetView, ViewProperty } from "../../../../oa/smart-sheets/SmartSheetView.ts"
import { SmartSheetViewPage, SmartSheetViews } from "../../../../oa/smart-sheets/SmartSheetViews.ts"
import { existing, merged, refuse, route } from "../../../engine/Route.ts"
import { fieldOf, isEmpty, read } from "../cells.ts"
import {
  addRows,
  appAuthor,
  changedSheetOf,
  deleteRows,
  type Field,
  pageBy,
  type Row,
  sheetOf,
  type SheetState,
  updateRows
} from "../Documents.ts"
import { filtered, sorted } from "../match.ts"

const { endpoints } = SmartSheetRecords
const views = SmartSheetViews.endpoints

const maxViews = 200

/** A record as it is read: the cells of some fields by their titles or ids, those that are empty left out. */
const shown = (row: Row, fields: ReadonlyArray<Field>, keyType: string = CellKeyType.Title) =>
  new SmartSheetRecord({
    record_id: row.id,
    create_time: DateTime.makeUnsafe(row.created),
    update_time: DateTime.makeUnsafe(row.updated),
    creator_name: row.creator.name,
    updater_name: row.updater.name,
    values: Object.fromEntries(fields.flatMap((field) => {
      const cell = read(row, field)
      const key = keyType === CellKeyType.Id ? field.field_id : field.field_title ?? field.field_id
      return cell === undefined || isEmpty(cell) ? [] : [[key, cell] as const]
    }))
  })

const fieldsOf = (sheet: SheetState): ReadonlyArray<Field> => [...sheet.fields.values()]

export const records = [
  route(endpoints.addMany, (call) => {
    const { app, input, now, world } = call
    const sheet = changedSheetOf(call)
    const rows = addRows(world, sheet, input.records, { author: appAuthor(app), now, keyType: input.key_type })
    return rows.map((row) => shown(row, fieldsOf(sheet), input.key_type))
  }),
  route(endpoints.updateMany, (call) => {
    const { app, input, now, world } = call
    const sheet = changedSheetOf(call)
    const rows = updateRows(world, sheet, input.records, { author: appAuthor(app), now, keyType: input.key_type })
    return rows.map((row) => shown(row, fieldsOf(sheet), input.key_type))
  }),
  route(endpoints.deleteMany, (call) => deleteRows(changedSheetOf(call), call.input.record_ids)),
  route(endpoints.list, (call) => {
    const { input, now } = call
    const { field_ids = [], field_titles = [], filter_spec, key_type, record_ids = [], sort = [], view_id = "" } = input
    const sheet = sheetOf(call)
    const view = view_id === "" ? undefined : existing(sheet.views, view_id, 2_022_005).property
    const chosen = record_ids.length === 0
      ? [...sheet.rows.values()]
      : record_ids.map((id) => existing(sheet.rows, id, 2_022_003))
    const matching = filtered(sheet, filtered(sheet, chosen, view?.filter_spec, now), filter_spec, now)
    const orders = sort.length > 0
      ? sort.map(({ desc, field_title }) => ({ desc, field: fieldOf(sheet, field_title) }))
      : (view?.sort_spec?.sort_infos ?? []).map(({ desc, field_id }) => ({
        desc,
        field: fieldOf(sheet, field_id, CellKeyType.Id)
      }))
    const keys = key_type === CellKeyType.Id ? field_ids : field_titles
    const fields = keys.length === 0 ? fieldsOf(sheet) : keys.map((key) => fieldOf(sheet, key, key_type))
    const { items, page } = pageBy(sorted(matching, orders), input)
    return new SmartSheetRecordPage({
      records: items.map((row) => shown(row, fields, key_type)),
      ...page,
      ver: undefined
    })
  }, { filter_spec: 2_022_033 }),

  route(views.add, (call) => {
    const { input, world } = call
    const sheet = changedSheetOf(call)
    if (sheet.views.size >= maxViews) refuse(2_022_029)
    if ([...sheet.views.values()].some(({ view_title }) => view_title === input.view_title)) refuse(2_022_022)
    const view = new SmartSheetView({
      view_id: world.id("view-"),
      view_title: input.view_title,
      view_type: input.view_type,
      property: undefined,
      property_gantt: input.view_type === "VIEW_TYPE_GANTT" ? input.property_gantt : undefined,
      property_calendar: input.view_type === "VIEW_TYPE_CALENDAR" ? input.property_calendar : undefined
    })
    sheet.views.set(view.view_id, view)
    return view
  }, { view_type: 2_022_009 }),
  route(views.update, (call) => {
    const { property, view_id, view_title } = call.input
    const sheet = changedSheetOf(call)
    const before = existing(sheet.views, view_id, 2_022_005)
    const { filter_spec, ...shownAs } = property ?? {}
    const view = new SmartSheetView({
      ...before,
      view_title: view_title ?? before.view_title,
      property: property === undefined ? before.property : new ViewProperty({
        ...merged({ ...new ViewProperty({}), ...before.property }, shownAs),
        filter_spec: filter_spec === undefined ? before.property?.filter_spec : new ViewFilter(filter_spec)
      })
    })
    sheet.views.set(view_id, view)
    return view
  }, { property: 2_022_032 }),
  route(views.deleteMany, (call) => {
    const sheet = changedSheetOf(call)
    for (const id of call.input.view_ids) existing(sheet.views, id, 2_022_005)
    for (const id of call.input.view_ids) sheet.views.delete(id)
  }),
  route(views.list, (call) => {
    const { view_ids = [] } = call.input
    const all = [...sheetOf(call).views.values()].filter(({ view_id }) =>
      view_ids.length === 0 || view_ids.includes(view_id)
    )
    const { items, page } = pageBy(all, call.input)
    return new SmartSheetViewPage({ views: items, ...page })
  })
]
