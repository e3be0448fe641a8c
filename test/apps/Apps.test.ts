import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { Agents } from "../../src/apps/Agents.ts"
import { type MenuButton, Menus } from "../../src/apps/Menus.ts"
import { Workbench } from "../../src/apps/Workbench.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002 })

const answering = (answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const layer = Layer.mergeAll(Agents.layer, Menus.layer, Workbench.layer).pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return {
    sent: () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken"),
    run: <A, E>(effect: Effect.Effect<A, E, Agents | Menus | Workbench>) => Effect.provide(effect, layer)
  }
}

const refusal = <A, R>(effect: Effect.Effect<A, { readonly message: string }, R>) =>
  Effect.map(Effect.flip(effect), ({ message }) => message)

describe("apps", () => {
  it.effect("are asked for by the app's own agent id, unless another is given", () => {
    const { run, sent } = answering(() => ({ errcode: 0, agentid: 1000002, close: 0, isreportenter: 1 }))
    return run(Effect.gen(function*() {
      const agents = yield* Agents
      const agent = yield* agents.get()
      assert.isFalse(agent.close)
      assert.isTrue(agent.isreportenter)
      yield* agents.get({ agentid: 7 })
      assert.deepStrictEqual(sent().map(({ query }) => query.get("agentid")), ["1000002", "7"])
    }))
  })

  it.effect("are changed within the documented limits", () => {
    const { run, sent } = answering(() => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const agents = yield* Agents
      yield* agents.set({ name: "财务助手", report_location_flag: false, home_url: "https://example.com" })
      assert.deepStrictEqual(sent()[0]?.body, {
        agentid: 1000002,
        name: "财务助手",
        report_location_flag: 0,
        home_url: "https://example.com"
      })
      assert.match(yield* refusal(agents.set({ name: "字".repeat(33) })), /name: at most 32 characters/)
      assert.match(yield* refusal(agents.set({ description: "短" })), /POST \/cgi-bin\/agent\/set: .*description: /)
      assert.match(yield* refusal(agents.set({ home_url: "example.com" })), /home_url: expected an http or https URL/)
      assert.lengthOf(sent(), 1)
    }))
  })
})

describe("menus", () => {
  it.effect("go out with the agent id in the query and the buttons in the body", () => {
    const { run, sent } = answering(() => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const menus = yield* Menus
      yield* menus.create({
        button: [
          Menus.click("签到", "CHECK_IN"),
          Menus.submenu("更多", [
            Menus.view("首页", "https://example.com"),
            Menus.miniProgram("日历", "wx1", "pages/index"),
            { type: "location_select", name: "位置", key: "WHERE" }
          ])
        ]
      })
      assert.strictEqual(sent()[0]?.query.get("agentid"), "1000002")
      assert.deepStrictEqual(sent()[0]?.body, {
        button: [
          { type: "click", name: "签到", key: "CHECK_IN" },
          {
            name: "更多",
            sub_button: [
              { type: "view", name: "首页", url: "https://example.com" },
              { type: "view_miniprogram", name: "日历", appid: "wx1", pagepath: "pages/index" },
              { type: "location_select", name: "位置", key: "WHERE" }
            ]
          }
        ]
      })
    }))
  })

  it.effect("have up to three buttons and five below each, with short names", () => {
    const { run, sent } = answering(() => ({ errcode: 0 }))
    const button = Menus.click("甲", "A")
    return run(Effect.gen(function*() {
      const menus = yield* Menus
      const create = (...buttons: ReadonlyArray<MenuButton>) => refusal(menus.create({ button: buttons }))
      assert.match(yield* create(), /button: at least 1 item/)
      assert.match(yield* create(button, button, button, button), /button: at most 3 items/)
      assert.match(
        yield* create(Menus.submenu("更多", Array.from({ length: 6 }, () => button))),
        /button\[0\].sub_button: at most 5 items/
      )
      assert.match(
        yield* create(Menus.click("字".repeat(6), "A")),
        /RequestInvalid: button\[0\].name: at most 16 bytes of UTF-8 are allowed, got 18$/
      )
      assert.match(yield* create(Menus.click("", "A")), /RequestInvalid: button\[0\].name: must not be blank$/)
      // What a program without types may pass.
      assert.match(
        yield* create({ type: "clicks", name: "甲", key: "A" } as never),
        /RequestInvalid: button\[0\]: Expected .* "click", .* "view_miniprogram", /
      )
      assert.match(
        yield* create(Menus.submenu("更多", [Menus.click("字".repeat(14), "A")])),
        /button\[0\].sub_button\[0\].name: at most 40 bytes/
      )
      assert.match(yield* create(Menus.click("甲", "k".repeat(129))), /button\[0\].key: at most 128 bytes/)
      assert.lengthOf(sent(), 0)
    }))
  })

  it.effect("are read with buttons that this version does not know, and with none", () => {
    const shake = { type: "shake", name: "摇一摇", strength: 3 }
    const { run } = answering(({ query }) =>
      query.get("agentid") === "7"
        ? { errcode: 0 }
        : { errcode: 0, button: [{ name: "更多", sub_button: [shake] }, { type: "click", name: "签到", key: "K" }] }
    )
    return run(Effect.gen(function*() {
      const menus = yield* Menus
      const [more, checkIn] = yield* menus.get()
      assert.deepStrictEqual(more, { name: "更多", sub_button: [{ type: "Unknown", value: shake }] })
      assert.deepStrictEqual(checkIn, { type: "click", name: "签到", key: "K" })
      assert.deepStrictEqual(yield* menus.get({ agentid: 7 }), [])
    }))
  })
})

