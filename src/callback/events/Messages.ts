/**
 * 消息格式: what members send to an app.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90239
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 文本消息. */
export class TextMessage extends Event<TextMessage>()("text", () => ({
  Content: Schema.String
})) {}

/** 图片消息. */
export class ImageMessage extends Event<ImageMessage>()("image", () => ({
  /** A link to the picture. */
  PicUrl: Schema.String,
  /** For `media/get`; valid for 3 days. */
  MediaId: Schema.String
})) {}

/** 语音消息. */
export class VoiceMessage extends Event<VoiceMessage>()("voice", () => ({
  /** For `media/get`; valid for 3 days. */
  MediaId: Schema.String,
  /** Such as `amr` or `speex`. */
  Format: Schema.String
})) {}

/** 视频消息. */
export class VideoMessage extends Event<VideoMessage>()("video", () => ({
  /** For `media/get`; valid for 3 days. */
  MediaId: Schema.String,
  /** The thumbnail, for `media/get`; valid for 3 days. */
  ThumbMediaId: Schema.String
})) {}

/** 位置消息. */
export class LocationMessage extends Event<LocationMessage>()("location", () => ({
  /** Latitude, in degrees. */
  Location_X: Wire.number,
  /** Longitude, in degrees. */
  Location_Y: Wire.number,
  /** The zoom of the map. */
  Scale: Wire.number,
  /** The name of the place. */
  Label: Schema.String,
  /** `wxwork` when sent from inside WeCom. */
  AppType: Wire.optional(Schema.String)
})) {}

/** 链接消息. */
export class LinkMessage extends Event<LinkMessage>()("link", () => ({
  Title: Schema.String,
  Description: Schema.String,
  Url: Schema.String,
  /** The cover picture. */
  PicUrl: Wire.optional(Schema.String)
})) {}

/** 小视频消息: short videos of older clients. In no document of today. */
export class ShortVideoMessage extends Event<ShortVideoMessage>()("shortvideo", () => ({
  /** For `media/get`; valid for 3 days. */
  MediaId: Schema.String,
  /** The thumbnail, for `media/get`; valid for 3 days. */
  ThumbMediaId: Schema.String
})) {}

/** 文件消息. In no document: what it carries is what other libraries read of it. */
export class FileMessage extends Event<FileMessage>()("file", () => ({
  ...Wire.optionals({
    Title: Schema.String,
    Description: Schema.String,
    FileKey: Schema.String,
    FileMd5: Schema.String
  }),
  /** In bytes. */
  FileTotalLen: CallbackWire.optional(Wire.int)
})) {}
