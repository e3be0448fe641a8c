/** What apps may call and whom they may see, asked in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import { defaultCorp, type VisibleRange } from "../../src/simulator/engine/Options.ts"
import { contactSync, type Power, selfBuilt } from "../../src/simulator/engine/Power.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, get as ask, post as tell } from "./raw.ts"

const app = (options: { readonly powers?: ReadonlyArray<Power>; readonly visible?: VisibleRange }) =>
  Effect.provide(
    Layer.provideMerge(
      Simulator.layerHttpClient,
      Simulator.layer({
        corps: [{
          ...defaultCorp,
          apps: defaultCorp.apps.map((app) => ({ ...app, ...options })),
          departments: [...defaultCorp.departments ?? [], { id: 4, name: "前端组", parentid: 2 }],
          members: [
            { userid: "zhangsan", name: "张三", department: [2], mobile: "13800000001", is_leader_in_dept: [true] },
            {
              userid: "lisi",
              name: "李四",
              department: [3, 4],
              order: [7, 8],
              is_leader_in_dept: [false, true],
              main_department: 3,
              direct_leader: ["wangwu"],
              mobile: "13800000002"
            },
            { userid: "wangwu", name: "王五", department: [3], mobile: "13800000003" }
          ]
        }]
      })
    )
  )

const get = (path: string) => Effect.map(called.get(`/cgi-bin/${path}`), ({ errcode }) => errcode)
const post = (path: string, body: unknown) =>
  Effect.map(called.post(`/cgi-bin/${path}`, body), ({ errcode }) => errcode)

const message = (fields: object) => ({ agentid: 1000002, msgtype: "text", text: { content: "你好" }, ...fields })

const newcomer = { userid: "zhaoliu", name: "赵六", mobile: "13800000004", department: [2] }

describe("what an app may call", () => {
  it.effect("a corp's own app reads the address book and writes to members, and nothing else", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* get("user/get?userid=zhangsan"), 0)
      assert.strictEqual(yield* get("department/list"), 0)
      assert.strictEqual(yield* post("message/send", message({ touser: "zhangsan" })), 0)
      assert.strictEqual(yield* get("agent/get?agentid=1000002"), 0)
      for (
        const [path, body] of [
          ["user/create", newcomer],
          ["user/update", { userid: "zhangsan", name: "三" }],
          ["user/batchdelete", { useridlist: ["zhangsan"] }],
          ["user/list_id", {}],
          ["department/create", { name: "新部门", parentid: 1 }],
          ["batch/syncuser", { media_id: "m" }],
          ["externalcontact/batch/get_by_user", { userid_list: ["zhangsan"] }],
          ["kf/account/list", { offset: 0, limit: 10 }]
        ] as const
      ) {
        const { errcode, errmsg } = yield* called.post(`/cgi-bin/${path}`, body)
        assert.strictEqual(errcode, 48002, path)
        assert.match(errmsg, /^api forbidden, hint: \[/)
      }
      assert.strictEqual(yield* get("user/delete?userid=zhangsan"), 48002)
      assert.strictEqual(yield* get("externalcontact/get_follow_user_list"), 48002)
      assert.strictEqual(yield* get("corp/get_join_qrcode"), 48002)
      assert.strictEqual(yield* get("oa/vacation/getcorpconf"), 301055)
      // Nothing was done before it was refused.
      assert.strictEqual(yield* get("user/get?userid=zhaoliu"), 60111)
    }).pipe(app({ powers: selfBuilt })))

  it.effect("contact sync writes the address book, reads ids alone, and sends no messages", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* post("user/create", newcomer), 0)
      const { dept_user } = yield* called.post("/cgi-bin/user/list_id", {})
      assert.deepInclude(dept_user as Array<unknown>, { userid: "zhaoliu", department: 2 })
      assert.strictEqual(yield* get("department/simplelist"), 0)
      assert.strictEqual(yield* post("tag/create", { tagname: "新人" }), 0)
      for (
        const path of [
          "user/get?userid=zhaoliu",
          "user/simplelist?department_id=1",
          "user/list?department_id=1",
          "department/list",
          "department/get?id=2"
        ]
      ) assert.strictEqual(yield* get(path), 48009, path)
      assert.strictEqual(yield* post("message/send", message({ touser: "zhangsan" })), 48002)
      assert.strictEqual(yield* get("auth/getuserinfo?code=c"), 50001)
    }).pipe(app({ powers: contactSync })))

  it.effect("an app that is listed for another area may call that too", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* get("externalcontact/get_follow_user_list"), 0)
      assert.strictEqual(yield* post("message/send", message({ touser: "zhangsan" })), 0)
      assert.strictEqual(yield* post("kf/account/list", { offset: 0, limit: 10 }), 48002)
    }).pipe(app({ powers: [...selfBuilt, "customers"] })))

  it.effect("everything, where nothing is said", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* post("user/create", newcomer), 0)
      assert.strictEqual(yield* post("user/list_id", {}), 0)
      assert.strictEqual(yield* get("user/get?userid=zhaoliu"), 0)
      assert.strictEqual(yield* get("externalcontact/get_follow_user_list"), 0)
    }).pipe(app({})))
})

describe("whom an app may see", () => {
  /** 研发部 with 前端组 below it: zhangsan, and lisi with one of his two departments. */
  const research = app({ visible: { departments: [2] } })

  it.effect("members: those below its departments, each in the departments that it sees", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* get("user/get?userid=zhangsan"), 0)
      const lisi = yield* called.get("/cgi-bin/user/get?userid=lisi")
      assert.deepStrictEqual([lisi.department, lisi.order, lisi.is_leader_in_dept], [[4], [8], [1]])
      assert.deepStrictEqual([lisi.main_department, lisi.direct_leader], [undefined, []])
      const hidden = yield* called.get("/cgi-bin/user/get?userid=wangwu")
      assert.strictEqual(hidden.errcode, 60011)
      assert.match(hidden.errmsg, /^no privilege to access\/modify contact\/party\/agent, hint/)
      assert.strictEqual(yield* get("user/get?userid=nobody"), 60111)
      assert.strictEqual(yield* get("user/list?department_id=3"), 60011)
      assert.strictEqual(yield* get("user/simplelist?department_id=1"), 60011)
      const { userlist } = yield* called.get("/cgi-bin/user/simplelist?department_id=2&fetch_child=1")
      assert.deepStrictEqual(userlist, [
        { userid: "zhangsan", name: "张三", department: [2] },
        { userid: "lisi", name: "李四", department: [4] }
      ])
    }).pipe(research))

  it.effect("departments: those of its range, with all below them", () =>
    Effect.gen(function*() {
      const { department } = yield* called.get("/cgi-bin/department/list")
      assert.deepStrictEqual((department as Array<{ id: number }>).map(({ id }) => id), [2, 4])
      const { department_id } = yield* called.get("/cgi-bin/department/simplelist?id=4")
      assert.deepStrictEqual((department_id as Array<{ id: number; parentid: number }>).map((it) => it.parentid), [2])
      assert.strictEqual(yield* get("department/get?id=4"), 0)
      for (const path of ["department/get?id=3", "department/list?id=1", "department/simplelist?id=3"]) {
        assert.strictEqual(yield* get(path), 60011, path)
      }
      assert.strictEqual(yield* get("department/get?id=9"), 60003)
    }).pipe(research))

  it.effect("recipients: messages reach no others", () =>
    Effect.gen(function*() {
      const some = yield* called.post("/cgi-bin/message/send", message({ touser: "zhangsan|wangwu", toparty: "3" }))
      assert.deepStrictEqual([some.errcode, some.invaliduser, some.invalidparty], [0, "wangwu", "3"])
      const none = yield* called.post("/cgi-bin/message/send", message({ touser: "wangwu" }))
      assert.deepStrictEqual([none.errcode, none.invaliduser], [81013, "wangwu"])
      const chat = { userlist: ["zhangsan", "lisi"] }
      assert.strictEqual(yield* post("appchat/create", chat), 60011)
    }).pipe(research))

  it.effect("ids: of those alone whom it sees", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* post("user/getuserid", { mobile: "13800000001" }), 0)
      assert.strictEqual(yield* post("user/getuserid", { mobile: "13800000003" }), 46004)
      assert.strictEqual(yield* post("user/convert_to_openid", { userid: "wangwu" }), 60011)
      const invited = yield* called.post("/cgi-bin/batch/invite", { user: ["lisi", "wangwu"], party: [3, 4] })
      assert.deepStrictEqual([invited.invaliduser, invited.invalidparty], [["wangwu"], [3]])
      const { tagid } = yield* called.post("/cgi-bin/tag/create", { tagname: "甲" })
      const added = yield* called.post("/cgi-bin/tag/addtagusers", {
        tagid,
        userlist: ["zhangsan", "wangwu"],
        partylist: [3, 4]
      })
      assert.deepStrictEqual([added.errcode, added.invalidlist, added.invalidparty], [0, "wangwu", [3]])
    }).pipe(research))

  it.effect("customers: those whom a member follows that it sees", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const external_userid = "wmCustomer"
      yield* addCustomer(world, { external_userid, name: "客户", followedBy: ["wangwu"] })
      assert.strictEqual(yield* get("externalcontact/list?userid=wangwu"), 60011)
      assert.strictEqual(yield* get(`externalcontact/get?external_userid=${external_userid}`), 40096)
      const { follow_user } = yield* called.get("/cgi-bin/externalcontact/get_follow_user_list")
      assert.deepStrictEqual(follow_user, ["zhangsan", "lisi"])
      assert.strictEqual(
        yield* post("externalcontact/add_contact_way", { type: 1, scene: 2, user: ["wangwu"] }),
        60011
      )
    }).pipe(research))

  it.effect("single members, and what bears its tags", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const [corp] = world.corps.values()
      const [seen] = corp!.apps
      assert.strictEqual(yield* post("tag/create", { tagid: 5, tagname: "乙" }), 0)
      seen!.visible = { departments: [1] }
      assert.strictEqual(yield* post("tag/addtagusers", { tagid: 5, partylist: [3] }), 0)
      seen!.visible = { members: ["ZhangSan"], tags: [5] }
      assert.strictEqual(yield* get("user/get?userid=zhangsan"), 0)
      const { department } = yield* called.get("/cgi-bin/user/get?userid=zhangsan")
      assert.deepStrictEqual(department, [])
      assert.strictEqual(yield* get("user/get?userid=wangwu"), 0)
      assert.strictEqual(yield* get("department/get?id=3"), 0)
      assert.strictEqual(yield* get("department/get?id=2"), 60011)
    }).pipe(app({ visible: { members: ["zhangsan"] } })))
})

