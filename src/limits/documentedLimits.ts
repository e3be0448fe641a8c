/**
 * The limits that WeCom documents (访问频率限制), as values.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90312
 */
import type * as Duration from "effect/Duration"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type { Attempt } from "../WeComClient.ts"
import type { Key, Limit } from "./limit.ts"

/** What the documented limits depend on. */
export interface Documented {
  /** 账号上限 of the corp, from which the daily limit of an app's messages follows. Default: that limit is not kept. */
  readonly accounts?: number | undefined
  /**
   * 企业规模, on which depends how many persons group chats may reach in an hour: 150,000, 350,000 or 700,000. Corps that
   * are not verified are small. Default: `small`.
   */
  readonly size?: "small" | "medium" | "large" | undefined
  /**
   * How many members a group chat has, for limits that count persons. Default: 2, the least that a chat has.
   */
  readonly chatMembers?: ((chatid: string) => number) | undefined
  /**
   * Names the address that WeCom sees calls come from, where processes that share a store have different ones.
   */
  readonly address?: string | undefined
}

/**
 * The documented limits (访问频率限制).
 *
 * Of what an app sends, only the members that a message names are counted: those of parties and tags are not known here.
 */
export const documented = (options: Documented = {}): ReadonlyArray<Limit> => {
  const { accounts, address = "", chatMembers = () => 2, size = "small" } = options
  return [
    perCorp("corp-minute", 10_000, "1 minute", base),
    perCorp("corp-hour", 150_000, "1 hour", base),
    perAddress("address-minute", 20_000, "1 minute", address, false),
    perAddress("address-hour", 600_000, "1 hour", address, false),
    perAddress("provider-address-minute", 40_000, "1 minute", address, true),
    perAddress("provider-address-hour", 1_200_000, "1 hour", address, true),
    perMember("member-minute", 30, "1 minute"),
    perMember("member-hour", 1000, "1 hour"),
    ...(accounts === undefined ? [] : [perApp(accounts)]),
    robot,
    ...smartRobot,
    perCorp("chat-create", 1000, "1 day", only("/cgi-bin/appchat/create")),
    perCorp("chat-update", 1000, "1 hour", only("/cgi-bin/appchat/update")),
    perChat("chat-send-minute", 20_000, "1 minute", () => "", chatMembers),
    perChat("chat-send-hour", reach[size], "1 hour", () => "", chatMembers),
    perChat("chat-minute", 200, "1 minute", (chatid) => `:${chatid}`, () => 1),
    perChat("chat-day", 10_000, "1 day", (chatid) => `:${chatid}`, () => 1),
    perCorp("ticket-corp", 400, "1 hour", only("/cgi-bin/get_jsapi_ticket", "/cgi-bin/ticket/get")),
    perCorp("ticket-app", 100, "1 hour", only("/cgi-bin/get_jsapi_ticket", "/cgi-bin/ticket/get"), agentOf),
    perCorp("approval-data", 600, "1 minute", only("/cgi-bin/oa/getapprovaldata", "/cgi-bin/corp/getapprovaldata")),
    perCorp("approval-minute", 600, "1 minute", each(...approvals)),
    perCorp("checkin-data", 600, "1 minute", only("/cgi-bin/checkin/getcheckindata")),
    perCorp("image-day", 1000, "1 day", only("/cgi-bin/media/uploadimg")),
    perCorp("image-month", 3000, "30 days", only("/cgi-bin/media/uploadimg")),
    sheetRecords
  ]
}

/** Which endpoint a limit counts, by what name: none where it does not concern it. */
type Concern = (attempt: Attempt) => string | undefined

/** Where an app sends messages: it has limits of its own. */
export const messageSend = "/cgi-bin/message/send"
const chatSend = "/cgi-bin/appchat/send"

const approvals = ["applyevent", "getapprovaldetail", "getapprovalinfo", "gettemplatedetail"].map((name) =>
  `/cgi-bin/oa/${name}`
)

/** How many persons group chats reach in an hour. */
const reach = { small: 150_000, medium: 350_000, large: 700_000 }

/** What does not count towards the base limits: messages, and members who log in. */
const exempt = new Set([messageSend, chatSend, "/cgi-bin/webhook/send", "/cgi-bin/auth/getuserinfo"])

/** Each endpoint for itself. */
const base: Concern = ({ endpoint }) => exempt.has(endpoint.path) ? undefined : `:${endpoint.path}`

/** Some endpoints, each for itself. */
const each = (...paths: ReadonlyArray<string>): Concern => ({ endpoint }) =>
  paths.includes(endpoint.path) ? `:${endpoint.path}` : undefined

/** Some endpoints together. */
const only = (...paths: ReadonlyArray<string>): Concern => ({ endpoint }) =>
  paths.includes(endpoint.path) ? "" : undefined

/** The app of an attempt, in a key. */
export const agentOf = ({ app }: Attempt): string => `:${app?.agentId ?? ""}`

