/**
 * 性别.
 */
import * as Wire from "../Wire.ts"

/** 性别. 0 is also what an app reads that may not see it. */
export const UserGender = Wire.oneOf({
  Unspecified: [0, "未定义"],
  Male: [1, "男性"],
  Female: [2, "女性"]
})
