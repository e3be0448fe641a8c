/** What the simulator tells by itself, as raw XML: the end of jobs, and what others have changed. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { comment, decide, revoke, urge } from "../../src/simulator/areas/approvals/ApprovalActs.ts"
import { addTemplate } from "../../src/simulator/areas/approvals/Approvals.ts"
import * as Acts from "../../src/simulator/areas/customers/CustomerActs.ts"
import { addCustomer, addGroup } from "../../src/simulator/areas/customers/Customers.ts"
import { appear, chatKeyOf, openLink } from "../../src/simulator/areas/customers/OutreachActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { contactSync, type Power, selfBuilt } from "../../src/simulator/engine/Power.ts"
import { keepMedia } from "../../src/simulator/engine/World.ts"
import { Simulator, type SimulatorOptions } from "../../src/simulator/Simulator.ts"
import { element } from "../callback/sender.ts"
import { backend, corp, said, secrets } from "./backend.ts"
import { called } from "./raw.ts"

/** A backend that acknowledges everything, and what it was told, as it runs on a simulator. */
const listening = (options?: SimulatorOptions) => {
  const { layer, received } = backend(undefined, options)
  return {
    received,
    told: () => received.map(said),
    run: Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, layer))
  }
}

/** Two apps with a callback: the first one calls, the second one listens. */
const [first] = corp.apps
const withListener = (
  visible?: { readonly departments: ReadonlyArray<number> },
  powers?: ReadonlyArray<Power>
): SimulatorOptions => ({
  corps: [{
    ...corp,
    apps: [...corp.apps, { agentId: 1000003, secret: "listener", callback: first?.callback, visible, powers }]
  }]
})

/** A part of what an approval's event says. */
const at = (event: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  ["ApprovalInfo", ...path].reduce<unknown>((value, key) => Object(value)[key], event)

const ok = { errcode: 0, errmsg: "ok" }

const fileOf = (text: string) =>
  Effect.map(Simulator, ({ world }) =>
    keepMedia(
      world,
      world.corps.get(corp.corpId)!,
      "file",
      { filename: "a.csv", contentType: "text/csv", bytes: new TextEncoder().encode(text) },
      1_700_000_000_000
    ))

describe("the end of a job", () => {
  it.effect("of an export is told to the app that started it", () => {
    const { run, told } = listening()
    return Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const started = yield* called.post("/cgi-bin/export/user", { encoding_aeskey: secrets.encodingAesKey })
      yield* TestClock.adjust("1999 millis")
      assert.deepStrictEqual(told(), [])
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(told(), [{
        Event: "batch_job_result",
        BatchJob: { JobId: started.jobid as string, JobType: "export_user", ErrCode: "0", ErrMsg: "ok" }
      }])
      const result = yield* called.get(`/cgi-bin/export/get_result?jobid=${started.jobid}`)
      assert.strictEqual(result.status, 2)
    }).pipe(run)
  })

  it.effect("of an import is told where the call says, with the secrets that it gives", () => {
    const { received, run, told } = listening()
    return Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const media_id = yield* fileOf("姓名,账号,手机号,所在部门\n赵六,zhaoliu,13800000004,2\n")
      const callback = {
        url: "http://jobs.test/done",
        token: secrets.token,
        encodingaeskey: secrets.encodingAesKey
      }
      const { jobid } = yield* called.post("/cgi-bin/batch/syncuser", { media_id, callback })
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual(told(), [{
        Event: "batch_job_result",
        BatchJob: { JobId: jobid as string, JobType: "sync_user", ErrCode: "0", ErrMsg: "ok" }
      }])
      assert.strictEqual(received[0]?.url.host, "jobs.test")
      assert.strictEqual(element(received[0]?.xml ?? "", "CreateTime"), "1700000002")
      yield* called.post("/cgi-bin/batch/syncuser", { media_id })
      yield* TestClock.adjust("2 seconds")
      assert.lengthOf(received, 1)
    }).pipe(run)
  })

  it.effect("of an upload by URL is told to the app that started it", () => {
    const { run, told } = listening(withListener())
    return Effect.gen(function*() {
      const { jobid } = yield* called.post("/cgi-bin/media/upload_by_url", {
        scene: 1,
        type: "file",
        filename: "a.bin",
        url: "https://files.example.com/a.bin",
        md5: "d41d8cd98f00b204e9800998ecf8427e"
      })
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(told(), [{ Event: "upload_media_job_finish", JobId: jobid as string }])
    }).pipe(run)
  })
})

