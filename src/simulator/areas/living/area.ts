/** 直播. */
import type { Area } from "../../engine/Area.ts"
import { living as livingRoutes } from "./routes.ts"

export const living: Area = {
  name: "living",
  routes: livingRoutes,
  access: { "oa/living": { powers: ["living"] } }
}
