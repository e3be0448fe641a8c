/**
 * 发送邮件, 获取接收的邮件: the mails of an app, which has a mailbox of its own.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { Mail } from "./Mail.ts"

/** A mail in the app's inbox. */
export class ReceivedMail extends Schema.Class<ReceivedMail>("effect-wecom/ReceivedMail")({
  mail_id: Schema.String
}) {}

/** One page of the inbox. */
export class ReceivedMailPage extends Schema.Class<ReceivedMailPage>("effect-wecom/ReceivedMailPage")({
  mail_list: Wire.list(ReceivedMail),
  ...Wire.optionals({ has_more: Wire.flag, next_cursor: Schema.String })
}) {}

/** 邮件: the mails of an app. */
export class AppMails extends Domain.Service<AppMails>()("oa/mail/AppMails", "OA·邮件", {
  /**
   * 发送邮件. Sends a mail from the app's address; with a `schedule` it makes a schedule, with a `meeting` as well a meeting,
   * for which the app needs the permissions of those.
   * @see https://developer.work.weixin.qq.com/document/path/97445
   */
  send: Endpoint.post("/cgi-bin/exmail/app/compose_send", 97445, () => ({ body: Mail })),
  /**
   * 获取收件箱邮件列表. One page of the mails that came within a time: their ids.
   * @see https://developer.work.weixin.qq.com/document/path/97505
   */
  list: Endpoint.query("/cgi-bin/exmail/app/get_mail_list", 97505, () => ({
    body: Schema.Struct({
      begin_time: Wire.time,
      end_time: Wire.time,
      ...Wire.optionals({
        cursor: Schema.String,
        /** Default: 100. */
        limit: Wire.intBetween(1, 1000)
      })
    }).check(Wire.period("begin_time", "end_time", Infinity)),
    success: ReceivedMailPage
  })),
  /**
   * 获取邮件内容. A mail as it came, in the format of `.eml` files (RFC 5322): parse it with a library for mail.
   * @see https://developer.work.weixin.qq.com/document/path/97979
   */
  get: Endpoint.query("/cgi-bin/exmail/app/read_mail", 97979, () => ({
    body: { mail_id: Wire.filledText },
    success: Endpoint.pluck("mail_data", Schema.String)
  }))
}, (endpoints) => ({
  /**
   * 获取收件箱邮件列表. All mails of `list`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/97505
   */
  listAll: Paging.byCursor(endpoints.list, "mail_list")
})) {}