describe("the address book", () => {
  const changed = (ChangeType: string, body: object) => ({ Event: "change_contact", ChangeType, ...body })

  it.effect("tells the other apps which members came, changed and went, and not the app that did it", () => {
    const { received, run, told } = listening(withListener())
    return Effect.gen(function*() {
      const member = {
        userid: "zhaoliu",
        name: "赵六",
        mobile: "13800000004",
        department: [2, 3],
        is_leader_in_dept: [1, 0],
        direct_leader: ["zhangsan"],
        position: "测试",
        gender: "2",
        extattr: {
          attrs: [
            { type: 0, name: "工号", text: { value: "42" } },
            { type: 1, name: "主页", web: { url: "https://example.com", title: "主页" } }
          ]
        }
      }
      assert.deepStrictEqual(yield* called.post("/cgi-bin/user/create", member), ok)
      yield* called.post("/cgi-bin/user/update", { userid: "zhaoliu", name: "赵陆", department: [3] })
      yield* called.post("/cgi-bin/user/update", { userid: "zhaoliu", name: "赵陆" })
      yield* called.post("/cgi-bin/user/update", { userid: "zhaoliu", new_userid: "zhaolu" })
      yield* called.get("/cgi-bin/user/delete?userid=zhaolu")
      yield* called.post("/cgi-bin/user/batchdelete", { useridlist: ["lisi", "wangwu"] })
      assert.deepStrictEqual(told(), [
        changed("create_user", {
          UserID: "zhaoliu",
          Name: "赵六",
          Department: "2,3",
          MainDepartment: "2",
          IsLeaderInDept: "1,0",
          DirectLeader: "zhangsan",
          Position: "测试",
          Mobile: "13800000004",
          Gender: "2",
          Status: "4",
          ExtAttr: {
            Item: [
              { Name: "工号", Type: "0", Text: { Value: "42" } },
              { Name: "主页", Type: "1", Web: { Title: "主页", Url: "https://example.com" } }
            ]
          }
        }),
        changed("update_user", { UserID: "zhaoliu", Name: "赵陆", Department: "3", IsLeaderInDept: "0" }),
        changed("update_user", { UserID: "zhaoliu", NewUserID: "zhaolu" }),
        changed("delete_user", { UserID: "zhaolu" }),
        changed("delete_user", { UserID: "lisi" }),
        changed("delete_user", { UserID: "wangwu" })
      ])
      assert.deepStrictEqual(new Set(received.map(({ body }) => element(body, "AgentID"))), new Set(["1000003"]))
    }).pipe(run)
  })

  it.effect("tells an app what it may see: who comes in sight has come, who goes out of it has gone", () => {
    const { run, told } = listening(withListener({ departments: [2] }))
    return Effect.gen(function*() {
      yield* called.post("/cgi-bin/user/create", { userid: "a", name: "甲", mobile: "13800000005", department: [3] })
      yield* called.post("/cgi-bin/user/update", { userid: "a", department: [3, 2] })
      yield* called.post("/cgi-bin/user/update", { userid: "a", position: "顾问", department: [2] })
      yield* called.post("/cgi-bin/user/update", { userid: "a", department: [3] })
      yield* called.get("/cgi-bin/user/delete?userid=a")
      assert.deepStrictEqual(told(), [
        changed("create_user", {
          UserID: "a",
          Name: "甲",
          Department: "2",
          IsLeaderInDept: "0",
          Mobile: "13800000005",
          Status: "4"
        }),
        changed("update_user", { UserID: "a", Position: "顾问" }),
        changed("delete_user", { UserID: "a" })
      ])
    }).pipe(run)
  })

  it.effect("tells of departments, and of the members of tags", () => {
    const { run, told } = listening(withListener())
    return Effect.gen(function*() {
      yield* called.post("/cgi-bin/department/create", { id: 40, name: "小组", parentid: 2, order: 7 })
      yield* called.post("/cgi-bin/department/update", { id: 40, name: "大组" })
      yield* called.post("/cgi-bin/department/update", { id: 40, parentid: 3 })
      yield* called.post("/cgi-bin/department/update", { id: 40, order: 8 })
      yield* called.get("/cgi-bin/department/delete?id=40")
      yield* called.post("/cgi-bin/tag/create", { tagid: 9, tagname: "党员" })
      yield* called.post("/cgi-bin/tag/addtagusers", { tagid: 9, userlist: ["ZhangSan", "lisi"], partylist: [2] })
      yield* called.post("/cgi-bin/tag/addtagusers", { tagid: 9, userlist: ["lisi"] })
      yield* called.post("/cgi-bin/tag/deltagusers", { tagid: 9, userlist: ["lisi"], partylist: [2] })
      assert.deepStrictEqual(told(), [
        changed("create_party", { Id: "40", Name: "小组", ParentId: "2", Order: "7" }),
        changed("update_party", { Id: "40", Name: "大组" }),
        changed("update_party", { Id: "40", ParentId: "3" }),
        changed("delete_party", { Id: "40" }),
        changed("update_tag", { TagId: "9", AddUserItems: "zhangsan,lisi", AddPartyItems: "2" }),
        changed("update_tag", { TagId: "9", DelUserItems: "lisi", DelPartyItems: "2" })
      ])
    }).pipe(run)
  })

  it.effect("tells the contact sync assistant ids alone", () => {
    const { run, told } = listening(withListener(undefined, contactSync))
    return Effect.gen(function*() {
      yield* called.post("/cgi-bin/user/create", {
        userid: "a",
        name: "甲",
        mobile: "13800000005",
        department: [3],
        extattr: { attrs: [{ type: 0, name: "工号", text: { value: "42" } }] }
      })
      yield* called.post("/cgi-bin/user/update", { userid: "a", name: "乙", position: "顾问" })
      yield* called.post("/cgi-bin/user/update", { userid: "a", name: "丙", department: [2, 3] })
      yield* called.post("/cgi-bin/user/update", { userid: "a", department: [2, 3], is_leader_in_dept: [1, 0] })
      yield* called.post("/cgi-bin/user/update", { userid: "a", new_userid: "b" })
      yield* called.get("/cgi-bin/user/delete?userid=b")
      yield* called.post("/cgi-bin/department/create", { id: 40, name: "小组", parentid: 2, order: 7 })
      yield* called.post("/cgi-bin/department/update", { id: 40, name: "大组" })
      yield* called.post("/cgi-bin/department/update", { id: 40, name: "中组", parentid: 3 })
      assert.deepStrictEqual(told(), [
        changed("create_user", { UserID: "a", Department: "3" }),
        changed("update_user", { UserID: "a", Department: "2,3" }),
        changed("update_user", { UserID: "a", Department: "2,3" }),
        changed("update_user", { UserID: "a", NewUserID: "b" }),
        changed("delete_user", { UserID: "b" }),
        changed("create_party", { Id: "40", ParentId: "2" }),
        changed("update_party", { Id: "40", ParentId: "3" })
      ])
    }).pipe(run)
  })

  it.effect("does not tell the corp's own apps", () => {
    const { run, told } = listening(withListener(undefined, selfBuilt))
    return Effect.gen(function*() {
      yield* called.get("/cgi-bin/user/delete?userid=lisi")
      yield* called.post("/cgi-bin/department/update", { id: 2, name: "研究部" })
      assert.deepStrictEqual(told(), [])
    }).pipe(run)
  })

  it.effect("tells what an import did", () => {
    const { run, told } = listening(withListener())
    return Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const media_id = yield* fileOf("姓名,账号,手机号,所在部门\n张三丰,zhangsan,,2\n赵六,zhaoliu,13800000004,2\n")
      yield* called.post("/cgi-bin/batch/replaceuser", { media_id })
      assert.deepStrictEqual(
        told().map((event) => typeof event === "object" ? [event.ChangeType, event.UserID] : event),
        [
          ["delete_user", "lisi"],
          ["delete_user", "wangwu"],
          ["update_user", "zhangsan"],
          ["create_user", "zhaoliu"]
        ]
      )
    }).pipe(run)
  })

  it.effect("tells suites by a command", () => {
    const suiteId = "ww1234567890suite1"
    const { received, run } = listening({
      corps: [corp],
      suites: [{
        suiteId,
        secret: "suite-secret",
        callback: { url: "http://suite.test/command", ...secrets },
        installations: [{ corpId: corp.corpId, permanentCode: "permanent", agentId: 1000009 }]
      }]
    })
    return Effect.gen(function*() {
      received.length = 0
      yield* called.get("/cgi-bin/user/delete?userid=wangwu")
      const [{ xml } = { xml: "" }] = received
      assert.deepStrictEqual(
        ["InfoType", "ChangeType", "SuiteId", "AuthCorpId", "UserID"].map((name) => element(xml, name)),
        ["change_contact", "delete_user", suiteId, defaultCorp.corpId, "wangwu"]
      )
      assert.lengthOf(received, 1)
    }).pipe(run)
  })
})

