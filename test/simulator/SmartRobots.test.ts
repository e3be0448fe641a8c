import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { decrypt, encrypt, type Secrets, sign } from "../callback/sender.ts"
import { post } from "./raw.ts"

const secrets: Secrets = {
  token: "RobotToken",
  encodingAesKey: "g8VGfQEqluUhoKOlyjmmll8Q9C5tVFUTX5T2qkmI9Sv",
  receiveId: ""
}

type Json = Record<string, unknown>

/** A robot that opens what it gets with node:crypto, and answers with JSON or nothing. */
const robot = (answer: (message: Json, count: number) => object | undefined) => {
  const received: Array<Json> = []
  const client = HttpClient.make((request, url) => {
    const body = JSON.parse(request.body._tag === "Uint8Array" ? new TextDecoder().decode(request.body.body) : "")
    const [timestamp, nonce] = [url.searchParams.get("timestamp") ?? "", url.searchParams.get("nonce") ?? ""]
    assert.strictEqual(url.searchParams.get("msg_signature"), sign(secrets, timestamp, nonce, body.encrypt))
    const { message, receiveId } = decrypt(secrets, body.encrypt)
    assert.strictEqual(receiveId, "")
    const json = JSON.parse(message)
    received.push(json)
    const made = answer(json, received.length)
    const ciphertext = made === undefined ? "" : encrypt(secrets, JSON.stringify(made))
    const response = made === undefined ? "" : JSON.stringify({
      encrypt: ciphertext,
      msgsignature: sign(secrets, timestamp, nonce, ciphertext),
      timestamp: Number(timestamp),
      nonce
    })
    return Effect.succeed(HttpClientResponse.fromWeb(request, new Response(response)))
  })
  const layer = Simulator.layerCallbacks.pipe(
    Layer.provideMerge(Simulator.layer({
      corps: [{
        ...defaultCorp,
        smartRobots: [{ botId: "bot1", callback: { url: "http://robot.test/callback", ...secrets } }]
      }]
    })),
    Layer.provide([Layer.succeed(HttpClient.HttpClient, client), NodeCallbackCrypto.layer])
  )
  return { received, layer: Layer.provideMerge(Simulator.layerHttpClient, layer) }
}

const stream = (content: string, finish = false) => ({ msgtype: "stream", stream: { id: "s1", finish, content } })

describe("a smart robot", () => {
  it.effect("is asked for its stream every second until it is finished", () => {
    const { layer, received } = robot(({ msgtype }, count) =>
      msgtype === "text" ? stream("想") : count < 4 ? stream("想一") : stream("想一想。", true)
    )
    return Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const chat = yield* member.smartRobot("bot1")
      const delivery = yield* chat.sendText("天气如何")
      assert.strictEqual(delivery.problem, undefined)
      const { msgid, response_url, ...first } = received[0] ?? {}
      assert.isString(msgid)
      assert.match(String(response_url), /\/cgi-bin\/aibot\/response\?response_code=\w+$/)
      assert.deepStrictEqual(first, {
        aibotid: "bot1",
        chattype: "single",
        from: { userid: "zhangsan" },
        create_time: 1_700_000_000,
        msgtype: "text",
        text: { content: "天气如何" }
      })
      const content = Effect.map(member.inbox, (inbox) => inbox.map(({ content }) => content.content))
      assert.deepStrictEqual(yield* content, ["想"])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* content, ["想一"])
      assert.strictEqual(received[1]?.msgtype, "stream")
      assert.deepStrictEqual(received[1]?.stream, { id: "s1" })
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(yield* content, ["想一想。"])
      assert.lengthOf(received, 4)
    }).pipe(Effect.provide(layer))
  })

  it.effect("is asked for a stream that never ends for six minutes", () => {
    const { layer, received } = robot(() => stream("…"))
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      yield* Effect.flatMap(member.smartRobot("bot1"), (chat) => chat.sendText("讲个故事"))
      yield* TestClock.adjust("10 minutes")
      assert.lengthOf(received, 1 + 360)
    }).pipe(Effect.provide(layer))
  })

  it.effect("welcomes with a card, is told of the click once, and puts another card in its place", () => {
    const card = (title: string) => ({
      card_type: "button_interaction",
      main_title: { title },
      task_id: "t1",
      button_list: [{ text: "好", key: "ok" }]
    })
    const { layer, received } = robot((message) =>
      (message.event as Json | undefined)?.eventtype === "enter_chat"
        ? { msgtype: "template_card", template_card: card("欢迎") }
        : { response_type: "update_template_card", template_card: card("再见") }
    )
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("lisi")
      const chat = yield* member.smartRobot("bot1", { chatid: "group1" })
      yield* chat.enter
      const pressed = yield* chat.press("ok")
      assert.strictEqual(pressed.problem, undefined)
      assert.strictEqual(received[1]?.chatid, "group1")
      assert.deepStrictEqual((received[1]?.event as Json | undefined)?.template_card_event, {
        card_type: "button_interaction",
        event_key: "ok",
        task_id: "t1"
      })
      const inbox = yield* member.inbox
      assert.deepStrictEqual(inbox.map(({ content }) => (content.main_title as Json).title), ["再见"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("may answer once more at the response URL, within an hour, once", () => {
    const { layer, received } = robot(() => undefined)
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("lisi")
      const chat = yield* member.smartRobot("bot1")
      yield* chat.sendText("慢慢想")
      const answer = Effect.suspend(() => {
        const url = new URL(String(received.at(-1)?.response_url))
        return post(url.pathname + url.search, { msgtype: "markdown", markdown: { content: "**想好了**" } })
      })
      assert.deepStrictEqual(yield* answer, { errcode: 0, errmsg: "ok" })
      assert.strictEqual((yield* answer).errcode, 60140)
      assert.deepStrictEqual((yield* member.inbox).map(({ botId, content }) => [botId, content]), [
        ["bot1", { content: "**想好了**" }]
      ])
      yield* chat.sendText("再想想")
      yield* TestClock.adjust("1 hour")
      assert.strictEqual((yield* answer).errcode, 60140)
      const journal = JSON.stringify(yield* simulator.journal)
      const code = new URL(String(received[0]?.response_url)).searchParams.get("response_code")
      assert.notInclude(journal, String(code))
    }).pipe(Effect.provide(layer))
  })

  it.effect("hears what members think of its answers", () => {
    const { layer, received } = robot(() => undefined)
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const chat = yield* Effect.flatMap(simulator.member("lisi"), (member) => member.smartRobot("bot1"))
      yield* chat.judge("f1", { type: 2, content: "再详细些", reasons: [2] })
      assert.deepStrictEqual((received[0]?.event as Json | undefined)?.feedback_event, {
        id: "f1",
        type: 2,
        content: "再详细些",
        inaccurate_reason_list: [2]
      })
    }).pipe(Effect.provide(layer))
  })
})
