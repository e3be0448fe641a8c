/**
 * A callback URL on `node:http`, over sockets: what is answered, what is given up, and how it ends. The clock is the
 * test's.
 */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Scope } from "effect"
import { TestClock } from "effect/testing"
import { createServer, type RequestListener } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import type * as CallbackDispatch from "../../src/callback/CallbackDispatch.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import * as NodeCallbackHandler from "../../src/node/NodeCallbackHandler.ts"
import * as Sender from "../callback/sender.ts"
import { until } from "../support/until.ts"

interface Changes extends Partial<Omit<NodeCallbackHandler.Options<object, unknown, never>, "handlers">> {
  readonly handlers?: { readonly text: CallbackDispatch.Handler<"text", unknown, never> }
}

const echoing = {
  text: (event: { readonly Content: string }) => Effect.succeed(CallbackReply.text(`收到：${event.Content}`))
}

const make = (changes: Changes = {}) =>
  NodeCallbackHandler.make({
    accounts: Sender.account(Sender.corp),
    handlers: echoing,
    fallback: () => Effect.void,
    ...changes
  }).pipe(Effect.provide(NodeCallbackCrypto.layer))

/** Serves a handler until the scope is closed; tells its port, and how many pieces of bodies it has heard. */
const listen = (handler: RequestListener) =>
  Effect.gen(function*() {
    let pieces = 0
    const server = createServer((request, response) => {
      handler(request, response)
      request.on("data", () => pieces++)
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () =>
        Effect.sync(() => {
          server.closeAllConnections()
          server.close()
        })
    )
    const { port } = server.address() as AddressInfo // it listens on a port
    return { port, heard: (count: number) => until(Effect.sync(() => pieces >= count)) }
  })

const serve = (changes: Changes = {}) => Effect.flatMap(make(changes), listen)

/** Sends a request as WeCom does. */
const send = (port: number, request: Request) =>
  Effect.promise(async () => {
    const { pathname, search } = new URL(request.url)
    const body = request.method === "POST" ? { body: await request.text() } : {}
    const response = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method: request.method, ...body })
    return { status: response.status, headers: response.headers, body: await response.text() }
  })

/** A socket of one's own, and what has arrived on it. */
const open = (port: number) =>
  Effect.acquireRelease(
    Effect.callback<Socket>((resume) => {
      const socket = connect(port, "127.0.0.1", () => resume(Effect.succeed(socket)))
    }),
    (socket) => Effect.sync(() => socket.destroy())
  ).pipe(Effect.map((socket) => {
    let received = ""
    const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()))
    socket.setEncoding("utf8").on("data", (text: string) => {
      received += text
    }).on("error", () => {})
    return {
      socket,
      received: () => received,
      write: (text: string) => Effect.callback<void>((resume) => void socket.write(text, () => resume(Effect.void))),
      /** What has arrived by the time something of it does. */
      first: Effect.promise(() =>
        new Promise<string>((resolve) => {
          if (received !== "") resolve(received)
          else socket.once("data", () => resolve(received))
        })
      ),
      /** What has arrived by the time the server closes. */
      all: Effect.promise(() => closed.then(() => received))
    }
  }))

const head = (request: Request, ...headers: ReadonlyArray<string>) => {
  const { pathname, search } = new URL(request.url)
  return [`POST ${pathname}${search} HTTP/1.1`, "host: x", ...headers, "", ""].join("\r\n")
}

