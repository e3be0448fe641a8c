/**
 * 空间: a shared space of the drive (微盘), and who belongs to it.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { DriveMember } from "./DriveMember.ts"

/** 空间成员列表. */
export class DriveSpaceMembers extends Schema.Class<DriveSpaceMembers>("effect-wecom/DriveSpaceMembers")({
  auth_info: Wire.list(DriveMember),
  /** Userids of those who have left the space, or were removed, though their department has it. */
  quit_userid: Wire.list(Schema.String)
}) {}

/** 空间信息. */
export class DriveSpace extends Schema.Class<DriveSpace>("effect-wecom/DriveSpace")({
  spaceid: Schema.String,
  ...Wire.optionals({
    space_name: Schema.String,
    auth_list: DriveSpaceMembers,
    /** 0: an ordinary space. */
    space_sub_type: Wire.int
  })
}) {}
