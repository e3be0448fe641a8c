/** One conversation: what is shown in the middle. */
import * as Predicate from "effect/Predicate"
import { ApprovalStatus, StepStatus } from "../../../oa/approvals/ApprovalStatus.ts"
import { ScheduleResponse } from "../../../oa/calendars/ScheduleAttendee.ts"
import { MeetingStatus } from "../../../oa/meetings/Meetings.ts"
import { approvalsOf } from "../../areas/approvals/Approvals.ts"
import { schedules } from "../../areas/calendars/Calendars.ts"
import { customerServiceOf } from "../../areas/customer-service/CustomerService.ts"
import { customersOf } from "../../areas/customers/Customers.ts"
import { saidTo } from "../../areas/customers/Outreach.ts"
import { meetings } from "../../areas/meetings/Meetings.ts"
import { chatsOf } from "../../areas/messages/routes/messages.ts"
import { documentsIn } from "../../areas/smart-sheets/Documents.ts"
import { formsOf } from "../../areas/smart-sheets/Forms.ts"
import * as Conversation from "../../engine/Conversation.ts"
import { findMember } from "../../engine/World.ts"
import type { Fact, Kind, Shown } from "../View.ts"
import {
  customerName,
  departmentsOf,
  type Look,
  nameOf,
  sessionStates,
  shownAtOnce,
  templateName,
  text,
  valueName,
  valueText,
  when
} from "./names.ts"
import { formTable, tablesOf } from "./tables.ts"
import { saidTurns, sentTurn, turnsOfBot, turnsOfMember, turnsOfSession, withFiles } from "./turns.ts"

/** What stands in the middle; nothing where there is no such conversation. */
export const show = (look: Look, kind: Kind, id: string): Shown | undefined => {
  const found = views[kind](look, id)
  return found && { about: "", turns: [], facts: [], people: [], tables: [], known: {}, ...found, kind, id }
}

type View = (look: Look, id: string) => (Partial<Shown> & Pick<Shown, "title">) | undefined

