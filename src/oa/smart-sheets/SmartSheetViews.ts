/**
 * 管理视图: the views of a sheet.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { page, paged, place } from "./place.ts"
import { AddView, SmartSheetView, ViewPropertyEdit } from "./SmartSheetView.ts"

/** 视图: a page of them. */
export class SmartSheetViewPage extends Schema.Class<SmartSheetViewPage>("effect-wecom/SmartSheetViewPage")({
  views: Wire.list(SmartSheetView),
  ...paged
}) {}

/** 管理视图: the views of a sheet, at most 200. */
export class SmartSheetViews extends Domain.Service<SmartSheetViews>()("oa/smart-sheets/SmartSheetViews", "OA·文档", {
  /**
   * 添加视图. Adds a view. A sheet has at most 200.
   * @see https://developer.work.weixin.qq.com/document/path/99900
   */
  add: Endpoint.post("/cgi-bin/wedoc/smartsheet/add_view", 99900, () => ({
    body: AddView,
    success: Endpoint.pluck("view", SmartSheetView)
  })),
  /**
   * 删除视图.
   * @see https://developer.work.weixin.qq.com/document/path/99901
   */
  deleteMany: Endpoint.post("/cgi-bin/wedoc/smartsheet/delete_views", { doc: 99901, idempotent: true }, () => ({
    body: { ...place, view_ids: Wire.items(Schema.NonEmptyString, 200, 1) }
  })),
  /**
   * 更新视图. Changes its title, or how it sorts, filters, groups and colours.
   * @see https://developer.work.weixin.qq.com/document/path/99902
   */
  update: Endpoint.post("/cgi-bin/wedoc/smartsheet/update_view", { doc: 99902, idempotent: true }, () => ({
    body: {
      ...place,
      view_id: Schema.NonEmptyString,
      ...Wire.optionals({ view_title: Schema.NonEmptyString, property: ViewPropertyEdit })
    },
    success: Endpoint.pluck("view", SmartSheetView)
  })),
  /**
   * 查询视图. Views by their ids, or all; one page.
   * @see https://developer.work.weixin.qq.com/document/path/101155
   */
  list: Endpoint.query("/cgi-bin/wedoc/smartsheet/get_views", 101155, () => ({
    body: { ...place, view_ids: Wire.optional(Schema.Array(Wire.filledText)), ...page },
    success: SmartSheetViewPage
  }))
}, (endpoints) => ({
  /**
   * 查询视图. All views, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/101155
   */
  listAll: Paging.byCursor(endpoints.list, "views", { cursor: "offset", next: "next" })
})) {}
