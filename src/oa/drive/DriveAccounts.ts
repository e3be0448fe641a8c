/**
 * 高级功能账号管理: which members have the advanced functions of the drive (微盘).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as accounts from "../accounts.ts"

/** Whom a change has reached, by userid. */
export class DriveAccountChanges
  extends Schema.Class<DriveAccountChanges>("effect-wecom/DriveAccountChanges")(accounts.changes)
{}

/** One page of members. */
export class DriveAccountPage extends Schema.Class<DriveAccountPage>("effect-wecom/DriveAccountPage")(accounts.page) {}

/** 高级功能账号管理: which members have the advanced functions. For the corp's own apps. */
export class DriveAccounts extends Domain.Service<DriveAccounts>()("oa/drive/DriveAccounts", "OA·微盘", {
  /**
   * 分配高级功能账号. Gives up to 100 visible members the advanced functions.
   * @see https://developer.work.weixin.qq.com/document/path/99512
   */
  addMany: Endpoint.post("/cgi-bin/wedrive/vip/batch_add", { doc: 99512, idempotent: true }, () => ({
    body: accounts.members,
    success: DriveAccountChanges
  })),
  /**
   * 取消高级功能账号. Takes them from up to 100 members.
   * @see https://developer.work.weixin.qq.com/document/path/99513
   */
  removeMany: Endpoint.post("/cgi-bin/wedrive/vip/batch_del", { doc: 99513, idempotent: true }, () => ({
    body: accounts.members,
    success: DriveAccountChanges
  })),
  /**
   * 获取高级功能账号列表. One page of the visible members who have them, by userid.
   * @see https://developer.work.weixin.qq.com/document/path/99514
   */
  list: Endpoint.query("/cgi-bin/wedrive/vip/list", 99514, () => ({
    body: accounts.paged,
    success: DriveAccountPage
  }))
}, (endpoints) => ({
  /**
   * 获取高级功能账号列表. All of `list`, as a stream of userids.
   * @see https://developer.work.weixin.qq.com/document/path/99514
   */
  listAll: Paging.byCursor(endpoints.list, "userid_list")
})) {}
