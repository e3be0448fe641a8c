/**
 * 身份验证 of third-party apps: who visits a page, logs in to a provider's site, or uses its mini program, told from the
 * code that the visitor brings. `LoginUrl` makes the links that fetch it. Calls run as a suite, but for one that runs as
 * the provider.
 */
import * as Schema from "effect/Schema"
import { UserGender } from "../contacts/UserGender.ts"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { alsoNamed, identified } from "../internal/wire/identified.ts"
import * as Wire from "../Wire.ts"

/** 企业成员. A visitor who is a member of a corp, which may not have installed the suite: its ids are then encrypted. */
export class SuiteMemberVisitor extends Schema.Class<SuiteMemberVisitor>("effect-wecom/SuiteMemberVisitor")({
  corpid: Schema.String,
  userid: Schema.String,
  ...Wire.optionals({
    /** The same in all apps of one provider. */
    open_userid: Schema.String,
    /** 成员票据. For `getDetail`; with the scopes `snsapi_userinfo` and `snsapi_privateinfo`, of members that the app may see. */
    user_ticket: Wire.secret,
    /** Of the ticket, in seconds. */
    expires_in: Wire.int
  })
}) {}

/** 非企业成员. A visitor who is a member of no corp. */
export class SuiteOutsideVisitor extends Schema.Class<SuiteOutsideVisitor>("effect-wecom/SuiteOutsideVisitor")({
  /** The same in all apps of one provider. */
  openid: Schema.String
}) {}

/** 访问用户身份. Who visits: a member if `"userid" in visitor`. Never nobody: an answer without any id is `ResponseInvalid`. */
export const SuiteVisitor: Schema.Codec<SuiteMemberVisitor | SuiteOutsideVisitor, unknown> = Schema.Union([
  identified(SuiteMemberVisitor, ["userid"]),
  alsoNamed(
    { CorpId: Schema.String, UserId: Schema.String },
    ["UserId"],
    ({ CorpId, UserId }) => new SuiteMemberVisitor({ corpid: CorpId, userid: UserId })
  ),
  identified(SuiteOutsideVisitor, ["openid"]),
  alsoNamed({ OpenId: Schema.String }, ["OpenId"], ({ OpenId }) => new SuiteOutsideVisitor({ openid: OpenId }))
])
export type SuiteVisitor = typeof SuiteVisitor.Type

/** 访问用户敏感信息. What a member agreed to show. */
export class SuiteVisitorDetail extends Schema.Class<SuiteVisitorDetail>("effect-wecom/SuiteVisitorDetail")({
  corpid: Schema.String,
  userid: Schema.String,
  ...Wire.optionals({
    /** The userid, for third-party apps. */
    name: Schema.String,
    /** Unspecified without the member's consent. */
    gender: Wire.quoted(UserGender.schema),
    /** A default one without the member's consent. */
    avatar: Schema.String,
    /** A URL that shows the QR code with which customers add the member; with the member's consent alone. */
    qr_code: Schema.String
  })
}) {}

/** A member, as the older endpoint returns it. */
export class LegacySuiteMemberVisitor
  extends Schema.Class<LegacySuiteMemberVisitor>("effect-wecom/LegacySuiteMemberVisitor")({
    CorpId: Schema.String,
    UserId: Schema.String,
    ...Wire.optionals({
      DeviceId: Schema.String,
      open_userid: Schema.String,
      user_ticket: Wire.secret,
      /** Of the ticket, in seconds. */
      expires_in: Wire.int
    })
  })
{}

/** A visitor who is no member, or a parent, as the older endpoint returns it. */
export class LegacySuiteOutsideVisitor
  extends Schema.Class<LegacySuiteOutsideVisitor>("effect-wecom/LegacySuiteOutsideVisitor")({
    ...Wire.optionals({
      OpenId: Schema.String,
      DeviceId: Schema.String,
      /** Of a parent: the first of `parents`. */
      CorpId: Schema.String,
      external_userid: Schema.String
    }),
    /** Of a parent, in schools. */
    parents: Wire.list(Schema.Struct({
      corpid: Schema.String,
      parent_userid: Schema.String,
      external_userid: Wire.optional(Schema.String)
    }))
  })
{}

/** Who visits, as the older endpoint returns it; never nobody. */
export const LegacySuiteVisitor: Schema.Codec<LegacySuiteMemberVisitor | LegacySuiteOutsideVisitor, unknown> = Schema
  .Union([
    identified(LegacySuiteMemberVisitor, ["UserId"]),
    identified(LegacySuiteOutsideVisitor, ["OpenId", "external_userid", "parents", "CorpId"])
  ])
export type LegacySuiteVisitor = typeof LegacySuiteVisitor.Type

/** 登录用户类型. */
export const LoginUserType = Wire.oneOf({
  Creator: [1, "创建者"],
  InternalAdmin: [2, "内部系统管理员"],
  ExternalAdmin: [3, "外部系统管理员"],
  ScopedAdmin: [4, "分级管理员"],
  Member: [5, "成员"]
})

