/** What the page shows of a simulator: conversations of every kind, and the journal. */
import * as DateTime from "effect/DateTime"
import * as Predicate from "effect/Predicate"
import * as ErrorCode from "../../ErrorCode.ts"
import * as Json from "../../internal/kernel/json.ts"
import { ApprovalStatus, StepStatus } from "../../oa/approvals/ApprovalStatus.ts"
import { ScheduleResponse } from "../../oa/calendars/ScheduleAttendee.ts"
import { MeetingStatus } from "../../oa/meetings/Meetings.ts"
import { type Application, approvalsOf } from "../areas/approvals/Approvals.ts"
import { menuOf } from "../areas/apps/routes/apps.ts"
import { schedules } from "../areas/calendars/Calendars.ts"
import { type Account, customerServiceOf, type Session } from "../areas/customer-service/CustomerService.ts"
import { customersOf } from "../areas/customers/Customers.ts"
import { type Said, saidTo } from "../areas/customers/Outreach.ts"
import { meetings } from "../areas/meetings/Meetings.ts"
import { chatsOf } from "../areas/messages/routes/messages.ts"
import { isConnected } from "../areas/robot/BotSocket.ts"
import { read } from "../areas/smart-sheets/cells.ts"
import { type Document, documentsIn } from "../areas/smart-sheets/Documents.ts"
import { formsOf, type FormState } from "../areas/smart-sheets/Forms.ts"
import * as Conversation from "../engine/Conversation.ts"
import type { Entry } from "../engine/Journal.ts"
import { type App, type Corp, findMember, type Member, type World } from "../engine/World.ts"
import type { AppView, BotView, EntryView, Fact, Item, Kind, Link, MenuButton, Shown, Turn } from "./View.ts"

/** Whose page it is, and in which language. */
export interface Look {
  readonly world: World
  readonly corp: Corp
  /** One of two texts, which stand with `|` between them: English, and Chinese. */
  readonly t: (both: string) => string
}

/** How many lines of a list, and of a conversation, are shown at once. */
export const shownAtOnce = 200

// ---------------------------------------------------------------------------------------------------------------------
// Lists
// ---------------------------------------------------------------------------------------------------------------------

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

const departmentsOf = (corp: Corp, ids: ReadonlyArray<number>): ReadonlyArray<string> =>
  ids.map((id) => corp.departments.get(id)?.name ?? `${id}`)

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

const robotsOf = (world: World, corp: Corp) =>
  [...world.robots.values()].flatMap((robot, index) => robot.corp === corp ? [{ index, robot }] : [])

const sessionId = ({ id }: Account, customer: string): string => `${id}|${customer}`

const nameOf = (corp: Corp, userid: string): string => findMember(corp, userid)?.user.name ?? userid

const customerName = (corp: Corp, id: string): string =>
  customerServiceOf(corp).names.get(id) ?? customersOf(corp).customers.get(id)?.contact.name ?? id

const templateName = ({ template }: Application): string => template.names[0]?.text ?? template.id

const text = (value: unknown): string => typeof value === "string" ? value : ""

const when = (time: DateTime.Utc | number | undefined): string =>
  time === undefined
    ? ""
    : new Date((typeof time === "number" ? time : DateTime.toEpochMillis(time)) + china).toISOString().slice(0, 16)
      .replace("T", " ")

const china = 8 * 3600_000

// ---------------------------------------------------------------------------------------------------------------------
// One of them
// ---------------------------------------------------------------------------------------------------------------------

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

const sessionStates: { readonly [state: number]: string } = {
  0: "untreated|未处理",
  1: "with the assistant|由智能助手接待",
  2: "in the pool|待接入池排队中",
  3: "with a servicer|由人工接待",
  4: "ended|已结束/未开始"
}

