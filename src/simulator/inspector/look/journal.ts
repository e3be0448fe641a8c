/** The journal, and the conversations that its entries belong to. */
import * as Predicate from "effect/Predicate"
import * as ErrorCode from "../../../ErrorCode.ts"
import * as Json from "../../../internal/kernel/json.ts"
import * as Conversation from "../../engine/Conversation.ts"
import type { Entry } from "../../engine/Journal.ts"
import { type Corp, findMember } from "../../engine/World.ts"
import type { EntryView, Kind, Link } from "../View.ts"
import { type Look, robotsOf, text } from "./names.ts"
import { show } from "./shown.ts"
import { doneTurn } from "./turns.ts"

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
