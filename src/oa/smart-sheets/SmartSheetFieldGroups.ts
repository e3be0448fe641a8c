/**
 * 管理编组: groups of columns under a common heading.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { page, paged, place } from "./place.ts"

/** 编组. */
export class FieldGroup extends Schema.Class<FieldGroup>("effect-wecom/FieldGroup")({
  field_group_id: Schema.String,
  name: Wire.optional(Schema.String),
  children: Wire.list(Schema.Struct({ field_id: Schema.String }))
}) {}

/** 编组: a page of them. */
export class FieldGroupPage extends Schema.Class<FieldGroupPage>("effect-wecom/FieldGroupPage")({
  field_groups: Wire.list(FieldGroup),
  ...paged
}) {}

/** Fields, at most 150; each is in one group at most. */
const children = Wire.optional(Wire.items(Schema.Struct({ field_id: Schema.NonEmptyString }), 150))

const success = Endpoint.pluck("field_group", FieldGroup)

/** 管理编组: groups of columns under a common heading, at most 150 in a sheet. */
export class SmartSheetFieldGroups
  extends Domain.Service<SmartSheetFieldGroups>()("oa/smart-sheets/SmartSheetFieldGroups", "OA·文档", {
    /**
     * 添加编组. Adds a group. A sheet has at most 150, of up to 150 fields each.
     * @see https://developer.work.weixin.qq.com/document/path/101100
     */
    add: Endpoint.post("/cgi-bin/wedoc/smartsheet/add_field_group", 101100, () => ({
      body: {
        ...place,
        /** Another one than those of the other groups. */
        name: Schema.NonEmptyString,
        children
      },
      success
    })),
    /**
     * 删除编组. Deletes groups, not their fields.
     * @see https://developer.work.weixin.qq.com/document/path/101102
     */
    deleteMany: Endpoint.post(
      "/cgi-bin/wedoc/smartsheet/delete_field_groups",
      { doc: 101102, idempotent: true },
      () => ({ body: { ...place, field_group_ids: Wire.items(Schema.NonEmptyString, 150, 1) } })
    ),
    /**
     * 更新编组. Changes the name or the fields of a group.
     * @see https://developer.work.weixin.qq.com/document/path/101101
     */
    update: Endpoint.post("/cgi-bin/wedoc/smartsheet/update_field_group", { doc: 101101, idempotent: true }, () => ({
      body: {
        ...place,
        field_group_id: Schema.NonEmptyString,
        name: Wire.optional(Schema.NonEmptyString),
        children
      },
      success
    })),
    /**
     * 获取编组. The groups of a sheet, one page.
     * @see https://developer.work.weixin.qq.com/document/path/101103
     */
    list: Endpoint.query("/cgi-bin/wedoc/smartsheet/get_field_groups", 101103, () => ({
      body: { ...place, ...page },
      success: FieldGroupPage
    }))
  }, (endpoints) => ({
    /**
     * 获取编组. All groups of a sheet, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/101103
     */
    listAll: Paging.byCursor(endpoints.list, "field_groups", { cursor: "offset", next: "next" })
  }))
{}
