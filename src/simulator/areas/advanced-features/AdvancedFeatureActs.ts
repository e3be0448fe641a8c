/**
 * What members and administrators do about advanced functions: each an act on the simulator of the context, which tells the
 * apps that may call the interfaces of 高级功能.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { VipFinishType } from "../../../callback/events/SecurityEvents.ts"
import { AdvancedBusinessType } from "../../../oa/advanced-features/AdvancedBusinessType.ts"
import {
  AdvancedApplication,
  AdvancedApprovalStatus,
  AdvancedApprovalType
} from "../../../oa/advanced-features/AdvancedFeatures.ts"
import { corpOf, fail, input, make, memberOf, tell } from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { securityOf } from "../security/Security.ts"
import { applicationsOf, finished, submitted } from "./Applications.ts"

/** 提交申请. A member applies for advanced functions. Returns the id of the application. */
export const apply = make({
  input: input({
    userid: Schema.String,
    business_type: AdvancedBusinessType.schema,
    reason: Schema.optional(Schema.String)
  }),
  success: Schema.String,
  run: (act) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const corp = yield* corpOf(act)
      const { user: { userid } } = yield* memberOf(corp, act.userid)
      const application = new AdvancedApplication({
        apply_id: world.id("apply-"),
        applicant: userid,
        create_time: timeOf(yield* Clock.currentTimeMillis),
        business_type: act.business_type,
        approval_status: AdvancedApprovalStatus.Pending,
        approval_type: AdvancedApprovalType.Default,
        request_reason: act.reason
      })
      applicationsOf(corp).set(application.apply_id, { application, isFinished: false })
      yield* tell(corp, submitted(application))
      return application.apply_id
    })
})

const ends = {
  rejected: [VipFinishType.Rejected, AdvancedApprovalStatus.RejectedByAdmin],
  assigned: [VipFinishType.Assigned, AdvancedApprovalStatus.Assigned],
  withdrawn: [VipFinishType.Deleted, AdvancedApprovalStatus.Rejected]
} as const

/** 终止申请. An administrator rejects an application or assigns an account, or the member withdraws it. Assigned, he has it. */
export const finish = make({
  input: input({ apply_id: Schema.String, end: Schema.Literals(["rejected", "assigned", "withdrawn"]) }),
  run: (act) =>
    Effect.gen(function*() {
      const corp = yield* corpOf(act)
      const kept = applicationsOf(corp).get(act.apply_id)
      if (kept === undefined || kept.isFinished) return yield* fail(`there is no open application ${act.apply_id}`)
      const [type, approval_status] = ends[act.end]
      const application = new AdvancedApplication({ ...kept.application, approval_status })
      applicationsOf(corp).set(act.apply_id, { application, isFinished: true })
      if (act.end === "assigned" && application.applicant !== undefined) {
        securityOf(corp).accounts.add(application.applicant)
      }
      return yield* tell(corp, finished(application, type))
    })
})
