/** Apps, menus and the workbench on the simulator, in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Agents } from "../../src/apps/Agents.ts"
import { Menus } from "../../src/apps/Menus.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "../simulator/raw.ts"

const simulated = Effect.provide(
  Layer.provideMerge(Layer.mergeAll(Agents.layer, Menus.layer), Simulator.layerTest())
)

const ok = { errcode: 0, errmsg: "ok" }
const agentid = 1000002

const codeOf = (path: string, body: unknown) => Effect.map(called.post(path, body), ({ errcode }) => errcode)

describe("apps, in JSON", () => {
  it.effect("are read as they were set", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* called.post("/cgi-bin/agent/set", {
          agentid,
          name: "财务助手",
          description: "报销与预算",
          report_location_flag: 1,
          home_url: "https://example.com"
        }),
        ok
      )
      assert.deepStrictEqual(yield* called.get(`/cgi-bin/agent/get?agentid=${agentid}`), {
        ...ok,
        agentid,
        name: "财务助手",
        square_logo_url: "",
        description: "报销与预算",
        allow_userinfos: { user: [] },
        allow_partys: { partyid: [1] },
        allow_tags: { tagid: [] },
        close: 0,
        redirect_domain: "",
        report_location_flag: 1,
        isreportenter: 0,
        home_url: "https://example.com"
      })
      assert.deepStrictEqual(yield* called.get("/cgi-bin/agent/list"), {
        ...ok,
        agentlist: [{ agentid, name: "财务助手", square_logo_url: "" }]
      })
      assert.strictEqual((yield* called.get("/cgi-bin/agent/get?agentid=7")).errcode, 301002)
      assert.strictEqual((yield* called.get("/cgi-bin/agent/get")).errcode, 41011)
      assert.strictEqual(yield* codeOf("/cgi-bin/agent/set", { agentid, logo_mediaid: "none" }), 40007)
    }).pipe(simulated))

  it.effect("see whom their scope says", () =>
    Effect.gen(function*() {
      const answer = yield* called.post("/cgi-bin/agent/set_scope", {
        agentid,
        allow_user: ["lisi", "nobody"],
        allow_party: [99],
        allow_tag: [7]
      })
      assert.deepStrictEqual(answer, { ...ok, invaliduser: ["nobody"], invalidparty: [99], invalidtag: [7] })
      const agent = yield* Agents.use((agents) => agents.get())
      assert.deepStrictEqual(agent.allow_userinfos?.user, [{ userid: "lisi" }])
      assert.deepStrictEqual(agent.allow_partys?.partyid, [])
      assert.deepStrictEqual(yield* called.post("/cgi-bin/agent/get_admin_list", {}), {
        ...ok,
        admin: [{ userid: "zhangsan", auth_type: 1 }]
      })
      assert.strictEqual(yield* codeOf("/cgi-bin/agent/get_permissions", {}), 48002)
      const migrate = { suite_access_token: "invented" }
      assert.strictEqual(yield* codeOf("/cgi-bin/agent/migrate_to_customized_app", migrate), 40082)
    }).pipe(simulated))
})

describe("menus, in JSON", () => {
  it.effect("are created, read and deleted", () =>
    Effect.gen(function*() {
      const button = [
        { type: "click", name: "签到", key: "CHECK_IN" },
        { name: "更多", sub_button: [{ type: "view", name: "首页", url: "https://example.com" }] }
      ] as const
      const get = called.get(`/cgi-bin/menu/get?agentid=${agentid}`)
      assert.strictEqual((yield* get).errcode, 46003)
      const create = `/cgi-bin/menu/create?agentid=${agentid}`
      assert.deepStrictEqual(yield* called.post(create, { button }), ok)
      assert.deepStrictEqual(yield* get, { ...ok, button })
      assert.deepStrictEqual(yield* Menus.use((menus) => menus.get()), button)
      assert.strictEqual(yield* codeOf(create, { button: [] }), 40016)
      assert.strictEqual(yield* codeOf(create, { button: [{ type: "view", name: "首页", key: "K" }] }), 40058)
      assert.strictEqual(yield* codeOf("/cgi-bin/menu/create?agentid=7", { button }), 301002)
      assert.deepStrictEqual(yield* called.get(`/cgi-bin/menu/delete?agentid=${agentid}`), ok)
      assert.strictEqual((yield* get).errcode, 46003)
    }).pipe(simulated))
})

describe("the workbench, in JSON", () => {
  it.effect("shows members their own data, and the template's where they have none", () =>
    Effect.gen(function*() {
      const image = (name: string) => ({ type: "image", image: { url: `https://example.com/${name}.png` } })
      const template = (change: object) =>
        called.post("/cgi-bin/agent/set_workbench_template", { agentid, ...image("all"), ...change })
      const dataOf = (userid: string) =>
        Effect.map(called.post("/cgi-bin/agent/get_workbench_data", { agentid, userid }), ({ data }) => data)
      const read = called.post("/cgi-bin/agent/get_workbench_template", { agentid })
      assert.deepStrictEqual(yield* read, { ...ok, type: "normal" })
      assert.deepStrictEqual(yield* template({}), ok)
      assert.deepStrictEqual(yield* read, { ...ok, ...image("all") })
      assert.strictEqual(
        yield* codeOf("/cgi-bin/agent/set_workbench_data", { agentid, userid: "lisi", ...image("lisi") }),
        0
      )
      assert.strictEqual(
        yield* codeOf("/cgi-bin/agent/batch_set_workbench_data", {
          agentid,
          userid_list: ["wangwu"],
          data: image("wangwu")
        }),
        0
      )
      assert.deepStrictEqual(yield* dataOf("lisi"), image("lisi"))
      assert.deepStrictEqual(yield* dataOf("wangwu"), image("wangwu"))
      assert.deepStrictEqual(yield* dataOf("zhangsan"), image("all"))
      assert.deepStrictEqual(yield* template({ replace_user_data: true }), ok)
      assert.deepStrictEqual(yield* dataOf("lisi"), image("all"))
      assert.deepStrictEqual(yield* read, { ...ok, ...image("all"), replace_user_data: true })
      const nobody = { agentid, userid: "nobody", ...image("nobody") }
      assert.strictEqual(yield* codeOf("/cgi-bin/agent/set_workbench_data", nobody), 60111)
      assert.deepStrictEqual(
        yield* called.post("/cgi-bin/agent/set_workbench_template", { agentid, type: "normal" }),
        ok
      )
      assert.deepStrictEqual(yield* dataOf("lisi"), { type: "normal" })
    }).pipe(simulated))
})
