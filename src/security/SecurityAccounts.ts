/**
 * 高级功能账号管理: which members have the advanced functions of security (安全管理).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as accounts from "../oa/accounts.ts"
import * as Paging from "../Paging.ts"

/** A job that WeCom has begun. */
export class SecurityAccountJob
  extends Schema.Class<SecurityAccountJob>("effect-wecom/SecurityAccountJob")(accounts.job)
{}

/** What a job came to. */
export class SecurityAccountResult
  extends Schema.Class<SecurityAccountResult>("effect-wecom/SecurityAccountResult")(accounts.changes)
{}

/** One page of userids. */
export class SecurityAccountPage
  extends Schema.Class<SecurityAccountPage>("effect-wecom/SecurityAccountPage")(accounts.page)
{}

const result = Endpoint.pluck("job_result", SecurityAccountResult)

/**
 * 高级功能账号管理: which members have the advanced functions of security. For the corp's own apps that 安全与管理 lists
 * under 可调用接口的应用.
 */
export class SecurityAccounts extends Domain.Service<SecurityAccounts>()("security/SecurityAccounts", "安全管理", {
  /**
   * 分配高级功能账号. Begins a job, for up to 100 members: `getAddResult` returns the result.
   * @see https://developer.work.weixin.qq.com/document/path/99503
   */
  add: Endpoint.post("/cgi-bin/security/vip/submit_batch_add_job", { doc: 99503, idempotent: true }, () => ({
    body: accounts.members,
    success: SecurityAccountJob
  })),
  /**
   * 查询分配高级功能账号结果. What a job of `add` came to.
   * @see https://developer.work.weixin.qq.com/document/path/99503
   */
  getAddResult: Endpoint.query("/cgi-bin/security/vip/batch_add_job_result", 99503, () => ({
    body: accounts.ofJob,
    success: result
  })),
  /**
   * 取消高级功能账号. Begins a job, for up to 100 members: `getRemoveResult` returns the result.
   * @see https://developer.work.weixin.qq.com/document/path/99505
   */
  remove: Endpoint.post("/cgi-bin/security/vip/submit_batch_del_job", { doc: 99505, idempotent: true }, () => ({
    body: accounts.members,
    success: SecurityAccountJob
  })),
  /**
   * 查询取消高级功能账号结果. What a job of `remove` came to.
   * @see https://developer.work.weixin.qq.com/document/path/99505
   */
  getRemoveResult: Endpoint.query("/cgi-bin/security/vip/batch_del_job_result", 99505, () => ({
    body: accounts.ofJob,
    success: result
  })),
  /**
   * 获取高级功能账号列表. One page of the userids that have the functions and that the app may see.
   * @see https://developer.work.weixin.qq.com/document/path/99506
   */
  listUserids: Endpoint.query("/cgi-bin/security/vip/list", 99506, () => ({
    body: accounts.paged,
    success: SecurityAccountPage
  }))
}, (endpoints) => ({
  /**
   * 获取高级功能账号列表. All userids of `listUserids`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/99506
   */
  listAllUserids: Paging.byCursor(endpoints.listUserids, "userid_list")
})) {}
