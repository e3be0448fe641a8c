/**
 * 群聊会话: group chats that an app makes, and its messages to them.
 */
import * as Schema from "effect/Schema"
import * as Tuple from "effect/Tuple"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import * as Message from "./Message.ts"

/** 群聊类型. */
export const ChatType = Wire.oneOf({ Ordinary: [0, "普通群聊"], Course: [1, "课程群聊"] })

/** 群聊会话. */
export class AppChat extends Schema.Class<AppChat>("effect-wecom/AppChat")({
  chatid: Schema.String,
  ...Wire.optionals({
    name: Schema.String,
    /** Its owner's userid. */
    owner: Schema.String
  }),
  /** Its members' userids. */
  userlist: Wire.list(Schema.String),
  chat_type: Wire.optional(ChatType.schema)
}) {}

/** A message with its group chat, as {@link Message} makes them. */
export type ChatMessage =
  | Message.ToChat<Message.TextBody>
  | Message.ToChat<Message.MentioningBody>
  | Message.ToChat<Message.ImageBody>
  | Message.ToChat<Message.VoiceBody, Message.OpenChatOptions>
  | Message.ToChat<Message.VideoBody>
  | Message.ToChat<Message.FileBody>
  | Message.ToChat<Message.TextCardBody>
  | Message.ToChat<Message.NewsBody>
  | Message.ToChat<Message.MpNewsBody>
  | Message.ToChat<Message.MarkdownBody, Message.OpenChatOptions>

const TextCardBody = Schema.Struct({
  ...Message.TextCardBody.fields,
  textcard: Schema.Struct({
    ...Message.TextCardBody.fields.textcard.fields,
    title: Wire.text(128),
    description: Wire.text(512)
  })
})

const chatid = { chatid: Wire.filledText }

const ChatMessage: Schema.Codec<ChatMessage, unknown> = Schema.Union([
  ...Schema.Union([
    Message.MentioningBody,
    Message.ImageBody,
    Message.VideoBody,
    Message.FileBody,
    TextCardBody,
    Message.NewsBody,
    Message.MpNewsBody
  ]).mapMembers(Tuple.map(Schema.fieldsAssign({ ...chatid, safe: Wire.optional(Wire.flag) }))).members,
  ...Schema.Union([Message.VoiceBody, Message.MarkdownBody]).mapMembers(Tuple.map(Schema.fieldsAssign(chatid))).members
])

const name = Wire.optional(Wire.chars(50))

/**
 * 群聊会话: group chats that an app makes, and its messages to them. For apps of the corp's own that the whole corp may
 * see.
 */
export class AppChats extends Domain.Service<AppChats>()("messages/AppChats", "群聊会话appchat", {
  /**
   * 创建群聊会话. Makes a group chat of 2 to 2,000 members; returns its `chatid`.
   *
   * A name has at most 50 characters, a `chatid` of one's own at most 32 letters and digits. Default of the owner:
   * any of the members. 1,000 chats a day for a corp. Old clients show a chat from its first message on.
   * @see https://developer.work.weixin.qq.com/document/path/90245
   */
  create: Endpoint.post("/cgi-bin/appchat/create", 90245, () => ({
    body: {
      name,
      owner: Wire.optional(Schema.String),
      userlist: Wire.items(Wire.filledText, 2000, 2),
      chatid: Wire.optional(Schema.String.check(
        Schema.isPattern(/^[0-9A-Za-z]{1,32}$/, { message: "expected at most 32 of the characters 0-9 A-Z a-z" })
      ))
    },
    success: Endpoint.pluck("chatid", Schema.String)
  })),
  /**
   * 修改群聊会话. Renames a chat, gives it another owner, adds and removes members. 1,000 changes an hour for a corp.
   *
   * To remove the owner, name another one.
   * @see https://developer.work.weixin.qq.com/document/path/98913
   */
  update: Endpoint.post("/cgi-bin/appchat/update", 98913, () => ({
    body: {
      chatid: Wire.filledText,
      name,
      ...Wire.optionals({
        owner: Schema.String,
        add_user_list: Schema.Array(Wire.filledText),
        del_user_list: Schema.Array(Wire.filledText)
      })
    }
  })),
  /**
   * 获取群聊会话. A chat that the app has made.
   * @see https://developer.work.weixin.qq.com/document/path/98914
   */
  get: Endpoint.get("/cgi-bin/appchat/get", 98914, () => ({
    query: { chatid: Wire.filledText },
    success: Endpoint.pluck("chat_info", AppChat)
  })),
  /**
   * 应用推送消息. Sends a message to a chat that the app has made.
   *
   * Made with {@link Message}: `Message.text("上线了").toChat("CHATID")`. `<@userid>` in a text or in markdown draws a
   * member's attention. A corp may reach 20,000 members a minute and, by its size, 150,000, 350,000 or 700,000 an hour; a
   * member gets 200 messages of an app a minute and 10,000 a day, and what is more is dropped without an error.
   * @see https://developer.work.weixin.qq.com/document/path/90248
   */
  send: Endpoint.post("/cgi-bin/appchat/send", 90248, () => ({
    body: ChatMessage
  }))
}) {}
