/** 直播. */
import type { Area } from "../../engine/Area.ts"
import * as LivingActs from "./LivingActs.ts"
import { living as livingRoutes } from "./routes.ts"

export const living: Area = {
  name: "living",
  acts: LivingActs,
  routes: livingRoutes,
  access: { "oa/living": { powers: ["living"] } }
}
