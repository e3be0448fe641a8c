/**
 * 管理子表: the sheets of smart sheets (智能表格).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 子表类型. */
export const SheetType = Wire.oneOf({
  SmartSheet: ["smartsheet", "智能表"],
  Dashboard: ["dashboard", "仪表盘"],
  External: ["external", "说明页"]
})

/** 子表. */
export class Sheet extends Schema.Class<Sheet>("effect-wecom/Sheet")({
  sheet_id: Schema.String,
  ...Wire.optionals({
    title: Schema.String,
    is_visible: Schema.Boolean,
    type: SheetType.schema,
    /** Its place, from 0. Of one that was just added. */
    index: Wire.int
  })
}) {}

const docid = Schema.NonEmptyString

/** 管理子表: the sheets of the smart sheets (智能表格) that the app has made. */
export class SmartSheets extends Domain.Service<SmartSheets>()("oa/smart-sheets/SmartSheets", "OA·文档", {
  /**
   * 添加子表. Adds a sheet without views, fields and records.
   * @see https://developer.work.weixin.qq.com/document/path/99896
   */
  add: Endpoint.post("/cgi-bin/wedoc/smartsheet/add_sheet", 99896, () => ({
    body: {
      docid,
      properties: Wire.optional(Schema.Struct({
        ...Wire.optionals({
          title: Schema.String,
          /** Its place, from 0. */
          index: Wire.intFrom(0)
        })
      }))
    },
    success: Endpoint.pluck("properties", Sheet)
  })),
  /**
   * 删除子表. Deletes a sheet and its records.
   * @see https://developer.work.weixin.qq.com/document/path/99899
   */
  delete: Endpoint.post("/cgi-bin/wedoc/smartsheet/delete_sheet", { doc: 99899, idempotent: true }, () => ({
    body: { docid, sheet_id: Schema.NonEmptyString }
  })),
  /**
   * 更新子表. Gives a sheet another title.
   * @see https://developer.work.weixin.qq.com/document/path/99898
   */
  update: Endpoint.post("/cgi-bin/wedoc/smartsheet/update_sheet", { doc: 99898, idempotent: true }, () => ({
    body: {
      docid,
      properties: Schema.Struct({ sheet_id: Schema.NonEmptyString, title: Wire.optional(Schema.String) })
    }
  })),
  /**
   * 查询子表. The sheets of a smart sheet, or one of them.
   * @see https://developer.work.weixin.qq.com/document/path/101154
   */
  list: Endpoint.query("/cgi-bin/wedoc/smartsheet/get_sheet", 101154, () => ({
    body: {
      docid,
      ...Wire.optionals({
        /** Only this one. */
        sheet_id: Schema.NonEmptyString,
        /** Whether dashboards and descriptions are listed too. Default: false. */
        need_all_type_sheet: Schema.Boolean
      })
    },
    success: Endpoint.pluck("sheet_list", Wire.list(Sheet))
  }))
}) {}
