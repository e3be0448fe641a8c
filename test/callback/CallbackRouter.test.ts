/**
 * A callback URL: what is answered, what is refused, and when a handler is called.
 */
import { assert, describe, it } from "@effect/vitest"
import { Context, Deferred, Effect, Exit, Fiber, Layer, Logger, Metric, Redacted, Scope } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { TestClock } from "effect/testing"
import { inspect } from "node:util"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { until } from "../support/until.ts"
import { eventFixtures, fixture } from "./leaves.ts"
import * as Sender from "./sender.ts"

const click = fixture("event.click.xml")

const suiteCommand = (infoType: string, serial = 0) =>
  `<xml><SuiteId><![CDATA[wx]]></SuiteId><InfoType> <![CDATA[${infoType}]]></InfoType>` +
  `<TimeStamp>1403610513</TimeStamp><AuthCode><![CDATA[code${serial}]]></AuthCode></xml>`

interface Changes extends Partial<Omit<CallbackRouter.Options<object, unknown, never>, "handlers">> {
  readonly handlers?: { readonly text: CallbackRouter.Handler<"text", unknown, Scope.Scope> }
}

/** A router that records the key of every event its handlers are called with, changed as a test needs it. */
const recording = (changes: Changes = {}) => {
  const calls: Array<string> = []
  const route = CallbackRouter.layer({
    path: "/callback",
    accounts: Sender.account(Sender.corp),
    handlers: {
      text: (event) => {
        calls.push(`text ${event.Content}`)
        return Effect.succeed(CallbackReply.text(`收到：${event.Content}`))
      }
    },
    fallback: (event) => {
      calls.push(event.key)
      return Effect.void
    },
    ...changes
  })
  return { calls, route: route.pipe(Layer.provide(NodeCallbackCrypto.layer)) }
}

const serve = Sender.serve

const answer = Effect.fnUntraced(function*(response: Effect.Effect<Response, unknown>) {
  const received = yield* response
  return { status: received.status, body: yield* Sender.bodyOf(received) }
})

const empty = { status: 200, body: "" }

