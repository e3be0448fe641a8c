/** 标准年级: the grades that WeCom names and moves up by itself. */
import * as Wire from "../Wire.ts"

/**
 * 标准年级.
 * @see https://developer.work.weixin.qq.com/document/path/92344
 */
export const StandardGrade = Wire.oneOf({
  None: [0, "非标准年级"],
  Kindergarten1: [1, "幼儿园小小班"],
  Kindergarten2: [2, "幼儿园小班"],
  Kindergarten3: [3, "幼儿园中班"],
  Kindergarten4: [4, "幼儿园大班"],
  Kindergarten5: [5, "幼儿园学前班"],
  Primary1: [31, "小学一年级"],
  Primary2: [32, "小学二年级"],
  Primary3: [33, "小学三年级"],
  Primary4: [34, "小学四年级"],
  Primary5: [35, "小学五年级"],
  Primary6: [36, "小学六年级"],
  Primary7: [37, "小学七年级"],
  Primary8: [38, "小学八年级"],
  Primary9: [39, "小学九年级"],
  Junior1: [61, "初中一年级"],
  Junior2: [62, "初中二年级"],
  Junior3: [63, "初中三年级"],
  Junior4: [64, "初中四年级"],
  Senior1: [91, "高中一年级"],
  Senior2: [92, "高中二年级"],
  Senior3: [93, "高中三年级"],
  Senior4: [94, "高中四年级"],
  Custom1: [121, "自定义学段一年级"],
  Custom2: [122, "自定义学段二年级"],
  Custom3: [123, "自定义学段三年级"],
  Custom4: [124, "自定义学段四年级"],
  Custom5: [125, "自定义学段五年级"],
  Custom6: [126, "自定义学段六年级"],
  Custom7: [127, "自定义学段七年级"],
  Custom8: [128, "自定义学段八年级"],
  Custom9: [129, "自定义学段九年级"],
  Custom10: [130, "自定义学段十年级"],
  Custom11: [131, "自定义学段十一年级"],
  Custom12: [132, "自定义学段十二年级"]
})
