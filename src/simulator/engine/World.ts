/**
 * What the simulator knows of everybody: corps with their apps, address books and files, suites, and the tokens it gave
 * out. What one area of the API alone knows is a `State` of that area.
 *
 * Plain mutable data. A route reads and changes it in one synchronous step, so every request finds a consistent world.
 */
import * as Duration from "effect/Duration"
import type * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { Department } from "../../contacts/Departments.ts"
import type { Tag } from "../../contacts/Tags.ts"
import { UserGender } from "../../contacts/UserGender.ts"
import { User } from "../../contacts/Users.ts"
import { UserStatus } from "../../contacts/UserStatus.ts"
import {
  type AppOptions,
  type CallbackOptions,
  type CorpOptions,
  defaultCorp,
  type MemberOptions,
  type Options,
  type RobotOptions,
  type SuiteOptions,
  type VisibleRange
} from "./Options.ts"
import type { Power } from "./Power.ts"
import { Recent } from "./Recent.ts"

/** An app, as it is kept. */
export interface App {
  readonly agentId: number | undefined
  name: string
  readonly secret: Redacted.Redacted
  readonly callback: CallbackTarget | undefined
  visible: VisibleRange | undefined
  powers: ReadonlyArray<Power> | undefined
  /** Whose it is: the corp's own (自建应用), a provider's (第三方应用), or made by one for the corp (代开发应用). */
  readonly origin: "own" | "third-party" | "developed"
}

/** Where callbacks go, as it is kept. */
export interface CallbackTarget {
  readonly url: string
  readonly token: Redacted.Redacted
  readonly encodingAesKey: Redacted.Redacted
}

/** Somebody of whom areas keep state of their own: see `State.make`. */
export interface Stateful {
  readonly states: Map<{ readonly key: string }, unknown>
}

/** A corp, as it is kept. */
export interface Corp extends Stateful {
  readonly id: string
  readonly name: string
  readonly apps: ReadonlyArray<App>
  readonly departments: Map<number, Department>
  /** By userid in lower case: userids are told apart without regard to case. */
  readonly members: Map<string, Member>
  readonly tags: Map<number, Tagged>
  /** Temporary files and recordings by media id. */
  readonly media: Map<string, Media>
  /** By bot id. */
  readonly smartRobots: Map<string, SmartRobot>
  /** Records of smart sheets by record id, by the key of their webhook. */
  readonly sheets: Map<string, Map<string, SheetRecord>>
}

/** A record of a smart sheet: its cells by the id of their field. */
export interface SheetRecord {
  readonly [field: string]: unknown
}

/** A smart robot, as it is kept. */
export interface SmartRobot {
  readonly id: string
  readonly name: string
  readonly callback: CallbackTarget | undefined
  /** Of its long connection. */
  readonly secret?: Redacted.Redacted | undefined
}

/** A member, as it is kept. */
export interface Member {
  /** All that an app may see at most. */
  user: User
  readonly openid: string
  /** Whether he was given another userid, which may be done once. */
  readonly renamed: boolean
}

/** A group robot, as it is kept. */
export interface Robot {
  readonly name: string
  readonly key: Redacted.Redacted
  readonly corp: Corp
  /** What it said, the oldest first. */
  readonly said: Array<Said>
  /** Its own files. */
  readonly media: Map<string, Media>
}

/** What a robot said. */
export interface Said {
  /** Epoch milliseconds. */
  readonly at: number
  readonly msgtype: string
  readonly content: { readonly [field: string]: unknown }
}

/** A tag of the address book, and who has it. */
export interface Tagged {
  tag: Tag
  readonly owner: App
  /** Userids in lower case. */
  readonly members: Set<string>
  readonly departments: Set<number>
}

/** A file that was uploaded. */
export interface Media {
  readonly type: string
  readonly file: File
  /** Epoch milliseconds. */
  readonly endsAt: number
}

