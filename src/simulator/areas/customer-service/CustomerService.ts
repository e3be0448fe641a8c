/**
 * What the simulator knows of 微信客服: accounts, servicers, customers and their sessions, and what was written.
 */
import type { KnowledgeAttachment } from "../../../customer-service/KfKnowledge.ts"
import type { KfMessage } from "../../../customer-service/KfMessage.ts"
import type { KfEvent, KfReceived } from "../../../customer-service/KfReceived.ts"
import { KfSessionState } from "../../../customer-service/KfSessions.ts"
import { existing, refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import { timeOf } from "../../engine/Times.ts"
import { type App, type Corp, type World } from "../../engine/World.ts"

/** An account. */
export interface Account {
  readonly id: string
  name: string
  avatar: string
  /** The apps that may manage it; all of them without. */
  readonly managers: ReadonlySet<App> | undefined
  /** By userid in lower case. */
  readonly servicers: Map<string, Servicer>
  readonly departments: Set<number>
  /** By `external_userid`. */
  readonly sessions: Map<string, Session>
  /** What can be read of it, the oldest first, with what came before what is still kept. */
  readonly log: Array<Entry>
  /** Ids of messages that apps chose. */
  readonly msgids: Set<string>
  /** When tokens to read it end, in milliseconds of the epoch. */
  readonly tokens: Map<string, number>
}

/** A member who answers. */
export interface Servicer {
  readonly userid: string
  isServing: boolean
}

/** A message or an event, as it can be read. */
export interface Entry {
  /** Epoch milliseconds. */
  readonly at: number
  readonly message: KfReceived
}

/** A customer of an account. */
export interface Session {
  readonly customer: string
  state: number
  /** The userid of whoever answers. */
  servicer: string | undefined
  /** When it began, in milliseconds of the epoch. */
  startedAt: number | undefined
  /** When the customer last wrote, in milliseconds of the epoch. */
  writtenAt: number | undefined
  /** When the customer was last greeted, in milliseconds of the epoch. */
  greetedAt: number | undefined
  /** When the customer last came, and where from. */
  entered: Entered | undefined
  /** Messages of apps since the customer last wrote. */
  answers: number
  /** Whether the customer takes no messages. */
  rejects: boolean
  /** What the customer received, the oldest first. */
  readonly inbox: Array<Received>
  /** Whom the servicer is to refer the customer to. */
  upgrade: Upgrade | undefined
}

/** How a customer came. */
export interface Entered {
  /** Epoch milliseconds. */
  readonly at: number
  readonly scene: string | undefined
  readonly sceneParam: string | undefined
}

/** A referral. */
export type Upgrade =
  | { readonly userid: string; readonly wording: string | undefined }
  | { readonly chat_id: string; readonly wording: string | undefined }

/** A message that a customer received. */
export interface Received {
  readonly msgid: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly message: KfMessage
  /** The userid of the servicer who wrote it; none where an app did. */
  readonly servicer: string | undefined
}

/** A code to answer an event with. */
export interface EventCode {
  readonly account: string
  readonly customer: string
  /** In which state of the session it may be used; any where it greets. */
  readonly state: number | undefined
  /** Whether a menu may be sent. */
  readonly takesMenu: boolean
  /** Epoch milliseconds. */
  readonly endsAt: number
}

/** A group of questions. */
export interface KnowledgeGroup {
  readonly id: string
  name: string
  readonly isDefault: boolean
}

/** A question, and what is answered. */
export interface KnowledgeIntent {
  readonly id: string
  readonly group: string
  question: string
  similar: ReadonlyArray<string>
  answers: ReadonlyArray<{ readonly text: string; readonly attachments: ReadonlyArray<KnowledgeAttachment> }>
}

/** All of it. */
export interface CustomerService {
  readonly accounts: Map<string, Account>
  /** Nicknames of customers, by `external_userid`. */
  readonly names: Map<string, string>
  readonly codes: Map<string, EventCode>
  readonly groups: Map<string, KnowledgeGroup>
  readonly intents: Map<string, KnowledgeIntent>
  /** Whom customers may be referred to. */
  readonly upgrades: {
    readonly members: Set<string>
    readonly departments: Set<number>
    readonly chats: Set<string>
  }
}

const defaultGroup: KnowledgeGroup = { id: "kg-default", name: "默认分组", isDefault: true }

/** What a corp has of it; nothing at first, but the default group of questions. */
export const customerServiceOf: (corp: Corp) => CustomerService = State.make(
  "customer-service/customer-service",
  (): CustomerService => ({
    accounts: new Map(),
    names: new Map(),
    codes: new Map(),
    groups: new Map([[defaultGroup.id, defaultGroup]]),
    intents: new Map(),
    upgrades: { members: new Set(), departments: new Set(), chats: new Set() }
  })
)

const hour = 3600_000

/** How long sessions last, customers may be answered, and most codes serve: 48 hours. */
export const sessionTime = 48 * hour

/** How long greetings and farewells may take: 20 seconds. */
export const greetingTime = 20_000

/** How long tokens to read serve: 10 minutes. */
export const tokenTime = 10 * 60_000

/** How long messages can be read: 3 days. */
export const readTime = 72 * hour

/** The account with an id. */
export const accountOf = (corp: Corp, id: string): Account => existing(customerServiceOf(corp).accounts, id, 95004)

/** The account with an id, which the app may manage. */
export const managedAccount = (corp: Corp, app: App, id: string): Account => {
  const account = accountOf(corp, id)
  return account.managers?.has(app) === false ? refuse(48007) : account
}

/** Adds an account. */
export const addAccount = (
  world: World,
  corp: Corp,
  options: {
    /** Default: a new one. */
    readonly id?: string
    readonly name: string
    readonly avatar?: string
    readonly managers?: ReadonlySet<App>
  }
): Account => {
  const { avatar = "https://wework.qpic.cn/simulated.png", managers, name } = options
  const account: Account = {
    id: options.id ?? world.id("wk"),
    name,
    avatar,
    managers,
    servicers: new Map(),
    departments: new Set(),
    sessions: new Map(),
    log: [],
    msgids: new Set(),
    tokens: new Map()
  }
  customerServiceOf(corp).accounts.set(account.id, account)
  return account
}

/** The session of a customer; a new one where there is none. Sessions that have lasted long enough have ended. */
export const sessionOf = (account: Account, customer: string, now: number): Session => {
  const session: Session = account.sessions.get(customer) ?? {
    customer,
    state: KfSessionState.Ended,
    servicer: undefined,
    startedAt: undefined,
    writtenAt: undefined,
    greetedAt: undefined,
    entered: undefined,
    answers: 0,
    rejects: false,
    inbox: [],
    upgrade: undefined
  }
  account.sessions.set(customer, session)
  if (session.startedAt !== undefined && session.startedAt + sessionTime <= now) end(session)
  return session
}

/** Ends a session. */
export const end = (session: Session): void => {
  session.state = KfSessionState.Ended
  session.servicer = undefined
  session.startedAt = undefined
}

/** A token to read an account with. */
export const giveToken = (world: World, account: Account, now: number): string => {
  const token = `ENC${world.text(45)}`
  account.tokens.set(token, now + tokenTime)
  return token
}

/** A code to answer an event with. */
export const giveCode = (world: World, corp: Corp, code: EventCode): string => {
  const text = world.text(43)
  customerServiceOf(corp).codes.set(text, code)
  return text
}

/** Writes down an event, for apps to read; returns its id. */
export const logEvent = (world: World, account: Account, event: KfEvent, now: number): string => {
  const msgid = world.id("event-")
  account.log.push({ at: now, message: { msgid, send_time: timeOf(now), origin: 4, msgtype: "event", event } })
  return msgid
}

/** Hands a message to a customer. */
export const receive = (session: Session, received: Received): void => {
  session.inbox.push(received)
}
