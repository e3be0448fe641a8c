/** 汇报. */
import type { Area } from "../../engine/Area.ts"
import { journals as journalsRoutes } from "./routes.ts"

export const journals: Area = {
  name: "journals",
  routes: journalsRoutes,
  access: { "oa/journals": { powers: ["journals"], errcode: 301065 } }
}
