/**
 * 邮件事件: mail has come.
 *
 * @see https://developer.work.weixin.qq.com/document/path/97495
 */
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

/**
 * 应用邮箱收到邮件: the app's mailbox has new mail.
 * @see https://developer.work.weixin.qq.com/document/path/97495
 */
export class AppMailReceived extends Event<AppMailReceived>()("event/app_email_change/receive_email", () => ({
  /** How many mails are new. */
  Amount: Wire.int
})) {}

/**
 * 公共邮箱收到邮件: a public mailbox has new mail.
 * @see https://developer.work.weixin.qq.com/document/path/100180
 */
export class PublicMailReceived extends Event<PublicMailReceived>()("event/public_email_change/receive_email", () => ({
  /** The mailbox. */
  Id: Wire.int,
  /** How many mails are new. */
  Amount: Wire.int
})) {}
