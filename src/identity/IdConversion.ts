/**
 * 账号ID转换: the ids of members, customers, tags, groups and corps differ between a corp's own apps and those of a
 * provider, whose apps of today receive encrypted ones (服务商主体下的ID). Here one kind becomes the other.
 *
 * Which app a call runs as is said of each: a corp's own app (自建应用), an app of the provider in the corp (第三方应用,
 * 代开发应用), the suite, or the provider itself.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** A member by both ids. */
export const UserIdPair = Schema.Struct({
  /** The corp's own. */
  userid: Schema.String,
  /** The provider's. */
  open_userid: Schema.String
})
export type UserIdPair = typeof UserIdPair.Type

/** Members by the provider's ids. */
export class OpenUserIds extends Schema.Class<OpenUserIds>("effect-wecom/OpenUserIds")({
  open_userid_list: Wire.list(UserIdPair),
  /** Those that are wrong or out of the app's sight. */
  invalid_userid_list: Wire.list(Schema.String)
}) {}

/** Members by the corp's own ids. */
export class UserIds extends Schema.Class<UserIds>("effect-wecom/UserIds")({
  userid_list: Wire.list(UserIdPair),
  /** Those that are wrong, out of the app's sight, or the corp's own already. */
  invalid_open_userid_list: Wire.list(Schema.String)
}) {}

/** Members of the corp of a 智能机器人, by the provider's ids. */
export class BotUserIds extends Schema.Class<BotUserIds>("effect-wecom/BotUserIds")({
  /** The corp that the robot is of, by the provider's id. */
  open_corpid: Wire.optional(Schema.String),
  /** `userid` is the encrypted one that the robot was told. */
  items: Wire.list(UserIdPair),
  /** Those that are wrong, out of sight, or not encrypted. */
  invalid_open_userid_list: Wire.list(Schema.String)
}) {}

/** A customer by both ids. */
export class ExternalIdPair extends Schema.Class<ExternalIdPair>("effect-wecom/ExternalIdPair")({
  external_userid: Schema.String,
  /** The provider's; the same where that is what was given. */
  new_external_userid: Schema.String
}) {}

/** A customer whom a provider had met before, see {@link IdConversion.endpoints.convertUnionidToServiceExternalUserid}. */
export class PendingIdPair extends Schema.Class<PendingIdPair>("effect-wecom/PendingIdPair")({
  external_userid: Schema.String,
  pending_id: Schema.String
}) {}

/** 小程序或公众号的主体类型: whose mini program or official account a WeChat user came to. */
export const WeChatSubjectType = Wire.oneOf({
  Corp: [0, "主体名称是企业的"],
  Provider: [1, "主体名称是服务商的"]
})

/** Who a WeChat user is to a corp: a customer, or one who may become one. */
export class WeChatUser extends Schema.Class<WeChatUser>("effect-wecom/WeChatUser")({
  ...Wire.optionals({
    /** Of a customer whom the app may see. */
    external_userid: Schema.String,
    /** Of everybody else: valid for 90 days, in which `listPendingIds` finds it again. */
    pending_id: Schema.String
  })
}) {}

/** A WeChat user as the customer of one corp. */
export class CorpExternalId extends Schema.Class<CorpExternalId>("effect-wecom/CorpExternalId")({
  corpid: Schema.String,
  external_userid: Schema.String
}) {}

/** 业务类型: what told a temporary id. */
export const TemporaryIdSource = Wire.oneOf({
  Meeting: [1, "会议"],
  Form: [2, "收集表"],
  SmartSheet: [3, "智能表"]
})

/** 用户类型: whom a temporary id goes for. */
export const TemporaryIdTarget = Wire.oneOf({
  Customer: [1, "客户"],
  LinkedCorp: [2, "企业互联"],
  CorpChain: [3, "上下游"],
  LinkedCircle: [4, "互联企业（圈子）"]
})

/** Whom a temporary id stands for: a customer, or a member of another corp. */
export class TemporaryIdPair extends Schema.Class<TemporaryIdPair>("effect-wecom/TemporaryIdPair")({
  tmp_external_userid: Schema.String,
  ...Wire.optionals({
    external_userid: Schema.String,
    /** With `userid`. */
    corpid: Schema.String,
    userid: Schema.String
  })
}) {}

/** Whom temporary ids stand for. */
export class TemporaryIds extends Schema.Class<TemporaryIds>("effect-wecom/TemporaryIds")({
  results: Wire.list(TemporaryIdPair),
  invalid_tmp_external_userid_list: Wire.list(Schema.String)
}) {}

