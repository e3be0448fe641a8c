/**
 * 客服消息: what an app sends to customers of 微信客服.
 *
 * ```ts
 * kfMessages.send({ open_kfid, touser, ...KfMessage.text("您好") })
 * ```
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

const Media = Schema.Struct({ media_id: Wire.filledText })

/** 文本消息. */
export const Text = Schema.Struct({
  msgtype: Schema.Literal("text"),
  /** At most 2048 bytes. */
  text: Schema.Struct({ content: Wire.text(2048) })
})
/** 文本消息. */
export type Text = typeof Text.Type

/** 图片消息. */
export const Image = Schema.Struct({ msgtype: Schema.Literal("image"), image: Media })
/** 图片消息. */
export type Image = typeof Image.Type

/** 语音消息. */
export const Voice = Schema.Struct({ msgtype: Schema.Literal("voice"), voice: Media })
/** 语音消息. */
export type Voice = typeof Voice.Type

/** 视频消息. */
export const Video = Schema.Struct({ msgtype: Schema.Literal("video"), video: Media })
/** 视频消息. */
export type Video = typeof Video.Type

/** 文件消息. */
export const File = Schema.Struct({ msgtype: Schema.Literal("file"), file: Media })
/** 文件消息. */
export type File = typeof File.Type

/** 图文链接消息. */
export const Link = Schema.Struct({
  msgtype: Schema.Literal("link"),
  link: Schema.Struct({
    title: Wire.text(128),
    desc: Wire.optional(Wire.text(512)),
    /** With `http` or `https`. */
    url: Wire.text(2048),
    thumb_media_id: Wire.filledText
  })
})
/** 图文链接消息. */
export type Link = typeof Link.Type

/** 小程序消息. */
export const Miniprogram = Schema.Struct({
  msgtype: Schema.Literal("miniprogram"),
  miniprogram: Schema.Struct({
    appid: Wire.filledText,
    title: Wire.optional(Wire.text(64)),
    /** The cover; 520 x 416 pixels are advised. */
    thumb_media_id: Wire.filledText,
    /** Must end with `.html`, else WeChat does not find it. */
    pagepath: Wire.filledText
  })
})
/** 小程序消息. */
export type Miniprogram = typeof Miniprogram.Type

/** 地理位置消息. Degrees. */
export const Location = Schema.Struct({
  msgtype: Schema.Literal("location"),
  location: Schema.Struct({
    ...Wire.optionals({
      name: Schema.String,
      address: Schema.String
    }),
    latitude: Wire.between(-90, 90),
    longitude: Wire.between(-180, 180)
  })
})
/** 地理位置消息. */
export type Location = typeof Location.Type

/** 名片消息: a member's card. */
export const BusinessCard = Schema.Struct({
  msgtype: Schema.Literal("business_card"),
  business_card: Schema.Struct({ userid: Wire.filledText })
})
/** 名片消息. */
export type BusinessCard = typeof BusinessCard.Type

/** 获客链接消息: a link of 获客助手, shown as a card. */
export const AcquisitionLink = Schema.Struct({
  msgtype: Schema.Literal("ca_link"),
  ca_link: Schema.Struct({ link_url: Wire.filledText })
})
/** 获客链接消息. */
export type AcquisitionLink = typeof AcquisitionLink.Type

/** 回复菜单: the customer answers with its text, which then carries its id. */
export const ClickItem = Schema.Struct({
  type: Schema.Literal("click"),
  click: Schema.Struct({
    /** 1 to 128 bytes; `a-z`, `A-Z`, `0-9` and `_` are advised, and `#` may cut it off. */
    id: Wire.optional(Wire.text(128)),
    /** 1 to 128 bytes. */
    content: Wire.text(128)
  })
})
/** 回复菜单. */
export type ClickItem = typeof ClickItem.Type

/** 超链接菜单: opens a page. */
export const ViewItem = Schema.Struct({
  type: Schema.Literal("view"),
  view: Schema.Struct({ url: Wire.text(2048), content: Wire.text(1024) })
})
/** 超链接菜单. */
export type ViewItem = typeof ViewItem.Type

/** 小程序菜单: opens a mini program. */
export const MiniprogramItem = Schema.Struct({
  type: Schema.Literal("miniprogram"),
  miniprogram: Schema.Struct({ appid: Wire.text(32), pagepath: Wire.text(1024), content: Wire.text(1024) })
})
/** 小程序菜单. */
export type MiniprogramItem = typeof MiniprogramItem.Type

