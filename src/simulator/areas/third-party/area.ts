/** 第三方应用, 服务商. */
import type { Area } from "../../engine/Area.ts"
import { thirdParty as thirdPartyRoutes } from "./routes.ts"

export const thirdParty: Area = {
  name: "third-party",
  routes: thirdPartyRoutes
}
