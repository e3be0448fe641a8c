/**
 * What members receive: messages of apps, and cards in the state in which each member sees them.
 */
import * as State from "./State.ts"
import { type App, type Corp, type Member, type World } from "./World.ts"

/** The content of a message as it travels, under the key that its `msgtype` names. */
export interface Content {
  readonly [field: string]: unknown
}

/** A message that was sent. */
export interface Sent {
  readonly msgid: string
  /** The app that sent it. */
  readonly agentId: number | undefined
  /** The smart robot that said it. */
  readonly botId: string | undefined
  /** The group chat it was sent to. */
  readonly chatid: string | undefined
  /** Epoch milliseconds. */
  readonly at: number
  readonly msgtype: string
  readonly content: Content
  /** Whether it was called back. */
  recalled: boolean
}

/** A message as one member sees it. */
export interface Received extends Sent {
  /** What the member sees: that of the message, or what took the place of a card. */
  readonly content: Content
}

/** What a member did: wrote to an app, chose from its menu, pressed a button. */
export interface Done {
  readonly agentId: number | undefined
  readonly botId: string | undefined
  /** Epoch milliseconds. */
  readonly at: number
  /** The key of the event, such as `text` or `event/click`. */
  readonly key: string
  /** The elements of the event, without those that every event has. */
  readonly content: Content
  /** What became of the callback; absent while it is under way. */
  outcome: string | undefined
  /** The journal's entry of the callback. */
  entry?: number | undefined
}

/** What is said between a corp's apps and members. */
export const conversation = State.make("engine/conversation", (): Talk => ({
  sent: new Map(),
  inboxes: new Map(),
  done: new Map(),
  dropped: new Map(),
  codes: new Map()
}))

interface Talk {
  /** By message id. */
  readonly sent: Map<string, Sent>
  /** By userid in lower case. */
  readonly inboxes: Map<string, Array<Delivered>>
  /** By userid in lower case. */
  readonly done: Map<string, Array<Done>>
  /** What a member did not receive, as there was too much, by userid in lower case. */
  readonly dropped: Map<string, Array<Sent>>
  /** Response codes of cards. */
  readonly codes: Map<string, ResponseCode>
}

interface Delivered {
  readonly message: Sent
  /** The card that took the place of the one that was sent. */
  card: Content | undefined
}

interface ResponseCode {
  readonly app: App
  readonly msgid: string
  readonly endsAt: number
  used: boolean
}

/** Sends a message to members. More than 30 a minute or 1,000 an hour from one app to one member are silently dropped. */
export const deliver = (
  { app, botId, corp, now, world }: {
    readonly app?: App | undefined
    readonly botId?: string | undefined
    readonly corp: Corp
    readonly now: number
    readonly world: World
  },
  message: { readonly msgtype: string; readonly content: Content; readonly chatid?: string | undefined },
  to: Iterable<Member>
): Sent => {
  const state = conversation(corp)
  const sent: Sent = {
    msgid: world.id("msg-"),
    agentId: app?.agentId,
    botId,
    chatid: message.chatid,
    at: now,
    msgtype: message.msgtype,
    content: message.content,
    recalled: false
  }
  forgetOldest(state.sent, world.keep)
  state.sent.set(sent.msgid, sent)
  for (const member of to) {
    const inbox = inboxOf(corp, member.user.userid)
    if (app !== undefined && isFlooded(inbox, app, now)) {
      const dropped = listOf(state.dropped, member.user.userid)
      dropped.push(sent)
      if (dropped.length > maxDropped) dropped.splice(0, dropped.length - maxDropped)
      continue
    }
    inbox.push({ message: sent, card: undefined })
    if (inbox.length > world.keep * 2) inbox.splice(0, world.keep)
  }
  return sent
}

/** What a member received, the oldest first, cards as they are now. */
export const inbox = (corp: Corp, userid: string): ReadonlyArray<Received> =>
  inboxOf(corp, userid).map(({ card, message }) => ({ ...message, content: card ?? message.content }))

/** What a member did not receive, as an app sent too much: the last hundred messages, the oldest first. */
export const dropped = (corp: Corp, userid: string): ReadonlyArray<Sent> =>
  conversation(corp).dropped.get(userid.toLowerCase()) ?? []

const maxDropped = 100

