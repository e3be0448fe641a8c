/**
 * 会话内容存档 of the data zone: archived messages, groups, consent, and searching them.
 *
 * For the app of the 会话存档接口授权 of a service provider: other apps read conversations with the SDK of a program that
 * runs in the data zone (专区程序), which `DataZonePrograms` calls.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { since } from "./fields.ts"
import { ZoneMessage, ZonePartyType } from "./ZoneMessage.ts"

/** 会话类型. */
export const ZoneChatType = Wire.oneOf({ Single: [1, "单聊"], Group: [2, "群聊"] })

/** 会话同意情况. */
export const ZoneAgreeStatus = Wire.oneOf({ Agreed: ["Agree", "同意"], Disagreed: ["Disagree", "不同意"] })

/** One page of messages, in the order in which they were sent. */
export class ZoneMessagePage extends Schema.Class<ZoneMessagePage>("effect-wecom/ZoneMessagePage")({
  msg_list: Wire.list(ZoneMessage),
  ...Wire.optionals({
    has_more: Schema.Boolean,
    /** Also of the last page: keep it, and continue from it when more messages have come. */
    next_cursor: Schema.String
  })
}) {}

/** 群成员. */
export class ZoneGroupMember extends Schema.Class<ZoneGroupMember>("effect-wecom/ZoneGroupMember")({
  /** A member's open userid, an outsider's external userid, or a robot's id. */
  memberid: Schema.String,
  ...Wire.optionals({ jointime: Wire.time, type: ZonePartyType.schema })
}) {}

/** 内部群信息. */
export class ZoneGroup extends Schema.Class<ZoneGroup>("effect-wecom/ZoneGroup")({
  ...Wire.optionals({
    /** Open userid. */
    creator: Schema.String,
    room_create_time: Wire.time
  }),
  members: Wire.list(ZoneGroupMember)
}) {}

const agreement = Wire.optionals({
  agree_status: ZoneAgreeStatus.schema,
  status_change_time: Wire.time
})

/** 单聊会话同意情况: whether an outsider agrees that the chat with a member is archived. */
export class ZoneSingleAgreement extends Schema.Class<ZoneSingleAgreement>("effect-wecom/ZoneSingleAgreement")({
  open_userid: Schema.String,
  external_userid: Schema.String,
  ...agreement
}) {}

/** 群聊会话同意情况: whether an outsider agrees that a group is archived. */
export class ZoneRoomAgreement extends Schema.Class<ZoneRoomAgreement>("effect-wecom/ZoneRoomAgreement")({
  external_userid: Schema.String,
  ...agreement
}) {}

/** One page of groups that a search found. */
export class FoundZoneChats extends Schema.Class<FoundZoneChats>("effect-wecom/FoundZoneChats")({
  chat_list: Wire.list(Schema.Struct({ chatid: Schema.String })),
  ...Wire.optionals({ has_more: Wire.flag, next_cursor: Schema.String })
}) {}

/** One page of messages that a search found, the newest first. */
export class FoundZoneMessages extends Schema.Class<FoundZoneMessages>("effect-wecom/FoundZoneMessages")({
  msg_list: Wire.list(Schema.Struct({ msgid: Schema.String })),
  ...Wire.optionals({ has_more: Wire.flag, next_cursor: Schema.String })
}) {}

/** Text to search for: at least 2 characters. */
const words = Wire.filledText.check(
  Schema.makeFilter((text: string) => [...text].length >= 2 || "at least 2 characters are needed")
)

const searching = Wire.optionals({
  /** Default: 50. */
  limit: Wire.intBetween(1, 100),
  cursor: Schema.String
})

const side = Schema.Struct(Wire.optionals({
  /** Of a member; preferred. */
  open_userid: Wire.filledText,
  /** Of an outsider. */
  external_userid: Wire.filledText
})).check(Wire.anyOf("open_userid", "external_userid"))

/** Which conversations are searched: those of one type, or one conversation. */
export class ZoneChatScope extends Schema.Opaque<ZoneChatScope>()(
  Schema.Struct(Wire.optionals({
    chat_type: ZoneChatType.schema,
    /** The two sides of a single chat. */
    id_list: Wire.items(side, 2, 2),
    /** Of a group. */
    chat_id: Schema.String
  })).check(
    Schema.makeFilter(({ chat_id, chat_type, id_list }) =>
      id_list !== undefined && chat_type !== ZoneChatType.Single
        ? { path: ["id_list"], issue: "goes with a chat_type of Single (1) alone" }
        : chat_id !== undefined && chat_type !== ZoneChatType.Group
        ? { path: ["chat_id"], issue: "goes with a chat_type of Group (2) alone" }
        : true
    )
  )
) {}

