/**
 * 成员扩展属性 and 成员对外信息: what a corp adds to its members' profiles, for colleagues and for customers.
 *
 * An attribute has to exist in the admin console: values for unknown names are ignored.
 *
 * @see https://developer.work.weixin.qq.com/document/path/100067
 * @see https://developer.work.weixin.qq.com/document/path/92230
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"
import { AttributeType } from "./AttributeType.ts"

/** 文本. An attribute that is a text of at most 64 characters, 32 where customers see it. */
export const TextAttribute = Schema.Struct({
  type: Schema.Literal(AttributeType.Text),
  name: Schema.String,
  text: Schema.Struct({ value: Wire.chars(64) })
})

/** 网页. An attribute that is a link, its title at most 12 Chinese characters. Both empty to clear it. */
export const WebAttribute = Schema.Struct({
  type: Schema.Literal(AttributeType.Web),
  name: Schema.String,
  web: Schema.Struct({ url: Schema.String, title: Wire.words(12) }).check(
    Schema.makeFilter(({ title, url }) =>
      (url === "") !== (title === "")
        ? "`url` and `title` are both given, or both empty to clear the attribute"
        : url === "" || /^https?:\/\//i.test(url) || { path: ["url"], issue: "expected an http or https URL" }
    )
  )
})

/**
 * 小程序. An attribute that opens a mini program of the corp, its title at most 12 Chinese characters. `appid` and
 * `title` both empty to clear it.
 */
export const MiniprogramAttribute = Schema.Struct({
  type: Schema.Literal(AttributeType.Miniprogram),
  name: Schema.String,
  miniprogram: Schema.Struct({
    appid: Schema.String,
    /** The page that it opens, such as `/index`. */
    pagepath: Wire.optional(Schema.String),
    title: Wire.words(12)
  }).check(
    Schema.makeFilter(({ appid, title }) =>
      (appid === "") === (title === "") ||
      "`appid` and `title` are both given, or both empty to clear the attribute"
    )
  )
})

/** An attribute for colleagues, as it is sent. */
export const MemberAttribute = Schema.Union([TextAttribute, WebAttribute])

/** An attribute for customers, as it is sent. */
export const ExternalAttribute = Schema.Union([
  TextAttribute.check(
    Schema.makeFilter(({ text: { value } }) =>
      [...value].length <= 32 || { path: ["text", "value"], issue: "at most 32 characters are allowed" }
    )
  ),
  WebAttribute,
  MiniprogramAttribute
])

/** Attributes for colleagues, as they are received. */
export const MemberAttributes = Wire.list(Wire.variants("type", [TextAttribute, WebAttribute]))

/** Attributes for customers, as they are received. */
export const ExternalAttributes = Wire.list(Wire.variants("type", [TextAttribute, WebAttribute, MiniprogramAttribute]))

/** 扩展属性. A member's attributes for colleagues. */
export const Extattr = Schema.Struct({ attrs: MemberAttributes })

/** 视频号状态. Whether a channel may be shown. */
export const WechatChannelsStatus = Wire.oneOf({
  Confirmed: [0, "企业视频号已被确认，可正常使用"],
  Pending: [1, "企业视频号待确认"]
})

/** 成员对外信息. What customers see of a member. */
export class ExternalProfile extends Schema.Class<ExternalProfile>("effect-wecom/ExternalProfile")({
  ...Wire.optionals({
    /** 企业对外简称. */
    external_corp_name: Schema.String,
    /** 视频号. Not in the answers about customers. */
    wechat_channels: Schema.Struct({
      ...Wire.optionals({
        nickname: Schema.String,
        status: WechatChannelsStatus.schema
      })
    })
  }),
  external_attr: ExternalAttributes
}) {}

/** What customers are to see of a member; what is left out stays. */
export const ExternalProfileInput = Schema.Struct({
  ...Wire.optionals({
    /** One of the corp's verified short names; empty for the default one. */
    external_corp_name: Schema.String,
    /** One of the channels bound to the corp. */
    wechat_channels: Schema.Struct({ nickname: Schema.String }),
    external_attr: Schema.Array(ExternalAttribute)
  })
})

/** A text: at most 64 characters, 32 where customers see it. Empty to clear it. */
export const text = (name: string, value: string): typeof TextAttribute.Type => ({
  type: AttributeType.Text,
  name,
  text: { value }
})

/** A link. */
export const web = (name: string, web: { readonly url: string; readonly title: string }): typeof WebAttribute.Type => ({
  type: AttributeType.Web,
  name,
  web
})

/** A mini program of the corp, for customers. */
export const miniprogram = (
  name: string,
  miniprogram: { readonly appid: string; readonly pagepath?: string; readonly title: string }
): typeof MiniprogramAttribute.Type => ({ type: AttributeType.Miniprogram, name, miniprogram })
