/** 安全管理. */
import type { Area } from "../../engine/Area.ts"
import { securityRoutes } from "./routes.ts"
import { power } from "./Security.ts"
import * as SecurityActs from "./SecurityActs.ts"

export const security: Area = {
  name: power,
  acts: SecurityActs,
  routes: securityRoutes,
  access: { security: { powers: [power] } }
}
