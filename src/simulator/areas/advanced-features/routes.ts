/** 高级功能. */
import {
  AdvancedApplication,
  AdvancedApplicationPage,
  AdvancedApprovalStatus,
  AdvancedApprovalType,
  AdvancedDecision,
  AdvancedFeatures,
  AdvancedRequestType
} from "../../../oa/advanced-features/AdvancedFeatures.ts"
import { pageOf } from "../../engine/Pages.ts"
import { type AppCall, existing, refuse, route } from "../../engine/Route.ts"
import { applicationsOf, type Kept } from "./Applications.ts"

const { endpoints } = AdvancedFeatures

const keptOf = ({ corp }: AppCall<unknown>, apply_id: string): Kept =>
  existing(applicationsOf(corp), apply_id, 40058, "invalid apply_id")

/** What a decision makes of an application. What is withdrawn is as good as rejected. */
const statuses: { readonly [decision: number]: typeof AdvancedApprovalStatus.values[number] } = {
  [AdvancedDecision.Pending]: AdvancedApprovalStatus.Pending,
  [AdvancedDecision.Approved]: AdvancedApprovalStatus.Approved,
  [AdvancedDecision.Rejected]: AdvancedApprovalStatus.Rejected,
  [AdvancedDecision.Revoked]: AdvancedApprovalStatus.Rejected
}

export const advancedFeatures = [
  route(endpoints.setApproval, (call) => {
    const { approval_id, approval_status, approval_url, apply_id } = call.input
    const { application, isFinished } = keptOf(call, apply_id)
    if (isFinished) refuse(40058, "the application has come to its end")
    if (application.approval_id !== undefined && application.approval_id !== approval_id) {
      refuse(40058, "approval_id is another one than before")
    }
    applicationsOf(call.corp).set(apply_id, {
      isFinished,
      application: new AdvancedApplication({
        ...application,
        approval_id,
        approval_url,
        approval_type: AdvancedApprovalType.Api,
        approval_status: statuses[approval_status] ?? application.approval_status
      })
    })
  }),

  route(endpoints.listIds, (call) => {
    const { business_type, cursor, limit = 100, req_type = AdvancedRequestType.All, userid } = call.input
    const found = [...applicationsOf(call.corp).values()].map(({ application }) => application).filter((one) =>
      one.business_type === business_type &&
      (userid === undefined || one.applicant?.toLowerCase() === userid.toLowerCase()) &&
      (req_type === AdvancedRequestType.All ||
        (one.approval_type === AdvancedApprovalType.Api) === (req_type === AdvancedRequestType.Api))
    )
    const { items, next_cursor } = pageOf(found, cursor, limit)
    return new AdvancedApplicationPage({
      apply_id_list: items.map(({ apply_id }) => apply_id),
      has_more: next_cursor !== undefined,
      next_cursor
    })
  }),

  route(endpoints.get, (call) => keptOf(call, call.input.apply_id).application)
]
