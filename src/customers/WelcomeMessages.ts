/**
 * 欢迎语: what new customers, and those who join a customer group, are greeted with.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import {
  Attachment,
  fromParts,
  ImageContent,
  LinkContent,
  MediaContent,
  MiniprogramContent,
  type SentAttachment,
  sentParts,
  textOf
} from "./Attachment.ts"

const groupText = textOf(3000)

interface Parts {
  readonly image: ImageContent
  readonly link: LinkContent
  readonly miniprogram: MiniprogramContent
  readonly file: MediaContent
  readonly video: MediaContent
}

type Carrying<Kind extends keyof Parts> =
  & { readonly [K in Kind]: Parts[K] }
  & { readonly [K in Exclude<keyof Parts, Kind>]?: undefined }

/**
 * 入群欢迎语素材: a text of at most 3000 bytes, in which `%NICKNAME%` stands for the customer's name, and one attachment;
 * or either of them.
 */
export type GroupWelcome =
  | { readonly text: typeof groupText.Type } & Carrying<never>
  | { [Kind in keyof Parts]: { readonly text?: typeof groupText.Type | undefined } & Carrying<Kind> }[keyof Parts]

const groupWelcome = {
  ...Wire.optionals({
    text: groupText,
    image: ImageContent,
    link: LinkContent,
    miniprogram: MiniprogramContent,
    file: MediaContent,
    video: MediaContent,
    /** Only for old suites of several apps. */
    agentid: Wire.int
  })
}

const notEmpty = Wire.anyOf("text", "image", "link", "miniprogram", "file", "video")

/** The fields beside what {@link GroupWelcome} has. */
type WithGroupWelcome<S extends Schema.Constraint> = Schema.Codec<
  GroupWelcome & { readonly [K in keyof S["Type"] as Exclude<K, "text" | keyof Parts>]: S["Type"][K] },
  S["Encoded"]
>

/** 入群欢迎语素材, as it is kept. */
export class GroupWelcomeTemplate extends Schema.Class<GroupWelcomeTemplate>("effect-wecom/GroupWelcomeTemplate")({
  text: Wire.optional(Schema.Struct({ content: Schema.String })),
  ...sentParts
}) {
  /** The attachment, whichever kind it is of. */
  get attachment(): SentAttachment | undefined {
    return fromParts(this)
  }
}

/** 新客户欢迎语: a text, attachments, or both. */
export class Welcome extends Schema.Opaque<Welcome>()(
  Schema.Struct({
    welcome_code: Wire.filledText,
    ...Wire.optionals({
      text: textOf(4000),
      attachments: Wire.items(Attachment, 9)
    })
  })
) {}

/** 欢迎语: greetings of new customers and in customer groups. */
export class WelcomeMessages
  extends Domain.Service<WelcomeMessages>()("customers/WelcomeMessages", "客户联系·消息推送", {
    /**
     * 发送新客户欢迎语. Greets a new customer in the member's name: a text of at most 4000 bytes and up to 9 attachments, at
     * least one of them.
     *
     * The `welcome_code` of the event about the customer is valid for 20 seconds and once (41050). It does not come
     * where the member has a greeting set in the admin console. Where several apps greet, the first one does: the others
     * get 41096, on which to try again, then 41051 once the greeting has been delivered or the chat has begun.
     * @see https://developer.work.weixin.qq.com/document/path/92137
     */
    send: Endpoint.post("/cgi-bin/externalcontact/send_welcome_msg", 92137, () => ({
      body: Welcome.pipe(Wire.withAnyOf("text", "attachments"))
    })),
    /**
     * 添加入群欢迎语素材. Adds a greeting for customer groups to the corp's library of at most 100 (41055); returns its id.
     * The owners of groups are asked to use it, unless `notify` is false.
     * @see https://developer.work.weixin.qq.com/document/path/92366
     */
    createGroupTemplate: Endpoint.post("/cgi-bin/externalcontact/group_welcome_template/add", 92366, () => {
      const body = Schema.Struct({ ...groupWelcome, notify: Wire.optional(Wire.flag) }).check(notEmpty)
      return {
        body: body as WithGroupWelcome<typeof body>, // more than one attachment, which WeCom ignores, by type alone
        success: Endpoint.pluck("template_id", Schema.String)
      }
    }),
    /**
     * 编辑入群欢迎语素材. Replaces a greeting that this app made (41058).
     * @see https://developer.work.weixin.qq.com/document/path/92366
     */
    updateGroupTemplate: Endpoint.post("/cgi-bin/externalcontact/group_welcome_template/edit", 92366, () => {
      const body = Schema.Struct({ template_id: Wire.filledText, ...groupWelcome }).check(notEmpty)
      return { body: body as WithGroupWelcome<typeof body> } // as above
    }),
    /**
     * 获取入群欢迎语素材. A greeting for customer groups.
     * @see https://developer.work.weixin.qq.com/document/path/92366
     */
    getGroupTemplate: Endpoint.query("/cgi-bin/externalcontact/group_welcome_template/get", 92366, () => ({
      body: { template_id: Wire.filledText },
      success: GroupWelcomeTemplate
    })),
    /**
     * 删除入群欢迎语素材. Deletes a greeting that this app made (41058).
     * @see https://developer.work.weixin.qq.com/document/path/92366
     */
    deleteGroupTemplate: Endpoint.post("/cgi-bin/externalcontact/group_welcome_template/del", 92366, () => ({
      body: {
        template_id: Wire.filledText,
        /** Only for old suites of several apps. */
        agentid: Wire.optional(Wire.int)
      }
    }))
  })
{}
