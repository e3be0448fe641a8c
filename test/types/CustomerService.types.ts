/**
 * What the types of 微信客服 allow, and what they refuse.
 */
import type { Effect, Stream } from "effect"
import type { WeComError } from "effect-wecom"
import {
  type KfCustomers,
  type KfKnowledge,
  KfMessage,
  type KfMessagePage,
  type KfMessages,
  type KfReceived,
  type KfSessions,
  KfSessionState,
  type KnowledgeAttachment
} from "effect-wecom/customer-service"

declare const messages: KfMessages["Service"]
declare const sessions: KfSessions["Service"]
declare const customers: KfCustomers["Service"]
declare const knowledge: KfKnowledge["Service"]
declare const received: KfReceived.KfReceived
declare const any: KfMessage.KfMessage

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const same = <_ extends true>(): void => {}

// Pages, streams of pages and streams of messages.
const page = messages.sync({ open_kfid: "wk" })
same<Equals<typeof page, Effect.Effect<KfMessagePage, WeComError>>>()
const pages = messages.syncAllPages({ open_kfid: "wk", token: "T" })
same<Equals<typeof pages, Stream.Stream<KfMessagePage, WeComError>>>()
const all = messages.syncAll({ open_kfid: "wk", cursor: "C" })
same<Equals<typeof all, Stream.Stream<KfReceived.KfReceived, WeComError>>>()
// @ts-expect-error: of which account
messages.sync({ cursor: "C" })

// A message has what its msgtype says.
const to = { open_kfid: "wk", touser: "wm" }
messages.send({ ...to, ...KfMessage.text("您好") })
messages.send({ ...to, msgid: "1", ...any })
messages.send({ ...to, msgtype: "image", image: { media_id: "M" } })
// @ts-expect-error: an image under the type of a text
messages.send({ ...to, msgtype: "text", image: { media_id: "M" } })
// @ts-expect-error: to nobody
messages.send({ open_kfid: "wk", ...KfMessage.text("您好") })
// @ts-expect-error: an item of a kind that there is not
KfMessage.menu({ list: [{ type: "buy", buy: { price: 1 } }] })
// @ts-expect-error: the address is missing
KfMessage.menu({ list: [{ type: "view", view: { content: "看看" } }] })

// Events are answered with texts and menus.
messages.sendOnEvent({ code: "C", ...KfMessage.text("您好") })
messages.sendOnEvent({ code: "C", ...KfMessage.menu({ list: [KfMessage.click("1", "一")] }) })
// @ts-expect-error: not with a picture
messages.sendOnEvent({ code: "C", ...KfMessage.image("M") })

// What is read is told apart, and may be of a kind that is not known yet.
switch (received.msgtype) {
  case "text":
    same<Equals<typeof received.text.content, string>>()
    break
  case "Unknown":
    same<Equals<keyof typeof received, "msgtype" | "value">>()
    break
  case "event":
    if (received.event.event_type === "enter_session") {
      same<Equals<typeof received.event.welcome_code, string | undefined>>()
      // @ts-expect-error: of another event
      void received.event.fail_msgid
    }
    break
}
// @ts-expect-error: of a text alone
void received.text

// Only a servicer's session says whose.
const who = { open_kfid: "wk", external_userid: "wm" }
sessions.changeState({ ...who, service_state: KfSessionState.Queued })
sessions.changeState({ ...who, service_state: KfSessionState.Servicer, servicer_userid: "lisi" })
// @ts-expect-error: whose
sessions.changeState({ ...who, service_state: KfSessionState.Servicer })
// @ts-expect-error: nobody's
sessions.changeState({ ...who, service_state: KfSessionState.Ended, servicer_userid: "lisi" })
// @ts-expect-error: never again
sessions.changeState({ ...who, service_state: KfSessionState.Untreated })
const code = sessions.changeState({ ...who, service_state: 4 })
same<Equals<typeof code, Effect.Effect<string | undefined, WeComError>>>()

// A referral is to a member or to a group.
customers.upgrade({ ...who, type: 1, member: { userid: "lisi" } })
customers.upgrade({ ...who, type: 2, groupchat: { chat_id: "wr" } })
// @ts-expect-error: to no member
customers.upgrade({ ...who, type: 1 })
// @ts-expect-error: to no group
customers.upgrade({ ...who, type: 2, member: { userid: "lisi" } })

// An answer's attachment has what its msgtype says.
const question = { text: { content: "问" } }
const image: KnowledgeAttachment = { msgtype: "image", image: { media_id: "M" } }
knowledge.createIntent({ group_id: "G", question, answers: [{ ...question, attachments: [image] }] })
// @ts-expect-error: no file
const file: KnowledgeAttachment = { msgtype: "file", file: { media_id: "F" } }
void file
