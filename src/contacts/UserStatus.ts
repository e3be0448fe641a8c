/**
 * 激活状态.
 */
import * as Wire from "../Wire.ts"

/** 激活状态. */
export const UserStatus = Wire.oneOf({
  Activated: [1, "已激活"],
  Deactivated: [2, "已禁用"],
  Unactivated: [4, "未激活"],
  Left: [5, "退出企业"]
})
