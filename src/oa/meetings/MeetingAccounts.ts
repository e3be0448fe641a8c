/**
 * 会议高级功能账号: which members have the advanced features of meetings.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as accounts from "../accounts.ts"

/** A job that WeCom has begun. */
export class MeetingAccountJob
  extends Schema.Class<MeetingAccountJob>("effect-wecom/MeetingAccountJob")(accounts.job)
{}

/** What has come of a job. */
export class MeetingAccountResult
  extends Schema.Class<MeetingAccountResult>("effect-wecom/MeetingAccountResult")(accounts.changes)
{}

const result = Endpoint.pluck("job_result", MeetingAccountResult)

/** A page of the list. */
export class MeetingAccountPage
  extends Schema.Class<MeetingAccountPage>("effect-wecom/MeetingAccountPage")(accounts.page)
{}

/**
 * 会议高级功能账号: which members have the advanced features of meetings.
 *
 * For members in the app's visible range. Only the corp's own apps (自建应用) may.
 */
export class MeetingAccounts extends Domain.Service<MeetingAccounts>()("oa/meetings/MeetingAccounts", "OA·会议", {
  /**
   * 分配高级功能账号. Begins a job: `getAddResult` returns the result.
   * @see https://developer.work.weixin.qq.com/document/path/99508
   */
  submitAdd: Endpoint.post("/cgi-bin/meeting/vip/submit_batch_add_job", 99508, () => ({
    body: accounts.members,
    success: MeetingAccountJob
  })),
  /**
   * 查询分配高级功能账号结果.
   * @see https://developer.work.weixin.qq.com/document/path/99508
   */
  getAddResult: Endpoint.query("/cgi-bin/meeting/vip/batch_add_job_result", 99508, () => ({
    body: accounts.ofJob,
    success: result
  })),
  /**
   * 取消高级功能账号. Begins a job: `getRemoveResult` returns the result.
   * @see https://developer.work.weixin.qq.com/document/path/99509
   */
  submitRemove: Endpoint.post("/cgi-bin/meeting/vip/submit_batch_del_job", 99509, () => ({
    body: accounts.members,
    success: MeetingAccountJob
  })),
  /**
   * 查询取消高级功能账号结果.
   * @see https://developer.work.weixin.qq.com/document/path/99509
   */
  getRemoveResult: Endpoint.query("/cgi-bin/meeting/vip/batch_del_job_result", 99509, () => ({
    body: accounts.ofJob,
    success: result
  })),
  /**
   * 获取高级功能账号列表. One page of the userids of those who have the features; pages may be short.
   * @see https://developer.work.weixin.qq.com/document/path/99510
   */
  list: Endpoint.query("/cgi-bin/meeting/vip/list", 99510, () => ({
    body: accounts.paged,
    success: MeetingAccountPage
  }))
}, (endpoints) => ({
  /**
   * 获取高级功能账号列表. The userids of all who have the features, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/99510
   */
  listAll: Paging.byCursor(endpoints.list, "userid_list")
})) {}
