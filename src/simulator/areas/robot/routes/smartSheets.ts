/** 智能表格: records written through a webhook. */
import * as Redacted from "effect/Redacted"
import { SheetChanges, SmartSheetWebhook } from "../../../../robot/SmartSheetWebhook.ts"
import { existing, keyRoute, refuse } from "../../../engine/Route.ts"
import type { SheetRecord, World } from "../../../engine/World.ts"

const maxRecords = 100_000

export const smartSheets = [
  keyRoute(SmartSheetWebhook.endpoints.write, ({ input, world }) => {
    const sheet = sheetOf(world, Redacted.value(input.key)) ?? refuse(93000, "invalid webhook url")
    const { add_records = [], update_records = [] } = input
    if (sheet.size + add_records.length > maxRecords) refuse(2022029, "too many records")
    const before = update_records.map(({ record_id }) => existing(sheet, record_id, 2022003, "record not found"))
    const write = (record_id: string, values: SheetRecord) => {
      sheet.set(record_id, values)
      return { record_id, values: undefined }
    }
    return new SheetChanges({
      add_records: add_records.map(({ values }) => write(world.id("rec-"), values)),
      update_records: update_records.map(({ record_id, values }, i) => write(record_id, { ...before[i], ...values }))
    })
  })
]

const sheetOf = (world: World, key: string): Map<string, SheetRecord> | undefined => {
  for (const { sheets } of world.corps.values()) {
    const sheet = sheets.get(key)
    if (sheet !== undefined) return sheet
  }
  return undefined
}
