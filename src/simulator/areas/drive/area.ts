/** 微盘. */
import type { Area } from "../../engine/Area.ts"
import * as DriveActs from "./DriveActs.ts"
import { drive as driveRoutes } from "./routes.ts"

export const drive: Area = {
  name: "drive",
  acts: DriveActs,
  routes: driveRoutes,
  access: { "oa/drive": { powers: ["drive"] } }
}
