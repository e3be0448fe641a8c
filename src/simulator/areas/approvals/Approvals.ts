/**
 * What the simulator knows of 审批: templates, applications with their process, and types of leave with what members have
 * of them. Templates appear with {@link addTemplate}, as in the admin console; members decide with `ApprovalActs`.
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { ApprovalChanged } from "../../../callback/events/ApprovalEvents.ts"
import { localized, type LocalizedText } from "../../../oa/approvals/ApprovalControl.ts"
import { ApprovalDetail } from "../../../oa/approvals/ApprovalDetail.ts"
import type { OwnApproval } from "../../../oa/approvals/Approvals.ts"
import { ApprovalRelation, ApprovalStatus, NodeType, StepStatus } from "../../../oa/approvals/ApprovalStatus.ts"
import type { TemplateControl } from "../../../oa/approvals/ApprovalTemplate.ts"
import { QuotaType, VacationDurationType, VacationType, VacationUnit } from "../../../oa/approvals/Vacations.ts"
import { event, seeing, type Telling } from "../../engine/Audience.ts"
import * as State from "../../engine/State.ts"
import { type App, type Corp, corpOf, findMember, type World } from "../../engine/World.ts"

/** A template. */
export interface Template {
  readonly id: string
  names: ReadonlyArray<LocalizedText>
  controls: ReadonlyArray<TemplateControl>
  /** The app that made it, where one did. */
  readonly owner: App | undefined
  /** Userids of those who decide one after the other where the application does not say who; nobody is asked where empty. */
  readonly approvers: ReadonlyArray<string>
}

/** One step of an application's process. */
export interface Step {
  readonly type: number
  readonly relation: number
  readonly users: Array<Decider>
  status: number
}

/** One of those whom a step asks. */
export interface Decider {
  readonly userid: string
  status: number
  speech: string
  /** Epoch milliseconds. */
  at: number | undefined
}

/** An application. */
export interface Application {
  readonly number: string
  readonly template: Template
  readonly userid: string
  readonly department: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly contents: NonNullable<ApprovalDetail["apply_data"]>["contents"]
  readonly steps: ReadonlyArray<Step>
  status: number
  readonly comments: Array<ApprovalDetail["comments"][number]>
}

/** What a member has of a type of leave, in seconds. */
export interface Quota {
  given: number
  used: number
  left: number
}

/** All of it. */
export interface Approvals {
  readonly templates: Map<string, Template>
  /** By number, the oldest first. */
  readonly applications: Map<string, Application>
  /** Ids of templates here by those of the suites that they were copied from. */
  readonly copies: Map<string, string>
  /** Applications of the approval process engine, by the apps' own numbers. */
  readonly own: Map<string, OwnApproval>
  readonly types: Map<number, VacationType>
  /** By userid in lower case, and type. */
  readonly quotas: Map<string, Map<number, Quota>>
}

const type = (id: number, name: string, given: number) =>
  new VacationType({
    id,
    name,
    time_attr: VacationUnit.Day,
    duration_type: VacationDurationType.WorkingDays,
    quota_attr: {
      type: given === 0 ? QuotaType.Unlimited : QuotaType.Manual,
      quota_rule_type: undefined,
      autoreset_time: undefined,
      autoreset_duration: given,
      quota_rules: undefined,
      at_entry_date: undefined,
      auto_reset_month_day: undefined
    },
    perday_duration: day
  })

const day = 86_400

/** What a corp has of it: no template at first, and two types of leave. */
export const approvalsOf: (corp: Corp) => Approvals = State.make("approvals/approvals", (): Approvals => ({
  templates: new Map(),
  applications: new Map(),
  copies: new Map(),
  own: new Map(),
  types: new Map([type(1, "年假", 10 * day), type(2, "事假", 0)].map((type) => [type.id, type])),
  quotas: new Map()
}))

