/**
 * 管理空间: the shared spaces that an app makes in the drive (微盘). The app is their administrator.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { NewDriveMember } from "./DriveMember.ts"
import { DriveSpace } from "./DriveSpace.ts"

/** 管理空间: the shared spaces of the drive that an app makes. */
export class DriveSpaces extends Domain.Service<DriveSpaces>()("oa/drive/DriveSpaces", "OA·微盘", {
  /**
   * 新建空间. Makes a space and returns its id. Members have the right `Download`, `Preview` (of corps with the professional
   * edition) or `Admin`, of at most three.
   * @see https://developer.work.weixin.qq.com/document/path/97860
   */
  create: Endpoint.post("/cgi-bin/wedrive/space_create", 97860, () => ({
    body: {
      space_name: Wire.filledText,
      ...Wire.optionals({
        auth_info: Schema.Array(NewDriveMember),
        /** Default: 0, an ordinary space, which is the only kind. */
        space_sub_type: Wire.int
      })
    },
    success: Endpoint.pluck("spaceid", Schema.String)
  })),
  /**
   * 重命名空间.
   * @see https://developer.work.weixin.qq.com/document/path/97856
   */
  rename: Endpoint.post("/cgi-bin/wedrive/space_rename", { doc: 97856, idempotent: true }, () => ({
    body: { spaceid: Wire.filledText, space_name: Wire.filledText }
  })),
  /**
   * 解散空间. Ends a space with all its files.
   * @see https://developer.work.weixin.qq.com/document/path/97857
   */
  delete: Endpoint.post("/cgi-bin/wedrive/space_dismiss", 97857, () => ({ body: { spaceid: Wire.filledText } })),
  /**
   * 获取空间信息. A space and its members; `DriveSpacePermissions.getSpace` tells its security settings as well.
   * @see https://developer.work.weixin.qq.com/document/path/97858
   */
  get: Endpoint.query("/cgi-bin/wedrive/space_info", 97858, () => ({
    body: { spaceid: Wire.filledText },
    success: Endpoint.pluck("space_info", DriveSpace)
  }))
}) {}