describe("an application", () => {
  it.effect("is told of at every step, as the document says", () => {
    const { run, told } = listening()
    return Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const { world } = yield* Simulator
      const title = [{ text: "事由", lang: "zh_CN" }]
      const controls = [{ property: { control: "Text" as const, id: "Text-1", title, placeholder: [] } }]
      const template_id = yield* addTemplate(world, { name: "用印", template_id: "template-1", controls })
      const { sp_no } = yield* called.post("/cgi-bin/oa/applyevent", {
        creator_userid: "zhangsan",
        template_id,
        use_template_approver: 0,
        process: {
          node_list: [
            { type: 1, apv_rel: 1, userid: ["lisi", "wangwu"] },
            { type: 3, apv_rel: 2, userid: ["lisi"] },
            { type: 2, userid: ["wangwu"] }
          ]
        },
        apply_data: { contents: [{ control: "Text", id: "Text-1", value: { text: "合同" } }] },
        summary_list: [{ summary_info: [{ text: "合同", lang: "zh_CN" }] }]
      })
      const of = { sp_no: sp_no as string }
      yield* TestClock.adjust("1 minute")
      const [delivery] = yield* decide({ ...of, userid: "lisi", approve: true, speech: "同意" })
      assert.isTrue(delivery?.acknowledged)
      yield* urge(of)
      yield* comment({ ...of, userid: "zhangsan", content: "请尽快" })
      yield* decide({ ...of, userid: "wangwu", approve: true })
      yield* decide({ ...of, userid: "LiSi", approve: true })
      yield* revoke(of)
      const events = told()
      const pending = (userid: string) => ({ UserInfo: { UserId: userid }, Speech: "", SpYj: "1", Sptime: "0" })
      assert.deepStrictEqual(events[0], {
        Event: "sys_approval_change",
        AgentID: "3010040",
        ApprovalInfo: {
          SpNoStr: of.sp_no,
          SpNo: of.sp_no,
          SpName: "用印",
          SpStatus: "1",
          TemplateId: "template-1",
          ApplyTime: "1700000000",
          Applyer: { UserId: "zhangsan", Party: "2" },
          SpRecord: [
            {
              SpStatus: "1",
              ApproverAttr: "2",
              Details: [
                { Approver: { UserId: "lisi" }, SpStatus: "1", Speech: "", SpTime: "0" },
                { Approver: { UserId: "wangwu" }, SpStatus: "1", Speech: "", SpTime: "0" }
              ]
            },
            {
              SpStatus: "1",
              ApproverAttr: "1",
              Details: { Approver: { UserId: "lisi" }, SpStatus: "1", Speech: "", SpTime: "0" }
            }
          ],
          Notifyer: { UserId: "wangwu" },
          ProcessList: {
            NodeList: [
              { NodeType: "1", SpStatus: "1", ApvRel: "1", SubNodeList: [pending("lisi"), pending("wangwu")] },
              { NodeType: "3", SpStatus: "1", ApvRel: "2", SubNodeList: pending("lisi") },
              { NodeType: "2", SubNodeList: { UserInfo: { UserId: "wangwu" } } }
            ]
          },
          StatuChangeEvent: "1"
        }
      })
      assert.deepStrictEqual(events.map((event) => [at(event, "StatuChangeEvent"), at(event, "SpStatus")]), [
        ["1", "1"], // submitted
        ["2", "1"], // approved by the first
        ["5", "1"], // urged
        ["10", "1"], // commented
        ["2", "1"], // approved by the second
        ["14", "2"], // handled: it is approved
        ["8", "6"] // revoked
      ])
      assert.deepStrictEqual(at(events[1], "SpRecord", 0, "Details", 0), {
        Approver: { UserId: "lisi" },
        SpStatus: "2",
        Speech: "同意",
        SpTime: "1700000060"
      })
      assert.deepInclude(at(events[3], "Comments"), { CommentTime: "1700000060", CommentContent: "请尽快" })
    }).pipe(run)
  })

  it.effect("that nobody is asked about is approved at once; one that somebody rejects is at its end", () => {
    const { run, told } = listening()
    return Effect.gen(function*() {
      const { world } = yield* Simulator
      const submit = (template_id: string) =>
        called.post("/cgi-bin/oa/applyevent", {
          creator_userid: "zhangsan",
          template_id,
          use_template_approver: 1,
          apply_data: { contents: [] },
          summary_list: [{ summary_info: [{ text: "摘要", lang: "zh_CN" }] }]
        })
      yield* submit(yield* addTemplate(world, { controls: [] }))
      const sp_no = (yield* submit(yield* addTemplate(world, { controls: [], approvers: ["lisi"] }))).sp_no as string
      const nobody = yield* Effect.flip(decide({ sp_no, userid: "wangwu", approve: true }))
      assert.match(nobody.message, /wangwu is not asked/)
      yield* decide({ sp_no, userid: "lisi", approve: false })
      assert.match((yield* Effect.flip(revoke({ sp_no }))).message, /has come to its end/)
      assert.deepStrictEqual(told().map((event) => [at(event, "StatuChangeEvent"), at(event, "SpStatus")]), [
        ["1", "1"],
        ["2", "2"],
        ["1", "1"],
        ["3", "3"]
      ])
    }).pipe(run)
  })
})

