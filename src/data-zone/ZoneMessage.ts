/**
 * 会话记录: an archived message, whose content is shown by the vendor's component or read by a program of the data zone.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** 身份类型 of those who take part in a conversation. */
export const ZonePartyType = Wire.oneOf({
  Member: [1, "员工"],
  ExternalContact: [2, "外部联系人"],
  Robot: [3, "机器人"]
})

/** 消息类型. */
export const ZoneMessageType = Wire.oneOf({
  Unsupported: [0, "暂不支持的消息类型"],
  Text: [1, "文本"],
  Image: [2, "图片"],
  Sticker: [3, "表情"],
  Link: [4, "链接"],
  MiniProgram: [5, "小程序"],
  Voice: [6, "语音"],
  Video: [7, "视频"],
  File: [8, "文件"],
  Card: [9, "名片"],
  Forwarded: [10, "转发消息"],
  Channels: [11, "视频号"],
  Schedule: [12, "日程"],
  RedPacket: [13, "红包"],
  Location: [14, "地理位置"],
  QuickMeeting: [15, "快速会议"],
  Todo: [16, "待办"],
  Vote: [17, "投票"],
  Document: [18, "在线文档"],
  News: [19, "图文消息"],
  Mixed: [20, "图文混合消息"],
  AudioArchive: [21, "音频存档"],
  Call: [22, "音视频通话"],
  DriveFile: [23, "微盘文件"],
  Agree: [24, "同意会话存档"],
  Disagree: [25, "拒绝会话存档"],
  Chain: [26, "群接龙"],
  Markdown: [27, "markdown"]
})

/** Who sent a message, or received it. */
export class ZoneParty extends Schema.Class<ZoneParty>("effect-wecom/ZoneParty")({
  /** A member's open userid, an outsider's external userid, or a robot's id. */
  id: Schema.String,
  type: Wire.optional(ZonePartyType.schema)
}) {}

/** How the key of a message is encrypted. */
export class ZoneEncryption extends Schema.Class<ZoneEncryption>("effect-wecom/ZoneEncryption")(Wire.optionals({
  /** In Base64, encrypted with the key that `DataZone.setPublicKey` has set: decrypted, it shows or exports the message. */
  encrypted_secret_key: Schema.String,
  public_key_ver: Wire.int
})) {}

const details = {
  ...Wire.optionals({
    sender: ZoneParty,
    /** Of a group. */
    chatid: Schema.String,
    send_time: Wire.time,
    msgtype: ZoneMessageType.schema,
    service_encrypt_info: ZoneEncryption
  }),
  receiver_list: Wire.list(ZoneParty)
}

/** What is known of a message besides its content. */
export class ZoneMessageDetail extends Schema.Class<ZoneMessageDetail>("effect-wecom/ZoneMessageDetail")(details) {}

/** 会话记录: a message, without its content. */
export class ZoneMessage extends Schema.Class<ZoneMessage>("effect-wecom/ZoneMessage")({
  msgid: Schema.String,
  ...details
}) {}

/** A message and its decrypted key, which lets WeCom read it. */
export class ZoneMessageKey extends Schema.Opaque<ZoneMessageKey>()(Schema.Struct({
  msgid: Wire.filledText,
  encrypt_info: Schema.Struct({
    /** `encrypted_secret_key`, decrypted with the private key. */
    secret_key: Wire.secret
  })
})) {}
