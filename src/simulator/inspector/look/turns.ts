/** What was said in a conversation. */
import * as Predicate from "effect/Predicate"
import type { Account, Session } from "../../areas/customer-service/CustomerService.ts"
import type { Said } from "../../areas/customers/Outreach.ts"
import * as Conversation from "../../engine/Conversation.ts"
import type { Corp, Member } from "../../engine/World.ts"
import type { Turn } from "../View.ts"
import { customerName, nameOf, shownAtOnce, text } from "./names.ts"

const appName = (
  corp: Corp,
  { agentId, botId }: { readonly agentId?: number | undefined; readonly botId?: string | undefined }
) =>
  botId === undefined
    ? corp.apps.find((app) => app.agentId === agentId)?.name ?? `${agentId ?? ""}`
    : corp.smartRobots.get(botId)?.name ?? botId

export const sentTurn = (corp: Corp, message: Conversation.Sent, dropped = false): Turn => ({
  ...message,
  content: withFiles(corp, message.content),
  key: `${message.msgid} ${message.msgtype}`,
  side: "app",
  by: appName(corp, message),
  recalled: message.recalled || undefined,
  dropped: dropped || undefined
})

export const doneTurn = (corp: Corp, userid: string, done: Conversation.Done, index: number): Turn => ({
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
export const turnsOfMember = (corp: Corp, { user: { userid } }: Member): ReadonlyArray<Turn> => {
  const all = Conversation.done(corp, userid)
  const first = Math.max(0, all.length - shownAtOnce)
  return [
    ...Conversation.inbox(corp, userid).slice(-shownAtOnce).map((message) => sentTurn(corp, message)),
    ...Conversation.dropped(corp, userid).map((message) => sentTurn(corp, message, true)),
    ...all.slice(first).map((done, index) => doneTurn(corp, userid, done, first + index))
  ].toSorted((a, b) => a.at - b.at)
}

/** What a smart robot and members said to each other. */
export const turnsOfBot = (corp: Corp, botId: string): ReadonlyArray<Turn> => {
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
export const saidTurns = (corp: Corp, said: ReadonlyArray<Said>): ReadonlyArray<Turn> =>
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
export const turnsOfSession = (corp: Corp, account: Account, session: Session): ReadonlyArray<Turn> => {
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
export const withFiles = (owner: Pick<Corp, "media">, content: Conversation.Content): Conversation.Content => {
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
