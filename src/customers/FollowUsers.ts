/**
 * 企业服务人员管理: the members who may use customer contact.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** Who of those asked for may use customer contact. */
export class FollowUserCheck extends Schema.Class<FollowUserCheck>("effect-wecom/FollowUserCheck")({
  ...Wire.optionals({
    authorized: Schema.Struct({ userid: Wire.list(Schema.String), partyid: Wire.list(Wire.int) }),
    unauthorized: Schema.Struct({ userid: Wire.list(Schema.String), partyid: Wire.list(Wire.int) })
  })
}) {}

/** 企业服务人员管理: the members who may use customer contact. */
export class FollowUsers extends Domain.Service<FollowUsers>()("customers/FollowUsers", "客户联系·企业服务人员", {
  /**
   * 获取配置了客户联系功能的成员列表. Userids of the members with the customer contact feature whom the app may see.
   * @see https://developer.work.weixin.qq.com/document/path/92571
   */
  list: Endpoint.get("/cgi-bin/externalcontact/get_follow_user_list", 92571, () => ({
    success: Endpoint.pluck("follow_user", Wire.list(Schema.String))
  })),
  /**
   * 检查用户是否配置了客户联系功能使用权限. Tells members and departments that may use customer contact from those that may
   * not. For apps that a provider develops for a corp (代开发).
   * @see https://developer.work.weixin.qq.com/document/path/96312
   */
  check: Endpoint.query("/cgi-bin/externalcontact/check_follow_user", 96312, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        userid: Schema.Array(Wire.filledText),
        partyid: Schema.Array(Wire.int)
      })
    }).pipe(Wire.withAnyOf("userid", "partyid")),
    success: FollowUserCheck
  }))
}) {}