describe("CallbackRouter", () => {
  describe("verifying the URL", () => {
    it.effect("answers the decrypted echostr and nothing else", () =>
      Effect.gen(function*() {
        const send = yield* serve(recording().route)
        assert.deepStrictEqual(yield* answer(send(Sender.get("1234567890"))), { status: 200, body: "1234567890" })
      }))

    it.effect("a plus sign that was not percent-encoded is understood", () =>
      Effect.gen(function*() {
        const send = yield* serve(recording().route)
        const url = Sender.get("with plus", {
          encrypt: Sender.encrypt(Sender.corp, "with plus", "plus+sign0123456")
        }).url.replaceAll("%2B", "+")
        assert.deepStrictEqual(yield* answer(send(new Request(url))), { status: 200, body: "with plus" })
      }))

    it.effect("is refused with a wrong token, an old timestamp, another corp, or without echostr", () =>
      Effect.gen(function*() {
        const send = yield* serve(recording().route)
        const refused = (request: Request) =>
          Effect.map(answer(send(request)), ({ body, status }) => {
            assert.strictEqual(body, "")
            return status
          })
        assert.strictEqual(yield* refused(Sender.get("1", { secrets: { ...Sender.corp, token: "other" } })), 403)
        assert.strictEqual(yield* refused(Sender.get("1", { secrets: { ...Sender.corp, receiveId: "wwother" } })), 403)
        assert.strictEqual(yield* refused(Sender.get("1", { timestamp: 301 })), 403)
        assert.strictEqual(yield* refused(new Request("http://localhost/callback")), 400)
        const withoutEcho = new URL(Sender.get("1").url)
        withoutEcho.searchParams.delete("echostr")
        assert.strictEqual(yield* refused(new Request(withoutEcho)), 400)
      }))
  })

  it.effect("a callback as echostr is not decrypted for whoever has seen its ciphertext", () =>
    Effect.gen(function*() {
      const send = yield* serve(recording().route)
      for (const message of [click, fixture("text.json"), `\n${click}`]) {
        assert.deepStrictEqual(yield* answer(send(Sender.get(message))), { status: 400, body: "" })
      }
    }))

  describe("answering a callback", () => {
    it.effect("calls the handler of the event and encrypts its reply for the sender", () =>
      Effect.gen(function*() {
        yield* TestClock.setTime(1_700_000_000_000)
        const { calls, route } = recording()
        const send = yield* serve(route)
        const { body, status } = yield* answer(
          send(Sender.post(Sender.textMessage("你好"), { timestamp: 1_700_000_000, nonce: "n-7" }))
        )
        assert.strictEqual(status, 200)
        assert.deepStrictEqual(calls, ["text 你好"])
        const encrypt = Sender.element(body, "Encrypt") ?? ""
        assert.strictEqual(Sender.element(body, "TimeStamp"), "1700000000")
        assert.strictEqual(Sender.element(body, "Nonce"), "n-7")
        assert.strictEqual(
          Sender.element(body, "MsgSignature"),
          Sender.sign(Sender.corp, "1700000000", "n-7", encrypt)
        )
        const { message, receiveId } = Sender.decrypt(Sender.corp, encrypt)
        assert.strictEqual(receiveId, Sender.corp.receiveId)
        assert.strictEqual(Sender.element(message, "ToUserName"), "lisi")
        assert.strictEqual(Sender.element(message, "FromUserName"), "ww0123456789abcdef")
        assert.strictEqual(Sender.element(message, "CreateTime"), "1700000000")
        assert.strictEqual(Sender.element(message, "MsgType"), "text")
        assert.strictEqual(Sender.element(message, "Content"), "收到：你好")
      }))

    it.effect("calls the fallback with every other event, and answers nothing", () =>
      Effect.gen(function*() {
        const { calls, route } = recording()
        const send = yield* serve(route)
        assert.deepStrictEqual(yield* answer(send(Sender.post(click))), empty)
        assert.deepStrictEqual(yield* answer(send(Sender.post(fixture("unknown.event.xml")))), empty)
        assert.deepStrictEqual(calls, ["event/click", "event/brand_new_event"])
      }))

    it.effect("a known event that does not fit goes to the fallback with its issue, not to its handler", () =>
      Effect.gen(function*() {
        const issues: Array<boolean> = []
        const { calls, route } = recording({
          fallback: (event) => {
            issues.push(event._tag === "Unknown" && event.decodeIssue !== undefined)
            return Effect.void
          }
        })
        const send = yield* serve(route)
        const broken = Sender.textMessage("x").replace(/<Content>.*<\/Content>/, "")
        assert.deepStrictEqual(yield* answer(send(Sender.post(broken))), empty)
        assert.deepStrictEqual([calls, issues], [[], [true]])
      }))

    it.effect("understands JSON, and replies in it", () =>
      Effect.gen(function*() {
        const { route } = recording()
        const send = yield* serve(route)
        const { body } = yield* answer(send(Sender.post(fixture("text.json"), { envelope: Sender.jsonEnvelope })))
        const { encrypt, msgsignature, nonce, timestamp } = JSON.parse(body)
        assert.strictEqual(msgsignature, Sender.sign(Sender.corp, `${timestamp}`, nonce, encrypt))
        assert.strictEqual(JSON.parse(Sender.decrypt(Sender.corp, encrypt).message).Content, "收到：今天几点开会？")
      }))

    it.effect("third-party commands are always answered with the word success", () =>
      Effect.gen(function*() {
        const { calls, route } = recording({
          accounts: Sender.account(Sender.suite),
          fallback: (event) => {
            calls.push(event.key)
            return Effect.succeed(CallbackReply.text("never sent"))
          }
        })
        const send = yield* serve(route)
        const response = yield* answer(send(Sender.post(suiteCommand("suite_ticket"), { secrets: Sender.suite })))
        assert.deepStrictEqual(response, { status: 200, body: "success" })
        assert.deepStrictEqual(calls, ["InfoType/suite_ticket"])
      }))

    it.effect("services are taken when the layer is built", () =>
      Effect.gen(function*() {
        class Greeting extends Context.Service<Greeting, { readonly text: string }>()("test/Greeting") {}
        let built = 0
        const route = CallbackRouter.layer({
          path: "/callback",
          accounts: Sender.account(Sender.corp),
          handlers: { text: () => Effect.map(Greeting, ({ text }) => CallbackReply.text(text)) },
          fallback: () => Effect.void
        }).pipe(
          Layer.provide(Layer.sync(Greeting, () => ({ text: `${++built}` }))),
          Layer.provide(NodeCallbackCrypto.layer)
        )
        const send = yield* serve(route)
        for (let i = 0; i < 3; i++) {
          const { body } = yield* answer(send(Sender.post(Sender.textMessage("x", i))))
          assert.include(Sender.decrypt(Sender.corp, Sender.element(body, "Encrypt") ?? "").message, "[CDATA[1]]")
        }
        assert.strictEqual(built, 1)
      }))

    it.effect("a handler may use a scope of its own, closed when it ends", () =>
      Effect.gen(function*() {
        const order: Array<string> = []
        const { route } = recording({
          handlers: {
            text: () =>
              Effect.acquireRelease(
                Effect.sync(() => order.push("acquired")),
                () => Effect.sync(() => order.push("released"))
              ).pipe(Effect.asVoid)
          }
        })
        const send = yield* serve(route)
        yield* answer(send(Sender.post(Sender.textMessage("x"))))
        assert.deepStrictEqual(order, ["acquired", "released"])
      }))
  })

  describe("several accounts", () => {
    it.effect("on one path: the one whose signature matches answers", () =>
      Effect.gen(function*() {
        const third: Sender.Secrets = { ...Sender.suite, token: Sender.corp.token, receiveId: "wwthird" }
        const { calls, route } = recording({
          accounts: [Sender.account(Sender.corp), Sender.account(Sender.suite), Sender.account(third)]
        })
        const send = yield* serve(route)
        const reply = yield* answer(send(Sender.post(Sender.textMessage("a"))))
        assert.isDefined(Sender.decrypt(Sender.corp, Sender.element(reply.body, "Encrypt") ?? ""))
        yield* answer(send(Sender.post(suiteCommand("create_auth"), { secrets: Sender.suite })))
        // The same token as the first account, another key: decryption tells them apart.
        const shared = yield* answer(send(Sender.post(Sender.textMessage("c"), { secrets: third })))
        assert.strictEqual(Sender.decrypt(third, Sender.element(shared.body, "Encrypt") ?? "").receiveId, "wwthird")
        assert.deepStrictEqual(calls, ["text a", "InfoType/create_auth", "text c"])
        const stranger = { ...Sender.corp, token: "stranger" }
        assert.strictEqual((yield* answer(send(Sender.post(click, { secrets: stranger })))).status, 403)
      }))

    it.effect("receive ids are a set, or a predicate", () =>
      Effect.gen(function*() {
        const accept = (receiveIds: ReadonlySet<string> | ((id: string) => boolean)) =>
          serve(recording({ accounts: { ...Sender.account(Sender.corp), receiveIds } }).route)
        const from = (receiveId: string) => Sender.post(click, { secrets: { ...Sender.corp, receiveId } })
        const set = yield* accept(new Set(["wwa", "wxb", ""]))
        for (const id of ["wwa", "wxb", ""]) assert.deepStrictEqual(yield* answer(set(from(id))), empty)
        assert.strictEqual((yield* answer(set(from("wwc")))).status, 403)
        const predicate = yield* accept((id) => id.startsWith("ww"))
        assert.deepStrictEqual(yield* answer(predicate(from("wwany"))), empty)
        assert.strictEqual((yield* answer(predicate(from("wxany")))).status, 403)
      }))

    it.effect("on several paths", () =>
      Effect.gen(function*() {
        const [app, suite] = [recording(), recording({ path: "/suite", accounts: Sender.account(Sender.suite) })]
        const send = yield* serve(Layer.mergeAll(app.route, suite.route))
        yield* answer(send(Sender.post(click)))
        yield* answer(send(Sender.post(suiteCommand("cancel_auth"), { path: "/suite", secrets: Sender.suite })))
        assert.strictEqual((yield* answer(send(Sender.post(click, { path: "/suite" })))).status, 403)
        assert.deepStrictEqual([app.calls, suite.calls], [["event/click"], ["InfoType/cancel_auth"]])
      }))
  })

  describe("what is refused calls no handler", () => {
    const unframed = (bytes: Buffer) => Sender.encryptBlocks(Sender.corp, bytes)
    const tamper = (ciphertext: string) => {
      const bytes = Buffer.from(ciphertext, "base64")
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
      return bytes.toString("base64")
    }
    const good = Sender.encrypt(Sender.corp, click)

    const refusals: Record<string, { request: () => Request; status: number; reason: string }> = {
      "a wrong token": {
        request: () => Sender.post(click, { secrets: { ...Sender.corp, token: "other" } }),
        status: 403,
        reason: "SignatureMismatch"
      },
      "tampered bytes under the old signature": {
        request: () =>
          Sender.post(click, { encrypt: tamper(good), signature: Sender.sign(Sender.corp, "0", "nonce", good) }),
        status: 403,
        reason: "SignatureMismatch"
      },
      "tampered bytes, signed again": {
        request: () => Sender.post(click, { encrypt: tamper(good) }),
        status: 400,
        reason: "DecryptionFailed"
      },
      "wrong padding": {
        request: () => Sender.post(click, { encrypt: unframed(Buffer.alloc(64, 40)) }),
        status: 400,
        reason: "DecryptionFailed"
      },
      "another receive id": {
        request: () => Sender.post(click, { secrets: { ...Sender.corp, receiveId: "ww9" } }),
        status: 403,
        reason: "ReceiveIdRejected"
      },
      "an old timestamp": {
        request: () => Sender.post(click, { timestamp: 0 }),
        status: 403,
        reason: "TimestampStale"
      },
      "a timestamp ahead of the clock": {
        request: () => Sender.post(click, { timestamp: 1301 }),
        status: 403,
        reason: "TimestampStale"
      },
      "a timestamp that is none": {
        request: () => Sender.post(click, { timestamp: "1e3" }),
        status: 400,
        reason: "RequestInvalid"
      },
      "a DOCTYPE around the ciphertext": {
        request: () => Sender.post(click, { envelope: (encrypt) => `<!DOCTYPE xml>${Sender.xmlEnvelope(encrypt)}` }),
        status: 400,
        reason: "RequestInvalid"
      },
      "a DOCTYPE in the message": {
        request: () => Sender.post(`<!DOCTYPE xml [<!ENTITY x "y">]>${click}`),
        status: 400,
        reason: "MessageInvalid"
      },
      "a message that is no XML": {
        request: () => Sender.post("hello"),
        status: 400,
        reason: "MessageInvalid"
      },
      "a body that is no XML": {
        request: () => Sender.post(click, { envelope: () => "garbage" }),
        status: 400,
        reason: "RequestInvalid"
      },
      "a body without Encrypt": {
        request: () => Sender.post(click, { envelope: () => click }),
        status: 400,
        reason: "RequestInvalid"
      },
      "a body of 2 MiB": {
        request: () => Sender.post(click, { envelope: (encrypt) => Sender.xmlEnvelope(encrypt) + " ".repeat(2 << 20) }),
        status: 413,
        reason: "BodyTooLarge"
      },
      "no signature": {
        request: () => new Request("http://localhost/callback?timestamp=1000&nonce=n", { method: "POST", body: "x" }),
        status: 400,
        reason: "RequestInvalid"
      }
    }

    it.effect.each(Object.keys(refusals))("%s", (name) =>
      Effect.gen(function*() {
        const refusal = refusals[name]
        if (refusal === undefined) return assert.fail(`no refusal ${name}`)
        yield* TestClock.setTime(name.includes("timestamp") ? 1_000_000 : 0)
        const { calls, route } = recording()
        const send = yield* serve(route)
        const count = Metric.value(Metric.withAttributes(CallbackRouter.refused, { reason: refusal.reason }))
        const before = yield* count
        const response = yield* answer(send(refusal.request()))
        assert.deepStrictEqual(response, { status: refusal.status, body: "" })
        assert.strictEqual((yield* count).count, before.count + 1)
        assert.deepStrictEqual(calls, [])
      }))

    it.effect("a body that does not end is given up after 5 seconds", () =>
      Effect.gen(function*() {
        const { calls, route } = recording()
        const send = yield* serve(route)
        const { url } = Sender.post(click)
        const body = new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode("<xml>"))
        })
        // `duplex` is not in TypeScript's library yet.
        const endless = new Request(url, { method: "POST", body, duplex: "half" } as RequestInit)
        const fiber = yield* Effect.forkChild(answer(send(endless)), { startImmediately: true })
        yield* TestClock.adjust("4999 millis")
        assert.isUndefined(fiber.pollUnsafe())
        yield* TestClock.adjust("1 millis")
        assert.deepStrictEqual(yield* Fiber.join(fiber), { status: 408, body: "" })
        assert.deepStrictEqual(calls, [])
      }))

    it.effect("a body at the limit is read", () =>
      Effect.gen(function*() {
        const { calls, route } = recording({ maxBodySize: "4 KiB" })
        const send = yield* serve(route)
        const padded = (size: number) =>
          Sender.post(click, { envelope: (encrypt) => Sender.xmlEnvelope(encrypt).padEnd(size) })
        assert.strictEqual((yield* answer(send(padded(4096)))).status, 200)
        assert.strictEqual((yield* answer(send(padded(4097)))).status, 413)
        assert.strictEqual(calls.length, 1)
      }))
  })

  describe("repeats", () => {
    it.effect("a byte-identical repeat is answered as the first was, without a second call", () =>
      Effect.gen(function*() {
        const { calls, route } = recording()
        const send = yield* serve(route)
        const request = Sender.post(Sender.textMessage("once"))
        const first = yield* answer(send(request.clone() as Request))
        yield* TestClock.adjust("1 minute")
        const second = yield* answer(send(request.clone() as Request))
        assert.deepStrictEqual(second, first)
        assert.deepStrictEqual(calls, ["text once"])
        yield* answer(send(Sender.post(Sender.textMessage("once"), { nonce: "another" })))
        assert.strictEqual(calls.length, 2)
      }))

    it.effect("a repeat while the first is at work waits for the same answer", () =>
      Effect.gen(function*() {
        const gate = yield* Deferred.make<void>()
        let calls = 0
        const { route } = recording({
          handlers: {
            text: () => {
              calls++
              return Effect.as(Deferred.await(gate), CallbackReply.text("done"))
            }
          }
        })
        const send = yield* serve(route)
        const request = Sender.post(Sender.textMessage("x"))
        const fibers = yield* Effect.forEach([1, 2, 3], () =>
          Effect.forkChild(answer(send(request.clone() as Request)), { startImmediately: true }))
        yield* until(Effect.sync(() =>
          calls > 0
        ))
        // The others come meanwhile.
        yield* TestClock.withLive(Effect.sleep("20 millis"))
        assert.strictEqual(calls, 1)
        yield* Deferred.succeed(gate, void 0)
        const [first, ...others] = yield* Effect.forEach(fibers, (fiber) => Fiber.join(fiber))
        assert.include(first?.body, "<Encrypt>")
        assert.deepStrictEqual(others, [first, first])
        assert.strictEqual(calls, 1)
      }))

    it.effect("replies are kept for a minute or two, and no longer: then repeats are acknowledged", () =>
      Effect.gen(function*() {
        const { calls, route } = recording()
        const send = yield* serve(route)
        const request = Sender.post(Sender.textMessage("once"))
        yield* answer(send(request.clone() as Request))
        yield* TestClock.adjust("61 seconds")
        yield* answer(send(Sender.post(Sender.textMessage("another", 2), { timestamp: 61 })))
        assert.include((yield* answer(send(request.clone() as Request))).body, "<Encrypt>")
        yield* TestClock.adjust("61 seconds")
        yield* answer(send(Sender.post(Sender.textMessage("third", 3), { timestamp: 122 })))
        assert.deepStrictEqual(yield* answer(send(request.clone() as Request)), empty)
        assert.strictEqual(calls.length, 3)
      }))

    it.effect("replies take no more memory than allowed, and none of them is handled again", () =>
      Effect.gen(function*() {
        const { calls, route } = recording({ replyMemory: "64 KiB" })
        const send = yield* serve(route)
        const messages = Array.from({ length: 40 }, (_, i) => Sender.post(Sender.textMessage("字".repeat(1000), i)))
        for (const message of messages) yield* answer(send(message.clone() as Request))
        const kept = yield* Effect.forEach(messages, (message) => answer(send(message.clone() as Request)))
        const size = kept.reduce((sum, { body }) => sum + body.length, 0)
        assert.isAtMost(size, 64 * 1024)
        assert.isAtLeast(size, 32 * 1024 - 8 * 1024)
        assert.deepStrictEqual(kept[0], empty)
        assert.include(kept.at(-1)?.body, "<Encrypt>")
        assert.strictEqual(calls.length, 40)
      }))

    it.effect("beyond the tolerance a repeat is refused", () =>
      Effect.gen(function*() {
        const { calls, route } = recording({ tolerance: "1 minute" })
        const send = yield* serve(route)
        const request = Sender.post(click)
        yield* answer(send(request.clone() as Request))
        yield* TestClock.adjust("61 seconds")
        assert.strictEqual((yield* answer(send(request.clone() as Request))).status, 403)
        assert.strictEqual(calls.length, 1)
      }))
  })

  describe("handlers that fail", () => {
    const failing = (onFailure: "acknowledge" | "retry" = "acknowledge") => {
      let calls = 0
      const { route } = recording({
        onFailure,
        handlers: {
          text: (event) => {
            calls++
            if (event.Content === "throws") throw new Error("thrown")
            if (event.Content === "dies") return Effect.die("defect")
            if (event.Content === "bad reply") return Effect.succeed({ MsgType: "none" } as never)
            return Effect.fail("typed failure")
          }
        }
      })
      return { route, calls: () => calls }
    }

    const logged = () => {
      const lines: Array<string> = []
      const layer = Logger.layer([
        Logger.map(Logger.formatStructured, (line) => lines.push(inspect(line, { depth: 9 })))
      ])
      return { lines, layer }
    }

    it.effect.each(["throws", "dies", "fails", "bad reply"])(
      "one that %s is contained, logged with its key, and counted",
      (content) =>
        Effect.gen(function*() {
          const { layer, lines } = logged()
          const count = Metric.value(
            Metric.withAttributes(CallbackRouter.handled, { event: "text", outcome: "failure" })
          )
          const before = yield* count
          const { route } = failing()
          const send = yield* serve(route.pipe(Layer.provide(layer)))
          assert.deepStrictEqual(yield* answer(send(Sender.post(Sender.textMessage(content)))), empty)
          assert.strictEqual((yield* count).count, before.count + 1)
          assert.isTrue(
            lines.some((line) => line.includes("callback handler failed") && line.includes("'wecom.callback': 'text'"))
          )
          assert.deepStrictEqual(yield* answer(send(Sender.post(click))), empty)
        })
    )

    it.effect("acknowledged: a repeat is not handled again", () =>
      Effect.gen(function*() {
        const { calls, route } = failing("acknowledge")
        const send = yield* serve(route)
        const request = Sender.post(Sender.textMessage("fails"))
        for (let i = 0; i < 3; i++) assert.deepStrictEqual(yield* answer(send(request.clone() as Request)), empty)
        assert.strictEqual(calls(), 1)
      }))

    it.effect("retry: answered 503, and a repeat is handled again", () =>
      Effect.gen(function*() {
        const { calls, route } = failing("retry")
        const send = yield* serve(route)
        const request = Sender.post(Sender.textMessage("fails"))
        for (let i = 0; i < 3; i++) {
          assert.deepStrictEqual(yield* answer(send(request.clone() as Request)), { status: 503, body: "" })
        }
        assert.strictEqual(calls(), 3)
      }))
  })

  describe("slow handlers", () => {
    const slow = (changes: Changes = {}) => {
      let begun = 0
      const done: Array<string> = []
      const handle = (event: { readonly key: string }) =>
        Effect.sync(() => {
          begun++
        }).pipe(
          Effect.andThen(Effect.sleep("6 seconds")),
          Effect.andThen(Effect.sync(() => {
            done.push(event.key)
          }))
        )
      const { route } = recording({
        handlers: { text: (event) => Effect.as(handle(event), CallbackReply.text("too late")) },
        fallback: handle,
        ...changes
      })
      /** Waits until so many requests have reached their handlers: reading a body takes real turns of the event loop. */
      const reached = (count = 1) => until(Effect.sync(() => begun === count))
      return { done, reached, route }
    }

    it.effect("at the budget the empty answer goes out, and the work goes on", () =>
      Effect.gen(function*() {
        const late = Metric.value(Metric.withAttributes(CallbackRouter.handled, { event: "text", outcome: "late" }))
        const before = yield* late
        const { done, reached, route } = slow()
        const send = yield* serve(route)
        const request = Sender.post(Sender.textMessage("x"))
        const fiber = yield* Effect.forkChild(answer(send(request.clone() as Request)))
        yield* reached()
        yield* TestClock.adjust("4499 millis")
        assert.isUndefined(fiber.pollUnsafe())
        yield* TestClock.adjust("1 millis")
        assert.deepStrictEqual(yield* Fiber.join(fiber), empty)
        assert.strictEqual((yield* late).count, before.count + 1)
        assert.deepStrictEqual(done, [])
        yield* TestClock.adjust("2 seconds")
        assert.deepStrictEqual(done, ["text"])
        // A repeat is answered as the first was, although the reply is there by now.
        assert.deepStrictEqual(yield* answer(send(request.clone() as Request)), empty)
        assert.strictEqual(done.length, 1)
      }))

    it.effect.each(["create_auth", "change_auth", "cancel_auth", "reset_permanent_code"])(
      "%s is answered success within a second",
      (infoType) =>
        Effect.gen(function*() {
          const { done, reached, route } = slow({ accounts: Sender.account(Sender.suite) })
          const send = yield* serve(route)
          const fiber = yield* Effect.forkChild(
            answer(send(Sender.post(suiteCommand(infoType), { secrets: Sender.suite })))
          )
          yield* reached()
          yield* TestClock.adjust("1 second")
          assert.deepStrictEqual(yield* Fiber.join(fiber), { status: 200, body: "success" })
          assert.deepStrictEqual(done, [])
          yield* TestClock.adjust("5 seconds")
          assert.deepStrictEqual(done, [`InfoType/${infoType}`])
        })
    )

    it.effect("what devices record is answered within a second", () =>
      Effect.gen(function*() {
        const { done, reached, route } = slow()
        const send = yield* serve(route)
        const records = eventFixtures.filter(({ key }) => /device_.*_data_report$/.test(key))
        assert.strictEqual(records.length, 3)
        const fibers = yield* Effect.forEach(records, ({ text }) => Effect.forkChild(answer(send(Sender.post(text)))))
        yield* reached(records.length)
        yield* TestClock.adjust("1 second")
        for (const fiber of fibers) assert.deepStrictEqual(yield* Fiber.join(fiber), empty)
        assert.deepStrictEqual(done, [])
        yield* TestClock.adjust("5 seconds")
        assert.sameMembers(done, records.map(({ key }) => key))
      }))

    it.effect("a caller that hangs up does not stop the work", () =>
      Effect.gen(function*() {
        const { done, reached, route } = slow()
        const send = yield* serve(route)
        const fiber = yield* Effect.forkChild(send(Sender.post(click)))
        yield* reached()
        yield* Fiber.interrupt(fiber)
        yield* TestClock.adjust("6 seconds")
        assert.deepStrictEqual(done, ["event/click"])
      }))

    it.effect("closing waits for handlers at work, as long as allowed", () =>
      Effect.gen(function*() {
        const run = Effect.fnUntraced(function*(drain: string) {
          const { done, reached, route } = slow({ drain: drain as "1 second" })
          const scope = yield* Scope.make()
          const send = yield* Scope.provide(serve(route), scope)
          yield* Effect.forkChild(send(Sender.post(click)))
          yield* reached()
          const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void))
          yield* TestClock.adjust("5 seconds")
          const waited = closing.pollUnsafe() === undefined
          yield* TestClock.adjust("10 seconds")
          yield* Fiber.join(closing)
          return { waited, done: done.length }
        })
        assert.deepStrictEqual(yield* run("10 seconds"), { waited: true, done: 1 })
        assert.deepStrictEqual(yield* run("1 second"), { waited: false, done: 0 })
      }))
  })

  describe("building the layer", () => {
    const build = (account: Partial<ReturnType<typeof Sender.account>>) =>
      Effect.flip(Effect.scoped(Layer.build(
        recording({ accounts: { ...Sender.account(Sender.corp), ...account } }).route.pipe(
          Layer.provide(HttpRouter.layer)
        )
      )))

    it.effect("fails on a malformed account, naming the setting and not its value", () =>
      Effect.gen(function*() {
        const cases = {
          encodingAesKey: { encodingAesKey: Redacted.make("S3cretTooShort") },
          token: { token: Redacted.make("") },
          receiveIds: { receiveIds: [] }
        }
        for (const [setting, account] of Object.entries(cases)) {
          const error = yield* build(account)
          assert.strictEqual(error._tag, "CallbackError")
          assert.strictEqual(error.reason._tag, "AccountInvalid")
          assert.strictEqual(error.reason._tag === "AccountInvalid" ? error.reason.setting : "", setting)
          assert.notInclude(`${error.message}${JSON.stringify(error)}${inspect(error)}`, "S3cret")
        }
      }))
  })

  describe("embedding", () => {
    it.live("as a web-standard handler, on WebCrypto", () =>
      Effect.gen(function*() {
        const { dispose, handler } = HttpRouter.toWebHandler(
          CallbackRouter.layer({
            path: "/callback",
            accounts: Sender.account(Sender.corp),
            handlers: { text: (event) => Effect.succeed(CallbackReply.text(event.Content)) },
            fallback: () => Effect.void
          }).pipe(Layer.provide([CallbackCrypto.layerWebCrypto, HttpServer.layerServices])),
          { disableLogger: true }
        )
        const timestamp = Math.floor(Date.now() / 1000)
        const response = yield* Effect.promise(() => handler(Sender.post(Sender.textMessage("edge"), { timestamp })))
        const body = yield* Sender.bodyOf(response)
        assert.include(Sender.decrypt(Sender.corp, Sender.element(body, "Encrypt") ?? "").message, "edge")
        yield* Effect.promise(dispose)
      }))
  })

  it.effect("secrets and contents appear in no log and no error", () => {
    const lines: Array<string> = []
    const logger = Logger.layer([
      Logger.map(Logger.formatStructured, (line) => lines.push(inspect(line, { depth: 9 })))
    ])
    return Effect.gen(function*() {
      const { route } = recording({
        handlers: { text: (event) => Effect.andThen(Effect.log("got", event), Effect.fail(event)) }
      })
      const send = yield* serve(route)
      const marker = "S3cretContent"
      yield* answer(send(Sender.post(Sender.textMessage(marker))))
      yield* answer(send(Sender.post(Sender.textMessage(marker), { secrets: { ...Sender.corp, token: "wrong" } })))
      yield* answer(send(Sender.post(marker)))
      assert.strictEqual(lines.length, 4)
      for (const secret of [marker, Sender.corp.token, Sender.corp.encodingAesKey]) {
        assert.notInclude(lines.join("\n"), secret)
      }
    }).pipe(Effect.provide(logger))
  })
})
