/** 会议室. */
import type { Area } from "../../engine/Area.ts"
import * as MeetingRoomActs from "./MeetingRoomActs.ts"
import { meetingRooms as meetingRoomsRoutes } from "./routes.ts"

export const meetingRooms: Area = {
  name: "meeting-rooms",
  acts: MeetingRoomActs,
  routes: meetingRoomsRoutes,
  access: { "oa/meeting-rooms": { powers: ["meeting-rooms"] } }
}
