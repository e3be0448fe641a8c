/**
 * 微信客服事件.
 *
 * @see https://developer.work.weixin.qq.com/document/path/94670
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/**
 * 微信客服有新消息或事件: an account has something to read with `KfMessages.sync`. Nobody sends it: it has no `FromUserName`.
 * @see https://developer.work.weixin.qq.com/document/path/94670
 */
export class KfMessageOrEvent extends Event<KfMessageOrEvent>()("event/kf_msg_or_event", () => ({
  FromUserName: Wire.optional(Schema.String),
  /** What to read it with, valid for 10 minutes. */
  Token: Schema.String,
  OpenKfId: Schema.String
})) {}

/**
 * 客服账号授权变更事件: the app may answer for more accounts, or for fewer. Those it lost are told even where it has lost
 * the permission for 微信客服 altogether.
 * @see https://developer.work.weixin.qq.com/document/path/97712
 */
export class KfAccountAuthChanged extends Event<KfAccountAuthChanged>()("event/kf_account_auth_change", () => ({
  AuthAddOpenKfId: CallbackWire.repeated(Schema.String),
  AuthDelOpenKfId: CallbackWire.repeated(Schema.String)
})) {}
