/**
 * What the simulator knows: corps with their apps, address books, messages and files, and the tokens it gave out.
 *
 * Plain mutable data. A route reads and changes it in one synchronous step, so every request finds a consistent world.
 */
import * as Duration from "effect/Duration"
import type * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { Department } from "../contacts/Departments.ts"
import type { Tag } from "../contacts/Tags.ts"
import { User } from "../contacts/Users.ts"
import { UserStatus } from "../contacts/UserStatus.ts"
import type { Power } from "./Permissions.ts"
import { Recent } from "./Recent.ts"

/** What a simulator starts with. Everything has a default: `{}` is one corp with one app, two departments and three members. */
export interface Options {
  readonly corps?: ReadonlyArray<CorpOptions> | undefined
  /** Third-party suites. */
  readonly suites?: ReadonlyArray<SuiteOptions> | undefined
  /** The service provider whose suites they are. */
  readonly provider?: ProviderOptions | undefined
  /** How long tokens and tickets live: 2 hours. */
  readonly tokenLife?: Duration.Input | undefined
  /**
   * Whether fetching a token ends the one before. The real server gives the same one until it ends, as it is done here
   * where this is not set; the documents do not promise it.
   */
  readonly rotateTokens?: boolean | undefined
  /**
   * How many calls of one endpoint a corp may make a minute before they get 45009. The real server takes 10,000; any
   * number is taken where this is not set, so that load can be tested.
   */
  readonly callsPerMinute?: number | undefined
  /** How many messages a group robot takes within which time before it gets 45009: 20 in any 60 seconds. */
  readonly robotLimit?: { readonly messages: number; readonly window: Duration.Input } | undefined
  /** Where random ids, tokens and faults come from: the same seed, the same run. */
  readonly seed?: string | number | undefined
  /**
   * How many requests, and messages per corp, are remembered: the last 10,000. Of files, the last 256 MiB of a corp are
   * kept.
   */
  readonly keep?: number | undefined
}

/** A corp. */
export interface CorpOptions {
  readonly corpId: string
  readonly name?: string | undefined
  readonly apps: ReadonlyArray<AppOptions>
  /** Beside the root, which has id 1. */
  readonly departments?: ReadonlyArray<DepartmentOptions> | undefined
  readonly members?: ReadonlyArray<MemberOptions> | undefined
  readonly robots?: ReadonlyArray<RobotOptions> | undefined
  /** 智能机器人. */
  readonly smartRobots?: ReadonlyArray<SmartRobotOptions> | undefined
  /** Keys of the webhooks of smart sheets (智能表格). */
  readonly sheetKeys?: ReadonlyArray<string | Redacted.Redacted> | undefined
}

/** A smart robot (智能机器人) that answers at a URL. */
export interface SmartRobotOptions {
  readonly botId: string
  readonly name?: string | undefined
  readonly callback: CallbackOptions
}

/** A group robot. */
export interface RobotOptions {
  /** The `key` of its webhook URL. */
  readonly key: string | Redacted.Redacted
  readonly name?: string | undefined
}

/** An app of a corp. */
export interface AppOptions {
  /** Built-in apps such as contact sync have a secret and no agent id. */
  readonly agentId?: number | undefined
  readonly name?: string | undefined
  readonly secret: string | Redacted.Redacted
  /** Where its messages and events go (接收消息服务器配置). */
  readonly callback?: CallbackOptions | undefined
  /** 可见范围. Who and what the app may see: the whole corp where not said. */
  readonly visible?: VisibleRange | undefined
  /** 接口权限. The areas of the API that are open to it: all where not said. See `selfBuilt` and `contactSync`. */
  readonly powers?: ReadonlyArray<Power> | undefined
}

/** Who and what an app may see. */
export interface VisibleRange {
  readonly members?: ReadonlyArray<string> | undefined
  /** With all departments below them. */
  readonly departments?: ReadonlyArray<number> | undefined
  readonly tags?: ReadonlyArray<number> | undefined
}

/** Where callbacks go, and how they are encrypted. */
export interface CallbackOptions {
  readonly url: string
  readonly token: string | Redacted.Redacted
  readonly encodingAesKey: string | Redacted.Redacted
}

/** A third-party suite (第三方应用), and where it is installed. */
export interface SuiteOptions {
  readonly suiteId: string
  readonly secret: string | Redacted.Redacted
  /** Where its tickets and authorisation events go (指令回调). */
  readonly callback?: CallbackOptions | undefined
  readonly installations?: ReadonlyArray<InstallationOptions> | undefined
}

/** A corp that has installed a suite. */
export interface InstallationOptions {
  readonly corpId: string
  readonly permanentCode: string | Redacted.Redacted
  readonly agentId: number
  /** 可见范围: the whole corp where not said. */
  readonly visible?: VisibleRange | undefined
  /** 接口权限: all where not said. */
  readonly powers?: ReadonlyArray<Power> | undefined
  /** Where the corp's messages and events go (数据回调). */
  readonly callback?: CallbackOptions | undefined
}

