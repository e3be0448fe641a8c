/**
 * Events: nothing lost on the way in, the same elements on the way out, nothing printed.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, DateTime, Effect, Exit, Logger, Schema } from "effect"
import { inspect } from "node:util"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import { eventFixtures, fixture, fixtures, lost } from "./leaves.ts"

const declared = new Set(Object.values(CallbackEvent.events).map((event) => event.key.toLowerCase()))

const roundTrip = Effect.fnUntraced(function*(text: string) {
  const event = yield* CallbackEvent.fromXml(text)
  assert.deepStrictEqual(lost(text, event), [])
  return event
})

const read = (file: string) => CallbackEvent.fromText(fixture(file))

describe("CallbackEvent", () => {
  describe("own fixtures, leaf by leaf", () => {
    it.effect.each(fixtures("").filter(({ file }) => file.endsWith(".xml")).map(({ file }) => file))(
      "%s",
      (file) =>
        Effect.gen(function*() {
          const event = yield* roundTrip(fixture(file))
          if (file.startsWith("unknown.")) {
            assert.strictEqual(event._tag, "Unknown")
          } else {
            assert.isTrue(declared.has(event._tag.toLowerCase()))
            assert.strictEqual(event.key, event._tag)
          }
          assert.strictEqual(event.raw, fixture(file))
        })
    )

    it("there is one for every declared event", () => {
      const keys = fixtures("").map(({ text }) => Effect.runSync(CallbackEvent.fromText(text))._tag)
      assert.sameMembers(
        [...new Set([...keys.filter((key) => key !== "Unknown"), ...eventFixtures.map(({ key }) => key)])],
        Object.values(CallbackEvent.events).map((event) => event.key)
      )
    })
  })

  describe("values mean something", () => {
    it.effect("times, numbers, flags and lists", () =>
      Effect.gen(function*() {
        const card = yield* read("event.template_card_event.xml")
        assert.strictEqual(card._tag, "event/template_card_event")
        if (card._tag !== "event/template_card_event") return
        assert.strictEqual(DateTime.formatIso(card.CreateTime), "2023-11-14T22:13:21.000Z")
        assert.strictEqual(card.AgentID, 1000002)
        assert.deepStrictEqual(card.SelectedItems, [
          { QuestionKey: "room", OptionIds: ["a", "b"] },
          { QuestionKey: "time", OptionIds: ["c"] }
        ])
        const location = yield* read("event.LOCATION.xml")
        assert.strictEqual(location._tag === "event/LOCATION" ? location.Latitude : undefined, 31.230416)
      }))

    it.effect("the old spelling of option ids is the same event", () =>
      Effect.gen(function*() {
        const card = yield* read("event.template_card_event.old.xml")
        assert.deepStrictEqual(
          card._tag === "event/template_card_event" ? card.SelectedItems : undefined,
          [{ QuestionKey: "room", OptionIds: ["a", "b"] }]
        )
      }))

    it.effect("an empty or absent wrapper is an empty list", () =>
      Effect.gen(function*() {
        for (const items of ["<SelectedItems></SelectedItems>", "<SelectedItems/>", ""]) {
          const text = fixture("event.template_card_event.xml").replace(/<SelectedItems>.*<\/SelectedItems>/s, items)
          const card = yield* CallbackEvent.fromXml(text)
          assert.deepStrictEqual(card._tag === "event/template_card_event" ? card.SelectedItems : undefined, [])
        }
      }))

    it.effect("64-bit ids keep every digit, in XML and in JSON", () =>
      Effect.gen(function*() {
        const xml = yield* read("text.no-agent.xml")
        assert.strictEqual(xml._tag === "text" ? xml.MsgId : undefined, "9007199254740993")
        assert.strictEqual(xml._tag === "text" ? xml.AgentID : 0, undefined)
        const json = yield* read("text.json")
        assert.strictEqual(json._tag === "text" ? json.MsgId : undefined, "4561255354251345929")
        assert.strictEqual(json._tag === "text" ? json.Content : undefined, "今天几点开会？")
      }))

    it.effect("an app event reads the same from JSON as from XML", () =>
      Effect.gen(function*() {
        const [json, xml] = [yield* read("event.click.json"), yield* read("event.click.xml")]
        assert.deepStrictEqual({ ...json }, { ...xml })
        assert.deepStrictEqual(json.header, xml.header)
      }))

    it.effect("names of events are read in any case, and the agent id in both spellings", () =>
      Effect.gen(function*() {
        for (const name of ["click", "CLICK", "Click"]) {
          const text = fixture("event.click.xml").replace("click", name).replaceAll("AgentID", "AgentId")
          const event = yield* CallbackEvent.fromXml(text)
          assert.strictEqual(event._tag, "event/click")
          assert.strictEqual(event._tag === "event/click" ? event.AgentID : undefined, 1000002)
          assert.strictEqual(event.header.agentId, 1000002)
          assert.strictEqual(event.header.key, "event/click")
        }
      }))
  })

  describe("what is not known is kept", () => {
    it.effect("an unknown event has all its fields and its text", () =>
      Effect.gen(function*() {
        const event = yield* read("unknown.event.xml")
        assert.strictEqual(event._tag, "Unknown")
        if (event._tag !== "Unknown") return
        assert.strictEqual(event.key, "event/brand_new_event")
        assert.strictEqual(event.decodeIssue, undefined)
        assert.deepStrictEqual(event.fields["Novelty"], { Part: ["one", "two"] })
        assert.deepStrictEqual(event.header, {
          key: "event/brand_new_event",
          corpId: "ww00aa11bb22cc33dd",
          suiteId: undefined,
          agentId: 1000002,
          botId: undefined,
          userId: "lisi",
          createTime: DateTime.makeUnsafe(1700000001000),
          messageId: undefined
        })
      }))

    it.effect("an unknown change type is unknown, under its own key", () =>
      Effect.map(read("unknown.change.xml"), (event) => {
        assert.strictEqual(event._tag, "Unknown")
        assert.strictEqual(event.key, "event/change_contact/teleport_user")
      }))

    it.effect("a third-party command has suite, corp and time in its header", () =>
      Effect.map(read("unknown.suite.xml"), ({ header, key }) => {
        assert.strictEqual(key, "InfoType/brand_new_info")
        assert.strictEqual(header.suiteId, "wx0011223344556677")
        assert.strictEqual(header.corpId, "ww00aa11bb22cc33dd")
        assert.deepStrictEqual(header.createTime, DateTime.makeUnsafe(1700000002000))
      }))

    it.effect("a known event that does not fit is unknown, and says which field", () =>
      Effect.gen(function*() {
        const without = yield* CallbackEvent.fromXml(fixture("text.xml").replace(/<Content>.*<\/Content>/s, ""))
        assert.strictEqual(without._tag, "Unknown")
        assert.strictEqual(without.key, "text")
        assert.include(without._tag === "Unknown" ? without.decodeIssue?.message : "", "Content")
        const wrong = yield* CallbackEvent.fromXml(fixture("location.xml").replace("31.230416", "S3cretPlace"))
        assert.strictEqual(wrong._tag, "Unknown")
        if (wrong._tag !== "Unknown") return
        assert.include(wrong.decodeIssue?.message, "Location_X")
        assert.notInclude(`${wrong.decodeIssue?.message} ${inspect(wrong.decodeIssue)}`, "S3cretPlace")
        assert.strictEqual(wrong.fields["Location_X"], "S3cretPlace")
      }))

    it.effect("a time beyond what a date can be does not fit, and is none in the header", () =>
      Effect.gen(function*() {
        const event = yield* CallbackEvent.fromXml(fixture("text.xml").replace("1700000000", "9".repeat(15)))
        assert.strictEqual(event._tag, "Unknown")
        assert.include(event._tag === "Unknown" ? event.decodeIssue?.message : "", "CreateTime")
        assert.isUndefined(event.header.createTime)
      }))

    it.effect("your own declaration reads it", () =>
      Effect.gen(function*() {
        class BrandNew extends CallbackEvent.Event<BrandNew>()("event/brand_new_event", () => ({
          Novelty: Schema.Struct({ Part: Schema.Array(Schema.String) })
        })) {}
        const event = yield* read("unknown.event.xml")
        const own = event._tag === "Unknown" ? yield* Effect.fromResult(event.decodeAs(BrandNew)) : undefined
        assert.deepStrictEqual(own?.Novelty.Part, ["one", "two"])
        assert.strictEqual(own?.FromUserName, "lisi")
      }))

    it.effect("elements that no schema has do not disturb, and stay in the text", () =>
      Effect.map(
        CallbackEvent.fromXml(fixture("event.click.xml").replace("<Event>", "<New>1</New><Event>")),
        (event) => {
          assert.strictEqual(event._tag, "event/click")
          assert.include(event.raw, "<New>1</New>")
        }
      ))

    it.effect("only what is no message at all fails", () =>
      Effect.gen(function*() {
        for (const text of ["", "garbage", "<xml>", "<!DOCTYPE xml><xml><A>1</A></xml>"]) {
          const error = yield* Effect.flip(CallbackEvent.fromXml(text))
          assert.strictEqual(error.reason._tag, "MessageInvalid")
        }
        for (const text of ["", "{", "[]", "null", "{\"a\":1}}"]) {
          const error = yield* Effect.flip(CallbackEvent.fromJson(text))
          assert.strictEqual(error.reason._tag, "MessageInvalid")
        }
        assert.strictEqual((yield* CallbackEvent.fromXml("<xml><A>1</A></xml>"))._tag, "Unknown")
        assert.strictEqual((yield* CallbackEvent.fromJson("{}"))._tag, "Unknown")
      }))
  })

  describe("sending", () => {
    it.effect("an event made here is read back as it was made", () =>
      Effect.gen(function*() {
        const made = new CallbackEvent.events.TextMessage({
          ToUserName: "ww",
          FromUserName: "lisi",
          CreateTime: DateTime.makeUnsafe(1700000000000),
          AgentID: 1,
          MsgId: "9007199254740993",
          Content: "]]> <b>&amp;</b>"
        })
        const received = yield* CallbackEvent.fromXml(CallbackEvent.toXml(made))
        assert.deepStrictEqual({ ...received }, { ...made })
        assert.strictEqual(received.dedupeKey, made.dedupeKey)
        assert.instanceOf(received, CallbackEvent.events.TextMessage)
      }))

    it("a value of the wrong kind is refused when it is sent", () => {
      const made = new CallbackEvent.events.MenuClicked({
        ToUserName: "ww",
        FromUserName: "lisi",
        CreateTime: DateTime.makeUnsafe(0),
        AgentID: 1.5,
        EventKey: "key"
      })
      assert.throws(() => CallbackEvent.toXml(made), /AgentID/)
    })
  })

  describe("dedupeKey", () => {
    it.effect("of a message is its id, with who sent it where and when", () =>
      Effect.gen(function*() {
        const message = yield* read("text.xml")
        const { agentId, userId } = message.header
        assert.strictEqual(
          message.dedupeKey,
          `message:ww00aa11bb22cc33dd:${agentId}:${userId}:1700000000:7000000000000000001`
        )
        assert.strictEqual((yield* read("image.xml")).dedupeKey, message.dedupeKey)
      }))

    it.effect("tells messages with one id apart, whoever sent them", () =>
      Effect.gen(function*() {
        const from = (userid: string, app = 1, time = 1) =>
          Effect.map(
            CallbackEvent.fromXml(
              `<xml><ToUserName>ww1</ToUserName><FromUserName><![CDATA[${userid}]]></FromUserName>` +
                `<CreateTime>${time}</CreateTime><MsgType>voice</MsgType><MediaId>m</MediaId><Format>amr</Format>` +
                `<MsgId>1</MsgId><AgentID>${app}</AgentID></xml>`
            ),
            ({ dedupeKey }) => dedupeKey
          )
        const keys = [
          yield* from("a"),
          yield* from("b"),
          yield* from("a", 2),
          yield* from("a", 1, 2),
          // Nothing in an id can be taken for the separator.
          yield* from("a:1"),
          yield* from("a%3A1"),
          yield* from("1:a", 1)
        ]
        assert.strictEqual(new Set(keys).size, keys.length)
        assert.strictEqual(yield* from("a"), keys[0])
      }))

    it.effect("tells two events of one member in one second apart, and a repeat not", () =>
      Effect.gen(function*() {
        const first = yield* read("event.click.xml")
        const other = yield* CallbackEvent.fromXml(fixture("event.click.xml").replace("menu-report", "menu-leave"))
        assert.notStrictEqual(first.dedupeKey, other.dedupeKey)
        assert.strictEqual((yield* read("event.click.xml")).dedupeKey, first.dedupeKey)
      }))

    it.effect("tells an event about a message from the message", () =>
      Effect.gen(function*() {
        const message = yield* read("text.xml")
        const about = yield* CallbackEvent.fromXml(
          `<xml><ToUserName>${message.header.corpId}</ToUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>` +
            `<Event>message_recalled</Event><MsgId>${message.header.messageId}</MsgId></xml>`
        )
        assert.notStrictEqual(about.dedupeKey, message.dedupeKey)
        assert.isUndefined(about.header.messageId)
      }))

    it.effect("tells events without a sender apart", () =>
      Effect.gen(function*() {
        const kf = (token: string) =>
          CallbackEvent.fromXml(
            `<xml><ToUserName>ww</ToUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>` +
              `<Event>kf_msg_or_event</Event><Token>${token}</Token></xml>`
          )
        assert.notStrictEqual((yield* kf("a")).dedupeKey, (yield* kf("b")).dedupeKey)
      }))

    it.prop("no two of many texts share a key", [Schema.Array(Schema.String)], ([texts]) => {
      const distinct = new Set(texts.map((text) => text.toWellFormed()))
      const keys = [...distinct].map((text) =>
        new CallbackEvent.events.MenuClicked({
          ToUserName: "ww",
          FromUserName: "lisi",
          CreateTime: DateTime.makeUnsafe(0),
          EventKey: text
        }).dedupeKey
      )
      // Characters that XML cannot carry are not sent, so they cannot tell texts apart.
      // oxlint-disable-next-line no-control-regex -- they are what it looks for
      const sent = [...distinct].map((text) => text.replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, ""))
      assert.strictEqual(new Set(keys).size, new Set(sent).size)
    })
  })

  describe("printing", () => {
    const marker = "S3cretMarker"
    const texts = [
      fixture("text.xml").replace("今天几点开会？", marker),
      fixture("event.template_card_event.xml").replace("response-code-1", marker),
      fixture("unknown.event.xml").replace("one", marker),
      fixture("location.xml").replace("16", marker)
    ]

    it.effect("shows key and ids, never contents", () =>
      Effect.gen(function*() {
        const printed: Array<string> = []
        const log = Logger.layer(
          [Logger.formatJson, Logger.formatLogFmt, Logger.formatSimple, Logger.formatStructured].map(
            (logger) =>
              Logger.map(logger as Logger.Logger<unknown, unknown>, (line) => printed.push(inspect(line, { depth: 9 })))
          )
        )
        for (const text of texts) {
          const event = yield* CallbackEvent.fromXml(text)
          printed.push(`${event}`, event.toString(), JSON.stringify(event), JSON.stringify({ event }), inspect(event))
          printed.push(inspect({ event }, { depth: 9 }), Cause.pretty(Cause.fail(event)), inspect(Exit.fail(event)))
          yield* Effect.log("received", event, { event }).pipe(
            Effect.annotateLogs({ event }),
            Effect.provide(log)
          )
        }
        const all = printed.join("\n")
        assert.notInclude(all, marker)
        assert.include(all, "event/template_card_event")
        assert.include(all, "lisi")
        assert.isAbove(printed.length, texts.length * 11)
      }))
  })
})