/** id类型: kinds of ids that migrate together. */
export const MigratedIdType = Wire.oneOf({
  Users: [1, "userid与corpid"],
  /** With those of customer tags, accounts of 微信客服 and messages, for apps that were developed for a corp. */
  Customers: [3, "external_userid"]
})

/** id回收状态. */
export const MigrationStatus = Wire.oneOf({
  Pending: [0, "未升级"],
  Done: [1, "已升级"]
})

/** 迁移状态: whether an app receives the provider's ids of a kind. */
export class Migration extends Schema.Class<Migration>("effect-wecom/Migration")({
  openid_type: MigratedIdType.schema,
  status: MigrationStatus.schema
}) {}

/** Tags by both ids. */
export class TagIds extends Schema.Class<TagIds>("effect-wecom/TagIds")({
  items: Wire.list(Schema.Struct({
    external_tagid: Schema.String,
    /** The provider's; the same where that is what was given. */
    open_external_tagid: Schema.String
  })),
  invalid_external_tagid_list: Wire.list(Schema.String)
}) {}

/** Accounts of 微信客服 by both ids. */
export class KfIds extends Schema.Class<KfIds>("effect-wecom/KfIds")({
  items: Wire.list(Schema.Struct({
    open_kfid: Schema.String,
    /** The provider's; the same where that is what was given. */
    new_open_kfid: Schema.String
  })),
  invalid_open_kfid_list: Wire.list(Schema.String)
}) {}

/** Customer groups by both ids. */
export class ChatIds extends Schema.Class<ChatIds>("effect-wecom/ChatIds")({
  items: Wire.list(Schema.Struct({
    chat_id: Schema.String,
    /** The provider's; the same where that is what was given. */
    new_chat_id: Schema.String
  })),
  /** Those that are wrong, or whose owner is out of the app's sight. */
  invalid_chat_id_list: Wire.list(Schema.String)
}) {}

/** The agent id of the provider's app in the corp, which was told the id. */
const source_agentid = Wire.int

const ids = (max: number) => Wire.items(Wire.filledText, max, 1)

