/** 审批, 假期管理. */
import * as DateTime from "effect/DateTime"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { ApprovalChange } from "../../../callback/events/ApprovalEvents.ts"
import type { ApprovalControl } from "../../../oa/approvals/ApprovalControl.ts"
import type { FilledControl } from "../../../oa/approvals/ApprovalDetail.ts"
import {
  type Application as Submitted,
  type ApprovalFilter,
  ApprovalNumbers,
  Approvals,
  LegacyApproval,
  RecordType
} from "../../../oa/approvals/Approvals.ts"
import { ApprovalRelation, NodeType } from "../../../oa/approvals/ApprovalStatus.ts"
import { ApprovalTemplate, type TemplateControl } from "../../../oa/approvals/ApprovalTemplate.ts"
import { VacationQuota, Vacations } from "../../../oa/approvals/Vacations.ts"
import { announce } from "../../engine/Audience.ts"
import { existing, refuse, route } from "../../engine/Route.ts"
import { maySeeMember } from "../../engine/Sight.ts"
import { type App, type Corp, findMedia, findMember, type World } from "../../engine/World.ts"
import * as State from "./Approvals.ts"

const { endpoints } = Approvals
const { approvalsOf } = State

export const approvals = [
  route(endpoints.submit, (call) => {
    const { app, corp, input, now, world } = call
    const { applications, templates } = approvalsOf(corp)
    const applicant = findMember(corp, input.creator_userid)
    if (applicant === undefined || !maySeeMember(corp, app, applicant)) return refuse(301055)
    const template = existing(templates, input.template_id, 301025)
    const { user } = applicant
    const department = input.choose_department ?? user.main_department ?? user.department[0] ?? 1
    if (!user.department.includes(department)) refuse(301025, "choose_department is not one of the applicant's")
    const application: State.Application = {
      number: numberFor(world, now),
      template,
      userid: user.userid,
      department,
      at: now,
      contents: fillForm(corp, template.controls, input.apply_data.contents, now),
      steps: stepsOf(corp, template, input),
      status: 1,
      comments: []
    }
    applications.set(application.number, application)
    announce(call, State.doneTo(corp, application, ApprovalChange.Submitted))
    if (State.settle(corp, application)) announce(call, State.doneTo(corp, application, ApprovalChange.Approved))
    return application.number
  }),

  route(endpoints.get, ({ app, corp, input }) => {
    const application = existing(approvalsOf(corp).applications, input.sp_no, 301025)
    if (!isVisible(corp, app, application)) refuse(301055)
    return State.detailOf(application)
  }),

  route(endpoints.listNumbers, ({ app, corp, input }) => {
    const from = DateTime.toEpochMillis(input.starttime)
    const to = DateTime.toEpochMillis(input.endtime)
    const numbers = [...approvalsOf(corp).applications.values()]
      .filter((application) => application.at >= from && application.at <= to && isVisible(corp, app, application))
      .filter((application) => matches(application, input.filters ?? []))
      .map(({ number }) => number)
    // Programs from before there was a `new_cursor` page with the older one.
    const old = input.new_cursor === undefined
    const start = old ? input.cursor ?? 0 : Number(input.new_cursor)
    const end = start + input.size
    const more = end < numbers.length
    return new ApprovalNumbers({
      sp_no_list: numbers.slice(start, end),
      new_next_cursor: more && !old ? `${end}` : undefined,
      next_cursor: more && old ? end : undefined
    })
  }, { endtime: 301025 }),

  route(endpoints.getTemplate, ({ corp, input }) => {
    const { controls, names } = existing(approvalsOf(corp).templates, input.template_id, 301025)
    return new ApprovalTemplate({ template_names: names, template_content: { controls } })
  }),

  route(endpoints.createTemplate, ({ app, corp, input, raw, world }) => {
    const id = world.id("template-")
    approvalsOf(corp).templates.set(id, {
      id,
      names: input.template_name,
      controls: readable(raw.template_content),
      owner: app,
      approvers: []
    })
    return id
  }),

  route(endpoints.updateTemplate, ({ app, corp, input, raw }) => {
    const template = existing(approvalsOf(corp).templates, input.template_id, 301025)
    if (template.owner !== app) refuse(301025, "the template is another app's")
    template.names = input.template_name
    template.controls = readable(raw.template_content)
  }),

  route(endpoints.copyTemplate, ({ corp, input, world }) => {
    const { copies, templates } = approvalsOf(corp)
    const id = copies.get(input.open_template_id) ?? world.id("open_template-")
    copies.set(input.open_template_id, id)
    // What the provider's template holds is not known here.
    templates.set(id, templates.get(id) ?? { id, names: [], controls: [], owner: undefined, approvers: [] })
    return id
  }),

  route(endpoints.getOwn, ({ corp, input }) => existing(approvalsOf(corp).own, input.thirdNo, 301025)),

  route(endpoints.listLegacy, ({ app, corp, input }) => {
    const from = DateTime.toEpochMillis(input.starttime)
    const to = DateTime.toEpochMillis(input.endtime)
    const all = [...approvalsOf(corp).applications.values()]
      .filter((application) => application.at >= from && application.at <= to && isVisible(corp, app, application))
    const page = all.filter(({ number }) => Number(number) >= (input.next_spnum ?? 0)).slice(0, 100)
    const last = page.at(-1)
    return {
      count: page.length,
      total: all.length,
      ...(last === undefined ? {} : { next_spnum: Number(last.number) }),
      data: page.map((application) => legacy(corp, application))
    }
  }, { endtime: 301025 }),

  route(Vacations.endpoints.listTypes, ({ corp }) => [...approvalsOf(corp).types.values()]),

  route(Vacations.endpoints.listQuotas, ({ corp, input }) => {
    const { user } = findMember(corp, input.userid) ?? refuse(301021)
    return [...approvalsOf(corp).types.values()].map((type) => {
      const { given, left, used } = State.quotaOf(corp, user.userid, type)
      return new VacationQuota({
        id: type.id,
        vacationname: type.name,
        assignduration: given,
        usedduration: used,
        leftduration: left,
        real_assignduration: given
      })
    })
  }),

  route(Vacations.endpoints.setQuota, ({ corp, input }) => {
    const { user } = findMember(corp, input.userid) ?? refuse(301021)
    const type = existing(approvalsOf(corp).types, input.vacation_id, 301063)
    if (type.time_attr !== input.time_attr) refuse(301063, "time_attr is not that of the type")
    const quota = State.quotaOf(corp, user.userid, type)
    quota.left = input.leftduration
    quota.given = quota.used + quota.left
  }, { leftduration: 301063, time_attr: 301063 })
]

