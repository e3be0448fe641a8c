/**
 * Requests of other SDKs, field by field as they send them (`../shared/wecom/cases/simulator`): each is answered as the
 * documents say.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { HttpClient } from "effect/http"
import { readdirSync } from "node:fs"
import { addTemplate } from "../../src/simulator/areas/approvals/Approvals.ts"
import { addAccount, customerServiceOf } from "../../src/simulator/areas/customer-service/CustomerService.ts"
import { customer } from "../../src/simulator/areas/customer-service/KfPeople.ts"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import * as Conversation from "../../src/simulator/engine/Conversation.ts"
import { corpOf } from "../../src/simulator/engine/World.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { hasShared, needsShared, sharedPath, sharedText } from "../support/shared.ts"
import { type Answer, called, upload } from "./raw.ts"

const folder = "wecom/cases/simulator"

interface Case {
  readonly request: { readonly method: string; readonly path: string; readonly body: object | null }
}

const files = hasShared ? readdirSync(sharedPath(folder)).toSorted() : []

const requests = files.flatMap((file) => {
  if (!file.endsWith(".json") || file === "index.json") return []
  const value: Partial<Case> = JSON.parse(sharedText(`${folder}/${file}`))
  return value.request === undefined ? [] : [{ file, ...value.request }]
})

/** A corp in which all that the cases name is there. */
const prepared = Effect.gen(function*() {
  const { world } = yield* Simulator
  const corp = corpOf(world, undefined)
  const text = JSON.stringify(requests)
  for (const [id] of text.matchAll(/media-\w+/g)) {
    corp.media.set(id, {
      type: "image",
      file: { filename: "a.png", contentType: "image/png", bytes: new Uint8Array(9) },
      endsAt: Infinity
    })
  }
  for (const [id] of text.matchAll(/wm\w+/g)) {
    yield* addCustomer(world, { external_userid: id, followedBy: ["zhangsan"] })
  }
  for (const [id] of text.matchAll(/wk\w+/g)) {
    customerServiceOf(corp).accounts.set(id, { ...addAccount(world, corp, { name: "客服" }), id })
  }
  for (const { open_kfid } of requests.map(({ body }) => Object(body))) {
    // A customer who has written is one who can be served.
    if (open_kfid !== undefined) {
      const [external_userid] = /wm0\w+/.exec(text) ?? []
      yield* Effect.flatMap(customer({ open_kfid, external_userid }), ({ write }) => write("你好"))
    }
  }
  for (const [template_id] of text.matchAll(/template-\w+/g)) {
    yield* addTemplate(world, {
      template_id,
      approvers: ["lisi"],
      controls: [{
        property: { control: "Text", id: "Text-1", title: [{ text: "因", lang: "zh_CN" }], placeholder: [] },
        config: undefined
      }]
    })
  }
  yield* called.post("/cgi-bin/appchat/create", { chatid: "c1", owner: "lisi", userlist: ["zhangsan", "lisi"] })
  return corp
})

const ask = (
  { body, method, path }: Case["request"]
): Effect.Effect<Answer, unknown, HttpClient.HttpClient | Simulator> =>
  method === "GET" ? called.get(path) : called.post(path, body)

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

/** What is asked of does not exist: only the limit is tried. */
const ofNothing = /get_groupmsg_task|get_groupmsg_send_result|get_moment_customer_list/

describe("a request of another SDK", () => {
  it("is one of those that were collected", (context) => {
    needsShared(context)
    assert.isAbove(requests.length, 25)
  })

  for (const { file, ...request } of requests) {
    it.effect(`is taken as the real server does: ${file}`, () =>
      Effect.gen(function*() {
        yield* prepared
        const { errcode, errmsg } = yield* ask(request)
        if (ofNothing.test(file)) assert.notInclude(errmsg, "limit")
        else assert.strictEqual(errcode, 0, errmsg)
      }).pipe(simulated))
  }

  it.effect("leaves a warning in the journal, and none where nothing was overlooked", () =>
    Effect.gen(function*() {
      const { calls } = yield* Simulator
      const path = "/cgi-bin/message/send"
      const message = { touser: "lisi", agentid: 1000002, msgtype: "textcard" }
      const textcard = { title: "t".repeat(200), description: "d", url: "http://x" }
      yield* called.post(path, { ...message, textcard: { ...textcard, title: "t" } })
      yield* called.post(`${path}?colour=red`, { ...message, safe: 1, textcard: { ...textcard, note: 1 } })
      assert.deepStrictEqual((yield* calls(path)).map(({ warnings }) => warnings), [[], [
        "colour: the endpoint has no such parameter",
        "safe: the endpoint has no such field",
        "textcard.title: cut to what is allowed",
        "textcard.note: the endpoint has no such field"
      ]])
    }).pipe(simulated))

  it.effect("has fields that the server takes and does not look at", () =>
    Effect.gen(function*() {
      const { calls } = yield* Simulator
      const path = "/cgi-bin/living/create"
      const living = { anchor_userid: "lisi", theme: "题", living_start: 4_000_000_000, living_duration: 3600 }
      const { errcode } = yield* called.post(path, { ...living, type: 3, activity_cover_mediaid: "x" })
      assert.strictEqual(errcode, 0)
      assert.deepStrictEqual((yield* calls(path)).map(({ warnings }) => warnings), [[
        "type: must be 4 (活动直播), or WeCom ignores activity_cover_mediaid"
      ]])
      assert.strictEqual((yield* called.post(path, { ...living, type: 3, theme: "题".repeat(99) })).errcode, 40058)
    }).pipe(simulated))

  it.effect("is refused by a strict simulator", () =>
    Effect.gen(function*() {
      const send = (content: object) =>
        called.post("/cgi-bin/message/send", { touser: "lisi", agentid: 1000002, msgtype: "text", ...content })
      assert.strictEqual((yield* send({ text: { content: "x" }, colour: 1 })).errcode, 40058)
      assert.strictEqual((yield* send({ text: { content: "x".repeat(2049) } })).errcode, 45002)
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer({ strict: true })))))
})

