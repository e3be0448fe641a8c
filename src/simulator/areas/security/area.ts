/** 安全管理. */
import type { Area } from "../../engine/Area.ts"
import { securityRoutes } from "./routes.ts"
import { power } from "./Security.ts"

export const security: Area = {
  name: power,
  routes: securityRoutes,
  access: { security: { powers: [power] } }
}
