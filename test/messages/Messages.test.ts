import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import * as Message from "../../src/messages/Message.ts"
import { Messages, StatisticsDay } from "../../src/messages/Messages.ts"
import type { TemplateCard } from "../../src/messages/TemplateCard.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { refused, sends, setup } from "./support.ts"

const send = (...input: Parameters<Messages["Service"]["send"]>) => Messages.use((messages) => messages.send(...input))

const users = { users: ["zhangsan"] }
const template = { template_id: "T", url: "https://example.com", content_item: [{ key: "地点", value: "402" }] }
const action = { type: 1, url: "https://example.com" } as const
const filled = (length: number, item: string) => Array.from({ length }, (_, index) => `${item}${index}`)

describe("a message", () => {
  it.effect("goes to members, departments and tags, joined by |, as the client's app", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* sends(send(Message.text("上线了").to({ users: ["zhangsan", "lisi"], parties: [2, "3"], tags: [7] }))),
        {
          touser: "zhangsan|lisi",
          toparty: "2|3",
          totag: "7",
          agentid: 1000002,
          msgtype: "text",
          text: { content: "上线了" }
        }
      )
    }))

  it.effect("goes to everyone", () =>
    Effect.gen(function*() {
      const body = yield* sends(send(Message.markdown("**好**").to({ users: Message.everyone })))
      assert.deepInclude(body, { touser: "@all", msgtype: "markdown", markdown: { content: "**好**" } })
    }))

  it.effect("takes the options of sending", () =>
    Effect.gen(function*() {
      const options = {
        agentid: 7,
        safe: true,
        enable_id_trans: true,
        enable_duplicate_check: false,
        duplicate_check_interval: 600
      }
      assert.deepInclude(yield* sends(send(Message.text("好").to(users, options))), {
        agentid: 7,
        safe: 1,
        enable_id_trans: 1,
        enable_duplicate_check: 0,
        duplicate_check_interval: 600
      })
      const mpnews = Message.mpnews([{ title: "周报", thumb_media_id: "M", content: "<p>好</p>" }])
      assert.deepInclude(yield* sends(send(mpnews.to(users, { safe: Message.withinCorp }))), { safe: 2 })
      assert.deepInclude(yield* sends(send(mpnews.to(users, { safe: false }))), { safe: 0 })
    }))

  it.effect("has a constructor for every type", () =>
    Effect.gen(function*() {
      const news = { title: "周报", url: "https://example.com", picurl: "https://example.com/a.png" }
      const miniProgram = { title: "周报", appid: "wx1", pagepath: "index" }
      const mp = { title: "周报", thumb_media_id: "M", content: "<p>好</p>" }
      const textcard = { title: "通知", description: "明天放假", url: "https://example.com", btntxt: "更多" }
      const notice = { appid: "wx1", title: "会议室预订", content_item: [{ key: "地点", value: "402" }] }
      const task = { title: "审批", task_id: "t1", btn: [{ key: "yes", name: "批准" }] }
      const sent = (message: { to: (to: typeof users) => Parameters<typeof send>[0] }) => sends(send(message.to(users)))
      const expected = (msgtype: string, content: unknown) => ({
        touser: "zhangsan",
        agentid: 1000002,
        msgtype,
        [msgtype]: content
      })
      assert.deepStrictEqual(yield* sent(Message.image("M")), expected("image", { media_id: "M" }))
      assert.deepStrictEqual(yield* sent(Message.voice("M")), expected("voice", { media_id: "M" }))
      assert.deepStrictEqual(
        yield* sent(Message.video("M", { title: "片" })),
        expected("video", { media_id: "M", title: "片" })
      )
      assert.deepStrictEqual(yield* sent(Message.file("M")), expected("file", { media_id: "M" }))
      assert.deepStrictEqual(yield* sent(Message.textCard(textcard)), expected("textcard", textcard))
      assert.deepStrictEqual(yield* sent(Message.news([news])), expected("news", { articles: [news] }))
      assert.deepStrictEqual(
        yield* sent(Message.miniProgramNews([miniProgram, news])),
        expected("news", { articles: [miniProgram, news] })
      )
      assert.deepStrictEqual(yield* sent(Message.mpnews([mp])), expected("mpnews", { articles: [mp] }))
      assert.deepStrictEqual(yield* sent(Message.miniProgramNotice(notice)), expected("miniprogram_notice", notice))
      assert.deepStrictEqual(yield* sent(Message.taskCard(task)), expected("taskcard", task))
      assert.deepStrictEqual(yield* sent(Message.interactiveTaskCard(task)), expected("interactive_taskcard", task))
      assert.deepStrictEqual(yield* sent(Message.templateMessage(template)), expected("template_msg", template))
    }))

  it.effect("of a template goes to those of tickets too", () =>
    Effect.gen(function*() {
      const message = Message.templateMessage(template)
      assert.deepInclude(yield* sends(send(message.to({ tickets: ["a", "b"] }, { only_unauth: true }))), {
        selected_ticket_list: ["a", "b"],
        only_unauth: true
      })
      assert.deepInclude(yield* sends(send(message.to({ users: Message.everyone }))), { touser: "@all" })
      assert.deepStrictEqual(yield* refused(send(message.to({ tickets: filled(11, "t") }))), [
        "selected_ticket_list: at most 10 items are allowed, got 11"
      ])
      assert.deepStrictEqual(
        yield* refused(send(Message.templateMessage({ ...template, content_item: [] }).to(users))),
        ["template_msg.content_item: at least 1 item is needed"]
      )
      const nowhere = { ...template, url: "" }
      assert.deepStrictEqual(yield* refused(send(Message.templateMessage(nowhere).to(users))), [
        "template_msg.url: at least one of url, miniprogram is needed"
      ])
    }))

  it.effect("is a value of its content alone", () =>
    Effect.sync(() => {
      assert.deepStrictEqual(Object.keys(Message.text("好")), ["msgtype", "text"])
      assert.strictEqual(JSON.stringify(Message.text("好")), `{"msgtype":"text","text":{"content":"好"}}`)
      assert.deepStrictEqual({ ...Message.text("好", { mentioned_list: ["@all"] }) }, {
        msgtype: "text",
        text: { content: "好", mentioned_list: ["@all"] }
      })
    }))
})