describe("customers", () => {
  const happened = (ChangeType: string, UserID: string, more: object = {}) => ({
    Event: "change_external_contact",
    ChangeType,
    UserID,
    ExternalUserID: "wm1",
    ...more
  })
  const between = { userid: "zhangsan", external_userid: "wm1" }

  it.effect("come, are edited and go, as apps are told that may see the member", () => {
    const { run, told } = listening(withListener({ departments: [3] }))
    return Effect.gen(function*() {
      const { welcomeCode } = yield* appear({ ...between, half: true, state: "poster" })
      const added = yield* appear(between)
      assert.lengthOf(added.deliveries, 1)
      const { tag_group } = yield* called.post("/cgi-bin/externalcontact/add_corp_tag", {
        group_name: "等级",
        tag: [{ name: "重要" }]
      })
      const tag = (tag_group as { tag: ReadonlyArray<{ id: string }> }).tag[0]?.id ?? ""
      yield* Acts.editCustomer({ ...between, userid: "ZhangSan", remark: "王总", tags: [tag] })
      const { follow_user } = yield* called.get("/cgi-bin/externalcontact/get?external_userid=wm1")
      assert.deepInclude((follow_user as ReadonlyArray<object>)[0], { userid: "zhangsan", remark: "王总" })
      assert.match((yield* Effect.flip(Acts.editCustomer({ ...between, tags: ["none"] }))).message, /no tag none/)
      // What the API does is not told.
      yield* called.post("/cgi-bin/externalcontact/remark", { ...between, remark: "王总经理" })
      yield* Acts.deleteCustomer(between)
      assert.match((yield* Effect.flip(Acts.deleteFollowUser(between))).message, /wm1 is no customer of zhangsan/)
      yield* appear({ ...between, userid: "lisi" })
      yield* Acts.deleteFollowUser({ ...between, userid: "lisi" })
      const { errcode } = yield* called.get("/cgi-bin/externalcontact/list?userid=lisi")
      assert.strictEqual(errcode, 84061)
      const events = told().map((event) => {
        const { WelcomeCode: _, ...rest } = Object(event)
        return rest
      })
      assert.deepStrictEqual(events, [
        happened("add_half_external_contact", "zhangsan", { State: "poster" }),
        happened("add_external_contact", "zhangsan"),
        happened("edit_external_contact", "zhangsan"),
        happened("del_external_contact", "zhangsan"),
        // Both apps may see this one.
        happened("add_external_contact", "lisi"),
        happened("add_external_contact", "lisi"),
        happened("del_follow_user", "lisi"),
        happened("del_follow_user", "lisi")
      ])
      assert.strictEqual(Object(told()[0]).WelcomeCode, welcomeCode)
    }).pipe(run)
  })

  it.effect("are handed over after a day, of which apps are told, or refuse", () => {
    const { run, told } = listening()
    return Effect.gen(function*() {
      const { world } = yield* Simulator
      yield* addCustomer(world, { external_userid: "wm1", followedBy: ["zhangsan"] })
      yield* addCustomer(world, { external_userid: "wm2", followedBy: ["zhangsan"] })
      yield* addCustomer(world, { external_userid: "wm3", followedBy: ["zhangsan", "lisi"] })
      yield* called.post("/cgi-bin/externalcontact/transfer_customer", {
        handover_userid: "zhangsan",
        takeover_userid: "lisi",
        external_userid: ["wm1", "wm2", "wm3"]
      })
      yield* Acts.refuseHandover({ external_userid: "wm2" })
      assert.match((yield* Effect.flip(Acts.refuseHandover({ external_userid: "wm2" }))).message, /not being handed/)
      yield* TestClock.adjust("23 hours")
      const refused = happened("transfer_fail", "lisi", { ExternalUserID: "wm2", FailReason: "customer_refused" })
      assert.deepStrictEqual(told(), [refused])
      yield* TestClock.adjust("1 hour")
      const transferred = { Source: "DELETE_BY_TRANSFER" }
      assert.deepStrictEqual(told(), [
        refused,
        happened("del_external_contact", "zhangsan", transferred),
        happened("add_external_contact", "lisi"),
        // Who has the customer already is not told of it.
        happened("del_external_contact", "zhangsan", { ...transferred, ExternalUserID: "wm3" })
      ])
      // Handed back to who once handed over: that member knows the customer.
      yield* called.post("/cgi-bin/externalcontact/transfer_customer", {
        handover_userid: "lisi",
        takeover_userid: "zhangsan",
        external_userid: ["wm1"]
      })
      yield* TestClock.adjust("24 hours")
      assert.deepStrictEqual(told().slice(4), [happened("del_external_contact", "lisi", transferred)])
    }).pipe(run)
  })

  it.effect("of members who left are handed over to others, who are told of alone", () => {
    const { run, told } = listening()
    return Effect.gen(function*() {
      const { world } = yield* Simulator
      yield* addCustomer(world, { external_userid: "wm1", followedBy: ["wangwu"] })
      yield* called.get("/cgi-bin/user/delete?userid=wangwu")
      yield* called.post("/cgi-bin/externalcontact/resigned/transfer_customer", {
        handover_userid: "wangwu",
        takeover_userid: "lisi",
        external_userid: ["wm1"]
      })
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual(told(), [happened("add_external_contact", "lisi")])
    }).pipe(run)
  })
})

