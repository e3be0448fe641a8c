/** 接口许可. */
import type { Area } from "../../engine/Area.ts"
import * as LicenceActs from "./LicenceActs.ts"
import { routes } from "./routes.ts"

export const licences: Area = {
  name: "licences",
  acts: LicenceActs,
  routes
}
