/**
 * Callbacks that were seen to be read wrongly, or refused without a hint: each file of the reference data's cases with its
 * right value. Others of each kind are varied beside it.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackReceiver from "../../src/callback/CallbackReceiver.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { hasShared, needsShared, sharedText } from "../support/shared.ts"
import * as Sender from "./sender.ts"

interface Case {
  readonly file: string
  readonly kind: string
  readonly text?: string
}

/** A bot's file with a key of its own is downloaded in `SmartRobot.test.ts`. */
const elsewhere = "47-bot-file-with-a-key-of-its-own.json"

const cases = hasShared
  ? (JSON.parse(sharedText("wecom/cases/answers/index.json")) as ReadonlyArray<Case>).filter(({ file, kind }) =>
    ["event", "callback", "media"].includes(kind) && file !== elsewhere
  )
  : []

const read = (file: string) =>
  CallbackEvent.fromText((JSON.parse(sharedText(`wecom/cases/answers/${file}`)) as { readonly text: string }).text)

/** The event of a key, whose fields the test looks at. */
const as = <Key extends CallbackEvent.Key>(key: Key, event: CallbackEvent.CallbackEvent): CallbackEvent.ByKey[Key] => {
  assert.strictEqual(event._tag, key)
  return event as CallbackEvent.ByKey[Key] // its tag was compared
}

const message = <R>(problem: Effect.Effect<unknown, { readonly message: string }, R>) =>
  Effect.map(Effect.flip(problem), (error) => error.message)

const receiver = CallbackReceiver.make({ accounts: Sender.account(Sender.corp) })

const right: { readonly [file: string]: () => Effect.Effect<void, unknown> } = {
  "08-bot-text-with-a-raw-line-break.json": () =>
    Effect.map(
      read("08-bot-text-with-a-raw-line-break.json"),
      (event) => assert.strictEqual(as("bot:text", event).text.content, "line 1\nline 2")
    ),
  "37-approval-with-empty-notifyer-and-comments.json": () =>
    Effect.map(read("37-approval-with-empty-notifyer-and-comments.json"), (event) => {
      const { ApprovalInfo } = as("event/sys_approval_change", event)
      assert.deepStrictEqual([ApprovalInfo.Notifyer, ApprovalInfo.Comments], [[], []])
      assert.strictEqual(ApprovalInfo.SpStatus, 2)
    }),
  "38-approval-with-an-empty-approver.json": () =>
    Effect.map(read("38-approval-with-an-empty-approver.json"), (event) => {
      const [record] = as("event/sys_approval_change", event).ApprovalInfo.SpRecord
      const [detail] = record?.Details ?? []
      assert.deepStrictEqual([detail?.Approver, detail?.SpStatus, record?.SpStatus], [undefined, 1, 1])
    }),
  "40-empty-item-becomes-a-member.json": () =>
    Effect.map(
      read("40-empty-item-becomes-a-member.json"),
      (event) => assert.deepStrictEqual(as("event/change_external_chat/update/add_member", event).MemChangeList, [])
    ),
  "41-member-attribute-web-without-title.json": () =>
    Effect.map(read("41-member-attribute-web-without-title.json"), (event) => {
      const [attribute] = as("event/change_contact/update_user", event).ExtAttr
      assert.isDefined(attribute?.Web)
      assert.isUndefined(attribute?.Web?.Title)
    }),
  "43-bot-card-event-with-null-items.json": () =>
    Effect.map(read("43-bot-card-event-with-null-items.json"), (event) => {
      const submitted = as("bot:event/template_card_event", event).event.template_card_event
      assert.deepStrictEqual([submitted.selected_items, submitted.event_key], [[], "k"])
    }),
  "44-bot-picture-inside-a-text-misses-its-url.json": () =>
    Effect.map(read("44-bot-picture-inside-a-text-misses-its-url.json"), (event) => {
      const [text, picture] = as("bot:mixed", event).mixed.msg_item
      assert.deepStrictEqual(text, { msgtype: "text", text: { content: "look" } })
      assert.deepStrictEqual(picture, {
        msgtype: "Unknown",
        value: { msgtype: "image", image: { image_keys: ["k"] } }
      })
    }),
  "56-body-read-by-a-parser-before.json": () =>
    Effect.gen(function*() {
      const { decode } = yield* receiver
      const { url } = Sender.post("x")
      for (const body of ["", " \n"]) {
        assert.include(
          yield* message(decode(new Request(url, { method: "POST", body }))),
          "the body is empty: has a body parser read it before?"
        )
      }
    }).pipe(Effect.provide(NodeCallbackCrypto.layer)),
  "58-echostr-encoded-twice.json": () =>
    Effect.gen(function*() {
      const { verify } = yield* receiver
      const url = new URL(Sender.get("1").url)
      const echostr = Sender.encrypt(Sender.corp, "1", "plus+sign0123456")
      url.searchParams.set("echostr", encodeURIComponent(echostr))
      url.searchParams.set("msg_signature", Sender.sign(Sender.corp, "0", "nonce", echostr))
      const said = yield* message(verify(new Request(url)))
      assert.include(said, "a proxy has changed the query")
      assert.notInclude(said, echostr)
    }).pipe(Effect.provide(NodeCallbackCrypto.layer)),
  "61-two-messages-with-one-id.json": () =>
    Effect.gen(function*() {
      const event = yield* read("61-two-messages-with-one-id.json")
      const other = yield* CallbackEvent.fromXml(event.raw.replace("<![CDATA[sys]]>", "lisi"))
      assert.deepStrictEqual([event.header.messageId, other.header.messageId], ["1", "1"])
      assert.notStrictEqual(event.dedupeKey, other.dedupeKey)
    })
}

