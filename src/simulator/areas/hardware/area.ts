/** 智慧硬件. */
import type { Area } from "../../engine/Area.ts"
import * as HardwareActs from "./HardwareActs.ts"
import { hardwareRoutes } from "./routes.ts"

export const hardware: Area = {
  name: "hardware",
  routes: hardwareRoutes,
  acts: HardwareActs
}