describe("a message is refused before it is sent", () => {
  it.effect("to nobody", () =>
    Effect.gen(function*() {
      const issue = ["touser: at least one of touser, toparty, totag, selected_ticket_list is needed"]
      assert.deepStrictEqual(yield* refused(send(Message.text("好").to({}))), issue)
      assert.deepStrictEqual(yield* refused(send(Message.text("好").to({ users: [], parties: [] }))), issue)
    }))

  it.effect("to more than 1,000 members, 100 departments or 100 tags", () =>
    Effect.gen(function*() {
      const to = (recipients: Message.Recipients) => refused(send(Message.text("好").to(recipients)))
      assert.deepStrictEqual(yield* to({ users: filled(1001, "u") }), [
        "touser: at most 1000 recipients are allowed, got 1001"
      ])
      assert.deepStrictEqual(yield* to({ parties: filled(101, "") }), [
        "toparty: at most 100 recipients are allowed, got 101"
      ])
      assert.deepStrictEqual(yield* to({ tags: filled(101, "") }), [
        "totag: at most 100 recipients are allowed, got 101"
      ])
      const most = { users: filled(1000, "u"), parties: filled(100, ""), tags: filled(100, "") }
      assert.containsAllKeys(yield* sends(send(Message.text("好").to(most))), ["touser", "toparty", "totag"])
    }))

  it.effect("where a field is too long, counted in bytes or characters as the document does", () =>
    Effect.gen(function*() {
      const to = (message: { to: (to: typeof users) => Parameters<typeof send>[0] }) => refused(send(message.to(users)))
      assert.deepStrictEqual(yield* to(Message.text("好".repeat(683))), [
        "text.content: at most 2048 bytes of UTF-8 are allowed, got 2049"
      ])
      assert.deepStrictEqual(yield* to(Message.markdown("a".repeat(2049))), [
        "markdown.content: at most 2048 bytes of UTF-8 are allowed, got 2049"
      ])
      assert.deepStrictEqual(yield* to(Message.video("M", { title: "好".repeat(43) })), [
        "video.title: at most 128 bytes of UTF-8 are allowed, got 129"
      ])
      assert.deepStrictEqual(
        yield* to(
          Message.textCard({ title: "好".repeat(129), description: "好", url: "https://a", btntxt: "点击看详情" })
        ),
        [
          "textcard.title: at most 128 characters are allowed, got 129",
          "textcard.btntxt: at most 4 Chinese characters are allowed, got 5"
        ]
      )
      assert.deepStrictEqual(yield* to(Message.news([{ title: "a", url: "b", description: "好".repeat(171) }])), [
        "news.articles[0].description: at most 512 bytes of UTF-8 are allowed, got 513"
      ])
      assert.deepStrictEqual(yield* to(Message.news([])), ["news.articles: at least 1 item is needed"])
      assert.deepStrictEqual(
        yield* to(Message.news(filled(9, "a").map((title) => ({ title, url: "https://example.com" })))),
        ["news.articles: at most 8 items are allowed, got 9"]
      )
      assert.deepStrictEqual(
        yield* to(Message.mpnews([{ title: "a", thumb_media_id: "M", content: "a".repeat(666 * 1024 + 1) }])),
        ["mpnews.articles[0].content: at most 681984 bytes of UTF-8 are allowed, got 681985"]
      )
      const notice = (title: string) => Message.miniProgramNotice({ appid: "wx1", title })
      assert.deepStrictEqual(yield* to(notice("会议")), ["miniprogram_notice.title: at least 4 characters are needed"])
      assert.deepStrictEqual(yield* to(notice("会议".repeat(7))), [
        "miniprogram_notice.title: at most 12 Chinese characters are allowed, got 14"
      ])
      assert.isDefined(yield* sends(send(notice("The room is booked").to(users))))
    }))

  it.effect("where a value is none of the known ones, or a field is missing or unknown", () =>
    Effect.gen(function*() {
      // What a program without types may pass.
      const raw = (message: object) => refused(send({ touser: ["zhangsan"], ...message } as never))
      assert.deepStrictEqual(yield* raw({ msgtype: "text", text: {} }), ["text.content: is required"])
      assert.deepStrictEqual(yield* raw({ msgtype: "text", text: { content: "好", colour: "red" } }), [
        "text.colour: the endpoint has no such field"
      ])
      assert.lengthOf(yield* raw({ msgtype: "sms", sms: { content: "好" } }), 1)
      assert.deepStrictEqual(
        yield* raw({ msgtype: "text", text: { content: "好" }, duplicate_check_interval: 14401 }),
        ["duplicate_check_interval: Expected a value between 1 and 14400"]
      )
    }))

  it.effect("as confidential, where it cannot be", () =>
    Effect.gen(function*() {
      // What a program without types may pass: the vendor would send it for everyone to share.
      const open = [
        Message.voice("M"),
        Message.markdown("好"),
        Message.textCard({ title: "通知", description: "明天放假", url: "https://example.com" }),
        Message.news([{ title: "周报", url: "https://example.com" }]),
        Message.textNotice({ sub_title_text: "a", card_action: action }),
        Message.templateMessage(template)
      ]
      for (const message of open) {
        const confidential = { ...message.to(users), safe: true } as never
        assert.match((yield* refused(send(confidential))).join(), /^safe: [^,]*$/)
      }
    }))

  it.effect("to an id that stands for several", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* refused(send(Message.text("好").to({ users: ["zhangsan", "lisi|@all"] }))), [
        "touser[1]: an id without any | is expected"
      ])
    }))

  it.effect("to everyone, where it comes from a mini program", () =>
    Effect.gen(function*() {
      const notice = Message.miniProgramNotice({ appid: "wx1", title: "会议室预订" })
      assert.deepStrictEqual(yield* refused(send(notice.to({ users: ["@all"] }))), [
        "touser: a mini-program notice cannot go to everyone"
      ])
    }))

  it.effect("without an agent id", () =>
    Effect.gen(function*() {
      const { layer } = setup()
      const error = yield* Effect.flip(send({ ...Message.text("好").to(users), agentid: 1.5 })).pipe(
        Effect.provide(layer)
      )
      assert.strictEqual(error.endpoint, "POST /cgi-bin/message/send")
      assert.strictEqual(error.reason._tag, "RequestInvalid")
    }))
})