describe("a text that the server cuts", () => {
  it.effect("reaches members as far as is allowed", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const corp = corpOf(world, undefined)
      const send = (msgtype: string, content: object) =>
        called.post("/cgi-bin/message/send", { touser: "lisi", agentid: 1000002, msgtype, [msgtype]: content })
      yield* send("text", { content: "好".repeat(2000) })
      yield* send("news", { articles: [{ title: "t".repeat(200), description: "述".repeat(300), url: "http://x" }] })
      const [text, news] = Conversation.inbox(corp, "lisi").map(({ content }) => content)
      assert.strictEqual(text?.content, "好".repeat(682))
      assert.deepInclude(Object(news?.articles)[0], {
        title: "t".repeat(128),
        description: "述".repeat(170)
      })
    }).pipe(simulated))
})

describe("an answer", () => {
  it.effect("has times as texts where the documents do", () =>
    Effect.gen(function*() {
      const { created_at } = yield* upload("file", new Uint8Array(10))
      assert.strictEqual(created_at, "0")
    }).pipe(simulated))

  it.effect("has the departments of a member from the options with what goes with them", () =>
    Effect.gen(function*() {
      const { department, gender, is_leader_in_dept, main_department, order } = yield* called.get(
        "/cgi-bin/user/get?userid=lisi"
      )
      assert.deepStrictEqual([department, order, is_leader_in_dept, main_department, gender], [
        [2, 3],
        [0, 0],
        [0, 0],
        2,
        "0"
      ])
    }).pipe(simulated))

  it.effect("says in JSON that a path is not served", () =>
    Effect.gen(function*() {
      const response = yield* HttpClient.get("https://x/cgi-bin/checkin/nothing")
      assert.strictEqual(response.status, 404)
      assert.deepStrictEqual(yield* response.json, {
        errcode: 404,
        errmsg: "the simulator does not serve GET /cgi-bin/checkin/nothing"
      })
    }).pipe(simulated))

  it.effect("never shows a type of TypeScript", () =>
    Effect.gen(function*() {
      const bodies = [
        { msgtype: "smoke" },
        { msgtype: 7 },
        { touser: "lisi" },
        { touser: ["lisi"], msgtype: "text", text: "x" },
        { touser: "lisi", msgtype: "text", text: { content: 7 } },
        { touser: "lisi", msgtype: "template_card", template_card: { card_type: "text_notice", main_title: 1 } },
        { touser: "lisi", msgtype: "news", news: { articles: "none" } }
      ]
      for (const body of bodies) {
        const { errcode, errmsg } = yield* called.post("/cgi-bin/message/send", { agentid: 1000002, ...body })
        assert.notStrictEqual(errcode, 0)
        assert.notMatch(errmsg.replace(/, hint:.*/, ""), /readonly|[{}<>|]|\bundefined\b|Expected/, errmsg)
      }
      const { errmsg } = yield* called.post("/cgi-bin/user/create", { userid: "x", name: 7, department: "2" })
      assert.include(errmsg, "name: expected a string")
    }).pipe(simulated))

  it.effect("to an upload of an image in a part of any name is its URL", () =>
    Effect.gen(function*() {
      const named = (name: string) => `name="${name}";filename="a.png"`
      const image = new Uint8Array(10)
      const { url } = yield* upload("", image, named("fieldNameHere"), "/cgi-bin/media/uploadimg")
      assert.match(String(url), /^http/)
      assert.strictEqual((yield* upload("image", image, named("fieldNameHere"))).errcode, 44001)
    }).pipe(simulated))

  it.effect("to a body of null, or an empty list, is that to an empty one", () =>
    Effect.gen(function*() {
      for (const body of ["null", "[]", "{}", ""]) {
        assert.strictEqual((yield* called.post("/cgi-bin/externalcontact/get_corp_tag_list", body)).errcode, 0, body)
      }
    }).pipe(simulated))
})
