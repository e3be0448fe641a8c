/**
 * 管理字段: the columns of a sheet.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { page, place } from "./place.ts"
import { NewSmartSheetField, SmartSheetField, SmartSheetFieldEdit } from "./SmartSheetField.ts"

/** 字段: a page of them. */
export class SmartSheetFieldPage extends Schema.Class<SmartSheetFieldPage>("effect-wecom/SmartSheetFieldPage")({
  fields: Wire.list(SmartSheetField),
  ...Wire.optionals({ total: Wire.int, next: Wire.int })
}) {}

/** A sheet has at most 150. */
const maxFields = 150

const fields = Endpoint.pluck("fields", Wire.list(SmartSheetField))

/** 管理字段: the columns of a sheet, at most 150. */
export class SmartSheetFields
  extends Domain.Service<SmartSheetFields>()("oa/smart-sheets/SmartSheetFields", "OA·文档", {
    /**
     * 添加字段. Adds columns. A sheet has at most 150. Returns them with their ids.
     * @see https://developer.work.weixin.qq.com/document/path/99904
     */
    addMany: Endpoint.post("/cgi-bin/wedoc/smartsheet/add_fields", 99904, () => ({
      body: { ...place, fields: Wire.items(NewSmartSheetField, maxFields, 1) },
      success: fields
    })),
    /**
     * 删除字段. Deletes columns and what their cells hold.
     * @see https://developer.work.weixin.qq.com/document/path/99905
     */
    deleteMany: Endpoint.post("/cgi-bin/wedoc/smartsheet/delete_fields", { doc: 99905, idempotent: true }, () => ({
      body: { ...place, field_ids: Wire.items(Schema.NonEmptyString, maxFields, 1) }
    })),
    /**
     * 更新字段. Changes titles or properties, never types. A title must differ from the present one.
     * @see https://developer.work.weixin.qq.com/document/path/99906
     */
    updateMany: Endpoint.post("/cgi-bin/wedoc/smartsheet/update_fields", { doc: 99906, idempotent: true }, () => ({
      body: { ...place, fields: Wire.items(SmartSheetFieldEdit, maxFields, 1) },
      success: fields
    })),
    /**
     * 查询字段. Columns by their ids or titles, those of a view, or all; one page.
     * @see https://developer.work.weixin.qq.com/document/path/101157
     */
    list: Endpoint.query("/cgi-bin/wedoc/smartsheet/get_fields", 101157, () => ({
      body: {
        ...place,
        ...Wire.optionals({
          view_id: Schema.String,
          field_ids: Schema.Array(Wire.filledText),
          field_titles: Schema.Array(Wire.filledText)
        }),
        ...page
      },
      success: SmartSheetFieldPage
    }))
  }, (endpoints) => ({
    /**
     * 查询字段. All columns, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/101157
     */
    listAll: Paging.byOffset(endpoints.list, "fields", { size: 1000, total: "total" })
  }))
{}
