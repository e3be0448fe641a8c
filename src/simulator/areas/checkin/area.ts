/** 打卡. */
import type { Area } from "../../engine/Area.ts"
import { records } from "./routes/records.ts"
import { checkinRules } from "./routes/rules.ts"

export const checkin: Area = {
  name: "checkin",
  routes: [...records, ...checkinRules],
  access: { "oa/checkin": { powers: ["checkin"] } }
}
