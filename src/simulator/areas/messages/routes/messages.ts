/** 应用消息, 群聊会话, 互联企业消息. */
import { AppChat, AppChats } from "../../../../messages/AppChats.ts"
import { LinkedCorpMessages, SentToLinkedCorps } from "../../../../messages/LinkedCorpMessages.ts"
import { everyone as all } from "../../../../messages/Message.ts"
import { Messages, MessageStatistics, Sent, Updated } from "../../../../messages/Messages.ts"
import * as Conversation from "../../../engine/Conversation.ts"
import { cut, missing } from "../../../engine/FieldCodes.ts"
import { Recent } from "../../../engine/Recent.ts"
import { resolve, type Resolved } from "../../../engine/Recipients.ts"
import { type AppCall, existing, refuse, route } from "../../../engine/Route.ts"
import { isSeenMember, seenMember, seenMembers } from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { type App, type Corp, findMedia, findMember, isUnder, type Member } from "../../../engine/World.ts"
import { linkedId, others } from "../../contacts/routes/linkedCorps.ts"
import { messageContent, templateCard } from "../contentCodes.ts"

/** What an app has sent. */
interface Outbox {
  /** Task ids of cards: unique, and the messages they belong to. */
  readonly tasks: Map<string, string>
  /** When a message was sent that must not be repeated. */
  readonly repeats: Map<string, number>
  /** Messages times recipients, by day. */
  readonly counts: Map<number, number>
}

const outboxes = State.make("messages/outboxes", () => new Map<App, Outbox>())

const outboxOf = (corp: Corp, app: App): Outbox => {
  const outbox = outboxes(corp).get(app) ?? { tasks: new Recent(), repeats: new Recent(), counts: new Recent() }
  outboxes(corp).set(app, outbox)
  return outbox
}

interface Chat {
  readonly app: App
  chat: AppChat
}

const chats = State.make("messages/chats", () => new Map<string, Chat>())

/** The group chats that apps have made, the oldest first. */
export const chatsOf = (corp: Corp): ReadonlyArray<AppChat> => [...chats(corp).values()].map(({ chat }) => chat)

/** The content that a message has under the name of its type. */
const contentOf = (raw: { readonly [field: string]: unknown }, msgtype: string): Conversation.Content =>
  raw[msgtype] as Conversation.Content // the body has been decoded by the schema of this very type

/** Checks that the files of a message are there. */
const checkMedia = (corp: Corp, content: Conversation.Content, now: number): void => {
  const articles = Array.isArray(content.articles) ? content.articles : []
  for (const part of [content, ...articles]) {
    for (const id of [part.media_id, part.thumb_media_id]) {
      if (typeof id === "string" && findMedia(corp, id, now) === undefined) refuse(40007, "invalid media_id")
    }
  }
}

const recipientCodes = { touser: missing(82001, 40032), toparty: 82002, totag: 82003 }

const day = 24 * 3600_000

/** The day in China. */
const dayOf = (now: number): number => Math.floor((now + 8 * 3600_000) / day)

/** Whether the same message was sent a moment ago, and the sender asked that it is not received again. */
const isRepeated = (
  outbox: Outbox,
  { input, now, raw }: Pick<AppCall<Parameters<typeof Messages.endpoints.send>[0]>, "input" | "now" | "raw">
): boolean => {
  if (input.enable_duplicate_check !== true) return false
  const text = JSON.stringify(raw)
  const before = outbox.repeats.get(text)
  if (before !== undefined && now - before < (input.duplicate_check_interval ?? 1800) * 1000) return true
  outbox.repeats.set(text, now)
  return false
}

/** Whether a card calls back, so that it can be changed. */
const isInteractive = (card: Conversation.Content): boolean =>
  card.card_type !== "text_notice" && card.card_type !== "news_notice" || card.action_menu !== undefined

