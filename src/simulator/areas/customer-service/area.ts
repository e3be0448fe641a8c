/** 微信客服. */
import type { Area } from "../../engine/Area.ts"
import { customerService as customerServiceRoutes } from "./routes.ts"

export const customerService: Area = {
  name: "customer-service",
  routes: customerServiceRoutes,
  access: { "customer-service": { powers: ["customer-service"] } }
}
