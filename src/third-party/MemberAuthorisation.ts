/**
 * 成员授权: suites that members installed for themselves, without an administrator. Calls run as the corp that has
 * the suite; 60218 where an administrator installed it.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 授权成员. */
export class AuthorisedMember extends Schema.Class<AuthorisedMember>("effect-wecom/AuthorisedMember")({
  /** The same in all apps of one provider. Of those who are members of a corp. */
  open_userid: Wire.optional(Schema.String)
}) {}

/** A page of members. */
export class AuthorisedMemberPage extends Schema.Class<AuthorisedMemberPage>("effect-wecom/AuthorisedMemberPage")({
  member_auth_list: Wire.list(AuthorisedMember),
  next_cursor: Wire.optional(Schema.String)
}) {}

/** 选人结果. Whom a member chose in the app. */
export class SelectedMembers extends Schema.Class<SelectedMembers>("effect-wecom/SelectedMembers")({
  /** Who chose. */
  operator_open_userid: Schema.String,
  /** Those who are in the app's visible range. */
  open_userid_list: Wire.list(Schema.String),
  /** Those who are not: a template message reaches them all the same, once. */
  unauth_open_userid_list: Wire.list(Schema.String),
  /** How many were chosen. */
  total: Wire.optional(Wire.int)
}) {}

/** 成员授权: suites that members installed for themselves. */
export class MemberAuthorisation
  extends Domain.Service<MemberAuthorisation>()("third-party/MemberAuthorisation", "第三方应用·成员授权", {
    /**
     * 获取成员授权列表. Who has installed the suite: a page of at most 1,000.
     * @see https://developer.work.weixin.qq.com/document/path/94513
     */
    list: Endpoint.query("/cgi-bin/user/list_member_auth", 94513, () => ({
      body: Wire.optionals({
        cursor: Schema.String,
        /** At most 1,000. Default: 1,000. */
        limit: Wire.intBetween(1, 1000)
      }),
      success: AuthorisedMemberPage
    })),
    /**
     * 查询成员用户是否已授权. Whether a member has installed the suite.
     * @see https://developer.work.weixin.qq.com/document/path/94514
     */
    isAuthorised: Endpoint.query("/cgi-bin/user/check_member_auth", 94514, () => ({
      body: { open_userid: Wire.filledText },
      success: Endpoint.pluck("is_member_auth", Schema.Boolean)
    })),
    /**
     * 获取选人ticket对应的用户. Whom a member chose with the JS-SDK's `selectPrivilegedContact`.
     * @see https://developer.work.weixin.qq.com/document/path/94894
     */
    listSelected: Endpoint.query("/cgi-bin/user/list_selected_ticket_user", 94894, () => ({
      body: { selected_ticket: Wire.secret },
      success: SelectedMembers
    }))
  }, (endpoints) => ({
    /**
     * 获取成员授权列表. Everybody who has installed the suite; one page.
     * @see https://developer.work.weixin.qq.com/document/path/94513
     */
    listAll: Paging.byCursor(endpoints.list, "member_auth_list")
  }))
{}
