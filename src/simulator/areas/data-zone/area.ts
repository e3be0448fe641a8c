/** 数据与智能专区. */
import type { Area } from "../../engine/Area.ts"
import { power } from "./DataZone.ts"
import * as DataZoneActs from "./DataZoneActs.ts"
import { dataZone as routes } from "./routes.ts"

export const dataZone: Area = {
  name: power,
  routes,
  acts: DataZoneActs,
  access: { "data-zone": { powers: [power] } }
}