describe("an acquisition link", () => {
  it.effect("tells the app that made it who asks, and who writes", () => {
    const { received, run, told } = listening(withListener())
    return Effect.gen(function*() {
      const { link } = yield* called.post("/cgi-bin/externalcontact/customer_acquisition/create_link", {
        link_name: "展会",
        range: { user_list: ["zhangsan"] }
      })
      const { link_id, url } = link as { readonly link_id: string; readonly url: string }
      const of = { link_id, external_userid: "wm1" }
      yield* openLink({ url: `${url}?customer_channel=fair`, external_userid: "wm1", adds: "zhangsan" })
      yield* chatKeyOf({ ...of, messages: 1 })
      yield* chatKeyOf({ ...of, messages: 2 })
      const key = yield* chatKeyOf({ ...of, messages: 3 })
      const chat = yield* called.post("/cgi-bin/externalcontact/customer_acquisition/get_chat_info", { chat_key: key })
      assert.deepStrictEqual(chat.chat_info, { recv_msg_cnt: 3, link_id, state: "fair" })
      const about = { Event: "customer_acquisition", LinkId: link_id, State: "fair" }
      assert.deepStrictEqual(told().filter((event) => Object(event).Event === about.Event), [
        { ...about, ChangeType: "friend_request" },
        { ...about, ChangeType: "customer_start_chat", UserID: "zhangsan", ExternalUserID: "wm1" },
        { ...about, ChangeType: "message_from_customer", ChatKey: key }
      ])
      // The customer is told of to every app, the link to its own.
      const apps = received.map(({ body, xml }) => [element(xml, "ChangeType"), element(body, "AgentID")])
      assert.deepStrictEqual(apps.slice(0, 3), [
        ["friend_request", "1000002"],
        ["add_external_contact", "1000002"],
        ["add_external_contact", "1000003"]
      ])
    }).pipe(run)
  })
})

