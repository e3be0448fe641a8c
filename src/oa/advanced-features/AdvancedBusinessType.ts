/**
 * 高级账号类型: of what members apply for the advanced functions.
 */
import * as Wire from "../../Wire.ts"

/** 高级账号类型. */
export const AdvancedBusinessType = Wire.oneOf({
  Mail: [1, "邮件"],
  Documents: [2, "文档"],
  Drive: [3, "微盘"],
  Meetings: [4, "会议"]
})
