/** 接口许可. */
import type { Area } from "../../engine/Area.ts"
import { routes } from "./routes.ts"

export const licences: Area = {
  name: "licences",
  routes
}
