/**
 * 高级功能账号管理: which members have the advanced functions of mail.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as accounts from "../accounts.ts"

/** Whom a change has reached, by userid. */
export class MailAccountChanges
  extends Schema.Class<MailAccountChanges>("effect-wecom/MailAccountChanges")(accounts.changes)
{}

/** One page of members. */
export class MailAccountPage extends Schema.Class<MailAccountPage>("effect-wecom/MailAccountPage")(accounts.page) {}

/** 高级功能账号管理: which members have the advanced functions of mail. */
export class MailAccounts extends Domain.Service<MailAccounts>()("oa/mail/MailAccounts", "OA·邮件", {
  /**
   * 分配高级功能账号. Gives up to 100 visible members the advanced functions.
   * @see https://developer.work.weixin.qq.com/document/path/99316
   */
  addMany: Endpoint.post("/cgi-bin/exmail/vip/batch_add", { doc: 99316, idempotent: true }, () => ({
    body: accounts.members,
    success: MailAccountChanges
  })),
  /**
   * 取消高级功能账号. Takes them from up to 100 members.
   * @see https://developer.work.weixin.qq.com/document/path/99317
   */
  removeMany: Endpoint.post("/cgi-bin/exmail/vip/batch_del", { doc: 99317, idempotent: true }, () => ({
    body: accounts.members,
    success: MailAccountChanges
  })),
  /**
   * 获取高级功能账号列表. One page of the visible members who have them, by userid.
   * @see https://developer.work.weixin.qq.com/document/path/99318
   */
  list: Endpoint.query("/cgi-bin/exmail/vip/list", 99318, () => ({
    body: accounts.paged,
    success: MailAccountPage
  }))
}, (endpoints) => ({
  /**
   * 获取高级功能账号列表. All of `list`, as a stream of userids.
   * @see https://developer.work.weixin.qq.com/document/path/99318
   */
  listAll: Paging.byCursor(endpoints.list, "userid_list")
})) {}
