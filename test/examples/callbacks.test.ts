/**
 * The examples that receive callbacks otherwise than in an Effect server, called back by the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Logger, Redacted } from "effect"
import { HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http"
import { TestClock } from "effect/testing"
import { execFileSync } from "node:child_process"
import { createServer } from "node:http"
import { fileURLToPath } from "node:url"
import { receiving, replayAll, working } from "../../examples/callback-inbox.ts"
import * as decode from "../../examples/callbacks-decode.ts"
import * as nodeHandler from "../../examples/callbacks-node-handler.ts"
import webHandler, { make } from "../../examples/callbacks-web-handler.ts"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import { Messages } from "../../src/messages/Messages.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { until } from "../support/until.ts"

const callback = {
  url: "http://edge.test/wecom/callback",
  token: "exampleCallbackToken",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
}

/** A simulated WeCom on real time, for the promises of a web handler take their own. */
const simulated = Effect.provide(
  Layer.provideMerge(
    Simulator.layer({ corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, callback })) }] }),
    NodeCallbackCrypto.layer
  )
)

/** Lets callbacks reach a function of the web's own types. */
const connect = (fetch: (request: Request) => Promise<Response>) =>
  Effect.flatMap(Simulator, (simulator) =>
    simulator.connect(
      HttpClient.make((request) =>
        Effect.map(
          Effect.promise(async () => await fetch(await Effect.runPromise(HttpClientRequest.toWeb(request)))),
          (response) => HttpClientResponse.fromWeb(request, response)
        )
      )
    ))

const conversation = Effect.gen(function*() {
  const { member, notify, verifyUrl } = yield* Simulator
  yield* verifyUrl()
  const zhangsan = yield* member("zhangsan")
  const texted = yield* zhangsan.sendText("在吗")
  assert.strictEqual(texted.reply?.MsgType === "text" ? texted.reply.Content : undefined, "收到：在吗")
  assert.deepStrictEqual((yield* zhangsan.inbox).map(({ content }) => content), [{ content: "收到：在吗" }])
  assert.deepStrictEqual([(yield* zhangsan.enter()).acknowledged], [true])
  const invented = yield* notify(
    `<xml><ToUserName>${defaultCorp.corpId}</ToUserName><FromUserName>sys</FromUserName><CreateTime>1</CreateTime>` +
      `<MsgType>event</MsgType><Event>invented</Event><Detail>x</Detail></xml>`
  )
  assert.deepStrictEqual([invented.acknowledged, invented.replyText], [true, undefined])
})

/** A request that anybody could make. */
const forged = new Request(`${callback.url}?msg_signature=0&timestamp=1700000000&nonce=n`, {
  method: "POST",
  body: "<xml><Encrypt>AAAA</Encrypt></xml>"
})

describe("examples/callbacks-web-handler.ts", () => {
  const env = {
    WECOM_CORP_ID: defaultCorp.corpId,
    WECOM_CALLBACK_TOKEN: callback.token,
    WECOM_CALLBACK_AES_KEY: callback.encodingAesKey
  }

  it.live("is a web-standard handler", () =>
    Effect.gen(function*() {
      const { dispose, handler } = make(env)
      yield* Effect.addFinalizer(() => Effect.promise(dispose))
      yield* connect(handler)
      yield* conversation
      assert.strictEqual((yield* Effect.promise(() => handler(forged.clone()))).status, 403)
    }).pipe(Effect.scoped, simulated))

  it.live("is a module as edge runtimes load it", () =>
    Effect.gen(function*() {
      yield* connect((request) => webHandler.fetch(request, env))
      yield* conversation
    }).pipe(Effect.scoped, simulated))

  it("loads nothing of Node", () => {
    const script = `
      import { registerHooks } from "node:module"
      registerHooks({
        resolve: (specifier, context, next) => {
          const resolved = next(specifier, context)
          console.log(resolved.url)
          return resolved
        }
      })
      await import("./examples/callbacks-web-handler.ts")`
    const root = fileURLToPath(new URL("../..", import.meta.url))
    const loaded = execFileSync(
      process.execPath,
      ["--conditions=effect-wecom-source", "--input-type=module", "--eval", script],
      { cwd: root, encoding: "utf8" }
    ).trim().split("\n")
    assert.isTrue(loaded.some((url) => url.endsWith("/src/callback/CallbackRouter.ts")))
    assert.deepStrictEqual(loaded.filter((url) => url.startsWith("node:") || url.includes("platform-node")), [])
  })
})

const account = {
  token: Redacted.make(callback.token),
  encodingAesKey: Redacted.make(callback.encodingAesKey),
  receiveIds: [defaultCorp.corpId]
}

