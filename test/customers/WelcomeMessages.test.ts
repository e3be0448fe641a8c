import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import * as Attachment from "../../src/customers/Attachment.ts"
import { WelcomeMessages } from "../../src/customers/WelcomeMessages.ts"
import { appear, inboxOf } from "../../src/simulator/areas/customers/OutreachActs.ts"
import { simulated, uploaded } from "./outreach.ts"
import { errcode, refusal } from "./support.ts"

const text = { content: "您好" }

describe("a new customer", () => {
  it.effect("is greeted with text and attachments", () =>
    Effect.gen(function*() {
      const { contact, welcomeCode } = yield* appear({ userid: "zhangsan", name: "小王" })
      const welcome = yield* WelcomeMessages
      const attachments = [
        Attachment.image({ media_id: yield* uploaded("image") }),
        Attachment.link({ title: "使用手册", url: "https://example.com/manual" }),
        Attachment.file(yield* uploaded("file"))
      ]
      yield* welcome.send({ welcome_code: welcomeCode, text, attachments })
      const [greeting] = yield* inboxOf(contact.external_userid)
      assert.deepInclude(greeting, { by: "zhangsan", text: "您好", msgid: undefined })
      assert.deepStrictEqual(greeting?.attachments.map(({ msgtype }) => msgtype), ["image", "link", "file"])
    }).pipe(simulated))

  it.effect("can be greeted once, within 20 seconds", () =>
    Effect.gen(function*() {
      const welcome = yield* WelcomeMessages
      const first = yield* appear({ userid: "zhangsan" })
      yield* TestClock.adjust("20 seconds")
      yield* welcome.send({ welcome_code: first.welcomeCode, text })
      assert.strictEqual(yield* errcode(welcome.send({ welcome_code: first.welcomeCode, text })), 41051)
      const second = yield* appear({ userid: "zhangsan" })
      yield* TestClock.adjust("20001 millis")
      assert.strictEqual(yield* errcode(welcome.send({ welcome_code: second.welcomeCode, text })), 41050)
      assert.strictEqual(yield* errcode(welcome.send({ welcome_code: "nobody's", text })), 41050)
    }).pipe(simulated))

  it.effect("is not greeted with a file that is not there", () =>
    Effect.gen(function*() {
      const { welcomeCode } = yield* appear({ userid: "zhangsan" })
      const welcome = yield* WelcomeMessages
      const attachments = [Attachment.video("gone")]
      assert.strictEqual(yield* errcode(welcome.send({ welcome_code: welcomeCode, attachments })), 40007)
      yield* welcome.send({ welcome_code: welcomeCode, text })
    }).pipe(simulated))

  it.effect("is not greeted with nothing, too much, or half an attachment", () =>
    Effect.gen(function*() {
      const welcome = yield* WelcomeMessages
      const endpoint = "POST /cgi-bin/externalcontact/send_welcome_msg"
      assert.strictEqual(
        // @ts-expect-error: a text or an attachment is needed
        yield* refusal(welcome.send({ welcome_code: "C" })),
        `${endpoint} | text: at least one of text, attachments is needed`
      )
      assert.strictEqual(
        yield* refusal(welcome.send({ welcome_code: "C", text: { content: "长".repeat(1334) } })),
        `${endpoint} | text.content: at most 4000 bytes of UTF-8 are allowed, got 4002`
      )
      const video = Attachment.video("V")
      assert.strictEqual(
        yield* refusal(welcome.send({ welcome_code: "C", attachments: Array.from({ length: 10 }, () => video) })),
        `${endpoint} | attachments: at most 9 items are allowed, got 10`
      )
      // @ts-expect-error: a picture needs `media_id` or `pic_url`
      const half: Attachment.Attachment = { msgtype: "image", image: {} }
      assert.include(
        yield* refusal(welcome.send({ welcome_code: "C", attachments: [video, half] })),
        `${endpoint} | attachments[1].image.media_id: `
      )
    }).pipe(simulated))
})

describe("greetings of customer groups", () => {
  it.effect("are kept, changed and deleted", () =>
    Effect.gen(function*() {
      const welcome = yield* WelcomeMessages
      const template_id = yield* welcome.createGroupTemplate({
        text: { content: "欢迎%NICKNAME%" },
        link: { title: "群规", url: "https://example.com/rules" },
        notify: false
      })
      const before = yield* welcome.getGroupTemplate({ template_id })
      assert.strictEqual(before.text?.content, "欢迎%NICKNAME%")
      assert.deepStrictEqual(
        before.attachment,
        Attachment.link({ title: "群规", url: "https://example.com/rules" })
      )
      yield* welcome.updateGroupTemplate({ template_id, file: { media_id: yield* uploaded("file") } })
      const after = yield* welcome.getGroupTemplate({ template_id })
      assert.isUndefined(after.text)
      assert.strictEqual(after.attachment?.msgtype, "file")
      yield* welcome.deleteGroupTemplate({ template_id })
      assert.strictEqual(yield* errcode(welcome.getGroupTemplate({ template_id })), 40058)
    }).pipe(simulated))

  it.effect("are at most 100", () =>
    Effect.gen(function*() {
      const welcome = yield* WelcomeMessages
      for (let i = 0; i < 100; i++) yield* welcome.createGroupTemplate({ text })
      assert.strictEqual(yield* errcode(welcome.createGroupTemplate({ text })), 41055)
    }).pipe(simulated))

  it.effect("are not empty", () =>
    Effect.gen(function*() {
      const welcome = yield* WelcomeMessages
      assert.strictEqual(
        // @ts-expect-error: neither a text nor an attachment
        yield* refusal(welcome.createGroupTemplate({ notify: true })),
        "POST /cgi-bin/externalcontact/group_welcome_template/add | " +
          "text: at least one of text, image, link, miniprogram, file, video is needed"
      )
    }).pipe(simulated))
})

describe("the one attachment of older APIs", () => {
  const all: ReadonlyArray<Attachment.Attachment> = [
    Attachment.image({ pic_url: "https://example.com/a.png" }),
    Attachment.link({ title: "一", url: "https://example.com" }),
    Attachment.miniprogram({ title: "一", pic_media_id: "M", appid: "wx1", page: "p" }),
    Attachment.video("V"),
    Attachment.file("F")
  ]

  it.each(all)("$msgtype is the same after going there and back", (attachment) => {
    assert.deepStrictEqual(Attachment.fromParts(Attachment.toParts(attachment)), attachment)
  })

  it("is the first that counts", () => {
    assert.deepStrictEqual(
      Attachment.fromParts({ video: { media_id: "V" }, link: { title: "一", url: "https://example.com" } })?.msgtype,
      "link"
    )
    assert.isUndefined(Attachment.fromParts({}))
  })
})