export const messages = [
  route(Messages.endpoints.send, (call) => {
    const { app, corp, input, now, raw, world } = call
    const content = contentOf(raw, input.msgtype)
    checkMedia(corp, content, now)
    const toAll = input.touser?.[0] === all
    const found: Resolved = toAll
      ? { members: new Set(seenMembers(call)), invalidUsers: [], invalidParties: [], invalidTags: [] }
      : resolve(call, { users: input.touser, parties: input.toparty, tags: input.totag })
    if (found.members.size === 0) {
      refuse(81013, "user & party & tag all invalid", {
        invaliduser: found.invalidUsers.join("|"),
        invalidparty: found.invalidParties.join("|"),
        invalidtag: found.invalidTags.join("|")
      })
    }
    const outbox = outboxOf(corp, app)
    const taskId = typeof content.task_id === "string" ? content.task_id : undefined
    if (taskId !== undefined && outbox.tasks.has(taskId)) refuse(42014, "task_id is used already")
    const repeated = isRepeated(outbox, call)
    const { msgid } = Conversation.deliver(
      { app, corp, now, world },
      { msgtype: input.msgtype, content },
      repeated ? [] : found.members
    )
    if (taskId !== undefined) outbox.tasks.set(taskId, msgid)
    const today = dayOf(now)
    outbox.counts.set(today, (outbox.counts.get(today) ?? 0) + found.members.size)
    return new Sent({
      msgid,
      invaliduser: found.invalidUsers,
      invalidparty: found.invalidParties,
      invalidtag: found.invalidTags,
      unlicenseduser: [],
      response_code: input.msgtype === "template_card" && isInteractive(content)
        ? Conversation.responseCode(world, corp, app, msgid, now)
        : undefined
    })
  }, { ...messageContent, ...recipientCodes }),
  route(Messages.endpoints.updateTemplateCard, ({ app, corp, input, now, raw }) => {
    const msgid = Conversation.spendResponseCode(corp, app, input.response_code, now) ??
      refuse(60140, "invalid response_code")
    const received = Conversation.recipients(corp, msgid)
    const { invalidUsers, members } = resolve({ app, corp }, {
      users: input.userids,
      parties: input.partyids,
      tags: input.tagids
    })
    const wanted = input.atall === true ? received : [...members].map(({ user }) => user.userid.toLowerCase())
    const missed = Conversation.changeCard(corp, msgid, wanted, (card) =>
      "button" in input
        ? { ...card, replace_text: input.button.replace_name }
        : { task_id: card.task_id, ...contentOf(raw, "template_card") })
    return new Updated({ invaliduser: [...invalidUsers, ...missed] })
  }, { response_code: 60140, ...templateCard }),
  route(Messages.endpoints.recall, ({ app, corp, input, now }) => {
    const sent = Conversation.conversation(corp).sent.get(input.msgid)
    // Another app's message is none to this one.
    if (sent === undefined || sent.agentId !== app.agentId) return refuse(40058, "invalid msgid")
    if (now - sent.at > day) refuse(42052)
    sent.recalled = true
  }),
  route(Messages.endpoints.updateTaskCardLegacy, ({ app, corp, input }) => {
    const msgid = existing(outboxOf(corp, app).tasks, input.task_id, 42016)
    if (Conversation.conversation(corp).sent.get(msgid)?.msgtype !== "interactive_taskcard") refuse(42017)
    const userids = input.userids.map((userid) => userid.toLowerCase())
    return new Updated({
      invaliduser: Conversation.changeCard(corp, msgid, userids, (card) => ({
        ...card,
        replace_text: input.replace_name
      }))
    })
  }),
  route(Messages.endpoints.getStatistics, ({ corp, input, now }) => {
    const wanted = dayOf(now) - (input.time_type ?? 0)
    return corp.apps.flatMap((app) => {
      const count = outboxOf(corp, app).counts.get(wanted)
      return app.agentId === undefined || count === undefined
        ? []
        : [new MessageStatistics({ agentid: app.agentId, app_name: app.name, count })]
    })
  }),

  route(AppChats.endpoints.create, ({ app, corp, input, world }) => {
    const chatid = input.chatid ?? world.id("chat")
    if (chats(corp).has(chatid)) refuse(86215)
    const userlist = [...new Set(input.userlist.map((userid) => colleague(corp, app, userid).user.userid))]
    if (userlist.length < 2) refuse(86006)
    const owner = input.owner === undefined ? userlist[0] : ownerOf(corp, app, input.owner)
    if (owner === undefined || !userlist.includes(owner)) return refuse(86207)
    chats(corp).set(chatid, { app, chat: new AppChat({ chatid, name: input.name, owner, userlist, chat_type: 0 }) })
    return chatid
  }, {
    userlist: missing(86204, 86006),
    chatid: (chatid: unknown) => typeof chatid === "string" && chatid.length > 32 ? 86205 : 86001,
    name: cut(86004)
  }),
  route(AppChats.endpoints.update, ({ app, corp, input }) => {
    const found = ownChat(corp, app, input.chatid)
    const before = found.chat
    const leaving = (input.del_user_list ?? []).map((userid) => colleague(corp, app, userid).user.userid)
    const joining = (input.add_user_list ?? []).map((userid) => colleague(corp, app, userid).user.userid)
    const userlist = [...new Set([...before.userlist, ...joining])].filter((userid) => !leaving.includes(userid))
    if (userlist.length < 2 || userlist.length > 2000) refuse(86006)
    const owner = input.owner === undefined ? before.owner : ownerOf(corp, app, input.owner)
    if (owner === undefined || !userlist.includes(owner)) refuse(86207)
    found.chat = new AppChat({ ...before, name: input.name ?? before.name, owner, userlist })
  }, { name: cut(86004) }),
  route(AppChats.endpoints.get, ({ app, corp, input }) => ownChat(corp, app, input.chatid).chat),
  route(AppChats.endpoints.send, ({ app, corp, input, now, raw, world }) => {
    const { chat } = ownChat(corp, app, input.chatid)
    const content = contentOf(raw, input.msgtype)
    checkMedia(corp, content, now)
    const members = chat.userlist.flatMap((userid) => findMember(corp, userid) ?? [])
    Conversation.deliver({ app, corp, now, world }, { msgtype: input.msgtype, content, chatid: chat.chatid }, members)
  }, messageContent),

  route(LinkedCorpMessages.endpoints.send, ({ app, corp, input, now, raw, world }) => {
    const content = contentOf(raw, input.msgtype)
    checkMedia(corp, content, now)
    const whom = { users: apart(input.touser, `${corp.id}/`), parties: apart(input.toparty, `${linkedId(corp)}/`) }
    const own = resolve({ app, corp }, { users: whom.users.own, parties: whom.parties.own, tags: input.totag })
    const found = new Map([[corp, new Set(input.toall === true ? seenMembers({ app, corp }) : own.members)]])
    const invaliduser = new Set(whom.users.linked)
    const invalidparty = new Set(whom.parties.linked)
    for (const other of others(world, corp)) {
      const members = [...other.members.values()].filter(({ user }) => {
        const parties = whom.parties.linked.filter((id) =>
          other.departments.has(departmentOf(other, id)) &&
          user.department.some((department) => isUnder(other, department, [departmentOf(other, id)]))
        )
        for (const id of parties) invalidparty.delete(id)
        return invaliduser.delete(`${other.id}/${user.userid}`) || parties.length > 0 || input.toall === true
      })
      found.set(other, new Set(members))
    }
    const answer = {
      invaliduser: [...own.invalidUsers, ...invaliduser],
      invalidparty: [...own.invalidParties, ...invalidparty],
      invalidtag: own.invalidTags.map(Number)
    }
    if ([...found.values()].every(({ size }) => size === 0)) refuse(81013, "user & party & tag all invalid", answer)
    for (const [at, members] of found) {
      if (members.size > 0) {
        Conversation.deliver({ app, corp: at, now, world }, { msgtype: input.msgtype, content }, members)
      }
    }
    return new SentToLinkedCorps(answer)
  }, { ...messageContent, ...recipientCodes })
]

