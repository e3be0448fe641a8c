/** 应用版本付费. */
import type { Area } from "../../engine/Area.ts"
import * as AppOrderActs from "./AppOrderActs.ts"
import { appVersionsRoutes } from "./routes.ts"

export const appVersions: Area = {
  name: "app-versions",
  routes: appVersionsRoutes,
  acts: AppOrderActs
}
