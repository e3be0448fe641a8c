/** access_token, suite_access_token, provider_access_token. */
import type { Area } from "../../engine/Area.ts"
import { tokens as tokensRoutes } from "./routes.ts"

export const tokens: Area = {
  name: "tokens",
  routes: tokensRoutes
}