/** 账号ID转换: ids of a corp's own apps and of a provider's. */
export class IdConversion extends Domain.Service<IdConversion>()("identity/IdConversion", "账号ID转换", {
  /**
   * userid转换为open_userid. As an app of the provider: at most 1,000 members whom it may see. Many wrong ones close the
   * endpoint for a day.
   * @see https://developer.work.weixin.qq.com/document/path/97062
   */
  convertUseridsToOpenUserids: Endpoint.query("/cgi-bin/batch/userid_to_openuserid", 97062, () => ({
    body: { userid_list: ids(1000) },
    success: OpenUserIds
  })),
  /**
   * 自建应用open_userid转userid. As the corp's own app: at most 1,000 members whom both apps may see. Without
   * `source_agentid` the ids are those that a 智能机器人 was told.
   * @see https://developer.work.weixin.qq.com/document/path/95884
   */
  convertOpenUseridsToUserids: Endpoint.query("/cgi-bin/batch/openuserid_to_userid", 95884, () => ({
    body: { open_userid_list: ids(1000), source_agentid: Wire.optional(source_agentid) },
    success: UserIds
  })),
  /**
   * 智能机器人userid转换(服务商). As the provider: the encrypted ids that a corp's 智能机器人 was told, at most 1,000, become
   * the provider's, where the corp has one of its apps.
   * @see https://developer.work.weixin.qq.com/document/path/97062
   */
  convertBotUseridsToOpenUserids: Endpoint.query("/cgi-bin/service/batch/userid_to_openuserid", {
    doc: 97062,
    credential: "provider"
  }, () => ({
    body: {
      open_userid_list: ids(1000),
      /** 智能机器人ID. */
      source_botid: Wire.filledText
    },
    success: BotUserIds
  })),
  /**
   * 服务商external_userid转企业external_userid. As the corp's own app: a customer whom both apps may see (84061).
   * @see https://developer.work.weixin.qq.com/document/path/95884
   */
  convertExternalUseridFromService: Endpoint.query(
    "/cgi-bin/externalcontact/from_service_external_userid",
    95884,
    () => ({
      body: { external_userid: Wire.filledText, source_agentid },
      success: Endpoint.pluck("external_userid", Schema.String)
    })
  ),
  /**
   * 代开发应用external_userid转换. As an app that was developed for the corp: the id by which the provider's third-party app
   * knows the customer. Not needed where the app receives the provider's ids already.
   * @see https://developer.work.weixin.qq.com/document/path/95195
   */
  convertExternalUseridToService: Endpoint.query("/cgi-bin/externalcontact/to_service_external_userid", 95195, () => ({
    body: { external_userid: Wire.filledText },
    success: Endpoint.pluck("external_userid", Schema.String)
  })),
  /**
   * 转换客户external_userid. As an app of the provider: at most 1,000 customers, 200 being advised, whose ids from before
   * become the provider's; closed once the migration is finished.
   * @see https://developer.work.weixin.qq.com/document/path/97063
   */
  upgradeExternalUserids: Endpoint.query("/cgi-bin/externalcontact/get_new_external_userid", 97063, () => ({
    body: { external_userid_list: ids(1000) },
    success: Endpoint.pluck("items", Wire.list(ExternalIdPair))
  })),
  /**
   * 转换客户群成员external_userid. The same for those in a customer group whom no member has as a contact.
   * @see https://developer.work.weixin.qq.com/document/path/97063
   */
  upgradeGroupExternalUserids: Endpoint.query(
    "/cgi-bin/externalcontact/groupchat/get_new_external_userid",
    97063,
    () => ({
      body: { chat_id: Wire.filledText, external_userid_list: ids(1000) },
      success: Endpoint.pluck("items", Wire.list(ExternalIdPair))
    })
  ),
  /**
   * unionid转external_userid. Superseded by `convertUnionidToServiceExternalUserid`, which also knows those who are no customers
   * yet.
   * @see https://developer.work.weixin.qq.com/document/path/93274
   */
  convertUnionidToExternalUserid: Endpoint.query("/cgi-bin/externalcontact/unionid_to_external_userid", 93274, () => ({
    body: { unionid: Wire.filledText },
    success: Endpoint.pluck("external_userid", Schema.String)
  })),
  /**
   * unionid转换为第三方external_userid. As an app of the provider: who a WeChat user is to the corp, whose unionid and openid
   * come from the same mini program or official account. Keep the answer: 100,000 an hour, 480,000 a day and 7,500,000 a
   * month are allowed, for the corp or for the provider, whichever the subject is. 610014 to 610018: the ids or their
   * subjects do not fit.
   * @see https://developer.work.weixin.qq.com/document/path/95900
   */
  convertUnionidToServiceExternalUserid: Endpoint.query("/cgi-bin/idconvert/unionid_to_external_userid", 95900, () => ({
    body: {
      unionid: Wire.filledText,
      openid: Wire.filledText,
      ...Wire.optionals({
        /** Default: the corp's. */
        subject_type: WeChatSubjectType.schema,
        /** Lifts the limits: see {@link IdConversion.endpoints.applyMassCallTicket}. */
        mass_call_ticket: Wire.secret
      })
    },
    success: WeChatUser
  })),
  /**
   * external_userid查询pending_id. As an app of the provider: which of at most 100 customers it had met before, within 90
   * days.
   * @see https://developer.work.weixin.qq.com/document/path/95900
   */
  listPendingIds: Endpoint.query("/cgi-bin/idconvert/batch/external_userid_to_pending_id", 95900, () => ({
    body: {
      external_userid: ids(100),
      /** A customer group: those outside are left out, and only its owner need be in the app's sight. */
      chat_id: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("result", Wire.list(PendingIdPair))
  })),
  /**
   * unionid与external_userid关联(第三方主体). As the suite: in which corps a WeChat user is a customer. In no document of
   * today; 50,000 an hour and 240,000 a day are allowed.
   * @see https://developer.work.weixin.qq.com/document/path/96516
   */
  listExternalUseridsByUnionid: Endpoint.query("/cgi-bin/service/externalcontact/unionid_to_external_userid_3rd", {
    doc: 96516,
    credential: "suite"
  }, () => ({
    body: {
      unionid: Wire.filledText,
      openid: Wire.filledText,
      /** One corp: needed for those who are only in its customer groups. */
      corpid: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("external_userid_info", Wire.list(CorpExternalId))
  })),
  /**
   * tmp_external_userid的转换. As the app that was told the temporary ids of outsiders by meetings, forms or smart sheets:
   * at most 100.
   * @see https://developer.work.weixin.qq.com/document/path/98729
   */
  convertTemporaryIds: Endpoint.query("/cgi-bin/idconvert/convert_tmp_external_userid", 98729, () => ({
    body: {
      business_type: TemporaryIdSource.schema,
      user_type: TemporaryIdTarget.schema,
      tmp_external_userid_list: ids(100)
    },
    success: TemporaryIds
  })),
  /**
   * 客户标签ID的转换. As an app of the provider: at most 1,000 tags or groups of tags.
   * @see https://developer.work.weixin.qq.com/document/path/96169
   */
  convertTagIds: Endpoint.query("/cgi-bin/idconvert/external_tagid", 96169, () => ({
    body: { external_tagid_list: ids(1000) },
    success: TagIds
  })),
  /**
   * 微信客服ID的转换. As an app of the provider: at most 1,000 accounts.
   * @see https://developer.work.weixin.qq.com/document/path/97064
   */
  convertKfIds: Endpoint.query("/cgi-bin/idconvert/open_kfid", 97064, () => ({
    body: { open_kfid_list: ids(1000) },
    success: KfIds
  })),
  /**
   * 群ID转换. As an app that was developed for the corp: at most 100 customer groups, between `scheduleChatIdUpgrade` and
   * the time that it set.
   * @see https://developer.work.weixin.qq.com/document/path/99601
   */
  convertChatIds: Endpoint.query("/cgi-bin/idconvert/chatid", 99601, () => ({
    body: { chat_id_list: ids(100) },
    success: ChatIds
  })),
  /**
   * 申请群ID的升级. As an app that was developed for the corp: from when on, within 7 days, it receives the provider's ids of
   * customer groups. Until then both are taken.
   * @see https://developer.work.weixin.qq.com/document/path/99601
   */
  scheduleChatIdUpgrade: Endpoint.post(
    "/cgi-bin/idconvert/apply_to_upgrade_chatid",
    { doc: 99601, idempotent: true },
    () => ({ body: { upgrade_time: Wire.time } })
  ),
  /**
   * 新企业群ID升级. As a template (代开发应用模板): its apps in corps that come from now on receive the provider's ids of
   * customer groups at once.
   * @see https://developer.work.weixin.qq.com/document/path/99601
   */
  upgradeChatIdsOfNewCorps: Endpoint.get(
    "/cgi-bin/idconvert/upgrade_chatid_for_new_corp",
    { doc: 99601, credential: "suite" },
    () => ({})
  ),
  /**
   * corpid转换. As the provider: its own id of a corp that has one of its apps.
   * @see https://developer.work.weixin.qq.com/document/path/97061
   */
  convertCorpidToOpenCorpid: Endpoint.query(
    "/cgi-bin/service/corpid_to_opencorpid",
    { doc: 97061, credential: "provider" },
    () => ({
      body: { corpid: Wire.filledText },
      success: Endpoint.pluck("open_corpid", Schema.String)
    })
  ),
  /**
   * ID迁移完成状态的设置. As the provider: from now on a corp that installed long ago receives the provider's ids, without
   * the unionids of its customers. Final.
   * @see https://developer.work.weixin.qq.com/document/path/99375
   */
  finishMigration: Endpoint.post(
    "/cgi-bin/service/finish_openid_migration",
    { doc: 99375, credential: "provider", idempotent: true },
    () => ({
      body: {
        corpid: Wire.filledText,
        /** The app that was developed for the corp. Default: all third-party apps of the provider. */
        agentid: Wire.optional(Wire.int),
        openid_type: Schema.Array(MigratedIdType.schema)
      }
    })
  ),
  /**
   * 查询迁移状态. As an app of the provider: of which kinds it receives the provider's ids.
   * @see https://developer.work.weixin.qq.com/document/path/97104
   */
  getMigration: Endpoint.query("/cgi-bin/corp/get_openid_migration", 97104, () => ({
    success: Endpoint.pluck("migration_info", Wire.list(Migration))
  })),
  /**
   * 设置external_userid迁移完成. As the provider: the older form of `finishMigration`, for the third-party apps of a corp and
   * the ids of customers alone.
   * @see https://developer.work.weixin.qq.com/document/path/96516
   */
  finishExternalUseridMigration: Endpoint.post("/cgi-bin/service/externalcontact/finish_external_userid_migration", {
    doc: 96516,
    credential: "provider",
    idempotent: true
  }, () => ({ body: { corpid: Wire.filledText } })),
  /**
   * 获取接口高频调用凭据. As an app of the provider, within three months of its installation, once: a ticket that lifts the
   * limits of `convertUnionidToServiceExternalUserid` for 7 days.
   * @see https://developer.work.weixin.qq.com/document/path/96168
   */
  applyMassCallTicket: Endpoint.get("/cgi-bin/corp/apply_mass_call_ticket", { doc: 96168, idempotent: false }, () => ({
    success: Endpoint.pluck("mass_call_ticket", Wire.secret)
  }))
}) {}
