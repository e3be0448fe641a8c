/** 微盘. */
import type { Area } from "../../engine/Area.ts"
import { drive as driveRoutes } from "./routes.ts"

export const drive: Area = {
  name: "drive",
  routes: driveRoutes,
  access: { "oa/drive": { powers: ["drive"] } }
}
