/**
 * 高级功能账号管理: which members have the paid functions of documents.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as accounts from "../accounts.ts"

/** What became of each of the members, by userid. */
export class DocumentAccountResult
  extends Schema.Class<DocumentAccountResult>("effect-wecom/DocumentAccountResult")(accounts.changes)
{}

/** 高级功能账号: a page of userids. */
export class DocumentAccountPage
  extends Schema.Class<DocumentAccountPage>("effect-wecom/DocumentAccountPage")(accounts.page)
{}

/** 高级功能账号管理: which members have the paid functions of documents. For apps of the corp's own. */
export class DocumentAccounts extends Domain.Service<DocumentAccounts>()("oa/documents/DocumentAccounts", "OA·文档", {
  /**
   * 分配高级功能账号. Gives members the paid functions. Those who have them already count as a success.
   * @see https://developer.work.weixin.qq.com/document/path/99516
   */
  add: Endpoint.post("/cgi-bin/wedoc/vip/batch_add", { doc: 99516, idempotent: true }, () => ({
    body: accounts.members,
    success: DocumentAccountResult
  })),
  /**
   * 取消高级功能账号. Takes the paid functions from members.
   * @see https://developer.work.weixin.qq.com/document/path/99517
   */
  remove: Endpoint.post("/cgi-bin/wedoc/vip/batch_del", { doc: 99517, idempotent: true }, () => ({
    body: accounts.members,
    success: DocumentAccountResult
  })),
  /**
   * 获取高级功能账号列表. The members who have the paid functions, one page, which may be shorter than `limit`.
   * @see https://developer.work.weixin.qq.com/document/path/99518
   */
  list: Endpoint.query("/cgi-bin/wedoc/vip/list", 99518, () => ({
    body: accounts.paged,
    success: DocumentAccountPage
  }))
}, (endpoints) => ({
  /**
   * 获取高级功能账号列表. The userids of all members who have the paid functions, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/99518
   */
  listAll: Paging.byCursor(endpoints.list, "userid_list")
})) {}