/** What a member has of a type of leave; at first what the type gives. */
export const quotaOf = (corp: Corp, userid: string, { id, quota_attr }: VacationType): Quota => {
  const { quotas } = approvalsOf(corp)
  const own = quotas.get(userid.toLowerCase()) ?? new Map<number, Quota>()
  quotas.set(userid.toLowerCase(), own)
  const given = quota_attr?.autoreset_duration ?? 0
  const quota = own.get(id) ?? { given, used: 0, left: given }
  own.set(id, quota)
  return quota
}

/** A template to be. */
export interface TemplateOptions {
  /** Default: the first corp. */
  readonly corpId?: string | undefined
  /** Default: a new one. */
  readonly template_id?: string | undefined
  readonly name?: string | undefined
  readonly controls: ReadonlyArray<TemplateControl>
  /** Userids of those who decide one after the other; an application is approved at once where there are none. */
  readonly approvers?: ReadonlyArray<string> | undefined
}

/** Makes a template, as an administrator does. Returns its id. */
export const addTemplate = (world: World, options: TemplateOptions): Effect.Effect<string> =>
  Effect.sync(() => {
    const { approvers = [], controls, name = "审批", template_id = world.id("template-") } = options
    approvalsOf(corpOf(world, options.corpId)).templates.set(template_id, {
      id: template_id,
      names: localized(name),
      controls,
      owner: undefined,
      approvers
    })
    return template_id
  })

/** Makes an application of the approval process engine, as a page of the app's own does. */
export const addOwnApproval = (
  world: World,
  approval: OwnApproval,
  options: { readonly corpId?: string | undefined } = {}
): Effect.Effect<void> =>
  Effect.sync(() => {
    approvalsOf(corpOf(world, options.corpId)).own.set(approval.ThirdNo, approval)
  })

/** Moves an application on as far as it goes without anybody's decision. Says whether that is to its end. */
export const settle = (corp: Corp, application: Application): boolean => {
  if (application.status !== ApprovalStatus.Pending) return false
  if (application.steps.some(({ status }) => status === StepStatus.Rejected)) {
    application.status = ApprovalStatus.Rejected
  } else if (current(application) === undefined) {
    application.status = ApprovalStatus.Approved
    takeLeave(corp, application)
  }
  return application.status !== ApprovalStatus.Pending
}

/** The step that is decided now: those who are only notified are not asked. */
export const current = ({ status, steps }: Application): Step | undefined =>
  status === ApprovalStatus.Pending
    ? steps.find((step) => step.type !== NodeType.Notified && step.status === StepStatus.Pending)
    : undefined

/** Approved leave is taken from what the member has. */
const takeLeave = (corp: Corp, { contents, userid }: Application): void => {
  for (const control of contents) {
    if (control.control !== "Vacation") continue
    const { vacation } = control.value
    const type = approvalsOf(corp).types.get(Number(vacation?.selector?.options[0]?.key))
    if (type === undefined || type.quota_attr?.type === QuotaType.Unlimited) continue
    const quota = quotaOf(corp, userid, type)
    const seconds = vacation?.attendance?.date_range?.new_duration ?? 0
    quota.used += seconds
    quota.left -= seconds
  }
}

