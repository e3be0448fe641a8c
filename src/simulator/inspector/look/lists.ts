/** The conversations of each kind. */
import { ApprovalStatus } from "../../../oa/approvals/ApprovalStatus.ts"
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
import type { Item, Kind } from "../View.ts"
import {
  customerName,
  departmentsOf,
  type Look,
  nameOf,
  robotsOf,
  sessionId,
  shownAtOnce,
  templateName,
  text,
  valueName,
  when
} from "./names.ts"
import { turnsOfBot } from "./turns.ts"

/** How many conversations of each kind a corp has. */
export const counts = ({ corp, world }: Look): { readonly [K in Kind]: number } => ({
  members: corp.members.size,
  groups: chatsOf(corp).length + customersOf(corp).groups.size,
  customers: customersOf(corp).customers.size,
  kf: [...customerServiceOf(corp).accounts.values()].reduce((sum, { sessions }) => sum + 1 + sessions.size, 0),
  robots: robotsOf(world, corp).length + corp.smartRobots.size,
  approvals: approvalsOf(corp).applications.size,
  meetings: meetings.all(corp).length + schedules.all(corp).length,
  documents: documentsIn(corp).length + formsOf(corp).size,
  suites: world.suites.size
})

/** The conversations of a kind that have some words, and how many they are. */
export const list = (
  look: Look,
  kind: Kind,
  words: string
): { readonly items: ReadonlyArray<Item>; readonly found: number } => {
  const { corp } = look
  const wanted = words.toLowerCase()
  const fits = (...texts: ReadonlyArray<string>) =>
    wanted === "" || texts.some((text) => text.toLowerCase().includes(wanted))
  if (kind === "members") {
    // There may be very many: only those that are shown are described.
    const found = wanted === "" ?
      undefined :
      [...corp.members.values()].filter(({ user }) =>
        fits(user.userid, user.name ?? "", ...departmentsOf(corp, user.department))
      )
    return {
      items: (found?.slice(0, shownAtOnce) ?? corp.members.values().take(shownAtOnce).toArray()).map(({ user }) => ({
        id: user.userid,
        title: user.name ?? user.userid,
        about: [user.userid, ...departmentsOf(corp, user.department)].join(" · "),
        count: Conversation.received(corp, user.userid)
      })),
      found: found?.length ?? corp.members.size
    }
  }
  const found = lists[kind](look).filter(({ about, id, title }) => fits(id, title, about))
  return { items: found.slice(0, shownAtOnce), found: found.length }
}

type List = (look: Look) => ReadonlyArray<Item>

const lists: { readonly [K in Exclude<Kind, "members">]: List } = {
  groups: (look) => groupsOf(look),
  customers: ({ corp }) =>
    [...customersOf(corp).customers.values()].map(({ contact, follows }) => ({
      id: contact.external_userid,
      title: contact.name ?? contact.external_userid,
      about: [contact.external_userid, ...[...follows.values()].map(({ userid }) => nameOf(corp, userid))].join(" · "),
      count: saidTo(corp, contact.external_userid).length
    })),
  kf: ({ corp }) =>
    [...customerServiceOf(corp).accounts.values()].flatMap((account) => [
      { id: account.id, title: account.name, about: account.id, count: account.log.length },
      ...[...account.sessions.values()].map(({ customer, inbox }) => ({
        id: sessionId(account, customer),
        title: customerName(corp, customer),
        about: `${account.name} · ${customer}`,
        count: inbox.length
      }))
    ]),
  robots: ({ corp, t, world }) => [
    ...robotsOf(world, corp).map(({ index, robot }) => ({
      id: `robot:${index}`,
      title: robot.name,
      about: t("group robot|群机器人"),
      count: robot.said.length
    })),
    ...[...corp.smartRobots.values()].map(({ id, name }) => ({
      id: `bot:${id}`,
      title: name,
      about: `${t("smart robot|智能机器人")} · ${id}`,
      count: turnsOfBot(corp, id).length
    }))
  ],
  approvals: ({ corp, t }) =>
    [...approvalsOf(corp).applications.values()].toReversed().map((application) => ({
      id: application.number,
      title: `${templateName(application)} · ${nameOf(corp, application.userid)}`,
      about: `${valueName(t, ApprovalStatus, application.status)} · ${application.number}`,
      count: application.comments.length
    })),
  meetings: ({ corp, t }) => [
    ...meetings.all(corp).toReversed().map(({ id, value }) => ({
      id: `meeting:${id}`,
      title: text(value.details.title) || id,
      about: `${t("meeting|会议")} · ${valueName(t, MeetingStatus, value.status)}`,
      count: value.presences.filter(({ to }) => to === undefined).length
    })),
    ...schedules.all(corp).toReversed().map(({ id, value }) => ({
      id: `schedule:${id}`,
      title: value.summary ?? id,
      about: `${t("schedule|日程")} · ${when(value.start_time)}`,
      count: value.attendees.length
    }))
  ],
  documents: ({ corp, t }) => [
    ...documentsIn(corp).map(({ grids, id, name, sheets }) => ({
      id: `doc:${id}`,
      title: name,
      about: t(
        sheets.length > 0 ? "smart sheet|智能表格" : grids.length > 0 ? "spreadsheet|表格" : "document|文档"
      ),
      count: sheets.reduce((sum, { rows }) => sum + rows.size, 0)
    })),
    ...[...formsOf(corp).values()].map(({ answers, id, title }) => ({
      id: `form:${id}`,
      title,
      about: t("form|收集表"),
      count: answers.length
    }))
  ],
  suites: ({ world }) =>
    [...world.suites.values()].map(({ id, installations }) => ({
      id,
      title: id,
      about: [...installations.values()].map(({ corp }) => corp.name).join(" · "),
      count: installations.size
    }))
}

const groupsOf: List = ({ corp, t }) => {
  const sent = Map.groupBy(Conversation.sentToChats(corp), ({ chatid = "" }) => chatid)
  const chats = chatsOf(corp)
  const made = new Set(chats.map(({ chatid }) => chatid))
  return [
    ...chats.map(({ chatid, name, userlist }) => ({
      id: `chat:${chatid}`,
      title: name === undefined || name === "" ? chatid : name,
      about: `${t("group chat|群聊")} · ${userlist.map((userid) => nameOf(corp, userid)).join(" ")}`,
      count: sent.get(chatid)?.length ?? 0
    })),
    // Those that only a smart robot speaks in.
    ...[...sent].filter(([chatid]) => !made.has(chatid)).map(([chatid, messages]) => ({
      id: `chat:${chatid}`,
      title: chatid,
      about: t("group chat|群聊"),
      count: messages.length
    })),
    ...[...customersOf(corp).groups.values()].map(({ id, members, name, owner }) => ({
      id: `group:${id}`,
      title: name === "" ? id : name,
      about: `${t("customer group|客户群")} · ${nameOf(corp, owner)} · ${members.length}`,
      count: saidTo(corp, id).length
    }))
  ]
}