/** A member that the app may put into a chat. */
const colleague = (corp: Corp, app: App, userid: string): Member =>
  isSeenMember({ app, corp }, userid) ? seenMember({ app, corp }, userid) : refuse(86216)

const ownerOf = (corp: Corp, app: App, userid: string): string =>
  isSeenMember({ app, corp }, userid) ? seenMember({ app, corp }, userid).user.userid : refuse(86005)

/** A chat that the app has made. */
const ownChat = (corp: Corp, app: App, chatid: string): Chat => {
  const chat = existing(chats(corp), chatid, 86003)
  return chat.app === app ? chat : refuse(86008)
}

/** Ids of the corp's own, without the prefix that they may have, and those of linked corps. */
const apart = (ids: ReadonlyArray<string> = [], prefix: string) => ({
  own: ids.flatMap((id) => id.startsWith(prefix) ? [id.slice(prefix.length)] : id.includes("/") ? [] : [id]),
  linked: ids.filter((id) => id.includes("/") && !id.startsWith(prefix))
})

/** The department of a linked corp that an id stands for, if it is one of that corp's. */
const departmentOf = (corp: Corp, id: string): number =>
  id.startsWith(`${linkedId(corp)}/`) ? Number(id.slice(linkedId(corp).length + 1)) : Number.NaN