describe("examples/callbacks-node-handler.ts", () => {
  it.live("is a handler of node:http", () =>
    Effect.gen(function*() {
      const { close, handler } = nodeHandler.make(account, (_, text) =>
        text === "出错" ? Promise.reject(new Error("of the answer")) : Promise.resolve(`收到：${text}`))
      yield* Effect.addFinalizer(() =>
        Effect.promise(close)
      )
      const server = createServer(yield* Effect.promise(() => handler))
      const port = yield* Effect.acquireRelease(
        Effect.promise(() =>
          new Promise<number>((resolve) => {
            server.listen(0, "127.0.0.1", () => {
              const address = server.address()
              resolve(typeof address === "object" && address !== null ? address.port : 0)
            })
          })
        ),
        () => Effect.sync(() => server.close().closeAllConnections())
      )
      const listening = (url: string) => url.replace("http://edge.test", `http://127.0.0.1:${port}`)
      yield* connect((request) => fetch(new Request(listening(request.url), request)))
      yield* conversation
      const { member } = yield* Simulator
      const failed = yield* Effect.flatMap(member("zhangsan"), ({ sendText }) => sendText("出错"))
      assert.deepStrictEqual([failed.acknowledged, failed.reply], [true, undefined])
      const refused = yield* Effect.promise(() => fetch(new Request(listening(forged.url), forged.clone())))
      assert.strictEqual(refused.status, 403)
      const elsewhere = yield* Effect.promise(() => fetch(`http://127.0.0.1:${port}/elsewhere`))
      assert.strictEqual(elsewhere.status, 404)
    }).pipe(Effect.scoped, Effect.provide(Logger.layer([])), simulated))
})

describe("examples/callbacks-decode.ts", () => {
  for (const [name, crypto] of Object.entries({ Node: NodeCallbackCrypto.layer, Web: CallbackCrypto.layerWebCrypto })) {
    it.live(`answers requests that somebody else routed, on ${name}`, () =>
      Effect.gen(function*() {
        const answer = yield* Effect.promise(() => decode.make(account, crypto))
        yield* connect(answer)
        yield* conversation
        assert.strictEqual((yield* Effect.promise(() => answer(forged.clone()))).status, 403)
      }).pipe(Effect.scoped, simulated))
  }

  it("tells of a malformed key at the start", async () => {
    const malformed = { ...account, encodingAesKey: Redacted.make("short") }
    const error = await decode.make(malformed, NodeCallbackCrypto.layer).then(() => assert.fail("made"), String)
    assert.match(error, /AccountInvalid|encodingAesKey/i)
    assert.notInclude(error, "short\"")
  })
})

describe("examples/callback-inbox.ts", () => {
  const run = Effect.provide(
    CallbackInbox.layerMemory().pipe(
      Layer.provideMerge(Messages.layer),
      Layer.provideMerge(layerWeCom),
      Layer.provideMerge(Logger.layer([]))
    )
  )
  const textsOf = (userid: string) =>
    Effect.gen(function*() {
      const { member } = yield* Simulator
      return (yield* (yield* member(userid)).inbox).map(({ content }) => content)
    })

  it.effect("acknowledges at once, and answers afterwards, in order", () =>
    Effect.gen(function*() {
      yield* serve(receiving(options))
      const { member } = yield* Simulator
      const zhangsan = yield* member("zhangsan")
      for (const text of ["一", "二", "三"]) {
        const { acknowledged, reply } = yield* zhangsan.sendText(text)
        assert.deepStrictEqual([acknowledged, reply], [true, undefined])
      }
      assert.deepStrictEqual(yield* textsOf("zhangsan"), [])
      yield* Layer.build(working)
      yield* until(Effect.map(textsOf("zhangsan"), (texts) => texts.length === 3))
      assert.deepStrictEqual(
        yield* textsOf("zhangsan"),
        ["一", "二", "三"].map((text) => ({ content: `已受理：${text}` }))
      )
    }).pipe(run))

  it.effect("tries again, keeps what it gives up, and hands it over again when it is told to", () =>
    Effect.gen(function*() {
      yield* serve(receiving(options))
      yield* Layer.build(working)
      const { calls, clearFaults, inject, member } = yield* Simulator
      yield* inject({ endpoint: "/cgi-bin/message/send", times: 1_000, fault: Fault.errcode(48002) })
      const zhangsan = yield* member("zhangsan")
      assert.isTrue((yield* zhangsan.sendText("加急")).acknowledged)
      yield* until(Effect.map(calls("/cgi-bin/message/send"), (calls) => calls.length > 0))
      for (let second = 0; second < 60; second++) yield* TestClock.adjust("1 second")
      assert.lengthOf(yield* calls("/cgi-bin/message/send"), 5)
      assert.deepStrictEqual(yield* textsOf("zhangsan"), [])

      yield* clearFaults
      const replaying = yield* Effect.forkChild(replayAll)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* Fiber.join(replaying), 1)
      assert.deepStrictEqual(yield* textsOf("zhangsan"), [{ content: "已受理：加急" }])
      assert.strictEqual(yield* replayAll, 0)
    }).pipe(run))
})
