/** 会议. */
import type { Area } from "../../engine/Area.ts"
import * as MeetingActs from "./MeetingActs.ts"
import { meetingAccounts } from "./routes/meetingAccounts.ts"
import { meetingAttendees } from "./routes/meetingAttendees.ts"
import { meetingBackgrounds } from "./routes/meetingBackgrounds.ts"
import { meetingControl } from "./routes/meetingControl.ts"
import { meetingEnrollments } from "./routes/meetingEnrollments.ts"
import { meetingPhone } from "./routes/meetingPhone.ts"
import { meetingRecordings } from "./routes/meetingRecordings.ts"
import { meetingRoutes } from "./routes/meetings.ts"
import { meetingStatistics } from "./routes/meetingStatistics.ts"
import { roomsDevices } from "./routes/roomsDevices.ts"
import { webinars } from "./routes/webinars.ts"

export const meetings: Area = {
  name: "meetings",
  acts: MeetingActs,
  routes: [
    ...meetingRoutes,
    ...meetingAccounts,
    ...meetingAttendees,
    ...meetingBackgrounds,
    ...meetingControl,
    ...meetingEnrollments,
    ...meetingPhone,
    ...meetingRecordings,
    ...roomsDevices,
    ...meetingStatistics,
    ...webinars
  ],
  access: { "oa/meetings": { powers: ["meetings"] } }
}
