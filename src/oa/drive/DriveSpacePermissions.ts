/**
 * 管理空间权限: who may do what in a space of the drive (微盘).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { DriveAuth, DriveMemberRef, NewDriveMember } from "./DriveMember.ts"
import { DriveSpace } from "./DriveSpace.ts"

/** 文件默认可查看范围. */
export const DriveFileScope = Wire.oneOf({ Members: [1, "仅成员"], Corp: [2, "企业内"] })

const settings = {
  /** 启用水印. Of corps with the professional edition alone. */
  enable_watermark: Schema.Boolean,
  /** 保密模式. */
  enable_confidential_mode: Schema.Boolean,
  /** Whether people join by the link without approval. */
  share_url_no_approve: Schema.Boolean,
  /** What those who join by the link may do: anything but `Admin`. */
  share_url_no_approve_default_auth: DriveAuth.schema,
  default_file_scope: DriveFileScope.schema,
  /** Whether files cannot be shared outside of the corp. */
  ban_share_external: Schema.Boolean
}

/** 安全设置 of a space. */
export class DriveSpaceSecurity extends Schema.Class<DriveSpaceSecurity>("effect-wecom/DriveSpaceSecurity")(
  Wire.optionals({
    ...settings,
    add_member_only_admin: Schema.Boolean,
    enable_share_url: Schema.Boolean,
    enable_share_external: Schema.Boolean,
    enable_share_external_admin: Schema.Boolean,
    enable_space_add_external_member: Schema.Boolean,
    enable_space_add_external_member_admin: Schema.Boolean,
    create_file_only_admin: Schema.Boolean
  })
) {}

/** 空间信息 with its security settings. */
export class SecuredDriveSpace extends DriveSpace.extend<SecuredDriveSpace>("effect-wecom/SecuredDriveSpace")({
  secure_setting: Wire.optional(DriveSpaceSecurity)
}) {}

/** 管理空间权限: who may do what in a space that the app has made. */
export class DriveSpacePermissions
  extends Domain.Service<DriveSpacePermissions>()("oa/drive/DriveSpacePermissions", "OA·微盘", {
    /**
     * 添加成员/部门. Adds members and departments, or changes their right: `Download`, or `Admin` of at most three members.
     * @see https://developer.work.weixin.qq.com/document/path/93656
     */
    addMembers: Endpoint.post("/cgi-bin/wedrive/space_acl_add", { doc: 93656, idempotent: true }, () => ({
      body: { spaceid: Wire.filledText, auth_info: Schema.NonEmptyArray(NewDriveMember) }
    })),
    /**
     * 移除成员/部门.
     * @see https://developer.work.weixin.qq.com/document/path/97875
     */
    removeMembers: Endpoint.post("/cgi-bin/wedrive/space_acl_del", { doc: 97875, idempotent: true }, () => ({
      body: { spaceid: Wire.filledText, auth_info: Schema.NonEmptyArray(DriveMemberRef) }
    })),
    /**
     * 安全设置. Changes the settings of a space that the app has made; what is left out stays as it is.
     * @see https://developer.work.weixin.qq.com/document/path/97876
     */
    set: Endpoint.post("/cgi-bin/wedrive/space_setting", { doc: 97876, idempotent: true }, () => ({
      body: { spaceid: Wire.filledText, ...Wire.optionals(settings) }
    })),
    /**
     * 获取邀请链接. The link with which people join a space.
     * @see https://developer.work.weixin.qq.com/document/path/97877
     */
    getInviteUrl: Endpoint.query("/cgi-bin/wedrive/space_share", 97877, () => ({
      body: { spaceid: Wire.filledText },
      success: Endpoint.pluck("space_share_url", Schema.String)
    })),
    /**
     * 获取空间信息. A space with its members and its security settings.
     * @see https://developer.work.weixin.qq.com/document/path/97878
     */
    getSpace: Endpoint.query("/cgi-bin/wedrive/new_space_info", 97878, () => ({
      body: { spaceid: Wire.filledText },
      success: Endpoint.pluck("space_info", SecuredDriveSpace)
    }))
  })
{}