const views: { readonly [K in Kind]: View } = {
  members: ({ corp }, id) => {
    const member = findMember(corp, id)
    return member && {
      title: member.user.name ?? member.user.userid,
      about: [member.user.userid, ...departmentsOf(corp, member.user.department)].join(" · "),
      turns: turnsOfMember(corp, member),
      known: { userid: member.user.userid }
    }
  },
  groups: ({ corp, t }, id) => {
    const [kind, name = ""] = id.split(/:(.*)/s)
    if (kind === "group") {
      const group = customersOf(corp).groups.get(name)
      return group && {
        title: group.name === "" ? group.id : group.name,
        about: `${t("customer group|客户群")} · ${group.id}`,
        people: group.members.map((member) => ({
          id: member.id,
          name: member.external ? customerName(corp, member.id) : nameOf(corp, member.id),
          state: t(member.id === group.owner ? "owner|群主" : member.external ? "customer|客户" : "member|成员")
        })),
        facts: group.notice === "" ? [] : [[t("notice|群公告"), group.notice]],
        turns: saidTurns(corp, saidTo(corp, group.id)),
        known: { chat_id: group.id, owner: group.owner }
      }
    }
    const chat = chatsOf(corp).find(({ chatid }) => chatid === name)
    const sent = Conversation.sentToChats(corp).filter(({ chatid }) => chatid === name)
    if (chat === undefined && sent.length === 0) return undefined
    return {
      title: chat?.name === undefined || chat.name === "" ? name : chat.name,
      about: `${t("group chat|群聊")} · ${name}`,
      people: (chat?.userlist ?? []).map((userid) => ({
        id: userid,
        name: nameOf(corp, userid),
        state: t(userid === chat?.owner ? "owner|群主" : "member|成员")
      })),
      turns: sent.slice(-shownAtOnce).map((message) => sentTurn(corp, message)),
      known: { chatid: name }
    }
  },
  customers: ({ corp }, id) => {
    const customer = customersOf(corp).customers.get(id)
    return customer && {
      title: customer.contact.name ?? id,
      about: id,
      people: [...customer.follows.values()].map(({ remark, userid }) => ({
        id: userid,
        name: nameOf(corp, userid),
        state: remark ?? ""
      })),
      turns: saidTurns(corp, saidTo(corp, id)),
      known: { external_userid: id, userid: [...customer.follows.values()][0]?.userid ?? "" }
    }
  },
  kf: ({ corp, t }, id) => {
    const [open_kfid = "", customer] = id.split("|")
    const account = customerServiceOf(corp).accounts.get(open_kfid)
    if (account === undefined) return undefined
    const people = [...account.servicers.values()].map(({ isServing, userid }) => ({
      id: userid,
      name: nameOf(corp, userid),
      state: t(isServing ? "serving|接待中" : "not serving|停止接待")
    }))
    if (customer === undefined) {
      return { title: account.name, about: open_kfid, people, known: { open_kfid } }
    }
    const session = account.sessions.get(customer)
    return session && {
      title: customerName(corp, customer),
      about: `${account.name} · ${customer}`,
      people,
      facts: [
        [t("state|会话状态"), t(sessionStates[session.state] ?? `${session.state}`)],
        [t("servicer|接待人员"), session.servicer ?? ""]
      ],
      turns: turnsOfSession(corp, account, session),
      known: { open_kfid, external_userid: customer, userid: session.servicer ?? people[0]?.id ?? "" }
    }
  },
  robots: ({ corp, t, world }, id) => {
    const [kind, name = ""] = id.split(/:(.*)/s)
    if (kind === "bot") {
      const bot = corp.smartRobots.get(name)
      return bot && { title: bot.name, about: name, turns: turnsOfBot(corp, name), known: { botId: name } }
    }
    const robot = [...world.robots.values()][Number(name)]
    return robot && {
      title: robot.name,
      about: t("group robot|群机器人"),
      turns: robot.said.slice(-shownAtOnce).map(({ at, content, msgtype }, index) => ({
        key: `said ${at} ${index}`,
        side: "app" as const,
        by: robot.name,
        at,
        msgtype,
        content: withFiles(robot, content)
      }))
    }
  },
  approvals: ({ corp, t }, id) => {
    const application = approvalsOf(corp).applications.get(id)
    return application && {
      title: templateName(application),
      about: application.number,
      facts: [
        [t("applicant|申请人"), nameOf(corp, application.userid)],
        [t("state|审批状态"), valueName(t, ApprovalStatus, application.status)],
        [t("sent|提交时间"), when(application.at)],
        ...(application.contents ?? []).map((control): Fact => [
          titleOf(control),
          valueText("value" in control ? control.value : undefined)
        ]),
        ...application.comments.map((comment): Fact => [
          `${t("comment|备注")} · ${nameOf(corp, comment.commentUserInfo?.userid ?? "")}`,
          comment.commentcontent ?? ""
        ])
      ],
      people: application.steps.flatMap(({ users }) =>
        users.map(({ speech, status, userid }) => ({
          id: userid,
          name: nameOf(corp, userid),
          state: [valueName(t, StepStatus, status), speech].filter((text) => text !== "").join(" · ")
        }))
      ),
      known: {
        sp_no: id,
        userid: application.steps.flatMap(({ users }) => users).find(({ status }) => status === StepStatus.Pending)
          ?.userid ?? application.userid
      }
    }
  },
  meetings: ({ corp, t }, id) => {
    const [kind, name = ""] = id.split(/:(.*)/s)
    if (kind === "schedule") {
      const schedule = schedules.all(corp).find(({ id }) => id === name)?.value
      return schedule && {
        title: schedule.summary ?? name,
        about: name,
        facts: [
          [t("begins|开始"), when(schedule.start_time)],
          [t("ends|结束"), when(schedule.end_time)],
          [t("place|地点"), schedule.location ?? ""],
          [t("description|描述"), schedule.description ?? ""]
        ],
        people: schedule.attendees.map(({ response_status, userid }) => ({
          id: userid,
          name: nameOf(corp, userid),
          state: valueName(t, ScheduleResponse, response_status ?? 0)
        })),
        known: { schedule_id: name, userid: schedule.attendees[0]?.userid ?? "" }
      }
    }
    const held = meetings.all(corp).find(({ id }) => id === name)?.value
    return held && {
      title: text(held.details.title) || name,
      about: name,
      facts: [
        [t("code|会议号"), held.code],
        [t("state|状态"), valueName(t, MeetingStatus, held.status)],
        [t("recordings|录制"), `${held.recordings.length}`]
      ],
      people: [
        ...held.presences.map(({ sharing, to, userid }) => ({
          id: userid,
          name: nameOf(corp, userid),
          state: t(
            to !== undefined ? "left|已离会" : sharing ? "present, sharing|会议中 · 共享屏幕" : "present|会议中"
          )
        })),
        ...held.waiting.map(({ userid }) => ({
          id: userid,
          name: nameOf(corp, userid),
          state: t("waiting room|等候室")
        })),
        ...[...held.enrolled.values()].map(({ id, name, userid = id }) => ({
          id: userid,
          name,
          state: t("enrolled|已报名")
        }))
      ],
      known: { meetingid: name }
    }
  },
  documents: ({ corp, t }, id) => {
    const [kind, name = ""] = id.split(/:(.*)/s)
    if (kind === "form") {
      const form = formsOf(corp).get(name)
      return form && { title: form.title, about: name, tables: [formTable(form, t)], known: { formid: name } }
    }
    const document = documentsIn(corp).find(({ id }) => id === name)
    return document && {
      title: document.name,
      about: name,
      tables: tablesOf(document),
      known: { docid: name, sheet_id: document.sheets[0]?.id ?? "" }
    }
  },
  suites: ({ corp, world }, id) => {
    const suite = world.suites.get(id)
    return suite && {
      title: id,
      about: suite.callback?.url ?? "",
      people: [...suite.installations.values()].map(({ app, corp, mode }) => ({
        id: corp.id,
        name: corp.name,
        state: `agentid ${app.agentId ?? ""} · ${mode}`
      })),
      known: { suiteId: id, corpId: corp.id }
    }
  }
}

const titleOf = (control: object): string => {
  const titles: unknown = "title" in control ? control.title : undefined
  const first: unknown = Array.isArray(titles) ? titles[0] : undefined
  return Predicate.isObject(first) && typeof first["text"] === "string"
    ? first["text"]
    : "id" in control
    ? String(control.id)
    : ""
}