describe("NodeCallbackHandler", () => {
  it.effect("answers the URL check, messages with encrypted replies, and events with nothing", () =>
    Effect.gen(function*() {
      const { port } = yield* serve()
      assert.strictEqual((yield* send(port, Sender.get("1234567890"))).body, "1234567890")
      const { body, headers, status } = yield* send(port, Sender.post(Sender.textMessage("你好"), { nonce: "随机" }))
      assert.deepStrictEqual([status, headers.get("content-type")], [200, "text/xml"])
      const opened = Sender.decrypt(Sender.corp, Sender.element(body, "Encrypt") ?? "")
      assert.strictEqual(Sender.element(opened.message, "Content"), "收到：你好")
      assert.strictEqual(Sender.element(body, "Nonce"), "随机")
      const event = "<xml><MsgType>event</MsgType><Event>new</Event></xml>"
      const acknowledged = yield* send(port, Sender.post(event))
      assert.deepStrictEqual([acknowledged.status, acknowledged.body], [200, ""])
    }))

  it.effect("answers a repeat as the first, and awaits a handler that takes its time", () =>
    Effect.gen(function*() {
      const gate = yield* Deferred.make<void>()
      let calls = 0
      const { heard, port } = yield* serve({
        handlers: {
          text: () => {
            calls++
            return Effect.as(Deferred.await(gate), CallbackReply.text("done"))
          }
        }
      })
      const request = () => Sender.post(Sender.textMessage("x"))
      const fibers = yield* Effect.forEach([1, 2, 3], () =>
        Effect.forkChild(send(port, request()), { startImmediately: true }))
      yield* heard(3)
      yield* Deferred.succeed(gate, void 0)
      const [first, ...others] = yield* Effect.forEach(fibers, (fiber) =>
        Fiber.join(fiber))
      const bodies = [...others, yield* send(port, request())].map(({ body }) => body)
      assert.include(first?.body, "<Encrypt>")
      assert.deepStrictEqual(bodies, [first?.body, first?.body, first?.body])
      assert.strictEqual(calls, 1)
    }))

  it.effect("refuses strangers, other methods, and what is no callback", () =>
    Effect.gen(function*() {
      const { port } = yield* serve()
      const stranger = Sender.post("x", { secrets: { ...Sender.corp, token: "x" } })
      assert.strictEqual((yield* send(port, stranger.clone() as Request)).status, 403)
      assert.strictEqual((yield* send(port, new Request(stranger.url, { method: "POST", body: "x" }))).status, 400)
      assert.strictEqual((yield* send(port, new Request(stranger.url, { method: "POST" }))).status, 400)
      assert.strictEqual((yield* send(port, new Request("http://x/?a=1"))).status, 400)
      const located = yield* serve({ path: "/wecom" })
      assert.strictEqual((yield* send(located.port, Sender.get("1"))).status, 404)
      assert.strictEqual((yield* send(located.port, Sender.get("1", { path: "/wecom" }))).status, 200)
      const put = yield* send(port, new Request(stranger.url, { method: "PUT", body: "x" }))
      assert.deepStrictEqual([put.status, put.headers.get("allow")], [405, "GET, POST"])
    }))

  it.effect("behind a parser of bodies takes the text it left, and says what is wrong where it left none", () =>
    Effect.gen(function*() {
      const handler = yield* make()
      const parsing = (read: (text: string) => unknown): RequestListener => (request, response) => {
        let text = ""
        request.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk
        }).on("end", () => setImmediate(() => handler(Object.assign(request, { body: read(text) }), response)))
      }
      const answer = Effect.fnUntraced(function*(read: (text: string) => unknown) {
        const { port } = yield* listen(parsing(read))
        return (yield* send(port, Sender.post(Sender.textMessage("parsed")))).status
      })
      assert.strictEqual(yield* answer((text) => text), 200)
      assert.strictEqual(yield* answer((text) => Buffer.from(text)), 200)
      assert.strictEqual(yield* answer(() => ({ xml: {} })), 400)
    }))

  it.effect("services that handlers need are taken when it is made, and a throwing handler hurts nobody", () =>
    Effect.gen(function*() {
      const { port } = yield* serve({
        onFailure: "retry",
        handlers: {
          text: () => {
            throw new Error("no luck")
          }
        }
      })
      assert.strictEqual((yield* send(port, Sender.post(Sender.textMessage("x")))).status, 503)
      assert.strictEqual((yield* send(port, Sender.get("1"))).status, 200)
    }))
})

