import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as NodeCallbackCrypto from "../../src/callback/NodeCallbackCrypto.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { defaultCorp } from "../../src/simulator/World.ts"
import { decrypt, element, encrypt, type Secrets, sign } from "../callback/sender.ts"

const secrets: Secrets = {
  token: "SimulatedToken",
  encodingAesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
  receiveId: defaultCorp.corpId
}

const corp = {
  ...defaultCorp,
  apps: defaultCorp.apps.map((app) => ({ ...app, callback: { url: "http://backend.test/callback", ...secrets } }))
}

/** What the backend got, in the clear. */
interface Got {
  readonly url: URL
  readonly body: string
  readonly xml: string
}

/** A backend that opens what it gets with node:crypto and answers as it is told. */
const backend = (answer: (got: Got, count: number) => Response | Effect.Effect<Response, never>) => {
  const received: Array<Got> = []
  const client = HttpClient.make((request, url) => {
    const body = request.body._tag === "Uint8Array" ? new TextDecoder().decode(request.body.body) : ""
    const ciphertext = url.searchParams.get("echostr") ?? element(body, "Encrypt") ?? ""
    const [timestamp, nonce] = [url.searchParams.get("timestamp") ?? "", url.searchParams.get("nonce") ?? ""]
    assert.strictEqual(url.searchParams.get("msg_signature"), sign(secrets, timestamp, nonce, ciphertext))
    const { message, receiveId } = decrypt(secrets, ciphertext)
    assert.strictEqual(receiveId, defaultCorp.corpId)
    const got = { url, body, xml: message }
    received.push(got)
    const made = answer(got, received.length)
    return Effect.map(
      Effect.isEffect(made) ? made : Effect.succeed(made),
      (response) => HttpClientResponse.fromWeb(request, response)
    )
  })
  const layer = Simulator.layerCallbacks.pipe(
    Layer.provideMerge(Simulator.layer({ corps: [corp] })),
    Layer.provide([Layer.succeed(HttpClient.HttpClient, client), NodeCallbackCrypto.layer])
  )
  return { received, layer }
}