describe("a template card", () => {
  const button = (index: number) => ({ text: "好", key: `key${index}` })

  it.effect("of each kind is sent as it is", () =>
    Effect.gen(function*() {
      const sent = (message: { to: (to: typeof users) => Parameters<typeof send>[0] }) =>
        Effect.map(sends(send(message.to(users))), (body) => (body as { template_card: TemplateCard }).template_card)
      const title = { title: "上线" }
      const submit_button = { text: "提交", key: "submit" }
      const option_list = [{ id: "a", text: "甲" }, { id: "b", text: "乙" }]
      const notice = { main_title: title, card_action: action }
      assert.deepStrictEqual(yield* sent(Message.textNotice(notice)), { card_type: "text_notice", ...notice })
      const news = { ...notice, card_image: { url: "https://example.com/a.png", aspect_ratio: 2.25 } }
      assert.deepStrictEqual(yield* sent(Message.newsNotice(news)), { card_type: "news_notice", ...news })
      const buttons = {
        main_title: title,
        task_id: "release@7",
        button_list: [button(1), { text: "看", type: 1, url: "https://example.com", style: 2 } as const],
        button_selection: { question_key: "q", option_list }
      }
      assert.deepStrictEqual(yield* sent(Message.buttonInteraction(buttons)), {
        card_type: "button_interaction",
        ...buttons
      })
      const vote = {
        main_title: title,
        task_id: "v1",
        submit_button,
        checkbox: {
          question_key: "q",
          mode: 1,
          option_list: option_list.map((option) => ({ ...option, is_checked: false }))
        }
      }
      assert.deepStrictEqual(yield* sent(Message.voteInteraction(vote)), { card_type: "vote_interaction", ...vote })
      const multiple = {
        main_title: title,
        task_id: "m1",
        submit_button,
        select_list: [{ question_key: "q", option_list }]
      }
      assert.deepStrictEqual(yield* sent(Message.multipleInteraction(multiple)), {
        card_type: "multiple_interaction",
        ...multiple
      })
    }))

  it.effect("is refused where it does not hold together", () =>
    Effect.gen(function*() {
      const to = (message: { to: (to: typeof users) => Parameters<typeof send>[0] }) => refused(send(message.to(users)))
      const buttons = { main_title: { title: "上线" }, task_id: "t" }
      assert.deepStrictEqual(yield* to(Message.textNotice({ card_action: action })), [
        "template_card.main_title.title: a title or a sub_title_text is needed"
      ])
      assert.deepStrictEqual(yield* to(Message.newsNotice({ main_title: { title: "a" }, card_action: action })), [
        "template_card.card_image: a card_image or an image_text_area is needed"
      ])
      assert.deepStrictEqual(
        yield* to(Message.textNotice({
          sub_title_text: "a",
          card_action: action,
          action_menu: { action_list: [{ text: "停", key: "stop" }] }
        })),
        ["template_card.task_id: a card with an action_menu needs one"]
      )
      assert.deepStrictEqual(
        yield* to(Message.buttonInteraction({ ...buttons, task_id: "发布", button_list: [button(1)] })),
        [
          "template_card.task_id: expected at most 128 of the characters 0-9 A-Z a-z _ - @"
        ]
      )
      assert.deepStrictEqual(yield* to(Message.buttonInteraction({ ...buttons, button_list: [] })), [
        "template_card.button_list: at least 1 item is needed"
      ])
      assert.deepStrictEqual(
        yield* to(Message.buttonInteraction({ ...buttons, button_list: [1, 2, 3, 4, 5, 6, 7].map(button) })),
        ["template_card.button_list: at most 6 items are allowed, got 7"]
      )
      assert.deepStrictEqual(
        yield* to(Message.buttonInteraction({ ...buttons, button_list: [button(1), button(1)] })),
        ["template_card.button_list: the items must differ in key"]
      )
      assert.deepStrictEqual(
        yield* to(Message.newsNotice({
          main_title: { title: "a" },
          card_action: action,
          card_image: { url: "a", aspect_ratio: 1 }
        })),
        ["template_card.card_image.aspect_ratio: Expected a value between 1.3 and 2.25"]
      )
      const broken = { sub_title_text: "a", card_action: { type: 1 }, quote_area: { type: 2 } } as never
      assert.deepStrictEqual(yield* to(Message.textNotice(broken)), [
        "template_card.quote_area.appid: is required",
        "template_card.card_action.url: is required"
      ])
    }))

  it.effect("is replaced, or its buttons are turned off", () =>
    Effect.gen(function*() {
      const update = (...input: Parameters<Messages["Service"]["updateTemplateCard"]>) =>
        Messages.use((messages) => messages.updateTemplateCard(...input))
      assert.deepStrictEqual(
        yield* sends(update({ response_code: "R", userids: ["zhangsan"], button: { replace_name: "已批准" } })),
        { response_code: "R", userids: ["zhangsan"], agentid: 1000002, button: { replace_name: "已批准" } }
      )
      const { template_card } = Message.buttonInteraction({
        main_title: { title: "上线" },
        task_id: "t",
        button_list: [button(1)]
      })
      assert.deepStrictEqual(
        yield* sends(update({
          response_code: "R",
          atall: true,
          enable_id_trans: true,
          template_card: { ...template_card, replace_text: "已批准" }
        })),
        {
          response_code: "R",
          atall: 1,
          enable_id_trans: 1,
          agentid: 1000002,
          template_card: { ...template_card, replace_text: "已批准" }
        }
      )
      assert.deepStrictEqual(
        yield* refused(update({ response_code: "R", userids: filled(1001, "u"), button: { replace_name: "a" } })),
        ["userids: at most 1000 items are allowed, got 1001"]
      )
    }))
})

