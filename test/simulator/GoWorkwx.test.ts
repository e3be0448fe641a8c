/**
 * One request for each endpoint of go-workwx, with the fields that its structs write: those that nobody has set are empty
 * texts, zeros and nulls, for few of them are left out when empty.
 */
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { addTemplate } from "../../src/simulator/areas/approvals/Approvals.ts"
import { agree, archiveMember } from "../../src/simulator/areas/chat-archive/ChatArchive.ts"
import { customer } from "../../src/simulator/areas/customer-service/KfPeople.ts"
import { addCustomer, addGroup } from "../../src/simulator/areas/customers/Customers.ts"
import { appear } from "../../src/simulator/areas/customers/OutreachActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { needsShared, sharedText } from "../support/shared.ts"
import { type Answer, called, get, post, upload } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const corpId = "ww5a1d0e5c0ffee001"

const noMedia = { media_id: "" }
const noLink = { title: "", picurl: "", desc: "", url: "" }
const noApp = { title: "", pic_media_id: "", appid: "", page: "" }

/** The members of an attachment that its `msgtype` does not name are there, and empty. */
const attachment = (media_id: string) => ({
  msgtype: "image",
  image: { media_id, pic_url: "" },
  link: noLink,
  miniprogram: noApp,
  video: noMedia,
  file: noMedia
})

const noConclusions = {
  text: { content: "" },
  image: { media_id: "" },
  link: { title: "", picurl: "", desc: "", url: "" },
  miniprogram: noApp
}

/** What is left for a message's kind by the struct of its recipients. */
const recipients = { touser: "zhangsan|lisi", toparty: "", totag: "", agentid: 1000002, safe: 0 }

const filled = (text: string) => ({
  text,
  new_number: "",
  new_money: "",
  date: { type: "", s_timestamp: "" },
  selector: { type: "", options: null },
  members: null,
  departments: null,
  files: null,
  children: null,
  attendance: { date_range: { type: "", new_begin: 0, new_end: 0, new_duration: 0 }, type: 0 },
  vacation: { selector: { type: "", options: null }, attendance: { date_range: { type: "", new_begin: 0 }, type: 0 } }
})

