/**
 * 属性类型 of 成员扩展属性 and 成员对外信息.
 */
import * as Wire from "../Wire.ts"

/** 属性类型. What an attribute holds. */
export const AttributeType = Wire.oneOf({
  Text: [0, "文本"],
  Web: [1, "网页"],
  Miniprogram: [2, "小程序"]
})