describe("an app that a corp has installed", () => {
  const installed = Effect.provide(
    Layer.provideMerge(
      Simulator.layerHttpClient,
      Simulator.layer({
        corps: [defaultCorp],
        suites: [
          {
            suiteId: "dk-template",
            secret: "s1",
            installations: [{
              corpId: defaultCorp.corpId,
              agentId: 7,
              permanentCode: "developed",
              powers: ["contacts", "customers"],
              visible: { departments: [3] }
            }]
          },
          {
            suiteId: "ww-suite",
            secret: "s2",
            installations: [{
              corpId: defaultCorp.corpId,
              agentId: 8,
              permanentCode: "installed",
              powers: ["contacts"],
              visible: { departments: [3] }
            }]
          }
        ]
      })
    )
  )

  it.effect("may do what the corp has agreed to, and learns what that is", () =>
    Effect.gen(function*() {
      const { access_token } = yield* ask(`/cgi-bin/gettoken?corpid=${defaultCorp.corpId}&corpsecret=developed`)
      const get = (path: string) => Effect.map(ask(`/cgi-bin/${path}&access_token=${access_token}`), (it) => it.errcode)
      assert.strictEqual(yield* get("user/get?userid=wangwu"), 0)
      assert.strictEqual(yield* get("user/get?userid=zhangsan"), 60011)
      const path = (name: string) => `/cgi-bin/${name}?access_token=${access_token}`
      const sent = yield* tell(path("message/send"), message({ agentid: 7, touser: "wangwu" }))
      assert.strictEqual(sent.errcode, 48002)
      const { app_permissions } = yield* tell(path("agent/get_permissions"), {})
      assert.deepStrictEqual(app_permissions, ["externalcontact:base:base"])
      // The corp's own apps are not told.
      assert.strictEqual((yield* called.post("/cgi-bin/agent/get_permissions", {})).errcode, 48002)
    }).pipe(installed))

  it.effect("knows members and departments by their ids alone, where it is a provider's", () =>
    Effect.gen(function*() {
      const { issueSuiteTicket } = yield* Simulator
      const suite_ticket = yield* issueSuiteTicket("ww-suite")
      const suite = yield* tell("/cgi-bin/service/get_suite_token", {
        suite_id: "ww-suite",
        suite_secret: "s2",
        suite_ticket
      })
      const { access_token } = yield* tell(
        `/cgi-bin/service/get_corp_token?suite_access_token=${suite.suite_access_token}`,
        { auth_corpid: defaultCorp.corpId, permanent_code: "installed" }
      )
      const get = (path: string) => ask(`/cgi-bin/${path}&access_token=${access_token}`)
      const { open_userid, ...user } = yield* get("user/get?userid=lisi")
      assert.deepStrictEqual(user, {
        errcode: 0,
        errmsg: "ok",
        userid: "lisi",
        name: "lisi",
        department: [3],
        order: [0],
        status: 1
      })
      assert.match(String(open_userid), /^wo/)
      const { department } = yield* get("department/get?id=3")
      assert.deepStrictEqual(department, { id: 3, name: "3", parentid: 1, order: 99_999_997 })
      const { app_permissions } = yield* tell(`/cgi-bin/agent/get_permissions?access_token=${access_token}`, {})
      assert.deepStrictEqual(app_permissions, ["contact:base:base", "contact:base:single_user"])
    }).pipe(installed))
})
