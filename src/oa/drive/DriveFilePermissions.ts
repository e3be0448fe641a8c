/**
 * 管理文件权限: who may do what with a file of the drive (微盘).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { DriveAuth, DriveMember, DriveMemberRef, NewDriveMember } from "./DriveMember.ts"

/** 权限范围: with whom a file is shared. */
export const DriveShareScope = Wire.oneOf({
  Named: [1, "指定人"],
  Corp: [2, "企业内"],
  External: [3, "企业外"],
  /** Where there is an administrator. */
  CorpWithApproval: [4, "企业内需管理员审批"],
  /** Where there is an administrator. */
  ExternalWithApproval: [5, "企业外需管理员审批"]
})

/** 水印密度. */
export const WatermarkDensity = Wire.oneOf({ Low: [1, "低密度水印"], High: [2, "高密度水印"] })

/** 文件分享设置. */
export class DriveShareRange extends Schema.Class<DriveShareRange>("effect-wecom/DriveShareRange")(
  Wire.optionals({
    enable_corp_internal: Schema.Boolean,
    corp_internal_auth: DriveAuth.schema,
    corp_internal_approve_only_by_admin: Schema.Boolean,
    enable_corp_external: Schema.Boolean,
    corp_external_auth: DriveAuth.schema,
    corp_external_approve_only_by_admin: Schema.Boolean
  })
) {}

/** 文件安全配置. */
export class DriveFileSecurity extends Schema.Class<DriveFileSecurity>("effect-wecom/DriveFileSecurity")(
  Wire.optionals({
    enable_readonly_copy: Schema.Boolean,
    modify_only_by_admin: Schema.Boolean,
    enable_readonly_comment: Schema.Boolean,
    ban_share_external: Schema.Boolean
  })
) {}

/** 从父路径继承的权限. */
export class InheritedDriveAuth extends Schema.Class<InheritedDriveAuth>("effect-wecom/InheritedDriveAuth")({
  auth_list: Wire.list(DriveMember),
  inherit: Wire.optional(Schema.Boolean)
}) {}

/** 水印. Of documents, but for `show_visitor_name`. */
export class DriveWatermark extends Schema.Class<DriveWatermark>("effect-wecom/DriveWatermark")(
  Wire.optionals({
    text: Schema.String,
    margin_type: WatermarkDensity.schema,
    show_visitor_name: Schema.Boolean,
    show_text: Schema.Boolean,
    force_by_admin: Schema.Boolean,
    force_by_space_admin: Schema.Boolean
  })
) {}

/** 文件权限信息. */
export class DriveFilePermission extends Schema.Class<DriveFilePermission>("effect-wecom/DriveFilePermission")({
  ...Wire.optionals({
    share_range: DriveShareRange,
    secure_setting: DriveFileSecurity,
    inherit_father_auth: InheritedDriveAuth
  }),
  /** Of a document: the members of its folder, and others who were given it. */
  file_member_list: Wire.list(DriveMember),
  /** 分享指定的部门. */
  co_auth_list: Wire.list(DriveMember),
  watermark: Wire.optional(DriveWatermark)
}) {}

/** 管理文件权限: who may do what with a file. */
export class DriveFilePermissions
  extends Domain.Service<DriveFilePermissions>()("oa/drive/DriveFilePermissions", "OA·微盘", {
    /**
     * 新增成员. Gives members and departments (to be dropped) a file: the document names the right `Download` alone.
     * @see https://developer.work.weixin.qq.com/document/path/93658
     */
    addMembers: Endpoint.post("/cgi-bin/wedrive/file_acl_add", { doc: 93658, idempotent: true }, () => ({
      body: { fileid: Wire.filledText, auth_info: Schema.NonEmptyArray(NewDriveMember) }
    })),
    /**
     * 删除成员.
     * @see https://developer.work.weixin.qq.com/document/path/97888
     */
    removeMembers: Endpoint.post("/cgi-bin/wedrive/file_acl_del", { doc: 97888, idempotent: true }, () => ({
      body: { fileid: Wire.filledText, auth_info: Schema.NonEmptyArray(DriveMemberRef) }
    })),
    /**
     * 分享设置. With whom a file is shared.
     * @see https://developer.work.weixin.qq.com/document/path/97889
     */
    setShare: Endpoint.post("/cgi-bin/wedrive/file_setting", { doc: 97889, idempotent: true }, () => ({
      body: {
        fileid: Wire.filledText,
        auth_scope: DriveShareScope.schema,
        /** `Download`, or `Preview` with the professional edition. Default: as it is. */
        auth: Wire.optional(DriveAuth.schema)
      }
    })),
    /**
     * 获取分享链接. The link to a file.
     * @see https://developer.work.weixin.qq.com/document/path/97890
     */
    getShareUrl: Endpoint.query("/cgi-bin/wedrive/file_share", 97890, () => ({
      body: { fileid: Wire.filledText },
      success: Endpoint.pluck("share_url", Schema.String)
    })),
    /**
     * 获取文件权限信息.
     * @see https://developer.work.weixin.qq.com/document/path/97891
     */
    get: Endpoint.query("/cgi-bin/wedrive/get_file_permission", 97891, () => ({
      body: { fileid: Wire.filledText },
      success: DriveFilePermission
    })),
    /**
     * 修改文件安全设置. The watermark of a document; what is left out stays as it is.
     * @see https://developer.work.weixin.qq.com/document/path/97892
     */
    setWatermark: Endpoint.post("/cgi-bin/wedrive/file_secure_setting", { doc: 97892, idempotent: true }, () => ({
      body: {
        fileid: Wire.filledText,
        watermark: Wire.optional(Schema.Struct(Wire.optionals({
          text: Schema.String,
          margin_type: WatermarkDensity.schema,
          show_visitor_name: Schema.Boolean,
          show_text: Schema.Boolean
        })))
      }
    }))
  })
{}
