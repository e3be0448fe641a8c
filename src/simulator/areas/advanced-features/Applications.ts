/** What the simulator knows of 高级功能: applications of members, which apps that may call the interfaces decide. */
import {
  VipAccountRequested,
  VipAccountRequestFinished,
  type VipFinishType
} from "../../../callback/events/SecurityEvents.ts"
import type { AdvancedApplication } from "../../../oa/advanced-features/AdvancedFeatures.ts"
import { event, type Notice, type Telling } from "../../engine/Audience.ts"
import * as State from "../../engine/State.ts"

/** An application, and whether it has come to its end. */
export interface Kept {
  readonly application: AdvancedApplication
  readonly isFinished: boolean
}

/** The applications of a corp by id, the oldest first. */
export const applicationsOf = State.make("advanced-features/applications", () => new Map<string, Kept>())

/** Tells the apps that may call the interfaces of 高级功能. */
const told = (notice: Notice): Telling => ({ powers }) =>
  powers === undefined || powers.includes("advanced-features") ? notice : undefined

/** 成员申请的提交. */
export const submitted = ({ applicant, apply_id, business_type = 1, request_reason }: AdvancedApplication): Telling =>
  told(event(VipAccountRequested, {
    ApplyId: apply_id,
    BusinessType: business_type,
    ApplyReason: request_reason
  }, applicant))

/** 成员申请的终止. */
export const finished = ({ apply_id }: AdvancedApplication, type: typeof VipFinishType.values[number]): Telling =>
  told(event(VipAccountRequestFinished, { ApplyId: apply_id, FinishType: type }))
