/** 汇报. */
import type { Area } from "../../engine/Area.ts"
import * as JournalActs from "./JournalActs.ts"
import { journals as journalsRoutes } from "./routes.ts"

export const journals: Area = {
  name: "journals",
  acts: JournalActs,
  routes: journalsRoutes,
  access: { "oa/journals": { powers: ["journals"], errcode: 301065 } }
}
