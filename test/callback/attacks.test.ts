/**
 * What strangers may send to a callback URL: it costs little, tells nothing, and hides nothing.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Logger, Metric, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import * as CallbackDispatch from "../../src/callback/CallbackDispatch.ts"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackReceiver from "../../src/callback/CallbackReceiver.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import * as Sender from "./sender.ts"

/** Node's crypto, and how much was hashed to verify signatures. */
const counting = () => {
  const hashed = { times: 0, characters: 0 }
  const layer = Layer.effect(
    CallbackCrypto,
    Effect.map(CallbackCrypto, (crypto) =>
      CallbackCrypto.of({
        ...crypto,
        make: (secrets) =>
          Effect.map(crypto.make(secrets), (cipher) => ({
            ...cipher,
            verify: (signed) => {
              hashed.times++
              hashed.characters += signed.encrypt.length
              return cipher.verify(signed)
            }
          }))
      }))
  ).pipe(Layer.provide(NodeCallbackCrypto.layer))
  return { hashed, layer }
}

/** Many apps on one URL, each of its own corp. */
const accounts = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...Sender.account(Sender.corp),
    token: Redacted.make(`token${i}`),
    receiveIds: [`ww${i}`]
  }))

const envelope = (toUserName: string) => (encrypt: string) =>
  `<xml><ToUserName><![CDATA[${toUserName}]]></ToUserName><Encrypt>${encrypt}</Encrypt></xml>`

/** As large as is read, with a signature that is none. */
const forged = (form: (encrypt: string) => string, timestamp = 0) =>
  Sender.post("", { encrypt: "A".repeat(130_000), signature: "0".repeat(40), timestamp, envelope: form })

const status = (request: Effect.Effect<unknown, { readonly status: number }>) =>
  Effect.map(Effect.flip(request), (error) => error.status)

describe("work before the signature is proven", () => {
  it.effect("is bounded, however many accounts there are and whoever the envelope names", () =>
    Effect.gen(function*() {
      const { hashed, layer } = counting()
      const { decode } = yield* Effect.provide(CallbackReceiver.make({ accounts: accounts(1000) }), layer)
      for (const form of [Sender.jsonEnvelope, envelope("wwnobody"), envelope(""), envelope("ww7")]) {
        hashed.characters = 0
        assert.strictEqual(yield* status(decode(forged(form))), 403)
        assert.isAtMost(hashed.characters, 1 << 20)
      }
      assert.isAtLeast(hashed.characters, 130_000)
    }))

  it.effect("is none for an old timestamp, and for a body beyond the limit, which is near what callbacks are", () =>
    Effect.gen(function*() {
      const { hashed, layer } = counting()
      yield* TestClock.setTime(1_000_000)
      const { decode, maxBodySize } = yield* Effect.provide(CallbackReceiver.make({ accounts: accounts(10) }), layer)
      assert.strictEqual(maxBodySize, 128 * 1024)
      assert.strictEqual(yield* status(decode(forged(Sender.xmlEnvelope))), 403)
      const large = Sender.post("", { encrypt: "A".repeat(1 << 20), timestamp: 1000 })
      assert.strictEqual(yield* status(decode(large)), 413)
      assert.strictEqual(hashed.times, 0)
    }))

  it.effect("of true callbacks finds the account: by its envelope, or by trying", () =>
    Effect.gen(function*() {
      const { hashed, layer } = counting()
      const { decode, verify } = yield* Effect.provide(CallbackReceiver.make({ accounts: accounts(200) }), layer)
      const secrets = { ...Sender.corp, token: "token150", receiveId: "ww150" }
      const receiveId = (form: (encrypt: string) => string, content = "x") =>
        Effect.map(
          decode(Sender.post(Sender.textMessage(content), { secrets, envelope: form })),
          ({ receiveId }) => receiveId
        )
      assert.strictEqual(yield* receiveId(envelope("ww150")), "ww150")
      assert.strictEqual(hashed.times, 1)
      // As large as callbacks become.
      assert.strictEqual(yield* receiveId(envelope("ww150"), "x".repeat(80_000)), "ww150")
      for (const form of [Sender.jsonEnvelope, envelope("wwelse")]) {
        assert.strictEqual(yield* receiveId(form), "ww150")
      }
      assert.strictEqual(yield* verify(Sender.get("1", { secrets })), "1")
    }))

  it.effect("a bot among many apps is found, though its envelope names nobody", () =>
    Effect.gen(function*() {
      const bot = { ...Sender.corp, token: "bot", receiveId: "" }
      const { decode } = yield* CallbackReceiver.make({ accounts: [...accounts(50), Sender.account(bot)] })
      const large = Sender.textMessage("x".repeat(80_000))
      const received = yield* decode(Sender.post(large, { secrets: bot, envelope: Sender.jsonEnvelope }))
      assert.strictEqual(received.receiveId, "")
    }).pipe(Effect.provide(NodeCallbackCrypto.layer)))
})

