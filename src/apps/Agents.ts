/**
 * 应用管理: the apps of a corp, who sees them, and their settings.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 代开发发布状态. */
export const CustomizedPublishStatus = Wire.oneOf({
  Unstarted: [0, "待开发"],
  InDevelopment: [1, "开发中"],
  Published: [2, "已上线"],
  Unpublished: [3, "存在未上线版本"]
})

/** 应用管理员权限. */
export const AdminAuthType = Wire.oneOf({ Messages: [0, "发消息权限"], Management: [1, "管理权限"] })

/** 应用详情. */
export class Agent extends Schema.Class<Agent>("effect-wecom/Agent")({
  agentid: Wire.int,
  ...Wire.optionals({
    name: Schema.String,
    square_logo_url: Schema.String,
    description: Schema.String,
    /** The members who see it, beside those of `allow_partys` and `allow_tags`. */
    allow_userinfos: Schema.Struct({ user: Wire.list(Schema.Struct({ userid: Schema.String })) }),
    allow_partys: Schema.Struct({ partyid: Wire.list(Wire.int) }),
    allow_tags: Schema.Struct({ tagid: Wire.list(Wire.int) }),
    /** Whether it is switched off. */
    close: Wire.flag,
    /** 可信域名. */
    redirect_domain: Schema.String,
    /** Whether it hears where members are when they enter. */
    report_location_flag: Wire.flag,
    /** Whether it hears when members enter. */
    isreportenter: Wire.flag,
    home_url: Schema.String,
    /** 代开发应用 alone have one. */
    customized_publish_status: CustomizedPublishStatus.schema
  })
}) {}

/** 应用 as lists have it. */
export class AgentSummary extends Schema.Class<AgentSummary>("effect-wecom/AgentSummary")({
  agentid: Wire.int,
  ...Wire.optionals({
    name: Schema.String,
    square_logo_url: Schema.String
  })
}) {}

/** 应用管理员. */
export class AgentAdmin extends Schema.Class<AgentAdmin>("effect-wecom/AgentAdmin")({
  userid: Schema.String,
  auth_type: AdminAuthType.schema
}) {}

/** What of a scope could not be set. */
export class InvalidScope extends Schema.Class<InvalidScope>("effect-wecom/InvalidScope")({
  invaliduser: Wire.list(Schema.String),
  invalidparty: Wire.list(Wire.int),
  invalidtag: Wire.list(Wire.int)
}) {}

/** 应用管理: the apps of a corp, who sees them, and their settings. */
export class Agents extends Domain.Service<Agents>()("apps/Agents", "应用管理", {
  /**
   * 获取指定的应用详情. The app of the token, or for a suite one that the corp has installed. 301002: another app's.
   * @see https://developer.work.weixin.qq.com/document/path/90227
   */
  get: Endpoint.get("/cgi-bin/agent/get", { doc: 90227, agent: true }, () => ({
    query: { agentid: Wire.optional(Wire.int) },
    success: Agent
  })),

  /**
   * 获取access_token对应的应用列表. The apps that the token may be used for.
   * @see https://developer.work.weixin.qq.com/document/path/90227
   */
  list: Endpoint.get("/cgi-bin/agent/list", 90227, () => ({
    success: Endpoint.pluck("agentlist", Wire.list(AgentSummary))
  })),

  /**
   * 设置应用. Changes what is given, leaves the rest. For a corp's own apps, not for those of providers.
   * @see https://developer.work.weixin.qq.com/document/path/90228
   */
  set: Endpoint.post("/cgi-bin/agent/set", { doc: 90228, agent: true, idempotent: true }, () => ({
    body: Wire.optionals({
      agentid: Wire.int,
      /** At most 32 characters. */
      name: Wire.chars(32),
      /** A media id of an image (`Media.upload`). */
      logo_mediaid: Schema.String,
      /** From 4 to 120 characters. */
      description: Wire.chars(120).check(Schema.isMinLength(4)),
      /** Whether it hears where members are when they enter. */
      report_location_flag: Wire.flag,
      /** Whether it hears when members enter. */
      isreportenter: Wire.flag,
      /** 可信域名, whose owner the corp has proved to be: 85005 otherwise. */
      redirect_domain: Schema.String,
      /** With `http` or `https`. */
      home_url: Schema.String.check(Schema.isPattern(/^https?:/, { message: "expected an http or https URL" }))
    })
  })),

  /**
   * 设置授权应用可见范围. Who sees an app that a suite has installed: lists that are left out become empty.
   * @see https://developer.work.weixin.qq.com/document/path/90583
   */
  setScope: Endpoint.post("/cgi-bin/agent/set_scope", { doc: 90583, agent: true, idempotent: true }, () => ({
    body: Wire.optionals({
      agentid: Wire.int,
      allow_user: Schema.Array(Wire.filledText),
      allow_party: Schema.Array(Wire.int),
      allow_tag: Schema.Array(Wire.int)
    }),
    success: InvalidScope
  })),

  /**
   * 获取应用管理员列表. Who administers the app of the token.
   * @see https://developer.work.weixin.qq.com/document/path/100073
   */
  listAdmins: Endpoint.query("/cgi-bin/agent/get_admin_list", 100073, () => ({
    success: Endpoint.pluck("admin", Wire.list(AgentAdmin))
  })),

  /**
   * 获取应用权限详情. The permissions that the app of the token has.
   * @see https://developer.work.weixin.qq.com/document/path/99052
   */
  listPermissions: Endpoint.query("/cgi-bin/agent/get_permissions", 99052, () => ({
    success: Endpoint.pluck("app_permissions", Wire.list(Schema.String))
  })),

  /**
   * 代开发应用迁移. Makes an app that a provider developed for the corp one of the corp's own; called with the token of
   * the app that takes its place.
   * @see https://developer.work.weixin.qq.com/document/path/96072
   */
  migrateToCustomizedApp: Endpoint.post("/cgi-bin/agent/migrate_to_customized_app", 96072, () => ({
    body: { suite_access_token: Wire.secret }
  })),

  /**
   * 自建应用迁移成代开发应用. Makes an app that a provider developed as the corp's own one that is developed from a template;
   * called with the token of that app. After a migration on the provider's page it proves whose the app is, which
   * resetting its secret and submitting it need.
   * @see https://developer.work.weixin.qq.com/document/path/99617
   */
  claimCustomizedApp: Endpoint.post("/cgi-bin/agent/claim_customized_app", 99617, () => ({
    /** The token of the template: `WeComClient.token("suite")` as its suite. */
    body: { suite_access_token: Wire.secret }
  }))
}) {}
