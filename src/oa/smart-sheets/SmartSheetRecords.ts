/**
 * 管理记录: the rows of a sheet.
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { type CellOf, CellValue, CellValues, SmartSheetCell } from "./CellValue.ts"
import { FilterSpec, RecordSort } from "./FilterSpec.ts"
import { millis } from "./millis.ts"
import { page, paged, place } from "./place.ts"
import type { FieldType } from "./SmartSheetField.ts"

/** 单元格的 key 类型: whether cells are named by the titles of their fields, or by their ids. */
export const CellKeyType = Wire.oneOf({
  Title: ["CELL_VALUE_KEY_TYPE_FIELD_TITLE", "字段标题"],
  Id: ["CELL_VALUE_KEY_TYPE_FIELD_ID", "字段 ID"]
})

/** 记录. */
export class SmartSheetRecord extends Schema.Class<SmartSheetRecord>("effect-wecom/SmartSheetRecord")({
  record_id: Schema.String,
  ...Wire.optionals({
    create_time: millis,
    update_time: millis,
    creator_name: Schema.String,
    updater_name: Schema.String,
    /** Cells by the titles or the ids of their fields, as `key_type` says; empty ones may be left out. */
    values: Schema.Record(Schema.String, SmartSheetCell)
  })
}) {
  /**
   * A cell, read as its type of field has it; `undefined` if it is empty, or of another type.
   *
   * @example
   * ```ts
   * record.cell("截止", "FIELD_TYPE_DATE_TIME") // DateTime.Utc | undefined
   * ```
   */
  cell<Type extends FieldType>(key: string, type: Type): CellOf<Type> | undefined {
    return Option.getOrUndefined(
      // Each type's schema decodes to the value of that type.
      Schema.decodeUnknownOption(CellValues[type] as Schema.Codec<CellOf<Type>, unknown>)(this.values?.[key])
    )
  }
}

/** 记录: a page of them. */
export class SmartSheetRecordPage extends Schema.Class<SmartSheetRecordPage>("effect-wecom/SmartSheetRecordPage")({
  records: Wire.list(SmartSheetRecord),
  ...paged,
  /** The version of the sheet. */
  ver: Wire.optional(Wire.int)
}) {}

/** Cells to write, by the titles or the ids of their fields. */
const values = Schema.Record(Schema.String, CellValue)

/** 添加记录. */
export class NewSmartSheetRecord extends Schema.Opaque<NewSmartSheetRecord>()(Schema.Struct({ values })) {}

/** 更新记录: cells that are left out stay. */
export class SmartSheetRecordEdit
  extends Schema.Opaque<SmartSheetRecordEdit>()(Schema.Struct({ record_id: Schema.NonEmptyString, values }))
{}

const keyType = {
  /** How the cells are named. Default: `Title`. */
  key_type: Wire.optional(CellKeyType.schema)
}

/** 查询记录: which records, which of their cells, and in which order. A filter does not go with `sort`. */
export class SmartSheetRecordQuery extends Schema.Opaque<SmartSheetRecordQuery>()(
  Schema.Struct({
    ...place,
    ...keyType,
    ...Wire.optionals({
      /** Those of a view. */
      view_id: Schema.String,
      record_ids: Schema.Array(Wire.filledText),
      /** Only these cells; with `key_type` `Title`. */
      field_titles: Schema.Array(Wire.filledText),
      /** Only these cells; with `key_type` `Id`. */
      field_ids: Schema.Array(Wire.filledText),
      sort: Schema.Array(RecordSort),
      filter_spec: FilterSpec,
      /** The version of the sheet. */
      ver: Wire.int
    }),
    ...page
  }).check(
    Schema.makeFilter(({ filter_spec, sort = [] }) =>
      filter_spec === undefined || sort.length === 0 || { path: ["sort"], issue: "does not go with filter_spec" }
    )
  )
) {}

const records = Endpoint.pluck("records", Wire.list(SmartSheetRecord))

/**
 * 管理记录: the rows of a sheet: at most 100,000, and 15,000,000 cells. Above it, `SmartTable` reads and writes them as
 * objects of a type of your own.
 */
export class SmartSheetRecords
  extends Domain.Service<SmartSheetRecords>()("oa/smart-sheets/SmartSheetRecords", "OA·文档", {
    /**
     * 添加记录. Adds rows, better not more than 500 at once. Who made or changed a record and when, numberings, formulas
     * and relations cannot be written. Returns the records with their ids, in the same order.
     * @see https://developer.work.weixin.qq.com/document/path/99907
     */
    addMany: Endpoint.post("/cgi-bin/wedoc/smartsheet/add_records", 99907, () => ({
      body: {
        ...place,
        ...keyType,
        records: Wire.items(NewSmartSheetRecord, Infinity, 1)
      },
      success: records
    })),
    /**
     * 删除记录. Deletes rows, better not more than 500 at once.
     * @see https://developer.work.weixin.qq.com/document/path/99908
     */
    deleteMany: Endpoint.post("/cgi-bin/wedoc/smartsheet/delete_records", { doc: 99908, idempotent: true }, () => ({
      body: { ...place, record_ids: Wire.items(Wire.filledText, Infinity, 1) }
    })),
    /**
     * 更新记录. Changes the given cells of rows, better not more than 500 at once.
     * @see https://developer.work.weixin.qq.com/document/path/99909
     */
    updateMany: Endpoint.post("/cgi-bin/wedoc/smartsheet/update_records", { doc: 99909, idempotent: true }, () => ({
      body: {
        ...place,
        ...keyType,
        records: Schema.Array(SmartSheetRecordEdit)
      },
      success: records
    })),
    /**
     * 查询记录. Records by their ids, by a filter, in an order, or all; one page of up to 1000.
     * @see https://developer.work.weixin.qq.com/document/path/101158
     */
    list: Endpoint.query("/cgi-bin/wedoc/smartsheet/get_records", 101158, () => ({
      body: SmartSheetRecordQuery,
      success: SmartSheetRecordPage
    }))
  }, (endpoints) => ({
    /**
     * 查询记录. All records that are meant, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/101158
     */
    listAll: Paging.byCursor(endpoints.list, "records", { cursor: "offset", next: "next" })
  }))
{}
