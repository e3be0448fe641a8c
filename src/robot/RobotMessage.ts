/**
 * What a robot says in its group: the messages of `Message` that it takes, and these of its own.
 *
 * @example
 * ```ts
 * robot.send(Message.text("上线了", { mentioned_list: ["@all"] }))
 * robot.send(RobotMessage.image(bytes))
 * ```
 *
 * @see https://developer.work.weixin.qq.com/document/path/99110
 */
import * as Digest from "effect/crypto/Digest"
import * as Base64 from "effect/encoding/Base64"
import * as Hex from "effect/encoding/Hex"
import * as Schema from "effect/Schema"
import * as Message from "../messages/Message.ts"
import { RobotCard } from "../messages/TemplateCard.ts"
import * as Wire from "../Wire.ts"

/** markdown, of a subset of its syntax. At most 4,096 bytes. */
const MarkdownBody = Schema.Struct({
  msgtype: Schema.Literal("markdown"),
  markdown: Schema.Struct({ content: Wire.text(4096) })
})

/** markdown_v2: with tables, lists, images and code, without colours and mentions. At most 4,096 bytes. */
export const MarkdownV2 = Schema.Struct({
  msgtype: Schema.Literal("markdown_v2"),
  markdown_v2: Schema.Struct({ content: Wire.text(4096) })
})
export interface MarkdownV2 extends Schema.Schema.Type<typeof MarkdownV2> {}

const maxImage = 2 * 1024 * 1024

/** 图片, inside the message: JPG or PNG, at most 2 MiB. */
export const Image = Schema.Struct({
  msgtype: Schema.Literal("image"),
  image: Schema.Struct({
    base64: Schema.String.check(
      Schema.makeFilter((value: string) =>
        value.length <= Math.ceil(maxImage / 3) * 4 || "an image of at most 2 MiB is allowed"
      )
    ),
    /** The MD5 of the image itself, in hexadecimal digits. */
    md5: Schema.String
  })
})
export interface Image extends Schema.Schema.Type<typeof Image> {}

/** 模板卡片: a notice, without a menu. */
export const Card = Schema.Struct({ msgtype: Schema.Literal("template_card"), template_card: RobotCard })

/** What a robot takes. */
export type RobotMessage =
  | Message.TextBody
  | Message.MentioningBody
  | Message.MarkdownBody
  | MarkdownV2
  | Image
  | Message.NewsBody
  | Message.FileBody
  | Message.VoiceBody
  | Message.TemplateCardBody<RobotCard>

/** What a robot takes. */
export const RobotMessage: Schema.Codec<RobotMessage, unknown> = Schema.Union([
  Message.MentioningBody,
  MarkdownBody,
  MarkdownV2,
  Image,
  Message.NewsBody,
  Message.FileBody,
  Message.VoiceBody,
  Card
])

/** markdown_v2类型. With tables, lists, images and code, without colours and mentions. At most 4,096 bytes. */
export const markdownV2 = (content: string): MarkdownV2 => ({ msgtype: "markdown_v2", markdown_v2: { content } })

/** 图片类型. JPG or PNG, at most 2 MiB, sent inside the message. */
export const image = (content: Uint8Array): Image => ({
  msgtype: "image",
  image: { base64: Base64.encode(content), md5: Hex.encode(md5(content)) }
})

const md5 = (content: Uint8Array): Uint8Array => {
  const { implementation } = Digest.md5
  if (implementation === undefined) throw new TypeError("this version of effect/crypto has no MD5 of its own")
  return implementation(content)
}
