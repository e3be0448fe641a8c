/**
 * 会议状态: how far a meeting has come, as webinars and Rooms return it.
 */
import * as Wire from "../../Wire.ts"

/** 会议状态. */
export const MeetingState = Wire.oneOf({
  Invalid: ["MEETING_STATE_INVALID", "非法或未知的会议状态"],
  Waiting: ["MEETING_STATE_INIT", "会议待开始"],
  Cancelled: ["MEETING_STATE_CANCELLED", "会议已取消"],
  Started: ["MEETING_STATE_STARTED", "会议已开始"],
  /** Deleted by a host: its time had passed, and nobody had come. */
  Deleted: ["MEETING_STATE_ENDED", "会议已删除"],
  /** Its time has come, and nobody is in it. */
  Due: ["MEETING_STATE_ABOUT_TO_START", "会议即将开始"],
  /** Its time has passed, and nobody is in it. */
  Past: ["MEETING_STATE_NULL", "无状态"],
  /** Nobody can enter any more. */
  Recycled: ["MEETING_STATE_RECYCLED", "会议已回收"]
})