/** What a value of a closed set is called. */
const valueName = (
  t: Look["t"],
  set: { readonly label: (value: number) => string | undefined },
  value: number
): string => {
  const name = Object.entries<unknown>(set).find(([, one]) => one === value)?.[0]
  return name === undefined
    ? `${value}`
    : t(`${name.replaceAll(/(?<!^)[A-Z]/g, " $&").toLowerCase()}|${set.label(value) ?? name}`)
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

/** The texts and numbers of a value, one after the other. */
const valueText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : DateTime.isDateTime(value)
    ? when(value as DateTime.Utc) // all times here are in UTC
    : Predicate.isObjectOrArray(value)
    ? Object.values(value).map(valueText).filter((text) => text !== "").join(" ")
    : ""

// ---------------------------------------------------------------------------------------------------------------------
// Turns
// ---------------------------------------------------------------------------------------------------------------------

const appName = (
  corp: Corp,
  { agentId, botId }: { readonly agentId?: number | undefined; readonly botId?: string | undefined }
) =>
  botId === undefined
    ? corp.apps.find((app) => app.agentId === agentId)?.name ?? `${agentId ?? ""}`
    : corp.smartRobots.get(botId)?.name ?? botId

const sentTurn = (corp: Corp, message: Conversation.Sent, dropped = false): Turn => ({
  ...message,
  content: withFiles(corp, message.content),
  key: `${message.msgid} ${message.msgtype}`,
  side: "app",
  by: appName(corp, message),
  recalled: message.recalled || undefined,
  dropped: dropped || undefined
})

const doneTurn = (corp: Corp, userid: string, done: Conversation.Done, index: number): Turn => ({
  key: `done ${userid} ${done.at} ${index}`,
  side: "member",
  by: nameOf(corp, userid),
  at: done.at,
  msgtype: done.key,
  content: withFiles(corp, done.content),
  agentId: done.agentId,
  botId: done.botId,
  outcome: done.outcome,
  called: true,
  entry: done.entry
})

/** What apps and a member said to each other, the oldest first. */
const turnsOfMember = (corp: Corp, { user: { userid } }: Member): ReadonlyArray<Turn> => {
  const all = Conversation.done(corp, userid)
  const first = Math.max(0, all.length - shownAtOnce)
  return [
    ...Conversation.inbox(corp, userid).slice(-shownAtOnce).map((message) => sentTurn(corp, message)),
    ...Conversation.dropped(corp, userid).map((message) => sentTurn(corp, message, true)),
    ...all.slice(first).map((done, index) => doneTurn(corp, userid, done, first + index))
  ].toSorted((a, b) => a.at - b.at)
}

/** What a smart robot and members said to each other. */
const turnsOfBot = (corp: Corp, botId: string): ReadonlyArray<Turn> => {
  const { done, inboxes } = Conversation.conversation(corp)
  return [...new Set([...done.keys(), ...inboxes.keys()])].flatMap((userid) => [
    ...Conversation.inbox(corp, userid).filter((message) => message.botId === botId).map((message) => ({
      ...sentTurn(corp, message),
      key: `${message.msgid} ${message.msgtype} ${userid}`
    })),
    ...Conversation.done(corp, userid).flatMap((act, index) =>
      act.botId === botId ? [doneTurn(corp, userid, act, index)] : []
    )
  ]).toSorted((a, b) => a.at - b.at).slice(-shownAtOnce)
}

/** What was said to a customer or in a customer group. */
const saidTurns = (corp: Corp, said: ReadonlyArray<Said>): ReadonlyArray<Turn> =>
  said.slice(-shownAtOnce).flatMap(({ at, attachments, by, msgid, text }, index) =>
    [
      ...(text === undefined || text === "" ? [] : [{ msgtype: "text", content: { content: text } }]),
      ...attachments.map((attachment) => ({
        msgtype: attachment.msgtype,
        content: contentOf(attachment, attachment.msgtype)
      }))
    ].map(({ content, msgtype }, part): Turn => ({
      key: `said ${at} ${index} ${part}`,
      side: "app",
      by: nameOf(corp, by),
      at,
      msgid,
      msgtype,
      content: withFiles(corp, content)
    }))
  )

/** What an account and a customer said to each other. */
const turnsOfSession = (corp: Corp, account: Account, session: Session): ReadonlyArray<Turn> => {
  // What a servicer wrote stands in both.
  const received = new Set(session.inbox.map(({ msgid }) => msgid))
  return [
    ...account.log.flatMap(({ at, message }): ReadonlyArray<Turn> => {
      const of = message.msgtype === "event" ? message.event : message
      if (!("external_userid" in of) || of.external_userid !== session.customer) return []
      if ("msgid" in message && received.has(text(message.msgid))) return []
      const origin = "origin" in message ? message.origin : 3
      return [{
        key: `log ${text("msgid" in message ? message.msgid : "")}`,
        side: origin === 3 ? "member" : "app",
        by: origin === 3 ? customerName(corp, session.customer) : account.name,
        at,
        msgid: text("msgid" in message ? message.msgid : ""),
        msgtype: message.msgtype === "event" ? "kf-event" : message.msgtype,
        content: message.msgtype === "event"
          ? { ...message.event }
          : withFiles(corp, contentOf(message, message.msgtype))
      }]
    }),
    ...session.inbox.map(({ at, message, msgid, servicer }): Turn => ({
      key: `inbox ${msgid}`,
      side: "app",
      by: servicer === undefined ? account.name : nameOf(corp, servicer),
      at,
      msgid,
      msgtype: message.msgtype,
      content: withFiles(corp, contentOf(message, message.msgtype))
    }))
  ].toSorted((a, b) => a.at - b.at).slice(-shownAtOnce)
}

/** What a message has under the name of its type. */
const contentOf = (message: object, msgtype: string): Conversation.Content => {
  const content: unknown = Object.entries(message).find(([name]) => name === msgtype)?.[1]
  return Predicate.isObject(content) ? content : {}
}

/** A content with the name, the size and the type of its file. */
const withFiles = (owner: Pick<Corp, "media">, content: Conversation.Content): Conversation.Content => {
  const id = content["media_id"] ?? content["MediaId"]
  const file = typeof id === "string" ? owner.media.get(id)?.file : undefined
  return file === undefined
    ? content
    : { ...content, file: { name: file.filename, size: file.bytes.length, type: typeOf(file) } }
}

/** The type of a file, by its name where nothing better was said. */
export const typeOf = (
  { contentType, filename }: { readonly contentType: string; readonly filename: string }
): string =>
  contentType === "application/octet-stream" || contentType === ""
    ? typesByName[filename.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream"
    : contentType

const typesByName: { readonly [extension: string]: string } = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  ogg: "audio/ogg",
  m4a: "audio/mp4",
  mp4: "video/mp4",
  webm: "video/webm"
}

// ---------------------------------------------------------------------------------------------------------------------
// Tables
// ---------------------------------------------------------------------------------------------------------------------

const tablesOf = ({ grids, sheets }: Document): Shown["tables"] => [
  ...sheets.map((sheet) => {
    const fields = [...sheet.fields.values()]
    return {
      id: sheet.id,
      title: sheet.title,
      fields: fields.map(({ field_title, field_type }) => ({ title: field_title ?? "", type: field_type })),
      rows: [...sheet.rows.values()].slice(0, shownAtOnce).map((row) => ({
        id: row.id,
        cells: fields.map((field) => cellText(read(row, field), field.field_type))
      })),
      total: sheet.rows.size
    }
  }),
  ...grids.map(({ columns, id, rows, title }) => {
    const last = rows.findLastIndex((row) => row.some((cell) => cell !== undefined))
    const width = Math.min(columns.count, 26, Math.max(1, ...rows.map((row) => row.length)))
    return {
      id,
      title,
      fields: Array.from({ length: width }, (_, index) => ({ title: String.fromCharCode(65 + index), type: "" })),
      rows: rows.slice(0, Math.min(last + 1, shownAtOnce)).map((row, index) => ({
        id: `${index + 1}`,
        cells: Array.from({ length: width }, (_, column) => valueText(row[column]?.cell_value))
      })),
      total: last + 1
    }
  })
]

const cellText = (cell: unknown, type: string): string =>
  cell === undefined || cell === null
    ? ""
    : type.endsWith("_TIME") && /^\d+$/.test(String(cell))
    ? when(Number(cell))
    : Array.isArray(cell)
    ? cell.map((item: unknown) => Predicate.isObject(item) ? itemText(item) : String(item)).join(", ")
    : String(cell)

const itemText = (item: { readonly [name: string]: unknown }): string =>
  text(item["text"]) || text(item["title"]) || text(item["name"]) || text(item["user_id"]) || text(item["link"]) ||
  valueText(item)

const formTable = ({ answers, id, questions, title }: FormState, t: Look["t"]) => ({
  id,
  title,
  fields: [{ title: t("who|填写人"), type: "" }, ...questions.map(({ title }) => ({ title, type: "" }))],
  rows: answers.slice(-shownAtOnce).map(({ answer_id, reply, user_name }) => ({
    id: answer_id,
    cells: [
      user_name ?? "",
      ...questions.map(({ question_id }) => {
        const found = reply?.items.find((item) => item.question_id === question_id)
        return found?.text_reply ?? found?.option_reply.join(", ") ?? ""
      })
    ]
  })),
  total: answers.length
})

// ---------------------------------------------------------------------------------------------------------------------
// Apps
// ---------------------------------------------------------------------------------------------------------------------

/** The apps of a corp. */
export const apps = ({ corp, world }: Look, now: number): ReadonlyArray<AppView> =>
  corp.apps.map((app) => ({
    agentId: app.agentId,
    name: app.name,
    callback: app.callback?.url,
    tokenEndsAt: tokenEnd(world, app, now),
    // Buttons are plain data.
    menu: (menuOf(corp, app) ?? []) as ReadonlyArray<MenuButton>
  }))

/** The smart robots of a corp. */
export const bots = ({ corp, world }: Look): ReadonlyArray<BotView> =>
  [...corp.smartRobots.values()].map(({ callback, id, name }) => ({
    id,
    name,
    callback: callback?.url,
    connected: isConnected(world, id)
  }))

const tokenEnd = (world: World, app: App, now: number): number | undefined => {
  const token = world.newest.get(app)
  return token !== undefined && token.endsAt > now ? token.endsAt : undefined
}

// ---------------------------------------------------------------------------------------------------------------------
// The journal
// ---------------------------------------------------------------------------------------------------------------------

/** A line of the journal. */
export const entryView = ({ answer: _, body, corpId: _corp, headers: _headers, ...rest }: Entry): EntryView => ({
  ...rest,
  about: aboutOf(rest.query, body),
  label: rest.errcode === undefined || rest.errcode === 0 ? undefined : ErrorCode.label(rest.errcode)
})

/** The fields of a body in JSON, or of the elements of one in XML, and of the query. */
const fieldsOf = (query: Entry["query"], body: string): { readonly [name: string]: unknown } => {
  try {
    const parsed = body.startsWith("{") ? Json.parse(body) : undefined
    if (Predicate.isObject(parsed)) return { ...query, ...parsed }
  } catch {
    // A body that is no JSON, or was cut, is about nothing that can be told.
  }
  return body.startsWith("<xml>")
    ? {
      ...query,
      ...Object.fromEntries(
        [...body.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/gs)].map(([, name = "", data, plain]) => [
          elements[name] ?? name,
          data ?? plain
        ])
      )
    }
    : query
}