describe("the answer to a message", () => {
  const answer = {
    errcode: 0,
    errmsg: "ok",
    msgid: "M7",
    invaliduser: "zhaoliu|sunqi",
    invalidparty: "9",
    unlicenseduser: "wangwu",
    response_code: "R7"
  }

  it.effect("is kept whole, lists as lists", () =>
    Effect.gen(function*() {
      const sent = yield* send(Message.text("好").to(users)).pipe(Effect.provide(setup(() => answer).layer))
      assert.strictEqual(sent.msgid, "M7")
      assert.strictEqual(sent.response_code, "R7")
      assert.deepStrictEqual(sent.invaliduser, ["zhaoliu", "sunqi"])
      assert.deepStrictEqual(sent.invalidparty, ["9"])
      assert.deepStrictEqual(sent.invalidtag, [])
      assert.deepStrictEqual(sent.unreached, [
        { kind: "user", id: "zhaoliu" },
        { kind: "user", id: "sunqi" },
        { kind: "party", id: "9" },
        { kind: "unlicensed", id: "wangwu" }
      ])
    }))

  it.effect("can be a failure where some were not reached", () =>
    Effect.gen(function*() {
      const whole = send(Message.text("好").to(users)).pipe(
        PartialResult.failOnPartialBy((sent) => sent.unreached)
      )
      const failure = yield* Effect.flip(whole).pipe(Effect.provide(setup(() => answer).layer))
      if (failure._tag !== "PartialFailure") return assert.fail(failure._tag)
      assert.lengthOf(failure.failed, 4)
      const reached = yield* Effect.exit(whole).pipe(
        Effect.provide(setup(() => ({ errcode: 0, msgid: "M", invaliduser: "", invalidtag: null })).layer)
      )
      assert.isTrue(Exit.isSuccess(reached))
    }))
})

describe("messages", () => {
  it.effect("are recalled, their cards updated in the old form, and counted", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* sends(Messages.use((messages) => messages.recall({ msgid: "M" }))), { msgid: "M" })
      assert.deepStrictEqual(
        yield* sends(Messages.use((messages) =>
          messages.updateTaskCardLegacy({ userids: ["zhangsan"], task_id: "t1", replace_name: "已批准" })
        )),
        { userids: ["zhangsan"], task_id: "t1", replace_name: "已批准", agentid: 1000002 }
      )
      const { layer, sent } = setup(() => ({
        errcode: 0,
        statistics: [{ agentid: 1000002, app_name: "公告", count: 101 }]
      }))
      const statistics = yield* Messages.use((messages) =>
        messages.getStatistics({ time_type: StatisticsDay.Yesterday })
      ).pipe(Effect.provide(layer))
      assert.deepStrictEqual(sent(), { time_type: 1 })
      assert.deepStrictEqual(statistics.map(({ agentid, count }) => [agentid, count]), [[1000002, 101]])
      assert.deepStrictEqual(yield* sends(Messages.use((messages) => messages.getStatistics())), {})
    }))
})
