/** 微信客服. */
import type * as DateTime from "effect/DateTime"
import * as Predicate from "effect/Predicate"
import { KfAccount, KfAccounts } from "../../../customer-service/KfAccounts.ts"
import { KfCustomer, KfCustomers, KfUpgradeConfig } from "../../../customer-service/KfCustomers.ts"
import {
  KfKnowledge,
  type KnowledgeAttachment,
  KnowledgeGroup,
  KnowledgeIntent,
  type ListedKnowledgeAttachment
} from "../../../customer-service/KfKnowledge.ts"
import { KfMessagePage, KfMessages } from "../../../customer-service/KfMessages.ts"
import type { KfReceived } from "../../../customer-service/KfReceived.ts"
import { KfServicer, KfServicerResult, KfServicers } from "../../../customer-service/KfServicers.ts"
import { KfSession, KfSessions, KfSessionState } from "../../../customer-service/KfSessions.ts"
import { KfStatistics } from "../../../customer-service/KfStatistics.ts"
import { pageOf } from "../../engine/Pages.ts"
import { also, existing, refuse, route } from "../../engine/Route.ts"
import { maySeeDepartment, maySeeMember } from "../../engine/Sight.ts"
import { day, daysOf, timeOf } from "../../engine/Times.ts"
import { type Corp, findMember, isUnder } from "../../engine/World.ts"
import { checkMedia } from "../customers/Outreach.ts"
import {
  type Account,
  accountOf,
  addAccount,
  customerServiceOf,
  end,
  giveCode,
  greetingTime,
  logEvent,
  managedAccount,
  readTime,
  receive,
  sessionOf,
  sessionTime
} from "./CustomerService.ts"

// ---------------------------------------------------------------------------------------------------------------------
// Accounts and servicers
// ---------------------------------------------------------------------------------------------------------------------

const maxAccounts = 5000

const accounts = [
  route(KfAccounts.endpoints.create, ({ app, corp, input, now, world }) => {
    if (customerServiceOf(corp).accounts.size >= maxAccounts) refuse(95005)
    checkMedia(corp, input.media_id, now)
    return addAccount(world, corp, { name: input.name, managers: new Set([app]) }).id
  }, { name: 95006 }),
  route(KfAccounts.endpoints.delete, ({ app, corp, input }) => {
    managedAccount(corp, app, input.open_kfid)
    customerServiceOf(corp).accounts.delete(input.open_kfid)
  }),
  route(KfAccounts.endpoints.update, ({ app, corp, input, now }) => {
    const account = managedAccount(corp, app, input.open_kfid)
    checkMedia(corp, input.media_id, now)
    account.name = input.name ?? account.name
  }, { name: 95006 }),
  // Its document said GET before it said POST, and clients of then are in use.
  also(
    route(KfAccounts.endpoints.list, ({ app, corp, input }) => {
      const { limit = 100, offset = 0 } = input
      return [...customerServiceOf(corp).accounts.values()].slice(offset, offset + limit).map(
        ({ avatar, id, managers, name }) =>
          new KfAccount({ open_kfid: id, name, avatar, manage_privilege: managers?.has(app) ?? true })
      )
    }),
    { get: true }
  ),
  route(KfAccounts.endpoints.getUrl, ({ corp, input }) => {
    const { id } = accountOf(corp, input.open_kfid)
    return `https://work.weixin.qq.com/kf/${id}${input.scene === undefined ? "" : `?enc_scene=ENC-${input.scene}`}`
  }),
  route(KfAccounts.endpoints.isChannelsBound, () => false)
]

const maxServicers = 2000

const maxDepartments = 20

const succeeded = (of: { readonly userid: string } | { readonly department_id: number }, changed: boolean) =>
  new KfServicerResult({ ...of, errcode: 0, errmsg: changed ? "success" : "ignored" })

