/**
 * What the types of menus and of the workbench allow, and what they refuse.
 */
import { Menus, type Workbench } from "effect-wecom/apps"

declare const menus: Menus["Service"]
declare const workbench: Workbench["Service"]

menus.create({
  button: [
    { type: "click", name: "签到", key: "CHECK_IN" },
    { type: "view", name: "首页", url: "https://example.com" },
    { name: "更多", sub_button: [{ type: "view_miniprogram", name: "小程序", appid: "wx1", pagepath: "index" }] }
  ]
})
menus.create({ button: [Menus.click("签到", "K"), Menus.submenu("更多", [Menus.view("首页", "https://example.com")])] })
// @ts-expect-error
menus.create({ button: [{ type: "click", name: "签到", url: "https://example.com" }] })
// @ts-expect-error
menus.create({ button: [{ type: "view", name: "首页", key: "K" }] })
// @ts-expect-error
menus.create({ button: [{ type: "view_miniprogram", name: "小程序", url: "https://example.com" }] })
// @ts-expect-error
menus.create({ button: [{ type: "shake", name: "摇", key: "K" }] })
// @ts-expect-error
menus.create({ button: [Menus.submenu("更多", [Menus.submenu("还有", [])])] })
// @ts-expect-error
menus.create({ button: [{ type: "click", name: "签到", key: "K", sub_button: [Menus.click("签到", "K")] }] })

workbench.setData({ userid: "zhangsan", type: "keydata", keydata: { items: [{ key: "待审批", data: "2" }] } })
workbench.setTemplate({ type: "image", image: { url: "https://example.com/a.png" }, replace_user_data: true })
workbench.setTemplate({ type: "list" })
workbench.setTemplate({ type: "normal" })
// @ts-expect-error
workbench.setData({ userid: "zhangsan", type: "keydata", image: { url: "https://example.com/a.png" } })
// @ts-expect-error
workbench.setData({ userid: "zhangsan", type: "image" })
// @ts-expect-error
workbench.setData({ userid: "zhangsan", type: "normal" })
// @ts-expect-error
workbench.setTemplate({ type: "webview", list: { items: [] } })
// @ts-expect-error
workbench.setDataMany({ userid_list: ["zhangsan"], data: { type: "list", keydata: { items: [] } } })
