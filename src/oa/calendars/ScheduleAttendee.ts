/**
 * 日程参与者: who attends, and what they say to it.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 日程参与者的接受状态. */
export const ScheduleResponse = Wire.oneOf({
  Pending: [0, "未处理"],
  Tentative: [1, "待定"],
  Accepted: [2, "全部接受"],
  AcceptedOnce: [3, "仅接受一次"],
  Declined: [4, "拒绝"]
})

/** 日程参与者. */
export class ScheduleAttendee extends Schema.Class<ScheduleAttendee>("effect-wecom/ScheduleAttendee")({
  userid: Schema.String,
  response_status: Wire.optional(ScheduleResponse.schema)
}) {}
