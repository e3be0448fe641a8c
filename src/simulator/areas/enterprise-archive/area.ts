/** 企业数据存档. */
import type { Area } from "../../engine/Area.ts"
import { power } from "./EnterpriseArchive.ts"
import * as EnterpriseArchiveActs from "./EnterpriseArchiveActs.ts"
import { enterpriseArchive as routes } from "./routes.ts"

export const enterpriseArchive: Area = {
  name: power,
  acts: EnterpriseArchiveActs,
  routes,
  access: { "enterprise-archive": { powers: [power] } }
}