it.effect("go-workwx is answered, whatever it sends empty", (context) =>
  Effect.gen(function*() {
    needsShared(context)
    const asked = new Set<string>()
    const wrong: Array<string> = []
    const judge = (name: string, answer: Answer, expected: number): Answer => {
      asked.add(name)
      if (answer.errcode !== expected) {
        wrong.push(`${name}: ${answer.errcode} ${answer.errmsg.replace(/, hint:.*/, "")}`)
      }
      return answer
    }
    const read = (path: string, expected = 0) =>
      Effect.map(
        called.get(`/cgi-bin/${path}`),
        (answer) => judge(`GET /cgi-bin/${path.replace(/\?.*/, "")}`, answer, expected)
      )
    const tell = (path: string, body: object, expected = 0) =>
      Effect.map(called.post(`/cgi-bin/${path}`, body), (answer) => judge(`POST /cgi-bin/${path}`, answer, expected))

    const { world } = yield* Simulator
    yield* addCustomer(world, { external_userid: "wm1", name: "客户", followedBy: ["zhangsan"] })
    yield* addGroup(world, { chat_id: "wr1", owner: "zhangsan", customers: ["wm1"] })

    // Tokens and tickets.
    asked.add("GET /cgi-bin/gettoken")
    assert.strictEqual((yield* get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=none`)).errcode, 40001)
    yield* read("get_jsapi_ticket")
    yield* read("ticket/get?type=agent_config")

    // The address book.
    yield* read("corp/get_join_qrcode?size_type=1")
    const { openid } = yield* tell("user/convert_to_openid", { userid: "zhangsan" })
    yield* tell("user/convert_to_userid", { openid })
    yield* read("user/get?userid=lisi")
    yield* tell("user/get_userid_by_email", { email: "nobody@example.com", email_type: 0 }, 46004)
    yield* tell("user/getuserid", { mobile: "13900000000" }, 46004)
    yield* read("user/list?department_id=2&fetch_child=0")
    yield* read("user/list?department_id=1&fetch_child=1")
    yield* tell("user/update", {
      userid: "lisi",
      name: "李四",
      department: [2, 3],
      order: [1, 2],
      position: "",
      mobile: "",
      gender: "",
      email: "",
      is_leader_in_dept: [1, 0],
      avatar: "",
      telephone: "",
      enable: 1,
      alias: "",
      status: 1,
      qr_code: ""
    })
    yield* tell("department/create", { id: 0, name: "网络部", parentid: 1, order: 0 })
    yield* read("department/list")
    yield* read("department/list?id=2")
    yield* read("department/simplelist")
    yield* read("department/simplelist?id=2")

    // Logins, whose codes nobody has got here.
    yield* read("auth/getuserinfo?code=none", 40029)
    yield* read("user/getuserinfo?code=none", 40029)
    yield* read("miniprogram/jscode2session?js_code=none&grant_type=authorization_code", 40029)

    // Contact ways.
    const way = {
      type: 1,
      scene: 2,
      style: 0,
      remark: "",
      skip_verify: true,
      state: "",
      user: ["zhangsan"],
      party: null,
      is_temp: false,
      expires_in: 0,
      chat_expires_in: 0,
      unionid: "",
      conclusions: noConclusions
    }
    const { config_id } = yield* tell("externalcontact/add_contact_way", way)
    yield* tell("externalcontact/get_contact_way", { config_id })
    yield* tell("externalcontact/list_contact_way", { start_time: 0, end_time: 0, cursor: "", limit: 100 })
    const { type: _, scene: __, is_temp: ___, ...changed } = way
    yield* tell("externalcontact/update_contact_way", { config_id, ...changed })
    yield* tell("externalcontact/close_temp_chat", { userid: "zhangsan", external_userid: "wm1" }, 84061)
    yield* tell("externalcontact/del_contact_way", { config_id })
    yield* read("externalcontact/get_follow_user_list")

    // Customers and their handover.
    yield* read("externalcontact/list?userid=zhangsan")
    yield* read("externalcontact/get?external_userid=wm1&cursor=")
    const { external_contact_list } = yield* tell("externalcontact/batch/get_by_user", {
      userid: "zhangsan",
      cursor: "",
      limit: 0
    })
    assert.isNotEmpty(external_contact_list)
    yield* tell("externalcontact/remark", {
      userid: "zhangsan",
      external_userid: "wm1",
      remark: "老客户",
      description: "",
      remark_company: "",
      remark_mobiles: null,
      remark_pic_mediaid: ""
    })
    const handover = { handover_userid: "zhangsan", takeover_userid: "lisi" }
    yield* tell("externalcontact/transfer", { external_userid: "wm1", ...handover, transfer_success_msg: "" })
    yield* tell("externalcontact/transfer_customer", {
      ...handover,
      external_userid: ["wm1"],
      transfer_success_msg: ""
    })
    yield* tell("externalcontact/transfer_result", { ...handover, cursor: "" })
    yield* tell("externalcontact/get_transfer_result", { external_userid: "wm1", ...handover })
    yield* tell("externalcontact/get_unassigned_list", { page_id: 0, page_size: 0, cursor: "" })
    const left = { ...handover, handover_userid: "gone" }
    yield* tell("externalcontact/resigned/transfer_customer", { ...left, external_userid: ["wm1"] }, 60111)
    yield* tell("externalcontact/resigned/transfer_result", { ...left, cursor: "" })
    yield* tell("externalcontact/groupchat/transfer", { chat_id_list: ["wr1"], new_owner: "lisi" })

    // Tags.
    yield* tell("externalcontact/get_corp_tag_list", { tag_id: null, group_id: null })
    const { tag_group } = yield* tell("externalcontact/add_corp_tag", {
      group_id: "",
      group_name: "等级",
      order: 0,
      tag: [{ name: "重要", order: 0 }],
      agentid: 0
    })
    const { group_id, tag: [{ id: tag }] } = Object(tag_group) as { group_id: string; tag: [{ id: string }] }
    yield* tell("externalcontact/edit_corp_tag", { id: tag, name: "很重要", order: 0, agentid: 0 })
    const marking = { userid: "zhangsan", external_userid: "wm1", add_tag: [tag], remove_tag: null }
    yield* tell("externalcontact/mark_tag", marking)
    yield* tell("externalcontact/del_corp_tag", { tag_id: null, group_id: [group_id], agentid: 0 })

    // Groups.
    yield* tell("externalcontact/groupchat/list", {
      status_filter: 0,
      owner_filter: { userid_list: ["zhangsan"] },
      cursor: "",
      limit: 1000
    })
    yield* tell("externalcontact/groupchat/get", { chat_id: "wr1", need_name: 0 })
    yield* tell("externalcontact/opengid_to_chatid", { opengid: "none" }, 90511)
    const joining = {
      scene: 1,
      remark: "",
      auto_create_room: 0,
      room_base_name: "",
      room_base_id: 0,
      chat_id_list: ["wr1"],
      state: ""
    }
    const { config_id: join } = yield* tell("externalcontact/groupchat/add_join_way", joining)
    yield* tell("externalcontact/groupchat/get_join_way", { config_id: join })
    yield* tell("externalcontact/groupchat/update_join_way", { config_id: join, ...joining })
    yield* tell("externalcontact/groupchat/del_join_way", { config_id: join })

    // Files.
    const file = new Uint8Array(100)
    const media = (type: string, filename = "a.png") =>
      Effect.map(
        upload(type, file, `name="media"; filename="${filename}"`),
        (answer) => `${judge("POST /cgi-bin/media/upload", answer, 0).media_id}`
      )
    const image = yield* media("image")
    const voice = yield* media("voice", "a.amr")
    const video = yield* media("video", "a.mp4")
    const document = yield* media("file", "a.txt")
    const path = "/cgi-bin/media/uploadimg"
    judge(`POST ${path}`, yield* upload("", file, `name="media"; filename="a.png"`, path), 0)

    // Messages to customers.
    yield* tell("externalcontact/add_msg_template", {
      chat_type: "single",
      external_userid: ["wm1"],
      sender: "",
      text: { content: "你好" },
      attachments: [attachment(image)]
    })
    const { welcomeCode } = yield* appear({ userid: "zhangsan", external_userid: "wm2" })
    yield* tell("externalcontact/send_welcome_msg", {
      welcome_code: welcomeCode,
      text: { content: "" },
      attachments: [attachment(image)]
    })

    // Customer service.
    const { open_kfid } = yield* tell("kf/account/add", { name: "客服", media_id: image })
    yield* tell("kf/account/update", { open_kfid, name: "新名", media_id: "" })
    judge("POST /cgi-bin/kf/account/list", yield* called.get("/cgi-bin/kf/account/list?offset=0&limit=100"), 0)
    yield* tell("kf/add_contact_way", { open_kfid, scene: "" })
    yield* tell("kf/servicer/add", { open_kfid, userid_list: ["zhangsan"], department_id_list: null })
    yield* read(`kf/servicer/list?open_kfid=${open_kfid}`)
    const kf = yield* customer({ open_kfid: `${open_kfid}`, external_userid: "wm1" })
    yield* kf.write("在吗")
    yield* tell("kf/sync_msg", { open_kfid, token: "", cursor: "", limit: 1000, voice_format: 0 })
    yield* tell("kf/service_state/get", { open_kfid, external_userid: "wm1" })
    const state = { open_kfid, external_userid: "wm1" }
    yield* tell("kf/service_state/trans", { ...state, service_state: 1, servicer_userid: "" })
    const to = { touser: "wm1", open_kfid, msgid: "" }
    yield* tell("kf/send_msg", { ...to, msgtype: "text", text: { content: "在" } })
    yield* tell("kf/send_msg", { ...to, msgtype: "image", image: { media_id: image } })
    yield* tell("kf/send_msg", { ...to, msgtype: "voice", voice: { media_id: voice } })
    yield* tell("kf/send_msg", { ...to, msgtype: "video", video: { media_id: video } })
    yield* tell("kf/send_msg", { ...to, msgtype: "file", file: { media_id: document } })
    yield* tell("kf/send_msg_on_event", { code: "none", msgid: "", msgtype: "text", text: { content: "x" } }, 41050)
    yield* tell("kf/service_state/trans", { ...state, service_state: 3, servicer_userid: "zhangsan" })
    yield* tell("kf/servicer/del", { open_kfid, userid_list: ["zhangsan"], department_id_list: null })
    yield* tell("kf/account/del", { open_kfid })

    // Messages of the app, to members and to a group.
    const card = { title: "卡片", description: "说明", url: "http://example.com", btntxt: "" }
    const article = { title: "新闻", description: "", url: "http://example.com", picurl: "", appid: "", pagepath: "" }
    const mpArticle = {
      title: "图文",
      thumb_media_id: image,
      author: "",
      content_source_url: "",
      content: "x",
      digest: ""
    }
    const kinds: ReadonlyArray<readonly [msgtype: string, content: object]> = [
      ["text", { content: "你好" }],
      ["image", { media_id: image }],
      ["voice", { media_id: voice }],
      ["video", { media_id: video, title: "", description: "" }],
      ["file", { media_id: document }],
      ["textcard", card],
      ["news", { articles: [article] }],
      ["mpnews", { articles: [mpArticle] }],
      ["markdown", { content: "**好**" }]
    ]
    for (const [msgtype, content] of kinds) yield* tell("message/send", { ...recipients, msgtype, [msgtype]: content })
    yield* tell("message/send", {
      ...recipients,
      msgtype: "taskcard",
      taskcard: {
        title: "任务",
        description: "说明",
        url: "",
        task_id: "t1",
        btn: [{ key: "k", name: "好", replace_name: "", color: "", is_bold: false }]
      }
    })
    yield* tell("message/send", {
      ...recipients,
      msgtype: "template_card",
      template_card: {
        card_type: "text_notice",
        source: { icon_url: "", desc: "", desc_color: 0 },
        main_title: { title: "题", desc: "" },
        emphasis_content: { title: "", desc: "" },
        sub_title_text: "",
        horizontal_content_list: null,
        jump_list: null,
        card_action: { type: 1, url: "http://example.com", appid: "", pagepath: "" },
        task_id: "",
        action_menu: { desc: "", action_list: null }
      }
    })
    const chat = { chatid: "", name: "群", owner: "zhangsan", userlist: ["zhangsan", "lisi"] }
    const { chatid } = yield* tell("appchat/create", chat)
    yield* read(`appchat/get?chatid=${chatid}`)
    const joined = { add_user_list: ["wangwu"], del_user_list: null }
    yield* tell("appchat/update", { chatid, name: "", owner: "", userlist: null, ...joined })
    const group = { chatid, agentid: 1000002, safe: 0 }
    for (const [msgtype, content] of kinds) yield* tell("appchat/send", { ...group, msgtype, [msgtype]: content })
    const hook = "/cgi-bin/webhook/send"
    const said = { content: "你好", mentioned_list: null, mentioned_mobile_list: null }
    for (const body of [{ msgtype: "text", text: said }, { msgtype: "markdown", markdown: { content: "好" } }]) {
      judge(`POST ${hook}`, yield* post(`${hook}?key=simulated-robot-key`, body), 0)
    }

    // Approvals and leave.
    yield* read("oa/vacation/getcorpconf")
    yield* tell("oa/vacation/getuservacationquota", { userid: "lisi" })
    yield* tell("oa/vacation/setoneuserquota", {
      userid: "lisi",
      vacation_id: 1,
      leftduration: 604_800,
      time_attr: 0,
      remarks: ""
    })
    const template_id = yield* addTemplate(world, {
      approvers: ["lisi"],
      controls: [{
        property: { control: "Text", id: "Text-1", title: [{ text: "因", lang: "zh_CN" }], placeholder: [] },
        config: undefined
      }]
    })
    yield* tell("oa/gettemplatedetail", { template_id })
    const content = { control: "Text", id: "Text-1", title: [{ text: "因", lang: "zh_CN" }], value: filled("事假") }
    const { sp_no } = yield* tell("oa/applyevent", {
      creator_userid: "zhangsan",
      template_id,
      use_template_approver: 1,
      approver: null,
      notifyer: null,
      notify_type: null,
      apply_data: { contents: [content] },
      summary_list: [{ summary_info: [{ text: "假", lang: "zh_CN" }] }]
    })
    yield* tell("oa/getapprovaldetail", { sp_no })
    for (const size of [0, 100]) {
      yield* tell("oa/getapprovalinfo", { starttime: "1", endtime: "2", cursor: 0, size, filters: null })
    }

    // The chat archive.
    yield* archiveMember(world, { userid: "zhangsan", edition: 1 })
    yield* agree(world, { external_userid: "wm1", status: "Agree", with: { userid: "zhangsan" } })
    yield* agree(world, { external_userid: "wm1", status: "Agree", with: { roomid: "wr1" } })
    yield* tell("msgaudit/get_permit_user_list", { type: 0 })
    yield* tell("msgaudit/check_single_agree", { info: [{ userid: "zhangsan", exteranalopenid: "wm1" }] })
    yield* tell("msgaudit/check_room_agree", { roomid: "wr1" })
    yield* tell("msgaudit/groupchat/get", { roomid: "none" }, 40058)

    assert.deepStrictEqual(wrong, [])
    const named = sharedText("wecom/endpoints.tsv").split("\n").slice(1).flatMap((line) => {
      const [, method, path, , , , seed = "-"] = line.split("\t")
      return path === undefined || seed === "-" ? [] : [`${method} ${path}`]
    })
    assert.isAbove(named.length, 70)
    assert.deepStrictEqual(named.filter((name) => !asked.has(name)), [])
  }).pipe(simulated))
