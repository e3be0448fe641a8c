/** 素材. */
import type { Area } from "../../engine/Area.ts"
import { media as mediaRoutes } from "./routes.ts"

export const media: Area = {
  name: "media",
  routes: mediaRoutes
}
