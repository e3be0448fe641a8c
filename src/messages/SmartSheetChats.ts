/**
 * 智能表格自动化创建的群聊: group chats that the rules of a smart sheet have made.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** A group chat that a rule of a smart sheet has made. */
export class SmartSheetChat extends Schema.Class<SmartSheetChat>("effect-wecom/SmartSheetChat")({
  ...Wire.optionals({
    name: Schema.String,
    /** Its owner's userid. */
    owner: Schema.String
  }),
  /** Userids of those members who belong to the corp. */
  user_list: Wire.list(Schema.String)
}) {}

/** Ids of chats, a page of them. */
export class SmartSheetChatPage extends Schema.Class<SmartSheetChatPage>("effect-wecom/SmartSheetChatPage")({
  chat_id_list: Wire.list(Schema.String),
  ...Wire.optionals({
    has_more: Schema.Boolean,
    next_cursor: Schema.String
  })
}) {}

/** 获取群聊列表. A page of them. */
const members = Wire.optional(Wire.items(Wire.filledText, 500))

/**
 * 智能表格自动化创建的群聊: group chats that the rules of a smart sheet have made. For smart sheets that the app itself
 * has made, by an app that the whole corp may see.
 */
export class SmartSheetChats extends Domain.Service<SmartSheetChats>()("messages/SmartSheetChats", "群聊会话appchat", {
  /**
   * 获取群聊列表. Ids of the chats of a smart sheet, a page at a time.
   *
   * A page may be shorter than asked for: `has_more` says whether there are others.
   * @see https://developer.work.weixin.qq.com/document/path/100989
   */
  listIds: Endpoint.query("/cgi-bin/wedoc/smartsheet/groupchat/list", 100989, () => ({
    body: {
      docid: Wire.filledText,
      ...Wire.optionals({
        cursor: Schema.String,
        /** At most 200. Default: 100. */
        limit: Wire.intBetween(1, 200)
      })
    },
    success: SmartSheetChatPage
  })),
  /**
   * 获取群聊会话. A chat's name, its owner and those members who belong to the corp.
   * @see https://developer.work.weixin.qq.com/document/path/101028
   */
  get: Endpoint.query("/cgi-bin/wedoc/smartsheet/groupchat/get", 101028, () => ({
    body: { docid: Wire.filledText, chat_id: Wire.filledText },
    success: SmartSheetChat
  })),
  /**
   * 修改群聊会话. Gives a chat another owner, adds and removes members of the smart sheet: at most 500 each in one call,
   * one call at a time for a chat, 2,000 members in it. 1,000 changes an hour for a corp. Whoever removes the owner names
   * another.
   * @see https://developer.work.weixin.qq.com/document/path/101029
   */
  update: Endpoint.post("/cgi-bin/wedoc/smartsheet/groupchat/update", 101029, () => ({
    body: {
      docid: Wire.filledText,
      chat_id: Wire.filledText,
      owner: Wire.optional(Schema.String),
      add_user_list: members,
      del_user_list: members
    }
  }))
}, (endpoints) => ({
  /**
   * 获取群聊列表. Ids of all chats of a smart sheet, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/100989
   */
  listAllIds: Paging.byCursor(endpoints.listIds, "chat_id_list")
})) {}
