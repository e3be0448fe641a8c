/**
 * 管理应用邮箱账号: the address that an app sends mails from.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 应用邮箱账号. */
export class AppMailAddress extends Schema.Class<AppMailAddress>("effect-wecom/AppMailAddress")({
  /** What mails are sent from. */
  email: Schema.String,
  /** Former addresses, which still receive. */
  alias_list: Wire.list(Schema.String)
}) {}

/** 管理应用邮箱账号: the address that an app sends mails from. */
export class AppMailAccount extends Domain.Service<AppMailAccount>()("oa/mail/AppMailAccount", "OA·邮件", {
  /**
   * 更新应用邮箱账号. Gives the app another address; the old one still receives.
   * @see https://developer.work.weixin.qq.com/document/path/97503
   */
  update: Endpoint.post("/cgi-bin/exmail/app/update_email_alias", { doc: 97503, idempotent: true }, () => ({
    body: { new_email: Wire.filledText }
  })),
  /**
   * 查询应用邮箱账号. The app's address, and those that it had before.
   * @see https://developer.work.weixin.qq.com/document/path/97991
   */
  get: Endpoint.query("/cgi-bin/exmail/app/get_email_alias", 97991, () => ({ success: AppMailAddress }))
}) {}
