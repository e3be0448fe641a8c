/**
 * The errcodes that the documents name for what a call lacks or gets wrong, asked for in raw JSON: a table of calls to
 * the simulator as it starts.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`)

const member = (fields: object) => ({ userid: "q", name: "q", mobile: "13800000009", ...fields })

const message = (fields: object) => ({ agentid: 1000002, touser: "zhangsan", ...fields })

const card = (fields: object) =>
  message({
    msgtype: "template_card",
    template_card: {
      card_type: "text_notice",
      main_title: { title: "通知" },
      card_action: { type: 1, url: "https://example.com" },
      ...fields
    }
  })

const buttons = (fields: object) =>
  card({ card_type: "button_interaction", task_id: "t", card_action: undefined, ...fields })

const menu = (button: ReadonlyArray<object>) => ({ button })

const key = (name: string) => ({ type: "click", name, key: name })

/** What is asked, and with which errcode it is refused; a path without a body is a GET. */
const table: ReadonlyArray<readonly [errcode: number, path: string, body?: object]> = [
  [41009, "user/get"],
  [60111, "user/get?userid=nobody"],
  [41009, "user/create", { name: "q", mobile: "1" }],
  [40003, "user/create", member({ userid: "a b" })],
  [60112, "user/create", member({ name: undefined })],
  [60129, "user/create", member({ mobile: undefined })],
  [60103, "user/create", member({ mobile: "1".repeat(33) })],
  [60103, "user/create", member({ mobile: "号码" })],
  [60105, "user/create", member({ email: "a".repeat(65) })],
  [40066, "user/create", member({ department: "2" })],
  [60110, "user/create", member({ department: Array.from({ length: 101 }, (_, index) => index + 1) })],
  [60102, "user/create", member({ userid: "ZhangSan" })],
  [60123, "user/update", { userid: "zhangsan", department: [99] }],
  [40032, "user/batchdelete", { useridlist: ids(201) }],
  [40031, "user/batchdelete", { useridlist: ["nobody"] }],
  [60003, "user/list"],
  [60003, "user/simplelist?department_id=99"],
  [46004, "user/getuserid", { mobile: "13800000000" }],

  [60003, "department/get"],
  [60003, "department/update", { name: "甲" }],
  [60001, "department/create", { name: "", parentid: 1 }],
  [60001, "department/create", { name: "甲".repeat(65), parentid: 1 }],
  [60009, "department/create", { name: "甲:乙", parentid: 1 }],
  [60004, "department/create", { name: "甲" }],
  [60004, "department/create", { name: "甲", parentid: 99 }],
  [60008, "department/create", { name: "研发部", parentid: 1 }],
  [60008, "department/create", { name: "甲", parentid: 1, id: 2 }],
  [60010, "department/update", { id: 2, parentid: 2 }],
  [60007, "department/delete?id=1"],
  [60005, "department/delete?id=2"],

  [41018, "tag/create", {}],
  [40072, "tag/create", { tagname: "甲".repeat(33) }],
  [40068, "tag/get?tagid=9"],
  [40035, "tag/addtagusers", { tagid: 9 }],
  [40035, "tag/addtagusers", { tagid: 9, userlist: "zhangsan" }],
  [81014, "tag/addtagusers", { tagid: 9, userlist: ids(1001) }],

  [40008, "message/send", message({})],
  [40008, "message/send", message({ msgtype: "song", song: {} })],
  [82001, "message/send", { agentid: 1000002, msgtype: "text", text: { content: "x" } }],
  [81013, "message/send", message({ touser: "nobody", msgtype: "text", text: { content: "x" } })],
  [40032, "message/send", message({ touser: ids(1001).join("|"), msgtype: "text", text: { content: "x" } })],
  [41011, "message/send", message({ agentid: undefined, msgtype: "text", text: { content: "x" } })],
  [301002, "message/send", message({ agentid: 9, msgtype: "text", text: { content: "x" } })],
  [44004, "message/send", message({ msgtype: "text", text: {} })],
  [44004, "message/send", message({ msgtype: "text", text: { content: "" } })],
  [41006, "message/send", message({ msgtype: "image", image: {} })],
  [40007, "message/send", message({ msgtype: "image", image: { media_id: "no" } })],
  [45008, "message/send", message({ msgtype: "news", news: { articles: [] } })],
  [41016, "message/send", message({ msgtype: "news", news: { articles: [{ url: "https://example.com" }] } })],
  [41033, "message/send", message({ msgtype: "textcard", textcard: { title: "t", url: "https://example.com" } })],
  [90200, "message/send", message({ msgtype: "miniprogram_notice", miniprogram_notice: { title: "标题标题" } })],
  [42031, "message/send", card({ card_type: "none" })],
  [42045, "message/send", card({ card_action: undefined })],
  [42042, "message/send", card({ jump_list: ids(4).map((title) => ({ title })) })],
  [42035, "message/send", card({ horizontal_content_list: ids(7).map((keyname) => ({ keyname })) })],
  [42027, "message/send", card({ horizontal_content_list: [{}] })],
  [42039, "message/send", buttons({ button_list: [{ text: "甲" }] })],
  [42014, "message/send", buttons({ task_id: undefined, button_list: [{ text: "甲", key: "yes" }] })],
  [60140, "message/update_template_card", { agentid: 1000002, response_code: "no", button: { replace_name: "x" } }],

  [86201, "appchat/get"],
  [86003, "appchat/get?chatid=no"],
  [86204, "appchat/create", {}],
  [86006, "appchat/create", { userlist: ["zhangsan"] }],
  [86216, "appchat/create", { userlist: ["zhangsan", "nobody"] }],
  [86001, "appchat/create", { userlist: ["zhangsan", "lisi"], chatid: "a-b" }],
  [86205, "appchat/create", { userlist: ["zhangsan", "lisi"], chatid: "x".repeat(33) }],
  [86005, "appchat/create", { userlist: ["zhangsan", "lisi"], owner: "nobody" }],
  [86207, "appchat/create", { userlist: ["zhangsan", "lisi"], owner: "wangwu" }],

  [45022, "agent/set", { agentid: 1000002, name: "" }],
  [45004, "agent/set", { agentid: 1000002, description: "短" }],
  [40059, "agent/set", { agentid: 1000002, report_location_flag: 3 }],
  [46003, "menu/get?agentid=1000002"],
  [40016, "menu/create?agentid=1000002", menu(ids(4).map(key))],
  [40018, "menu/create?agentid=1000002", menu([key("甲".repeat(6))])],
  [40023, "menu/create?agentid=1000002", menu([{ name: "甲", sub_button: ids(6).map(key) }])],

  [41006, "media/get"],
  [40007, "media/get?media_id=no"],

  [41035, "externalcontact/get"],
  [40096, "externalcontact/get?external_userid=no"],
  [84061, "externalcontact/list?userid=zhangsan"],
  [41037, "externalcontact/add_contact_way", {}],
  [41038, "externalcontact/add_contact_way", { type: 1 }],
  [41039, "externalcontact/add_contact_way", { type: 9, scene: 1 }],
  [41043, "externalcontact/get_contact_way", {}],
  [41044, "externalcontact/get_contact_way", { config_id: "no" }],
  [41049, "externalcontact/send_welcome_msg", {}],
  [41050, "externalcontact/send_welcome_msg", { welcome_code: "no", text: { content: "x" } }],
  [41047, "externalcontact/get_groupmsg_task", { msgid: "no" }],
  [41059, "externalcontact/get_moment_task", {}],
  [41060, "externalcontact/get_moment_task", { moment_id: "no" }],

  [60251, "kf/servicer/list"],
  [95004, "kf/servicer/list?open_kfid=no"],
  [40008, "kf/send_msg", {}],

  [40058, "oa/applyevent", {}],
  [301025, "oa/getapprovaldetail", { sp_no: "no" }]
]

describe("errcodes", () => {
  it.effect("are those that the documents name", () =>
    Effect.gen(function*() {
      const given = yield* Effect.forEach(table, ([_, path, body]) =>
        Effect.map(
          body === undefined ? called.get(`/cgi-bin/${path}`) : called.post(`/cgi-bin/${path}`, body),
          ({ errcode }) => [errcode, path, ...(body === undefined ? [] : [body])]
        ))
      assert.deepStrictEqual(given, table.map((row) => [...row]))
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))))
})
