/** 群机器人, 智能机器人, 智能表格. */
import type { Area } from "../../engine/Area.ts"
import { robots } from "./routes/robots.ts"
import { smartSheets } from "./routes/smartSheets.ts"

export const robot: Area = {
  name: "robot",
  routes: [
    ...robots,
    ...smartSheets
  ]
}
