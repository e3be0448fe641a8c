/** 会议. */
import type { Area } from "../../engine/Area.ts"
import { meetingRoutes } from "./routes.ts"

export const meetings: Area = {
  name: "meetings",
  routes: meetingRoutes,
  access: { "oa/meetings": { powers: ["meetings"] } }
}
