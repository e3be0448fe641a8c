/**
 * 会议的终端: with what somebody takes part in a meeting, and as whom.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 终端设备类型. */
export const MeetingDevice = Wire.oneOf({
  Pstn: [0, "PSTN"],
  Pc: [1, "PC"],
  Mac: [2, "Mac"],
  Android: [3, "Android"],
  Ios: [4, "iOS"],
  Web: [5, "Web"],
  Ipad: [6, "iPad"],
  AndroidPad: [7, "Android Pad"],
  MiniProgram: [8, "小程序"],
  /** 会议室连接器 (MRA). */
  Sip: [9, "voip、sip 设备"],
  Linux: [10, "linux"],
  RoomsWindows: [20, "Rooms for Touch Windows"],
  RoomsMac: [21, "Rooms for Touch MacOS"],
  RoomsAndroid: [22, "Rooms for Touch Android"],
  ControllerWindows: [30, "Controller for Touch Windows"],
  ControllerAndroid: [32, "Controller for Touch Android"],
  ControllerIos: [33, "Controller for Touch iOS"],
  HarmonyPhone: [81, "鸿蒙手机"],
  HarmonyTablet: [82, "鸿蒙平板"],
  HarmonyPc: [83, "鸿蒙PC"],
  HarmonyCar: [84, "鸿蒙汽车"]
})

/** 被操作者: somebody in a meeting, with the device that they take part with: what is done works on that device alone. */
export class MeetingParticipant extends Schema.Opaque<MeetingParticipant>()(Schema.Struct({
  /** 会中临时ID, as `MeetingAttendees.listPresent` and the callbacks have it. */
  tmp_openid: Schema.NonEmptyString,
  instance_id: MeetingDevice.schema
})) {}
