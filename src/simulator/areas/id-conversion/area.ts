/** 账号ID转换. */
import type { Requirement } from "../../engine/Access.ts"
import type { Area } from "../../engine/Area.ts"
import { idConversion as idConversionRoutes } from "./routes.ts"

const customers: Requirement = { powers: ["customers"] }

export const idConversion: Area = {
  name: "id-conversion",
  routes: idConversionRoutes,
  access: {
    "identity/IdConversion.convertExternalUseridFromService": customers,
    "identity/IdConversion.convertExternalUseridToService": customers,
    "identity/IdConversion.convertUnionidToExternalUserid": customers,
    "identity/IdConversion.upgradeExternalUserids": customers,
    "identity/IdConversion.upgradeGroupExternalUserids": customers
  }
}
