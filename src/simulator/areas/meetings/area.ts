/** 会议. */
import type { Area } from "../../engine/Area.ts"
import { meetingAttendees } from "./routes/meetingAttendees.ts"
import { meetingControl } from "./routes/meetingControl.ts"
import { meetingEnrollments } from "./routes/meetingEnrollments.ts"
import { meetingPhone } from "./routes/meetingPhone.ts"
import { meetingRecordings } from "./routes/meetingRecordings.ts"
import { meetingRoutes } from "./routes/meetings.ts"
import { meetingStatistics } from "./routes/meetingStatistics.ts"
import { roomsDevices } from "./routes/roomsDevices.ts"

export const meetings: Area = {
  name: "meetings",
  routes: [
    ...meetingRoutes,
    ...meetingAttendees,
    ...meetingControl,
    ...meetingEnrollments,
    ...meetingPhone,
    ...meetingRecordings,
    ...roomsDevices,
    ...meetingStatistics
  ],
  access: { "oa/meetings": { powers: ["meetings"] } }
}
