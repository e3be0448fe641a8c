/** 日历, 日程. */
import type { Area } from "../../engine/Area.ts"
import { calendars as calendarsRoutes } from "./routes.ts"

export const calendars: Area = {
  name: "calendars",
  routes: calendarsRoutes,
  access: { "oa/calendars": { powers: ["calendars"] } }
}
