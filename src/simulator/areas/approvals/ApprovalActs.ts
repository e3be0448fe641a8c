/**
 * What members do about approvals: each an act on the simulator of the context, which tells the apps that may see the
 * applicant.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ApprovalChange } from "../../../callback/events/ApprovalEvents.ts"
import { ApprovalRelation, ApprovalStatus, NodeType, StepStatus } from "../../../oa/approvals/ApprovalStatus.ts"
import { corpOf, fail, type In, input, make, memberOf, tell } from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"
import { type Application, approvalsOf, current, doneTo, settle } from "./Approvals.ts"

/** An application. */
export interface Of extends In {
  readonly sp_no: string
}

/** What a member decides. */
export interface Decision extends Of {
  readonly userid: string
  /** Whether the member agrees, or has handled it. */
  readonly approve: boolean
  readonly speech?: string | undefined
}

/** 同意, 驳回, 已办理. A member who is asked now decides: the next step follows, or the application has come to its end. */
export const decide = make({
  input: input({
    sp_no: Schema.String,
    userid: Schema.String,
    approve: Schema.Boolean,
    speech: Schema.optional(Schema.String)
  }),
  run: (decision) =>
    Effect.gen(function*() {
      const { application, corp, decider, step } = yield* asked(decision)
      decider.status = decision.approve ? StepStatus.Approved : StepStatus.Rejected
      decider.speech = decision.speech ?? ""
      decider.at = yield* Clock.currentTimeMillis
      const all = step.relation !== ApprovalRelation.Any
      if (!decision.approve) step.status = StepStatus.Rejected
      else if (
        !all || step.users.every(({ status }) => status === StepStatus.Approved || status === StepStatus.Forwarded)
      ) {
        step.status = StepStatus.Approved
      }
      settle(corp, application)
      const done = !decision.approve
        ? ApprovalChange.Rejected
        : step.type === NodeType.Handler
        ? ApprovalChange.Handled
        : ApprovalChange.Approved
      return yield* tell(corp, doneTo(corp, application, done))
    })
})

/** 转审. A member who is asked now hands the decision on to another one. */
export const forward = make({
  input: input({ sp_no: Schema.String, userid: Schema.String, to: Schema.String }),
  run: (of) =>
    Effect.gen(function*() {
      const { application, corp, decider, step } = yield* asked(of)
      const { user } = yield* memberOf(corp, of.to)
      decider.status = StepStatus.Forwarded
      decider.at = yield* Clock.currentTimeMillis
      step.users.push({ userid: user.userid, status: StepStatus.Pending, speech: "", at: undefined })
      return yield* tell(corp, doneTo(corp, application, ApprovalChange.Forwarded))
    })
})

/** The step that is decided now, and the member in it who is asked. */
const asked = (of: Of & { readonly userid: string }) =>
  Effect.gen(function*() {
    const { application, corp } = yield* applicationOf(of)
    const step = current(application)
    const decider = step?.users.find(({ status, userid }) =>
      status === StepStatus.Pending && userid.toLowerCase() === of.userid.toLowerCase()
    )
    return step === undefined || decider === undefined
      ? yield* fail(`${of.userid} is not asked about ${of.sp_no}`)
      : { application, corp, decider, step }
  })

/** 催办. The applicant urges those who are asked. */
export const urge = make({
  input: input({ sp_no: Schema.String }),
  run: (of) =>
    Effect.flatMap(applicationOf(of), ({ application, corp }) =>
      current(application) === undefined
        ? fail(`nobody is asked about ${of.sp_no}`)
        : tell(corp, doneTo(corp, application, ApprovalChange.Urged)))
})

/** 撤销, 通过后撤销. The applicant takes the application back. */
export const revoke = make({
  input: input({ sp_no: Schema.String }),
  run: (of) =>
    Effect.gen(function*() {
      const { application, corp } = yield* applicationOf(of)
      const approved = application.status === ApprovalStatus.Approved
      if (!approved && application.status !== ApprovalStatus.Pending) {
        return yield* fail(`${of.sp_no} has come to its end`)
      }
      application.status = approved ? ApprovalStatus.RevokedAfterApproval : ApprovalStatus.Revoked
      const done = approved ? ApprovalChange.RevokedAfterApproval : ApprovalChange.Revoked
      return yield* tell(corp, doneTo(corp, application, done))
    })
})

/** 添加备注. A member comments on an application. */
export const comment = make({
  input: input({ sp_no: Schema.String, userid: Schema.String, content: Schema.String }),
  run: (of) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const { application, corp } = yield* applicationOf(of)
      const { user } = yield* memberOf(corp, of.userid)
      application.comments.push({
        commentUserInfo: { userid: user.userid },
        commenttime: timeOf(yield* Clock.currentTimeMillis),
        commentcontent: of.content,
        commentid: `67${`${world.next()}`.padStart(17, "0")}`,
        media_id: []
      })
      return yield* tell(corp, doneTo(corp, application, ApprovalChange.Commented))
    })
})

const applicationOf = (of: Of) =>
  Effect.flatMap(corpOf(of), (corp) => {
    const application = approvalsOf(corp).applications.get(of.sp_no)
    return application === undefined
      ? fail(`there is no application ${of.sp_no}`)
      : Effect.succeed<{ readonly corp: Corp; readonly application: Application }>({ corp, application })
  })
