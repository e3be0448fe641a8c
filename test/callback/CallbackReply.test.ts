/**
 * Passive replies: the exact elements that WeCom expects, in both directions.
 */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import * as CallbackEnvelope from "../../src/callback/CallbackEnvelope.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import { needsShared } from "../support/shared.ts"
import { differences, fixture, fixtures, leavesOf, sharedSamples } from "./leaves.ts"

const roundTrip = Effect.fnUntraced(function*(text: string) {
  const { address, reply } = yield* CallbackReply.fromXml(text)
  const again = yield* CallbackReply.toText(reply, address)
  assert.deepStrictEqual(differences(leavesOf(text), leavesOf(again)), [])
  return reply
})

const address = {
  ToUserName: "lisi",
  FromUserName: "ww00aa11bb22cc33dd",
  CreateTime: DateTime.makeUnsafe(1700000003000)
}

const made: Record<string, CallbackReply.CallbackReply> = {
  text: CallbackReply.text("十点"),
  image: CallbackReply.image("media-image"),
  voice: CallbackReply.voice("media-voice"),
  video: CallbackReply.video({ MediaId: "media-video", Title: "录像", Description: "昨天的会" }),
  news: CallbackReply.news([
    { Title: "一", Description: "甲", PicUrl: "https://example.com/1.png", Url: "https://example.com/1" },
    { Title: "二", Description: "乙", PicUrl: "https://example.com/2.png", Url: "https://example.com/2" }
  ]),
  update_button: CallbackReply.updateButton("已同意"),
  update_taskcard: CallbackReply.updateTaskCard("已驳回"),
  "update_template_card.vote_interaction": CallbackReply.updateTemplateCard({
    CardType: "vote_interaction",
    Source: { IconUrl: "https://example.com/icon.png", Desc: "考勤", DescColor: 2 },
    MainTitle: { Title: "补卡申请", Desc: "昨天 18:00" },
    CheckBox: {
      QuestionKey: "lunch",
      OptionList: [{ Id: "o1", Text: "面", IsChecked: true }, { Id: "o2", Text: "饭", IsChecked: false }],
      Disable: true,
      Mode: 1
    },
    SubmitButton: { Text: "提交", Key: "submit" },
    ReplaceText: "已提交"
  })
}

const own = fixtures("replies").map(({ file }) => file).filter((file) => file.endsWith(".xml"))

describe("CallbackReply", () => {
  it.effect.each(own)(
    "own fixture %s, leaf by leaf",
    (file) => roundTrip(fixture(`replies/${file}`))
  )

  it.effect.each(Object.keys(made))("%s writes exactly the elements of its fixture", (name) =>
    Effect.gen(function*() {
      const reply = made[name]
      if (reply === undefined) return assert.fail(`no reply ${name}`)
      const written = yield* CallbackReply.toText(reply, address)
      assert.deepStrictEqual(leavesOf(written), leavesOf(fixture(`replies/${name}.xml`)))
    }))

  it("there is a fixture for every type of reply and of card", () => {
    const written = own.map((file) => file.replace(".xml", ""))
    const types = CallbackReply.CallbackReply.members.map((member) => member.fields.MsgType.literal)
    const cards = CallbackReply.TemplateCard.members.map((member) =>
      `update_template_card.${member.fields.CardType.literal}`
    )
    assert.sameMembers(written, [...types.filter((type) => type !== "update_template_card"), ...cards])
  })

  const samples = sharedSamples("reply").filter(({ file }) => file.endsWith(".xml"))

  it("shared samples are there", (context) => {
    needsShared(context)
    assert.isAtLeast(samples.length, 20)
  })

  it.effect.each(samples.filter(({ event }) => event !== "encrypt-envelope"))(
    "shared sample $file, leaf by leaf",
    ({ text }) => roundTrip(text)
  )

  it.effect("an unknown element or a wrong value is refused, naming it", () =>
    Effect.gen(function*() {
      const bad = [
        { MsgType: "text", Content: "x", Extra: 1 },
        { MsgType: "text" },
        { MsgType: "nothing" }
      ] as unknown as ReadonlyArray<CallbackReply.CallbackReply>
      for (const reply of bad) {
        const error = yield* Effect.flip(CallbackReply.toText(reply, address))
        assert.strictEqual(error.reason._tag, "ReplyInvalid")
      }
      const error = yield* Effect.flip(CallbackReply.fromXml("<xml><MsgType>text</MsgType></xml>"))
      assert.strictEqual(error.reason._tag, "MessageInvalid")
    }))

  it.effect("more or fewer items than WeCom takes are refused, naming the list", () =>
    Effect.gen(function*() {
      const many = <A>(count: number, item: A) => Array.from({ length: count }, () => item)
      const option = { Id: "a", Text: "A" }
      const selection = { QuestionKey: "q", OptionList: [option] }
      const title = { Title: "t" }
      const notice = { CardType: "text_notice", CardAction: {} } as const
      const buttons = { CardType: "button_interaction", ButtonList: [{ Text: "b" }] } as const
      const choices = { CardType: "multiple_interaction", MainTitle: title, SelectList: [selection] } as const
      const vote = (count: number): CallbackReply.TemplateCard => ({
        CardType: "vote_interaction",
        MainTitle: title,
        CheckBox: { QuestionKey: "q", OptionList: many(count, { ...option, IsChecked: false }) }
      })
      const cards: Record<
        string,
        readonly [allowed: CallbackReply.TemplateCard, ...refused: Array<CallbackReply.TemplateCard>]
      > = {
        HorizontalContentList: [
          { ...notice, HorizontalContentList: many(6, { KeyName: "k" }) },
          { ...notice, HorizontalContentList: many(7, { KeyName: "k" }) }
        ],
        JumpList: [{ ...notice, JumpList: many(3, title) }, { ...notice, JumpList: many(4, title) }],
        ActionList: [
          { ...notice, ActionMenu: { ActionList: many(3, { Text: "a", Key: "k" }) } },
          { ...notice, ActionMenu: { ActionList: many(4, { Text: "a", Key: "k" }) } },
          { ...notice, ActionMenu: { ActionList: [] } }
        ],
        VerticalContentList: [
          { ...notice, CardType: "news_notice", VerticalContentList: many(4, title) },
          { ...notice, CardType: "news_notice", VerticalContentList: many(5, title) }
        ],
        ButtonList: [
          { ...buttons, ButtonList: many(6, { Text: "b" }) },
          { ...buttons, ButtonList: many(7, { Text: "b" }) },
          { ...buttons, ButtonList: [] }
        ],
        SelectList: [
          { ...choices, SelectList: many(3, selection) },
          { ...choices, SelectList: many(4, selection) },
          { ...choices, SelectList: [] }
        ],
        OptionList: [vote(20), vote(21), vote(0), {
          ...choices,
          SelectList: [{ ...selection, OptionList: many(11, option) }]
        }]
      }
      for (const [list, [allowed, ...refused]] of Object.entries(cards)) {
        yield* CallbackReply.toText(CallbackReply.updateTemplateCard(allowed), address)
        for (const card of refused) {
          const error = yield* Effect.flip(CallbackReply.toText(CallbackReply.updateTemplateCard(card), address))
          assert.include(error.message, list)
        }
      }
      yield* CallbackReply.toText(CallbackReply.news(many(8, title)), address)
      for (const count of [0, 9]) {
        const error = yield* Effect.flip(CallbackReply.toText(CallbackReply.news(many(count, title)), address))
        assert.include(error.message, "Articles")
      }
    }))
})

