/**
 * 日程状态.
 */
import * as Wire from "../../Wire.ts"

/** 日程状态. */
export const ScheduleStatus = Wire.oneOf({
  Normal: [0, "正常"],
  Cancelled: [1, "已取消"]
})