/** An application as the API tells it. */
export const detailOf = (application: Application): ApprovalDetail => {
  const { at, comments, contents, department, number, status, steps, template, userid } = application
  const decided = (at: number | undefined) => at === undefined ? undefined : DateTime.makeUnsafe(at)
  const approving = steps.filter(({ type }) => type !== NodeType.Notified)
  return new ApprovalDetail({
    sp_no: number,
    sp_name: template.names[0]?.text,
    sp_status: status,
    template_id: template.id,
    apply_time: DateTime.makeUnsafe(at),
    applyer: { userid, partyid: `${department}` },
    batch_applyer: [],
    sp_record: approving.map(({ relation, status, users }) => ({
      sp_status: status,
      // The older form counts the other way round, and knows nothing of turns.
      approverattr: relation === ApprovalRelation.Any ? 1 : 2,
      details: users.map(({ at, speech, status, userid }) => ({
        approver: { userid },
        speech,
        sp_status: status,
        sptime: decided(at),
        media_id: []
      }))
    })),
    notifyer: steps.flatMap(({ type, users }) =>
      type === NodeType.Notified ? users.map(({ userid }) => ({ userid })) : []
    ),
    apply_data: { contents },
    comments,
    process_list: {
      node_list: steps.map(({ relation, status, type, users }) =>
        type === NodeType.Notified
          ? { node_type: type, sub_node_list: users.map(({ userid }) => ({ userid, media_ids: [] })) }
          : {
            node_type: type,
            sp_status: status,
            apv_rel: relation,
            sub_node_list: users.map(({ at, speech, status, userid }) => ({
              userid,
              speech,
              sp_yj: status,
              sptime: decided(at),
              media_ids: []
            }))
          }
      )
    }
  })
}

/** What those are told who may see the applicant, once something was done to an application. */
export const doneTo = (corp: Corp, application: Application, StatuChangeEvent: number): Telling => {
  const applicant = findMember(corp, application.userid)
  if (applicant === undefined) return () => undefined
  const { apply_time, comments, notifyer, process_list, sp_name, sp_no, sp_record, sp_status, template_id } = detailOf(
    application
  )
  return seeing(
    corp,
    applicant,
    event(ApprovalChanged, {
      AgentID: approvalAgent,
      ApprovalInfo: {
        SpNoStr: sp_no,
        SpNo: sp_no,
        SpName: sp_name,
        SpStatus: sp_status,
        TemplateId: template_id,
        ApplyTime: apply_time,
        Applyer: { UserId: application.userid, Party: application.department },
        SpRecord: sp_record.map(({ approverattr, details, sp_status = StepStatus.Pending }) => ({
          SpStatus: sp_status,
          ApproverAttr: approverattr,
          Details: details.map(({ approver, media_id, sp_status = StepStatus.Pending, speech, sptime }) => ({
            Approver: { UserId: approver?.userid ?? "" },
            Speech: speech,
            SpStatus: sp_status,
            SpTime: sptime,
            Attach: media_id
          }))
        })),
        Notifyer: notifyer.map(({ userid }) => ({ UserId: userid })),
        ProcessList: (process_list?.node_list ?? []).map(({ apv_rel, node_type, sp_status, sub_node_list }) => ({
          NodeType: node_type,
          SpStatus: sp_status,
          ApvRel: apv_rel,
          SubNodeList: sub_node_list.map(({ media_ids, sp_yj, speech, sptime, userid }) => ({
            UserInfo: { UserId: userid },
            Speech: speech,
            SpYj: sp_yj,
            ...(node_type === NodeType.Notified ? {} : { Sptime: sptime }),
            MediaIds: media_ids
          }))
        })),
        Comments: comments.map(({ commentUserInfo, commentcontent, commentid = "", commenttime, media_id }) => ({
          CommentUserInfo: { UserId: commentUserInfo?.userid ?? "" },
          CommentTime: commenttime ?? DateTime.makeUnsafe(0),
          CommentContent: commentcontent,
          CommentId: commentid,
          Attach: media_id
        })),
        StatuChangeEvent
      }
    })
  )
}

/** 审批, which these events are of, whichever app is told. */
const approvalAgent = 3010040

/** A step that asks members, none of whom has decided. */
export const step = (
  corp: Corp,
  type: number,
  relation: number,
  userids: ReadonlyArray<string>
): Step => ({
  type,
  relation,
  status: StepStatus.Pending,
  users: userids.map((userid) => ({
    userid: findMember(corp, userid)?.user.userid ?? userid,
    status: StepStatus.Pending,
    speech: "",
    at: undefined
  }))
})
