/**
 * 授权信息: what a provider is told of a corp that installed one of its suites.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** 企业类型: whether the corp is verified. */
export const CorpType = Wire.oneOf({
  Verified: ["verified", "认证号"],
  Unverified: ["unverified", "注册号"]
})

/** 主体类型. */
export const SubjectType = Wire.oneOf({
  Company: [1, "企业"],
  Government: [2, "政府以及事业单位"],
  Other: [3, "其他组织"],
  Team: [4, "团队号"]
})

/** 授权模式: who let the suite in. */
export const AuthMode = Wire.oneOf({
  Admin: [0, "管理员授权"],
  Member: [1, "成员授权"]
})

/** 授权类型: whether the suite is published. */
export const AuthType = Wire.oneOf({
  Formal: [0, "正式授权"],
  Test: [1, "测试授权"]
})

/** 权限等级: what the suite may do with the address book; always 0 for apps that were developed for the corp. */
export const PrivilegeLevel = Wire.oneOf({
  Customised: [0, "代开发应用，无意义"],
  BasicReadOnly: [1, "通讯录基本信息只读"],
  FullReadOnly: [2, "通讯录全部信息只读"],
  FullReadWrite: [3, "通讯录全部信息读写"],
  SingleReadOnly: [4, "单个基本信息只读"],
  FullWriteOnly: [5, "通讯录全部信息只写"]
})

/** 共享途径: how another corp came to share the app. */
export const ShareType = Wire.oneOf({
  LinkedCorps: [0, "企业互联"],
  CorpChain: [1, "上下游"]
})

/** 付费状态. */
export const EditionStatus = Wire.oneOf({
  Unpaid: [0, "没有付费"],
  Trial: [1, "限时试用"],
  TrialEnded: [2, "试用过期"],
  Paid: [3, "购买期内"],
  PaidEnded: [4, "购买过期"],
  UnlimitedTrial: [5, "不限时试用"],
  OverLimit: [6, "购买期内，但是人数超标，超标未超过7天"],
  OverLimitEnded: [7, "购买期内，但是人数超标，且已经超过7天"]
})

/** 代理服务商: who sold the suite to the corp. */
export const DealerCorp = Schema.Struct({
  ...Wire.optionals({
    corpid: Schema.String,
    corp_name: Schema.String
  })
})

/** 授权方企业: a corp that installed a suite. What the corp has not told is absent or empty. */
export class AuthorisedCorp extends Schema.Class<AuthorisedCorp>("effect-wecom/AuthorisedCorp")({
  /** The provider's own id for the corp (服务商主体下的密文corpid), or the plain one of corps that installed long ago. */
  corpid: Schema.String,
  ...Wire.optionals({
    corp_name: Schema.String,
    corp_type: CorpType.schema,
    corp_square_logo_url: Schema.String,
    /** How many members the corp may have. */
    corp_user_max: Wire.int,
    corp_agent_max: Wire.int,
    corp_full_name: Schema.String,
    subject_type: SubjectType.schema,
    verified_end_time: Wire.timeOrNone,
    /** A QR code for following the corp in WeChat; of the older endpoints alone, which are slow because of it. */
    corp_wxqrcode: Schema.String,
    corp_scale: Schema.String,
    corp_industry: Schema.String,
    corp_sub_industry: Schema.String,
    location: Schema.String,
    /** Other names that the corp is verified with: see {@link AuthorisedCorp.otherNames}. */
    corp_ex_name: Schema.Struct({
      name_list: Wire.optional(Schema.Union([Schema.Array(Schema.String), Schema.String]))
    }),
    auth_type: AuthType.schema
  })
}) {
  /** 其他认证的企业简称. The other names that the corp is verified with. */
  get otherNames(): ReadonlyArray<string> {
    const names = this.corp_ex_name?.name_list ?? []
    return typeof names === "string" ? [names] : names
  }
}

/** 应用权限: whom and what the suite may see. */
export const Privilege = Schema.Struct({
  level: Wire.optional(PrivilegeLevel.schema),
  allow_user: Wire.list(Schema.String),
  allow_party: Wire.list(Wire.int),
  allow_tag: Wire.list(Wire.int),
  extra_user: Wire.list(Schema.String),
  extra_party: Wire.list(Wire.int),
  extra_tag: Wire.list(Wire.int)
})

/** 授权应用: the app that a suite became in a corp. */
export class AuthorisedAgent extends Schema.Class<AuthorisedAgent>("effect-wecom/AuthorisedAgent")({
  agentid: Wire.int,
  ...Wire.optionals({
    name: Schema.String,
    square_logo_url: Schema.String,
    round_logo_url: Schema.String,
    /** Of the older suites of several apps. */
    appid: Wire.int,
    auth_mode: AuthMode.schema,
    /** Whether it was developed for the corp (代开发自建应用). */
    is_customized_app: Schema.Boolean,
    /** Whether another of the provider's suites asked for it. */
    auth_from_thirdapp: Schema.Boolean,
    privilege: Privilege,
    /** The corp that shares the app, where one does. */
    shared_from: Schema.Struct({
      ...Wire.optionals({
        corpid: Schema.String,
        share_type: ShareType.schema
      })
    })
  })
}) {}

/** 应用版本: what the corp pays for. */
export class AppEdition extends Schema.Class<AppEdition>("effect-wecom/AppEdition")({
  agentid: Wire.int,
  ...Wire.optionals({
    edition_id: Schema.String,
    edition_name: Schema.String,
    app_status: EditionStatus.schema,
    /** How many may use it: meaningless in a trial, and where the price does not depend on it. */
    user_limit: Wire.int,
    /** Meaningless in a trial without end. */
    expired_time: Wire.timeOrNone,
    is_virtual_version: Schema.Boolean,
    is_shared_from_other_corp: Schema.Boolean
  })
}) {}

/** 授权管理员: who installed the suite. Any of it may be absent or empty. */
export const AuthUser = Schema.Struct({
  ...Wire.optionals({
    userid: Schema.String,
    open_userid: Schema.String,
    name: Schema.String,
    avatar: Schema.String
  })
})

/** 推广二维码安装信息: which promotion code led to the installation. */
export const RegisterCodeInfo = Schema.Struct({
  ...Wire.optionals({
    register_code: Schema.String,
    /** 推广包ID. */
    template_id: Schema.String,
    /** Of `CorpRegistration.createCode`, where it was given one. */
    state: Schema.String
  })
})