const servicers = [
  route(KfServicers.endpoints.add, ({ app, corp, input }) => {
    const account = managedAccount(corp, app, input.open_kfid)
    const { department_id_list = [], userid_list = [] } = input
    if (
      account.servicers.size + userid_list.length > maxServicers ||
      account.departments.size + department_id_list.length > maxDepartments
    ) refuse(95020)
    return [
      ...userid_list.map((userid) => {
        const member = findMember(corp, userid)
        if (member === undefined) return new KfServicerResult({ userid, errcode: 60111, errmsg: "invalid userid" })
        if (!maySeeMember(corp, app, member)) {
          return new KfServicerResult({ userid, errcode: 60030, errmsg: "no privilege to the user" })
        }
        const key = userid.toLowerCase()
        const isNew = !account.servicers.has(key)
        if (isNew) account.servicers.set(key, { userid: member.user.userid, isServing: true })
        return succeeded({ userid }, isNew)
      }),
      ...department_id_list.map((department_id) => {
        if (!corp.departments.has(department_id)) {
          return new KfServicerResult({ department_id, errcode: 60003, errmsg: "department not found" })
        }
        if (!maySeeDepartment(corp, app, department_id)) {
          return new KfServicerResult({ department_id, errcode: 60030, errmsg: "no privilege to the department" })
        }
        const isNew = !account.departments.has(department_id)
        account.departments.add(department_id)
        return succeeded({ department_id }, isNew)
      })
    ]
  }),
  route(KfServicers.endpoints.remove, ({ app, corp, input }) => {
    const account = managedAccount(corp, app, input.open_kfid)
    return [
      ...(input.userid_list ?? []).map((userid) =>
        succeeded({ userid }, account.servicers.delete(userid.toLowerCase()))
      ),
      ...(input.department_id_list ?? []).map((department_id) =>
        succeeded({ department_id }, account.departments.delete(department_id))
      )
    ]
  }),
  route(KfServicers.endpoints.list, ({ app, corp, input }) => {
    const account = accountOf(corp, input.open_kfid)
    const isManaged = account.managers?.has(app) ?? true
    return [
      ...[...account.servicers.values()].map(({ isServing, userid }) =>
        new KfServicer({
          userid,
          ...(isManaged ? { status: isServing ? 0 : 1 } : {}),
          ...(isManaged && !isServing ? { stop_type: 0 } : {})
        })
      ),
      ...[...account.departments].map((department_id) => new KfServicer({ department_id }))
    ]
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Sessions
// ---------------------------------------------------------------------------------------------------------------------

const { Assistant, Ended, Queued, Servicer, Untreated } = KfSessionState

/** Which states follow on which. */
const following: { readonly [state: number]: ReadonlyArray<number> } = {
  [Untreated]: [Assistant, Queued, Servicer],
  [Assistant]: [Queued, Servicer],
  [Queued]: [Servicer],
  [Servicer]: [Servicer, Ended]
}

/** Checks that a member answers for an account, and takes sessions now. */
const checkServicer = (corp: Corp, account: Account, userid: string): void => {
  const servicer = account.servicers.get(userid.toLowerCase())
  const departments = [...account.departments]
  const member = findMember(corp, userid)
  if (servicer === undefined) {
    if (member?.user.department.some((id) => isUnder(corp, id, departments)) !== true) refuse(95014)
  } else if (!servicer.isServing) refuse(95019)
}

const sessions = [
  route(KfSessions.endpoints.get, ({ app, corp, input, now }) => {
    const { servicer, state } = sessionOf(managedAccount(corp, app, input.open_kfid), input.external_userid, now)
    return new KfSession({
      service_state: state,
      ...(state === Servicer && servicer !== undefined ? { servicer_userid: servicer } : {})
    })
  }),
  route(KfSessions.endpoints.changeState, ({ app, corp, input, now, world }) => {
    const { external_userid: customer, open_kfid, service_state } = input
    const account = managedAccount(corp, app, open_kfid)
    const session = sessionOf(account, customer, now)
    if (session.state === Ended) return refuse(95013)
    if (following[session.state]?.includes(service_state) !== true) refuse(95016)
    if (input.service_state === Servicer) checkServicer(corp, account, input.servicer_userid)
    const isFirst = session.servicer === undefined
    if (service_state === Ended) end(session)
    else {
      session.state = service_state
      session.servicer = input.service_state === Servicer ? input.servicer_userid : undefined
    }
    if (service_state === Assistant || service_state === Servicer && !isFirst) return undefined
    return giveCode(world, corp, {
      account: open_kfid,
      customer,
      state: service_state,
      takesMenu: service_state === Ended,
      endsAt: now + (service_state === Ended ? greetingTime : sessionTime)
    })
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Messages
// ---------------------------------------------------------------------------------------------------------------------

const maxAnswers = 5

/** The files of a message. */
const mediaOf = (message: object): ReadonlyArray<string> =>
  Object.values(message).flatMap((part) =>
    Predicate.isObject(part)
      ? ["media_id", "thumb_media_id"].flatMap((key) =>
        Predicate.hasProperty(part, key) && typeof part[key] === "string" ? [part[key]] : []
      )
      : []
  )

/** The id of a message: the one that was asked for, or a new one. */
const messageId = (account: Account, asked: string | undefined, made: string): string => {
  const msgid = asked === undefined || asked === "" ? made : asked
  if (account.msgids.has(msgid)) refuse(95033)
  account.msgids.add(msgid)
  return msgid
}

const messages = [
  route(KfMessages.endpoints.sync, ({ app, corp, input, now }) => {
    const { cursor, limit = 1000, token } = input
    const account = managedAccount(corp, app, input.open_kfid)
    if (token !== undefined && !(now <= (account.tokens.get(token) ?? -1))) refuse(95007)
    const asked = cursor === undefined || cursor === "" ? 0 : Number(/^kf-(\d+)$/.exec(cursor)?.[1] ?? refuse(50100))
    const kept = account.log.findIndex(({ at }) => at > now - readTime)
    const start = Math.max(asked, kept < 0 ? account.log.length : kept)
    const last = start + limit
    return new KfMessagePage({
      msg_list: account.log.slice(start, last).map(({ message }) => message),
      has_more: last < account.log.length,
      next_cursor: `kf-${Math.min(last, account.log.length)}`
    })
  }),
  route(KfMessages.endpoints.send, ({ app, corp, input, now, world }) => {
    const { msgid: asked, open_kfid, touser, ...message } = input
    const account = managedAccount(corp, app, open_kfid)
    const session = sessionOf(account, touser, now)
    if (session.writtenAt === undefined || session.writtenAt + sessionTime < now) return refuse(95002)
    if (session.state !== Untreated && session.state !== Assistant) refuse(95018)
    if (session.answers >= maxAnswers) refuse(95001)
    for (const id of mediaOf(message)) checkMedia(corp, id, now)
    const msgid = messageId(account, asked, world.id("msg"))
    session.state = Assistant
    session.answers += 1
    if (session.rejects) {
      logEvent(world, account, {
        event_type: "msg_send_fail",
        open_kfid,
        external_userid: touser,
        fail_msgid: msgid,
        fail_type: 10
      }, now)
    } else receive(session, { msgid, at: now, message, servicer: undefined })
    return msgid
  }, { "": 40008, msgtype: 40008 }),
  route(KfMessages.endpoints.sendOnEvent, ({ corp, input, now, world }) => {
    const { code: text, msgid: asked, ...message } = input
    const { codes } = customerServiceOf(corp)
    const code = existing(codes, text, 41050)
    if (code.endsAt < now) refuse(41050)
    const account = accountOf(corp, code.account)
    const session = sessionOf(account, code.customer, now)
    if (code.state !== undefined && session.state !== code.state) refuse(95018)
    if (message.msgtype === "msgmenu" && !code.takesMenu) refuse(40008)
    const msgid = messageId(account, asked, world.id("msg"))
    codes.delete(text)
    if (code.state === undefined) session.greetedAt = now
    receive(session, { msgid, at: now, message, servicer: undefined })
    return msgid
  }, { "": 40008, msgtype: 40008 })
]

// ---------------------------------------------------------------------------------------------------------------------
// Customers
// ---------------------------------------------------------------------------------------------------------------------

const customers = [
  route(KfCustomers.endpoints.getMany, ({ app, corp, input, now }) => {
    const { accounts, names } = customerServiceOf(corp)
    const isRecent = (at: number | undefined) => at !== undefined && at + sessionTime > now
    const known = input.external_userid_list.flatMap((external_userid) => {
      const sessions = [...accounts.values()].filter(({ managers }) => managers?.has(app) ?? true)
        .flatMap((account) => account.sessions.get(external_userid) ?? [])
        .filter(({ entered, writtenAt }) => isRecent(writtenAt) || isRecent(entered?.at))
      if (sessions.length === 0) return []
      const entered = sessions.map(({ entered }) => entered).filter((entered) => isRecent(entered?.at))
        .toSorted((a, b) => (b?.at ?? 0) - (a?.at ?? 0))[0]
      return [
        new KfCustomer({
          external_userid,
          nickname: names.get(external_userid) ?? "微信用户",
          avatar: "https://wx.qlogo.cn/simulated.png",
          gender: 0,
          ...(input.need_enter_session_context === true && entered !== undefined
            ? { enter_session_context: { scene: entered.scene, scene_param: entered.sceneParam } }
            : {})
        })
      ]
    })
    const found = new Set(known.map(({ external_userid }) => external_userid))
    return {
      customer_list: known,
      invalid_external_userid: input.external_userid_list.filter((id) => !found.has(id))
    }
  }),
  route(KfCustomers.endpoints.getUpgradeConfig, ({ corp }) => {
    const { chats, departments, members } = customerServiceOf(corp).upgrades
    return new KfUpgradeConfig({
      member_range: { userid_list: [...members], department_id_list: [...departments] },
      groupchat_range: { chat_id_list: [...chats] }
    })
  }),
  route(KfCustomers.endpoints.upgrade, ({ app, corp, input, now }) => {
    const session = sessionOf(managedAccount(corp, app, input.open_kfid), input.external_userid, now)
    const { chats, departments, members } = customerServiceOf(corp).upgrades
    if (input.type === 1) {
      const { userid, wording } = input.member
      const { user } = findMember(corp, userid) ?? refuse(60111)
      if (!members.has(user.userid) && !user.department.some((id) => isUnder(corp, id, [...departments]))) {
        refuse(95021, "not in the range of the upgrade service")
      }
      session.upgrade = { userid: user.userid, wording }
    } else {
      const { chat_id, wording } = input.groupchat
      if (!chats.has(chat_id)) refuse(95021, "not in the range of the upgrade service")
      session.upgrade = { chat_id, wording }
    }
  }),
  route(KfCustomers.endpoints.cancelUpgrade, ({ app, corp, input, now }) => {
    sessionOf(managedAccount(corp, app, input.open_kfid), input.external_userid, now).upgrade = undefined
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Statistics
// ---------------------------------------------------------------------------------------------------------------------

/** Messages of customers within a day. */
const written = ({ log }: Account, start: number): ReadonlyArray<KfReceived> =>
  log.flatMap(({ at, message }) =>
    at >= start && at < start + day && message.msgtype !== "Unknown" && message.origin === 3 ? [message] : []
  )

const writers = (messages: ReadonlyArray<KfReceived>): number =>
  new Set(messages.map((message) => message.msgtype === "Unknown" ? undefined : message.external_userid)).size

/** What customers wrote to accounts day by day. */
const daily = (accounts: ReadonlyArray<Account>, first: DateTime.Utc, last: DateTime.Utc) =>
  daysOf(first.epochMilliseconds, last.epochMilliseconds).map((start) => {
    const messages = accounts.flatMap((account) => written(account, start))
    const customers = writers(messages)
    return {
      stat_time: timeOf(start),
      ...(messages.length === 0 ? {} : {
        statistic: {
          session_cnt: customers,
          customer_cnt: customers,
          customer_msg_cnt: messages.length,
          upgrade_service_customer_cnt: 0,
          msg_rejected_customer_cnt: 0
        }
      })
    }
  })

const statistics = [
  route(
    KfStatistics.endpoints.getCorp,
    ({ corp, input }) => daily([accountOf(corp, input.open_kfid)], input.start_time, input.end_time)
  ),
  route(
    KfStatistics.endpoints.getComponent,
    ({ corp, input }) => daily([...customerServiceOf(corp).accounts.values()], input.start_time, input.end_time)
  ),
  // What each servicer answered is not kept by the day: no numbers, as for days without any.
  route(KfStatistics.endpoints.getServicer, ({ corp, input }) => {
    const account = accountOf(corp, input.open_kfid)
    if (input.servicer_userid !== undefined) checkServicer(corp, account, input.servicer_userid)
    return daysOf(input.start_time.epochMilliseconds, input.end_time.epochMilliseconds).map((start) => ({
      stat_time: timeOf(start)
    }))
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Knowledge base
// ---------------------------------------------------------------------------------------------------------------------

const maxGroups = 100

const maxIntents = 200

const groupOf = (corp: Corp, id: string) => existing(customerServiceOf(corp).groups, id, 40058, "invalid group_id")

const intentOf = (corp: Corp, id: string) => existing(customerServiceOf(corp).intents, id, 40058, "invalid intent_id")

const uniqueGroup = (corp: Corp, name: string, id?: string): void => {
  for (const group of customerServiceOf(corp).groups.values()) {
    if (group.id !== id && group.name === name) refuse(40058, "the name is used")
  }
}

const uniqueQuestion = (corp: Corp, question: string, id?: string): void => {
  for (const intent of customerServiceOf(corp).intents.values()) {
    if (intent.id !== id && intent.question === question) refuse(40058, "the question is there already")
  }
}

const changeable = (corp: Corp, id: string) => {
  const group = groupOf(corp, id)
  return group.isDefault ? refuse(40058, "the default group stays") : group
}

const texts = (questions: { readonly items: ReadonlyArray<{ readonly text: { readonly content: string } }> }) =>
  questions.items.map(({ text }) => text.content)

const answersOf = (
  answers: ReadonlyArray<{
    readonly text: { readonly content: string }
    readonly attachments?: ReadonlyArray<KnowledgeAttachment> | undefined
  }>
) => answers.map(({ attachments = [], text }) => ({ text: text.content, attachments }))

const listed = (corp: Corp, attachment: KnowledgeAttachment): ListedKnowledgeAttachment => {
  const name = (id: string) => corp.media.get(id)?.file.filename ?? id
  switch (attachment.msgtype) {
    case "image":
      return { msgtype: "image", image: { name: name(attachment.image.media_id) } }
    case "video":
      return { msgtype: "video", video: { name: name(attachment.video.media_id) } }
    case "link":
      return attachment
    case "miniprogram": {
      const { thumb_media_id: _, ...miniprogram } = attachment.miniprogram
      return { msgtype: "miniprogram", miniprogram }
    }
  }
}

const checkAnswers = (corp: Corp, answers: ReturnType<typeof answersOf>, now: number): void => {
  for (const { attachments } of answers) {
    for (const attachment of attachments) for (const id of mediaOf(attachment)) checkMedia(corp, id, now)
  }
}

const textOf = (content: string) => ({ text: { content } })

const knowledge = [
  route(KfKnowledge.endpoints.createGroup, ({ corp, input, world }) => {
    const { groups } = customerServiceOf(corp)
    if (groups.size >= maxGroups) refuse(40058, `at most ${maxGroups} groups`)
    uniqueGroup(corp, input.name)
    const id = world.id("kg")
    groups.set(id, { id, name: input.name, isDefault: false })
    return id
  }),
  route(KfKnowledge.endpoints.deleteGroup, ({ corp, input }) => {
    const { groups, intents } = customerServiceOf(corp)
    groups.delete(changeable(corp, input.group_id).id)
    for (const { group, id } of intents.values()) if (group === input.group_id) intents.delete(id)
  }),
  route(KfKnowledge.endpoints.updateGroup, ({ corp, input }) => {
    const group = changeable(corp, input.group_id)
    uniqueGroup(corp, input.name, group.id)
    group.name = input.name
  }),
  route(KfKnowledge.endpoints.listGroups, ({ corp, input }) => {
    const all = [...customerServiceOf(corp).groups.values()].filter(({ id }) => id === (input.group_id ?? id))
    const { items, next_cursor } = pageOf(all, input.cursor, input.limit ?? 500)
    return {
      group_list: items.map(({ id, isDefault, name }) =>
        new KnowledgeGroup({ group_id: id, name, is_default: isDefault })
      ),
      has_more: next_cursor !== undefined,
      next_cursor
    }
  }),
  route(KfKnowledge.endpoints.createIntent, ({ corp, input, now, world }) => {
    const { id: group } = groupOf(corp, input.group_id)
    const { intents } = customerServiceOf(corp)
    const question = input.question.text.content
    const answers = answersOf(input.answers)
    if ([...intents.values()].filter((intent) => intent.group === group).length >= maxIntents) {
      refuse(40058, `at most ${maxIntents} questions`)
    }
    uniqueQuestion(corp, question)
    checkAnswers(corp, answers, now)
    const id = world.id("ki")
    intents.set(id, { id, group, question, similar: texts(input.similar_questions ?? { items: [] }), answers })
    return id
  }),
  route(KfKnowledge.endpoints.deleteIntent, ({ corp, input }) => {
    customerServiceOf(corp).intents.delete(intentOf(corp, input.intent_id).id)
  }),
  route(KfKnowledge.endpoints.updateIntent, ({ corp, input, now }) => {
    const intent = intentOf(corp, input.intent_id)
    const question = input.question?.text.content ?? intent.question
    const answers = input.answers === undefined ? intent.answers : answersOf(input.answers)
    uniqueQuestion(corp, question, intent.id)
    if (input.answers !== undefined) checkAnswers(corp, answersOf(input.answers), now)
    intent.question = question
    intent.answers = answers
    if (input.similar_questions !== undefined) intent.similar = texts(input.similar_questions)
  }),
  route(KfKnowledge.endpoints.listIntents, ({ corp, input }) => {
    const all = [...customerServiceOf(corp).intents.values()].filter(({ group, id }) =>
      group === (input.group_id ?? group) && id === (input.intent_id ?? id)
    )
    const { items, next_cursor } = pageOf(all, input.cursor, input.limit ?? 500)
    return {
      intent_list: items.map(({ answers, group, id, question, similar }) =>
        new KnowledgeIntent({
          group_id: group,
          intent_id: id,
          question: textOf(question),
          similar_questions: { items: similar.map(textOf) },
          answers: answers.map(({ attachments, text }) => ({
            ...textOf(text),
            attachments: attachments.map((attachment) => listed(corp, attachment))
          }))
        })
      ),
      has_more: next_cursor !== undefined,
      next_cursor
    }
  })
]

export const customerService = [
  ...accounts,
  ...servicers,
  ...sessions,
  ...messages,
  ...customers,
  ...statistics,
  ...knowledge
]
