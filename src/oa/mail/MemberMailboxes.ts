/**
 * 成员邮箱: the mailboxes of members, and how other mail clients may use them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 启用或禁用. */
export const MailboxState = Wire.oneOf({ Enabled: [1, "启用"], Disabled: [2, "禁用"] })

/** 功能设置属性. */
export const MailboxOptionType = Wire.oneOf({
  ForcedSafeLogin: [1, "强制启用安全登录"],
  Imap: [2, "IMAP/SMTP服务"],
  Pop: [3, "POP/SMTP服务"],
  SafeLogin: [4, "是否启用安全登录"]
})

/** 0 and 1 that travel as text. */
const isOn = Wire.quoted(Wire.oneOf({ Off: [0, "关闭"], On: [1, "启用"] }).schema)

const option = { type: MailboxOptionType.schema, value: isOn }

/** 用户功能属性. */
export class MailboxOption extends Schema.Class<MailboxOption>("effect-wecom/MailboxOption")({
  type: MailboxOptionType.schema,
  /** 1 on, 0 off. */
  value: Wire.optional(isOn)
}) {}

/** 用户功能属性. */
export class MailboxOptions extends Schema.Class<MailboxOptions>("effect-wecom/MailboxOptions")({
  list: Wire.list(MailboxOption)
}) {}

/** 成员邮箱: the mailboxes of members. */
export class MemberMailboxes extends Domain.Service<MemberMailboxes>()("oa/mail/MemberMailboxes", "OA·邮件", {
  /**
   * 禁用/启用邮箱账号. The mailbox of a member, or a public one. That of the super administrator and of who founded the corp
   * cannot be disabled.
   * @see https://developer.work.weixin.qq.com/document/path/95512
   */
  setState: Endpoint.post("/cgi-bin/exmail/account/act_email", { doc: 95512, idempotent: true }, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        userid: Wire.filledText,
        /** Of a public mailbox; ignored beside `userid`. */
        publicemail_id: Wire.int
      }),
      type: MailboxState.schema
    }).check(Wire.anyOf("userid", "publicemail_id"))
  })),
  /**
   * 获取邮件未读数. How many mails a member has not read.
   * @see https://developer.work.weixin.qq.com/document/path/95514
   */
  getUnreadCount: Endpoint.query("/cgi-bin/exmail/mail/get_newcount", 95514, () => ({
    body: { userid: Wire.filledText },
    success: Endpoint.pluck("count", Wire.int)
  })),
  /**
   * 获取用户功能属性. How other mail clients may use a member's mailbox.
   * @see https://developer.work.weixin.qq.com/document/path/95513
   */
  getOptions: Endpoint.query("/cgi-bin/exmail/useroption/get", 95513, () => ({
    body: { userid: Wire.filledText, type: Schema.NonEmptyArray(MailboxOptionType.schema) },
    success: Endpoint.pluck("option", MailboxOptions)
  })),
  /**
   * 更改用户功能属性.
   * @see https://developer.work.weixin.qq.com/document/path/98008
   */
  setOptions: Endpoint.post("/cgi-bin/exmail/useroption/update", { doc: 98008, idempotent: true }, () => ({
    body: { userid: Wire.filledText, option: Schema.Struct({ list: Schema.NonEmptyArray(Schema.Struct(option)) }) }
  }))
}) {}
