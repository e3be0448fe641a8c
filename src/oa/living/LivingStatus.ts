/**
 * 直播状态.
 */
import * as Wire from "../../Wire.ts"

/** 直播状态. */
export const LivingStatus = Wire.oneOf({
  Reserved: [0, "预约中"],
  Living: [1, "直播中"],
  Ended: [2, "已结束"],
  /** Not told by events so far. */
  Expired: [3, "已过期"],
  Cancelled: [4, "已取消"]
})