/** The elements of callbacks that are named otherwise than the fields of calls. */
const elements: { readonly [name: string]: string } = {
  FromUserName: "userid",
  UserID: "userid",
  ExternalUserID: "external_userid",
  ChatId: "chat_id",
  OpenKfId: "open_kfid",
  SpNo: "sp_no",
  MeetingId: "meetingid",
  ScheduleId: "schedule_id",
  DocId: "docid",
  SuiteId: "suite_id",
  MsgType: "msgtype"
}

/** What a call was about, in a few words: `text zhangsan`. */
const aboutOf = (query: Entry["query"], body: string): string | undefined => {
  const fields = fieldsOf(query, body)
  const words = telling.flatMap((name) => {
    const value = fields[name]
    return typeof value === "string" || typeof value === "number"
      ? [`${value}`]
      : Array.isArray(value)
      ? [value.filter((item) => typeof item === "string" || typeof item === "number").join(" ")]
      : []
  }).filter((word) => word !== "")
  return words.length === 0 ? undefined : words.join(" ").slice(0, 80)
}

/** The fields that tell what a call is about. */
const telling = [
  "msgtype",
  "touser",
  "creator_userid",
  "toparty",
  "chatid",
  "userid",
  "external_userid",
  "open_kfid",
  "chat_id",
  "sp_no",
  "meetingid",
  "docid",
  "template_id",
  "media_id",
  "name"
]