describe("a body", () => {
  it.effect("in any pieces is read", () =>
    Effect.gen(function*() {
      const { port } = yield* serve()
      const request = Sender.post(Sender.textMessage("分片 in pieces"))
      const body = Buffer.from(yield* Effect.promise(() => request.text()))
      const { first, socket } = yield* open(port)
      socket.setNoDelay(true).write(head(request, `content-length: ${body.length}`))
      for (let at = 0; at < body.length; at += 101) {
        socket.write(body.subarray(at, at + 101))
        if (at % 303 === 0) yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
      }
      assert.match(yield* first, /^HTTP\/1\.1 200 /)
    }))

  it.effect("that does not end is given up after 5 seconds, and the answer arrives", () =>
    Effect.gen(function*() {
      const { heard, port } = yield* serve()
      const { all, received, write } = yield* open(port)
      yield* write(head(Sender.post("x"), "content-length: 1000") + "<xml>")
      yield* heard(1)
      yield* TestClock.adjust("4999 millis")
      yield* write("<a>")
      yield* heard(2)
      assert.strictEqual(received(), "")
      yield* TestClock.adjust("1 millis")
      assert.match(yield* all, /^HTTP\/1\.1 408 [^]*connection: close/i)
    }))

  it.effect("that is too large is answered at once where it says so, and the answer arrives", () =>
    Effect.gen(function*() {
      const { port } = yield* serve({ maxBodySize: "4 KiB" })
      const { first, write } = yield* open(port)
      yield* write(head(Sender.post("x"), "content-length: 4097"))
      assert.match(yield* first, /^HTTP\/1\.1 413 /)
      const large = yield* send(port, new Request(Sender.post("x").url, { method: "POST", body: " ".repeat(8 << 20) }))
      assert.strictEqual(large.status, 413)
      const whole = Sender.post(Sender.textMessage("x"), { envelope: (text) => Sender.xmlEnvelope(text).padEnd(4096) })
      assert.strictEqual((yield* send(port, whole)).status, 200)
    }))

  it.effect("that grows too large in chunks is answered, read to its end for the next request, and cut off if it has none", () =>
    Effect.gen(function*() {
      const { port } = yield* serve({ maxBodySize: "4 KiB" })
      const request = Sender.post("x")
      const chunk = `${(4096).toString(16)}\r\n${" ".repeat(4096)}\r\n`
      const ending = yield* open(port)
      yield* ending.write(head(request, "transfer-encoding: chunked") + chunk + chunk)
      assert.match(yield* ending.first, /^HTTP\/1\.1 413 /)
      yield* ending.write(`${chunk}0\r\n\r\nGET /?a HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      assert.match(yield* ending.all, /HTTP\/1\.1 413 [^]*HTTP\/1\.1 400 /)

      const endless = yield* open(port)
      yield* endless.write(head(request, "transfer-encoding: chunked") + chunk + chunk)
      yield* endless.first
      yield* endless.write(chunk)
      yield* TestClock.adjust("5 seconds")
      assert.match(yield* endless.all, /^HTTP\/1\.1 413 /)
    }))

  it.effect("of one who hangs up disturbs nobody", () =>
    Effect.gen(function*() {
      const { heard, port } = yield* serve()
      const { socket, write } = yield* open(port)
      yield* write(head(Sender.post("x"), "content-length: 1000") + "<xml>")
      yield* heard(1)
      socket.destroy()
      yield* TestClock.adjust("10 seconds")
      assert.strictEqual((yield* send(port, Sender.post(Sender.textMessage("whole")))).status, 200)
    }))
})

describe("closing the scope", () => {
  const closing = Effect.fnUntraced(function*(changes: Changes) {
    const scope = yield* Scope.make()
    const handler = yield* Scope.provide(make(changes), scope)
    return { scope, ...yield* listen(handler) }
  })

  it.effect("answers bodies that are still coming, and requests that come later, with 503", () =>
    Effect.gen(function*() {
      const { heard, port, scope } = yield* closing({})
      const coming = yield* open(port)
      yield* coming.write(head(Sender.post("x"), "content-length: 1000") + "<xml>")
      yield* heard(1)
      yield* Scope.close(scope, Exit.void)
      assert.match(yield* coming.all, /^HTTP\/1\.1 503 [^]*connection: close/i)
      assert.strictEqual((yield* send(port, Sender.post(Sender.textMessage("late")))).status, 503)
    }))

  it.effect("waits for handlers at work as long as allowed, and answers 503 for what has not ended by then", () =>
    Effect.gen(function*() {
      const done: Array<string> = []
      const { heard, port, scope } = yield* closing({
        drain: "3 seconds",
        handlers: {
          text: ({ Content }) =>
            Effect.sleep(Content === "short" ? "2 seconds" : "4 seconds").pipe(
              Effect.andThen(Effect.sync(() => {
                done.push(Content)
              }))
            )
        }
      })
      const sending = (content: string, id: number) =>
        Effect.forkChild(send(port, Sender.post(Sender.textMessage(content, id))), { startImmediately: true })
      const short = yield* sending("short", 1)
      const long = yield* sending("long", 2)
      yield* heard(2)
      const closed = yield* Effect.forkChild(Scope.close(scope, Exit.void), { startImmediately: true })
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual((yield* Fiber.join(short)).status, 200)
      assert.isUndefined(closed.pollUnsafe())
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(closed)
      assert.strictEqual((yield* Fiber.join(long)).status, 503)
      assert.deepStrictEqual(done, ["short"])
    }))
})
