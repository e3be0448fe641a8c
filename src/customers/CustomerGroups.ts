/**
 * 客户群管理, 客户群「加入群聊」管理: group chats with customers, and the ways into them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 客户群跟进状态. */
export const CustomerGroupStatus = Wire.oneOf({
  Normal: [0, "跟进人正常"],
  OwnerResigned: [1, "跟进人离职"],
  Transferring: [2, "离职继承中"],
  Transferred: [3, "离职继承完成"]
})

/** 客户群跟进状态过滤. */
export const CustomerGroupStatusFilter = Wire.oneOf({
  All: [0, "所有列表"],
  OwnerResigned: [1, "离职待继承"],
  Transferring: [2, "离职继承中"],
  Transferred: [3, "离职继承完成"]
})

/** 成员类型. */
export const GroupMemberType = Wire.oneOf({
  User: [1, "企业成员"],
  ExternalContact: [2, "外部联系人"]
})

/** 入群方式. */
export const JoinScene = Wire.oneOf({
  Invited: [1, "由群成员邀请入群（直接邀请入群）"],
  InvitationLink: [2, "由群成员邀请入群（通过邀请链接入群）"],
  QrCode: [3, "通过扫描群二维码入群"]
})

/** 场景. Where customers meet a join way. */
export const JoinWayScene = Wire.oneOf({
  Miniprogram: [1, "群的小程序插件"],
  QrCode: [2, "群的二维码插件"]
})

/** A customer group's id, and whether it has somebody to look after it. */
export class CustomerGroupSummary extends Schema.Class<CustomerGroupSummary>("effect-wecom/CustomerGroupSummary")({
  chat_id: Schema.String,
  status: Wire.optional(CustomerGroupStatus.schema)
}) {}

/** 群成员. */
export class GroupMember extends Schema.Class<GroupMember>("effect-wecom/GroupMember")({
  /** A userid, or an `external_userid`: see `type`. */
  userid: Schema.String,
  ...Wire.optionals({
    type: GroupMemberType.schema,
    /** For WeChat users, where the corp has bound a WeChat developer account; not for third-party apps. */
    unionid: Schema.String,
    join_time: Wire.time,
    join_scene: JoinScene.schema,
    /** The member who invited them, where it was a member of the corp. */
    invitor: Schema.Struct({ userid: Schema.String }),
    /** 在群里的昵称. */
    group_nickname: Schema.String,
    /** The WeChat nickname, or the name that a WeCom user shows to outsiders. Where asked for with `need_name`. */
    name: Schema.String,
    /** What the corp set on the join way that brought them. */
    state: Schema.String
  })
}) {}

/** 客户群. */
export class CustomerGroup extends Schema.Class<CustomerGroup>("effect-wecom/CustomerGroup")({
  chat_id: Schema.String,
  ...Wire.optionals({
    name: Schema.String,
    /** 群主. A userid. */
    owner: Schema.String,
    create_time: Wire.time,
    /** 群公告. */
    notice: Schema.String
  }),
  member_list: Wire.list(GroupMember),
  /** 群管理员. */
  admin_list: Wire.list(Schema.Struct({ userid: Schema.String })),
  /** Changes with the members: equal to that of an event, there is nothing new to fetch. */
  member_version: Wire.optional(Schema.String)
}) {}

/** 「加入群聊」方式. */
export class JoinWay extends Schema.Class<JoinWay>("effect-wecom/JoinWay")({
  config_id: Schema.String,
  ...Wire.optionals({
    scene: JoinWayScene.schema,
    remark: Schema.String,
    /** Whether a full group is followed by a new one. */
    auto_create_room: Wire.flag,
    /** What the names of new groups begin with. */
    room_base_name: Schema.String,
    /** The number that the names of new groups are counted from. */
    room_base_id: Wire.int
  }),
  chat_id_list: Wire.list(Schema.String),
  ...Wire.optionals({
    /** The URL of the QR code, or of the mini program's plug-in. */
    qr_code: Schema.String,
    /** What `GroupMember.state` will say of those who came this way. */
    state: Schema.String,
    mark_source: Schema.Boolean
  })
}) {}