/** The conversations that an entry has to do with. */
export const linksOf = (look: Look, entry: Entry): ReadonlyArray<Link> => {
  const { corp, world } = look
  const fields = fieldsOf(entry.query, entry.body)
  const field = (name: string): string => text(fields[name])
  const answer = fieldsOf({}, entry.answer)
  const msgid = text(answer["msgid"])
  const sent = Conversation.findSent(corp, msgid)
  const link = (kind: Kind, id: string, turn?: string): ReadonlyArray<Link> => {
    const found = id === "" ? undefined : show(look, kind, id)
    return found === undefined ? [] : [{ corp: corp.id, kind, id: found.id, title: found.title, turn }]
  }
  const chat = field("chatid")
  const receivers = (sent === undefined ? [] : Conversation.recipients(corp, sent.msgid)).slice(0, maxLinks)
  const account = field("open_kfid")
  const userid = useridOf(corp, field("userid"))
  const done = entry.kind === "callback"
    ? Conversation.done(corp, userid).map((act, index) => doneTurn(corp, userid, act, index))
      .find((turn) => turn.entry === entry.id)
    : undefined
  const robot = entry.path.endsWith("/webhook/send")
    ? robotsOf(world, corp).find(({ robot }) => robot.said.some(({ at }) => at >= entry.at && at <= entry.at + 50))
    : undefined
  return [
    ...(sent?.chatid === undefined ? [] : link("groups", `chat:${sent.chatid}`, `${sent.msgid} ${sent.msgtype}`)),
    ...(sent === undefined || sent.chatid !== undefined
      ? []
      : receivers.flatMap((userid) => link("members", useridOf(corp, userid), `${sent.msgid} ${sent.msgtype}`))),
    ...(chat === "" || sent !== undefined ? [] : link("groups", `chat:${chat}`)),
    ...(entry.kind === "callback"
      ? link(
        "members",
        userid,
        done === undefined ? undefined : done.key
      )
      : sent === undefined
      ? link("members", userid)
      : []),
    ...link(
      "kf",
      account === "" ? "" : field("touser") === "" && field("external_userid") === ""
        ? account
        : `${account}|${field("touser") || field("external_userid")}`,
      msgid === "" ? undefined : `inbox ${msgid}`
    ),
    ...link("customers", field("external_userid")),
    ...(field("chat_id") === "" ? [] : link("groups", `group:${field("chat_id")}`)),
    ...link("approvals", field("sp_no") || text(answer["sp_no"])),
    ...(field("meetingid") || text(answer["meetingid"])
      ? link("meetings", `meeting:${field("meetingid") || text(answer["meetingid"])}`)
      : []),
    ...(field("schedule_id") || text(answer["schedule_id"])
      ? link("meetings", `schedule:${field("schedule_id") || text(answer["schedule_id"])}`)
      : []),
    ...(field("docid") || text(answer["docid"])
      ? link("documents", `doc:${field("docid") || text(answer["docid"])}`)
      : []),
    ...link("suites", field("suite_id")),
    ...(robot === undefined ? [] : link("robots", `robot:${robot.index}`))
  ].slice(0, maxLinks)
}

const maxLinks = 8

const useridOf = (corp: Corp, userid: string): string => findMember(corp, userid)?.user.userid ?? ""
