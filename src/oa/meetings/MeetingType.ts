/**
 * 会议类型: what kind of meeting it is.
 */
import * as Wire from "../../Wire.ts"

/** 会议类型. The document of `RoomsDevices.listMeetings` has 4 for `RoomsCast`. */
export const MeetingType = Wire.oneOf({
  Once: [0, "一次性会议"],
  Series: [1, "周期性会议"],
  WeChat: [2, "微信专属会议"],
  RoomsCast: [3, "Rooms 投屏会议"],
  RoomsCastListed: [4, "Rooms 投屏会议"],
  Personal: [5, "个人会议号会议"],
  Webinar: [6, "网络研讨会"]
})