/** A message that was sent, by its id. */
export const findSent = (corp: Corp, msgid: string): Sent | undefined => conversation(corp).sent.get(msgid)

/** The messages that were sent to group chats, the oldest first. */
export const sentToChats = (corp: Corp): ReadonlyArray<Sent> =>
  [...conversation(corp).sent.values()].filter(({ chatid }) => chatid !== undefined)

/** The newest code with which the card of a message may still be changed. */
export const openResponseCode = (corp: Corp, msgid: string, now: number): string | undefined =>
  [...conversation(corp).codes].findLast(([, code]) => code.msgid === msgid && !code.used && code.endsAt > now)?.[0]

/** How many messages a member received. */
export const received = (corp: Corp, userid: string): number =>
  conversation(corp).inboxes.get(userid.toLowerCase())?.length ?? 0

/** What a member did, the oldest first. */
export const done = (corp: Corp, userid: string): ReadonlyArray<Done> => doneOf(corp, userid)

/** Remembers what a member does. */
export const remember = (world: World, corp: Corp, userid: string, act: Done): void => {
  const acts = doneOf(corp, userid)
  acts.push(act)
  if (acts.length > world.keep * 2) acts.splice(0, world.keep)
}

/** Moves what was said with a member to another userid of his; both in lower case. */
export const move = (corp: Corp, before: string, after: string): void => {
  const { done, inboxes } = conversation(corp)
  inboxes.set(after, inboxes.get(before) ?? [])
  inboxes.delete(before)
  done.set(after, done.get(before) ?? [])
  done.delete(before)
}

/** Changes the card that members see in place of a message; those who did not receive it are answered. */
export const changeCard = (
  corp: Corp,
  msgid: string,
  userids: Iterable<string>,
  change: (card: Content) => Content
): ReadonlyArray<string> => {
  const missed: Array<string> = []
  for (const userid of userids) {
    const found = inboxOf(corp, userid).find(({ message }) => message.msgid === msgid)
    if (found === undefined) missed.push(userid)
    else found.card = change(found.card ?? found.message.content)
  }
  return missed
}

/** Everybody who received a message. */
export const recipients = (corp: Corp, msgid: string): ReadonlyArray<string> =>
  [...conversation(corp).inboxes].flatMap(([userid, inbox]) =>
    inbox.some(({ message }) => message.msgid === msgid) ? [userid] : []
  )

const responseCodeLife = 72 * 3600_000

/** A code with which a card may be changed: once, within 72 hours. */
export const responseCode = (world: World, corp: Corp, app: App, msgid: string, now: number): string => {
  const code = world.text(64)
  const { codes } = conversation(corp)
  forgetOldest(codes, world.keep)
  codes.set(code, { app, msgid, endsAt: now + responseCodeLife, used: false })
  return code
}

/** The message that a response code stands for; spends the code. */
export const spendResponseCode = (corp: Corp, app: App, value: string, now: number): string | undefined => {
  const code = conversation(corp).codes.get(value)
  if (code === undefined || code.used || code.app !== app || code.endsAt <= now) return undefined
  code.used = true
  return code.msgid
}

const inboxOf = (corp: Corp, userid: string): Array<Delivered> => listOf(conversation(corp).inboxes, userid)

const doneOf = (corp: Corp, userid: string): Array<Done> => listOf(conversation(corp).done, userid)

const listOf = <Item>(lists: Map<string, Array<Item>>, userid: string): Array<Item> => {
  const key = userid.toLowerCase()
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

const isFlooded = (inbox: ReadonlyArray<Delivered>, app: App, now: number): boolean => {
  let minute = 0
  let hour = 0
  for (let i = inbox.length - 1; i >= 0; i--) {
    const { message } = inbox[i] as Delivered // within bounds
    if (message.at <= now - 3600_000) break
    if (message.agentId !== app.agentId || message.chatid !== undefined || message.botId !== undefined) continue
    hour += 1
    if (message.at > now - 60_000) minute += 1
    if (minute >= 30 || hour >= 1000) return true
  }
  return false
}

const forgetOldest = (map: Map<string, unknown>, keep: number): void => {
  if (map.size < keep) return
  const oldest = map.keys().next()
  if (oldest.done !== true) map.delete(oldest.value)
}