const perCorp = (
  name: string,
  limit: number,
  window: Duration.Input,
  concern: Concern,
  part: (attempt: Attempt) => string = () => ""
): Limit => ({
  name,
  limit,
  window,
  keys: (attempt) => {
    const corp = attempt.app?.corpId
    const what = concern(attempt)
    return corp === undefined || what === undefined ? none : [{ key: `${corp}${part(attempt)}${what}` }]
  }
})

const none: ReadonlyArray<Key> = []

/** Apps of service providers, whose addresses may call more. */
const providers = new Set(["Suite", "Authorised", "Template", "Provider"])

const perAddress = (
  name: string,
  limit: number,
  window: Duration.Input,
  address: string,
  provider: boolean
): Limit => ({
  name,
  limit,
  window,
  keys: (attempt) => {
    const what = base(attempt)
    return what === undefined || provider !== (attempt.app !== undefined && providers.has(attempt.app._tag))
      ? none
      : [{ key: `${address}${what}` }]
  }
})

/** The members that a message of an app names. */
const recipients = ({ endpoint, input }: Attempt): ReadonlyArray<string> =>
  endpoint.path === messageSend && Predicate.hasProperty(input, "touser") && Array.isArray(input.touser)
    ? input.touser.map(String)
    : []

const everyone = "@all"

/** What exceeds these is dropped by WeCom without an error. */
const perMember = (name: string, limit: number, window: Duration.Input): Limit => ({
  name,
  limit,
  window,
  keys: (attempt) =>
    recipients(attempt).filter((user) => user !== everyone).map((user) => ({
      key: `${attempt.app?.corpId ?? ""}${agentOf(attempt)}:${user.toLowerCase()}`
    }))
})

const perApp = (accounts: number): Limit => ({
  name: "app-day",
  limit: accounts * 200,
  window: "1 day",
  keys: (attempt) => {
    const users = recipients(attempt)
    return users.length === 0
      ? none
      : [{
        key: `${attempt.app?.corpId ?? ""}${agentOf(attempt)}`,
        tokens: users.includes(everyone) ? accounts : users.length
      }]
  }
})

const perChat = (
  name: string,
  limit: number,
  window: Duration.Input,
  part: (chatid: string) => string,
  tokens: (chatid: string) => number
): Limit => ({
  name,
  limit,
  window,
  keys: ({ app, endpoint, input }) =>
    endpoint.path === chatSend && Predicate.hasProperty(input, "chatid")
      ? [{ key: `${app?.corpId ?? ""}${part(String(input.chatid))}`, tokens: tokens(String(input.chatid)) }]
      : none
})

/** The key of a webhook, in the input of the endpoints that take one. */
const webhookKey = ({ input }: Attempt): Redacted.Redacted | undefined => {
  if (!Predicate.hasProperty(input, "key")) return undefined
  return Redacted.isRedacted(input.key) ? input.key as Redacted.Redacted : Redacted.make(String(input.key)) // endpoints take text
}

/** 群机器人 (消息推送): 20 messages a minute for each robot. */
export const robot: Limit = {
  name: "robot",
  limit: 20,
  window: "1 minute",
  keys: (attempt) => {
    const key = attempt.endpoint.path === "/cgi-bin/webhook/send" ? webhookKey(attempt) : undefined
    return key === undefined ? none : [{ key }]
  }
}

/** 接收外部数据到智能表格: 3,000 records a minute for each webhook. */
const sheetRecords: Limit = {
  name: "sheet-records",
  limit: 3000,
  window: "1 minute",
  burst: 1500,
  keys: (attempt) => {
    const key = attempt.endpoint.path === "/cgi-bin/wedoc/smartsheet/webhook" ? webhookKey(attempt) : undefined
    if (key === undefined || !Predicate.isObject(attempt.input)) return none
    const { add_records: added, update_records: updated } = attempt.input as { readonly [field: string]: unknown }
    return [{ key, tokens: (Array.isArray(added) ? added.length : 0) + (Array.isArray(updated) ? updated.length : 0) }]
  }
}

/**
 * 智能机器人 with a long connection: 30 messages a minute and 1,000 an hour for each chat, replies and pushes together, and as
 * many uploads for each bot. Changes of a stream do not count.
 */
export const smartRobot: ReadonlyArray<Limit> = [
  perBot("smart-robot-minute", 30, "1 minute", ["/aibot_respond_msg", "/aibot_send_msg"]),
  perBot("smart-robot-hour", 1000, "1 hour", ["/aibot_respond_msg", "/aibot_send_msg"]),
  perBot("smart-robot-upload-minute", 30, "1 minute", ["/aibot_upload_media_init"]),
  perBot("smart-robot-upload-hour", 1000, "1 hour", ["/aibot_upload_media_init"])
]

/** The documented limits that need nothing to be known: {@link documented} takes what some of them depend on. */
export const defaults: ReadonlyArray<Limit> = documented()

function perBot(name: string, limit: number, window: Duration.Input, paths: ReadonlyArray<string>): Limit {
  return {
    name,
    limit,
    window,
    keys: ({ endpoint, input }) =>
      paths.includes(endpoint.path) && Predicate.hasProperty(input, "bot_id") && Predicate.hasProperty(input, "chatid")
        ? [{ key: `${input.bot_id}:${input.chatid}` }]
        : none
  }
}
