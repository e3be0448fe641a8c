/**
 * Opening callbacks without a router, from web requests and from a Node server.
 */
import { NodeHttpServer } from "@effect/platform-node"
import { assert, describe, it, layer } from "@effect/vitest"
import { Clock, Effect, Exit, Fiber, Layer } from "effect"
import { HttpClient, HttpClientRequest, HttpRouter, HttpServer } from "effect/http"
import { TestClock } from "effect/testing"
import { connect } from "node:net"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import * as CallbackReceiver from "../../src/callback/CallbackReceiver.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { fixture } from "./leaves.ts"
import * as Sender from "./sender.ts"

for (const [name, crypto] of Object.entries({ Node: NodeCallbackCrypto.layer, Web: CallbackCrypto.layerWebCrypto })) {
  layer(crypto)(`CallbackReceiver on ${name}`, (it) => {
    it.effect("opens a web request, and seals the reply", () =>
      Effect.gen(function*() {
        const receiver = yield* CallbackReceiver.make({ accounts: Sender.account(Sender.corp) })
        const request = Sender.post(Sender.textMessage("hello"), { nonce: "n" })
        const received = yield* receiver.decode(request)
        assert.strictEqual(received.event._tag === "text" ? received.event.Content : "", "hello")
        assert.strictEqual(received.receiveId, Sender.corp.receiveId)
        assert.strictEqual(received.signature, new URL(request.url).searchParams.get("msg_signature"))
        const { body, contentType } = yield* received.reply(CallbackReply.text("world"))
        assert.strictEqual(contentType, "text/xml")
        const opened = Sender.decrypt(Sender.corp, Sender.element(body, "Encrypt") ?? "")
        assert.strictEqual(Sender.element(opened.message, "Content"), "world")
      }))

    it.effect("answers the URL check", () =>
      Effect.gen(function*() {
        const receiver = yield* CallbackReceiver.make({
          accounts: [Sender.account(Sender.suite), Sender.account(Sender.corp)]
        })
        assert.strictEqual(yield* receiver.verify(Sender.get("123")), "123")
        const error = yield* Effect.flip(receiver.verify(Sender.get("1", { secrets: { ...Sender.corp, token: "x" } })))
        assert.deepStrictEqual([error.reason._tag, error.status], ["SignatureMismatch", 403])
      }))

    it.effect("opens a body that has been read, and seals at a time of one's own", () =>
      Effect.gen(function*() {
        const receiver = yield* CallbackReceiver.make({ accounts: Sender.account(Sender.corp) })
        const request = Sender.post(Sender.textMessage("read"), { timestamp: 1_700_000_000 })
        const body = yield* Effect.promise(() => request.text())
        const opening = receiver.open(request.url, body, 1_700_000_100_000)
        // Without a fiber where the crypto is synchronous.
        assert.strictEqual(Exit.isExit(opening), name === "Node")
        const received = yield* opening
        assert.strictEqual(received.event._tag, "text")
        const sealed = yield* received.reply(CallbackReply.text("x"), 1_700_000_200_000)
        assert.strictEqual(Sender.element(sealed.body, "TimeStamp"), "1700000200")
        const late = yield* Effect.flip(receiver.open(request.url, body, 1_700_000_400_000))
        assert.strictEqual(late.reason._tag, "TimestampStale")
      }))

    it.effect("an event without a sender takes no reply", () =>
      Effect.gen(function*() {
        const receiver = yield* CallbackReceiver.make({ accounts: Sender.account(Sender.corp) })
        const received = yield* receiver.decode(Sender.post(fixture("event.kf_msg_or_event.xml")))
        const error = yield* Effect.flip(received.reply(CallbackReply.text("x")))
        assert.strictEqual(error.reason._tag, "ReplyInvalid")
      }))

    it.effect("of several accounts, the error of the one that came furthest is told", () =>
      Effect.gen(function*() {
        const receiver = yield* CallbackReceiver.make({
          accounts: [
            Sender.account(Sender.suite),
            Sender.account(Sender.corp),
            Sender.account({ ...Sender.suite, token: "third" })
          ]
        })
        const elsewhere = Sender.post("<xml/>", { secrets: { ...Sender.corp, receiveId: "wwelsewhere" } })
        const error = yield* Effect.flip(receiver.decode(elsewhere))
        assert.strictEqual(error.reason._tag, "ReceiveIdRejected")
        const stranger = Sender.post("<xml/>", { secrets: { ...Sender.corp, token: "stranger" } })
        assert.strictEqual((yield* Effect.flip(receiver.decode(stranger))).reason._tag, "SignatureMismatch")
      }))

    it.effect("without any account there is no receiver", () =>
      Effect.map(
        Effect.flip(CallbackReceiver.make({ accounts: [] })),
        (error) => assert.strictEqual(error.reason._tag, "AccountInvalid")
      ))
  })
}

