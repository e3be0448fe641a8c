/** 打卡. */
import type { Area } from "../../engine/Area.ts"
import { checkin as checkinRoutes } from "./routes.ts"

export const checkin: Area = {
  name: "checkin",
  routes: checkinRoutes,
  access: { "oa/checkin": { powers: ["checkin"] } }
}