describe("cases of callbacks", () => {
  it("each has its right value here", (context) => {
    needsShared(context)
    assert.sameMembers(Object.keys(right), cases.map(({ file }) => file))
  })

  it.effect.each(cases.map(({ file }) => file))("%s", (file) => (right[file] ?? (() => Effect.die(file)))())
})

describe("errors lead to the cause", () => {
  const refusal = (secrets: Sender.Secrets, receiveIds: CallbackReceiver.Account["receiveIds"]) =>
    Effect.gen(function*() {
      const account = { ...Sender.account(Sender.corp), receiveIds }
      const { decode } = yield* CallbackReceiver.make({ accounts: account })
      return yield* message(decode(Sender.post(Sender.textMessage("x"), { secrets })))
    }).pipe(Effect.provide(NodeCallbackCrypto.layer))

  it.effect("a receive id that is not accepted: those that are, and that an empty one is a bot's", () =>
    Effect.gen(function*() {
      const bot = yield* refusal({ ...Sender.corp, receiveId: "" }, ["ww1", "ww2"])
      assert.include(bot, "the receive id is \"\", which is a bot's: accepted here are \"ww1\", \"ww2\"")
      const many = yield* refusal(Sender.corp, Array.from({ length: 7 }, (_, i) => `ww${i}`))
      assert.include(many, "\"ww4\" and 2 more")
      assert.include(yield* refusal(Sender.corp, () => false), "those that receiveIds lets pass")
      // For an app, where a bot calls.
      assert.include(yield* refusal(Sender.corp, [""]), "which are \"\"")
    }))

  it.effect("white space in a setting is called by its name", () =>
    Effect.gen(function*() {
      const { encodingAesKey, receiveIds, token } = Sender.account(Sender.corp)
      const said = (changes: Partial<CallbackReceiver.Account>) =>
        message(CallbackReceiver.make({ accounts: { encodingAesKey, receiveIds, token, ...changes } }))
      const padded = (secret: Redacted.Redacted, end: string) => Redacted.make(`${Redacted.value(secret)}${end}`)
      for (const end of ["\n", "\r\n", " ", "\t"]) {
        assert.include(yield* said({ encodingAesKey: padded(encodingAesKey, end) }), "there is white space in it")
        assert.include(yield* said({ token: padded(token, end) }), "there is white space in the token")
        assert.include(yield* said({ receiveIds: [`ww1${end}`] }), "there is white space in \"ww1")
        assert.include(yield* said({ receiveIds: new Set([`ww1${end}`]) }), "there is white space in \"ww1")
      }
    }).pipe(Effect.provide(NodeCallbackCrypto.layer)))
})