/** A file: what was uploaded, or is to be sent. */
export interface File {
  readonly filename: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** A third-party suite, as it is kept. */
export interface Suite extends Stateful {
  readonly id: string
  readonly secret: Redacted.Redacted
  readonly callback: CallbackTarget | undefined
  /** By the id of the corp that installed it. */
  readonly installations: Map<string, Installation>
  /** The tickets that still serve, the newest last. */
  tickets: Array<{ readonly value: string; readonly endsAt: number }>
}

/** A suite in a corp: an app of that corp, whose secret is the permanent code. */
export interface Installation {
  readonly corp: Corp
  readonly app: App
  /** Who installed it: an administrator, or members for themselves, who are then its visible range. */
  readonly mode: "admin" | "member"
  /** The userid of the one who did it, where that is known. */
  readonly by: string | undefined
}

/** A service provider, as it is kept. */
export interface Provider extends Stateful {
  readonly corpId: string
  readonly secret: Redacted.Redacted
  readonly callback: CallbackTarget | undefined
  readonly packages: ReadonlyArray<string>
}

/** Who a token speaks for. */
export type Principal =
  | { readonly kind: "app"; readonly corp: Corp; readonly app: App }
  | { readonly kind: "suite"; readonly suite: Suite }
  | { readonly kind: "provider"; readonly provider: Provider }

/** A token that was given out. */
export interface Token {
  readonly value: string
  readonly principal: Principal
  /** Epoch milliseconds. */
  endsAt: number
  /** Whether another one took its place: it is then unknown (40014), not ended (42001). */
  replaced: boolean
}

/** The whole state. */
export interface World extends Stateful {
  readonly corps: Map<string, Corp>
  /** By key. */
  readonly robots: Map<string, Robot>
  /** By suite id. */
  readonly suites: Map<string, Suite>
  readonly provider: Provider | undefined
  readonly tokens: Map<string, Token>
  /** The newest token of an app, a suite or the provider. */
  readonly newest: Map<App | Suite | Provider, Token>
  readonly tokenLife: number
  readonly rotateTokens: boolean
  readonly callsPerMinute: number
  /** Whether requests are refused for what the real server overlooks. */
  readonly strict: boolean
  /** The window in milliseconds. */
  readonly robotLimit: { readonly messages: number; readonly window: number }
  readonly keep: number
  /** Further names of the HTTP face. */
  readonly hosts: ReadonlyArray<string>
  /** Where the HTTP server is reached. */
  origin: string
  readonly random: typeof Random.Random.Service
  /** A number that was never given before, counting from 1. */
  readonly next: () => number
  /** A text of random letters and digits. */
  readonly text: (length: number) => string
  /** An id that was never given before. */
  readonly id: (prefix: string) => string
}

/** A world as the options describe it. */
export const make = (options: Options, random: typeof Random.Random.Service): World => {
  let sequence = 0
  const text = (length: number): string => {
    let value = ""
    while (value.length < length) value += alphabet[Math.floor(random.nextDoubleUnsafe() * alphabet.length)]
    return value
  }
  const made = (options.corps ?? [defaultCorp]).map((corp) => [corp, makeCorp(corp)] as const)
  const corps = new Map(made.map(([, corp]) => [corp.id, corp]))
  return {
    states: new Map(),
    corps,
    suites: new Map((options.suites ?? []).map((suite) => [suite.suiteId, makeSuite(suite, corps)])),
    provider: options.provider && {
      states: new Map(),
      corpId: options.provider.corpId,
      secret: redacted(options.provider.secret),
      callback: options.provider.callback && makeTarget(options.provider.callback),
      packages: options.provider.packages ?? []
    },
    newest: new Map(),
    robots: new Map(made.flatMap(([{ robots = [] }, corp]) => robots.map((robot) => makeRobot(robot, corp)))),
    tokens: new Map(),
    tokenLife: Duration.toMillis(options.tokenLife ?? Duration.hours(2)),
    rotateTokens: options.rotateTokens ?? false,
    callsPerMinute: options.callsPerMinute ?? Infinity,
    strict: options.strict ?? false,
    robotLimit: {
      messages: options.robotLimit?.messages ?? 20,
      window: Duration.toMillis(options.robotLimit?.window ?? "1 minute")
    },
    keep: options.keep ?? 10_000,
    hosts: options.hosts ?? [],
    origin: "http://localhost",
    random,
    next: () => ++sequence,
    text,
    id: (prefix) => `${prefix}${(++sequence).toString(36).padStart(4, "0")}${text(12)}`
  }
}

/** The corp with an id; the first one where none is named. */
export const findCorp = (world: World, corpId: string | undefined): Corp | undefined =>
  corpId === undefined ? [...world.corps.values()][0] : world.corps.get(corpId)

/** The same, which must be there. */
export const corpOf = (world: World, corpId: string | undefined): Corp => {
  const corp = findCorp(world, corpId)
  if (corp === undefined) throw new RangeError(`the simulator has no corp ${corpId ?? ""}`)
  return corp
}

/** The member with a userid, in any case. */
export const findMember = (corp: Corp, userid: string): Member | undefined => corp.members.get(userid.toLowerCase())

/** Whether a department is one of others, or lies below one of them. */
export const isUnder = (corp: Corp, id: number, above: ReadonlyArray<number>): boolean => {
  for (let at: number | undefined = id; at !== undefined; at = corp.departments.get(at)?.parentid) {
    if (above.includes(at)) return true
  }
  return false
}

/** Whether a member has a tag, himself or through a department. */
export const isTagged = (corp: Corp, tag: Tagged, user: User): boolean =>
  tag.members.has(user.userid.toLowerCase()) ||
  user.department.some((id) => isUnder(corp, id, [...tag.departments]))

/** A new token for a principal, or its current one where that still serves. */
export const grant = (world: World, principal: Principal, now: number): Token => {
  const owner = principal.kind === "app"
    ? principal.app
    : principal.kind === "suite"
    ? principal.suite
    : principal.provider
  const current = world.newest.get(owner)
  if (current !== undefined && current.endsAt > now) {
    if (!world.rotateTokens) return current
    current.replaced = true
  }
  const token: Token = { value: world.text(200), principal, endsAt: now + world.tokenLife, replaced: false }
  world.newest.set(owner, token)
  if (world.tokens.size > maxTokens) world.tokens.delete(world.tokens.keys().next().value ?? "")
  world.tokens.set(token.value, token)
  return token
}

/** Tokens that have ended are told from unknown ones as long as there are not too many. */
const maxTokens = 100_000

const ticketLife = 30 * 60_000

/** A new ticket of a suite, which serves for 30 minutes. */
export const issueTicket = (world: World, suite: Suite, now: number): string => {
  const value = world.text(64)
  suite.tickets = [...suite.tickets.filter(({ endsAt }) => endsAt > now), { value, endsAt: now + ticketLife }]
  return value
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

const makeCorp = (
  { apps, corpId, departments = [], members = [], name = corpId, sheetKeys = [], smartRobots = [] }: CorpOptions
): Corp => ({
  states: new Map(),
  sheets: new Map(sheetKeys.map((key) => [Redacted.value(redacted(key)), new Map()])),
  smartRobots: new Map(smartRobots.map(({ botId, callback, name = botId, secret }) => [
    botId,
    {
      id: botId,
      name,
      callback: callback && makeTarget(callback),
      secret: secret === undefined ? undefined : redacted(secret)
    }
  ])),
  id: corpId,
  name,
  apps: apps.map((app) => makeApp(app)),
  departments: new Map(
    [{ id: 1, name, parentid: 0 }, ...departments].map(({ id, name, order = 100_000_000 - id, parentid = 1 }) => [
      id,
      new Department({ id, name, parentid, order, department_leader: [] })
    ])
  ),
  members: new Map(members.map((options) => [
    options.userid.toLowerCase(),
    makeMember({ gender: UserGender.Unspecified, ...options })
  ])),
  tags: new Map(),
  media: newMedia()
})

/** A corp that comes later. */
export const addCorp = (world: World, options: CorpOptions): Corp => {
  const corp = makeCorp(options)
  world.corps.set(corp.id, corp)
  return corp
}

/** A member with all that he must have. */
export const makeMember = (options: MemberOptions): Member => {
  const { department = [1] } = options
  const zeros = department.map(() => 0)
  return {
    user: new User({
      name: options.userid,
      department,
      order: zeros,
      is_leader_in_dept: zeros.map(() => false),
      main_department: department[0],
      status: UserStatus.Activated,
      ...options
    }),
    openid: `o${options.userid}-simulated`,
    renamed: false
  }
}

const makeRobot = ({ key, name = "robot" }: RobotOptions, corp: Corp): readonly [key: string, Robot] => [
  Redacted.value(redacted(key)),
  { name, key: redacted(key), corp, said: [], media: newMedia() }
]

const newMedia = (): Map<string, Media> => new Recent(({ file }) => file.bytes.length)

/** How long an uploaded file serves: 3 days. */
export const mediaLife = 3 * 24 * 3600_000

/** Keeps a file of a corp or a robot, and returns its media id. */
export const keepMedia = (
  world: World,
  owner: { readonly media: Map<string, Media> },
  type: string,
  file: File,
  now: number
): string => {
  const mediaId = world.id("media-")
  owner.media.set(mediaId, { type, file, endsAt: now + mediaLife })
  return mediaId
}

/** The file that a media id stands for, while it does. */
export const findMedia = (
  owner: { readonly media: Map<string, Media> },
  mediaId: string,
  now: number
): Media | undefined => {
  const media = owner.media.get(mediaId)
  return media !== undefined && media.endsAt > now ? media : undefined
}

const makeSuite = (
  { callback, installations = [], secret, suiteId }: SuiteOptions,
  corps: ReadonlyMap<string, Corp>
): Suite => ({
  states: new Map(),
  id: suiteId,
  secret: redacted(secret),
  callback: callback && makeTarget(callback),
  tickets: [],
  installations: new Map(installations.map(({ corpId, permanentCode, ...options }) => {
    const corp = corps.get(corpId)
    if (corp === undefined) throw new TypeError(`the suite ${suiteId} is installed in ${corpId}, which is no corp here`)
    const app = makeApp({ ...options, name: suiteId, secret: permanentCode }, originOf(suiteId))
    return [corpId, { corp, app, mode: "admin", by: undefined }]
  }))
})

const makeTarget = ({ encodingAesKey, token, url }: CallbackOptions): CallbackTarget => ({
  url,
  token: redacted(token),
  encodingAesKey: redacted(encodingAesKey)
})

/** Whose the installations of a suite are. */
export const originOf = (suiteId: string): App["origin"] => suiteId.startsWith("dk") ? "developed" : "third-party"

/** Whether a suite is a template of apps that are developed for corps (代开发应用模板). */
export const isTemplate = ({ id }: Suite): boolean => originOf(id) === "developed"

/** An app, as the options describe it. */
export const makeApp = (
  { agentId, callback, name = `${agentId ?? "app"}`, powers, secret, visible }: AppOptions,
  origin: App["origin"] = "own"
): App => ({
  origin,
  agentId,
  name,
  visible,
  powers,
  secret: redacted(secret),
  callback: callback && makeTarget(callback)
})

const redacted = (secret: string | Redacted.Redacted): Redacted.Redacted =>
  typeof secret === "string" ? Redacted.make(secret) : secret