/** A service provider. */
export interface ProviderOptions {
  readonly corpId: string
  readonly secret: string | Redacted.Redacted
  /** Where its events go that belong to no suite (系统事件接收URL). */
  readonly callback?: CallbackOptions | undefined
  /** 推广包. The ids of its promotion packages. */
  readonly packages?: ReadonlyArray<string> | undefined
}

/** A department. */
export interface DepartmentOptions {
  readonly id: number
  readonly name: string
  /** The root where not said. */
  readonly parentid?: number | undefined
  readonly order?: number | undefined
}

/** A member: any field of a `User`, of which only the userid is needed. He is activated, and in the root department. */
export type MemberOptions =
  & Partial<Omit<ConstructorParameters<typeof User>[0], "userid">>
  & { readonly userid: string }

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

/** A corp, as it is kept. State that only one area needs is declared with {@link area} beside its routes. */
export interface Corp {
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
  readonly callback: CallbackTarget
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
  /** In milliseconds of the epoch. */
  readonly at: number
  readonly msgtype: string
  readonly content: { readonly [field: string]: unknown }
}

/** A tag of the address book, and who bears it. */
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
  /** In milliseconds of the epoch. */
  readonly endsAt: number
}

/** A file: what was uploaded, or is to be sent. */
export interface File {
  readonly filename: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** A third-party suite, as it is kept. */
export interface Suite {
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
export interface Provider {
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
  /** In milliseconds of the epoch. */
  endsAt: number
  /** Whether another one took its place: it is then unknown (40014), not ended (42001). */
  replaced: boolean
}

/** The whole state. */
export interface World {
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
  /** The window in milliseconds. */
  readonly robotLimit: { readonly messages: number; readonly window: number }
  readonly keep: number
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

/**
 * State that one area of the API keeps per corp (or suite, or provider), made when it is first asked for.
 *
 * @example
 * ```ts
 * const calendars = area(() => new Map<string, Calendar>())
 *
 * route(Calendars.endpoints.get, ({ corp, input }) => existing(calendars(corp), input.cal_id, 40058))
 * ```
 */
export const area = <S, Owner extends object = Corp>(make: (owner: Owner) => S): (owner: Owner) => S => {
  const states = new WeakMap<Owner, S>()
  return (owner) => {
    const state = states.get(owner) ?? make(owner)
    states.set(owner, state)
    return state
  }
}

/** The corp of a simulator that was given none. */
export const defaultCorp: CorpOptions = {
  corpId: "ww5a1d0e5c0ffee001",
  name: "示例企业",
  apps: [{ agentId: 1000002, name: "示例应用", secret: "simulated-app-secret-0123456789abcdefghijkl" }],
  departments: [{ id: 2, name: "研发部" }, { id: 3, name: "市场部" }],
  members: [
    { userid: "zhangsan", name: "张三", department: [2] },
    { userid: "lisi", name: "李四", department: [2, 3] },
    { userid: "wangwu", name: "王五", department: [3] }
  ],
  robots: [{ name: "示例机器人", key: "simulated-robot-key" }]
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
    corps,
    suites: new Map((options.suites ?? []).map((suite) => [suite.suiteId, makeSuite(suite, corps)])),
    provider: options.provider && {
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
    robotLimit: {
      messages: options.robotLimit?.messages ?? 20,
      window: Duration.toMillis(options.robotLimit?.window ?? "1 minute")
    },
    keep: options.keep ?? 10_000,
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

/** Whether a member bears a tag, himself or through a department. */
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
  sheets: new Map(sheetKeys.map((key) => [Redacted.value(redacted(key)), new Map()])),
  smartRobots: new Map(smartRobots.map(({ botId, callback, name = botId }) => [
    botId,
    { id: botId, name, callback: makeTarget(callback) }
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
  members: new Map(members.map((options) => [options.userid.toLowerCase(), makeMember(options)])),
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
export const makeMember = (options: MemberOptions): Member => ({
  user: new User({ name: options.userid, department: [1], status: UserStatus.Activated, ...options }),
  openid: `o${options.userid}-simulated`,
  renamed: false
})

const makeRobot = ({ key, name = "robot" }: RobotOptions, corp: Corp): readonly [key: string, Robot] => [
  Redacted.value(redacted(key)),
  { name, key: redacted(key), corp, said: [], media: newMedia() }
]

const newMedia = (): Map<string, Media> => new Recent(({ file }) => file.bytes.length)

/** How long an uploaded file serves: 3 days. */
export const mediaLife = 3 * 24 * 3600_000

/** Keeps a file of a corp or a robot, and answers its media id. */
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
