/** 上下游, 企业互联. */
import type { Area } from "../../engine/Area.ts"
import * as ChainActs from "./ChainActs.ts"
import { routes } from "./routes.ts"

export const partners: Area = {
  name: "partners",
  acts: ChainActs,
  routes
}
