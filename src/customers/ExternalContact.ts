/**
 * 外部联系人: the people outside the corp whom its members serve, and what each member knows of them.
 */
import * as Schema from "effect/Schema"
import { ExternalProfile } from "../contacts/Attribute.ts"
import { UserGender } from "../contacts/UserGender.ts"
import * as Wire from "../Wire.ts"

/** 外部联系人的类型. Where an external contact's account is. */
export const ExternalContactType = Wire.oneOf({
  WeChat: [1, "微信用户"],
  WeCom: [2, "企业微信用户"]
})

/**
 * 来源. How a member came to an external contact. Not to be confused with `state`, which a corp sets by itself.
 * @see https://developer.work.weixin.qq.com/document/path/92114
 */
export const FollowUserAddWay = Wire.oneOf({
  Unknown: [0, "未知来源"],
  QrCode: [1, "扫描二维码"],
  Mobile: [2, "搜索手机号"],
  Card: [3, "名片分享"],
  GroupChat: [4, "群聊"],
  AddressBook: [5, "手机通讯录"],
  WeChatContact: [6, "微信联系人"],
  /** No longer in the document. */
  WeChatFriendApply: [7, "来自微信的添加好友申请"],
  ThirdPartyApp: [8, "安装第三方应用时自动添加的客服人员"],
  Email: [9, "搜索邮箱"],
  WechatChannels: [10, "视频号添加"],
  Schedule: [11, "通过日程参与人添加"],
  Meeting: [12, "通过会议参与人添加"],
  WeChatFriend: [13, "添加微信好友对应的企业微信"],
  Hardware: [14, "通过智慧硬件专属客服添加"],
  HomeService: [15, "通过上门服务客服添加"],
  AcquisitionLink: [16, "通过获客链接添加"],
  CustomDevelopment: [17, "通过定制开发添加"],
  RequirementReply: [18, "通过需求回复添加"],
  ThirdPartyPresales: [21, "通过第三方售前客服添加"],
  BusinessPartner: [22, "通过可能的商务伙伴添加"],
  WeChatAccountApply: [24, "通过接受微信账号收到的好友申请添加"],
  InternalShare: [201, "内部成员共享"],
  Assigned: [202, "管理员/负责人分配"]
})

/** 标签类型. Who set up a tag of an external contact. */
export const FollowUserTagType = Wire.oneOf({
  Corp: [1, "企业设置"],
  User: [2, "用户自定义"],
  Strategy: [3, "规则组标签"]
})

/** 视频号添加场景. Where in a channel the external contact was met. */
export const WechatChannelsSource = Wire.oneOf({
  Unknown: [0, "未知"],
  Home: [1, "视频号主页"],
  Live: [2, "视频号直播间"],
  LeadService: [3, "视频号留资服务"]
})

/** 外部联系人. A person outside the corp; a customer, where a member with the customer contact feature added them. */
export class ExternalContact extends Schema.Class<ExternalContact>("effect-wecom/ExternalContact")({
  external_userid: Schema.String,
  ...Wire.optionals({
    /** The WeChat nickname, or the name that a WeCom user shows to outsiders. */
    name: Schema.String,
    type: ExternalContactType.schema,
    /** 0 is also what third-party apps read. */
    gender: UserGender.schema,
    /** Not for third-party apps. */
    avatar: Schema.String,
    /** For WeChat users, where the corp has bound a WeChat developer account; not for third-party apps. */
    unionid: Schema.String,
    /** 职位. For WeCom users who show it. */
    position: Schema.String,
    /** 企业简称. For WeCom users. */
    corp_name: Schema.String,
    /** 企业主体名称. For WeCom users; third-party apps read the short name here. */
    corp_full_name: Schema.String,
    /** For WeCom users. */
    external_profile: ExternalProfile,
    /** 家校沟通: the family's id in the school's own system. */
    foreign_key: Schema.String,
    /** 家校沟通: whether the parent follows the school's notices. */
    is_subscribe: Wire.flag,
    /** 家校沟通: what the school notes of a parent who follows its notices. */
    subscriber_info: Schema.Struct({
      tag_id: Wire.list(Schema.String),
      remark: Wire.optional(Schema.String),
      remark_mobiles: Wire.list(Wire.id)
    })
  })
}) {}

/** 标签. A tag that a member gave an external contact. */
export class FollowUserTag extends Schema.Class<FollowUserTag>("effect-wecom/FollowUserTag")({
  type: FollowUserTagType.schema,
  ...Wire.optionals({
    /** Absent for a tag of the member's own. */
    tag_id: Schema.String,
    tag_name: Schema.String,
    group_name: Schema.String
  })
}) {}

const followFields = {
  ...Wire.optionals({
    /** 备注. The name that the member gave the external contact. */
    remark: Schema.String,
    /** 描述. */
    description: Schema.String
  }),
  /** When the member added the external contact. */
  createtime: Wire.optional(Wire.time),
  /** 备注的企业名称. For WeChat users. */
  remark_corp_name: Wire.optional(Schema.String),
  /** Not for third-party apps. */
  remark_mobiles: Wire.list(Wire.id),
  ...Wire.optionals({
    add_way: FollowUserAddWay.schema,
    /** 视频号. With `add_way` 10. */
    wechat_channels: Schema.Struct({
      ...Wire.optionals({
        nickname: Schema.String,
        source: WechatChannelsSource.schema
      })
    }),
    /**
     * Who started it: the member, the customer (an `external_userid`), or the colleague or administrator who shared or
     * assigned the customer.
     */
    oper_userid: Schema.String,
    /** 渠道. What the corp set on the contact way or acquisition link that brought the customer. */
    state: Schema.String
  })
} as const

/** 跟进人. A member who added an external contact, and what the member notes of them. */
export class FollowUser extends Schema.Class<FollowUser>("effect-wecom/FollowUser")({
  userid: Schema.String,
  ...followFields,
  tags: Wire.list(FollowUserTag),
  /** Of older servers: see `remark_corp_name`. */
  remark_company: Wire.optional(Schema.String)
}) {}

/** 企业成员客户跟进信息. What a member notes of an external contact, with the ids of tags alone. */
export class FollowInfo extends Schema.Class<FollowInfo>("effect-wecom/FollowInfo")({
  userid: Wire.optional(Schema.String),
  ...followFields,
  /** The tags of the corp and of rule groups, without those of the member's own. */
  tag_id: Wire.list(Schema.String)
}) {}