/** 文本: between the others. */
export const TextItem = Schema.Struct({
  type: Schema.Literal("text"),
  text: Schema.Struct({
    /** 1 to 256 bytes. */
    content: Wire.text(256),
    /** Whether what follows stays on the same line. */
    no_newline: Wire.optional(Wire.flag)
  })
})
/** 文本. */
export type TextItem = typeof TextItem.Type

/** 菜单项. Told apart by `type`. */
export const MenuItem = Schema.Union([ClickItem, ViewItem, MiniprogramItem, TextItem])
/** 菜单项. Told apart by `type`. */
export type MenuItem = typeof MenuItem.Type

const menuOf = (items: number) =>
  Schema.Struct({
    msgtype: Schema.Literal("msgmenu"),
    msgmenu: Schema.Struct({
      ...Wire.optionals({
        /** At most 1024 bytes. */
        head_content: Wire.text(1024),
        list: Wire.items(MenuItem, items).check(
          Schema.makeFilter((list) =>
            list.filter((item) => item.type !== "text").length <= 10 ||
            "at most 10 items that are not of the type text are allowed"
          )
        ),
        /** At most 1024 bytes. */
        tail_content: Wire.text(1024)
      })
    })
  })

/** 菜单消息: at most 50 items, of which at most 10 to click. */
export const Menu = menuOf(50)
/** 菜单消息: at most 50 items, of which at most 10 to click. */
export type Menu = typeof Menu.Type

/** 事件响应消息中的菜单消息: at most 10 items. */
export const EventMenu = menuOf(10)

/** 客服消息. Told apart by `msgtype`. */
export type KfMessage =
  | Text
  | Image
  | Voice
  | Video
  | File
  | Link
  | Miniprogram
  | Menu
  | Location
  | BusinessCard
  | AcquisitionLink

/** 事件响应消息: what may greet a customer, or follow a change of the session. */
export type KfEventMessage = Text | Menu

/** 文本消息. A text of at most 2048 bytes. */
export const text = (content: string): Text => ({ msgtype: "text", text: { content } })

/** 图片消息. A picture, by the id that `media/upload` returned. */
export const image = (media_id: string): Image => ({ msgtype: "image", image: { media_id } })

/** 语音消息. A voice message, by the id that `media/upload` returned. */
export const voice = (media_id: string): Voice => ({ msgtype: "voice", voice: { media_id } })

/** 视频消息. A video, by the id that `media/upload` returned. */
export const video = (media_id: string): Video => ({ msgtype: "video", video: { media_id } })

/** 文件消息. A file, by the id that `media/upload` returned. */
export const file = (media_id: string): File => ({ msgtype: "file", file: { media_id } })

/** 图文链接消息. A card that opens a web page. */
export const link = (link: Link["link"]): Link => ({ msgtype: "link", link })

/** 小程序消息. A card that opens a mini program. */
export const miniprogram = (miniprogram: Miniprogram["miniprogram"]): Miniprogram => ({
  msgtype: "miniprogram",
  miniprogram
})

/** 地理位置消息. A place. */
export const location = (location: Location["location"]): Location => ({ msgtype: "location", location })

/** 名片消息. A member's card. */
export const businessCard = (userid: string): BusinessCard => ({ msgtype: "business_card", business_card: { userid } })

/** 获客链接消息. A link of 获客助手, shown as a card. */
export const acquisitionLink = (link_url: string): AcquisitionLink => ({ msgtype: "ca_link", ca_link: { link_url } })

/** 菜单消息. A menu of at most 50 items. */
export const menu = (msgmenu: Menu["msgmenu"]): Menu => ({ msgtype: "msgmenu", msgmenu })

/** 回复菜单. An item to answer with; the answer carries its id. */
export const click = (id: string, content: string): ClickItem => ({ type: "click", click: { id, content } })

/** 超链接菜单. An item that opens a page. */
export const view = (url: string, content: string): ViewItem => ({ type: "view", view: { url, content } })

/** 小程序菜单. An item that opens a mini program. */
export const openMiniprogram = (miniprogram: MiniprogramItem["miniprogram"]): MiniprogramItem => ({
  type: "miniprogram",
  miniprogram
})

/** 文本. Text between items. */
export const line = (content: string): TextItem => ({ type: "text", text: { content } })
