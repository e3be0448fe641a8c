/**
 * Our own callbacks: for every declared event what the reference data shows of it, in our own words, or, where it shows
 * nothing, what its field tree says.
 */
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import * as Path from "node:path"
import * as CallbackEvent from "../src/callback/CallbackEvent.ts"
import * as Xml from "../src/internal/callback/xml.ts"
import { fixtures, lost } from "../test/callback/leaves.ts"
import { neutralJson, neutralXml } from "./neutral.ts"
import { type EventTree, type Fields, readEvents } from "./reference.ts"

interface Sample {
  readonly file: string
  readonly kind: string
  readonly event?: string
}

/** Declared events whose fields the reference data does not have, or has of a whole family: those of another event, or ours. */
const beyond: { readonly [key: string]: string | Xml.XmlRecord } = {
  file: {
    Title: "示例文字",
    Description: "示例",
    FileKey: "key-1",
    FileMd5: "5a75aaca956d97be686719218f275c6b",
    FileTotalLen: 1024
  },
  "InfoType/customer_acquisition/change_price": { LinkId: "link-1", Price: 100, EffectiveTime: 1700000000 },
  "event/customer_acquisition/change_price": { LinkId: "link-1", Price: 100, EffectiveTime: 1700000000 },
  "event/customer_acquisition/del_follow_user": "event/customer_acquisition/customer_start_chat",
  "event/customer_acquisition/service_balance_consumed": "InfoType/customer_acquisition/service_balance_consumed",
  "event/customer_acquisition/service_balance_exhausted": {},
  "event/customer_acquisition/service_balance_low": {},
  "InfoType/change_external_chat/update/del_member": "event/change_external_chat/update/del_member",
  "InfoType/change_external_chat/update/change_owner": "event/change_external_chat/update/change_owner",
  "InfoType/change_external_chat/update/change_name": "event/change_external_chat/update/change_name",
  "InfoType/change_external_chat/update/change_notice": "event/change_external_chat/update/change_notice",
  "InfoType/chat_archive_audit_approved_room": "InfoType/chat_archive_audit_approved_single",
  "resource/REFUND.*": "resource/TRANSACTION.SUCCESS"
}

/** Values of fields that are closed sets, or numbers whatever the tree says. */
const known: { readonly [name: string]: string } = {
  ChangeType: "create_student",
  Id: "1",
  ParentId: "1",
  FailReason: "customer_refused",
  Source: "DELETE_BY_TRANSFER",
  TagType: "tag",
  event_type: "REFUND.SUCCESS"
}

const header = (key: string): Xml.XmlRecord => {
  const [kind, type, changeType, updateDetail] = key.split("/")
  const changes = { ChangeType: changeType, UpdateDetail: updateDetail }
  switch (kind) {
    case "event":
      return { ...corp, MsgType: "event", Event: type, ...changes, AgentID: 1000002 }
    case "InfoType":
      return {
        SuiteId: "wx0011223344556677",
        AuthCorpId: "ww00aa11bb22cc33dd",
        InfoType: type,
        TimeStamp: 1700000000,
        ...changes
      }
    case "resource":
      return {}
    default:
      return { ...corp, MsgType: key, AgentID: 1000002, MsgId: "7000000000000000001" }
  }
}

const corp = { ToUserName: "ww00aa11bb22cc33dd", FromUserName: "lisi", CreateTime: 1700000000 }

const valueOf = (name: string, node: EventTree["fields"][string]): Xml.XmlContent => {
  if (node.list === "comma") return "1,0"
  if (node.type === "array") {
    const item = node.items === undefined ? "" : valueOf(name, node.items)
    return node.list === "wrapper" ? { [node.item ?? "Item"]: [item, item] } : [item, item]
  }
  if (node.type === "object") return valuesOf(node.fields ?? {})
  if (node.unixSeconds === true) return 1700000000
  return node.type === "string" ? known[name] ?? `${name.toLowerCase()}-1` : 1
}

const valuesOf = (fields: Fields): Xml.XmlRecord =>
  Object.fromEntries(Object.entries(fields).map(([name, node]) => [name, valueOf(name, node)]))

/** Fields of the header, and those that make the key. */
const told = new Set(
  "ToUserName FromUserName CreateTime MsgType MsgId AgentID AgentId Event ChangeType UpdateDetail InfoType SuiteId AuthCorpId TimeStamp"
    .split(" ")
)

const drawn = (key: string, trees: ReadonlyMap<string, EventTree>): string => {
  const from = beyond[key]
  const tree = trees.get(typeof from === "string" ? from : key)
  const fields = typeof from === "object" ? from : valuesOf(tree?.fields ?? {})
  return Xml.stringify({
    ...header(key),
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !told.has(name)))
  })
}

/** The lines of `test/fixtures/events.jsonl`, and what is wrong with them. */
export const eventFixtures = (
  root: string
): { readonly lines: ReadonlyArray<string>; problems: ReadonlyArray<string> } => {
  const trees = readEvents(root)
  const samples = (JSON.parse(readFileSync(Path.join(root, "samples/index.json"), "utf8")) as ReadonlyArray<Sample>)
    .filter(({ kind }) => kind === "callback")
    .map(({ event, file }) => ({
      key: event!.toLowerCase(),
      text: readFileSync(Path.join(root, "samples", file), "utf8")
    }))
  const byHand = new Set(fixtures("").map(({ text }) => Effect.runSync(CallbackEvent.fromText(text)).key))
  const problems: Array<string> = []
  const lines = Object.values(CallbackEvent.events).map(({ key }) => key).filter((key) => !byHand.has(key)).flatMap(
    (key) => {
      const texts = samples.filter((sample) => sample.key === key.toLowerCase()).map(({ text }) =>
        /^\s*\{/.test(text) ? neutralJson(text) : neutralXml(text)
      )
      return [...new Set(texts.length === 0 ? [drawn(key, trees)] : texts)].map((text) => {
        const event = Effect.runSync(CallbackEvent.fromText(text))
        const differences = event._tag === key
          ? lost(text, event)
          : [`it is ${event._tag}${event._tag === "Unknown" ? `: ${event.decodeIssue?.message}` : ""}`]
        if (differences.length > 0) problems.push(`${key}: ${differences.join("; ")}`)
        return JSON.stringify({ key, text })
      })
    }
  )
  return { lines, problems }
}
