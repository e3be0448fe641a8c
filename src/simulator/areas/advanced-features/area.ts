/** 高级功能. */
import type { Area } from "../../engine/Area.ts"
import * as AdvancedFeatureActs from "./AdvancedFeatureActs.ts"
import { advancedFeatures as advancedFeaturesRoutes } from "./routes.ts"

export const advancedFeatures: Area = {
  name: "advanced-features",
  acts: AdvancedFeatureActs,
  routes: advancedFeaturesRoutes,
  access: { "oa/advanced-features": { powers: ["advanced-features"] } }
}