describe("on a Node server", () => {
  const app = HttpRouter.serve(
    CallbackRouter.layer({
      path: "/callback",
      accounts: Sender.account(Sender.corp),
      handlers: { text: (event) => Effect.succeed(CallbackReply.text(event.Content)) },
      fallback: () => Effect.void
    }).pipe(Layer.provide(NodeCallbackCrypto.layer)),
    { disableListenLog: true, disableLogger: true }
  ).pipe(Layer.provideMerge(NodeHttpServer.layerTest))

  const send = Effect.fnUntraced(function*(request: Request) {
    const url = new URL(request.url)
    const body = yield* Effect.promise(() => request.text())
    const response = yield* HttpClient.execute(
      HttpClientRequest.post(url.pathname + url.search).pipe(HttpClientRequest.bodyText(body, "text/xml"))
    )
    return { status: response.status, body: yield* response.text }
  })

  it.effect("a message is answered, and a body of 2 MiB is refused with 413", () =>
    Effect.gen(function*() {
      const { body, status } = yield* send(Sender.post(Sender.textMessage("over a socket")))
      assert.strictEqual(status, 200)
      assert.include(Sender.decrypt(Sender.corp, Sender.element(body, "Encrypt") ?? "").message, "over a socket")
      const large = yield* send(
        Sender.post("x", { envelope: (encrypt) => Sender.xmlEnvelope(encrypt).padEnd(2 << 20) })
      )
      assert.deepStrictEqual(large, { status: 413, body: "" })
      assert.strictEqual((yield* send(Sender.post("x", { secrets: { ...Sender.corp, token: "x" } }))).status, 403)
    }).pipe(Effect.provide(app)))

  /** Writes to a socket of its own, and reads until the server closes it or has answered so often. */
  const exchange = (port: number, parts: ReadonlyArray<string>, answers = 1) =>
    Effect.promise(() =>
      new Promise<string>((resolve, reject) => {
        let received = ""
        const socket = connect(port, "127.0.0.1", () => {
          for (const part of parts) socket.write(part)
          if (answers === 0) socket.end()
        })
        socket.setEncoding("utf8").on("data", (text: string) => {
          received += text
          if (received.split("HTTP/1.1 ").length > answers) socket.destroy()
        })
        socket.on("close", () => resolve(received)).on("error", reject)
      })
    )

  const seconds = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now / 1000))

  const port = Effect.map(HttpServer.HttpServer, ({ address }) => address._tag === "UnixPathAddress" ? 0 : address.port)

  it.effect("a body in chunks is read; one without an end to its size is refused with 413", () =>
    Effect.gen(function*() {
      const request = Sender.post(Sender.textMessage("in chunks"))
      const { pathname, search } = new URL(request.url)
      const head = `POST ${pathname}${search} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`
      const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
      const body = yield* Effect.promise(() => request.text())
      const chunks = [body.slice(0, 10), body.slice(10, 11), body.slice(11)].map(chunk)
      assert.match(yield* exchange(yield* port, [head, ...chunks, chunk("")]), /^HTTP\/1\.1 200 /)
      const megabyte = chunk(" ".repeat(1 << 20))
      assert.match(yield* exchange(yield* port, [head, megabyte, megabyte]), /^HTTP\/1\.1 413 /)
    }).pipe(Effect.provide(app)))

  it.effect("a body that does not end is given up after 5 seconds, and the answer arrives", () =>
    Effect.gen(function*() {
      const { pathname, search } = new URL(Sender.post(Sender.textMessage("endless")).url)
      const head = `POST ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n<xml>`
      const fiber = yield* Effect.forkChild(exchange(yield* port, [head]), { startImmediately: true })
      // The clock stands until the server has begun to wait.
      yield* Effect.repeat(TestClock.adjust("5 seconds"), { until: () => fiber.pollUnsafe() !== undefined })
      assert.match(yield* Fiber.join(fiber), /^HTTP\/1\.1 408 /)
      assert.strictEqual(
        (yield* send(Sender.post(Sender.textMessage("whole"), { timestamp: yield* seconds }))).status,
        200
      )
    }).pipe(Effect.provide(app)))

  it.effect("who hangs up amid a body disturbs nobody", () =>
    Effect.gen(function*() {
      const request = Sender.post(Sender.textMessage("cut"))
      const { pathname, search } = new URL(request.url)
      const head = `POST ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n<xml>`
      yield* exchange(yield* port, [head], 0)
      assert.strictEqual((yield* send(Sender.post(Sender.textMessage("whole")))).status, 200)
    }).pipe(Effect.provide(app)))
})