describe("the workbench", () => {
  it.effect("is set for everyone and for members", () => {
    const { run, sent } = answering(() => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const workbench = yield* Workbench
      yield* workbench.setTemplate({ type: "list", list: { items: [{ title: "公告" }] }, replace_user_data: true })
      yield* workbench.setData({ userid: "zhangsan", type: "keydata", keydata: { items: [{ data: "2" }] } })
      yield* workbench.setDataMany({
        agentid: 7,
        userid_list: ["zhangsan", "lisi"],
        data: { type: "webview", webview: { url: "https://example.com", height: "single_row" } }
      })
      assert.deepStrictEqual(sent().map(({ body }) => body), [
        { agentid: 1000002, type: "list", list: { items: [{ title: "公告" }] }, replace_user_data: true },
        { agentid: 1000002, userid: "zhangsan", type: "keydata", keydata: { items: [{ data: "2" }] } },
        {
          agentid: 7,
          userid_list: ["zhangsan", "lisi"],
          data: { type: "webview", webview: { url: "https://example.com", height: "single_row" } }
        }
      ])
    }))
  })

  it.effect("shows no more than it has room for", () => {
    const { run, sent } = answering(() => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const workbench = yield* Workbench
      const number = { key: "待办", data: "1" }
      const user = { userid: "zhangsan" }
      assert.match(
        yield* refusal(
          workbench.setData({ ...user, type: "keydata", keydata: { items: [number, number, number, number, number] } })
        ),
        /keydata.items: at most 4 items/
      )
      assert.match(
        yield* refusal(
          workbench.setData({ ...user, type: "list", list: { items: [{ title: "字".repeat(43) }] } })
        ),
        /list.items\[0\].title: at most 128 bytes/
      )
      const many = Array.from({ length: 1001 }, (_, i) => `user-${i}`)
      assert.match(
        yield* refusal(workbench.setDataMany({ userid_list: many, data: { type: "list", list: { items: [] } } })),
        /userid_list: at most 1000 items/
      )
      assert.lengthOf(sent(), 0)
    }))
  })

  it.effect("is read as it was set", () => {
    const { run } = answering(({ path }) =>
      path.endsWith("template")
        ? { errcode: 0, type: "image", image: { url: "https://example.com/a.png" }, replace_user_data: true }
        : { errcode: 0, data: { type: "hologram", hologram: {} } }
    )
    return run(Effect.gen(function*() {
      const workbench = yield* Workbench
      const template = yield* workbench.getTemplate()
      assert.deepStrictEqual(template.type === "image" && template.image, { url: "https://example.com/a.png" })
      const data = yield* workbench.getData({ userid: "zhangsan" })
      assert.strictEqual(data.type, "Unknown")
    }))
  })
})
