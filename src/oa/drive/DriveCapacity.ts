/**
 * 版本和容量管理: the edition and the room of the corp's drive (微盘).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 盘专业版信息. */
export class DriveEdition extends Schema.Class<DriveEdition>("effect-wecom/DriveEdition")(
  Wire.optionals({
    is_pro: Schema.Boolean,
    total_vip_acct_num: Wire.int,
    use_vip_acct_num: Wire.int,
    pro_expire_time: Wire.time
  })
) {}

/** 盘容量信息, in bytes. */
export class DriveRoom extends Schema.Class<DriveRoom>("effect-wecom/DriveRoom")(
  Wire.optionals({
    total_capacity_for_all: Wire.int64,
    /** Of the professional edition. */
    total_capacity_for_vip: Wire.int64,
    rest_capacity_for_all: Wire.int64,
    rest_capacity_for_vip: Wire.int64
  })
) {}

/** 版本和容量管理: the edition and the room of the drive. */
export class DriveCapacity extends Domain.Service<DriveCapacity>()("oa/drive/DriveCapacity", "OA·微盘", {
  /**
   * 获取盘专业版信息.
   * @see https://developer.work.weixin.qq.com/document/path/95856
   */
  getEdition: Endpoint.query("/cgi-bin/wedrive/mng_pro_info", 95856, () => ({
    body: Wire.optionals({ userid: Schema.String }),
    success: DriveEdition
  })),
  /**
   * 获取盘容量信息.
   * @see https://developer.work.weixin.qq.com/document/path/95861
   */
  getRoom: Endpoint.query("/cgi-bin/wedrive/mng_capacity", {
    doc: 95861,
    int64: ["total_capacity_for_all", "total_capacity_for_vip", "rest_capacity_for_all", "rest_capacity_for_vip"]
  }, () => ({
    body: {},
    success: DriveRoom
  }))
}) {}
