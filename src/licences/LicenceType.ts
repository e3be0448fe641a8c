/**
 * 账号类型: the two kinds of licence of a member.
 */
import * as Wire from "../Wire.ts"

/** 账号类型. A member may have one of each. */
export const LicenceType = Wire.oneOf({
  Base: [1, "基础账号"],
  External: [2, "互通账号"]
})