/** `201909270001`: the day in China, and a number. */
const numberFor = (world: World, now: number): string =>
  DateTime.formatIsoDateUtc(DateTime.makeUnsafe(now + 8 * 3600_000)).replaceAll("-", "") +
  `${world.next()}`.padStart(4, "0")

const isVisible = (corp: Corp, app: App, { userid }: State.Application): boolean => {
  const applicant = findMember(corp, userid)
  return applicant !== undefined && maySeeMember(corp, app, applicant)
}

const matches = (application: State.Application, filters: ReadonlyArray<ApprovalFilter>): boolean =>
  [...Map.groupBy(filters, ({ key }) => key).values()].every((group) =>
    group.some((filter) => {
      switch (filter.key) {
        case "template_id":
          return filter.value === application.template.id
        case "creator":
          return filter.value.toLowerCase() === application.userid.toLowerCase()
        case "department":
          return filter.value === `${application.department}`
        case "sp_status":
          return filter.value === application.status
        case "record_type":
          return recordType(application) === filter.value
      }
    })
  )

const recordType = ({ contents }: State.Application): number | undefined => {
  for (const control of contents) {
    if (control.control === "Vacation") return RecordType.Vacation
    if (control.control === "Attendance") return control.value.attendance?.type
  }
  return undefined
}

/** Who is asked: by the template, or as the application says. */
const stepsOf = (corp: Corp, template: State.Template, input: Submitted): ReadonlyArray<State.Step> => {
  if (input.use_template_approver === 1) {
    return template.approvers.map((userid) => State.step(corp, NodeType.Approver, ApprovalRelation.All, [userid]))
  }
  const { approver = [], notifyer = [], process } = input
  const steps = process === undefined
    ? [
      // The older form counts the other way round.
      ...approver.map(({ attr, userid }) =>
        State.step(corp, NodeType.Approver, attr === 1 ? ApprovalRelation.Any : ApprovalRelation.All, userid)
      ),
      ...(notifyer.length === 0 ? [] : [State.step(corp, NodeType.Notified, ApprovalRelation.All, notifyer)])
    ]
    : process.node_list.map((node) =>
      State.step(corp, node.type, node.type === NodeType.Notified ? ApprovalRelation.All : node.apv_rel, node.userid)
    )
  for (const { userid } of steps.flatMap(({ users }) => users)) {
    if (findMember(corp, userid) === undefined) refuse(301025, `there is no member ${userid}`)
  }
  return steps
}

/** The controls as they were filled in, in the order of the template; refuses what does not fit it. */
const fillForm = (
  corp: Corp,
  controls: ReadonlyArray<TemplateControl>,
  given: ReadonlyArray<ApprovalControl>,
  now: number
): ReadonlyArray<FilledControl> => {
  for (const { control, id } of given) {
    const found = controls.find(({ property }) => property.id === id)
    if (found?.property.control !== control) refuse(301025, `the template has no ${control} ${id}`)
  }
  return controls.flatMap((control) => {
    const { property } = control
    const value = given.find(({ id }) => id === property.id)
    if (value === undefined) {
      if (property.require === true) refuse(301025, `${property.id} is required`)
      return []
    }
    return [fill(corp, control, value, now)]
  })
}