const reply = (xml: string): Response => {
  const ciphertext = encrypt(secrets, xml)
  const signature = sign(secrets, "1700000000", "n0nce", ciphertext)
  return new Response(
    `<xml><Encrypt><![CDATA[${ciphertext}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
      `<TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[n0nce]]></Nonce></xml>`
  )
}

const head =
  `<ToUserName><![CDATA[zhangsan]]></ToUserName><FromUserName><![CDATA[${defaultCorp.corpId}]]></FromUserName>` +
  `<CreateTime>1700000000</CreateTime>`

describe("a member's message", () => {
  it.effect("arrives encrypted and signed, in the documented elements", () => {
    const { layer, received } = backend(() => new Response(""))
    return Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const simulator = yield* Simulator
      const member = yield* simulator.member("ZhangSan")
      const delivery = yield* member.sendText("你好 <b>&]]></b>")
      assert.isTrue(delivery.acknowledged)
      assert.lengthOf(delivery.attempts, 1)
      const [got] = received
      assert.strictEqual(element(got!.body, "ToUserName"), defaultCorp.corpId)
      assert.strictEqual(element(got!.body, "AgentID"), "1000002")
      const xml = got!.xml
      assert.strictEqual(element(xml, "ToUserName"), defaultCorp.corpId)
      assert.strictEqual(element(xml, "FromUserName"), "zhangsan")
      assert.strictEqual(element(xml, "CreateTime"), "1700000000")
      assert.strictEqual(element(xml, "MsgType"), "text")
      assert.strictEqual(element(xml, "AgentID"), "1000002")
      assert.match(element(xml, "MsgId") ?? "", /^\d{19}$/)
      assert.include(xml, "你好 <b>&")
      const [entry] = yield* simulator.journal
      assert.strictEqual(entry?.kind, "callback")
      assert.strictEqual(entry?.query.event, "text")
    }).pipe(Effect.provide(layer))
  })

  it.effect("gets the passive reply into the member's inbox", () => {
    const { layer } = backend(() =>
      reply(`<xml>${head}<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[收到]]></Content></xml>`)
    )
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const delivery = yield* member.sendText("在吗")
      assert.strictEqual(delivery.problem, undefined)
      const inbox = yield* member.inbox
      assert.deepStrictEqual(inbox.map(({ agentId, content, msgtype }) => ({ agentId, content, msgtype })), [
        { agentId: 1000002, content: { content: "收到" }, msgtype: "text" }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("ignores a reply that does not verify, and says why", () => {
    const { layer } = backend(() => {
      const good = reply(`<xml>${head}<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[x]]></Content></xml>`)
      return Effect.map(
        Effect.promise(() => good.text()),
        (text) => new Response(text.replace("<TimeStamp>1700000000", "<TimeStamp>1700000001"))
      )
    })
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const delivery = yield* member.sendText("在吗")
      assert.isTrue(delivery.acknowledged)
      assert.match(delivery.problem ?? "", /^the reply is ignored: SignatureMismatch/)
      assert.deepStrictEqual(yield* member.inbox, [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("is repeated byte for byte, at most three times, when there is no answer in five seconds", () => {
    const { layer, received } = backend(() => Effect.never)
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const sending = yield* Effect.forkChild(member.sendText("喂"))
      yield* TestClock.adjust("4999 millis")
      assert.lengthOf(received, 1)
      for (let i = 0; i < 4; i++) yield* TestClock.adjust("5 seconds")
      const delivery = yield* Fiber.join(sending)
      assert.isFalse(delivery.acknowledged)
      assert.deepStrictEqual(delivery.attempts.map(({ at }) => at), [0, 5000, 10_000, 15_000])
      assert.lengthOf(received, 4)
      assert.lengthOf(new Set(received.map(({ body, url }) => `${url}\n${body}`)), 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("is not repeated after one that was answered", () => {
    const { layer, received } = backend((_, count) => new Response("", { status: count < 2 ? 503 : 200 }))
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const sending = yield* Effect.forkChild(member.sendText("喂"))
      for (let i = 0; i < 4; i++) yield* TestClock.adjust("5 seconds")
      const delivery = yield* Fiber.join(sending)
      assert.isTrue(delivery.acknowledged)
      assert.deepStrictEqual(delivery.attempts.map(({ status }) => status), [503, 200])
      assert.lengthOf(received, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("may be any kind of message or event", () => {
    const { layer, received } = backend(() => new Response("success"))
    const file = { filename: "a.jpg", contentType: "image/jpeg", bytes: new Uint8Array(10) }
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("lisi")
      yield* member.sendImage(file)
      yield* member.sendVoice({ ...file, filename: "a.amr" })
      yield* member.sendVideo(file)
      yield* member.sendLocation({ latitude: 23.1, longitude: 113.3, label: "某地" })
      yield* member.sendLink({ title: "题", description: "述", url: "https://example.com/a" })
      yield* member.enter()
      yield* member.reportLocation({ latitude: 23.1, longitude: 113.3 })
      yield* member.chooseMenu("today")
      yield* member.openMenu("https://example.com/menu")
      const kinds = received.map((
        { xml }
      ) => [element(xml, "MsgType"), element(xml, "Event"), element(xml, "EventKey")])
      assert.deepStrictEqual(kinds, [
        ["image", undefined, undefined],
        ["voice", undefined, undefined],
        ["video", undefined, undefined],
        ["location", undefined, undefined],
        ["link", undefined, undefined],
        ["event", "enter_agent", ""],
        ["event", "LOCATION", undefined],
        ["event", "click", "today"],
        ["event", "view", "https://example.com/menu"]
      ])
      assert.strictEqual(element(received[1]!.xml, "Format"), "amr")
      assert.strictEqual(element(received[3]!.xml, "Location_X"), "23.1")
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails where there is nobody to write, nowhere to write to, or no way out", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const nobody = yield* Effect.flip(simulator.member("nobody"))
      assert.match(nobody.message, /no member nobody/)
      const member = yield* simulator.member("zhangsan")
      const nowhere = yield* Effect.flip(member.sendText("喂", { agentId: 1 }))
      assert.match(nowhere.message, /no app 1/)
      const noWay = yield* Effect.flip(member.sendText("喂"))
      assert.match(noWay.message, /Simulator\.layerCallbacks/)
    }).pipe(Effect.provide(Simulator.layer({ corps: [corp] }))))
})

describe("checking a callback URL", () => {
  it.effect("takes the decrypted echostr as it is for an answer, and nothing else", () => {
    const { layer } = backend(({ url, xml }, count) => {
      assert.isTrue(url.searchParams.has("echostr"))
      return new Response(count === 1 ? xml : `"${xml}"`)
    })
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* simulator.verifyUrl()
      const refused = yield* Effect.flip(simulator.verifyUrl())
      assert.match(refused.message, /did not answer with the decrypted echostr/)
    }).pipe(Effect.provide(layer))
  })
})

it("a malformed EncodingAESKey shows when the simulator is made", async () => {
  const broken = { ...corp.apps[0]!, callback: { ...secrets, url: "http://x", encodingAesKey: "short" } }
  const exit = await Effect.runPromiseExit(
    Effect.scoped(Layer.build(Simulator.layer({ corps: [{ ...corp, apps: [broken] }] })))
  )
  assert.strictEqual(exit._tag, "Failure")
})
