/**
 * 微信客服事件.
 *
 * @see https://developer.work.weixin.qq.com/document/path/94670
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

/** 微信客服有新消息或事件: an account has something to read with `KfMessages.sync`. */
export class KfMessageOrEvent extends Event<KfMessageOrEvent>()("event/kf_msg_or_event", () => ({
  FromUserName: Wire.optional(Schema.String),
  /** What to read it with, good for 10 minutes. */
  Token: Schema.String,
  OpenKfId: Schema.String
})) {}