describe("a customer group", () => {
  it.effect("is made, changed and dismissed, its list of members version by version", () => {
    const { run, told } = listening()
    return Effect.gen(function*() {
      const of = { chat_id: "wr1" }
      const { group } = yield* Acts.createGroup({ ...of, owner: "zhangsan", customers: ["wm1"] })
      assert.strictEqual(group.owner, "zhangsan")
      yield* Acts.joinGroup({ ...of, customers: ["wm1", "wm2"], state: "poster" })
      const joined = yield* called.post("/cgi-bin/externalcontact/groupchat/get", { chat_id: "wr1" })
      yield* Acts.joinGroup({ ...of, members: ["LiSi"], invitor: "zhangsan" })
      yield* Acts.leaveGroup({ ...of, ids: ["wm1", "lisi"], removed: true })
      yield* Acts.renameGroup({ ...of, name: "老客户" })
      yield* Acts.postGroupNotice({ ...of, notice: "请看公告" })
      yield* Acts.changeGroupOwner({ ...of, owner: "lisi" })
      yield* Acts.dismissGroup(of)
      assert.match((yield* Effect.flip(Acts.dismissGroup(of))).message, /no customer group wr1/)
      const happened = (ChangeType: string, more: object = {}) => ({
        Event: "change_external_chat",
        ChangeType,
        ChatId: "wr1",
        ...more
      })
      const events = told().map((event) => {
        const { CurMemVer, LastMemVer, ...rest } = Object(event)
        return { versions: [LastMemVer, CurMemVer], rest }
      })
      assert.deepStrictEqual(events.map(({ rest }) => rest), [
        happened("create"),
        happened("update", {
          UpdateDetail: "add_member",
          JoinScene: "3",
          MemChangeCnt: "1",
          MemChangeList: { Item: "wm2" }
        }),
        happened("update", {
          UpdateDetail: "add_member",
          JoinScene: "0",
          MemChangeCnt: "1",
          MemChangeList: { Item: "lisi" }
        }),
        happened("update", {
          UpdateDetail: "del_member",
          QuitScene: "1",
          MemChangeCnt: "2",
          MemChangeList: { Item: ["wm1", "lisi"] }
        }),
        happened("update", { UpdateDetail: "change_name" }),
        happened("update", { UpdateDetail: "change_notice" }),
        happened("update", { UpdateDetail: "change_owner" }),
        happened("dismiss")
      ])
      const [, first, second, third] = events.map(({ versions }) => versions)
      const { member_version } = Object(joined.group_chat)
      assert.deepStrictEqual([first?.[1], second?.[0]], [member_version, member_version])
      assert.strictEqual(second?.[1], third?.[0])
      assert.notStrictEqual(first?.[0], first?.[1])
    }).pipe(run)
  })

  it.effect("whose owner left is nobody's to be told of", () => {
    const { run, told } = listening()
    return Effect.gen(function*() {
      const { world } = yield* Simulator
      yield* addGroup(world, { chat_id: "wr1", owner: "wangwu" })
      yield* called.get("/cgi-bin/user/delete?userid=wangwu")
      assert.deepStrictEqual(yield* Acts.renameGroup({ chat_id: "wr1", name: "新名" }), [])
      assert.deepStrictEqual(told(), [])
    }).pipe(run)
  })
})
