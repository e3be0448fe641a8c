/**
 * 成员类型: whom a device knows.
 */
import * as Wire from "../Wire.ts"

/** 成员类型: whom a device knows. */
export const DeviceUserType = Wire.oneOf({ Member: [0, "企业成员"], Visitor: [1, "访客"], Student: [2, "学生"] })

/** 门禁通行类型. */
export const PassType = Wire.oneOf({ In: [1, "进门"], Out: [2, "出门"], Unclear: [3, "无法识别方向"] })

/** 门禁通行方法. */
export const PassMethod = Wire.oneOf({
  Face: [1, "人脸"],
  QrCode: [2, "二维码"],
  Remote: [3, "远程开门"],
  Fingerprint: [4, "指纹"]
})

/** 测温状态. */
export const TemperatureStatus = Wire.oneOf({ Normal: [0, "正常"], Fever: [1, "发热"], Low: [2, "温度过低"] })
