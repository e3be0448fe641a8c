/** 审批, 假期. */
import type { Area } from "../../engine/Area.ts"
import { approvals as approvalsRoutes } from "./routes.ts"

export const approvals: Area = {
  name: "approvals",
  routes: approvalsRoutes,
  access: { "oa/approvals": { powers: ["approvals"], errcode: 301055 } }
}
