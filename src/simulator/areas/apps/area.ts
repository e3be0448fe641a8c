/** 应用管理: apps, their menus and what they show on the workbench. */
import type { Area } from "../../engine/Area.ts"
import { apps as appsRoutes } from "./routes/apps.ts"
import { network } from "./routes/network.ts"

export const apps: Area = {
  name: "apps",
  routes: [
    ...appsRoutes,
    ...network
  ]
}