const fill = (corp: Corp, template: TemplateControl, given: ApprovalControl, now: number): FilledControl => {
  const { id } = given
  const { title } = template.property
  switch (given.control) {
    case "Selector": {
      const { options, type } = given.value.selector
      const known = ApprovalTemplate.isKind("Selector")(template) ? template.config?.selector.options ?? [] : []
      const chosen = options.map(({ key }) =>
        known.find((option) => option.key === key) ?? refuse(301025, `${id} has no option ${key}`)
      )
      if (type === "single" && chosen.length > 1) refuse(301025, `${id} takes one option`)
      return { control: "Selector", id, title, value: { selector: { type, options: chosen } } }
    }
    case "Contact": {
      const members = "members" in given.value ? given.value.members : []
      const departments = "departments" in given.value ? given.value.departments : []
      return {
        control: "Contact",
        id,
        title,
        value: {
          members: members.map(({ userid }) => {
            const { user } = findMember(corp, userid) ?? refuse(301025, `there is no member ${userid}`)
            return { userid: user.userid, name: user.name }
          }),
          departments: departments.map(({ openapi_id }) => ({
            openapi_id,
            name: existing(corp.departments, Number(openapi_id), 301025).name
          }))
        }
      }
    }
    case "Tips":
      return {
        control: "Tips",
        id,
        title,
        value: { tips: [], new_tips: ApprovalTemplate.isKind("Tips")(template) ? template.config?.tips : undefined }
      }
    case "File":
      for (const { file_id } of given.value.files) {
        if (findMedia(corp, file_id, now) === undefined) refuse(301025, `there is no file ${file_id}`)
      }
      return { ...given, title }
    case "Table": {
      const children = ApprovalTemplate.isKind("Table")(template) ? template.config?.table.children ?? [] : []
      const rows = given.value.children.map(({ list }) => ({
        list: fillForm(corp, children, list, now).filter((cell) => cell.control !== "Table")
      }))
      return { control: "Table", id, title, value: { children: rows } }
    }
    case "Vacation": {
      const { attendance, selector } = given.value.vacation
      const type = approvalsOf(corp).types.get(Number(selector.options[0]?.key)) ??
        refuse(301025, "there is no such type of leave")
      const options = [{ key: `${type.id}`, value: [{ text: type.name, lang: "zh_CN" }] }]
      return {
        control: "Vacation",
        id,
        title,
        value: { vacation: { selector: { type: "single", options }, attendance: attended(attendance) } }
      }
    }
    case "Attendance":
      return { control: "Attendance", id, title, value: { attendance: attended(given.value.attendance) } }
    case "RelatedApproval":
      return {
        control: "RelatedApproval",
        id,
        title,
        value: {
          related_approval: given.value.related_approval.map(({ sp_no }) => {
            const { at, status, template, userid } = existing(approvalsOf(corp).applications, sp_no, 301025)
            return {
              sp_no,
              template_names: template.names,
              name: findMember(corp, userid)?.user.name ?? userid,
              sp_status: status,
              create_time: DateTime.makeUnsafe(at)
            }
          })
        }
      }
    case "Formula":
      // No formula is known here: the real server computes the value.
      return { control: "Formula", id, title, value: { formula: given.value?.formula ?? { value: "0" } } }
    default:
      return { ...given, title }
  }
}

/** How the duration is spread over days, which was computed where it was not said. */
const attended = <A extends { readonly slice_info?: { readonly day_items: ReadonlyArray<unknown> } | undefined }>(
  attendance: A
) => {
  const { slice_info, ...rest } = attendance
  return slice_info === undefined ? rest : { ...rest, slice_info: { ...slice_info, state: 2 } }
}

/** The controls of a template that is written, as they are read: the options of selectors then have lists of texts. */
const readable = (content: unknown): ReadonlyArray<TemplateControl> => readContent(asRead(content)).controls

const readContent = Schema.decodeUnknownSync(ApprovalTemplate.fields.template_content)

const asRead = (value: unknown, key?: string): unknown =>
  Array.isArray(value)
    ? value.map((item) => asRead(item, key))
    : Predicate.isObject(value)
    ? Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        key === "options" && name === "value" ? [item] : asRead(item, name)
      ])
    )
    : value

const legacy = (corp: Corp, application: State.Application): LegacyApproval => {
  const { at, department, number, status, steps, template, userid } = application
  const names = (type: number) =>
    steps.filter((step) => step.type === type).flatMap(({ users }) =>
      users.map(({ userid }) => findMember(corp, userid)?.user.name ?? userid)
    )
  return new LegacyApproval({
    spname: template.names[0]?.text,
    apply_name: findMember(corp, userid)?.user.name ?? userid,
    apply_org: corp.departments.get(department)?.name,
    approval_name: names(NodeType.Approver),
    notify_name: names(NodeType.Notified),
    sp_status: status,
    sp_num: number,
    mediaids: [],
    apply_time: DateTime.makeUnsafe(at),
    apply_user_id: userid
  })
}