describe("what cannot be read does no harm", () => {
  const bot = (content: string) =>
    `{"msgid":"m","aibotid":"b","chattype":"single","from":{"userid":"u"},"msgtype":"text","text":{"content":${content}}}`

  it.effect("raw control characters in any text of JSON", () =>
    Effect.gen(function*() {
      for (let code = 0; code < 0x20; code++) {
        const character = String.fromCharCode(code)
        const event = as("bot:text", yield* CallbackEvent.fromJson(bot(`"a${character}b"`)))
        assert.strictEqual(event.text.content, `a${character}b`)
      }
      assert.strictEqual(
        as("bot:text", yield* CallbackEvent.fromJson(bot("\"a\\\\\n\\\"\\n\""))).text.content,
        "a\\\n\"\n"
      )
    }))

  it.effect("__proto__ reaches no prototype", () =>
    Effect.gen(function*() {
      for (const key of ["__proto__", "\\u005f_proto__", "constructor"]) {
        const text = bot("\"x\"").replace(
          "{",
          `{"${key}":{"polluted":1},"from":{"userid":"u","${key}":{"polluted":1}},`
        )
        const event = yield* CallbackEvent.fromJson(text)
        assert.strictEqual(event._tag, "bot:text")
        assert.isUndefined(Reflect.get({}, "polluted"))
        assert.isUndefined(Reflect.get(event, "polluted"))
        assert.isUndefined(Reflect.get(event.header, "polluted"))
      }
    }))

  it.effect("10,000 levels are an error or an event, never a defect", () =>
    Effect.gen(function*() {
      const deep = (open: string, close: string, levels = 10_000) => open.repeat(levels) + close.repeat(levels)
      const texts = [
        bot(deep("[", "]")),
        bot(deep("{\"a\":", "}").replace(":}", ":1}")),
        bot("\"x\"").replace("\"text\":", `"mixed":{"msg_item":${deep("[", "]")}},"text":`),
        bot("\"x\"").replace("\"msgtype\":\"text\"", `"msgtype":"mixed","mixed":{"msg_item":${deep("[", "]")}}`),
        bot("\"x\"").replace("\"msgtype\":\"text\"", `"msgtype":"new","x":${deep("[", "]")}`),
        `<xml><MsgType>text</MsgType>${deep("<a>", "</a>")}</xml>`
      ]
      for (const text of texts) {
        const exit = yield* Effect.exit(CallbackEvent.fromText(text))
        assert.isFalse(
          exit._tag === "Failure" && exit.cause.reasons.some(({ _tag }) => _tag === "Die"),
          text.slice(0, 80)
        )
        if (exit._tag === "Success") assert.isString(`${exit.value} ${exit.value.dedupeKey}`)
      }
    }))

  it.effect("a text that is cut amid an emoji is read with the replacement character", () =>
    Effect.gen(function*() {
      const { decode } = yield* receiver
      const whole = Buffer.from(Sender.textMessage("很好😀"))
      const at = whole.indexOf("😀")
      for (const kept of [1, 2, 3]) {
        const cut = Buffer.concat([whole.subarray(0, at + kept), whole.subarray(at + 4)])
        const { event } = yield* decode(Sender.post("", { encrypt: Sender.encryptBytes(Sender.corp, cut) }))
        assert.strictEqual(as("text", event).Content, "很好\uFFFD")
      }
    }).pipe(Effect.provide(NodeCallbackCrypto.layer)))
})