describe("CallbackEnvelope", () => {
  const envelope = { encrypt: "abc=", signature: "sig", timestamp: "1700000000", nonce: "n" }

  it.effect.each(["xml", "json"] as const)(
    "a reply in %s is read as it was written",
    (format) =>
      Effect.gen(function*() {
        const { body } = CallbackEnvelope.writeReply(format, envelope)
        assert.deepStrictEqual(yield* CallbackEnvelope.readReply(body), envelope)
      })
  )

  it("the elements of a reply have the vendor's casing", () => {
    assert.strictEqual(
      CallbackEnvelope.writeReply("xml", envelope).body,
      "<xml><Encrypt><![CDATA[abc=]]></Encrypt><MsgSignature><![CDATA[sig]]></MsgSignature>" +
        "<TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[n]]></Nonce></xml>"
    )
    assert.strictEqual(
      CallbackEnvelope.writeReply("json", envelope).body,
      "{\"encrypt\":\"abc=\",\"msgsignature\":\"sig\",\"timestamp\":1700000000,\"nonce\":\"n\"}"
    )
  })

  it.effect("requests are read in both formats, with either casing of JSON", () =>
    Effect.gen(function*() {
      for (const format of ["xml", "json"] as const) {
        const { body } = CallbackEnvelope.writeRequest({ format, encrypt: "abc=", toUserName: "ww", agentId: 1 })
        assert.deepStrictEqual(yield* CallbackEnvelope.readRequest(body), { format, encrypt: "abc=", toUserName: "ww" })
      }
      const capitalised = yield* CallbackEnvelope.readRequest("{\"ToUserName\":\"ww\",\"Encrypt\":\"abc=\"}")
      assert.deepStrictEqual(capitalised, { format: "json", encrypt: "abc=", toUserName: "ww" })
    }))

  it.effect("what holds no ciphertext is refused", () =>
    Effect.gen(function*() {
      for (
        const body of [
          "",
          "garbage",
          "<xml><A>1</A></xml>",
          "<xml><Encrypt></Encrypt></xml>",
          "{}",
          "{\"encrypt\":1}",
          "<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
          "<!DOCTYPE xml><xml><Encrypt>a</Encrypt></xml>"
        ]
      ) {
        const error = yield* Effect.flip(CallbackEnvelope.readRequest(body))
        assert.strictEqual(error.reason._tag, "RequestInvalid", body)
        assert.strictEqual(error.status, 400)
      }
    }))

  it.effect("nothing but the one element is looked at, so that nobody makes a server parse what is not signed", () =>
    Effect.gen(function*() {
      const large = "A".repeat(1 << 20)
      const encrypted: Record<string, string> = {
        "<xml><Broken a='1'><Encrypt> <![CDATA[a+/b=]]> </Encrypt></xml>": "a+/b=",
        "<?xml version='1.0'?><xml><Encrypt>a+/b=</Encrypt></xml>": "a+/b=",
        "{\"a\": broken, \"encrypt\" : \"a+\\/b\\u003d\"": "a+/b=",
        [`{"encrypt":"${large}"}`]: large,
        [`<xml><Encrypt>${large}</Encrypt></xml>`]: large
      }
      for (const [body, encrypt] of Object.entries(encrypted)) {
        assert.strictEqual((yield* CallbackEnvelope.readRequest(body)).encrypt, encrypt)
      }
      for (const body of [`{"encrypt":"${large}`, `{"encrypt":"\\x"}`, `<xml><Encrypt>${large}`]) {
        assert.strictEqual((yield* Effect.flip(CallbackEnvelope.readRequest(body))).reason._tag, "RequestInvalid")
      }
    }))

  it.effect("the shared envelopes are read", () =>
    Effect.gen(function*() {
      for (const { event, text } of sharedSamples("callback")) {
        if (event === "encrypt-envelope") assert.isNotEmpty((yield* CallbackEnvelope.readRequest(text)).encrypt)
      }
    }))
})
