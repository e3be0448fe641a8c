/**
 * 身份验证: who visits a page, told from the `code` that the visitor brings. `LoginUrl` makes the links that fetch it.
 */
import * as Schema from "effect/Schema"
import { UserGender } from "../contacts/UserGender.ts"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { alsoNamed, identified } from "../internal/wire/identified.ts"
import * as Wire from "../Wire.ts"

/** 企业成员. A visitor who is a member of the corp, whether the app may see them or not. */
export class MemberVisitor extends Schema.Class<MemberVisitor>("effect-wecom/MemberVisitor")({
  /** `CORPID/USERID` for members of linked corps. */
  userid: Schema.String,
  ...Wire.optionals({
    /**
     * 成员票据. For `getDetail`, within 1,800 seconds; with the scope `snsapi_privateinfo`, of members that the app may see.
     */
    user_ticket: Wire.secret,
    /** 文档检索票据. Valid for 30 days. */
    user_doc_ticket: Wire.secret
  })
}) {}

/** 非企业成员. A visitor who is no member of the corp. */
export class OutsideVisitor extends Schema.Class<OutsideVisitor>("effect-wecom/OutsideVisitor")({
  ...Wire.optionals({
    /** The same for every app of the corp. */
    openid: Schema.String,
    /** Of a customer of the corp, whom the app may see. */
    external_userid: Schema.String,
    /** Of a parent, in schools. */
    parent_userid: Schema.String
  })
}) {}

/**
 * 访问用户身份. Who visits: a member if `"userid" in visitor`. Never nobody: an answer without any id is `ResponseInvalid`.
 * The spellings of the older endpoint are read as well.
 */
export const Visitor: Schema.Codec<MemberVisitor | OutsideVisitor, unknown> = Schema.Union([
  identified(MemberVisitor, ["userid"]),
  alsoNamed(
    { UserId: Schema.String, user_ticket: Wire.optional(Wire.secret) },
    ["UserId"],
    ({ UserId, user_ticket }) =>
      new MemberVisitor({ userid: UserId, ...(user_ticket === undefined ? {} : { user_ticket }) })
  ),
  identified(OutsideVisitor, ["openid", "external_userid", "parent_userid"]),
  alsoNamed(
    { OpenId: Schema.String, external_userid: Wire.optional(Schema.String) },
    ["OpenId"],
    (fields) =>
      new OutsideVisitor({
        openid: fields.OpenId,
        ...(fields.external_userid === undefined ? {} : { external_userid: fields.external_userid })
      })
  )
])
export type Visitor = typeof Visitor.Type

/** 访问用户敏感信息. What the administrators have chosen, and the member has agreed to. */
export class VisitorDetail extends Schema.Class<VisitorDetail>("effect-wecom/VisitorDetail")({
  userid: Schema.String,
  ...Wire.optionals({
    gender: Wire.quoted(UserGender.schema),
    avatar: Schema.String,
    /** A URL that shows the QR code with which customers add the member. */
    qr_code: Schema.String,
    mobile: Schema.String,
    email: Schema.String,
    biz_mail: Schema.String,
    address: Schema.String
  })
}) {}

/** A member, as the older endpoint returns it. */
export class LegacyMemberVisitor extends Schema.Class<LegacyMemberVisitor>("effect-wecom/LegacyMemberVisitor")({
  UserId: Schema.String,
  DeviceId: Wire.optional(Schema.String)
}) {}

/** A visitor who is no member, as the older endpoint returns it. */
export class LegacyOutsideVisitor extends Schema.Class<LegacyOutsideVisitor>("effect-wecom/LegacyOutsideVisitor")({
  ...Wire.optionals({
    OpenId: Schema.String,
    DeviceId: Schema.String,
    /** Of a customer of the corp, whom the app may see. */
    external_userid: Schema.String
  }),
  /** Of a parent, in schools. */
  parents: Wire.list(Schema.Struct({ corpid: Schema.String, parent_userid: Schema.String }))
}) {}

/** Who visits, as the older endpoint returns it; never nobody. The spellings of the newer endpoint are read as well. */
export const LegacyVisitor: Schema.Codec<LegacyMemberVisitor | LegacyOutsideVisitor, unknown> = Schema.Union([
  identified(LegacyMemberVisitor, ["UserId"]),
  alsoNamed({ userid: Schema.String }, ["userid"], ({ userid }) => new LegacyMemberVisitor({ UserId: userid })),
  identified(LegacyOutsideVisitor, ["OpenId", "external_userid", "parents"]),
  alsoNamed(
    { openid: Schema.String },
    ["openid"],
    ({ openid }) => new LegacyOutsideVisitor({ OpenId: openid, parents: [] })
  )
])
export type LegacyVisitor = typeof LegacyVisitor.Type

/** From the query of the redirect: at most 512 bytes, valid for 5 minutes and one use. */
const code = Wire.text(512)

/** 身份验证: who visits a page. */
export class Identity extends Domain.Service<Identity>()("identity/Identity", "身份验证", {
  /**
   * 获取访问用户身份. Who brought a code, of a web authorization (网页授权登录) or a web login (Web登录).
   *
   * A code serves once, for 5 minutes (40029, 42003, 42022); the page's domain must be trusted (50001).
   * @see https://developer.work.weixin.qq.com/document/path/91023
   */
  getVisitor: Endpoint.get("/cgi-bin/auth/getuserinfo", { doc: 91023, idempotent: false }, () => ({
    query: { code },
    success: Visitor
  })),
  /**
   * 获取访问用户敏感信息. What a member agreed to show, for the `user_ticket` of `getVisitor` (84014, 84015).
   * @see https://developer.work.weixin.qq.com/document/path/95833
   */
  getDetail: Endpoint.query("/cgi-bin/auth/getuserdetail", 95833, () => ({
    body: { user_ticket: Wire.secret },
    success: VisitorDetail
  })),
  /**
   * 通过code获取成员身份(旧). The older form of `getVisitor`, with keys of its own.
   * @see https://developer.work.weixin.qq.com/document/path/91023
   */
  getVisitorLegacy: Endpoint.get("/cgi-bin/user/getuserinfo", {
    doc: 91023,
    idempotent: false,
    withoutErrcode: "UserId"
  }, () => ({
    query: { code },
    success: LegacyVisitor
  }))
}) {}
