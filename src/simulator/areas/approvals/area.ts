/** 审批, 假期. */
import type { Area } from "../../engine/Area.ts"
import * as ApprovalActs from "./ApprovalActs.ts"
import { approvals as approvalsRoutes } from "./routes.ts"

export const approvals: Area = {
  name: "approvals",
  acts: ApprovalActs,
  routes: approvalsRoutes,
  access: { "oa/approvals": { powers: ["approvals"], errcode: 301055 } }
}
