/**
 * 会话内容存档: who is archived, who has agreed to it, and the groups and robots that archived messages name.
 *
 * The calls run as the archive's own app (会话内容存档), with its secret. The messages themselves come through the
 * vendor's native SDK, not over HTTP.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 会话内容存档版本. */
export const ArchiveEdition = Wire.oneOf({
  Office: [1, "办公版"],
  Service: [2, "服务版"],
  Enterprise: [3, "企业版"]
})

/** 同意状态. */
export const AgreeStatus = Wire.oneOf({
  Agreed: ["Agree", "同意"],
  Disagreed: ["Disagree", "不同意"],
  AgreedByDefault: ["Default_Agree", "默认同意"]
})

/** 单聊会话同意情况: whether an outsider agrees that the chat with a member is archived. */
export class SingleAgreement extends Schema.Class<SingleAgreement>("effect-wecom/SingleAgreement")({
  userid: Schema.String,
  /** The outsider's external userid, spelt as WeCom does. */
  exteranalopenid: Schema.String,
  agree_status: AgreeStatus.schema,
  status_change_time: Wire.timeOrNone
}) {}

/** 群聊会话同意情况: whether an outsider agrees that a group chat is archived. */
export class RoomAgreement extends Schema.Class<RoomAgreement>("effect-wecom/RoomAgreement")({
  /** The outsider's external userid, spelt as WeCom does. */
  exteranalopenid: Schema.String,
  agree_status: AgreeStatus.schema,
  status_change_time: Wire.timeOrNone
}) {}

/** 内部群信息. */
export class ArchivedGroupChat extends Schema.Class<ArchivedGroupChat>("effect-wecom/ArchivedGroupChat")({
  ...Wire.optionals({
    roomname: Schema.String,
    /** The userid of who made it. */
    creator: Schema.String,
    room_create_time: Wire.time,
    notice: Schema.String
  }),
  members: Wire.list(Schema.Struct({ memberid: Schema.String, jointime: Wire.optional(Wire.time) }))
}) {}

/** 机器人信息. */
export class ArchivedRobot extends Schema.Class<ArchivedRobot>("effect-wecom/ArchivedRobot")({
  robot_id: Schema.String,
  ...Wire.optionals({
    name: Schema.String,
    creator_userid: Schema.String
  })
}) {}

/** 会话内容存档: who is archived, who has agreed to it, and the groups and robots that archived messages name. */
export class ChatArchive extends Domain.Service<ChatArchive>()("chat-archive/ChatArchive", "会话存档", {
  /**
   * 获取会话内容存档开启成员列表. The userids of the members who are archived, of one edition or of all. 301052: the
   * service has ended; 301053: it was never switched on.
   * @see https://developer.work.weixin.qq.com/document/path/91614
   */
  listPermittedUsers: Endpoint.query("/cgi-bin/msgaudit/get_permit_user_list", 91614, () => ({
    body: { type: Wire.optional(ArchiveEdition.schema) },
    success: Endpoint.pluck("ids", Wire.list(Schema.String))
  })),

  /**
   * 获取会话同意情况（单聊）. For up to 100 pairs of a member and an outsider. 301061: there is no such member or outsider.
   * @see https://developer.work.weixin.qq.com/document/path/91782
   */
  checkSingleAgree: Endpoint.query("/cgi-bin/msgaudit/check_single_agree", 91782, () => ({
    body: {
      info: Wire.items(Schema.Struct({ userid: Wire.filledText, exteranalopenid: Wire.filledText }), 100, 1)
    },
    success: Endpoint.pluck("agreeinfo", Wire.list(SingleAgreement))
  })),

  /**
   * 获取会话同意情况（群聊）. For every outsider of a group chat.
   * @see https://developer.work.weixin.qq.com/document/path/91782
   */
  checkRoomAgree: Endpoint.query("/cgi-bin/msgaudit/check_room_agree", 91782, () => ({
    body: { roomid: Wire.filledText },
    success: Endpoint.pluck("agreeinfo", Wire.list(RoomAgreement))
  })),

  /**
   * 获取会话内容存档内部群信息. 301059: not a group of members alone.
   * @see https://developer.work.weixin.qq.com/document/path/92951
   */
  getGroupChat: Endpoint.query("/cgi-bin/msgaudit/groupchat/get", 92951, () => ({
    body: { roomid: Wire.filledText },
    success: ArchivedGroupChat
  })),

  /**
   * 获取机器人信息. A robot that archived messages come from: its id begins with `wb`.
   * @see https://developer.work.weixin.qq.com/document/path/91774
   */
  getRobot: Endpoint.get("/cgi-bin/msgaudit/get_robot_info", 91774, () => ({
    query: { robot_id: Wire.filledText },
    success: Endpoint.pluck("data", ArchivedRobot)
  }))
}) {}