/** A dispatch, and every line that it logs. */
const dispatching = Effect.gen(function*() {
  const lines: Array<string> = []
  const logger = Logger.layer([Logger.map(Logger.formatLogFmt, (line) => void lines.push(line))])
  const { answer } = yield* CallbackDispatch.make({
    accounts: Sender.account(Sender.corp),
    handlers: {},
    fallback: () => Effect.void
  })
  const send = Effect.fnUntraced(function*(request: Request) {
    const body = yield* Effect.promise(() => request.text())
    const context = yield* Effect.context<never>()
    return (yield* answer(request.url, body, context)).status
  }, Effect.provide(logger))
  return { lines, send }
}).pipe(Effect.provide(NodeCallbackCrypto.layer))

describe("the log", () => {
  it.effect("holds no text that a sender chooses, and no line that he makes", () =>
    Effect.gen(function*() {
      const { lines, send } = yield* dispatching
      const secret = "SECRET OF A MEMBER"
      const receiveIds = [`<xml>${secret}</xml>`, `x\n[12:00] INFO: ${secret} \u001b[31m`, secret, "wwSECRET"]
      for (const [index, receiveId] of receiveIds.entries()) {
        yield* TestClock.adjust("2 minutes")
        const request = Sender.post("<xml/>", { secrets: { ...Sender.corp, receiveId }, timestamp: 120 * (index + 1) })
        assert.strictEqual(yield* send(request), 403)
      }
      assert.strictEqual(lines.length, receiveIds.length)
      for (const line of lines) {
        for (const foreign of ["SECRET", "\u001b", "\n"]) assert.notInclude(line, foreign)
        assert.include(line, Sender.corp.receiveId)
      }
    }))

  it.effect("is not flooded: one line a minute for each reason, and how many there were", () =>
    Effect.gen(function*() {
      const { lines, send } = yield* dispatching
      const count = Metric.value(Metric.withAttributes(CallbackDispatch.refused, { reason: "SignatureMismatch" }))
      const before = (yield* count).count
      const stranger = () => Sender.post("x", { secrets: { ...Sender.corp, token: "stranger" } })
      for (let i = 0; i < 1000; i++) assert.strictEqual(yield* send(stranger()), 403)
      assert.strictEqual((yield* count).count, before + 1000)
      assert.strictEqual(lines.length, 1)
      // Another trouble is told all the same.
      assert.strictEqual(yield* send(new Request(stranger().url, { method: "POST", body: "" })), 400)
      assert.strictEqual(yield* send(new Request(stranger().url, { method: "POST", body: "x" })), 400)
      assert.strictEqual(lines.length, 3)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* send(stranger()), 403)
      assert.strictEqual(lines.length, 4)
      assert.include(lines[3], "and 999 more like it before")
    }))
})

describe("a document type declaration", () => {
  const message = (start: string, attribute = "") =>
    `${start}<ToUserName>corp</ToUserName><FromUserName>u</FromUserName><CreateTime>1</CreateTime>` +
    `<MsgType>text</MsgType><MsgId>1</MsgId><Content${attribute}>&x;</Content></xml>`
  const doctype = "<!DOCTYPE a [<!ENTITY x \"EXPANDED\">]>"

  it.effect.each([
    ["in the open", message(`${doctype}<xml>`)],
    ["behind a comment in an attribute", message(`<xml a="<!--">${doctype}`, " b=\"-->\"")],
    ["behind CDATA in an attribute", message(`<xml a="<![CDATA[">${doctype}`, " b=\"]]>\"")],
    ["behind an instruction in an attribute", message(`<xml a='<?x'>${doctype}`, " b='?>'")],
    ["behind a quote that is not closed", message(`<xml a="<>${doctype}`)],
    ["behind CDATA in a comment", message(`<xml><!-- <![CDATA[ -->${doctype}<!-- ]]> -->`)],
    ["behind an end tag", message(`<xml></a "<!--">${doctype}`, " b=\"-->\"")],
    ["behind an instruction with a quote", message(`<?x "?>${doctype}<xml>`)],
    ["in lower case", message("<xml a=\"<!--\"><!doctype a [<!ENTITY x \"EXPANDED\">]>", " b=\"-->\"")]
  ])("is refused %s", ([, text]) =>
    Effect.gen(function*() {
      const exit = yield* Effect.exit(CallbackEvent.fromXml(text ?? ""))
      if (exit._tag === "Success") assert.fail(JSON.stringify(exit.value.toFields()))
      assert.include(`${exit.cause}`, "MessageInvalid")
    }))

  it.effect("is only text within CDATA and comments", () =>
    Effect.gen(function*() {
      const text = message("<xml><!-- <!DOCTYPE a> --><?x y?>", " b='1>0'").replace("&x;", `<![CDATA[${doctype}]]>`)
      const event = yield* CallbackEvent.fromXml(text)
      assert.strictEqual(event._tag === "text" ? event.Content : "", doctype)
    }))
})
