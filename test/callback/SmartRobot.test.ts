/**
 * 智能机器人: JSON events, their replies, and the envelope around both.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Logger, Redacted, Schedule, Stream, Tracer } from "effect"
import { HttpClient, type HttpClientRequest, HttpClientResponse } from "effect/http"
import { TestClock } from "effect/testing"
import { createCipheriv, randomBytes } from "node:crypto"
import { inspect } from "node:util"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import { FeedbackType, InaccurateReason } from "../../src/callback/events/SmartRobot.ts"
import { SmartRobotMedia } from "../../src/callback/SmartRobotMedia.ts"
import * as SmartRobotReply from "../../src/callback/SmartRobotReply.ts"
import { type AnswerPiece, SmartRobotStreams } from "../../src/callback/SmartRobotStreams.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { needsShared } from "../support/shared.ts"
import { fixture, fixtures, sharedSamples } from "./leaves.ts"
import * as Sender from "./sender.ts"

const bots = fixtures("").filter(({ file }) => file.startsWith("bot.") && file !== "bot.unknown.json")
const botReplies = fixtures("replies").filter(({ file }) => file.startsWith("bot."))

const roundTrip = Effect.fnUntraced(function*(text: string) {
  const event = yield* CallbackEvent.fromJson(text)
  assert.deepStrictEqual(JSON.parse(CallbackEvent.toJson(event)), JSON.parse(text))
  return event
})

describe("events of bots", () => {
  it.effect.each(bots)("own fixture $file comes back as it was", ({ file, text }) =>
    Effect.gen(function*() {
      const event = yield* roundTrip(text)
      assert.strictEqual(
        event._tag,
        file.replace("bot.", "bot:").replace("event.", "event/").replace(".plain", "").slice(0, -5)
      )
      assert.strictEqual(event.header.botId, "bot-1")
      assert.strictEqual(event.header.userId, "lisi")
    }))

  it("there is one for every declared event of bots", () => {
    const keys = Object.values(CallbackEvent.events).map((event) => event.key).filter((key) => key.startsWith("bot:"))
    const tags = bots.map(({ text }) => Effect.runSync(CallbackEvent.fromJson(text))._tag)
    assert.sameMembers([...new Set(tags)], keys)
  })

  const samples = sharedSamples("callback").filter(({ event }) => event.startsWith("bot:"))

  it("shared samples are there", (context) => {
    needsShared(context)
    assert.isAtLeast(samples.length, 12)
  })

  it.effect.each(samples)(
    "shared sample $file comes back as it was",
    ({ event: key, text }) => Effect.map(roundTrip(text), (event) => assert.strictEqual(event._tag, key))
  )

  it.effect("values mean something", () =>
    Effect.gen(function*() {
      const judged = yield* CallbackEvent.fromJson(fixture("bot.event.feedback_event.json"))
      if (judged._tag !== "bot:event/feedback_event") return assert.fail(judged._tag)
      const { inaccurate_reason_list, type } = judged.event.feedback_event
      assert.strictEqual(type, FeedbackType.Inaccurate)
      assert.deepStrictEqual(inaccurate_reason_list?.map(InaccurateReason.label), ["内容不完整", "数据分析错误"])
      const card = yield* CallbackEvent.fromJson(fixture("bot.event.template_card_event.json"))
      if (card._tag !== "bot:event/template_card_event") return assert.fail(card._tag)
      assert.deepStrictEqual(card.event.template_card_event.selected_items, [
        { question_key: "lunch", option_ids: ["o1", "o2"] }
      ])
      assert.strictEqual(
        card.response_url === undefined ? "" : Redacted.value(card.response_url),
        "https://qyapi.example.com/cgi-bin/aibot/response?response_code=code-1"
      )
      assert.strictEqual(card.dedupeKey, "message:bot-1::lisi:1700000010:msg-1")
    }))

  it.effect("a kind of message, or a part of one, that is not known yet is kept", () =>
    Effect.gen(function*() {
      const unknown = yield* CallbackEvent.fromJson(fixture("bot.unknown.json"))
      assert.strictEqual(unknown._tag, "Unknown")
      assert.strictEqual(unknown.key, "bot:hologram")
      assert.deepStrictEqual(JSON.parse(CallbackEvent.toJson(unknown)), JSON.parse(fixture("bot.unknown.json")))
      const part = { msgtype: "hologram", hologram: { depth: 3 } }
      const mixed = JSON.parse(fixture("bot.mixed.json"))
      mixed.mixed.msg_item.push(part)
      const event = yield* CallbackEvent.fromJson(JSON.stringify(mixed))
      if (event._tag !== "bot:mixed") return assert.fail(event._tag)
      assert.deepStrictEqual(event.mixed.msg_item[2], { msgtype: "Unknown", value: part })
    }))
})

describe("SmartRobotReply", () => {
  it.effect.each(botReplies)("own fixture $file comes back as it was", ({ text }) =>
    Effect.gen(function*() {
      const reply = yield* SmartRobotReply.fromJson(text)
      assert.deepStrictEqual(JSON.parse(yield* SmartRobotReply.toJson(reply)), JSON.parse(text))
    }))

  const samples = sharedSamples("reply").filter(({ event, file }) =>
    file.endsWith(".json") && !event.includes("markdown")
  )

  it.effect.each(samples.filter(({ text }) => !text.includes("\"template_card\"")))(
    "shared sample $file comes back as it was",
    ({ text }) =>
      Effect.gen(function*() {
        const reply = yield* SmartRobotReply.fromJson(text)
        assert.deepStrictEqual(JSON.parse(yield* SmartRobotReply.toJson(reply)), JSON.parse(text))
      })
  )

  it("shared samples with a card leave all of the card out but its feedback", (context) => {
    needsShared(context)
    for (const { text } of samples.filter(({ text }) => text.includes("\"template_card\""))) {
      assert.deepStrictEqual(Object.keys(JSON.parse(text).template_card), ["feedback"])
    }
  })

  it.effect("the constructors write what WeCom reads", () =>
    Effect.gen(function*() {
      const card = JSON.parse(fixture("replies/bot.template_card.json")).template_card
      const stream = JSON.parse(fixture("replies/bot.stream.json")).stream
      const made = {
        text: SmartRobotReply.text("你好"),
        stream: SmartRobotReply.stream(stream),
        template_card: SmartRobotReply.card(card),
        stream_with_template_card: SmartRobotReply.streamWithCard(stream, card),
        update_template_card: SmartRobotReply.updateCard(card, ["lisi"])
      }
      for (const [name, reply] of Object.entries(made)) {
        assert.deepStrictEqual(
          JSON.parse(yield* SmartRobotReply.toJson(reply)),
          JSON.parse(fixture(`replies/bot.${name}.json`)),
          name
        )
      }
    }))

  it.effect("limits are kept: a stream of 20,481 bytes is refused", () =>
    Effect.gen(function*() {
      const stream = (content: string) => SmartRobotReply.toJson(SmartRobotReply.stream({ id: "s", content }))
      yield* stream("x".repeat(20480))
      const error = yield* Effect.flip(stream("x".repeat(20481)))
      assert.strictEqual(error.reason._tag, "ReplyInvalid")
      assert.include(error.message, "20480 bytes")
    }))
})

describe("CallbackRouter for bots", () => {
  const bot: Sender.Secrets = { ...Sender.corp, receiveId: "" }
  const post = (file: string, nonce = "nonce-of-the-url") =>
    Sender.post(fixture(file), { secrets: bot, nonce, envelope: Sender.jsonEnvelope })

  const serve = (handlers: Parameters<typeof CallbackRouter.layer>[0]["handlers"]) =>
    Sender.serve(
      CallbackRouter.layer({
        path: "/callback",
        accounts: Sender.account(bot),
        handlers: handlers as { readonly "bot:text": CallbackRouter.Handler<"bot:text", unknown, never> },
        fallback: () => Effect.void
      }).pipe(Layer.provide(NodeCallbackCrypto.layer))
    )

  it.effect("replies in lower-case JSON, signed with the URL's nonce, for nobody in particular", () =>
    Effect.gen(function*() {
      const send = yield* serve({
        "bot:text": (event: CallbackEvent.ByKey["bot:text"]) =>
          Effect.succeed(SmartRobotReply.stream({ id: event.msgid, content: "正在想", finish: false }))
      })
      const response = yield* send(post("bot.text.json"))
      assert.strictEqual(response.headers.get("content-type"), "application/json")
      const body = JSON.parse(yield* Sender.bodyOf(response))
      assert.sameMembers(Object.keys(body), ["encrypt", "msgsignature", "timestamp", "nonce"])
      assert.strictEqual(body.nonce, "nonce-of-the-url")
      assert.strictEqual(body.timestamp, 0)
      assert.strictEqual(body.msgsignature, Sender.sign(bot, "0", body.nonce, body.encrypt))
      const { message, receiveId } = Sender.decrypt(bot, body.encrypt)
      assert.strictEqual(receiveId, "")
      assert.deepStrictEqual(JSON.parse(message), {
        msgtype: "stream",
        stream: { id: "msg-1", content: "正在想", finish: false }
      })
    }))

  it.effect("the URL check of a bot has an empty receive id", () =>
    Effect.gen(function*() {
      const send = yield* serve({})
      assert.strictEqual(yield* Sender.bodyOf(yield* send(Sender.get("42", { secrets: bot }))), "42")
    }))

  it.effect("a reply of the wrong family is a failure of the handler, not an answer", () =>
    Effect.gen(function*() {
      const send = yield* serve({ "bot:text": () => Effect.succeed(CallbackReply.text("x") as never) })
      const response = yield* send(post("bot.text.json"))
      assert.strictEqual(yield* Sender.bodyOf(response), "")
    }))
})

describe("SmartRobotStreams", () => {
  const begin = (
    streams: SmartRobotStreams["Service"],
    pieces: Stream.Stream<AnswerPiece, unknown>,
    options?: { readonly feedback?: string; readonly onFailure?: () => string }
  ) =>
    streams.reply({ msgid: "m", aibotid: "bot-1", from: { userid: "lisi" } }, pieces, options).pipe(
      Effect.flatMap((reply) => reply === undefined ? Effect.die("no reply") : Effect.succeed(reply))
    )

  it.effect("a stream says more with every poll, until it is finished", () =>
    Effect.gen(function*() {
      const streams = yield* SmartRobotStreams
      const pieces = Stream.make("一", "二", "三").pipe(Stream.schedule(Schedule.spaced("1 second")))
      const first = yield* begin(streams, pieces, { feedback: "f" })
      assert.deepStrictEqual(first.stream, { id: "m", content: "", finish: false, feedback: { id: "f" } })
      const poll = Effect.map(streams.poll({ stream: { id: "m" } }), ({ stream }) => [stream.content, stream.finish])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* poll, ["一", false])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* poll, ["一二", false])
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual(yield* poll, ["一二三", true])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* poll, [undefined, true])
    }).pipe(Effect.provide(SmartRobotStreams.layer)))

  it.effect("a message that is repeated goes on with its stream, which is written once", () =>
    Effect.gen(function*() {
      const streams = yield* SmartRobotStreams
      let written = 0
      const pieces = Stream.suspend(() => {
        written++
        return Stream.make("一", "二").pipe(Stream.schedule(Schedule.spaced("1 second")))
      })
      yield* begin(streams, pieces)
      yield* TestClock.adjust("1 second")
      const repeated = yield* begin(streams, pieces)
      assert.deepStrictEqual([repeated.stream.content, repeated.stream.finish], ["一", false])
      yield* TestClock.adjust("2 seconds")
      const { stream } = yield* streams.poll({ stream: { id: "m" } })
      assert.deepStrictEqual([stream.content, stream.finish, written], ["一二", true, 1])
    }).pipe(Effect.provide(SmartRobotStreams.layer)))

  it.effect("a failing text is logged, ends the stream, and says what it is told to say", () =>
    Effect.gen(function*() {
      const streams = yield* SmartRobotStreams
      const pieces = Stream.concat(Stream.make("开始"), Stream.fail("gone"))
      const { stream } = yield* begin(streams, pieces, { onFailure: () => "（出错了）" })
      assert.deepStrictEqual(stream, { id: "m", content: "开始（出错了）", finish: true, feedback: undefined })
    }).pipe(Effect.provide([SmartRobotStreams.layer, Logger.layer([])])))

  it.effect("after 6 minutes a text is stopped", () =>
    Effect.gen(function*() {
      const streams = yield* SmartRobotStreams
      yield* begin(streams, Stream.concat(Stream.make("a"), Stream.never))
      yield* TestClock.adjust("6 minutes")
      const { stream } = yield* streams.poll({ stream: { id: "m" } })
      assert.deepStrictEqual([stream.content, stream.finish], ["a", true])
    }).pipe(Effect.provide(SmartRobotStreams.layer)))

  it.effect("a long text is cut at the limit, in whole characters", () =>
    Effect.gen(function*() {
      const streams = yield* SmartRobotStreams
      const { stream } = yield* begin(streams, Stream.make("🙂".repeat(5119), "ab", "文文", "c"))
      // Nothing is added behind what was left out: it would be another text.
      assert.strictEqual(new TextEncoder().encode(stream.content).length, 20478)
      assert.isTrue(stream.content?.endsWith("ab"))
      yield* SmartRobotReply.toJson(SmartRobotReply.stream(stream))
    }).pipe(Effect.provide(SmartRobotStreams.layer)))
})

describe("SmartRobotMedia", () => {
  const picture = new Uint8Array(1000).map((_, i) => i)

  it.effect("downloads and decrypts what an event links to", () =>
    Effect.gen(function*() {
      const cipher = yield* Effect.flatMap(CallbackCrypto, (crypto) => crypto.make(Sender.account(Sender.corp)))
      const encrypted = yield* cipher.encryptMedia(picture)
      const requested: Array<string> = []
      const http = HttpClient.make((request) => {
        requested.push(request.url)
        const found = request.url.endsWith("/picture")
        return Effect.succeed(HttpClientResponse.fromWeb(
          request,
          found ? new Response(new Uint8Array(encrypted)) : new Response("gone", { status: 404 })
        ))
      })
      const media = yield* Effect.provide(
        SmartRobotMedia,
        SmartRobotMedia.layer(Sender.account(Sender.corp)).pipe(
          Layer.provide(Layer.succeed(HttpClient.HttpClient, http))
        )
      )
      // The vendor's links end with a blank.
      assert.deepStrictEqual(yield* media.download({ url: "https://example.com/picture " }), picture)
      assert.deepStrictEqual(requested, ["https://example.com/picture"])
      const error = yield* Effect.flip(media.download({ url: "https://example.com/expired" }))
      assert.strictEqual(error._tag, "HttpClientError")
    }).pipe(Effect.provide(NodeCallbackCrypto.layer)))

  /** Downloads from a server that answers every link alike. */
  const downloading = (respond: (request: HttpClientRequest.HttpClientRequest) => Response) =>
    Effect.provide(
      SmartRobotMedia,
      SmartRobotMedia.layer(Sender.account(Sender.corp)).pipe(
        Layer.provide(Layer.succeed(
          HttpClient.HttpClient,
          HttpClient.make((request) => Effect.succeed(HttpClientResponse.fromWeb(request, respond(request))))
        )),
        Layer.provide(NodeCallbackCrypto.layer)
      )
    )

  /** AES-256-CBC with the key's first 16 bytes as IV, padded to 32: by node:crypto alone. */
  const encryptWith = (key: Buffer, bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    const pad = 32 - bytes.length % 32
    const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false)
    return new Uint8Array(Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]))
  }

  it.effect("a file with a key of its own is decrypted with it, and keeps its name", () =>
    Effect.gen(function*() {
      for (const key of [randomBytes(32), Buffer.from("+/".repeat(21) + "8=", "base64")]) {
        const event = yield* CallbackEvent.fromJson(JSON.stringify({
          msgid: "m",
          aibotid: "b",
          from: { userid: "u" },
          msgtype: "file",
          file: { url: "https://example.com/f?sign=S", aeskey: key.toString("base64"), filename: "told.pdf" }
        }))
        if (event._tag !== "bot:file") return assert.fail(event._tag)
        assert.notInclude(`${JSON.stringify(event.file)} ${inspect(event.file)}`, key.toString("base64"))
        const unnamed = yield* downloading(() => new Response(encryptWith(key, picture)))
        assert.deepStrictEqual(yield* unnamed.downloadFile(event.file), { filename: "told.pdf", bytes: picture })
        assert.deepStrictEqual(yield* unnamed.download(event.file), picture)
        const named = yield* downloading(() =>
          new Response(encryptWith(key, picture), {
            headers: { "content-disposition": "attachment; filename*=UTF-8''..%2F%E6%8A%A5%E8%A1%A8.pdf" }
          })
        )
        assert.strictEqual((yield* named.downloadFile(event.file)).filename, "报表.pdf")
        // Of another file: neither its key nor the bot's.
        const { aeskey: _, ...keyless } = event.file
        const wrong = yield* Effect.flip(unnamed.download(keyless))
        assert.strictEqual(wrong._tag === "CallbackError" ? wrong.reason._tag : wrong._tag, "DecryptionFailed")
      }
      const media = yield* downloading(() => new Response(encryptWith(randomBytes(32), picture)))
      for (const aeskey of ["", "short", "not base64!", randomBytes(16).toString("base64")]) {
        const error = yield* Effect.flip(media.download({ url: "https://x", aeskey: Redacted.make(aeskey) }))
        assert.include(error.message, "aeskey is not 32 bytes")
      }
    }))

  it.effect("the key, and the name, are kept in mixed messages and quotes", () =>
    Effect.gen(function*() {
      const file = { url: "https://x", aeskey: "a2V5", filename: "f" }
      const text = JSON.stringify({
        msgid: "m",
        aibotid: "b",
        from: { userid: "u" },
        msgtype: "mixed",
        mixed: { msg_item: [{ msgtype: "image", image: file }] },
        quote: { msgtype: "video", video: file }
      })
      yield* roundTrip(text)
    }))

  it.effect("no error and no span holds a link's signature", () =>
    Effect.gen(function*() {
      const spans: Array<Tracer.NativeSpan> = []
      const tracer = Tracer.make({
        span: (options) => {
          const span = new Tracer.NativeSpan(options)
          spans.push(span)
          return span
        }
      })
      const url = "https://example.com/f?sign=SIGNATURE&x=1#SIGNATURE"
      const media = yield* downloading(() => new Response("SIGNATURE", { status: 403 }))
      const error = yield* Effect.flip(media.download({ url })).pipe(Effect.provideService(Tracer.Tracer, tracer))
      assert.strictEqual(error._tag, "HttpClientError")
      assert.include(error.message, "https://example.com/f")
      const told = [error, ...spans].map((each) => inspect(each, { depth: 9 })).join() + JSON.stringify(error)
      assert.notInclude(told, "SIGNATURE")
      assert.isAtLeast(spans.length, 1)
    }))

  it.effect("a download that stands still or grows without end is given up", () =>
    Effect.gen(function*() {
      const endless = (chunk: () => Promise<Uint8Array> | Uint8Array) => () =>
        new Response(new ReadableStream({ pull: async (controller) => controller.enqueue(await chunk()) }))
      const reason = (respond: () => Response) =>
        Effect.map(
          Effect.flip(Effect.flatMap(downloading(respond), (media) => media.download({ url: "https://x" }))),
          (error) => error._tag === "CallbackError" ? error.reason._tag : error._tag
        )
      const megabyte = new Uint8Array(1 << 20)
      assert.strictEqual(yield* reason(endless(() => megabyte)), "BodyTooLarge")
      const announced = () => new Response("", { headers: { "content-length": `${1 << 30}` } })
      assert.strictEqual(yield* reason(announced), "BodyTooLarge")
      const still = yield* Effect.forkChild(reason(endless(() => new Promise(() => {}))), { startImmediately: true })
      yield* Effect.repeat(TestClock.adjust("30 seconds"), { until: () => still.pollUnsafe() !== undefined })
      assert.strictEqual(yield* Fiber.join(still), "BodyTimedOut")
    }))
})
