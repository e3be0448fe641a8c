/** 会议室. */
import type { Area } from "../../engine/Area.ts"
import { meetingRooms as meetingRoomsRoutes } from "./routes.ts"

export const meetingRooms: Area = {
  name: "meeting-rooms",
  routes: meetingRoomsRoutes,
  access: { "oa/meeting-rooms": { powers: ["meeting-rooms"] } }
}
