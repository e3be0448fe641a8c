/**
 * 高级功能账号管理: which members have the advanced functions of mail.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"

/** Whom a change has reached, by userid. */
export class MailAccountChanges extends Schema.Class<MailAccountChanges>("effect-wecom/MailAccountChanges")({
  /** Those who had it already are among them. */
  succ_userid_list: Wire.list(Schema.String),
  /** For `PartialResult.failOnPartialBy`. */
  fail_userid_list: Wire.list(Schema.String)
}) {}

/** One page of members. */
export class MailAccountPage extends Schema.Class<MailAccountPage>("effect-wecom/MailAccountPage")({
  userid_list: Wire.list(Schema.String),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}) {}

const members = { userid_list: Wire.items(Schema.String, 100, 1) }

/** 高级功能账号管理: which members have the advanced functions of mail. */
export class MailAccounts extends Domain.Service<MailAccounts>()("oa/mail/MailAccounts", "OA·邮件", {
  /**
   * 分配高级功能账号. Gives up to 100 visible members the advanced functions.
   * @see https://developer.work.weixin.qq.com/document/path/99316
   */
  addMany: Endpoint.post("/cgi-bin/exmail/vip/batch_add", { doc: 99316, idempotent: true }, () => ({
    body: members,
    success: MailAccountChanges
  })),
  /**
   * 取消高级功能账号. Takes them from up to 100 members.
   * @see https://developer.work.weixin.qq.com/document/path/99317
   */
  removeMany: Endpoint.post("/cgi-bin/exmail/vip/batch_del", { doc: 99317, idempotent: true }, () => ({
    body: members,
    success: MailAccountChanges
  })),
  /**
   * 获取高级功能账号列表. One page of the visible members who have them, by userid.
   * @see https://developer.work.weixin.qq.com/document/path/99318
   */
  list: Endpoint.query("/cgi-bin/exmail/vip/list", 99318, () => ({
    body: Wire.optionals({
      cursor: Schema.String,
      /** Default: 100. A page may hold fewer and not be the last. */
      limit: Wire.intBetween(1, 200)
    }),
    success: MailAccountPage
  }))
}, (endpoints) => ({
  /**
   * 获取高级功能账号列表. All of `list`, as a stream of userids.
   * @see https://developer.work.weixin.qq.com/document/path/99318
   */
  listAll: Paging.byCursor(endpoints.list, "userid_list")
})) {}
