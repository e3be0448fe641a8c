/**
 * 自定义菜单: the buttons below the chat with an app.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 菜单的响应动作类型. */
export const MenuButtonType = Wire.oneOf({
  Click: ["click", "点击推事件"],
  View: ["view", "跳转URL"],
  ScanCodePush: ["scancode_push", "扫码推事件"],
  ScanCodeWait: ["scancode_waitmsg", "扫码推事件且弹出“消息接收中”提示框"],
  Photo: ["pic_sysphoto", "弹出系统拍照发图"],
  PhotoOrAlbum: ["pic_photo_or_album", "弹出拍照或者相册发图"],
  Album: ["pic_weixin", "弹出企业微信相册发图器"],
  Location: ["location_select", "弹出地理位置选择器"],
  MiniProgram: ["view_miniprogram", "跳转到小程序"]
})

/** Buttons whose names have at most so many bytes. */
const buttons = (bytes: number) => {
  const common = {
    name: Wire.text(bytes),
    /** Always empty here: a button that does something has none below it. */
    sub_button: Wire.optional(Schema.Tuple([]))
  }
  const key = <const Type extends string>(type: Type) =>
    Schema.Struct({
      ...common,
      type: Schema.Literal(type),
      /** What the event says: at most 128 bytes. */
      key: Wire.text(128)
    })
  return [
    key("click"),
    key("scancode_push"),
    key("scancode_waitmsg"),
    key("pic_sysphoto"),
    key("pic_photo_or_album"),
    key("pic_weixin"),
    key("location_select"),
    Schema.Struct({
      ...common,
      type: Schema.Literal("view"),
      /** At most 1,024 bytes. */
      url: Wire.text(1024)
    }),
    Schema.Struct({
      ...common,
      type: Schema.Literal("view_miniprogram"),
      /** A mini program that the corp has linked. */
      appid: Wire.filledText,
      pagepath: Wire.filledText
    })
  ] as const
}

const noType = Schema.optionalKey(Schema.Never)

const subMenuButton = Schema.Union(buttons(40))

/** A button of a submenu: its name has at most 40 bytes. */
export type SubMenuButton = Exclude<typeof subMenuButton.Type, never> // named, so that an editor shows the name

/** A button of a submenu: its name has at most 40 bytes. */
export const SubMenuButton: Schema.Codec<SubMenuButton, typeof subMenuButton.Encoded> = subMenuButton

const menuButton = Schema.Union([
  ...buttons(16),
  Schema.Struct({ type: noType, name: Wire.text(16), sub_button: Wire.items(SubMenuButton, 5, 1) })
])

/** A button of the menu, which does something or opens a submenu of up to five: its name has at most 16 bytes. */
export type MenuButton = Exclude<typeof menuButton.Type, never> // named, so that an editor shows the name

/** A button of the menu, which does something or opens a submenu of up to five: its name has at most 16 bytes. */
export const MenuButton: Schema.Codec<MenuButton, typeof menuButton.Encoded> = menuButton

const ReadButton = Wire.variants("type", buttons(40))

const shownMenuButton = Schema.Union([
  Schema.Struct({ type: noType, name: Schema.String, sub_button: Schema.Array(ReadButton) }),
  ReadButton
])

/** A button of the menu, as WeCom shows it: a kind that is not known yet is kept as it is. */
export type ShownMenuButton = Exclude<typeof shownMenuButton.Type, never> // named, so that an editor shows the name

/** A button of the menu, as WeCom shows it. */
export const ShownMenuButton: Schema.Codec<ShownMenuButton, typeof shownMenuButton.Encoded> = shownMenuButton

/** 自定义菜单: the buttons below the chat with an app. */
export class Menus extends Domain.Service<Menus>()("apps/Menus", "应用管理·菜单", {
  /**
   * 创建菜单. Up to three buttons, in place of those before. For a corp's own apps.
   * @see https://developer.work.weixin.qq.com/document/path/90231
   */
  create: Endpoint.post("/cgi-bin/menu/create", { doc: 90231, agent: true, idempotent: true }, () => ({
    query: { agentid: Wire.optional(Wire.int) },
    body: { button: Wire.items(MenuButton, 3, 1) }
  })),

  /**
   * 获取菜单. The buttons as they were created; 46003 where there is no menu.
   * @see https://developer.work.weixin.qq.com/document/path/90232
   */
  get: Endpoint.get("/cgi-bin/menu/get", { doc: 90232, agent: true }, () => ({
    query: { agentid: Wire.optional(Wire.int) },
    success: Endpoint.pluck("button", Wire.list(ShownMenuButton))
  })),

  /**
   * 删除菜单.
   * @see https://developer.work.weixin.qq.com/document/path/90233
   */
  delete: Endpoint.get("/cgi-bin/menu/delete", { doc: 90233, agent: true, readOnly: false }, () => ({
    query: { agentid: Wire.optional(Wire.int) }
  }))
}) {
  /** A button that sends the app an event with `key`. */
  static readonly click = (name: string, key: string) => ({ type: "click", name, key }) as const

  /** A button that opens a page. */
  static readonly view = (name: string, url: string) => ({ type: "view", name, url }) as const

  /** A button that opens a page of a mini program. */
  static readonly miniProgram = (name: string, appid: string, pagepath: string) =>
    ({ type: "view_miniprogram", name, appid, pagepath }) as const

  /** A button that opens up to five others. */
  static readonly submenu = (name: string, sub_button: ReadonlyArray<SubMenuButton>) => ({ name, sub_button }) as const
}