/** 应用权限. What an administrator may do with an app. */
export const LoginAuthType = Wire.oneOf({
  Use: [0, "使用权限"],
  Manage: [1, "管理权限"]
})

/** 登录用户信息. Who logged in to a provider's site. */
export class LoginInfo extends Schema.Class<LoginInfo>("effect-wecom/LoginInfo")({
  usertype: Wire.optional(LoginUserType.schema),
  /** Of a user who is in the address book. */
  user_info: Wire.optional(Schema.Struct({
    ...Wire.optionals({
      userid: Schema.String,
      open_userid: Schema.String,
      /** The userid, for most providers. */
      name: Schema.String,
      avatar: Schema.String
    })
  })),
  corp_info: Schema.Struct({ corpid: Schema.String }),
  /** Of an administrator: the provider's apps that he may use. */
  agent: Wire.list(Schema.Struct({ agentid: Wire.int, auth_type: LoginAuthType.schema })),
  /** Of an administrator: the departments that he may see or change. */
  auth_info: Wire.optional(Schema.Struct({
    department: Wire.list(Schema.Struct({ id: Wire.int, writable: Wire.optional(Schema.Boolean) }))
  }))
}) {}

/** 小程序会话. Who logged in, and the key that signs and encrypts what the mini program sends. */
export class SuiteMiniProgramSession
  extends Schema.Class<SuiteMiniProgramSession>("effect-wecom/SuiteMiniProgramSession")({
    corpid: Schema.String,
    /** Encrypted where the corp has not installed the mini program. */
    userid: Schema.String,
    /** The same in all apps of one provider. */
    open_userid: Wire.optional(Schema.String),
    /** 会话密钥. Never give it to the mini program. */
    session_key: Wire.secret
  })
{}

/** From the query of the redirect: at most 512 bytes, valid for 5 minutes and one use. */
const code = Wire.text(512)

/** 身份验证 of third-party apps. */
export class SuiteIdentity extends Domain.Service<SuiteIdentity>()("third-party/SuiteIdentity", "第三方应用·身份验证", {
  /**
   * 获取访问用户身份. Who brought a code, of a web authorization or of a web login (获取登录用户身份).
   *
   * A code serves once, for 5 minutes (40029, 42003, 42022); the page's domain must be trusted (50001).
   * @see https://developer.work.weixin.qq.com/document/path/91121
   */
  getVisitor: Endpoint.get(
    "/cgi-bin/service/auth/getuserinfo3rd",
    { doc: 91121, credential: "suite", idempotent: false },
    () => ({ query: { code }, success: SuiteVisitor })
  ),
  /**
   * 获取访问用户敏感信息. What a member agreed to show, for the `user_ticket` of `getVisitor` (84014, 84015).
   * @see https://developer.work.weixin.qq.com/document/path/91122
   */
  getDetail: Endpoint.query(
    "/cgi-bin/service/auth/getuserdetail3rd",
    { doc: 91122, credential: "suite" },
    () => ({ body: { user_ticket: Wire.secret }, success: SuiteVisitorDetail })
  ),
  /**
   * 第三方code获取成员身份(旧). The older form of `getVisitor`, with keys of its own; the one that tells parents in schools.
   * @see https://developer.work.weixin.qq.com/document/path/91711
   */
  getVisitorLegacy: Endpoint.get(
    "/cgi-bin/service/getuserinfo3rd",
    { doc: 91711, credential: "suite", idempotent: false },
    () => ({ query: { code }, success: LegacySuiteVisitor })
  ),
  /**
   * 第三方user_ticket获取成员详情(旧). The older form of `getDetail`.
   * @see https://developer.work.weixin.qq.com/document/path/91122
   */
  getDetailLegacy: Endpoint.query(
    "/cgi-bin/service/getuserdetail3rd",
    { doc: 91122, credential: "suite" },
    () => ({ body: { user_ticket: Wire.secret }, success: SuiteVisitorDetail })
  ),
  /**
   * 获取登录用户信息. Who came to the provider's site from the admin console, or with the older QR login
   * (`LoginUrl.providerLogin`). Runs as the provider; a code serves once, for 5 minutes.
   * @see https://developer.work.weixin.qq.com/document/path/91125
   */
  getLoginInfo: Endpoint.post(
    "/cgi-bin/service/get_login_info",
    { doc: 91125, credential: "provider", parameter: "access_token" },
    () => ({ body: { auth_code: Wire.secret }, success: LoginInfo })
  ),
  /**
   * 小程序登录code2Session. Who brought the code of `wx.qy.login`, which serves once, for 5 minutes (40029). The mini
   * program must be linked to the suite.
   * @see https://developer.work.weixin.qq.com/document/path/92423
   */
  getSession: Endpoint.get(
    "/cgi-bin/service/miniprogram/jscode2session",
    { doc: 92423, credential: "suite", idempotent: false },
    () => ({
      query: {
        js_code: Wire.filledText,
        grant_type: Wire.constant("authorization_code")
      },
      success: SuiteMiniProgramSession
    })
  )
}) {}
