/** 安全管理. */
import type { Area } from "../../engine/Area.ts"
import { securityRoutes } from "./routes.ts"

export const security: Area = {
  name: "security",
  routes: securityRoutes,
  access: { security: { powers: ["security"] } }
}
