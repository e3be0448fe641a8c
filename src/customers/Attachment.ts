/**
 * 附件: what messages to customers carry beside their text. Shared by mass messages and welcome messages.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** The text of a message to customers, of at most `bytes` bytes. */
export const textOf = (bytes: number) => Schema.Struct({ content: Wire.text(bytes) })

/** 图片. A picture, by the id of an upload or by its address. Where both are given, WeCom takes `media_id`. */
export const ImageContent = Schema.Union([
  Schema.Struct({
    media_id: Schema.String,
    /** As `media/uploadimg` returned it; no other address is accepted. */
    pic_url: Wire.optional(Schema.String)
  }),
  Schema.Struct({ pic_url: Schema.String })
])
export type ImageContent = typeof ImageContent.Type

/** 图文. A card that opens a web page. */
export const LinkContent = Schema.Struct({
  title: Wire.text(128),
  ...Wire.optionals({
    /** The address of the cover. */
    picurl: Wire.text(2048),
    desc: Wire.text(512)
  }),
  url: Wire.text(2048)
})
export type LinkContent = typeof LinkContent.Type

/** 小程序. A card that opens a mini program, which must be linked to the corp. */
export const MiniprogramContent = Schema.Struct({
  title: Wire.text(64),
  /** The cover; 520 x 416 pixels are advised. */
  pic_media_id: Schema.String,
  appid: Schema.String,
  page: Schema.String
})
export type MiniprogramContent = typeof MiniprogramContent.Type

/** 素材. A file that was uploaded. */
export const MediaContent = Schema.Struct({ media_id: Schema.String })
export type MediaContent = typeof MediaContent.Type

/** 图片附件. */
export const Image = Schema.Struct({ msgtype: Schema.Literal("image"), image: ImageContent })
/** 图片附件. */
export type Image = typeof Image.Type

/** 图文附件. */
export const Link = Schema.Struct({ msgtype: Schema.Literal("link"), link: LinkContent })
/** 图文附件. */
export type Link = typeof Link.Type

/** 小程序附件. */
export const Miniprogram = Schema.Struct({ msgtype: Schema.Literal("miniprogram"), miniprogram: MiniprogramContent })
/** 小程序附件. */
export type Miniprogram = typeof Miniprogram.Type

/** 视频附件. */
export const Video = Schema.Struct({ msgtype: Schema.Literal("video"), video: MediaContent })
/** 视频附件. */
export type Video = typeof Video.Type

/** 文件附件. */
export const File = Schema.Struct({ msgtype: Schema.Literal("file"), file: MediaContent })
/** 文件附件. */
export type File = typeof File.Type

/** 附件. Told apart by `msgtype`. */
export const Attachment = Schema.Union([Image, Link, Miniprogram, Video, File])
/** 附件. Told apart by `msgtype`. */
export type Attachment = typeof Attachment.Type

/** A picture, as it is shown again: by one of the two. */
const SentImageContent = Schema.Struct({
  ...Wire.optionals({
    media_id: Schema.String,
    pic_url: Schema.String
  })
})

/** A card that opens a mini program, as it is shown again: mostly without its cover. */
const SentMiniprogramContent = Schema.Struct({
  title: Schema.String,
  pic_media_id: Wire.optional(Schema.String),
  appid: Schema.String,
  page: Schema.String
})

/** 附件, as WeCom shows it again. Told apart by `msgtype`; a kind that is not known yet is kept as it is. */
export const SentAttachment = Wire.variants("msgtype", [
  Schema.Struct({ msgtype: Schema.Literal("image"), image: SentImageContent }),
  Link,
  Schema.Struct({ msgtype: Schema.Literal("miniprogram"), miniprogram: SentMiniprogramContent }),
  Video,
  File
])
/** 附件, as WeCom shows it again. */
export type SentAttachment = typeof SentAttachment.Type

/** The one attachment of older APIs, as WeCom shows it again: a field of its own for each kind. */
export const sentParts = {
  ...Wire.optionals({
    image: SentImageContent,
    link: LinkContent,
    miniprogram: SentMiniprogramContent,
    file: MediaContent,
    video: MediaContent
  })
}

type SentParts = Schema.Struct.Type<typeof sentParts>

/** An attachment as the field of its kind; nothing where its kind is not known. */
export const toParts = (attachment: SentAttachment | undefined): SentParts => {
  if (attachment === undefined || attachment.msgtype === "Unknown") return {}
  const { msgtype: _, ...parts } = attachment
  return parts
}

/** The one attachment of older APIs, whichever kind it is of: the first that counts where there are several. */
export const fromParts = ({ file, image, link, miniprogram, video }: SentParts): SentAttachment | undefined =>
  image !== undefined
    ? { msgtype: "image", image }
    : link !== undefined
    ? { msgtype: "link", link }
    : miniprogram !== undefined
    ? { msgtype: "miniprogram", miniprogram }
    : file !== undefined
    ? { msgtype: "file", file }
    : video !== undefined
    ? { msgtype: "video", video }
    : undefined

/** 图片附件. A picture. */
export const image = (image: ImageContent): Image => ({ msgtype: "image", image })

/** 图文附件. A card that opens a web page. */
export const link = (link: LinkContent): Link => ({ msgtype: "link", link })

/** 小程序附件. A card that opens a mini program. */
export const miniprogram = (miniprogram: MiniprogramContent): Miniprogram => ({ msgtype: "miniprogram", miniprogram })

/** 视频附件. A video, by the id of an upload. */
export const video = (media_id: string): Video => ({ msgtype: "video", video: { media_id } })

/** 文件附件. A file, by the id of an upload. */
export const file = (media_id: string): File => ({ msgtype: "file", file: { media_id } })
