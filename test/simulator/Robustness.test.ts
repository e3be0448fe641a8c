/**
 * What the simulator does with requests that no client of ours would send, and after very many.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { HttpClient, HttpClientRequest, HttpServer } from "effect/http"
import { TestClock } from "effect/testing"
import { connect } from "node:net"
import { conversation } from "../../src/simulator/engine/Conversation.ts"
import { Recent } from "../../src/simulator/engine/Recent.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, get, post, token } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const served = Effect.provide(
  SimulatorServer.layer().pipe(Layer.provideMerge(NodeHttpClient.layerUndici))
)

const port = Effect.map(HttpServer.HttpServer, ({ address }) => "port" in address ? address.port : 0)

/** Writes to the server, and reads what it answers until it, or we after a while, closes the connection. */
const spoken = (port: number, text: string) =>
  Effect.callback<string>((resume) => {
    let answer = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(text))
    socket.on("data", (data) => answer += data)
    socket.on("close", () => resume(Effect.succeed(answer)))
    socket.on("error", () => resume(Effect.succeed(answer)))
    return Effect.sync(() => socket.destroy())
  })

describe("odd requests", () => {
  it.effect("a body that is no JSON object is wrong json format", () =>
    Effect.gen(function*() {
      const odd = ["{", "[1]", "1", "userid=zhangsan&name=n", "[".repeat(100_000), "\"text\""]
      for (const body of odd) {
        const { errcode, errmsg } = yield* called.post("/cgi-bin/user/create", body)
        assert.strictEqual(errcode, 40058)
        assert.match(errmsg, /^Warning: wrong json format\. , hint/)
      }
    }).pipe(simulated))

  it.effect("a field of any name is refused with an errcode that is a number", () =>
    Effect.gen(function*() {
      for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
        const body = `{"userid":"q","name":"q","mobile":"13800000009","${name}":{"userid":"x"}}`
        // A prototype is never read, and so is nothing that could be refused.
        const expected = name === "__proto__" ? 0 : 40058
        assert.strictEqual((yield* called.post("/cgi-bin/user/create", body)).errcode, expected, name)
        const asked = yield* called.get(`/cgi-bin/user/get?userid=zhangsan&${name}=1`)
        assert.strictEqual(asked.errcode, 40058, name)
        assert.strictEqual((yield* get(`/cgi-bin/user/get?userid=zhangsan&access_token=${name}`)).errcode, 40014)
      }
      assert.strictEqual((yield* called.get("/cgi-bin/user/get?userid=__proto__")).errcode, 60111)
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer({ strict: true })))))

  it.effect("the last of several equal parameters counts", () =>
    Effect.gen(function*() {
      const { userid } = yield* called.get("/cgi-bin/user/get?userid=lisi&userid=zhangsan")
      assert.strictEqual(userid, "zhangsan")
    }).pipe(simulated))

  it.effect("another method than the endpoint's is 40058, another path 404", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* called.get("/cgi-bin/user/create")).errcode, 40058)
      assert.strictEqual((yield* called.post("/cgi-bin/user/get?userid=zhangsan", {})).errcode, 40058)
      const access = yield* token
      for (const path of ["/cgi-bin/nothing", "/cgi-bin/user/get/", "/cgi-bin/User/get", "/cgi-bin/user"]) {
        const { status } = yield* HttpClient.get(`https://qyapi.weixin.qq.com${path}?access_token=${access}`)
        assert.strictEqual(status, 404, path)
      }
    }).pipe(simulated))

  it.effect("debug=1 is for trying things out: five times a minute", () =>
    Effect.gen(function*() {
      const ask = called.get("/cgi-bin/user/get?userid=zhangsan&debug=1")
      for (let i = 0; i < 5; i++) assert.strictEqual((yield* ask).errcode, 0)
      assert.strictEqual((yield* ask).errcode, 45009)
      assert.strictEqual((yield* called.get("/cgi-bin/user/get?userid=zhangsan")).errcode, 0)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual((yield* ask).errcode, 0)
    }).pipe(simulated))

  it.effect("the content type of a JSON body does not matter", () =>
    Effect.gen(function*() {
      const access = yield* token
      const response = yield* HttpClient.execute(
        HttpClientRequest.post(`https://qyapi.weixin.qq.com/cgi-bin/department/create?access_token=${access}`).pipe(
          HttpClientRequest.bodyText("\uFEFF{\"name\":\"甲\",\"parentid\":1}", "text/plain")
        )
      )
      assert.deepInclude(yield* response.json, { errcode: 0 })
    }).pipe(simulated))

  it.live("a body beyond 32 MiB is refused, whether its length is told before or not", () =>
    Effect.gen(function*() {
      const at = yield* port
      const path = `/cgi-bin/message/send?access_token=${yield* first}`
      const head = `POST ${path} HTTP/1.1\r\nHost: simulator\r\nConnection: close\r\n`
      const told = yield* spoken(at, `${head}Content-Length: ${33 * 1024 * 1024}\r\n\r\n{`)
      assert.include(told, "\"errcode\":40206")
      const chunk = `100000\r\n${"x".repeat(0x100000)}\r\n`
      const untold = yield* spoken(at, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(33)}0\r\n\r\n`)
      assert.include(untold, "\"errcode\":40206")
      // And it goes on.
      assert.include(yield* spoken(at, `GET ${path} HTTP/1.1\r\nHost: simulator\r\nConnection: close\r\n\r\n`), "40058")
    }).pipe(served))
})

/** The token of the first app, made without a request. */
const first = Effect.gen(function*() {
  const { world } = yield* Simulator
  const [corp] = world.corps.values()
  yield* HttpClient.get(
    `http://127.0.0.1:${yield* port}/cgi-bin/gettoken?corpid=${
      corp!.id
    }&corpsecret=simulated-app-secret-0123456789abcdefghijkl`
  )
  return [...world.tokens.keys()][0]
})

describe("the same seed", () => {
  const play = Effect.gen(function*() {
    const access = yield* token
    yield* called.post("/cgi-bin/user/create", { userid: "q", name: "q", mobile: "13800000009" })
    const sent = yield* called.post("/cgi-bin/message/send", {
      touser: "zhangsan",
      agentid: 1000002,
      msgtype: "text",
      text: { content: "你好" }
    })
    const refused = yield* called.get("/cgi-bin/user/get?userid=nobody")
    return { access, sent, refused }
  })

  const played = (seed: number) =>
    Effect.provide(play, Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer({ seed })))

  it.effect("gives the same tokens, ids and hints; another gives others", () =>
    Effect.gen(function*() {
      const one = yield* played(7)
      assert.deepStrictEqual(yield* played(7), one)
      const other = yield* played(8)
      assert.notStrictEqual(other.access, one.access)
      assert.notStrictEqual(other.sent.msgid, one.sent.msgid)
      assert.notStrictEqual(other.refused.errmsg, one.refused.errmsg)
    }))
})

describe("very many requests", () => {
  it("a map of what is recent forgets the oldest, by number and by weight", () => {
    const many = new Recent<number, string>()
    for (let i = 0; i < 25_000; i++) many.set(i, "x")
    assert.deepStrictEqual([many.size, many.has(14_999), many.has(15_000)], [10_000, false, true])
    const heavy = new Recent<string, number>((bytes) => bytes)
    const mebibyte = 1024 * 1024
    heavy.set("a", 200 * mebibyte).set("b", 40 * mebibyte).set("b", 50 * mebibyte)
    assert.deepStrictEqual([...heavy.keys()], ["a", "b"])
    heavy.set("c", 10 * mebibyte)
    assert.deepStrictEqual([...heavy.keys()], ["b", "c"])
    heavy.set("d", 300 * mebibyte)
    assert.deepStrictEqual([...heavy.keys()], ["d"])
    heavy.delete("d")
    heavy.set("e", 255 * mebibyte).set("f", mebibyte)
    assert.deepStrictEqual([...heavy.keys()], ["e", "f"])
  })

  it.effect("messages, cards and refused calls leave no more than is kept", () =>
    Effect.gen(function*() {
      const { journal, world } = yield* Simulator
      const context = yield* Effect.context<HttpClient.HttpClient>()
      const access = yield* token
      const send = (i: number) =>
        post(`/cgi-bin/message/send?access_token=${access}`, {
          touser: "zhangsan",
          agentid: 1000002,
          msgtype: "template_card",
          enable_duplicate_check: 1,
          template_card: {
            card_type: "text_notice",
            task_id: `task-${i}`,
            main_title: { title: `${i}` },
            card_action: { type: 1, url: "https://example.com" }
          }
        }).pipe(Effect.provideContext(context))
      for (let i = 0; i < 300; i++) {
        assert.strictEqual((yield* send(i)).errcode, 0)
        yield* get(`/cgi-bin/unknown/${i}`).pipe(Effect.ignore)
      }
      assert.strictEqual((yield* journal).length, 50)
      const [corp] = world.corps.values()
      assert.isAtMost(conversation(corp!).sent.size, 50)
      assert.isAtMost(conversation(corp!).inboxes.get("zhangsan")?.length ?? 0, 100)
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer({ keep: 50 })))))
})
