/**
 * 微盘事件: the spaces that an app made in the corp's drive, and their files.
 *
 * @see https://developer.work.weixin.qq.com/document/path/97899
 */
import * as Schema from "effect/Schema"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

const spaces = () => ({ SpaceId: CallbackWire.repeated(Schema.String) })

const files = () => ({ FileId: CallbackWire.repeated(Schema.String) })

/**
 * 微盘容量不足事件: more than 90 % of the drive is in use. Sent once a day at most.
 * @see https://developer.work.weixin.qq.com/document/path/97898
 */
export class DriveCapacityLow extends Event<DriveCapacityLow>()("event/wedrive_insufficient_capacity", () => ({})) {}

/**
 * 解散空间: an administrator of the spaces dismissed them.
 * @see https://developer.work.weixin.qq.com/document/path/97901
 */
export class DriveSpacesDismissed
  extends Event<DriveSpacesDismissed>()("event/wedrive_space_change/dismiss_space", spaces)
{}

/**
 * 修改空间成员: an administrator of the spaces changed who is in them.
 * @see https://developer.work.weixin.qq.com/document/path/97902
 */
export class DriveSpaceMembersChanged
  extends Event<DriveSpaceMembersChanged>()("event/wedrive_space_change/space_member_change", spaces)
{}

/**
 * 修改空间安全设置: an administrator of the spaces changed their security settings.
 * @see https://developer.work.weixin.qq.com/document/path/97903
 */
export class DriveSpaceSecurityChanged
  extends Event<DriveSpaceSecurityChanged>()("event/wedrive_space_change/space_security_settings_change", spaces)
{}

/**
 * 文件变更事件, 创建文件.
 * @see https://developer.work.weixin.qq.com/document/path/97900
 */
export class DriveFilesCreated extends Event<DriveFilesCreated>()("event/wedrive_file_change/create_file", files) {}

/**
 * 文件变更事件, 重命名文件.
 * @see https://developer.work.weixin.qq.com/document/path/97900
 */
export class DriveFilesRenamed extends Event<DriveFilesRenamed>()("event/wedrive_file_change/rename_file", files) {}

/**
 * 文件变更事件, 更新文件内容.
 * @see https://developer.work.weixin.qq.com/document/path/97900
 */
export class DriveFilesUpdated extends Event<DriveFilesUpdated>()("event/wedrive_file_change/update_file", files) {}

/**
 * 文件变更事件, 删除文件.
 * @see https://developer.work.weixin.qq.com/document/path/97900
 */
export class DriveFilesDeleted extends Event<DriveFilesDeleted>()("event/wedrive_file_change/delete_file", files) {}

/**
 * 文件变更事件, 移动文件.
 * @see https://developer.work.weixin.qq.com/document/path/97900
 */
export class DriveFilesMoved extends Event<DriveFilesMoved>()("event/wedrive_file_change/move_file", files) {}