/** 30 days. */
const longest = 30 * 86_400_000

/** What to search messages for. */
export class ZoneMessageSearch extends Schema.Opaque<ZoneMessageSearch>()(
  Schema.Struct({
    /** At least 2 characters. */
    query_word: words,
    ...Wire.optionals({
      /** Default: all conversations. */
      chat_info: ZoneChatScope,
      /** Default: 30 days ago. */
      start_time: Wire.time,
      /** At most 30 days after `start_time`, which it needs. Default: now. */
      end_time: Wire.time
    }),
    ...searching
  }).check(
    Schema.makeFilter(({ end_time, start_time }) => {
      if (end_time === undefined) return true
      if (start_time === undefined) return { path: ["start_time"], issue: "is needed with end_time" }
      const length = end_time.epochMilliseconds - start_time.epochMilliseconds
      return length <= 0
        ? { path: ["end_time"], issue: "must be after start_time" }
        : length > longest
        ? { path: ["end_time"], issue: "at most 30 days after start_time are allowed" }
        : true
    })
  )
) {}

/**
 * 会话内容存档 of the data zone: archived messages, groups, consent, and searching them. For the app of the
 * 会话存档接口授权 of a service provider alone: apps of a corp, third-party and customised ones are refused.
 */
export class ChatData extends Domain.Service<ChatData>()("data-zone/ChatData", "数据与智能专区", {
  /**
   * 获取会话记录. One page of the messages of the last 5 days, the oldest first, after `DataZone.setPublicKey`. The content
   * is not among them. Without a `token` WeCom allows few calls.
   * @see https://developer.work.weixin.qq.com/document/path/97240
   */
  listMessages: Endpoint.query("/cgi-bin/chatdata/sync_msg", 97240, () => ({
    body: since,
    success: ZoneMessagePage
  })),
  /**
   * 获取内部群信息. Of an internal group or one with linked corps, by the `chatid` of a message. 301052: the archive has
   * ended.
   * @see https://developer.work.weixin.qq.com/document/path/99495
   */
  getGroup: Endpoint.query("/cgi-bin/chatdata/groupchat/get", 99495, () => ({
    body: { chatid: Wire.filledText },
    success: ZoneGroup
  })),
  /**
   * 获取单聊会话同意情况. For up to 100 pairs of a member and an outsider.
   * @see https://developer.work.weixin.qq.com/document/path/99530
   */
  getSingleAgreements: Endpoint.query("/cgi-bin/chatdata/getagreestatus/single", 99530, () => ({
    body: {
      /** 1 to 100. */
      item: Wire.items(
        Schema.Struct({
          open_userid: Wire.filledText,
          external_userid: Wire.filledText
        }),
        100,
        1
      )
    },
    success: Endpoint.pluck("agreeinfo", Wire.list(ZoneSingleAgreement))
  })),
  /**
   * 获取群聊会话同意情况. Of all outsiders of a group.
   * @see https://developer.work.weixin.qq.com/document/path/99530
   */
  getRoomAgreements: Endpoint.query("/cgi-bin/chatdata/getagreestatus/room", 99530, () => ({
    body: { chatid: Wire.filledText },
    success: Endpoint.pluck("agreeinfo", Wire.list(ZoneRoomAgreement))
  })),
  /**
   * 会话名称搜索. One page of the groups whose present name fits; those without a name are not found.
   * @see https://developer.work.weixin.qq.com/document/path/99496
   */
  searchChats: Endpoint.query("/cgi-bin/chatdata/search_chat", 99496, () => ({
    body: {
      /** At least 2 characters. */
      query_word: words,
      ...searching
    },
    success: FoundZoneChats
  })),
  /**
   * 会话消息搜索. One page of the messages that fit, the newest first: by their text, or by the name of the file, link, mini
   * program or document.
   * @see https://developer.work.weixin.qq.com/document/path/97374
   */
  searchMessages: Endpoint.query("/cgi-bin/chatdata/search_msg", 97374, () => ({
    body: ZoneMessageSearch,
    success: FoundZoneMessages
  }))
}, (endpoints) => ({
  /**
   * 获取会话记录. All messages of `listMessages` up to now, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/97240
   */
  listAllMessages: Paging.byCursor(endpoints.listMessages, "msg_list"),
  /**
   * 会话名称搜索. All groups of `searchChats`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/99496
   */
  searchAllChats: Paging.byCursor(endpoints.searchChats, "chat_list"),
  /**
   * 会话消息搜索. All messages of `searchMessages`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/97374
   */
  searchAllMessages: Paging.byCursor(endpoints.searchMessages, "msg_list")
})) {}
