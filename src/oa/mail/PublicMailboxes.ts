/**
 * 管理公共邮箱: mailboxes that many members use.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { anyItems, ids, shownIds, shownTexts, texts } from "./lists.ts"

/** A mailbox as a search finds it. */
export class FoundMailbox extends Schema.Class<FoundMailbox>("effect-wecom/FoundMailbox")({
  id: Wire.int,
  ...Wire.optionals({ email: Schema.String, name: Schema.String })
}) {}

/** 公共邮箱. */
export class PublicMailbox extends FoundMailbox.extend<PublicMailbox>("effect-wecom/PublicMailbox")(
  Wire.optionals({
    /** Who uses it. */
    userid_list: shownTexts,
    department_list: shownIds,
    tag_list: shownIds,
    alias_list: shownTexts
  })
) {}

/** 客户端专用密码, which is returned only once. */
export class MailboxPassword extends Schema.Class<MailboxPassword>("effect-wecom/MailboxPassword")(
  Wire.optionals({
    auth_code_id: Wire.int,
    auth_code: Wire.secret
  })
) {}

/** A mailbox that was made, and its password if one was asked for. */
export class CreatedMailbox extends MailboxPassword.extend<CreatedMailbox>("effect-wecom/CreatedMailbox")({
  id: Wire.int
}) {}

/** 客户端专用密码, without the password itself. */
export class MailboxPasswordInfo extends Schema.Class<MailboxPasswordInfo>("effect-wecom/MailboxPasswordInfo")({
  auth_code_id: Wire.int,
  ...Wire.optionals({
    remark: Schema.String,
    create_time: Wire.time
  }),
  /** None if it was never used. */
  last_use_time: Wire.optional(Wire.timeOrNone)
}) {}

const users = Wire.optionals({
  /** Who uses it, by userid. */
  userid_list: texts,
  department_list: ids,
  tag_list: ids
})

const password = Wire.optionals({
  /** Whether a 客户端专用密码 is made, at most 10 of a mailbox. Default: false. */
  create_auth_code: Wire.flag,
  auth_code_info: Schema.Struct(Wire.optionals({
    /** At most 128 bytes. Default: 办公PC. */
    remark: Wire.text(128)
  }))
})

/** A mailbox to make. */
export class NewMailbox extends Schema.Opaque<NewMailbox>()(
  Schema.Struct({
    email: Wire.filledText,
    /** Unique; at most 64 characters, or 32 Chinese ones. */
    name: Wire.words(32),
    ...users,
    ...password
  }).check(anyItems("userid_list", "department_list", "tag_list"))
) {}

/** What changes of a mailbox: a list that is left out stays, an empty one is cleared. */
export class MailboxChange extends Schema.Opaque<MailboxChange>()(
  Schema.Struct({
    id: Wire.int,
    ...Wire.optionals({
      /** Unique; at most 64 characters, or 32 Chinese ones. */
      name: Wire.words(32),
      /** Replaces all: at most 5, of 6 to 64 bytes each. */
      alias_list: Schema.Struct({ list: Wire.items(Wire.text(64), 5) })
    }),
    ...users,
    ...password
  })
) {}

/** 管理公共邮箱: the mailboxes that the app has made. */
export class PublicMailboxes extends Domain.Service<PublicMailboxes>()("oa/mail/PublicMailboxes", "OA·邮件", {
  /**
   * 创建公共邮箱. Its password, if one is asked for, is returned only here.
   * @see https://developer.work.weixin.qq.com/document/path/95511
   */
  create: Endpoint.post("/cgi-bin/exmail/publicmail/create", 95511, () => ({
    body: NewMailbox,
    success: CreatedMailbox
  })),
  /**
   * 更新公共邮箱. What is left out stays. A new password, if one is asked for, is returned only here.
   * @see https://developer.work.weixin.qq.com/document/path/98000
   */
  update: Endpoint.post("/cgi-bin/exmail/publicmail/update", 98000, () => ({
    body: MailboxChange,
    success: MailboxPassword
  })),
  /**
   * 删除公共邮箱.
   * @see https://developer.work.weixin.qq.com/document/path/98001
   */
  delete: Endpoint.post("/cgi-bin/exmail/publicmail/delete", { doc: 98001, idempotent: true }, () => ({
    body: { id: Wire.int }
  })),
  /**
   * 获取公共邮箱详情.
   * @see https://developer.work.weixin.qq.com/document/path/98002
   */
  getMany: Endpoint.query("/cgi-bin/exmail/publicmail/get", 98002, () => ({
    body: { id_list: Schema.NonEmptyArray(Wire.int) },
    success: Endpoint.pluck("list", Wire.list(PublicMailbox))
  })),
  /**
   * 模糊搜索公共邮箱. Mailboxes by a part of their name or address, or all of them without `fuzzy`.
   * @see https://developer.work.weixin.qq.com/document/path/98003
   */
  search: Endpoint.get("/cgi-bin/exmail/publicmail/search", 98003, () => ({
    query: {
      /** Whether `email` is looked for; otherwise all mailboxes are returned. */
      fuzzy: Wire.flag,
      /** A part of a name or an address. */
      email: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("list", Wire.list(FoundMailbox))
  })),
  /**
   * 获取客户端专用密码列表. The passwords of a mailbox, without what they are.
   * @see https://developer.work.weixin.qq.com/document/path/100183
   */
  listPasswords: Endpoint.query("/cgi-bin/exmail/publicmail/get_auth_code_list", 100183, () => ({
    body: { id: Wire.int },
    success: Endpoint.pluck("auth_code_list", Wire.list(MailboxPasswordInfo))
  })),
  /**
   * 删除客户端专用密码.
   * @see https://developer.work.weixin.qq.com/document/path/100184
   */
  deletePassword: Endpoint.post(
    "/cgi-bin/exmail/publicmail/delete_auth_code",
    { doc: 100184, idempotent: true },
    () => ({ body: { id: Wire.int, auth_code_id: Wire.int } })
  )
}) {}