const joinWay = {
  scene: JoinWayScene.schema,
  ...Wire.optionals({
    /** At most 30 characters. */
    remark: Wire.chars(30),
    /** Whether a full group is followed by a new one. Default: `true`. */
    auto_create_room: Wire.flag,
    /** What the names of new groups begin with; at most 40 characters. */
    room_base_name: Wire.chars(40),
    /** The number that the names of new groups are counted from. */
    room_base_id: Wire.int
  }),
  /** 1 to 5 groups (41091). */
  chat_id_list: Wire.items(Wire.filledText, 5, 1),
  ...Wire.optionals({
    /** What `GroupMember.state` will say of those who came this way; at most 30 characters. */
    state: Wire.chars(30),
    /** Whether customers are marked as coming from this app's join way; for 营销获客 apps. Default: they are. */
    mark_source: Schema.Boolean
  })
} as const

/** One page of 客户群. */
export class CustomerGroupPage extends Schema.Opaque<CustomerGroupPage>()(
  Schema.Struct({
    group_chat_list: Wire.list(CustomerGroupSummary),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** 客户群管理, 客户群「加入群聊」管理: group chats with customers, and the ways into them. */
export class CustomerGroups extends Domain.Service<CustomerGroups>()("customers/CustomerGroups", "客户联系·客户群", {
  /**
   * 获取客户群列表. The ids of customer groups of owners whom the app may see; one page.
   * @see https://developer.work.weixin.qq.com/document/path/92120
   */
  list: Endpoint.query("/cgi-bin/externalcontact/groupchat/list", 92120, () => ({
    body: {
      ...Wire.optionals({
        status_filter: CustomerGroupStatusFilter.schema,
        /** At most 100 owners. Needed for owners who left; without it, more than 1000 visible members fail with 81017. */
        owner_filter: Schema.Struct({ userid_list: Wire.optional(Wire.items(Wire.filledText, 100)) })
      }),
      /** Items of a page: 1 to 1000. */
      limit: Wire.intBetween(1, 1000),
      cursor: Wire.optional(Schema.String)
    },
    success: CustomerGroupPage
  })),
  /**
   * 获取客户群详情. A group with its members, whose names come with `need_name`. Some of a change shows a while after its
   * event.
   * @see https://developer.work.weixin.qq.com/document/path/92122
   */
  get: Endpoint.query("/cgi-bin/externalcontact/groupchat/get", 92122, () => ({
    body: { chat_id: Wire.filledText, need_name: Wire.optional(Wire.flag) },
    success: Endpoint.pluck("group_chat", CustomerGroup)
  })),
  /**
   * 客户群opengid转换. The `chat_id` of a group of the corp, from the id that a mini program got of it in WeChat.
   * @see https://developer.work.weixin.qq.com/document/path/94822
   */
  convertOpengidToChatId: Endpoint.query("/cgi-bin/externalcontact/opengid_to_chatid", 94822, () => ({
    body: { opengid: Wire.filledText },
    success: Endpoint.pluck("chat_id", Schema.String)
  })),
  /**
   * 配置客户群进群方式. Returns its `config_id`. At most 500,000 per corp, together with contact ways.
   * @see https://developer.work.weixin.qq.com/document/path/92229
   */
  createJoinWay: Endpoint.post("/cgi-bin/externalcontact/groupchat/add_join_way", 92229, () => ({
    body: joinWay,
    success: Endpoint.pluck("config_id", Schema.String)
  })),
  /**
   * 获取客户群进群方式配置.
   * @see https://developer.work.weixin.qq.com/document/path/92229
   */
  getJoinWay: Endpoint.query("/cgi-bin/externalcontact/groupchat/get_join_way", 92229, () => ({
    body: { config_id: Wire.filledText },
    success: Endpoint.pluck("join_way", JoinWay)
  })),
  /**
   * 更新客户群进群方式配置. Replaces the whole: fields left out go back to their defaults.
   * @see https://developer.work.weixin.qq.com/document/path/92229
   */
  updateJoinWay: Endpoint.post("/cgi-bin/externalcontact/groupchat/update_join_way", 92229, () => ({
    body: { config_id: Wire.filledText, ...joinWay }
  })),
  /**
   * 删除客户群进群方式配置.
   * @see https://developer.work.weixin.qq.com/document/path/92229
   */
  deleteJoinWay: Endpoint.post("/cgi-bin/externalcontact/groupchat/del_join_way", 92229, () => ({
    body: { config_id: Wire.filledText }
  }))
}, (endpoints) => ({
  /**
   * 获取客户群列表. All pages, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/92120
   */
  listAll: Paging.byCursor(endpoints.list, "group_chat_list")
})) {}
