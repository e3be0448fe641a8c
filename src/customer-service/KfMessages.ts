/**
 * 客服消息收发: what customers of 微信客服 write, and what is sent to them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import * as KfMessage from "./KfMessage.ts"
import { KfReceived } from "./KfReceived.ts"

/** 语音消息类型: the format of voice messages. */
export const KfVoiceFormat = Wire.oneOf({
  Amr: [0, "Amr"],
  Silk: [1, "Silk"]
})

/** A page of messages and events, and where the next one begins. */
export class KfMessagePage extends Schema.Class<KfMessagePage>("effect-wecom/KfMessagePage")({
  /** May be empty although there is more. */
  msg_list: Wire.list(KfReceived),
  ...Wire.optionals({
    has_more: Wire.flag,
    /** Keep it: the next call continues from here, without it, it starts again with the messages of three days ago. */
    next_cursor: Schema.String
  })
}) {}

/** At most 32 letters, digits, `_` or `-`, unique within the account. */
const msgid = Wire.optional(
  Wire.text(32).check(Schema.isPattern(/^[0-9a-zA-Z_-]*$/, { message: "only letters, digits, _ and -" }))
)

const sent = <const F extends Schema.Struct.Fields>({ fields }: Schema.Struct<F>) =>
  Schema.Struct({
    open_kfid: Wire.filledText,
    /** The `external_userid` of the customer. */
    touser: Schema.String,
    msgid,
    ...fields
  })

const answered = <const F extends Schema.Struct.Fields>({ fields }: Schema.Struct<F>) =>
  Schema.Struct({
    /** The `welcome_code` or `msg_code`. */
    code: Wire.filledText,
    msgid,
    ...fields
  })

const sentMessage = Schema.Union([
  sent(KfMessage.Text),
  sent(KfMessage.Image),
  sent(KfMessage.Voice),
  sent(KfMessage.Video),
  sent(KfMessage.File),
  sent(KfMessage.Link),
  sent(KfMessage.Miniprogram),
  sent(KfMessage.Menu),
  sent(KfMessage.Location),
  sent(KfMessage.BusinessCard),
  sent(KfMessage.AcquisitionLink)
])

/** A message to a customer. Told apart by `msgtype`. */
export type SentKfMessage = Exclude<typeof sentMessage.Type, never> // named, so that an editor shows the name

/** A message to a customer. Told apart by `msgtype`. */
export const SentKfMessage: Schema.Codec<SentKfMessage, typeof sentMessage.Encoded> = sentMessage

const eventReply = Schema.Union([answered(KfMessage.Text), answered(KfMessage.EventMenu)])

/** What may follow an event, with its code. Told apart by `msgtype`. */
export type KfEventReply = Exclude<typeof eventReply.Type, never> // named, so that an editor shows the name

/** What may follow an event, with its code. Told apart by `msgtype`. */
export const KfEventReply: Schema.Codec<KfEventReply, typeof eventReply.Encoded> = eventReply

/**
 * 客服消息收发: what customers write, and what is sent to them.
 *
 * The `kf_msg_or_event` callback tells that there is something to read, with the token to read it.
 */
export class KfMessages extends Domain.Service<KfMessages>()("customer-service/KfMessages", "微信客服", {
  /**
   * 读取消息. Messages of customers and servicers, and events, of the last three days; one page. Messages of `send` are
   * not among them.
   * @see https://developer.work.weixin.qq.com/document/path/94670
   */
  sync: Endpoint.query("/cgi-bin/kf/sync_msg", 94670, () => ({
    body: {
      open_kfid: Wire.filledText,
      ...Wire.optionals({
        /** The `next_cursor` of the page before; what came since three days ago where it is left out. */
        cursor: Schema.String,
        /** The `Token` of the `kf_msg_or_event` callback, valid for 10 minutes. Calls without one are strictly limited. */
        token: Schema.String,
        /** Default: 1000. */
        limit: Wire.intBetween(1, 1000),
        /** Default: `Amr`. */
        voice_format: KfVoiceFormat.schema
      })
    },
    success: KfMessagePage
  })),
  /**
   * 发送消息. Sends a message to a customer; returns its id. That it was taken does not mean that it arrives: a
   * `msg_send_fail` event says where it did not.
   *
   * At most 5 messages within 48 hours of each message of the customer (95001, 95002), while the session is `Untreated`
   * or with the `Assistant` (95018). An id that was used before fails with 95033.
   * @see https://developer.work.weixin.qq.com/document/path/94677
   */
  send: Endpoint.post("/cgi-bin/kf/send_msg", 94677, () => ({
    body: SentKfMessage,
    success: Endpoint.pluck("msgid", Schema.String)
  })),
  /**
   * 发送欢迎语等事件响应消息. Greets a customer, or says something about a change of the session, with the code that came with
   * the event or the change; returns the message's id. A code is valid once; those of greetings and of ended sessions for 20
   * seconds, the others for 48 hours while the session is in the state they came with.
   *
   * A text, or, for greetings and ended sessions, a menu.
   * @see https://developer.work.weixin.qq.com/document/path/95122
   */
  sendOnEvent: Endpoint.post("/cgi-bin/kf/send_msg_on_event", 95122, () => ({
    body: KfEventReply,
    success: Endpoint.pluck("msgid", Schema.String)
  }))
}, (endpoints) => ({
  /**
   * 读取消息. All messages and events, as a stream, if you need not resume later.
   * @see https://developer.work.weixin.qq.com/document/path/94670
   */
  syncAll: Paging.byCursor(endpoints.sync, "msg_list"),
  /**
   * 读取消息. The same as a stream of pages: keep the `next_cursor` of each when its messages are done with.
   * @see https://developer.work.weixin.qq.com/document/path/94670
   */
  syncAllPages: Paging.make(endpoints.sync, { items: (page) => [page], next: Paging.followCursor() })
})) {}
