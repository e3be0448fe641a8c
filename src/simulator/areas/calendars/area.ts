/** 日历, 日程. */
import type { Area } from "../../engine/Area.ts"
import * as CalendarActs from "./CalendarActs.ts"
import { calendars as calendarsRoutes } from "./routes.ts"

export const calendars: Area = {
  name: "calendars",
  acts: CalendarActs,
  routes: calendarsRoutes,
  access: { "oa/calendars": { powers: ["calendars"] } }
}
