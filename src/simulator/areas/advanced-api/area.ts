/** 高级接口订单. */
import type { Area } from "../../engine/Area.ts"
import * as AdvancedApiActs from "./AdvancedApiActs.ts"
import { advancedApiRoutes } from "./routes.ts"

export const advancedApi: Area = {
  name: "advanced-api",
  routes: advancedApiRoutes,
  acts: AdvancedApiActs
}
