/**
 * What a 智能机器人 sends over its long connection or to a `response_url`: markdown, cards, files.
 *
 * @see https://developer.work.weixin.qq.com/document/path/101463
 */
import * as Schema from "effect/Schema"
import { SmartRobotCard } from "../messages/TemplateCard.ts"
import * as Wire from "../Wire.ts"

/** Comes back in `bot:event/feedback_event` when a member judges the message. */
const feedback = () => Wire.optional(Schema.Struct({ id: Wire.text(256) }))

/** markdown消息. */
export const Markdown = Schema.Struct({
  msgtype: Schema.Literal("markdown"),
  markdown: Schema.Struct({
    /** At most 20,480 bytes, of the syntax of markdown_v2. */
    content: Wire.text(20480),
    feedback: feedback()
  })
})

/** 模板卡片消息. */
export const Card = Schema.Struct({
  msgtype: Schema.Literal("template_card"),
  template_card: SmartRobotCard
})

const media = () => Schema.Struct({ media_id: Schema.String })

/** 文件消息. `SmartRobotSocket.upload` gives the media id. */
export const File = Schema.Struct({ msgtype: Schema.Literal("file"), file: media() })

/** 图片消息. */
export const Image = Schema.Struct({ msgtype: Schema.Literal("image"), image: media() })

/** 语音消息. */
export const Voice = Schema.Struct({ msgtype: Schema.Literal("voice"), voice: media() })

/** 视频消息. */
export const Video = Schema.Struct({
  msgtype: Schema.Literal("video"),
  video: Schema.Struct({
    media_id: Schema.String,
    /** At most 128 bytes. */
    title: Wire.optional(Wire.text(128)),
    /** At most 512 bytes. */
    description: Wire.optional(Wire.text(512))
  })
})

/** Everything that a bot may send by itself, or as the reply to a message. */
export type SmartRobotMessage =
  | typeof Markdown.Type
  | { readonly msgtype: "template_card"; readonly template_card: SmartRobotCard }
  | typeof File.Type
  | typeof Image.Type
  | typeof Voice.Type
  | typeof Video.Type

/** Everything that a bot may send by itself, or as the reply to a message. */
export const SmartRobotMessage: Schema.Codec<SmartRobotMessage, unknown> = Schema.Union([
  Markdown,
  Card,
  File,
  Image,
  Voice,
  Video
])

/** markdown消息. `feedback` comes back when a member judges it; at most 256 bytes. */
export const markdown = (
  content: string,
  options?: { readonly feedback?: string | undefined }
): typeof Markdown.Type => ({
  msgtype: "markdown",
  markdown: { content, feedback: options?.feedback === undefined ? undefined : { id: options.feedback } }
})

/** 模板卡片消息. */
export const card = (template_card: SmartRobotCard): typeof Card.Type => ({ msgtype: "template_card", template_card })

/** 文件消息. */
export const file = (media_id: string): typeof File.Type => ({ msgtype: "file", file: { media_id } })

/** 图片消息. */
export const image = (media_id: string): typeof Image.Type => ({ msgtype: "image", image: { media_id } })

/** 语音消息. */
export const voice = (media_id: string): typeof Voice.Type => ({ msgtype: "voice", voice: { media_id } })

/** 视频消息. */
export const video = (
  media_id: string,
  options?: { readonly title?: string | undefined; readonly description?: string | undefined }
): typeof Video.Type => ({
  msgtype: "video",
  video: { media_id, title: options?.title, description: options?.description }
})
